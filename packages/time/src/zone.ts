import { assert, Lru } from "@hourwright/std";
import { CYCLE_DAYS, DAY_END, DAY_MIN, DAY_MS, startOfYear } from "./civil.ts";

/**
 * The clocks of one place, as integers: wall time (see wall-time.ts) to epoch milliseconds and back.
 * A wall time that the clocks skip is read with the offset before the gap (02:30 becomes 03:30), one that occurs
 * twice is its first occurrence: RFC 5545 §3.3.5, which is Temporal's "compatible". O(log transitions), mostly O(1).
 * A zone of one's own must not expand series when it is asked: an expansion is asking it.
 */
export type Zone = {
  readonly id: string;
  toEpochMs(localMs: number): number;
  /** `toEpochMs` of the entries `from` to `end` of rising wall times, written into `epochMs`: a subtraction each. */
  toEpochMsAll(localMs: readonly number[], from: number, end: number, epochMs: number[]): void;
  toLocalMs(epochMs: number): number;
  /** The least wall time that may denote `epochMs` or later: where an expansion from there begins. */
  earliestLocalMs(epochMs: number): number;
  /** No wall time at or after this one denotes an instant before `epochMs`: where an expansion to there may end. */
  latestLocalMs(epochMs: number): number;
  /** The offset from UTC at an instant. */
  offsetMsAt(epochMs: number): number;
  /** The changes of the clocks in `[fromMs, toMs)`, in order; beyond the year 2499 none are listed. */
  transitionsBetween(fromMs: number, toMs: number): readonly Transition[];
};

/** One change of the clocks: from `atMs` (epoch) on they run `offsetMs` ahead of UTC. */
export type Transition = { readonly atMs: number; readonly offsetMs: number };

/** Zones remembered: 418 distinct ids exist on Node 26.10, with aliases about 600. */
const ZONES_MAX = 640;
const ID = /^[A-Za-z][A-Za-z0-9_+\-/]{0,63}$/;

const found = new Lru<string, Zone | null>(ZONES_MAX);

/** UTC itself; also what floating times are counted in while nobody has said where they float. */
export const UTC: Zone = fixedZone("UTC", 0);

/**
 * The zone of an IANA id as the platform's `Temporal` knows it, in any spelling of upper and lower case, aliases
 * included ("us/eastern", "Asia/Calcutta"); null when there is none. The first call for an id costs about 1 ms.
 */
export function findZone(id: string): Zone | null {
  const known = found.get(id);
  if (known !== undefined) return known;
  const zone = ID.test(id) ? readZone(id) : null;
  found.set(id, zone);
  return zone;
}

/** Clocks that never change, `offsetMs` ahead of UTC. */
export function fixedZone(id: string, offsetMs: number): Zone {
  assert(Number.isSafeInteger(offsetMs) && Math.abs(offsetMs) < DAY_MS, `an offset is less than a day: ${offsetMs}`);
  return {
    id,
    toEpochMs: (localMs) => localMs - offsetMs,
    toEpochMsAll(localMs, from, end, epochMs) {
      for (let i = from; i < end; i++) epochMs[i] = localMs[i]! - offsetMs;
    },
    toLocalMs: (epochMs) => epochMs + offsetMs,
    earliestLocalMs: (epochMs) => epochMs + offsetMs,
    latestLocalMs: (epochMs) => epochMs + offsetMs,
    offsetMsAt: () => offsetMs,
    transitionsBetween: () => [],
  };
}

/**
 * Clocks from a list of changes in order of time, as a VTIMEZONE describes them. `cycleFromMs`, when given, says that
 * the list repeats from there on every 400 years, as every rule of the Gregorian calendar does.
 */
export function zoneFromTransitions(
  id: string,
  firstOffsetMs: number,
  transitions: readonly Transition[],
  cycleFromMs = Infinity,
): Zone {
  const table = tableOf(firstOffsetMs, transitions, cycleFromMs + CYCLE_MS + 2 * DAY_MS);
  return tableZone(id, () => table, cycleFromMs);
}

function readZone(id: string): Zone | null {
  let zoneId: string;
  try {
    zoneId = Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(id).timeZoneId;
  } catch {
    return null; // RangeError is how Temporal says that it knows no such zone.
  }
  if (zoneId === "UTC") return UTC;
  let near: Table | null = null;
  let far: Table | null = null;
  return tableZone(
    zoneId,
    (epochMs) => {
      if (epochMs < NEAR_END_MS) return (near ??= readTransitions(zoneId, NEAR_END_MS));
      return (far ??= readTransitions(zoneId, CYCLE_FROM_MS + CYCLE_MS + 2 * DAY_MS));
    },
    CYCLE_FROM_MS,
  );
}

const CYCLE_MS = CYCLE_DAYS * DAY_MS;
/** Hardly anyone plans beyond: the table to here costs 0.3 ms, the one over a whole cycle 1.5 ms. */
const NEAR_END_MS = startOfYear(2060) * DAY_MS;
/** Every zone rule known to be irregular ends before (Morocco's Ramadan in 2087): from here on 400 years repeat. */
const CYCLE_FROM_MS = startOfYear(2100) * DAY_MS;

/** Column i holds from `atMs[i]` on; `localMs[i]` is the wall time from which its offset is the one to read with. */
type Table = {
  readonly atMs: Float64Array;
  readonly localMs: Float64Array;
  readonly offsetMs: Float64Array;
  /** The table is read for instants before this one. */
  readonly endMs: number;
};

