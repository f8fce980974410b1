export { askApproval, withdrawApproval, type ApprovalKind, type ApprovalPorts } from "./commands.ts";
export type { IsAway } from "./facts.ts";
export type { Approval, Decided, EffectLine } from "./model.ts";
export { approvalNewsOf, askerOf, isApprovalNews, type ApprovalNews } from "./news.ts";
export { approvalOperations } from "./operations.ts";
export { approvalReconciler } from "./reconcilers.ts";
export { newestFor } from "./store.ts";
export { inverseOfApprovals, summaryOfApprovals } from "./undo.ts";
