import { DAY_MS, SECOND_MS, dateOf } from "../civil.ts";
import { UTC, type Zone } from "../zone.ts";
import { explicitRule } from "./cursor.ts";
import { expand } from "./expand.ts";
import type { Rule } from "./rule.ts";

/** Where a series starts: a wall time and its zone; `isDate` means whole days. */
type Place = { readonly startLocalMs: number; readonly zone: Zone; readonly isDate: boolean };

/** What of the rules holds before a name, and what from there on: rules, and single dates where no rule can say it. */
export type RuleHalves = {
  readonly before: readonly Rule[];
  readonly after: readonly Rule[];
  readonly dates: readonly number[];
};

export type SplitRefusal = { readonly code: "cannot-split-here" | "too-many-steps"; readonly message: string };

export type SplitOptions = {
  /** Whether the start is the first of COUNT, on the rule or not (SPEC RC6): of an RRULE yes, of an EXRULE no. */
  readonly countsStart: boolean;
  /** Whether anything is wanted from the name on. */
  readonly goesOn: boolean;
};

/** A rule that no second start can carry is written as so many dates at most; a year of days. */
export const DATES_MAX = 366;

/**
 * The rules of a series that starts at `place`, split at the name of an occurrence, which is where the second series
 * starts. A rule with INTERVAL counts its periods from the start: where the new one lies in none of them, it goes on as
 * months of the year, or as dates when it ends soon; else the split is refused. Costs a few expansions a rule.
 */
export function splitRules(
  place: Place,
  rules: readonly Rule[],
  name: number,
  options: SplitOptions,
): RuleHalves | { readonly refused: SplitRefusal } {
  const before: Rule[] = [];
  const after: Rule[] = [];
  const dates: number[] = [];
  for (const rule of rules) {
    const halves = splitRule(place, rule, name, options);
    if ("refused" in halves) return halves;
    before.push(...halves.before);
    after.push(...halves.after);
    dates.push(...halves.dates);
  }
  return { before, after, dates };
}

function splitRule(
  place: Place,
  rule: Rule,
  name: number,
  { countsStart, goesOn }: SplitOptions,
): RuleHalves | { readonly refused: SplitRefusal } {
  const { startLocalMs } = place;
  if (lastLocalMs(place, rule) < name) return { before: [rule], after: [], dates: [] };
  const endless: Rule = { ...rule, count: null, until: null };
  const costsOne = (start: number) => (countsStart && namesOf(place, endless, start, start + 1).length === 0 ? 1 : 0);
  let left: number | null = null;
  let before: Rule = { ...rule, until: justBefore(place, name) };
  if (rule.count !== null) {
    const total = rule.count - costsOne(startLocalMs);
    const earlier = earlierCount(place, endless, name, total);
    if (earlier === null) return refuse("too-many-steps", "The series is too long to be counted.");
    left = total - earlier;
    before = { ...rule, count: total - left + costsOne(startLocalMs) };
    if (earlier === 0) return withAfter([]);
  }
  return withAfter([before]);

  function withAfter(first: readonly Rule[]): RuleHalves | { readonly refused: SplitRefusal } {
    if (left === 0 || !goesOn) return { before: first, after: [], dates: [] };
    const going = continuation(place, endless, name);
    if (going !== null) {
      const count = left === null ? null : left + costsOne(name);
      return { before: first, after: [{ ...going, count, until: rule.until }], dates: [] };
    }
    const dates = datesOf(place, { ...endless, until: rule.until }, name, left ?? Infinity);
    if (dates !== null) return { before: first, after: [], dates };
    const sentence = "Another rule of the series counts periods that do not begin on this date, and goes on for long";
    return refuse("cannot-split-here", `${sentence}; choose a date that it names too.`);
  }
}

function refuse(code: SplitRefusal["code"], message: string): { readonly refused: SplitRefusal } {
  return { refused: { code, message } };
}

