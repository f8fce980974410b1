export type {
  CalendarRefusal,
  CalendarSolution,
  Contradiction,
  Improvement,
  Moved,
  Optimise,
  Optimised,
  OptimiseOptions,
  Progress,
} from "./answer.ts";
export { objectives, OBJECTIVE_IDS, OBJECTIVE_WEIGHT_MAX, type Objective, type ObjectiveId } from "./objective.ts";
export type { CalendarPlan, Choice, FixedTaking, PlannedSubject, PlannedThing, Take } from "./plan.ts";
