import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { seededRandom, type Random } from "@hourwright/std";
import * as fc from "fast-check";
import { anyOffer, calibrationBesideTruth, DECIDERS, type Decider } from "../testing.ts";
import { chanceOf, ENOUGH_ANSWERS, FEW_ANSWERS, learnConfidence, type Answered } from "./confidence.ts";
import { COSTS, costsOf, type Costs } from "./offer.ts";
import { rankOffers } from "./rank.ts";
import {
  costUnder,
  explainWeights,
  FACTOR_MAX,
  FACTOR_MIN,
  learnAnswer,
  newWeights,
  resetWeights,
  STEP_MAX,
  weightOf,
  type Answer,
  type Weights,
} from "./weights.ts";

const DEFAULTS = newWeights(Object.fromEntries(COSTS.map((cost) => [cost, 1])));

const FREE: Costs = costsOf({
  shiftMinutes: 0,
  days: 0,
  people: 0,
  lostPart: 0,
  hourScore: 1,
  focusLostMinutes: 0,
  loadAddedMinutes: 0,
  travelAddedMinutes: 0,
  isElsewhere: false,
});

const answersOf = ({ takes }: Decider, random: Random, count: number): Answered[] =>
  Array.from({ length: count }, () => {
    const costs = anyOffer(random);
    return { costs, isAccepted: random() < takes(costs) };
  });

describe("what an offer costs", () => {
  test("is nothing for what asks nothing, and at most 1 for whatever is known", () => {
    assert.ok(COSTS.every((cost) => FREE[cost] === 0));
    const anyNumber = fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity));
    const offered = fc.record({
      shiftMinutes: anyNumber,
      days: anyNumber,
      people: anyNumber,
      lostPart: anyNumber,
      hourScore: anyNumber,
      focusLostMinutes: anyNumber,
      loadAddedMinutes: anyNumber,
      travelAddedMinutes: anyNumber,
      isElsewhere: fc.boolean(),
    });
    fc.assert(
      fc.property(offered, (facts) => {
        for (const [name, cost] of Object.entries(costsOf(facts))) assert.ok(cost >= 0 && cost <= 1, name);
      }),
    );
  });
});

