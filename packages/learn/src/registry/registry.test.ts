import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { seededRandom } from "@hourwright/std";
import * as fc from "fast-check";
import { SCHEMA } from "../features/vector.ts";
import { OUTPUTS } from "../outputs.ts";
import { keyedHash } from "../pseudonym.ts";
import { decide, type Command } from "./decide.ts";
import { alarmsOf, newWatch, noteAnswer, noteOutcome, type Watch } from "./monitor.ts";
import { EMPTY_REGISTRY, entryIn, entryOf, versionFor, type Registry } from "./registry.ts";
import { parseRegistry, printRegistry } from "./text.ts";

const AT = "2026-03-02T09:00:00Z";
const PASSED = { isPassed: true, reasons: ["It beats the rest."] };
const REFUSED = { isPassed: false, reasons: ["It knows no more than chance."] };

type Added = Extract<Command, { do: "add" }>["model"];

const model = (change: Partial<Added> = {}): Added => ({
  schema: SCHEMA,
  card: {
    source: "A made-up organisation.",
    consent: "None is needed.",
    isSimulated: true,
    rows: 5_000,
    people: 20,
    rowsLeftOut: 0,
    from: "2026-01-05",
    to: "2026-02-27",
    shares: Object.fromEntries(OUTPUTS.map((output) => [output, 0.1])) as Added["card"]["shares"],
  },
  verdict: PASSED,
  summary: { auc: 0.7, f1: 0.4, calibrationError: 0.01, baselineAuc: 0.65, limitAuc: 0.8 },
  scores: [0, 500, 500, 0, 0, 0, 0, 0, 0, 0],
  ...change,
});

/** Outcomes as said, with probabilities between 0.1 and 0.3; `off` is added to what happens. */
function watched(version: number, count: number, off = 0): Watch {
  const random = seededRandom(version);
  let watch = newWatch(version);
  for (let i = 0; i < count; i++) {
    const said = 0.1 + 0.2 * random();
    watch = noteOutcome(watch, said, random() < said + off);
  }
  return watch;
}

const calm = (version: number): Watch => watched(version, 1_200);

/** What comes of one command after another; a refusal throws. */
function after(...commands: readonly Command[]): Registry {
  let registry = EMPTY_REGISTRY;
  for (const command of commands) {
    const decision = decide(registry, command, AT);
    assert.ok(!("refused" in decision), "refused" in decision ? decision.refused : "");
    registry = decision.registry;
  }
  return registry;
}

const add: Command = { do: "add", model: model() };
const promote = (version: number, watch: Watch | null = null): Command => ({ do: "promote", version, watch });
const retire = (version: number): Command => ({ do: "retire", version });
const rollBack = (version: number): Command => ({ do: "roll back", version });
const remove = (version: number): Command => ({ do: "remove", version });
const serving1 = [add, promote(1), promote(1, calm(1))];

