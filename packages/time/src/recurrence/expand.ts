import { DAY_MS, HOUR_MS } from "../civil.ts";
import { UTC, type Zone } from "../zone.ts";
import { LOCAL_END_MS, openCursor, planRule, type Cursor, type PlannedRule, type Steps } from "./cursor.ts";
import type { Rule } from "./rule.ts";

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

/** Default budget: a year of minutes fits, a year of seconds is refused. The slowest steps cost 50 ns each. */
export const STEPS_MAX = 600_000;
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
  if (steps.left >= 0) return { ...found, refused: null };
  const message = `The rule needs more than ${stepsMax} steps; ask for a shorter window.`;
  return { ...found, refused: { code: "too-many-steps", message } };
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

/** Starts within `[fromMs, toMs)`, the first `limit` of them. */
function collect(series: Series, fromMs: number, toMs: number, limit: number, steps: Steps): Found {
  const { zone } = series;
  const found: Found = { epochMs: [], localMs: [] };
  if (limit <= 0 || fromMs >= toMs) return found;
  const fromLocalMs = fromMs === -Infinity ? -Infinity : zone.earliestLocalMs(fromMs);
  const endLocalMs = toMs === Infinity ? LOCAL_END_MS : zone.latestLocalMs(toMs);
  const next = merged(openAll(series, { fromLocalMs, endLocalMs }, steps));
  const isExcluded = exclusions(series, { fromLocalMs, endLocalMs }, steps);

  for (let localMs = next(); localMs < endLocalMs; localMs = next()) {
    if (found.epochMs.length >= limit && isSettled(found, localMs, zone)) break;
    const epochMs = zone.toEpochMs(localMs);
    if (epochMs < fromMs || epochMs >= toMs || isExcluded(localMs, epochMs)) continue;
    insert(found, localMs, epochMs);
  }
  if (found.epochMs.length > limit) found.epochMs.length = found.localMs.length = limit;
  return found;
}

/**
 * Wall times rise, but instants may not: 02:30 in a gap is 03:30, after the 03:00 that follows it. So each is put in
 * its place from the back; and where two wall times are one instant, it happens once, under its real wall time.
 */
function insert({ epochMs: instants, localMs: walls }: Found, localMs: number, epochMs: number): void {
  let at = instants.length;
  while (at > 0 && instants[at - 1]! > epochMs) at--;
  if (at > 0 && instants[at - 1] === epochMs) walls[at - 1] = Math.max(walls[at - 1]!, localMs);
  else if (at === instants.length) {
    instants.push(epochMs);
    walls.push(localMs);
  } else {
    instants.splice(at, 0, epochMs);
    walls.splice(at, 0, localMs);
  }
}

/** Whether nothing from `localMs` on can still come before the last one found. */
function isSettled({ epochMs }: Found, localMs: number, zone: Zone): boolean {
  return zone.toEpochMs(localMs) >= epochMs.at(-1)! && localMs >= zone.toLocalMs(epochMs.at(-1)!);
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

function openAll(series: Series, reach: Reach, steps: Steps): Cursor[] {
  const { startLocalMs, zone, rrules = [], rdatesMs = [], includesStart = false } = series;
  const cursors = rrules.map((rule) => openRule(series, rule, reach, steps));
  const single = rdatesMs.map((ms) => zone.toLocalMs(ms));
  if (includesStart) single.push(startLocalMs);
  if (single.length > 0) cursors.push(listCursor(single, reach.fromLocalMs));
  return cursors;
}

function openRule(series: Series, rule: Rule, { fromLocalMs, endLocalMs }: Reach, steps: Steps): Cursor {
  const plan = plannedRule(series, rule, endLocalMs, steps);
  const cursor = openCursor(plan, Math.max(fromLocalMs, series.startLocalMs), steps);
  const untilMs = rule.until?.form === "utc" && !series.isDate && series.zone !== UTC ? rule.until.localMs : null;
  if (untilMs === null) return cursor;
  // UNTIL in UTC is an instant. In a gap a wall time may still be early enough though its instant is not.
  return {
    next() {
      for (;;) {
        const localMs = cursor.next();
        if (localMs === Infinity || series.zone.toEpochMs(localMs) <= untilMs) return localMs;
      }
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
  const first = openCursor({ ...plan, count: Infinity }, startLocalMs, steps).next();
  return first === startLocalMs ? plan : { ...plan, count: count - 1 };
}

function lastWallTime({ until }: Rule, zone: Zone, isDate: boolean): number {
  if (until === null) return Infinity;
  const endOfDayMs = (Math.floor(until.localMs / DAY_MS) + 1) * DAY_MS - 1;
  if (isDate || until.form === "date") return endOfDayMs; // The day is meant, whichever form the other has.
  return until.form === "utc" ? zone.toLocalMs(until.localMs) : until.localMs;
}

function listCursor(unsorted: number[], fromLocalMs: number): Cursor {
  const list = unsorted.filter((localMs) => localMs >= fromLocalMs).sort((one, other) => one - other);
  let index = 0;
  return { next: () => (index < list.length ? list[index++]! : Infinity) };
}

/** Several rising sequences as one; nearly always there is a single one. */
function merged(cursors: readonly Cursor[]): () => number {
  if (cursors.length === 0) return () => Infinity;
  if (cursors.length === 1) return cursors[0]!.next;
  const heads = cursors.map((cursor) => cursor.next());
  return () => {
    let least = 0;
    for (let i = 1; i < heads.length; i++) if (heads[i]! < heads[least]!) least = i;
    const localMs = heads[least]!;
    for (let i = 0; i < heads.length; i++) if (heads[i] === localMs) heads[i] = cursors[i]!.next();
    return localMs;
  };
}

function exclusions(series: Series, reach: Reach, steps: Steps): (localMs: number, epochMs: number) => boolean {
  const { exrules = [], exdatesMs = [] } = series;
  const dates = exdatesMs.length === 0 ? null : new Set(exdatesMs);
  if (exrules.length === 0) return dates === null ? () => false : (_, epochMs) => dates.has(epochMs);
  const next = merged(exrules.map((rule) => openRule({ ...series, includesStart: false }, rule, reach, steps)));
  let head = next();
  return (localMs, epochMs) => {
    while (head < localMs) head = next();
    return head === localMs || (dates?.has(epochMs) ?? false);
  };
}
