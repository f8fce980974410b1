// Rules TL* are in ../SPEC.md. Strategy: any row of comings and goings against a plain list, with many stretches in one
// place, so that leaves split, empty and share starts.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { seededRandom, wholeBetween } from "@hourwright/std";
import fc from "fast-check";
import { normalise } from "./interval.ts";
import { timeline } from "./timeline.ts";

type Known = { readonly startMs: number; readonly endMs: number; readonly id: number };

function assertAgrees(line: ReturnType<typeof timeline>, known: readonly Known[], fromMs: number, toMs: number): void {
  const meant = known.filter(({ startMs, endMs }) => startMs < toMs && endMs > fromMs && fromMs < toMs);
  const found = line.overlapping(fromMs, toMs);
  const startOf = new Map(known.map(({ id, startMs }) => [id, startMs]));
  assert.deepEqual(
    found.toSorted((one, other) => one - other),
    meant.map(({ id }) => id).sort((one, other) => one - other),
  );
  const starts = found.map((id) => startOf.get(id)!);
  assert.deepEqual(
    starts,
    starts.toSorted((one, other) => one - other),
  );
  const clipped = meant.map((one) => ({ startMs: Math.max(fromMs, one.startMs), endMs: Math.min(toMs, one.endMs) }));
  assert.deepEqual(line.busy(fromMs, toMs), normalise(clipped));
}

/** A prime, more than there are stretches. */
const IDS = 10_007;

describe("a timeline", () => {
  test("[TL1] [TL2] knows after any comings and goings what a plain list knows", () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 3000 }),
        fc.constantFrom(1, 3, 50, 4000), // How many different starts: of one start there are more than a leaf holds.
        (seed, count, width) => {
          const random = seededRandom(seed);
          const line = timeline();
          let known: Known[] = [];
          for (let i = 0; i < count; i++) {
            const id = (i * 7919) % IDS; // Each once, in no order.
            const startMs = wholeBetween(random, 1, width);
            const one = { startMs, endMs: startMs + wholeBetween(random, 1, random() < 0.02 ? width : 9), id };
            line.insert(one.startMs, one.endMs, id);
            known.push(one);
          }
          for (let round = 0; round < 4; round++) {
            const fromMs = wholeBetween(random, -5, width + 5);
            assertAgrees(line, known, fromMs, fromMs + wholeBetween(random, 0, width));
            const [gone, kept] = [
              known.filter(({ id }) => id % 4 === round),
              known.filter(({ id }) => id % 4 !== round),
            ];
            for (const { startMs, id } of gone) assert.equal(line.remove(startMs, id), true);
            known = kept;
            assert.equal(line.size(), known.length);
          }
          assertAgrees(line, known, -Infinity, Infinity);
        },
      ),
      { numRuns: 40 },
    );
  });

  test("[TL1] finds each of many of one start, whichever goes first", () => {
    const ids = Array.from({ length: 2000 }, (_, id) => id);
    for (const order of [ids, ids.toReversed(), ids.map((id) => (id * 7) % 2000)]) {
      const line = timeline();
      for (const id of ids) line.insert(10, 20 + id, id);
      assert.deepEqual(line.overlapping(0, 30), ids);
      for (const [i, id] of order.entries()) {
        assert.equal(line.remove(10, id), true);
        assert.equal(line.remove(10, id), false);
        assert.equal(line.size(), ids.length - i - 1);
      }
    }
  });

  test("[TL1] says so when what should go is not there", () => {
    const line = timeline();
    line.insert(10, 20, 1);
    assert.equal(line.remove(10, 2), false);
    assert.equal(line.remove(11, 1), false);
    assert.equal(line.remove(10, 1), true);
    assert.equal(line.remove(10, 1), false);
    assert.throws(() => line.insert(5, 5, 1), /must have a length/);
  });
});
