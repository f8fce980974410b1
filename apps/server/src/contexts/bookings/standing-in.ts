import { slotsIn, whyNotSubject, type SlotQuestion, type SubjectReason } from "@hourwright/availability";
import { DAY_MS, MINUTE_MS } from "@hourwright/time";
import type { Picked, Terms } from "./model.ts";
import { pickOne, turnAt } from "./picking.ts";
import { ALTERNATIVES_WITHIN_MS, nearestTo, questionOf, type OtherTime, type SlotFacts } from "./slot-question.ts";

// Pure: what becomes of bookings when somebody or something is away. Each session is planned as if those before it stood already,
// so that nobody stands in for two at once and no time is offered twice.

/** Who or what is away, and when: half-open. */
export type Absence = { readonly subjectId: string; readonly startMs: number; readonly endMs: number };

/** A session that takes the time of who is away; all who share it. */
export type Touched = {
  readonly sessionId: string;
  readonly startMs: number;
  readonly endMs: number;
  /** Taken of it, by all who share it. */
  readonly places: number;
  readonly picked: Picked;
  readonly terms: Terms;
  /** Of its service, for a window around all that is touched; null where it is not offered any more. */
  readonly facts: SlotFacts | null;
  /** Those who share it: what they have booked besides, and what of it counts towards the limit of the service. */
  readonly customers: readonly CustomerTime[];
};

export type CustomerTime = {
  readonly busy: readonly { readonly startMs: number; readonly endMs: number }[];
  readonly startsOfService: readonly number[];
};

export type Wish =
  | { readonly deed: "stand-in"; readonly standInId: string | null }
  | { readonly deed: "offer"; readonly starts: readonly number[] }
  | { readonly deed: "leave" };

export type CannotCode = "taken" | "closed" | "rule" | "way" | "taking-part" | "planned";
export type Candidate = {
  readonly id: string;
  /** Null: they can. `planned`: they stand in elsewhere at this time. */
  readonly code: CannotCode | null;
  /** Of a rule, in its words. */
  readonly why: string | null;
};

export type PlannedRow = {
  readonly sessionId: string;
  readonly deed: "stand-in" | "offer" | "leave" | "none";
  readonly standInId: string | null;
  readonly candidates: readonly Candidate[];
  readonly starts: readonly number[];
  /** False where a wish for it cannot be. */
  readonly isAsWished: boolean;
};

/** The role that who is away has in a session; -1: none. */
export const roleOf = (picked: Picked, subjectId: string): number =>
  picked.findIndex((subjects) => subjects.includes(subjectId));

/** The same with another in their place. */
export const withStandIn = (picked: Picked, awayId: string, standInId: string): Picked =>
  picked.map((subjects) => subjects.map((id) => (id === awayId ? standInId : id)));

/**
 * What becomes of each session, in the order of `touched`. Wishes come first, then who has the fewest who could stand in; times are
 * offered last, when it is known who stands in where. O(sessions × candidates × what is taken of them), and slots of four weeks for each
 * that is offered times.
 */
export function planStandIns(
  touched: readonly Touched[],
  absence: Absence,
  wishes: ReadonlyMap<string, Wish>,
): readonly PlannedRow[] {
  const standing = new Map<string, OtherTime>();
  const others = (own: Touched): OtherTime[] =>
    [...standing].flatMap(([id, time]) => (id === own.sessionId ? [] : [time]));
  const stays = (each: Touched) => {
    const wish = wishes.get(each.sessionId);
    return wish !== undefined && wish.deed !== "stand-in";
  };
  const named = (each: Touched): string | null => {
    const wish = wishes.get(each.sessionId);
    return wish?.deed === "stand-in" ? wish.standInId : null;
  };
  const count = new Map(
    touched.map((each) => [each.sessionId, candidatesOf(each, absence, []).filter(({ code }) => code === null).length]),
  );
  const order = touched
    .filter((each) => !stays(each))
    .toSorted(
      (a, b) =>
        Number(named(b) !== null) - Number(named(a) !== null) ||
        count.get(a.sessionId)! - count.get(b.sessionId)! ||
        a.startMs - b.startMs ||
        (a.sessionId < b.sessionId ? -1 : 1),
    );
  for (const each of order) {
    const able = candidatesOf(each, absence, others(each)).flatMap(({ id, code }) => (code === null ? [id] : []));
    const chosen = named(each) ?? whoseTurn(each, absence, able, others(each));
    if (chosen !== null && able.includes(chosen)) standing.set(each.sessionId, timeOf(each, chosen));
  }
  const times = offers(
    touched.filter((each) => !standing.has(each.sessionId)),
    absence,
    wishes,
    [...standing.values()],
  );
  return touched.map((each) => {
    const wish = wishes.get(each.sessionId);
    const standInId = standing.get(each.sessionId)?.subjectId ?? null;
    const starts = times.get(each.sessionId) ?? [];
    const deed =
      standInId !== null ? "stand-in" : wish?.deed === "leave" ? "leave" : starts.length > 0 ? "offer" : "none";
    return {
      sessionId: each.sessionId,
      deed,
      standInId,
      candidates: candidatesOf(each, absence, others(each)),
      starts,
      isAsWished: isAsWished(wish, { deed, standInId, starts }),
    };
  });
}

