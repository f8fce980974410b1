import { isRefused, limits, refuseBooking, type Refused } from "@hourwright/contract";
import { MINUTE_MS } from "@hourwright/time";
import type { Unit } from "../../platform/db/database.ts";
import type { IfMatch } from "../../platform/operations/context.ts";
import { judgeFor } from "../planning/public.ts";
import { ruleFacts } from "./collections.ts";
import { noBooking, versionChanged, type By, type Changed, type Decision } from "./changing.ts";
import { keepHold, wishedOf, type HoldWish } from "./holding.ts";
import { movedTooClose } from "./limiting.ts";
import { record } from "./recording.ts";
import { zoneOf } from "./services.ts";
import { leaveSessions } from "./taking.ts";
import { approve, cancel, decline, isOver, reschedule } from "./decide.ts";
import { takesTime, type Booked, type Booking, type Held } from "./model.ts";
import { settle, pastPackage } from "./packages.ts";
import { meantBy, movedAs, spanDays, startsOf, type Repeat, type Which } from "./repeating.ts";
import { bookingsOfSession, calendarOfBookings, lockSeries, offeredService, updateBooking } from "./store.ts";
import { lockSharing, takePlaces, type DateWish, type NotPlaced } from "./taking.ts";

// Dates that are held, booked, moved and cancelled together. Each of them is a booking like any other.

export type SeriesWish = Omit<HoldWish, "startMs"> & {
  readonly startMs: number;
  readonly repeat: Repeat;
  /** Dates by their number that are to be at another time; null: left out. */
  readonly instead: ReadonlyMap<number, number | null>;
};

/** Of each date that was wished for: what speaks against it, or null where it could be. */
export type DateClash = {
  /** By which it was named: its number among the wished, or the booking. */
  readonly index: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly clash: NotPlaced | null;
};

/** Not all dates can be; nothing was taken. The nearest times are looked for when the unit is over. */
export type DatesClash = { readonly dates: readonly DateClash[]; readonly lengthMinutes: number };

/** Rolls back what was tried: the dates are told when it is over. */
export const nothingHeld = refuseBooking("dates-clash", "held", {});

/** Dates of the wish, by time, each with the number it was wished for under. */
export type WishedDate = { readonly index: number; readonly startMs: number };

/** The dates that are wished for: repeated by the wall clock, then moved or left out one by one. */
export function datesOf(wish: Pick<SeriesWish, "startMs" | "repeat" | "instead">, zone: string): WishedDate[] {
  return startsOf(wish.startMs, wish.repeat, zone)
    .flatMap((startMs, at) => {
      const other = wish.instead.get(at + 1);
      return other === null ? [] : [{ index: at + 1, startMs: other ?? startMs }];
    })
    .toSorted((a, b) => a.startMs - b.startMs);
}

/** Holds all dates of a series, or none. They end together. */
export async function createSeriesHold(
  unit: Unit,
  wish: SeriesWish,
): Promise<
  | { readonly holds: readonly Held[] }
  | DatesClash
  | Refused<"request/not-found" | "bookings/not-offered" | "bookings/length-unknown">
> {
  const asked = await wishedOf(unit, wish);
  if (isRefused(asked)) return asked;
  const { service, zone, lengthMinutes } = asked.place;
  const dates = datesOf(wish, zone);
  const unfit = whyNoSeries(wish.repeat.count, service.seriesMax, dates);
  if (unfit !== null) return unfit;
  const wishes = dates.map(({ startMs }): DateWish => ({
    startMs,
    choose: wish.choose,
    lastTime: null,
    bookingId: unit.newId("bkg"),
    ownSession: null,
  }));
  const placed = await takePlaces(unit, asked.place, wishes, await judgeFor(unit, ruleFacts));
  if ("clashes" in placed) {
    const lengthMs = lengthMinutes * MINUTE_MS;
    return {
      lengthMinutes,
      dates: dates.map((date, at) => ({ ...date, endMs: date.startMs + lengthMs, clash: placed.clashes[at]! })),
    };
  }
  const id = unit.newId("ser");
  const holds: Held[] = [];
  for (const [at, place] of placed.places.entries()) {
    const series = { id, index: at + 1, count: dates.length };
    holds.push(await keepHold(unit, asked, wish, { id: wishes[at]!.bookingId, series, ...place }));
  }
  return { holds };
}

