import { isRefused, limits, refuseBooking, type Refused } from "@hourwright/contract";
import { DAY_MS } from "@hourwright/time";
import type { Unit } from "../../platform/db/database.ts";
import { take } from "../claims/public.ts";
import { judgeFor } from "../planning/public.ts";
import { ruleFacts } from "./collections.ts";
import { lockForChange, noBooking, rescheduleBooking, type Changed } from "./changing.ts";
import { removeHold } from "./holding.ts";
import { record } from "./recording.ts";
import { zoneOf } from "./services.ts";
import { offerTimes, openOffer, standIn } from "./decide.ts";
import type { Booked, Confirmed, Requested, Service } from "./model.ts";
import { owedInstead } from "./picking.ts";
import { readFacts } from "./slots.ts";
import { ALTERNATIVES_WITHIN_MS, type SlotFacts } from "./slot-question.ts";
import { planStandIns, withStandIn, type Absence, type PlannedRow, type Touched, type Wish } from "./standing-in.ts";
import {
  addCredits,
  bookedByCustomers,
  bookedOfSubject,
  calendarOfBookings,
  holdsOfSubject,
  lockBookings,
  offeredService,
  serviceById,
  updateBooking,
} from "./store.ts";
import { stretchOf, type NotPlaced } from "./taking.ts";

// Somebody or something is away: what is touched of it, and doing what was planned as one unit.

type Standing = Requested | Confirmed;

export type TouchedSession = Touched & { readonly serviceId: string; readonly bookings: readonly Standing[] };

/** What an absence touches, with everything that a plan is made from; by start. `isMore`: beyond the first there are others. */
export type TouchedBy = { readonly sessions: readonly TouchedSession[]; readonly isMore: boolean };

/** Reads what an absence touches: three statements, and those of slots for each service. */
export async function readTouched(unit: Unit, absence: Absence): Promise<TouchedBy> {
  const booked = await bookedOfSubject(unit, absence.subjectId, absence, limits.STAND_IN_SESSIONS_MAX + 1);
  const all = [...Map.groupBy(booked, ({ sessionId }) => sessionId)];
  const groups = all.slice(0, limits.STAND_IN_SESSIONS_MAX);
  const [first, last] = [groups[0]?.[1][0], groups.at(-1)?.[1][0]];
  if (first === undefined || last === undefined) return { sessions: [], isMore: false };
  const window = {
    fromMs: Math.max(unit.nowMs, first.startMs - ALTERNATIVES_WITHIN_MS),
    toMs: last.startMs + ALTERNATIVES_WITHIN_MS + DAY_MS,
  };
  const facts = new Map<string, SlotFacts | null>();
  for (const id of new Set(booked.map(({ serviceId }) => serviceId)))
    facts.set(id, await factsFor(unit, await serviceById(unit, id), window));
  const near = await bookedByCustomers(unit, [...new Set(booked.map(({ customerId }) => customerId))], {
    fromMs: window.fromMs - LIMIT_DAYS_MAX * DAY_MS,
    toMs: window.toMs + LIMIT_DAYS_MAX * DAY_MS,
  });
  const ofCustomer = Map.groupBy(near, ({ customerId }) => customerId);
  const sessions = groups.map(([sessionId, bookings]): TouchedSession => {
    const { serviceId, startMs, endMs, picked, terms } = bookings[0]!;
    const own = new Set(bookings.map(({ id }) => id));
    const customers = bookings.map(({ customerId }) => {
      const others = (ofCustomer.get(customerId) ?? []).filter(({ id }) => !own.has(id));
      const ofService = others.filter((each) => each.serviceId === serviceId);
      return { busy: others, startsOfService: ofService.map((each) => each.startMs) };
    });
    const places = bookings.reduce((sum, each) => sum + each.places, 0);
    const known = facts.get(serviceId) ?? null;
    return { sessionId, serviceId, bookings, startMs, endMs, places, picked, terms, facts: known, customers };
  });
  return { sessions, isMore: all.length > groups.length };
}

/** The longest in which bookings of a customer are counted. */
const LIMIT_DAYS_MAX = 366;

async function factsFor(
  unit: Unit,
  service: Service | null,
  window: { readonly fromMs: number; readonly toMs: number },
): Promise<SlotFacts | null> {
  if (service === null) return null;
  const zone = await zoneOf(unit, service);
  return readFacts(unit, { service, zone, lengthMinutes: service.lengths[0]!, choose: [], ...window });
}

/** A wish with the bookings as they were when it was planned. */
export type RowWish = {
  readonly sessionId: string;
  readonly wish: Wish;
  readonly versions: readonly { readonly id: string; readonly version: number }[];
};

/** One thing that is not as it was planned. */
type Stale = {
  readonly sessionId: string;
  readonly service: string;
  readonly startMs: number | null;
  readonly what: "booked" | "gone" | "changed" | "taken";
};

export type Applied = { readonly touched: TouchedBy; readonly rows: readonly PlannedRow[] };

/**
 * Does what was planned, whole or not at all: who stands in takes the time in one change, times are offered, and who was just
 * about to book is told to choose again. `enter`: enters the time off, after bookings are locked and before timelines are.
 */
