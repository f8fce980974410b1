import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Constraint, Parameter } from "../../data/rules.ts";
import { ALL, formOf, numberOf, ruleOf } from "./rule-form.ts";

const parameter = (name: string, unit: Parameter["unit"], from: number, to: number, preset: number): Parameter => ({
  name,
  unit,
  from,
  to,
  preset,
  says: name,
});

const lunch: Constraint = {
  id: "lunch",
  title: "Lunch",
  rule: "there is time for lunch",
  isHard: false,
  weight: 10,
  severity: "should",
  concerns: ["people"],
  scopes: ["organisation", "person"],
  judges: "plan",
  settable: true,
  names: null,
  parameters: [
    parameter("from", "time of day", 0, 1_440, 690),
    parameter("to", "time of day", 0, 1_440, 840),
    parameter("minutes", "minutes", 10, 120, 30),
  ],
  examples: [],
};

describe("the form of a rule", () => {
  test("begins with what the constraint has", () => {
    assert.deepEqual(formOf(lunch, null), {
      scope: "organisation",
      holderId: ALL,
      isHard: false,
      weight: "10",
      namedIds: [],
      values: { from: "11:30", to: "14:00", minutes: "30" },
    });
  });

  test("sends what it began with as the same numbers", () => {
    assert.deepEqual(ruleOf(lunch, formOf(lunch, null)), {
      constraintId: "lunch",
      scope: "organisation",
      holderId: null,
      isHard: false,
      weight: 10,
      values: { from: 690, to: 840, minutes: 30 },
    });
    assert.equal(ruleOf(lunch, formOf(lunch, null, "per_1"))?.scope, "person");
  });

  test("sends nothing out of bounds, nor what ends before it begins, nor a soft rule without weight", () => {
    const form = formOf(lunch, null);
    const wrong = [
      { ...form, values: { ...form.values, minutes: "9" } },
      { ...form, values: { ...form.values, minutes: "" } },
      { ...form, values: { ...form.values, to: "11:30" } },
      { ...form, weight: "0" },
    ];
    for (const each of wrong) assert.equal(ruleOf(lunch, each), null, JSON.stringify(each));
    assert.ok(ruleOf(lunch, { ...form, weight: "0", isHard: true }) !== null);
  });

  test("names somebody where its constraint does: one at least, or some or none where it holds", () => {
    const naming = (optionalFor: string[] | null): Constraint => ({
      ...lunch,
      scopes: ["organisation", "calendar"],
      names: { of: "people", says: "Who", optionalFor, most: null },
    });
    const of = (constraint: Constraint, holderId: string, namedIds: string[]) =>
      ruleOf(constraint, { ...formOf(constraint, null, holderId), namedIds })?.namedIds;
    assert.equal(ruleOf(naming(null), formOf(naming(null), null)), null);
    assert.deepEqual(of(naming(null), ALL, ["per_1"]), ["per_1"]);
    assert.deepEqual(of(naming(["calendar"]), "cal_1", []), []);
    assert.deepEqual(of(naming(["calendar"]), "cal_1", ["per_1"]), ["per_1"]);
    assert.equal(of(naming(["calendar"]), ALL, ["per_1"]), undefined);
  });

  test("reads numbers as people write them, by unit", () => {
    const table: readonly [string, Parameter, number | null][] = [
      ["7,5", parameter("hours", "hours", 0.5, 24, 8), 7.5],
      ["7.5", parameter("hours", "hours", 0.5, 24, 8), 7.5],
      ["95", parameter("share", "share", 0.05, 1, 0.95), 0.95],
      ["101", parameter("share", "share", 0.05, 1, 0.95), null],
      ["00:00", parameter("to", "time of day", 0, 1_440, 840), 1_440],
      ["00:00", parameter("from", "time of day", 0, 1_440, 0), 0],
      ["-3", parameter("days", "days", 1, 10, 2), null],
      ["1e1", parameter("days", "days", 1, 10, 2), null],
    ];
    for (const [text, of, expected] of table) assert.equal(numberOf(text, of), expected, text);
  });
});
