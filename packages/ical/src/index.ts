export {
  COMPONENTS_PER_OBJECT_MAX,
  UID_CHARACTERS_MAX,
  objectBytes,
  objectFrom,
  readCalendar,
  readObject,
  readObjects,
  type CalendarFacts,
  type CalendarObject,
  type ObjectKind,
  type ReadCalendar,
  type ReadStep,
} from "./calendar-object.ts";
export { checkFile, type CheckedFile } from "./check/check-file.ts";
export { fromJCal, JCAL_VALUES_MAX, type FromJCal, type JCalRefusal } from "./jcal/from-jcal.ts";
export type { JCalComponent, JCalParameters, JCalProperty, JCalRule, JCalStructure, JCalValue } from "./jcal/jcal.ts";
export { fileToJCal, toJCal } from "./jcal/to-jcal.ts";
export {
  fromJSCalendar,
  type FromJSCalendar,
  type JSCalendarProblem,
  type JSCalendarRefusal,
} from "./jscalendar/from-jscalendar.ts";
export { toJSCalendar, type JSCalendarObject } from "./jscalendar/to-jscalendar.ts";
export { LINE_BYTES_MAX } from "./line-scanner.ts";
export {
  PARAMETERS_MAX,
  escapeText,
  fold,
  newProperty,
  parameterOf,
  parametersOf,
  rawValue,
  readText,
  readTexts,
  withValue,
  type Parameter,
} from "./content-line.ts";
export { alarmsOf, type Alarm } from "./alarm.ts";
export { changeEvent, createEvent, deleteEvent } from "./edit/edit.ts";
export type { Edit, EditContext, EditRefusal, Target } from "./edit/context.ts";
export { isLocked, type EventFields } from "./event-fields.ts";
export type { NewPerson, When } from "./property-lines.ts";
export { vtimezoneOf } from "./vtimezone-print.ts";
export { parseDuration, printDuration, type Duration } from "./duration.ts";
export { DATES_MAX, eventView, isRecurring, type EventView, type Person, type Span } from "./event-view.ts";
export { QUESTION_STEPS_MAX } from "./series.ts";
export { instancesOf, type Instance, type InstanceRange, type Instances } from "./instances.ts";
export { messagesOfChange, withDelivery, type Delivery, type SchedulingChange } from "./itip/change.ts";
export type { SchedulingMessage, SchedulingMethod } from "./itip/message.ts";
export {
  addOf,
  answerInvitation,
  counterOf,
  declineCounterOf,
  publicationOf,
  refreshOf,
  requestOf,
  type MadeMessages,
  type OwnCopy,
  type Participation,
} from "./itip/on-request.ts";
export { MESSAGE_PARTS_MAX, type Scheduling } from "./itip/organizer.ts";
export type { IgnoredReason, MessageOutcome, MessageReceipt } from "./itip/outcome.ts";
export { receiveMessage } from "./itip/receive.ts";
export { DELEGATES_MAX, REPLY_PARTS_MAX } from "./itip/receive-reply.ts";
export { ATTENDEES_MAX, type ItipRefusal } from "./itip/scheduled.ts";
export type { Significance } from "./itip/significance.ts";
export { DEPTH_MAX, FILE_BYTES_MAX, LINES_MAX, SLICE_BYTES, parse, parseInSlices, type ParsedFile } from "./parse.ts";
export { followedCalendar } from "./followed.ts";
export { print, printKept } from "./print.ts";
export { PRODID } from "./product.ts";
export { PROBLEMS_MAX, type Problem } from "./problem.ts";
export { instantOf, type PeriodValue, type TimeValue } from "./time-value.ts";
export {
  componentsOf,
  newComponent,
  propertiesOf,
  propertyOf,
  withChildren,
  withReplaced,
  type Component,
  type Junk,
  type Node,
  type Property,
} from "./tree.ts";
export { WORLD_ZONES, zonesOf, type Zones } from "./zones.ts";
export { vtimezoneCalled, withZoneNames } from "./zone-names.ts";
export {
  ALARM,
  AVAILABILITY,
  AVAILABLE,
  CALENDAR,
  DETAILS,
  FREE_BUSY,
  JOURNAL,
  LOCATION,
  PARTICIPANT,
  RESOURCE,
  TASK,
  TIME_ZONE,
  type BusyKind,
  type BusyPeriod,
  type Position,
  type Trigger,
} from "./view/kinds.ts";
export { FIELD_VALUES_MAX, type Described, type Field } from "./view/field.ts";
export { viewOf, withView, type Fields, type View } from "./view/view.ts";
