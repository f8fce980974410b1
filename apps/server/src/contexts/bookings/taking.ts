import { slotsIn, whoCan, type SlotQuestion } from "@hourwright/availability";
import { isRefused, refuseBooking, type Refused } from "@hourwright/contract";
import { DAY_MS, MINUTE_MS } from "@hourwright/time";
import { LeftRound, Overtaken, type Unit } from "../../platform/db/database.ts";
import { giveBack, lockTimelines, prolongHolds, subjectsOfCommitments, take } from "../claims/public.ts";
import type { Judge, Stretch } from "../claims/pure.ts";
import type { Booking, Picked, Service, Terms, Unsure } from "./model.ts";
import { fewestOf, pick, turnAt, type PickFrom } from "./picking.ts";
import { readFacts } from "./slots.ts";
import { questionOf, type OwnDate, type SlotFacts } from "./slot-question.ts";
import { asking } from "./sources.ts";
import { bookingsOfSession, calendarOfBookings, lockService } from "./store.ts";

// How a booking comes to its time: whom it takes, and taking them all at once.

/** A time, and whose it takes. */
export type Place = {
  readonly startMs: number;
  readonly endMs: number;
  readonly sessionId: string;
  readonly picked: Picked;
  /** Who could have been picked; empty for who joins others. */
  readonly candidates: Picked;
  /** Calendars that are old, of those whom it takes or could take. */
  readonly unsure: readonly Unsure[];
};

/** What is the same of all that is wished for together. */
export type PlaceWish = {
  readonly service: Service;
  /** The service's own, or its organisation's. */
  readonly zone: string;
  readonly lengthMinutes: number;
  readonly places: number;
  /** Null for what stays. */
  readonly expiresMs: number | null;
  readonly terms: Terms;
};

/** One date of a wish. */
export type DateWish = {
  readonly startMs: number;
  readonly choose: readonly string[];
  /** Whom they had last time, role by role. */
  readonly lastTime: Picked | null;
  /** The booking that asks: it gives its name to a session of its own. */
  readonly bookingId: string;
  /** The session that is its own now, which bars it from nothing; null where there is none, or others are in it. */
  readonly ownSession: string | null;
};

export type NotPlaced = Refused<"bookings/slot-taken" | "bookings/not-offered">;

/** Each date with its place; or nothing is taken, and each is told whether it would have had one. */
export type Placed = { readonly places: readonly Place[] } | { readonly clashes: readonly (NotPlaced | null)[] };

/** Others may be quicker so often; then the time is told as taken. */
const TRIES_MAX = 3;

/** `takePlaces` for one date. */
export async function takePlace(
  unit: Unit,
  { startMs, choose, lastTime, bookingId, ownSession, ...wish }: PlaceWish & DateWish,
  judge: Judge | null,
): Promise<Place | NotPlaced> {
  const placed = await takePlaces(unit, wish, [{ startMs, choose, lastTime, bookingId, ownSession }], judge);
  return "places" in placed ? placed.places[0]! : placed.clashes[0]!;
}

/**
 * Takes the time of everybody that the dates need, at once, or nobody's. Who is picked is worked out from what was read, as if
 * each date were asked for after those before it; where somebody was quicker the claims say so, and it is worked out anew: in a
 * transaction of its own in another run, which locks first, in one order, everybody who could come.
 */
export async function takePlaces(
  unit: Unit,
  wish: PlaceWish,
  dates: readonly DateWish[],
  judge: Judge | null,
): Promise<Placed> {
  await lockCount(unit, wish.service);
  if (unit.isAgain) await lockTimelines(unit, [...new Set(wish.service.roles.flatMap(({ anyOf }) => anyOf))]);
  let late: ReadonlySet<number> = new Set();
  for (let tries = TRIES_MAX; tries > 0; tries--) {
    const placed = await tryToTake(unit, wish, dates, judge, tries === TRIES_MAX);
    if (!("late" in placed)) return placed;
    if (!unit.isShared && !unit.isTrial && !unit.isAgain)
      throw new Overtaken(`${wish.service.id} was taken from those who were chosen first`);
    late = placed.late;
  }
  return { clashes: dates.map((_, at) => (late.has(at) ? slotTaken : null)) };
}

/** What is counted over many times and people is counted by one at a time: locked before any timeline is. */
async function lockCount(unit: Unit, { id, limitPerDay, limitPerWeek }: Service): Promise<void> {
  if (limitPerDay === null && limitPerWeek === null) return;
  if (unit.isShared) throw new LeftRound(`${id} has limits`);
  await lockService(unit, id);
}

/**
 * Of sessions that others may join: everybody whom a move of some bookings could take, locked before it is looked who shares their
 * sessions. Else somebody could join one while its time is taken away.
 */
export async function lockSharing(
  unit: Unit,
  service: Service,
  moving: readonly Pick<Booking, "picked">[],
): Promise<void> {
  if (service.places === 1) return;
  await lockCount(unit, service);
  const subjects = [...moving.flatMap(({ picked }) => picked.flat()), ...service.roles.flatMap(({ anyOf }) => anyOf)];
  await lockTimelines(unit, [...new Set(subjects)]);
}

