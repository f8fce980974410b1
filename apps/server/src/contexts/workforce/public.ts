export { availabilityReconciler } from "./reconcilers.ts";
export { insertHolidays, insertWeek } from "./store.ts";
