import { DAY_MS, findZone, HOUR_MS, MINUTE_MS, UTC, type Interval, type Zone } from "@hourwright/time";
import type { Found } from "./detect.ts";
import { kinds } from "./kinds.ts";
import { comfortKept, within } from "./open-time.ts";
import { NEEDS, visitMeeting, type BySubject } from "./schedule.ts";
import { lengthText, momentText } from "./words.ts";

/** What the repairs of a conflict may know and touch. */
export type RepairFacts = {
  readonly index: BySubject;
  /** Every row of an occurrence: whom and what moving it would take. */
  readonly rowsOf: (occurrence: number) => readonly number[];
  readonly titleOf: (occurrence: number) => string;
  /** False for what must stay where it is: locked, of somebody else, or the whole day long. */
  readonly isMovable: (occurrence: number) => boolean;
  /** Zone in which days and working hours are meant. */
  readonly zone: string;
  readonly nowMs: number;
  /** When subjects may be taken, by their number: stretches in order that do not meet. Who is not in it, at any time. */
  readonly openTime?: ReadonlyMap<number, readonly Interval[]>;
  /** Whether rules speak against a move, among those who are where `index` says. Left out where there are none. */
  readonly isBarred?: (move: Move, among: Pick<RepairFacts, "index" | "rowsOf">) => boolean;
};

/** One occurrence at another time. */
export type Move = { readonly occurrence: number; readonly startMs: number; readonly endMs: number };

export type Repair = {
  readonly what: string;
  readonly why: string;
  /** A rank between 0 and 1: higher disturbs less. Not a probability. */
  readonly confidence: number;
  readonly moves: readonly Move[];
};

/** Moves are tried at the same wall time, then at quarters of an hour between these hours, so many days ahead. */
const STEP_MS = 15 * MINUTE_MS;
const DAY_STARTS_HOUR = 7;
const DAY_ENDS_HOUR = 20;
const DAYS_AHEAD = 14;
/** What is left of something shortened. */
const SHORTENED_MS_MIN = 15 * MINUTE_MS;
const SHORTENED_SHARE_MIN = 0.5;
/** Times offered for moving the later one, and the earlier one: on its day and on another, and on its day. */
const TIMES_OF_LATER = 2;
const TIMES_OF_EARLIER = 1;

/**
 * What would remove a conflict, best first, at most `most`. Every repair is proved: the moved times were checked against
 * every subject that they take. O(days × quarters × subjects × log n): about 1 ms.
 */
export function suggestRepairs(found: Found, facts: RepairFacts, most: number): Repair[] {
  const repairs: Repair[] = [];
  for (const [mine, other] of [
    [found.second, found.first],
    [found.first, found.second],
  ] as const) {
    if (!facts.isMovable(mine)) continue;
    for (const way of kinds[found.kind].repairs) {
      if (way === "move")
        repairs.push(...movesOf(mine, facts, mine === found.second ? TIMES_OF_LATER : TIMES_OF_EARLIER));
      else repairs.push(...shortenings(mine, other, facts));
    }
  }
  return repairs.sort((a, b) => b.confidence - a.confidence || a.what.localeCompare(b.what, "en")).slice(0, most);
}

/**
 * Free times for an occurrence at its full length, with everyone and everything it takes: times that differ in kind,
 * because 10:15 beside 10:00 is no second choice. The nearest on its day, the same hour on another day, the nearest on
 * the other side of its day, then one for each further day; at most `most`, best first.
 */
export function movesOf(occurrence: number, facts: RepairFacts, most: number): Repair[] {
  const span = spanOf(occurrence, facts);
  const moves: Repair[] = [];
  for (const startMs of choices(occurrence, span, facts)) {
    moves.push(moveTo({ occurrence, startMs, endMs: startMs + (span.endMs - span.startMs) }, facts));
    if (moves.length === most) break;
  }
  return moves.sort((a, b) => b.confidence - a.confidence);
}

/** A move as a repair of its own, whoever thought of it: whether it may be made `isStillFree` says, not this. */
export function moveTo(move: Move, facts: RepairFacts): Repair {
  const { occurrence, startMs } = move;
  const span = spanOf(occurrence, facts);
  const taken = new Map(facts.rowsOf(occurrence).map((row) => [facts.index.takings.subject[row]!, row]));
  return {
    what: `Move “${facts.titleOf(occurrence)}” to ${momentText(startMs, facts.zone)}`,
    why: `${freeText([...taken.values()], facts)} ${distanceText(span.startMs, startMs, facts.zone)}`,
    confidence: confidenceOf(startMs - span.startMs, taken.size),
    moves: [move],
  };
}

