import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { levelOf, THRESHOLDS } from "./level.ts";
import { reliefOf } from "./relief.ts";

const loadOf = (...days: readonly (readonly [open: number, taken: number])[]) => ({
  openMinutes: Float64Array.from(days, ([open]) => open),
  takenMinutes: Float64Array.from(days, ([, taken]) => taken),
});

describe("relief of a day over its limit [CP9]", () => {
  test("is the fewest minutes, and the emptiest day that stays below full", () => {
    const load = loadOf([480, 470], [480, 300], [480, 100], [0, 0], [480, 240]);
    assert.deepEqual(reliefOf(load, THRESHOLDS, 0, 0), { minutes: 15, to: 2 });
    assert.deepEqual(reliefOf(load, THRESHOLDS, 0, 3), { minutes: 15, to: 4 }, "what is past is no help");
    assert.equal(reliefOf(load, THRESHOLDS, 1, 0), null, "it is not over");
    assert.equal(reliefOf(load, THRESHOLDS, 3, 0), null, "nobody is there");
    assert.deepEqual(reliefOf(loadOf([480, 480], [480, 470]), THRESHOLDS, 0, 0), { minutes: 25, to: null });
  });

  test("brings the day under the limit, with five minutes less it would not, and overloads no other", () => {
    const day = fc.tuple(fc.integer({ min: 0, max: 6_000 }), fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(fc.array(day, { minLength: 1, maxLength: 40 }), fc.nat(39), fc.nat(39), (list, at, from) => {
        const load = loadOf(...list.map(([open, part]) => [open, open * part] as const));
        const number = at % list.length;
        const relief = reliefOf(load, THRESHOLDS, number, from);
        if (relief === null) return;
        const [open, taken] = [load.openMinutes[number]!, load.takenMinutes[number]!];
        assert.notEqual(levelOf((taken - relief.minutes) / open), "over");
        assert.ok((taken - relief.minutes + 5) / open > THRESHOLDS.over - 1e-9);
        if (relief.to === null) return;
        assert.ok(relief.to >= from && relief.to !== number && Math.abs(relief.to - number) <= 14);
        const then = (load.takenMinutes[relief.to]! + relief.minutes) / load.openMinutes[relief.to]!;
        assert.ok(then < THRESHOLDS.full);
      }),
    );
  });
});
