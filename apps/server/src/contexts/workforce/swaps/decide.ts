import { refuseWork, type Refused } from "@hourwright/contract";
import { SWAP_LEGS_MAX, type Leg } from "@hourwright/schedule";
import { peopleIn, type Swap } from "./model.ts";

// Pure: what is a swap, and what becomes of it by answers and by time. Whether it could be done is judged outside.

type Over = Refused<"workforce/swap-over">;
type NotAsked = Refused<"workforce/not-asked">;

/** What is wrong with a swap as it is written; null when it is one. */
export function faultOf(legs: readonly Leg[]): Refused<"workforce/swap-invalid"> | null {
  if (legs.length === 0 || legs.length > SWAP_LEGS_MAX)
    return refuseWork("swap-invalid", "count", { most: SWAP_LEGS_MAX });
  if (legs.some(({ from, to }) => from === to)) return refuseWork("swap-invalid", "alone", {});
  const [givers, takers] = [legs.map(({ from }) => from), legs.map(({ to }) => to)];
  if (new Set(givers).size < givers.length || new Set(takers).size < takers.length)
    return refuseWork("swap-invalid", "one", {});
  if (legs.length > 1 && givers.some((id) => !takers.includes(id))) return refuseWork("swap-invalid", "ring", {});
  return null;
}

function overOf({ state, untilMs }: Swap, nowMs: number): Over | null {
  const now = state === "asking" && nowMs >= untilMs ? "over" : state;
  return now === "asking" ? null : refuseWork("swap-over", "state", { state: now }, { state: now });
}

/** What somebody says. Any no ends it; with the last yes everybody agrees, and `groupId` says what came of it. */
export function answeredSwap(swap: Swap, personId: string, says: "yes" | "no", nowMs: number): Swap | Over | NotAsked {
  const own = swap.people.find((each) => each.personId === personId);
  if (own === undefined) return refuseWork("not-asked", "swap", {});
  if (own.state === says) return swap;
  const over = overOf(swap, nowMs);
  if (over !== null) return over;
  const people = swap.people.map((each) => (each === own ? { personId, state: says, answeredMs: nowMs } : each));
  return { ...swap, people, state: says === "no" ? "declined" : "asking" };
}

export const isAgreed = ({ state, people }: Swap): boolean =>
  state === "asking" && people.every((each) => each.state === "yes");

/** Takes it back. */
export function withdrawnSwap(swap: Swap, nowMs: number): Swap | Over {
  if (swap.state === "withdrawn") return swap;
  return overOf(swap, nowMs) ?? { ...swap, state: "withdrawn" };
}

/** What time has made of it. */
export const advancedSwap = (swap: Swap, nowMs: number): Swap =>
  swap.state === "asking" && nowMs >= swap.untilMs ? { ...swap, state: "over" } : swap;

/** Who is told what of a change of a swap. */
export function newsOf(
  before: Swap | null,
  after: Swap,
): readonly { readonly personId: string; readonly kind: "swap" | "swap-agreed" | "swap-declined" }[] {
  if (before === null)
    return after.state === "asking" ? after.people.map(({ personId }) => ({ personId, kind: "swap" as const })) : [];
  if (before.state === after.state) return [];
  const kind = after.state === "agreed" ? "swap-agreed" : "swap-declined";
  return peopleIn(after.legs).map((personId) => ({ personId, kind }));
}
