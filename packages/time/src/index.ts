export {
  DAY_MS,
  HOUR_MS,
  MINUTE_MS,
  SECOND_MS,
  dateOf,
  dayNumber,
  daysInMonth,
  daysInYear,
  startOfWeek,
  weekdayOf,
  type Weekday,
} from "./civil.ts";
export { firstCommonTime, unionOf, type CommonTime } from "./common-time.ts";
export { complement, intersect, interval, normalise, overlaps, subtract, union, type Interval } from "./interval.ts";
export { OVERLAPS_MAX, SUBJECTS_MAX, overlappingPairs, type Overlaps, type Spans } from "./overlap.ts";
export {
  RULES_MAX,
  STEPS_MAX,
  countOccurrences,
  expand,
  nextOccurrences,
  type Expansion,
  type ExpansionRefusal,
  type StepBudget,
  type Window,
} from "./recurrence/expand.ts";
export type { Series } from "./recurrence/series.ts";
export { movedRule, type Anchor } from "./recurrence/move-rule.ts";
export { RULE_CHARACTERS_MAX, parseRule, type ParsedRule, type RuleProblem } from "./recurrence/parse-rule.ts";
export {
  PLAIN_RULE,
  WEEKDAY_NAMES,
  printRule,
  type Frequency,
  type OrdinalDay,
  type Rule,
  type Skip,
} from "./recurrence/rule.ts";
export { timeline, type Timeline } from "./timeline.ts";
export { parseBasicTime, parseWallTime, printBasicTime, printWallTime, type BasicTime } from "./wall-time.ts";
export {
  WORKING_DAYS_MAX,
  addWorkingTime,
  workingIntervals,
  workingMsBetween,
  type DaySpan,
  type WorkingHours,
} from "./working-time.ts";
export {
  EPOCH_END_MS,
  EPOCH_MIN_MS,
  UTC,
  findZone,
  fixedZone,
  zoneFromTransitions,
  type Transition,
  type Zone,
} from "./zone.ts";
export { splitRules, type RuleHalves, type SplitOptions, type SplitRefusal } from "./recurrence/split-rule.ts";
export { describeRule, type RuleLanguage } from "./text/describe-rule.ts";
