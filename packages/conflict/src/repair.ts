import { DAY_MS, findZone, HOUR_MS, MINUTE_MS, UTC, type Zone } from "@hourwright/time";
import type { Found } from "./detect.ts";
import { kinds } from "./kinds.ts";
import { visitMeeting, type BySubject } from "./schedule.ts";
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

/** Moves are tried at quarters of an hour, between these hours of the day, so many days ahead. */
const STEP_MS = 15 * MINUTE_MS;
const DAY_STARTS_HOUR = 7;
const DAY_ENDS_HOUR = 20;
const DAYS_AHEAD = 14;
/** What is left of something shortened. */
const SHORTENED_MS_MIN = 15 * MINUTE_MS;
const SHORTENED_SHARE_MIN = 0.5;
/** Times offered for moving the later one, and the earlier one: a choice of ways is worth more than a choice of times. */
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

/** The nearest free times for an occurrence at its full length, with everyone and everything it takes. */
export function movesOf(occurrence: number, facts: RepairFacts, most: number): Repair[] {
  const span = spanOf(occurrence, facts);
  const zone = findZone(facts.zone) ?? UTC;
  const people = facts.rowsOf(occurrence).length;
  const repairs: Repair[] = [];
  for (const startMs of candidates(span.startMs, span.endMs - span.startMs, zone, facts.nowMs)) {
    const endMs = startMs + (span.endMs - span.startMs);
    if (!isFree(occurrence, startMs, endMs, facts)) continue;
    repairs.push({
      what: `Move “${facts.titleOf(occurrence)}” to ${momentText(startMs, facts.zone)}`,
      why: `${people === 1 ? "The time is free." : `All ${people} people and things are free.`} ${distanceText(startMs - span.startMs)}`,
      confidence: confidenceOf(startMs - span.startMs, people),
      moves: [{ occurrence, startMs, endMs }],
    });
    if (repairs.length === most) break;
  }
  return repairs;
}

/** Ending earlier, or starting later, so that the other has its time. */
function shortenings(mine: number, other: number, facts: RepairFacts): Repair[] {
  const span = spanOf(mine, facts);
  const taken = spanOf(other, facts);
  const length = span.endMs - span.startMs;
  const earlier = { startMs: span.startMs, endMs: taken.startMs };
  const later = { startMs: taken.endMs, endMs: span.endMs };
  return [earlier, later]
    .filter(({ startMs, endMs }) => endMs - startMs >= Math.max(SHORTENED_MS_MIN, length * SHORTENED_SHARE_MIN))
    .filter(({ startMs, endMs }) => startMs >= facts.nowMs && isFree(mine, startMs, endMs, facts))
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

function spanOf(occurrence: number, { index, rowsOf }: RepairFacts): { startMs: number; endMs: number } {
  const row = rowsOf(occurrence)[0]!;
  return { startMs: index.takings.startMs[row]!, endMs: index.takings.endMs[row]! };
}

function isFree(occurrence: number, startMs: number, endMs: number, { index, rowsOf }: RepairFacts): boolean {
  const { subject, event } = index.takings;
  return rowsOf(occurrence).every(
    (row) => !visitMeeting(index, subject[row]!, startMs, endMs, (met) => event[met] !== event[row]),
  );
}

/** Starts in order of how little they disturb: near first, the same day before others, never in the past. */
function* candidates(startMs: number, lengthMs: number, zone: Zone, nowMs: number): Generator<number> {
  const localMs = zone.toLocalMs(startMs);
  const dayMs = localMs - modulo(localMs, DAY_MS);
  const sameDay = startsOfDay(dayMs, lengthMs, zone).sort((a, b) => Math.abs(a - startMs) - Math.abs(b - startMs));
  for (const start of sameDay) if (start !== startMs && start >= nowMs) yield start;
  for (let ahead = 1; ahead <= DAYS_AHEAD; ahead++) {
    const day = dayMs + ahead * DAY_MS;
    if (isWeekend(day) && !isWeekend(dayMs)) continue;
    // On another day the same time of the day disturbs least.
    const same = day + (localMs - dayMs);
    const starts = startsOfDay(day, lengthMs, zone);
    starts.sort((a, b) => Math.abs(zone.toLocalMs(a) - same) - Math.abs(zone.toLocalMs(b) - same));
    for (const start of starts) if (start >= nowMs) yield start;
  }
}

function startsOfDay(dayMs: number, lengthMs: number, zone: Zone): number[] {
  const starts: number[] = [];
  for (
    let localMs = dayMs + DAY_STARTS_HOUR * HOUR_MS;
    localMs + lengthMs <= dayMs + DAY_ENDS_HOUR * HOUR_MS;
    localMs += STEP_MS
  ) {
    starts.push(zone.toEpochMs(localMs));
  }
  return starts;
}

const modulo = (value: number, by: number): number => ((value % by) + by) % by;
/** Day 0 of the epoch was a Thursday. */
const isWeekend = (dayMs: number): boolean => modulo(Math.floor(dayMs / DAY_MS) + 3, 7) >= 5;

function distanceText(byMs: number): string {
  const days = Math.round(Math.abs(byMs) / DAY_MS);
  if (Math.abs(byMs) < 12 * HOUR_MS)
    return `Same day, ${lengthText(Math.abs(byMs))} ${byMs > 0 ? "later" : "earlier"}.`;
  return days <= 1 ? "One day later." : `${days} days later.`;
}

/** Near and few is likely to suit; far and many is not. */
function confidenceOf(byMs: number, people: number): number {
  const hours = Math.abs(byMs) / HOUR_MS;
  const distance = hours < 12 ? 0.95 - hours * 0.02 : 0.72 - Math.min(0.4, (hours / 24) * 0.03);
  return round(distance - Math.min(0.25, (people - 1) * 0.03));
}

const round = (value: number): number => Math.round(Math.max(0.01, value) * 100) / 100;