function isAsWished(
  wish: Wish | undefined,
  { deed, standInId, starts }: Pick<PlannedRow, "deed" | "standInId" | "starts">,
): boolean {
  if (wish === undefined) return true;
  if (wish.deed !== deed) return false;
  if (wish.deed === "stand-in") return wish.standInId === null || wish.standInId === standInId;
  return wish.deed !== "offer" || wish.starts.length === 0 || String(wish.starts) === String(starts);
}

/** Who else can be what is lacking at the time of a session, and why not; `others`: time that would be taken as well. */
export function candidatesOf(each: Touched, absence: Absence, others: readonly OtherTime[]): readonly Candidate[] {
  const { facts, picked, startMs } = each;
  const role = facts?.service.roles[roleOf(picked, absence.subjectId)];
  if (facts === null || role === undefined) return [];
  const own = factsOf(each, facts, absence.subjectId);
  const question = questionOf(own, { others, explains: true });
  const free = others.length === 0 ? question : questionOf(own, { explains: true });
  const here = new Set(picked.flat());
  return role.anyOf
    .filter((id) => id !== absence.subjectId)
    .map((id) => {
      if (here.has(id)) return { id, code: "taking-part", why: null };
      const index = facts.subjects.indexOf(id);
      const [reason] = whyNotSubject(question, index, startMs);
      if (reason === undefined) return { id, code: null, why: null };
      if (whyNotSubject(free, index, startMs).length === 0) return { id, code: "planned", why: null };
      return { id, code: codeOf(reason), why: reason.kind === "rule" ? reason.sentence : null };
    });
}

const codeOf = ({ kind }: SubjectReason): CannotCode => (kind === "buffer" ? "taken" : kind);

/** Of those who can, who should rather: as its service assigns. */
function whoseTurn(
  { facts, picked, startMs }: Touched,
  absence: Absence,
  able: readonly string[],
  others: readonly OtherTime[],
): string | null {
  const index = roleOf(picked, absence.subjectId);
  const role = facts?.service.roles[index];
  if (facts === null || role === undefined) return null;
  // What is planned already counts as booked: who stands in once is owed one less.
  const planned = (id: string) => others.filter(({ subjectId }) => subjectId === id).length;
  const known = new Map(
    facts.owed.flatMap((each) => (each.role === index ? [[each.subjectId, each.owed] as const] : [])),
  );
  const owed = able.map((id) => ({ role: index, subjectId: id, owed: (known.get(id) ?? 0) - planned(id) }));
  const { subjects } = questionOf(facts, { others });
  const busyMinutes = new Map(
    able.map((id) => [
      id,
      subjects[facts.subjects.indexOf(id)]!.taken.filter(
        (taken) => Math.abs(taken.startMs - startMs) < WEEK_MS / 2,
      ).reduce((sum, taken) => sum + (taken.endMs - taken.startMs) / MINUTE_MS, 0),
    ]),
  );
  return pickOne(role, index, { could: able, owed, busyMinutes, lastTime: null, turn: turnAt(startMs) });
}

const WEEK_MS = 7 * DAY_MS;

/** The facts of its service as they are for a session: with what was agreed, and without its own time. */
function factsOf({ sessionId, startMs, endMs, terms, picked }: Touched, facts: SlotFacts, awayId: string): SlotFacts {
  const { bufferBeforeMinutes, bufferAfterMinutes, where } = terms;
  return {
    ...facts,
    service: { ...facts.service, bufferBeforeMinutes, bufferAfterMinutes, where },
    lengthMinutes: (endMs - startMs) / MINUTE_MS,
    // Whom or what the customer has chosen besides stays chosen.
    roles: facts.roles.map((role, index) => {
      const own = picked[index] ?? [];
      const isChosen = facts.service.roles[index]!.assign === "customer" && own.length > 0 && !own.includes(awayId);
      return isChosen ? { ...role, anyOf: own.map((id) => facts.subjects.indexOf(id)).filter((at) => at >= 0) } : role;
    }),
    withoutSessions: [sessionId],
  };
}

