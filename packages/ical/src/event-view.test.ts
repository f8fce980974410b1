// Rules EV* are in ../SPEC.md.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { printBasicTime } from "@hourwright/time";
import { alarmsOf } from "./alarm.ts";
import { readCalendar } from "./calendar-object.ts";
import { calendarBytes, eventLines } from "./testing.ts";
import { windowsZoneId } from "./windows-zones.ts";
import { WORLD_ZONES } from "./zones.ts";

function read(...lines: readonly string[]) {
  const { objects, problems } = readCalendar(calendarBytes(...eventLines(...lines)));
  return {
    event: objects[0]!.master!,
    problems: problems.map(({ line, severity, code }) => `${line} ${severity} ${code}`),
  };
}

describe("an event", () => {
  test("has all that its lines say", () => {
    const { event, problems } = read(
      "DTSTART;TZID=Europe/Berlin:20260302T090000",
      "DTEND;TZID=Europe/Berlin:20260302T100000",
      "SUMMARY:Staff\\, weekly",
      "DESCRIPTION:one\\ntwo",
      "LOCATION:Room 5",
      "URL:https://example.org/a",
      "COLOR:Turquoise",
      "CATEGORIES:A\\,B,C",
      "CATEGORIES:D",
      "STATUS:tentative",
      "TRANSP:TRANSPARENT",
      "CLASS:PRIVATE",
      "PRIORITY:1",
      "SEQUENCE:7",
      "ORGANIZER;CN=Ana:MAILTO:Ana@Example.org",
      "ATTENDEE;CN=\"Ben ^'B^'\";PARTSTAT=DECLINED;ROLE=OPT-PARTICIPANT:mailto:ben@example.org",
      "ATTENDEE;CUTYPE=ROOM;EMAIL=pool@example.org:urn:uuid:1",
      "ATTENDEE:invalid:nomail",
      "BEGIN:VALARM",
      "ACTION:DISPLAY",
      "TRIGGER;RELATED=END:-P1DT1H",
      "DESCRIPTION:Soon",
      "END:VALARM",
      "BEGIN:VALARM",
      "ACTION:EMAIL",
      "TRIGGER:-PT1H",
      "END:VALARM",
    );
    assert.deepEqual(problems, []);
    assert.equal(event.summary, "Staff, weekly");
    assert.equal(event.description, "one\ntwo");
    assert.equal(event.location, "Room 5");
    assert.equal(event.url, "https://example.org/a");
    assert.equal(event.colour, "turquoise");
    assert.deepEqual(event.categories, ["A,B", "C", "D"]);
    assert.equal(event.status, "TENTATIVE");
    assert.equal(event.transparency, "TRANSPARENT");
    assert.equal(event.classification, "PRIVATE");
    assert.equal(event.priority, 1);
    assert.equal(event.sequence, 7);
    assert.equal(event.start.zone?.id, "Europe/Berlin");
    assert.equal(event.allDay, false);
    assert.equal(event.alarms, 2);
    const after = { days: -1, ms: -3_600_000 };
    assert.deepEqual(alarmsOf(event.component), [
      { action: "DISPLAY", trigger: { after, related: "END" }, description: "Soon" },
    ]);
    const usual = { participation: "NEEDS-ACTION", role: "REQ-PARTICIPANT", kind: "INDIVIDUAL" };
    assert.deepEqual(event.organizer, { ...usual, address: "ana@example.org", name: "Ana" }); // [EV6]
    assert.deepEqual(event.attendees, [
      { ...usual, address: "ben@example.org", name: 'Ben "B"', participation: "DECLINED", role: "OPT-PARTICIPANT" },
      { ...usual, address: "pool@example.org", name: null, kind: "ROOM" },
      { ...usual, address: "invalid:nomail", name: null },
    ]);
  });

  test("[EV7] has defaults for what its lines do not say", () => {
    const { event } = read("DTSTART:20260302T090000");
    const { start, span, component, uid, ...rest } = event;
    assert.deepEqual(rest, {
      recurrenceId: null,
      thisAndFuture: false,
      allDay: false,
      summary: "",
      description: "",
      location: "",
      url: null,
      colour: null,
      categories: [],
      status: null,
      transparency: "OPAQUE",
      classification: "PUBLIC",
      priority: 0,
      sequence: 0,
      organizer: null,
      attendees: [],
      alarms: 0,
      rrules: [],
      exrules: [],
      rdates: [],
      exdates: [],
    });
    assert.deepEqual(
      [start.form, start.zone, span, component.name, uid],
      ["local", null, { kind: "lasting", days: 0, ms: 0 }, "VEVENT", "event@example.org"],
    );
  });

  const spans: [name: string, lines: string[], span: string, problems: string[]][] = [
    ["[EV2] a date without end is its day", ["DTSTART;VALUE=DATE:20260302"], "1d 0", []],
    ["[EV2] a time without end has no length", ["DTSTART:20260302T090000"], "0d 0", []],
    ["a date with an end", ["DTSTART;VALUE=DATE:20260302", "DTEND;VALUE=DATE:20260305"], "3d 0", []],
    ["[EV3] a date that ends on itself is that day", ["DTSTART:20260302", "DTEND:20260302"], "1d 0", []],
    ["[EV3] a date that ends before", ["DTSTART:20260302", "DTEND:20260301"], "1d 0", ["8 error end-before-start"]],
    ["a duration", ["DTSTART:20260302T090000", "DURATION:P1DT2H"], "1d 7200000", []],
    ["[EV3] a negative duration", ["DTSTART:20260302T090000", "DURATION:-PT1H"], "0d 0", ["8 error end-before-start"]],
    ["a broken duration", ["DTSTART:20260302T090000", "DURATION:1 hour"], "0d 0", ["8 error duration-malformed"]],
    ["a broken end", ["DTSTART:20260302T090000", "DTEND:later"], "0d 0", ["8 error end-malformed"]],
    [
      "[EV4] both",
      ["DTSTART:20260302T090000", "DTEND:20260302T100000", "DURATION:PT5H"],
      "until 20260302T100000",
      ["9 warning end-and-duration"],
    ],
    [
      "[EV4] a date that ends at a time",
      ["DTSTART:20260302", "DTEND:20260304T120000"],
      "2d 0",
      ["8 error end-of-other-kind"],
    ],
    [
      "[EV4] a time that ends on a date",
      ["DTSTART:20260302T090000", "DTEND:20260303"],
      "until 20260303T000000",
      ["8 error end-of-other-kind"],
    ],
    [
      "an end that is given twice",
      ["DTSTART:20260302T090000", "DTEND:20260302T100000", "DTEND:20260302T110000"],
      "until 20260302T100000",
      ["9 error property-twice"],
    ],
  ];
  for (const [name, lines, expected, problems] of spans) {
    test(name, () => {
      const { event, problems: found } = read(...lines);
      const { span } = event;
      const shown =
        span.kind === "until" ? `until ${printBasicTime(span.end.localMs, span.end.form)}` : `${span.days}d ${span.ms}`;
      assert.equal(shown, expected);
      assert.deepEqual(found, problems);
    });
  }

  test("[EV5] stays when its rule cannot be read, which is said", () => {
    const { event, problems } = read(
      "DTSTART:20260302",
      "RRULE:FREQ=SOMETIMES",
      "RRULE:FREQ=DAILY;COUNT=2",
      "EXDATE:never,20260302",
    );
    assert.equal(event.rrules.length, 1);
    assert.equal(event.exdates.length, 1);
    assert.deepEqual(problems, ["8 error rule-part-malformed", "10 error date-malformed"]);
  });
});

