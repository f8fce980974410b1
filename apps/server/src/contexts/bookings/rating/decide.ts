import { bookingProblems, limits, type Refused } from "@hourwright/contract";
import { DAY_MS, MINUTE_MS } from "@hourwright/time";
import type { Booking, Completed, Confirmed } from "../model.ts";

// Pure: whether a visit is asked about, and what becomes of the answer.

/** What a customer said after a visit. */
export type Rating = {
  /** 1 to 5, the best. */
  readonly score: number;
  /** Empty: none, or its customer was forgotten. */
  readonly comment: string;
  readonly ratedMs: number;
  readonly changedMs: number;
};

/** What the log of changes calls it; its id is that of the booking. */
export const RATING = "rating";

/** Whether a booking is one that its service asks about, once it is over. */
export const isAskedAbout = (booking: Booking): booking is Confirmed | Completed =>
  booking.terms.rating !== null && (booking.state === "confirmed" || booking.state === "completed");

/** When the customer is asked by mail; null: never. */
export const askedMs = (booking: Booking): number | null =>
  isAskedAbout(booking) ? booking.endMs + booking.terms.rating!.afterMinutes * MINUTE_MS : null;

/** Until when an answer may be given, or changed. Half-open: at that instant no more. */
export const ratedUntilMs = ({ endMs }: Pick<Booking, "endMs">, given: Pick<Rating, "ratedMs"> | null): number =>
  given === null ? endMs + limits.RATING_OPEN_DAYS * DAY_MS : given.ratedMs + limits.RATING_CHANGE_DAYS * DAY_MS;

/** Whether an answer may be given or changed now: from the end of the visit on. */
export const mayRate = (booking: Booking, given: Pick<Rating, "ratedMs"> | null, nowMs: number): boolean =>
  isAskedAbout(booking) && nowMs >= booking.endMs && nowMs < ratedUntilMs(booking, given);

/** The answer as it stands then. The same again is the same, and changes nothing. */
export function rate(
  booking: Booking,
  given: Rating | null,
  { score, comment }: Pick<Rating, "score" | "comment">,
  nowMs: number,
): Rating | Refused<"bookings/not-asked" | "bookings/rating-closed"> {
  if (!isAskedAbout(booking)) return notAsked(NOT_ASKED[booking.state] ?? "Its service asks nothing after the visit.");
  if (nowMs < booking.endMs) return notAsked("It is not over yet: come back after the visit.");
  if (!mayRate(booking, given, nowMs)) return given === null ? tooLate : unchangeable;
  if (given !== null && given.score === score && given.comment === comment) return given;
  return { score, comment, ratedMs: given?.ratedMs ?? nowMs, changedMs: nowMs };
}

const NOT_ASKED: Readonly<Partial<Record<Booking["state"], string>>> = {
  held: "It is not booked yet.",
  requested: "It was never confirmed.",
  declined: "It was declined.",
  cancelled: "It was cancelled.",
  "no-show": "It is written down that nobody came. Get in touch with whom you have booked if that is wrong.",
};

const notAsked = (sentence: string) => bookingProblems.refuse("not-asked", sentence);
const tooLate = bookingProblems.refuse("rating-closed", `The visit was more than ${limits.RATING_OPEN_DAYS} days ago.`);
const unchangeable = bookingProblems.refuse(
  "rating-closed",
  `It was answered more than ${limits.RATING_CHANGE_DAYS} days ago, and stays as it is.`,
);
