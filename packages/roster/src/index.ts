export { compare, type Difference } from "./compare.ts";
export { presentByDay, type Clocks, type DayCoverage, type Level, type Presence, type Step } from "./coverage.ts";
export {
  DEMAND_MINUTES_MAX,
  SKILL_ROWS_OF_A_SITE_MAX,
  crowdedSites,
  demandFaults,
  demandsOn,
  skillOfRow,
  rowsOf,
  siteKeyOf,
  type Demand,
  type DemandStretch,
  type Row,
} from "./demand.ts";
export {
  ENTRIES_MAX,
  adjustmentsOf,
  dayOfEntry,
  hasSkill,
  standingIn,
  withEntries,
  type Entry,
  type Objection,
  type Person,
  type PersonSkill,
} from "./draft.ts";
export {
  ROSTER_DAYS_MAX,
  brokenIn,
  costOf,
  evaluate,
  groundOf,
  objectionsIn,
  reevaluate,
  resultFor,
  ruleWindow,
  sitesOf,
  stepsIn,
  type BrokenRule,
  type Evaluation,
  type Ground,
  type PersonResult,
  type RosterQuestion,
  type Site,
} from "./evaluate.ts";
export { missedBetween, type Missed } from "./missed.ts";
export { lineFacts, lineText, toldOf, type Line, type LineFacts, type Told } from "./publication.ts";
export { attendedBy, coverageTotal, type Attended, type CoverageTotal } from "./totals.ts";
export { ALTERNATIVES_MAX, put, tried, whyNot, type Alternative, type WhyNot } from "./why-not.ts";
