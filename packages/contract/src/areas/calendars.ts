import { z } from "zod";
import { operation } from "../operation.ts";
import {
  fieldsQuery,
  idParams,
  nextCursor,
  nothing,
  pageQuery,
  plainText,
  TEXT_CHARACTERS_MAX,
  thingId,
  title,
  version,
  when,
  zoneId,
} from "../values.ts";
import { conflict, conflictsCut, repair } from "./planning-things.ts";
import { overlapPolicy } from "../identity-values.ts";
import { job } from "./jobs.ts";

export const EVENT_BYTES_MAX = 1_048_576;
export const IMPORT_BYTES_MAX = 110 * 1_048_576;
export const ATTENDEES_MAX = 500;
export const EVENTS_OF_A_WINDOW_MAX = 20_000;
export const EVENTS_BY_ID_MAX = 100;

const category = z.enum(["programme", "fixture", "booking", "leave", "admin", "facility"]);
const access = z.enum(["busy", "read", "write", "own"]);
const sharing = z
  .enum(["private", "busy", "read", "write"])
  .describe("What the rest of the organisation sees of it: nothing, busy times, everything, or may change it");

const calendar = z
  .object({
    id: thingId,
    name: z.string(),
    colour: z.int().min(0).max(359).describe("A hue in degrees; lightness comes from the design"),
    category: category.nullable(),
    ownerSubjectId: thingId.nullable().describe("Whose time its events take; null for a calendar of the organisation"),
    ownerName: z.string().nullable(),
    zone: zoneId.describe("Where its floating times are read"),
    policy: overlapPolicy,
    sharing,
    access: access.describe("What you may do with it"),
    fed: z.boolean().describe("Its events come from an address: they are read, and written by nobody here"),
    version,
  })
  .meta({ id: "Calendar" });

const calendarProblems = ["calendars/unknown-zone", "calendars/read-only", "calendars/not-empty"] as const;

export const listCalendars = operation({
  id: "calendars.list",
  kind: "query",
  method: "GET",
  path: "/v1/calendars",
  summary: "The calendars you may see",
  query: z.strictObject({ ...pageQuery, ...fieldsQuery }),
  answer: z.object({ items: z.array(calendar), nextCursor }),
  status: 200,
  list: "items",
  problems: [],
  permission: "signed-in",
  rateClass: "read",
  mcp: "read",
  since: "0.1.0",
  example: { query: { limit: "2" } },
});

export const createCalendar = operation({
  id: "calendars.create",
  kind: "command",
  method: "POST",
  path: "/v1/calendars",
  summary: "Make a calendar",
  body: z.strictObject({
    name: plainText(200).min(1),
    colour: z.int().min(0).max(359).default(250),
    category: category.nullable().default(null),
    ownerSubjectId: thingId.nullable().optional().describe("Yourself, unless you may manage others"),
    zone: zoneId.optional(),
    policy: overlapPolicy.default("warn"),
    sharing: sharing.default("private"),
  }),
  answer: calendar,
  status: 201,
  problems: calendarProblems,
  permission: "signed-in",
  idempotent: true,
  rateClass: "write",
  mcp: "propose",
  since: "0.1.0",
  example: { body: { name: "Night classes", colour: 165 } },
});

export const readCalendar = operation({
  id: "calendars.read",
  kind: "query",
  method: "GET",
  path: "/v1/calendars/{id}",
  summary: "One calendar",
  params: idParams,
  query: z.strictObject({ ...fieldsQuery }),
  answer: calendar,
  status: 200,
  problems: [],
  permission: "calendar.read",
  rateClass: "read",
  mcp: "read",
  since: "0.1.0",
  example: {},
});

export const updateCalendar = operation({
  id: "calendars.update",
  kind: "command",
  method: "PATCH",
  path: "/v1/calendars/{id}",
  summary: "Rename, recolour, share a calendar, or change its zone or overlap policy",
  params: idParams,
  body: z.strictObject({
    name: plainText(200).min(1).optional(),
    colour: z.int().min(0).max(359).optional(),
    category: category.nullable().optional(),
    zone: zoneId.optional(),
    policy: overlapPolicy.optional(),
    sharing: sharing.optional(),
    shares: z
      .array(z.strictObject({ subjectId: thingId, access: z.enum(["none", "busy", "read", "write"]) }))
      .max(500)
      .optional()
      .describe("Persons with more or less access than the rest; replaces the list"),
  }),
  answer: calendar.extend({
    notes: z.array(z.string()).describe("What the change does to what is planned, in sentences"),
  }),
  status: 200,
  problems: calendarProblems,
  permission: "calendar.manage",
  precondition: "optional",
  rateClass: "write",
  mcp: "propose",
  since: "0.1.0",
  example: {},
});

