// Rules OB* are in ../SPEC.md.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  COMPONENTS_PER_OBJECT_MAX,
  objectBytes,
  readCalendar,
  readObject,
  readObjects,
  type CalendarObject,
} from "./calendar-object.ts";
import { calendarBytes, eventLines } from "./testing.ts";
import { componentsOf, propertyOf } from "./tree.ts";
import { decode, encode } from "./utf8.ts";

const lines = (object: CalendarObject) => decode(objectBytes(object)).split("\r\n");
const codes = (bytes: Uint8Array) =>
  readCalendar(bytes).problems.map(({ line, severity, code }) => `${line} ${severity} ${code}`);
const zone = (tzid: string) => [
  "BEGIN:VTIMEZONE",
  `TZID:${tzid}`,
  "BEGIN:STANDARD",
  "DTSTART:19700101T000000",
  "TZOFFSETFROM:+0100",
  "TZOFFSETTO:+0100",
  "END:STANDARD",
  "END:VTIMEZONE",
];

describe("reading a file", () => {
  test("[OB1] gives one object per UID and kind, master and overrides together", () => {
    const bytes = calendarBytes(
      ...eventLines("DTSTART:20260101T090000Z", "RRULE:FREQ=DAILY"),
      "BEGIN:VTODO",
      "UID:event@example.org",
      "END:VTODO",
      "BEGIN:VJOURNAL",
      "UID:journal",
      "END:VJOURNAL",
      ...eventLines("RECURRENCE-ID:20260102T090000Z", "DTSTART:20260102T100000Z"),
    );
    const { objects, problems } = readCalendar(bytes);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      objects.map(({ uid, kind, overrides, master }) => [uid, kind, master === null, overrides.length]),
      [
        ["event@example.org", "VEVENT", false, 1],
        ["event@example.org", "VTODO", true, 0],
        ["journal", "VJOURNAL", true, 0],
      ],
    );
  });

  test("[OB2] makes of each object a calendar of its own, with the zones that it names", () => {
    const bytes = calendarBytes(
      "METHOD:PUBLISH",
      "CALSCALE:GREGORIAN",
      "X-WR-CALNAME:All of us",
      ...zone("Here"),
      ...zone("There"),
      ...eventLines(
        "DTSTART;TZID=Here:20260101T090000",
        "X-UNKNOWN;X-P=1:kept",
        "BEGIN:VALARM",
        "TRIGGER:-PT5M",
        "ACTION:DISPLAY",
        "END:VALARM",
        "BEGIN:X-PART",
        "X-DEEP:kept",
        "END:X-PART",
      ),
    );
    const [object] = readCalendar(bytes).objects;
    assert.deepEqual(lines(object!), [
      "BEGIN:VCALENDAR",
      "VERSION:2.0",
      "PRODID:-//test//EN",
      "CALSCALE:GREGORIAN",
      ...zone("Here"),
      "BEGIN:VEVENT",
      "UID:event@example.org",
      "DTSTAMP:20260101T000000Z",
      "DTSTART;TZID=Here:20260101T090000",
      "X-UNKNOWN;X-P=1:kept",
      "BEGIN:VALARM",
      "TRIGGER:-PT5M",
      "ACTION:DISPLAY",
      "END:VALARM",
      "BEGIN:X-PART",
      "X-DEEP:kept",
      "END:X-PART",
      "END:VEVENT",
      "END:VCALENDAR",
      "",
    ]);
  });

  test("[OB2] keeps the bytes of every line, and turns bare line feeds into CRLF", () => {
    const odd = eventLines("dtstart:20260101T090000Z", "SUMMARY:folded in an \r\n odd place", 'DESCRIPTION;X="1":\\N');
    const [object] = readCalendar(calendarBytes(...odd)).objects;
    assert.deepEqual(lines(object!).slice(3, -2), odd.join("\r\n").split("\r\n"));
    const bare = encode(decode(calendarBytes(...odd)).replaceAll("\r\n", "\n"));
    const [other] = readCalendar(bare).objects;
    assert.ok(!/[^\r]\n/.test(decode(objectBytes(other!))));
  });

  test("[OB2] gives a bare component the calendar around it that it lacks", () => {
    const { objects, problems } = readCalendar(encode(eventLines("DTSTART:20260101").join("\r\n")));
    assert.deepEqual(problems, []);
    assert.deepEqual(lines(objects[0]!).slice(0, 3), [
      "BEGIN:VCALENDAR",
      "VERSION:2.0",
      "PRODID:-//Hourwright//Hourwright//EN",
    ]);
  });

  test("[OB3] gives objects that read back as the same bytes", () => {
    const name = fc.constantFrom("SUMMARY", "X-A", "COMMENT;LANGUAGE=en", 'ATTENDEE;CN="a:b"');
    const value = fc.string({ unit: "grapheme-ascii", maxLength: 120 });
    const property = fc.tuple(name, value).map(([name, value]) => `${name}:${value}`);
    fc.assert(
      fc.property(fc.array(property, { maxLength: 6 }), (properties) => {
        const [object] = readCalendar(calendarBytes(...eventLines("DTSTART:20260101", ...properties))).objects;
        const bytes = objectBytes(object!);
        assert.deepEqual(objectBytes(readObject(bytes)!), bytes);
      }),
    );
  });

  test("[OB4] gives an event without UID one that is the same at every import", () => {
    const anonymous = (stamp: string, summary: string) =>
      calendarBytes("BEGIN:VEVENT", `DTSTAMP:${stamp}`, "DTSTART:20260101", `SUMMARY:${summary}`, "END:VEVENT");
    const uid = (bytes: Uint8Array) => readCalendar(bytes).objects[0]!.uid;
    assert.match(uid(anonymous("20260101T000000Z", "a")), /^[0-9a-f]{32}@content\.hourwright$/);
    assert.equal(uid(anonymous("20260101T000000Z", "a")), uid(anonymous("20270101T000000Z", "a")));
    assert.notEqual(uid(anonymous("20260101T000000Z", "a")), uid(anonymous("20260101T000000Z", "b")));
    assert.deepEqual(codes(anonymous("20260101T000000Z", "a")), ["4 warning uid-missing"]);
    const [object] = readCalendar(anonymous("20260101T000000Z", "a")).objects;
    assert.equal(readObject(objectBytes(object!))?.uid, object!.uid);
  });

  test("[OB4] tells a thousand anonymous events apart", () => {
    const events = Array.from({ length: 1000 }, (_, i) => [
      "BEGIN:VEVENT",
      "DTSTART:20260101",
      `SUMMARY:${i}`,
      "END:VEVENT",
    ]);
    assert.equal(new Set(readCalendar(calendarBytes(...events.flat())).objects.map(({ uid }) => uid)).size, 1000);
  });

  test("[OB5] takes the higher SEQUENCE of two that are the same, else the later one", () => {
    const event = (sequence: number, summary: string) =>
      eventLines("DTSTART:20260101", `SEQUENCE:${sequence}`, `SUMMARY:${summary}`);
    const summary = (bytes: Uint8Array) => readCalendar(bytes).objects[0]?.master?.summary;
    assert.equal(summary(calendarBytes(...event(2, "new"), ...event(1, "old"))), "new");
    assert.equal(summary(calendarBytes(...event(1, "first"), ...event(1, "second"))), "second");
    assert.deepEqual(codes(calendarBytes(...event(2, "new"), ...event(1, "old"))), ["11 warning object-twice"]);
    const [object] = readCalendar(calendarBytes(...event(2, "new"), ...event(1, "old"))).objects;
    assert.equal(componentsOf(object!.calendar, "VEVENT").length, 1);
  });

  test("[OB6] leaves out what is broken, and nothing else", () => {
    const bytes = calendarBytes(
      ...eventLines("SUMMARY:no start"),
      ...eventLines("DTSTART:tomorrow").map((line) => line.replace("event@", "bad@")),
      ...eventLines("DTSTART:20260101").map((line) => line.replace("event@", "good@")),
    );
    assert.deepEqual(
      readCalendar(bytes).objects.map(({ uid }) => uid),
      ["good@example.org"],
    );
    assert.deepEqual(codes(bytes), ["4 error event-without-start", "12 error start-malformed"]);
  });

  test("[OB7] finds the name, method and zone that the file gives itself", () => {
    const named = readCalendar(
      calendarBytes("X-WR-CALNAME:Pool\\, indoor", "METHOD:request", "X-WR-TIMEZONE:Europe/Prague"),
    );
    assert.deepEqual([named.name, named.method, named.timeZone], ["Pool, indoor", "REQUEST", "Europe/Prague"]);
    assert.equal(readCalendar(calendarBytes("NAME:Other")).name, "Other");
    assert.equal(readCalendar(calendarBytes()).name, null);
  });

  test("says so when the file is no calendar at all", () => {
    for (const text of ["", "\r\n\r\n", "PK\u0003\u0004 not a calendar", '{"json": true}']) {
      assert.ok(codes(encode(text)).includes("1 error no-calendar"), text);
    }
  });

  test("reports a VTIMEZONE that says no clocks", () => {
    const broken = zone("Here").map((line) => line.replace("TZOFFSETTO:+0100", "TZOFFSETTO:+5744"));
    assert.deepEqual(codes(calendarBytes(...broken)), ["9 error zone-malformed"]);
    assert.deepEqual(codes(calendarBytes("BEGIN:VTIMEZONE", "TZID:x", "END:VTIMEZONE")), ["4 error zone-malformed"]);
  });

  test("hands out objects one by one, in small steps", () => {
    const events = Array.from({ length: 1000 }, (_, i) =>
      eventLines("DTSTART:20260101").map((line) => line.replace("event@", `${i}@`)),
    );
    const steps = [...readObjects(calendarBytes(...events.flat()), 4096)];
    assert.equal(steps.filter(({ kind }) => kind === "object").length, 1000);
    assert.ok(steps.filter(({ kind }) => kind === "read").length > 25);
  });

  test("bounds the components of one UID", () => {
    const many = Array.from({ length: COMPONENTS_PER_OBJECT_MAX + 2 }, () => eventLines("DTSTART:20260101"));
    const { problems, problemsLeftOut } = readCalendar(calendarBytes(...many.flat()));
    assert.ok(problems.length + problemsLeftOut >= COMPONENTS_PER_OBJECT_MAX);
    assert.ok(problems.some(({ code }) => code === "object-too-large") || problemsLeftOut > 0);
  });

  test("[OB8] does not keep what is no event, task or journal, and says so", () => {
    const bytes = calendarBytes("BEGIN:VFREEBUSY", "UID:busy", "END:VFREEBUSY", "BEGIN:X-OWN", "END:X-OWN");
    const { objects, problems } = readCalendar(bytes);
    assert.deepEqual(objects, []);
    assert.deepEqual(
      problems.map(({ line, code }) => `${line} ${code}`),
      ["4 component-left-out", "7 component-left-out"],
    );
  });

  test("finds a UID among odd spaces and escapes", () => {
    const [object] = readCalendar(
      calendarBytes("BEGIN:VEVENT", "UID: a\\,b ", "DTSTART:20260101", "END:VEVENT"),
    ).objects;
    assert.equal(object?.uid, "a,b");
    assert.notEqual(propertyOf(object.master!.component, "UID"), null);
  });
});
