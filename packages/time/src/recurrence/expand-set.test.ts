// Rules RC* are in ../../SPEC.md. Strategy: what each part of a set is for, then any parts, window and limit against the
// union and difference of what the obvious model gives for each rule.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { DAY_MS, HOUR_MS } from "../civil.ts";
import { obviousTimes, rules } from "../testing.ts";
import { UTC, findZone } from "../zone.ts";
import { expand } from "./expand.ts";
import { printRule, type Rule } from "./rule.ts";
import type { Series } from "./series.ts";
import { first, rule, series, times, wall } from "./testing.ts";

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
        // A rule of which no part alone says that it never happens is more than one call may search.
        if (few.refused === null) assert.deepEqual(few.epochMs, inWindow.slice(0, limit));
        else assert.equal(few.refused.code, "too-many-steps");
      }),
      { numRuns: 60 },
    );
  });

  test("[RC24] costs by what it names, not by what an EXRULE excludes, and a century away the same", () => {
    const year = (from: string) => ({ kind: "between" as const, fromMs: wall(from), toMs: wall(from) + 365 * DAY_MS });
    const table: [exrule: string, left: number][] = [
      ["FREQ=SECONDLY", 0],
      ["FREQ=SECONDLY;INTERVAL=7;BYDAY=MO,TU,WE,TH,FR,SA,SU", 365 - 52],
      ["FREQ=SECONDLY;BYSECOND=1", 365],
      ["FREQ=MINUTELY", 0],
      ["FREQ=MINUTELY;BYHOUR=8,9;BYDAY=MO,TU,WE,TH,FR,SA,SU", 0],
      ["FREQ=MINUTELY;BYHOUR=10", 365],
      ["FREQ=HOURLY", 0],
    ];
    for (const [exrule, left] of table) {
      const given = { ...series("20260101T090000", "FREQ=DAILY"), exrules: [rule(exrule)] };
      for (const from of ["20260101", "21260101", "23260101"]) {
        const { epochMs, refused } = expand(given, year(from), 365 * 40);
        assert.equal(refused, null, `${exrule} ${from}`);
        // The step of seven seconds meets 09:00:00 every seventh day.
        assert.ok(Math.abs(epochMs.length - left) <= 1, `${exrule} ${from}: ${epochMs.length}`);
      }
    }
  });

  test("[RC17] [RC24] is without what EXRULEs of any kind name, be they denser than its rules or not", () => {
    const end = fc.option(fc.integer({ min: 1, max: 300 }));
    const steps = fc.constantFrom(1, 2, 7, 15, 30, 45, 60, 90, 1440);
    const main = rule("FREQ=MINUTELY;INTERVAL=13;BYSECOND=0,20");
    const startLocalMs = wall("20260228T060000");
    const endLocalMs = startLocalMs + DAY_MS;
    const named = obviousTimes(main, startLocalMs, endLocalMs);
    fc.assert(
      fc.property(rules(), rules(["SECONDLY", "MINUTELY", "HOURLY"]), steps, end, (coarse, fine, interval, count) => {
        const exrules = [
          { ...coarse, interval: 1 },
          { ...fine, interval, count },
        ];
        const excluded = new Set(exrules.flatMap((each) => obviousTimes(each, startLocalMs, endLocalMs)));
        const given = { startLocalMs, zone: UTC, rrules: [main], exrules };
        const { epochMs } = expand(given, { kind: "between", fromMs: startLocalMs, toMs: endLocalMs });
        assert.deepEqual(
          epochMs,
          named.filter((ms) => !excluded.has(ms)),
          exrules.map(printRule).join(" "),
        );
      }),
      { numRuns: 30 },
    );
  });

  test("[RC23] with a rule that never happens still gives the times of the others", () => {
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
