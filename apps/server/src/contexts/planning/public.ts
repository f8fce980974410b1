export { conflictsFor, type Describe, type Described, type ShownConflict } from "./conflicts.ts";
export { planningOperations } from "./operations.ts";
export { situationFrom, type CommitmentDate } from "./situation.ts";
