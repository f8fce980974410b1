import { DAY_MS, type Interval, type Zone } from "@hourwright/time";

// Pure: the availability of one person, from a plain week and holidays.

/** One opening of a week: weekday 1 is Monday; minutes of the day by the clock on the wall. */
export type WorkingTime = { readonly weekday: number; readonly opensMinute: number; readonly closesMinute: number };

/**
 * The stretches in which somebody works, day by day from `fromDay` to before `toDay` (days of the epoch), in order.
 * A wall time that the clocks skip is read with the offset before it; a day that is a holiday has none.
 */
export function workingStretches(
  week: readonly WorkingTime[],
  holidays: ReadonlySet<number>,
  zone: Zone,
  fromDay: number,
  toDay: number,
): Interval[] {
  const stretches: Interval[] = [];
  for (let day = fromDay; day < toDay; day++) {
    if (holidays.has(day)) continue;
    for (const { weekday, opensMinute, closesMinute } of week) {
      if (weekday !== weekdayOf(day)) continue;
      const startMs = zone.toEpochMs(day * DAY_MS + opensMinute * 60_000);
      const endMs = zone.toEpochMs(day * DAY_MS + closesMinute * 60_000);
      if (startMs < endMs) stretches.push({ startMs, endMs });
    }
  }
  return stretches;
}

/** Day 0 of the epoch was a Thursday. */
const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;
