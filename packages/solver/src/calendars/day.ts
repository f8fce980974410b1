import type { Taken } from "@hourwright/conflict";
import { MINUTE_MS, type Interval } from "@hourwright/time";

/** A taking, and whether it is of something that may move. */
export type Placed = Taken & { readonly isMoving: boolean };

/** What one day of one subject is like. Minutes, and the index of pieces from 0 (one free stretch, or none) towards 1. */
export type DayMeasure = {
  /** Minutes and pairs at once of which one at least may move; a pair belongs to the day on which its second begins. */
  readonly sharedMinutes: number;
  readonly pairs: number;
  readonly openMinutes: number;
  readonly takenMinutes: number;
  /** Free within one's hours, in stretches that are long enough. */
  readonly focusMinutes: number;
  readonly pieces: number;
  readonly wayMinutes: number;
};

/**
 * Measures a day: `taken` is what touches it, by start; `open` one's hours on it, in order and apart. Time kept for work of one's
 * own is free time here. O(takings × open stretches).
 */
export function measureDay(
  day: Interval,
  taken: readonly Placed[],
  open: readonly Interval[],
  { focusMinutes, travelMs }: { focusMinutes: number; travelMs: (from: number, to: number) => number },
): DayMeasure {
  const free = freeStretches(taken, open);
  let [freeMs, focusMs, squares, openMs] = [0, 0, 0, 0];
  for (const lengthMs of free) {
    freeMs += lengthMs;
    squares += lengthMs * lengthMs;
    if (lengthMs >= focusMinutes * MINUTE_MS) focusMs += lengthMs;
  }
  for (const { startMs, endMs } of open) openMs += endMs - startMs;
  return {
    ...pairsIn(day, taken),
    openMinutes: openMs / MINUTE_MS,
    takenMinutes: takenMsIn(day, taken) / MINUTE_MS,
    focusMinutes: focusMs / MINUTE_MS,
    pieces: freeMs === 0 ? 0 : 1 - squares / (freeMs * freeMs),
    wayMinutes: wayMs(day, taken, travelMs) / MINUTE_MS,
  };
}

/** The lengths of what is left of one's hours. */
function freeStretches(taken: readonly Placed[], open: readonly Interval[]): number[] {
  const lengths: number[] = [];
  for (const { startMs, endMs } of open) {
    let freeFrom = startMs;
    for (const each of taken) {
      if (each.startMs >= endMs) break;
      if (each.endMs <= freeFrom || each.traits.isFocus) continue;
      if (each.startMs > freeFrom) lengths.push(each.startMs - freeFrom);
      freeFrom = each.endMs;
    }
    if (freeFrom < endMs) lengths.push(endMs - freeFrom);
  }
  return lengths;
}

function pairsIn(day: Interval, taken: readonly Placed[]): { sharedMinutes: number; pairs: number } {
  let [sharedMs, pairs] = [0, 0];
  for (let i = 1; i < taken.length; i++) {
    const second = taken[i]!;
    if (second.startMs < day.startMs || second.startMs >= day.endMs) continue;
    for (let k = 0; k < i; k++) {
      const first = taken[k]!;
      if (first.endMs <= second.startMs || !areApart(first, second)) continue;
      pairs += 1;
      sharedMs += Math.min(first.endMs, second.endMs) - second.startMs;
    }
  }
  return { sharedMinutes: sharedMs / MINUTE_MS, pairs };
}

/** Whether two takings of one subject are a conflict when they share time, and one of them could be moved out of it. */
const areApart = (first: Placed, second: Placed): boolean =>
  (first.isMoving || second.isMoving) && first.event !== second.event;

function takenMsIn(day: Interval, taken: readonly Taken[]): number {
  let ms = 0;
  let from = day.startMs;
  for (const { startMs, endMs } of taken) {
    const [start, end] = [Math.max(startMs, from), Math.min(endMs, day.endMs)];
    if (start >= end) continue;
    ms += end - start;
    from = end;
  }
  return ms;
}

/** The ways between one thing at a known place and the next that begins that day; what happens nowhere moves nobody. */
function wayMs(day: Interval, taken: readonly Taken[], travelMs: (from: number, to: number) => number): number {
  let ms = 0;
  let last: Taken | null = null;
  for (const each of taken) {
    const { site } = each.traits;
    if (site === null) continue;
    if (each.startMs >= day.startMs && last !== null && last.endMs <= each.startMs && last.traits.site !== site)
      ms += travelMs(last.traits.site!, site);
    if (last === null || each.endMs > last.endMs) last = each;
  }
  return ms;
}
