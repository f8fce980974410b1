// Rules RC* are in ../../SPEC.md. Strategy: the examples of the RFC, a table of what libraries dispute, and the clocks
// against Temporal. Beside it: any-rule.test.ts has the obvious model, expand-set.test.ts several rules and dates,
// expand-budget.test.ts what is refused.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import fc from "fast-check";
import { DAY_MS, MINUTE_MS } from "../civil.ts";
import { obviousInstants, obviousTimes } from "../testing.ts";
import { printBasicTime } from "../wall-time.ts";
import { findZone } from "../zone.ts";
import { expand } from "./expand.ts";
import type { Series } from "./series.ts";
import { first, rule, series, times, wall } from "./testing.ts";

describe("the examples of RFC 5545", () => {
  const lines = readFileSync(new URL("../../fixtures/rfc5545-examples.txt", import.meta.url), "utf8").split("\n");
  for (const line of lines.filter((text) => text !== "" && !text.startsWith("#"))) {
    const [start, text, count, expected] = line.split(" | ") as [string, string, string, string];
    test(`[RC1] ${text} from ${start}`, () => {
      const given = { ...series(start, text), zone: findZone("America/New_York")! };
      const found = times(given, first(Number(count) + (given.rrules![0]!.until === null ? 0 : 5))).split(" ");
      assert.equal(found.length, Number(count));
      assert.equal(`${found[0]} ${found[1]} .. ${found.at(-1)}`, expected);
    });
  }
});

describe("what libraries dispute", () => {
  const table: [name: string, start: string, rule: string, expected: string][] = [
    [
      "[RC5] an off-rule DTSTART is no occurrence of the rule",
      "19970902T090000",
      "FREQ=DAILY;COUNT=2;BYHOUR=6",
      "19970903T060000 19970904T060000",
    ],
    [
      "[RC7] BYWEEKNO alone means the weekday of DTSTART",
      "20130101",
      "FREQ=YEARLY;BYWEEKNO=1,2;COUNT=4",
      "20130101 20130108 20131231 20140107",
    ],
    [
      "[RC8] years of numbered weeks are week-years, also for INTERVAL",
      "20100102",
      "FREQ=YEARLY;BYWEEKNO=53;BYDAY=TU,SA;INTERVAL=6;COUNT=3",
      "20100102 20151229 20160102",
    ],
    [
      "[RC9] BYMONTHDAY with YEARLY is of every month",
      "20140430",
      "FREQ=YEARLY;BYMONTHDAY=-1;COUNT=3",
      "20140430 20140531 20140630",
    ],
    [
      "[RC10] a year day that does not exist does not occur",
      "20010101",
      "FREQ=YEARLY;BYYEARDAY=-366;COUNT=2",
      "20040101 20080101",
    ],
    [
      "[RC11] BYSETPOS counts the whole period, before DTSTART too",
      "19970902T090000",
      "FREQ=YEARLY;COUNT=2;BYSETPOS=3,-3;BYMONTHDAY=15;BYHOUR=6,18",
      "19971115T180000 19980215T060000",
    ],
    [
      "[RC11] BYSETPOS is applied in order of time, whatever its own",
      "20241023T154000",
      "FREQ=HOURLY;BYMINUTE=0,10,20,30,40,50;BYSETPOS=-2,3;INTERVAL=2;COUNT=3",
      "20241023T154000 20241023T172000 20241023T174000",
    ],
    [
      "[RC12] ordinals below MONTHLY are ignored",
      "19970902T090000",
      "FREQ=WEEKLY;COUNT=2;BYDAY=1TU,-1TH",
      "19970902T090000 19970904T090000",
    ],
    [
      "[RC13] a DATE as UNTIL takes in its whole day",
      "20260101T090000",
      "FREQ=DAILY;UNTIL=20260102",
      "20260101T090000 20260102T090000",
    ],
    [
      "[RC13] a time as UNTIL of an all-day series means its date",
      "20260101",
      "FREQ=DAILY;UNTIL=20260102T000000Z",
      "20260101 20260102",
    ],
    [
      "[RC14] BYHOUR means nothing to an all-day series",
      "20260101",
      "FREQ=DAILY;BYHOUR=9,10;COUNT=2",
      "20260101 20260102",
    ],
    [
      "[RC15] SKIP=FORWARD moves 31 April to 1 May",
      "20260131",
      "RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=FORWARD;COUNT=4",
      "20260131 20260301 20260331 20260501",
    ],
    [
      "[RC15] SKIP=BACKWARD moves it to 30 April",
      "20260131",
      "RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD;COUNT=4",
      "20260131 20260228 20260331 20260430",
    ],
    [
      "[RC15] a day that SKIP hands to two months occurs once",
      "20260131",
      "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=1,31;SKIP=FORWARD;COUNT=4",
      "20260131 20260201 20260301 20260331",
    ],
    [
      "[RC15] SKIP moves a leap day as well",
      "20240229",
      "RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=BACKWARD;COUNT=3",
      "20240229 20250228 20260228",
    ],
    [
      "[RC16] COUNT and UNTIL both hold when both are given",
      "20260101",
      "FREQ=DAILY;COUNT=5;UNTIL=20260102",
      "20260101 20260102",
    ],
  ];
  for (const [name, start, text, expected] of table) {
    test(name, () => assert.equal(times(series(start, text), first(9)), expected));
  }

  test("[RC6] an event's DTSTART always happens, and is the first of COUNT", () => {
    const offRule = { ...series("20260101T090000", "FREQ=WEEKLY;BYDAY=MO;COUNT=3"), includesStart: true };
    assert.equal(times(offRule, first(9)), "20260101T090000 20260105T090000 20260112T090000");
    const onRule = { ...series("20260105T090000", "FREQ=WEEKLY;BYDAY=MO;COUNT=3"), includesStart: true };
    assert.equal(times(onRule, first(9)), "20260105T090000 20260112T090000 20260119T090000");
  });
});

