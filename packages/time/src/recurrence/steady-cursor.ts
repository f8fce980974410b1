import { DAY_END, DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, startOfWeek } from "../civil.ts";
import { setPositions, timesOfHour, timesOfMinute, type Cursor, type PlannedRule, type Steps } from "./cursor.ts";
import { dayFilter } from "./day-filter.ts";

/**
 * Rules whose periods all look alike: seconds, minutes, hours, days, and weeks of given weekdays. Period k begins at
 * `originMs + k * stepMs` and holds the same offsets, so that any window is reached by a division. Parts that leave
 * periods out (BYMONTH, BYHOUR with FREQ=MINUTELY …) jump over them, a whole month, day, hour or minute at a time.
 */
export function steadyCursor(plan: PlannedRule, fromLocalMs: number, steps: Steps): Cursor {
  const { startLocalMs, lastLocalMs, count } = plan;
  const { originMs, stepMs, offsets } = periodOf(plan);
  const settle = limits(plan, originMs, stepMs, steps);
  const done: Cursor = { next: () => Infinity };
  if (offsets.length === 0 || (steps.left -= offsets.length >> 6) < 0) return done;

  let period = 0;
  let index = 0;
  let left = count;
  if (settle === null) {
    seekEvenly();
  } else if (count === Infinity) {
    period = settle(Math.max(0, Math.floor((fromLocalMs - originMs) / stepMs)));
    index = firstAtOrAfter(offsets, fromLocalMs - originMs - period * stepMs);
  } else {
    period = settle(0);
  }
  return { next };

  function next(): number {
    for (;;) {
      if (index === offsets.length) {
        index = 0;
        period = settle === null ? period + 1 : settle(period + 1);
      }
      const localMs = originMs + period * stepMs + offsets[index++]!;
      if (localMs > lastLocalMs || left <= 0 || steps.left-- <= 0) return end();
      if (localMs < startLocalMs) continue;
      left--;
      if (localMs >= fromLocalMs) return localMs;
    }
  }

  function end(): number {
    left = 0;
    return Infinity;
  }

  /** With nothing left out, what lies before a period is its number times the offsets, less those before DTSTART. */
  function seekEvenly(): void {
    const beforeStart = firstAtOrAfter(offsets, startLocalMs - originMs);
    period = Math.max(0, Math.floor((fromLocalMs - originMs) / stepMs));
    index = firstAtOrAfter(offsets, fromLocalMs - originMs - period * stepMs);
    left -= Math.max(0, period * offsets.length + index - beforeStart);
  }
}

/** The index of the first of sorted offsets that is not below `offset`; their number when all are. */
function firstAtOrAfter(offsets: readonly number[], offset: number): number {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (offsets[middle]! < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first period, the distance to the next, and the sorted offsets that BYSETPOS leaves in each. */
function periodOf({ rule, startLocalMs, days, times }: PlannedRule) {
  const startDay = Math.floor(startLocalMs / DAY_MS);
  const chosen = (offsets: readonly number[]) =>
    rule.bySetPosition.length === 0
      ? offsets
      : setPositions(rule.bySetPosition, offsets.length).map((i) => offsets[i]!);
  const unit = (unitMs: number, offsets: readonly number[]) => ({
    originMs: Math.floor(startLocalMs / unitMs) * unitMs,
    stepMs: unitMs * rule.interval,
    offsets: chosen(offsets),
  });

  switch (rule.frequency) {
    case "SECONDLY":
      return unit(SECOND_MS, [0]);
    case "MINUTELY":
      return unit(MINUTE_MS, timesOfMinute(rule, startLocalMs % MINUTE_MS));
    case "HOURLY":
      return unit(HOUR_MS, timesOfHour(rule, startLocalMs % HOUR_MS));
    case "DAILY":
      return unit(DAY_MS, times);
    default: {
      const weekdays = days.byDay.map(({ weekday }) => (weekday - rule.weekStart + 7) % 7).sort((a, b) => a - b);
      const distinct = [...new Set(weekdays)]; // "1MO,2MO" are the same Monday of a week.
      return {
        originMs: startOfWeek(startDay, rule.weekStart) * DAY_MS,
        stepMs: 7 * DAY_MS * rule.interval,
        offsets: chosen(distinct.flatMap((day) => times.map((ms) => day * DAY_MS + ms))),
      };
    }
  }
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
  if (frequency === "WEEKLY") return null;
  const filter = dayFilter(days, steps);
  const isSubDaily = frequency !== "DAILY";
  const hours = isSubDaily ? allowed(rule.byHour, 24) : null;
  const minutes = isSubDaily && frequency !== "HOURLY" ? allowed(rule.byMinute, 60) : null;
  const seconds = frequency === "SECONDLY" ? allowed(rule.bySecond, 60) : null;
  if (filter === null && hours === null && minutes === null && seconds === null) return null;
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
    if (filter !== null) {
      const next = filter.next(day, lastDay);
      if (next > day) return next * DAY_MS;
    }
    return (
      next(ms, day * DAY_MS, HOUR_MS, hours) ??
      next(ms, floor(ms, HOUR_MS), MINUTE_MS, minutes) ??
      next(ms, floor(ms, MINUTE_MS), SECOND_MS, seconds) ??
      ms
    );
  }
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
