import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isRefused } from "@hourwright/contract";
import { TIME_END_MS, TIME_MIN_MS, windowOfInstants } from "./window.ts";

describe("the window of a question", () => {
  const answerOf = (start: string, end: string) => {
    const window = windowOfInstants({ start, end }, "timeRange.");
    return isRefused(window) ? `${window.refused.code}: ${window.refused.detail}` : window;
  };

  for (const [what, start, end, answer] of [
    [
      "is read to the millisecond, whatever the offset",
      "2027-03-25T15:30:00+01:00",
      "2027-03-25T14:31:00Z",
      { fromMs: 1_805_985_000_000, toMs: 1_805_985_060_000 },
    ],
    [
      "may be all that is kept",
      "1900-01-01T00:00:00Z",
      "2200-01-01T00:00:00Z",
      { fromMs: TIME_MIN_MS, toMs: TIME_END_MS },
    ],
    [
      "begins in a year that is kept",
      "0001-01-01T00:00:00Z",
      "9999-12-31T00:00:00Z",
      `calendars/out-of-range: timeRange.start: "0001-01-01T00:00:00Z" is outside the years 1900 to 2199.`,
    ],
    [
      "ends in a year that is kept",
      "2027-01-01T00:00:00Z",
      "2200-01-01T00:00:00.001Z",
      `calendars/out-of-range: timeRange.end: "2200-01-01T00:00:00.001Z" is outside the years 1900 to 2199.`,
    ],
    [
      "has a length",
      "2027-01-01T00:00:00Z",
      "2027-01-01T00:00:00Z",
      "calendars/ends-before-start: timeRange.end must be after timeRange.start.",
    ],
  ] as const) {
    test(what, () => assert.deepEqual(answerOf(start, end), answer));
  }
});
