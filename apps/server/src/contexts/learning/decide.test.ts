// Strategy: each sentence once, in a table; what is watched and what may go against slow obvious models.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { MODEL_STATES, OUTPUTS, watchedCount, type Entry, type Registry } from "@hourwright/learn";
import { chancesOf, foretellingSentence, historySentence, labelsOf, surplusOf, watchedWith } from "./decide.ts";

const entry = (version: number, state: Entry["state"], replacedBy: number | null = null): Entry =>
  ({ version, state, replacedBy }) as Entry;
const registry = (...entries: readonly Entry[]): Registry => ({ entries });

describe("what learning from history says", () => {
  const count = { rows: 700, usable: 312, people: 3, fromMs: 0, toMs: 1 };
  const sentences: readonly (readonly [string, string, RegExp])[] = [
    ["of too little", historySentence(count, false), /^Not enough history yet: 312 of 1000 commitments, .*100 each/],
    ["of enough", historySentence({ ...count, usable: 1_000 }, false), /^1000 commitments of 3 people can be learned/],
    ["of a demo", historySentence(count, true), /made-up commitments of a stated random process; nobody/],
    ["while it is off", foretellingSentence(false, registry(entry(1, "serving"))), /learning from history is off/],
    ["without a model", foretellingSentence(true, registry(entry(1, "candidate"))), /no model has been let through/],
    ["of a canary", foretellingSentence(true, registry(entry(2, "canary"))), /^Model 2 is tried on 5 % of people/],
    [
      "of both",
      foretellingSentence(true, registry(entry(1, "serving"), entry(2, "canary"))),
      /^Model 1 serves everybody; model 2 is tried on 5 % of people\.$/,
    ],
  ];
  for (const [name, said, expected] of sentences) test(name, () => assert.match(said, expected));

  test("of chances, likeliest first, in words that a person knows", () => {
    const said = [0.8, 0.2, 0, 0, 0, 0.4, 0.12, 0.03, 0];
    assert.deepEqual(
      chancesOf(said).map(({ what, ofHundred, how, sentence }) => [what, ofHundred, how, sentence]),
      [
        ["moved", 40, "often", "Often moved: about 40 of 100 like it are."],
        ["conflict", 20, "sometimes", "Sometimes meets a conflict: about 20 of 100 like it do."],
        ["cancelled", 12, "sometimes", "Sometimes cancelled: about 12 of 100 like it are."],
        ["refused", 3, "seldom", "Seldom declined by somebody: about 3 of 100 like it are."],
        ["missed", 0, "seldom", "Seldom missed by somebody: about 0 of 100 like it are."],
      ],
    );
  });
});

describe("what became of a plan", () => {
  const plan = { startMs: 10, endMs: 20 };
  const cases = [
    ["as planned", { became: plan, isRefused: false }, []],
    ["at another time", { became: { startMs: 11, endMs: 21 }, isRefused: false }, ["moved"]],
    ["shortened", { became: { startMs: 10, endMs: 19 }, isRefused: false }, ["moved"]],
    ["taken away", { became: null, isRefused: false }, ["cancelled"]],
    ["declined by a guest", { became: plan, isRefused: true }, ["refused"]],
  ] as const;
  for (const [name, came, expected] of cases)
    test(`${name} is told by its labels`, () => {
      const labels = labelsOf({ ...plan, ...came });
      assert.deepEqual(
        Object.entries(labels).flatMap(([label, is]) => (is ? [label] : [])),
        expected,
      );
    });

  test("counts as four labels of its model, each in the step of what was said of it", () => {
    const said = OUTPUTS.map((output) => (output === "moved" ? 0.95 : 0.05));
    const watch = watchedWith(undefined, 3, said, { ...plan, became: null, isRefused: false });
    assert.equal(watch.version, 3);
    assert.equal(watchedCount(watch), 4);
    assert.deepEqual(watch.said[9], { count: 1, said: 0.95, happened: 0 });
    assert.deepEqual([watch.said[0]!.count, watch.said[0]!.happened], [3, 1]);
  });
});

test("models that may go are never asked, never what one in use would give way to, and only as many as are too many", () => {
  const state = fc.constantFrom(...MODEL_STATES);
  const given = fc.array(fc.tuple(state, fc.option(fc.integer({ min: 1, max: 12 }), { nil: null })), { maxLength: 12 });
  fc.assert(
    fc.property(given, fc.integer({ min: 0, max: 12 }), (states, max) => {
      const entries = states.map(([state, replacedBy], i) => entry(i + 1, state, replacedBy));
      const goes = surplusOf({ entries }, max);
      assert.ok(goes.length <= Math.max(0, entries.length - max));
      const inUse = entries.filter((each) => each.state === "canary" || each.state === "serving");
      for (const version of goes) {
        const gone = entries[version - 1]!;
        assert.ok(!inUse.includes(gone));
        assert.ok(!inUse.some((each) => each.version === gone.replacedBy));
      }
    }),
  );
});
