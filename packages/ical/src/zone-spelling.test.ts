// Rules VZ* are in ../SPEC.md. Strategy: TZIDs as programs write them without any VTIMEZONE.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readCalendar } from "./calendar-object.ts";
import { checkFile } from "./check/check-file.ts";
import { parse } from "./parse.ts";
import { calendarBytes, eventLines } from "./testing.ts";
import { WORLD_ZONES, zonesOf } from "./zones.ts";

const NONE = zonesOf([]);
const SUMMER_MS = Temporal.Instant.from("2026-07-01T00:00Z").epochMilliseconds;

/** The zone, its offset in summer in minutes, and what is said of it. */
function readAs(tzid: string): [id: string | undefined, minutes: number | undefined, code: string | undefined] {
  const zone = NONE.find(tzid);
  return [zone?.id, zone === null ? undefined : zone.offsetMsAt(SUMMER_MS) / 60_000, NONE.remark(tzid)?.code];
}

describe("a TZID without a VTIMEZONE", () => {
  const table: readonly (readonly [
    tzid: string,
    id: string | undefined,
    minutes: number | undefined,
    code?: string,
  ])[] = [
    // An offset is that offset all year [VZ6].
    ["GMT+0200", "Etc/GMT-2", 120, "zone-by-offset"],
    ["UTC+02:00", "Etc/GMT-2", 120, "zone-by-offset"],
    ["UTC-5", "Etc/GMT+5", -300, "zone-by-offset"],
    ["utc +3", "Etc/GMT-3", 180, "zone-by-offset"],
    ["GMT+2", "Etc/GMT-2", 120, "zone-by-offset"],
    ["+0530", "+0530", 330, "zone-by-offset"],
    ["UTC-03:30", "UTC-03:30", -210, "zone-by-offset"],
    ["GMT+00:00", "UTC", 0, "zone-by-offset"],
    ["-0000", "UTC", 0, "zone-by-offset"],
    // What names a zone of the world or of Windows is that zone.
    ["Etc/GMT+2", "Etc/GMT+2", -120],
    ["UTC-11", "Etc/GMT+11", -660],
    ["GMT", "GMT", 0],
    // What Windows shows lists places [VZ7].
    ["(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Europe/Berlin", 120, "zone-by-places"],
    ["(GMT+01.00) Amsterdam / Berlin / Bern / Rome / Stockholm / Vienna", "Europe/Berlin", 120, "zone-by-places"],
    ["(UTC+01:00) Belgrade, Bratislava, Budapest, Ljubljana, Prague", "Europe/Budapest", 120, "zone-by-places"],
    ["(UTC+00:00) Dublin, Edinburgh, Lisbon, London", "Europe/London", 60, "zone-by-places"],
    ["(UTC-05:00) Eastern Time (US & Canada)", "America/New_York", -240, "zone-by-places"],
    ["(GMT-08:00) Pacific Time (US & Canada)", "America/Los_Angeles", -420, "zone-by-places"],
    ["(UTC-06:00) Guadalajara, Mexico City, Monterrey", "America/Mexico_City", -360, "zone-by-places"],
    ["(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi", undefined, 330, "zone-by-offset"],
    ["(UTC+10:00) Canberra, Melbourne, Sydney", "Australia/Sydney", 600, "zone-by-places"],
    // Places whose clocks are others do not count; the offset does.
    ["(UTC+03:00) Berlin, Vienna", "Etc/GMT-3", 180, "zone-by-offset"],
    ["(UTC-03:00) Somewhere", "Etc/GMT+3", -180, "zone-by-offset"],
    ["(UTC) Coordinated Universal Time", "UTC", 0, "zone-by-offset"],
    // Nobody's clocks.
    ["UTC+15", undefined, undefined, "zone-unknown"],
    ["GMT-13", undefined, undefined, "zone-unknown"],
    ["UTC+2:99", undefined, undefined, "zone-unknown"],
    ["+2h", undefined, undefined, "zone-unknown"],
    ["Berlin", undefined, undefined, "zone-unknown"],
  ];
  for (const [tzid, id, minutes, code] of table) {
    test(`[VZ6] [VZ7] "${tzid}"`, () => {
      const [foundId, ...found] = readAs(tzid);
      assert.deepEqual(found, [minutes, code]);
      if (id !== undefined) assert.equal(foundId, id);
    });
  }

  test("[VZ6] is no name of a zone because it spells an offset", () => {
    assert.equal(WORLD_ZONES.find("GMT+0200"), null);
  });
});

test("[VZ6] an event with an offset for a TZID is at that time, and keeps it when it is read again", () => {
  const bytes = calendarBytes(...eventLines("DTSTART;TZID=GMT+0200:20260701T090000"));
  const { objects, problems } = readCalendar(bytes);
  assert.equal(objects[0]!.master!.start.zone!.id, "Etc/GMT-2");
  assert.deepEqual(
    problems.map(({ line, severity, code, message }) => [line, severity, code, message]),
    [
      [
        7,
        "warning",
        "zone-by-offset",
        'DTSTART names the time zone "GMT+0200", which is no zone; it was read as the offset +0200 all year.',
      ],
    ],
  );
  const strict = checkFile(parse(bytes), { strict: true }).problems.find(({ code }) => code === "zone-by-offset");
  assert.equal(strict?.severity, "error");
});

describe("a TZID that differs from its VTIMEZONE in case alone [VZ8]", () => {
  const zone = (tzid: string, offset: string) => [
    "BEGIN:VTIMEZONE",
    `TZID:${tzid}`,
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    `TZOFFSETFROM:${offset}`,
    `TZOFFSETTO:${offset}`,
    "END:STANDARD",
    "END:VTIMEZONE",
  ];
  const event = eventLines("DTSTART;TZID=our office:20260701T090000");

  test("means that VTIMEZONE, which goes along with the object", () => {
    const { objects, problems } = readCalendar(calendarBytes(...zone("Our Office", "+0117"), ...event));
    const { start } = objects[0]!.master!;
    assert.equal(start.zone!.offsetMsAt(SUMMER_MS), 77 * 60_000);
    assert.deepEqual(
      problems.map(({ code }) => code),
      ["zone-other-case"],
    );
    assert.equal(objects[0]!.calendar.children.filter(({ kind }) => kind === "component").length, 2);
  });

  test("means the one that is written so where there are two", () => {
    const zones = [...zone("OUR OFFICE", "+0100"), ...zone("our office", "+0200")];
    const { objects, problems } = readCalendar(calendarBytes(...zones, ...event));
    assert.equal(objects[0]!.master!.start.zone!.offsetMsAt(SUMMER_MS), 120 * 60_000);
    assert.deepEqual(problems, []);
  });

  test("is not the zone that the world knows by it, where the clocks are others", () => {
    const lines = [...zone("Europe/Berlin", "-0300"), ...eventLines("DTSTART;TZID=europe/berlin:20260701T090000")];
    const { objects } = readCalendar(calendarBytes(...lines));
    assert.equal(objects[0]!.master!.start.zone!.offsetMsAt(SUMMER_MS), -180 * 60_000);
  });
});
