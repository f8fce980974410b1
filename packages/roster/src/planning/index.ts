export { FAIR_KINDS, NO_COUNTS, fairCounts, type FairCounts, type FairKind, type FairQuestion } from "./fairness.ts";
export {
  UNMET_MAX,
  USUAL_WEIGHTS,
  type ConstraintName,
  type Counted,
  type Past,
  type PlanBudget,
  type PlanOptions,
  type PlanQuestion,
  type PlanScore,
  type PlanSlice,
  type PlanWeights,
  type PlanWish,
  type RosterPlan,
  type Unmet,
  type UnmetReason,
} from "./model.ts";
export { edited, planRoster, planRosterNow } from "./plan.ts";
export { planText, type PlanFacts, type UnmetFacts, type UnmetReasonFacts } from "./said.ts";
