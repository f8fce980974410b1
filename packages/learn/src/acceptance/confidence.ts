import { fitLogistic, logitOf, type Regression } from "../baseline/logistic-regression.ts";
import { logistic } from "../network/network.ts";
import { COSTS, type Costs } from "./offer.ts";

/** An offer that was answered: what it cost, and whether it was taken. */
export type Answered = { readonly costs: Costs; readonly isAccepted: boolean };

/** Below these, offers are ranked and no number is shown; from the second on a number means what it says [LA1]. */
export const FEW_ANSWERS = 50;
export const ENOUGH_ANSWERS = 500;
/** Older answers are forgotten: people change. */
export const ANSWERS_KEPT_MAX = 5_000;

/** How likely offers are to be taken, by as much as is known. */
export type Confidence =
  | { readonly kind: "none"; readonly answers: number }
  | ({ readonly kind: "few" | "calibrated"; readonly answers: number } & Learned);

type Learned = {
  readonly regression: Regression;
  /** The part of answers that are given against one's own rule, either way. */
  readonly lapse: number;
  /** Makes the regression's logits mean what they say: learned from answers that it had not seen. */
  readonly line: { readonly slope: number; readonly shift: number };
};

/** A chance from 0 to 1, with a mark when it rests on few answers; null below 50. */
export type Chance = { readonly chance: number; readonly isOfFew: boolean } | null;

const PENALTY = 0.5;
const LINE_PENALTY = 1;
const FOLDS = 5;
/** Who has a rule breaks it now and then; without that, one answer against it bends everything. */
const LAPSES = [0, 0.05, 0.1, 0.15];

/** Learns from answers in order of time; from the last 5,000 of them. O(answers × costs²): about 20 ms for 500. */
export function learnConfidence(all: readonly Answered[]): Confidence {
  const answers = all.slice(-ANSWERS_KEPT_MAX);
  if (answers.length < FEW_ANSWERS) return { kind: "none", answers: answers.length };
  const features = Float64Array.from(answers.flatMap(({ costs }) => COSTS.map((cost) => costs[cost])));
  const happened = Uint8Array.from(answers, ({ isAccepted }) => (isAccepted ? 1 : 0));
  const { lapse, line } = bestLapse(features, happened);
  const regression = fitLogistic({ width: COSTS.length, features, happened, lapse }, PENALTY);
  const kind = answers.length < ENOUGH_ANSWERS ? "few" : "calibrated";
  return { kind, answers: answers.length, regression, lapse, line };
}

/** The chance that an offer is taken. Of few answers it is told in tenths: more would be made up. */
export function chanceOf(confidence: Confidence, costs: Costs): Chance {
  if (confidence.kind === "none") return null;
  const { regression, lapse, line } = confidence;
  const logit = logitOf(
    regression,
    COSTS.map((cost) => costs[cost]),
  );
  const chance = lapse + (1 - 2 * lapse) * logistic(line.slope * logit + line.shift);
  return confidence.kind === "few"
    ? { chance: Math.round(chance * 10) / 10, isOfFew: true }
    : { chance, isOfFew: false };
}

type Line = Learned["line"];

/**
 * Each fifth of the answers is foretold by a regression of the other four; the line through these logits is how far a
 * regression can be believed on what it has not seen. Of several parts of lapses the one under which the answers are likeliest.
 */
function bestLapse(features: Float64Array, happened: Uint8Array): { readonly lapse: number; readonly line: Line } {
  let best = { lapse: 0, line: { slope: 0, shift: 0 }, loss: Infinity };
  for (const lapse of LAPSES) {
    const logits = unseenLogits(features, happened, lapse);
    const line = lineOf(logits, happened, lapse);
    const loss = lossOf(logits, happened, line, lapse);
    if (loss < best.loss) best = { lapse, line, loss };
  }
  return best;
}

function unseenLogits(features: Float64Array, happened: Uint8Array, lapse: number): Float64Array {
  const width = COSTS.length;
  const count = happened.length;
  const logits = new Float64Array(count);
  for (let fold = 0; fold < FOLDS; fold++) {
    const [from, to] = [Math.floor((fold * count) / FOLDS), Math.floor(((fold + 1) * count) / FOLDS)];
    const isOther = (row: number): boolean => row < from || row >= to;
    const others = {
      width,
      lapse,
      features: features.filter((_, k) => isOther(Math.floor(k / width))),
      happened: happened.filter((_, row) => isOther(row)),
    };
    const regression = fitLogistic(others, PENALTY);
    for (let row = from; row < to; row++) logits[row] = logitOf(regression, features, row * width);
  }
  return logits;
}

/** Who answers at random gives no rising line: then everything has the one chance that all answers together have. */
function lineOf(logits: Float64Array, happened: Uint8Array, lapse: number): Line {
  const { weights, bias } = fitLogistic({ width: 1, features: logits, happened, lapse }, LINE_PENALTY);
  if (weights[0]! > 0) return { slope: weights[0]!, shift: bias };
  const none = { width: 0, features: new Float64Array(), happened, lapse };
  return { slope: 0, shift: fitLogistic(none, LINE_PENALTY).bias };
}

function lossOf(logits: Float64Array, happened: Uint8Array, { slope, shift }: Line, lapse: number): number {
  return happened.reduce((loss, is, row) => {
    const chance = lapse + (1 - 2 * lapse) * logistic(slope * logits[row]! + shift);
    return loss - Math.log(is === 1 ? chance : 1 - chance);
  }, 0);
}
