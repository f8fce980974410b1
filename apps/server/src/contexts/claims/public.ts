export { claimOperations } from "./operations.ts";
export {
  CLASHES_LISTED_MAX,
  LONG_CLAIM_MS,
  STRETCHES_MAX,
  type Broken,
  type Clash,
  type Commitment,
  type Judge,
  type LineChange,
  type Lying,
  type OverlapPolicy,
  type StandingClaim,
  type Stretch,
} from "./model.ts";
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
export {
  firstExpiryMs,
  guardedFrom,
  guardedText,
  openTimeFrom,
  openTimeText,
  takenFrom,
  takenAlongText,
  takenText,
  takenTime,
  type TakenTime,
} from "./queries.ts";
export { openTimeTexts, takenTexts } from "./slices.ts";
export { giveBack, take, type Taken, type TakeOptions } from "./take.ts";
export { instantWithin, TIME_END_MS, TIME_MIN_MS, windowOfInstants, YEAR_MAX, YEAR_MIN } from "./window.ts";