/**
 * Whether a move may still be made: ahead of now, free for everyone and everything that it takes, and against no rule.
 * O(takers × log n), and what the rules take.
 */
export const isStillFree = ({ occurrence, startMs, endMs }: Move, facts: RepairFacts): boolean =>
  startMs >= facts.nowMs && mayBeAt(occurrence, startMs, endMs, facts);

type Span = { readonly startMs: number; readonly endMs: number };

/** Who is free, in a sentence: right for one, two and many, for people and for things. */
function freeText(rows: readonly number[], { index }: RepairFacts): string {
  const things = rows.filter((row) => index.takings.how[row]! & NEEDS).length;
  const people = rows.length - things;
  if (people === 0) return "What it needs is free.";
  const who =
    people === 1 ? "The time is free" : people === 2 ? "Both people are free" : `All ${people} people are free`;
  return things === 0 ? `${who}.` : `${who}, and so is what it needs.`;
}

/** Free starts, each another kind of choice, in the order in which they are worth offering. */
function* choices(occurrence: number, { startMs, endMs }: Span, facts: RepairFacts): Generator<number> {
  const lengthMs = endMs - startMs;
  const zone = findZone(facts.zone) ?? UTC;
  const suits = isNobodyWorseOff(occurrence, { startMs, endMs }, facts, zone);
  const isOpen = (start: number): boolean =>
    start !== startMs &&
    start >= facts.nowMs &&
    suits(start, start + lengthMs) &&
    mayBeAt(occurrence, start, start + lengthMs, facts);

  const sameDay = startsOf(0, startMs, lengthMs, zone);
  const nearest = sameDay.find(isOpen);
  if (nearest !== undefined) yield nearest;
  // The same hour on the third day is a better other day than another hour on the next.
  const days = daysAhead(startMs, lengthMs, zone);
  const sameHour = days.find((ahead) => isOpen(daysLater(startMs, ahead, zone)));
  if (sameHour !== undefined) yield daysLater(startMs, sameHour, zone);
  const otherSide = sameDay.find((start) => isOpen(start) && start < startMs !== nearest! < startMs);
  if (nearest !== undefined && otherSide !== undefined) yield otherSide;
  for (const ahead of days) {
    const start = ahead === sameHour ? undefined : startsOf(ahead, startMs, lengthMs, zone).find(isOpen);
    if (start !== undefined) yield start;
  }
}

/** The days ahead on which something may be offered. Nothing ends beyond them: so far callers know what is taken. */
function daysAhead(startMs: number, lengthMs: number, zone: Zone): number[] {
  const today = Math.floor(zone.toLocalMs(startMs) / DAY_MS);
  const days: number[] = [];
  for (let ahead = 1; ahead * DAY_MS + lengthMs <= (DAYS_AHEAD + 1) * DAY_MS; ahead++) {
    if (isWeekend(today) || !isWeekend(today + ahead)) days.push(ahead);
  }
  return days;
}

const daysLater = (ms: number, days: number, zone: Zone): number => zone.toEpochMs(zone.toLocalMs(ms) + days * DAY_MS);

/** Starts on a day, so many days ahead, by nearness to the same wall time; that one first, whatever the hour. */
function startsOf(ahead: number, startMs: number, lengthMs: number, zone: Zone): number[] {
  const sameMs = zone.toLocalMs(startMs) + ahead * DAY_MS;
  const dayMs = Math.floor(sameMs / DAY_MS) * DAY_MS;
  const lastMs = dayMs + DAY_ENDS_HOUR * HOUR_MS - lengthMs;
  const wallTimes = [sameMs];
  for (let localMs = dayMs + DAY_STARTS_HOUR * HOUR_MS; localMs <= lastMs; localMs += STEP_MS) wallTimes.push(localMs);
  return wallTimes
    .sort((a, b) => Math.abs(a - sameMs) - Math.abs(b - sameMs))
    .map((localMs) => zone.toEpochMs(localMs));
}

const wallTimeOf = (ms: number, zone: Zone): number => {
  const localMs = zone.toLocalMs(ms);
  return localMs - Math.floor(localMs / DAY_MS) * DAY_MS;
};

