/**
 * Where consecutive local days begin: day `i` is `[startsMs[i], startsMs[i + 1])` in epoch ms, so there is one more number
 * than days. On a day of a clock change it is an hour shorter or longer.
 */
export type Days = { readonly startsMs: Float64Array };

const DAY_MS = 86_400_000;

/** The day that an instant lies in; below 0 or beyond the last outside of them. O(1): a day is off its mean length by hours. */
export function dayOf({ startsMs }: Days, ms: number): number {
  const last = startsMs.length - 1;
  if (ms < startsMs[0]!) return -1;
  if (ms >= startsMs[last]!) return last;
  let day = Math.min(last - 1, Math.floor((ms - startsMs[0]!) / DAY_MS));
  while (startsMs[day]! > ms) day--;
  while (startsMs[day + 1]! <= ms) day++;
  return day;
}
