import { type Random } from "@hourwright/std";
import { FEATURE_COUNT } from "../features/vector.ts";
import { CLASS_COUNT, OUTPUT_COUNT } from "../outputs.ts";

/** One step of the network: `weights[input * outputs + output]`, then a bias each output. */
export type Layer = {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: Float64Array;
  readonly biases: Float64Array;
};

/** 50 → 128 → 64 → 32 → 5 classes and 4 labels; hidden layers keep what is above 0. 17,161 numbers. */
export type Network = readonly Layer[];

export const SIZES = [FEATURE_COUNT, 128, 64, 32, OUTPUT_COUNT] as const;
/** The part of each hidden layer that is left out while learning. */
export const DROPOUT = [0.3, 0.2, 0.1] as const;

/** Weights by He et al. (2015): of the size that keeps the spread from layer to layer where half is cut off. */
export function newNetwork(random: Random, sizes: readonly number[] = SIZES): Network {
  return sizes.slice(1).map((outputs, i) => {
    const inputs = sizes[i]!;
    const spread = Math.sqrt(2 / inputs);
    const weights = Float64Array.from({ length: inputs * outputs }, () => spread * normal(random));
    return { inputs, outputs, weights, biases: new Float64Array(outputs) };
  });
}

/** A number of the normal distribution (Box and Muller). */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** What every layer says about a batch of rows: `values[0]` are the inputs, the last are logits. Reused from batch to batch. */
export type Pass = {
  readonly rows: number;
  readonly values: readonly Float64Array[];
  readonly gradients: readonly Float64Array[];
  /** Where a hidden value is kept, what it is multiplied by; 0 where it is left out. Only while learning. */
  readonly kept: readonly Float64Array[];
};

export function newPass(network: Network, rows: number): Pass {
  const sizes = [network[0]!.inputs, ...network.map(({ outputs }) => outputs)];
  const each = () => sizes.map((size) => new Float64Array(rows * size));
  return { rows, values: each(), gradients: each(), kept: each() };
}

/** Logits of the first `rows` inputs of the pass. With `dropout`, what is left out is drawn anew. O(rows × weights). */
export function forward(
  network: Network,
  pass: Pass,
  rows: number,
  dropout?: { readonly random: Random; readonly rates: readonly number[] },
): void {
  for (const [i, layer] of network.entries()) {
    const output = pass.values[i + 1]!;
    layerForward(layer, pass.values[i]!, output, rows);
    if (i === network.length - 1) return;
    const length = rows * layer.outputs;
    for (let k = 0; k < length; k++) if (output[k]! < 0) output[k] = 0;
    if (dropout !== undefined) leaveOut(output, pass.kept[i + 1]!, length, dropout.rates[i] ?? 0, dropout.random);
  }
}

/** Zero inputs cost nothing: half of every hidden layer is 0. Four inputs a turn, so that a sum is loaded and stored once for them. */
function layerForward(
  { inputs, outputs, weights, biases }: Layer,
  input: Float64Array,
  output: Float64Array,
  rows: number,
): void {
  const used = new Int32Array(inputs + 3);
  for (let row = 0; row < rows; row++) {
    const to = row * outputs;
    for (let o = 0; o < outputs; o++) output[to + o] = biases[o]!;
    let count = 0;
    for (let i = 0; i < inputs; i++) if (input[row * inputs + i]! !== 0) used[count++] = i;
    // The last turn is filled up with inputs that are multiplied by 0.
    const whole = (count + 3) & ~3;
    used.fill(0, count, whole);
    for (let k = 0; k < whole; k += 4) {
      const [a, b, c, d] = [used[k]!, used[k + 1]!, used[k + 2]!, used[k + 3]!];
      const at = row * inputs;
      const va = input[at + a]!;
      const vb = k + 1 < count ? input[at + b]! : 0;
      const vc = k + 2 < count ? input[at + c]! : 0;
      const vd = k + 3 < count ? input[at + d]! : 0;
      const [wa, wb, wc, wd] = [a * outputs, b * outputs, c * outputs, d * outputs];
      for (let o = 0; o < outputs; o++) {
        output[to + o]! +=
          va * weights[wa + o]! + vb * weights[wb + o]! + vc * weights[wc + o]! + vd * weights[wd + o]!;
      }
    }
  }
}

/** What is kept grows by what is left out, so that nothing has to change when predictions are made. */
function leaveOut(values: Float64Array, kept: Float64Array, length: number, rate: number, random: Random): void {
  const grown = 1 / (1 - rate);
  for (let k = 0; k < length; k++) {
    kept[k] = random() < rate ? 0 : grown;
    values[k]! *= kept[k]!;
  }
}

/** How a network would have to change: the shape of the network itself. */
export type Gradient = readonly { readonly weights: Float64Array; readonly biases: Float64Array }[];

export function newGradient(network: Network): Gradient {
  return network.map(({ weights, biases }) => ({
    weights: new Float64Array(weights.length),
    biases: new Float64Array(biases.length),
  }));
}

/**
 * Fills `gradient` from what stands in the last gradients of the pass (what `lossOf` left there). O(rows × weights).
 */
