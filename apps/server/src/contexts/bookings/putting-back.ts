import { isRefused, refuseBooking, type Refused } from "@hourwright/contract";
import { assert } from "@hourwright/std";
import type { Unit } from "../../platform/db/database.ts";
import { lockTimelines, take } from "../claims/public.ts";
import { noBooking } from "./changing.ts";
import { isBooked } from "./decide.ts";
import { takesTime, type Booked, type Booking, type Picked } from "./model.ts";
import { settle } from "./packages.ts";
import { owedInstead } from "./picking.ts";
import { record, type BookingWas } from "./recording.ts";
import {
  addCredits,
  bookingsOfSession,
  calendarOfBookings,
  lockBooking,
  sealedCustomers,
  serviceById,
  updateBooking,
} from "./store.ts";
import { stretchOf, leaveSessions } from "./taking.ts";

// What undo does to a booking.

/** Puts a booking back as it was, with the time it had and among those it shared it with, if that is still free. */
export async function putBooking(
  unit: Unit,
  id: string,
  was: BookingWas,
): Promise<null | Refused<"request/not-found" | "bookings/slot-taken" | "bookings/package-unfit">> {
  const before = await lockBooking(unit, id);
  if (before === null || !isBooked(before) || was.state === "held") return noBooking;
  const back = backTo(before, was);
  // Who was forgotten meanwhile comes no more.
  if (takesTime(back.state) && !(await sealedCustomers(unit, [before.customerId])).has(before.customerId))
    return noBooking;
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
  const { state, startMs, endMs, hasReason, paid } = was;
  assert(state !== "held", "what was held is not put back");
  const previous = was.previousStartMs === null ? null : { startMs: was.previousStartMs, endMs: was.previousEndMs! };
  const sessionId = was.sessionId ?? before.sessionId;
  const picked = was.picked ?? inRoles(was.subjectIds, before.picked);
  const offer = state === "requested" || state === "confirmed" ? was.offer : null;
  // Undone and done again it is said again: the log does not hold it.
  const reason = hasReason || takesTime(state) ? before.reason : "";
  const at = { startMs, endMs, previous, sessionId, picked, version: before.version + 1 };
  return { ...before, ...at, state, reason, paid, offer };
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

const takenSince = refuseBooking("slot-taken", "since", {});

/** Leaves the session it is in for another; the time of one that is empty now is free for what follows. */
async function leaveFor(unit: Unit, before: Booked, after: Booked): Promise<void> {
  if (!takesTime(before.state) || after.sessionId === before.sessionId) return;
  await updateBooking(unit, after);
  await leaveSessions(unit, [before.sessionId]);
}