/** Ending earlier, or starting later, so that the other has its time. */
function shortenings(mine: number, other: number, facts: RepairFacts): Repair[] {
  const span = spanOf(mine, facts);
  const taken = spanOf(other, facts);
  const length = span.endMs - span.startMs;
  const earlier = { startMs: span.startMs, endMs: taken.startMs };
  const later = { startMs: taken.endMs, endMs: span.endMs };
  return [earlier, later]
    .filter(({ startMs, endMs }) => endMs - startMs >= Math.max(SHORTENED_MS_MIN, length * SHORTENED_SHARE_MIN))
    .filter(({ startMs, endMs }) => startMs >= facts.nowMs && mayBeAt(mine, startMs, endMs, facts))
    .map(({ startMs, endMs }) => {
      const cutMs = length - (endMs - startMs);
      return {
        what:
          endMs === span.endMs
            ? `Start “${facts.titleOf(mine)}” ${lengthText(cutMs)} later`
            : `End “${facts.titleOf(mine)}” ${lengthText(cutMs)} earlier`,
        why: `Nothing else moves; ${lengthText(endMs - startMs)} of ${lengthText(length)} are left.`,
        confidence: round(0.8 * (1 - cutMs / length)),
        moves: [{ occurrence: mine, startMs, endMs }],
      };
    });
}

function spanOf(occurrence: number, { index, rowsOf }: RepairFacts): Span {
  const row = rowsOf(occurrence)[0]!;
  return { startMs: index.takings.startMs[row]!, endMs: index.takings.endMs[row]! };
}

/** Whether a time suits everybody and everything of which open time is known as well as the time that they have now. */
function isNobodyWorseOff(
  occurrence: number,
  now: Span,
  { openTime, index, rowsOf }: RepairFacts,
  zone: Zone,
): (startMs: number, endMs: number) => boolean {
  if (openTime === undefined) return () => true;
  const subjects = new Set(rowsOf(occurrence).map((row) => index.takings.subject[row]!));
  const reach = { startMs: now.startMs - DAY_MS, endMs: now.endMs + (DAYS_AHEAD + 2) * DAY_MS };
  const known = [...subjects].flatMap((subject) => {
    const stretches = openTime.get(subject);
    return stretches === undefined ? [] : [within(stretches, reach)];
  });
  return comfortKept(known, now.startMs, now.endMs, zone);
}

/** Free, and against no rule. */
const mayBeAt = (occurrence: number, startMs: number, endMs: number, facts: RepairFacts): boolean =>
  isFree(occurrence, startMs, endMs, facts) && facts.isBarred?.({ occurrence, startMs, endMs }, facts) !== true;

function isFree(occurrence: number, startMs: number, endMs: number, { index, rowsOf }: RepairFacts): boolean {
  const { subject, event } = index.takings;
  return rowsOf(occurrence).every(
    (row) => !visitMeeting(index, subject[row]!, startMs, endMs, (met) => event[met] !== event[row]),
  );
}

/** Day 0 of the epoch was a Thursday. */
const isWeekend = (day: number): boolean => (((day + 3) % 7) + 7) % 7 >= 5;

function distanceText(fromMs: number, toMs: number, zoneId: string): string {
  const zone = findZone(zoneId) ?? UTC;
  const days = Math.floor(zone.toLocalMs(toMs) / DAY_MS) - Math.floor(zone.toLocalMs(fromMs) / DAY_MS);
  if (days === 0) return `Same day, ${lengthText(Math.abs(toMs - fromMs))} ${toMs > fromMs ? "later" : "earlier"}.`;
  const when = days === 1 ? "One day later" : `${days} days later`;
  return wallTimeOf(fromMs, zone) === wallTimeOf(toMs, zone) ? `${when}, at the same time.` : `${when}.`;
}

/** Near and few is likely to suit; far and many is not. */
function confidenceOf(byMs: number, people: number): number {
  const hours = Math.abs(byMs) / HOUR_MS;
  const distance = hours < 12 ? 0.95 - hours * 0.02 : 0.72 - Math.min(0.4, (hours / 24) * 0.03);
  return round(distance - Math.min(0.25, (people - 1) * 0.03));
}

const round = (value: number): number => Math.round(Math.max(0.01, value) * 100) / 100;
