// Rules CT* are in ../SPEC.md. Strategy: the model tries every millisecond of a short line.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { firstCommonTime, unionOf } from "./common-time.ts";
import { interval, normalise } from "./interval.ts";
import { intervals, normalIntervals, pointsOf } from "./testing.ts";

const byStart = intervals.map((list) => list.toSorted((one, other) => one.startMs - other.startMs));

describe("a common time", () => {
  test("[CT2] is the first that all are free for and that lies in everybody's hours", () => {
    const ana = [interval(9, 11), interval(12, 13)];
    const ben = [interval(10, 12), interval(14, 15)];
    const hours = [interval(8, 12), interval(13, 17)];
    const asked = { busy: [ana, ben], within: [hours, hours], fromMs: 8, toMs: 20 };
    assert.deepEqual(firstCommonTime({ ...asked, lengthMs: 1 }), interval(8, 9));
    assert.deepEqual(firstCommonTime({ ...asked, lengthMs: 2 }), interval(15, 17));
    assert.equal(firstCommonTime({ ...asked, lengthMs: 3 }), null);
    assert.deepEqual(firstCommonTime({ busy: [], within: [], lengthMs: 5, fromMs: 1, toMs: 6 }), interval(1, 6));
  });

  test("[CT2] is what trying every moment finds", () => {
    const lists = fc.array(byStart, { maxLength: 4 });
    const hours = fc.array(normalIntervals, { maxLength: 3 });
    fc.assert(
      fc.property(
        lists,
        hours,
        fc.integer({ min: 1, max: 12 }),
        fc.nat({ max: 40 }),
        (busy, within, lengthMs, fromMs) => {
          const toMs = 75;
          const taken = busy.map(pointsOf);
          const open = within.map(pointsOf);
          const suits = (ms: number) => taken.every((set) => !set.has(ms)) && open.every((set) => set.has(ms));
          let expected: { startMs: number; endMs: number } | null = null;
          for (let atMs = fromMs; atMs + lengthMs <= toMs && expected === null; atMs++) {
            const all = Array.from({ length: lengthMs }, (_, i) => atMs + i);
            if (all.every(suits)) expected = { startMs: atMs, endMs: atMs + lengthMs };
          }
          assert.deepEqual(firstCommonTime({ busy, within, lengthMs, fromMs, toMs }), expected);
        },
      ),
      { numRuns: 500 },
    );
  });

  test("[CT1] the union of many lists is that of all their stretches", () => {
    fc.assert(
      fc.property(fc.array(normalIntervals, { maxLength: 6 }), (lists) => {
        assert.deepEqual(unionOf(lists), normalise(lists.flat()));
        assert.deepEqual(pointsOf(unionOf(lists)), new Set(lists.flatMap((list) => [...pointsOf(list)])));
      }),
    );
  });
});
