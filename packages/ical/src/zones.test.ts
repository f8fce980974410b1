// Rules VZ* are in ../SPEC.md. Strategy: VTIMEZONEs as programs write them, and what each is read as.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { findZone } from "@hourwright/time";
import { readCalendar } from "./calendar-object.ts";
import { newProperty } from "./content-line.ts";
import { parse } from "./parse.ts";
import { print } from "./print.ts";
import { problemLog } from "./problem.ts";
import { calendarBytes } from "./testing.ts";
import { componentsOf, withChildren, type Component } from "./tree.ts";
import { decode } from "./utf8.ts";
import { vtimezoneOf } from "./vtimezone-print.ts";
import { zonesOf } from "./zones.ts";

const instant = (text: string) => Temporal.Instant.from(text).epochMilliseconds;

/** What a TZID is read as, and what is said about it. */
function read(tzid: string, ...lines: readonly string[]): { id: string | undefined; codes: string[] } {
  const log = problemLog();
  const zones = zonesOf([parse(calendarBytes(...lines)).nodes[0] as Component], log);
  return { id: zones.find(tzid)?.id, codes: log.problems.map(({ code }) => code) };
}

type Half = readonly [kind: "STANDARD" | "DAYLIGHT", start: string, from: string, to: string, ...rest: string[]];

function vtimezone(tzid: string, ...halves: readonly Half[]): string[] {
  const observances = halves.flatMap(([kind, start, from, to, ...rest]) => [
    `BEGIN:${kind}`,
    `DTSTART:${start}`,
    `TZOFFSETFROM:${from}`,
    `TZOFFSETTO:${to}`,
    ...rest,
    `END:${kind}`,
  ]);
  return ["BEGIN:VTIMEZONE", `TZID:${tzid}`, ...observances, "END:VTIMEZONE"];
}

