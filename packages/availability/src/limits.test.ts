// Strategy: a table of what is counted around a start, then days at random against the model that looks at every stretch of days.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { findZone } from "@hourwright/time";
import fc from "fast-check";
import { mostAround } from "./limits.ts";

const berlin = findZone("Europe/Berlin")!;
const utc = findZone("UTC")!;
const ms = (text: string, zone = "Europe/Berlin") => Temporal.ZonedDateTime.from(`${text}[${zone}]`).epochMilliseconds;

describe("bookings of a customer within any so many days", () => {
  const table: [name: string, starts: string[], start: string, days: number, most: number][] = [
    ["none", [], "2027-03-10T10:00", 7, 0],
    ["the same day", ["2027-03-10T08:00"], "2027-03-10T22:00", 1, 1],
    ["the day after, though less than a day later", ["2027-03-10T22:00"], "2027-03-11T08:00", 1, 0],
    [
      "one before and one after, too far apart to be counted together",
      ["2027-03-05T10:00", "2027-03-15T10:00"],
      "2027-03-10T10:00",
      7,
      1,
    ],
    [
      "one before and one after, within the same days",
      ["2027-03-08T10:00", "2027-03-12T10:00"],
      "2027-03-10T10:00",
      7,
      2,
    ],
    ["the last of so many days counts", ["2027-03-04T23:59"], "2027-03-10T00:00", 7, 1],
    ["the day before them does not", ["2027-03-03T23:59"], "2027-03-10T00:00", 7, 0],
    ["days of 23 hours are days", ["2027-03-27T00:30"], "2027-03-28T23:30", 2, 1],
    ["days of 25 hours are days", ["2027-10-31T00:10"], "2027-10-31T23:50", 1, 1],
  ];
  for (const [name, starts, start, days, most] of table)
    test(`[SL14] ${name}: ${most}`, () => {
      assert.equal(
        mostAround(
          starts.map((each) => ms(each)),
          ms(start),
          days,
          berlin,
        ),
        most,
      );
    });

  test("[SL14] are those of the fullest of all stretches of days that hold the day", () => {
    const day = fc.integer({ min: 0, max: 40 });
    fc.assert(
      fc.property(fc.array(day, { maxLength: 12 }), day, fc.integer({ min: 1, max: 20 }), (starts, start, days) => {
        const counts = Array.from({ length: days }, (_, back) => start - back).map(
          (first) => starts.filter((each) => each >= first && each < first + days).length,
        );
        const at = (each: number) => each * 86_400_000 + 43_200_000;
        assert.equal(mostAround(starts.map(at), at(start), days, utc), Math.max(...counts));
      }),
    );
  });

  test("[SL14] booked one by one never come to more than so many, and nobody is refused for less", () => {
    const wishes = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 30 });
    fc.assert(
      fc.property(wishes, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 10 }), (wished, count, days) => {
        const at = (each: number) => each * 86_400_000;
        const isWithin = (booked: readonly number[]) =>
          Array.from({ length: 80 }, (_, first) => first - 10).every(
            (first) => booked.filter((each) => each >= first && each < first + days).length <= count,
          );
        const booked: number[] = [];
        for (const wish of wished) {
          const may = mostAround(booked.map(at), at(wish), days, utc) < count;
          assert.equal(may, isWithin([...booked, wish]));
          if (may) booked.push(wish);
        }
      }),
    );
  });
});
