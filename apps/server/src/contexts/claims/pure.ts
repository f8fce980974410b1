// What works on values alone: compute threads load it, and nothing of the database with it.
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
export { guardedFrom, openTimeFrom, takenFrom, type TakenTime } from "./texts.ts";
export { instantWithin, TIME_END_MS, TIME_MIN_MS, windowOfInstants, YEAR_MAX, YEAR_MIN } from "./window.ts";