const BERLIN: readonly Half[] = [
  ["STANDARD", "16011028T030000", "+0200", "+0100", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"],
  ["DAYLIGHT", "16010325T020000", "+0100", "+0200", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3"],
];
const NEW_YORK: readonly Half[] = [
  ["STANDARD", "20071104T020000", "-0400", "-0500", "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11"],
  ["DAYLIGHT", "20070311T020000", "-0500", "-0400", "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3"],
];
const NEW_YORK_UNTIL_2006: readonly Half[] = [
  ["STANDARD", "19671029T020000", "-0400", "-0500", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"],
  ["DAYLIGHT", "19870405T020000", "-0500", "-0400", "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=4"],
];
const THIS_YEAR: readonly Half[] = [
  ["DAYLIGHT", "20260329T020000", "+0100", "+0200"],
  ["STANDARD", "20261025T030000", "+0200", "+0100"],
];
const ENDED: readonly Half[] = [
  ["STANDARD", "19961027T030000", "+0200", "+0100", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10;UNTIL=20251026T010000Z"],
  ["DAYLIGHT", "19970330T020000", "+0100", "+0200", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3;UNTIL=20250330T010000Z"],
];
/** The changes an hour late, by the clock after them: an old iCal wrote so. */
const AN_HOUR_LATE: readonly Half[] = [
  ["STANDARD", "19961027T040000", "+0200", "+0100", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"],
  ["DAYLIGHT", "19970330T030000", "+0100", "+0200", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3"],
];

describe("a VTIMEZONE", () => {
  const table: readonly [what: string, tzid: string, halves: readonly Half[], id: string, ...codes: string[]][] = [
    ["is the zone it is named after", "Europe/Berlin", BERLIN, "Europe/Berlin"],
    ["is the zone of its name in any case", "europe/paris", BERLIN, "Europe/Paris"],
    ["is the zone that Windows calls so", "W. Europe Standard Time", BERLIN, "Europe/Berlin"],
    ["is the zone behind a vendor's prefix", "/vendor.example/x/Europe/Rome", BERLIN, "Europe/Rome"],
    ["of Outlook is found by its rules from 1601", "Customized Time Zone", BERLIN, "Europe/Berlin"],
    ["of any name is found by its clocks", "Eastern", NEW_YORK, "America/New_York"],
    ["is not what its name claims", "Europe/Berlin", NEW_YORK, "America/New_York", "zone-named-wrong"],
    ["is not what Windows' name claims", "Tokyo Standard Time", BERLIN, "Europe/Berlin", "zone-named-wrong"],
    ["of a law that has changed is still the zone", "America/New_York", NEW_YORK_UNTIL_2006, "America/New_York"],
    ["of one year alone is the zone of its name", "Europe/Vienna", THIS_YEAR, "Europe/Vienna"],
    ["of one year alone is nobody's without a name", "Office", THIS_YEAR, "Office"],
    ["whose rules end has its last clocks since", "My Berlin", ENDED, "My Berlin"],
    ["may change an hour late", "Europe/Berlin", AN_HOUR_LATE, "Europe/Berlin"],
    [
      "without its other half is the zone of its name",
      "Europe/Berlin",
      BERLIN.slice(0, 1),
      "Europe/Berlin",
      "zone-contradictory",
    ],
    ["that is half a summer is the zone of its name", "Europe/Berlin", THIS_YEAR.slice(0, 1), "Europe/Berlin"],
    [
      "without summer is not Berlin",
      "Europe/Berlin",
      [["STANDARD", "19700101T000000", "+0100", "+0100"]],
      "Africa/Lagos",
      "zone-named-wrong",
    ],
    ["of odd clocks has them", "Odd", [["STANDARD", "19700101T000000", "+0117", "+0117"]], "Odd"],
    [
      "of odd clocks has them under any name",
      "Asia/Tokyo",
      [["STANDARD", "19700101T000000", "+0117", "+0117"]],
      "Asia/Tokyo of the file",
      "zone-named-wrong",
    ],
  ];
  for (const [what, tzid, halves, id, ...codes] of table) {
    test(`[VZ3] [VZ4] [VZ5] ${what}`, () => {
      assert.deepEqual(read(tzid, ...vtimezone(tzid, ...halves)), { id, codes });
    });
  }

  const without = (lines: readonly string[], name: string, times: number) =>
    lines.filter((line) => !line.startsWith(name) || times-- <= 0);

  test("[VZ9] without a TZOFFSETFROM takes it from its one other half", () => {
    const lines = without(vtimezone("My Berlin", ...BERLIN), "TZOFFSETFROM", 2);
    assert.equal(lines.length, vtimezone("My Berlin", ...BERLIN).length - 2);
    assert.equal(read("My Berlin", ...lines).id, "Europe/Berlin");
  });

  test("[VZ9] without a TZOFFSETFROM and any other half never changes", () => {
    const half = vtimezone("Odd", ["STANDARD", "20200101T000000", "+0100", "+0117"]);
    const zone = zonesOf([parse(calendarBytes(...without(half, "TZOFFSETFROM", 1))).nodes[0] as Component]).find(
      "Odd",
    )!;
    for (const at of ["2000-01-01T00:00Z", "2026-01-01T00:00Z"])
      assert.equal(zone.offsetMsAt(instant(at)), 77 * 60_000);
  });

  test("[VZ9] without a TZOFFSETFROM is told with its line", () => {
    const lines = vtimezone("My Berlin", ...BERLIN).map((line) => line.replace("FROM:+0200", "FROM:two"));
    const { problems } = readCalendar(calendarBytes(...lines));
    assert.deepEqual(
      problems.map(({ line, severity, code }) => [line, severity, code]),
      [[8, "error", "zone-offset-missing"]],
    );
  });

  test("[VZ4] of odd clocks under a known name keeps them", () => {
    const lines = vtimezone("Asia/Tokyo", ["STANDARD", "19700101T000000", "+0117", "+0117"]);
    const zone = zonesOf([parse(calendarBytes(...lines)).nodes[0] as Component]).find("Asia/Tokyo")!;
    assert.equal(zone.offsetMsAt(instant("2026-01-01T00:00Z")), 77 * 60_000);
  });

  test("[VZ3] says by X-LIC-LOCATION which of several alike it is", () => {
    const [begin, tzid, ...rest] = vtimezone("Mitteleuropa", ...BERLIN);
    assert.equal(read("Mitteleuropa", begin!, tzid!, "X-LIC-LOCATION:Europe/Prague", ...rest).id, "Europe/Prague");
    assert.equal(read("Mitteleuropa", begin!, tzid!, "X-LIC-LOCATION:Asia/Tokyo", ...rest).id, "Europe/Berlin");
  });

  test("[VZ3] is found by its TZID with the escapes of a text", () => {
    const lines = vtimezone("Pacific Time (US & Canada)\\, Tijuana", ...NEW_YORK);
    assert.equal(read("Pacific Time (US & Canada), Tijuana", ...lines).id, "America/New_York");
  });

  test("[VZ3] written for any zone of the world is found again without its name, clock for clock", (context) => {
    const fromMs = instant("2010-01-01T00:00Z");
    const toMs = instant("2037-01-01T00:00Z");
    let own = 0;
    for (const id of Intl.supportedValuesOf("timeZone")) {
      const zone = findZone(id)!;
      const written = vtimezoneOf(zone, id, fromMs);
      const [, ...observances] = written.children;
      const unnamed = withChildren(written, [newProperty("TZID", [], "Customized Time Zone"), ...observances]);
      const text = decode(print([unnamed]))
        .trimEnd()
        .split("\r\n");
      const calendar = parse(calendarBytes(...text)).nodes[0] as Component;
      assert.equal(componentsOf(calendar, "VTIMEZONE").length, 1);
      const found = zonesOf([calendar]).find("Customized Time Zone")!;
      if (found.id === "Customized Time Zone") own++;
      const moments = [fromMs, ...zone.transitionsBetween(fromMs, toMs).flatMap(({ atMs }) => [atMs - 1, atMs])];
      for (const ms of moments) assert.equal(found.offsetMsAt(ms), zone.offsetMsAt(ms), `${id} at ${ms}`);
    }
    context.diagnostic(`${own} zones kept clocks of their own`);
  });
});
