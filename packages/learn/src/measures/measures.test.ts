import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { seededRandom } from "@hourwright/std";
import * as fc from "fast-check";
import { fitLogistic, logitOf } from "../baseline/logistic-regression.ts";
import { logistic } from "../network/network.ts";
import { OUTPUT_COUNT, OUTPUTS } from "../outputs.ts";
import { aucByPairs } from "../testing.ts";
import { aucInfluence, aucOf } from "./auc.ts";
import { chooseThresholds, evaluate } from "./evaluate.ts";
import { reliabilityOf } from "./reliability.ts";

/** Numbers with many ties, and whether it happened. */
const scored = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 1 })), { maxLength: 40 });

describe("the area under the curve", () => {
  test("is the part of pairs that are in the right order, ties half", () => {
    fc.assert(
      fc.property(scored, (rows) => {
        const [scores, happened] = [Float64Array.from(rows, ([s]) => s), Uint8Array.from(rows, ([, h]) => h)];
        const expected = aucByPairs(scores, happened);
        const auc = aucOf(scores, happened);
        if (expected === null) assert.equal(auc, null);
        else assert.ok(Math.abs(auc!.auc - expected) < 1e-12);
      }),
    );
  });

  test("has the spread that drawing rows again and again has", () => {
    const random = seededRandom(11);
    const draw = () => {
      const happened = Uint8Array.from({ length: 200 }, () => (random() < 0.3 ? 1 : 0));
      return {
        happened,
        auc: aucOf(
          Float64Array.from(happened, (is) => is * 0.5 + random()),
          happened,
        )!,
      };
    };
    const draws = Array.from({ length: 400 }, draw);
    const mean = draws.reduce((sum, { auc }) => sum + auc.auc, 0) / draws.length;
    const spread = Math.sqrt(draws.reduce((sum, { auc }) => sum + (auc.auc - mean) ** 2, 0) / draws.length);
    const told = draws.map(({ happened, auc }) => Math.hypot(...aucInfluence(happened, auc)));
    const meanTold = told.reduce((sum, each) => sum + each, 0) / told.length;
    assert.ok(Math.abs(meanTold / spread - 1) < 0.12, `told ${meanTold}, drawn ${spread}`);
  });

  test("gains nothing over itself, for sure", () => {
    const happened = Uint8Array.of(1, 0, 1, 0);
    const auc = aucOf(Float64Array.of(4, 3, 2, 1), happened)!;
    assert.deepEqual([...aucInfluence(happened, auc, auc)], [0, 0, 0, 0]);
  });
});

describe("calibration", () => {
  const random = seededRandom(2);
  const truth = Float64Array.from({ length: 20_000 }, () => random());
  const happened = Uint8Array.from(truth, (p) => (random() < p ? 1 : 0));

  test("of the true probabilities is off by what chance leaves", () => {
    const { error, noise, bins } = reliabilityOf(truth, happened);
    assert.equal(bins.length, 10);
    assert.ok(error < 2 * noise && noise < 0.01, `${error} beside ${noise}`);
  });

  test("of what is said a tenth too high is off by a tenth", () => {
    const { error } = reliabilityOf(
      truth.map((p) => p + 0.1),
      happened,
    );
    assert.ok(Math.abs(error - 0.1) < 0.01, `${error}`);
  });

  test("of nothing is an empty table without error", () => {
    assert.deepEqual(reliabilityOf(new Float64Array(), new Uint8Array()), { bins: [], error: 0, noise: 0 });
  });
});

describe("an evaluation", () => {
  const rowsOfMoved = (list: readonly (readonly [said: number, moved: number])[]) => {
    const place = OUTPUTS.indexOf("moved");
    const said = new Float64Array(list.length * OUTPUT_COUNT);
    const outcomes = new Uint8Array(list.length * OUTPUT_COUNT);
    for (const [row, [p, moved]] of list.entries()) {
      said[row * OUTPUT_COUNT + place] = p;
      outcomes[row * OUTPUT_COUNT + place] = moved;
      outcomes[row * OUTPUT_COUNT] = 1;
      said[row * OUTPUT_COUNT] = 1;
    }
    const examples = { count: list.length, features: new Float64Array(), outcomes, startMs: new Float64Array() };
    return { said, examples, place };
  };

  test("counts hits, false alarms and misses at the threshold", () => {
    const { said, examples, place } = rowsOfMoved([
      [0.9, 1],
      [0.8, 1],
      [0.7, 0],
      [0.2, 1],
      [0.1, 0],
    ]);
    const thresholds = OUTPUTS.map(() => 0.5);
    const { precision, recall, accuracy, f1, positives } = evaluate(said, examples, thresholds).outputs[place]!;
    assert.deepEqual(
      { precision, recall, accuracy, f1: Math.round(f1 * 1_000), positives },
      { precision: 2 / 3, recall: 2 / 3, accuracy: 3 / 5, f1: 667, positives: 3 },
    );
  });

  test("chooses the threshold with the best F1, and never says what never happened", () => {
    fc.assert(
      fc.property(scored, (rows) => {
        const { said, examples, place } = rowsOfMoved(rows);
        const thresholds = chooseThresholds(said, examples);
        const f1At = (threshold: number) =>
          evaluate(
            said,
            examples,
            OUTPUTS.map(() => threshold),
          ).outputs[place]!.f1;
        const best = Math.max(0, ...rows.map(([score]) => f1At(score)));
        assert.equal(f1At(thresholds[place]!), best);
        if (rows.every(([, moved]) => moved === 0)) assert.equal(thresholds[place], Infinity);
      }),
    );
  });

  test("of too few happenings judges nothing", () => {
    const { said, examples } = rowsOfMoved([
      [0.9, 1],
      [0.1, 0],
    ]);
    const { auc, f1, calibrationError, classAccuracy } = evaluate(
      said,
      examples,
      OUTPUTS.map(() => 0.5),
    );
    assert.deepEqual(
      { auc, f1, calibrationError, classAccuracy },
      { auc: null, f1: null, calibrationError: null, classAccuracy: 1 },
    );
  });
});

describe("logistic regression", () => {
  test("finds the weights that made the outcomes", () => {
    const random = seededRandom(4);
    const features = Float64Array.from({ length: 8_000 * 2 }, () => 2 * random() - 1);
    const happened = Uint8Array.from({ length: 8_000 }, (_, row) =>
      random() < logistic(0.5 + 2 * features[2 * row]! - features[2 * row + 1]!) ? 1 : 0,
    );
    const regression = fitLogistic({ width: 2, features, happened }, 1);
    const found = [regression.weights[0]!, regression.weights[1]!, regression.bias];
    for (const [i, expected] of [2, -1, 0.5].entries()) assert.ok(Math.abs(found[i]! - expected) < 0.15, found.join());
  });

  test("ends with finite weights whatever it is given", () => {
    const row = fc.tuple(fc.constantFrom(0, 1, -5, 5, 1e-9), fc.constantFrom(0, 1, 3), fc.integer({ min: 0, max: 1 }));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 20 }), fc.constantFrom(0, 0.1, 10), (rows, penalty) => {
        const features = Float64Array.from(rows.flatMap(([a, b]) => [a, b]));
        const regression = fitLogistic({ width: 2, features, happened: rows.map(([, , is]) => is) }, penalty);
        assert.ok(Number.isFinite(logitOf(regression, [1, 1])));
      }),
    );
  });
});
