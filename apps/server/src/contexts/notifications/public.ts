export { notificationOperations } from "./operations.ts";
export { noticesToMail, type MailedNotice } from "./preferences.ts";
export { noticeConsumer } from "./reactions.ts";
export { noticeReconciler } from "./reconcilers.ts";
