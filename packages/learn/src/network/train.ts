import { assert, seededRandom } from "@hourwright/std";
import { shuffled, type Examples } from "../examples.ts";
import { FEATURE_COUNT } from "../features/vector.ts";
import { OUTPUT_COUNT } from "../outputs.ts";
import {
  backward,
  DROPOUT,
  forward,
  lossOf,
  newGradient,
  newNetwork,
  newPass,
  type Gradient,
  type Network,
  type Pass,
} from "./network.ts";

/** How a network learns; the defaults are the first specification's. */
export type Training = {
  readonly seed: number;
  readonly learningRate: number;
  readonly batch: number;
  readonly epochsMax: number;
  /** Epochs without a better validation before it ends. */
  readonly patience: number;
  readonly dropout: readonly number[];
};

export const TRAINING: Training = {
  seed: 1,
  learningRate: 0.001,
  batch: 32,
  epochsMax: 100,
  patience: 10,
  dropout: DROPOUT,
};

/** The network of the best epoch, and the validation loss of each epoch there was. */
export type Trained = { readonly network: Network; readonly losses: readonly number[]; readonly bestEpoch: number };

/** The means and spreads by which inputs are centred: taken from what is learned from, and kept with the model. */
export type Centre = { readonly means: Float64Array; readonly spreads: Float64Array };

/** Fits a network to centred inputs; the same seed gives the same network. `tell` hears of each epoch that is done. O(epochs × rows × weights): about 65 µs a row and epoch. */
export function trainNetwork(
  fit: Examples,
  validation: Examples,
  training: Training,
  tell: (epochs: number) => void = () => {},
): Trained {
  assert(fit.count > 0 && validation.count > 0, "a network learns from some rows and is stopped by others");
  const random = seededRandom(training.seed);
  const network = newNetwork(random);
  const pass = newPass(network, training.batch);
  const adam = newAdam(network, training.learningRate);
  const gradient = newGradient(network);
  const outcomes = new Uint8Array(training.batch * OUTPUT_COUNT);
  const losses: number[] = [];
  let [best, bestEpoch] = [network, -1];

  for (let epoch = 0; epoch < training.epochsMax; epoch++) {
    const order = shuffled(fit.count, random);
    for (let from = 0; from < fit.count; from += training.batch) {
      const batch = order.subarray(from, from + training.batch);
      gather(fit, batch, pass.values[0]!, outcomes);
      forward(network, pass, batch.length, { random, rates: training.dropout });
      lossOf(pass, batch.length, outcomes);
      backward(network, pass, batch.length, gradient, true);
      stepAdam(adam, network, gradient);
    }
    losses.push(meanLoss(network, validation, pass));
    tell(epoch + 1);
    if (bestEpoch === -1 || losses[epoch]! < losses[bestEpoch]!) [best, bestEpoch] = [copyOf(network), epoch];
    else if (epoch - bestEpoch >= training.patience) break;
  }
  return { network: best, losses, bestEpoch };
}

function gather(examples: Examples, rows: Int32Array, features: Float64Array, outcomes: Uint8Array): void {
  for (const [at, row] of rows.entries()) {
    const [feature, outcome] = [row * FEATURE_COUNT, row * OUTPUT_COUNT];
    features.set(examples.features.subarray(feature, feature + FEATURE_COUNT), at * FEATURE_COUNT);
    outcomes.set(examples.outcomes.subarray(outcome, outcome + OUTPUT_COUNT), at * OUTPUT_COUNT);
  }
}

function meanLoss(network: Network, { count, features, outcomes }: Examples, pass: Pass): number {
  let sum = 0;
  for (let from = 0; from < count; from += pass.rows) {
    const to = Math.min(count, from + pass.rows);
    pass.values[0]!.set(features.subarray(from * FEATURE_COUNT, to * FEATURE_COUNT));
    forward(network, pass, to - from);
    sum += (to - from) * lossOf(pass, to - from, outcomes.subarray(from * OUTPUT_COUNT, to * OUTPUT_COUNT));
  }
  return sum / count;
}

const copyOf = (network: Network): Network =>
  network.map((layer) => ({ ...layer, weights: layer.weights.slice(), biases: layer.biases.slice() }));

/** Adam (Kingma and Ba, 2015) with its usual constants. */
type Adam = { steps: number; readonly learningRate: number; readonly means: Gradient; readonly squares: Gradient };

const MEAN_KEPT = 0.9;
const SQUARE_KEPT = 0.999;
const NEVER_ZERO = 1e-8;

const newAdam = (network: Network, learningRate: number): Adam => ({
  steps: 0,
  learningRate,
  means: newGradient(network),
  squares: newGradient(network),
});

function stepAdam(adam: Adam, network: Network, gradient: Gradient): void {
  adam.steps++;
  const rate = (adam.learningRate * Math.sqrt(1 - SQUARE_KEPT ** adam.steps)) / (1 - MEAN_KEPT ** adam.steps);
  for (const [i, layer] of network.entries()) {
    const [slope, mean, square] = [gradient[i]!, adam.means[i]!, adam.squares[i]!];
    stepColumn(layer.weights, slope.weights, mean.weights, square.weights, rate);
    stepColumn(layer.biases, slope.biases, mean.biases, square.biases, rate);
  }
}

function stepColumn(
  values: Float64Array,
  slope: Float64Array,
  mean: Float64Array,
  square: Float64Array,
  rate: number,
): void {
  for (let k = 0; k < values.length; k++) {
    const push = slope[k]!;
    mean[k] = MEAN_KEPT * mean[k]! + (1 - MEAN_KEPT) * push;
    square[k] = SQUARE_KEPT * square[k]! + (1 - SQUARE_KEPT) * push * push;
    values[k]! -= (rate * mean[k]!) / (Math.sqrt(square[k]!) + NEVER_ZERO);
  }
}

/** Means and spreads of the features. What never differs has spread 1: it stays 0 and teaches nothing. */
export function centreOf({ count, features }: Examples): Centre {
  const [means, spreads] = [new Float64Array(FEATURE_COUNT), new Float64Array(FEATURE_COUNT)];
  for (let k = 0; k < features.length; k++) means[k % FEATURE_COUNT]! += features[k]! / count;
  for (let k = 0; k < features.length; k++)
    spreads[k % FEATURE_COUNT]! += (features[k]! - means[k % FEATURE_COUNT]!) ** 2 / count;
  for (let f = 0; f < FEATURE_COUNT; f++) spreads[f] = spreads[f]! > 1e-12 ? Math.sqrt(spreads[f]!) : 1;
  return { means, spreads };
}

/** A centred feature lies within so many spreads: one strange row shall not shout. */
const SPREADS_MAX = 5;

/** Features of rows, centred. */
export function centred(features: Float64Array, { means, spreads }: Centre): Float64Array {
  return features.map((value, k) => {
    const f = k % FEATURE_COUNT;
    return Math.max(-SPREADS_MAX, Math.min(SPREADS_MAX, (value - means[f]!) / spreads[f]!));
  });
}