export function backward(network: Network, pass: Pass, rows: number, gradient: Gradient, hasDropout: boolean): void {
  for (let i = network.length - 1; i >= 0; i--) {
    const layer = network[i]!;
    const input = pass.values[i]!;
    layerBackward(
      layer,
      { input, above: pass.gradients[i + 1]!, below: i === 0 ? null : pass.gradients[i]! },
      rows,
      gradient[i]!,
    );
    if (i === 0 || !hasDropout) continue;
    const [below, kept] = [pass.gradients[i]!, pass.kept[i]!];
    for (let k = 0; k < rows * layer.inputs; k++) below[k]! *= kept[k]!;
  }
}

type Sides = { readonly input: Float64Array; readonly above: Float64Array; readonly below: Float64Array | null };

function layerBackward(layer: Layer, sides: Sides, rows: number, gradient: Gradient[number]): void {
  const { outputs } = layer;
  gradient.biases.fill(0);
  for (let k = 0; k < rows * outputs; k++) gradient.biases[k % outputs]! += sides.above[k]!;
  weightGradient(layer, sides, rows, gradient.weights);
  if (sides.below !== null) pushBelow(layer, sides, sides.below, rows);
}

/** Four rows a turn, for the same reason as forwards. */
function weightGradient(
  { inputs, outputs }: Layer,
  { input, above }: Sides,
  rows: number,
  weights: Float64Array,
): void {
  weights.fill(0);
  const used = new Int32Array(rows + 3);
  for (let i = 0; i < inputs; i++) {
    let count = 0;
    for (let row = 0; row < rows; row++) if (input[row * inputs + i]! !== 0) used[count++] = row;
    const whole = (count + 3) & ~3;
    used.fill(0, count, whole);
    const to = i * outputs;
    for (let k = 0; k < whole; k += 4) {
      const [a, b, c, d] = [used[k]!, used[k + 1]!, used[k + 2]!, used[k + 3]!];
      const va = input[a * inputs + i]!;
      const vb = k + 1 < count ? input[b * inputs + i]! : 0;
      const vc = k + 2 < count ? input[c * inputs + i]! : 0;
      const vd = k + 3 < count ? input[d * inputs + i]! : 0;
      const [pa, pb, pc, pd] = [a * outputs, b * outputs, c * outputs, d * outputs];
      for (let o = 0; o < outputs; o++) {
        weights[to + o]! += va * above[pa + o]! + vb * above[pb + o]! + vc * above[pc + o]! + vd * above[pd + o]!;
      }
    }
  }
}

/** A hidden value of 0 was cut off or left out: nothing flows through it. */
function pushBelow(
  { inputs, outputs, weights }: Layer,
  { input, above }: Sides,
  below: Float64Array,
  rows: number,
): void {
  for (let row = 0; row < rows; row++) {
    const at = row * outputs;
    for (let i = 0; i < inputs; i++) {
      const place = row * inputs + i;
      let sum = 0;
      if (input[place]! !== 0) {
        const from = i * outputs;
        for (let o = 0; o < outputs; o++) sum += weights[from + o]! * above[at + o]!;
      }
      below[place] = sum;
    }
  }
}

export const logistic = (logit: number): number => 1 / (1 + Math.exp(-logit));

/** Logits of `rows` rows become probabilities in place: softmax over the classes, each label by itself. */
export function toProbabilities(logits: Float64Array, rows: number): void {
  for (let row = 0; row < rows; row++) {
    const at = row * OUTPUT_COUNT;
    let highest = -Infinity;
    for (let o = 0; o < CLASS_COUNT; o++) highest = Math.max(highest, logits[at + o]!);
    let sum = 0;
    for (let o = 0; o < CLASS_COUNT; o++) sum += logits[at + o] = Math.exp(logits[at + o]! - highest);
    for (let o = 0; o < CLASS_COUNT; o++) logits[at + o]! /= sum;
    for (let o = CLASS_COUNT; o < OUTPUT_COUNT; o++) logits[at + o] = logistic(logits[at + o]!);
  }
}

/** Below this a logarithm would be of nothing. */
const PROBABILITY_MIN = 1e-12;

/**
 * The mean loss of a batch: cross-entropy of the classes plus that of each label; leaves probabilities in the last values of
 * the pass, and in the last gradients how each logit adds to the loss.
 */
export function lossOf(pass: Pass, rows: number, outcomes: Uint8Array): number {
  const [probabilities, gradients] = [pass.values.at(-1)!, pass.gradients.at(-1)!];
  toProbabilities(probabilities, rows);
  let loss = 0;
  for (let k = 0; k < rows * OUTPUT_COUNT; k++) {
    const [p, happened] = [probabilities[k]!, outcomes[k]!];
    gradients[k] = (p - happened) / rows;
    const isClass = k % OUTPUT_COUNT < CLASS_COUNT;
    if (happened === 1) loss -= Math.log(Math.max(p, PROBABILITY_MIN));
    else if (!isClass) loss -= Math.log(Math.max(1 - p, PROBABILITY_MIN));
  }
  return loss / rows;
}
