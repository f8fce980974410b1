import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { parseDate, printDate } from "./civil.ts";
import { dayAfterKey, isDayKey, type DayKey } from "./keys.ts";
import { cellOfDay, dateOfDay, dayOfDate, yearShape } from "./scale.ts";
import { anyFirstWeekday, anyYear } from "./testing.ts";

const shape = yearShape(2027, 1);
const from = (date: string, key: DayKey) =>
  printDate(dateOfDay(shape, dayAfterKey(shape, dayOfDate(shape, parseDate(date)!)!, key)));

const STEPS: readonly [string, DayKey, string, string][] = [
  ["2027-03-25", "ArrowRight", "2027-03-26", "a day on"],
  ["2027-03-31", "ArrowRight", "2027-04-01", "over the end of a month"],
  ["2027-12-31", "ArrowRight", "2027-12-31", "not out of the year"],
  ["2027-01-01", "ArrowLeft", "2027-01-01", "not out of the year"],
  ["2027-03-25", "ArrowDown", "2027-04-22", "same weekday column below"],
  ["2027-03-25", "ArrowUp", "2027-02-25", "same weekday column above"],
  ["2027-01-25", "ArrowUp", "2027-01-25", "January has nothing above"],
  ["2027-03-01", "ArrowDown", "2027-04-01", "April begins further right: its first day"],
  ["2027-05-31", "ArrowDown", "2027-06-30", "June ends further left: its last day"],
  ["2027-03-25", "Home", "2027-03-01", "first of the month"],
  ["2027-03-25", "End", "2027-03-31", "last of the month"],
  ["2027-03-25", "PageDown", "2027-06-24", "three months on"],
  ["2027-02-10", "PageUp", "2027-01-06", "as far up as there are months"],
];

describe("keys", () => {
  for (const [date, key, expected, why] of STEPS)
    test(`${key} on ${date} leads to ${expected}: ${why} [TL10]`, () => assert.equal(from(date, key), expected));

  test("keep the weekday when they move by month, and never leave the year [TL10]", () => {
    fc.assert(
      fc.property(
        anyYear,
        anyFirstWeekday,
        fc.integer({ min: 0, max: 364 }),
        fc.constantFrom<DayKey>("ArrowUp", "ArrowDown", "PageUp", "PageDown"),
        (year, firstWeekday, day, key) => {
          const any = yearShape(year, firstWeekday);
          const reached = dayAfterKey(any, day, key);
          assert.ok(reached >= 0 && reached < any.days);
          const [before, after] = [cellOfDay(any, day), cellOfDay(any, reached)];
          const month = any.months[after.row]!;
          const hasColumn = before.column >= month.firstColumn && before.column < month.firstColumn + month.days;
          if (hasColumn) assert.equal(after.column, before.column);
        },
      ),
    );
  });

  test("are known by name", () => {
    assert.ok(isDayKey("Home") && isDayKey("ArrowUp") && isDayKey("PageDown"));
    assert.ok(!isDayKey("Enter") && !isDayKey("x") && !isDayKey("HomeX"));
  });
});
