import type { Unit } from "../../../platform/db/database.ts";
import { standingCommitments } from "../../claims/public.ts";
import { isOver } from "../decide.ts";
import { bookingsById } from "../store.ts";
import { taken } from "./decide.ts";
import { WISH, type Wish } from "./model.ts";
import { lockWishOfHold, updateWish } from "./store.ts";

/** That what was offered is booked: whoever it was offered to waits no more. */
export async function settleBooked(unit: Unit, holdId: string): Promise<void> {
  const wish = await lockWishOfHold(unit, holdId);
  if (wish !== null) await write(unit, wish, taken(wish));
}

/**
 * The holds of those offers that stand: their time is not over, and nobody has taken it over while it seemed to be. So a clock that
 * is set back brings no offer back. Two statements where anything is offered, else none.
 */
export async function standingOffers(unit: Unit, wishes: readonly Wish[]): Promise<ReadonlySet<string>> {
  const offered = wishes.flatMap(({ state, holdId }) => (state === "offered" && holdId !== null ? [holdId] : []));
  const held = (await bookingsById(unit, offered)).filter(
    (booking) => booking.state === "held" && !isOver(booking, unit.nowMs),
  );
  const kept = await standingCommitments(
    unit,
    "bookings",
    held.map(({ sessionId }) => sessionId),
  );
  return new Set(held.flatMap(({ id, sessionId }) => (kept.has(sessionId) ? [id] : [])));
}

export async function write(unit: Unit, before: Wish, after: Wish): Promise<Wish> {
  await updateWish(unit, after);
  record(unit, before, after);
  return after;
}

/** The log says what became of a wish, and never whose it is. */
export function record(unit: Unit, before: Wish | null, after: Wish): void {
  const was = before === null ? null : wasOf(before);
  const kind = before === null ? "created" : "updated";
  unit.record({ kind, thing: { type: WISH, id: after.id }, fields: ["wish"], before: was, after: wasOf(after) });
}

const wasOf = ({ state, holdId }: Wish) => ({ state, holdId });
