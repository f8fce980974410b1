import { DAY_MS, HOUR_MS, MINUTE_MS, weekdayOf, type Interval, type Zone } from "@hourwright/time";

/** The hours of a week, from Monday 00:00 on. */
export const WEEK_HOURS = 168;

/** How much somebody likes a stretch of time, on average over its minutes: -100 to 100. O(hours). */
export function likingOf(likings: readonly number[], { startMs, endMs }: Interval, zone: Zone): number {
  let sum = 0;
  for (let ms = startMs; ms < endMs;) {
    const localMs = zone.toLocalMs(ms);
    const hourMs = Math.floor(localMs / HOUR_MS) * HOUR_MS;
    const lengthMs = Math.max(MINUTE_MS, Math.min(endMs - ms, hourMs + HOUR_MS - localMs));
    sum += likings[hourOfWeek(hourMs)]! * lengthMs;
    ms += lengthMs;
  }
  return sum / (endMs - startMs);
}

const hourOfWeek = (localMs: number): number => {
  const day = Math.floor(localMs / DAY_MS);
  return (weekdayOf(day) - 1) * 24 + Math.floor((localMs - day * DAY_MS) / HOUR_MS);
};
