import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { seededRandom } from "@hourwright/std";
import { collect, type Collected } from "./card.ts";
import { splitByWeeks, withShuffledOutcomes } from "./examples.ts";
import { vectorOf } from "./features/vector.ts";
import { chooseThresholds, evaluate } from "./measures/evaluate.ts";
import { judge, type Candidate } from "./measures/gate.ts";
import { learnModel, predict, predictRows } from "./model.ts";
import { LABELS, OUTPUT_COUNT, OUTPUTS } from "./outputs.ts";
import { scoreByRegression } from "./baseline/plain.ts";
import { scoreByRules } from "./baseline/rules.ts";
import { trainAndJudge } from "./report.ts";
import { simulateHistory } from "./simulate.ts";
import { parseModel, printModel } from "./stored.ts";
import { PLAIN_MEETING } from "./testing.ts";

const simulated = (seed: number, count: number, isPlain = false) => {
  const { history, truth } = simulateHistory(seed, count, isPlain);
  const collected = collect(history) as Collected;
  const ordered = new Float64Array(collected.rows.length * OUTPUT_COUNT);
  for (const [row, of] of collected.rows.entries())
    ordered.set(truth.subarray(of * OUTPUT_COUNT, (of + 1) * OUTPUT_COUNT), row * OUTPUT_COUNT);
  return { ...collected, truth: ordered };
};

const { examples, truth } = simulated(1, 6_000);
const learned = trainAndJudge(examples, { epochsMax: 20, patience: 3 }, truth);
const { model, report } = learned;

describe("a model of a simulated organisation", () => {
  test("foretells held-out weeks better than both baselines, and no better than who knows the truth [LN8]", () => {
    const { rules, "logistic regression": regression } = report.baselines;
    assert.ok(report.model.auc! > regression.auc! && report.model.auc! > rules.auc!, JSON.stringify(report.verdict));
    assert.ok(report.limit!.auc! > report.model.auc!);
    assert.ok(
      report.verdict.reasons.every((reason) => !reason.includes("does not beat")),
      report.verdict.reasons.join(),
    );
  });

  test("answers the same after it was stored, for one row as for many [LN2]", () => {
    const stored = parseModel(printModel(model));
    assert.ok(!("refused" in stored));
    const some = examples.features.subarray(0, 20 * 50);
    assert.deepEqual(predictRows(stored, some), predictRows(model, some));
    const one = predict(stored, vectorOf(PLAIN_MEETING));
    assert.deepEqual(Object.keys(one), [...OUTPUTS]);
    const many = predictRows(model, new Float64Array([...vectorOf(PLAIN_MEETING), ...some]));
    assert.deepEqual(
      OUTPUTS.map((output) => one[output]),
      [...many.subarray(0, OUTPUT_COUNT)],
    );
  });

  test("is the same for the same rows and seed, and another for another seed", () => {
    const { fit, validation } = splitByWeeks(simulated(2, 1_500).examples);
    const print = (seed: number) => printModel(learnModel(fit, validation, { seed, epochsMax: 1 }).model);
    assert.equal(print(3), print(3));
    assert.notEqual(print(3), print(4));
  });
});

describe("where facts only add up, as the plain baseline believes", () => {
  test("the network is no better than the baseline, and stays off [LN7]", () => {
    const { report } = trainAndJudge(simulated(6, 4_000, true).examples, { epochsMax: 6 });
    assert.equal(report.verdict.isPassed, false);
    assert.match(report.verdict.reasons.join("\n"), /It does not beat logistic regression: AUC [+−]0\.\d{3}/);
  });
});

describe("what is learned from shuffled outcomes", () => {
  test("is nothing: AUC is 0.5 ± 0.03, and the gate says that it is chance [LN7]", () => {
    const shuffled = withShuffledOutcomes(simulated(3, 8_000).examples, seededRandom(9));
    const { report } = trainAndJudge(shuffled, { epochsMax: 2 });
    assert.ok(Math.abs(report.model.auc! - 0.5) <= 0.03, `${report.model.auc}`);
    assert.equal(report.verdict.isPassed, false);
    assert.match(report.verdict.reasons.join("\n"), /^It knows no more than chance: AUC 0\.\d{3} ± 0\.\d{3}/);
  });
});

