import { DAY_MS, MINUTE_MS, startOfWeek, type Interval, type Zone } from "@hourwright/time";
import { isoDay, objectionText, type ObjectionFacts } from "./objection.ts";
import type { Rule } from "./rule.ts";
import { minutesOf, type Stretch, type Unified } from "./unify.ts";

/**
 * A rule that does not hold, and where: from the first to the last of what breaks it. `measured` and `by` (how far beyond)
 * are minutes, or days, nights and weekends where the rule counts them.
 */
export type Breach = Interval & {
  readonly rule: Rule;
  readonly measured: number;
  readonly by: number;
  readonly facts: ObjectionFacts;
  /** In English. */
  readonly sentence: string;
};

/** Night work is work of more than two hours between 23:00 and 06:00 (directive 2003/88/EC asks for seven hours around midnight). */
export const NIGHT = { fromMinute: 1_380, toMinute: 1_800, moreThanMinutes: 120 } as const;

/** Work in one piece. */
type Piece = Interval & { readonly day: number };

/** What begins on one day, or touches it: work with its breaks, between two rests. `day`: the last one, what else begins there belongs to it. */
type Spell = Interval & { readonly day: number; workedMinutes: number };

/**
 * Where a schedule breaks rules [RU1] to [RU9], by rule and then by time. What lies outside of the window is not seen: hand in whole
 * weeks, and as many before as the rules look back. Each rule is linear in stretches and days.
 */
export function checkRules(unified: Unified, rules: readonly Rule[]): Breach[] {
  const present = unified.stretches.filter(isPresent);
  const pieces = present.filter(({ kind }) => kind === "work");
  const spells = spellsOf(present);
  return rules.flatMap((rule) => breachesOf(rule, unified, pieces, spells));
}

const isPresent = ({ kind, why }: Stretch): boolean =>
  (kind === "work" || kind === "break") && (why.kind === "shift" || why.kind === "activated");

function spellsOf(present: readonly Stretch[]): Spell[] {
  const spells: Spell[] = [];
  for (const stretch of present) {
    const { startMs, endMs, day } = stretch;
    const worked = stretch.kind === "work" ? minutesOf(stretch) : 0;
    const before = spells.at(-1);
    const isOne = before !== undefined && (before.day === day || before.endMs === startMs);
    if (isOne) spells[spells.length - 1] = { ...before, endMs, day, workedMinutes: before.workedMinutes + worked };
    else spells.push({ startMs, endMs, day, workedMinutes: worked });
  }
  return spells;
}

function breachesOf(rule: Rule, unified: Unified, pieces: readonly Piece[], spells: readonly Spell[]): Breach[] {
  const { zone } = unified;
  switch (rule.kind) {
    case "shift":
      return spells.flatMap((spell) => over(rule, rule.minutesMax, spell.workedMinutes, spell, zone));
    case "day":
      return sumsBy(pieces, ({ day }) => day).flatMap((sum) => over(rule, rule.minutesMax, sum.minutes, sum, zone));
    case "week":
      return sumsBy(pieces, ({ day }) => startOfWeek(day, 1)).flatMap((sum) =>
        over(rule, rule.minutesMax, sum.minutes, sum, zone),
      );
    case "rolling":
      return joined(rollingBreaches(rule, pieces, zone));
    case "rest":
      return spells.slice(1).flatMap((spell, i) => {
        const gap = { startMs: spells[i]!.endMs, endMs: spell.startMs };
        return under(rule, rule.minutesMin, minutesOf(gap), gap, zone);
      });
    case "week-rest":
      return weeksOf(unified).flatMap((week) => under(rule, rule.minutesMin, longestRest(spells, week), week, zone));
    case "days":
      return runsOf([...new Set(pieces.map(({ day }) => day))].sort((a, b) => a - b)).flatMap((run) =>
        overRun(rule, rule.max, run, zone),
      );
    case "nights":
      return runsOf(nightsOf(pieces, zone)).flatMap((run) => overRun(rule, rule.max, run, zone));
    case "weekends":
      return joined(weekendBreaches(rule, unified, pieces));
    case "curfew":
      return curfewBreaches(rule, pieces, zone);
  }
}