export const removeCalendar = operation({
  id: "calendars.remove",
  kind: "command",
  method: "DELETE",
  path: "/v1/calendars/{id}",
  summary: "Remove an empty calendar",
  params: idParams,
  answer: nothing,
  status: 204,
  problems: calendarProblems,
  permission: "calendar.manage",
  precondition: "optional",
  rateClass: "write",
  mcp: "propose",
  since: "0.1.0",
  example: {},
});

export const exportCalendar = operation({
  id: "calendars.export",
  kind: "file",
  method: "GET",
  path: "/v1/calendars/{id}/export",
  summary: "The calendar as an .ics file, alarms and unknown properties included",
  params: idParams,
  answer: { mediaType: "text/calendar" },
  status: 200,
  problems: [],
  permission: "calendar.read",
  rateClass: "heavy",
  mcp: "none",
  since: "0.1.0",
  example: {},
});

const importQuery = z.strictObject({
  preview: z.boolean().default(false).describe("Only count and check; nothing is imported before it is accepted"),
  zone: zoneId.optional().describe("Where floating times of the file are read; the calendar's zone otherwise"),
  name: plainText(200).optional().describe("The file's name, for messages"),
});

const importShape = {
  kind: "command",
  method: "POST",
  upload: { mediaType: "text/calendar", bytesMax: IMPORT_BYTES_MAX },
  query: importQuery,
  answer: job,
  status: 202,
  problems: ["calendars/read-only", "calendars/unknown-zone"],
  rateClass: "heavy",
  mcp: "none",
  since: "0.1.0",
  example: {},
} as const;

export const importCalendar = operation({
  ...importShape,
  id: "calendars.import",
  path: "/v1/calendars/{id}/import",
  summary: "Import an .ics file into a calendar; importing it again changes nothing",
  params: idParams,
  permission: "calendar.write",
});

export const importOwn = operation({
  ...importShape,
  id: "calendars.importOwn",
  path: "/v1/calendars/import",
  summary: "Import an .ics file into your own calendar",
  permission: "signed-in",
});

const attendee = z.object({
  email: z.string(),
  name: z.string().nullable(),
  status: z.enum(["needs-action", "accepted", "declined", "tentative", "delegated"]),
  kind: z.enum(["individual", "room", "resource", "group", "unknown"]),
  optional: z.boolean().optional().describe("True for who need not come (OPT-PARTICIPANT)"),
});

const event = z
  .object({
    id: thingId,
    recurrenceId: z
      .string()
      .nullable()
      .describe("Which occurrence of a series: its original start; null for a single event"),
    calendarId: thingId,
    uid: z.string(),
    title: z.string(),
    start: z.string().describe("Instant with offset, or a day"),
    end: z.string().describe("Exclusive"),
    allDay: z.boolean(),
    timeZone: z.string().nullable().describe("IANA zone it was made in; null when floating"),
    status: z.enum(["confirmed", "tentative", "cancelled"]),
    transparency: z.enum(["opaque", "transparent"]),
    privacy: z
      .enum(["public", "private", "secret"])
      .describe("CLASS of iCalendar. What is not public is Busy for whoever may only read the calendar"),
    location: z.string().nullable(),
    link: z.string().optional().describe("Where it can be joined from afar: its CONFERENCE, its URL, or its location"),
    attendees: z.array(attendee),
    subjectIds: z.array(thingId).describe("Whose time it takes"),
    recurring: z.boolean(),
    rrule: z.string().nullable(),
    source: z
      .enum(["calendars", "bookings"])
      .describe("Whose it is: what is no event of a calendar is changed where it belongs"),
    locked: z.boolean().optional().describe("True for what only a hand moves: no repair, plan or proposal touches it"),
    canEdit: z.boolean(),
    version,
  })
  .meta({ id: "Event" });

const eventDetail = event
  .extend({
    description: z.string().nullable(),
    priority: z.int().min(0).max(9),
    alarms: z.array(z.object({ minutesBefore: z.int() })),
    resourceIds: z.array(thingId),
  })
  .meta({ id: "EventDetail" });

