export { bookingOperations, publicDoor } from "./operations.ts";
export { ruleFacts } from "./collections.ts";
export { holdReconciler } from "./reconcilers.ts";
export { createSealing } from "./sealing.ts";
export { bookingViews, describeBookings } from "./views.ts";
export { inverseOfBookings, summaryOfBookings } from "./undo.ts";
