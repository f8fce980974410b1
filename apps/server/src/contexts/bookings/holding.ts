import { isRefused, refuseBooking, type Refused } from "@hourwright/contract";
import { MINUTE_MS } from "@hourwright/time";
import { LeftRound, type Unit } from "../../platform/db/database.ts";
import { prolongHolds } from "../claims/public.ts";
import { judgeFor } from "../planning/public.ts";
import { ruleFacts } from "./collections.ts";
import { holdOver, prolong, whyUnfit } from "./decide.ts";
import { passFilesOn } from "./files/store.ts";
import type { Held, Service, Terms } from "./model.ts";
import { record } from "./recording.ts";
import { noService, zoneOf } from "./services.ts";
import {
  calendarOfBookings,
  deleteBookings,
  endedHolds,
  insertHold,
  lockSeries,
  offeredService,
  updateHold,
} from "./store.ts";
import { takePlace, leaveSessions, type NotPlaced, type Place } from "./taking.ts";

// A time is taken for some minutes, until its details are written.

export const lengthUnknown = (service: Service) =>
  refuseBooking("length-unknown", "lengths", { service: service.name, lengths: service.lengths });

export type HoldWish = {
  readonly serviceId: string;
  readonly startMs: number;
  readonly minutes: number | null;
  readonly choose: readonly string[];
  readonly places: number;
  readonly zone: string | null;
};

/** What is asked of a service, checked against what the service can ever be; or why it cannot. */
export async function wishedOf(unit: Unit, wish: Omit<HoldWish, "startMs">) {
  const offered = await offeredService(unit, wish.serviceId);
  if (offered === null || !offered.service.isOpen) return noService;
  const { service, calendarId } = offered;
  const lengthMinutes = wish.minutes ?? service.lengths[0]!;
  if (!service.lengths.includes(lengthMinutes)) return lengthUnknown(service);
  const unfit = whyUnfit(service, wish);
  if (unfit !== null) return unfit;
  const zone = await zoneOf(unit, service);
  const expiresMs = unit.nowMs + service.holdMinutes * MINUTE_MS;
  const { places } = wish;
  return { calendarId, place: { service, zone, lengthMinutes, places, expiresMs, terms: termsOf(service, zone) } };
}

const termsOf = (service: Service, zone: string): Terms => ({
  service: service.name,
  bufferBeforeMinutes: service.bufferBeforeMinutes,
  bufferAfterMinutes: service.bufferAfterMinutes,
  cancelUntilMinutes: service.cancelUntilMinutes,
  needsApproval: service.needsApproval,
  holdMinutes: service.holdMinutes,
  where: service.where,
  policy: service.policy,
  zone,
  isZoneLocked: service.isZoneLocked,
  reminderMinutes: service.reminderMinutes,
  rating: service.rating,
});

/** Holds a slot: takes the time of everybody it needs, until the hold ends or is booked. `untilMs`: instead of as long as the service holds. */
export async function createHold(
  unit: Unit,
  wish: HoldWish,
  untilMs?: number,
): Promise<Held | NotPlaced | Refused<"request/not-found" | "bookings/length-unknown">> {
  const wished = await wishedOf(unit, wish);
  if (isRefused(wished)) return wished;
  const asked = untilMs === undefined ? wished : { ...wished, place: { ...wished.place, expiresMs: untilMs } };
  const id = unit.newId("bkg");
  const date = { startMs: wish.startMs, choose: wish.choose, lastTime: null, bookingId: id, ownSession: null };
  const placed = await takePlace(unit, { ...asked.place, ...date }, await judgeFor(unit, ruleFacts));
  if (isRefused(placed)) return placed;
  return keepHold(unit, asked, wish, { id, series: null, ...placed });
}