const table: readonly (readonly [name: string, before: readonly Command[], command: Command, said: string | RegExp])[] =
  [
    [
      "a model that passed the gate",
      [],
      add,
      "Model 1 is a candidate. It beats the rest. Promote it to try it on 5 % of people.",
    ],
    [
      "one that did not",
      [],
      { do: "add", model: model({ verdict: REFUSED }) },
      "Model 1 stays off. It knows no more than chance.",
    ],
    ["the promotion of nothing", [], promote(1), "There is no model 1."],
    [
      "the promotion of what was refused",
      [{ do: "add", model: model({ verdict: REFUSED }) }],
      promote(1),
      "Model 1 was refused by the gate and stays off. It knows no more than chance.",
    ],
    [
      "the promotion of what was made for other features",
      [{ do: "add", model: model({ schema: { version: 0, hash: "x" } }) }],
      promote(1),
      "Model 1 was made for other features (schema 0). Train it anew.",
    ],
    [
      "the first promotion",
      [add],
      promote(1),
      "Model 1 is a canary: it is asked for 5 % of people, always the same ones.",
    ],
    [
      "a second canary",
      [add, add, promote(1)],
      promote(2),
      "Model 1 is being tried; one at a time. Promote or retire it first.",
    ],
    [
      "a canary nobody has seen",
      [add, promote(1)],
      promote(1),
      "Model 1 has been seen on 0 outcomes; 1000 are needed before it serves everybody.",
    ],
    [
      "a canary seen too little",
      [add, promote(1)],
      promote(1, watched(1, 999)),
      "Model 1 has been seen on 999 outcomes; 1000 are needed before it serves everybody.",
    ],
    [
      "a canary with what was seen of another",
      [add, promote(1)],
      promote(1, calm(2)),
      "Model 1 has been seen on 0 outcomes; 1000 are needed before it serves everybody.",
    ],
    ["a canary that kept calm", [add, promote(1)], promote(1, calm(1)), "Model 1 serves everybody."],
    [
      "a canary after another served",
      [...serving1, add, promote(2)],
      promote(2, calm(2)),
      "Model 2 serves everybody in place of model 1.",
    ],
    [
      "a canary with an alarm",
      [add, promote(1)],
      promote(1, watched(1, 1_200, 0.2)),
      /^Model 1 is rolled back\. Calibration: /,
    ],
    ["the promotion of what serves", serving1, promote(1), "Model 1 serves already."],
    ["the promotion of what was retired", [add, retire(1)], promote(1), /^Model 1 was retired\. Train a new one/],
    [
      "the promotion of what was rolled back",
      [add, promote(1), { do: "observe", watch: watched(1, 1_200, 0.2) }],
      promote(1),
      /^Model 1 was rolled back: Calibration: .* Train a new one\.$/,
    ],
    ["retiring what serves", serving1, retire(1), "Model 1 is retired. Nothing is foretold until another one serves."],
    ["retiring a candidate", [add], retire(1), "Model 1 is retired."],
    ["retiring twice", [add, retire(1)], retire(1), "Model 1 is not in use."],
    ["retiring nothing", [], retire(3), "There is no model 3."],
    [
      "watching what is not asked",
      [add],
      { do: "observe", watch: calm(1) },
      "Model 1 is not asked, so there is nothing to watch.",
    ],
    ["watching nothing", [], { do: "observe", watch: calm(4) }, "There is no model 4."],
    [
      "watching what is right",
      serving1,
      { do: "observe", watch: calm(1) },
      "Model 1: 1200 outcomes seen, no monitor speaks against it.",
    ],
    [
      "an alarm about what took another's place",
      [...serving1, add, promote(2), promote(2, calm(2))],
      { do: "observe", watch: watched(2, 1_200, 0.2) },
      /^Model 2 is rolled back, and model 1 serves again\. Calibration: /,
    ],
    [
      "taking back by hand what took another's place",
      [...serving1, add, promote(2), promote(2, calm(2))],
      rollBack(2),
      "Model 2 is rolled back, and model 1 serves again. It was taken back by hand.",
    ],
    ["taking back a canary", [add, promote(1)], rollBack(1), "Model 1 is rolled back. It was taken back by hand."],
    ["taking back a candidate", [add], rollBack(1), "Model 1 is not asked, so there is nothing to take back."],
    ["deleting what serves", serving1, remove(1), "Model 1 is asked. Retire it first."],
    ["deleting what was retired", [add, retire(1)], remove(1), "Model 1 is deleted."],
    ["adding after the newest was deleted", [add, add, remove(2)], add, /^Model 3 is a candidate\. /],
  ];

