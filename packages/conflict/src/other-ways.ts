import { findZone, HOUR_MS, MINUTE_MS, UTC } from "@hourwright/time";
import {
  isSolvedBy,
  mayBeMade,
  moved,
  restOf,
  spanOf,
  type Change,
  type RepairFacts,
  type Span,
  type Swap,
} from "./change.ts";
import type { Found } from "./detect.ts";
import { within } from "./open-time.ts";
import { confidenceOf, forMany, madeOf, round, STAYS, type Repair } from "./rank.ts";
import { ATTENDS, NEEDS, OWN, visitMeeting } from "./schedule.ts";
import { isNobodyWorseOff, startsOf } from "./starts.ts";
import { lengthText, momentText, spanText } from "./words.ts";

// Repairs beyond another time or less of it. Each maker proposes; `mayBeMade` proves, for all of them.

/** Others offered instead of the same. */
const INSTEADS_MAX = 2;
/** What is left of something in each of its two parts. */
const PART_MS_MIN = 30 * MINUTE_MS;
/** Times tried for each of two things that make room for each other, the nearest of the day. */
const CHAIN_STARTS_MAX = 16;
/** Two changes are more to understand than the worse of them. */
const CHAIN_SHARE = 0.8;

const quoted = (occurrence: number, { titleOf }: RepairFacts): string => `“${titleOf(occurrence)}”`;
const named = (subject: number, { nameOf }: RepairFacts): string => nameOf?.(subject) ?? "Somebody";

/** Another room, car or person instead of each that is taken twice: at the same time, of those who may stand in. */
export function insteads(mine: number, { subjects }: Found, facts: RepairFacts): Repair[] {
  const { standInsOf, partsOf } = facts;
  const parts = partsOf?.(mine);
  if (standInsOf === undefined || parts === undefined || !subjects.every((each) => parts.invited.has(each))) return [];
  const span = spanOf(mine, facts);
  const isThing = (how(mine, subjects[0]!, facts) & NEEDS) !== 0;
  const taken = new Set<number>(facts.rowsOf(mine).map((row) => facts.index.takings.subject[row]!));
  const swapsFor = (subject: number): Swap[] => {
    const isInHours = isWithin(subject, span, facts);
    return standInsOf(subject)
      .filter((by) => !taken.has(by) && (!isInHours || isWithin(by, span, facts)))
      .map((by) => ({ subject, by }));
  };
  const choices = subjects.map(swapsFor);
  const repairs: Repair[] = [];
  for (let at = 0; repairs.length < INSTEADS_MAX && choices.every((swaps) => at < swaps.length); at++) {
    const change = { ...stays(mine, span), swaps: choices.map((swaps) => swaps[at]!) };
    if (new Set(change.swaps.map(({ by }) => by)).size < change.swaps.length || !mayBeMade([change], facts)) continue;
    const rank = (isThing ? STAYS.thing : STAYS.person) - repairs.length * 0.02;
    repairs.push({
      what: insteadText(mine, change.swaps, isThing, facts),
      why: `${listText(change.swaps.map(({ by }) => named(by!, facts)))} ${change.swaps.length === 1 ? "is" : "are"} free then. Nothing moves.`,
      confidence: forMany(rank, peopleOf(mine, facts)),
      ...madeOf("instead", [change], facts),
    });
  }
  return repairs;
}

function insteadText(mine: number, swaps: readonly Swap[], isThing: boolean, facts: RepairFacts): string {
  const by = swaps.map((swap) => named(swap.by!, facts));
  const old = swaps.map(({ subject }) => named(subject, facts));
  if (!isThing) return `Let ${listText(by)} come to ${quoted(mine, facts)} instead of ${listText(old)}`;
  const all = (names: readonly string[]) => listText(names.map((name) => `“${name}”`));
  return `Use ${all(by)} instead of ${all(old)} for ${quoted(mine, facts)}`;
}

