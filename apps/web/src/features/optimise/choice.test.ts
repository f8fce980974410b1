import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { daysOf, midnight, type Choices } from "./choice.ts";

const dayOf = (date: string) =>
  Temporal.PlainDate.from("1970-01-01").until(Temporal.PlainDate.from(date), { largestUnit: "days" }).days;
const dateText = (day: number) => Temporal.PlainDate.from("1970-01-01").add({ days: day }).toString();

describe("the windows around a day", () => {
  const table: [window: Choices["window"], day: string, firstWeekday: number, from: string, to: string][] = [
    ["month", "2027-03-25", 1, "2027-03-01", "2027-04-01"],
    ["next", "2027-03-25", 1, "2027-04-01", "2027-05-01"],
    ["next", "2027-12-31", 1, "2028-01-01", "2028-02-01"],
    ["month", "2027-12-01", 1, "2027-12-01", "2028-01-01"],
    ["week", "2027-03-25", 1, "2027-03-22", "2027-03-29"],
    ["week", "2027-03-28", 7, "2027-03-28", "2027-04-04"],
    ["week", "2027-03-27", 7, "2027-03-21", "2027-03-28"],
    ["week", "2027-01-01", 1, "2026-12-28", "2027-01-04"],
  ];
  for (const [window, day, firstWeekday, from, to] of table)
    test(`the ${window} of ${day}, weeks from ${firstWeekday}, is ${from} to ${to}`, () => {
      const { fromDay, toDay } = daysOf(window, dayOf(day), firstWeekday);
      assert.deepEqual([dateText(fromDay), dateText(toDay)], [from, to]);
    });

  test("a week has seven days, holds its day, and begins on the first weekday, for any day", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 1, max: 7 }), (day, firstWeekday) => {
        const { fromDay, toDay } = daysOf("week", day, firstWeekday);
        assert.ok(fromDay <= day && day < toDay && toDay - fromDay === 7);
        assert.equal(Temporal.PlainDate.from(dateText(fromDay)).dayOfWeek, firstWeekday);
      }),
    );
  });

  test("begin at the zone's own midnight, also beside a change of clocks", () => {
    for (const date of ["2027-03-28", "2027-03-29", "2027-10-31", "2027-11-01"])
      assert.equal(
        midnight(dayOf(date), "Europe/Prague"),
        Temporal.PlainDate.from(date).toZonedDateTime("Europe/Prague").epochMilliseconds,
      );
  });
});