/** Why a series is none that a service offers; null when it is one. Pure. */
export function whyNoSeries(
  count: number,
  most: number | null,
  dates: readonly WishedDate[],
): Refused<"bookings/not-offered"> | null {
  if (most === null || most < 2) return refuseBooking("not-offered", "one-date", {});
  if (count > most) return refuseBooking("not-offered", "few-dates", { most });
  if (dates.length === 0) return refuseBooking("not-offered", "no-date", {});
  if (spanDays(dates.map(({ startMs }) => startMs)) > limits.SERIES_SPAN_DAYS_MAX)
    return refuseBooking("not-offered", "long-series", { days: limits.SERIES_SPAN_DAYS_MAX });
  return null;
}

/** What became of several dates: the one that was named, all that were changed, and those that could not be any more. */
export type ChangedDates = {
  readonly named: Booking;
  readonly changed: readonly string[];
  readonly stayed: readonly { readonly booking: Booking; readonly why: string }[];
};

type WishForDates = { readonly which: Which; readonly ifMatch: IfMatch };

/** The dates that are meant, locked, by time. */
async function lockDates(unit: Unit, id: string, { which, ifMatch }: WishForDates) {
  const all = (await lockSeries(unit, id)).toSorted((a, b) => a.startMs - b.startMs);
  const named = all.find((each) => each.id === id);
  if (named === undefined || (named.state === "held" && isOver(named, unit.nowMs))) return noBooking;
  if (ifMatch?.includes(named.version) === false) return versionChanged;
  return { named, meant: meantBy(all, named, which) };
}

type NotChanged = Refused<"bookings/wrong-state" | "bookings/too-late">;
type Sorted = {
  readonly done: readonly { readonly before: Booking; readonly after: Booked }[];
  readonly stayed: readonly { readonly booking: Booking; readonly why: string }[];
};

/**
 * Does the same to each date. What is over or was cancelled before is not meant; what is too late stays and is named. Refused
 * where nothing can be done to any.
 */
function toEach(
  named: Booking,
  meant: readonly Booking[],
  deed: (booking: Booking) => Booked | NotChanged,
): Sorted | NotChanged {
  const outcomes = meant.map((booking) => ({ booking, after: deed(booking) }));
  const done = outcomes.flatMap(({ booking, after }) => (isRefused(after) ? [] : [{ before: booking, after }]));
  if (done.length === 0) return deed(named) as NotChanged;
  const stayed = outcomes.flatMap(({ booking, after }) =>
    isRefused(after) && after.refused.code === "bookings/too-late" ? [{ booking, why: after.refused.detail }] : [],
  );
  return { done, stayed };
}

const changedDates = (named: Booking, { done, stayed }: Sorted): ChangedDates => ({
  named: done.find(({ after }) => after.id === named.id)?.after ?? named,
  changed: done.map(({ after }) => after.id),
  stayed,
});

/** Cancels several dates of a series, and gives their time back at once. */
export async function cancelDates(
  unit: Unit,
  id: string,
  wish: WishForDates & { readonly reason: string; readonly by: By },
): Promise<ChangedDates | Changed> {
  const { reason, by } = wish;
  return changeEach(unit, id, wish, (booking) => cancel(booking, { by, reason: reason.trim(), nowMs: unit.nowMs }));
}

/** Approves or declines several dates of a series. */
export async function decideDates(
  unit: Unit,
  id: string,
  deed: Extract<Decision, { kind: "decline" }> | { readonly kind: "approve" },
  wish: WishForDates,
): Promise<ChangedDates | Changed> {
  return changeEach(unit, id, wish, (booking) =>
    deed.kind === "approve" ? approve(booking) : decline(booking, deed.reason.trim()),
  );
}

