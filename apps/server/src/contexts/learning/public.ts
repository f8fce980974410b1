export { datesFor, historyKey, knownFromMs } from "./past.ts";
export { learningOperations } from "./operations.ts";
export { learningReconciler } from "./reconcilers.ts";
export { trainHandler } from "./training.ts";
export { inverseOfLearning, summaryOfLearning } from "./undo.ts";
