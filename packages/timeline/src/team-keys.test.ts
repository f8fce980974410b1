import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { blockHas, blockOf, teamCursorAfter, wholeWeeks, type TeamKey } from "./team-keys.ts";

const OPPOSITE: Readonly<Partial<Record<TeamKey, TeamKey>>> = {
  ArrowLeft: "ArrowRight",
  ArrowRight: "ArrowLeft",
  ArrowUp: "ArrowDown",
  ArrowDown: "ArrowUp",
  PageUp: "PageDown",
  PageDown: "PageUp",
};
const KEYS: readonly TeamKey[] = [
  "ArrowLeft",
  "ArrowRight",
  "ArrowUp",
  "ArrowDown",
  "PageUp",
  "PageDown",
  "Home",
  "End",
];
const anyGrid = fc.record({
  lines: fc.integer({ min: 1, max: 400 }),
  days: fc.integer({ min: 1, max: 42 }),
  page: fc.integer({ min: 1, max: 40 }),
});
const placed = anyGrid.chain((grid) =>
  fc.record({
    grid: fc.constant(grid),
    line: fc.integer({ min: 0, max: grid.lines - 1 }),
    day: fc.integer({ min: 0, max: grid.days - 1 }),
  }),
);

describe("keys of the team [TM8]", () => {
  const GRID = { lines: 10, days: 28, page: 4 };
  const LED: readonly (readonly [TeamKey, boolean, line: number, day: number])[] = [
    ["ArrowLeft", false, 5, 9],
    ["ArrowRight", true, 5, 17],
    ["ArrowLeft", true, 5, 3],
    ["ArrowUp", true, 0, 10],
    ["ArrowDown", true, 9, 10],
    ["Home", false, 5, 0],
    ["End", true, 9, 27],
    ["PageDown", false, 9, 10],
    ["PageUp", false, 1, 10],
  ];
  for (const [key, isFar, line, day] of LED)
    test(`${isFar ? "⌘" : ""}${key}`, () =>
      assert.deepEqual(teamCursorAfter(GRID, { line: 5, day: 10 }, key, isFar), { line, day }));

  test("never lead out of the grid", () => {
    const presses = fc.array(fc.tuple(fc.constantFrom(...KEYS), fc.boolean()), { maxLength: 40 });
    fc.assert(
      fc.property(placed, presses, ({ grid, ...start }, keys) => {
        let cursor: { line: number; day: number } = start;
        for (const [key, isFar] of keys) {
          cursor = teamCursorAfter(grid, cursor, key, isFar);
          assert.ok(cursor.line >= 0 && cursor.line < grid.lines && cursor.day >= 0 && cursor.day < grid.days);
        }
      }),
    );
  });

  test("lead back by the opposite key, where the edge did not stop them", () => {
    fc.assert(
      fc.property(placed, fc.constantFrom(...KEYS), ({ grid, line, day }, key) => {
        const opposite = OPPOSITE[key];
        if (opposite === undefined) return;
        const there = teamCursorAfter(grid, { line, day }, key, false);
        const steps = key.startsWith("Page") ? grid.page : 1;
        const wasStopped = Math.abs(there.line - line) + Math.abs(there.day - day) < steps;
        if (!wasStopped) assert.deepEqual(teamCursorAfter(grid, there, opposite, false), { line, day });
      }),
    );
  });
});

describe("whole weeks [TM9]", () => {
  test("hold the selection, begin on the first day of a week or of all, and end before one", () => {
    fc.assert(
      fc.property(placed, placed, fc.integer({ min: 0, max: 6 }), ({ grid, ...anchor }, other, first) => {
        const head = { line: Math.min(other.line, grid.lines - 1), day: Math.min(other.day, grid.days - 1) };
        const before = blockOf({ anchor, head });
        const after = blockOf(wholeWeeks(grid, { anchor, head }, first));
        assert.ok(blockHas(after, before.fromLine, before.fromDay));
        assert.ok(blockHas(after, before.toLine - 1, before.toDay - 1));
        assert.ok(after.fromDay === 0 || (after.fromDay - first) % 7 === 0);
        assert.ok(after.toDay === grid.days || (after.toDay - first) % 7 === 0);
      }),
    );
  });

  test("grow to all days when pressed again", () => {
    const grid = { lines: 5, days: 28, page: 3 };
    const once = wholeWeeks(grid, { anchor: { line: 2, day: 9 }, head: { line: 2, day: 9 } }, 0);
    assert.deepEqual(blockOf(once), { fromLine: 2, toLine: 3, fromDay: 7, toDay: 14 });
    assert.deepEqual(blockOf(wholeWeeks(grid, once, 0)), { fromLine: 2, toLine: 3, fromDay: 0, toDay: 28 });
  });
});
