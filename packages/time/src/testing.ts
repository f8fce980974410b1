// Arbitraries, and the slow obvious models that judge the fast code. For tests of this package and of those above it.

import fc from "fast-check";
import { interval, normalise, type Interval } from "./interval.ts";
import { PLAIN_RULE, type Frequency, type OrdinalDay, type Rule } from "./recurrence/rule.ts";
import type { Weekday } from "./civil.ts";

/** Any list of short intervals on a short line, so that they meet, touch and nest often. */
export const intervals: fc.Arbitrary<Interval[]> = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 12 }))
    .map(([startMs, lengthMs]) => interval(startMs, startMs + lengthMs)),
  { maxLength: 12 },
);

/** Sorted and disjoint lists; some of their intervals touch. */
export const normalIntervals: fc.Arbitrary<Interval[]> = fc
  .tuple(intervals, fc.array(fc.integer({ min: 0, max: 72 }), { maxLength: 4 }))
  .map(([list, cuts]) => cuts.reduce(cutAt, normalise(list)));

function cutAt(list: readonly Interval[], atMs: number): Interval[] {
  return list.flatMap(({ startMs, endMs }) =>
    startMs < atMs && atMs < endMs ? [interval(startMs, atMs), interval(atMs, endMs)] : [interval(startMs, endMs)],
  );
}

/** The whole milliseconds inside a list: slow, obvious, and the judge of every fast version. */
export function pointsOf(list: readonly Interval[]): Set<number> {
  const points = new Set<number>();
  for (const { startMs, endMs } of list) for (let ms = startMs; ms < endMs; ms++) points.add(ms);
  return points;
}

const FREQUENCIES: readonly Frequency[] = ["SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"];
const weekday = fc.integer({ min: 1, max: 7 }).map((day) => day as Weekday);

/** Mostly absent, else a few numbers of a range, sorted and distinct as `parseRule` makes them. */
function numbers(min: number, max: number, signed = false): fc.Arbitrary<number[]> {
  const one = fc.integer({ min, max });
  const number = signed ? fc.tuple(one, fc.boolean()).map(([size, back]) => (back ? -size : size)) : one;
  const list = fc.uniqueArray(number, { minLength: 1, maxLength: 4 }).map((some) => some.sort((a, b) => a - b));
  return fc.oneof({ arbitrary: fc.constant<number[]>([]), weight: 3 }, { arbitrary: list, weight: 1 });
}

const ordinalDay: fc.Arbitrary<OrdinalDay> = fc
  .tuple(weekday, fc.oneof(fc.constant(0), fc.integer({ min: -5, max: 5 })))
  .map(([weekday, ordinal]) => ({ weekday, ordinal }));

const days: fc.Arbitrary<OrdinalDay[]> = fc.oneof(
  { arbitrary: fc.constant<OrdinalDay[]>([]), weight: 2 },
  {
    arbitrary: fc
      .uniqueArray(ordinalDay, { minLength: 1, maxLength: 4, selector: (day) => `${day.ordinal} ${day.weekday}` })
      .map((some) => some.sort((one, other) => one.ordinal - other.ordinal || one.weekday - other.weekday)),
    weight: 1,
  },
);

/** Rules of every frequency with any parts, sensible or not, without end; give a list to choose frequencies from it. */
export function rules(frequencies: readonly Frequency[] = FREQUENCIES): fc.Arbitrary<Rule> {
  return fc
    .record({
      frequency: fc.constantFrom(...frequencies),
      interval: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 13 })),
      weekStart: weekday,
      bySecond: numbers(0, 59),
      byMinute: numbers(0, 59),
      byHour: numbers(0, 23),
      byDay: days,
      byMonthDay: numbers(1, 31, true),
      byYearDay: numbers(1, 366, true),
      byWeekNumber: numbers(1, 53, true),
      byMonth: numbers(1, 12),
      bySetPosition: numbers(1, 5, true),
    })
    .map((parts) => ({ ...PLAIN_RULE, ...parts }));
}

const SECOND_MS = 1000;

