import { assert } from "@hourwright/std";
import { DAY_MS, weekdayOf } from "./civil.ts";
import { normalise, type Interval } from "./interval.ts";
import type { Zone } from "./zone.ts";

/** From and to on the wall, in milliseconds after midnight; a night shift ends beyond 24 hours. */
export type DaySpan = { readonly fromMs: number; readonly toMs: number };

/** When somebody works, by their own clock: the spans of Monday to Sunday, and days without any. */
export type WorkingHours = {
  readonly zone: Zone;
  readonly week: readonly (readonly DaySpan[])[];
  /** Days since 1970-01-01 on which the week does not hold, such as holidays. */
  readonly daysOff?: ReadonlySet<number>;
};

/** Three days of working time a year would still be found; more than ten years ahead nobody plans. */
export const WORKING_DAYS_MAX = 3660;
/** A span that begins on one day ends before the end of the next. */
const SPAN_END_MS = 2 * DAY_MS;

/** The working time in `[fromMs, toMs)` as normal intervals of exact time: hours that the clocks skip are not in it. */
export function workingIntervals(hours: WorkingHours, { startMs, endMs }: Interval): Interval[] {
  const firstDay = Math.floor(hours.zone.earliestLocalMs(startMs) / DAY_MS) - 1;
  const lastDay = Math.floor(hours.zone.latestLocalMs(endMs) / DAY_MS);
  const intervals: Interval[] = [];
  for (let day = firstDay; day <= lastDay; day++) {
    for (const span of spansOf(hours, day)) {
      const from = Math.max(startMs, span.startMs);
      const to = Math.min(endMs, span.endMs);
      if (from < to) intervals.push({ startMs: from, endMs: to });
    }
  }
  return normalise(intervals);
}

/** How much working time lies between two instants. */
export function workingMsBetween(hours: WorkingHours, interval: Interval): number {
  return workingIntervals(hours, interval).reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
}

/**
 * The instant at which `ms` of working time have passed since `fromMs`: a deadline of "8 working hours". Null when
 * they have not within `WORKING_DAYS_MAX` days. With 0 it is the first moment at which work goes on.
 */
export function addWorkingTime(hours: WorkingHours, fromMs: number, ms: number): number | null {
  assert(ms >= 0, `working time is added, not taken away: ${ms}`);
  let leftMs = ms;
  let atMs = fromMs;
  const firstDay = Math.floor(hours.zone.earliestLocalMs(fromMs) / DAY_MS) - 1;
  for (let day = firstDay; day <= firstDay + WORKING_DAYS_MAX; day++) {
    for (const { startMs, endMs } of normalise(spansOf(hours, day))) {
      const openMs = Math.max(atMs, startMs); // A night shift may reach into the next day's spans.
      if (openMs >= endMs) continue;
      if (leftMs <= endMs - openMs) return openMs + leftMs;
      leftMs -= endMs - openMs;
      atMs = endMs;
    }
  }
  return null;
}

function spansOf({ zone, week, daysOff }: WorkingHours, day: number): Interval[] {
  if (daysOff?.has(day) === true) return [];
  const spans: Interval[] = [];
  for (const { fromMs, toMs } of week[weekdayOf(day) - 1] ?? []) {
    assert(fromMs >= 0 && fromMs < toMs && fromMs < DAY_MS && toMs <= SPAN_END_MS, `no span: ${fromMs} to ${toMs}`);
    const startMs = zone.toEpochMs(day * DAY_MS + fromMs);
    const endMs = zone.toEpochMs(day * DAY_MS + toMs);
    if (startMs < endMs) spans.push({ startMs, endMs });
  }
  return spans;
}