describe("the gate", () => {
  const { examples, truth } = simulated(5, 12_000);
  const { fit, validation, heldOut } = splitByWeeks(examples);
  const from = truth.length - heldOut.count * OUTPUT_COUNT;
  const candidate = (said: Float64Array, before: Float64Array): Candidate => ({
    said,
    evaluation: evaluate(said, heldOut, chooseThresholds(before, validation)),
  });
  const best = candidate(truth.subarray(from), truth.subarray(from - validation.count * OUTPUT_COUNT, from));
  const regression = candidate(scoreByRegression(fit, heldOut), scoreByRegression(fit, validation));
  const baselines = {
    rules: candidate(scoreByRules(heldOut.features), scoreByRules(validation.features)),
    "logistic regression": regression,
  };

  test("lets through who knows the truth", () => {
    const { isPassed, reasons } = judge(best, baselines, heldOut);
    assert.deepEqual(reasons, ["It beats rules and logistic regression on held-out weeks, and means what it says."]);
    assert.ok(isPassed);
  });

  test("refuses a baseline that stands for itself: it is not better than itself [LN7]", () => {
    const { isPassed, reasons } = judge(regression, baselines, heldOut);
    assert.equal(isPassed, false);
    assert.match(reasons.join("\n"), /It does not beat logistic regression: AUC \+0\.000/);
  });

  test("refuses who ranks well and says it too loud", () => {
    const loud = (said: Float64Array) => said.map((p) => p / (p + 0.4 * (1 - p)));
    const { isPassed, reasons } = judge(candidate(loud(best.said), loud(best.said)), baselines, heldOut);
    assert.equal(isPassed, false);
    assert.match(reasons.join("\n"), /Its calibration error is 0\.\d+; at most 0\.02 is let through\./);
  });

  test("refuses to judge by a handful", () => {
    const few = { ...heldOut, count: 499 };
    assert.deepEqual(judge(best, baselines, few).reasons, [
      "499 held-out commitments are too few to judge by; 500 are needed.",
    ]);
  });
});

describe("splitting", () => {
  test("holds out weeks that begin after everything that was learned from, and loses nothing [LN5]", () => {
    const { fit, validation, heldOut } = splitByWeeks(examples);
    assert.equal(fit.count + validation.count + heldOut.count, examples.count);
    const week = (ms: number) => Math.floor((ms / 86_400_000 + 3) / 7);
    for (const [before, after] of [
      [fit, validation],
      [validation, heldOut],
    ] as const)
      assert.ok(week(before.startMs.at(-1)!) < week(after.startMs[0]!));
    assert.ok(heldOut.count / examples.count >= 0.2 && heldOut.count / examples.count < 0.25);
  });

  test("refuses rows that are not in order of time", () => {
    assert.throws(() => splitByWeeks({ ...examples, startMs: examples.startMs.toReversed() }), /sorted by time/);
  });
});

describe("a stored model", () => {
  const text = printModel(model);
  const without = (change: (given: Record<string, unknown>) => void): string => {
    const given = JSON.parse(text) as Record<string, unknown>;
    change(given);
    return JSON.stringify(given);
  };
  const table: readonly (readonly [name: string, text: string, sentence: RegExp])[] = [
    ["that is no JSON", text.slice(0, -10), /no JSON/],
    ["that is nothing", "null", /no hourwright-model/],
    ["of another format", without((m) => (m["format"] = "onnx")), /no hourwright-model of version 1/],
    [
      "of other features",
      without((m) => (m["schema"] = { version: 0, hash: "ab" })),
      /made for other features .*Train it anew/,
    ],
    ["without layers", without((m) => (m["layers"] = [])), /damaged/],
    ["with a cut layer", without((m) => (m["layers"] as object[]).pop()), /damaged/],
    ["with a layer of words", without((m) => ((m["layers"] as { biases: string }[])[0]!.biases = "§")), /damaged/],
    [
      "with spreads of 0",
      without((m) => ((m["centre"] as { spreads: string }).spreads = "AAAA".repeat(67).slice(0, 267) + "=")),
      /damaged/,
    ],
    ["without calibration", without((m) => delete m["calibration"]), /damaged/],
    ["that never ends", " ".repeat(1_000_001), /longer than/],
  ];
  for (const [name, text, sentence] of table) {
    test(`${name} is refused with a sentence`, () => {
      const answer = parseModel(text);
      assert.ok("refused" in answer);
      assert.match(answer.refused, sentence);
    });
  }
});

describe("the simulation", () => {
  test("draws its outcomes from the probabilities that it tells", () => {
    const { examples, truth } = simulated(8, 20_000);
    for (const [o, output] of OUTPUTS.entries()) {
      let [happened, told, variance] = [0, 0, 0];
      for (let row = 0; row < examples.count; row++) {
        const p = truth[row * OUTPUT_COUNT + o]!;
        happened += examples.outcomes[row * OUTPUT_COUNT + o]!;
        told += p;
        variance += p * (1 - p);
      }
      assert.ok(Math.abs(happened - told) < 4 * Math.sqrt(variance), `${output}: ${happened} of ${told}`);
    }
  });

  test("is the same for the same seed", () => {
    assert.deepEqual(simulateHistory(4, 1_200), simulateHistory(4, 1_200));
    assert.notDeepEqual(simulateHistory(4, 1_200).truth, simulateHistory(5, 1_200).truth);
  });

  test("has every label often enough to be learned", () => {
    const { card } = simulated(1, 6_000);
    for (const label of LABELS) assert.ok(card.shares[label] > 0.05 && card.shares[label] < 0.4, label);
  });
});
