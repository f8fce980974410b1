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

/** A stretch within a day, in minutes, half-open. `id` settles ties. */
export type MinuteSpan = { readonly id: string; readonly fromMinute: number; readonly toMinute: number };

/** A block beside others: `column` of `columns` equal ones. */
export type Beside<Block extends MinuteSpan> = {
  readonly block: Block;
  readonly column: number;
  readonly columns: number;
};

/**
 * Puts blocks of one day side by side so that none covers another [TL12]: by start, then longest, then id, each into the first
 * free column; all that hang together through overlaps share the width evenly. What has no length counts as one minute.
 * O(n log n + n × columns).
 */
export function packBlocks<Block extends MinuteSpan>(blocks: readonly Block[]): Beside<Block>[] {
  const placed: Beside<Block>[] = [];
  let group: { block: Block; column: number }[] = [];
  let columnEnds: number[] = [];
  let groupEnd = Number.NEGATIVE_INFINITY;
  const close = () => {
    for (const { block, column } of group) placed.push({ block, column, columns: columnEnds.length });
    [group, columnEnds] = [[], []];
  };
  for (const block of blocks.toSorted(byMinute)) {
    if (block.fromMinute >= groupEnd) close();
    let column = columnEnds.findIndex((end) => end <= block.fromMinute);
    if (column === -1) column = columnEnds.length;
    columnEnds[column] = endOf(block);
    groupEnd = Math.max(groupEnd, endOf(block));
    group.push({ block, column });
  }
  close();
  return placed;
}

function endOf({ fromMinute, toMinute }: MinuteSpan): number {
  return Math.max(toMinute, fromMinute + 1);
}

function byMinute(one: MinuteSpan, other: MinuteSpan): number {
  return (
    one.fromMinute - other.fromMinute ||
    endOf(other) - endOf(one) ||
    (one.id < other.id ? -1 : one.id > other.id ? 1 : 0)
  );
}