async function changeEach(
  unit: Unit,
  id: string,
  wish: WishForDates,
  deed: (booking: Booking) => Booked | NotChanged,
): Promise<ChangedDates | Changed> {
  const locked = await lockDates(unit, id, wish);
  if (isRefused(locked)) return locked;
  const sorted = toEach(locked.named, locked.meant, deed);
  if (isRefused(sorted)) return sorted;
  const calendarId = await calendarOfBookings(unit);
  for (const { after } of sorted.done) await updateBooking(unit, after);
  await settle(unit, sorted.done);
  const left = sorted.done.filter(({ before, after }) => takesTime(before.state) && !takesTime(after.state));
  await leaveSessions(
    unit,
    left.map(({ after }) => after.sessionId),
  );
  for (const { before, after } of sorted.done) record(unit, before, after, calendarId);
  return changedDates(locked.named, sorted);
}

/** Moves several dates of a series by the same difference of the wall clock, all that may still be moved or none. */
export async function rescheduleDates(
  unit: Unit,
  id: string,
  wish: WishForDates & { readonly startMs: number; readonly choose: readonly string[]; readonly by: By },
): Promise<ChangedDates | DatesClash | Changed | Refused<"bookings/not-offered">> {
  const locked = await lockDates(unit, id, wish);
  if (isRefused(locked)) return locked;
  const { named, meant } = locked;
  const by = { by: wish.by, nowMs: unit.nowMs };
  const sorted = toEach(named, meant, (booking) => reschedule(booking, booking, by));
  if (isRefused(sorted)) return sorted;
  const offered = await offeredService(unit, named.serviceId);
  if (offered === null) return refuseBooking("not-offered", "gone", {});
  const { service, calendarId } = offered;
  const zone = await zoneOf(unit, service);
  const shift = movedAs(named.startMs, wish.startMs, zone);
  const moving = sorted.done.map(({ before }) => before);
  const to = moving.map((booking) => ({ booking, startMs: shift(booking.startMs) }));
  const past = wish.by === "customer" ? await pastPackage(unit, to) : null;
  if (past !== null) return past;
  const often = wish.by === "customer" ? await movedTooClose(unit, service, to) : null;
  if (often !== null) return often;
  const ids = new Set(moving.map((each) => each.id));
  const wishes: DateWish[] = [];
  await lockSharing(unit, service, moving);
  for (const before of moving) {
    const others = (await bookingsOfSession(unit, before.sessionId)).filter((each) => !ids.has(each.id));
    wishes.push({
      startMs: shift(before.startMs),
      choose: wish.choose.length > 0 ? wish.choose : before.picked.flat(),
      lastTime: before.picked,
      bookingId: others.length === 0 ? before.id : unit.newId("bkg"),
      ownSession: others.length === 0 ? before.sessionId : null,
    });
  }
  const lengthMinutes = (named.endMs - named.startMs) / MINUTE_MS;
  const { places, terms } = named;
  const placed = await takePlaces(
    unit,
    { service, zone, lengthMinutes, places, expiresMs: null, terms },
    wishes,
    await judgeFor(unit, ruleFacts),
  );
  if ("clashes" in placed)
    return {
      lengthMinutes,
      dates: wishes.map(({ startMs }, at) => ({
        index: moving[at]!.series?.index ?? 1,
        startMs,
        endMs: startMs + lengthMinutes * MINUTE_MS,
        clash: placed.clashes[at]!,
      })),
    };
  const done = moving.map((before, at) => ({ before, after: reschedule(before, placed.places[at]!, by) as Booked }));
  for (const { after } of done) await updateBooking(unit, after);
  const left = done.filter(({ before, after }) => after.sessionId !== before.sessionId);
  await leaveSessions(
    unit,
    left.map(({ before }) => before.sessionId),
  );
  // As if moved one by one, the foremost first: undo goes the other way, and no date comes back to where another still is.
  const inOrder = wish.startMs > named.startMs ? done.toReversed() : done;
  for (const { before, after } of inOrder) record(unit, before, after, calendarId);
  return changedDates(named, { done, stayed: sorted.stayed });
}
