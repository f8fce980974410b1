export { mailOperations } from "./operations.ts";
export { noticeMailConsumer, noticeMailReconciler } from "./people/sending.ts";
export { mailConsumer } from "./reactions.ts";
export { mailReconciler, mailSweeper } from "./sending.ts";
export { smtpSender } from "./smtp.ts";
