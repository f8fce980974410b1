// Strategy: a table of days and periods, then a property: every day lies in the period that it is asked for.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { ordered, ownPeriod, periodAround, pressed } from "./figures-period.ts";

const text = ({ from, to }: { from: Temporal.PlainDate; to: Temporal.PlainDate }) =>
  `${from.toString()} ${to.toString()}`;

describe("a period of figures", () => {
  test("is the week, month or quarter of a day", () => {
    const day = Temporal.PlainDate.from("2027-03-03");
    assert.equal(text(periodAround("week", day, 1)), "2027-03-01 2027-03-08");
    assert.equal(text(periodAround("week", day, 7)), "2027-02-28 2027-03-07");
    assert.equal(text(periodAround("month", day, 1)), "2027-03-01 2027-04-01");
    assert.equal(text(periodAround("quarter", day, 1)), "2027-01-01 2027-04-01");
    assert.equal(text(periodAround("quarter", Temporal.PlainDate.from("2027-12-31"), 1)), "2027-10-01 2028-01-01");
  });

  test("has its day in it, and ends where the next begins", () =>
    fc.assert(
      fc.property(
        fc.constantFrom("week", "month", "quarter"),
        fc.integer({ min: -20_000, max: 40_000 }),
        fc.integer({ min: 1, max: 7 }),
        (kind, days, firstWeekday) => {
          const day = Temporal.PlainDate.from("1970-01-01").add({ days });
          const { from, to } = periodAround(kind, day, firstWeekday);
          assert.ok(Temporal.PlainDate.compare(from, day) <= 0 && Temporal.PlainDate.compare(day, to) < 0);
          assert.ok(periodAround(kind, to, firstWeekday).from.equals(to));
        },
      ),
    ));

  test("of one's own has both its days in it, and is none when it is turned round or too long", () => {
    assert.equal(text(ownPeriod("2027-03-01", "2027-03-01")!), "2027-03-01 2027-03-02");
    for (const [first, last] of [
      ["2027-03-02", "2027-03-01"],
      ["2027-01-01", "2028-03-01"],
      ["", "2027-03-01"],
      ["2027-02-30x", "2027-03-01"],
    ] as const)
      assert.equal(ownPeriod(first, last), null);
  });
});

describe("the rows of figures", () => {
  test("turn round when their heading is pressed again, and begin with the most", () => {
    assert.deepEqual(pressed({ by: "name", isDown: false }, "count", false), { by: "count", isDown: true });
    assert.deepEqual(pressed({ by: "count", isDown: true }, "count", false), { by: "count", isDown: false });
    assert.deepEqual(pressed({ by: "count", isDown: true }, "name", true), { by: "name", isDown: false });
  });
  test("that have no value come last, whichever way", () => {
    const rows = [2, null, 1];
    assert.deepEqual(
      ordered(rows, (row) => row, true),
      [2, 1, null],
    );
    assert.deepEqual(
      ordered(rows, (row) => row, false),
      [1, 2, null],
    );
  });
});
