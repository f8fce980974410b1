export {
  BOOKED_MAX,
  BUFFER_MINUTES_MAX,
  LENGTH_MINUTES_MAX,
  LIMIT_DAYS_MAX,
  ROLES_MAX,
  SEATS_MAX,
  SLOTS_MAX,
  STRETCHES_MAX,
  SUBJECTS_MAX,
  WINDOW_DAYS_MAX,
  type BookableUntil,
  type Booked,
  type Limits,
  type Objection,
  type RasterRule,
  type Role,
  type Session,
  type Slot,
  type SlotQuestion,
  type SlotRules,
  type SubjectTime,
  type TakenTime,
} from "./question.ts";
export { applied, relaxationOf, type Change } from "./relaxation.ts";
export { slotsIn, whoCan } from "./slots.ts";
export { whyNot, type Reason, type SubjectReason } from "./why-not.ts";
export { changeText, reasonSentence, type SlotWords } from "./words.ts";
