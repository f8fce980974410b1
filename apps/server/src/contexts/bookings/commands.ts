import { bookingProblems, isRefused, requestProblems, type Refused } from "@hourwright/contract";
import { DAY_MS, MINUTE_MS } from "@hourwright/time";
import type { Unit } from "../../platform/db/database.ts";
import type { IfMatch } from "../../platform/operations/context.ts";
import { confirmHolds, giveBack, prolongHolds, take } from "../claims/public.ts";
import { organisationOf } from "../identity/public.ts";
import { judgeFor } from "../planning/public.ts";
import { ruleFacts } from "./collections.ts";
import { insertConsents } from "./customers/store.ts";
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
  type Picked,
  type Service,
  type Terms,
} from "./model.ts";
import { owedAfter, pick, turnAt } from "./picking.ts";
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
  offeredService,
  pickedLastTime,
  putCustomer,
  startsOfCustomer,
  updateBooking,
  updateHold,
} from "./store.ts";
import { stretchOf, takePlace, type NotPlaced } from "./taking.ts";

type NotFound = Refused<"request/not-found">;
type Changed = Refused<"request/not-found" | "request/version-changed" | "bookings/wrong-state" | "bookings/too-late">;

/** What may not be known to exist is 404. */
export const noBooking: NotFound = requestProblems.refuse("not-found", "No booking has this id and key.");
const versionChanged = requestProblems.refuse(
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

/** Holds a slot: takes the time of everybody it needs, until the hold ends or is booked. */
export async function createHold(
  unit: Unit,
  wish: HoldWish,
): Promise<Held | NotFound | NotPlaced | Refused<"bookings/length-unknown">> {
  const offered = await offeredService(unit, wish.serviceId);
  if (offered === null || !offered.service.isOpen) return noService;
  const { service, calendarId } = offered;
  const lengthMinutes = wish.minutes ?? service.lengths[0]!;
  if (!service.lengths.includes(lengthMinutes)) return lengthUnknown(service);
  const unfit = whyUnfit(service, wish);
  if (unfit !== null) return bookingProblems.refuse("not-offered", unfit);
  const id = unit.newId("bkg");
  const zone = await zoneOf(unit, service);
  const terms = termsOf(service, zone);
  const expiresMs = unit.nowMs + service.holdMinutes * MINUTE_MS;
  const placed = await takePlace(
    unit,
    {
      service,
      zone,
      startMs: wish.startMs,
      lengthMinutes,
      choose: wish.choose,
      places: wish.places,
      lastTime: null,
      bookingId: id,
      ownSession: null,
      expiresMs,
      terms,
    },
    await judgeFor(unit, ruleFacts),
  );
  if (isRefused(placed)) return placed;
  const hold: Held = {
    id,
    serviceId: service.id,
    state: "held",
    ...placed,
    places: wish.places,
    terms,
    madeMs: unit.nowMs,
    zone: wish.zone ?? zone,
    version: 1,
    expiresMs,
  };
  await insertHold(unit, hold);
  record(unit, null, hold, calendarId);
  return hold;
}

/** Gives a held slot back. What was booked meanwhile stays. */
export async function removeHold(unit: Unit, id: string): Promise<null> {
  const hold = await lockBooking(unit, id);
  if (hold === null || hold.state !== "held") return null;
  await deleteBookings(unit, [id]);
  await leaveSession(unit, hold.sessionId);
  record(unit, hold, null, await calendarOfBookings(unit));
  return null;
}

/** Holds a slot as long again, once. */
export async function prolongHold(unit: Unit, id: string): Promise<Held | Refused<"bookings/hold-over">> {
  const hold = await lockBooking(unit, id);
  if (hold === null || hold.state !== "held") return holdOver;
  const after = prolong(hold, unit.nowMs);
  if (isRefused(after) || after === hold) return after;
  await prolongHolds(unit, { source: "bookings", id: hold.sessionId }, after.expiresMs);
  await updateHold(unit, after);
  record(unit, hold, after, await calendarOfBookings(unit));
  return after;
}

export type DetailsWish = {
  readonly customer: Customer;
  readonly answers: Readonly<Record<string, string>>;
  readonly zone: string | null;
  readonly language: Booked["language"];
};

/** Books what is held. Booked already it is answered as it is: whoever repeats it gets the same. */
export async function createBooking(
  unit: Unit,
  sealing: Sealing,
  id: string,
  wish: DetailsWish,
): Promise<Booked | NotFound | Refused<"bookings/hold-over" | "bookings/details-invalid" | "bookings/not-offered">> {
  const hold = await lockBooking(unit, id);
  if (hold === null) return holdOver;
  if (isBooked(hold)) return takesTime(hold.state) ? hold : holdOver;
  if (isOver(hold, unit.nowMs)) return holdOver;
  const offered = await offeredService(unit, hold.serviceId);
  const service = offered?.service ?? null;
  const answers = answersTo(service?.questions ?? [], wish.answers);
  if (isRefused(answers)) return answers;
  const customerId = await putCustomer(unit, {
    id: unit.newId("cus"),
    emailKey: sealing.emailKey(unit.organisation, wish.customer.email),
    sealed: sealing.seal(unit.organisation, wish.customer),
  });
  const often = service === null ? null : await bookedTooOften(unit, service, customerId, hold.startMs);
  if (often !== null) return often;
  const picked = service === null ? hold.picked : await asLastTime(unit, service, hold, customerId);
  // The hold is an update that still finds its claims, or it is over: whatever the clock did meanwhile.
  const held = picked.flat();
  if ((await confirmHolds(unit, { source: "bookings", id: hold.sessionId }, held)) < held.length) return holdOver;
  const { language } = wish;
  const booked = book({ ...hold, picked, zone: wish.zone ?? hold.zone }, { customerId, answers, language }, unit.nowMs);
  if (isRefused(booked)) return booked;
  await updateBooking(unit, booked);
  await insertConsents(unit, customerId, agreedTo(service?.questions ?? [], wish.answers));
  if (service !== null) await addCredits(unit, service.id, owedAfter(service.roles, hold.candidates, picked));
  record(unit, hold, booked, offered === null ? await calendarOfBookings(unit) : offered.calendarId);
  return booked;
}

/** Whom they had last time instead of whom is held, where the service would have it so and they are free: who asks is known only now. */
async function asLastTime(unit: Unit, service: Service, hold: Held, customerId: string): Promise<Picked> {
  if (hold.candidates.length === 0 || service.roles.every(({ assign }) => assign !== "same")) return hold.picked;
  const lastTime = await pickedLastTime(unit, service.id, customerId);
  if (lastTime === null) return hold.picked;
  const { candidates, sessionId, expiresMs } = hold;
  const turn = turnAt(hold.startMs);
  const wanted = pick({ roles: service.roles, candidates, owed: [], busyMinutes: new Map(), lastTime, turn });
  if (JSON.stringify(wanted) === JSON.stringify(hold.picked)) return wanted;
  const stretches = wanted.flat().map((subjectId) => stretchOf(subjectId, hold, { expiresMs }));
  const taken = await take(unit, [{ source: "bookings", id: sessionId, stretches, batch: null }], {
    onTaken: "refuse",
    judge: await judgeFor(unit, ruleFacts),
  });
  return isRefused(taken) || "clashes" in taken ? hold.picked : wanted;
}

async function bookedTooOften(unit: Unit, { id, limitPerCustomer }: Service, customerId: string, startMs: number) {
  if (limitPerCustomer === null) return null;
  const spanMs = limitPerCustomer.days * DAY_MS;
  const count = await startsOfCustomer(unit, id, customerId, startMs - spanMs, startMs + spanMs);
  if (count < limitPerCustomer.count) return null;
  const within = limitPerCustomer.days === 1 ? "a day" : `${limitPerCustomer.days} days`;
  return bookingProblems.refuse(
    "not-offered",
    `It can be booked ${limitPerCustomer.count === 1 ? "once" : `${limitPerCustomer.count} times`} within ${within}, and you have.`,
  );
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
  if (after.sessionId !== before.sessionId) await leaveSession(unit, before.sessionId);
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
export async function decideBooking(
  unit: Unit,
  id: string,
  deed: { readonly kind: "approve" | "no-show" | "complete" } | { readonly kind: "decline"; readonly reason: string },
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
  if (takesTime(before.state) && !takesTime(after.state)) await leaveSession(unit, after.sessionId);
  record(unit, before, after, await calendarOfBookings(unit));
  return after;
}

async function lockForChange(unit: Unit, id: string, ifMatch: IfMatch): Promise<Booking | Changed> {
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
  readonly subjectIds: readonly string[];
  readonly reason: string;
  readonly previousStartMs: number | null;
  readonly previousEndMs: number | null;
};

/** Puts a booking back as it was, with the time it had, if that is still free. */
export async function putBooking(
  unit: Unit,
  id: string,
  was: BookingWas,
): Promise<null | NotFound | Refused<"bookings/slot-taken">> {
  const before = await lockBooking(unit, id);
  if (before === null || !isBooked(before) || was.state === "held") return noBooking;
  const { state, startMs, endMs, reason } = was;
  const previous = was.previousStartMs === null ? null : { startMs: was.previousStartMs, endMs: was.previousEndMs! };
  const common = { ...before, startMs, endMs, previous, version: before.version + 1 };
  const isMoved = startMs !== before.startMs || endMs !== before.endMs;
  if (takesTime(state) && (isMoved || !takesTime(before.state))) {
    const stretches = was.subjectIds.map((subjectId) => stretchOf(subjectId, common));
    const taken = await take(unit, [{ source: "bookings", id: before.sessionId, stretches, batch: null }], {
      onTaken: "refuse",
    });
    if (isRefused(taken) || "clashes" in taken)
      return bookingProblems.refuse("slot-taken", "The time it had has been taken since.");
  }
  const after: Booked =
    state === "declined" || state === "cancelled" ? { ...common, state, reason } : { ...common, state };
  await updateBooking(unit, after);
  if (takesTime(before.state) && !takesTime(state)) await leaveSession(unit, before.sessionId);
  record(unit, before, after, await calendarOfBookings(unit));
  return null;
}

/** Gives the time of a session back when nobody is in it any more. */
async function leaveSession(unit: Unit, sessionId: string): Promise<void> {
  if ((await bookingsOfSession(unit, sessionId)).length === 0) await giveBack(unit, "bookings", [sessionId]);
}

/** Takes away holds that have ended: how many. Their time was free from their end on. */
export async function forgetEndedHolds(unit: Unit, most: number): Promise<number> {
  const ended = await endedHolds(unit, most);
  await deleteBookings(
    unit,
    ended.map(({ id }) => id),
  );
  for (const sessionId of new Set(ended.map((each) => each.sessionId))) await leaveSession(unit, sessionId);
  return ended.length;
}

/** The service's own zone, or its organisation's. */
export const zoneOf = async (unit: Unit, { zone }: Service): Promise<string> =>
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
});

/** The log names who was taken and when; who the customer is stands elsewhere. */
function record(unit: Unit, before: Booking | null, after: Booking | null, calendarId: string | null): void {
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
    reason: reasonOf(booking),
    previousStartMs: previous?.startMs ?? null,
    previousEndMs: previous?.endMs ?? null,
  };
};
