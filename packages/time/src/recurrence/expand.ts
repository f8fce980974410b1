import { assert } from "@hourwright/std";
import { DAY_MS, HOUR_MS } from "../civil.ts";
import type { Zone } from "../zone.ts";
import { LOCAL_END_MS, isBelowADay, type Steps } from "./cursor.ts";
import type { Rule } from "./rule.ts";
import { isExcludedByRule, openSeries, type Series } from "./series.ts";
import {
  addStarts,
  alone,
  countOfStarts,
  dropAfter,
  dropBefore,
  forget,
  startMsAt,
  startsTaken,
  takeStarts,
} from "./starts.ts";

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
 * names, which the clocks may skip. When refused, what was found before the budget ran out is still there; nothing
 * was looked for where it was known to be too much.
 */
export type Expansion = {
  readonly epochMs: number[];
  readonly localMs: number[];
  readonly refused: ExpansionRefusal | null;
};

/**
 * Default budget: a year of minutes fits, a year of seconds is refused, at once. Twenty rules that never happen fit as
 * well: the 21,000 weeks of 400 years, entered and searched, are the most of one. The slowest steps cost 50 ns each.
 */
export const STEPS_MAX = 1_000_000;
/** One commitment with more rules than this is an attack; the merge is linear in their number. */
export const RULES_MAX = 64;

/**
 * Steps that several calls share, so that a file of a thousand hostile series costs what a few may: a call takes at most
 * `each` of them, and of what is `left` no more than there is. It takes off what it took.
 */
export type StepBudget = { readonly each: number; left: number };

/**
 * The occurrences of a series within a window. Seeks: a window a century away costs what one near the start costs,
 * except that COUNT beside a limit has to be counted. Never more steps than the budget has; beyond, it is refused:
 * before anything is made where that is known from the rule, as it is of every second of a year.
 */
export function expand(series: Series, window: Window, budget: number | StepBudget = STEPS_MAX): Expansion {
  const refused = refusalOf(series, window);
  if (refused !== null) return { epochMs: [], localMs: [], refused };
  return spending(budget, (steps) => {
    const fits = gatherWindow(series, window, steps);
    const { epochMs, localMs } = startsTaken();
    return { epochMs, localMs, refused: fits ? null : tooManySteps(budget) };
  });
}

/** The first occurrences at or after an instant. */
export function nextOccurrences(
  series: Series,
  fromMs: number,
  limit: number,
  budget: number | StepBudget = STEPS_MAX,
): Expansion {
  return expand(series, { kind: "from", fromMs, limit }, budget);
}

/** How many occurrences start in `[fromMs, toMs)`; none of them is made. 10 ns each. */
export function countOccurrences(
  series: Series,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  budget: number | StepBudget = STEPS_MAX,
): { readonly count: number; readonly refused: ExpansionRefusal | null } {
  const window: Window = { kind: "between", fromMs, toMs };
  const refused = refusalOf(series, window);
  if (refused !== null) return { count: 0, refused };
  return spending(budget, (steps) => {
    const fits = gatherWindow(series, window, steps);
    return { count: countOfStarts(), refused: fits ? null : tooManySteps(budget) };
  });
}

function spending<Answer>(budget: number | StepBudget, ask: (steps: Steps) => Answer): Answer {
  const most = typeof budget === "number" ? budget : Math.min(budget.each, budget.left);
  const steps: Steps = { left: most };
  const answer = alone(ask, steps);
  if (typeof budget !== "number") budget.left -= most - Math.max(0, steps.left);
  return answer;
}

function tooManySteps(budget: number | StepBudget): ExpansionRefusal {
  const each = typeof budget === "number" ? budget : budget.each;
  const isOnly = typeof budget === "number" || budget.left >= each;
  const message = isOnly
    ? `The rule needs more than ${each} steps; ask for a shorter window.`
    : "The rules asked for together need too many steps; ask for fewer at a time, or for a shorter window.";
  return { code: "too-many-steps", message };
}

function refusalOf({ rrules = NO_RULES, exrules = NO_RULES, isDate }: Series, window: Window): ExpansionRefusal | null {
  const atMs = window.kind === "before" ? window.beforeMs : window.fromMs;
  assert(window.kind === "before" ? Number.isFinite(atMs) : !Number.isNaN(atMs), "a window begins at an instant");
  if (rrules.length + exrules.length > RULES_MAX) {
    return { code: "too-many-rules", message: `A series has at most ${RULES_MAX} rules.` };
  }
  if (window.kind === "from" && window.limit === null && rrules.some((rule) => !isFinite(rule))) {
    return { code: "endless", message: "The series has no end; ask for a window or a number of occurrences." };
  }
  if (isDate && (rrules.some(isBelowADay) || exrules.some(isBelowADay))) {
    return { code: "sub-daily-date", message: "An all-day series cannot repeat by hours, minutes or seconds." };
  }
  return null;
}