/**
 * The wall times a rule names from its start to `endLocalMs`, second by second of every day: RFC 5545 §3.3.10 read as
 * one question per part, asked of each moment. COUNT and UNTIL apply; nothing is skipped, nothing is computed ahead.
 */
export function obviousTimes(rule: Rule, startLocalMs: number, endLocalMs: number): number[] {
  const start = plain(startLocalMs);
  const periods = new Map<number, number[]>();
  // A period may begin before DTSTART, and BYSETPOS counts from its beginning.
  const firstDay = start.toPlainDate().subtract({ days: 400 });
  const lastDay = plain(endLocalMs).toPlainDate().add({ days: 400 });
  const isFine = rule.frequency === "HOURLY" || rule.frequency === "MINUTELY" || rule.frequency === "SECONDLY";
  const from = isFine ? start.toPlainDate() : firstDay;
  const until = isFine ? plain(endLocalMs).toPlainDate() : lastDay;
  for (let day = from; Temporal.PlainDate.compare(day, until) <= 0; day = day.add({ days: 1 })) {
    if (!isDayNamed(rule, day, start.toPlainDate())) continue;
    for (const hour of asked(rule.byHour, 24, start.hour, rule.frequency === "HOURLY" || isFinerThan(rule, "HOURLY"))) {
      for (const minute of asked(
        rule.byMinute,
        60,
        start.minute,
        rule.frequency === "MINUTELY" || isFinerThan(rule, "MINUTELY"),
      )) {
        for (const second of asked(rule.bySecond, 60, start.second, rule.frequency === "SECONDLY")) {
          const moment = day.toPlainDateTime({ hour, minute, second });
          const period = periodOf(rule, moment) - periodOf(rule, start);
          if (period % rule.interval !== 0) continue;
          const set = periods.get(period) ?? [];
          set.push(wall(moment));
          periods.set(period, set);
        }
      }
    }
  }
  const chosen = [...periods.values()].flatMap((set) => positionsOf(rule.bySetPosition, set));
  const times = chosen.filter((ms) => ms >= startLocalMs && ms < endLocalMs && isBeforeUntil(rule, ms));
  times.sort((one, other) => one - other);
  return rule.count === null ? times : times.slice(0, rule.count);
}

function plain(localMs: number): Temporal.PlainDateTime {
  return Temporal.Instant.fromEpochMilliseconds(localMs).toZonedDateTimeISO("UTC").toPlainDateTime();
}

function wall(moment: Temporal.PlainDateTime): number {
  return moment.toZonedDateTime("UTC").epochMilliseconds;
}

function isFinerThan({ frequency }: Rule, other: Frequency): boolean {
  return FREQUENCIES.indexOf(frequency) < FREQUENCIES.indexOf(other);
}

/** The hours, minutes or seconds to ask about: those named, all that a fine frequency runs through, else the start's. */
function asked(named: readonly number[], size: number, start: number, isFine: boolean): readonly number[] {
  if (named.length > 0) return named;
  return isFine ? Array.from({ length: size }, (_, i) => i) : [start];
}

function isDayNamed(rule: Rule, day: Temporal.PlainDate, start: Temporal.PlainDate): boolean {
  const { frequency, byMonth, byMonthDay, byYearDay, byWeekNumber, byDay, weekStart } = rule;
  const both = (list: readonly number[], position: number, length: number) =>
    list.includes(position) || list.includes(position - length - 1);
  if (byMonth.length > 0 && !byMonth.includes(day.month)) return false;
  if (byMonthDay.length > 0 && !both(byMonthDay, day.day, day.daysInMonth)) return false;
  if (byYearDay.length > 0 && !both(byYearDay, day.dayOfYear, day.daysInYear)) return false;
  if (byWeekNumber.length > 0) {
    const { number, ofYear } = weekOf(day, weekStart);
    if (!both(byWeekNumber, number, ofYear)) return false;
  }
  if (byDay.length > 0 && !byDay.some((named) => isWeekdayNamed(rule, named, day))) return false;
  if (byMonthDay.length > 0 || byYearDay.length > 0 || byDay.length > 0) return true;
  // Nothing says which day: DTSTART does, as far as the frequency leaves it open.
  if (byWeekNumber.length > 0) return frequency === "YEARLY" ? day.dayOfWeek === start.dayOfWeek : true;
  if (frequency === "WEEKLY") return day.dayOfWeek === start.dayOfWeek;
  if (frequency === "MONTHLY") return day.day === start.day;
  if (frequency !== "YEARLY") return true;
  return day.day === start.day && (byMonth.length > 0 || day.month === start.month);
}

