export type {
  FindTimes,
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
