// Rules RC* are in ../../SPEC.md. Strategy: every rule at once against the obvious model, which asks each second of each day.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { DAY_MS, HOUR_MS, SECOND_MS } from "../civil.ts";
import { obviousTimes, rules } from "../testing.ts";
import { UTC } from "../zone.ts";
import type { Cursor } from "./cursor.ts";
import { STEPS_MAX, countOccurrences, expand, nextOccurrences } from "./expand.ts";
import { printRule, type Rule } from "./rule.ts";
import { openSeries } from "./series.ts";
import { rule, wall } from "./testing.ts";

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

  test("[RC20] says no more than is true of how many are to come, and stands where it stood", () => {
    const edges = fc.tuple(fc.nat({ max: 400 }), fc.nat({ max: 400 }), fc.nat({ max: 300 }));
    const counts = fc.option(fc.integer({ min: 1, max: 3000 }));
    const steps = fc.constantFrom(1, 1, 2, 7, 20, 60, 90);
    fc.assert(
      fc.property(rules(), steps, starts, counts, edges, (plain, interval, second, count, [low, high, most]) => {
        const startLocalMs = second * 1000;
        const whole = { startLocalMs, zone: UTC, rrules: [{ ...plain, interval, count }] };
        const fromLocalMs = startLocalMs + (low * reach[plain.frequency]) / 400;
        const window = { fromLocalMs, endLocalMs: fromLocalMs + (high * reach[plain.frequency]) / 40 };
        const taken = (cursor: Cursor) => {
          const into: number[] = [];
          cursor.write(into, 0, 200_000); // More than the longest window has seconds.
          return into;
        };
        const all = taken(openSeries(whole, window, { left: STEPS_MAX }));
        const budget = { left: STEPS_MAX };
        const cursor = openSeries(whole, window, budget);
        const stepsLeft = budget.left;
        const least = cursor.ahead(most);
        assert.ok(least <= all.length, `${printRule(whole.rrules[0]!)}: ${least} of ${all.length}`);
        assert.equal(budget.left, stepsLeft);
        assert.deepEqual(taken(cursor), all);
      }),
      { numRuns: 300 },
    );
  });

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
