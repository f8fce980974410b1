import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import fc from "fast-check";
import { parse } from "../parse.ts";
import { PROBLEMS_MAX, type Problem } from "../problem.ts";
import { calendarBytes, eventLines, mutants } from "../testing.ts";
import { encode } from "../utf8.ts";
import { checkFile } from "./check-file.ts";

const problemsOf = (bytes: Uint8Array, strict = false): readonly Problem[] =>
  checkFile(parse(bytes), { strict }).problems;
const short = ({ line, column, severity, code }: Problem): string =>
  `${line}:${column} ${severity === "error" ? "E" : "w"} ${code}`;

/** What an event of these lines, the first in line 7, is told. */
const ofEvent = (...lines: readonly string[]): string[] =>
  problemsOf(calendarBytes(...eventLines(...lines))).map(short);

const START = "DTSTART:20260101T090000Z";

describe("a file as it should be", () => {
  const zone = [
    "BEGIN:VTIMEZONE",
    "TZID:Here",
    "BEGIN:STANDARD",
    "DTSTART:19701025T030000",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;UNTIL=20361026T010000Z",
    "END:STANDARD",
    "END:VTIMEZONE",
  ];
  const full = eventLines(
    "DTSTART;TZID=Here:20260101T090000",
    "DTEND;TZID=Here:20260101T100000",
    "RRULE:FREQ=WEEKLY;UNTIL=20260301T080000Z",
    "EXDATE;TZID=Here:20260108T090000,20260115T090000",
    "RDATE;VALUE=PERIOD:20260102T090000Z/PT1H",
    "SUMMARY;LANGUAGE=en:Tea\\, cake\\; more\\n",
    "GEO:50.1;14.4",
    "STATUS:TENTATIVE",
    "TRANSP:OPAQUE",
    "PRIORITY:9",
    'ATTENDEE;CN="B, en";RSVP=TRUE;DELEGATED-TO="mailto:a@example.org","mailto:c@example.org":mailto:b@example.org',
    "ATTACH;VALUE=BINARY;ENCODING=BASE64:AAECAw==",
    "REQUEST-STATUS:2.0;Success",
    "IMAGE;VALUE=URI;DISPLAY=BADGE:https://example.org/a.png",
    "X-OWN;VALUE=X-KIND:anything",
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    "DESCRIPTION:Soon",
    "TRIGGER;RELATED=END:-PT15M",
    "REPEAT:2",
    "DURATION:PT5M",
    "END:VALARM",
  );
  test("is told nothing, strictly neither", () => {
    assert.deepEqual(problemsOf(calendarBytes(...zone, ...full), true), []);
  });
});

