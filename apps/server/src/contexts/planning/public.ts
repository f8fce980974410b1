export { conflictById, conflictsFor, type Describe } from "./conflicts.ts";
export { planningOperations } from "./operations.ts";
export { openTimeOf, situationFrom, type CommitmentDate } from "./situation.ts";
export type { Described, ShownConflict } from "./tell.ts";
export { inverseOfPlanning, summaryOfPlanning } from "./undo.ts";