/** Writes down what has been taken for a wish. */
export async function keepHold(
  unit: Unit,
  { calendarId, place }: Exclude<Awaited<ReturnType<typeof wishedOf>>, Refused>,
  { places, zone }: Pick<HoldWish, "places" | "zone">,
  { unsure, ...taken }: Place & Pick<Held, "id" | "series">,
): Promise<Held> {
  const hold: Held = {
    ...taken,
    serviceId: place.service.id,
    state: "held",
    places,
    terms: unsure.length === 0 ? place.terms : { ...place.terms, unsure },
    madeMs: unit.nowMs,
    zone: zone ?? place.zone,
    version: 1,
    expiresMs: place.expiresMs,
  };
  await insertHold(unit, hold);
  record(unit, null, hold, calendarId);
  return hold;
}

/**
 * Holds something in place of what somebody holds already: its time is free for it, and files that were sent for it go over where
 * the service asks for them. Where it cannot be held the unit is to keep nothing, so that what was held stays. One that has ended is passed over.
 */
export async function holdInPlaceOf<Made>(
  unit: Unit,
  { beforeId, serviceId }: { readonly beforeId: string; readonly serviceId: string },
  make: () => Promise<Made>,
  idOf: (made: Made) => string | null,
): Promise<Made> {
  if (unit.isShared) throw new LeftRound(`${beforeId} is given back`);
  const before = (await lockSeries(unit, beforeId)).filter(
    (booking): booking is Held => booking.state === "held" && booking.expiresMs > unit.nowMs,
  );
  for (const hold of before) await updateHold(unit, { ...hold, expiresMs: unit.nowMs });
  await leaveSessions(
    unit,
    before.map(({ sessionId }) => sessionId),
  );
  const made = await make();
  const id = idOf(made);
  if (id === null || before.length === 0) return made;
  const ids = before.map((hold) => hold.id);
  await passFilesOn(unit, ids, id, (await offeredService(unit, serviceId))?.service.questions ?? []);
  await deleteBookings(unit, ids);
  const calendarId = await calendarOfBookings(unit);
  for (const hold of before) record(unit, hold, null, calendarId);
  return made;
}

/** Gives a held slot back, with all of its series. What was booked meanwhile stays. */
export async function removeHold(unit: Unit, id: string): Promise<null> {
  const holds = (await lockSeries(unit, id)).filter(({ state }) => state === "held");
  if (holds.length === 0) return null;
  await deleteBookings(
    unit,
    holds.map((hold) => hold.id),
  );
  await leaveSessions(
    unit,
    holds.map(({ sessionId }) => sessionId),
  );
  const calendarId = await calendarOfBookings(unit);
  for (const hold of holds) record(unit, hold, null, calendarId);
  return null;
}

/** Holds a slot as long again, once, with all of its series. */
export async function prolongHold(unit: Unit, id: string): Promise<Held | Refused<"bookings/hold-over">> {
  const holds = await lockSeries(unit, id);
  const asked = holds.find((hold) => hold.id === id);
  if (asked?.state !== "held") return holdOver;
  const prolonged = prolong(asked, unit.nowMs);
  if (isRefused(prolonged) || prolonged === asked) return prolonged;
  const calendarId = await calendarOfBookings(unit);
  for (const hold of holds) {
    if (hold.state !== "held") continue;
    const after = { ...hold, expiresMs: prolonged.expiresMs, version: hold.version + 1 };
    await prolongHolds(unit, { source: "bookings", id: hold.sessionId }, after.expiresMs);
    await updateHold(unit, after);
    record(unit, hold, after, calendarId);
  }
  return prolonged;
}

/** Takes away holds that have ended: how many. Their time was free from their end on. */
export async function forgetEndedHolds(unit: Unit, most: number): Promise<number> {
  const ended = await endedHolds(unit, most);
  await deleteBookings(
    unit,
    ended.map(({ id }) => id),
  );
  await leaveSessions(
    unit,
    ended.map(({ sessionId }) => sessionId),
  );
  return ended.length;
}