describe("what is wrong with one line [CH1] [CH2]", () => {
  const cases: readonly (readonly [lines: readonly string[], told: readonly string[]])[] = [
    [["SUMMARY:no start"], ["4:1 E property-missing"]],
    [["DTSTART:tomorrow"], ["7:9 E value-malformed"]],
    [["DTSTART:20260230T090000"], ["7:9 E value-malformed"]],
    [["DTSTART:20260101"], ["7:9 w value-type-wrong"]],
    [["DTSTART;VALUE=DATE:20260101T090000"], ["7:20 w value-type-wrong"]],
    [["DTSTART;VALUE=TEXT:20260101"], ["7:20 E value-type-wrong"]],
    [[START, START], ["8:1 E property-twice"]],
    [[START, "DTEND:20260101T080000Z"], ["8:1 E end-before-start"]],
    [[START, "DTEND;VALUE=DATE:20260102"], ["8:1 E end-of-other-kind"]],
    [[START, "DTEND:20260101T100000Z", "DURATION:PT1H"], ["9:1 w end-and-duration"]],
    [[START, "DURATION:-PT1H"], ["8:1 E end-before-start"]],
    [[START, "DURATION:one hour"], ["8:10 E value-malformed"]],
    [["DTSTART;VALUE=DATE:20260101", "DURATION:PT1H"], ["8:1 E end-of-other-kind"]],
    [["DTSTART;TZID=Europe/Prague:20260101T090000"], ["7:1 w zone-not-described"]],
    [["DTSTART;TZID=Nowhere:20260101T090000"], ["7:1 E zone-unknown"]],
    [["DTSTART;TZID=Europe/Prague:20260101T090000Z"], ["7:1 w zone-without-use"]],
    [
      ["DTSTART;TZID=Europe/Prague:20260101T090000", "DTEND;TZID=America/New_York:20260101T040000"],
      ["7:1 w zone-not-described", "8:1 w zone-not-described"],
    ],
    [
      ["DTSTART;TZID=Europe/Prague:20260101T090000", "DTEND;TZID=Asia/Tokyo:20260101T100000"],
      ["7:1 w zone-not-described", "8:1 w zone-not-described", "8:1 E end-before-start"],
    ],
    [[START, "RRULE:FREQ=SOMETIMES"], ["8:7 E rule-part-malformed"]],
    [[START, "RRULE:FREQ=DAILY;COUNT=2;UNTIL=20260301T000000Z"], ["8:7 w rule-parts-exclude-each-other"]],
    [[START, "RRULE:FREQ=DAILY;UNTIL=20260301"], ["8:1 w until-of-other-kind"]],
    [[START, "RRULE:FREQ=DAILY;UNTIL=20250301T000000Z"], ["8:1 w rule-without-dates"]],
    [[START, "RRULE:FREQ=DAILY", "RRULE:FREQ=WEEKLY"], ["9:1 w rule-twice"]],
    [[START, "EXDATE;VALUE=DATE:20260102"], ["8:1 w date-of-other-kind"]],
    [[START, "EXDATE:20260102T090000Z,never,never again"], ["8:8 E value-malformed"]],
    [[START, "RDATE;VALUE=PERIOD:20260102T090000Z/20260102T080000Z"], ["8:20 E value-malformed"]],
    [[START, "STATUS:MAYBE"], ["8:8 E value-unknown"]],
    [[START, "CLASS:"], ["8:7 E value-malformed"]],
    [[START, "PRIORITY:10"], ["8:10 E value-out-of-range"]],
    [[START, "SEQUENCE:one"], ["8:10 E value-malformed"]],
    [[START, "GEO:91;0"], ["8:5 E value-malformed"]],
    [[START, "REQUEST-STATUS:fine"], ["8:16 E value-malformed"]],
    [[START, "CREATED:20260101T000000"], ["8:9 w not-utc"]],
    [[START, "URL:example.org"], ["8:5 w value-malformed"]],
    [[START, "ATTENDEE;RSVP=PERHAPS:mailto:a@example.org"], ["8:1 E parameter-malformed"]],
    [[START, "ATTENDEE;CN=a;CN=b:mailto:a@example.org"], ["8:1 E parameter-twice"]],
    [[START, "ATTACH;VALUE=BINARY:AAEC"], ["8:1 E parameter-missing"]],
    [[START, "SUMMARY:one\\two"], ["8:9 w escape-unknown"]],
    [[START, "DUE:20260102T000000Z"], ["8:1 w property-misplaced"]],
    [[START, "COLOUR:red"], ["8:1 w property-unknown"]],
    [[START, "BEGIN:VALARM", "TRIGGER:-PT5M", "END:VALARM"], ["8:1 E property-missing"]],
    [
      [START, "BEGIN:VALARM", "ACTION:EMAIL", "TRIGGER:-PT5M", "REPEAT:1", "END:VALARM"],
      Array.from({ length: 4 }, () => "8:1 E property-missing"),
    ],
    [
      [START, "BEGIN:VALARM", "ACTION:AUDIO", "TRIGGER;VALUE=DATE-TIME:20260101T080000", "END:VALARM"],
      ["10:25 E not-utc"],
    ],
  ];
  for (const [lines, told] of cases) {
    test(`of ${lines.join(" / ")}`, () => assert.deepEqual(ofEvent(...lines), told));
  }
});

