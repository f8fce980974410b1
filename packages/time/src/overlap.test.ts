// Rules OV* are in ../SPEC.md. Strategy: a few rows to read; then any rows against comparing each with each.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { seededRandom, wholeBetween } from "@hourwright/std";
import { DAY_MS, MINUTE_MS } from "./civil.ts";
import { overlappingPairs, type Spans } from "./overlap.ts";

type Row = readonly [subject: number, startMs: number, endMs: number];

const spansOf = (rows: readonly Row[]): Spans => ({
  subjects: Int32Array.from(rows, ([subject]) => subject),
  startMs: Float64Array.from(rows, ([, startMs]) => startMs),
  endMs: Float64Array.from(rows, ([, , endMs]) => endMs),
});
const pairsOf = (rows: readonly Row[], pairsMax?: number) => {
  const { first, second, isWhole } = overlappingPairs(spansOf(rows), pairsMax);
  return { pairs: [...first].map((one, i) => `${one} ${second[i]}`), isWhole };
};

describe("overlaps", () => {
  test("[OV1] are of one subject, share a moment, and come once, the earlier start first", () => {
    const rows: Row[] = [
      [1, 50, 60],
      [1, 10, 30],
      [2, 10, 30],
      [1, 20, 55],
      [1, 30, 40],
      [1, 25, 25],
    ];
    assert.deepEqual(pairsOf(rows).pairs, ["1 3", "3 4", "3 0"]);
    assert.deepEqual(pairsOf([]).pairs, []);
  });

  test("[OV2] are no more than asked for, and then said not to be all", () => {
    const rows = Array.from({ length: 4 }, (): Row => [0, 0, 10]);
    assert.deepEqual(pairsOf(rows, 3), { pairs: ["0 1", "0 2", "0 3"], isWhole: false });
    assert.equal(pairsOf(rows, 6).isWhole, true);
    assert.throws(() => pairsOf([[1 << 22, 0, 1]]), /subjects are numbers below/);
  });

  test("[OV1] are those found by comparing each with each, whatever the unit and the span of time", () => {
    const unit = fc.constantFrom(1, 1000, MINUTE_MS, 86_400_000 * 30);
    const rows = fc.array(fc.tuple(fc.nat({ max: 3 }), fc.integer({ min: -40, max: 60 }), fc.nat({ max: 9 })), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(unit, rows, fc.integer({ min: 0, max: 2 }), (unitMs, list, oddMs) => {
        const given = list.map(([subject, start, length]): Row => {
          const startMs = start * unitMs + oddMs;
          return [subject, startMs, startMs + length * unitMs];
        });
        const expected = new Set<string>();
        for (const [i, [subject, startMs, endMs]] of given.entries()) {
          for (const [j, [other, otherStartMs, otherEndMs]] of given.entries()) {
            const isFirst = startMs < otherStartMs || (startMs === otherStartMs && i < j);
            const hasLength = startMs < endMs && otherStartMs < otherEndMs;
            if (isFirst && subject === other && hasLength && otherStartMs < endMs) expected.add(`${i} ${j}`);
          }
        }
        const { pairs, isWhole } = pairsOf(given);
        assert.equal(isWhole, true);
        assert.equal(pairs.length, expected.size);
        assert.deepEqual(new Set(pairs), expected);
      }),
      { numRuns: 300 },
    );
  });

  test("[OV1] are the same for as many rows of one person as several rounds of sorting take", () => {
    const unit = fc.constantFrom(15 * MINUTE_MS, MINUTE_MS, 1000, 1);
    fc.assert(
      fc.property(unit, fc.integer(), (unitMs, seed) => {
        const random = seededRandom(seed);
        const units = Math.floor(Math.min((365 * DAY_MS) / unitMs, 2 ** 31 - 1));
        const rows = Array.from({ length: 700 }, (): Row => {
          const startMs = wholeBetween(random, 0, units) * unitMs;
          return [0, startMs, startMs + wholeBetween(random, 1, Math.ceil(units / 300)) * unitMs];
        });
        const expected = rows
          .map((row, i) => ({ row, i }))
          .sort((one, other) => one.row[1] - other.row[1])
          .flatMap(({ row, i }, at, all) =>
            all.slice(at + 1).flatMap((other) => (other.row[1] < row[2] ? [`${i} ${other.i}`] : [])),
          );
        assert.deepEqual(pairsOf(rows).pairs, expected);
      }),
      { numRuns: 20 },
    );
  });

  test("[OV1] starts at whole milliseconds are a duty of its caller", () => {
    for (const start of [0.5, NaN]) {
      const spans = { subjects: Int32Array.of(0), startMs: Float64Array.of(start), endMs: Float64Array.of(9) };
      assert.throws(() => overlappingPairs(spans), /whole number of milliseconds/);
    }
  });
});
