// Rules RC* are in ../../SPEC.md. Strategy: the examples of the RFC, a table of what libraries dispute, then every rule
// at once against the obvious model, which asks each second of each day; and the clocks against Temporal.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import fc from "fast-check";
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "../civil.ts";
import { obviousInstants, obviousTimes, rules } from "../testing.ts";
import { parseBasicTime, parseWallTime, printBasicTime } from "../wall-time.ts";
import { UTC, findZone } from "../zone.ts";
import { STEPS_MAX, countOccurrences, expand, nextOccurrences, type Window } from "./expand.ts";
import { parseRule } from "./parse-rule.ts";
import { printRule, type Rule } from "./rule.ts";
import type { Series } from "./series.ts";

const wall = (text: string) => (parseBasicTime(text) ?? parseWallTime(text))!.localMs;
const rule = (text: string): Rule => {
  const { rule, refused } = parseRule(text);
  assert.ok(rule !== undefined, `${text}: ${refused?.message ?? ""}`);
  return rule;
};
const series = (start: string, ...rrules: string[]): Series => ({
  startLocalMs: wall(start),
  zone: UTC,
  isDate: start.length === 8,
  rrules: rrules.map(rule),
});
const first = (limit: number, fromMs = -Infinity): Window => ({ kind: "from", fromMs, limit });

function times(given: Series, window: Window): string {
  const { epochMs, refused } = expand(given, window);
  assert.equal(refused, null);
  return epochMs.map((ms) => printBasicTime(given.zone.toLocalMs(ms), given.isDate ? "date" : "local")).join(" ");
}

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

