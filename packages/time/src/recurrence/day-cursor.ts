import { firstAtOrAfter } from "../sorted.ts";
import { DAY_MS, daysBeforeMonth, startOfWeek, startOfWeekYear, startOfYear, weekYearOf, yearOf } from "../civil.ts";
import { allowance, type Cursor, type PlannedRule, type Steps } from "./cursor.ts";
import { countOfDays, dayFilter, daysFrom } from "./day-filter.ts";

/**
 * Rules whose days stand for themselves: no day's place in its period matters. A month at a time is one integer of
 * days; each day has the same times. Months that INTERVAL leaves out are jumped over, and those before the window are
 * counted (for COUNT), not walked.
 */
export function dayCursor(plan: PlannedRule, fromLocalMs: number, steps: Steps): Cursor {
  const { startLocalMs, lastLocalMs, times } = plan;
  const months = monthsOf(plan);
  const filter = dayFilter(plan.days);
  const lastDay = Math.floor(lastLocalMs / DAY_MS);

  let month = 0; // Months since the year 0, as are all that are handed about here.
  let monthFrom = 0;
  let bits = 0; // The days of the month that are still to come.
  let time = 0; // The index of the next time of the first of them.
  let barren = 0; // How many months in a row had no day, whatever INTERVAL makes of them.
  let left = plan.count;
  const openMs = left === Infinity ? Math.max(fromLocalMs, startLocalMs) : startLocalMs;
  enter(monthAt(Math.floor(openMs / DAY_MS)));
  dropBefore(openMs);
  if (openMs < fromLocalMs) seek(fromLocalMs);
  return { write, seek, ahead };

  function write(into: number[], from: number, end: number): number {
    const until = from + allowance(end - from, left, steps);
    let at = from;
    while (at < until) {
      if (bits === 0 && !enter(month + 1)) break;
      let ahead = bits;
      for (; ahead !== 0; ahead &= ahead - 1, time = 0) {
        const dayMs = (monthFrom + 31 - Math.clz32(ahead & -ahead)) * DAY_MS;
        while (time < times.length && at < until) into[at++] = dayMs + times[time++]!;
        if (time < times.length) break;
      }
      bits = ahead;
    }
    if (at > from && into[at - 1]! > lastLocalMs) {
      left = 0;
      while (at > from && into[at - 1]! > lastLocalMs) at--;
    }
    left -= at - from;
    steps.left -= at - from;
    return at;
  }

  /** Loads the first month at or after this one that INTERVAL does not leave out; false beyond the end. */
  function enter(next: number): boolean {
    if (barren < CYCLE_MONTHS && load(next) && steps.left-- > 0) return true;
    bits = left = 0;
    return false;
  }

  function load(next: number): boolean {
    month = months.align(next);
    const year = Math.floor(month / 12);
    const ofYear = month - year * 12; // 0 to 11.
    const yearFrom = startOfYear(year);
    monthFrom = yearFrom + daysBeforeMonth(year, ofYear + 1);
    bits = 0;
    if (monthFrom > lastDay) return false;
    const length = yearFrom + daysBeforeMonth(year, ofYear + 2) - monthFrom;
    bits = filter(year, ofYear + 1, monthFrom, length);
    barren = bits === 0 ? barren + 1 : 0;
    if (bits !== 0 && months.within !== null) bits &= months.within(year, monthFrom);
    if (monthFrom + length > lastDay) bits &= daysFrom(0, lastDay + 1 - monthFrom);
    return true;
  }

  /** Forgets the times of the loaded month before a moment; says how many there were. */
  function dropBefore(localMs: number): number {
    const before = countAhead();
    const day = Math.floor(localMs / DAY_MS);
    const earlier = bits & daysFrom(0, day - monthFrom);
    if (earlier !== 0) time = 0;
    bits &= ~earlier;
    if ((bits & daysFrom(day - monthFrom, day - monthFrom + 1)) !== 0) {
      time = Math.max(time, firstAtOrAfter(times, localMs - day * DAY_MS));
      if (time === times.length) {
        time = 0;
        bits &= bits - 1;
      }
    }
    return before - countAhead();
  }

  /** How many times of the loaded month are still to come. */
  function countAhead(): number {
    return countOfDays(bits) * times.length - time;
  }

  /** With COUNT what is passed over counts, a whole month at a time. */
  function seek(localMs: number): void {
    const target = monthAt(Math.floor(localMs / DAY_MS));
    if (left === Infinity && month < target) {
      bits = time = 0;
      enter(target);
    }
    while (left > 0 && month < target) {
      left -= countAhead();
      bits = time = 0;
      if (!enter(month + 1)) return;
    }
    left -= dropBefore(localMs);
  }

  /** A month at a time, at most a few thousand of them: no expansion that fits asks for so many days. */
  function ahead(most: number): number {
    if (Math.min(left, (lastDay + 1 - monthFrom) * times.length) <= most) return 0;
    const kept = { month, monthFrom, bits, time, barren };
    let count = countAhead() - times.length; // Those of the last day may be later than the last time.
    while (count <= most && load(month + 1)) {
      time = 0;
      count += countAhead();
    }
    ({ month, monthFrom, bits, time, barren } = kept);
    return Math.min(left, count);
  }
}

