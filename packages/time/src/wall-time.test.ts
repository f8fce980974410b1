import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { DAY_END, DAY_MIN, DAY_MS } from "./civil.ts";
import { parseBasicTime, parseWallTime, printBasicTime, printWallTime } from "./wall-time.ts";

describe("a time in the form of iCalendar", () => {
  const valid: [text: string, form: string, iso: string][] = [
    ["20260329", "date", "2026-03-29T00:00:00Z"],
    ["20260329T023000", "local", "2026-03-29T02:30:00Z"],
    ["20260329T023000Z", "utc", "2026-03-29T02:30:00Z"],
    ["20240229", "date", "2024-02-29T00:00:00Z"],
    ["00010101", "date", "0001-01-01T00:00:00Z"],
    ["99991231T235959", "local", "9999-12-31T23:59:59Z"],
    ["20161231T235960Z", "utc", "2016-12-31T23:59:59Z"], // [WT2] A leap second is the second before.
    ["20260329t023000z", "utc", "2026-03-29T02:30:00Z"],
  ];
  for (const [text, form, iso] of valid) {
    test(`[WT1] ${text} is read as ${form} ${iso}`, () => {
      const localMs = Temporal.Instant.from(iso).epochMilliseconds;
      assert.deepEqual(parseBasicTime(text), { form, localMs });
    });
  }

  const invalid = [
    "",
    "2026",
    "2026-03-29",
    "20260230",
    "20250229",
    "20261301",
    "20260100",
    "00000101",
    "20260329T",
    "20260329T2400",
    "20260329T240000",
    "20260329T026000",
    "20260329T023061",
    "20260329T023000+01",
    "20260329 023000",
    "2026032９",
    "20260329T02300Z",
    "-0260329",
    "20260329T-10000",
  ];
  for (const text of invalid) test(`[WT1] "${text}" is none`, () => assert.equal(parseBasicTime(text), null));

  test("[WT1] is printed as it was read, in the years 1 to 9999", () => {
    const seconds = fc.integer({ min: DAY_MIN * 86_400, max: DAY_END * 86_400 - 1 });
    fc.assert(
      fc.property(seconds, fc.constantFrom("date", "local", "utc"), (second, form) => {
        const localMs = form === "date" ? Math.floor(second / 86_400) * DAY_MS : second * 1000;
        assert.deepEqual(parseBasicTime(printBasicTime(localMs, form as "local")), { form, localMs });
        if (form !== "utc") assert.deepEqual(parseWallTime(printWallTime(localMs, form as "local")), { form, localMs });
      }),
    );
  });

  test("[WT3] is also read in extended form, with or without seconds", () => {
    assert.equal(printWallTime(parseWallTime("2026-03-29T02:30")!.localMs, "local"), "2026-03-29T02:30:00");
    assert.equal(parseWallTime("2026-02-29"), null);
    assert.equal(parseWallTime("2026-03-29T02:30:00Z"), null);
  });
});
