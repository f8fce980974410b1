import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { dayNumber } from "@hourwright/time";
import type { DayKey } from "./keys.ts";
import { closedOn, weekAxis } from "./week-axis.ts";
import { weekCursorAfter } from "./week-keys.ts";
import { anyWeek, clockOf } from "./week-testing.ts";

const axis = weekAxis({ fromMs: [0], offsetMs: [0] }, 70, 7);
const KEYS: readonly DayKey[] = [
  "ArrowLeft",
  "ArrowRight",
  "ArrowUp",
  "ArrowDown",
  "Home",
  "End",
  "PageUp",
  "PageDown",
];

describe("keys in a week [TL29]", () => {
  const LED: readonly (readonly [DayKey, number | null, day: number, minute: number | null])[] = [
    ["ArrowLeft", 540, 71, 540],
    ["ArrowRight", 540, 73, 540],
    ["ArrowUp", 540, 72, 525],
    ["ArrowDown", 540, 72, 555],
    ["ArrowUp", 0, 72, null],
    ["ArrowUp", null, 72, null],
    ["ArrowDown", null, 72, 0],
    ["ArrowDown", 1_425, 72, 1_425],
    ["Home", 540, 70, 540],
    ["End", null, 76, null],
    ["PageUp", 540, 65, 540],
    ["PageDown", 540, 79, 540],
  ];
  for (const [key, from, day, minute] of LED)
    test(`${key} at ${from ?? "the lane"}`, () =>
      assert.deepEqual(weekCursorAfter(axis, { day: 72, minute: from }, key), { day, minute }));

  test("step over the hour that is skipped", () => {
    const spring = weekAxis(clockOf("Europe/Prague", 2027), dayNumber(2027, 3, 22), 7);
    const sunday = dayNumber(2027, 3, 28);
    assert.equal(weekCursorAfter(spring, { day: sunday, minute: 105 }, "ArrowDown").minute, 180);
    assert.equal(weekCursorAfter(spring, { day: sunday, minute: 180 }, "ArrowUp").minute, 105);
  });

  test("up and down never stand on what is closed, and lead back to where they came from", () => {
    fc.assert(
      fc.property(anyWeek, fc.array(fc.constantFrom(...KEYS), { maxLength: 60 }), ({ clock, firstDay, days }, keys) => {
        const week = weekAxis(clock, firstDay, days);
        let cursor = { day: firstDay, minute: null as number | null };
        for (const key of keys) {
          if (key !== "ArrowUp" && key !== "ArrowDown") continue;
          const next = weekCursorAfter(week, cursor, key);
          const closed = closedOn(week, next.day - firstDay);
          const { minute } = next;
          assert.ok(minute === null || closed === null || minute < closed.fromMinute || minute >= closed.toMinute);
          if (minute !== cursor.minute)
            assert.deepEqual(weekCursorAfter(week, next, key === "ArrowUp" ? "ArrowDown" : "ArrowUp"), cursor);
          cursor = next;
        }
      }),
    );
  });
});