describe("deciding about models [LN9]", () => {
  for (const [name, before, command, said] of table) {
    test(`${name} is answered with a sentence`, () => {
      const decision = decide(after(...before), command, AT);
      const sentence = "refused" in decision ? decision.refused : decision.said;
      if (typeof said === "string") assert.equal(sentence, said);
      else assert.match(sentence, said);
    });
  }

  test("whatever is asked in whatever order: one serves at most, one is tried at most, and nothing that was refused is asked", () => {
    const version = fc.integer({ min: 1, max: 5 });
    const command = fc.oneof(
      fc.constantFrom<Command>(add, { do: "add", model: model({ verdict: REFUSED }) }),
      version.map((v) => promote(v, calm(v))),
      version.map(retire),
      version.map(rollBack),
      version.map(remove),
      fc
        .tuple(version, fc.constantFrom(0, 0.2))
        .map(([v, off]): Command => ({ do: "observe", watch: watched(v, 1_100, off) })),
    );
    fc.assert(
      fc.property(fc.array(command, { maxLength: 25 }), (commands) => {
        let registry = EMPTY_REGISTRY;
        for (const command of commands) {
          const decision = decide(registry, command, AT);
          if (!("refused" in decision)) registry = decision.registry;
          for (const state of ["serving", "canary"])
            assert.ok(registry.entries.filter((entry) => entry.state === state).length <= 1);
          for (const { state, verdict, steps } of registry.entries) {
            if (!verdict.isPassed) assert.equal(state, "refused");
            assert.equal(steps.at(-1)!.state, state);
          }
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe("a registry as text", () => {
  test("is read as it was written", () => {
    const registry = after(...serving1, add, promote(2), { do: "add", model: model({ verdict: REFUSED }) }, remove(3));
    assert.deepEqual(parseRegistry(printRegistry(registry)), registry);
    const { entries } = registry;
    assert.deepEqual(parseRegistry(printRegistry({ entries })), { entries }, "as older programs wrote it");
  });

  const text = printRegistry(after(...serving1));
  const table: readonly (readonly [name: string, text: string, sentence: RegExp])[] = [
    ["that is cut", text.slice(0, 100), /no JSON/],
    ["of something else", "{}", /no hourwright-models/],
    ["with an entry that is none", text.replace('"serving"', '"resting"'), /its entry 1 is none/],
    [
      "with one version twice",
      printRegistry({ entries: [...after(add).entries, ...after(add).entries] }),
      /two models have one version/,
    ],
    [
      "with two that serve",
      printRegistry({ entries: after(add, add).entries.map((entry) => ({ ...entry, state: "serving" })) }),
      /two models in state serving/,
    ],
  ];
  for (const [name, text, sentence] of table) {
    test(`${name} is refused with a sentence`, () => {
      const answer = parseRegistry(text);
      assert.ok("refused" in answer);
      assert.match(answer.refused, sentence);
    });
  }
});

describe("whom a canary is tried on [LN10]", () => {
  const hash = keyedHash("a key of this organisation alone.");
  const people = Array.from({ length: 4_000 }, (_, i) => `person ${i}`);
  const tried = (registry: Registry, version: number) =>
    people.filter((id) => versionFor(registry, id, hash) === version);

  test("is a twentieth of the people, always the same, and others for the next", () => {
    const registry = after(...serving1, add, promote(2));
    const five = tried(registry, 2);
    assert.ok(Math.abs(five.length / people.length - 0.05) < 0.012, `${five.length}`);
    assert.deepEqual(tried(registry, 2), five);
    assert.equal(tried(registry, 1).length, people.length - five.length);
    const next = tried(after(...serving1, add, add, promote(3)), 3);
    assert.ok(next.filter((id) => five.includes(id)).length < five.length / 3);
  });

  test("leaves the others without a prediction while nothing serves", () => {
    const registry = after(add, promote(1));
    const asked = new Set(people.map((id) => versionFor(registry, id, hash)));
    assert.deepEqual(asked, new Set([null, 1]));
    assert.equal(versionFor(EMPTY_REGISTRY, "person 1", hash), null);
  });
});

describe("the monitors [LN11]", () => {
  const entry = entryOf(after(add), 1)!;

  test("keep quiet while a model is right, and while there is too little", () => {
    for (let seed = 1; seed <= 20; seed++) assert.deepEqual(alarmsOf(watched(seed, 1_500), entry), []);
    assert.deepEqual(alarmsOf(watched(1, 999, 0.5), entry), []);
  });

  test("hear what says too little, and what says too much", () => {
    assert.match(
      alarmsOf(watched(1, 1_500, 0.1), entry)[0]!,
      /^Calibration: what it says is off by 0\.\d+ over 1500 labels/,
    );
    assert.match(alarmsOf(watched(1, 1_500, -0.1), entry)[0]!, /^Calibration: /);
  });

  test("hear when other things are asked about than were learned from", () => {
    let watch = newWatch(1);
    const random = seededRandom(7);
    for (let i = 0; i < 1_200; i++) watch = noteOutcome(watch, 0.75, random() < 0.75);
    const alarms = alarmsOf(watch, entry);
    assert.equal(alarms.length, 1);
    assert.match(alarms[0]!, /^Drift: its answers spread otherwise/);
  });

  test("hear when people refuse what it proposes", () => {
    let watch = newWatch(1);
    for (let i = 0; i < 300; i++) {
      watch = noteAnswer(watch, "proposals", i % 3 === 0);
      watch = noteAnswer(watch, "others", i % 3 !== 0);
    }
    assert.deepEqual(alarmsOf(watch, entry), [
      "Acceptance: 33 % of what it proposes is accepted, and 67 % of the rest.",
    ]);
    const liked = { ...watch, proposals: watch.others, others: watch.proposals };
    assert.deepEqual(alarmsOf(liked, entry), []);
  });

  test("see a model that serves as well as one that is tried", () => {
    const registry = after(...serving1);
    const decision = decide(registry, { do: "observe", watch: watched(1, 1_500, 0.2) }, AT);
    assert.ok(!("refused" in decision));
    assert.equal(entryIn(decision.registry, "serving"), undefined);
    assert.equal(entryOf(decision.registry, 1)!.state, "rolled back");
  });
});
