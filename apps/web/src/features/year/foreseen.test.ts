// Strategy: what is foreseen must be what the whole year would show, read anew, after the change.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { normalise, type Interval } from "@hourwright/time";
import { yearShape } from "@hourwright/timeline";
import type { Entry } from "../../data/entries.ts";
import { wallClockOf } from "../../data/wall-clock.ts";
import { foreseenBy } from "./foreseen.ts";
import { readLoad } from "./load.ts";

const ZONE = "Europe/Prague";
const HOUR = 3_600_000;
const shape = yearShape(2027, 1);
const clock = wallClockOf(ZONE, 2027);
const dayMs = (day: number) => (shape.firstEpochDay + day) * 24 * HOUR - HOUR;
const people = ["ana", "bo"];

const columns = (list: readonly Interval[]) => ({
  startMs: Float64Array.from(list, ({ startMs }) => startMs),
  endMs: Float64Array.from(list, ({ endMs }) => endMs),
});
const open = columns(
  Array.from({ length: 12 }, (_, day) => ({ startMs: dayMs(day) + 8 * HOUR, endMs: dayMs(day) + 16 * HOUR })),
);

/** Everybody's time as the server would answer it. */
function timeOf(entries: readonly Entry[]) {
  const takenOf = (id: string) => normalise(entries.filter(({ event }) => event.subjectIds.includes(id)));
  return {
    open: new Map(people.map((id) => [id, open])),
    taken: new Map(people.map((id) => [id, columns(takenOf(id).filter(({ startMs, endMs }) => startMs < endMs))])),
    thresholds: { steady: 0.65, full: 0.8, over: 0.95 },
    focusMinutes: 60,
  };
}

const stretch = fc
  .tuple(fc.integer({ min: 0, max: 10 * 96 }), fc.integer({ min: 1, max: 40 }))
  .map(([from, quarters]) => ({
    startMs: dayMs(0) + from * (HOUR / 4),
    endMs: dayMs(0) + (from + quarters) * (HOUR / 4),
  }));
const entryOf = (key: number, { startMs, endMs }: Interval, subjectIds: readonly string[]) =>
  ({ key: String(key), startMs, endMs, isBusy: true, event: { subjectIds } }) as unknown as Entry;

describe("what a change would make of the days", () => {
  test("is what the year shows once it is made", () => {
    const whose = fc.subarray(people, { minLength: 1 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(stretch, whose), { minLength: 1, maxLength: 12 }),
        stretch,
        fc.boolean(),
        (list, to, isCopy) => {
          const entries = list.map(([times, ids], index) => entryOf(index, times, ids));
          const [entry] = entries;
          const load = readLoad(shape, clock, timeOf(entries), people, null);
          const change = { entry: entry!, times: { allDay: false as const, ...to }, isCopy };
          const all = { time: timeOf(entries), load, people };
          const { ribbons } = foreseenBy({ shape, clock }, all, change, { entries, meets: false });
          const moved = { ...entry!, ...to };
          const after = isCopy ? [...entries, moved] : [moved, ...entries.slice(1)];
          const expected = readLoad(shape, clock, timeOf(after), people, null).ribbons;
          expected.forEach((ribbon, day) => {
            const foreseen = ribbons.has(day) ? ribbons.get(day)! : (load.ribbons[day] ?? null);
            assert.ok(Math.abs((foreseen?.part ?? -1) - (ribbon?.part ?? -1)) < 1e-9, `day ${day}`);
          });
        },
      ),
    );
  });

  test("is nothing for whole days, for what is new, and for what takes nobody's time", () => {
    const entry = entryOf(1, { startMs: dayMs(3), endMs: dayMs(3) + HOUR }, ["ana"]);
    const all = { time: timeOf([entry]), load: readLoad(shape, clock, timeOf([entry]), people, null), people };
    const beside = { entries: [entry], meets: true };
    const times = { allDay: false, startMs: dayMs(4), endMs: dayMs(4) + HOUR } as const;
    const nothing = { ribbons: new Map(), glyphs: new Map() };
    for (const change of [
      { entry: null, times, isCopy: false },
      { entry: { ...entry, isBusy: false }, times, isCopy: false },
      { entry, times: { allDay: true, fromDay: 1, toDay: 2 } as const, isCopy: false },
    ])
      assert.deepEqual(foreseenBy({ shape, clock }, all, change, beside), nothing);
    const { glyphs } = foreseenBy({ shape, clock }, all, { entry, times, isCopy: false }, beside);
    assert.deepEqual([...glyphs], [[4, "time"]]);
  });
});
