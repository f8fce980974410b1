import { isRefused, limits, refuseBooking, refuseRequest, type Refused } from "@hourwright/contract";
import type { Unit } from "../../../platform/db/database.ts";
import { createHold, removeHold, wishedOf } from "../holding.ts";
import { zoneOf } from "../services.ts";
import { customerGiven } from "../customers/given.ts";
import type { Customer } from "../model.ts";
import type { Sealing } from "../sealing.ts";
import { noService } from "../services.ts";
import { lockService, offeredService } from "../store.ts";
import type { NotPlaced } from "../taking.ts";
import {
  end,
  groupOf,
  nextOffer,
  offer,
  offerUntilMs,
  pass,
  taken,
  waitAgain,
  whyInvalidWish,
  withdraw,
  type Offer,
} from "./decide.ts";
import type { Wanted, Wish } from "./model.ts";
import { record, standingOffers, write } from "./settle.ts";
import {
  countOpen,
  deleteWishesOver,
  findWishes,
  insertWish,
  lockEndedOffers,
  lockOutwaited,
  lockWish,
  lockWishesFor,
  wishById,
} from "./store.ts";

type Gone = Refused<"request/not-found">;
type WrongState = Refused<"bookings/wrong-state">;

export const noWish: Gone = refuseRequest("not-found", "waiting", {});

export type NewWish = Omit<Wanted, "minutes"> & {
  readonly serviceId: string;
  readonly minutes: number | null;
  readonly customer: Customer;
  readonly zone: string | null;
  readonly language: Wish["language"];
};

/** Puts somebody on the waiting list. Locks the service, so that its list has an end, and their row among customers. */
export async function createWish(
  unit: Unit,
  sealing: Sealing,
  { serviceId, customer, zone, language, ...given }: NewWish,
): Promise<
  | Wish
  | Gone
  | Refused<"bookings/wish-invalid" | "bookings/waiting-full" | "bookings/not-offered" | "bookings/length-unknown">
> {
  const asked = await wishedOf(unit, { serviceId, ...given, zone });
  if (isRefused(asked)) return asked;
  const { lengthMinutes, zone: own } = asked.place;
  const today = Temporal.Instant.fromEpochMilliseconds(unit.nowMs).toZonedDateTimeISO(own).toPlainDate();
  const wrong = whyInvalidWish(given, today);
  if (wrong !== null) return wrong;
  if ((await lockService(unit, serviceId)) === null) return noService;
  const { customerId, given: said } = await customerGiven(unit, sealing, customer);
  const { ofService, ofCustomer } = await countOpen(unit, serviceId, customerId);
  if (ofService >= limits.WISHES_OF_A_SERVICE_MAX) return refuseBooking("waiting-full", "service", {});
  if (ofCustomer >= limits.WISHES_OF_A_CUSTOMER_MAX)
    return refuseBooking("waiting-full", "customer", { most: limits.WISHES_OF_A_CUSTOMER_MAX });
  const wish: Wish = {
    id: unit.newId("wsh"),
    serviceId,
    customerId,
    given: said,
    state: "waiting",
    wanted: { ...given, minutes: lengthMinutes },
    zone: zone ?? own,
    language,
    madeMs: unit.nowMs,
    endsMs: Temporal.PlainDate.from(given.lastDay).add({ days: 1 }).toZonedDateTime(own).epochMilliseconds,
    passed: [],
    holdId: null,
    offered: null,
    version: 1,
  };
  await insertWish(unit, wish);
  record(unit, null, wish);
  return wish;
}

/** An offer that could not be held: nothing of it stays, and it is not tried again. */
type NotHeld = NotPlaced & { readonly tried: { readonly group: string; readonly startMs: number } };

/** Makes the next offer of a service, if there is one. `free`: starts that were free a moment ago, by group. */
export async function offerNext(
  unit: Unit,
  serviceId: string,
  free: ReadonlyMap<string, readonly number[]>,
): Promise<Wish | NotHeld | null> {
  const wishes = await endOver(unit, await lockWishesFor(unit, serviceId));
  const offered = await offeredService(unit, serviceId);
  if (offered === null || !offered.service.isOpen) return null;
  const { service } = offered;
  const zone = await zoneOf(unit, service);
  const next = nextOffer(wishes, service, free, { zone, nowMs: unit.nowMs });
  if (next === null) return null;
  const made = await hold(unit, next, service);
  if (!isRefused(made)) return made;
  return { ...(made as NotPlaced), tried: { group: groupOf(next.wish.wanted), startMs: next.startMs } };
}

/** Offers whose time is over end before it is offered to others: they stand no more, whatever becomes of the clock. */
async function endOver(unit: Unit, wishes: readonly Wish[]): Promise<Wish[]> {
  const now: Wish[] = [];
  for (const wish of wishes) {
    const isOver = wish.offered !== null && unit.nowMs >= wish.offered.untilMs;
    const after = isOver ? pass(wish, unit.nowMs) : wish;
    now.push(after === wish || isRefused(after) ? wish : await write(unit, wish, after));
  }
  return now;
}

