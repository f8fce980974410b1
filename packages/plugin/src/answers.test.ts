import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readPlans } from "./algorithm.ts";
import { breachSentence, changedQuestion, readBreaches, readDelta } from "./constraint.ts";
import { reading } from "./reading.ts";
import { constraintOf, questionOf, taking } from "./testing.ts";

const { manifest } = constraintOf("");
const question = questionOf(taking(540, 600), taking(570, 600));
const BREACH = { startMs: 34_200_000, endMs: 36_000_000, taken: [0, 1], units: 30, facts: { there: 30 } };

const told = (result: { readonly read: unknown } | { readonly refused: string }) =>
  "refused" in result ? result.refused : "it was read";

describe("[PL6] an answer of a constraint", () => {
  test("is read field by field", () => {
    assert.deepEqual(readBreaches([BREACH], question, manifest), [BREACH]);
    assert.deepEqual(readBreaches([], question, manifest), []);
  });

  /** As JSON has it, so that a prototype is a field like any other. */
  const odd: [name: string, json: string, sentence: RegExp][] = [
    ["is no list", "{}", /^what it answers is a list\.$/],
    [
      "is longer than may be",
      JSON.stringify(Array.from({ length: 1_001 }, () => BREACH)),
      /has at most 1000 entries, not 1001/,
    ],
    ["has units that are no number", change({ units: null }), /a breach: units is a number/],
    ["has units of nothing", change({ units: 0 }), /a breach: units is a number/],
    ["has units beyond all bounds", change({ units: 1e300 }), /a breach: units is a number/],
    ["begins before what was asked", change({ startMs: -1 }), /a breach: startMs is a number from 0/],
    ["begins after what was asked", change({ startMs: 86_400_000 }), /a breach: startMs is a number/],
    ["ends before it begins", change({ endMs: 1 }), /a breach: endMs is a number/],
    ["names a thing that is not there", change({ taken: [2] }), /a place in taken is a whole number from 0 to 1/],
    ["names more than there is", change({ taken: [0, 1, 0] }), /taken has at most 2 entries/],
    ["has facts that are text", change({ facts: { there: "<script>" } }), /a breach: there is a number/],
    ["has a fact too few", change({ facts: {} }), /facts has no "there"/],
    ["has a fact too many", change({ facts: { there: 1, more: 2 } }), /facts has "more", which nobody reads/],
    [
      "has a prototype among its facts",
      change({ facts: "F" }).replace('"F"', '{"there":1,"__proto__":{"polluted":1}}'),
      /facts has "__proto__"/,
    ],
    [
      "has a prototype",
      JSON.stringify([BREACH]).replace('{"startMs', '{"__proto__":{"polluted":1},"startMs'),
      /a breach has "__proto__", which nobody reads/,
    ],
    [
      "has a constructor",
      change({ constructor: { prototype: { polluted: 1 } } }),
      /has "constructor", which nobody reads/,
    ],
  ];
  function change(fields: object): string {
    return JSON.stringify([{ ...BREACH, ...fields }]);
  }
  for (const [name, json, sentence] of odd) {
    test(`that ${name} is refused`, () => {
      assert.match(told(reading(() => readBreaches(JSON.parse(json), question, manifest))), sentence);
      assert.equal((Object.prototype as { polluted?: unknown }).polluted, undefined);
    });
  }

  for (const value of [Number.NaN, Infinity, null, "1", 1e10]) {
    test(`is no delta when it is ${JSON.stringify(value)} (${typeof value})`, () => {
      assert.match(told(reading(() => readDelta(value))), /a delta is a number of at most 1000000000 units/);
    });
  }

  test("becomes a sentence of the manifest, in a language or in English", () => {
    const both = { ...manifest, sentences: { en: "{who}: {there} before {what}, {when}.", de: "{there} vor {what}." } };
    const telling = { who: "Ana", what: "“Plan”", when: "09:30" };
    assert.equal(breachSentence(both, BREACH, telling), "Ana: 30 before “Plan”, 09:30.");
    assert.equal(breachSentence(both, BREACH, telling, "de"), "30 vor “Plan”.");
    assert.equal(breachSentence(both, BREACH, telling, "constructor"), "Ana: 30 before “Plan”, 09:30.");
  });
});

describe("a line after a change", () => {
  const [early, late] = question.taken;
  const cases: [name: string, change: Parameters<typeof changedQuestion>[1], taken: unknown[]][] = [
    ["lacks what goes", { gone: 0, come: null }, [late]],
    ["has what comes in its place by time", { gone: null, come: taking(560, 561) }, [early, taking(560, 561), late]],
    ["has what comes instead of what goes", { gone: 1, come: taking(1, 2) }, [taking(1, 2), early]],
  ];
  for (const [name, change, taken] of cases) {
    test(name, () => {
      assert.deepEqual(changedQuestion(question, change), { ...question, taken });
      assert.deepEqual(question.taken, [early, late]);
    });
  }
});

describe("[PL6] plans of an algorithm", () => {
  const cases: [name: string, value: unknown, sentence: RegExp][] = [
    ["that are no list", 1, /what it yields is a list/],
    ["that are too many", Array.from({ length: 257 }, () => [0, 0]), /at most 256 entries, not 257/],
    ["that are too short", [[0]], /a plan has 2 values, not 1/],
    ["that are too long", [[0, 0, 0]], /a plan has at most 2 entries/],
    ["with a value that there is not", [[0, 3]], /a value is a whole number from 0 to 2/],
    ["with half a value", [[0, 0.5]], /a value is a whole number from 0 to 2/],
  ];
  for (const [name, value, sentence] of cases) {
    test(`${name} are refused`, () => assert.match(told(reading(() => readPlans(value, [3, 3]))), sentence));
  }

  test("are read", () =>
    assert.deepEqual(
      readPlans(
        [
          [2, 0],
          [1, 1],
        ],
        [3, 3],
      ),
      [
        [2, 0],
        [1, 1],
      ],
    ));
});
