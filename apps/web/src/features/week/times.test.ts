import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { openTimeOf, type OpenTime } from "@hourwright/capacity";
import { weekAxis } from "@hourwright/timeline";
import { minutesOf, readWeekTime } from "./times.ts";

const MINUTE_MS = 60_000;
const DAYS = 3;
const axis = weekAxis({ fromMs: [0], offsetMs: [0] }, 0, DAYS);
const WINDOW = DAYS * 1_440;
const thresholds = { steady: 0.65, full: 0.8, over: 0.95 };

/** Away and open, or free and taken, by turns, over the days and more. */
const anyTurns = fc
  .array(fc.integer({ min: 1, max: 500 }), { minLength: 2, maxLength: 24 })
  .map((turns) => openTimeOf(turns, -300 * MINUTE_MS));
const anyPeople = fc.array(fc.record({ open: anyTurns, taken: anyTurns }), { minLength: 1, maxLength: 4 });

const isIn = ({ startMs, endMs }: OpenTime, minute: number) =>
  startMs.some((from, index) => from <= minute * MINUTE_MS && minute * MINUTE_MS < endMs[index]!);

describe("the time of people in a week", () => {
  test("is what a walk over its minutes counts: load by day, free time of one, free time of all", () => {
    fc.assert(
      fc.property(anyPeople, (people) => {
        const ids = people.map((_, index) => `p${index}`);
        const mapOf = (pick: (person: (typeof people)[number]) => OpenTime) =>
          new Map(people.map((person, index) => [`p${index}`, pick(person)]));
        const known = {
          open: mapOf(({ open }) => open),
          taken: mapOf(({ taken }) => taken),
          thresholds,
          focusMinutes: 60,
        };
        const time = readWeekTime(axis, [known], { main: "p0", besides: ids.slice(1), loadOf: ids });

        const isFree = ({ open, taken }: (typeof people)[number], minute: number) =>
          isIn(open, minute) && !isIn(taken, minute);
        const minutes = Array.from({ length: WINDOW }, (_, minute) => minute);
        for (let day = 0; day < DAYS; day++) {
          const ofDay = minutes.slice(day * 1_440, (day + 1) * 1_440);
          const count = (test: (person: (typeof people)[number], minute: number) => boolean) =>
            people.reduce((sum, person) => sum + ofDay.filter((minute) => test(person, minute)).length, 0);
          const open = count((person, minute) => isIn(person.open, minute));
          const taken = count((person, minute) => isIn(person.open, minute) && isIn(person.taken, minute));
          if (open === 0) assert.equal(time.ribbons[day], null);
          else assert.ok(Math.abs(time.ribbons[day]!.part - taken / open) < 1e-9);
        }
        assert.equal(time.free!.freeMinutes, minutes.filter((minute) => isFree(people[0]!, minute)).length);
        assert.equal(time.free!.openMinutes, minutes.filter((minute) => isIn(people[0]!.open, minute)).length);

        let [together, run] = [0, 0];
        for (const minute of [...minutes, WINDOW]) {
          if (minute < WINDOW && people.every((person) => isFree(person, minute))) run++;
          else {
            if (run >= 30) together += run;
            run = 0;
          }
        }
        assert.equal(minutesOf(time.together), people.length === 1 ? 0 : together);
      }),
      { numRuns: 40 },
    );
  });

  test("of nobody known says nothing", () => {
    const time = readWeekTime(axis, [], { main: "p0", besides: [], loadOf: ["p0"] });
    assert.deepEqual(time, { ribbons: [null, null, null], open: null, besides: [], together: [], free: null });
  });
});
