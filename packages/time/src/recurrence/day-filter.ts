import { daysBeforeMonth, daysInYear, isLeapYear, startOfWeekYear, startOfYear, weekdayOf } from "../civil.ts";
import type { OrdinalDay, Rule } from "./rule.ts";

/**
 * The days of a month that a rule allows, whatever its frequency makes of them: bit i stands for day i + 1.
 * A month costs a few integer operations, so that a day costs nearly nothing.
 */
export type DayFilter = (year: number, month: number, monthFrom: number, length: number) => number;

/** The parts of a rule that speak of days, once what DTSTART lends has been filled in. */
export type DayParts = Pick<Rule, "byMonth" | "byMonthDay" | "byYearDay" | "byWeekNumber" | "byDay" | "weekStart"> & {
  /** What an ordinal weekday counts in; `null` ignores ordinals, as every reader does below FREQ=MONTHLY. */
  readonly ordinalsWithin: "month" | "year" | null;
};

export function allowsEveryDay(parts: Omit<DayParts, "ordinalsWithin">): boolean {
  const { byMonth, byMonthDay, byYearDay, byWeekNumber, byDay } = parts;
  return byMonth.length + byMonthDay.length + byYearDay.length + byWeekNumber.length + byDay.length === 0;
}

export function dayFilter(parts: DayParts): DayFilter {
  const { byMonth, byMonthDay, byDay, ordinalsWithin } = parts;
  const months = byMonth.length === 0 ? ALL_MONTHS : monthBits(byMonth);
  const weekdays = weekdayBits(parts);
  const hasMonthOrdinals = ordinalsWithin === "month" && byDay.some(isOrdinal);
  const hasYearOrdinals = ordinalsWithin === "year" && byDay.some(isOrdinal);
  const yearOrdinals = hasYearOrdinals ? eachYear((year, add) => addYearOrdinals(byDay, year, add)) : null;
  const yearDays = parts.byYearDay.length === 0 ? null : eachYear((year, add) => addYearDays(parts, year, add));
  const weeks = parts.byWeekNumber.length === 0 ? null : eachYear((year, add) => addWeeks(parts, year, add));

  return (year, month, monthFrom, length) => {
    if ((months & (1 << month)) === 0) return 0;
    let allowed = daysFrom(0, length);
    if (byMonthDay.length > 0) allowed &= monthDays(byMonthDay, length);
    if (byDay.length > 0) {
      const first = weekdayOf(monthFrom) - 1;
      let named = repeated(weekdays, first);
      if (hasMonthOrdinals) named |= monthOrdinals(byDay, first, length);
      if (yearOrdinals !== null) named |= yearOrdinals(year, month);
      allowed &= named;
    }
    if (allowed === 0) return 0;
    if (yearDays !== null) allowed &= yearDays(year, month);
    if (weeks !== null) allowed &= weeks(year, month);
    return allowed;
  };
}

/** The bits of the days `from` to `end` (exclusive), counted from 0, as far as they lie within 31 days. */
export function daysFrom(from: number, end: number): number {
  if (from >= 31 || end <= 0 || from >= end) return 0;
  const low = from <= 0 ? -1 : -1 << from;
  return end >= 31 ? low & ALL_DAYS : low & ~(-1 << end);
}