function readTransitions(id: string, untilMs: number): Table {
  const first = Temporal.Instant.fromEpochMilliseconds(DAY_MIN * DAY_MS).toZonedDateTimeISO(id);
  const transitions: Transition[] = [];
  let at = first.getTimeZoneTransition("next");
  while (at !== null && at.epochMilliseconds < untilMs) {
    transitions.push({ atMs: at.epochMilliseconds, offsetMs: at.offsetNanoseconds / 1_000_000 });
    at = at.getTimeZoneTransition("next");
  }
  return tableOf(first.offsetNanoseconds / 1_000_000, transitions, untilMs);
}

function tableOf(firstOffsetMs: number, transitions: readonly Transition[], endMs: number): Table {
  const count = transitions.length + 1;
  const table = {
    endMs,
    atMs: new Float64Array(count),
    localMs: new Float64Array(count),
    offsetMs: new Float64Array(count),
  };
  table.atMs[0] = table.localMs[0] = -Infinity;
  table.offsetMs[0] = firstOffsetMs;
  for (let i = 1; i < count; i++) {
    const { atMs, offsetMs } = transitions[i - 1]!;
    assert(atMs > table.atMs[i - 1]!, `transitions must be in order of time: ${atMs}`);
    table.atMs[i] = atMs;
    table.offsetMs[i] = offsetMs;
    // In a gap the old offset reads on until the new one has caught up; in a fold until the old hour is over.
    const untilLocalMs = atMs + Math.max(offsetMs, table.offsetMs[i - 1]!);
    table.localMs[i] = Math.max(table.localMs[i - 1]!, untilLocalMs);
  }
  return table;
}

function tableZone(id: string, tableAt: (epochMs: number) => Table, cycleFromMs: number): Zone {
  let last = 0; // Neighbours are asked for one after the other: the last column is right nearly every time.

  function column(keys: Float64Array, ms: number): number {
    if (last < keys.length && keys[last]! <= ms && (last + 1 === keys.length || ms < keys[last + 1]!)) return last;
    let low = 0;
    let high = keys.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (keys[middle]! <= ms) low = middle;
      else high = middle - 1;
    }
    last = low;
    return low;
  }

  /** How far `ms` lies beyond the part of the calendar that the table holds, in whole cycles. */
  const cyclesMs = (ms: number) =>
    ms < cycleFromMs + CYCLE_MS ? 0 : Math.floor((ms - cycleFromMs) / CYCLE_MS) * CYCLE_MS;

  return {
    id,
    toEpochMs(localMs) {
      const ms = localMs - cyclesMs(localMs - DAY_MS);
      const table = tableAt(ms + DAY_MS);
      return localMs - table.offsetMs[column(table.localMs, ms)]!;
    },
    toEpochMsAll(localMs, from, end, epochMs) {
      for (let i = from; i < end;) {
        const cycles = cyclesMs(localMs[i]! - DAY_MS);
        const table = tableAt(localMs[i]! - cycles + DAY_MS);
        const at = column(table.localMs, localMs[i]! - cycles);
        const offsetMs = table.offsetMs[at]!;
        const nextMs = at + 1 < table.localMs.length ? table.localMs[at + 1]! : Infinity;
        const untilMs = cycles + Math.min(nextMs, table.endMs - DAY_MS); // From there on another offset may hold.
        for (; i < end && localMs[i]! < untilMs; i++) epochMs[i] = localMs[i]! - offsetMs;
      }
    },
    toLocalMs(epochMs) {
      const ms = epochMs - cyclesMs(epochMs);
      const table = tableAt(ms);
      return epochMs + table.offsetMs[column(table.atMs, ms)]!;
    },
    earliestLocalMs(epochMs) {
      const { sinceMs, beforeMs, offsetMs } = around(epochMs);
      const isAfterGap = offsetMs > beforeMs && sinceMs < offsetMs - beforeMs;
      return epochMs + (isAfterGap ? beforeMs : offsetMs);
    },
    latestLocalMs(epochMs) {
      const { sinceMs, beforeMs, offsetMs } = around(epochMs);
      const isInFold = offsetMs < beforeMs && sinceMs < beforeMs - offsetMs;
      return isInFold ? epochMs - sinceMs + beforeMs : epochMs + offsetMs;
    },
    offsetMsAt: (epochMs) => around(epochMs).offsetMs,
    transitionsBetween(fromMs, toMs) {
      const { atMs, offsetMs } = tableAt(Math.min(toMs, CYCLE_FROM_MS + CYCLE_MS));
      const transitions: Transition[] = [];
      for (let i = column(atMs, fromMs); i < atMs.length && atMs[i]! < toMs; i++) {
        if (atMs[i]! >= fromMs) transitions.push({ atMs: atMs[i]!, offsetMs: offsetMs[i]! });
      }
      return transitions;
    },
  };

  /** The offset at an instant, the one before it, and how long ago the clocks changed. */
  function around(epochMs: number) {
    const ms = epochMs - cyclesMs(epochMs);
    const table = tableAt(ms);
    const i = column(table.atMs, ms);
    const offsetMs = table.offsetMs[i]!;
    return { offsetMs, beforeMs: i === 0 ? offsetMs : table.offsetMs[i - 1]!, sinceMs: ms - table.atMs[i]! };
  }
}

/** The instants that have a four-digit year in every zone; anything beyond is refused where text is read. */
export const EPOCH_MIN_MS = (DAY_MIN + 1) * DAY_MS;
export const EPOCH_END_MS = (DAY_END - 1) * DAY_MS;
