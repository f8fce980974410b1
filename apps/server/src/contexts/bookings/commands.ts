import { mostAround } from "@hourwright/availability";
import { bookingProblems, isRefused, requestProblems, type Refused } from "@hourwright/contract";
import { assert } from "@hourwright/std";
import { DAY_MS, findZone, MINUTE_MS } from "@hourwright/time";
import type { Unit } from "../../platform/db/database.ts";
import type { IfMatch } from "../../platform/operations/context.ts";
import { confirmHolds, giveBack, lockTimelines, prolongHolds, subjectsOfCommitments, take } from "../claims/public.ts";
import { organisationOf } from "../identity/public.ts";
import { judgeFor } from "../planning/public.ts";
import { ruleFacts } from "./collections.ts";
import { insertConsents } from "./customers/store.ts";
import { settleFiles } from "./files/store.ts";
import {
  agreedTo,
  answersTo,
  approve,
  book,
  cancel,
  complete,
  decline,
  holdOver,
  isBooked,
  isOver,
  markNoShow,
  prolong,
  reschedule,
  whyUnfit,
} from "./decide.ts";
import {
  BOOKING,
  reasonOf,
  takesTime,
  type Booked,
  type Booking,
  type Customer,
  type Held,
  type Offer,
  type Paid,
  type Picked,
  type Service,
  type Terms,
} from "./model.ts";
import { pastPackage, payWith, settle } from "./packages.ts";
import { owedAfter, owedInstead, pick, turnAt } from "./picking.ts";
import type { Sealing } from "./sealing.ts";
import { noService } from "./services.ts";
import {
  addCredits,
  bookingsOfSession,
  calendarOfBookings,
  deleteBookings,
  endedHolds,
  insertHold,
  lockBooking,
  lockSeries,
  lockWhoBooked,
  offeredService,
  pickedLastTime,
  putCustomer,
  serviceById,
  startsOfCustomer,
  updateBooking,
  updateHold,
} from "./store.ts";
import { lockSharing, stretchOf, takePlace, type NotPlaced, type Place } from "./taking.ts";
import { settleBooked } from "./waiting/settle.ts";

type NotFound = Refused<"request/not-found">;
export type Changed = Refused<
  "request/not-found" | "request/version-changed" | "bookings/wrong-state" | "bookings/too-late"
>;

/** What may not be known to exist is 404. */
export const noBooking: NotFound = requestProblems.refuse("not-found", "No booking has this id and key.");
export const versionChanged = requestProblems.refuse(
  "version-changed",
  "Read it again, then repeat your change with the new version.",
);
const lengthUnknown = (service: Service) =>
  bookingProblems.refuse("length-unknown", `“${service.name}” takes ${service.lengths.join(", ")} minutes.`);

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
  if (unfit !== null) return bookingProblems.refuse("not-offered", unfit);
  const zone = await zoneOf(unit, service);
  const expiresMs = unit.nowMs + service.holdMinutes * MINUTE_MS;
  const { places } = wish;
  return { calendarId, place: { service, zone, lengthMinutes, places, expiresMs, terms: termsOf(service, zone) } };
}

