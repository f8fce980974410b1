import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { instantOfWall, parseInstant, wallClockOf, wallMs } from "./wall-clock.ts";

const ZONES = [
  "Europe/Prague",
  "America/New_York",
  "Australia/Lord_Howe", // Half an hour of summer time.
  "Asia/Kathmandu",
  "Africa/Casablanca", // Changes around Ramadan.
  "Pacific/Apia",
  "UTC",
] as const;

const anyZone = fc.constantFrom(...ZONES);
const anyYear = fc.integer({ min: 1975, max: 2037 });

describe("a zone's wall clock", () => {
  test("agrees with Temporal at every moment", () => {
    fc.assert(
      fc.property(anyZone, anyYear, fc.integer({ min: 0, max: 527_039 }), (zone, year, minute) => {
        const ms = Temporal.Instant.from(`${year}-01-01T00:00Z`).epochMilliseconds + minute * 60_000;
        const zoned = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
        const expected = ms + zoned.offsetNanoseconds / 1e6;
        assert.equal(wallMs(wallClockOf(zone, year), ms), expected);
      }),
    );
  });

  test("finds the instant of a wall time: the first of two, and past a gap by the offset before it", () => {
    fc.assert(
      fc.property(anyZone, anyYear, fc.integer({ min: 0, max: 525_599 }), (zone, year, minute) => {
        const wall = Temporal.PlainDateTime.from(`${year}-01-01T00:00`).add({ minutes: minute });
        const wallAsMs = wall.toZonedDateTime("UTC").epochMilliseconds;
        const expected = wall.toZonedDateTime(zone, { disambiguation: "compatible" }).epochMilliseconds;
        assert.equal(instantOfWall(wallClockOf(zone, year), wallAsMs), expected);
      }),
    );
  });
});

describe("an instant", () => {
  const TEXTS: readonly [string, string | null][] = [
    ["2027-03-25T15:30:00+01:00", "2027-03-25T14:30:00Z"],
    ["2027-03-25T15:30Z", "2027-03-25T15:30:00Z"],
    ["2027-03-25T15:30:00.250-05:30", "2027-03-25T21:00:00.25Z"],
    ["2027-03-25", null],
    ["2027-03-25T15:30:00", null],
    ["2027-02-30T15:30:00Z", null],
    ["2028-02-29T23:59:60Z", "2028-03-01T00:00:00Z"],
    ["2027-03-25T15:30:00.", null],
    ["2027-03-25T15:30:00+0100", null],
    ["2027-03-25T24:00:00Z", null],
    ["2027-03-25T15:30:00Zulu", null],
    ["", null],
  ];
  test("is read as Temporal reads it, whatever its offset and fraction", () => {
    const anyInstant = fc.record({
      ms: fc.integer({ min: -2_208_988_800_000, max: 7_258_118_400_000 }),
      offset: fc.integer({ min: -14 * 60, max: 14 * 60 }),
    });
    fc.assert(
      fc.property(anyInstant, ({ ms, offset }) => {
        const sign = offset < 0 ? "-" : "+";
        const pad = (part: number) => String(part).padStart(2, "0");
        const zone = `${sign}${pad(Math.floor(Math.abs(offset) / 60))}:${pad(Math.abs(offset) % 60)}`;
        const text = Temporal.Instant.fromEpochMilliseconds(ms).toString({ timeZone: zone });
        assert.equal(parseInstant(text), ms, text);
      }),
    );
  });

  for (const [text, expected] of TEXTS)
    test(`${text} is ${expected ?? "none"}`, () =>
      assert.equal(parseInstant(text), expected === null ? null : Temporal.Instant.from(expected).epochMilliseconds));
});
