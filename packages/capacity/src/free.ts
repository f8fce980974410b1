import { intersect, normalise, subtract, type Interval } from "@hourwright/time";
import { firstEndingAfter, type OpenTime } from "./open-time.ts";

/**
 * The stretches of `[fromMs, toMs)` in which somebody is open and nothing takes their time, at least `minMinutes` long:
 * their focus time [CP6]. `taken` in any order. O(n log n).
 */
export function freeStretches(
  open: OpenTime,
  taken: readonly Interval[],
  { fromMs, toMs, minMinutes }: { readonly fromMs: number; readonly toMs: number; readonly minMinutes: number },
): Interval[] {
  return longEnough(subtract(openWithin(open, fromMs, toMs), normalise(taken.filter(hasLength))), minMinutes);
}

/** The stretches in which everybody is free at once [CP7]: what `freeStretches` says of each, in common. Nobody is free of nobody. */
export function everyoneFree(each: readonly (readonly Interval[])[], minMinutes: number): Interval[] {
  const [first, ...others] = each;
  if (first === undefined) return [];
  return longEnough(
    others.reduce<readonly Interval[]>((common, free) => intersect(common, free), first),
    minMinutes,
  );
}

/** The open stretches of a window, cut to it. */
export function openWithin(open: OpenTime, fromMs: number, toMs: number): Interval[] {
  const stretches: Interval[] = [];
  for (let i = firstEndingAfter(open, fromMs); i < open.startMs.length && open.startMs[i]! < toMs; i++) {
    stretches.push({ startMs: Math.max(fromMs, open.startMs[i]!), endMs: Math.min(toMs, open.endMs[i]!) });
  }
  return stretches;
}

function hasLength({ startMs, endMs }: Interval): boolean {
  return startMs < endMs;
}

function longEnough(stretches: readonly Interval[], minMinutes: number): Interval[] {
  return stretches.filter(({ startMs, endMs }) => endMs - startMs >= minMinutes * 60_000);
}
