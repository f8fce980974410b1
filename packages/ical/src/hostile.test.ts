// Files that mean harm, and files that were damaged on the way: everything is read, told and survived, within bounds.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import fc from "fast-check";
import { UTC } from "@hourwright/time";
import { objectBytes, readCalendar, readObject, UID_CHARACTERS_MAX } from "./calendar-object.ts";
import { changeEvent, deleteEvent } from "./edit/edit.ts";
import { DATES_MAX } from "./event-view.ts";
import { instancesOf } from "./instances.ts";
import { parse } from "./parse.ts";
import { print, printKept } from "./print.ts";
import { calendarBytes, eventLines, mutants } from "./testing.ts";
import { decode } from "./utf8.ts";

const range = {
  fromMs: Temporal.Instant.from("1990-01-01T00:00Z").epochMilliseconds,
  toMs: Temporal.Instant.from("2040-01-01T00:00Z").epochMilliseconds,
  floatingZone: UTC,
};
const context = { nowMs: range.fromMs, newUid: "new", exceptions: "drop" as const };

/** Does with a file all that the server would do, and answers how many occurrences it found. */
function useUp(bytes: Uint8Array): number {
  const { objects, problems } = readCalendar(bytes);
  for (const { message, line, column } of problems) {
    assert.ok(message.length < 400 && line >= 1 && column >= 1, message);
  }
  let found = 0;
  for (const object of objects) {
    const stored = objectBytes(object);
    const again = readObject(stored);
    assert.equal(again?.uid, object.uid, "an object reads back");
    assert.deepEqual(objectBytes(again), stored, "as the same bytes");
    if (object.kind !== "VEVENT") continue;
    const { instances } = instancesOf(object, range, 5000);
    found += instances.length;
    assert.deepEqual(instancesOf(again, range, 5000).instances.length, instances.length);
    for (const { startMs, endMs, view } of instances) {
      assert.ok(Number.isSafeInteger(startMs) && Number.isSafeInteger(endMs) && endMs >= startMs);
      assert.ok(view.summary.isWellFormed() && !view.summary.includes("\u0000"));
    }
    const recurrenceId = instances.at(-1)?.recurrenceId ?? null;
    for (const scope of ["this", "following", "all"] as const) {
      changeEvent(object, { scope, recurrenceId }, { summary: "changed" }, context);
      deleteEvent(object, { scope, recurrenceId }, context);
    }
  }
  return found;
}