describe("a set of rules and dates", () => {
  test("[RC17] is the union of rules and dates, each instant once, less the excluded", () => {
    const given: Series = {
      ...series("20260101T090000", "FREQ=DAILY;COUNT=3", "FREQ=DAILY;INTERVAL=2;COUNT=3"),
      rdatesMs: [wall("20260110T120000"), wall("20260102T090000"), wall("20260110T120000")],
      exrules: [rule("FREQ=DAILY;COUNT=1")],
      exdatesMs: [wall("20260105T090000")],
    };
    assert.equal(times(given, first(9)), "20260102T090000 20260103T090000 20260110T120000");
  });

  test("[RC17] may consist of dates before its start", () => {
    const given = { ...series("20260105T090000"), rdatesMs: [wall("20260101T090000")], includesStart: true };
    assert.equal(times(given, first(9)), "20260101T090000 20260105T090000");
    assert.equal(times(given, { kind: "before", beforeMs: wall("20260105T090000") }), "20260101T090000");
  });

  test("[RC17] keeps a further date in the second of two equal hours", () => {
    const second = Temporal.Instant.from("2026-10-25T01:30:00Z").epochMilliseconds;
    const given = { ...series("20261024T023000", "FREQ=DAILY;COUNT=2"), zone: findZone("Europe/Berlin")! };
    const { epochMs } = expand({ ...given, rdatesMs: [second] }, first(9));
    assert.deepEqual(epochMs.slice(-2), [second - HOUR_MS, second]);
  });

  test("[RC17] is what the model makes of the times of each part, for any parts, window and limit", () => {
    const from = wall("20260320");
    const to = wall("20260405"); // The clocks of Berlin skip an hour on the 29th.
    const berlin = findZone("Europe/Berlin")!;
    const some = fc.array(rules(["DAILY", "WEEKLY", "HOURLY"]), { maxLength: 3 });
    const dates = fc.array(
      fc.integer({ min: from / HOUR_MS, max: to / HOUR_MS }).map((hour) => hour * HOUR_MS),
      { maxLength: 6 },
    );
    const edges = fc.tuple(fc.nat({ max: 400 }), fc.nat({ max: 400 }), fc.nat({ max: 6 }));
    fc.assert(
      fc.property(some, some, dates, dates, fc.boolean(), edges, (rrules, exrules, more, fewer, starts, edge) => {
        const startLocalMs = from + 2 * HOUR_MS;
        const given = { startLocalMs, zone: berlin, rrules, exrules, rdatesMs: more, exdatesMs: fewer };
        const named = (list: readonly Rule[]) =>
          new Set(list.flatMap((each) => obviousTimes(each, startLocalMs, to + 3 * DAY_MS)));
        const excluded = named(exrules);
        const single = starts ? [...more, berlin.toEpochMs(startLocalMs)] : more;
        const expected = [
          ...[...named(rrules).difference(excluded)].map((ms) => berlin.toEpochMs(ms)),
          ...single.filter((ms) => !excluded.has(berlin.toLocalMs(ms))),
        ].filter((ms) => !fewer.includes(ms));
        const instants = [...new Set(expected)].sort((one, other) => one - other);
        const [low, high, limit] = edge;
        const fromMs = from + low * HOUR_MS;
        const toMs = Math.min(to, fromMs + high * HOUR_MS);
        const set = { ...given, includesStart: starts };
        const between = expand(set, { kind: "between", fromMs, toMs });
        const inWindow = instants.filter((ms) => ms >= fromMs && ms < toMs);
        assert.deepEqual(between.epochMs, inWindow);
        const few = expand(set, { kind: "from", fromMs, limit: Math.min(limit, inWindow.length) });
        // Several rules that never happen are more than one call may search.
        if (few.refused === null) assert.deepEqual(few.epochMs, inWindow.slice(0, limit));
        else assert.equal(few.refused.code, "too-many-steps");
      }),
      { numRuns: 60 },
    );
  });

  test("[RC20] with a rule that never happens still gives the times of the others", () => {
    for (const never of ["WEEKLY;BYWEEKNO=1;BYMONTH=2;BYSETPOS=1", "DAILY;BYMONTH=2;BYMONTHDAY=30"]) {
      const { epochMs, refused } = expand(series("20260101", `FREQ=${never}`, "FREQ=YEARLY;BYMONTH=4"), first(2));
      assert.deepEqual([epochMs.length, refused], [2, null]);
    }
  });

  test("[RC18] with too many rules is refused", () => {
    const { refused } = expand(series("20260101", ...Array.from({ length: 65 }, () => "FREQ=DAILY")), first(1));
    assert.equal(refused?.code, "too-many-rules");
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

describe("any rule", () => {
  const starts = fc.integer({ min: wall("19990101") / 1000, max: wall("20021231") / 1000 });
  /** How far the model is asked to look for each frequency: it looks at every candidate second. */
  const reach: Record<Rule["frequency"], number> = {
    SECONDLY: 3 * HOUR_MS,
    MINUTELY: 2 * DAY_MS,
    HOURLY: 40 * DAY_MS,
    DAILY: 500 * DAY_MS,
    WEEKLY: 900 * DAY_MS,
    MONTHLY: 1200 * DAY_MS,
    YEARLY: 2500 * DAY_MS,
  };
  const ends = fc.oneof(
    { arbitrary: fc.constant(null), weight: 2 },
    { arbitrary: fc.integer({ min: 1, max: 12 }), weight: 1 },
    { arbitrary: fc.double({ min: 0, max: 1, noNaN: true }), weight: 1 },
  );
  const parts = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }));

  for (const frequency of Object.keys(reach) as Rule["frequency"][]) {
    test(`[RC1] of FREQ=${frequency} names what the obvious model names, in any window`, () => {
      fc.assert(
        fc.property(rules([frequency]), starts, ends, parts, (plain, second, end, [low, high]) => {
          const startLocalMs = second * 1000;
          const lengthMs = reach[frequency];
          const until = { form: "local" as const, localMs: startLocalMs + Math.floor((end ?? 0) * lengthMs) };
          const isCount = end !== null && Number.isInteger(end) && end > 0;
          const given: Rule = isCount ? { ...plain, count: end } : end === null ? plain : { ...plain, until };
          const expected = obviousTimes(given, startLocalMs, startLocalMs + lengthMs);
          const whole = { startLocalMs, zone: UTC, rrules: [given] };
          const at = (part: number) => startLocalMs + Math.floor((part * lengthMs) / SECOND_MS) * SECOND_MS;
          const [fromMs, toMs] = [at(Math.min(low, high)), at(Math.max(low, high))];
          const inWindow = expected.filter((ms) => ms >= fromMs && ms < toMs);

          const between = expand(whole, { kind: "between", fromMs, toMs });
          assert.deepEqual(between, { epochMs: inWindow, localMs: inWindow, refused: null }, printRule(given));
          assert.deepEqual(countOccurrences(whole, { fromMs, toMs }), { count: inWindow.length, refused: null });
          const before = expand(whole, { kind: "before", beforeMs: toMs });
          assert.deepEqual(before.epochMs, expected.filter((ms) => ms < toMs).slice(-1), printRule(given));
          if (inWindow.length > 0) {
            const some = nextOccurrences(whole, fromMs, inWindow.length);
            assert.deepEqual(some.epochMs, inWindow, printRule(given));
          }
        }),
        { numRuns: frequency === "SECONDLY" ? 10 : 60 }, // The model looks at 86,400 seconds a day.
      );
    });
  }

  for (const year of ["1894", "1994", "2094"]) {
    test(`[RC1] that counts within years does so from ${year} on, where leap years are not always the fourth`, () => {
      const startLocalMs = wall(`${year}0101T090000`);
      const endLocalMs = startLocalMs + 12 * 366 * DAY_MS;
      for (const text of ["BYWEEKNO=1,53,-1,-53;BYDAY=MO,SU", "BYYEARDAY=60,366,-366,-307", "BYDAY=53MO,-53SU,9TH"]) {
        const yearly = rule(`FREQ=YEARLY;${text}`);
        const { epochMs } = expand(
          { startLocalMs, zone: UTC, rrules: [yearly] },
          { kind: "between", fromMs: startLocalMs, toMs: endLocalMs },
        );
        assert.deepEqual(epochMs, obviousTimes(yearly, startLocalMs, endLocalMs), text);
      }
    });
  }

  test("[RC19] costs as little four centuries away, on the same weekdays, as near its start", () => {
    fc.assert(
      fc.property(rules(), (plain) => {
        const whole = { startLocalMs: wall("20000101T090000"), zone: UTC, rrules: [plain] };
        const week = (year: string) => wall(`${year}0301`);
        const stepsFor = (year: string) => {
          const fromMs = week(year);
          for (let steps = 64; ; steps *= 2) {
            const { refused } = expand(whole, { kind: "between", fromMs, toMs: fromMs + HOUR_MS }, steps);
            if (refused === null) return steps;
          }
        };
        assert.ok(stepsFor("2400") <= 2 * stepsFor("2000") + 64, printRule(plain));
      }),
      { numRuns: 100 },
    );
  });
});

describe("a budget", () => {
  test("[RC20] ends what would never end, with a typed refusal", () => {
    const seconds = series("20260101T000000", "FREQ=SECONDLY");
    const year = { kind: "between" as const, fromMs: wall("20260101"), toMs: wall("20270101") };
    assert.equal(expand(seconds, year).refused?.code, "too-many-steps");
    assert.equal(countOccurrences(seconds, year).refused?.code, "too-many-steps");
    const never = series("20260101T000000", "FREQ=SECONDLY;INTERVAL=86460;BYSECOND=30");
    assert.equal(expand(never, first(1)).refused?.code, "too-many-steps");
    const huge = series("20260101T000000", "FREQ=MONTHLY;BYDAY=MO;COUNT=9999999999");
    assert.equal(
      expand(huge, { kind: "from", fromMs: wall("99980101"), limit: 1 }, 1000).refused?.code,
      "too-many-steps",
    );
  });

  test("[RC20] is enough for a rule that never happens, up to the year 9999", () => {
    const never = expand(series("20260101", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), first(1), STEPS_MAX);
    assert.deepEqual(never, { epochMs: [], localMs: [], refused: null });
    const noTime = expand(series("20260101T000000", "FREQ=SECONDLY;INTERVAL=60;BYSECOND=30"), first(1), 1);
    assert.deepEqual(noTime, { epochMs: [], localMs: [], refused: null });
  });

  test("[RC20] keeps what was found before it ran out", () => {
    const { epochMs, refused } = expand(series("20260101T000000", "FREQ=DAILY"), first(100), 50);
    assert.equal(refused?.code, "too-many-steps");
    assert.ok(epochMs.length > 30 && epochMs.length < 60);
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
});
