export {
  ABSENCES,
  ABSENCE_DAYS_MAX,
  ADJUSTMENTS_MAX,
  type AbsenceKind,
  type AbsenceSpan,
  type Adjustment,
  type Deviation,
  type ShiftKey,
} from "./adjustment.ts";
export { BALANCE_MONTHS_MAX, balancesOf, type BalanceMonth, type CarryRule } from "./balance.ts";
export {
  inOrder,
  rankCandidates,
  shiftByClocksOf,
  type Candidate,
  type CandidateFact,
  type CandidateQuestion,
  type RankedCandidate,
  type ShiftOnDay,
} from "./candidates.ts";
export { NIGHT, checkRules, type Breach } from "./check.ts";
export { contradictions, rhythmFor, type Contradiction, type Rhythm } from "./contradictions.ts";
export {
  BREAKS_MAX,
  CONTRACTS_MAX,
  COST_MAX,
  NAME_CHARACTERS_MAX,
  SHIFTS_PER_DAY_MAX,
  SHIFT_MINUTES_MAX,
  changedFrom,
  contractFaults,
  contractOn,
  shiftFaults,
  shiftText,
  type Break,
  type Contract,
  type ContractFault,
  type HourlyCost,
  type Shift,
  type Turns,
} from "./contract.ts";
export { decideAdjustment, type AdjustmentRefusal, type Before } from "./decide.ts";
export {
  LEAVE_YEARS_MAX,
  entitlementOf,
  leaveOf,
  leaveTakenIn,
  type LeaveRule,
  type LeaveTaken,
  type LeaveYear,
} from "./leave.ts";
export {
  absenceTold,
  isoDay,
  objectionText,
  shiftTold,
  type AbsenceTold,
  type ObjectionFacts,
  type PlacedTold,
  type ShiftTold,
} from "./objection.ts";
export { nominalMinutes } from "./nominal.ts";
export { RULES_MAX, RULES_OF_MINORS, ruleFaults, ruleText, type Rule } from "./rule.ts";
export { dayText, isoDayText, minuteText, minutesText, weekdayText } from "./text.ts";
export {
  SWAP_LEGS_MAX,
  checkSwap,
  swapMatches,
  type Leg,
  type SwapHalf,
  type SwapMatches,
  type SwapObjection,
  type SwapQuestion,
  type SwapVerdict,
  type Swapper,
} from "./swaps.ts";
export { availabilityOf, dutiesOf, type Duty } from "./time-of.ts";
export {
  HOLIDAYS_MAX,
  UNIFIED_DAYS_MAX,
  adjustmentOf,
  minutesOf,
  stretchAt,
  REACH_DAYS,
  unify,
  type Holiday,
  type PlacedShift,
  type ScheduleQuestion,
  type Stretch,
  type StretchKind,
  type Unified,
  type Why,
} from "./unify.ts";
export { explainMinute, stretchFacts, stretchText, type MinuteExplanation, type StretchFacts } from "./words.ts";
export {
  CLOCKED_MAX,
  accountOf,
  correctedOf,
  rounded,
  type AccountDay,
  type Clocked,
  type Correction,
  type OvertimeRule,
  type Rounding,
} from "./worked.ts";
