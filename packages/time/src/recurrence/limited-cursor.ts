import {
  CYCLE_DAYS,
  DAY_END,
  DAY_MS,
  HOUR_MS,
  MINUTE_MS,
  SECOND_MS,
  dateOf,
  daysInMonth,
  weekdayOf,
  type Weekday,
} from "../civil.ts";
import { firstAtOrAfter } from "../sorted.ts";
import { NOTHING, type Cursor, type PlannedRule, type Steps } from "./cursor.ts";
import { allowsEveryDay, countOfDays, dayFilter, daysFrom, type DayFilter } from "./day-filter.ts";
import type { Period } from "./steady-cursor.ts";

/**
 * Rules by hours, minutes or seconds of which parts leave whole periods out. What is left out is jumped over: to the
 * next day, hour, minute or second that all parts allow, a jump for each that the steps do not meet.
 */
export function limitedCursor(
  plan: PlannedRule,
  { originMs, stepMs, offsets }: Period,
  limits: Limits,
  fromLocalMs: number,
  steps: Steps,
): Cursor {
  const { startLocalMs, lastLocalMs } = plan;
  if (!isEverMet(limits, originMs, stepMs)) return NOTHING;
  const nextDay = limits.days === null ? null : daySeeker(limits.days, steps);
  const endDay = Math.min(DAY_END, Math.floor(lastLocalMs / DAY_MS) + 1);

  let left = plan.count;
  const openMs = left === Infinity ? Math.max(fromLocalMs, startLocalMs) : startLocalMs;
  let period = settle(Math.max(0, periodAt(openMs)));
  let index = firstAtOrAfter(offsets, openMs - originMs - period * stepMs);
  if (openMs < fromLocalMs) seek(fromLocalMs);
  return { write, seek, ahead };

  function write(into: number[], from: number, end: number): number {
    let at = from;
    while (at < end) {
      if (index === offsets.length) enter(period + 1);
      const localMs = originMs + period * stepMs + offsets[index++]!;
      if (localMs > lastLocalMs || left <= 0 || steps.left-- <= 0) {
        left = 0;
        break;
      }
      left--;
      into[at++] = localMs;
    }
    return at;
  }

  /** With COUNT what is passed over counts, a whole period at a time. */
  function seek(localMs: number): void {
    const target = periodAt(localMs);
    if (left === Infinity && target > period) enter(target);
    while (period < target && left > 0 && steps.left > 0) {
      left -= offsets.length - index;
      enter(period + 1);
    }
    const reached = firstAtOrAfter(offsets, localMs - originMs - period * stepMs, index);
    left -= reached - index;
    index = reached;
  }

  /** Of each stretch of time that the parts allow the steps meet as many as it is long; the days are counted by months. */
  function ahead(most: number): number {
    const fromMs = originMs + period * stepMs;
    const perDay = limits.stretches * Math.floor(limits.stretchMs / stepMs) * offsets.length;
    const fromDay = Math.floor(fromMs / DAY_MS) + 1;
    if (Math.min(left, (endDay - fromDay) * perDay) <= most) return 0;
    const days =
      limits.days === null ? endDay - 1 - fromDay : countDays(limits.days, fromDay, endDay - 1, most / perDay);
    return Math.min(left, days * perDay);
  }

  function periodAt(localMs: number): number {
    return Math.floor((localMs - originMs) / stepMs);
  }

  function enter(next: number): void {
    period = settle(next);
    index = 0;
  }

  /** The first period at or after the given one that all parts allow, or one that is past the end. */
  function settle(next: number): number {
    for (let candidate = next; ;) {
      const ms = originMs + candidate * stepMs;
      const day = Math.floor(ms / DAY_MS);
      const allowedDay = nextDay === null ? day : nextDay(day, endDay);
      const waitMs =
        allowedDay > day ? (allowedDay - day) * DAY_MS - (ms - day * DAY_MS) : leftOutMs(limits, ms - day * DAY_MS);
      steps.left -= LOOK_STEPS;
      if (waitMs === 0 || ms > lastLocalMs || steps.left <= 0) return candidate;
      candidate += Math.ceil(waitMs / stepMs);
    }
  }
}

/** To look at one period takes as long as four times that are counted out. */
const LOOK_STEPS = 4;

/** The parts of a rule that leave out whole periods. */
export type Limits = {
  readonly days: DayFilter | null;
  /** The weekdays that `days` may be; all when it is empty. */
  readonly weekdays: readonly Weekday[];
  /** For each hour, minute and second the first at or after it that is allowed; null when all are. */
  readonly hours: Uint8Array | null;
  readonly minutes: Uint8Array | null;
  readonly seconds: Uint8Array | null;
  /** Into how many stretches they cut an allowed day, at least, and how long each of these is. */
  readonly stretches: number;
  readonly stretchMs: number;
};

