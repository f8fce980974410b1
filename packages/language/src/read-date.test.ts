import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { dayNumber } from "@hourwright/time";
import type { Situation } from "./meaning.ts";
import { readDate } from "./read-date.ts";
import { SITUATION, printDay } from "./testing.ts";

const GERMAN: Situation = { ...SITUATION, locale: "de" };

describe("go to date", () => {
  const rows: readonly (readonly [string, string | null, ...string[]])[] = [
    ["3 sep", "2027-09-03"],
    ["3 mar", "2027-03-03"],
    ["+6w", "2027-04-29"],
    ["-1y", "2026-03-18"],
    ["next fri", "2027-03-26", "2027-03-19"],
    ["Fri", "2027-03-19"],
    ["12.5.", "2027-05-12"],
    ["12.5", "2027-05-12"],
    ["12.05.2028", "2028-05-12"],
    ["3/4", "2027-03-04", "2027-04-03"],
    ["12", "2027-03-12"],
    ["the 12th", "2027-03-12"],
    ["on 25 march.", "2027-03-25"],
    ["sep", "2027-09-01"],
    ["sep 2029", "2029-09-01"],
    ["25–28 mar", "2027-03-25"],
    ["next weekend", "2027-03-27"],
    ["today", "2027-03-18"],
    ["32", null],
    ["3 sep lunch", null],
    ["lunch", null],
    ["30 feb", null],
    ["+9999y", null],
    ["", null],
    ["...", null],
    ["8:30", null],
    ["@ines", null],
  ];
  for (const [text, day, ...others] of rows) {
    test(`[LG70] "${text}" is ${day ?? "no date"}`, () => {
      const date = readDate(text, SITUATION);
      assert.equal(date === null ? null : printDay(date.day), day);
      assert.deepEqual(date?.others.map(printDay) ?? [], others);
    });
  }

  test("[LG70] unsaid years and months are those in view", () => {
    const selectedDay = dayNumber(2030, 6, 15);
    assert.equal(readDate("3 sep", { ...SITUATION, selectedDay })?.day, dayNumber(2030, 9, 3));
    assert.equal(readDate("12", { ...SITUATION, selectedDay })?.day, dayNumber(2030, 6, 12));
    assert.equal(readDate("mär", { ...GERMAN, selectedDay })?.day, dayNumber(2030, 3, 1));
  });
});