export async function applyStandIns(
  unit: Unit,
  absence: Absence,
  wishes: readonly RowWish[],
  enter: () => Promise<null | Refused>,
): Promise<Applied | Refused> {
  await lockBookings(
    unit,
    wishes.flatMap(({ versions }) => versions.map(({ id }) => id)),
  );
  const touched = await readTouched(unit, absence);
  const stale = changedSince(touched.sessions, wishes);
  if (stale.length > 0) return planStale(stale);
  const entered = await enter();
  if (isRefused(entered)) return entered;
  for (const id of await holdsOfSubject(unit, absence.subjectId, absence)) await removeHold(unit, id);
  const rows = planStandIns(touched.sessions, absence, new Map(wishes.map(({ sessionId, wish }) => [sessionId, wish])));
  const barred = rows.flatMap(({ isAsWished }, at) => (isAsWished ? [] : [staleOf(touched.sessions[at]!, "taken")]));
  if (barred.length > 0) return planStale(barred);
  const late = await takeInstead(unit, absence, touched.sessions, rows);
  if (late.length > 0) return planStale(late);
  await writeDown(unit, absence, touched.sessions, rows);
  return { touched, rows };
}

/** What is booked, gone or changed since it was planned. */
function changedSince(sessions: readonly TouchedSession[], wishes: readonly RowWish[]): readonly Stale[] {
  const wished = new Map(wishes.map((wish) => [wish.sessionId, wish]));
  const here = new Map(sessions.map((session) => [session.sessionId, session]));
  const versions = (all: RowWish["versions"]) =>
    all
      .map(({ id, version }) => `${id} ${version}`)
      .toSorted()
      .join();
  return [
    ...sessions.flatMap((session) => {
      const wish = wished.get(session.sessionId);
      if (wish === undefined) return [staleOf(session, "booked")];
      return versions(wish.versions) === versions(session.bookings) ? [] : [staleOf(session, "changed")];
    }),
    ...wishes.flatMap(({ sessionId }) =>
      here.has(sessionId) ? [] : [{ sessionId, service: "", startMs: null, what: "gone" as const }],
    ),
  ];
}

const staleOf = ({ sessionId, terms, startMs }: TouchedSession, what: Stale["what"]): Stale => ({
  sessionId,
  service: terms.service,
  startMs,
  what,
});

function planStale(stale: readonly Stale[]): Refused<"bookings/plan-stale"> {
  const first = stale[0]!;
  return refuseBooking(
    "plan-stale",
    "since",
    { service: first.service, what: first.what },
    {
      changed: stale.map(({ sessionId, service, startMs, what }) => ({
        sessionId,
        service,
        start: startMs === null ? null : Temporal.Instant.fromEpochMilliseconds(startMs).toString(),
        what,
      })),
    },
  );
}

/** Gives the time of all who have a stand-in to these, in one change; which of them somebody else was quicker for. */
async function takeInstead(
  unit: Unit,
  { subjectId }: Absence,
  sessions: readonly TouchedSession[],
  rows: readonly PlannedRow[],
): Promise<readonly Stale[]> {
  const calendarId = (await calendarOfBookings(unit)) ?? "";
  const moved = sessions.flatMap((session, at) => {
    const { standInId } = rows[at]!;
    return standInId === null ? [] : [{ ...session, picked: withStandIn(session.picked, subjectId, standInId) }];
  });
  if (moved.length === 0) return [];
  const taken = await take(
    unit,
    moved.map((session) => ({
      source: "bookings" as const,
      id: session.sessionId,
      stretches: session.picked.flat().map((id) => stretchOf(id, session, { zone: session.terms.zone })),
      batch: null,
      collections: { was: [session.serviceId, calendarId], will: [session.serviceId, calendarId] },
    })),
    { onTaken: "refuse", judge: await judgeFor(unit, ruleFacts) },
  );
  if (isRefused(taken)) return moved.map((session) => staleOf(session, "taken"));
  if (!("clashes" in taken)) return [];
  const bars = [...taken.clashes.map(({ wanted }) => wanted), ...taken.broken.filter(({ isHard }) => isHard)];
  const late = moved.filter(({ startMs, endMs }) => bars.some((bar) => bar.startMs < endMs && bar.endMs > startMs));
  return (late.length > 0 ? late : moved).map((session) => staleOf(session, "taken"));
}

async function writeDown(
  unit: Unit,
  { subjectId: awayId }: Absence,
  sessions: readonly TouchedSession[],
  rows: readonly PlannedRow[],
): Promise<void> {
  const calendarId = await calendarOfBookings(unit);
  const { nowMs } = unit;
  for (const [at, { bookings, serviceId }] of sessions.entries()) {
    const { deed, standInId, starts } = rows[at]!;
    for (const before of bookings) {
      const after =
        standInId !== null
          ? standIn(before, withStandIn(before.picked, awayId, standInId))
          : deed === "offer"
            ? offerTimes(before, { starts, awayId, nowMs })
            : before;
      if (after === before) continue;
      await updateBooking(unit, after);
      await addCredits(unit, serviceId, owedInstead(before, after.picked));
      record(unit, before, after, calendarId);
    }
  }
}

/** Moves a booking to one of the times that were offered for it, however late that is: the organisation has said yes already. */
export async function chooseOffered(unit: Unit, id: string, startMs: number): Promise<Booked | Changed | NotPlaced> {
  const before = await lockForChange(unit, id, null);
  if (isRefused(before)) return before;
  const offer = openOffer(before, unit.nowMs);
  if (offer === null) return "offer" in before && before.offer !== null ? offerOver : notOffered;
  if (!offer.starts.includes(startMs)) return notOffered;
  const offered = await offeredService(unit, before.serviceId);
  if (offered === null) return noBooking;
  // Whoever is back, or anybody else instead of them; whom or what else was chosen stays.
  const choose = before.picked.flatMap((own, role) =>
    own.includes(offer.awayId) ? (offered.service.roles[role]?.anyOf ?? []) : own,
  );
  return rescheduleBooking(unit, id, { startMs, choose, by: "organisation", ifMatch: null });
}

const notOffered = refuseBooking("not-offered", "not-proposed", {});
const offerOver = refuseBooking("too-late", "offer", {});
