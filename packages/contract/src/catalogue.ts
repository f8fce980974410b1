import type { Operation } from "./operation.ts";
import * as bookings from "./areas/bookings.ts";
import * as calendars from "./areas/calendars.ts";
import * as capacity from "./areas/capacity.ts";
import * as changes from "./areas/changes.ts";
import * as feeds from "./areas/feeds.ts";
import * as identity from "./areas/identity.ts";
import * as invitations from "./areas/invitations.ts";
import * as jobs from "./areas/jobs.ts";
import * as learned from "./areas/learned.ts";
import * as live from "./areas/live.ts";
import * as notices from "./areas/notices.ts";
import * as organisation from "./areas/organisation.ts";
import * as findTimes from "./areas/find-time.ts";
import * as optimise from "./areas/optimise.ts";
import * as places from "./areas/places.ts";
import * as plugins from "./areas/plugins.ts";
import * as planning from "./areas/planning.ts";
import * as polls from "./areas/polls.ts";
import * as prevention from "./areas/prevention.ts";
import * as rules from "./areas/rules.ts";
import * as services from "./areas/services.ts";
import * as proposedTimes from "./areas/proposed-times.ts";
import * as requests from "./areas/requests.ts";
import * as subjects from "./areas/subjects.ts";
import * as workforce from "./areas/workforce.ts";

