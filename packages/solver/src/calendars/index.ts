export type {
  CalendarRefusal,
  CalendarSolution,
  Contradiction,
  Improvement,
  Moved,
  Optimised,
  OptimiseOptions,
  Progress,
} from "./answer.ts";
export { optimise } from "./optimise.ts";
export { calendarProblem, type CalendarProblem } from "./problem.ts";
export { objectives, OBJECTIVE_IDS, OBJECTIVE_WEIGHT_MAX, type Objective, type ObjectiveId } from "./objective.ts";
export type { CalendarPlan, Choice, FixedTaking, PlannedSubject, PlannedThing, Take } from "./plan.ts";
