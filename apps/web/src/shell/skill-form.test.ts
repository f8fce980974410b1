import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { faultOfDays, LEVELS_MAX, levelsOf, stateOf } from "./skill-form.ts";

describe("a skill as it is typed", () => {
  const table: readonly [string, string[] | null][] = [
    ["", []],
    [" , ", []],
    ["Crew, Skipper ", ["Crew", "Skipper"]],
    ["Crew, crew", null],
    ["1,2,3,4,5", ["1", "2", "3", "4", "5"]],
    ["1,2,3,4,5,6", null],
  ];
  for (const [text, levels] of table)
    test(`“${text}” has the levels ${JSON.stringify(levels)}`, () => assert.deepEqual(levelsOf(text), levels));

  test("has levels that can be typed again", () => {
    const name = fc
      .string({ minLength: 1, maxLength: 8 })
      .filter((text) => text.trim() === text && !text.includes(","));
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: LEVELS_MAX, selector: (text) => text.toLowerCase() }), (levels) =>
        assert.deepEqual(levelsOf(levels.join(", ")), levels),
      ),
    );
  });

  const days: readonly [string, string, ReturnType<typeof faultOfDays>][] = [
    ["2027-03-03", "", null],
    ["2027-03-03", "2027-03-03", null],
    ["2027-03-03", "2027-03-02", "endsFirst"],
    ["", "2027-03-02", "needsDay"],
    ["2027-03-03", "soon", "needsDay"],
  ];
  for (const [from, until, fault] of days)
    test(`from “${from}” until “${until}”: ${fault ?? "fine"}`, () => assert.equal(faultOfDays(from, until), fault));

  test("is over, ends soon, or has not begun, by the day", () => {
    const today = "2027-03-03";
    assert.equal(stateOf({ from: "2020-01-01", until: null }, today), null);
    assert.equal(stateOf({ from: "2020-01-01", until: "2027-03-02" }, today), "ended");
    assert.equal(stateOf({ from: "2020-01-01", until: today }, today), "soon");
    assert.equal(stateOf({ from: "2020-01-01", until: "2027-05-01" }, today), "soon");
    assert.equal(stateOf({ from: "2020-01-01", until: "2027-05-02" }, today), null);
    assert.equal(stateOf({ from: "2027-03-04", until: null }, today), "later");
  });
});