/** Offers a time to somebody out of turn. */
export async function offerByHand(
  unit: Unit,
  id: string,
  startMs: number,
): Promise<Wish | Gone | NotPlaced | WrongState> {
  const found = await wishById(unit, id);
  if (found === null) return noWish;
  const wishes = await lockWishesFor(unit, found.serviceId);
  const wish = wishes.find((each) => each.id === id);
  if (wish === undefined) return refuseBooking("wrong-state", "wish", { state: "withdrawn" });
  const other = wishes.find((each) => each.customerId === wish.customerId && each.state === "offered");
  if (other !== undefined) return refuseBooking("wrong-state", "wish", { state: "offered" });
  const offered = await offeredService(unit, wish.serviceId);
  if (offered === null) return refuseBooking("not-offered", "gone", {});
  if (offerUntilMs(startMs, offered.service, unit.nowMs) <= unit.nowMs)
    return refuseBooking("not-offered", "too-soon", {});
  const made = await hold(unit, { wish, startMs }, offered.service);
  return isRefused(made) ? (made as NotPlaced) : made;
}

/** The offer as a hold: it takes the time of everybody it needs until the offer ends. */
async function hold(
  unit: Unit,
  { wish, startMs }: Offer,
  service: { readonly offerMinutes: number; readonly noticeMinutes: number },
) {
  const { minutes, choose, places } = wish.wanted;
  const untilMs = offerUntilMs(startMs, service, unit.nowMs);
  const asked = { serviceId: wish.serviceId, startMs, minutes, choose, places, zone: wish.zone };
  const held = await createHold(unit, asked, untilMs);
  if (isRefused(held)) return held;
  const after = offer(wish, held.id, { startMs: held.startMs, untilMs });
  return isRefused(after) ? after : write(unit, wish, after);
}

/** Lets an offer pass: it goes to the next. What stands no more has passed already. */
export async function passOffer(unit: Unit, id: string): Promise<Wish | Gone | WrongState> {
  const found = await wishById(unit, id);
  const isOffered = found?.state === "offered" && found.holdId !== null;
  if (isOffered && !(await standingOffers(unit, [found])).has(found.holdId))
    return refuseBooking("wrong-state", "wish", { state: "waiting" });
  return leave(unit, id, (wish) => pass(wish, unit.nowMs));
}

export const withdrawWish = (unit: Unit, id: string) => leave(unit, id, withdraw);

/** Takes back that somebody was offered something, or was taken off the list. */
export const putWish = (unit: Unit, id: string) => leave(unit, id, (wish) => waitAgain(wish, unit.nowMs));

/** What is held for them is given back first: whoever books locks in that order. */
async function leave(
  unit: Unit,
  id: string,
  decide: (wish: Wish) => Wish | WrongState,
): Promise<Wish | Gone | WrongState> {
  const found = await wishById(unit, id);
  if (found === null) return noWish;
  if (found.state === "offered" && found.holdId !== null) await removeHold(unit, found.holdId);
  const wish = await lockWish(unit, id);
  if (wish === null) return noWish;
  if (wish.state !== found.state || wish.holdId !== found.holdId) return refuseBooking("wrong-state", "raced", {});
  const after = decide(wish);
  return isRefused(after) ? after : write(unit, wish, after);
}

/** Wishes in one unit of sweeping, and how long what is over is kept. */
export const SWEPT_MAX = 100;
/** Offers that are looked at for whether they still stand. */
const OPEN_MAX = limits.WISHES_OF_A_SERVICE_MAX;
const KEPT_MS = 90 * 86_400_000;

/** Ends offers that were not answered in time, and the waiting of those for whom nothing can come; how many. */
export async function sweepWishes(unit: Unit): Promise<number> {
  const ended = await lockEndedOffers(unit, SWEPT_MAX);
  for (const { wish, isBooked } of ended) {
    const after = isBooked ? taken(wish) : pass(wish, unit.nowMs);
    if (!isRefused(after)) await write(unit, wish, after);
  }
  const open = await findWishes(unit, { serviceId: null, state: "offered", after: null, limit: OPEN_MAX });
  const standing = await standingOffers(unit, open);
  for (const { id, holdId } of open) {
    const wish = standing.has(holdId ?? "") ? null : await lockWish(unit, id);
    const after = wish === null || wish.holdId !== holdId ? null : pass(wish, unit.nowMs);
    if (after !== null && !isRefused(after)) await write(unit, wish!, after);
  }
  const outwaited = await lockOutwaited(unit, SWEPT_MAX);
  for (const wish of outwaited) await write(unit, wish, end(wish));
  await deleteWishesOver(unit, unit.nowMs - KEPT_MS, SWEPT_MAX);
  return Math.max(ended.length, outwaited.length);
}
