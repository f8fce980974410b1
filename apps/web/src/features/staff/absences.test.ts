import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { dateOf, dayNumber } from "@hourwright/time";
import fc from "fast-check";
import { columnOf, movedDay, totalsOf, yearOf } from "./absences.ts";

const source = (kind: "work" | "absence" | "holiday", what: string, name = "") => ({
  layer: "contract" as const,
  sourceId: null,
  kind,
  what,
  name,
  site: null,
  isPaid: true,
  changed: false,
});

describe("a year of absences", () => {
  const row = { personId: "per_1", zone: "UTC", contractIds: [], pending: [] as number[] };

  test("tells of each day what somebody is away for, what is asked for, and what they work", () => {
    const sources = [source("work", "work"), source("absence", "leave"), source("holiday", "holiday", "New Year")];
    const stretches = [0, 480, 480, 2, 1, 1_920, 480, 1, 2, 3_360, 480, 0];
    const days = yearOf(2027, { sources, items: [{ ...row, stretches, pending: [2, 3_360, 480, 1] }] });
    assert.equal(days.length, 365);
    assert.deepEqual(
      days.slice(0, 4).map(({ absence, asked, holiday, workMinutes }) => [absence, asked, holiday, workMinutes]),
      [
        ["holiday", null, "New Year", 0],
        ["leave", null, "", 0],
        [null, "leave", "", 480],
        [null, null, "", 0],
      ],
    );
    assert.deepEqual(
      [...totalsOf(days)],
      [
        ["holiday", 1],
        ["leave", 1],
      ],
    );
  });

  test("names leave on a holiday as leave, and what may not be known as away", () => {
    const sources = [source("holiday", "holiday"), source("absence", "leave"), source("absence", "secret")];
    const days = yearOf(2028, { sources, items: [{ ...row, stretches: [0, 0, 9, 1, 0, 0, 9, 0, 1, 0, 9, 2] }] });
    assert.equal(days.length, 366);
    assert.deepEqual([days[0]!.absence, days[1]!.absence], ["leave", "away"]);
  });

  test("is empty for who has no contract", () => {
    assert.equal(totalsOf(yearOf(2027, { sources: [], items: [] })).size, 0);
  });

  test("is walked by keys within the year, up and down in the same column where the month reaches so far", () => {
    const first = dayNumber(2027, 1, 1);
    const day = fc.integer({ min: 0, max: 364 }).map((i) => first + i);
    const keys = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown"];
    fc.assert(
      fc.property(day, fc.constantFrom(...keys), fc.integer({ min: 1, max: 7 }), (from, key, firstWeekday) => {
        const to = movedDay(from, key, firstWeekday)!;
        assert.equal(dateOf(to).year, 2027);
        const column = columnOf(to, firstWeekday);
        assert.ok(column >= 0 && column < 37);
        const { day: ofMonth } = dateOf(to);
        const isAtAnEdge = ofMonth === 1 || dateOf(to + 1).month !== dateOf(to).month;
        if (key === "ArrowUp" || key === "ArrowDown") assert.ok(column === columnOf(from, firstWeekday) || isAtAnEdge);
      }),
    );
    assert.equal(movedDay(first, "x", 1), null);
  });
});
