import { dayOf, startOfDay, weekOf, type World } from "@hourwright/conflict";
import type { Interval } from "@hourwright/time";

/**
 * Time cut into cells, days or weeks, the same for every subject. What is judged in a cell depends on what is taken from `backMs`
 * before it to its end.
 */
export type Frame = {
  /** Where each cell begins, and the last one ends. */
  readonly startsMs: Float64Array;
  readonly cells: number;
  readonly backMs: number;
};

/** The days, or weeks, that a stretch of time touches, and those in which something taken in it still matters. */
export function frameOf(length: "day" | "week", { startMs, endMs }: Interval, backMs: number, world: World): Frame {
  const { zone, firstWeekday } = world;
  const step = length === "day" ? 1 : 7;
  const of = (ms: number): number => {
    const day = dayOf(ms, zone);
    return length === "day" ? day : weekOf(day, firstWeekday);
  };
  const first = of(startMs);
  const cells = Math.floor((of(endMs + backMs - 1) - first) / step) + 1;
  const startsMs = Float64Array.from({ length: cells + 1 }, (_, i) => startOfDay(first + i * step, zone));
  return { startsMs, cells, backMs };
}

/** The cell in which an instant lies; the first or the last one where it lies outside. */
export function cellAt({ startsMs, cells }: Frame, ms: number): number {
  let [low, high] = [0, cells];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (startsMs[middle]! <= ms) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

/** What a cell's judge has to see. The millisecond lets it see what ends just when a reach begins. */
export const seenIn = ({ startsMs, backMs }: Frame, cell: number): Interval => ({
  startMs: startsMs[cell]! - (backMs === 0 ? 0 : backMs + 1),
  endMs: startsMs[cell + 1]!,
});

/** The last cell that sees something which ends at an instant. */
export const lastCellSeeing = (frame: Frame, endMs: number): number =>
  cellAt(frame, frame.backMs === 0 ? endMs - 1 : endMs + frame.backMs);
