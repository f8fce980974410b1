export { decideWeek } from "./decide.ts";
export { workforceOperations } from "./operations.ts";
export { AVAILABILITY, availabilityReconciler, handInHoursOf, PEOPLE_OF_A_UNIT } from "./reconcilers.ts";
export { skillFacts, skillOperations } from "./skills/operations.ts";
export { holidayDays, insertHolidays, insertWeek } from "./store.ts";
export { inverseOfWorkforce, summaryOfWorkforce } from "./undo.ts";