const NO_RULES: readonly Rule[] = [];
const isFinite = (rule: Rule) => rule.count !== null || rule.until !== null;

/** Gathers in columns (see starts.ts); false when the steps do not suffice. */
function gatherWindow(series: Series, window: Window, steps: Steps): boolean {
  if (window.kind === "before") return gatherLast(series, window.beforeMs, steps);
  const toMs = window.kind === "between" ? window.toMs : Infinity;
  return gather(series, window.fromMs, toMs, window.limit ?? Infinity, steps);
}

/** Gathers the first `limit` starts within `[fromMs, toMs)`. */
function gather(series: Series, fromMs: number, toMs: number, limit: number, steps: Steps): boolean {
  const { zone, exdatesMs = NO_DATES } = series;
  forget();
  if (limit <= 0 || !(fromMs < toMs)) return true;
  const fromLocalMs = fromMs === -Infinity ? -Infinity : zone.earliestLocalMs(fromMs);
  const endLocalMs = toMs === Infinity ? LOCAL_END_MS : zone.latestLocalMs(toMs);
  const rules = openSeries(series, { fromLocalMs, endLocalMs }, steps);
  // What is known not to fit is refused before anything is made.
  if (limit > steps.left && rules.ahead(steps.left) > steps.left) return false;
  const excludedMs = inOrder(exdatesMs);
  for (let more = 1; ; more *= 2) {
    // With a limit few more are asked for than are missing; what is excluded makes another round, of twice as many.
    const lastLocalMs = takeStarts(rules, zone, excludedMs, Math.max(more, limit - countOfStarts()));
    dropBefore(fromMs);
    if (lastLocalMs === null) break;
    if (countOfStarts() >= limit && isSettled(startMsAt(limit - 1), lastLocalMs, zone)) break;
  }
  addSingleDates(series, fromMs, toMs, steps);
  dropAfter(toMs, limit);
  return steps.left >= 0;
}

const NO_DATES: readonly number[] = [];

/** Whether nothing after the wall time `localMs` can still come before an instant. */
function isSettled(epochMs: number, localMs: number, zone: Zone): boolean {
  return zone.toEpochMs(localMs) >= epochMs && localMs >= zone.toLocalMs(epochMs);
}

/** What stands for itself in a series: RDATE, and DTSTART where it always happens. */
function addSingleDates(series: Series, fromMs: number, toMs: number, steps: Steps): void {
  const { startLocalMs, zone, rdatesMs = NO_DATES, exdatesMs = NO_DATES, includesStart = false } = series;
  if (rdatesMs.length === 0 && !includesStart) return;
  const startMs = zone.toEpochMs(startLocalMs);
  // The start keeps the name it was given, even where the clocks skip it.
  const nameOf = (ms: number) => (includesStart && ms === startMs ? startLocalMs : zone.toLocalMs(ms));
  const excluded = new Set(exdatesMs);
  const dates = inOrder(includesStart ? [...rdatesMs, startMs] : rdatesMs);
  const happens = (ms: number, i: number) =>
    ms >= fromMs &&
    ms < toMs &&
    ms !== dates[i - 1] &&
    !excluded.has(ms) &&
    steps.left >= 0 && // Else it is refused in any case, and a rule may be dear to open.
    !isExcludedByRule(series, nameOf(ms), steps);
  addStarts(dates.filter(happens), nameOf);
}

/** Sorted, and the list itself where it is so already, as it nearly always is. */
function inOrder(list: readonly number[]): readonly number[] {
  for (let i = 1; i < list.length; i++) {
    if (list[i - 1]! > list[i]!) return list.toSorted((one, other) => one - other);
  }
  return list;
}

/** Gathers the latest start before an instant: backwards in stretches that double, until one holds something. */
function gatherLast(series: Series, beforeMs: number, steps: Steps): boolean {
  const startMs = firstPossibleMs(series);
  let toMs = beforeMs;
  for (let lengthMs = HOUR_MS; ; lengthMs *= 2) {
    const fromMs = toMs - lengthMs;
    const fits = gather(series, fromMs, toMs, Infinity, steps);
    const count = countOfStarts();
    if (count > 0) dropBefore(startMsAt(count - 1));
    if (count > 0 || fromMs <= startMs || !fits) return fits;
    toMs = fromMs;
  }
}

function firstPossibleMs({ startLocalMs, rdatesMs = [] }: Series): number {
  return rdatesMs.reduce((least, ms) => Math.min(least, ms), startLocalMs - DAY_MS);
}
