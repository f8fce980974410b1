import { limits, refuseWork, type Refused } from "@hourwright/contract";
import { takenOf, type Bid, type OpenShift } from "./model.ts";

// Pure: what becomes of an open shift by bids and awards. Whether somebody fits is judged outside.

type Over = Refused<"workforce/open-shift-over">;

/** Why nobody bids any more; null while people may. */
export function overOf({ state, startsMs }: OpenShift, nowMs: number): Over | null {
  if (nowMs >= startsMs) return refuseWork("open-shift-over", "begun", {});
  if (state === "filled") return refuseWork("open-shift-over", "filled", {});
  return state === "open" ? null : refuseWork("open-shift-over", "back", {});
}

/** Bids, or keeps the place among those who bid that somebody has. */
export function withBid(shift: OpenShift, personId: string, nowMs: number): OpenShift | Over {
  const own = shift.bids.find((each) => each.personId === personId);
  if (own?.state === "won" || own?.state === "bid") return shift;
  const over = overOf(shift, nowMs);
  if (over !== null) return over;
  if (shift.bids.length >= limits.BIDS_MAX) return refuseWork("open-shift-over", "full", { most: limits.BIDS_MAX });
  const others = shift.bids.filter((each) => each !== own);
  return { ...shift, bids: [...others, { personId, atMs: nowMs, state: "bid", adjustmentId: null }] };
}

/** Takes a bid back that has not won. */
export function withoutBid(shift: OpenShift, personId: string, nowMs: number): OpenShift | Over {
  const own = shift.bids.find((each) => each.personId === personId);
  if (own === undefined || own.state === "withdrawn" || own.state === "lost") return shift;
  if (own.state === "won") return refuseWork("open-shift-over", "yours", {});
  const over = overOf(shift, nowMs);
  return over ?? { ...shift, bids: shift.bids.map((each) => (each === own ? { ...own, state: "withdrawn" } : each)) };
}

/** Gives a place away; with the last one everybody else has lost. */
export function withWinner(shift: OpenShift, personId: string, adjustmentId: string, nowMs: number): OpenShift | Over {
  const over = overOf(shift, nowMs);
  if (over !== null) return over;
  const own = shift.bids.find((each) => each.personId === personId);
  if (own?.state === "won") return refuseWork("open-shift-over", "theirs", {});
  const won: Bid = { personId, atMs: own?.atMs ?? nowMs, state: "won", adjustmentId };
  const bids = own === undefined ? [...shift.bids, won] : shift.bids.map((each) => (each === own ? won : each));
  const isFilled = takenOf({ bids }) >= shift.places;
  return { ...shift, bids: isFilled ? bids.map(lost) : bids, state: isFilled ? "filled" : "open" };
}

/** Offers it no more: taken back, or begun. */
export const closed = (shift: OpenShift): OpenShift =>
  shift.state === "open" ? { ...shift, state: "closed", bids: shift.bids.map(lost) } : shift;

const lost = (bid: Bid): Bid => (bid.state === "bid" ? { ...bid, state: "lost" } : bid);

/** Who is told what of a change of bids. */
export function newsOf(
  before: OpenShift | null,
  after: OpenShift,
): readonly { readonly personId: string; readonly kind: "bid-won" | "bid-lost" }[] {
  const was = new Map(before?.bids.map(({ personId, state }) => [personId, state]));
  return after.bids.flatMap(({ personId, state }) =>
    (state === "won" || state === "lost") && was.get(personId) !== state
      ? [{ personId, kind: state === "won" ? ("bid-won" as const) : ("bid-lost" as const) }]
      : [],
  );
}