describe("the clocks", () => {
  const berlin = findZone("Europe/Berlin")!;
  const local = (start: string, ...rrules: string[]): Series => ({ ...series(start, ...rrules), zone: berlin });

  test("[RC2] a daily 02:30 happens at 03:30 on the night of the gap, and once on the night of the fold", () => {
    const spring = expand(local("20260328T023000", "FREQ=DAILY;COUNT=3"), first(3));
    assert.deepEqual(
      spring.epochMs.map((ms) => printBasicTime(ms, "utc")),
      ["20260328T013000Z", "20260329T013000Z", "20260330T003000Z"],
    );
    assert.equal(printBasicTime(spring.localMs[1]!, "local"), "20260329T023000", "its name stays what the rule says");
    const autumn = times(local("20261024T023000", "FREQ=DAILY;COUNT=3"), first(3));
    assert.equal(autumn, "20261024T023000 20261025T023000 20261026T023000");
  });

  test("[RC3] wall times that become one instant in a gap happen once, in order of instants", () => {
    const given = local("20260329T010000", "FREQ=MINUTELY;INTERVAL=30;COUNT=8");
    assert.equal(
      times(given, first(9)),
      "20260329T010000 20260329T013000 20260329T030000 20260329T033000 20260329T040000 20260329T043000",
    );
    assert.equal(times(given, first(3)), "20260329T010000 20260329T013000 20260329T030000");
  });

  test("[RC4] UNTIL in UTC is an instant, without zone a wall time", () => {
    assert.equal(times(local("20260601T090000", "FREQ=DAILY;UNTIL=20260602T065959Z"), first(9)), "20260601T090000");
    assert.equal(times(local("20260601T090000", "FREQ=DAILY;UNTIL=20260602T070000Z"), first(9)).split(" ").length, 2);
    assert.equal(times(local("20260601T090000", "FREQ=DAILY;UNTIL=20260602T090000"), first(9)).split(" ").length, 2);
    const inGap = local("20260328T023000", "FREQ=DAILY;UNTIL=20260329T011000Z");
    assert.equal(times(inGap, first(9)), "20260328T023000", "03:30 is later than 03:10 though 02:30 is not");
  });

  test("[RC2] every daily, hourly and weekly series agrees with Temporal over a year of any zone", () => {
    const zones = fc.constantFrom(
      "Europe/Berlin",
      "America/New_York",
      "Australia/Lord_Howe",
      "Pacific/Apia",
      "Africa/Casablanca",
      "Asia/Tehran",
    );
    const texts = fc.constantFrom(
      "FREQ=DAILY",
      "FREQ=HOURLY;INTERVAL=5",
      "FREQ=WEEKLY;BYDAY=SU,FR",
      "FREQ=DAILY;BYHOUR=0,1,2,3;BYMINUTE=0,30",
    );
    const starts = fc.integer({ min: wall("20110101") / MINUTE_MS, max: wall("20120101") / MINUTE_MS });
    fc.assert(
      fc.property(zones, texts, starts, (id, text, minute) => {
        const startLocalMs = minute * MINUTE_MS;
        const zone = findZone(id)!;
        const window = {
          kind: "between" as const,
          fromMs: startLocalMs - 2 * DAY_MS,
          toMs: startLocalMs + 300 * DAY_MS,
        };
        const named = obviousTimes(rule(text), startLocalMs, startLocalMs + 303 * DAY_MS);
        const expected = obviousInstants(named, id).filter((ms) => ms >= window.fromMs && ms < window.toMs);
        assert.deepEqual(expand({ startLocalMs, zone, rrules: [rule(text)] }, window).epochMs, expected);
      }),
      { numRuns: 25 },
    );
  });
});
