import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  dayText,
  epochDayOf,
  partsOf,
  turnsOf,
  usualOf,
  withLayer,
  without,
  withUsual,
  type Layer,
} from "./hours-form.ts";

const monday = [{ weekday: 1, opens: "09:00", closes: "12:00" }];
const usual: Layer = { kind: "weeks", weeks: [monday], anchor: "1970-01-05", season: null };
const summer: Layer = {
  kind: "weeks",
  weeks: [[]],
  anchor: "1970-01-05",
  season: { every: "year", from: "06-01", until: "08-31" },
};

describe("layers on the page", () => {
  test("have the usual weeks behind all others, in place of those that were", () => {
    assert.deepEqual(withUsual([usual, summer], [monday], "2027-01-04"), [summer, usual]);
    assert.deepEqual(withUsual([usual, summer], null, ""), [summer]);
    assert.equal(usualOf([summer]), null);
    assert.equal(usualOf(withUsual([], [monday, []], "2027-01-04"))!.anchor, "2027-01-04");
  });

  test("are put in each other's place, added and removed by where they stand", () => {
    assert.deepEqual(withLayer([usual], 0, summer), [summer]);
    assert.deepEqual(withLayer([usual], null, summer), [usual, summer]);
    assert.deepEqual(without([usual, summer], 0), [summer]);
  });

  test("of more weeks repeat the last one", () => {
    assert.deepEqual(turnsOf(["a", "b"], 4), ["a", "b", "b", "b"]);
    assert.deepEqual(turnsOf(["a", "b"], 1), ["a"]);
  });

  test("name a region part by part", () => {
    assert.deepEqual(partsOf("DE"), ["DE", null, null]);
    assert.deepEqual(partsOf("DE-BY-A"), ["DE", "DE-BY", "DE-BY-A"]);
  });

  test("have days by number and text", () => assert.equal(dayText(epochDayOf("2028-02-29T10:00")), "2028-02-29"));
});
