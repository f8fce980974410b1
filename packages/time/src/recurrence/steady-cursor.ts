import { firstAtOrAfter } from "../sorted.ts";
import { DAY_END, DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, dateOf, daysInMonth, startOfWeek } from "../civil.ts";
import {
  NOTHING,
  allowance,
  setPositions,
  timesOfHour,
  timesOfMinute,
  type Cursor,
  type PlannedRule,
  type Steps,
} from "./cursor.ts";
import { allowsEveryDay, dayFilter, daysFrom, type DayParts } from "./day-filter.ts";
import type { Rule } from "./rule.ts";

/**
 * Rules whose periods all look alike: seconds, minutes, hours, days, and weeks of given weekdays. Period k begins at
 * `originMs + k * stepMs` and holds the same offsets, so that any window is reached by a division. Parts that leave
 * periods out (BYMONTH, BYHOUR with FREQ=MINUTELY …) jump over them, a whole month, day, hour or minute at a time.
 */
export function steadyCursor(plan: PlannedRule, fromLocalMs: number, steps: Steps): Cursor {
  const period = periodOf(plan);
  if (period.offsets.length === 0 || (steps.left -= period.offsets.length >> 6) < 0) return NOTHING;
  const settle = limits(plan, period.originMs, period.stepMs, steps);
  return settle === null
    ? evenCursor(plan, period, fromLocalMs, steps)
    : limitedCursor(plan, period, settle, fromLocalMs, steps);
}

type Period = { readonly originMs: number; readonly stepMs: number; readonly offsets: readonly number[] };

/** With nothing left out, the times are numbered: which one is the nth is a division, and so is which one comes next. */
function evenCursor(
  plan: PlannedRule,
  { originMs, stepMs, offsets }: Period,
  fromLocalMs: number,
  steps: Steps,
): Cursor {
  const { startLocalMs, lastLocalMs, count } = plan;
  const size = offsets.length;
  const numberAt = (localMs: number): number => {
    const periods = Math.max(0, Math.floor((localMs - originMs) / stepMs));
    return periods * size + firstAtOrAfter(offsets, localMs - originMs - periods * stepMs);
  };
  const start = numberAt(startLocalMs);
  const last = Math.min(start + count, numberAt(lastLocalMs + 1));
  let next = Math.max(start, numberAt(fromLocalMs));
  return { write };

  function write(into: number[], from: number, end: number): number {
    const until = from + allowance(end - from, last - next, steps);
    let index = next % size;
    let periodMs = originMs + ((next - index) / size) * stepMs;
    for (let at = from; at < until; periodMs += stepMs, index = 0) {
      for (; index < size && at < until; index++) into[at++] = periodMs + offsets[index]!;
    }
    next += until - from;
    steps.left -= until - from;
    return until;
  }
}

type Settle = (period: number) => number;

function limitedCursor(plan: PlannedRule, given: Period, settle: Settle, fromLocalMs: number, steps: Steps): Cursor {
  const { originMs, stepMs, offsets } = given;
  const { startLocalMs, lastLocalMs } = plan;
  let left = plan.count;
  let period = settle(left === Infinity ? Math.max(0, Math.floor((fromLocalMs - originMs) / stepMs)) : 0);
  let index = left === Infinity ? firstAtOrAfter(offsets, fromLocalMs - originMs - period * stepMs) : 0;
  return { write };

  function write(into: number[], from: number, end: number): number {
    let at = from;
    while (at < end) {
      if (index === offsets.length) {
        index = 0;
        period = settle(period + 1);
      }
      const localMs = originMs + period * stepMs + offsets[index++]!;
      if (localMs > lastLocalMs || left <= 0 || steps.left-- <= 0) {
        left = 0;
        break;
      }
      if (localMs < startLocalMs) continue;
      left--;
      if (localMs >= fromLocalMs) into[at++] = localMs;
    }
    return at;
  }
}

/** The first period, the distance to the next, and the sorted offsets that BYSETPOS leaves in each. */
export function periodOf({ rule, startLocalMs, days, times }: PlannedRule): Period {
  switch (rule.frequency) {
    case "SECONDLY":
      return unitPeriod(rule, startLocalMs, SECOND_MS, [0]);
    case "MINUTELY":
      return unitPeriod(rule, startLocalMs, MINUTE_MS, timesOfMinute(rule, startLocalMs % MINUTE_MS));
    case "HOURLY":
      return unitPeriod(rule, startLocalMs, HOUR_MS, timesOfHour(rule, startLocalMs % HOUR_MS));
    case "DAILY":
      return unitPeriod(rule, startLocalMs, DAY_MS, times);
    default: {
      const originMs = startOfWeek(Math.floor(startLocalMs / DAY_MS), rule.weekStart) * DAY_MS;
      const offsets = weekOffsets(days, times);
      return { originMs, stepMs: 7 * DAY_MS * rule.interval, offsets: positioned(rule, offsets) };
    }
  }
}