/** UNTIL as a wall time (SPEC RC4): exact even where the clocks skip; iCalendar is written in UTC by its printer. */
function justBefore({ isDate }: Place, name: number): Rule["until"] {
  return isDate ? { form: "date", localMs: name - DAY_MS } : { form: "local", localMs: name - SECOND_MS };
}

/** The last wall time that UNTIL allows. */
function lastLocalMs({ zone, isDate }: Place, { until }: Rule): number {
  if (until === null) return Infinity;
  if (isDate || until.form === "date") return Math.floor(until.localMs / DAY_MS) * DAY_MS + DAY_MS - 1;
  return until.form === "utc" ? zone.toLocalMs(until.localMs) : until.localMs;
}

/** The endless rule as one that names the same from a later start on; null when there is none. */
function continuation(place: Place, endless: Rule, name: number): Rule | null {
  const explicit = explicitRule(endless, place.startLocalMs, place.isDate);
  if (endless.interval === 1) return explicit;
  const candidates = [explicit, asMonthsOfYear(explicit, place.startLocalMs)];
  return candidates.find((rule) => rule !== null && goesOnAlike(place, endless, rule, name)) ?? null;
}

/** "Every third month" as the months of a year that it means, where these are the same every year. */
function asMonthsOfYear(rule: Rule, startLocalMs: number): Rule | null {
  const { frequency, interval, bySetPosition, byWeekNumber, skip } = rule;
  if (frequency !== "MONTHLY" || 12 % interval !== 0 || skip !== "OMIT") return null;
  if (bySetPosition.length > 0 || byWeekNumber.length > 0) return null;
  const first = dateOf(Math.floor(startLocalMs / DAY_MS)).month % interval;
  const months = Array.from({ length: 12 }, (_, i) => i + 1).filter((month) => month % interval === first);
  const byMonth = rule.byMonth.length === 0 ? months : months.filter((month) => rule.byMonth.includes(month));
  return byMonth.length === 0 ? null : { ...rule, frequency: "YEARLY", interval: 1, byMonth };
}

/** Periods counted from another start have none in common, so that the first times tell; some more cost nothing. */
const COMPARED = 12;

function goesOnAlike(place: Place, rule: Rule, going: Rule, name: number): boolean {
  const window = { kind: "from" as const, fromMs: name, limit: COMPARED };
  const was = expand(inWallTime(place, rule), window);
  const is = expand(inWallTime({ ...place, startLocalMs: name }, going), window);
  if (was.refused !== null || is.refused !== null) return false;
  return was.epochMs.length === is.epochMs.length && was.epochMs.every((ms, i) => ms === is.epochMs[i]);
}

/**
 * What a rule names from a name on, as dates; null when they are too many, or one is in a gap of the clocks: as a date
 * it would be called by another wall time.
 */
function datesOf(place: Place, rule: Rule, name: number, left: number): readonly number[] | null {
  const { zone, startLocalMs, isDate } = place;
  if (left === Infinity && rule.until === null) return null;
  const series = { startLocalMs, zone, isDate, rrules: [rule] };
  const limit = Math.min(left, DATES_MAX + 1);
  const { localMs, refused } = expand(series, { kind: "from", fromMs: zone.toEpochMs(name), limit });
  const isReal = (ms: number) => zone.toLocalMs(zone.toEpochMs(ms)) === ms;
  return refused === null && localMs.length <= DATES_MAX && localMs.every(isReal) ? localMs : null;
}

/** The wall times that a rule names, alone, whatever the clocks make of them. */
function namesOf(place: Place, rule: Rule, fromMs: number, toMs: number): readonly number[] {
  return expand(inWallTime(place, rule), { kind: "between", fromMs, toMs }).localMs;
}

function earlierCount(place: Place, rule: Rule, name: number, total: number): number | null {
  const window = { kind: "between" as const, fromMs: place.startLocalMs, toMs: name };
  const { epochMs, refused } = expand(inWallTime(place, rule), window);
  return refused === null ? Math.min(total, epochMs.length) : null;
}

function inWallTime({ startLocalMs, isDate }: Place, rule: Rule) {
  return { startLocalMs, zone: UTC, isDate, rrules: [rule] };
}
