import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { componentsOf, parse, propertyOf, rawValue, readCalendar, type Component } from "@hourwright/ical";
import { startOwnServer, type OwnServer } from "../../testing/own-server.ts";
import { calendarFile, exported, imported, newCalendar } from "./testing.ts";

/** A VTIMEZONE with plain European clocks, or with the offset of `plus` hours and 17 minutes all year. */
const vtimezone = (tzid: string, plus?: number): string[] => {
  const offset = plus === undefined ? "+0100" : `+0${plus}17`;
  return [
    "BEGIN:VTIMEZONE",
    `TZID:${tzid}`,
    "BEGIN:STANDARD",
    "DTSTART:19701025T030000",
    `TZOFFSETFROM:${plus === undefined ? "+0200" : offset}`,
    `TZOFFSETTO:${offset}`,
    ...(plus === undefined ? ["RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"] : []),
    "END:STANDARD",
    ...(plus === undefined
      ? [
          "BEGIN:DAYLIGHT",
          "DTSTART:19700329T020000",
          "TZOFFSETFROM:+0100",
          "TZOFFSETTO:+0200",
          "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
          "END:DAYLIGHT",
        ]
      : []),
    "END:VTIMEZONE",
  ];
};

const event = (uid: string, tzid: string, at: string, ...more: string[]): string[] => [
  "BEGIN:VEVENT",
  `UID:${uid}`,
  "DTSTAMP:20260101T000000Z",
  `DTSTART;TZID=${tzid}:${at}`,
  "DURATION:PT1H",
  `SUMMARY:${uid}`,
  ...more,
  "END:VEVENT",
];

