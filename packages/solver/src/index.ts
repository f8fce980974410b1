export {
  CLASSIC_ANNEALING,
  firstOf,
  geometricCooling,
  hillClimbing,
  lateAcceptance,
  simulatedAnnealing,
  steppedCooling,
  tabu,
  type Acceptor,
  type Cooling,
  type Strategy,
} from "./acceptor.ts";
export { solveAlternatives, solveAlternativesInSlices } from "./alternatives.ts";
export { APART, distance } from "./apart.ts";
export { BrokenConstraint } from "./broken.ts";
export { stepBudget, timeBudget, STEPS_BETWEEN_LOOKS, STEPS_MAX, type Budget } from "./budget.ts";
export { ruleOfPlaces, type Breach, type Constraint, type Model, type Rule } from "./constraint.ts";
export { explainScore, type ConstraintScore } from "./explain.ts";
export { methods, type LegStart, type Method } from "./method.ts";
export { ASSIGNMENTS_MAX, emptyMove, put, putExchange, type Move } from "./move.ts";
export { openPlan, scoreOf, type Plan } from "./plan.ts";
export type { Advice, Neighbour, Problem } from "./problem.ts";
export { compareScores, POINTS_MAX, WEIGHT_MAX, type Score } from "./score.ts";
export type { Stopped } from "./search.ts";
export { disagreementSentence, shadowCheck, type Disagreement } from "./shadow.ts";
export { solve, solveInSlices, type Slice, type Solution, type SolveOptions } from "./solve.ts";
export { TRACE_MAX, type Trace } from "./trace.ts";