function isWeekdayNamed(rule: Rule, { weekday, ordinal }: OrdinalDay, day: Temporal.PlainDate): boolean {
  if (day.dayOfWeek !== weekday) return false;
  const { frequency, byMonth, byWeekNumber } = rule;
  const inMonth = frequency === "MONTHLY" || (frequency === "YEARLY" && byMonth.length > 0);
  const inYear = frequency === "YEARLY" && !inMonth && byWeekNumber.length === 0;
  if (ordinal === 0 || (!inMonth && !inYear)) return true;
  const position = inMonth ? day.day : day.dayOfYear;
  const length = inMonth ? day.daysInMonth : day.daysInYear;
  const before = Math.floor((position - 1) / 7);
  const after = Math.floor((length - position) / 7);
  return ordinal === before + 1 || ordinal === -after - 1;
}

/** The number of a day's week and how many the week's year has: the first with four days of January is week 1. */
function weekOf(day: Temporal.PlainDate, weekStart: number): { number: number; ofYear: number; year: number } {
  const first = (year: number) => beginOfWeek(new Temporal.PlainDate(year, 1, 4), weekStart);
  for (const year of [day.year + 1, day.year, day.year - 1]) {
    const days = first(year).until(day).days;
    if (days >= 0)
      return { number: Math.floor(days / 7) + 1, ofYear: first(year).until(first(year + 1)).days / 7, year };
  }
  throw new RangeError(`no week holds ${day.toString()}`);
}

function beginOfWeek(day: Temporal.PlainDate, weekStart: number): Temporal.PlainDate {
  return day.subtract({ days: (day.dayOfWeek - weekStart + 7) % 7 });
}

function periodOf(rule: Rule, moment: Temporal.PlainDateTime): number {
  const day = moment.toPlainDate();
  const days = new Temporal.PlainDate(1970, 1, 1).until(day).days;
  const seconds = days * 86_400 + moment.hour * 3600 + moment.minute * 60 + moment.second;
  switch (rule.frequency) {
    case "YEARLY":
      return rule.byWeekNumber.length > 0 ? weekOf(day, rule.weekStart).year : day.year;
    case "MONTHLY":
      return day.year * 12 + day.month;
    case "WEEKLY":
      return new Temporal.PlainDate(1970, 1, 4 + rule.weekStart).until(beginOfWeek(day, rule.weekStart)).days / 7;
    case "DAILY":
      return days;
    case "HOURLY":
      return Math.floor(seconds / 3600);
    case "MINUTELY":
      return Math.floor(seconds / 60);
    case "SECONDLY":
      return seconds;
  }
}

function positionsOf(positions: readonly number[], set: readonly number[]): number[] {
  if (positions.length === 0) return [...set];
  const sorted = [...set].sort((one, other) => one - other);
  return sorted.filter((_, i) => positions.includes(i + 1) || positions.includes(i - sorted.length));
}

function isBeforeUntil({ until }: Rule, localMs: number): boolean {
  if (until === null) return true;
  return until.form === "date" ? localMs < until.localMs + 86_400 * SECOND_MS : localMs <= until.localMs;
}

/** The instants of wall times in a zone, as Temporal has them: sorted, each once. */
export function obviousInstants(localMs: readonly number[], zoneId: string): number[] {
  const instants = localMs.map((ms) => plain(ms).toZonedDateTime(zoneId).epochMilliseconds);
  return [...new Set(instants)].sort((one, other) => one - other);
}
