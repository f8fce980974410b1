export { catalogue, isSettable, judgesAlone } from "./catalogue/catalogue.ts";
export {
  ask,
  breachesIn,
  effectOf,
  hardOf,
  ownOf,
  presetOf,
  worsenedBy,
  type Change,
  type Effect,
  type Scene,
  type Setting,
} from "./catalogue/check.ts";
export type {
  Breach,
  Concern,
  Constraint,
  Example,
  Named,
  Parameter,
  Reach,
  Scope,
  World,
} from "./catalogue/constraint.ts";
export {
  aboveOf,
  isThere,
  lyingIn,
  meanOf,
  memberOf,
  breachesAmong,
  stretchAt,
  stretchesIn,
  unitsAbove,
  weeksOf,
  type Member,
} from "./catalogue/group.ts";
export { sceneOfExample } from "./catalogue/examples.ts";
export {
  barring,
  barringNew,
  brokenBy,
  hardIn,
  isBroken,
  movedTo,
  settingBroken,
  type BrokenSetting,
  type Judged,
} from "./catalogue/judge.ts";
export {
  byStart,
  dayOf,
  lineOf,
  meeting,
  PLAIN,
  startOfDay,
  takersOf,
  weekOf,
  type Line,
  type Skill,
  type Subject,
  type Taken,
  type Traits,
} from "./catalogue/line.ts";
export { distanceKm, waysOver, type KnownWay } from "./catalogue/ways.ts";
export { detect, PAIRS_MAX, type Detection, type Found } from "./detect.ts";
export { explanationOf, type Side } from "./explain.ts";
export {
  KIND_IDS,
  kinds,
  kindsOf,
  type ConflictFacts,
  type Kind,
  type KindId,
  type Severity,
  type Way,
} from "./kinds.ts";
export { scheduleOf, type NamedSchedule, type NamedTaking } from "./named.ts";
export { checkProposal, REPAIRS_LOOKED_AT, type Checked, type Step, type Wish } from "./proposal.ts";
export { likingOf, WEEK_HOURS } from "./liking.ts";
export { comfortKept, within } from "./open-time.ts";
export { barringChanges } from "./barring.ts";
export { rowsAfter, wholeOf, type Change as RepairChange, type Parts } from "./change.ts";

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
