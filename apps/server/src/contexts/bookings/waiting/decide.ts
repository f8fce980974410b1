import { limits, refuseBooking, type Refused } from "@hourwright/contract";
import { MINUTE_MS } from "@hourwright/time";
import type { ChangeWithContents } from "../../../platform/changes/read.ts";
import { BOOKING, takesTime, type Booking } from "../model.ts";
import { WISH, type Wanted, type Wish } from "./model.ts";

// Pure: who is offered what, and what becomes of a wish.

type WrongState = Refused<"bookings/wrong-state">;

/** Who answers has at least so long. */
const OFFER_MS_MIN = 10 * MINUTE_MS;

/**
 * Who is asked first: who has let the fewest offers pass, of those who waited longest. So whoever was never asked comes before
 * whoever was, and nobody who waits longer is skipped but for an offer of their own.
 */
export const inTurn = (wishes: readonly Wish[]): readonly Wish[] =>
  wishes.toSorted(
    (a, b) => a.passed.length - b.passed.length || a.madeMs - b.madeMs || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  );

/** How long an offer stands: the service's time for it, and never past the time until which it can be booked. */
export const offerUntilMs = (
  startMs: number,
  { offerMinutes, noticeMinutes }: { readonly offerMinutes: number; readonly noticeMinutes: number },
  nowMs: number,
): number => Math.min(nowMs + offerMinutes * MINUTE_MS, startMs - noticeMinutes * MINUTE_MS);

/** Whether a time is one that somebody waits for. */
export function suits({ wanted, passed }: Wish, startMs: number, zone: string): boolean {
  if (passed.includes(startMs)) return false;
  const wall = Temporal.Instant.fromEpochMilliseconds(startMs).toZonedDateTimeISO(zone);
  const [day, minute] = [wall.toPlainDate().toString(), wall.hour * 60 + wall.minute];
  if (day < wanted.firstDay || day > wanted.lastDay) return false;
  if (wanted.weekdays.length > 0 && !wanted.weekdays.includes(wall.dayOfWeek)) return false;
  return minute >= wanted.fromMinute && minute < wanted.toMinute;
}

/** What is the same for all whose free times are the same. */
export const groupOf = ({ minutes, choose, places }: Wanted): string =>
  JSON.stringify([minutes, places, choose.toSorted()]);

export type Offer = { readonly wish: Wish; readonly startMs: number };

/**
 * The next offer of a service: to the first in turn whom a free time suits, the earliest of those. `wishes`: all that are open of
 * its customers, of other services too, since nobody has two offers at once. `free`: starts by group, ascending.
 */
export function nextOffer(
  wishes: readonly Wish[],
  service: { readonly id: string; readonly offerMinutes: number; readonly noticeMinutes: number },
  free: ReadonlyMap<string, readonly number[]>,
  { zone, nowMs }: { readonly zone: string; readonly nowMs: number },
): Offer | null {
  const asked = new Set(wishes.flatMap(({ state, customerId }) => (state === "offered" ? [customerId] : [])));
  for (const wish of inTurn(wishes)) {
    if (wish.state !== "waiting" || wish.serviceId !== service.id || asked.has(wish.customerId)) continue;
    if (nowMs >= wish.endsMs) continue;
    const startMs = (free.get(groupOf(wish.wanted)) ?? []).find(
      (start) => suits(wish, start, zone) && offerUntilMs(start, service, nowMs) - nowMs >= OFFER_MS_MIN,
    );
    if (startMs !== undefined) return { wish, startMs };
  }
  return null;
}

export function offer(wish: Wish, holdId: string, offered: NonNullable<Wish["offered"]>): Wish | WrongState {
  if (wish.state !== "waiting") return wrongState(wish);
  return { ...wish, state: "offered", holdId, offered, version: wish.version + 1 };
}

/** An offer that was declined, or not answered in time. Whoever let too many pass is asked no more. */
export function pass(wish: Wish, nowMs: number): Wish | WrongState {
  if (wish.state !== "offered" || wish.offered === null) return wrongState(wish);
  const passed = [...wish.passed, wish.offered.startMs];
  const isOver = passed.length >= limits.OFFERS_PASSED_MAX || nowMs >= wish.endsMs;
  return { ...wish, state: isOver ? "over" : "waiting", passed, offered: null, version: wish.version + 1 };
}

export const taken = (wish: Wish): Wish => ({
  ...wish,
  state: "booked",
  offered: null,
  version: wish.version + 1,
});

export function withdraw(wish: Wish): Wish | WrongState {
  if (wish.state !== "waiting" && wish.state !== "offered") return wrongState(wish);
  return { ...wish, state: "withdrawn", offered: null, version: wish.version + 1 };
}

/** Waits as before: what was offered by hand, or taken off the list, and is taken back. */
export function waitAgain(wish: Wish, nowMs: number): Wish | WrongState {
  if ((wish.state !== "offered" && wish.state !== "withdrawn") || nowMs >= wish.endsMs) return wrongState(wish);
  return { ...wish, state: "waiting", offered: null, version: wish.version + 1 };
}

export const end = (wish: Wish): Wish => ({
  ...wish,
  state: "over",
  offered: null,
  version: wish.version + 1,
});

const wrongState = ({ state }: Wish): WrongState => refuseBooking("wrong-state", "wish", { state });

/** Why a wish is none; null where it can be waited for. `today`: of the service's zone. */
export function whyInvalidWish(
  { firstDay, lastDay, fromMinute, toMinute }: Pick<Wanted, "firstDay" | "lastDay" | "fromMinute" | "toMinute">,
  today: Temporal.PlainDate,
): Refused<"bookings/wish-invalid"> | null {
  if (lastDay < firstDay) return refuseBooking("wish-invalid", "turned", {});
  if (lastDay < today.toString()) return refuseBooking("wish-invalid", "past", {});
  if (toMinute <= fromMinute) return refuseBooking("wish-invalid", "hours", {});
  const farthest = today.add({ days: limits.WISH_DAYS_MAX }).toString();
  return lastDay > farthest ? refuseBooking("wish-invalid", "far", { days: limits.WISH_DAYS_MAX }) : null;
}

type Was = Pick<Booking, "state" | "startMs">;

/** Whether a change may have made a time free. What only takes time has not. */
export function mayFree({ thing, kind, before, after }: ChangeWithContents): boolean {
  if (thing.type === WISH) return (after as { readonly state?: string } | null)?.state !== "offered";
  if (thing.type !== BOOKING) return true;
  if (kind === "created") return false;
  if (kind === "removed" || after === null || before === null) return true;
  const [was, is] = [before as Was, after as Was];
  return !takesTime(is.state) || was.startMs !== is.startMs;
}