function breach(rule: Rule, measured: number, by: number, { startMs, endMs }: Interval, zone: Zone): Breach {
  const [fromDay, untilDay] = [startMs, endMs - 1].map((ms) => isoDay(Math.floor(zone.toLocalMs(ms) / DAY_MS))) as [
    string,
    string,
  ];
  const facts = { kind: "rule", rule, measured, fromDay, untilDay } as const;
  return { rule, startMs, endMs, measured, by, facts, sentence: objectionText(facts) };
}

const over = (rule: Rule, max: number, measured: number, where: Interval, zone: Zone): Breach[] =>
  measured > max ? [breach(rule, measured, measured - max, where, zone)] : [];

const under = (rule: Rule, min: number, measured: number, where: Interval, zone: Zone): Breach[] =>
  measured < min ? [breach(rule, measured, min - measured, where, zone)] : [];

function sumsBy(
  pieces: readonly Piece[],
  keyOf: (piece: Piece) => number,
): (Interval & { readonly minutes: number })[] {
  const sums = new Map<number, Interval & { readonly minutes: number }>();
  for (const piece of pieces) {
    const key = keyOf(piece);
    const before = sums.get(key) ?? { startMs: piece.startMs, endMs: piece.endMs, minutes: 0 };
    const endMs = Math.max(before.endMs, piece.endMs);
    sums.set(key, { startMs: before.startMs, endMs, minutes: before.minutes + minutesOf(piece) });
  }
  return [...sums.values()];
}

/** Most work lies in a window that begins where a piece does: moved there from elsewhere, it loses nothing. Two pointers. */
function rollingBreaches(rule: Rule & { readonly kind: "rolling" }, pieces: readonly Piece[], zone: Zone): Breach[] {
  const breaches: Breach[] = [];
  let [end, minutes] = [0, 0];
  for (const [i, piece] of pieces.entries()) {
    end = Math.max(end, i);
    const untilMs = piece.startMs + rule.days * DAY_MS;
    while (end < pieces.length && pieces[end]!.endMs <= untilMs) minutes += minutesOf(pieces[end++]!);
    const cut = Math.max(0, untilMs - (pieces[end]?.startMs ?? untilMs)) / MINUTE_MS;
    const endMs = cut > 0 ? untilMs : pieces[end - 1]!.endMs;
    breaches.push(...over(rule, rule.minutesMax, minutes + cut, { startMs: piece.startMs, endMs }, zone));
    if (end > i) minutes -= minutesOf(piece);
  }
  return breaches;
}

/** Breaches that overlap are one, as bad as the worst of them. */
function joined(breaches: readonly Breach[]): Breach[] {
  const result: Breach[] = [];
  let endMs = -Infinity;
  for (const each of breaches) {
    const before = result.at(-1);
    if (before === undefined || each.startMs >= endMs) result.push(each);
    else if (each.by > before.by) result[result.length - 1] = each;
    endMs = Math.max(endMs, each.endMs);
  }
  return result;
}

/** The whole weeks of the window. */
function weeksOf({ fromDay, toDay, zone }: Unified): (Interval & { readonly day: number })[] {
  const first = startOfWeek(fromDay + 6, 1);
  const weeks = [];
  for (let day = first; day + 7 <= toDay; day += 7)
    weeks.push({ day, startMs: zone.toEpochMs(day * DAY_MS), endMs: zone.toEpochMs((day + 7) * DAY_MS) });
  return weeks;
}

function longestRest(spells: readonly Spell[], { startMs, endMs }: Interval): number {
  let [longest, freeMs] = [0, startMs];
  for (let i = firstAfter(spells, startMs); i < spells.length && spells[i]!.startMs < endMs; i++) {
    longest = Math.max(longest, spells[i]!.startMs - freeMs);
    freeMs = Math.max(freeMs, spells[i]!.endMs);
  }
  return Math.max(longest, endMs - freeMs) / MINUTE_MS;
}

/** The first that ends after a moment. */
function firstAfter(list: readonly Interval[], ms: number): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]!.endMs <= ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

