// Rules ZN* are in ../SPEC.md. Strategy: Temporal is the judge, over every zone and the moments around its transitions.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "./civil.ts";
import { parseWallTime } from "./wall-time.ts";
import { UTC, findZone, fixedZone, zoneFromTransitions, type Zone } from "./zone.ts";

const wall = (text: string) => parseWallTime(text)!.localMs;
const instant = (text: string) => Temporal.Instant.from(text).epochMilliseconds;

function plain(localMs: number): Temporal.PlainDateTime {
  return Temporal.Instant.fromEpochMilliseconds(localMs).toZonedDateTimeISO("UTC").toPlainDateTime();
}

function assertAgrees(zone: Zone, ms: number): void {
  const expected = plain(ms).toZonedDateTime(zone.id).epochMilliseconds;
  assert.equal(zone.toEpochMs(ms), expected, `${zone.id} at wall time ${plain(ms).toString()}`);
  const local = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone.id);
  const back = ms + local.offsetNanoseconds / 1_000_000;
  assert.equal(zone.toLocalMs(ms), back, `${zone.id} at ${Temporal.Instant.fromEpochMilliseconds(ms).toString()}`);
}

describe("a zone", () => {
  const berlin = findZone("Europe/Berlin")!;

  test("[ZN1] reads a wall time in a gap with the offset before it: 02:30 becomes 03:30", () => {
    assert.equal(berlin.toEpochMs(wall("2026-03-29T02:30")), instant("2026-03-29T01:30:00Z"));
    assert.equal(berlin.toLocalMs(instant("2026-03-29T01:30:00Z")), wall("2026-03-29T03:30"));
  });

  test("[ZN2] reads a wall time that occurs twice as the first", () => {
    assert.equal(berlin.toEpochMs(wall("2026-10-25T02:30")), instant("2026-10-25T00:30:00Z"));
    assert.equal(berlin.toLocalMs(instant("2026-10-25T01:30:00Z")), wall("2026-10-25T02:30"));
  });

  test("[ZN3] is found under any spelling of case, and under its aliases", () => {
    assert.equal(findZone("europe/berlin")?.id, "Europe/Berlin");
    assert.equal(findZone("US/EASTERN")?.toLocalMs(0), findZone("America/New_York")?.toLocalMs(0));
    assert.equal(findZone("utc"), UTC);
    assert.equal(findZone("Etc/UTC")?.toLocalMs(5), 5);
  });

  test("[ZN3] that nobody knows is null, and so is what merely looks like time", () => {
    const unknown = [
      "",
      "Mars/Phobos",
      "+01:00",
      "2026-03-29",
      "2026-03-29T00:00[Europe/Berlin]",
      "Europe/Berlin\u0000",
      "x".repeat(99),
    ];
    for (const id of unknown) assert.equal(findZone(id), null, id);
  });

  test("[ZN4] has wall times in the years 1 and 9999", () => {
    for (const text of [
      "0001-01-02T00:00",
      "9999-12-30T23:59",
      "9999-07-01T12:00",
      "2499-12-31T23:00",
      "2500-03-28T02:30",
    ]) {
      for (const id of ["Europe/Berlin", "Pacific/Apia", "America/St_Johns", "Africa/Casablanca"]) {
        assertAgrees(findZone(id)!, wall(text));
      }
    }
  });

  test("[ZN5] agrees with Temporal around every transition from 1970 to 2040, of every fifth zone", (context) => {
    let zones = 0;
    let transitions = 0;
    for (const [i, id] of Intl.supportedValuesOf("timeZone").entries()) {
      if (i % 5 !== 0) continue;
      zones++;
      const zone = findZone(id)!;
      for (const { atMs } of zone.transitionsBetween(0, instant("2040-01-01T00:00:00Z"))) {
        transitions++;
        const offset = zone.offsetMsAt(atMs - 1);
        for (const aroundMs of [-HOUR_MS, -1, 0, 1, 30 * MINUTE_MS, HOUR_MS]) {
          assertAgrees(zone, atMs + aroundMs);
          assertAgrees(zone, atMs + offset + aroundMs);
        }
      }
    }
    assert.ok(zones > 80 && transitions > 3000);
    context.diagnostic(`${zones} zones, ${transitions} transitions`);
  });

  test("[ZN5] agrees with Temporal at any moment of four-digit years", () => {
    const ids = fc.constantFrom(
      "Europe/Berlin",
      "America/New_York",
      "Asia/Kolkata",
      "Australia/Lord_Howe",
      "Pacific/Apia",
    );
    const moments = fc.integer({ min: wall("0001-01-03") / 60_000, max: wall("9999-12-29") / 60_000 });
    fc.assert(
      fc.property(ids, moments, (id, minute) => assertAgrees(findZone(id)!, minute * 60_000)),
      { numRuns: 3000 },
    );
  });

  test("[ZN5] converts rising wall times all at once as it does one by one, over gaps, folds and centuries", () => {
    const ids = fc.constantFrom("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "UTC");
    const walls = fc.array(
      fc.oneof(
        fc.integer({ min: wall("0001-01-03") / 60_000, max: wall("9999-12-29") / 60_000 }),
        fc.integer({ min: wall("2011-12-01") / 60_000, max: wall("2012-12-01") / 60_000 }),
        fc.integer({ min: wall("2059-12-28") / 60_000, max: wall("2060-01-03") / 60_000 }),
        fc.integer({ min: wall("2499-12-28") / 60_000, max: wall("2500-04-03") / 60_000 }),
      ),
      { minLength: 1, maxLength: 40 },
    );
    fc.assert(
      fc.property(ids, walls, (id, minutes) => {
        const zone = findZone(id)!;
        const localMs = minutes.map((minute) => minute * MINUTE_MS).sort((one, other) => one - other);
        const epochMs: number[] = [];
        zone.toEpochMsAll(localMs, 0, localMs.length, epochMs);
        assert.deepEqual(epochMs, localMs.map(zone.toEpochMs));
      }),
      { numRuns: 500 },
    );
  });

  test("[ZN6] bounds the wall times that may denote an instant or later", () => {
    const ids = fc.constantFrom("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia");
    const moments = fc.integer({ min: -2_000, max: 60 * 24 * 60 });
    fc.assert(
      fc.property(
        ids,
        fc.integer({ min: 0, max: 40 }),
        moments,
        fc.integer({ min: -90, max: 90 }),
        (id, which, wide, near) => {
          const zone = findZone(id)!;
          const changes = zone.transitionsBetween(instant("2009-01-01T00:00:00Z"), instant("2032-01-01T00:00:00Z"));
          const epochMs = changes[which % changes.length]!.atMs + near * MINUTE_MS;
          const localMs = zone.toLocalMs(epochMs) + (wide % 200) * MINUTE_MS;
          if (zone.toEpochMs(localMs) >= epochMs) assert.ok(localMs >= zone.earliestLocalMs(epochMs));
          if (zone.toEpochMs(localMs) < epochMs) assert.ok(localMs < zone.latestLocalMs(epochMs));
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("[ZN7] with a fixed offset has no gaps", () => {
    const india = fixedZone("+05:30", 5.5 * HOUR_MS);
    assert.equal(india.toEpochMs(india.toLocalMs(123)), 123);
    assert.throws(() => fixedZone("+24:00", DAY_MS), /less than a day/);
  });

  test("[ZN8] made of transitions behaves like the zone they were taken from, cycle included", () => {
    const fromMs = instant("2000-01-01T00:00:00Z");
    const cycleFromMs = instant("2100-01-01T00:00:00Z");
    const changes = berlin.transitionsBetween(fromMs, instant("2500-01-03T00:00:00Z"));
    const copy = zoneFromTransitions("copy", HOUR_MS, changes, cycleFromMs);
    fc.assert(
      fc.property(fc.integer({ min: fromMs / 60_000, max: wall("9999-12-29") / 60_000 }), (minute) => {
        assert.equal(copy.toEpochMs(minute * 60_000), berlin.toEpochMs(minute * 60_000));
        assert.equal(copy.toLocalMs(minute * 60_000), berlin.toLocalMs(minute * 60_000));
      }),
      { numRuns: 1000 },
    );
  });
});
