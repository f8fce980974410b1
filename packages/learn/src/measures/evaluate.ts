import { columnOf, type Examples } from "../examples.ts";
import { CLASS_COUNT, OUTPUT_COUNT, OUTPUTS, type Output } from "../outputs.ts";
import { aucOf } from "./auc.ts";
import { reliabilityOf, type Reliability } from "./reliability.ts";

/** How well one output is foretold on rows that nothing was learned from. `auc` is null where it happened never, or always. */
export type Measured = {
  readonly output: Output;
  readonly rows: number;
  /** To how many it happened. */
  readonly positives: number;
  readonly auc: number | null;
  /** At `threshold`, which was chosen on other rows. */
  readonly threshold: number;
  readonly accuracy: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly reliability: Reliability;
};

export type Evaluation = {
  readonly outputs: readonly Measured[];
  /** Means over the outputs that can be judged: to which it happened, and did not, often enough. */
  readonly auc: number | null;
  readonly f1: number | null;
  readonly calibrationError: number | null;
  readonly worstCalibrationError: number | null;
  /** What chance alone leaves of the calibration error, were every probability true. */
  readonly calibrationNoise: number | null;
  /** The part of rows whose likeliest class came true, and that of saying the commonest class of these rows every time. */
  readonly classAccuracy: number;
  readonly commonestClass: number;
};

/** An output is judged when it happened to so many held-out rows, and did not happen to as many. */
export const POSITIVES_MIN = 20;

export const isJudged = ({ rows, positives }: Pick<Measured, "rows" | "positives">): boolean =>
  positives >= POSITIVES_MIN && rows - positives >= POSITIVES_MIN;

/** Measures what was `said` (rows of 9) against what happened; thresholds from `chooseThresholds` of other rows. O(n log n). */
export function evaluate(said: Float64Array, examples: Examples, thresholds: readonly number[]): Evaluation {
  const outputs = OUTPUTS.map((output, i) => {
    const [scores, happened] = [columnOf(said, i), columnOf(examples.outcomes, i)];
    const counts = countAt(scores, happened, thresholds[i]!);
    const positives = counts.hits + counts.misses;
    return {
      output,
      rows: examples.count,
      positives,
      auc: aucOf(scores, happened)?.auc ?? null,
      threshold: thresholds[i]!,
      ...ratesOf(counts),
      reliability: reliabilityOf(scores, happened),
    };
  });
  const judged = outputs.filter(isJudged);
  const errors = judged.map(({ reliability }) => reliability.error);
  return {
    outputs,
    auc: meanOf(judged.map(({ auc }) => auc!)),
    f1: meanOf(judged.map(({ f1 }) => f1)),
    calibrationError: meanOf(errors),
    worstCalibrationError: errors.length === 0 ? null : Math.max(...errors),
    calibrationNoise: meanOf(judged.map(({ reliability }) => reliability.noise)),
    classAccuracy: classAccuracy(said, examples.outcomes),
    commonestClass:
      Math.max(...outputs.slice(0, CLASS_COUNT).map(({ positives }) => positives)) / Math.max(1, examples.count),
  };
}

/** For each output the threshold at which F1 is best on these rows; infinite, "never", where it never happened. O(n log n). */
export function chooseThresholds(said: Float64Array, { outcomes }: Examples): number[] {
  return OUTPUTS.map((_, i) => bestThreshold(columnOf(said, i), columnOf(outcomes, i)));
}

function bestThreshold(scores: Float64Array, happened: Uint8Array): number {
  const order = Int32Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
  const positives = happened.reduce((sum, each) => sum + each, 0);
  let [hits, best, threshold] = [0, 0, Infinity];
  for (const [k, row] of order.entries()) {
    hits += happened[row]!;
    const next = order[k + 1];
    if (next !== undefined && scores[next] === scores[row]) continue;
    const f1 = (2 * hits) / (k + 1 + positives);
    if (f1 > best) [best, threshold] = [f1, scores[row]!];
  }
  return threshold;
}

type Counts = { readonly hits: number; readonly falseAlarms: number; readonly misses: number; readonly rests: number };

function countAt(scores: Float64Array, happened: Uint8Array, threshold: number): Counts {
  // By what happened, then by what was said.
  const counts: [[number, number], [number, number]] = [
    [0, 0],
    [0, 0],
  ];
  for (let row = 0; row < scores.length; row++)
    counts[happened[row] === 1 ? 1 : 0][scores[row]! >= threshold ? 1 : 0]++;
  const [[rests, falseAlarms], [misses, hits]] = counts;
  return { hits, falseAlarms, misses, rests };
}

/** What cannot be divided is 0: who never says yes has no precision to speak of. */
const ratio = (part: number, all: number): number => (all === 0 ? 0 : part / all);

const ratesOf = ({ hits, falseAlarms, misses, rests }: Counts) => ({
  accuracy: ratio(hits + rests, hits + rests + falseAlarms + misses),
  precision: ratio(hits, hits + falseAlarms),
  recall: ratio(hits, hits + misses),
  f1: ratio(2 * hits, 2 * hits + falseAlarms + misses),
});

function classAccuracy(said: Float64Array, outcomes: Uint8Array): number {
  let right = 0;
  for (let row = 0; row < said.length; row += OUTPUT_COUNT) {
    let likeliest = 0;
    for (let o = 1; o < CLASS_COUNT; o++) if (said[row + o]! > said[row + likeliest]!) likeliest = o;
    right += outcomes[row + likeliest]!;
  }
  return ratio(right, said.length / OUTPUT_COUNT);
}

const meanOf = (list: readonly number[]): number | null =>
  list.length === 0 ? null : list.reduce((sum, each) => sum + each, 0) / list.length;