describe("an exported calendar", () => {
  let own: OwnServer;
  before(async () => void (own = await startOwnServer()));
  after(() => own[Symbol.asyncDispose]());

  /** What a calendar exports after it took these files. */
  async function exportOf(...files: readonly string[]): Promise<string> {
    const { id } = await newCalendar(own.owner);
    for (const file of files) await imported(own.owner, id, file);
    return exported(own.owner, id);
  }

  const zonesIn = (text: string): { readonly tzid: string; readonly vtimezone: Component }[] =>
    componentsIn(text)
      .filter(({ name }) => name === "VTIMEZONE")
      .map((component) => ({ tzid: rawValue(propertyOf(component, "TZID")!), vtimezone: component }));

  const componentsIn = (text: string): Component[] =>
    parse(new TextEncoder().encode(text)).nodes.flatMap((node) =>
      node.kind === "component" ? componentsOf(node) : [],
    );

  test("keeps a zone of its file's own, whose events are told in the calendar's", async () => {
    const { id, zone } = await newCalendar(own.owner);
    for (const tzid of ["Customized Time Zone", "(UTC+01:00) Amsterdam"])
      await imported(
        own.owner,
        id,
        calendarFile(...vtimezone(tzid, 5), ...event(`in ${tzid}`, `"${tzid}"`, "20260907T090000")),
      );
    const query = { start: "2026-09-07", end: "2026-09-08", calendars: [id], timeZone: "UTC" };
    const { events } = await own.owner("events.list", { query });
    assert.deepEqual(
      events.map(({ start, timeZone }) => [start, timeZone]),
      [
        ["2026-09-07T03:43:00+00:00", zone],
        ["2026-09-07T03:43:00+00:00", zone],
      ],
    );
    assert.match(await exported(own.owner, id), /TZID="?Customized Time Zone"?:20260907T090000/);
    const moved = { start: "2026-09-07T10:00:00Z", end: "2026-09-07T11:00:00Z", timeZone: zone };
    const { event: after } = await own.owner("events.update", { params: { id: events[0]!.id }, body: moved });
    assert.equal(Temporal.Instant.from(after.start).toString(), "2026-09-07T10:00:00Z");
  });

  test("holds one VTIMEZONE for each TZID, however many its objects brought, before what names them", async () => {
    const text = await exportOf(
      calendarFile(...vtimezone("Europe/Prague"), ...event("new", "Europe/Prague", "20260907T090000")),
      calendarFile(...vtimezone("Europe/Prague"), ...event("old", "Europe/Prague", "19850701T090000")),
      calendarFile(
        ...event("bare", "Europe/Prague", "20260908T090000", "EXDATE;TZID=America/New_York:20260908T030000"),
      ),
    );
    assert.deepEqual(
      zonesIn(text).map(({ tzid }) => tzid),
      ["America/New_York", "Europe/Prague"],
    );
    assert.ok(text.lastIndexOf("END:VTIMEZONE") < text.indexOf("BEGIN:VEVENT"));
  });

  test("describes a known zone from the earliest time that is written in it", async () => {
    // Until 1995 summer time in Prague ended in September: on 15 October 1985 the clocks stood at +01:00.
    const text = await exportOf(
      calendarFile(...event("new", "Europe/Prague", "20260907T090000")),
      calendarFile(...event("old", "Europe/Prague", "19851015T090000")),
    );
    const alone = text.replaceAll("Europe/Prague", "Somewhere"); // Under a name nobody knows, the VTIMEZONE alone counts.
    const starts = readCalendar(new TextEncoder().encode(alone)).objects.map(({ uid, master }) => {
      const { zone, localMs } = master!.start;
      return [uid, Temporal.Instant.fromEpochMilliseconds(zone!.toEpochMs(localMs)).toString()];
    });
    assert.deepEqual(Object.fromEntries(starts), { new: "2026-09-07T07:00:00Z", old: "1985-10-15T08:00:00Z" });
  });

  test("gives each name one meaning, whatever the objects meant by it", async () => {
    const text = await exportOf(
      calendarFile(...vtimezone("Customized Time Zone", 5), ...event("a", "Customized Time Zone", "20260907T090000")),
      calendarFile(...vtimezone("Customized Time Zone", 7), ...event("b", "Customized Time Zone", "20260907T090000")),
      calendarFile(...event("c", "Central Europe Standard Time", "20260907T090000")),
      calendarFile(...vtimezone("America/New_York"), ...event("d", "America/New_York", "20260907T090000")),
      calendarFile(...vtimezone("Asia/Tokyo", 7), ...event("e", "Asia/Tokyo", "20260907T090000")),
      calendarFile(
        ...event("f", "Asia/Tokyo", "20260907T090000"),
        ...event("g", "America/New_York", "20260907T090000"),
      ),
    );
    const names = ["America/New_York", "Asia/Tokyo", "Central Europe Standard Time", "Customized Time Zone"];
    const more = ["Asia/Tokyo (2)", "Customized Time Zone (2)", "Europe/Berlin"];
    assert.deepEqual(
      zonesIn(text)
        .map(({ tzid }) => tzid)
        .sort(),
      [...names, ...more].sort(),
    );
    const starts = readCalendar(new TextEncoder().encode(text)).objects.map(({ uid, master }) => {
      const { zone, localMs } = master!.start;
      return [uid, Temporal.Instant.fromEpochMilliseconds(zone!.toEpochMs(localMs)).toString().slice(11, 16)];
    });
    const expected = { a: "03:43", b: "01:43", c: "07:00", d: "07:00", e: "01:43", f: "00:00", g: "13:00" };
    assert.deepEqual(Object.fromEntries(starts), expected);
  });

  test("imported into another calendar is the same, and changes nothing where it came from", async () => {
    const file = calendarFile(
      "X-WR-CALNAME:Everything",
      "METHOD:PUBLISH",
      ...vtimezone("Europe/Prague"),
      ...vtimezone("Customized Time Zone", 5),
      ...event(
        "kept",
        "Europe/Prague",
        "20260907T090000",
        "RRULE:FREQ=WEEKLY;COUNT=5",
        "EXDATE;TZID=Europe/Prague:20260914T090000",
        "X-LARKFIELD-COURT;X-SIDE=left:A long value that has to be folded because it does not fit into one line",
        'ATTENDEE;CN="Nováková, Eva";PARTSTAT=TENTATIVE;X-NUM-GUESTS=2:mailto:eva@example.org',
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "TRIGGER;RELATED=END:-PT7M",
        "DESCRIPTION:Leave\\, now",
        "X-WR-ALARMUID:alarm-1",
        "END:VALARM",
      ),
      ...event("kept", "Europe/Prague", "20260922T150000", "RECURRENCE-ID;TZID=Europe/Prague:20260921T090000"),
      ...event("custom", "Customized Time Zone", "20260907T090000"),
      "BEGIN:VEVENT",
      "UID:floating",
      "DTSTART:20260907T090000",
      "SUMMARY:Floating",
      "END:VEVENT",
      "BEGIN:VEVENT",
      "DTSTART;VALUE=DATE:20260907",
      "SUMMARY:Without UID",
      "END:VEVENT",
      "BEGIN:VTODO",
      "UID:todo",
      "DUE;TZID=Europe/Prague:20260907T090000",
      "SUMMARY:A task",
      "END:VTODO",
      "BEGIN:VJOURNAL",
      "UID:journal",
      "DTSTART;VALUE=DATE:20260907",
      "DESCRIPTION:A page",
      "END:VJOURNAL",
    );
    const { id } = await newCalendar(own.owner);
    const first = await imported(own.owner, id, file, { zone: "America/New_York" });
    assert.deepEqual(
      [first.found, first.created, first.problems.filter(({ severity }) => severity === "error")],
      [6, 6, []],
    );

    const text = await exported(own.owner, id);
    assert.match(text, /^BEGIN:VCALENDAR\r\nVERSION:2\.0\r\nPRODID:-\/\/Hourwright/);
    for (const line of text.split("\r\n")) assert.ok(new TextEncoder().encode(line).length <= 75, line);
    const unfolded = text.replaceAll("\r\n ", "");
    for (const kept of [
      "X-LARKFIELD-COURT;X-SIDE=left:A long value that has to be folded because it does not fit into one line",
      'ATTENDEE;CN="Nováková, Eva";PARTSTAT=TENTATIVE;X-NUM-GUESTS=2:mailto:eva@example.org',
      "TRIGGER;RELATED=END:-PT7M",
      "DESCRIPTION:Leave\\, now",
      "X-WR-ALARMUID:alarm-1",
      "BEGIN:VTODO",
      "BEGIN:VJOURNAL",
    ]) {
      assert.ok(unfolded.includes(`\r\n${kept}\r\n`), `the export has lost ${kept}`);
    }
    assert.doesNotMatch(text, /METHOD|Everything/);

    const again = await imported(own.owner, id, text);
    assert.deepEqual([again.found, again.created, again.updated, again.unchanged], [6, 0, 0, 6]);
    const elsewhere = await exportOf(text);
    assert.deepEqual(bodyOf(elsewhere), bodyOf(text));
  });

  /** The components of an export, each as text, sorted: what lies in a calendar, whatever its name. */
  const bodyOf = (text: string): string[] =>
    text
      .split(/(?=BEGIN:(?:VEVENT|VTODO|VJOURNAL|VTIMEZONE)\r\n)/)
      .slice(1)
      .sort();

  test("of more objects than one page holds all of them, once", async () => {
    const uids = Array.from({ length: 450 }, (_, i) => `uid-${String(i).padStart(4, "0")}`);
    const text = await exportOf(calendarFile(...uids.flatMap((uid) => event(uid, "UTC", "20260907T090000"))));
    assert.deepEqual(
      readCalendar(new TextEncoder().encode(text))
        .objects.map(({ uid }) => uid)
        .sort(),
      uids,
    );
  });

  test("is a file with the calendar's name, which cannot write lines of its own", async () => {
    const { id } = await newCalendar(own.owner, { name: "Halls; A, B\nBEGIN:VEVENT\nUID:evil" });
    const text = await exported(own.owner, id);
    assert.equal(componentsIn(text).length, 0);
    assert.equal(readCalendar(new TextEncoder().encode(text)).name, "Halls; A, B\nBEGIN:VEVENT\nUID:evil");
  });
});
