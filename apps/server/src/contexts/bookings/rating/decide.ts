import { limits, refuseBooking, type Refused } from "@hourwright/contract";
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
  if (!isAskedAbout(booking)) return notAsked(booking);
  if (nowMs < booking.endMs) return refuseBooking("not-asked", "early", {});
  if (!mayRate(booking, given, nowMs)) return given === null ? tooLate : unchangeable;
  if (given !== null && given.score === score && given.comment === comment) return given;
  return { score, comment, ratedMs: given?.ratedMs ?? nowMs, changedMs: nowMs };
}

const notAsked = ({ state }: Booking) =>
  state === "confirmed" || state === "completed"
    ? refuseBooking("not-asked", "service", {})
    : refuseBooking("not-asked", "state", { state });
const tooLate = refuseBooking("rating-closed", "late", { days: limits.RATING_OPEN_DAYS });
const unchangeable = refuseBooking("rating-closed", "answered", { days: limits.RATING_CHANGE_DAYS });