function timeOf({ sessionId: commitment, startMs, endMs, terms }: Touched, subjectId: string): OtherTime {
  return {
    subjectId,
    startMs,
    endMs,
    guardStartMs: startMs - terms.bufferBeforeMinutes * MINUTE_MS,
    guardEndMs: endMs + terms.bufferAfterMinutes * MINUTE_MS,
    site: terms.where.kind === "address" ? terms.where.text : null,
    commitment,
  };
}

/** The nearest three times of each that nobody stands in for, or those that were wished for where all of them are offered. */
function offers(
  left: readonly Touched[],
  absence: Absence,
  wishes: ReadonlyMap<string, Wish>,
  standing: readonly OtherTime[],
): ReadonlyMap<string, readonly number[]> {
  const away: OtherTime = {
    ...absence,
    guardStartMs: absence.startMs,
    guardEndMs: absence.endMs,
    site: null,
    commitment: "",
  };
  const taken = [...standing, away];
  // Nobody joins a session that is itself without whom it needs.
  const lost = new Set(left.map(({ sessionId }) => sessionId));
  const found = new Map<string, readonly number[]>();
  for (const each of left.toSorted((a, b) => a.startMs - b.startMs)) {
    const wish = wishes.get(each.sessionId);
    const { facts } = each;
    if (facts === null || wish?.deed === "leave") continue;
    const own = factsOf(each, facts, absence.subjectId);
    const joinable =
      own.service.places === 1 ? own.ofService : own.ofService.filter(({ sessionId }) => !lost.has(sessionId));
    const question = questionOf({ ...own, ofService: joinable }, { others: taken });
    const starts = timesFor(each, question, wish?.deed === "offer" ? wish.starts : []);
    if (starts.length === 0) continue;
    found.set(each.sessionId, starts);
    // Whoever would do it keeps the time for them: the next are offered others, where nobody else can.
    for (const startMs of starts) taken.push(...reserved(each, question, facts, startMs));
  }
  return found;
}

function timesFor(each: Touched, question: SlotQuestion, wished: readonly number[]): readonly number[] {
  const fits = (startMs: number) => fitsCustomers(each, startMs);
  if (wished.length > 0) {
    const isOffered = (startMs: number) =>
      fits(startMs) &&
      slotsIn(question, { startMs, endMs: startMs + 1 }, 1).some(({ placesLeft }) => placesLeft >= each.places);
    return wished.every(isOffered) ? wished : [];
  }
  const window = { fromMs: each.startMs - ALTERNATIVES_WITHIN_MS, toMs: each.startMs + ALTERNATIVES_WITHIN_MS };
  return nearestTo(question, each.startMs, window, each.places, [], fits).map(({ startMs }) => startMs);
}

/** Whether those who share it can come then: they have booked nothing else, and not too often. */
function fitsCustomers({ customers, facts, startMs: own, endMs }: Touched, startMs: number): boolean {
  const toMs = startMs + (endMs - own);
  const limit = facts!.service.limitPerCustomer;
  return customers.every(({ busy, startsOfService }) => {
    if (busy.some((each) => each.startMs < toMs && each.endMs > startMs)) return false;
    if (limit === null) return true;
    const spanMs = limit.days * DAY_MS;
    return startsOfService.filter((each) => Math.abs(each - startMs) < spanMs).length < limit.count;
  });
}

/** The time of those who would take what is offered: of each role the first who can. */
function reserved(each: Touched, question: SlotQuestion, facts: SlotFacts, startMs: number): OtherTime[] {
  const moved = { ...each, startMs, endMs: startMs + (each.endMs - each.startMs) };
  const seated = new Set<number>();
  return question.rules.roles.flatMap(({ anyOf, count }) => {
    const able = anyOf.filter(
      (subject) => !seated.has(subject) && whyNotSubject(question, subject, startMs).length === 0,
    );
    return able.slice(0, count).map((subject) => {
      seated.add(subject);
      return timeOf(moved, facts.subjects[subject]!);
    });
  });
}
