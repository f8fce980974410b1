import {
  DAY_MS,
  dateOf,
  dayNumber,
  daysInMonth,
  daysInYear,
  startOfWeek,
  startOfWeekYear,
  startOfYear,
  weekYearOf,
  yearOf,
} from "../civil.ts";
import { setPositions, type Cursor, type PlannedRule, type Steps } from "./cursor.ts";
import { allowsEveryDay, dayFilter, daysFrom, type DayParts } from "./day-filter.ts";

/**
 * Rules where a day's place in its period matters: BYSETPOS among the days of a year, month or week, and SKIP. The days
 * of one period are searched at a time; times of day multiply them only as numbers, never as a list.
 */
export function periodCursor(plan: PlannedRule, fromLocalMs: number, steps: Steps): Cursor {
  const { rule, startLocalMs, lastLocalMs, count, times } = plan;
  const calendar = calendarOf(plan);
  const findDays = rule.skip === "OMIT" ? searched(plan.days, steps) : skipped(plan, steps);
  const first = calendar.periodOf(Math.floor(startLocalMs / DAY_MS));

  const positions = new Map<number, readonly number[]>();
  let period = first;
  let days: readonly number[] = [];
  let chosen: readonly number[] | null = null; // Indices that BYSETPOS selects; null selects all.
  let length = 0;
  let index = 0;
  let left = count;
  let lastMs = -Infinity;
  if (count === Infinity) seek();
  enter();
  return { write };

  function write(into: number[], from: number, end: number): number {
    let at = from;
    for (; at < end; at++) {
      const localMs = next();
      if (localMs === Infinity) break;
      into[at] = localMs;
    }
    return at;
  }

  function next(): number {
    for (;;) {
      while (index >= length) {
        period += rule.interval;
        if (!enter()) return end();
      }
      const at = chosen === null ? index : chosen[index]!;
      index++;
      const day = Math.floor(at / times.length);
      const localMs = days[day]! * DAY_MS + times[at - day * times.length]!;
      if (localMs > lastLocalMs || left <= 0 || steps.left-- <= 0) return end();
      // SKIP may hand the same day to two neighbouring periods; it occurs once.
      if (localMs < startLocalMs || localMs <= lastMs) continue;
      lastMs = localMs;
      left--;
      if (localMs >= fromLocalMs) return localMs;
    }
  }

  /** Periods have few different lengths. */
  function positionsAmong(length: number): readonly number[] {
    const known = positions.get(length);
    if (known !== undefined) return known;
    const found = setPositions(rule.bySetPosition, length);
    positions.set(length, found);
    return found;
  }

  function end(): number {
    left = 0;
    return Infinity;
  }

  /** To the period of `fromLocalMs`; with SKIP one further back, since a day may have been moved out of its own. */
  function seek(): void {
    const target = calendar.periodOf(Math.floor(fromLocalMs / DAY_MS)) - (rule.skip === "OMIT" ? 0 : 1);
    if (target <= first) return;
    const periods = (target - first) / rule.interval;
    period = first + (rule.skip === "OMIT" ? Math.ceil(periods) : Math.floor(periods)) * rule.interval;
  }

  /** Loads the days of `period`; false beyond the last time that may occur. */
  function enter(): boolean {
    const from = calendar.startOf(period);
    if (left <= 0 || steps.left-- <= 0 || (from - 1) * DAY_MS > lastLocalMs) return false;
    days = findDays(from, calendar.startOf(period + 1));
    length = days.length * times.length;
    chosen = rule.bySetPosition.length === 0 ? null : positionsAmong(length);
    if (chosen !== null) length = chosen.length;
    index = 0;
    return true;
  }
}

/** Periods as whole numbers: of which one a day is part, and on which day one begins. */
type Calendar = { periodOf(day: number): number; startOf(period: number): number };

function calendarOf({ rule }: PlannedRule): Calendar {
  const { frequency, weekStart, byWeekNumber } = rule;
  if (frequency === "WEEKLY") {
    const epoch = startOfWeek(0, weekStart);
    return { periodOf: (day) => Math.floor((day - epoch) / 7), startOf: (week) => epoch + week * 7 };
  }
  if (frequency === "MONTHLY") {
    return {
      periodOf(day) {
        const { year, month } = dateOf(day);
        return year * 12 + month - 1;
      },
      startOf: (month) => dayNumber(Math.floor(month / 12), (month % 12) + 1, 1),
    };
  }
  // Numbered weeks belong to their week-year: its week 1 may begin in December, its last end in January.
  if (byWeekNumber.length > 0) {
    return { periodOf: (day) => weekYearOf(day, weekStart), startOf: (year) => startOfWeekYear(year, weekStart) };
  }
  return { periodOf: yearOf, startOf: startOfYear };
}

type FindDays = (from: number, end: number) => readonly number[];

function searched(days: DayParts, steps: Steps): FindDays {
  const filter = dayFilter(days);
  return (from, end) => {
    const found: number[] = [];
    for (let monthFrom = from; monthFrom < end;) {
      steps.left--;
      const date = dateOf(monthFrom);
      const first = monthFrom - date.day + 1;
      const length = daysInMonth(date.year, date.month);
      let bits = filter(date.year, date.month, first, length) & daysFrom(from - first, end - first);
      for (; bits !== 0; bits &= bits - 1) found.push(first + 31 - Math.clz32(bits & -bits));
      monthFrom = first + length;
    }
    return found;
  };
}

/** RFC 7529 §4.1: dates that do not exist are moved to the day before or after; then the other limits apply. */
function skipped({ rule, days }: PlannedRule, steps: Steps): FindDays {
  const { byMonth, byMonthDay, byYearDay } = days;
  const rest = { ...days, byMonth: [], byMonthDay: [], byYearDay: [] };
  const inRest = allowsEveryDay(rest) ? null : searched(rest, steps);
  const omitted = searched(days, steps);
  const forward = rule.skip === "FORWARD";
  if (byMonthDay.length === 0 && byYearDay.length === 0) return omitted;

  return (from, end) => {
    const found = new Set<number>();
    if (byMonthDay.length === 0) {
      const length = daysInYear(yearOf(from));
      for (const day of byYearDay) add(found, from, length, day);
    } else if (byYearDay.length > 0) {
      // Both at once: no date is missing in both counts, so nothing is moved.
      for (const day of omitted(from, end)) found.add(day);
    } else {
      for (let monthFrom = from; monthFrom < end;) {
        const { year, month } = dateOf(monthFrom);
        const length = daysInMonth(year, month);
        if (byMonth.length === 0 || byMonth.includes(month)) {
          for (const day of byMonthDay) add(found, monthFrom, length, day);
        }
        monthFrom += length;
      }
    }
    const sorted = [...found].sort((one, other) => one - other);
    return inRest === null ? sorted : sorted.filter((day) => inRest(day, day + 1).length > 0);
  };

  function add(found: Set<number>, from: number, length: number, day: number): void {
    if (Math.abs(day) <= length) found.add(day > 0 ? from + day - 1 : from + length + day);
    else if (day > 0) found.add(forward ? from + length : from + length - 1);
    else found.add(forward ? from : from - 1);
  }
}
