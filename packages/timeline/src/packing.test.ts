import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { packBlocks, packLanes } from "./packing.ts";
import { anyBlocks, anySpans } from "./testing.ts";

const span = (id: string, fromDay: number, toDay: number) => ({ id, fromDay, toDay });
const lanesOf = (...spans: ReturnType<typeof span>[]) =>
  Object.fromEntries(packLanes(spans).map(({ bar, lane }) => [bar.id, lane]));

describe("lanes", () => {
  test("are filled by start, then longest, then id, each bar as high as it can be [TL5]", () => {
    assert.deepEqual(lanesOf(span("a", 0, 5), span("b", 2, 4)), { a: 0, b: 1 });
    assert.deepEqual(lanesOf(span("short", 0, 2), span("long", 0, 5)), { long: 0, short: 1 });
    assert.deepEqual(lanesOf(span("b", 0, 2), span("a", 0, 2)), { a: 0, b: 1 });
    assert.deepEqual(lanesOf(span("a", 0, 3), span("b", 1, 9), span("c", 3, 5)), { a: 0, b: 1, c: 0 });
  });

  test("touching bars share a lane, since days are half-open", () => {
    assert.deepEqual(lanesOf(span("a", 0, 3), span("b", 3, 5)), { a: 0, b: 0 });
  });

  test("never hold two bars on one day, and are as few as the fullest day asks [TL5]", () => {
    fc.assert(
      fc.property(anySpans, (spans) => {
        const placed = packLanes(spans);
        assert.equal(placed.length, spans.length);
        let fullest = 0;
        for (let day = 0; day < 50; day++) {
          const lanes = placed.filter(({ bar }) => bar.fromDay <= day && day < bar.toDay).map(({ lane }) => lane);
          assert.equal(new Set(lanes).size, lanes.length, `day ${day}`);
          fullest = Math.max(fullest, lanes.length);
        }
        assert.equal(Math.max(0, ...placed.map(({ lane }) => lane + 1)), fullest);
      }),
    );
  });

  test("do not depend on the order in which the bars arrive [TL5]", () => {
    fc.assert(
      fc.property(
        anySpans.chain((spans) =>
          fc.tuple(fc.constant(spans), fc.shuffledSubarray(spans, { minLength: spans.length })),
        ),
        ([spans, shuffled]) => assert.deepEqual(packLanes(shuffled), packLanes(spans)),
      ),
    );
  });
});

describe("blocks of a day", () => {
  const block = (id: string, fromMinute: number, toMinute: number) => ({ id, fromMinute, toMinute });
  const placesOf = (...blocks: ReturnType<typeof block>[]) =>
    Object.fromEntries(
      packBlocks(blocks).map(({ block: { id }, column, columns }) => [id, `${column + 1}/${columns}`]),
    );

  test("share the width with all they hang together with, and with nobody else [TL12]", () => {
    assert.deepEqual(placesOf(block("a", 540, 600), block("b", 570, 630), block("c", 620, 700), block("d", 700, 720)), {
      a: "1/2",
      b: "2/2",
      c: "1/2",
      d: "1/1",
    });
  });

  test("never cover each other, and use as few columns as the fullest minute of their group asks [TL12]", () => {
    fc.assert(
      fc.property(anyBlocks, (blocks) => {
        const placed = packBlocks(blocks);
        assert.equal(placed.length, blocks.length);
        const endOf = ({ fromMinute, toMinute }: { fromMinute: number; toMinute: number }) =>
          Math.max(toMinute, fromMinute + 1);
        for (const one of placed) {
          assert.ok(one.column < one.columns);
          for (const other of placed) {
            if (one === other) continue;
            const meets = one.block.fromMinute < endOf(other.block) && other.block.fromMinute < endOf(one.block);
            assert.ok(!meets || (one.columns === other.columns && one.column !== other.column));
          }
        }
        const most = placed.reduce((sum, { columns }) => Math.max(sum, columns), 0);
        let fullest = 0;
        for (let minute = 0; minute <= 1_440; minute++) {
          fullest = Math.max(
            fullest,
            blocks.filter((each) => each.fromMinute <= minute && endOf(each) > minute).length,
          );
        }
        assert.equal(most, fullest);
      }),
      { numRuns: 50 },
    );
  });
});
