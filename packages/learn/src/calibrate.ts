import { fitLogistic } from "./baseline/logistic-regression.ts";
import { columnOf } from "./examples.ts";
import { toProbabilities } from "./network/network.ts";
import { CLASS_COUNT, LABELS, OUTPUT_COUNT } from "./outputs.ts";

/**
 * What makes a network's numbers mean what they say, learned from rows that it did not learn from: the logits of the classes are
 * divided by a temperature (Guo et al., 2017), those of each label go through a line (Platt, 1999).
 */
export type Calibration = {
  readonly temperature: number;
  readonly lines: readonly { readonly slope: number; readonly shift: number }[];
};

const TEMPERATURE_MIN = 0.2;
const TEMPERATURE_MAX = 5;
const TEMPERATURE_STEPS = 40;
/** A little doubt about the slope, so that few rows cannot make it wild. */
const LINE_PENALTY = 1;

/** The calibration under which the outcomes are likeliest. `logits` and `outcomes` are rows of 9. O(rows). */
export function calibrate(logits: Float64Array, outcomes: Uint8Array): Calibration {
  const lines = LABELS.map((_, i) => {
    const features = columnOf(logits, CLASS_COUNT + i);
    const happened = columnOf(outcomes, CLASS_COUNT + i);
    const { weights, bias } = fitLogistic({ width: 1, features, happened }, LINE_PENALTY);
    return { slope: Math.max(0, weights[0]!), shift: bias };
  });
  return { temperature: bestTemperature(logits, outcomes), lines };
}

/** Calibrated probabilities of rows of logits, in place. */
export function toCalibrated(logits: Float64Array, { temperature, lines }: Calibration): Float64Array {
  for (let k = 0; k < logits.length; k++) {
    const output = k % OUTPUT_COUNT;
    const line = lines[output - CLASS_COUNT];
    logits[k] = line === undefined ? logits[k]! / temperature : line.slope * logits[k]! + line.shift;
  }
  toProbabilities(logits, logits.length / OUTPUT_COUNT);
  return logits;
}

/** The loss is convex in the logarithm's inverse and has one lowest point: golden sections find it. */
function bestTemperature(logits: Float64Array, outcomes: Uint8Array): number {
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [TEMPERATURE_MIN, TEMPERATURE_MAX];
  for (let step = 0; step < TEMPERATURE_STEPS; step++) {
    const [left, right] = [high - golden * (high - low), low + golden * (high - low)];
    if (classLoss(logits, outcomes, left) < classLoss(logits, outcomes, right)) high = right;
    else low = left;
  }
  return (low + high) / 2;
}

function classLoss(logits: Float64Array, outcomes: Uint8Array, temperature: number): number {
  let loss = 0;
  for (let row = 0; row < logits.length; row += OUTPUT_COUNT) {
    let [sum, own] = [0, 0];
    for (let o = 0; o < CLASS_COUNT; o++) {
      sum += Math.exp(logits[row + o]! / temperature);
      if (outcomes[row + o] === 1) own = logits[row + o]! / temperature;
    }
    loss += Math.log(sum) - own;
  }
  return loss;
}