type Run = { readonly first: number; readonly last: number };

/** Days in order, as runs without a gap. */
function runsOf(days: readonly number[]): Run[] {
  const runs: Run[] = [];
  for (const day of days) {
    const before = runs.at(-1);
    if (before !== undefined && before.last === day - 1) runs[runs.length - 1] = { first: before.first, last: day };
    else if (before?.last !== day) runs.push({ first: day, last: day });
  }
  return runs;
}

function overRun(rule: Rule, max: number, { first, last }: Run, zone: Zone): Breach[] {
  const where = { startMs: zone.toEpochMs(first * DAY_MS), endMs: zone.toEpochMs((last + 1) * DAY_MS) };
  return over(rule, max, last - first + 1, where, zone);
}

/** The days in the nights after which there is night work. */
function nightsOf(pieces: readonly Piece[], zone: Zone): number[] {
  const minutes = new Map<number, number>();
  for (const { night, cut } of cutsByDay(pieces, NIGHT, zone))
    minutes.set(night, (minutes.get(night) ?? 0) + minutesOf(cut));
  return [...minutes].filter(([, each]) => each > NIGHT.moreThanMinutes).map(([night]) => night);
}

/** What of each piece lies between two times of the wall, by the day on which these begin. */
function cutsByDay(
  pieces: readonly Piece[],
  { fromMinute, toMinute }: { readonly fromMinute: number; readonly toMinute: number },
  zone: Zone,
): { readonly night: number; readonly cut: Interval }[] {
  const cuts: { readonly night: number; readonly cut: Interval }[] = [];
  for (const piece of pieces) {
    const first = Math.floor(zone.toLocalMs(piece.startMs) / DAY_MS);
    const last = Math.floor(zone.toLocalMs(piece.endMs) / DAY_MS);
    for (let night = first - 1; night <= last; night++) {
      const startMs = Math.max(piece.startMs, zone.toEpochMs(night * DAY_MS + fromMinute * MINUTE_MS));
      const endMs = Math.min(piece.endMs, zone.toEpochMs(night * DAY_MS + toMinute * MINUTE_MS));
      if (startMs < endMs) cuts.push({ night, cut: { startMs, endMs } });
    }
  }
  return cuts;
}

function weekendBreaches(
  rule: Rule & { readonly kind: "weekends" },
  unified: Unified,
  pieces: readonly Piece[],
): Breach[] {
  const { zone } = unified;
  const weekends = weeksOf(unified).map(({ day }) => {
    const [startMs, endMs] = [zone.toEpochMs((day + 5) * DAY_MS), zone.toEpochMs((day + 7) * DAY_MS)];
    const near = pieces[firstAfter(pieces, startMs)];
    return { startMs, endMs, isFree: near === undefined || near.startMs >= endMs };
  });
  const breaches: Breach[] = [];
  let free = 0;
  for (const [i, { endMs, isFree }] of weekends.entries()) {
    free += Number(isFree) - Number(weekends[i - rule.of]?.isFree ?? false);
    const first = weekends[i - rule.of + 1];
    if (first !== undefined) breaches.push(...under(rule, rule.freeMin, free, { startMs: first.startMs, endMs }, zone));
  }
  return breaches;
}

function curfewBreaches(rule: Rule & { readonly kind: "curfew" }, pieces: readonly Piece[], zone: Zone): Breach[] {
  const isOverMidnight = rule.toMinute < rule.fromMinute;
  const times = { fromMinute: rule.fromMinute, toMinute: rule.toMinute + (isOverMidnight ? 1_440 : 0) };
  const byNight = new Map<number, Interval & { readonly minutes: number }>();
  for (const { night, cut } of cutsByDay(pieces, times, zone)) {
    const { startMs, minutes } = byNight.get(night) ?? { startMs: cut.startMs, minutes: 0 };
    byNight.set(night, { startMs, endMs: cut.endMs, minutes: minutes + minutesOf(cut) });
  }
  return [...byNight.values()].flatMap((found) => over(rule, 0, found.minutes, found, zone));
}
