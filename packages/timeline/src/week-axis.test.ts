import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { dayNumber } from "@hourwright/time";
import { closedOn, minuteOfMs, msOfMinute, rangeOn, wallMinuteOf, weekAxis } from "./week-axis.ts";
import { anyWeek, clockOf, minutesOfDay } from "./week-testing.ts";

const prague = clockOf("Europe/Prague", 2027);
const SPRING = dayNumber(2027, 3, 22); // Clocks go forward on its last day, Sunday 28 March.
const AUTUMN = dayNumber(2027, 10, 25); // And back on 31 October.
const SUNDAY = 6;

const at = (text: string) => Temporal.Instant.from(text).epochMilliseconds;

describe("the axis of a week", () => {
  test("keeps its 24 hours when an hour is skipped, and that hour is closed on its day alone [TL20]", () => {
    const axis = weekAxis(prague, SPRING, 7);
    assert.equal(axis.minutes, 1_440);
    assert.deepEqual(closedOn(axis, SUNDAY), { fromMinute: 120, toMinute: 180 });
    assert.equal(closedOn(axis, 5), null);
    assert.equal(minuteOfMs(axis, SUNDAY, at("2027-03-28T01:00:00Z")), 180);
  });

  test("has a 25th row for an hour that comes twice, closed on the other days [TL20]", () => {
    const axis = weekAxis(prague, AUTUMN, 7);
    assert.equal(axis.minutes, 1_500);
    assert.equal(closedOn(axis, SUNDAY), null);
    assert.deepEqual(closedOn(axis, 0), { fromMinute: 180, toMinute: 240 });
    assert.equal(minuteOfMs(axis, SUNDAY, at("2027-10-31T00:30:00Z")), 150);
    assert.equal(minuteOfMs(axis, SUNDAY, at("2027-10-31T01:30:00Z")), 210);
    assert.equal(minuteOfMs(axis, 0, at("2027-10-25T02:00:00Z")), 300, "04:00 stands as low as on Sunday");
    assert.equal(wallMinuteOf(axis, 210), 150);
    assert.equal(wallMinuteOf(axis, 300), 240);
  });

  test("is 24 plain hours in any other week, and for a day by itself", () => {
    assert.deepEqual(weekAxis(prague, SPRING - 7, 7).change, null);
    assert.equal(weekAxis(prague, AUTUMN, 1).minutes, 1_440);
  });

  test("gives every minute of every day its own place, in order, and leads back from it [TL21]", () => {
    fc.assert(
      fc.property(anyWeek, ({ zone, clock, firstDay, days }) => {
        const axis = weekAxis(clock, firstDay, days);
        for (let day = 0; day < days; day++) {
          const walked = minutesOfDay(zone, firstDay + day);
          const closed = closedOn(axis, day);
          let before = -1;
          for (const { ms, wall } of walked) {
            const minute = minuteOfMs(axis, day, ms);
            assert.ok(minute > before && minute < axis.minutes);
            assert.ok(closed === null || minute < closed.fromMinute || minute >= closed.toMinute);
            assert.equal(msOfMinute(axis, day, minute), ms);
            assert.equal(wallMinuteOf(axis, minute), wall);
            before = minute;
          }
          const closedMinutes = closed === null ? 0 : closed.toMinute - closed.fromMinute;
          assert.equal(walked.length + closedMinutes, axis.minutes, "what is not a time of the day is closed");
        }
      }),
      { numRuns: 60 },
    );
  });

  test("leads from what is closed to the first instant after it [TL22]", () => {
    const spring = weekAxis(prague, SPRING, 7);
    for (const minute of [120, 150, 179, 180])
      assert.equal(msOfMinute(spring, SUNDAY, minute), at("2027-03-28T01:00:00Z"));
    const autumn = weekAxis(prague, AUTUMN, 7);
    for (const minute of [180, 200, 240]) assert.equal(msOfMinute(autumn, 0, minute), at("2027-10-25T01:00:00Z"));
  });

  test("has of a stretch on each day exactly the minutes that a walk finds there [TL21]", () => {
    fc.assert(
      fc.property(
        anyWeek,
        fc.integer({ min: -1_500, max: 10_000 }),
        fc.integer({ min: 1, max: 2_000 }),
        ({ zone, clock, firstDay, days }, from, minutes) => {
          const axis = weekAxis(clock, firstDay, days);
          const startMs = msOfMinute(axis, 0, 0) + from * 60_000;
          const endMs = startMs + minutes * 60_000;
          for (let day = 0; day < days; day++) {
            const inside = minutesOfDay(zone, firstDay + day).filter(({ ms }) => ms >= startMs && ms < endMs);
            const range = rangeOn(axis, day, startMs, endMs);
            if (inside.length === 0) assert.equal(range, null);
            else
              assert.deepEqual(range, {
                fromMinute: minuteOfMs(axis, day, inside[0]!.ms),
                toMinute: minuteOfMs(axis, day, inside.at(-1)!.ms) + 1,
              });
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
