import { DAY_MS } from "@hourwright/time";
import type { Unit } from "../../platform/db/database.ts";
import { openTimeText, startingSlice, takenSlice, type Slice } from "./queries.ts";

// What an organisation of hundreds has taken in a year is more than one unit may read: on the embedded database everybody
// waits for it. It is read in slices, a unit each, and handed on as the list of their texts.
//
// What changes meanwhile is in it as before or as after; what moves over the edge that reading has reached may be in it twice
// or not at all. Who keeps an answer compares the number of the last change (`Answers`); who follows asks again after it.

/** A way to a unit of its own for each piece of work. */
export type Read = <T>(work: (unit: Unit) => Promise<T>) => Promise<T>;

/** A slice should have so many claims (about 100 ms), and is read again in shorter ones when it has more than twice that. */
export const CLAIMS_OF_A_SLICE = 4_000;
const CLAIMS_OF_A_SLICE_MAX = 2 * CLAIMS_OF_A_SLICE;
/** Nobody knows how full a calendar is before the first slice is read. */
const FIRST_SLICE_MS = 31 * DAY_MS;
const SHORTEST_SLICE_MS = 3_600_000;
const GROWTH_MAX = 8;

/** `takenText` in slices by start: one for a month, some for the year of a few people, dozens for that of hundreds. */
export async function takenTexts(
  read: Read,
  subjectIds: readonly string[] | null,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  limit: number,
): Promise<readonly string[]> {
  const texts: string[] = [];
  let spanMs = FIRST_SLICE_MS;
  let left = limit;
  for (let atMs = fromMs; atMs < toMs && left > 0;) {
    const endMs = Math.min(toMs, atMs + spanMs);
    const mayBeShorter = endMs - atMs > SHORTEST_SLICE_MS;
    const most = mayBeShorter ? Math.min(left, CLAIMS_OF_A_SLICE_MAX + 1) : left;
    const [fromHereMs, untilMs] = [atMs, endMs];
    const slice: Slice = await read((unit) =>
      fromHereMs === fromMs
        ? takenSlice(unit, subjectIds, fromMs, untilMs, most)
        : startingSlice(unit, subjectIds, fromHereMs, untilMs, most),
    );
    const isTooFull = slice.count > CLAIMS_OF_A_SLICE_MAX && mayBeShorter;
    if (!isTooFull) {
      texts.push(slice.text);
      left -= slice.count;
      atMs = endMs;
    }
    const growth = Math.min(GROWTH_MAX, Math.max(1 / GROWTH_MAX, CLAIMS_OF_A_SLICE / Math.max(1, slice.count)));
    spanMs = Math.max(SHORTEST_SLICE_MS, Math.round((untilMs - fromHereMs) * growth));
  }
  return texts;
}

/** People of one unit: of 25 a year has about 6,500 stretches. */
const SUBJECTS_OF_A_SLICE = 25;

/** `openTimeText` in slices of some subjects each. */
export async function openTimeTexts(
  read: Read,
  subjectIds: readonly string[],
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): Promise<readonly string[]> {
  const texts: string[] = [];
  for (let at = 0; at < subjectIds.length; at += SUBJECTS_OF_A_SLICE) {
    const some = subjectIds.slice(at, at + SUBJECTS_OF_A_SLICE);
    texts.push(await read((unit) => openTimeText(unit, some, fromMs, toMs)));
  }
  return texts;
}
