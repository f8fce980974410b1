// Strategy: each reason by its sentence; then random lists against reading each rule on its own.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { leadsTo, whyInvalidRouting, type Routing } from "./routing.ts";

const services = [
  { id: "lesson", roles: [{ name: "Who", anyOf: ["petra"], count: 1, assign: "customer" as const, weights: {} }] },
  { id: "theory", roles: [] },
];
const questions = [
  { id: "licence", label: "Which licence?", options: ["car", "bike"] },
  { id: "level", label: "How far are you?", options: ["new", "far"] },
];
const rule = (when: Readonly<Record<string, string>>, serviceId = "lesson", choose: string[] = []) => ({
  when: Object.entries(when).map(([question, answer]) => ({ question, answer })),
  serviceId,
  choose,
});
const with_ = (...rules: Routing["rules"]): Routing => ({ questions, rules });

describe("routing", () => {
  test("follows the first rule that matches, and none where none does", () => {
    const routing = with_(rule({ licence: "car", level: "new" }, "theory"), rule({ licence: "car" }));
    assert.equal(leadsTo(routing, { licence: "car", level: "new" })?.serviceId, "theory");
    assert.equal(leadsTo(routing, { licence: "car", level: "far" })?.serviceId, "lesson");
    assert.equal(leadsTo(routing, { licence: "car" })?.serviceId, "lesson");
    assert.equal(leadsTo(routing, { licence: "bike", level: "new" }), null);
    assert.equal(leadsTo(routing, {}), null);
  });

  const cases: readonly (readonly [Routing, RegExp])[] = [
    [{ questions: [questions[0]!, questions[0]!], rules: [] }, /same id/],
    [with_(rule({ nobody: "car" })), /Rule 1 names a question that is not asked/],
    [with_(rule({ licence: "boat" })), /“boat” is no answer/],
    [with_(rule({ licence: "car" }, "gone")), /leads to a service that is not there/],
    [with_(rule({ licence: "car" }, "lesson", ["radek"])), /whom nobody can choose/],
    [
      with_({
        ...rule({ licence: "car" }),
        when: [
          { question: "licence", answer: "car" },
          { question: "licence", answer: "bike" },
        ],
      }),
      /names a question twice/,
    ],
    [with_(rule({ licence: "car" }), rule({ licence: "car", level: "new" })), /Rule 2 is never reached/],
    [with_(rule({ licence: "car" }), rule({ licence: "bike" }), rule({ level: "new" })), /Rule 3 is never reached/],
  ];
  for (const [routing, why] of cases)
    test(`is refused: ${why.source}`, () =>
      assert.match(whyInvalidRouting(routing, services)?.refused.detail ?? "", why));

  test("may lead to somebody, and end with a rule for all the rest", () =>
    assert.equal(whyInvalidRouting(with_(rule({ licence: "car" }, "lesson", ["petra"]), rule({})), services), null));

  test("leads by the first of the rules that match by themselves, each of which some answers reach", () => {
    const condition = { licence: fc.constantFrom("car", "bike"), level: fc.constantFrom("new", "far") };
    const anyRule = fc
      .record(condition, { requiredKeys: [] })
      .map((when) => rule(when as Readonly<Record<string, string>>));
    fc.assert(
      fc.property(fc.array(anyRule, { maxLength: 6 }), fc.record(condition), (rules, answers) => {
        const routing = with_(...rules);
        const alone = rules.find((each) => leadsTo(with_(each), answers) !== null);
        assert.equal(leadsTo(routing, answers), alone ?? null);
        const everybody = ["car", "bike"].flatMap((licence) => ["new", "far"].map((level) => ({ licence, level })));
        const reached = rules.map((each) => everybody.some((some) => leadsTo(routing, some) === each));
        assert.equal(whyInvalidRouting(routing, services) === null, reached.every(Boolean));
      }),
    );
  });
});
