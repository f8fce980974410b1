import type { Unit } from "../../platform/db/database.ts";
import { isBooked } from "./decide.ts";
import { BOOKING, reasonOf, type Booking, type Offer, type Paid, type Picked } from "./model.ts";

// What the log of changes says of a booking, which is what undo needs of it.

/** What undo needs of a booking. */
export type BookingWas = {
  readonly state: Booking["state"];
  readonly startMs: number;
  readonly endMs: number;
  /** Role by role. */
  readonly subjectIds: readonly string[];
  /** Null where it was not written down yet. */
  readonly sessionId: string | null;
  /** Whether somebody said why; what they said stands with the booking. */
  readonly hasReason: boolean;
  readonly previousStartMs: number | null;
  readonly previousEndMs: number | null;
  readonly paid: Paid | null;
  /** Null: as it is, of what was recorded before one could say. */
  readonly picked: Picked | null;
  readonly offer: Offer | null;
  /** For who counts what is held, by day and service. Null of what was recorded before. */
  readonly serviceId: string | null;
  readonly madeMs: number | null;
};

/**
 * The log names who was taken and when. It holds nothing that somebody wrote: who the customer is and what they said stands with
 * them and with the booking, so that forgetting them forgets it (`forgetting.test.ts` looks for it in the whole database).
 */
export function record(unit: Unit, before: Booking | null, after: Booking | null, calendarId: string | null): void {
  const booking = (after ?? before)!;
  const kind = before === null ? "created" : after === null ? "removed" : "updated";
  unit.record({
    kind,
    thing: { type: BOOKING, id: booking.id },
    collectionId: calendarId,
    fields: ["booking"],
    before: before === null ? null : wasOf(before),
    after: after === null ? null : wasOf(after),
  });
}

const wasOf = (booking: Booking): BookingWas => {
  const previous = isBooked(booking) ? booking.previous : null;
  return {
    state: booking.state,
    startMs: booking.startMs,
    endMs: booking.endMs,
    subjectIds: booking.picked.flat(),
    sessionId: booking.sessionId,
    hasReason: reasonOf(booking) !== "",
    previousStartMs: previous?.startMs ?? null,
    previousEndMs: previous?.endMs ?? null,
    paid: isBooked(booking) ? booking.paid : null,
    picked: booking.picked,
    offer: isBooked(booking) ? booking.offer : null,
    serviceId: booking.serviceId,
    madeMs: booking.madeMs,
  };
};