function unitPeriod(rule: Rule, startLocalMs: number, unitMs: number, offsets: readonly number[]): Period {
  const originMs = Math.floor(startLocalMs / unitMs) * unitMs;
  return { originMs, stepMs: unitMs * rule.interval, offsets: positioned(rule, offsets) };
}

function positioned({ bySetPosition }: Rule, offsets: readonly number[]): readonly number[] {
  if (bySetPosition.length === 0) return offsets;
  return setPositions(bySetPosition, offsets.length).map((i) => offsets[i]!);
}

/** The times of a week from its first day on; "1MO,2MO" are the same Monday. */
function weekOffsets({ byDay, weekStart }: DayParts, times: readonly number[]): number[] {
  const offsets: number[] = [];
  for (let day = 0; day < 7; day++) {
    const weekday = ((weekStart - 1 + day) % 7) + 1;
    if (!byDay.some((named) => named.weekday === weekday)) continue;
    for (const ms of times) offsets.push(day * DAY_MS + ms);
  }
  return offsets;
}

/**
 * The parts that leave out whole periods, as one function: the first period at or after the given one that they
 * allow. Null when they allow all. Each jump goes to the end of the largest stretch known to be left out.
 */
function limits(
  { rule, days, lastLocalMs }: PlannedRule,
  originMs: number,
  stepMs: number,
  steps: Steps,
): ((period: number) => number) | null {
  const { frequency } = rule;
  if (frequency === "WEEKLY" || frequency === "DAILY") return null; // Only those without limits come here.
  const nextDay = allowsEveryDay(days) ? null : daySeeker(days, steps);
  const hours = allowed(rule.byHour, 24);
  const minutes = frequency === "HOURLY" ? null : allowed(rule.byMinute, 60);
  const seconds = frequency === "SECONDLY" ? allowed(rule.bySecond, 60) : null;
  if (nextDay === null && hours === null && minutes === null && seconds === null) return null;
  const lastDay = Math.min(DAY_END, Math.floor(lastLocalMs / DAY_MS) + 1);

  return (period) => {
    let candidate = period;
    for (;;) {
      const ms = originMs + candidate * stepMs;
      const resumeMs = leftOutUntil(ms);
      if (resumeMs === ms || ms > lastLocalMs || steps.left-- <= 0) return candidate;
      candidate = Math.ceil((resumeMs - originMs) / stepMs);
    }
  };

  /** `ms` itself when it is allowed, else the next moment at which it is worth looking again. */
  function leftOutUntil(ms: number): number {
    const day = Math.floor(ms / DAY_MS);
    if (nextDay !== null) {
      const allowedDay = nextDay(day, lastDay);
      if (allowedDay > day) return allowedDay * DAY_MS;
    }
    return (
      next(ms, day * DAY_MS, HOUR_MS, hours) ??
      next(ms, floor(ms, HOUR_MS), MINUTE_MS, minutes) ??
      next(ms, floor(ms, MINUTE_MS), SECOND_MS, seconds) ??
      ms
    );
  }
}

/** The first allowed day at or after `day` and before `end`; else `end`. A month searched is a step. */
function daySeeker(days: DayParts, steps: Steps): (day: number, end: number) => number {
  const filter = dayFilter(days);
  let monthFrom = 0;
  let monthEnd = 0;
  let bits = 0;
  return (from, end) => {
    for (let day = from; day < end; day = monthEnd) {
      if (day < monthFrom || day >= monthEnd) {
        if (steps.left-- <= 0) return end;
        const date = dateOf(day);
        monthFrom = day - date.day + 1;
        monthEnd = monthFrom + daysInMonth(date.year, date.month);
        bits = filter(date.year, date.month, monthFrom, monthEnd - monthFrom);
      }
      const ahead = bits & daysFrom(day - monthFrom, 31);
      if (ahead !== 0) return Math.min(end, monthFrom + 31 - Math.clz32(ahead & -ahead));
    }
    return end;
  };
}

const floor = (ms: number, unitMs: number) => Math.floor(ms / unitMs) * unitMs;

/** Null when the unit of `ms` within its whole is allowed; else when the next allowed one begins, or the whole ends. */
function next(ms: number, wholeMs: number, unitMs: number, units: Uint8Array | null): number | null {
  if (units === null) return null;
  let unit = Math.floor((ms - wholeMs) / unitMs);
  if (units[unit] === 1) return null;
  while (unit < units.length && units[unit] === 0) unit++;
  return wholeMs + unit * unitMs;
}

function allowed(list: readonly number[], size: number): Uint8Array | null {
  if (list.length === 0) return null;
  const units = new Uint8Array(size);
  for (const unit of list) units[unit] = 1;
  return units;
}
