import { assert } from "@hourwright/std";
import { normalise, type Interval } from "./interval.ts";

/** The points in any of many lists, normal or not, as the fewest stretches: free/busy of a whole team. O(n log k). */
export function unionOf(lists: readonly (readonly Interval[])[]): Interval[] {
  return normalise(lists.flat()); // The engine's merge sort takes sorted runs as they are.
}

export type CommonTime = {
  /** What each subject is busy with: a list each, sorted by start; stretches may overlap. */
  readonly busy: readonly (readonly Interval[])[];
  /** When each may be asked at all (working hours, opening hours): normal lists. None means always. */
  readonly within: readonly (readonly Interval[])[];
  readonly lengthMs: number;
  readonly fromMs: number;
  readonly toMs: number;
};

/**
 * The first stretch of `lengthMs` in `[fromMs, toMs)` that suits everybody; null when there is none. Each list in turn
 * says from when on it could, until all agree on a moment: no list is read twice, and none beyond the answer.
 */
export function firstCommonTime({ busy, within, lengthMs, fromMs, toMs }: CommonTime): Interval | null {
  assert(lengthMs > 0, `a stretch has a length: ${lengthMs}`);
  const voices = [...within.map((list) => openVoice(list, lengthMs)), ...busy.map((list) => freeVoice(list, lengthMs))];
  let atMs = fromMs;
  let agreed = 0;
  for (let i = 0; agreed < voices.length; i = (i + 1) % voices.length) {
    const possibleMs = voices[i]!(atMs);
    agreed = possibleMs === atMs ? agreed + 1 : 1;
    atMs = possibleMs;
    if (atMs + lengthMs > toMs) return null;
  }
  return atMs + lengthMs > toMs ? null : { startMs: atMs, endMs: atMs + lengthMs };
}

/** The first moment at or after one, asked in rising order, at which a list allows the whole length. */
type Voice = (atMs: number) => number;

/** `endMs` of busy stretches may not rise where they overlap: what is over by then is passed for good all the same. */
function freeVoice(list: readonly Interval[], lengthMs: number): Voice {
  let next = 0;
  return (atMs) => {
    let possibleMs = atMs;
    for (; next < list.length && list[next]!.startMs < possibleMs + lengthMs; next++) {
      possibleMs = Math.max(possibleMs, list[next]!.endMs);
    }
    return possibleMs;
  };
}

function openVoice(list: readonly Interval[], lengthMs: number): Voice {
  let next = 0;
  let [startMs, endMs] = [-Infinity, -Infinity]; // Touching stretches are one opening.
  return (atMs) => {
    while (Math.max(atMs, startMs) + lengthMs > endMs) {
      if (next === list.length) return Infinity;
      ({ startMs, endMs } = list[next++]!);
      while (next < list.length && list[next]!.startMs === endMs) endMs = list[next++]!.endMs;
    }
    return Math.max(atMs, startMs);
  };
}