/** Days that 400 years do not have never come: the calendar repeats, and with it the months that INTERVAL leaves. */
const CYCLE_MONTHS = 4800;

/** Months since the year 0. */
function monthAt(day: number): number {
  const year = yearOf(day);
  const yearDay = day - startOfYear(year);
  let month = Math.min(12, (yearDay >> 5) + 1);
  while (daysBeforeMonth(year, month + 1) <= yearDay) month++;
  return year * 12 + month - 1;
}

/** What INTERVAL leaves of the calendar. */
type Months = {
  /** The first month at or after this one in which any day may lie. */
  align(number: number): number;
  /** Bits of the days of a month whose period is one of every INTERVAL; null when all of them are. */
  readonly within: ((year: number, monthFrom: number) => number) | null;
};

const EVERY_MONTH: Months = { align: (number) => number, within: null };

function monthsOf({ rule, startLocalMs }: PlannedRule): Months {
  const { frequency, interval, weekStart } = rule;
  if (interval === 1) return EVERY_MONTH;
  const startDay = Math.floor(startLocalMs / DAY_MS);
  switch (frequency) {
    case "MONTHLY": {
      const first = monthAt(startDay);
      return { align: (number) => first + Math.ceil((number - first) / interval) * interval, within: null };
    }
    case "YEARLY":
      return rule.byWeekNumber.length > 0 ? everyWeekYear(rule, startDay) : everyYear(interval, yearOf(startDay));
    case "WEEKLY":
      return { align: EVERY_MONTH.align, within: stretches(startOfWeek(startDay, weekStart), 7 * interval, 7) };
    case "DAILY":
      return { align: EVERY_MONTH.align, within: stretches(startDay, interval, 1) };
    default:
      return EVERY_MONTH; // A step below a day that divides it has all days alike.
  }
}

function everyYear(interval: number, first: number): Months {
  return {
    align(number) {
      const year = Math.floor(number / 12);
      const aligned = first + Math.ceil((year - first) / interval) * interval;
      return aligned === year ? number : aligned * 12;
    },
    within: null,
  };
}

/** Numbered weeks belong to their week-year, which is not always the calendar's (SPEC RC8). */
function everyWeekYear({ interval, weekStart }: PlannedRule["rule"], startDay: number): Months {
  const first = weekYearOf(startDay, weekStart);
  return {
    align: EVERY_MONTH.align,
    within(year, monthFrom) {
      let bits = 0;
      for (let weekYear = year - 1; weekYear <= year + 1; weekYear++) {
        if ((weekYear - first) % interval !== 0) continue;
        const from = startOfWeekYear(weekYear, weekStart) - monthFrom;
        bits |= daysFrom(from, startOfWeekYear(weekYear + 1, weekStart) - monthFrom);
      }
      return bits;
    },
  };
}

/** Stretches of `length` days, one every `step` days, as bits of a month. */
function stretches(origin: number, step: number, length: number) {
  return (_: number, monthFrom: number): number => {
    let bits = 0;
    const from = (((origin - monthFrom) % step) + step) % step;
    for (let day = from - step; day < 31; day += step) bits |= daysFrom(day, day + length);
    return bits;
  };
}