describe("a TZID", () => {
  const known: [tzid: string, id: string][] = [
    ["Europe/Prague", "Europe/Prague"],
    ["europe/prague", "Europe/Prague"],
    ["W. Europe Standard Time", "Europe/Berlin"],
    ["Eastern standard time", "America/New_York"],
    ["/freeassociation.sourceforge.net/Europe/Prague", "Europe/Prague"],
    ["/mozilla.org/20050126_1/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"],
    ["UTC", "UTC"],
  ];
  for (const [tzid, id] of known) {
    test(`[EV1] ${tzid} is ${id}`, () => {
      const { event, problems } = read(`DTSTART;TZID="${tzid}":20260302T090000`);
      assert.deepEqual(problems, []);
      assert.equal(event.start.zone?.id, id);
      assert.equal(event.start.tzid, tzid);
    });
  }

  test("[EV1] that nobody knows floats, which is said", () => {
    const { event, problems } = read("DTSTART;TZID=Customized Time Zone:20260302T090000");
    assert.equal(event.start.zone, null);
    assert.equal(event.start.unknownZone, true);
    assert.deepEqual(problems, ["7 error zone-unknown"]);
  });

  test("[EV1] of a VTIMEZONE has its clocks", () => {
    const zone = [
      "BEGIN:VTIMEZONE",
      "TZID:Customized Time Zone",
      "BEGIN:STANDARD",
      "DTSTART:16010101T030000",
      "TZOFFSETFROM:+0200",
      "TZOFFSETTO:+0100",
      "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
      "END:STANDARD",
      "BEGIN:DAYLIGHT",
      "DTSTART:16010101T020000",
      "TZOFFSETFROM:+0100",
      "TZOFFSETTO:+0200",
      "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
      "END:DAYLIGHT",
      "END:VTIMEZONE",
    ];
    const event = eventLines("DTSTART;TZID=Customized Time Zone:20260702T090000");
    const { objects, problems } = readCalendar(calendarBytes(...zone, ...event));
    assert.deepEqual(problems, []);
    const { start } = objects[0]!.master!;
    assert.equal(start.zone?.toEpochMs(start.localMs), Temporal.Instant.from("2026-07-02T07:00Z").epochMilliseconds);
    const winter = Temporal.Instant.from("2026-12-02T08:00Z").epochMilliseconds;
    assert.equal(start.zone?.toLocalMs(winter), winter + 3_600_000);
  });

  test("[EV1] of Windows always names a zone that exists", () => {
    for (const name of [
      "Dateline Standard Time",
      "Line Islands Standard Time",
      "FLE Standard Time",
      "Greenland Standard Time",
    ]) {
      const id = windowsZoneId(name);
      assert.ok(id !== null && WORLD_ZONES.find(id) !== null, name);
    }
    assert.equal(windowsZoneId("Middle-Earth Standard Time"), null);
  });
});
