import { assert, wholeBetween, type Random } from "@hourwright/std";
import { FEATURE_COUNT } from "./features/vector.ts";
import { OUTPUT_COUNT } from "./outputs.ts";

export const EXAMPLES_MAX = 500_000;

/** Commitments that are over, in columns, sorted by when they began: row `i` has its 50 features and 9 outcomes (0 or 1) in a row. */
export type Examples = {
  readonly count: number;
  readonly features: Float64Array;
  readonly outcomes: Uint8Array;
  readonly startMs: Float64Array;
};

/** What a model is fitted to, what it is stopped and calibrated by, and what it is judged on: one after the other in time [LN5]. */
export type Parts = { readonly fit: Examples; readonly validation: Examples; readonly heldOut: Examples };

const WEEK_MS = 7 * 24 * 3_600_000;
/** Of everything, the last part is held out; of the rest, the last part validates (the first specification's 0.2). */
const HELD_OUT_PART = 0.2;
const VALIDATION_PART = 0.2;

/** Rows `[from, to)`, without a copy. */
export function rowsOf({ features, outcomes, startMs }: Examples, from: number, to: number): Examples {
  return {
    count: to - from,
    features: features.subarray(from * FEATURE_COUNT, to * FEATURE_COUNT),
    outcomes: outcomes.subarray(from * OUTPUT_COUNT, to * OUTPUT_COUNT),
    startMs: startMs.subarray(from, to),
  };
}

/** Splits by time, never at random, and only between weeks: what is held out begins after everything that was learned from [LN5]. */
export function splitByWeeks(examples: Examples): Parts {
  const { count, startMs } = examples;
  assert(count <= EXAMPLES_MAX, `at most ${EXAMPLES_MAX} examples: ${count}`);
  for (let i = 1; i < count; i++) assert(startMs[i - 1]! <= startMs[i]!, `examples are sorted by time: row ${i}`);
  const last = borderNear(startMs, count * (1 - HELD_OUT_PART));
  const middle = borderNear(startMs, last * (1 - VALIDATION_PART));
  return {
    fit: rowsOf(examples, 0, middle),
    validation: rowsOf(examples, middle, last),
    heldOut: rowsOf(examples, last, count),
  };
}

/** The first row of the week in which a row lies. */
function borderNear(startMs: Float64Array, row: number): number {
  const at = Math.min(startMs.length - 1, Math.floor(row));
  if (at < 0) return 0;
  const week = weekOf(startMs[at]!);
  return startMs.findIndex((ms) => weekOf(ms) === week);
}

/** Weeks from Monday to Sunday, UTC; day 0 of the epoch was a Thursday. */
const weekOf = (ms: number): number => Math.floor((ms + 3 * (WEEK_MS / 7)) / WEEK_MS);

/** The same features with the outcomes of other rows: nothing can be learned from it, and whoever does has looked at the answers. */
export function withShuffledOutcomes(examples: Examples, random: Random): Examples {
  const order = shuffled(examples.count, random);
  const outcomes = new Uint8Array(examples.outcomes.length);
  for (const [row, other] of order.entries()) {
    const from = other * OUTPUT_COUNT;
    outcomes.set(examples.outcomes.subarray(from, from + OUTPUT_COUNT), row * OUTPUT_COUNT);
  }
  return { ...examples, outcomes };
}

/** 0 … count − 1 in a random order (Fisher and Yates). */
export function shuffled(count: number, random: Random): Int32Array {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const other = wholeBetween(random, 0, i);
    [order[i], order[other]] = [order[other]!, order[i]!];
  }
  return order;
}

/** One output of rows of 9, as a column. */
export function columnOf<T extends Float64Array | Uint8Array>(rows: T, output: number): T {
  return rows.filter((_, i) => i % OUTPUT_COUNT === output) as T;
}