describe("soft weights", () => {
  const accepted = (taken: Partial<Costs>, ...passedOver: readonly Partial<Costs>[]): Answer => ({
    kind: "accepted",
    taken: { ...FREE, ...taken },
    passedOver: passedOver.map((costs) => ({ ...FREE, ...costs })),
  });
  const refused = (costs: Partial<Costs>): Answer => ({ kind: "refused", refused: { ...FREE, ...costs } });

  test("rise for what was passed over and refused, and fall for what was taken", () => {
    const after = learnAnswer(DEFAULTS, accepted({ people: 0.2 }, { "other day": 1 }));
    assert.ok(weightOf(after, "other day") > 1 && weightOf(after, "people") < 1);
    assert.equal(weightOf(after, "focus"), 1);
    assert.ok(weightOf(learnAnswer(DEFAULTS, refused({ focus: 1 })), "focus") > 1);
  });

  test("stay between half and double, and no answer moves them by more than a fiftieth [LA2] [LA3]", () => {
    const amounts = fc.dictionary(fc.constantFrom(...COSTS), fc.double({ min: 0, max: 1, noNaN: true }));
    const answer: fc.Arbitrary<Answer> = fc.oneof(
      fc.record({ kind: fc.constant("refused" as const), refused: amounts }),
      fc.record({
        kind: fc.constant("accepted" as const),
        taken: amounts,
        passedOver: fc.array(amounts, { maxLength: 5 }),
      }),
    );
    fc.assert(
      fc.property(
        fc.array(answer, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 40 }),
        (answers, times) => {
          let weights: Weights = DEFAULTS;
          for (let i = 0; i < times * answers.length; i++) {
            const next = learnAnswer(weights, answers[i % answers.length]!);
            for (const cost of COSTS) {
              const [before, after] = [weightOf(weights, cost), weightOf(next, cost)];
              assert.ok(after >= FACTOR_MIN && after <= FACTOR_MAX, `${cost} ${after}`);
              assert.ok(Math.abs(after / before - 1) <= STEP_MAX + 1e-12, `${cost} from ${before} to ${after}`);
            }
            weights = next;
          }
        },
      ),
    );
  });

  test("put first what the decider takes, more often than the defaults do", () => {
    for (const { name, takes } of DECIDERS.slice(0, 2)) {
      const random = seededRandom(5);
      let weights = DEFAULTS;
      let [byDefault, byLearned] = [0, 0];
      for (let i = 0; i < 1_500; i++) {
        const offers = Array.from({ length: 5 }, () => anyOffer(random));
        const best = (weights: Weights) => offers.toSorted((a, b) => costUnder(weights, a) - costUnder(weights, b));
        const shown = best(weights);
        if (i >= 500) {
          byDefault += takes(best(DEFAULTS)[0]!) / 1_000;
          byLearned += takes(shown[0]!) / 1_000;
        }
        const at = shown.findIndex((offer) => random() < takes(offer));
        weights = learnAnswer(
          weights,
          at < 0
            ? { kind: "refused", refused: shown[0]! }
            : { kind: "accepted", taken: shown[at]!, passedOver: shown.slice(0, at) },
        );
      }
      assert.ok(byLearned > byDefault + 0.03, `${name}: ${byLearned} beside ${byDefault}`);
    }
  });

  test("say what moved them, and go back, one or all [LA4]", () => {
    let weights = DEFAULTS;
    for (let i = 0; i < 40; i++) weights = learnAnswer(weights, accepted({ people: 0.5 }, { "other day": 1 }));
    const [first, second] = explainWeights(weights);
    assert.equal(first!.name, "other day");
    assert.match(first!.sentence, /^“other day” counts 1\.\d\d times its default after 40 answers\.$/);
    assert.match(second!.sentence, /^“people” counts 0\.\d\d times/);
    assert.equal(weightOf(resetWeights(weights, "people"), "people"), 1);
    assert.equal(weightOf(resetWeights(weights, "people"), "other day"), weightOf(weights, "other day"));
    assert.deepEqual(resetWeights(weights), DEFAULTS);
    assert.deepEqual(explainWeights(DEFAULTS), []);
  });

  test("keep the defaults' own proportions, and a default of 0 at 0", () => {
    const weights = learnAnswer(newWeights({ people: 10, focus: 0 }), refused({ people: 1, focus: 1 }));
    assert.equal(weightOf(weights, "focus"), 0);
    assert.ok(weightOf(weights, "people") >= 10 && weightOf(weights, "people") <= 10.2);
    assert.equal(weightOf(weights, "nobody knows"), 0);
  });

  test("are moved alike whether defaults are ones or thousands", () => {
    const answers = [accepted({ people: 0.4 }, { focus: 1 }), refused({ focus: 0.5, people: 0.1 })];
    const [ones, thousands] = [1, 1_000].map((one) =>
      answers.reduce(learnAnswer, newWeights({ people: one, focus: 2 * one })),
    );
    for (const name of ["people", "focus"])
      assert.ok(Math.abs(weightOf(thousands!, name) / weightOf(ones!, name) - 1_000) < 1e-6, name);
  });

  test("are not moved by what is no number, and cannot be none themselves", () => {
    const after = learnAnswer(DEFAULTS, { kind: "refused", refused: { people: NaN, focus: Infinity, load: 1 } });
    assert.deepEqual([weightOf(after, "people"), weightOf(after, "focus")], [1, 1]);
    assert.ok(weightOf(after, "load") > 1);
    for (const weight of [NaN, Infinity, -1]) assert.throws(() => newWeights({ people: weight }), /a weight is finite/);
  });
});

