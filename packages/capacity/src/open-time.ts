import { assert } from "@hourwright/std";

/**
 * When somebody may be claimed: stretches `[startMs[i], endMs[i])` in epoch ms, in order, none meeting another. Many
 * people share one: whoever works the same week.
 */
export type OpenTime = { readonly startMs: Float64Array; readonly endMs: Float64Array };

const STRETCHES_MAX = 10_000;

/**
 * Reads minutes that are away and open by turns, from `fromMs` on: `[540, 480, 960, 480]` is away for nine hours, open for
 * eight, away for sixteen … What follows the last number is away. O(minutes.length).
 */
export function openTimeOf(minutes: readonly number[], fromMs: number): OpenTime {
  assert(minutes.length <= 2 * STRETCHES_MAX, `at most ${STRETCHES_MAX} stretches: ${minutes.length / 2}`);
  const count = minutes.length >> 1;
  const open: OpenTime = { startMs: new Float64Array(count), endMs: new Float64Array(count) };
  let atMs = fromMs;
  for (let i = 0; i < count; i++) {
    open.startMs[i] = atMs += minutes[2 * i]! * 60_000;
    open.endMs[i] = atMs += minutes[2 * i + 1]! * 60_000;
  }
  return open;
}

/** The first stretch that ends after `ms`; their number when there is none. O(log stretches). */
export function firstEndingAfter({ endMs }: OpenTime, ms: number): number {
  let [low, high] = [0, endMs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (endMs[middle]! > ms) high = middle;
    else low = middle + 1;
  }
  return low;
}
