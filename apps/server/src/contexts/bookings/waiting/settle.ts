import type { Unit } from "../../../platform/db/database.ts";
import { taken } from "./decide.ts";
import { WISH, type Wish } from "./model.ts";
import { lockWishOfHold, updateWish } from "./store.ts";

/** That what was offered is booked: whoever it was offered to waits no more. */
export async function settleBooked(unit: Unit, holdId: string): Promise<void> {
  const wish = await lockWishOfHold(unit, holdId);
  if (wish !== null) await write(unit, wish, taken(wish));
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
