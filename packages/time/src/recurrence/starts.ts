import { assert } from "@hourwright/std";
import type { Zone } from "../zone.ts";
import type { Cursor, Steps } from "./cursor.ts";

// Where an expansion gathers its starts: two columns that are used again by the next one, so that only the answer is made
// anew, once and in its right size. They are plain arrays of doubles, since a `slice` of one is a copy of memory.
// One expansion runs at a time, within `alone`; it begins with `forget`.

const COUNT_USUAL = 4096;
/** What one large answer needed is not kept for ever: a megabyte is. */
const COUNT_KEPT = 65_536;

let instants = column(COUNT_USUAL);
let walls = column(COUNT_USUAL);
/** The starts are those from `first` up to `end`. */
let first = 0;
let end = 0;

let isInUse = false;

/** Runs one expansion. Within it only the zone is not ours: one that expands a series itself would overwrite the columns. */
export function alone<Answer>(expansion: (steps: Steps) => Answer, steps: Steps): Answer {
  assert(!isInUse, "an expansion within another: a Zone answers from its tables and expands nothing");
  isInUse = true;
  try {
    return expansion(steps);
  } finally {
    isInUse = false;
  }
}

export function forget(): void {
  first = end = 0;
  if (instants.length <= COUNT_KEPT) return;
  instants = column(COUNT_USUAL);
  walls = column(COUNT_USUAL);
}

export const countOfStarts = (): number => end - first;
export const startMsAt = (index: number): number => instants[first + index]!;

/**
 * Takes up to `most` more wall times from a cursor, which are named after all that were taken before, and adds what
 * they are as instants, except the excluded ones (sorted). Gives the last wall time taken; null when there were none.
 */
export function takeStarts(cursor: Cursor, zone: Zone, excludedMs: readonly number[], most: number): number | null {
  if (end === instants.length) grow(end + 1);
  const from = end;
  end = cursor.write(walls, from, Math.min(walls.length, from + most));
  if (end === from) return null;
  const lastLocalMs = walls[end - 1]!;
  zone.toEpochMsAll(walls, from, end, instants);
  const changedFrom = putInOrder(from);
  if (excludedMs.length > 0) exclude(changedFrom, excludedMs);
  return lastLocalMs;
}

/**
 * Wall times rise, but instants may not: 02:30 in a gap is 03:30, after the 03:00 that follows it. From where they do
 * not, each is put in its place. Gives the first index of a start that is new there.
 */
function putInOrder(from: number): number {
  let lastMs = from === 0 ? -Infinity : instants[from - 1]!;
  for (let i = from; i < end; i++) {
    const startMs = instants[i]!;
    if (startMs <= lastMs) return Math.min(from, putInPlace(i));
    lastMs = startMs;
  }
  return from;
}

/** Where two wall times are one instant, it happens once, under its real wall time: the later. */
function putInPlace(from: number): number {
  const until = end;
  let least = from;
  end = from;
  for (let i = from; i < until; i++) {
    const startMs = instants[i]!;
    const localMs = walls[i]!;
    let at = end;
    while (at > 0 && instants[at - 1]! > startMs) at--;
    if (at > 0 && instants[at - 1] === startMs) {
      walls[at - 1] = Math.max(walls[at - 1]!, localMs);
      continue;
    }
    move(at, end, 1);
    instants[at] = startMs;
    walls[at] = localMs;
    least = Math.min(least, at);
    end++;
  }
  return least;
}

/** A walk along both lists. */
function exclude(from: number, excludedMs: readonly number[]): void {
  let next = 0;
  let nextMs = -Infinity;
  let kept = from;
  for (let i = from; i < end; i++) {
    const startMs = instants[i]!;
    while (nextMs < startMs) nextMs = next < excludedMs.length ? excludedMs[next++]! : Infinity;
    if (nextMs === startMs) continue;
    instants[kept] = startMs;
    walls[kept++] = walls[i]!;
  }
  end = kept;
}

/** Merges sorted single starts into those that were taken; `nameOf` gives the wall time of one. */
export function addStarts(startsMs: readonly number[], nameOf: (startMs: number) => number): void {
  const news = startsMs.filter((startMs) => {
    const at = placeOf(startMs, end);
    if (at === end || instants[at]! > startMs) return true;
    walls[at] = Math.max(walls[at]!, nameOf(startMs)); // It is there already: its real wall time is its name.
    return false;
  });
  let until = end;
  end += news.length;
  if (end > instants.length) grow(end);
  for (let left = news.length; left > 0; left--) {
    const startMs = news[left - 1]!;
    const at = placeOf(startMs, until);
    move(at, until, left);
    instants[at + left - 1] = startMs;
    walls[at + left - 1] = nameOf(startMs);
    until = at;
  }
}

/**
 * The place of a start among those before `until`: the first that is not earlier. Not `firstAtOrAfter`, which sees lists of
 * every kind: V8 would make a list of objects of this column there, and expansions took 6 ms that take 4.
 */
function placeOf(startMs: number, until: number): number {
  let low = first;
  let high = until;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (instants[middle]! < startMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Moves the starts from one index up to another some places towards the end. */
function move(from: number, until: number, places: number): void {
  for (let i = until - 1; i >= from; i--) {
    instants[i + places] = instants[i]!;
    walls[i + places] = walls[i]!;
  }
}

/** Drops what starts before an instant. */
export function dropBefore(fromMs: number): void {
  while (first < end && instants[first]! < fromMs) first++;
}

/** Drops what starts at an instant or later, and what is more than `limit`. */
export function dropAfter(toMs: number, limit: number): void {
  if (end - first > limit) end = first + limit;
  while (end > first && instants[end - 1]! >= toMs) end--;
}

/** The starts as the answer. */
export function startsTaken(): { epochMs: number[]; localMs: number[] } {
  return { epochMs: instants.slice(first, end), localMs: walls.slice(first, end) };
}

function column(length: number): number[] {
  return Array.from({ length }, () => NaN);
}

/** To twice the length until it is enough: what is doubled is copied as memory, where `push` would cost 15 ns each. */
function grow(least: number): void {
  while (instants.length < least) {
    instants = instants.concat(instants);
    walls = walls.concat(walls);
  }
}