export const listEvents = operation({
  id: "events.list",
  kind: "query",
  method: "GET",
  path: "/v1/calendar/events",
  summary: "Every occurrence of a window, from every calendar you may see",
  query: z.strictObject({
    start: when,
    end: when,
    providers: z.array(thingId).max(500).optional().describe("Only these calendars; another name of `calendars`"),
    calendars: z.array(thingId).max(500).optional().describe("Only these calendars"),
    subjects: z.array(thingId).max(500).optional().describe("Only what takes the time of these people or things"),
    resourceId: thingId.optional().describe("Only what takes this room or thing"),
    ids: z.array(thingId).max(EVENTS_BY_ID_MAX).optional().describe("Only these events, with all their occurrences"),
    includeConflicts: z.boolean().default(false),
    includeCapacity: z.boolean().default(false),
    timeZone: zoneId.optional().describe("Zone in which the times are shown; the organisation's otherwise"),
    limit: z.int().min(1).max(EVENTS_OF_A_WINDOW_MAX).default(EVENTS_OF_A_WINDOW_MAX),
    cursor: z.string().max(500).optional(),
    ...fieldsQuery,
  }),
  answer: z.object({
    events: z.array(event),
    conflicts: z.array(conflict).optional(),
    capacity: z
      .array(z.object({ subjectId: thingId, day: z.string(), availableMinutes: z.int(), busyMinutes: z.int() }))
      .optional(),
    metadata: z.object({
      totalEvents: z.int(),
      conflictCount: z.int(),
      conflictsCut,
      processingTime: z.number(),
    }),
    nextCursor,
  }),
  status: 200,
  list: "events",
  problems: ["calendars/unknown-zone", "calendars/out-of-range", "calendars/ends-before-start"],
  permission: "signed-in",
  rateClass: "read",
  mcp: "read",
  since: "0.1.0",
  example: { query: { start: "2027-03-01", end: "2027-04-01", includeConflicts: "true" } },
});

const eventFields = {
  description: plainText(TEXT_CHARACTERS_MAX).nullable(),
  location: plainText(1_000).nullable(),
  attendees: z
    .array(
      z.union([
        plainText(254).trim(),
        z.strictObject({
          email: plainText(254).trim(),
          name: plainText(200).nullable().optional(),
          status: z.enum(["needs-action", "accepted", "declined", "tentative"]).optional(),
          optional: z.boolean().optional().describe("True for who need not come"),
        }),
      ]),
    )
    .max(ATTENDEES_MAX),
  resourceIds: z
    .array(thingId)
    .max(100)
    .describe("Rooms and things it needs, or pools of which one is taken; their time is taken"),
  transparency: z.enum(["opaque", "transparent"]),
  status: z.enum(["confirmed", "tentative", "cancelled"]),
  priority: z.int().min(0).max(9),
  alarms: z.array(z.strictObject({ minutesBefore: z.int().min(0).max(40_320) })).max(20),
  rrule: plainText(1_000).nullable().describe("RFC 5545 rule: FREQ=WEEKLY;BYDAY=TU"),
  locked: z.boolean().describe("Whether only a hand moves it: no repair, plan or proposal touches it"),
};

/** Exchanges of one change: more is another list. */
const SWAPS_MAX = 20;

const writing = {
  preventConflicts: z
    .boolean()
    .default(true)
    .describe("Refuse when time is taken. False insists, where the overlap policy is `warn`"),
  conflictResolution: z
    .enum(["auto", "manual", "suggest"])
    .default("suggest")
    .describe("On taken time: move this event to the best free time, only refuse, or refuse with suggestions"),
};

const written = z.object({
  id: thingId,
  event: eventDetail,
  created: z.boolean(),
  conflicts: z.array(conflict).optional(),
  suggestions: z.array(repair).optional(),
  warnings: z.array(z.string()),
});

export const writeProblems = [
  "claims/taken",
  "planning/rule-broken",
  "claims/too-many-stretches",
  "claims/meets-itself",
  "calendars/ends-before-start",
  "calendars/zone-missing",
  "calendars/unknown-zone",
  "calendars/out-of-range",
  "calendars/rule-invalid",
  "calendars/address-invalid",
  "calendars/read-only",
  "calendars/too-large",
  "calendars/occurrence-not-found",
  "identity/retired",
] as const;