describe("a hostile file", () => {
  test("of hundreds of thousands of dates in one line is told so, and they are not kept", () => {
    const dates = Array.from({ length: 200_000 }, (_, i) => `20260101T${String(i % 24).padStart(2, "0")}0000Z`);
    const event = eventLines("DTSTART:20260101T000000Z", `RDATE:${dates.join(",")}`);
    const { problems, objects } = readCalendar(calendarBytes(...event));
    assert.deepEqual(
      problems.map(({ code }) => code),
      ["too-many-dates"],
    );
    assert.equal(objects[0]?.master?.rdates.length, 0);
    assert.ok(DATES_MAX < dates.length);
  });

  test("of thousands of exclusions and overrides is not read against itself", () => {
    const day = (i: number) =>
      `${2026 + Math.floor(i / 336)}${String(1 + (Math.floor(i / 28) % 12)).padStart(2, "0")}${String(1 + (i % 28)).padStart(2, "0")}`;
    const exdates = Array.from({ length: 5000 }, (_, i) => `EXDATE;VALUE=DATE:${day(i)}`);
    const overrides = Array.from({ length: 5000 }, (_, i) =>
      eventLines(`RECURRENCE-ID:${day(i)}T090000Z`, `DTSTART:${day(i)}T100000Z`),
    );
    const bytes = calendarBytes(
      ...eventLines("DTSTART:20260101T090000Z", "RRULE:FREQ=DAILY", ...exdates),
      ...overrides.flat(),
    );
    const [object] = readCalendar(bytes).objects;
    assert.equal(object?.overrides.length, 5000);
    const { instances } = instancesOf(object, range, 100_000);
    assert.ok(
      instances.every(({ view }) => view.recurrenceId === null),
      "every override is excluded by its day",
    );
    const edit = deleteEvent(object, { scope: "this", recurrenceId: "20500101T090000Z" }, context);
    assert.equal(edit.refused, undefined);
  });

  test("of a rule that would have to be counted for ever is not split, and says so", () => {
    const rule = "RRULE:FREQ=SECONDLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;COUNT=9999999999";
    const [object] = readCalendar(calendarBytes(...eventLines("DTSTART:20260101T000000Z", rule))).objects;
    const target = { scope: "following", recurrenceId: "20260101T120000Z" } as const;
    assert.equal(changeEvent(object!, target, { summary: "later" }, context).refused, undefined);
    const far = { scope: "following", recurrenceId: "20260301T120000Z" } as const;
    assert.notEqual(changeEvent(object!, far, { summary: "later" }, context).refused, undefined);
  });

  test("of a UID as long as a book gets a short one", () => {
    const { objects, problems } = readCalendar(
      calendarBytes("BEGIN:VEVENT", `UID:${"x".repeat(UID_CHARACTERS_MAX + 1)}`, "DTSTART:20260101", "END:VEVENT"),
    );
    assert.ok(objects[0]!.uid.length < 100);
    assert.deepEqual(
      problems.map(({ code }) => code),
      ["uid-too-long"],
    );
  });

  test("of a time zone with endless onsets is bounded", () => {
    const onset = [
      "BEGIN:STANDARD",
      "DTSTART:16010101T000000",
      "TZOFFSETFROM:+0100",
      "TZOFFSETTO:+0200",
      "RRULE:FREQ=SECONDLY",
      "END:STANDARD",
    ];
    const zone = [
      "BEGIN:VTIMEZONE",
      "TZID:Endless",
      ...Array.from({ length: 3000 }, () => onset).flat(),
      "END:VTIMEZONE",
    ];
    assert.equal(useUp(calendarBytes(...zone, ...eventLines("DTSTART;TZID=Endless:20260101T000000"))), 1);
  });

  test("of years 1 and 9999, endless durations and rules is read", () => {
    const lines = [
      ...eventLines("DTSTART:00010101T000000Z", "DTEND:99991231T235959Z", "RRULE:FREQ=YEARLY"),
      ...eventLines("DTSTART:99991231", "RRULE:FREQ=DAILY").map((line) => line.replace("event@", "2@")),
      ...eventLines("DTSTART:20260101T000000Z", "DURATION:P9999999W", "RRULE:FREQ=SECONDLY").map((line) =>
        line.replace("event@", "3@"),
      ),
      ...eventLines("DTSTART:20260101T000000", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30").map((line) =>
        line.replace("event@", "4@"),
      ),
    ];
    assert.ok(useUp(calendarBytes(...lines)) > 0);
  });

  test("cannot speak through a problem's message in more than a few words", () => {
    const long = "z".repeat(100_000);
    useUp(
      calendarBytes(
        `BEGIN:${long}`,
        `END:${long}a`,
        ...eventLines(`DTSTART;TZID=${long}:20260101T000000`, `RRULE:${long}`, `RRULE:FREQ=${long}`),
      ),
    );
  });
});

const folder = new URL("../fixtures/public/", import.meta.url);
const fixtures = readdirSync(folder)
  .filter((name) => name.endsWith(".ics"))
  .map((name) => ({ name, bytes: new Uint8Array(readFileSync(new URL(name, folder))) }));

describe("a damaged file", () => {
  for (const { name, bytes } of fixtures) {
    test(`like ${name} is used up without a crash`, () => {
      useUp(bytes);
      fc.assert(
        fc.property(mutants(bytes), (mutant) => void useUp(mutant)),
        { numRuns: 25 },
      );
    });
  }
});

/** The public corpora are not part of this repository: CORPORA names the folder that holds them. */
const corpora = process.env["CORPORA"] ?? "";
const skip = existsSync(join(corpora, "ics-index.json")) ? false : "CORPORA names no folder with the corpora";

describe("the calendar corpora", { skip }, () => {
  type Entry = { file: string; kind: string };
  const entries = () =>
    (JSON.parse(readFileSync(join(corpora, "ics-index.json"), "utf8")) as Entry[]).map((entry) => ({
      ...entry,
      bytes: new Uint8Array(readFileSync(join(corpora, entry.file))),
    }));

  test("are printed as they came, canonical once they were printed so, and used up without a crash", (context) => {
    let files = 0;
    for (const { file, bytes } of entries()) {
      const { nodes } = parse(bytes);
      assert.equal(decode(printKept(nodes)), decode(bytes).replace(/^\uFEFF/, ""), file);
      const canonical = print(nodes);
      assert.deepEqual(print(parse(canonical).nodes), canonical, file);
      useUp(bytes);
      files++;
    }
    context.diagnostic(`${files} files`);
  });

  test("have a problem wherever they are marked as malformed", () => {
    const silent = entries().filter(
      ({ kind, bytes }) => kind === "malformed" && readCalendar(bytes).problems.length === 0,
    );
    assert.deepEqual(
      silent.map(({ file }) => file),
      [],
    );
  });

  test("survive some damage", () => {
    for (const { bytes } of entries().filter(({ bytes }) => bytes.length < 6000)) {
      fc.assert(
        fc.property(mutants(bytes), (mutant) => void useUp(mutant)),
        { numRuns: 3 },
      );
    }
  });
});
