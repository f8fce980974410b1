export {
  LAYERS_MAX,
  PARTS_DAYS_MAX,
  OPENINGS_PER_DAY_MAX,
  OPENING_MINUTES_MAX,
  WEEKS_MAX,
  exactly,
  layerAt,
  layerOfDay,
  ofTurn,
  openIn,
  partsIn,
  speaksOf,
  type Layer,
  type LayerDecision,
  type Opening,
  type Part,
  type Week,
} from "./layers.ts";
export { mostAround } from "./limits.ts";
export { PATTERN_WEEKS_MAX, layersOfPattern, patternOf, type OwnDays, type Pattern } from "./pattern.ts";
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
export { whyNot, whyNotSubject, type Reason, type SubjectReason } from "./why-not.ts";
export { AVAILABLES_MAX, VAVAILABILITIES_MAX, openByAvailability } from "./vavailability.ts";
export type { AvailabilityRefusal, OpenByFile } from "./vavailability.ts";
export { printAvailability, type AvailabilityHead } from "./vavailability-print.ts";
export { changeText, layerSentence, reasonSentence, type SlotWords } from "./words.ts";
