import { DAY_MS, type Interval, type Zone } from "@hourwright/time";

/**
 * How well a time suits somebody whose open time is `stretches`: 2 within their hours, 1 on a day on which they have
 * some, 0 on a day off. The stretches are in order and do not meet; days are those of `zone`. O(log n).
 */
export function comfortOf(stretches: readonly Interval[], startMs: number, endMs: number, zone: Zone): 0 | 1 | 2 {
  const last = stretches[startingBefore(stretches, startMs + 1) - 1];
  if (last !== undefined && last.endMs >= endMs) return 2;
  const dayMs = Math.floor(zone.toLocalMs(startMs) / DAY_MS) * DAY_MS;
  const lastOfDay = stretches[startingBefore(stretches, zone.toEpochMs(dayMs + DAY_MS)) - 1];
  return lastOfDay !== undefined && lastOfDay.endMs > zone.toEpochMs(dayMs) ? 1 : 0;
}

/** How many of the stretches begin before an instant. */
function startingBefore(stretches: readonly Interval[], ms: number): number {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (stretches[middle]!.startMs < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}
