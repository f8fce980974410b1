import { isRefused, type Refused } from "@hourwright/contract";
import type { Unit } from "../../platform/db/database.ts";
import { confirmHolds, lockTimelines, take } from "../claims/public.ts";
import { judgeFor } from "../planning/public.ts";
import { ruleFacts } from "./collections.ts";
import { customerGiven } from "./customers/given.ts";
import { insertConsents } from "./customers/store.ts";
import { agreedTo, answersTo, book, holdOver, isBooked, isOver } from "./decide.ts";
import { settleFiles } from "./files/store.ts";
import { bookedTooOften } from "./limiting.ts";
import { takesTime, type Booked, type Customer, type Held, type Picked, type Service } from "./model.ts";
import { payWith } from "./packages.ts";
import { owedAfter, pick, turnAt } from "./picking.ts";
import { record } from "./recording.ts";
import type { Sealing } from "./sealing.ts";
import {
  addCredits,
  bookingsOfSession,
  calendarOfBookings,
  lockSeries,
  offeredService,
  pickedLastTime,
  updateBooking,
} from "./store.ts";
import { stretchOf } from "./taking.ts";
import { settleBooked } from "./waiting/settle.ts";

// What is held becomes what is booked, as soon as there are details.

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
  | Refused<"request/not-found">
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
  const who = await customerGiven(unit, sealing, wish.customer);
  const { customerId } = who;
  await settleBooked(unit, id);
  const often = service === null ? null : await bookedTooOften(unit, service, customerId, holds);
  if (often !== null) return often;
  const paid = service === null ? null : await payWith(unit, sealing, service, holds, wish.package);
  if (isRefused(paid)) return paid;
  // All the timelines in one order, before any of them is asked for alone.
  const isShared = service !== null && service.places > 1;
  if (holds.length > 1 || isShared) await lockTimelines(unit, [...new Set(holds.flatMap(everybody))]);
  const picked =
    service === null ? holds.map((hold) => hold.picked) : await asLastTime(unit, service, holds, customerId);
  const details = { ...who, answers, language: wish.language };
  const booked = [];
  for (const [at, hold] of holds.entries()) {
    const taken = picked[at]!;
    // The hold is an update that still finds its claims, or it is over: whatever the clock did meanwhile.
    const held = taken.flat();
    if ((await confirmHolds(unit, { source: "bookings", id: hold.sessionId }, held)) < held.length) return holdOver;
    if (isShared && !(await hasRoom(unit, service, hold))) return holdOver;
    const own = { ...details, paid: paid?.get(hold.id) ?? null };
    const after = book({ ...hold, picked: taken, zone: wish.zone ?? hold.zone }, own, unit.nowMs);
    if (isRefused(after)) return after;
    booked.push({ hold, after });
  }
  await insertConsents(unit, customerId, agreedTo(questions, wish.answers));
  const calendarId = offered === null ? await calendarOfBookings(unit) : offered.calendarId;
  for (const { hold, after } of booked) {
    await updateBooking(unit, after);
    if (service !== null) await addCredits(unit, service.id, owedAfter(service.roles, hold.candidates, after.picked));
    record(unit, hold, after, calendarId);
  }
  return booked.find(({ after }) => after.id === id)!.after;
}

/** Whether a class still has the places of a hold: clocks that are set back make one stand again whose places others have booked. */
async function hasRoom(unit: Unit, service: Service, hold: Held): Promise<boolean> {
  const others = (await bookingsOfSession(unit, hold.sessionId)).filter(isBooked);
  return others.reduce((sum, { places }) => sum + places, hold.places) <= service.places;
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
