export { claimOperations } from "./operations.ts";
export {
  claimsInWindow,
  claimsOfCommitments,
  confirmHolds,
  deletePendingBatch,
  insertPendingBatch,
  insertTimelines,
  lockTimelines,
  prolongHolds,
  replaceAvailability,
  standingCommitments,
  subjectsOfCommitments,
  timeAhead,
  updateTimeline,
} from "./store.ts";
export { firstExpiryMs, guardedText, openTimeText, takenAlongText, takenText, takenTime } from "./queries.ts";
export { openTimeTexts, takenTexts } from "./slices.ts";
export { giveBack, take, type Taken, type TakeOptions } from "./take.ts";