describe("what is wrong with a file", () => {
  const told = (...lines: readonly string[]) => problemsOf(encode([...lines, ""].join("\r\n"))).map(short);

  test("that is none", () => {
    assert.deepEqual(told("Hello"), ["1:1 E not-a-property", "1:1 E no-calendar"]);
    assert.deepEqual(problemsOf(new Uint8Array()).map(short), ["1:1 E no-calendar"]);
  });

  test("of one component, and of several without a calendar", () => {
    const event = eventLines(START);
    assert.deepEqual(told(...event), ["1:1 w component-misplaced"]);
    assert.equal(told(...event, ...event)[0], "1:1 E no-calendar");
  });

  test("that lacks formalities is a warning, strictly an error [CH1]", () => {
    const bytes = encode("BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nSUMMARY:x\r\nEND:VTODO\r\nEND:VCALENDAR\r\n");
    const codes = problemsOf(bytes).map(({ severity, message }) => `${severity} ${message}`);
    assert.deepEqual(codes, [
      "warning The VCALENDAR has no PRODID.",
      "warning The VCALENDAR has no VERSION.",
      "warning The VTODO has no DTSTAMP.",
      "warning The VTODO has no UID.",
    ]);
    assert.ok(problemsOf(bytes, true).every(({ severity }) => severity === "error"));
  });

  test("in which two events are one [CH3]", () => {
    const twins = [...eventLines(START), ...eventLines(START)];
    assert.deepEqual(problemsOf(calendarBytes(...twins)).map(short), ["9:1 w object-twice"]);
    const override = eventLines(START, "RECURRENCE-ID:20260101T090000Z");
    assert.deepEqual(problemsOf(calendarBytes(...eventLines(START), ...override)), []);
  });

  test("that is a message and none [CH4]", () => {
    const message = (...lines: readonly string[]) => problemsOf(calendarBytes(...lines)).map(short);
    assert.deepEqual(message("METHOD:DANCE", ...eventLines()), ["4:1 w method-unknown"]);
    assert.deepEqual(message("METHOD:REQUEST", ...eventLines()), ["5:1 w method-people", "5:1 w method-people"]);
    const todo = eventLines("ORGANIZER:mailto:a@example.org").map((line) => line.replace("VEVENT", "VTODO"));
    const event = eventLines("ORGANIZER:mailto:a@example.org");
    assert.deepEqual(message("METHOD:PUBLISH", ...event, ...todo), ["4:1 E method-mixed"]);
  });

  test("whose zone is not described, told once; and one that is described as another [VZ4]", () => {
    const times = ["DTSTART;TZID=Europe/Berlin:20260101T090000", "DTEND;TZID=Europe/Berlin:20260101T100000"];
    assert.deepEqual(problemsOf(calendarBytes(...eventLines(...times))).map(short), ["7:1 w zone-not-described"]);
    const clocks = ["DTSTART:19700101T000000", "TZOFFSETFROM:+0900", "TZOFFSETTO:+0900"];
    const zone = [
      "BEGIN:VTIMEZONE",
      "TZID:Europe/Berlin",
      "BEGIN:STANDARD",
      ...clocks,
      "END:STANDARD",
      "END:VTIMEZONE",
    ];
    assert.deepEqual(problemsOf(calendarBytes(...zone, ...eventLines(...times))).map(short), [
      "4:1 w zone-named-wrong",
    ]);
  });

  test("of a zone that says no clocks", () => {
    const zone = ["BEGIN:VTIMEZONE", "TZID:Here", "BEGIN:STANDARD", "TZOFFSETTO:1", "END:STANDARD", "END:VTIMEZONE"];
    const codes = problemsOf(calendarBytes(...zone)).map(short);
    assert.deepEqual(codes, ["6:1 E property-missing", "6:1 E property-missing", "7:12 E value-malformed"]);
    const empty = problemsOf(calendarBytes("BEGIN:VTIMEZONE", "TZID:Here", "END:VTIMEZONE"));
    assert.deepEqual(empty.map(short), ["4:1 E zone-malformed"]);
  });

  test("lists no more than the first problems, and counts the rest [CH5]", () => {
    const lines = Array.from({ length: 3000 }, () => "GEO:here");
    const { problems, problemsLeftOut } = checkFile(parse(calendarBytes(...eventLines(START, ...lines))));
    assert.ok(problems.length <= 2 * PROBLEMS_MAX);
    assert.equal(problems.length + problemsLeftOut, 3000 + 1);
  });

  test("never throws, whatever the bytes", () => {
    const bytes = calendarBytes(...eventLines(START, "RRULE:FREQ=DAILY", "EXDATE;TZID=Europe/Prague:20260102T090000"));
    fc.assert(
      fc.property(mutants(bytes), (mutant) => {
        for (const { line, column, message, code } of problemsOf(mutant)) {
          assert.ok(line >= 1 && column >= 1 && message.length < 600 && /^[a-z0-9-]+$/.test(code));
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** The public corpora are not part of this repository: CORPORA names the folder that holds them. */
const corpora = process.env["CORPORA"] ?? "";
const skip = existsSync(join(corpora, "ics-index.json")) ? false : "CORPORA names no folder with the corpora";

/** Files that are called valid, and what is wrong with them all the same. */
const FAULTY: Readonly<Record<string, string>> = {
  "ical.js-parser/boolean.ics": "MAYBE is no boolean",
  "ical.js-parser/component.ics": "an event without DTSTART, an alarm without TRIGGER",
  "ical.js-parser/float.ics": "my foo! is no float",
  "ical.js-samples/forced_types.ics": "an alarm without TRIGGER",
  "ical.js-samples/google_birthday.ics": "RDATE:20131210Z is a date with a Z",
  "ical4j-valid/1106817412.ics": "it is Latin-1, not UTF-8",
  "ical4j-valid/categories.ics": "an event without DTSTART",
  "ical4j-valid/maritz.ics": "-P1W6DT15H is no duration, an alarm by mail has nobody to go to",
  "icalendar-py/created_calendar_with_unicode_fields.ics": "an event without DTSTART",
  "icalendar-py/issue_1050_multiple_calendars.ics": "an event without DTSTART",
  "icalendar-py/issue_1081_with_summary.ics": "an event without DTSTART",
  "icalendar-py/issue_1549_binary_attachment.ics": "an event without DTSTART",
  "icalendar-py/issue_1633_freebusy_with_dates.ics": "a period of dates",
  "icalendar-py/issue_1633_rdate_with_dates.ics": "a period of dates",
  "icalendar-py/issue_348_exception_parsing_value.ics":
    "lines that are no properties, a message of events and journals",
  "icalendar-py/multiple_calendar_components.ics": "lines that are no properties, an event without DTSTART",
  "icalendar-py/multiple_timezones.ics": "RDATE cannot have VALUE=TIME",
  "icalendar-py/pacific_fiji.ics": "two DTSTART in one event",
  "icalendar-py/rfc_6868.ics": "an event without DTSTART",
  "icalendar-py/rfc_9253_gap.ics": "an event without DTSTART",
  "icalendar-py/timezone_same_start_and_offset.ics": "END:VCALENDARD",
  "icalendar-py-events/issue_464_invalid_rdate.ics": "199709T180000Z is no time",
  "recurring-ical-events/issue_61_time_zone_error.ics": "lines that are cut without being folded",
};

describe("the calendar corpora, checked", { skip }, () => {
  type Entry = { file: string; kind: string };
  const checked = () =>
    (JSON.parse(readFileSync(join(corpora, "ics-index.json"), "utf8")) as Entry[]).map(({ file, kind }) => {
      const problems = problemsOf(new Uint8Array(readFileSync(join(corpora, file))));
      return {
        file: file.replace(/^ics\//, ""),
        kind,
        problems,
        hasError: problems.some(({ severity }) => severity === "error"),
      };
    });

  test("have no error where they are valid, but for the faults that have a name here", () => {
    const valid = checked().filter(({ kind }) => kind.startsWith("valid") && kind !== "valid or historic");
    const wrong = valid.filter(({ hasError }) => hasError).map(({ file }) => file);
    assert.deepEqual(wrong.sort(), Object.keys(FAULTY).sort());
    assert.ok(valid.length >= 100);
  });

  test("have an error wherever they are invalid or malformed", () => {
    const bad = checked().filter(({ kind }) => kind === "invalid" || kind === "malformed");
    assert.deepEqual(
      bad.filter(({ hasError }) => !hasError).map(({ file }) => file),
      [],
    );
    assert.ok(bad.length >= 30);
  });
});
