import { assert } from "@hourwright/std";
import type { Interval } from "./interval.ts";
import { firstAtOrAfter } from "./sorted.ts";

/**
 * The stretches of one subject, kept in order while they come and go; they may overlap. `id` is the caller's number
 * for a stretch. One more or one less among 1,000,000 costs a few microseconds, a question what it finds.
 */
export type Timeline = {
  size(): number;
  insert(startMs: number, endMs: number, id: number): void;
  /** Takes out the stretch of an id that starts at `startMs`, one of them if there are several; false when there is none. */
  remove(startMs: number, id: number): boolean;
  /** The ids of all that share a moment with `[fromMs, toMs)`, by start, and of one start by id. */
  overlapping(fromMs: number, toMs: number): number[];
  /** What is taken of `[fromMs, toMs)`, as the fewest stretches. */
  busy(fromMs: number, toMs: number): Interval[];
};

/** A stretch moves half a leaf of neighbours on average: 4 kB, less than finding the leaf costs. */
const LEAF_MAX = 512;

/** Neighbours in columns, in order of start and id, so that each has one place; never empty, but where the timeline is. */
type Leaf = { startMs: Float64Array; endMs: Float64Array; ids: Float64Array; count: number; latestEndMs: number };

export function timeline(): Timeline {
  const leaves: Leaf[] = [newLeaf()];
  /** The latest end in a leaf and all before it: where it is past, nothing so far reaches into a window. */
  const reachMs: number[] = [-Infinity];
  let size = 0;
  return { size: () => size, insert, remove, overlapping, busy };

  function insert(startMs: number, endMs: number, id: number): void {
    assert(startMs < endMs, `a stretch must have a length: ${startMs} to ${endMs}`);
    let at = leafOf(startMs, id);
    if (leaves[at]!.count === LEAF_MAX) {
      leaves.splice(at + 1, 0, splitOff(leaves[at]!));
      reachMs.splice(at + 1, 0, 0);
      if (!isAfter(leaves[at + 1]!, 0, startMs, id)) at++;
    }
    const leaf = leaves[at]!;
    const place = placeOf(leaf, startMs, id);
    for (const column of [leaf.startMs, leaf.endMs, leaf.ids]) column.copyWithin(place + 1, place, leaf.count);
    leaf.startMs[place] = startMs;
    leaf.endMs[place] = endMs;
    leaf.ids[place] = id;
    leaf.count++;
    leaf.latestEndMs = Math.max(leaf.latestEndMs, endMs);
    size++;
    reachFrom(Math.max(0, at - 1));
  }

  function remove(startMs: number, id: number): boolean {
    const at = leafOf(startMs, id);
    const leaf = leaves[at]!;
    const place = placeOf(leaf, startMs, id) - 1;
    if (place < 0 || leaf.startMs[place] !== startMs || leaf.ids[place] !== id) return false;
    for (const column of [leaf.startMs, leaf.endMs, leaf.ids]) column.copyWithin(place, place + 1, leaf.count);
    leaf.count--;
    leaf.latestEndMs = latestEndOf(leaf);
    size--;
    if (leaf.count === 0 && leaves.length > 1) {
      leaves.splice(at, 1);
      reachMs.splice(at, 1);
    }
    reachFrom(Math.max(0, at - 1));
    return true;
  }

  function overlapping(fromMs: number, toMs: number): number[] {
    const ids: number[] = [];
    visit(fromMs, toMs, (leaf, place) => ids.push(leaf.ids[place]!));
    return ids;
  }

  function busy(fromMs: number, toMs: number): Interval[] {
    const stretches: { startMs: number; endMs: number }[] = [];
    visit(fromMs, toMs, (leaf, place) => {
      const startMs = Math.max(fromMs, leaf.startMs[place]!);
      const endMs = Math.min(toMs, leaf.endMs[place]!);
      const last = stretches.at(-1);
      if (last === undefined || last.endMs < startMs) stretches.push({ startMs, endMs });
      else last.endMs = Math.max(last.endMs, endMs);
    });
    return stretches;
  }

  /** All that share a moment with a window, by start. */
  function visit(fromMs: number, toMs: number, found: (leaf: Leaf, place: number) => void): void {
    if (fromMs >= toMs) return;
    for (let at = firstAtOrAfter(reachMs, fromMs); at < leaves.length; at++) {
      const leaf = leaves[at]!;
      if (leaf.count > 0 && leaf.startMs[0]! >= toMs) return;
      if (leaf.latestEndMs <= fromMs) continue;
      for (let place = 0; place < leaf.count && leaf.startMs[place]! < toMs; place++) {
        if (leaf.endMs[place]! > fromMs) found(leaf, place);
      }
    }
  }

  /** The leaf where a stretch is or would be: the last that does not begin after it; the first when all do. */
  function leafOf(startMs: number, id: number): number {
    let low = 0;
    let high = leaves.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (isAfter(leaves[middle]!, 0, startMs, id)) high = middle - 1;
      else low = middle;
    }
    return low;
  }

  function reachFrom(changed: number): void {
    let latestMs = changed === 0 ? -Infinity : reachMs[changed - 1]!;
    for (let at = changed; at < leaves.length; at++) {
      latestMs = Math.max(latestMs, leaves[at]!.latestEndMs);
      // Past the leaves that changed, the first that already says so ends the work.
      if (at > changed + 3 && reachMs[at] === latestMs) return;
      reachMs[at] = latestMs;
    }
  }
}

function newLeaf(): Leaf {
  const column = () => new Float64Array(LEAF_MAX);
  return { startMs: column(), endMs: column(), ids: column(), count: 0, latestEndMs: -Infinity };
}

/** The later half of a full leaf, as a leaf of its own. */
function splitOff(leaf: Leaf): Leaf {
  const later = newLeaf();
  const half = leaf.count >> 1;
  later.startMs.set(leaf.startMs.subarray(half, leaf.count));
  later.endMs.set(leaf.endMs.subarray(half, leaf.count));
  later.ids.set(leaf.ids.subarray(half, leaf.count));
  later.count = leaf.count - half;
  leaf.count = half;
  leaf.latestEndMs = latestEndOf(leaf);
  later.latestEndMs = latestEndOf(later);
  return later;
}

function latestEndOf({ endMs, count }: Leaf): number {
  let latestMs = -Infinity;
  for (let i = 0; i < count; i++) latestMs = Math.max(latestMs, endMs[i]!);
  return latestMs;
}

/** The first place of a leaf after a stretch: where it goes, and behind where it is. */
function placeOf(leaf: Leaf, startMs: number, id: number): number {
  let low = 0;
  let high = leaf.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isAfter(leaf, middle, startMs, id)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function isAfter(leaf: Leaf, place: number, startMs: number, id: number): boolean {
  const otherMs = leaf.startMs[place]!;
  return otherMs > startMs || (otherMs === startMs && leaf.ids[place]! > id);
}
