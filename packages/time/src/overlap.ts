import { assert } from "@hourwright/std";
import { MINUTE_MS, SECOND_MS } from "./civil.ts";

/** Stretches of many subjects as columns: row i is `[startMs[i], endMs[i])` of `subjects[i]`, whole milliseconds. */
export type Spans = {
  /** Whole numbers from 0, below `SUBJECTS_MAX`. */
  readonly subjects: Int32Array;
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
};

/** Rows that overlap: `first[i]` and `second[i]`. `isWhole` is false where there were more than asked for. */
export type Overlaps = { readonly first: Int32Array; readonly second: Int32Array; readonly isWhole: boolean };

/** A calendar with more double bookings than this is better told so than given them. */
export const OVERLAPS_MAX = 10_000_000;
export const SUBJECTS_MAX = 1 << 22;

/**
 * Every pair of rows of one subject that share a moment; touching is not sharing, and a row without length shares
 * nothing. Each pair once, the earlier start first; in order of subject and of the earlier start.
 *
 * The rows are dealt to their subjects, each subject is sorted by radix and swept once: about 45 ns a row and 10 ns a
 * pair, most of it waiting for memory. (Slower are odd milliseconds over more than 24 days, and odd seconds over a year
 * where one subject has more than 65,000 rows.)
 */
export function overlappingPairs(spans: Spans, pairsMax: number = OVERLAPS_MAX): Overlaps {
  const { froms, starts, ends, rows, mostUnits } = dealt(spans);
  const largest = froms.reduce((most, from, subject) => Math.max(most, from - (froms[subject - 1] ?? 0)), 0);
  const sorted = radixSorter(starts, mostUnits, largest) ?? comparingSorter(starts);
  const pairs = pairsUpTo(pairsMax);
  const [ownStarts, ownEnds] = [new Float64Array(largest), new Float64Array(largest)];
  for (let subject = 0; subject + 1 < froms.length; subject++) {
    const from = froms[subject]!;
    const count = froms[subject + 1]! - from;
    if (count < 2) continue;
    const order = sorted(from, count);
    for (let i = 0; i < count; i++) {
      const at = from + order[i]!;
      ownStarts[i] = starts[at]!;
      ownEnds[i] = ends[at]!;
    }
    for (let i = 0; i < count - 1; i++) {
      const end = ownEnds[i]!;
      for (let j = i + 1; j < count && ownStarts[j]! < end; j++) {
        if (ownEnds[j]! <= ownStarts[j]!) continue;
        if (!pairs.add(rows[from + order[i]!]!, rows[from + order[j]!]!)) return pairs.taken(false);
      }
    }
  }
  return pairs.taken(true);
}

/** Times as whole numbers of the coarsest unit that all starts share: most calendars know no seconds. */
type Units = Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

type Dealt = {
  /** The rows of subject s lie from `froms[s]` to `froms[s + 1]`. */
  readonly froms: Int32Array;
  readonly starts: Units;
  /** Rounded up: what starts before the end, in whole units, starts before the end. */
  readonly ends: Units;
  readonly rows: Int32Array;
  /** No start or end is larger. */
  readonly mostUnits: number;
};

function dealt({ subjects, startMs, endMs }: Spans): Dealt {
  const { subjectMax, leastMs, mostMs, unitMs } = extentOf(startMs, endMs, subjects);
  assert(subjectMax < SUBJECTS_MAX, `subjects are numbers below ${SUBJECTS_MAX}: ${subjectMax}`);
  const count = subjects.length;
  const froms = new Int32Array(subjectMax + 2);
  for (let row = 0; row < count; row++) froms[subjects[row]! + 1]!++;
  for (let subject = 0; subject <= subjectMax; subject++) froms[subject + 1]! += froms[subject]!;

  const next = froms.slice();
  const mostUnits = Math.max(0, Math.ceil((mostMs - leastMs) / unitMs));
  const isSmall = mostUnits < 2 ** 31;
  const [starts, ends]: [Units, Units] = isSmall
    ? [new Int32Array(count), new Int32Array(count)]
    : [new Float64Array(count), new Float64Array(count)];
  const rows = new Int32Array(count);
  for (let row = 0; row < count; row++) {
    const place = next[subjects[row]!]!++;
    starts[place] = (startMs[row]! - leastMs) / unitMs;
    ends[place] = Math.ceil((endMs[row]! - leastMs) / unitMs);
    rows[place] = row;
  }
  return { froms, starts, ends, rows, mostUnits };
}

