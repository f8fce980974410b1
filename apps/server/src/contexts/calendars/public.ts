export { newsOf, type EventNews } from "./news.ts";
export { calendarFor, calendarsSeenBy, type SeenCalendar } from "./access.ts";
export { createCalendar, openCalendars } from "./commands.ts";
export { dateFor } from "./date-for.ts";
export { hourDeedsOf } from "./deeds.ts";
export { describeEvents } from "./describe.ts";
export { ruleFacts } from "./collections.ts";
export { derivedWindow } from "./facts.ts";
export { horizonReconciler } from "./horizon.ts";
export { lookAtEvents } from "./look.ts";
export { importHandler } from "./import.ts";
export { mayWriteInto, reaches, subjectAddress, type Access, type Calendar } from "./model.ts";
export { calendarOperations } from "./operations.ts";
export { publicEvents } from "./queries.ts";
export { summariesOf } from "./summaries.ts";
export { HORIZON } from "./horizon.ts";
export type { ImportPorts } from "./import-apply.ts";
export { calendarsById, markSubjectToDerive } from "./store.ts";
export type { InstanceRow, ViewsOf } from "./queries.ts";
export { clearCalendar, syncCalendar } from "./sync.ts";
export {
  proposalNewsOf,
  proposalsGone,
  proposalStates,
  type ProposalNews,
  type ProposalState,
} from "./proposal-news.ts";
export { pastDates, type PastDate } from "./past/read.ts";
export { historyRows, type DateRow } from "./past/rows.ts";
export { pastRows } from "./past/rows.task.ts";
export { barredProblem, uidOfEvent } from "./events.ts";
export { putTogether, type EventPut } from "./put-together.ts";
export { proposalOperations } from "./proposals.ts";
export { inverseOfEvent, inverseOfProposal } from "./undo.ts";
export { importSweeper, undoImportAsJob, undoImportHandler } from "./undo-import.ts";
export { changeObjects } from "./write.ts";
