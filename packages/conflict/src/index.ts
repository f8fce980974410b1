export { detect, PAIRS_MAX, type Detection, type Found } from "./detect.ts";
export { explanationOf, type Side } from "./explain.ts";
export { KIND_IDS, kinds, kindsOf, type ConflictFacts, type Kind, type KindId, type Severity } from "./kinds.ts";
export { scheduleOf, type NamedSchedule, type NamedTaking } from "./named.ts";
export { checkProposal, REPAIRS_LOOKED_AT, type Checked, type Step, type Wish } from "./proposal.ts";
export { isStillFree, moveTo, movesOf, suggestRepairs, type Move, type Repair, type RepairFacts } from "./repair.ts";
export {
  ATTENDS,
  indexBySubject,
  NEEDS,
  OWN,
  takingsOf,
  visitMeeting,
  type BySubject,
  type TakingRow,
  type Takings,
} from "./schedule.ts";
export { dayAndSpanText, dayText, lengthText, momentText, spanText } from "./words.ts";
