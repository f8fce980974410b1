import { logistic } from "../network/network.ts";

/** `logit = weights · features + bias`. */
export type Regression = { readonly weights: Float64Array; readonly bias: number };

/** Rows of `width` numbers each, and what happened to each row. */
export type RegressionRows = {
  readonly width: number;
  readonly features: Float64Array;
  readonly happened: ArrayLike<number>;
  /** The part of rows in which a coin is thrown both ways, below 0.5: chances lie between `lapse` and `1 − lapse`. 0 unless given. */
  readonly lapse?: number;
};

const NEWTON_STEPS_MAX = 25;
const SMALL_ENOUGH = 1e-7;
/** Keeps the bias finite where everything happened, or nothing. */
const BIAS_PENALTY = 1e-3;

/**
 * Logistic regression with a penalty of `penalty / 2` times the squares of the weights (L2), by Newton's method with steps that
 * are halved until they help. Always ends; without rows every weight is 0. O(steps × rows × width²).
 */
export function fitLogistic({ width, features, happened, lapse = 0 }: RegressionRows, penalty: number): Regression {
  const size = width + 1;
  const at = new Float64Array(size);
  const rows: Rows = { width, features, happened, lapse, penalty };
  let loss = penalised(rows, at);
  for (let step = 0; step < NEWTON_STEPS_MAX; step++) {
    const way = newtonStep(rows, at);
    let share = 1;
    let next = moved(at, way, share);
    let nextLoss = penalised(rows, next);
    while (!(nextLoss <= loss) && share > 1e-4) {
      share /= 2;
      next = moved(at, way, share);
      nextLoss = penalised(rows, next);
    }
    if (!(nextLoss <= loss)) break;
    const gained = loss - nextLoss;
    at.set(next);
    loss = nextLoss;
    if (gained < SMALL_ENOUGH * (1 + Math.abs(loss))) break;
  }
  return { weights: at.slice(0, width), bias: at[width]! };
}

/** The logit of one row of features. */
export function logitOf({ weights, bias }: Regression, features: ArrayLike<number>, from = 0): number {
  let logit = bias;
  for (let f = 0; f < weights.length; f++) logit += weights[f]! * features[from + f]!;
  return logit;
}

type Rows = Required<RegressionRows> & { readonly penalty: number };

const moved = (at: Float64Array, way: Float64Array, share: number): Float64Array =>
  at.map((value, i) => value - share * way[i]!);

const penaltyOf = ({ width, penalty }: Rows, i: number): number => (i === width ? BIAS_PENALTY : penalty);

function penalised(rows: Rows, at: Float64Array): number {
  const { width, features, happened, lapse } = rows;
  let loss = 0;
  for (let row = 0; row < happened.length; row++) {
    let logit = at[width]!;
    for (let f = 0; f < width; f++) logit += at[f]! * features[row * width + f]!;
    loss += lossAt(happened[row] === 1 ? logit : -logit, lapse);
  }
  for (let i = 0; i <= width; i++) loss += 0.5 * penaltyOf(rows, i) * at[i]! ** 2;
  return loss;
}

/** −log of the chance of what came about; log(1 + e^x) without overflow. */
function lossAt(logit: number, lapse: number): number {
  if (lapse > 0) return -Math.log(lapse + (1 - 2 * lapse) * logistic(logit));
  return Math.max(-logit, 0) + Math.log1p(Math.exp(-Math.abs(logit)));
}

/** Fisher scoring: Newton's step with the curve that is expected, which never bends the wrong way. */
function newtonStep(rows: Rows, at: Float64Array): Float64Array {
  const { width, features, happened, lapse } = rows;
  const size = width + 1;
  const slope = new Float64Array(size);
  const curve = new Float64Array(size * size);
  const x = new Float64Array(size).fill(1);
  for (let row = 0; row < happened.length; row++) {
    for (let f = 0; f < width; f++) x[f] = features[row * width + f]!;
    let logit = 0;
    for (let i = 0; i < size; i++) logit += at[i]! * x[i]!;
    const share = logistic(logit);
    const p = lapse + (1 - 2 * lapse) * share;
    // How the chance bends with the logit, beside how it spreads: 1 where there is no lapse.
    const lever = lapse === 0 ? 1 : ((1 - 2 * lapse) * share * (1 - share)) / (p * (1 - p));
    const push = (p - happened[row]!) * lever;
    const bend = p * (1 - p) * lever ** 2;
    for (let i = 0; i < size; i++) {
      slope[i]! += push * x[i]!;
      const bent = bend * x[i]!;
      if (bent === 0) continue;
      for (let j = 0; j <= i; j++) curve[i * size + j]! += bent * x[j]!;
    }
  }
  for (let i = 0; i < size; i++) {
    slope[i]! += penaltyOf(rows, i) * at[i]!;
    curve[i * size + i]! += penaltyOf(rows, i) + 1e-9;
  }
  return solved(curve, slope);
}

/** The solution of `curve · x = slope` for a symmetric matrix whose lower half is given (Cholesky). */
function solved(curve: Float64Array, slope: Float64Array): Float64Array {
  const size = slope.length;
  const x = slope.slice();
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = curve[i * size + j]!;
      for (let k = 0; k < j; k++) sum -= curve[i * size + k]! * curve[j * size + k]!;
      curve[i * size + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / curve[j * size + j]!;
    }
  }
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i]! -= curve[i * size + k]! * x[k]!;
    x[i]! /= curve[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i]! -= curve[k * size + i]! * x[k]!;
    x[i]! /= curve[i * size + i]!;
  }
  return x;
}
