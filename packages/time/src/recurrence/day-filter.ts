import {
  dayNumber,
  daysBeforeMonth,
  daysInYear,
  startOfWeekYear,
  startOfYear,
  weekdayOf,
  weekYearOf,
  yearOf,
} from "../civil.ts";
import type { Steps } from "./cursor.ts";
import type { Rule } from "./rule.ts";

/** Which days a rule allows at all, whatever its frequency makes of them. */
export type DayFilter = {
  /** The first allowed day at or after `day` and before `end`; else `end`. Months that cannot match are skipped. */
  next(day: number, end: number): number;
};

/** The parts of a rule that speak of days, once what DTSTART lends has been filled in. */
export type DayParts = Pick<Rule, "byMonth" | "byMonthDay" | "byYearDay" | "byWeekNumber" | "byDay" | "weekStart"> & {
  /** What an ordinal weekday counts in; `null` ignores ordinals, as every reader does below FREQ=MONTHLY. */
  readonly ordinalsWithin: "month" | "year" | null;
};

/** A filter for these parts; null when they allow every day. Testing a day is a few table look-ups. */
export function dayFilter(parts: DayParts, steps: Steps): DayFilter | null {
  const { byMonth, byMonthDay, byYearDay, byWeekNumber, byDay, weekStart, ordinalsWithin } = parts;
  const lists = [byMonth, byMonthDay, byYearDay, byWeekNumber, byDay];
  if (lists.every((list) => list.length === 0)) return null;

  const months = byMonth.length === 0 ? 0x1ffe : bits(byMonth);
  const monthDays = bits(byMonthDay.filter((day) => day > 0));
  const monthDaysBack = bits(byMonthDay.filter((day) => day < 0).map((day) => -day));
  const yearDays = signedSet(byYearDay, 366);
  const weekNumbers = signedSet(byWeekNumber, 53);
  const weekdays = bits(
    byDay.filter(({ ordinal }) => ordinal === 0 || ordinalsWithin === null).map(({ weekday }) => weekday),
  );
  const ordinals = ordinalsWithin === null ? [] : byDay.filter(({ ordinal }) => ordinal !== 0);
  const ordinalSets = Array.from({ length: 8 }, (_, weekday) =>
    signedSet(
      ordinals.filter((day) => day.weekday === weekday).map((day) => day.ordinal),
      53,
    ),
  );

  // The month under the cursor. All of it is computed once per month, so that a day costs a subtraction.
  let year = 0;
  let month = 12;
  let monthFrom = 0;
  let monthEnd = 0;
  let yearFrom = 0;
  let yearLength = 0;

  return { next };

  function next(from: number, end: number): number {
    let day = from;
    while (day < end) {
      if (day < monthFrom || day >= monthEnd) {
        if (steps.left-- <= 0) return end;
        enterMonth(day);
      }
      if ((months & (1 << month)) === 0) {
        day = nextAllowedMonth();
        continue;
      }
      const until = Math.min(end, monthEnd);
      for (; day < until; day++) if (passes(day)) return day;
    }
    return end;
  }

  function enterMonth(day: number): void {
    if (day === monthEnd && month < 12) month++;
    else {
      year = yearOf(day);
      yearFrom = startOfYear(year);
      yearLength = daysInYear(year);
      month = Math.min(12, ((day - yearFrom) >> 5) + 1);
      while (yearFrom + daysBeforeMonth(year, month + 1) <= day) month++;
    }
    monthFrom = yearFrom + daysBeforeMonth(year, month);
    monthEnd = yearFrom + daysBeforeMonth(year, month + 1);
  }

  function nextAllowedMonth(): number {
    for (let later = month + 1; later <= 12; later++) {
      if ((months & (1 << later)) !== 0) return yearFrom + daysBeforeMonth(year, later);
    }
    const first = 31 - Math.clz32(months & -months);
    return dayNumber(year + 1, first, 1);
  }

  function passes(day: number): boolean {
    if (byMonthDay.length > 0) {
      const forward = monthDays & (1 << (day - monthFrom + 1));
      if (forward === 0 && (monthDaysBack & (1 << (monthEnd - day))) === 0) return false;
    }
    if (byDay.length > 0) {
      const weekday = weekdayOf(day);
      if ((weekdays & (1 << weekday)) === 0 && !isOrdinal(day, weekday)) return false;
    }
    if (yearDays !== null && !holds(yearDays, day - yearFrom + 1, yearLength)) return false;
    if (weekNumbers !== null) {
      const weekYear = weekYearOf(day, weekStart);
      const first = startOfWeekYear(weekYear, weekStart);
      const weeks = (startOfWeekYear(weekYear + 1, weekStart) - first) / 7;
      if (!holds(weekNumbers, Math.floor((day - first) / 7) + 1, weeks)) return false;
    }
    return true;
  }

  function isOrdinal(day: number, weekday: number): boolean {
    const set = ordinalSets[weekday]!;
    if (set === null) return false;
    const from = ordinalsWithin === "month" ? monthFrom : yearFrom;
    const end = ordinalsWithin === "month" ? monthEnd : yearFrom + yearLength;
    const before = Math.floor((day - from) / 7);
    const after = Math.floor((end - 1 - day) / 7);
    return set[before + 1 + SIGN] === 1 || set[-after - 1 + SIGN] === 1;
  }
}

/** Where zero stands in a set of signed numbers; larger than any year day. */
const SIGN = 400;

/** Numbers counted from the front or, negative, from the back; null when the list is empty. */
function signedSet(list: readonly number[], max: number): Uint8Array | null {
  if (list.length === 0) return null;
  const set = new Uint8Array(2 * SIGN + 1);
  for (const number of list) if (Math.abs(number) <= max) set[number + SIGN] = 1;
  return set;
}

/** Whether the `position`th of `length` is in a signed set, counted from either end. */
function holds(set: Uint8Array, position: number, length: number): boolean {
  return set[position + SIGN] === 1 || set[position - length - 1 + SIGN] === 1;
}

function bits(list: readonly number[]): number {
  let mask = 0;
  for (const number of list) mask |= 1 << number;
  return mask;
}
