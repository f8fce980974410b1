export {
  answerApproval,
  askApproval,
  waitingFor,
  withdrawApproval,
  type ApprovalKind,
  type ApprovalPorts,
} from "./commands.ts";
export type { Decided, EffectLine } from "./model.ts";
export { approvalNewsOf, askerOf, isApprovalNews, isStillAsked, type ApprovalNews } from "./news.ts";
export { approvalOperations } from "./operations.ts";
export { approvalReconciler } from "./reconcilers.ts";
export { inverseOfApprovals, summaryOfApprovals } from "./undo.ts";
