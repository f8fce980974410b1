// Rules WH* are in ../SPEC.md. Strategy: nights across a change of clocks by hand; then the model, which asks Temporal of
// every quarter of an hour whether it is worked.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { DAY_MS, HOUR_MS, MINUTE_MS, dayNumber } from "./civil.ts";
import { interval, isNormal } from "./interval.ts";
import { addWorkingTime, workingIntervals, workingMsBetween, type DaySpan, type WorkingHours } from "./working-time.ts";
import { findZone } from "./zone.ts";

const berlin = findZone("Europe/Berlin")!;
const instant = (text: string) => Temporal.ZonedDateTime.from(`${text}[Europe/Berlin]`).epochMilliseconds;
const span = (from: number, to: number): DaySpan => ({ fromMs: from * HOUR_MS, toMs: to * HOUR_MS });
const office: WorkingHours = {
  zone: berlin,
  week: [...Array.from({ length: 5 }, () => [span(9, 12), span(13, 17)]), [], []],
};
const nights: WorkingHours = { zone: berlin, week: Array.from({ length: 7 }, () => [span(22, 30)]) };

describe("working time", () => {
  test("[WH1] is told by the wall: hours, weekends and days off", () => {
    const off = { ...office, daysOff: new Set([dayNumber(2026, 4, 6)]) }; // Easter Monday.
    const days = interval(instant("2026-04-03T10:00"), instant("2026-04-07T10:00"));
    assert.deepEqual(workingIntervals(off, days), [
      interval(instant("2026-04-03T10:00"), instant("2026-04-03T12:00")),
      interval(instant("2026-04-03T13:00"), instant("2026-04-03T17:00")),
      interval(instant("2026-04-07T09:00"), instant("2026-04-07T10:00")),
    ]);
  });

  test("[WH2] of a night in which the clocks change is as long as it really is", () => {
    const night = (date: string, next: string) => interval(instant(`${date}T20:00`), instant(`${next}T08:00`));
    assert.equal(workingMsBetween(nights, night("2026-03-28", "2026-03-29")), 7 * HOUR_MS);
    assert.equal(workingMsBetween(nights, night("2026-10-24", "2026-10-25")), 9 * HOUR_MS);
    assert.equal(workingMsBetween(nights, night("2026-06-24", "2026-06-25")), 8 * HOUR_MS);
  });

  test("[WH3] is added across evenings and weekends", () => {
    const friday = instant("2026-03-27T16:00");
    assert.equal(addWorkingTime(office, friday, HOUR_MS), instant("2026-03-27T17:00"));
    assert.equal(addWorkingTime(office, friday, 2 * HOUR_MS), instant("2026-03-30T10:00"));
    assert.equal(addWorkingTime(office, instant("2026-03-28T16:00"), 0), instant("2026-03-30T09:00"));
    assert.equal(addWorkingTime({ zone: berlin, week: [] }, friday, 1), null);
    assert.throws(() => addWorkingTime(office, friday, -1), /is added/);
  });

  test("[WH1] [WH2] [WH3] is what asking every quarter of an hour finds, and adding undoes counting", () => {
    const spans = fc.array(
      fc.tuple(fc.nat({ max: 95 }), fc.integer({ min: 1, max: 90 })).map(([from, length]) => ({
        fromMs: from * 15 * MINUTE_MS,
        toMs: (from + length) * 15 * MINUTE_MS,
      })),
      { maxLength: 2 },
    );
    const weeks = fc.array(spans, { minLength: 7, maxLength: 7 });
    const zones = fc.constantFrom("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata");
    const starts = fc.integer({
      min: instant("2026-03-01T00:00") / 900_000,
      max: instant("2026-11-09T00:00") / 900_000,
    });
    fc.assert(
      fc.property(weeks, zones, starts, fc.integer({ min: 1, max: 700 }), (week, id, quarter, length) => {
        const hours: WorkingHours = { zone: findZone(id)!, week };
        const fromMs = quarter * 900_000;
        const worked: number[] = [];
        for (let i = 0; i < length; i++)
          if (isWorked(hours, id, fromMs + i * 900_000)) worked.push(fromMs + i * 900_000);
        const asked = interval(fromMs, fromMs + length * 900_000);
        const found = workingIntervals(hours, asked);
        assert.ok(isNormal(found));
        const quarters = found.flatMap(({ startMs, endMs }) =>
          Array.from({ length: (endMs - startMs) / 900_000 }, (_, i) => startMs + i * 900_000),
        );
        assert.deepEqual(quarters, worked);
        if (worked.length === 0) return;
        const totalMs = workingMsBetween(hours, asked);
        assert.equal(addWorkingTime(hours, fromMs, totalMs), worked.at(-1)! + 900_000);
      }),
      { numRuns: 150 },
    );
  });

  /** A quarter lies in a span when Temporal has the span begin before it ends and end after it begins. */
  function isWorked({ week }: WorkingHours, id: string, atMs: number): boolean {
    const today = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(id).toPlainDate();
    return [-2, -1, 0, 1].some((days) => {
      const date = today.add({ days });
      const at = (ms: number) => {
        const plain = date.add({ days: Math.floor(ms / DAY_MS) }).toPlainDateTime();
        return plain.add({ minutes: (ms % DAY_MS) / MINUTE_MS }).toZonedDateTime(id).epochMilliseconds;
      };
      return week[date.dayOfWeek - 1]!.some(({ fromMs, toMs }) => at(fromMs) <= atMs && atMs < at(toMs));
    });
  }
});
