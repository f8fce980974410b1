import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { findZone } from "@hourwright/time";
import { workingStretches } from "./decide.ts";

const prague = findZone("Europe/Prague")!;
const dayOf = (text: string): number => Temporal.PlainDate.from("1970-01-01").until(text, { largestUnit: "days" }).days;
const week = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opensMinute: 9 * 60, closesMinute: 17 * 60 }));
const shown = (from: string, to: string, holidays: readonly string[] = []) =>
  workingStretches(week, new Set(holidays.map(dayOf)), prague, dayOf(from), dayOf(to)).map(
    ({ startMs, endMs }) =>
      `${Temporal.Instant.fromEpochMilliseconds(startMs).toString()}/${(endMs - startMs) / 3_600_000}`,
  );

describe("working stretches", () => {
  test("follow the clock on the wall across the change of clocks", () => {
    assert.deepEqual(shown("2027-03-26", "2027-03-30"), ["2027-03-26T08:00:00Z/8", "2027-03-29T07:00:00Z/8"]);
  });
  test("leave out weekends and holidays", () => {
    assert.deepEqual(shown("2027-05-07", "2027-05-11", ["2027-05-10"]), ["2027-05-07T07:00:00Z/8"]);
  });
  test("lose the hour that the clocks skip, and gain the one they repeat", () => {
    const night = [{ weekday: 7, opensMinute: 60, closesMinute: 4 * 60 }];
    const hours = (from: string) =>
      workingStretches(night, new Set(), prague, dayOf(from), dayOf(from) + 1).map(
        ({ startMs, endMs }) => (endMs - startMs) / 3_600_000,
      );
    assert.deepEqual(hours("2027-03-28"), [2]);
    assert.deepEqual(hours("2027-10-31"), [4]);
  });
});
