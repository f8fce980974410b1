import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { everyoneFree, freeStretches } from "./free.ts";
import { openTimeOf } from "./open-time.ts";
import { anyMinutes, anyTaken, isOpenAt } from "./testing.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const office = openTimeOf([540, 480], 0);
const between = (from: number, to: number) => ({ startMs: from * HOUR_MS, endMs: to * HOUR_MS });
const inHours = (list: readonly { startMs: number; endMs: number }[]) =>
  list.map(({ startMs, endMs }) => `${startMs / HOUR_MS}–${endMs / HOUR_MS}`);
const today = { fromMs: 0, toMs: DAY_MS, minMinutes: 60 };

describe("free stretches", () => {
  test("are open time without what is taken, from the shortest that is worth keeping on [CP6]", () => {
    const taken = [between(8, 10), between(10.5, 12), between(12, 13), between(15, 15.25)];
    assert.deepEqual(inHours(freeStretches(office, taken, today)), ["13–15", "15.25–17"]);
    assert.deepEqual(inHours(freeStretches(office, taken, { ...today, minMinutes: 30 })), [
      "10–10.5",
      "13–15",
      "15.25–17",
    ]);
  });

  test("end where the window does", () => {
    assert.deepEqual(inHours(freeStretches(office, [], { ...today, toMs: 11 * HOUR_MS })), ["9–11"]);
  });

  test("hold exactly the minutes that are open and not taken", () => {
    fc.assert(
      fc.property(anyMinutes, anyTaken(1), (minutes, { startMs, endMs }) => {
        const open = openTimeOf(minutes, 0);
        const taken = Array.from(startMs, (start, i) => ({ startMs: start, endMs: endMs[i]! }));
        const free = freeStretches(open, taken, { fromMs: 0, toMs: 3 * DAY_MS, minMinutes: 1 });
        for (let ms = 0; ms < 3 * DAY_MS; ms += 60_000) {
          const isTaken = taken.some((each) => each.startMs <= ms && ms < each.endMs);
          const isFree = free.some((each) => each.startMs <= ms && ms < each.endMs);
          assert.equal(isFree, isOpenAt(open, ms) && !isTaken, `minute ${ms / 60_000}`);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe("everybody's free time", () => {
  test("is what all of them have in common, and long enough [CP7]", () => {
    const mine = freeStretches(office, [between(9, 11)], today);
    const theirs = freeStretches(office, [between(13, 13.5), between(14, 16.5)], today);
    assert.deepEqual(inHours(everyoneFree([mine, theirs], 30)), ["11–13"]);
    assert.deepEqual(everyoneFree([mine, []], 30), []);
    assert.deepEqual(everyoneFree([], 30), []);
  });
});