export const createEvent = operation({
  id: "events.create",
  kind: "command",
  method: "POST",
  path: "/v1/calendar/events",
  summary: "Create an event; time that is taken is refused with suggestions",
  body: z.strictObject({
    title,
    start: when,
    end: when.optional().describe("Exclusive; one hour after the start, or one day, when left out"),
    timeZone: zoneId.optional(),
    calendarId: thingId.optional().describe("Your own calendar when left out"),
    providerId: thingId.optional().describe("Another name of calendarId"),
    like: z
      .strictObject({ eventId: thingId, recurrenceId: plainText(40).nullable().default(null) })
      .optional()
      .describe(
        "An event you may change: what is not given is as there, but its times, its rhythm, and who and what is invited",
      ),
    ...z.strictObject(eventFields).partial().shape,
    ...writing,
  }),
  answer: written,
  status: 201,
  problems: writeProblems,
  permission: "signed-in",
  idempotent: true,
  rateClass: "write",
  mcp: "propose",
  proposable: true,
  since: "0.1.0",
  example: {
    body: {
      title: "Coach clinic",
      start: "2031-03-25T15:30:00",
      end: "2031-03-25T17:00:00",
      timeZone: "Europe/Prague",
    },
  },
});

export const readEvent = operation({
  id: "events.read",
  kind: "query",
  method: "GET",
  path: "/v1/calendar/events/{id}",
  summary: "One event; `recurrenceId` names an occurrence of a series",
  params: idParams,
  query: z.strictObject({ recurrenceId: plainText(40).optional(), timeZone: zoneId.optional(), ...fieldsQuery }),
  answer: eventDetail,
  status: 200,
  problems: ["calendars/occurrence-not-found", "calendars/unknown-zone"],
  permission: "event.read",
  rateClass: "read",
  mcp: "read",
  since: "0.1.0",
  example: {},
});

const scope = z.enum(["this", "following", "all"]).default("all");

export const updateEvent = operation({
  id: "events.update",
  kind: "command",
  method: "PATCH",
  path: "/v1/calendar/events/{id}",
  summary: "Change an event, one occurrence, or it and all that follow",
  params: idParams,
  body: z.strictObject({
    recurrenceId: plainText(40).optional(),
    scope,
    title: title.optional(),
    start: when.optional(),
    end: when.optional(),
    timeZone: zoneId.optional(),
    ...z.strictObject(eventFields).partial().shape,
    instead: z
      .array(z.strictObject({ subjectId: thingId, by: thingId.nullable() }))
      .max(SWAPS_MAX)
      .optional()
      .describe(
        "Others who take part instead of those, or nobody; everyone else stays. Not with attendees or resourceIds",
      ),
    ...writing,
  }),
  answer: written,
  status: 200,
  problems: writeProblems,
  permission: "event.write",
  idempotent: true,
  precondition: "optional",
  rateClass: "write",
  mcp: "propose",
  proposable: true,
  since: "0.1.0",
  example: {},
});

export const removeEvent = operation({
  id: "events.remove",
  kind: "command",
  method: "DELETE",
  path: "/v1/calendar/events/{id}",
  summary: "Remove an event, one occurrence, or it and all that follow",
  params: idParams,
  query: z.strictObject({ recurrenceId: plainText(40).optional(), scope }),
  answer: nothing,
  status: 204,
  problems: writeProblems,
  permission: "event.write",
  precondition: "optional",
  rateClass: "write",
  mcp: "propose",
  proposable: true,
  since: "0.1.0",
  example: {},
});

/** Not reachable from outside: what undo, repairs and later CalDAV are made of. */
export const putObject = operation({
  id: "objects.put",
  kind: "command",
  method: "PUT",
  path: "/v1/internal/objects/{id}",
  internal: true,
  summary: "Put the exact bytes of one calendar object, or take it away",
  params: idParams,
  body: z.strictObject({
    calendarId: thingId,
    ifVersion: z
      .int()
      .min(0)
      .nullable()
      .describe("The version it must have now; 0 when it must not exist; null when the same unit has asked before"),
    bytes: z.string().nullable().describe("iCalendar text; null removes the object"),
    name: z.string().max(255),
    uid: z.string().max(1_000),
    floatingZone: z.string().max(64).nullable(),
    insist: z.boolean().describe("Take free time and keep the rest as conflicts, where the policy is `warn`"),
    beside: z
      .array(
        z.strictObject({
          subjectId: thingId,
          occurrence: z.string().max(255),
          source: z.literal("calendars"),
          id: z.string().max(1_000),
          theirs: z.string().max(255).describe("Which date of theirs"),
        }),
      )
      .max(1_000)
      .optional()
      .describe("Dates of others that its own may meet whatever the policy: they stood there in a conflict before"),
  }),
  answer: z.object({ id: thingId, version: z.int() }),
  status: 200,
  problems: writeProblems,
  permission: "event.write",
  rateClass: "write",
  mcp: "none",
  since: "0.1.0",
  example: {},
});
