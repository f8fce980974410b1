import { DAY_MS, findZone, MINUTE_MS, UTC, type Zone } from "@hourwright/time";
import { isSolvedBy, moved, spanOf, type Move, type RepairFacts, type Span } from "./change.ts";
import type { Found } from "./detect.ts";
import { kinds, type Way } from "./kinds.ts";
import { chains, insteads, leavingOut, remotely, splits } from "./other-ways.ts";
import { confidenceOf, madeOf, round, type Repair } from "./rank.ts";
import { NEEDS, visitMeeting } from "./schedule.ts";
import { daysAhead, daysLater, isNobodyWorseOff, startsOf } from "./starts.ts";
import { lengthText, momentText } from "./words.ts";

export type { Move, RepairFacts } from "./change.ts";
export type { Repair } from "./rank.ts";

/** What is left of something shortened. */
const SHORTENED_MS_MIN = 15 * MINUTE_MS;
const SHORTENED_SHARE_MIN = 0.5;
/** Times offered for moving the later one, and the earlier one: on its day and on another, and on its day. */
const TIMES_OF_LATER = 2;
const TIMES_OF_EARLIER = 1;

/** Of one way no more are offered: five moves are one idea. */
const OF_ONE_WAY_MAX = 3;

/**
 * What would remove a conflict, best first, at most `most`, and few of one way. Every repair is proved: whom and what it takes anew
 * was checked, together with all that it changes, and its conflict is gone. O(days × quarters × subjects × log n): about 1 ms.
 */
export function suggestRepairs(found: Found, facts: RepairFacts, most: number): Repair[] {
  const sides = [
    [found.second, found.first],
    [found.first, found.second],
  ] as const;
  const repairs = sides.flatMap(([mine, other]) =>
    facts.isMovable(mine)
      ? waysOf(mine, other, found, facts).filter(({ changes }) => isSolvedBy(found, changes, facts))
      : [],
  );
  // Two things change places, or one makes room for another, only where neither can go anywhere near alone.
  if (kinds[found.kind].repairs.includes("chain") && !repairs.some((repair) => isMoveOfTheDay(repair, facts)))
    repairs.push(...chains(found, facts));
  const ofWay = new Map<Way, number>();
  return repairs
    .sort((a, b) => b.confidence - a.confidence || a.what.localeCompare(b.what, "en"))
    .filter(({ way }) => {
      const before = ofWay.get(way) ?? 0;
      ofWay.set(way, before + 1);
      return before < OF_ONE_WAY_MAX;
    })
    .slice(0, most);
}

/** What may be done about one side. */
function waysOf(mine: number, other: number, found: Found, facts: RepairFacts): Repair[] {
  const makers: { readonly [Each in Exclude<Way, "chain">]: () => Repair[] } = {
    move: () => movesOf(mine, facts, mine === found.second ? TIMES_OF_LATER : TIMES_OF_EARLIER),
    shorten: () => shortenings(mine, other, facts),
    instead: () => insteads(mine, found, facts),
    "leave-out": () => leavingOut(mine, found, facts),
    remote: () => remotely(mine, found, facts),
    split: () => splits(mine, other, facts),
  };
  return kinds[found.kind].repairs.flatMap((way) => (way === "chain" ? [] : makers[way]()));
}

function isMoveOfTheDay({ way, moves: [move] }: Repair, facts: RepairFacts): boolean {
  if (way !== "move") return false;
  const zone = findZone(facts.zone) ?? UTC;
  const dayOf = (ms: number): number => Math.floor(zone.toLocalMs(ms) / DAY_MS);
  return dayOf(move!.startMs) === dayOf(spanOf(move!.occurrence, facts).startMs);
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
    ...madeOf("move", [moved(move)], facts),
  };
}

/**
 * Whether a move may still be made: ahead of now, free for everyone and everything that it takes, and against no rule.
 * O(takers × log n), and what the rules take.
 */
export const isStillFree = ({ occurrence, startMs, endMs }: Move, facts: RepairFacts): boolean =>
  startMs >= facts.nowMs && mayBeAt(occurrence, startMs, endMs, facts);

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
        ...madeOf("shorten", [moved({ occurrence: mine, startMs, endMs })], facts),
      };
    });
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

function distanceText(fromMs: number, toMs: number, zoneId: string): string {
  const zone = findZone(zoneId) ?? UTC;
  const days = Math.floor(zone.toLocalMs(toMs) / DAY_MS) - Math.floor(zone.toLocalMs(fromMs) / DAY_MS);
  if (days === 0) return `Same day, ${lengthText(Math.abs(toMs - fromMs))} ${toMs > fromMs ? "later" : "earlier"}.`;
  const when = days === 1 ? "One day later" : `${days} days later`;
  return wallTimeOf(fromMs, zone) === wallTimeOf(toMs, zone) ? `${when}, at the same time.` : `${when}.`;
}
