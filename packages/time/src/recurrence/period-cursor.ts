import { firstAtOrAfter } from "../sorted.ts";
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
  let period = count === Infinity ? periodNear(fromLocalMs) : first;
  let days: readonly number[] = [];
  let chosen: readonly number[] | null = null; // Indices that BYSETPOS selects; null selects all.
  let length = 0;
  let index = 0;
  let barren = 0; // How many periods in a row had nothing.
  let left = count;
  let passedMs = (count === Infinity ? Math.max(fromLocalMs, startLocalMs) : startLocalMs) - 1;
  enter();
  if (count !== Infinity) seek(fromLocalMs);
  return { write, seek, ahead };

  function write(into: number[], from: number, end: number): number {
    for (let at = from; at < end; at++) {
      while (index >= length) if (!advance()) return at;
      const localMs = timeAt(index);
      if (localMs > lastLocalMs || left <= 0 || steps.left-- <= 0) {
        left = 0;
        return at;
      }
      into[at] = passedMs = localMs;
      index++;
      left--;
    }
    return end;
  }

  /** With COUNT what is passed over counts, a whole period at a time. */
  function seek(localMs: number): void {
    const near = periodNear(localMs);
    if (left === Infinity && near > period) {
      period = near;
      passedMs = Math.max(passedMs, localMs - 1);
      enter();
      return;
    }
    for (;;) {
      const reached = Math.max(index, indexAt(localMs));
      if (reached > index) passedMs = timeAt(reached - 1);
      left -= reached - index;
      index = reached;
      if (index < length || left === Infinity || !advance()) return;
    }
  }

  /** A period at a time. One day of each may be another's as well, by SKIP; of those that BYSETPOS chooses nothing is said. */
  function ahead(most: number): number {
    const lastDay = Math.floor(lastLocalMs / DAY_MS);
    if (chosen !== null || Math.min(left, (lastDay + 1 - calendar.startOf(period)) * times.length) <= most) return 0;
    const kept = { period, days, length, index, stepsLeft: steps.left };
    let least = length - index - 2 * times.length; // The last day of all may end before its last time.
    while (least <= most && calendar.startOf(period + rule.interval + 1) <= lastDay) {
      load(period + rule.interval);
      least += Math.max(0, length - times.length);
    }
    ({ period, days, length, index, stepsLeft: steps.left } = kept);
    return Math.min(left, Math.max(0, least));
  }

  /** The time at an index of the period that is loaded. */
  function timeAt(index: number): number {
    const at = chosen === null ? index : chosen[index]!;
    const day = Math.floor(at / times.length);
    return days[day]! * DAY_MS + times[at - day * times.length]!;
  }

  /** The index of the first time of the loaded period at or after this one. */
  function indexAt(localMs: number): number {
    const day = Math.floor(localMs / DAY_MS);
    const place = firstAtOrAfter(days, day);
    const time = days[place] === day ? firstAtOrAfter(times, localMs - day * DAY_MS) : 0;
    const at = place * times.length + time;
    return chosen === null ? at : firstAtOrAfter(chosen, at);
  }

  /** Periods have few different lengths. */
  function positionsAmong(length: number): readonly number[] {
    const known = positions.get(length);
    if (known !== undefined) return known;
    const found = setPositions(rule.bySetPosition, length);
    positions.set(length, found);
    return found;
  }

  /** The first period worth a look for a time; with SKIP one further back, since a day may have been moved out of its own. */
  function periodNear(localMs: number): number {
    const target = calendar.periodOf(Math.floor(localMs / DAY_MS)) - (rule.skip === "OMIT" ? 0 : 1);
    if (target <= first) return first;
    const periods = (target - first) / rule.interval;
    return first + (rule.skip === "OMIT" ? Math.ceil(periods) : Math.floor(periods)) * rule.interval;
  }

  function advance(): boolean {
    period += rule.interval;
    return enter();
  }

  /** Loads the days of `period`, without what has been passed; false beyond the last time that may occur. */
  function enter(): boolean {
    length = index = 0;
    const isOver = left <= 0 || barren > CYCLE_PERIODS || (calendar.startOf(period) - 1) * DAY_MS > lastLocalMs;
    if (isOver || steps.left-- <= 0) return false;
    load(period);
    barren = length === 0 ? barren + 1 : 0;
    index = indexAt(passedMs + 1);
    return true;
  }

  function load(which: number): void {
    period = which;
    days = findDays(calendar.startOf(period), calendar.startOf(period + 1));
    length = days.length * times.length;
    chosen = rule.bySetPosition.length === 0 ? null : positionsAmong(length);
    if (chosen !== null) length = chosen.length;
  }
}

/** Weeks of 400 years, which hold fewer months and years: what they do not have never comes, for the calendar repeats. */
const CYCLE_PERIODS = 20_871;

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
