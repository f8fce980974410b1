export { createBooking, createHold } from "./commands.ts";
export type { Service, ServiceContents } from "./model.ts";
export { bookingOperations, publicDoor } from "./operations.ts";
export { ruleFacts } from "./collections.ts";
export { holdReconciler } from "./reconcilers.ts";
export { createSealing, type Sealing } from "./sealing.ts";
export { changePage, createService } from "./services.ts";
export { bookingViews, describeBookings } from "./views.ts";
export { inverseOfBookings, summaryOfBookings } from "./undo.ts";
