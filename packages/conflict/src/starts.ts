import { DAY_MS, HOUR_MS, MINUTE_MS, type Zone } from "@hourwright/time";
import type { RepairFacts, Span } from "./change.ts";
import { comfortKept, within } from "./open-time.ts";

// When something may be tried, and whether that suits as well as now.

/** Starts are tried at the same wall time, then at quarters of an hour between these hours, so many days ahead. */
const STEP_MS = 15 * MINUTE_MS;
const DAY_STARTS_HOUR = 7;
const DAY_ENDS_HOUR = 20;
const DAYS_AHEAD = 14;

/** The days ahead on which something may be offered. Nothing ends beyond them: so far callers know what is taken. */
export function daysAhead(startMs: number, lengthMs: number, zone: Zone): number[] {
  const today = Math.floor(zone.toLocalMs(startMs) / DAY_MS);
  const days: number[] = [];
  for (let ahead = 1; ahead * DAY_MS + lengthMs <= (DAYS_AHEAD + 1) * DAY_MS; ahead++) {
    if (isWeekend(today) || !isWeekend(today + ahead)) days.push(ahead);
  }
  return days;
}

export const daysLater = (ms: number, days: number, zone: Zone): number =>
  zone.toEpochMs(zone.toLocalMs(ms) + days * DAY_MS);

/** Starts on a day, so many days ahead, by nearness to the same wall time; that one first, whatever the hour. */
export function startsOf(ahead: number, startMs: number, lengthMs: number, zone: Zone): number[] {
  const sameMs = zone.toLocalMs(startMs) + ahead * DAY_MS;
  const dayMs = Math.floor(sameMs / DAY_MS) * DAY_MS;
  const lastMs = dayMs + DAY_ENDS_HOUR * HOUR_MS - lengthMs;
  const wallTimes = [sameMs];
  for (let localMs = dayMs + DAY_STARTS_HOUR * HOUR_MS; localMs <= lastMs; localMs += STEP_MS) wallTimes.push(localMs);
  return wallTimes
    .sort((a, b) => Math.abs(a - sameMs) - Math.abs(b - sameMs))
    .map((localMs) => zone.toEpochMs(localMs));
}

/** Whether a time suits everybody and everything of which open time is known as well as the time that they have now. */
export function isNobodyWorseOff(
  occurrence: number,
  now: Span,
  { openTime, index, rowsOf }: RepairFacts,
  zone: Zone,
): (startMs: number, endMs: number) => boolean {
  if (openTime === undefined) return () => true;
  const subjects = new Set(rowsOf(occurrence).map((row) => index.takings.subject[row]!));
  const reach = { startMs: now.startMs - DAY_MS, endMs: now.endMs + (DAYS_AHEAD + 2) * DAY_MS };
  const known = [...subjects].flatMap((subject) => {
    const stretches = openTime.get(subject);
    return stretches === undefined ? [] : [within(stretches, reach)];
  });
  return comfortKept(known, now.startMs, now.endMs, zone);
}

/** Day 0 of the epoch was a Thursday. */
const isWeekend = (day: number): boolean => (((day + 3) % 7) + 7) % 7 >= 5;
