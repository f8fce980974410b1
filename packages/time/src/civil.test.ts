// Strategy: Temporal is the judge of all calendar arithmetic, over every four-digit year.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  CYCLE_DAYS,
  DAY_END,
  DAY_MIN,
  dateOf,
  dayNumber,
  daysInMonth,
  daysInYear,
  startOfWeek,
  startOfYear,
  weekdayOf,
  weekYearOf,
  yearOf,
} from "./civil.ts";

const epoch = new Temporal.PlainDate(1970, 1, 1);
const dates = fc.integer({ min: DAY_MIN, max: DAY_END - 1 });

describe("the calendar", () => {
  test("names every day as Temporal does, in the years 1 to 9999", () => {
    fc.assert(
      fc.property(dates, (day) => {
        const date = epoch.add({ days: day });
        assert.deepEqual(dateOf(day), { year: date.year, month: date.month, day: date.day });
        assert.equal(dayNumber(date.year, date.month, date.day), day);
        assert.equal(weekdayOf(day), date.dayOfWeek);
        assert.equal(yearOf(day), date.year);
        assert.equal(daysInYear(date.year), date.daysInYear);
        assert.equal(daysInMonth(date.year, date.month), date.daysInMonth);
        assert.equal(weekYearOf(day, 1), date.yearOfWeek);
      }),
      { numRuns: 2000 },
    );
  });

  test("begins and ends its years on the right day, every single one", () => {
    for (let year = 1; year <= 9999; year++) {
      assert.equal(yearOf(startOfYear(year)), year);
      assert.equal(yearOf(startOfYear(year + 1) - 1), year);
    }
  });

  test("repeats after 400 years, weekdays included", () => {
    assert.equal(startOfYear(2400) - startOfYear(2000), CYCLE_DAYS);
    assert.equal(CYCLE_DAYS % 7, 0);
  });

  test("finds the first day of a week, whatever day weeks begin on", () => {
    fc.assert(
      fc.property(dates, fc.constantFrom(1, 2, 3, 4, 5, 6, 7), (day, weekStart) => {
        const first = startOfWeek(day, weekStart);
        assert.equal(weekdayOf(first), weekStart);
        assert.ok(first <= day && day < first + 7);
      }),
    );
  });
});
