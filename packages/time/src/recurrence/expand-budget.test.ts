// Rules RC* are in ../../SPEC.md. Strategy: what costs too much, in steps and never in seconds; a step is a fraction of a microsecond.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { UTC, type Zone } from "../zone.ts";
import { countOccurrences, expand, nextOccurrences, type Window } from "./expand.ts";
import { first, series, times, wall } from "./testing.ts";

const list = (from: number, end: number) => Array.from({ length: end - from }, (_, i) => from + i).join(",");

describe("a budget", () => {
  test("[RC20] ends what would never end, with a typed refusal", () => {
    const seconds = series("20260101T000000", "FREQ=SECONDLY");
    const year = { kind: "between" as const, fromMs: wall("20260101"), toMs: wall("20270101") };
    assert.equal(expand(seconds, year).refused?.code, "too-many-steps");
    assert.equal(countOccurrences(seconds, year).refused?.code, "too-many-steps");
    // Every 7 hours is midnight on Mondays only, and a first of January in week 53 is none: no part alone says so.
    const never = series("20260105T000000", "FREQ=HOURLY;INTERVAL=7;BYHOUR=0;BYMONTH=1;BYMONTHDAY=1;BYWEEKNO=53");
    assert.equal(expand(never, first(1), 100_000).refused?.code, "too-many-steps");
    const huge = series("20260101T000000", "FREQ=MONTHLY;BYDAY=MO;COUNT=9999999999");
    assert.equal(
      expand(huge, { kind: "from", fromMs: wall("99980101"), limit: 1 }, 1000).refused?.code,
      "too-many-steps",
    );
  });

  test("[RC20] that is known not to be enough is refused before anything is made", () => {
    const hours = list(0, 24);
    const sixty = list(0, 60);
    const dense = [
      "FREQ=SECONDLY",
      "FREQ=SECONDLY;INTERVAL=7",
      `FREQ=SECONDLY;BYSECOND=${list(0, 59)}`,
      "FREQ=SECONDLY;BYDAY=MO",
      "FREQ=SECONDLY;BYMONTH=1;COUNT=99999999",
      "FREQ=SECONDLY;BYHOUR=9;BYMINUTE=0,10,20,30,40,50",
      "FREQ=SECONDLY;INTERVAL=7;BYDAY=MO",
      `FREQ=MINUTELY;BYSECOND=${sixty}`,
      `FREQ=HOURLY;BYMINUTE=${sixty};BYSECOND=${sixty};BYDAY=MO`,
      `FREQ=DAILY;BYHOUR=${hours};BYMINUTE=${sixty};BYSECOND=${sixty}`,
      `FREQ=WEEKLY;BYDAY=MO,TU;BYHOUR=${hours};BYMINUTE=${sixty};BYSECOND=${sixty}`,
      `FREQ=MONTHLY;BYDAY=1MO;BYHOUR=${hours};BYMINUTE=${sixty};BYSECOND=${sixty}`,
      `RSCALE=GREGORIAN;SKIP=FORWARD;FREQ=MONTHLY;BYMONTHDAY=5,31;BYHOUR=${hours};BYMINUTE=${sixty};BYSECOND=${sixty}`,
    ];
    const decade = { kind: "between" as const, fromMs: wall("20260101"), toMs: wall("20360101") };
    for (const text of dense) {
      const given = series("20260101T000000", text);
      const { epochMs, refused } = expand(given, decade);
      assert.deepEqual([epochMs.length, refused?.code], [0, "too-many-steps"], text);
      const { epochMs: some, refused: none } = expand(given, { ...decade, limit: 10 }, 25_000);
      assert.deepEqual([some.length, none], [10, null], text);
    }
  });

  test("[RC20] fits to the step where all that it takes is the times", () => {
    const seconds = series("20260101T000000", "FREQ=SECONDLY");
    const hour = { kind: "between" as const, fromMs: wall("20260101"), toMs: wall("20260101T010000") };
    assert.equal(expand(seconds, hour, 3600).epochMs.length, 3600);
    assert.equal(expand(seconds, hour, 3599).refused?.code, "too-many-steps");
  });

  test("[RC20] keeps what was found before it ran out, where nobody knew", () => {
    const given = series("20260101T000000", "FREQ=HOURLY;INTERVAL=7;BYHOUR=0,7");
    const { epochMs, refused } = expand(given, first(1000), 900);
    assert.equal(refused?.code, "too-many-steps");
    assert.ok(epochMs.length > 20 && epochMs.length < 900, String(epochMs.length));
  });

  const neverTimes: [start: string, rule: string][] = [
    ["20260101", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"],
    ["20260101", "FREQ=YEARLY;INTERVAL=13;BYMONTH=2;BYMONTHDAY=30"],
    ["20260101", "FREQ=MONTHLY;INTERVAL=12;BYMONTH=2"],
    ["20260101", "FREQ=MONTHLY;BYMONTHDAY=30;BYMONTH=2;BYSETPOS=-1"],
    ["20260101", "FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=30;BYSETPOS=1"],
    ["20260101", "FREQ=DAILY;INTERVAL=3;BYMONTH=2;BYMONTHDAY=30"],
    ["20260101", "FREQ=YEARLY;BYWEEKNO=1;BYMONTH=6"],
    ["20260101T000000", "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30"],
    ["20260101T000000", "FREQ=MINUTELY;INTERVAL=7;BYMONTH=2;BYMONTHDAY=30"],
    ["20260101T000000", "FREQ=SECONDLY;INTERVAL=60;BYSECOND=30"],
    ["20260101T000000", "FREQ=SECONDLY;INTERVAL=86460;BYSECOND=30"],
    ["20260101T000000", "FREQ=SECONDLY;BYSETPOS=2"],
    ["20260101T000000", "FREQ=MINUTELY;INTERVAL=90;BYMINUTE=15"],
    ["20260101T000000", "FREQ=HOURLY;INTERVAL=36;BYHOUR=5"],
    ["20260105T000000", "FREQ=HOURLY;INTERVAL=84;BYHOUR=12;BYDAY=MO"],
    ["20260105T000000", "FREQ=HOURLY;INTERVAL=7;BYHOUR=0;BYDAY=TU;BYMONTH=5"],
  ];
  for (const [start, text] of neverTimes) {
    test(`[RC23] is enough to know that ${text} never happens, with COUNT or without, as an event or not`, () => {
      for (const end of ["", ";COUNT=3", ";UNTIL=99991231"]) {
        const given = series(start, text + end);
        const limit = end === "" ? first(2) : first(9);
        assert.deepEqual(expand(given, limit, 100_000), { epochMs: [], localMs: [], refused: null });
        const event = { ...given, includesStart: true };
        assert.deepEqual(expand(event, limit, 100_000).epochMs, [wall(start)]);
      }
    });
  }

  test("[RC25] that several calls share is taken by each as far as it needs it, and what is out is refused", () => {
    const minutes = series("20260101T000000", "FREQ=MINUTELY");
    const hour = { fromMs: wall("20260101"), toMs: wall("20260101T010000") };
    const day = { fromMs: wall("20260101"), toMs: wall("20260102") };
    const budget = { each: 100, left: 150 };
    assert.equal(countOccurrences(minutes, hour, budget).count, 60);
    assert.equal(budget.left, 90);
    const { count, refused } = countOccurrences(minutes, day, budget);
    assert.deepEqual([count, refused?.code, budget.left], [0, "too-many-steps", 90], "known too many takes nothing");
    assert.equal(expand(minutes, { kind: "between", ...hour }, budget).epochMs.length, 60);
    assert.equal(nextOccurrences(minutes, hour.fromMs, 30, budget).epochMs.length, 30);
    assert.equal(budget.left, 0);
    assert.match(expand(minutes, first(1), budget).refused?.message ?? "", /together need too many steps/);
    assert.deepEqual(times({ ...series("20260101"), includesStart: true }, first(1)), "20260101");
    const searching = { each: 5000, left: 1_000_000 };
    const odd = series("20260105T000000", "FREQ=HOURLY;INTERVAL=7;BYHOUR=0;BYMONTH=1;BYMONTHDAY=1;BYWEEKNO=53");
    assert.match(expand(odd, first(1), searching).refused?.message ?? "", /more than 5000 steps/);
    assert.equal(searching.left, 995_000);
  });

  test("[RC21] does not help an endless set that is asked for whole", () => {
    const all: Window = { kind: "from", fromMs: -Infinity, limit: null };
    assert.equal(expand(series("20260101", "FREQ=DAILY"), all).refused?.code, "endless");
    assert.equal(expand(series("20260101", "FREQ=DAILY;COUNT=3"), all).epochMs.length, 3);
    assert.equal(expand(series("20260101", "FREQ=DAILY;UNTIL=20260105"), all).epochMs.length, 5);
  });

  test("[RC14] an all-day series by the hour is refused", () => {
    assert.equal(expand(series("20260101", "FREQ=HOURLY"), first(1)).refused?.code, "sub-daily-date");
  });

  test("[RC22] the years end with 9999", () => {
    assert.equal(times(series("99991230", "FREQ=DAILY"), first(9)), "99991230 99991231");
    assert.equal(times(series("99980615", "FREQ=YEARLY"), first(9)), "99980615 99990615");
    assert.equal(times(series("99991101", "FREQ=MONTHLY"), first(9)), "99991101 99991201");
    assert.equal(times(series("00010101", "FREQ=YEARLY"), { kind: "before", beforeMs: wall("00030101") }), "00020101");
  });

  test("a window that begins nowhere is a mistake of its maker, one that ends nowhere holds nothing", () => {
    const daily = series("20260101", "FREQ=DAILY");
    assert.throws(() => expand(daily, { kind: "from", fromMs: NaN, limit: 3 }), /begins at an instant/);
    for (const beforeMs of [NaN, Infinity, -Infinity]) {
      assert.throws(() => expand(daily, { kind: "before", beforeMs }), /begins at an instant/);
    }
    assert.deepEqual(expand(daily, { kind: "between", fromMs: 0, toMs: NaN }).epochMs, []);
  });

  test("an expansion within another is a mistake of the zone that asks for it, and costs the next one nothing", () => {
    const daily = series("20260101", "FREQ=DAILY");
    const nested: Zone = { ...UTC, toEpochMsAll: () => void expand(daily, first(3)) };
    const failing: Zone = { ...UTC, toEpochMsAll: () => assert.fail("no clock") };
    const days = { fromMs: wall("20260101"), toMs: wall("20260104") };
    assert.throws(() => expand({ ...daily, zone: nested }, first(3)), /expansion within another/);
    assert.throws(() => countOccurrences({ ...daily, zone: nested }, days), /expansion within another/);
    assert.throws(() => expand({ ...daily, zone: failing }, first(3)), /no clock/);
    assert.equal(times(daily, first(3)), "20260101 20260102 20260103");
    assert.equal(countOccurrences(daily, days).count, 3);
  });
});
