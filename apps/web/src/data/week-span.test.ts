import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { dayNumber, weekdayOf } from "@hourwright/time";
import { spanAround } from "./week-span.ts";

describe("the days around a day", () => {
  const thursday = dayNumber(2027, 3, 18);

  test("are its week from the first weekday, or the day alone", () => {
    assert.deepEqual(spanAround("week", thursday, 1), { firstDay: dayNumber(2027, 3, 15), days: 7 });
    assert.deepEqual(spanAround("week", thursday, 7), { firstDay: dayNumber(2027, 3, 14), days: 7 });
    assert.deepEqual(spanAround("week", dayNumber(2027, 1, 1), 1), { firstDay: dayNumber(2026, 12, 28), days: 7 });
    assert.deepEqual(spanAround("day", thursday, 1), { firstDay: thursday, days: 1 });
  });

  test("hold the day and begin on the first weekday, whichever they are", () => {
    fc.assert(
      fc.property(fc.integer({ min: -40_000, max: 90_000 }), fc.integer({ min: 1, max: 7 }), (day, firstWeekday) => {
        const { firstDay, days } = spanAround("week", day, firstWeekday);
        assert.equal(weekdayOf(firstDay), firstWeekday);
        assert.ok(firstDay <= day && day < firstDay + days && days === 7);
      }),
    );
  });
});
