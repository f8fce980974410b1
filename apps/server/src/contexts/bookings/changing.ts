import { isRefused, refuseBooking, refuseRequest, type Refused } from "@hourwright/contract";
import { MINUTE_MS } from "@hourwright/time";
import type { Unit } from "../../platform/db/database.ts";
import type { IfMatch } from "../../platform/operations/context.ts";
import { judgeFor } from "../planning/public.ts";
import { ruleFacts } from "./collections.ts";
import { approve, cancel, complete, decline, isOver, markNoShow, reschedule } from "./decide.ts";
import { movedTooClose } from "./limiting.ts";
import { takesTime, type Booked, type Booking } from "./model.ts";
import { pastPackage, settle } from "./packages.ts";
import { record } from "./recording.ts";
import { zoneOf } from "./services.ts";
import { bookingsOfSession, calendarOfBookings, lockBooking, offeredService, updateBooking } from "./store.ts";
import { lockSharing, takePlace, leaveSessions, type NotPlaced } from "./taking.ts";

// What becomes of what is booked: moved, cancelled, decided on.

export type Changed = Refused<
  "request/not-found" | "request/version-changed" | "bookings/wrong-state" | "bookings/too-late"
>;

/** What may not be known to exist is 404. */
export const noBooking = refuseRequest("not-found", "booking", {});
export const versionChanged = refuseRequest("version-changed", "read", {});

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
  if (offered === null) return refuseBooking("not-offered", "gone", {});
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