const slotTaken: NotPlaced = refuseBooking("slot-taken", "quicker", {});
const notOffered: NotPlaced = refuseBooking("not-offered", "unlisted", {});
const meetsItself: NotPlaced = refuseBooking("not-offered", "meets-itself", {});

/** Dates at which somebody was quicker. */
type Late = { readonly late: ReadonlySet<number> };

async function tryToTake(
  unit: Unit,
  wish: PlaceWish,
  dates: readonly DateWish[],
  judge: Judge | null,
  isFirstTry: boolean,
): Promise<Placed | Late> {
  const { service, lengthMinutes } = wish;
  const withoutSessions = dates.flatMap(({ ownSession }) => (ownSession === null ? [] : [ownSession]));
  const facts = await Promise.all(
    dates.map(({ startMs, choose }) =>
      readFacts(unit, {
        service,
        zone: wish.zone,
        lengthMinutes,
        choose,
        fromMs: startMs,
        toMs: startMs + 1,
        withoutSessions,
        isOneStart: true,
      }),
    ),
  );
  const planned = planDates(wish, dates, facts);
  const clashes = planned.map((each) => (isRefused(each) ? each : null));
  if (clashes.some((clash) => clash !== null)) return { clashes };
  const begun = await joinSessions(unit, wish, planned as readonly Plan[]);
  if (!("joined" in begun)) return begun;
  const plan = begun.joined;

  const places = plan.map(placeOf);
  const own = plan.flatMap((each, at) => (each.joins ? [] : [{ ...each, at }]));
  if (own.length === 0) return { places };
  const lying = judge === null ? [] : [service.id, (await calendarOfBookings(unit)) ?? ""];
  const commitments = own.map((place) => ({
    source: "bookings" as const,
    id: place.sessionId,
    stretches: place.picked
      .flat()
      .map((subjectId) =>
        stretchOf(subjectId, { ...place, terms: wish.terms }, { zone: wish.zone, expiresMs: wish.expiresMs }),
      ),
    batch: null,
    collections: { was: lying, will: lying },
  }));
  const taken = await take(unit, commitments, {
    onTaken: "refuse",
    isFirst: isFirstTry && withoutSessions.length === 0,
    judge,
  });
  if (isRefused(taken)) return { clashes: dates.map(() => notOffered) };
  if (!("clashes" in taken)) return { places };
  const broken = taken.broken.filter(({ isHard }) => isHard);
  if (broken.length > 0) {
    const about = plan.map((place) =>
      broken.some((rule) => rule.startMs < place.endMs && rule.endMs > place.startMs) ? ruledOut : null,
    );
    return { clashes: about.every((each) => each === null) ? dates.map(() => ruledOut) : about };
  }
  const barred = new Set(taken.clashes.map(({ wanted }) => wanted.startMs));
  const late = new Set(own.flatMap(({ startMs, at }) => (barred.has(startMs) ? [at] : [])));
  return { late: late.size > 0 ? late : new Set(own.map(({ at }) => at)) };
}

const placeOf = ({ startMs, endMs, sessionId, picked, candidates, unsure }: Plan): Place => ({
  startMs,
  endMs,
  sessionId,
  picked,
  candidates,
  unsure,
});

type Plan = Place & {
  /** Whether others have begun the session. */
  readonly joins: boolean;
};

/**
 * Where each date would be, one after the other, those before it standing already; or why it cannot be. Pure. Of a series the
 * same people come to as many dates as they can (`fewestOf`).
 */
export function planDates(
  wish: PlaceWish,
  dates: readonly DateWish[],
  facts: readonly SlotFacts[],
): readonly (Plan | NotPlaced)[] {
  const first = dates.length === 1 ? undefined : fewestOf(facts.flatMap((each, at) => pickFrom(dates[at]!, each)));
  const own: OwnDate[] = [];
  return dates.map((date, at) => {
    const planned = planDate(wish, date, facts[at]!, own, first);
    if (!isRefused(planned)) own.push({ ...planned, picked: planned.picked.flat(), places: wish.places });
    return planned;
  });
}

/** Who could come to a date of a series, for all its dates alike; nobody where it cannot be. */
function pickFrom(date: DateWish, facts: SlotFacts): PickFrom[] {
  const question = questionOf(facts);
  return slotAt(question, date.startMs) === undefined ? [] : [candidatesFor(date, facts, question)];
}

const slotAt = (question: SlotQuestion, startMs: number) => slotsIn(question, { startMs, endMs: startMs + 1 }, 1)[0];

function candidatesFor({ startMs, lastTime }: DateWish, facts: SlotFacts, question: SlotQuestion): PickFrom {
  return {
    roles: facts.service.roles,
    candidates: whoCan(question, startMs).map((role) => role.map((subject) => facts.subjects[subject]!)),
    owed: facts.owed,
    busyMinutes: busyInWeek(facts, question.subjects, startMs),
    lastTime,
    turn: turnAt(startMs),
  };
}

