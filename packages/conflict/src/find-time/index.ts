export { findTimes } from "./find.ts";
export { reasonText, relaxationText, type TimeTelling } from "./words.ts";
export type {
  FoundTime,
  FoundTimes,
  Guest,
  Hindrance,
  Reason,
  Relaxation,
  TimeRefusal,
  TimeWish,
  Venue,
} from "./wish.ts";
