import * as fc from "fast-check";
import { QUARTER_MS, QUARTERS_PER_DAY, type Stretches, type WallClock } from "./occupancy.ts";
import type { Span } from "./packing.ts";

/** Any year the timeline promises, on any first weekday. */
export const anyYear = fc.integer({ min: 1970, max: 2100 });
export const anyFirstWeekday = fc.integer({ min: 1, max: 7 });

/** Screens of the three kinds that the structure is promised on: desk, laptop, phone. */
export const SCREENS = [
  { width: 1344, height: 984 },
  { width: 900, height: 640 },
  { width: 390, height: 440 },
] as const;

/** Bars of one month with distinct ids. */
export const anySpans: fc.Arbitrary<Span[]> = fc
  .array(fc.record({ fromDay: fc.integer({ min: 0, max: 30 }), length: fc.integer({ min: 1, max: 12 }) }), {
    maxLength: 40,
  })
  .map((list) => list.map(({ fromDay, length }, index) => ({ id: `bar-${index}`, fromDay, toDay: fromDay + length })));

/** Every quarter looked at by every stretch, minute by minute: the obvious count that judges `occupancy`. */
export function touchedByWalking(
  stretches: Stretches,
  clock: WallClock,
  firstEpochDay: number,
  days: number,
): number[] {
  const touched = Array.from({ length: days * QUARTERS_PER_DAY }, () => 0);
  for (let i = 0; i < stretches.startMs.length; i++) {
    const quarters = new Set<number>();
    for (let ms = stretches.startMs[i]!; ms < stretches.endMs[i]!; ms += 60_000) {
      quarters.add(Math.floor((ms + offsetAt(clock, ms)) / QUARTER_MS) - firstEpochDay * QUARTERS_PER_DAY);
    }
    for (const quarter of quarters) if (quarter in touched) touched[quarter]! += 1;
  }
  return touched;
}

function offsetAt({ fromMs, offsetMs }: WallClock, ms: number): number {
  return offsetMs[
    Math.max(
      0,
      fromMs.findLastIndex((from) => from <= ms),
    )
  ]!;
}
