import { DAY_MS, intersect, type Interval, type Zone } from "@hourwright/time";

// How well a time suits those whose open time is known. Lists of stretches are in order and do not meet.

/** Those of some stretches that share time with an interval. O(log n + found). */
export function within(stretches: readonly Interval[], { startMs, endMs }: Interval): readonly Interval[] {
  const to = startingBefore(stretches, endMs);
  let from = startingBefore(stretches, startMs);
  if (from > 0 && stretches[from - 1]!.endMs > startMs) from--;
  return stretches.slice(from, to);
}

/**
 * Tells of times whether they suit everybody as well as `[startMs, endMs)` does: who is within their hours then has to
 * stay within them, who is on a day on which they have some has to stay on such days, and a day off binds nothing.
 * `open` holds the stretches of each; days are those of `zone`. Each answer takes O(log n + those outside their hours).
 */
export function comfortKept(
  open: readonly (readonly Interval[])[],
  startMs: number,
  endMs: number,
  zone: Zone,
): (startMs: number, endMs: number) => boolean {
  const [inHours, outside] = [open.filter(isIn), open.filter((stretches) => !isIn(stretches))];
  const onWorkdays = outside.filter((stretches) => isOnOpenDay(stretches, startMs, zone));
  const shared = inHours.length === 0 ? null : inHours.reduce((one, other) => intersect(one, other));
  return (start, end) =>
    (shared === null || contains(shared, start, end)) &&
    onWorkdays.every((stretches) => isOnOpenDay(stretches, start, zone));

  function isIn(stretches: readonly Interval[]): boolean {
    return contains(stretches, startMs, endMs);
  }
}

function contains(stretches: readonly Interval[], startMs: number, endMs: number): boolean {
  const last = stretches[startingBefore(stretches, startMs + 1) - 1];
  return last !== undefined && last.endMs >= endMs;
}

function isOnOpenDay(stretches: readonly Interval[], ms: number, zone: Zone): boolean {
  const dayMs = Math.floor(zone.toLocalMs(ms) / DAY_MS) * DAY_MS;
  const last = stretches[startingBefore(stretches, zone.toEpochMs(dayMs + DAY_MS)) - 1];
  return last !== undefined && last.endMs > zone.toEpochMs(dayMs);
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
