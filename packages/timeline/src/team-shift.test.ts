import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { briefHours, paidMinutes, printClock, printHours, readTyped, sameShift, shiftAt } from "./team-shift.ts";
import { anyShift } from "./team-testing.ts";

describe("hours as they are typed and printed [TM4]", () => {
  const READ: readonly (readonly [string, readonly [number, number] | null | undefined])[] = [
    ["7-15", [420, 900]],
    ["7:30-15", [450, 900]],
    ["0730–1500", [450, 900]],
    ["22-6", [1_320, 1_800]],
    ["0-24", [0, 1_440]],
    ["7 bis 15", [420, 900]],
    ["7-7", [420, 1_860]],
    ["", null],
    [" - ", null],
    ["0", null],
    ["24-6", undefined],
    ["7-25", undefined],
    ["7:60-9", undefined],
    ["early", undefined],
    ["7", undefined],
  ];
  for (const [text, expected] of READ)
    test(`"${text}"`, () => {
      const read = readTyped(text);
      assert.deepEqual(read && [read.fromMinute, read.toMinute], expected);
    });

  test("what is printed of a shift, typed, gives the same hours", () => {
    fc.assert(
      fc.property(anyShift, (shift) => {
        const { fromMinute, toMinute } = shift;
        assert.deepEqual(readTyped(printHours(shift)), { fromMinute, toMinute });
      }),
    );
  });

  test("where there is little room quarters are fractions, and nothing else is another", () => {
    assert.equal(briefHours("8:30–16:45"), "8½–16¾");
    assert.equal(briefHours("8:05–16"), "8:05–16");
    assert.equal(printClock(1_530), "01:30");
  });

  test("a shift moved and moved back is the same, and is paid the same, while its breaks stay within", () => {
    fc.assert(
      fc.property(anyShift, fc.integer({ min: -40, max: 40 }), (shift, quarters) => {
        const moved = shiftAt(shift, shift.fromMinute + quarters * 15, shift.toMinute + quarters * 15);
        assert.equal(paidMinutes(moved), paidMinutes(shift));
        assert.ok(sameShift(shiftAt(moved, shift.fromMinute, shift.toMinute), shift));
      }),
    );
  });
});
