import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { seededRandom } from "@hourwright/std";
import * as fc from "fast-check";
import { CLASS_COUNT, OUTPUT_COUNT } from "../outputs.ts";
import { backward, forward, lossOf, newGradient, newNetwork, newPass, SIZES, toProbabilities } from "./network.ts";
import { centred, centreOf } from "./train.ts";

const SMALL = [6, 7, 5, OUTPUT_COUNT];

/** Rows of 9 outcomes with one class each. */
function outcomesOf(rows: number, random: () => number): Uint8Array {
  const outcomes = new Uint8Array(rows * OUTPUT_COUNT);
  for (let row = 0; row < rows; row++) {
    outcomes[row * OUTPUT_COUNT + Math.floor(random() * CLASS_COUNT)] = 1;
    for (let o = CLASS_COUNT; o < OUTPUT_COUNT; o++) outcomes[row * OUTPUT_COUNT + o] = random() < 0.4 ? 1 : 0;
  }
  return outcomes;
}

describe("the network", () => {
  test("is 50 to 128, 64, 32, then five classes and four labels", () => {
    const network = newNetwork(seededRandom(1));
    assert.deepEqual(SIZES, [50, 128, 64, 32, 9]);
    assert.equal(
      network.reduce((sum, { weights, biases }) => sum + weights.length + biases.length, 0),
      17_161,
    );
  });

  test("changes as its loss says: the gradient is that of finite differences", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 7 }), (seed, rows) => {
        const random = seededRandom(seed);
        const network = newNetwork(random, SMALL);
        // A bias of exactly 0 behind a row of zeros would stand on the edge of what is cut off, where there is no slope.
        for (const { biases } of network) for (const o of biases.keys()) biases[o] = 0.2 * random() - 0.1;
        const pass = newPass(network, rows);
        const inputs = Float64Array.from({ length: rows * SMALL[0]! }, () => 2 * random() - 1);
        const outcomes = outcomesOf(rows, random);
        const loss = (): number => {
          pass.values[0]!.set(inputs);
          forward(network, pass, rows);
          return lossOf(pass, rows, outcomes);
        };
        const gradient = newGradient(network);
        loss();
        backward(network, pass, rows, gradient, false);
        for (const [i, layer] of network.entries()) {
          for (const name of ["weights", "biases"] as const) {
            const column = layer[name];
            const k = Math.floor(random() * column.length);
            const [kept, step] = [column[k]!, 1e-6];
            column[k] = kept + step;
            const above = loss();
            column[k] = kept - step;
            const slope = (above - loss()) / (2 * step);
            column[k] = kept;
            assert.ok(Math.abs(slope - gradient[i]![name][k]!) < 1e-5, `${name} ${k} of layer ${i}: ${slope}`);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test("lets nothing flow back through what was left out", () => {
    const random = seededRandom(3);
    const network = newNetwork(random, SMALL);
    const pass = newPass(network, 4);
    pass.values[0]!.fill(0.5);
    const outcomes = outcomesOf(4, random);
    const gradient = newGradient(network);
    forward(network, pass, 4, { random: () => 0, rates: [0.5, 0.5] });
    lossOf(pass, 4, outcomes);
    backward(network, pass, 4, gradient, true);
    for (const layer of gradient.slice(0, -1)) assert.ok(layer.weights.every((slope) => slope === 0));
    assert.ok(gradient.at(-1)!.biases.some((slope) => slope !== 0));
  });

  test("keeps the size of what it says in the mean while parts are left out", () => {
    const random = seededRandom(5);
    const network = newNetwork(random, [6, 400, OUTPUT_COUNT]);
    const pass = newPass(network, 1);
    pass.values[0]!.fill(1);
    forward(network, pass, 1);
    const plain = pass.values[1]!.reduce((sum, each) => sum + each, 0);
    let sum = 0;
    for (let i = 0; i < 50; i++) {
      forward(network, pass, 1, { random, rates: [0.3] });
      sum += pass.values[1]!.reduce((total, each) => total + each, 0) / 50;
    }
    assert.ok(Math.abs(sum / plain - 1) < 0.02, `${sum} beside ${plain}`);
  });

  test("answers with probabilities, however large its logits", () => {
    const logit = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.array(logit, { minLength: OUTPUT_COUNT, maxLength: OUTPUT_COUNT }), (logits) => {
        const answer = Float64Array.from(logits);
        toProbabilities(answer, 1);
        assert.ok(answer.every((p) => p >= 0 && p <= 1));
        const classes = answer.subarray(0, CLASS_COUNT).reduce((sum, p) => sum + p, 0);
        assert.ok(Math.abs(classes - 1) < 1e-9);
      }),
    );
  });
});

describe("centring", () => {
  test("gives mean 0 and spread 1, leaves what never differs at 0, and cuts what is strange", () => {
    const features = Float64Array.from({ length: 100 * 50 }, (_, k) => (k % 50 === 0 ? 7 : (k * 7_919) % 101));
    const examples = { count: 100, features, outcomes: new Uint8Array(900), startMs: new Float64Array(100) };
    const centre = centreOf(examples);
    const column = centred(features, centre).filter((_, k) => k % 50 === 3);
    const mean = column.reduce((sum, each) => sum + each, 0) / 100;
    const spread = column.reduce((sum, each) => sum + (each - mean) ** 2, 0) / 100;
    assert.ok(Math.abs(mean) < 1e-9 && Math.abs(spread - 1) < 1e-9);
    const strange = centred(new Float64Array(50).fill(1e9), centre);
    assert.equal(strange[3], 5);
    assert.ok(Math.abs(centred(features.slice(0, 50), centre)[0]!) < 1e-9);
  });
});
