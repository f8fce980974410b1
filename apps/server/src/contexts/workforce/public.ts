export { decideWeek } from "./decide.ts";
export { workforceOperations } from "./operations.ts";
export { AVAILABILITY, availabilityReconciler } from "./reconcilers.ts";
export { holidayDays, insertHolidays, insertWeek } from "./store.ts";
export { inverseOfWorkforce } from "./undo.ts";
