import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { clipOf, filledRight, filledTo, pasted, printClip, pulledTo, readClip } from "./team-clip.ts";
import type { TeamBlock } from "./team-keys.ts";
import type { WallShift } from "./team-shift.ts";
import { anyShift } from "./team-testing.ts";

const GRID = { lines: 12, days: 14 };
const anyBlock = (grid = GRID): fc.Arbitrary<TeamBlock> =>
  fc
    .tuple(
      fc.integer({ min: 0, max: grid.lines - 1 }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 0, max: grid.days - 1 }),
      fc.integer({ min: 1, max: 8 }),
    )
    .map(([fromLine, lines, fromDay, days]) => ({
      fromLine,
      toLine: Math.min(grid.lines, fromLine + lines),
      fromDay,
      toDay: Math.min(grid.days, fromDay + days),
    }));
/** A grid in which each cell holds one shift that tells which cell it is. */
const cellOf = (line: number, day: number): readonly WallShift[] => [
  { name: `${line} ${day}`, kind: "work", fromMinute: 0, toMinute: 60, breaks: [], site: null },
];
const nameOf = (shifts: readonly WallShift[]) => shifts[0]?.name;
const plain = (hours: { fromMinute: number; toMinute: number }): WallShift => ({
  name: "",
  kind: "work",
  ...hours,
  breaks: [],
  site: null,
});

describe("a paste [TM10]", () => {
  test("lays cell by cell what was copied, as often as it fits exactly, else once, and never beyond the grid", () => {
    fc.assert(
      fc.property(anyBlock(), anyBlock(), (from, to) => {
        const clip = clipOf(from, cellOf);
        const wishes = pasted(clip, to, GRID);
        const [lines, days] = [to.toLine - to.fromLine, to.toDay - to.fromDay];
        const isTiled = lines % clip.lines === 0 && days % clip.days === 0;
        const expected = new Map<string, string>();
        for (let line = 0; line < (isTiled ? lines : clip.lines); line++)
          for (let day = 0; day < (isTiled ? days : clip.days); day++)
            if (to.fromLine + line < GRID.lines && to.fromDay + day < GRID.days)
              expected.set(
                `${to.fromLine + line} ${to.fromDay + day}`,
                `${from.fromLine + (line % clip.lines)} ${from.fromDay + (day % clip.days)}`,
              );
        assert.deepEqual(new Map(wishes.map(({ line, day, shifts }) => [`${line} ${day}`, nameOf(shifts)])), expected);
      }),
    );
  });
});

describe("filling [TM11]", () => {
  test("to the right repeats the first day of the block, or the day before a block of one", () => {
    fc.assert(
      fc.property(anyBlock(), (block) => {
        const isOne = block.toDay - block.fromDay === 1;
        const from = isOne ? block.fromDay - 1 : block.fromDay;
        for (const { line, day, shifts } of filledRight(block, cellOf)) {
          assert.equal(nameOf(shifts), `${line} ${from}`);
          assert.ok(day > from && day < block.toDay && line >= block.fromLine && line < block.toLine);
        }
      }),
    );
  });

  test("by the handle goes on with the pattern, on one axis, and leaves what it is filled from", () => {
    const place = fc.record({ line: fc.nat({ max: GRID.lines - 1 }), day: fc.nat({ max: GRID.days - 1 }) });
    fc.assert(
      fc.property(anyBlock(), place, (block, { line, day }) => {
        const to = pulledTo(block, line, day);
        assert.ok(to.fromLine <= block.fromLine && to.toLine >= block.toLine);
        const isOneAxis =
          (to.fromLine === block.fromLine && to.toLine === block.toLine) ||
          (to.fromDay === block.fromDay && to.toDay === block.toDay);
        assert.ok(isOneAxis);
        const [lines, days] = [block.toLine - block.fromLine, block.toDay - block.fromDay];
        for (const wish of filledTo(block, to, cellOf)) {
          const isWithin =
            wish.line >= block.fromLine &&
            wish.line < block.toLine &&
            wish.day >= block.fromDay &&
            wish.day < block.toDay;
          assert.equal(isWithin, false);
          const [source = "", sourceDay = ""] = (nameOf(wish.shifts) ?? "").split(" ");
          assert.equal(Math.abs(wish.line - Number(source)) % lines, 0);
          assert.equal(Math.abs(wish.day - Number(sourceDay)) % days, 0);
        }
      }),
    );
  });
});

describe("a clip as text [TM12]", () => {
  test("comes back with the same hours in the same cells", () => {
    const cells = fc.array(fc.array(anyShift, { maxLength: 2 }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(cells, (all) => {
        const clip = { lines: 2, days: 3, cells: all };
        const read = readClip(printClip(clip), plain);
        assert.deepEqual(
          read?.cells.map((shifts) => shifts.map(({ fromMinute, toMinute }) => [fromMinute, toMinute])),
          all.map((shifts) => shifts.map(({ fromMinute, toMinute }) => [fromMinute, toMinute])),
        );
      }),
    );
  });

  test("is none where some cell is no time, or there is too much of it", () => {
    assert.equal(readClip("7-15\tearly", plain), null);
    assert.equal(readClip("7-15\n".repeat(3_000), plain), null);
    assert.deepEqual(readClip("7-15\t\r\n22-6", plain)?.cells.length, 4);
  });
});
