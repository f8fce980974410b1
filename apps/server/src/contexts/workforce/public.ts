export { decideWeek } from "./decide.ts";
export { workforceOperations } from "./operations.ts";
export { AVAILABILITY, availabilityReconciler, handInHoursOf, PEOPLE_OF_A_UNIT } from "./reconcilers.ts";
export { holidayDays, insertHolidays, insertWeek } from "./store.ts";
export { inverseOfWorkforce } from "./undo.ts";
