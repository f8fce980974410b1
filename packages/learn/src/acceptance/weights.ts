import { assert } from "@hourwright/std";
import { logistic } from "../network/network.ts";

/**
 * Soft weights that answers may move: each has its default, from which it never goes further than to the half or the double
 * [LA2]. Names are the caller's: costs of repairs, or soft constraints of the catalogue.
 */
export type Weights = {
  readonly defaults: Readonly<Record<string, number>>;
  /** What each default is multiplied by, 0.5 to 2; 1 where it is not named. */
  readonly factors: Readonly<Record<string, number>>;
  /** What leaving things as they are costs, in mean defaults: what is refused was thought worse. Learned with the weights. */
  readonly leftAlone: number;
  /** So many answers have moved them. */
  readonly answers: number;
};

/** How much something asks, by name; what is not named is 0. */
export type Amounts = Readonly<Record<string, number>>;

/**
 * Somebody took an offer after passing over others, which stood before it: what stood behind it was perhaps never read, and
 * says nothing (Joachims, 2002). Or somebody refused one.
 */
export type Answer =
  | { readonly kind: "accepted"; readonly taken: Amounts; readonly passedOver: readonly Amounts[] }
  | { readonly kind: "refused"; readonly refused: Amounts };

export const FACTOR_MIN = 0.5;
export const FACTOR_MAX = 2;
/** No answer moves a factor by more than this part of it [LA3]. */
export const STEP_MAX = 0.02;
const LEARNING_RATE = 0.06;
/** Leaving things alone costs as much as two weights at their most, at first; it moves faster than weights, being one number. */
const LEFT_ALONE = 2;
const LEFT_ALONE_MAX = 20;
const LEFT_ALONE_RATE = 0.1;
const PASSED_OVER_MAX = 20;

/** Weights that no answer has moved. Defaults are finite and not below 0. */
export function newWeights(defaults: Readonly<Record<string, number>>): Weights {
  for (const [name, weight] of Object.entries(defaults))
    assert(Number.isFinite(weight) && weight >= 0, `a weight is finite and not below 0: ${name} ${weight}`);
  return { defaults, factors: {}, leftAlone: LEFT_ALONE, answers: 0 };
}

export const weightOf = ({ defaults, factors }: Weights, name: string): number =>
  (defaults[name] ?? 0) * (factors[name] ?? 1);

/** What an offer costs under the weights: less is better. */
export const costUnder = (weights: Weights, amounts: Amounts): number =>
  Object.keys(weights.defaults).reduce((sum, name) => sum + weightOf(weights, name) * amountOf(amounts, name), 0);

/**
 * The weights after one more answer: a step of pairwise logistic regression (Bradley and Terry, 1952) on the logarithms of the
 * factors. What was taken should cost less than what was passed over, and less than leaving things alone; what was refused should cost more
 * than that. O(offers × names).
 */
export function learnAnswer(weights: Weights, answer: Answer): Weights {
  const unit = unitOf(weights);
  const pairs = pairsOf(answer).map((pair) => ({ ...pair, surprise: surpriseOf(weights, pair, unit) }));
  const factors: Record<string, number> = { ...weights.factors };
  for (const name of Object.keys(weights.defaults)) {
    let push = 0;
    for (const { better, worse, surprise } of pairs)
      push += (surprise * (amountOf(worse, name) - amountOf(better, name))) / pairs.length;
    push *= weightOf(weights, name) / unit;
    const step = Math.max(-STEP_MAX, Math.min(STEP_MAX, LEARNING_RATE * push));
    factors[name] = between(FACTOR_MIN, FACTOR_MAX, (factors[name] ?? 1) * (1 + step));
  }
  let rise = 0;
  for (const { better, worse, surprise } of pairs) {
    if (worse === null) rise += surprise;
    if (better === null) rise -= surprise;
  }
  const leftAlone = between(0, LEFT_ALONE_MAX, weights.leftAlone + LEFT_ALONE_RATE * rise);
  return { ...weights, factors, leftAlone, answers: weights.answers + 1 };
}

/** Null stands for leaving things alone. */
type Pair = { readonly better: Amounts | null; readonly worse: Amounts | null };

function pairsOf(answer: Answer): Pair[] {
  if (answer.kind === "refused") return [{ better: null, worse: answer.refused }];
  const others = answer.passedOver.slice(0, PASSED_OVER_MAX).map((worse) => ({ better: answer.taken, worse }));
  return [...others, { better: answer.taken, worse: null }];
}

/** How little what was done was expected: 0 when it was sure, 1 when the other was. */
function surpriseOf(weights: Weights, { better, worse }: Pair, unit: number): number {
  const cost = (amounts: Amounts | null): number =>
    amounts === null ? weights.leftAlone : costUnder(weights, amounts) / unit;
  return logistic(cost(better) - cost(worse));
}

/** The mean default: whether weights are ones or thousands, answers move them alike. */
function unitOf({ defaults }: Weights): number {
  const counted = Object.values(defaults).filter((weight) => weight > 0);
  return counted.length === 0 ? 1 : counted.reduce((sum, weight) => sum + weight, 0) / counted.length;
}

/** What is not named, or no number, asks nothing. */
function amountOf(amounts: Amounts | null, name: string): number {
  const amount = amounts?.[name] ?? 0;
  return Number.isFinite(amount) ? amount : 0;
}

const between = (from: number, to: number, value: number): number => Math.max(from, Math.min(to, value));

/** The defaults again: all of them, or one. */
export function resetWeights(weights: Weights, name?: string): Weights {
  if (name === undefined) return newWeights(weights.defaults);
  const { [name]: _, ...factors } = weights.factors;
  return { ...weights, factors };
}

/** What answers have moved, most first, in sentences for whoever asks why something is ranked as it is [LA4]. */
export function explainWeights(
  weights: Weights,
): { readonly name: string; readonly factor: number; readonly sentence: string }[] {
  const after = `after ${weights.answers} ${weights.answers === 1 ? "answer" : "answers"}`;
  return Object.entries(weights.factors)
    .filter(([, factor]) => Math.abs(factor - 1) >= 0.005)
    .sort(([, a], [, b]) => Math.abs(Math.log(b)) - Math.abs(Math.log(a)))
    .map(([name, factor]) => ({
      name,
      factor,
      sentence: `“${name}” counts ${factor.toFixed(2)} times its default ${after}.`,
    }));
}
