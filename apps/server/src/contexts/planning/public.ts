export { conflictsFor, type ConflictQuery, type Describe, type Described, type ShownConflict } from "./conflicts.ts";
export { planningOperations, type PlanningPorts } from "./operations.ts";
export { situationFrom, type CommitmentDate } from "./situation.ts";