/** Null when nothing is left out. Days of weeks and months are not asked for here: other cursors have them. */
export function limitsOf({ rule, days }: PlannedRule): Limits | null {
  const { frequency, byHour } = rule;
  if (frequency === "WEEKLY" || frequency === "DAILY") return null; // Only those without limits come here.
  const byMinute = frequency === "HOURLY" ? [] : rule.byMinute;
  const bySecond = frequency === "SECONDLY" ? rule.bySecond : [];
  if (byHour.length + byMinute.length + bySecond.length === 0 && allowsEveryDay(days)) return null;
  let stretches = 1;
  let stretchMs = DAY_MS;
  const part = (units: readonly number[], wholeMs: number, unitMs: number): Uint8Array | null => {
    if (units.length === 0) return null;
    stretches *= (stretchMs / wholeMs) * units.length;
    stretchMs = unitMs;
    return nextAllowed(units, wholeMs / unitMs);
  };
  const hours = part(byHour, DAY_MS, HOUR_MS);
  const minutes = part(byMinute, HOUR_MS, MINUTE_MS);
  const seconds = part(bySecond, MINUTE_MS, SECOND_MS);
  const weekdays = days.byDay.map(({ weekday }) => weekday);
  const filter = allowsEveryDay(days) ? null : dayFilter(days);
  return { days: filter, weekdays, hours, minutes, seconds, stretches, stretchMs };
}

/** For each unit of a whole the first at or after it that is named; the end of the whole when there is none. */
function nextAllowed(units: readonly number[], size: number): Uint8Array {
  const next = new Uint8Array(size);
  for (let unit = size - 1, named = size; unit >= 0; unit--) {
    if (units.includes(unit)) named = unit;
    next[unit] = named;
  }
  return next;
}

/** For how long after a time of day nothing is allowed, as far as one look tells; 0 when it is allowed itself. */
function leftOutMs({ hours, minutes, seconds }: Limits, timeMs: number): number {
  const hour = Math.trunc(timeMs / HOUR_MS);
  if (hours !== null && hours[hour] !== hour) return hours[hour]! * HOUR_MS - timeMs;
  if (minutes === null && seconds === null) return 0;
  const ofHourMs = timeMs - hour * HOUR_MS;
  const minute = Math.trunc(ofHourMs / MINUTE_MS);
  if (minutes !== null && minutes[minute] !== minute) return minutes[minute]! * MINUTE_MS - ofHourMs;
  if (seconds === null) return 0;
  const ofMinuteMs = ofHourMs - minute * MINUTE_MS;
  const second = Math.trunc(ofMinuteMs / SECOND_MS);
  return seconds[second] === second ? 0 : seconds[second]! * SECOND_MS - ofMinuteMs;
}

/**
 * Whether steps ever meet an allowed time of an allowed weekday: sooner or later they meet each time of the week that is
 * as far from the first as a multiple of what divides both the step and the week. "Every 7 hours" meets 02:00 on one weekday only.
 */
function isEverMet(limits: Limits, originMs: number, stepMs: number): boolean {
  const wholeMs = limits.weekdays.length === 0 ? DAY_MS : 7 * DAY_MS;
  const apartMs = greatestDivisor(stepMs, wholeMs);
  let ms = ((originMs % apartMs) + apartMs) % apartMs;
  while (ms < wholeMs) {
    const day = Math.floor(ms / DAY_MS);
    const isOff = limits.weekdays.length > 0 && !limits.weekdays.includes(weekdayOf(day));
    const waitMs = isOff ? (day + 1) * DAY_MS - ms : leftOutMs(limits, ms - day * DAY_MS);
    if (waitMs === 0) return true;
    ms += Math.ceil(waitMs / apartMs) * apartMs;
  }
  return false;
}

function greatestDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestDivisor(other, one % other);
}

/** The first allowed day at or after `day` and before `end`; else `end`. A month searched is a step. */
function daySeeker(filter: DayFilter, steps: Steps): (day: number, end: number) => number {
  let month: Month = { from: 0, end: 0, bits: 0 };
  return (from, end) => {
    // What 400 years do not have never comes: the calendar repeats.
    const until = Math.min(end, from + CYCLE_DAYS);
    for (let day = from; day < until; day = month.end) {
      if (day < month.from || day >= month.end) {
        if (steps.left-- <= 0) return end;
        month = monthOf(day, filter);
      }
      const ahead = month.bits & daysFrom(day - month.from, 31);
      if (ahead !== 0) return Math.min(end, month.from + 31 - Math.clz32(ahead & -ahead));
    }
    return end;
  };
}

/** How many days from one up to another are allowed; counted no further than past `most`. */
function countDays(filter: DayFilter, from: number, end: number, most: number): number {
  let count = 0;
  for (let day = from; day < end && count <= most;) {
    const month = monthOf(day, filter);
    count += countOfDays(month.bits & daysFrom(day - month.from, end - month.from));
    day = month.end;
  }
  return count;
}

type Month = { readonly from: number; readonly end: number; readonly bits: number };

function monthOf(day: number, filter: DayFilter): Month {
  const date = dateOf(day);
  const from = day - date.day + 1;
  const length = daysInMonth(date.year, date.month);
  return { from, end: from + length, bits: filter(date.year, date.month, from, length) };
}
