import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { Contract } from "../../data/staff.ts";
import {
  bodyOf,
  copiedOn,
  faultsOf,
  firstFrom,
  formOf,
  minutesBetween,
  minutesOfHours,
  NEW_SHIFT,
  paidMinutes,
  placeOfRefusal,
  timeText,
} from "./contract-form.ts";

describe("a version of a contract as it is typed", () => {
  const hours: readonly [string, number | null][] = [
    ["40", 2_400],
    ["38.5", 2_310],
    ["38,5", 2_310],
    ["38:30", 2_310],
    [" 0 ", 0],
    ["", null],
    ["38:60", null],
    ["-1", null],
    ["many", null],
  ];
  for (const [text, minutes] of hours)
    test(`“${text}” hours are ${minutes} minutes`, () => assert.equal(minutesOfHours(text), minutes));

  test("has shifts that pass midnight where they end before they begin, and last a day where they end as they begin", () => {
    assert.equal(minutesBetween("22:00", "06:00"), 480);
    assert.equal(minutesBetween("06:00", "14:00"), 480);
    assert.equal(minutesBetween("06:00", "06:00"), 1_440);
    assert.equal(minutesBetween("6", "14:00"), null);
  });

  test("comes back from what the server keeps as it was", () => {
    const time = fc.integer({ min: 0, max: 1_439 }).map(timeText);
    const shift = fc.record({
      weekday: fc.integer({ min: 1, max: 7 }),
      name: fc.constantFrom("", "early shift"),
      kind: fc.constantFrom("work", "duty", "on-call"),
      starts: time,
      minutes: fc.integer({ min: 1, max: 1_440 }),
      breaks: fc.array(fc.record({ starts: time, minutes: fc.integer({ min: 1, max: 90 }), isPaid: fc.boolean() }), {
        maxLength: 2,
      }),
      site: fc.constantFrom(null, "Ward 3"),
    });
    const terms = fc.record({
      nominal: fc.record({
        minutes: fc.integer({ min: 0, max: 20_000 }),
        per: fc.constantFrom("week", "month", "year"),
      }),
      partPermille: fc.integer({ min: 10, max: 1_000 }),
      weeks: fc.array(fc.array(shift, { maxLength: 4 }), { minLength: 1, maxLength: 3 }),
      anchor: fc.constant("2027-01-04"),
      site: fc.constantFrom(null, "Ward 3"),
      region: fc.constantFrom(null, "DE-BY"),
      holidays: fc.constantFrom("paid", "unpaid", "worked"),
      ruleSetId: fc.constantFrom(null, "rst_1"),
      cost: fc.constantFrom(null, { minorUnits: 2_450, currency: "EUR" }, { minorUnits: 1_800, currency: "JPY" }),
    });
    fc.assert(
      fc.property(terms, (drawn) => {
        const written = structuredClone(drawn); // Records of fast-check have no prototype.
        const contract = { ...written, id: "con_1", personId: "per_1", version: 1, from: "2027-01-01", until: null };
        const form = formOf(contract, "2027-02-01");
        assert.deepEqual(faultsOf(form), []);
        assert.deepEqual(bodyOf("per_1", form, true), {
          ...written,
          personId: "per_1",
          from: "2027-02-01",
          until: null,
        });
      }),
    );
  });

  test("says what is missing before it is sent", () => {
    const form = {
      ...formOf(null, ""),
      hours: "x",
      part: "101",
      cost: "1",
      currency: "E",
      weeks: [[{ ...NEW_SHIFT, weekday: 1, starts: "", breaks: [{ starts: "12:00", minutes: "0", isPaid: false }] }]],
    };
    assert.deepEqual(
      faultsOf(form).map(({ at }) => at),
      ["from", "hours", "part", "anchor", "currency", "times", "break"],
    );
  });

  test("leaves out what an hour costs for who may not know it", () => {
    assert.equal("cost" in bodyOf("per_1", formOf(null, "2027-01-01"), false), false);
  });

  test("counts work without unpaid breaks and without calls", () => {
    const shift = { ...NEW_SHIFT, weekday: 1, breaks: [{ starts: "12:00", minutes: "30", isPaid: false }] };
    assert.equal(paidMinutes([shift, { ...shift, weekday: 2, kind: "on-call" }]), 450);
  });

  test("copies a day to the days after it until Friday, in place of what stood there", () => {
    const monday = { ...NEW_SHIFT, weekday: 1 };
    const old = { ...NEW_SHIFT, weekday: 3, name: "late" };
    const saturday = { ...NEW_SHIFT, weekday: 6 };
    assert.deepEqual(
      copiedOn([monday, old, saturday], 1).map(({ weekday, name }) => [weekday, name]),
      [1, 2, 3, 4, 5, 6].map((weekday) => [weekday, ""]),
    );
    assert.deepEqual(
      copiedOn([saturday], 6).map(({ weekday }) => weekday),
      [6, 7],
    );
  });

  test("begins today, or after the first day of the last version", () => {
    assert.equal(firstFrom(null, "2027-03-01"), "2027-03-01");
    assert.equal(firstFrom({ from: "2026-01-01" } as Contract, "2027-03-01"), "2027-03-01");
    assert.equal(firstFrom({ from: "2027-03-31" } as Contract, "2027-03-01"), "2027-04-01");
  });

  test("has the server's refusal at its field", () => {
    const problem = (code: string, detail: string, more: object = {}) =>
      placeOfRefusal({ type: "", title: "", status: 409, code, detail, ...more });
    assert.equal(problem("workforce/contracts-overlap", "", { faults: [{ code: "overlap" }] }), "from");
    assert.equal(problem("workforce/contract-invalid", "", { faults: [{ code: "shift-overlap" }] }), "pattern");
    assert.equal(problem("workforce/rules-contradict", ""), "rules");
    assert.equal(problem("request/invalid", "body.region: XX is no region with holidays."), "region");
    assert.equal(problem("request/forbidden", "You manage nobody."), "rest");
    assert.equal(placeOfRefusal(null), "rest");
  });
});
