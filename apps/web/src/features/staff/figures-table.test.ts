import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  absenceOf,
  costOf,
  coverageOf,
  isWindow,
  monthAfter,
  rowsOf,
  sumOf,
  valueOf,
  type Figures,
  type Month,
} from "./figures-table.ts";

const month = (name: string, worked: number, cost: Month["cost"] = []): Month => ({
  month: name,
  people: 2,
  nominalMinutes: 0,
  plannedMinutes: worked + 60,
  workedMinutes: worked,
  creditedMinutes: 0,
  overtimeMinutes: 5,
  coverage: null,
  absence: { leave: 480, sick: 60, training: 0, compensation: 0, unpaid: 0, parental: 0 },
  leaveDays: 1.5,
  cost,
});

describe("figures of staff", () => {
  test("are rows by group, with what their months add up to", () => {
    const items = [
      { id: "a", name: "House", ...month("2027-01", 600) },
      { id: null, name: "", ...month("2027-01", 60) },
      { id: "a", name: "House", ...month("2027-02", 300) },
    ] as Figures["items"];
    const rows = rowsOf(items);
    assert.deepEqual(
      rows.map(({ key, months }) => [key, months.length, sumOf(months, "worked"), sumOf(months, "leave")]),
      [
        ["a", 2, 900, 3],
        ["", 1, 60, 1.5],
      ],
    );
    assert.equal(absenceOf(rows[0]!.months[0]!), 540);
    assert.equal(valueOf(rows[0]!.months[0]!, "overtime"), 5);
    assert.equal(valueOf(rows[0]!.months[0]!, "planned"), 660);
  });

  test("are rows by site, which has a name alone", () => {
    const at = (name: string) => ({ id: null, name, ...month("2027-01", 60) });
    assert.deepEqual(
      rowsOf([at("Desk"), at("Ward"), at("")]).map(({ key, name }) => [key, name]),
      [
        ["Desk", "Desk"],
        ["Ward", "Ward"],
        ["", ""],
      ],
    );
  });

  test("say how much of what is needed is covered, and never that all is while anything is missing", () => {
    const needs = (neededMinutes: number, shortMinutes: number): Month => ({
      ...month("2027-01", 0),
      coverage: { neededMinutes, coveredMinutes: neededMinutes - shortMinutes, shortMinutes, spareMinutes: 0 },
    });
    const part = (...months: Month[]) => coverageOf(months);
    assert.equal(part(month("2027-01", 0)), null);
    assert.equal(part(needs(0, 0)), null);
    assert.deepEqual(part(needs(600, 0), month("2027-02", 0)), { part: 1, shortMinutes: 0 });
    assert.deepEqual(part(needs(600, 6), needs(400, 24)), { part: 0.97, shortMinutes: 30 });
    assert.deepEqual(part(needs(10_000_000, 1)), { part: 0.99, shortMinutes: 1 });
    assert.deepEqual(part(needs(60, 60)), { part: 0, shortMinutes: 60 });
    assert.equal(valueOf(needs(600, 6), "coverage"), 6);
  });

  test("cost by currency, and nothing for who may not know", () => {
    const eur = { minorUnits: 100, currency: "EUR" };
    const months = [month("2027-01", 1, [eur, { minorUnits: 7, currency: "CZK" }]), month("2027-02", 1, [eur])];
    assert.deepEqual(costOf(months), [
      { minorUnits: 200, currency: "EUR" },
      { minorUnits: 7, currency: "CZK" },
    ]);
    assert.equal(valueOf(months[0]!, "cost"), 107);
    assert.equal(costOf([month("2027-01", 1, null)]), null);
  });

  test("have months that go over the turn of years, forth and back", () => {
    assert.equal(monthAfter("2027-12", 1), "2028-01");
    assert.equal(monthAfter("2027-01", -1), "2026-12");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 120 }), fc.integer({ min: -24, max: 24 }), (start, months) => {
        const from = monthAfter("2000-01", start);
        assert.equal(monthAfter(monthAfter(from, months), -months), from);
      }),
    );
  });

  test("are asked for of at most two years, from a first to a last month", () => {
    assert.equal(isWindow("2027-01", "2027-01"), true);
    assert.equal(isWindow("2027-01", "2028-12"), true);
    assert.equal(isWindow("2027-01", "2029-01"), false);
    assert.equal(isWindow("2027-02", "2027-01"), false);
    assert.equal(isWindow("202-01", "2027-01"), false);
  });
});
