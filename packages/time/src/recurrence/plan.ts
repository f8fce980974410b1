import { DAY_MS } from "../civil.ts";
import type { Zone } from "../zone.ts";
import { expand, type ExpansionRefusal, type Window } from "./expand.ts";
import type { Rule } from "./rule.ts";
import type { Series } from "./series.ts";

/** How long something lasts: whole days by the wall, the rest by the stopwatch. */
export type Length = { readonly days: number; readonly ms: number };

/** A wall time and where it is read; `isDate` means the whole day. */
export type Place = { readonly startLocalMs: number; readonly zone: Zone; readonly isDate: boolean };

/**
 * A repeating commitment, whatever it is kept in: a place and length, rules, and what is different on some of its
 * occurrences. An occurrence is called by its *name*: the wall time that the series gives it (`Expansion.localMs`),
 * which stays its name wherever it is moved. Details are the caller's own; overrides patch them.
 */
export type Plan<Details extends object> = Place & {
  readonly length: Length;
  readonly details: Details;
  readonly rrules: readonly Rule[];
  readonly exrules: readonly Rule[];
  /** Names of further occurrences, and of those that do not happen. */
  readonly added: readonly number[];
  readonly excluded: readonly number[];
  readonly overrides: ReadonlyMap<number, Override<Details>>;
};

/** What one occurrence does not share with its series; all else it goes on sharing. */
export type Override<Details extends object> = {
  readonly place?: Place;
  readonly length?: Length;
  readonly details?: Partial<Details>;
};

/** One occurrence as it really happens. */
export type Occurrence<Details extends object> = Place & {
  readonly name: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly length: Length;
  readonly details: Details;
};

/** The plan as a series that can be expanded: its start always happens. */
export function seriesOfPlan<Details extends object>(plan: Plan<Details>): Series {
  const { startLocalMs, zone, isDate, rrules, exrules, added, excluded } = plan;
  const instant = (name: number) => zone.toEpochMs(name);
  return {
    startLocalMs,
    zone,
    isDate,
    includesStart: true,
    rrules,
    exrules,
    rdatesMs: added.map(instant),
    exdatesMs: excluded.map(instant),
  };
}

/**
 * The occurrences whose names lie in a window, in order of names: a window selects by where the series has them, so that
 * each is found in exactly one of two neighbouring windows wherever it was moved.
 */
export function occurrencesOf<Details extends object>(
  plan: Plan<Details>,
  window: Window,
): { readonly occurrences: readonly Occurrence<Details>[]; readonly refused: ExpansionRefusal | null } {
  const { localMs, refused } = expand(seriesOfPlan(plan), window);
  return { occurrences: localMs.map((name) => occurrenceNamed(plan, name)), refused };
}

/** The occurrence of a name, which must be one. */
export function occurrenceNamed<Details extends object>(plan: Plan<Details>, name: number): Occurrence<Details> {
  const override = plan.overrides.get(name);
  const { startLocalMs, zone, isDate } = override?.place ?? { ...plan, startLocalMs: name };
  const length = override?.length ?? plan.length;
  const startMs = zone.toEpochMs(startLocalMs);
  const endMs = Math.max(startMs, endOf(startLocalMs, length, zone));
  const details = override?.details === undefined ? plan.details : { ...plan.details, ...override.details };
  return { name, startLocalMs, zone, isDate, startMs, endMs, length, details };
}

/** When what starts at a wall time ends: days are counted on the wall, so that a date of 25 hours is one day. */
export function endOf(startLocalMs: number, { days, ms }: Length, zone: Zone): number {
  return zone.toEpochMs(startLocalMs + days * DAY_MS) + ms;
}

/** Whether a name is one of an occurrence that happens. */
export function hasOccurrence<Details extends object>(plan: Plan<Details>, name: number): boolean {
  const fromMs = plan.zone.toEpochMs(name);
  return expand(seriesOfPlan(plan), { kind: "between", fromMs, toMs: fromMs + 1 }).localMs[0] === name;
}
