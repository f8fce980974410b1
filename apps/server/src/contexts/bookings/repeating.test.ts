// Strategy: the clock on the wall as a table through both changes of the clocks, then every zone's dates against its wall clock.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { meantBy, movedAs, startsOf } from "./repeating.ts";
import { datesOf, whyNoSeries } from "./series.ts";

const ms = (text: string) => Temporal.Instant.from(text).epochMilliseconds;
const told = (starts: readonly number[], zone: string) =>
  starts.map((start) =>
    Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(zone).toString({ timeZoneName: "never" }),
  );
const ZONES = ["Europe/Prague", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Sao_Paulo"];

describe("a series", () => {
  const table: readonly [string, string, string, readonly string[]][] = [
    [
      "keeps the clock on the wall when summer begins",
      "2027-03-22T10:00:00+01:00",
      "Europe/Prague",
      ["2027-03-22T10:00:00+01:00", "2027-03-29T10:00:00+02:00", "2027-04-05T10:00:00+02:00"],
    ],
    [
      "keeps it when summer ends",
      "2027-10-25T10:00:00+02:00",
      "Europe/Prague",
      ["2027-10-25T10:00:00+02:00", "2027-11-01T10:00:00+01:00", "2027-11-08T10:00:00+01:00"],
    ],
    [
      "goes forward where the clocks leave its hour out, that once",
      "2027-03-21T02:30:00+01:00",
      "Europe/Prague",
      ["2027-03-21T02:30:00+01:00", "2027-03-28T03:30:00+02:00", "2027-04-04T02:30:00+02:00"],
    ],
    [
      "is at the first of two hours that the clocks repeat",
      "2027-10-24T02:30:00+02:00",
      "Europe/Prague",
      ["2027-10-24T02:30:00+02:00", "2027-10-31T02:30:00+02:00", "2027-11-07T02:30:00+01:00"],
    ],
  ];
  for (const [name, first, zone, starts] of table)
    test(name, () =>
      assert.deepEqual(told(startsOf(ms(first), { every: 1, unit: "week", count: 3 }, zone), zone), starts),
    );

  test("is at the same wall time in every zone, but where that time is left out", () => {
    const day = fc.integer({ min: 0, max: 20_000 });
    const minute = fc.integer({ min: 0, max: 95 });
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        day,
        minute,
        fc.constantFrom("day" as const, "week" as const),
        (zone, from, at, unit) => {
          const first = Temporal.PlainDate.from("2000-01-01").add({ days: from }).toZonedDateTime({ timeZone: zone });
          const firstMs = first.add({ minutes: at * 15 }).epochMilliseconds;
          const wall = Temporal.Instant.fromEpochMilliseconds(firstMs).toZonedDateTimeISO(zone).toPlainTime();
          const starts = startsOf(firstMs, { every: 1, unit, count: 52 }, zone);
          assert.equal(starts[0], firstMs);
          for (const [index, start] of starts.entries()) {
            const there = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(zone);
            const asked = there.toPlainDate().toPlainDateTime(wall);
            const isThere = asked.toZonedDateTime(zone).toPlainTime().equals(wall);
            if (isThere) assert.ok(there.toPlainTime().equals(wall), `${index}: ${there.toString()}`);
            if (index > 0) assert.ok(start > starts[index - 1]!);
          }
        },
      ),
    );
  });

  test("moves by the same difference of the wall clock, over a change of the clocks", () => {
    const shift = movedAs(ms("2027-03-22T10:00:00+01:00"), ms("2027-03-23T11:30:00+01:00"), "Europe/Prague");
    assert.deepEqual(told([shift(ms("2027-03-29T10:00:00+02:00"))], "Europe/Prague"), ["2027-03-30T11:30:00+02:00"]);
    const back = movedAs(ms("2027-03-29T10:00:00+02:00"), ms("2027-03-26T10:00:00+01:00"), "Europe/Prague");
    assert.deepEqual(told([back(ms("2027-04-05T10:00:00+02:00"))], "Europe/Prague"), ["2027-04-02T10:00:00+02:00"]);
  });

  test("is meant by one of its dates: alone, with those that start after it, or whole", () => {
    const dates = [
      { id: "a", startMs: 1 },
      { id: "c", startMs: 2 },
      { id: "b", startMs: 3 },
    ];
    const ids = (which: "this" | "following" | "all") => meantBy(dates, dates[1]!, which).map(({ id }) => id);
    assert.deepEqual([ids("this"), ids("following"), ids("all")], [["c"], ["c", "b"], ["a", "c", "b"]]);
  });

  test("has dates at other times, and dates left out, under the numbers they were wished for", () => {
    const startMs = ms("2027-03-01T09:00:00Z");
    const repeat = { every: 1, unit: "week", count: 4 } as const;
    const instead = new Map([
      [2, ms("2027-03-30T09:00:00Z")],
      [3, null],
    ]);
    const dates = datesOf({ startMs, repeat, instead }, "UTC");
    assert.deepEqual(
      dates.map(({ index }) => index),
      [1, 4, 2],
    );
  });

  const refusals: readonly [string, number, number | null, number, RegExp | null][] = [
    ["of as many dates as there may be is offered", 4, 4, 7, null],
    ["is not offered where nothing is said of it", 2, null, 7, /one date at a time/],
    ["of one more than there may be is not", 5, 4, 7, /At most 4 dates/],
    ["of more than 400 days is not", 4, 52, 200, /within 400 days/],
  ];
  for (const [name, count, most, everyDays, says] of refusals)
    test(name, () => {
      const dates = Array.from({ length: count }, (_, at) => ({ index: at + 1, startMs: at * everyDays * 86_400_000 }));
      const why = whyNoSeries(count, most, dates);
      if (says === null) assert.equal(why, null);
      else assert.match(why?.refused.detail ?? "", says);
    });
  test("from which every date was left out is none", () =>
    assert.match(whyNoSeries(4, 4, [])?.refused.detail ?? "", /left out/));
});
