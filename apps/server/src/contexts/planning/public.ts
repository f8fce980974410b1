export { conflictById, conflictsFor, type Describe } from "./conflicts.ts";
export { planningOperations } from "./operations.ts";
export { openTimeOf, situationFrom, type CommitmentDate } from "./situation.ts";
export { movedAlone, type Described, type ShownConflict } from "./tell.ts";
export { inverseOfPlanning, summaryOfPlanning } from "./undo.ts";
export { judgeFor } from "./rules/judge.ts";
export { barredAmong } from "./rules/scene.ts";
export { bookOf, type Book, type Holidays } from "./rules/book.ts";
export { shownBroken } from "./rules/model.ts";
