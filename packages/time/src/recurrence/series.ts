import { DAY_MS } from "../civil.ts";
import { UTC, type Zone } from "../zone.ts";
import { NOTHING, openCursor, planRule, type Cursor, type PlannedRule, type Steps } from "./cursor.ts";
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

/** The wall times between which a window can find something: `[fromLocalMs, endLocalMs)`. */
export type Reach = { readonly fromLocalMs: number; readonly endLocalMs: number };

/** The wall times that the rules of a series name and its EXRULEs do not. */
export function openSeries(series: Series, reach: Reach, steps: Steps): Cursor {
  const { rrules = [], exrules = [] } = series;
  const named = openAll(series, rrules, reach, steps);
  return exrules.length === 0 ? named : difference(named, openExcluding(series, exrules, reach, steps));
}

/** Whether an EXRULE names a wall time; each seeks there. */
export function isExcludedByRule(series: Series, localMs: number, steps: Steps): boolean {
  const { exrules = [] } = series;
  if (exrules.length === 0) return false;
  const reach = { fromLocalMs: localMs, endLocalMs: localMs + 1 };
  const one = [NaN];
  return openExcluding(series, exrules, reach, steps).write(one, 0, 1) === 1 && one[0] === localMs;
}

/** What a rule excludes is what it names itself: a start off the rule is not excluded, nor does it count. */
function openExcluding(series: Series, exrules: readonly Rule[], reach: Reach, steps: Steps): Cursor {
  return openAll({ ...series, includesStart: false }, exrules, reach, steps);
}

function openAll(series: Series, rules: readonly Rule[], reach: Reach, steps: Steps): Cursor {
  if (rules.length === 1) return openRule(series, rules[0]!, reach, steps);
  return union(rules.map((rule) => openRule(series, rule, reach, steps)));
}

function openRule(series: Series, rule: Rule, { fromLocalMs, endLocalMs }: Reach, steps: Steps): Cursor {
  const plan = plannedRule(series, rule, endLocalMs, steps);
  steps.left -= plan.times.length >> 2; // They have been listed: up to 86,400, which takes a millisecond.
  const cursor = openCursor(plan, Math.max(fromLocalMs, series.startLocalMs), steps);
  const { zone, isDate } = series;
  const untilMs = rule.until?.form === "utc" && !isDate && zone !== UTC ? rule.until.localMs : null;
  // UNTIL in UTC is an instant. In a gap a wall time may still be early enough though its instant is not.
  if (untilMs === null || zone.earliestLocalMs(untilMs) === zone.toLocalMs(untilMs)) return cursor;
  return filtered(cursor, (localMs) => zone.toEpochMs(localMs) <= untilMs);
}

function plannedRule(series: Series, rule: Rule, endLocalMs: number, steps: Steps): PlannedRule {
  const { startLocalMs, zone, isDate = false, includesStart = false } = series;
  const lastLocalMs = Math.min(endLocalMs - 1, lastWallTime(rule, zone, isDate));
  const count = rule.count ?? Infinity;
  const plan = planRule(rule, startLocalMs, { isDate, lastLocalMs, count });
  if (plan.count === Infinity || plan.count === 0 || !includesStart) return plan;
  // RFC 5545 §3.3.10: DTSTART always counts as the first of COUNT, whether the rule names it or not.
  const first = [NaN];
  const isFound = openCursor({ ...plan, count: Infinity }, startLocalMs, steps).write(first, 0, 1) === 1;
  if (!isFound) return { ...plan, count: 0 }; // It never happens: nobody needs to look again.
  return first[0] === startLocalMs ? plan : { ...plan, count: count - 1 };
}

function lastWallTime({ until }: Rule, zone: Zone, isDate: boolean): number {
  if (until === null) return Infinity;
  const endOfDayMs = (Math.floor(until.localMs / DAY_MS) + 1) * DAY_MS - 1;
  if (isDate || until.form === "date") return endOfDayMs; // The day is meant, whichever form the other has.
  return until.form === "utc" ? zone.toLocalMs(until.localMs) : until.localMs;
}

/** Several rising sequences as one, each wall time once. */
function union(cursors: readonly Cursor[]): Cursor {
  if (cursors.length === 0) return NOTHING;
  const readers = cursors.map(readerOf);
  return {
    write(into, from, end) {
      let at = from;
      for (; at < end; at++) {
        let localMs = Infinity;
        for (const { head } of readers) localMs = Math.min(localMs, head());
        if (localMs === Infinity) break;
        for (const { head, drop } of readers) if (head() === localMs) drop();
        into[at] = localMs;
      }
      return at;
    },
    seek(localMs) {
      for (const { seek } of readers) seek(localMs);
    },
    // Those that two rules name have to be made twice to be known as one.
    ahead: (most) => cursors.reduce((sum, { ahead }) => sum + ahead(most), 0),
  };
}

/** What one rising sequence names and another does not: the other is asked about what the one names, wherever that is. */
function difference(cursor: Cursor, excluded: Cursor): Cursor {
  const { head, seek } = readerOf(excluded);
  return filtered(cursor, (localMs) => {
    seek(localMs);
    return head() !== localMs;
  });
}

function filtered(cursor: Cursor, isKept: (localMs: number) => boolean): Cursor {
  const { seek, ahead } = cursor; // What is left out has to be made first.
  return {
    write(into, from, end) {
      let kept = from;
      let until = end;
      while (kept === from && until > from) {
        until = cursor.write(into, from, end);
        for (let i = from; i < until; i++) if (isKept(into[i]!)) into[kept++] = into[i]!;
      }
      return kept;
    },
    seek,
    ahead,
  };
}

/** One wall time after the other; `Infinity` once there are no more. */
type Reader = { head(): number; drop(): void; seek(localMs: number): void };

/** Sequences that are compared with others are asked for fewer at a time: much of it may not be needed. */
const FEW = 16;

function readerOf(cursor: Cursor): Reader {
  const few = Array.from({ length: FEW }, () => NaN);
  let index = 0;
  let count = 0;
  fill(FEW);
  return {
    head: () => (index < count ? few[index]! : Infinity),
    drop() {
      if (++index >= count) fill(FEW);
    },
    /** Two that are as dense go side by side; one that is far denser is asked for one time at a time. */
    seek(localMs) {
      pass(localMs);
      if (index < count || count === 0) return;
      fill(Math.min(FEW, 2 * count));
      pass(localMs);
      if (index < count || count === 0) return;
      cursor.seek(localMs);
      fill(1);
    },
  };

  function fill(most: number): void {
    index = 0;
    count = cursor.write(few, 0, most);
  }

  function pass(localMs: number): void {
    while (index < count && few[index]! < localMs) index++;
  }
}
