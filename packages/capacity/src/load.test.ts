import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { dayOf } from "./days.ts";
import { loadOf, partOf, type Taken } from "./load.ts";
import { openTimeOf, type OpenTime } from "./open-time.ts";
import { anyDays, anyMinutes, anyTaken, loadByCounting } from "./testing.ts";

const HOUR_MS = 3_600_000;
const twoDays = { startsMs: Float64Array.of(0, 24 * HOUR_MS, 48 * HOUR_MS) };
/** 9 to 17 on both days. */
const office = openTimeOf([540, 480, 960, 480], 0);

/** `[who, from hour, to hour]`, in order. */
function taken(...list: readonly [number, number, number][]): Taken {
  return {
    subject: Int32Array.from(list, ([who]) => who),
    startMs: Float64Array.from(list, ([, from]) => from * HOUR_MS),
    endMs: Float64Array.from(list, ([, , to]) => to * HOUR_MS),
  };
}

const hours = (open: readonly (OpenTime | null)[], what: Taken) => {
  const { openMinutes, takenMinutes } = loadOf(open, what, twoDays);
  return { open: [...openMinutes].map((count) => count / 60), taken: [...takenMinutes].map((count) => count / 60) };
};

describe("the load of a day", () => {
  test("is what is taken of the open time, summed over the people asked for [CP1]", () => {
    assert.deepEqual(hours([office, office], taken([0, 9, 10], [1, 9, 13])), { open: [16, 16], taken: [5, 0] });
  });

  test("is not known of whom nobody said when they may be claimed [CP2]", () => {
    assert.deepEqual(hours([null, office], taken([0, 9, 17])), { open: [8, 8], taken: [0, 0] });
    const nobody = loadOf([null], taken([0, 9, 17]), twoDays);
    assert.equal(partOf(nobody, 0), null);
    assert.equal(partOf(loadOf([office], taken([0, 9, 13]), twoDays), 0), 0.5);
    assert.equal(partOf(loadOf([office], taken([0, 9, 13]), twoDays), 0, 2), 0.25);
  });

  test("counts a minute once, however often it is taken [CP3]", () => {
    assert.deepEqual(hours([office], taken([0, 9, 12], [0, 10, 11], [0, 11, 13])).taken, [4, 0]);
  });

  test("leaves out what lies outside open time, and cuts what reaches over it [CP4]", () => {
    assert.deepEqual(hours([office], taken([0, 7, 10], [0, 16, 33], [0, 40, 50])).taken, [2, 1]);
  });

  test("of a night shift lies on both of its days", () => {
    const night = openTimeOf([22 * 60, 480], 0);
    assert.deepEqual(hours([night], taken([0, 23, 25])), { open: [2, 6], taken: [1, 1] });
  });

  test("is what counting every minute gives, over days of 23 and 25 hours", () => {
    const situation = fc.record({
      days: anyDays,
      open: fc.array(fc.option(anyMinutes), { minLength: 3, maxLength: 3 }),
      taken: anyTaken(3),
    });
    fc.assert(
      fc.property(situation, ({ days, open, taken: list }) => {
        const times = open.map((minutes) => (minutes === null ? null : openTimeOf(minutes, 0)));
        assert.deepEqual(loadOf(times, list, days), loadByCounting(times, list, days));
      }),
      { numRuns: 60 },
    );
  });

  test("is the same whether people share their open time or each have their own", () => {
    fc.assert(
      fc.property(anyDays, anyMinutes, anyTaken(3), (days, minutes, list) => {
        const shared = openTimeOf(minutes, 0);
        const own = [0, 1, 2].map(() => openTimeOf(minutes, 0));
        assert.deepEqual(loadOf([shared, shared, shared], list, days), loadOf(own, list, days));
      }),
    );
  });

  test("refuses what is not sorted: it would count minutes twice", () => {
    assert.throws(() => loadOf([office], taken([0, 10, 12], [0, 9, 11]), twoDays), /sorted by start/);
  });
});

describe("the day of an instant", () => {
  test("is found over days of any length", () => {
    fc.assert(
      fc.property(anyDays, fc.integer({ min: -3, max: 250 }), (days, hour) => {
        const ms = hour * HOUR_MS;
        const { startsMs } = days;
        const expected = ms >= startsMs.at(-1)! ? startsMs.length - 1 : startsMs.findLastIndex((start) => start <= ms);
        assert.equal(dayOf(days, ms), expected);
      }),
    );
  });
});
