export { claimOperations } from "./operations.ts";
export { clashesOf, guardOf } from "./decide.ts";
export {
  CLASHES_LISTED_MAX,
  HORIZON_MONTHS,
  LONG_CLAIM_MS,
  STRETCHES_MAX,
  type Clash,
  type Commitment,
  type CommitmentKey,
  type StandingClaim,
  type Stretch,
} from "./model.ts";
export {
  availabilityInWindow,
  claimsInWindow,
  deletePendingBatch,
  insertPendingBatch,
  insertTimelines,
  lockTimelines,
  replaceAvailability,
  takenTime,
  type TakenTime,
} from "./store.ts";
export { giveBack, take, type Taken, type TakeOptions, type TimeTaken } from "./take.ts";
