// Strategy: a table of what moves do to one person's days, then any days of any people against a count of every minute.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { THRESHOLDS } from "@hourwright/capacity";
import { normalise, type Interval } from "@hourwright/time";
import { effectOf, monthsOf, type Measure, type Occupied } from "./effect.ts";
import { strainByCounting } from "./testing.ts";

const ZONE = "Europe/Prague";
const HOUR_MS = 3_600_000;
const msOf = (wall: string): number =>
  Temporal.PlainDateTime.from(wall).toZonedDateTime(ZONE).toInstant().epochMilliseconds;
const span = (from: string, to: string): Interval => ({ startMs: msOf(from), endMs: msOf(to) });
const occupied = (commitment: string, { startMs, endMs }: Interval): Occupied => ({
  source: "calendars",
  commitment,
  occurrence: "",
  startMs,
  endMs,
});
const columnsOf = (list: readonly Interval[]) => ({
  startMs: Float64Array.from(list, ({ startMs }) => startMs),
  endMs: Float64Array.from(list, ({ endMs }) => endMs),
});
const measureOf = (spans: readonly Interval[]): Measure => ({
  months: monthsOf(spans, ZONE),
  thresholds: THRESHOLDS,
  focusMinutes: 60,
});

describe("the effect of moves", () => {
  const [monday, tuesday] = [
    span("2027-03-15T09:00", "2027-03-15T17:00"),
    span("2027-03-16T09:00", "2027-03-16T17:00"),
  ];
  const long = occupied("long", span("2027-03-15T09:00", "2027-03-15T16:30"));
  const short = occupied("short", span("2027-03-15T16:00", "2027-03-15T17:00"));
  const person = { open: columnsOf([monday, tuesday]), taken: [long, short] };
  const measure = measureOf([monday]);

  test("takes a day from over its limit, and costs focus time where it goes", () => {
    const moved = { ...short, ...span("2027-03-16T10:00", "2027-03-16T11:00") };
    assert.deepEqual(effectOf([person], [[moved]], measure), {
      before: { overDays: 1, focusMinutes: 480 },
      after: { overDays: 0, focusMinutes: 420 },
      steps: [{ overDays: -1, focusMinutes: -60 }],
    });
  });

  test("is that of each step after those before it, and of no step for what is not theirs", () => {
    const away = { ...long, ...span("2027-03-16T09:30", "2027-03-16T17:00") };
    const back = { ...long, ...span("2027-03-15T09:00", "2027-03-15T16:30") };
    const { before, after, steps } = effectOf([person], [[away], [occupied("other", monday)], [back]], measure);
    assert.deepEqual(after, before);
    assert.deepEqual(steps, [
      { overDays: -1, focusMinutes: -60 },
      { overDays: 0, focusMinutes: 0 },
      { overDays: 1, focusMinutes: 60 },
    ]);
  });

  test("counts a day for each person whose it is", () => {
    const moved = { ...short, ...span("2027-03-16T10:00", "2027-03-16T11:00") };
    const { before, after } = effectOf([person, person], [[moved]], measure);
    assert.deepEqual([before.overDays, after.overDays, before.focusMinutes], [2, 0, 960]);
  });

  test("is looked for in the months that are touched, by the zone's clocks, each once", () => {
    const starts = (spans: readonly Interval[]) =>
      monthsOf(spans, ZONE).map(({ startsMs }) => [
        Temporal.Instant.fromEpochMilliseconds(startsMs[0]!).toZonedDateTimeISO(ZONE).toPlainDateTime().toString(),
        startsMs.length - 1,
      ]);
    assert.deepEqual(starts([span("2027-03-31T23:30", "2027-04-01T00:00"), tuesday]), [["2027-03-01T00:00:00", 31]]);
    assert.deepEqual(starts([span("2027-12-31T23:30", "2028-02-01T00:30"), tuesday]), [
      ["2027-03-01T00:00:00", 31],
      ["2027-12-01T00:00:00", 31],
      ["2028-01-01T00:00:00", 31],
      ["2028-02-01T00:00:00", 29],
    ]);
  });

  test("is a count of every minute, before and after, for anybody's days", () => {
    const from = msOf("2027-03-22T00:00"); // The clocks change on the 28th.
    const minute = fc.integer({ min: 0, max: 12 * 1440 }).map((each) => from + each * 60_000);
    const stretch = fc
      .tuple(minute, fc.integer({ min: 1, max: 10 * 60 }))
      .map(([startMs, minutes]) => ({ startMs, endMs: startMs + minutes * 60_000 }));
    const anyPerson = fc.record({
      open: fc.array(stretch, { maxLength: 8 }).map((list) => normalise(list)),
      taken: fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), stretch), { maxLength: 10 }),
    });
    const anySteps = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), stretch), { maxLength: 4 });
    fc.assert(
      fc.property(fc.array(anyPerson, { minLength: 1, maxLength: 2 }), anySteps, (people, steps) => {
        const measure = measureOf([{ startMs: from, endMs: from + 12 * 24 * HOUR_MS }]);
        const named = people.map(({ open, taken }) => ({
          open,
          taken: taken.map(([name, each]) => occupied(String(name), each)),
        }));
        const moves = steps.map(([name, to]) => [occupied(String(name), to)]);
        const effect = effectOf(
          named.map(({ open, taken }) => ({ open: columnsOf(open), taken })),
          moves,
          measure,
        );
        const last = new Map(moves.flat().map((move) => [move.commitment, move]));
        const moved = named.map(({ open, taken }) => ({
          open,
          taken: taken.map((each) => last.get(each.commitment) ?? each),
        }));
        for (const [state, expected] of [
          [named, effect.before],
          [moved, effect.after],
        ] as const) {
          const counted = state.map((each) => strainByCounting(each, measure));
          assert.equal(
            expected.overDays,
            counted.reduce((sum, { overDays }) => sum + overDays, 0),
          );
          assert.equal(
            expected.focusMinutes,
            counted.reduce((sum, { focusMinutes }) => sum + focusMinutes, 0),
          );
        }
        const changed = effect.steps.reduce((sum, { focusMinutes }) => sum + focusMinutes, effect.before.focusMinutes);
        assert.equal(changed, effect.after.focusMinutes);
      }),
      { numRuns: 30 },
    );
  });
});