/** Every operation of the product, by id. The first part of an id is its area. */
export const catalogue = {
  "session.read": identity.readSession,
  "session.start": identity.startSession,
  "session.end": identity.endSession,
  "setup.finish": identity.finishSetup,
  "auth.signIn": identity.signIn,
  "auth.refresh": identity.refresh,
  "auth.signOut": identity.signOut,
  "me.read": identity.readMe,
  "me.update": identity.updateMe,
  "people.list": subjects.listPeople,
  "people.create": subjects.createPerson,
  "people.update": subjects.updatePerson,
  "people.remove": subjects.removePerson,
  "resources.list": subjects.listResources,
  "resources.create": subjects.createResource,
  "resources.update": subjects.updateResource,
  "resources.remove": subjects.removeResource,
  "teams.list": subjects.listTeams,
  "pools.list": subjects.listPools,
  "pools.create": subjects.createPool,
  "pools.remove": subjects.removePool,
  "organisation.read": organisation.readOrganisation,
  "organisation.update": organisation.updateOrganisation,
  "invitations.create": invitations.createInvitation,
  "invitations.list": invitations.listInvitations,
  "invitations.remove": invitations.removeInvitation,
  "join.read": invitations.readInvitation,
  "join.accept": invitations.acceptInvitation,
  "demo.remove": organisation.removeDemo,
  "workingHours.read": workforce.readWorkingHours,
  "workingHours.put": workforce.putWorkingHours,
  "holidays.list": workforce.listHolidays,
  "holidays.add": workforce.addHolidays,
  "holidays.remove": workforce.removeHoliday,
  "feeds.list": feeds.listFeeds,
  "feeds.create": feeds.createFeed,
  "feeds.poll": feeds.pollFeed,
  "feeds.remove": feeds.removeFeed,
  "subjects.freeBusy": subjects.readFreeBusy,
  "capacity.read": capacity.readCapacity,
  "calendars.list": calendars.listCalendars,
  "calendars.create": calendars.createCalendar,
  "calendars.read": calendars.readCalendar,
  "calendars.update": calendars.updateCalendar,
  "calendars.remove": calendars.removeCalendar,
  "calendars.export": calendars.exportCalendar,
  "calendars.import": calendars.importCalendar,
  "calendars.importOwn": calendars.importOwn,
  "events.list": calendars.listEvents,
  "events.create": calendars.createEvent,
  "events.read": calendars.readEvent,
  "events.update": calendars.updateEvent,
  "events.remove": calendars.removeEvent,
  "events.propose": proposedTimes.proposeTime,
  "events.declineProposal": proposedTimes.declineProposal,
  "events.putProposal": proposedTimes.putProposal,
  "objects.put": calendars.putObject,
  "ai.detectConflicts": planning.detectConflicts,
  "ai.suggestRepairs": planning.suggestRepairs,
  "ai.findTime": findTimes.findTime,
  "conflicts.graph": findTimes.conflictGraph,
  "ai.optimizeSchedule": optimise.optimizeSchedule,
  "events.move": optimise.moveEvents,
  "ai.preventConflict": prevention.preventConflict,
  "repairs.apply": planning.applyRepair,
  "repairs.dismiss": learned.dismissRepair,
  "repairs.putDismissed": learned.putDismissed,
  "proposals.check": planning.checkProposal,
  "proposals.apply": planning.applyProposal,
  "conflicts.keep": planning.keepConflicts,
  "conflicts.release": planning.releaseConflicts,
  "conflicts.putKept": planning.putKept,
  "conflicts.resolved": planning.listResolutions,
  "conflicts.whyNot": planning.whyNot,
  "constraints.list": rules.listConstraints,
  "places.list": places.listPlaces,
  "places.create": places.createPlace,
  "places.update": places.updatePlace,
  "places.remove": places.removePlace,
  "places.put": places.putPlace,
  "plugins.list": plugins.listPlugins,
  "plugins.allow": plugins.allowPlugin,
  "plugins.forget": plugins.forgetPlugin,
  "plugins.put": plugins.putPlugin,
  "rules.list": rules.listRules,
  "rules.create": rules.createRule,
  "rules.update": rules.updateRule,
  "rules.remove": rules.removeRule,
  "rules.put": rules.putRule,
  "rules.broken": rules.listBroken,
  "rules.try": rules.tryRule,
  "polls.list": polls.listPolls,
  "polls.read": polls.readPoll,
  "polls.create": polls.createPoll,
  "polls.answer": polls.answerPoll,
  "polls.pick": polls.pickTime,
  "polls.close": polls.closePoll,
  "polls.put": polls.putPoll,
  "services.list": services.listServices,
  "services.create": services.createService,
  "services.read": services.readService,
  "services.update": services.updateService,
  "services.remove": services.removeService,
  "services.put": services.putService,
  "services.slots": services.listSlots,
  "services.why": services.whyNoSlot,
  "bookingPage.read": services.readBookingPage,
  "bookingPage.put": services.putBookingPage,
  "booking.page": services.readPublicPage,
  "holds.create": bookings.createHold,
  "holds.remove": bookings.removeHold,
  "bookings.list": bookings.listBookings,
  "bookings.create": bookings.createBooking,
  "bookings.read": bookings.readBooking,
  "bookings.calendar": bookings.bookingCalendar,
  "bookings.reschedule": bookings.rescheduleBooking,
  "bookings.cancel": bookings.cancelBooking,
  "bookings.approve": bookings.approveBooking,
  "bookings.decline": bookings.declineBooking,
  "bookings.noShow": bookings.markNoShow,
  "bookings.complete": bookings.completeBooking,
  "bookings.put": bookings.putBooking,
  "requests.undo": planning.undoRequest,
  "requests.mine": requests.listMyRequests,
  "learned.read": learned.readLearned,
  "learned.switch": learned.switchLearned,
  "learned.reset": learned.resetLearned,
  "notices.list": notices.listNotices,
  "notices.read": notices.readNotices,
  "notices.ofRequest": notices.noticesOfRequest,
  "notices.sendNow": notices.sendNotices,
  "jobs.read": jobs.readJob,
  "jobs.accept": jobs.acceptJob,
  "jobs.cancel": jobs.cancelJob,
  "changes.list": changes.listChanges,
  "live.ticket": live.openLive,
} as const satisfies Record<string, Operation>;

export type Catalogue = typeof catalogue;
export type OperationId = keyof Catalogue;
