import { assert } from "@hourwright/std";

/**
 * A stretch of exact time, half-open: `[startMs, endMs)`, epoch milliseconds.
 * Half-open, so that a lesson ending at 10:00 and one starting at 10:00 do not overlap.
 */
export type Interval = { readonly startMs: number; readonly endMs: number };

/** The one way to an `Interval`: whole milliseconds, and never without length. */
export function interval(startMs: number, endMs: number): Interval {
  assert(Number.isSafeInteger(startMs), `startMs must be whole milliseconds: ${startMs}`);
  assert(Number.isSafeInteger(endMs), `endMs must be whole milliseconds: ${endMs}`);
  assert(startMs < endMs, `an interval must have a length: ${startMs} to ${endMs}`);
  return { startMs, endMs };
}

/** Whether two stretches share a moment; touching is not sharing. */
export function overlaps(one: Interval, other: Interval): boolean {
  return one.startMs < other.endMs && other.startMs < one.endMs;
}

/** Whether a list is sorted and disjoint. Stretches may touch: two lessons back to back stay two. O(n). */
export function isNormal(list: readonly Interval[]): boolean {
  for (let i = 0; i < list.length; i++) {
    if (list[i]!.startMs >= list[i]!.endMs) return false;
    if (i > 0 && list[i - 1]!.endMs > list[i]!.startMs) return false;
  }
  return true;
}

/** The same points as any list, as the fewest stretches: sorted, disjoint, none touching another. O(n log n). */
export function normalise(list: readonly Interval[]): Interval[] {
  const sorted = list.toSorted((one, other) => one.startMs - other.startMs);
  const merged: Interval[] = [];
  for (const { startMs, endMs } of sorted) {
    const last = merged.at(-1);
    if (last === undefined || last.endMs < startMs) merged.push({ startMs, endMs });
    else if (last.endMs < endMs) merged[merged.length - 1] = { startMs: last.startMs, endMs };
  }
  return merged;
}

/** The points in either of two normal lists, as the fewest stretches: O(one + other). */
export function union(one: readonly Interval[], other: readonly Interval[]): Interval[] {
  assert(isNormal(one), "one must be sorted and disjoint");
  assert(isNormal(other), "other must be sorted and disjoint");
  return normalise([...one, ...other]); // Two sorted runs: the engine's merge sort makes this one pass.
}

/** The points in both of two normal lists: O(one + other + result). */
export function intersect(one: readonly Interval[], other: readonly Interval[]): Interval[] {
  assert(isNormal(one), "one must be sorted and disjoint");
  assert(isNormal(other), "other must be sorted and disjoint");

  const shared: Interval[] = [];
  let i = 0;
  let j = 0;
  while (i < one.length && j < other.length) {
    const startMs = Math.max(one[i]!.startMs, other[j]!.startMs);
    const endMs = Math.min(one[i]!.endMs, other[j]!.endMs);
    if (startMs < endMs) shared.push({ startMs, endMs });
    if (one[i]!.endMs < other[j]!.endMs) i++;
    else j++;
  }

  assert(isNormal(shared), "what is shared must be sorted and disjoint");
  return shared;
}

/**
 * What is left of `free` once `busy` is taken out: O(free + busy).
 * Both lists must be normal (sorted, disjoint); so is the result.
 */
export function subtract(free: readonly Interval[], busy: readonly Interval[]): Interval[] {
  assert(isNormal(free), "free must be sorted and disjoint");
  assert(isNormal(busy), "busy must be sorted and disjoint");

  const left: Interval[] = [];
  let firstBusy = 0;
  for (const { startMs, endMs } of free) {
    let cursorMs = startMs;
    while (firstBusy < busy.length && busy[firstBusy]!.endMs <= startMs) firstBusy++;
    for (let i = firstBusy; i < busy.length && busy[i]!.startMs < endMs; i++) {
      const taken = busy[i]!;
      if (cursorMs < taken.startMs) left.push({ startMs: cursorMs, endMs: taken.startMs });
      cursorMs = Math.max(cursorMs, taken.endMs);
    }
    if (cursorMs < endMs) left.push({ startMs: cursorMs, endMs });
  }

  assert(isNormal(left), "the remainder must be sorted and disjoint");
  return left;
}

/** What `within` has that the normal list does not: the gaps, and both ends. O(n). */
export function complement(list: readonly Interval[], within: Interval): Interval[] {
  return subtract([within], list);
}
