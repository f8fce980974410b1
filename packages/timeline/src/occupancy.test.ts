import { dayNumber } from "@hourwright/time";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";

import { BARCODE, occupancy, QUARTERS_PER_DAY, ticksOfDay, type Stretches, type WallClock } from "./occupancy.ts";
import { occupancyByWalking } from "./testing.ts";

/** Prague in 2027: summer time from 28 March 01:00Z to 31 October 01:00Z. */
const PRAGUE: WallClock = {
  fromMs: ["2026-10-25T01:00Z", "2027-03-28T01:00Z", "2027-10-31T01:00Z"].map(ms),
  offsetMs: [3_600_000, 7_200_000, 3_600_000],
};

function ms(instant: string): number {
  return Temporal.Instant.from(instant).epochMilliseconds;
}

function stretches(...pairs: [string, string][]): Stretches {
  return {
    startMs: Float64Array.from(pairs, ([start]) => ms(start)),
    endMs: Float64Array.from(pairs, ([, end]) => ms(end)),
  };
}

function touchedOn(table: ReturnType<typeof occupancy>, day: number): number[] {
  const cells = [...table.touched.subarray(day * QUARTERS_PER_DAY, (day + 1) * QUARTERS_PER_DAY)];
  return cells.flatMap((count, quarter) => (count > 0 ? [quarter] : []));
}

describe("occupancy", () => {
  test("touches every quarter that shares time, and no other [TL6]", () => {
    const march25 = dayNumber(2027, 3, 25);
    const table = occupancy(stretches(["2027-03-25T09:10+01:00", "2027-03-25T09:31+01:00"]), PRAGUE, march25, 1);
    assert.deepEqual(touchedOn(table, 0), [36, 37, 38]);
    const exact = occupancy(stretches(["2027-03-25T09:15+01:00", "2027-03-25T09:30+01:00"]), PRAGUE, march25, 1);
    assert.deepEqual(touchedOn(exact, 0), [37]);
  });

  test("skips the hour that a zone skips and counts the hour it repeats once [TL7]", () => {
    const march28 = dayNumber(2027, 3, 28);
    const spring = occupancy(stretches(["2027-03-28T00:30Z", "2027-03-28T01:30Z"]), PRAGUE, march28, 1);
    assert.deepEqual(touchedOn(spring, 0), [6, 7, 12, 13]); // 01:30–02:00, then 03:00–03:30.
    const october31 = dayNumber(2027, 10, 31);
    const autumn = occupancy(stretches(["2027-10-31T00:00Z", "2027-10-31T02:00Z"]), PRAGUE, october31, 1);
    assert.deepEqual(touchedOn(autumn, 0), [8, 9, 10, 11]); // 02:00–03:00, twice.
    assert.equal(Math.max(...autumn.touched), 1);
  });

  test("cuts what sticks out of the table", () => {
    const table = occupancy(stretches(["2026-12-30T00:00Z", "2028-02-01T00:00Z"]), PRAGUE, dayNumber(2027, 1, 1), 365);
    const untouched = [...table.touched].flatMap((count, cell) => (count === 1 ? [] : [cell]));
    const march28 = dayNumber(2027, 3, 28) - dayNumber(2027, 1, 1);
    const skipped = [8, 9, 10, 11].map((quarter) => march28 * QUARTERS_PER_DAY + quarter);
    assert.deepEqual(untouched, skipped); // The hour that the year does not have.
  });

  test("gives a quarter to the first stretch that touches it, and the rest to the next [TL8]", () => {
    const day = dayNumber(2027, 3, 25);
    const table = occupancy(
      stretches(["2027-03-25T08:00Z", "2027-03-25T09:00Z"], ["2027-03-25T08:30Z", "2027-03-25T10:00Z"]),
      PRAGUE,
      day,
      1,
    );
    assert.deepEqual(ticksOfDay(table, 0, BARCODE), [
      { fromQuarter: 36, toQuarter: 40, owner: 0 },
      { fromQuarter: 40, toQuarter: 44, owner: 1 },
    ]);
    assert.equal(table.touched[38], 2);
  });

  test("agrees with walking minute by minute, whatever the clocks do [TL6] [TL7]", () => {
    const firstDay = dayNumber(2027, 3, 27);
    const zoneChange = fc.record({
      atMinute: fc.integer({ min: 0, max: 4 * 1440 }),
      offsetQuarters: fc.integer({ min: -8, max: 8 }),
    });
    const stretch = fc.record({
      fromMinute: fc.integer({ min: -1440, max: 5 * 1440 }),
      minutes: fc.integer({ min: 0, max: 2 * 1440 }),
    });
    fc.assert(
      fc.property(fc.array(stretch, { maxLength: 12 }), fc.array(zoneChange, { maxLength: 2 }), (list, changes) => {
        const originMs = firstDay * 86_400_000;
        const sorted = list.toSorted((one, other) => one.fromMinute - other.fromMinute);
        const columns = {
          startMs: Float64Array.from(sorted, ({ fromMinute }) => originMs + fromMinute * 60_000),
          endMs: Float64Array.from(sorted, ({ fromMinute, minutes }) => originMs + (fromMinute + minutes) * 60_000),
        };
        // A day and more lies between two changes: no zone has had less.
        const ordered = changes.map((change, i) => ({ ...change, atMinute: (change.atMinute % 1440) + i * 2 * 1440 }));
        const clock = {
          fromMs: [originMs - 7 * 86_400_000, ...ordered.map(({ atMinute }) => originMs + atMinute * 60_000)],
          offsetMs: [0, ...ordered.map(({ offsetQuarters }) => offsetQuarters * 900_000)],
        };
        const table = occupancy(columns, clock, firstDay, 4);
        const walked = occupancyByWalking(columns, clock, firstDay, 4);
        assert.deepEqual({ touched: [...table.touched], owner: [...table.owner] }, walked);
      }),
      { numRuns: 500 },
    );
  });

  test("refuses stretches out of order", () => {
    const wrong = stretches(["2027-03-25T10:00Z", "2027-03-25T11:00Z"], ["2027-03-25T08:00Z", "2027-03-25T09:00Z"]);
    assert.throws(() => occupancy(wrong, PRAGUE, dayNumber(2027, 3, 25), 1), /starts before the one in front/);
  });
});
