import { slotsIn, whoCan, type SlotQuestion } from "@hourwright/availability";
import { bookingProblems, isRefused, type Refused } from "@hourwright/contract";
import { DAY_MS, MINUTE_MS } from "@hourwright/time";
import { LeftRound, type Unit } from "../../platform/db/database.ts";
import { lockTimelines, prolongHolds, take, type Judge, type Stretch } from "../claims/public.ts";
import type { Booking, Picked, Service, Terms } from "./model.ts";
import { pick, turnAt } from "./picking.ts";
import { questionOf, readFacts, type SlotFacts } from "./slots.ts";
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
};

export type PlaceWish = {
  readonly service: Service;
  /** The service's own, or its organisation's. */
  readonly zone: string;
  readonly startMs: number;
  readonly lengthMinutes: number;
  readonly choose: readonly string[];
  readonly places: number;
  /** Whom they had last time, role by role. */
  readonly lastTime: Picked | null;
  /** The booking that asks: it gives its name to a session of its own. */
  readonly bookingId: string;
  /** The session that is its own now, which bars it from nothing; null where there is none, or others are in it. */
  readonly ownSession: string | null;
  /** Null for what stays. */
  readonly expiresMs: number | null;
  readonly terms: Terms;
};

export type NotPlaced = Refused<"bookings/slot-taken" | "bookings/not-offered">;

/** Others may be quicker so often; then the time is told as taken. */
const TRIES_MAX = 3;

/**
 * Takes the time of everybody a slot needs, at once, or nobody's. Who is picked is worked out from what was read; where somebody
 * was quicker the claims say so, and it is worked out anew.
 */
export async function takePlace(unit: Unit, wish: PlaceWish, judge: Judge | null): Promise<Place | NotPlaced> {
  await lockCount(unit, wish.service);
  for (let tries = TRIES_MAX; tries > 0; tries--) {
    const placed = await tryToTake(unit, wish, judge, tries === TRIES_MAX);
    if (placed !== null) return placed;
  }
  return slotTaken;
}

/** What is counted over many times and people is counted by one at a time: locked before any timeline is. */
async function lockCount(unit: Unit, { id, limitPerDay, limitPerWeek }: Service): Promise<void> {
  if (limitPerDay === null && limitPerWeek === null) return;
  if (unit.isShared) throw new LeftRound(`${id} has limits`);
  await lockService(unit, id);
}

const slotTaken: NotPlaced = bookingProblems.refuse(
  "slot-taken",
  "Somebody was quicker. Choose another time; nothing you wrote is lost.",
);
const notOffered: NotPlaced = bookingProblems.refuse("not-offered", "Choose one of the times that are offered.");

/** Null: somebody was quicker. */
async function tryToTake(
  unit: Unit,
  wish: PlaceWish,
  judge: Judge | null,
  isFirstTry: boolean,
): Promise<Place | NotPlaced | null> {
  const { service, startMs, lengthMinutes, ownSession } = wish;
  const endMs = startMs + lengthMinutes * MINUTE_MS;
  const facts = await readFacts(unit, {
    service,
    zone: wish.zone,
    lengthMinutes,
    choose: wish.choose,
    fromMs: startMs,
    toMs: startMs + 1,
    withoutSession: ownSession,
    isOneStart: true,
  });
  const question = questionOf(facts);
  const slotOf = (asked: SlotQuestion) => slotsIn(asked, { startMs, endMs: startMs + 1 }, 1)[0];
  const slot = slotOf(question);
  if (slot === undefined) {
    const { objections: _, ...unruled } = question;
    if (facts.ruled !== null && slotOf(unruled) !== undefined) return ruledOut;
    return slotOf(asIfFree(question)) === undefined ? notOffered : slotTaken;
  }
  if (slot.placesLeft < wish.places) return slotTaken;
  const session = facts.ofService.find(
    (each) => each.startMs === startMs && each.endMs === endMs && each.places + wish.places <= service.places,
  );
  if (session !== undefined) return joinSession(unit, wish, session.sessionId);

  const candidates = whoCan(question, startMs).map((role) => role.map((subject) => facts.subjects[subject]!));
  const picked = pick({
    roles: service.roles,
    candidates,
    owed: facts.owed,
    busyMinutes: busyInWeek(facts, question.subjects, startMs),
    lastTime: wish.lastTime,
    turn: turnAt(startMs),
  });
  const sessionId = ownSession ?? wish.bookingId;
  const stretches = picked
    .flat()
    .map((subjectId) => stretchOf(subjectId, { ...wish, endMs }, { zone: facts.zone, expiresMs: wish.expiresMs }));
  const commitment = { source: "bookings", id: sessionId, stretches, batch: null } as const;
  const lying = judge === null ? [] : [service.id, (await calendarOfBookings(unit)) ?? ""];
  const taken = await take(unit, [{ ...commitment, collections: { was: lying, will: lying } }], {
    onTaken: "refuse",
    isFirst: isFirstTry && ownSession === null,
    judge,
  });
  if (isRefused(taken)) return notOffered;
  if (!("clashes" in taken)) return { startMs, endMs, sessionId, picked, candidates };
  return taken.broken.some(({ isHard }) => isHard) ? ruledOut : null;
}

const ruledOut: NotPlaced = bookingProblems.refuse(
  "not-offered",
  "A rule of the organisation speaks against this time.",
);

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

/** A place among those who have begun a session; its timelines are locked while the places are counted. Null: it is gone. */
async function joinSession(unit: Unit, wish: PlaceWish, sessionId: string): Promise<Place | NotPlaced | null> {
  const [one] = await bookingsOfSession(unit, sessionId);
  if (one === undefined) return null;
  await lockTimelines(unit, one.picked.flat());
  const others = await bookingsOfSession(unit, sessionId);
  if (others.length === 0) return null;
  const places = others.reduce((sum, each) => sum + each.places, wish.places);
  if (places > wish.service.places) return slotTaken;
  if (wish.expiresMs !== null) await prolongHolds(unit, { source: "bookings", id: sessionId }, wish.expiresMs);
  const { startMs, endMs, picked } = one;
  return { startMs, endMs, sessionId, picked, candidates: [] };
}