/** Whoever cannot be in both need not be in this one. */
export function leavingOut(mine: number, { subjects }: Found, facts: RepairFacts): Repair[] {
  const parts = facts.partsOf?.(mine);
  const mayStayAway = (subject: number): boolean =>
    parts !== undefined &&
    parts.optional.has(subject) &&
    parts.invited.has(subject) &&
    (how(mine, subject, facts) & (ATTENDS | OWN | NEEDS)) === ATTENDS;
  if (!subjects.every(mayStayAway)) return [];
  const change = { ...stays(mine, spanOf(mine, facts)), swaps: subjects.map((subject) => ({ subject, by: null })) };
  if (!mayBeMade([change], facts)) return [];
  const names = listText(subjects.map((subject) => named(subject, facts)));
  return [
    {
      what: `Leave ${names} out of ${quoted(mine, facts)}`,
      why: `${names} need${subjects.length === 1 ? "s" : ""} not come. Nothing moves.`,
      confidence: forMany(STAYS.withoutOptional, subjects.length),
      ...madeOf("leave-out", [change], facts),
    },
  ];
}

/** The room is given back: people meet by the link that there is. */
export function remotely(mine: number, { subjects }: Found, facts: RepairFacts): Repair[] {
  const parts = facts.partsOf?.(mine);
  const people = peopleOf(mine, facts);
  if (parts === undefined || !parts.hasLink || people < 2) return [];
  const isRoomOf = (subject: number): boolean =>
    parts.invited.has(subject) && (how(mine, subject, facts) & NEEDS) !== 0;
  if (!subjects.every(isRoomOf)) return [];
  const swaps = subjects.map((subject) => ({ subject, by: null }));
  const change = { ...stays(mine, spanOf(mine, facts)), swaps, isRemote: true };
  if (!mayBeMade([change], facts)) return [];
  return [
    {
      what: `Hold ${quoted(mine, facts)} remotely, without ${listText(subjects.map((each) => named(each, facts)))}`,
      why: "It has a link by which all can join. Nothing moves.",
      confidence: forMany(STAYS.remote, people),
      ...madeOf("remote", [change], facts),
    },
  ];
}

/** What one person does alone goes on after the other thing, on the same day, at its whole length. */
export function splits(mine: number, other: number, facts: RepairFacts): Repair[] {
  const isAlone = new Set(facts.rowsOf(mine).map((row) => facts.index.takings.subject[row]!)).size === 1;
  if (!isAlone || facts.partsOf?.(mine).maySplit !== true || facts.rowsOf(restOf(mine)).length > 0) return [];
  const [span, taken] = [spanOf(mine, facts), spanOf(other, facts)];
  const leftMs = span.endMs - span.startMs - (taken.startMs - span.startMs);
  if (taken.startMs - span.startMs < PART_MS_MIN || leftMs < PART_MS_MIN) return [];
  const zone = findZone(facts.zone) ?? UTC;
  const suits = isNobodyWorseOff(mine, span, facts, zone);
  const later = startsOf(0, taken.endMs, leftMs, zone).filter((startMs) => startMs >= taken.endMs);
  for (const startMs of later) {
    const rest = { startMs, endMs: startMs + leftMs };
    const change = { ...stays(mine, { startMs: span.startMs, endMs: taken.startMs }), rest };
    if (!suits(rest.startMs, rest.endMs) || !mayBeMade([change], facts)) continue;
    const [one, two] = [change, rest].map((part) => spanText(part.startMs, part.endMs, facts.zone));
    return [
      {
        what: `Split ${quoted(mine, facts)}: ${one!} and ${two!}`,
        why: `All ${lengthText(span.endMs - span.startMs)} of it stay, around ${quoted(other, facts)}.`,
        confidence: round(STAYS.inTwoParts - ((startMs - taken.endMs) / HOUR_MS) * 0.02),
        ...madeOf("split", [change], facts),
      },
    ];
  }
  return [];
}

/**
 * One of the two where something else stands, and that elsewhere, both on their days: the other of the two, or else a third.
 * At most one for each side. O(starts² × takers × log n).
 */
export function chains(found: Found, facts: RepairFacts): Repair[] {
  const repairs: Repair[] = [];
  for (const mine of [found.second, found.first]) {
    const other = mine === found.first ? found.second : found.first;
    const through = chainOf(mine, found, (next) => next === other, facts);
    const repair = through ?? chainOf(mine, found, (next) => next !== other, facts);
    if (repair !== null && !repairs.some((known) => isSame(known, repair))) repairs.push(repair);
  }
  return repairs;
}

