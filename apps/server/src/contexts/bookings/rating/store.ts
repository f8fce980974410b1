import { sql } from "kysely";
import type { Unit } from "../../../platform/db/database.ts";
import type { Rating } from "./decide.ts";
import type { Sealing } from "../sealing.ts";
import { at } from "../store.ts";

type Row = {
  booking_id: string;
  score: number;
  comment: Buffer | null;
  rated_at: Temporal.Instant;
  changed_at: Temporal.Instant;
};

/** What was said of bookings, by their ids. */
export async function ratingsOf(
  unit: Unit,
  bookingIds: readonly string[],
  sealing: Sealing,
): Promise<ReadonlyMap<string, Rating>> {
  if (bookingIds.length === 0) return new Map();
  const { rows } = await sql<Row>`
    select booking_id, score, comment, rated_at, changed_at from bookings.rating
    where org_id = ${unit.organisation} and booking_id = any(${[...bookingIds]}::text[])`.execute(unit.db);
  return new Map(
    rows.map(({ booking_id, score, comment, rated_at, changed_at }) => [
      booking_id,
      {
        score,
        comment: comment === null ? "" : (sealing.unsealNotes(unit.organisation, comment) ?? ""),
        ratedMs: rated_at.epochMilliseconds,
        changedMs: changed_at.epochMilliseconds,
      },
    ]),
  );
}

/** Those of some bookings of which something was said. */
export async function ratedAmong(unit: Unit, bookingIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (bookingIds.length === 0) return new Set();
  const { rows } = await sql<{ booking_id: string }>`
    select booking_id from bookings.rating
    where org_id = ${unit.organisation} and booking_id = any(${[...bookingIds]}::text[])`.execute(unit.db);
  return new Set(rows.map(({ booking_id }) => booking_id));
}

/** The booking is locked: nobody else answers for it. */
export async function putRating(
  unit: Unit,
  bookingId: string,
  { score, comment, ratedMs, changedMs }: Rating,
  sealing: Sealing,
): Promise<void> {
  const sealed = comment === "" ? null : sealing.sealNotes(unit.organisation, comment);
  await sql`
    insert into bookings.rating (org_id, booking_id, score, comment, rated_at, changed_at)
    values (${unit.organisation}, ${bookingId}, ${score}, ${sealed}, ${at(ratedMs)}::timestamptz, ${at(changedMs)}::timestamptz)
    on conflict (org_id, booking_id) do update
    set score = excluded.score, comment = excluded.comment, changed_at = excluded.changed_at`.execute(unit.db);
}

/** What a customer wrote is gone with them; the numbers stay, of nobody. */
export async function forgetComments(unit: Unit, customerId: string): Promise<void> {
  await sql`
    update bookings.rating set comment = null
    where org_id = ${unit.organisation} and comment is not null and booking_id in (
      select id from bookings.booking where org_id = ${unit.organisation} and customer_id = ${customerId})`.execute(
    unit.db,
  );
}
