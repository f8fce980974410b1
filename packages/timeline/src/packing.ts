/** A bar over whole days, half-open: `[fromDay, toDay)`. `id` settles ties, so that a new load packs as the old one. */
export type Span = { readonly id: string; readonly fromDay: number; readonly toDay: number };

export type Placed<Bar extends Span> = { readonly bar: Bar; readonly lane: number };

/**
 * Puts bars into lanes so that no two in a lane overlap: by start, then longest, then id, each into the lowest free
 * lane [TL5]. The result is in that order; it does not depend on the order given, and uses as few lanes as
 * can be (the greatest number of bars on one day). O(n log n + n × lanes).
 */
export function packLanes<Bar extends Span>(bars: readonly Bar[]): Placed<Bar>[] {
  const laneEnds: number[] = [];
  return bars.toSorted(byStartThenLongest).map((bar) => {
    let lane = laneEnds.findIndex((endDay) => endDay <= bar.fromDay);
    if (lane === -1) lane = laneEnds.length;
    laneEnds[lane] = bar.toDay;
    return { bar, lane };
  });
}

function byStartThenLongest(one: Span, other: Span): number {
  if (one.fromDay !== other.fromDay) return one.fromDay - other.fromDay;
  if (one.toDay !== other.toDay) return other.toDay - one.toDay;
  return one.id < other.id ? -1 : one.id > other.id ? 1 : 0;
}
