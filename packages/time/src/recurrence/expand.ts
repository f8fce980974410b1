import { firstAtOrAfter } from "../sorted.ts";
import { DAY_MS, HOUR_MS } from "../civil.ts";
import { UTC, type Zone } from "../zone.ts";
import { LOCAL_END_MS, NOTHING, openCursor, planRule, type Cursor, type PlannedRule, type Steps } from "./cursor.ts";
import type { Rule } from "./rule.ts";
import { addStart, addStarts, countOfStarts, forget, startMsAt, startsUpTo } from "./starts.ts";

/**
 * A recurring thing: when it first happens, and how it goes on. Floating series are given the zone they are read in,
 * or `UTC` to keep wall time; all-day series (`isDate`) start at midnight of their wall time.
 */
export type Series = {
  readonly startLocalMs: number;
  readonly zone: Zone;
  readonly isDate?: boolean;
  /** Whether DTSTART happens even where no rule says so, and counts towards COUNT. A calendar event: yes. */
  readonly includesStart?: boolean;
  readonly rrules?: readonly Rule[];
  readonly exrules?: readonly Rule[];
  /** Further and excluded instants, epoch milliseconds, in any order. */
  readonly rdatesMs?: readonly number[];
  readonly exdatesMs?: readonly number[];
};

/** Which occurrences are asked for, by the instant they start: epoch milliseconds; the first `limit` of them. */
export type Window =
  | { readonly kind: "between"; readonly fromMs: number; readonly toMs: number; readonly limit?: number }
  | { readonly kind: "from"; readonly fromMs: number; readonly limit: number | null }
  | { readonly kind: "before"; readonly beforeMs: number };

export type ExpansionRefusal = {
  readonly code: "endless" | "too-many-steps" | "too-many-rules" | "sub-daily-date";
  readonly message: string;
};

/**
 * Starts in order of time, in columns: entry i of both belongs together. `localMs` is the wall time that the rule
 * names, which the clocks may skip. When refused, what was found before the budget ran out is still there.
 */
export type Expansion = {
  readonly epochMs: number[];
  readonly localMs: number[];
  readonly refused: ExpansionRefusal | null;
};

/**
 * Default budget: a year of minutes fits, a year of seconds is refused. One rule that never happens fits as well: the
 * 416,000 weeks to the year 9999, entered and searched, are the most. The slowest steps cost 50 ns each.
 */
export const STEPS_MAX = 1_000_000;
/** One commitment with more rules than this is an attack; the merge is linear in their number. */
export const RULES_MAX = 64;

/**
 * The occurrences of a series within a window. Seeks: a window a century away costs what one near the start costs,
 * except that COUNT beside a limit has to be counted. Never more than `stepsMax` steps; beyond, it is refused.
 */
export function expand(series: Series, window: Window, stepsMax: number = STEPS_MAX): Expansion {
  const steps: Steps = { left: stepsMax };
  const refused = refusalOf(series, window);
  if (refused !== null) return { epochMs: [], localMs: [], refused };
  const found =
    window.kind === "before"
      ? lastBefore(series, window.beforeMs, steps)
      : window.kind === "between"
        ? collect(series, window.fromMs, window.toMs, window.limit ?? Infinity, steps)
        : collect(series, window.fromMs, Infinity, window.limit ?? Infinity, steps);
  return { ...found, refused: steps.left < 0 ? tooManySteps(stepsMax) : null };
}

/** The first occurrences at or after an instant. */
export function nextOccurrences(
  series: Series,
  fromMs: number,
  limit: number,
  stepsMax: number = STEPS_MAX,
): Expansion {
  return expand(series, { kind: "from", fromMs, limit }, stepsMax);
}

/** How many occurrences start in `[fromMs, toMs)`; none of them is made. 10 ns each. */
export function countOccurrences(
  series: Series,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  stepsMax: number = STEPS_MAX,
): { readonly count: number; readonly refused: ExpansionRefusal | null } {
  const window: Window = { kind: "between", fromMs, toMs };
  const steps: Steps = { left: stepsMax };
  const refused = refusalOf(series, window);
  if (refused !== null) return { count: 0, refused };
  gather(series, fromMs, toMs, Infinity, steps);
  return { count: countOfStarts(), refused: steps.left < 0 ? tooManySteps(stepsMax) : null };
}

