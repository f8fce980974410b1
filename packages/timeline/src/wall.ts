import type { WallClock } from "./occupancy.ts";

/** The wall time of an instant, as ms since 1970-01-01T00:00 on that wall. */
export function wallMs({ fromMs, offsetMs }: WallClock, ms: number): number {
  let change = fromMs.length - 1;
  while (change > 0 && fromMs[change]! > ms) change--;
  return ms + offsetMs[change]!;
}

/** The instant of a wall time: the first of two, and in a gap by the offset before it (RFC 5545 §3.3.5). */
export function instantOfWall({ fromMs, offsetMs }: WallClock, wall: number): number {
  for (let change = 0; change < fromMs.length; change++) {
    const ms = wall - offsetMs[change]!;
    const nextMs = fromMs[change + 1] ?? Number.POSITIVE_INFINITY;
    const nextOffset = offsetMs[change + 1] ?? 0;
    const isInGap = ms >= nextMs && wall - nextOffset < nextMs;
    if (ms < nextMs || isInGap) return ms;
  }
  return wall;
}
