// Rules JS* are in ../../SPEC.md.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { print } from "../print.ts";
import { calendarBytes, eventLines } from "../testing.ts";
import { decode } from "../utf8.ts";
import { fromJSCalendar } from "./from-jscalendar.ts";
import type { JsonObject } from "./json.ts";
import { calendarOf } from "./testing.ts";
import { toJSCalendar } from "./to-jscalendar.ts";

const taskLines = (...lines: readonly string[]) => eventLines(...lines).map((line) => line.replace("VEVENT", "VTODO"));

const taskOf = (bytes: Uint8Array) => (toJSCalendar(calendarOf(bytes))["entries"] as readonly JsonObject[])[0]!;

const textOf = (json: JsonObject) => decode(print([fromJSCalendar(json).calendar!]));

describe("a task that takes a DURATION [JS9]", () => {
  const table: readonly (readonly [what: string, start: string, duration: string, due: string | undefined])[] = [
    ["is due when it ends", "DTSTART:20260101T090000Z", "PT1H30M", "2026-01-01T10:30:00"],
    [
      "of days ends at the same time by the wall",
      "DTSTART;TZID=Europe/Prague:20260328T120000",
      "P1D",
      "2026-03-29T12:00:00",
    ],
    ["of hours ends so much later", "DTSTART;TZID=Europe/Prague:20260328T120000", "PT24H", "2026-03-29T13:00:00"],
    ["is due on a date when it has dates", "DTSTART;VALUE=DATE:20260328", "P1W", "2026-04-04T00:00:00"],
    ["has no date on which it would be due after hours", "DTSTART;VALUE=DATE:20260328", "PT5H", undefined],
    ["is not due before it begins", "DTSTART:20260101T090000Z", "-PT1H", undefined],
    ["needs a start", "X-START:none", "PT1H", undefined],
  ];
  for (const [what, start, duration, due] of table) {
    test(`${what}: ${duration}`, () => {
      const task = taskOf(calendarBytes(...taskLines(start, `DURATION;X-A=b:${duration}`)));
      assert.equal(task["due"], due);
      const text = textOf(task);
      assert.match(text, new RegExp(`\\r\\nDURATION;X-A=b:${duration}\\r\\n`));
      assert.doesNotMatch(text, /DUE/);
    });
  }

  test("has a DUE once that is another", () => {
    const task = taskOf(calendarBytes(...taskLines("DTSTART:20260101T090000Z", "DURATION:PT1H")));
    const text = textOf({ ...task, due: "2026-01-01T11:00:00" });
    assert.match(text, /\r\nDUE:20260101T110000Z\r\n/);
    assert.doesNotMatch(text, /\r\nDURATION/);
  });

  test("is due as long after the start of each occurrence", () => {
    const bytes = calendarBytes(
      ...taskLines("DTSTART:20260101T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY"),
      ...taskLines("RECURRENCE-ID:20260102T090000Z", "DTSTART:20260102T090000Z", "DURATION:PT1H", "SUMMARY:Tea"),
      ...taskLines("RECURRENCE-ID:20260103T090000Z", "DTSTART:20260103T100000Z", "DURATION:PT2H"),
    );
    const task = taskOf(bytes);
    const { "2026-01-02T09:00:00": second, "2026-01-03T09:00:00": third } = task["recurrenceOverrides"] as JsonObject;
    assert.deepEqual(second, { title: "Tea" });
    assert.equal((third as JsonObject)["due"], "2026-01-03T12:00:00");
    assert.deepEqual(textOf(task).match(/(?<=\n)(DTSTART|DUE|DURATION):.*(?=\r)/g), [
      "DTSTART:20260101T090000Z",
      "DURATION:PT1H",
      "DTSTART:20260102T090000Z",
      "DURATION:PT1H",
      "DTSTART:20260103T100000Z",
      "DURATION:PT2H",
    ]);
  });
});

test("an occurrence of a task is due as long after its start as the series, unless it says otherwise [JS9]", () => {
  const text = textOf({
    "@type": "Task",
    uid: "a",
    start: "2026-01-01T09:00:00",
    due: "2026-01-01T17:00:00",
    recurrenceRules: [{ "@type": "RecurrenceRule", frequency: "daily" }],
    recurrenceOverrides: {
      "2026-01-02T09:00:00": { title: "Tea" },
      "2026-01-03T09:00:00": { due: "2026-01-04T17:00:00" },
    },
  });
  assert.deepEqual(text.match(/(?<=\n)DUE:.*(?=\r)/g), [
    "DUE:20260101T170000",
    "DUE:20260102T170000",
    "DUE:20260104T170000",
  ]);
});