function tooManySteps(stepsMax: number): ExpansionRefusal {
  return {
    code: "too-many-steps",
    message: `The rule needs more than ${stepsMax} steps; ask for a shorter window.`,
  };
}

function refusalOf({ rrules = [], exrules = [], isDate }: Series, window: Window): ExpansionRefusal | null {
  if (rrules.length + exrules.length > RULES_MAX) {
    return { code: "too-many-rules", message: `A series has at most ${RULES_MAX} rules.` };
  }
  if (window.kind === "from" && window.limit === null && rrules.some((rule) => !isFinite(rule))) {
    return { code: "endless", message: "The series has no end; ask for a window or a number of occurrences." };
  }
  if (isDate && [...rrules, ...exrules].some(({ frequency }) => SUB_DAILY.has(frequency))) {
    return { code: "sub-daily-date", message: "An all-day series cannot repeat by hours, minutes or seconds." };
  }
  return null;
}

const SUB_DAILY = new Set<Rule["frequency"]>(["SECONDLY", "MINUTELY", "HOURLY"]);
const isFinite = (rule: Rule) => rule.count !== null || rule.until !== null;

type Found = { epochMs: number[]; localMs: number[] };

/** Wall times and their instants are worked on by the handful; both are overwritten by the next one. */
const HANDFUL = 256;
const walls = new Float64Array(HANDFUL);
const instants = new Float64Array(HANDFUL);

/** Starts within `[fromMs, toMs)`, the first `limit` of them. */
function collect(series: Series, fromMs: number, toMs: number, limit: number, steps: Steps): Found {
  gather(series, fromMs, toMs, limit, steps);
  return startsUpTo(limit);
}

/** Gathers at least the first `limit` starts within `[fromMs, toMs)`, in columns (see starts.ts). */
function gather(series: Series, fromMs: number, toMs: number, limit: number, steps: Steps): void {
  const { zone } = series;
  forget();
  if (limit <= 0 || fromMs >= toMs) return;
  const fromLocalMs = fromMs === -Infinity ? -Infinity : zone.earliestLocalMs(fromMs);
  const endLocalMs = toMs === Infinity ? LOCAL_END_MS : zone.latestLocalMs(toMs);
  const reach = { fromLocalMs, endLocalMs };
  const source = openAll(series, series.rrules ?? [], reach, steps);
  const isExcluded = exclusions(series, reach, steps);
  const dates = singleDates(series, fromMs, toMs, steps);

  for (;;) {
    // With a limit no more are asked for than are missing; what is excluded makes another round.
    const count = source.take(walls, Math.min(HANDFUL, Math.max(1, limit - countOfStarts())));
    if (count === 0) break;
    zone.toEpochMsAll(walls, count, instants);
    if (isExcluded === null && dates === null) addStarts(walls, instants, count, fromMs, toMs);
    else addOneByOne(count);
    if (countOfStarts() >= limit && isSettled(startMsAt(limit - 1), walls[count - 1]!, zone)) break;
  }
  if (dates !== null && countOfStarts() < limit) dates.addUntil(Infinity);

  function addOneByOne(count: number): void {
    for (let i = 0; i < count; i++) {
      const localMs = walls[i]!;
      const epochMs = instants[i]!;
      if (epochMs < fromMs || epochMs >= toMs) continue;
      if (isExcluded !== null && isExcluded(localMs, epochMs)) continue;
      if (dates !== null && dates.nextMs <= epochMs) dates.addUntil(epochMs);
      addStart(localMs, epochMs);
    }
  }
}

/** Whether nothing after the wall time `localMs` can still come before an instant. */
function isSettled(epochMs: number, localMs: number, zone: Zone): boolean {
  return zone.toEpochMs(localMs) >= epochMs && localMs >= zone.toLocalMs(epochMs);
}

