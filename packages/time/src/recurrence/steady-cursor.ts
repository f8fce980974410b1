import { firstAtOrAfter } from "../sorted.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, startOfWeek } from "../civil.ts";
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
import type { DayParts } from "./day-filter.ts";
import { limitedCursor, limitsOf } from "./limited-cursor.ts";
import type { Rule } from "./rule.ts";

/**
 * Rules whose periods all look alike: seconds, minutes, hours, days, and weeks of given weekdays. Period k begins at
 * `originMs + k * stepMs` and holds the same offsets, so that any window is reached by a division. Where parts leave
 * periods out (BYMONTH, BYHOUR with FREQ=MINUTELY …) see limited-cursor.ts.
 */
export function steadyCursor(plan: PlannedRule, fromLocalMs: number, steps: Steps): Cursor {
  const period = periodOf(plan);
  if (period.offsets.length === 0 || (steps.left -= period.offsets.length >> 6) < 0) return NOTHING;
  const limits = limitsOf(plan);
  if (limits === null) return evenCursor(plan, period, fromLocalMs, steps);
  return limitedCursor(plan, period, limits, fromLocalMs, steps);
}

export type Period = { readonly originMs: number; readonly stepMs: number; readonly offsets: readonly number[] };

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
  let next = start;
  const cursor: Cursor = { write, seek, ahead: () => Math.max(0, last - next) };
  seek(fromLocalMs);
  return cursor;

  function seek(localMs: number): void {
    next = Math.max(next, numberAt(localMs));
  }

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