/** How many days a month's bits hold. */
export function countOfDays(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

const ALL_DAYS = 0x7fffffff;
const ALL_MONTHS = 0x1ffe;

const isOrdinal = ({ ordinal }: OrdinalDay) => ordinal !== 0;

function monthBits(months: readonly number[]): number {
  let bits = 0;
  for (const month of months) bits |= 1 << month;
  return bits;
}

/** The weekdays that are meant whichever week they lie in; bit 0 is Monday. */
function weekdayBits({ byDay, ordinalsWithin }: DayParts): number {
  let bits = 0;
  for (const { weekday, ordinal } of byDay) if (ordinal === 0 || ordinalsWithin === null) bits |= 1 << (weekday - 1);
  return bits;
}

/** Five weeks of the same weekdays, the first day being `first` (0 is Monday). */
function repeated(weekdays: number, first: number): number {
  const week = ((weekdays | (weekdays << 7)) >> first) & 0x7f;
  return Math.imul(week, 0x10204081) & ALL_DAYS; // Bits 0, 7, 14, 21 and 28: once per week.
}

function monthDays(byMonthDay: readonly number[], length: number): number {
  let bits = 0;
  for (const day of byMonthDay) {
    const index = day > 0 ? day - 1 : length + day;
    if (index >= 0 && index < length) bits |= 1 << index;
  }
  return bits;
}

function monthOrdinals(byDay: readonly OrdinalDay[], first: number, length: number): number {
  let bits = 0;
  for (const day of byDay) {
    const index = indexOfOrdinal(day, first, length);
    if (index >= 0) bits |= 1 << index;
  }
  return bits;
}

/** Where in a stretch that begins on weekday `first` the nth such weekday lies, or -1 when it has too few. */
function indexOfOrdinal({ weekday, ordinal }: OrdinalDay, first: number, length: number): number {
  if (ordinal === 0) return -1;
  const offset = (weekday - 1 - first + 7) % 7;
  const count = Math.floor((length - 1 - offset) / 7) + 1;
  const week = ordinal > 0 ? ordinal - 1 : count + ordinal;
  return week >= 0 && week < count ? offset + week * 7 : -1;
}

/**
 * What is counted within a year, as bits per month. Years that begin on the same weekday and are as long as each other,
 * with neighbours as long, are alike in all that a rule can count: each of these 56 kinds is worked out once.
 */
function eachYear(name: (year: number, add: (yearDay: number) => void) => void) {
  const kinds: (Int32Array<ArrayBuffer> | undefined)[] = [];
  let current = 0;
  let bits = new Int32Array(12);
  return (year: number, month: number): number => {
    if (year !== current) {
      current = year;
      bits = kinds[kindOf(year)] ??= bitsOf(year, name);
    }
    return bits[month - 1]!;
  };
}

function kindOf(year: number): number {
  const lengths = [year - 1, year, year + 1].reduce((sum, each) => sum * 2 + (isLeapYear(each) ? 1 : 0), 0);
  return weekdayOf(startOfYear(year)) * 8 + lengths;
}

function bitsOf(year: number, name: (year: number, add: (yearDay: number) => void) => void): Int32Array<ArrayBuffer> {
  const bits = new Int32Array(12);
  name(year, (yearDay) => {
    let month = Math.min(12, (yearDay >> 5) + 1); // Never late: no month is longer than 32 days.
    while (daysBeforeMonth(year, month + 1) <= yearDay) month++;
    bits[month - 1]! |= 1 << (yearDay - daysBeforeMonth(year, month));
  });
  return bits;
}

function addYearDays({ byYearDay }: DayParts, year: number, add: (yearDay: number) => void): void {
  const length = daysInYear(year);
  for (const day of byYearDay) if (Math.abs(day) <= length) add(day > 0 ? day - 1 : length + day);
}

function addYearOrdinals(byDay: readonly OrdinalDay[], year: number, add: (yearDay: number) => void): void {
  const first = weekdayOf(startOfYear(year)) - 1;
  for (const day of byDay) {
    const index = indexOfOrdinal(day, first, daysInYear(year));
    if (index >= 0) add(index);
  }
}

/** Week 1 of the next year may begin in this December, and the last of the year before end in this January. */
function addWeeks({ byWeekNumber, weekStart }: DayParts, year: number, add: (yearDay: number) => void): void {
  const yearFrom = startOfYear(year);
  const length = daysInYear(year);
  for (let weekYear = year - 1; weekYear <= year + 1; weekYear++) {
    const first = startOfWeekYear(weekYear, weekStart);
    const weeks = (startOfWeekYear(weekYear + 1, weekStart) - first) / 7;
    for (const number of byWeekNumber) {
      const week = number > 0 ? number - 1 : weeks + number;
      if (week < 0 || week >= weeks) continue;
      const from = first + week * 7 - yearFrom;
      for (let day = Math.max(0, from); day < Math.min(length, from + 7); day++) add(day);
    }
  }
}
