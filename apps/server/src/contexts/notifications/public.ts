export { notificationOperations } from "./operations.ts";
export { noticeConsumer } from "./reactions.ts";
export { noticeReconciler } from "./reconcilers.ts";
