import { kindsOf, KIND_IDS, type KindId } from "./kinds.ts";
import type { BySubject } from "./schedule.ts";

/** Two things that cannot both hold, and why. `first` and `second` are occurrence indices, `first` begins earlier. */
export type Found = {
  readonly kind: KindId;
  readonly first: number;
  readonly second: number;
  /** Every subject that this kind holds for, ascending. */
  readonly subjects: readonly number[];
  /** The time both want; half-open. */
  readonly startMs: number;
  readonly endMs: number;
};

export type Detection = {
  readonly found: readonly Found[];
  /** More pairs than `pairsMax` were met, and the rest is not in the list. */
  readonly truncated: boolean;
};

export const PAIRS_MAX = 200_000;

/**
 * Every pair of different things that share time on a subject, each kind that holds as an entry of its own, by start.
 *
 * A sweep over each subject's rows in order of start, with those that still run kept aside: O(n log n + pairs). A pair
 * counts when its shared time touches `[fromMs, toMs)`; the shared time itself is not cut.
 */
export function detect(index: BySubject, fromMs: number, toMs: number, pairsMax: number = PAIRS_MAX): Detection {
  const { takings, from, order, subjects } = index;
  const { startMs, endMs, event, how } = takings;
  const merged = new Map<
    string,
    { kind: KindId; first: number; second: number; subjects: Set<number>; startMs: number; endMs: number }
  >();
  const running: number[] = [];
  let pairs = 0;
  for (let subject = 0; subject < subjects; subject++) {
    running.length = 0;
    for (let at = from[subject]!; at < from[subject + 1]!; at++) {
      const row = order[at]!;
      let kept = 0;
      for (const other of running) {
        if (endMs[other]! <= startMs[row]!) continue; // Over for all that follow, too.
        running[kept++] = other;
        if (event[other] === event[row]) continue;
        const sharedEndMs = Math.min(endMs[other]!, endMs[row]!);
        if (startMs[row]! >= toMs || sharedEndMs <= fromMs) continue;
        if (pairs++ === pairsMax) return { found: inOrder(merged), truncated: true };
        merge(
          merged,
          takings.occurrence,
          other,
          row,
          subject,
          kindsOf(how[other]!, how[row]!),
          startMs[row]!,
          sharedEndMs,
        );
      }
      running.length = kept;
      running.push(row);
    }
  }
  return { found: inOrder(merged), truncated: false };
}

function merge(
  merged: Map<
    string,
    { kind: KindId; first: number; second: number; subjects: Set<number>; startMs: number; endMs: number }
  >,
  occurrence: Int32Array,
  other: number,
  row: number,
  subject: number,
  mask: number,
  startMs: number,
  endMs: number,
): void {
  const [a, b] = [occurrence[other]!, occurrence[row]!];
  const [low, high] = a < b ? [a, b] : [b, a];
  for (let bit = 0; bit < KIND_IDS.length; bit++) {
    if ((mask & (1 << bit)) === 0) continue;
    const key = `${low} ${high} ${bit}`;
    const known = merged.get(key);
    if (known === undefined)
      merged.set(key, { kind: KIND_IDS[bit]!, first: a, second: b, subjects: new Set([subject]), startMs, endMs });
    else known.subjects.add(subject);
  }
}

const inOrder = (
  merged: ReadonlyMap<string, Omit<Found, "subjects"> & { readonly subjects: ReadonlySet<number> }>,
): Found[] =>
  [...merged.values()]
    .map((found) => ({ ...found, subjects: [...found.subjects].sort((a, b) => a - b) }))
    .sort(
      (a, b) =>
        a.startMs - b.startMs ||
        a.endMs - b.endMs ||
        a.first - b.first ||
        a.second - b.second ||
        KIND_IDS.indexOf(a.kind) - KIND_IDS.indexOf(b.kind),
    );