function planDate(
  { service, lengthMinutes, places }: PlaceWish,
  date: DateWish,
  facts: SlotFacts,
  own: readonly OwnDate[],
  first: Picked | undefined,
): Plan | NotPlaced {
  const { startMs } = date;
  const endMs = startMs + lengthMinutes * MINUTE_MS;
  if (own.some((each) => each.startMs === startMs)) return meetsItself;
  const question = questionOf(facts, { own });
  const slot = slotAt(question, startMs);
  if (slot === undefined) {
    const { objections: _, ...unruled } = question;
    if (question.objections !== undefined && slotAt(unruled, startMs) !== undefined) return ruledOut;
    return slotAt(asIfFree(question), startMs) === undefined ? notOffered : slotTaken;
  }
  if (slot.placesLeft < places) return slotTaken;
  const session = facts.ofService.find(
    (each) =>
      each.sessionId !== date.ownSession &&
      each.startMs === startMs &&
      each.endMs === endMs &&
      each.places + places <= service.places,
  );
  if (session !== undefined)
    return {
      startMs,
      endMs,
      sessionId: session.sessionId,
      picked: [],
      candidates: [],
      unsure: asking(facts),
      joins: true,
    };
  const from = candidatesFor(date, facts, question);
  const picked = pick(first === undefined ? from : { ...from, first });
  const sessionId = date.ownSession ?? date.bookingId;
  return { startMs, endMs, sessionId, picked, candidates: from.candidates, unsure: asking(facts), joins: false };
}

const ruledOut: NotPlaced = refuseBooking("not-offered", "ruled", {});

/** The same where nobody had taken anything yet: what would be offered then was free a moment ago, or could have been. */
const asIfFree = (question: SlotQuestion): SlotQuestion => ({
  ...question,
  subjects: question.subjects.map((subject) => ({ ...subject, taken: [] })),
  booked: [],
  sessions: [],
});

const WEEK_MS = 7 * DAY_MS;

function busyInWeek(
  { subjects }: SlotFacts,
  times: readonly { readonly taken: readonly { readonly startMs: number; readonly endMs: number }[] }[],
  startMs: number,
): ReadonlyMap<string, number> {
  const near = ({ startMs: at }: { readonly startMs: number }) => Math.abs(at - startMs) < WEEK_MS / 2;
  return new Map(
    subjects.map((id, index) => [
      id,
      times[index]!.taken.filter(near).reduce((sum, taken) => sum + (taken.endMs - taken.startMs) / MINUTE_MS, 0),
    ]),
  );
}

/** The time that a booking takes of one subject: half-open, with its buffers; `zone` and `expiresMs` where they are known. */
export const stretchOf = (
  subjectId: string,
  { startMs, endMs, terms }: Pick<Booking, "startMs" | "endMs" | "terms">,
  { zone = null, expiresMs = null }: { readonly zone?: string | null; readonly expiresMs?: number | null } = {},
): Stretch => ({
  subjectId,
  startMs,
  endMs,
  bufferBeforeMs: terms.bufferBeforeMinutes * MINUTE_MS,
  bufferAfterMs: terms.bufferAfterMinutes * MINUTE_MS,
  policy: "forbid",
  role: "resource",
  attends: false,
  occurrence: "",
  label: terms.service,
  places: 1,
  site: terms.where.kind === "address" ? terms.where.text : null,
  wallStart:
    zone === null
      ? null
      : Temporal.Instant.fromEpochMilliseconds(startMs).toZonedDateTimeISO(zone).toPlainDateTime().toString(),
  zone,
  expiresAtMs: expiresMs,
});

/**
 * Places among those who have begun sessions; the timelines of all dates are locked in one order while the places are counted.
 * Each date with whose time it takes.
 */
async function joinSessions(
  unit: Unit,
  wish: PlaceWish,
  plan: readonly Plan[],
): Promise<{ readonly joined: readonly Plan[] } | Placed | Late> {
  const joining = plan.filter(({ joins }) => joins);
  if (joining.length === 0) return { joined: plan };
  const begun = await Promise.all(joining.map(({ sessionId }) => bookingsOfSession(unit, sessionId)));
  await lockTimelines(unit, [...new Set([...begun.flat(), ...plan].flatMap(({ picked }) => picked.flat()))]);
  const others = await Promise.all(
    plan.map(async ({ joins, sessionId }) => (joins ? bookingsOfSession(unit, sessionId) : null)),
  );
  const isFull = others.map(
    (each) => each !== null && each.reduce((sum, { places }) => sum + places, wish.places) > wish.service.places,
  );
  if (isFull.includes(true)) return { clashes: isFull.map((full) => (full ? slotTaken : null)) };
  const late = new Set(others.flatMap((each, at) => (each?.length === 0 ? [at] : [])));
  if (late.size > 0) return { late };
  for (const { sessionId: id } of joining)
    if (wish.expiresMs !== null) await prolongHolds(unit, { source: "bookings", id }, wish.expiresMs);
  return { joined: plan.map((each, at) => ({ ...each, picked: others[at]?.[0]?.picked ?? each.picked })) };
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
