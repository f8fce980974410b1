export { askApproval, withdrawApproval, type ApprovalKind } from "./commands.ts";
export type { IsAway } from "./facts.ts";
export { approvalNewsOf, askerOf, isApprovalNews, type ApprovalNews } from "./news.ts";
export { approvalOperations } from "./operations.ts";
export { approvalReconciler } from "./reconcilers.ts";
export { inverseOfApprovals, summaryOfApprovals } from "./undo.ts";