/** The same two at the same times, whichever of them makes room. */
const isSame = ({ changes: one }: Repair, { changes: other }: Repair): boolean =>
  one.every(({ occurrence, startMs }) =>
    other.some((change) => change.occurrence === occurrence && change.startMs === startMs),
  );

function chainOf(mine: number, found: Found, isMeant: (next: number) => boolean, facts: RepairFacts): Repair | null {
  if (!facts.isMovable(mine)) return null;
  for (const change of nearChanges(mine, facts)) {
    const next = onlyOneInTheWay(change, facts);
    if (next === null || !isMeant(next) || !facts.isMovable(next)) continue;
    for (const makesRoom of nearChanges(next, facts)) {
      const changes = [makesRoom, change];
      if (mayBeMade(changes, facts) && isSolvedBy(found, changes, facts)) return chainRepair(changes, facts);
    }
  }
  return null;
}

/** An occurrence at other times of its day that suit everybody as well, the nearest first. */
function* nearChanges(occurrence: number, facts: RepairFacts): Generator<Change> {
  const span = spanOf(occurrence, facts);
  const lengthMs = span.endMs - span.startMs;
  const zone = findZone(facts.zone) ?? UTC;
  const suits = isNobodyWorseOff(occurrence, span, facts, zone);
  const starts = startsOf(0, span.startMs, lengthMs, zone).filter(
    (startMs) => startMs !== span.startMs && startMs >= facts.nowMs,
  );
  for (const startMs of starts.slice(0, CHAIN_STARTS_MAX)) {
    const endMs = startMs + lengthMs;
    if (suits(startMs, endMs)) yield moved({ occurrence, startMs, endMs });
  }
}

/** The one occurrence that stands where a change would be; null when there are none, or more. */
function onlyOneInTheWay({ occurrence, startMs, endMs }: Change, { index, rowsOf }: RepairFacts): number | null {
  const { takings } = index;
  const met = new Set<number>();
  for (const row of rowsOf(occurrence)) {
    visitMeeting(index, takings.subject[row]!, startMs, endMs, (other) => {
      if (takings.event[other] !== takings.event[row]) met.add(takings.occurrence[other]!);
      return met.size > 1;
    });
    if (met.size > 1) return null;
  }
  return [...met][0] ?? null;
}

function chainRepair(changes: readonly Change[], facts: RepairFacts): Repair {
  const [makesRoom, change] = changes as readonly [Change, Change];
  const to = ({ occurrence, startMs }: Change) => `${quoted(occurrence, facts)} to ${momentText(startMs, facts.zone)}`;
  const confidences = changes.map(({ occurrence, startMs }) =>
    confidenceOf(startMs - spanOf(occurrence, facts).startMs, facts.rowsOf(occurrence).length),
  );
  return {
    what: `Move ${to(change)} and ${to(makesRoom)}`,
    why: "Neither has another free time near that is its own; together both are free.",
    confidence: round(Math.min(...confidences) * CHAIN_SHARE),
    ...madeOf("chain", changes, facts),
  };
}

const stays = (occurrence: number, { startMs, endMs }: Span): Change => moved({ occurrence, startMs, endMs });

/** How an occurrence takes a subject; 0: not at all. */
function how(occurrence: number, subject: number, { index, rowsOf }: RepairFacts): number {
  const rows = rowsOf(occurrence).filter((row) => index.takings.subject[row] === subject);
  return rows.reduce((mask, row) => mask | index.takings.how[row]!, 0);
}

const peopleOf = (occurrence: number, { index, rowsOf }: RepairFacts): number =>
  new Set(
    rowsOf(occurrence)
      .filter((row) => (index.takings.how[row]! & NEEDS) === 0)
      .map((row) => index.takings.subject[row]!),
  ).size;

/** Nobody stands in outside their hours, where these are known, for somebody who is within theirs. */
function isWithin(subject: number, span: Span, { openTime }: RepairFacts): boolean {
  const stretches = openTime?.get(subject);
  return (
    stretches === undefined ||
    within(stretches, span).some(({ startMs, endMs }) => startMs <= span.startMs && endMs >= span.endMs)
  );
}

const listText = (names: readonly string[]): string => new Intl.ListFormat("en").format(names);