/** What stands for itself in a series: RDATE, and DTSTART where it always happens. */
type SingleDates = {
  /** The next that has not been added. */
  nextMs: number;
  /** Adds all up to an instant. */
  addUntil(epochMs: number): void;
};

function singleDates(series: Series, fromMs: number, toMs: number, steps: Steps): SingleDates | null {
  const { startLocalMs, zone, rdatesMs = [], exdatesMs = [], exrules = [], includesStart = false } = series;
  if (rdatesMs.length === 0 && !includesStart) return null;
  const startMs = zone.toEpochMs(startLocalMs);
  const dates = inOrder(includesStart ? [...rdatesMs, startMs] : rdatesMs);
  const excluded = exdatesMs.length === 0 ? null : new Set(exdatesMs);
  let index = firstAtOrAfter(dates, fromMs);
  const nextMs = () => (index < dates.length && dates[index]! < toMs ? dates[index]! : Infinity);
  const single: SingleDates = {
    nextMs: nextMs(),
    addUntil(epochMs) {
      for (; single.nextMs <= epochMs && single.nextMs < Infinity; single.nextMs = nextMs()) {
        const dateMs = dates[index++]!;
        // The start keeps the name it was given, even where the clocks skip it.
        const localMs = includesStart && dateMs === startMs ? startLocalMs : zone.toLocalMs(dateMs);
        if (excluded?.has(dateMs) || exrules.some((rule) => names(series, rule, localMs, steps))) continue;
        addStart(localMs, dateMs);
      }
    },
  };
  return single;
}

/** Whether a rule names a wall time; it seeks there. */
function names(series: Series, rule: Rule, localMs: number, steps: Steps): boolean {
  const one = new Float64Array(1);
  const reach = { fromLocalMs: localMs, endLocalMs: localMs + 1 };
  return openRule({ ...series, includesStart: false }, rule, reach, steps).take(one, 1) === 1 && one[0] === localMs;
}

/** Sorted, and the list itself where it is so already, as it nearly always is. */
function inOrder(list: readonly number[]): readonly number[] {
  for (let i = 1; i < list.length; i++) {
    if (list[i - 1]! > list[i]!) return list.toSorted((one, other) => one - other);
  }
  return list;
}

/** The latest start before an instant: windows that grow eightfold, backwards, until one holds something. */
function lastBefore(series: Series, beforeMs: number, steps: Steps): Found {
  const startMs = firstPossibleMs(series);
  for (let lengthMs = HOUR_MS; ; lengthMs *= 8) {
    const fromMs = beforeMs - lengthMs;
    const { epochMs, localMs } = collect(series, fromMs, beforeMs, Infinity, steps);
    if (epochMs.length > 0) return { epochMs: epochMs.slice(-1), localMs: localMs.slice(-1) };
    if (fromMs <= startMs || steps.left < 0) return { epochMs, localMs };
  }
}

function firstPossibleMs({ startLocalMs, rdatesMs = [] }: Series): number {
  return rdatesMs.reduce((least, ms) => Math.min(least, ms), startLocalMs - DAY_MS);
}

/** The wall times between which a window can find something. */
type Reach = { readonly fromLocalMs: number; readonly endLocalMs: number };

function openRule(series: Series, rule: Rule, { fromLocalMs, endLocalMs }: Reach, steps: Steps): Cursor {
  const plan = plannedRule(series, rule, endLocalMs, steps);
  const cursor = openCursor(plan, Math.max(fromLocalMs, series.startLocalMs), steps);
  const { zone, isDate } = series;
  const untilMs = rule.until?.form === "utc" && !isDate && zone !== UTC ? rule.until.localMs : null;
  // UNTIL in UTC is an instant. In a gap a wall time may still be early enough though its instant is not.
  if (untilMs === null || zone.earliestLocalMs(untilMs) === zone.toLocalMs(untilMs)) return cursor;
  return {
    take(into, room) {
      let kept = 0;
      for (
        let count = cursor.take(into, room);
        count > 0 && kept === 0;
        count = kept > 0 ? 0 : cursor.take(into, room)
      ) {
        for (let i = 0; i < count; i++) if (zone.toEpochMs(into[i]!) <= untilMs) into[kept++] = into[i]!;
      }
      return kept;
    },
  };
}

