/** The index of the first of the sorted numbers from `from` to `end` that is not below `least`; `end` when all are. */
export function firstAtOrAfter(sorted: readonly number[], least: number, from = 0, end = sorted.length): number {
  let low = from;
  let high = end;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