/** Holds a slot: takes the time of everybody it needs, until the hold ends or is booked. `untilMs`: instead of as long as the service holds. */
export async function createHold(
  unit: Unit,
  wish: HoldWish,
  untilMs?: number,
): Promise<Held | NotFound | NotPlaced | Refused<"bookings/length-unknown">> {
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

export type DetailsWish = {
  readonly customer: Customer;
  readonly answers: Readonly<Record<string, string>>;
  readonly zone: string | null;
  readonly language: Booked["language"];
  /** The code of a package; empty where none is given. */
  readonly package: string;
};

/** Books what is held, with all of its series. Booked already it is answered as it is: whoever repeats it gets the same. */
export async function createBooking(
  unit: Unit,
  sealing: Sealing,
  id: string,
  wish: DetailsWish,
): Promise<
  | Booked
  | NotFound
  | Refused<"bookings/hold-over" | "bookings/details-invalid" | "bookings/not-offered" | "bookings/package-unfit">
> {
  const dates = (await lockSeries(unit, id)).toSorted((a, b) => a.startMs - b.startMs);
  const asked = dates.find((date) => date.id === id);
  if (asked === undefined) return holdOver;
  if (isBooked(asked)) return takesTime(asked.state) ? asked : holdOver;
  const holds = dates.filter((date) => date.state === "held");
  if (holds.some((hold) => isOver(hold, unit.nowMs))) return holdOver;
  const offered = await offeredService(unit, asked.serviceId);
  const service = offered?.service ?? null;
  const questions = service?.questions ?? [];
  const answers = answersTo(questions, wish.answers, await settleFiles(unit, id, questions));
  if (isRefused(answers)) return answers;
  const customerId = await putCustomer(unit, {
    id: unit.newId("cus"),
    emailKey: sealing.emailKey(unit.organisation, wish.customer.email),
    sealed: sealing.seal(unit.organisation, wish.customer),
  });
  await settleBooked(unit, id);
  const often = service === null ? null : await bookedTooOften(unit, service, customerId, holds);
  if (often !== null) return often;
  const paid = service === null ? null : await payWith(unit, sealing, service, holds, wish.package);
  if (isRefused(paid)) return paid;
  // All the timelines in one order, before any of them is asked for alone.
  if (holds.length > 1) await lockTimelines(unit, [...new Set(holds.flatMap(everybody))]);
  const picked =
    service === null ? holds.map((hold) => hold.picked) : await asLastTime(unit, service, holds, customerId);
  const details = { customerId, answers, language: wish.language };
  const booked = [];
  for (const [at, hold] of holds.entries()) {
    const taken = picked[at]!;
    // The hold is an update that still finds its claims, or it is over: whatever the clock did meanwhile.
    const held = taken.flat();
    if ((await confirmHolds(unit, { source: "bookings", id: hold.sessionId }, held)) < held.length) return holdOver;
    const own = { ...details, paid: paid?.get(hold.id) ?? null };
    const after = book({ ...hold, picked: taken, zone: wish.zone ?? hold.zone }, own, unit.nowMs);
    if (isRefused(after)) return after;
    booked.push({ hold, after });
  }
  await insertConsents(unit, customerId, agreedTo(service?.questions ?? [], wish.answers));
  const calendarId = offered === null ? await calendarOfBookings(unit) : offered.calendarId;
  for (const { hold, after } of booked) {
    await updateBooking(unit, after);
    if (service !== null) await addCredits(unit, service.id, owedAfter(service.roles, hold.candidates, after.picked));
    record(unit, hold, after, calendarId);
  }
  return booked.find(({ after }) => after.id === id)!.after;
}

/** Whom a hold takes, and whom it could take instead. */
const everybody = ({ picked, candidates }: Held): readonly string[] => [...picked.flat(), ...candidates.flat()];

/**
 * Whom they had last time instead of whom is held, where the service would have it so and they are free at all dates: who asks is
 * known only now.
 */
async function asLastTime(
  unit: Unit,
  service: Service,
  holds: readonly Held[],
  customerId: string,
): Promise<readonly Picked[]> {
  const asHeld = holds.map(({ picked }) => picked);
  if (service.roles.every(({ assign }) => assign !== "same")) return asHeld;
  if (holds.some(({ candidates }) => candidates.length === 0)) return asHeld;
  const lastTime = await pickedLastTime(unit, service.id, customerId);
  if (lastTime === null) return asHeld;
  const wanted = holds.map(({ candidates, startMs }) =>
    pick({
      roles: service.roles,
      candidates,
      owed: [],
      busyMinutes: new Map(),
      lastTime,
      turn: turnAt(startMs),
    }),
  );
  if (JSON.stringify(wanted) === JSON.stringify(asHeld)) return wanted;
  // Of a series nobody comes to some dates alone because they came last time.
  if (holds.length > 1 && new Set(wanted.map((each) => JSON.stringify(each))).size > 1) return asHeld;
  const commitments = holds.map((hold, at) => ({
    source: "bookings" as const,
    id: hold.sessionId,
    stretches: wanted[at]!.flat().map((subjectId) => stretchOf(subjectId, hold, { expiresMs: hold.expiresMs })),
    batch: null,
  }));
  const taken = await take(unit, commitments, { onTaken: "refuse", judge: await judgeFor(unit, ruleFacts) });
  return isRefused(taken) || "clashes" in taken ? asHeld : wanted;
}

/**
 * Why a customer may not have these dates as well, besides what they have booked; null when they may. Dates count for those after
 * them, as if they had been booked one by one. Locks the customer.
 */
export async function bookedTooOften(
  unit: Unit,
  { id: serviceId, limitPerCustomer, ...service }: Service,
  customerId: string,
  dates: readonly { readonly id: string; readonly startMs: number }[],
): Promise<Refused<"bookings/not-offered"> | null> {
  if (limitPerCustomer === null) return null;
  const { count, days } = limitPerCustomer;
  await lockWhoBooked(unit, customerId);
  const zone = findZone(await zoneOf(unit, service))!;
  const without = dates.map(({ id }) => id);
  const aroundMs = (days + 1) * DAY_MS; // Days of the clock's change are longer than others.
  for (const [index, { startMs }] of dates.entries()) {
    const window = { fromMs: startMs - aroundMs, toMs: startMs + aroundMs };
    const booked = await startsOfCustomer(unit, { serviceId, customerId, without }, window);
    const own = dates.slice(0, index).map((date) => date.startMs);
    if (mostAround([...booked, ...own], startMs, days, zone) < count) continue;
    const within = days === 1 ? "a day" : `${days} days`;
    const times = count === 1 ? "once" : `${count} times`;
    return bookingProblems.refuse("not-offered", `It can be booked ${times} within ${within}, and you have.`);
  }
  return null;
}

/** The same of a customer's bookings that they would move. */
export async function movedTooClose(
  unit: Unit,
  service: Service,
  moved: readonly { readonly booking: Booking; readonly startMs: number }[],
): Promise<Refused<"bookings/not-offered"> | null> {
  const first = moved[0]?.booking;
  if (first === undefined || !isBooked(first)) return null;
  const dates = moved.map(({ booking: { id }, startMs }) => ({ id, startMs }));
  return bookedTooOften(unit, service, first.customerId, dates);
}

/** Who asks to change a booking. */
export type By = "customer" | "organisation";

/** Moves a booking to another slot: its time is given back and the other taken in one write. */
export async function rescheduleBooking(
  unit: Unit,
  id: string,
  wish: { readonly startMs: number; readonly choose: readonly string[]; readonly by: By; readonly ifMatch: IfMatch },
): Promise<Booked | Changed | NotPlaced> {
  const before = await lockForChange(unit, id, wish.ifMatch);
  if (isRefused(before)) return before;
  const by = { by: wish.by, nowMs: unit.nowMs };
  const stays = reschedule(before, before, by);
  if (isRefused(stays)) return stays;
  const offered = await offeredService(unit, before.serviceId);
  if (offered === null) return bookingProblems.refuse("not-offered", "This is not offered any more.");
  const { service, calendarId } = offered;
  const past = wish.by === "customer" ? await pastPackage(unit, [{ booking: before, startMs: wish.startMs }]) : null;
  if (past !== null) return past;
  const often =
    wish.by === "customer" ? await movedTooClose(unit, service, [{ booking: before, startMs: wish.startMs }]) : null;
  if (often !== null) return often;
  await lockSharing(unit, service, [before]);
  const others = (await bookingsOfSession(unit, before.sessionId)).filter((each) => each.id !== id);
  const placed = await takePlace(
    unit,
    {
      service,
      zone: await zoneOf(unit, service),
      startMs: wish.startMs,
      lengthMinutes: (before.endMs - before.startMs) / MINUTE_MS,
      choose: wish.choose.length > 0 ? wish.choose : before.picked.flat(),
      places: before.places,
      lastTime: before.picked,
      bookingId: others.length === 0 ? id : unit.newId("bkg"),
      ownSession: others.length === 0 ? before.sessionId : null,
      expiresMs: null,
      terms: before.terms,
    },
    await judgeFor(unit, ruleFacts),
  );
  if (isRefused(placed)) return placed;
  const after = reschedule(before, placed, by);
  if (isRefused(after)) return after;
  await updateBooking(unit, after);
  if (after.sessionId !== before.sessionId) await leaveSessions(unit, [before.sessionId]);
  record(unit, before, after, calendarId);
  return after;
}

export async function cancelBooking(
  unit: Unit,
  id: string,
  wish: { readonly reason: string; readonly by: By; readonly ifMatch: IfMatch },
): Promise<Booked | Changed> {
  const before = await lockForChange(unit, id, wish.ifMatch);
  if (isRefused(before)) return before;
  return become(unit, before, cancel(before, { by: wish.by, reason: wish.reason.trim(), nowMs: unit.nowMs }));
}

/** What the organisation says of a booking. */
export type Decision =
  | { readonly kind: "approve" | "no-show" | "complete" }
  | { readonly kind: "decline"; readonly reason: string };

export async function decideBooking(
  unit: Unit,
  id: string,
  deed: Decision,
  ifMatch: IfMatch,
): Promise<Booked | Changed> {
  const before = await lockForChange(unit, id, ifMatch);
  if (isRefused(before)) return before;
  switch (deed.kind) {
    case "approve":
      return become(unit, before, approve(before));
    case "decline":
      return become(unit, before, decline(before, deed.reason.trim()));
    case "no-show":
      return become(unit, before, markNoShow(before, unit.nowMs));
    case "complete":
      return become(unit, before, complete(before, unit.nowMs));
  }
}

async function become(
  unit: Unit,
  before: Booking,
  after: Booked | Refused<"bookings/wrong-state" | "bookings/too-late">,
): Promise<Booked | Changed> {
  if (isRefused(after)) return after;
  await updateBooking(unit, after);
  await settle(unit, [{ before, after }]);
  if (takesTime(before.state) && !takesTime(after.state)) await leaveSessions(unit, [after.sessionId]);
  record(unit, before, after, await calendarOfBookings(unit));
  return after;
}

export async function lockForChange(unit: Unit, id: string, ifMatch: IfMatch): Promise<Booking | Changed> {
  const before = await lockBooking(unit, id);
  if (before === null || (before.state === "held" && isOver(before, unit.nowMs))) return noBooking;
  if (ifMatch?.includes(before.version) === false) return versionChanged;
  return before;
}

/** What undo needs of a booking. */
export type BookingWas = {
  readonly state: Booking["state"];
  readonly startMs: number;
  readonly endMs: number;
  /** Role by role. */
  readonly subjectIds: readonly string[];
  /** Null where it was not written down yet. */
  readonly sessionId: string | null;
  readonly reason: string;
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

/** Puts a booking back as it was, with the time it had and among those it shared it with, if that is still free. */
export async function putBooking(
  unit: Unit,
  id: string,
  was: BookingWas,
): Promise<null | NotFound | Refused<"bookings/slot-taken" | "bookings/package-unfit">> {
  const before = await lockBooking(unit, id);
  if (before === null || !isBooked(before) || was.state === "held") return noBooking;
  const back = backTo(before, was);
  const unfit = await settle(unit, [{ before, after: back }]);
  if (unfit !== null) return unfit;
  const after = takesTime(back.state) ? await takeBack(unit, before, back) : back;
  if (isRefused(after)) return after;
  await updateBooking(unit, after);
  await addCredits(unit, before.serviceId, owedInstead(before, after.picked));
  if (takesTime(before.state) && !takesTime(after.state)) await leaveSessions(unit, [before.sessionId]);
  record(unit, before, after, await calendarOfBookings(unit));
  return null;
}

function backTo(before: Booked, was: BookingWas & { readonly state: Booking["state"] }): Booked {
  const { state, startMs, endMs, reason, paid } = was;
  assert(state !== "held", "what was held is not put back");
  const previous = was.previousStartMs === null ? null : { startMs: was.previousStartMs, endMs: was.previousEndMs! };
  const sessionId = was.sessionId ?? before.sessionId;
  const picked = was.picked ?? inRoles(was.subjectIds, before.picked);
  const offer = state === "requested" || state === "confirmed" ? was.offer : null;
  const common = { ...before, startMs, endMs, previous, paid, sessionId, picked, offer, version: before.version + 1 };
  return state === "declined" || state === "cancelled" ? { ...common, state, reason } : { ...common, state };
}

/** As many in each role as there are. */
function inRoles(subjectIds: readonly string[], roles: Picked): Picked {
  let from = 0;
  return roles.map(({ length }) => subjectIds.slice(from, (from += length)));
}

/** A session was somebody else's meanwhile: it is theirs again as a whole, with all who share it. */
async function takeBackTogether(
  unit: Unit,
  back: Booked,
  sharing: readonly Booking[],
): Promise<Booked | Refused<"bookings/slot-taken">> {
  for (const each of sharing.filter(isBooked)) {
    await addCredits(unit, each.serviceId, owedInstead(each, back.picked));
    await updateBooking(unit, { ...each, picked: back.picked, version: each.version + 1 });
  }
  const stretches = back.picked.flat().map((subjectId) => stretchOf(subjectId, back));
  const commitment = { source: "bookings", id: back.sessionId, stretches, batch: null } as const;
  const taken = await take(unit, [commitment], { onTaken: "refuse" });
  return isRefused(taken) || "clashes" in taken ? takenSince : back;
}

/** Takes the time again that a booking had: with the others of its session where there still are any and places left, else its own. */
async function takeBack(unit: Unit, before: Booked, back: Booked): Promise<Booked | Refused<"bookings/slot-taken">> {
  const isSame = back.sessionId === before.sessionId && sameTime(back, before);
  if (takesTime(before.state) && isSame && String(back.picked) === String(before.picked)) return back;
  await lockTimelines(unit, [...new Set([...before.picked, ...back.picked].flat())]);
  const sharing = (await bookingsOfSession(unit, back.sessionId)).filter(({ id }) => id !== back.id);
  if (takesTime(before.state) && isSame) return takeBackTogether(unit, back, sharing);
  const [other] = sharing;
  if (other !== undefined && sameTime(other, back)) {
    const most = (await serviceById(unit, back.serviceId))?.places ?? 1;
    if (sharing.reduce((sum, { places }) => sum + places, back.places) > most) return takenSince;
    await leaveFor(unit, before, { ...back, picked: other.picked });
    return { ...back, picked: other.picked };
  }
  const after = other === undefined ? back : { ...back, sessionId: unit.newId("bkg") };
  await leaveFor(unit, before, after);
  const stretches = after.picked.flat().map((subjectId) => stretchOf(subjectId, after));
  const taken = await take(unit, [{ source: "bookings", id: after.sessionId, stretches, batch: null }], {
    onTaken: "refuse",
  });
  return isRefused(taken) || "clashes" in taken ? takenSince : after;
}

const sameTime = (one: Pick<Booking, "startMs" | "endMs">, other: Pick<Booking, "startMs" | "endMs">): boolean =>
  one.startMs === other.startMs && one.endMs === other.endMs;

const takenSince = bookingProblems.refuse("slot-taken", "The time it had has been taken since.");

/** Leaves the session it is in for another; the time of one that is empty now is free for what follows. */
async function leaveFor(unit: Unit, before: Booked, after: Booked): Promise<void> {
  if (!takesTime(before.state) || after.sessionId === before.sessionId) return;
  await updateBooking(unit, after);
  await leaveSessions(unit, [before.sessionId]);
}

/**
 * Gives the time of sessions back when nobody is in them any more, of all at once. Their timelines are locked before it is looked who
 * is in them, so that nobody joins one meanwhile whose time is about to be given back.
 */
export async function leaveSessions(unit: Unit, sessionIds: readonly string[]): Promise<void> {
  const ids = [...new Set(sessionIds)];
  if (ids.length === 0) return;
  await lockTimelines(unit, await subjectsOfCommitments(unit, "bookings", ids));
  const left: string[] = [];
  for (const id of ids) if ((await bookingsOfSession(unit, id)).length === 0) left.push(id);
  if (left.length > 0) await giveBack(unit, "bookings", left);
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

/** The service's own zone, or its organisation's. */
export const zoneOf = async (unit: Unit, { zone }: Pick<Service, "zone">): Promise<string> =>
  zone ?? (await organisationOf(unit)).zone;

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

/** The log names who was taken and when; who the customer is stands elsewhere. */
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
    reason: reasonOf(booking),
    previousStartMs: previous?.startMs ?? null,
    previousEndMs: previous?.endMs ?? null,
    paid: isBooked(booking) ? booking.paid : null,
    picked: booking.picked,
    offer: isBooked(booking) ? booking.offer : null,
    serviceId: booking.serviceId,
    madeMs: booking.madeMs,
  };
};
