import { assert } from "@hourwright/std";
import { dayOf, type Days } from "./days.ts";
import { firstEndingAfter, type OpenTime } from "./open-time.ts";

/** What takes time, in columns, each subject's sorted by start: stretch `i` is `[startMs[i], endMs[i])` of subject `subject[i]`. */
export type Taken = {
  readonly subject: Int32Array;
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
};

/** For each day the minutes in which those asked for may be claimed, and how many of these are. */
export type Load = { readonly openMinutes: Float64Array; readonly takenMinutes: Float64Array };

const TAKEN_MAX = 2_000_000;

/**
 * The load of each day: minutes taken inside open time, and minutes of open time, summed over `open`, which holds the open
 * time of each subject by its number, null for one of whom nobody said when they may be claimed [CP1], [CP2]. What takes
 * the same minute twice takes it once [CP3]; what lies outside open time is not counted [CP4]. O(subjects × stretches of
 * the days + taken).
 */
export function loadOf(open: readonly (OpenTime | null)[], taken: Taken, days: Days): Load {
  const { subject, startMs, endMs } = taken;
  assert(startMs.length <= TAKEN_MAX, `at most ${TAKEN_MAX} stretches: ${startMs.length}`);
  const count = days.startsMs.length - 1;
  const load: Load = { openMinutes: new Float64Array(count), takenMinutes: new Float64Array(count) };
  addOpen(load.openMinutes, open, days);
  const takenUntil = new Float64Array(open.length).fill(Number.NEGATIVE_INFINITY);
  const lastStart = new Float64Array(open.length).fill(Number.NEGATIVE_INFINITY);
  for (let i = 0; i < startMs.length; i++) {
    const who = subject[i]!;
    const openTime = open[who] ?? null;
    if (openTime === null) continue;
    if (startMs[i]! < lastStart[who]!) assert(false, "what takes somebody's time is sorted by start");
    lastStart[who] = startMs[i]!;
    const from = Math.max(startMs[i]!, takenUntil[who]!);
    const to = endMs[i]!;
    if (from >= to) continue;
    takenUntil[who] = to;
    addWithin(load.takenMinutes, openTime, from, to, 1, days);
  }
  return load;
}

/** Whoever shares an open time is counted at once: an organisation of 300 has few weeks. */
function addOpen(minutes: Float64Array, open: readonly (OpenTime | null)[], days: Days): void {
  const people = new Map<OpenTime, number>();
  for (const openTime of open) if (openTime !== null) people.set(openTime, (people.get(openTime) ?? 0) + 1);
  const [from, to] = [days.startsMs[0]!, days.startsMs.at(-1)!];
  for (const [openTime, count] of people) addWithin(minutes, openTime, from, to, count, days);
}

/** Adds what of `[from, to)` is open, `times` over, to the days it lies in. */
function addWithin(minutes: Float64Array, open: OpenTime, from: number, to: number, times: number, days: Days): void {
  const { startsMs } = days;
  const last = startsMs.length - 1;
  for (let i = firstEndingAfter(open, from); i < open.startMs.length && open.startMs[i]! < to; i++) {
    let at = Math.max(from, open.startMs[i]!, startsMs[0]!);
    const until = Math.min(to, open.endMs[i]!, startsMs[last]!);
    for (let day = dayOf(days, at); at < until; day++) {
      const dayEnd = Math.min(until, startsMs[day + 1]!);
      minutes[day]! += ((dayEnd - at) / 60_000) * times;
      at = dayEnd;
    }
  }
}

/** Which part of the open minutes is taken, 0 to 1, and null where there are none: no availability, no load [CP2]. */
export function partOf({ openMinutes, takenMinutes }: Load, from: number, to = from + 1): number | null {
  let [open, taken] = [0, 0];
  for (let day = from; day < to; day++) {
    open += openMinutes[day]!;
    taken += takenMinutes[day]!;
  }
  return open === 0 ? null : taken / open;
}