/** A year of quarters of an hour is sorted by 16 bits, one of milliseconds by 35. */
const UNITS_MS = [15 * MINUTE_MS, MINUTE_MS, SECOND_MS, 1] as const;

function extentOf(startMs: Float64Array, endMs: Float64Array, subjects: Int32Array) {
  let [subjectMax, leastMs, mostMs] = [-1, Infinity, -Infinity];
  let unit = 0;
  let unitMs: number = UNITS_MS[unit]!;
  for (let row = 0; row < subjects.length; row++) {
    const start = startMs[row]!;
    if (subjects[row]! > subjectMax) subjectMax = subjects[row]!;
    if (start < leastMs) leastMs = start;
    if (start > mostMs) mostMs = start;
    if (endMs[row]! > mostMs) mostMs = endMs[row]!;
    while (Math.floor(start / unitMs) * unitMs !== start) {
      unitMs = UNITS_MS[++unit] ?? NaN;
      assert(unit < UNITS_MS.length, `a start is a whole number of milliseconds: ${start}`);
    }
  }
  return { subjectMax, leastMs, mostMs, unitMs };
}

/** The entries from `from` on in rising order, numbered from 0, equal ones as they were; good until the next call. */
type Sorter = (from: number, count: number) => Int32Array;

function comparingSorter(column: Units): Sorter {
  return (from, count) =>
    Int32Array.from({ length: count }, (_, i) => i).sort((one, other) => column[from + one]! - column[from + other]!);
}

const DIGIT_BITS_MAX = 11;

/**
 * Least digit first: a year of quarters of an hour has two of 8 bits, one of minutes two of 10. What is left of a number
 * travels beside its index in one integer, so that nothing is looked up; null where the two do not fit into 32 bits.
 */
function radixSorter(units: Units, most: number, countMax: number): Sorter | null {
  const bits = bitsOf(most);
  const passes = Math.max(1, Math.ceil(bits / DIGIT_BITS_MAX));
  const digitBits = Math.ceil(bits / passes);
  const indexBits = bitsOf(countMax);
  if (!(units instanceof Int32Array) || bits - digitBits + indexBits > 32) return null;
  const column = units;
  const digitMask = (1 << digitBits) - 1;
  const indexMask = (1 << indexBits) - 1;
  const places = new Int32Array(1 << digitBits);
  let [order, spare] = [new Int32Array(countMax), new Int32Array(countMax)];
  return (from, count) => {
    findPlaces(from, count, 0);
    for (let i = 0; i < count; i++) {
      const key = column[from + i]!;
      order[places[key & digitMask]!++] = ((key >>> digitBits) << indexBits) | i;
    }
    for (let pass = 1; pass < passes; pass++) {
      findPlaces(from, count, pass * digitBits);
      for (let i = 0; i < count; i++) {
        const entry = order[i]!;
        const key = entry >>> indexBits;
        spare[places[key & digitMask]!++] = ((key >>> digitBits) << indexBits) | (entry & indexMask);
      }
      [order, spare] = [spare, order];
    }
    return order;
  };

  /** Where in order those that have a digit begin, for each digit. */
  function findPlaces(from: number, count: number, shift: number): void {
    places.fill(0);
    for (let i = from; i < from + count; i++) places[(column[i]! >>> shift) & digitMask]!++;
    let place = 0;
    for (let digit = 0; digit <= digitMask; digit++) {
      const size = places[digit]!;
      places[digit] = place;
      place += size;
    }
  }
}

/** How many bits the whole numbers up to one have. */
const bitsOf = (most: number): number => 32 - Math.clz32(most);

function pairsUpTo(pairsMax: number) {
  let [first, second] = [new Int32Array(PAIRS_USUAL), new Int32Array(PAIRS_USUAL)];
  let count = 0;
  return {
    /** False when there is no more room. */
    add(one: number, other: number): boolean {
      if (count === pairsMax) return false;
      if (count === first.length) [first, second] = [doubled(first), doubled(second)];
      first[count] = one;
      second[count++] = other;
      return true;
    },
    taken: (isWhole: boolean): Overlaps => ({ first: first.slice(0, count), second: second.slice(0, count), isWhole }),
  };
}

const PAIRS_USUAL = 1 << 16;

function doubled(column: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(column.length * 2);
  larger.set(column);
  return larger;
}
