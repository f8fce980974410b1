// Strategy: what people type as a table; what is shown of a service makes the same service again.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  fieldsOf,
  isSlug,
  lengthsIn,
  newFields,
  newRole,
  numberIn,
  remindersIn,
  serviceIn,
  type Service,
} from "./service-form.ts";
import { slugOf } from "./slug.ts";

describe("the form of a service", () => {
  for (const [text, lengths] of [
    ["60", [60]],
    ["45, 90", [45, 90]],
    ["45;90 45", [45, 90]],
    ["", null],
    ["4", null],
    ["an hour", null],
    ["1 2 3 4 5 6 7 8 9", null],
  ] as const)
    test(`reads “${text}” as ${lengths === null ? "no lengths" : lengths.join(" and ")} minutes`, () =>
      assert.deepEqual(lengthsIn(text), lengths));

  for (const [text, minutes] of [
    ["24", [1_440]],
    ["2, 24 0.25", [1_440, 120, 15]],
    ["", []],
    ["0", null],
    ["721", null],
    ["a day", null],
    ["1 2 3 4", null],
  ] as const)
    test(`reads “${text}” hours as ${minutes === null ? "no reminders" : `reminders at ${minutes.join(" and ")}`} minutes`, () =>
      assert.deepEqual(remindersIn(text), minutes));

  test("knows which numbers may be left out", () => {
    assert.deepEqual(
      [numberIn("limitPerDay", ""), numberIn("places", ""), numberIn("places", "0"), numberIn("window", "730")],
      [null, undefined, undefined, 730],
    );
  });

  test("proposes an address from the name", () => {
    assert.equal(slugOf("Fahrstunde für Anfänger!"), "fahrstunde-fur-anfanger");
    assert.ok(isSlug(slugOf("Fahrstunde für Anfänger!")));
    assert.ok(!isSlug("Two  words"));
  });

  test("makes nothing while something is missing", () => {
    assert.equal(serviceIn(newFields()), null);
    const whole = {
      ...newFields(),
      name: "Lesson",
      slug: "lesson",
      roles: [{ ...newRole(), name: "Car", anyOf: ["a"], assign: "fair" as const }],
    };
    assert.notEqual(serviceIn(whole), null);
    assert.equal(serviceIn({ ...whole, places: "many" }), null);
  });

  test("makes of what it shows of a service the same service", () => {
    const made = serviceIn({
      ...newFields(),
      name: "Lesson",
      slug: "lesson",
      lengths: "45, 90",
      roles: [{ ...newRole(), name: "Car", anyOf: ["a", "b"], assign: "least-busy" }],
      limitPerDay: "3",
      where: "address",
      whereText: "Main street 1",
    })!;
    assert.deepEqual(serviceIn(fieldsOf(made as unknown as Service)), made);
  });
});
