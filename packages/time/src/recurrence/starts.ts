import type { Zone } from "../zone.ts";
import type { Cursor } from "./cursor.ts";

// Where an expansion gathers its starts: two columns that are used again by the next one, so that only the answer is made
// anew, once and in its right size. They are plain arrays of doubles, since a `slice` of one is a copy of memory.
// One expansion runs at a time; it begins with `forget`.

const COUNT_USUAL = 4096;
/** What one large answer needed is not kept for ever: a megabyte is. */
const COUNT_KEPT = 65_536;

let instants = column(COUNT_USUAL);
let walls = column(COUNT_USUAL);
/** The starts are those from `first` up to `end`. */
let first = 0;
let end = 0;

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
  if (excludedMs.length > 0) exclude(from, excludedMs);
  putInOrder(from);
  return lastLocalMs;
}

/** A walk along both lists. It may go back a little: instants do where the clocks skip. */
function exclude(from: number, excludedMs: readonly number[]): void {
  let kept = from;
  let next = 0;
  for (let i = from; i < end; i++) {
    const startMs = instants[i]!;
    while (next < excludedMs.length && excludedMs[next]! < startMs) next++;
    while (next > 0 && excludedMs[next - 1]! >= startMs) next--;
    if (excludedMs[next] === startMs) continue;
    instants[kept] = startMs;
    walls[kept++] = walls[i]!;
  }
  end = kept;
}

/**
 * Wall times rise, but instants may not: 02:30 in a gap is 03:30, after the 03:00 that follows it. From where they do
 * not, each is put in its place from the back.
 */
function putInOrder(from: number): void {
  let lastMs = from === 0 ? -Infinity : instants[from - 1]!;
  for (let i = from; i < end; i++) {
    const startMs = instants[i]!;
    if (startMs <= lastMs) return putInPlace(i);
    lastMs = startMs;
  }
}

/** Where two wall times are one instant, it happens once, under its real wall time: the later. */
function putInPlace(from: number): void {
  const until = end;
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
    for (let later = end; later > at; later--) {
      instants[later] = instants[later - 1]!;
      walls[later] = walls[later - 1]!;
    }
    instants[at] = startMs;
    walls[at] = localMs;
    end++;
  }
}

/** Merges single starts, each once and in order, into those that were taken; `nameOf` gives the wall time of one. */
export function addStarts(startsMs: readonly number[], nameOf: (startMs: number) => number): void {
  const news = startsMs.filter(isNew());
  if (end + news.length > instants.length) grow(end + news.length);
  let old = end - 1;
  let next = news.length - 1;
  end += news.length;
  for (let at = end - 1; next >= 0; at--) {
    const isOld = old >= first && instants[old]! > news[next]!;
    instants[at] = isOld ? instants[old]! : news[next]!;
    walls[at] = isOld ? walls[old]! : nameOf(news[next]!);
    if (isOld) old--;
    else next--;
  }

  /** Whether there is no such start yet; one that there is already takes its real wall time for a name. */
  function isNew() {
    let at = first;
    return (startMs: number): boolean => {
      while (at < end && instants[at]! < startMs) at++;
      if (at === end || instants[at]! > startMs) return true;
      walls[at] = Math.max(walls[at]!, nameOf(startMs));
      return false;
    };
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

function grow(least: number): void {
  const length = Math.max(least, instants.length * 2);
  for (const old of [instants, walls]) while (old.length < length) old.push(NaN);
}