function plannedRule(series: Series, rule: Rule, endLocalMs: number, steps: Steps): PlannedRule {
  const { startLocalMs, zone, isDate = false, includesStart = false } = series;
  const lastLocalMs = Math.min(endLocalMs - 1, lastWallTime(rule, zone, isDate));
  const count = rule.count ?? Infinity;
  const plan = planRule(rule, startLocalMs, { isDate, lastLocalMs, count });
  if (count === Infinity || !includesStart) return plan;
  // RFC 5545 §3.3.10: DTSTART always counts as the first of COUNT, whether the rule names it or not.
  const first = new Float64Array(1);
  openCursor({ ...plan, count: Infinity }, startLocalMs, steps).take(first, 1);
  return first[0] === startLocalMs ? plan : { ...plan, count: count - 1 };
}

function lastWallTime({ until }: Rule, zone: Zone, isDate: boolean): number {
  if (until === null) return Infinity;
  const endOfDayMs = (Math.floor(until.localMs / DAY_MS) + 1) * DAY_MS - 1;
  if (isDate || until.form === "date") return endOfDayMs; // The day is meant, whichever form the other has.
  return until.form === "utc" ? zone.toLocalMs(until.localMs) : until.localMs;
}

function openAll(series: Series, rules: readonly Rule[], reach: Reach, steps: Steps): Cursor {
  if (rules.length === 1) return openRule(series, rules[0]!, reach, steps);
  return merged(rules.map((rule) => openRule(series, rule, reach, steps)));
}

/** Several rising sequences as one, each wall time once. */
function merged(cursors: readonly Cursor[]): Cursor {
  if (cursors.length === 0) return NOTHING;
  const readers = cursors.map(readerOf);
  return {
    take(into, room) {
      let count = 0;
      for (; count < room; count++) {
        let localMs = Infinity;
        for (const { head } of readers) localMs = Math.min(localMs, head());
        if (localMs === Infinity) break;
        for (const { head, drop } of readers) if (head() === localMs) drop();
        into[count] = localMs;
      }
      return count;
    },
  };
}

/** One wall time after the other; `Infinity` once there are no more. */
type Reader = { head(): number; drop(): void };

/** Sequences that are compared with others are asked for fewer at a time: much of it may not be needed. */
const FEW = 16;

function readerOf(cursor: Cursor): Reader {
  const few = new Float64Array(FEW);
  let index = 0;
  let count = cursor.take(few, FEW);
  return {
    head: () => (index < count ? few[index]! : Infinity),
    drop() {
      if (++index < count) return;
      index = 0;
      count = cursor.take(few, FEW);
    },
  };
}

/** What EXDATE and EXRULE take out of the rules, asked in rising order of wall times; null when there are none. */
function exclusions(
  series: Series,
  reach: Reach,
  steps: Steps,
): ((localMs: number, epochMs: number) => boolean) | null {
  const { exrules = [], exdatesMs = [] } = series;
  if (exrules.length === 0) return exdatesMs.length === 0 ? null : excludedDates(exdatesMs);
  const isDate = excludedDates(exdatesMs);
  const { head, drop } = readerOf(openAll({ ...series, includesStart: false }, exrules, reach, steps));
  return (localMs, epochMs) => {
    while (head() < localMs) drop();
    return head() === localMs || isDate(localMs, epochMs);
  };
}

function excludedDates(exdatesMs: readonly number[]): (localMs: number, epochMs: number) => boolean {
  const dates = inOrder(exdatesMs);
  let index = 0;
  let lastMs = -Infinity;
  let nextMs = dates[0] ?? Infinity;
  return (_, epochMs) => {
    if (epochMs > lastMs && epochMs < nextMs) return false;
    index = firstAtOrAfter(dates, epochMs); // Instants may fall back where the clocks skip: so it is looked up.
    lastMs = index === 0 ? -Infinity : dates[index - 1]!;
    nextMs = dates[index] ?? Infinity;
    return nextMs === epochMs;
  };
}