describe("the chance that an offer is taken", () => {
  const [weigher] = DECIDERS;
  const some = (count: number) => learnConfidence(answersOf(weigher!, seededRandom(1), count));

  test("is not told below 50 answers, in tenths with a mark below 500, and as it is from then on [LA1]", () => {
    assert.equal(chanceOf(some(0), FREE), null);
    assert.equal(chanceOf(some(FEW_ANSWERS - 1), FREE), null);
    for (const count of [FEW_ANSWERS, ENOUGH_ANSWERS - 1]) {
      const { chance, isOfFew } = chanceOf(some(count), FREE)!;
      assert.ok(isOfFew && Number.isInteger(chance * 10), `${chance}`);
    }
    const { chance, isOfFew } = chanceOf(some(ENOUGH_ANSWERS), FREE)!;
    assert.ok(!isOfFew && chance > 0.8 && chance < 1);
  });

  // With 500 answers of a coin, the coin itself is known within 0.022: a calibration error of 0.05 is 2.3 of these.
  for (const decider of DECIDERS) {
    test(`means what it says from 500 answers on: ${decider.name} [LA1]`, () => {
      const errors = Array.from({ length: 11 }, (_, seed) => {
        const random = seededRandom(100 + seed);
        const confidence = learnConfidence(answersOf(decider, random, ENOUGH_ANSWERS));
        const fresh = Array.from({ length: 1_000 }, () => anyOffer(random));
        return calibrationBesideTruth(
          fresh.map((costs) => chanceOf(confidence, costs)!.chance),
          fresh.map(decider.takes),
        );
      }).sort((a, b) => a - b);
      const shown = errors.map((error) => error.toFixed(3)).join(" ");
      assert.ok(errors[5]! <= 0.035, `the median of ${shown}`);
      assert.ok(errors[9]! <= 0.05, `all but one of ${shown}`);
    });
  }

  test("is one and the same for everything when answers are random", () => {
    const confidence = learnConfidence(answersOf(DECIDERS[2]!, seededRandom(3), 2_000));
    const random = seededRandom(4);
    const chances = Array.from({ length: 100 }, () => chanceOf(confidence, anyOffer(random))!.chance);
    assert.ok(Math.max(...chances) - Math.min(...chances) < 0.12);
  });

  test("is finite for who took everything, and for who took nothing", () => {
    for (const isAccepted of [true, false]) {
      const answers = answersOf(weigher!, seededRandom(2), 600).map((answer) => ({ ...answer, isAccepted }));
      const { chance } = chanceOf(learnConfidence(answers), FREE)!;
      assert.ok(isAccepted ? chance > 0.9 : chance < 0.1, `${chance}`);
    }
  });

  test("forgets what was answered long ago", () => {
    const old = answersOf({ name: "no", takes: () => 0 }, seededRandom(1), 5_000);
    const now = answersOf({ name: "yes", takes: () => 1 }, seededRandom(2), 5_000);
    assert.deepEqual(learnConfidence([...old, ...now]), learnConfidence(now));
  });
});

describe("the rank of offers", () => {
  const near = { name: "near", costs: { ...FREE, distance: 0.1 } };
  const far = { name: "far", costs: { ...FREE, "other day": 1 } };
  const crowd = { name: "crowd", costs: { ...FREE, people: 0.5 } };
  const names = (ranked: ReturnType<typeof rankOffers<typeof near>>) => ranked.map(({ offer }) => offer.name);

  test("is by cost, without a number, below 50 answers [LA1]", () => {
    const ranked = rankOffers([far, crowd, near], DEFAULTS, learnConfidence([]));
    assert.deepEqual(names(ranked), ["near", "crowd", "far"]);
    assert.ok(ranked.every(({ chance }) => chance === null));
  });

  test("follows the weights", () => {
    const weights: Weights = { ...DEFAULTS, factors: { people: 2, "other day": 0.5 } };
    assert.deepEqual(names(rankOffers([far, crowd, near], weights, learnConfidence([]))), ["near", "far", "crowd"]);
  });

  test("is by the chance from 500 on", () => {
    const hermit: Decider = { name: "hermit", takes: (costs) => (costs.people > 0.4 ? 0.05 : 0.9) };
    const confidence = learnConfidence(answersOf(hermit, seededRandom(6), 600));
    const ranked = rankOffers([crowd, far, near], DEFAULTS, confidence);
    assert.equal(names(ranked).at(-1), "crowd");
    const chances = ranked.map(({ chance }) => chance!.chance);
    assert.deepEqual(
      chances,
      chances.toSorted((a, b) => b - a),
    );
  });

  test("is the caller's own while nothing is learned, and moves with the weights then [LA6]", () => {
    const known = [
      { ...far, rank: 0 },
      { ...crowd, rank: 0.1 },
      { ...near, rank: 0.2 },
    ];
    assert.deepEqual(names(rankOffers(known, DEFAULTS, learnConfidence([]))), ["far", "crowd", "near"]);
    const weights: Weights = { ...DEFAULTS, factors: { "other day": 2 } };
    assert.deepEqual(names(rankOffers(known, weights, learnConfidence([]))), ["crowd", "near", "far"]);
  });

  test("of nothing is nothing", () => {
    assert.deepEqual(rankOffers([], DEFAULTS, learnConfidence([])), []);
  });
});
