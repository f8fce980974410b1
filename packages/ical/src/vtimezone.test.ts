// Rules VZ* are in ../SPEC.md. Strategy: what is written for a zone is read back and compared with that zone.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { findZone } from "@hourwright/time";
import { print } from "./print.ts";
import { decode } from "./utf8.ts";
import { vtimezoneOf } from "./vtimezone-print.ts";
import { parseOffset, clocksOfVtimezone } from "./vtimezone.ts";

const instant = (text: string) => Temporal.Instant.from(text).epochMilliseconds;
const YEAR_MS = 365.25 * 86_400_000;

describe("a VTIMEZONE that is written", () => {
  test("[VZ2] is two plain yearly rules where the clocks have them", () => {
    const text = decode(
      print([vtimezoneOf(findZone("America/New_York")!, "America/New_York", instant("2026-06-01T00:00Z"))]),
    );
    assert.deepEqual(text.split("\r\n"), [
      "BEGIN:VTIMEZONE",
      "TZID:America/New_York",
      "BEGIN:STANDARD",
      "DTSTART:20251102T020000",
      "TZOFFSETFROM:-0400",
      "TZOFFSETTO:-0500",
      "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11",
      "END:STANDARD",
      "BEGIN:DAYLIGHT",
      "DTSTART:20260308T020000",
      "TZOFFSETFROM:-0500",
      "TZOFFSETTO:-0400",
      "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3",
      "END:DAYLIGHT",
      "END:VTIMEZONE",
      "",
    ]);
  });

  test("[VZ2] is one observance where they never change", () => {
    const text = decode(print([vtimezoneOf(findZone("Asia/Kolkata")!, "Asia/Kolkata", instant("2026-06-01T00:00Z"))]));
    assert.match(text, /^BEGIN:VTIMEZONE\r\nTZID:Asia\/Kolkata\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n/);
    assert.equal(text.split("BEGIN:").length, 3);
  });

  test("[VZ1] [VZ2] reads back as the clocks it was written for, for 25 years, of every zone", (context) => {
    let zones = 0;
    for (const id of Intl.supportedValuesOf("timeZone")) {
      const zone = findZone(id)!;
      for (const since of ["1990-05-01T00:00Z", "2026-01-15T00:00Z"]) {
        const fromMs = instant(since);
        const read = clocksOfVtimezone(vtimezoneOf(zone, id, fromMs), id)!.zone;
        for (const { atMs } of zone.transitionsBetween(fromMs, fromMs + 25 * YEAR_MS)) {
          for (const ms of [atMs - 1, atMs]) assert.equal(read.toLocalMs(ms), zone.toLocalMs(ms), `${id} at ${ms}`);
        }
        for (const ms of [fromMs, fromMs + YEAR_MS / 2, fromMs + 25 * YEAR_MS]) {
          assert.equal(read.toLocalMs(ms), zone.toLocalMs(ms), `${id} at ${ms}`);
        }
      }
      zones++;
    }
    context.diagnostic(`${zones} zones`);
  });
});

test("[VZ1] offsets are read with minutes, seconds and a colon, and not from 24 hours on", () => {
  assert.equal(parseOffset("+0100"), 3_600_000);
  assert.equal(parseOffset("-053020"), -19_820_000);
  assert.equal(parseOffset("+01:00"), 3_600_000);
  assert.equal(parseOffset("-0000"), 0);
  for (const text of ["0100", "+1", "+2400", "+0160", "+01000", ""]) assert.equal(parseOffset(text), null);
});
