// Rules VA* are in ../SPEC.md. Strategy: the precedence of RFC 7953 by hand; then any layers printed and read again.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkFile, parse } from "@hourwright/ical";
import fc from "fast-check";
import { UTC, findZone, parseBasicTime, type Interval } from "@hourwright/time";
import { openIn, type Layer } from "./layers.ts";
import { anyLayers } from "./testing.ts";
import { printAvailability } from "./vavailability-print.ts";
import { AVAILABLES_MAX, openByAvailability } from "./vavailability.ts";

const utc = (text: string) => parseBasicTime(`${text}00Z`)!.localMs;
const week: Interval = { startMs: utc("20270301T0000"), endMs: utc("20270308T0000") };
const encode = (lines: readonly string[]) => new TextEncoder().encode(`${lines.join("\r\n")}\r\n`);

const available = (...lines: readonly string[]) => ["BEGIN:AVAILABLE", ...lines, "END:AVAILABLE"];
const vavailability = (...lines: readonly string[]) => ["BEGIN:VAVAILABILITY", "UID:v", ...lines, "END:VAVAILABILITY"];
const file = (...lines: readonly string[]) =>
  encode(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//Test//EN", ...lines, "END:VCALENDAR"]);

const shown = (bytes: Uint8Array, window = week, zone = UTC) =>
  openByAvailability(bytes, window, zone)
    .open.map(({ startMs, endMs }) => [startMs, endMs].map(text).join("-"))
    .join(" ");
const text = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toString().slice(8, 16);

const nineToFive = available(
  "UID:a",
  "DTSTART:20270301T090000Z",
  "DTEND:20270301T170000Z",
  "RRULE:FREQ=DAILY;BYDAY=MO,TU",
);

describe("VAVAILABILITY", () => {
  test("[VA1] is busy but for what is AVAILABLE, by its rules", () => {
    assert.equal(shown(file(...vavailability(...nineToFive))), "01T09:00-01T17:00 02T09:00-02T17:00");
    const times = available("UID:a", "DTSTART;TZID=Europe/Berlin:20270301T090000", "DURATION:PT1H");
    assert.equal(shown(file(...vavailability(...times))), "01T08:00-01T09:00");
  });

  test("[VA2] speaks of its range alone; what none speaks of is open", () => {
    const range = ["DTSTART:20270302T120000Z", "DTEND:20270307T000000Z"];
    const open = "01T00:00-02T17:00 07T00:00-08T00:00";
    assert.equal(shown(file(...vavailability(...range, ...nineToFive))), open);
    const lasting = ["DTSTART:20270302T120000Z", "DURATION:P4DT12H"];
    assert.equal(shown(file(...vavailability(...lasting, ...nineToFive))), open);
  });

  test("[VA3] of higher priority is written over lower ones: 1 over 9, 9 over none", () => {
    const away = vavailability("PRIORITY:1", "DTSTART:20270301T120000Z", "DTEND:20270302T120000Z");
    const late = vavailability(
      "PRIORITY:9",
      "DTSTART:20270302T000000Z",
      "DTEND:20270303T000000Z",
      ...available("UID:b", "DTSTART:20270302T100000Z", "DTEND:20270302T180000Z"),
    );
    const expected = "01T09:00-01T12:00 02T12:00-02T18:00";
    assert.equal(shown(file(...away, ...late, ...vavailability(...nineToFive))), expected);
    assert.equal(shown(file(...vavailability("PRIORITY:0", ...nineToFive), ...late, ...away)), expected);
  });

  test("[VA4] of equal priority is open where any of them is", () => {
    const other = vavailability(...available("UID:b", "DTSTART:20270301T160000Z", "DTEND:20270301T190000Z"));
    const expected = "01T09:00-01T19:00 02T09:00-02T17:00";
    assert.equal(shown(file(...other, ...vavailability(...nineToFive))), expected);
    assert.equal(shown(file(...vavailability(...nineToFive), ...other)), expected);
  });

  test("[VA1] has single dates moved and left out as events have", () => {
    const moved = available(
      "UID:a",
      "RECURRENCE-ID:20270302T090000Z",
      "DTSTART:20270302T100000Z",
      "DTEND:20270302T110000Z",
    );
    assert.equal(shown(file(...vavailability(...nineToFive, ...moved))), "01T09:00-01T17:00 02T10:00-02T11:00");
    const without = [...nineToFive.slice(0, -1), "EXDATE:20270301T090000Z", "END:AVAILABLE"];
    assert.equal(shown(file(...vavailability(...without))), "02T09:00-02T17:00");
  });

  test("[VA1] floats where it is read", () => {
    const floating = available("UID:a", "DTSTART:20270301T090000", "DTEND:20270301T100000");
    assert.equal(shown(file(...vavailability(...floating)), week, findZone("Asia/Kolkata")!), "01T03:30-01T04:30");
  });

  test("that is none, too much or endless work is refused with a sentence", () => {
    const codeOf = (bytes: Uint8Array) => openByAvailability(bytes, week, UTC).refused?.code;
    assert.equal(codeOf(file()), "no-availability");
    assert.equal(codeOf(new Uint8Array([0, 255, 10])), "no-availability");
    assert.equal(
      codeOf(file(...vavailability(...Array.from({ length: AVAILABLES_MAX + 1 }, () => nineToFive).flat()))),
      "too-many-components",
    );
    const seconds = available("UID:a", "DTSTART:20270301T090000Z", "DURATION:PT1S", "RRULE:FREQ=SECONDLY");
    assert.equal(codeOf(file(...vavailability(...seconds))), "too-many-steps");
  });

  test("never throws, whatever the bytes", () => {
    const lines = [...vavailability(...nineToFive), "DTSTART:x", "DURATION:-P1D", "PRIORITY:x", "RRULE:FREQ=NEVER"];
    const anyFile = fc.array(fc.constantFrom(...lines), { maxLength: 20 }).map((list) => file(...list));
    fc.assert(
      fc.property(fc.oneof(anyFile, fc.uint8Array()), (bytes) => {
        openByAvailability(bytes, week, UTC);
      }),
    );
  });

  const head = { uid: "opening-times", stampMs: utc("20270201T1200"), summary: "Opening times" };
  const always = { anchorDay: 0, fromDay: null, toDay: null };

  test("[VA5] of a plain week is a rule for each opening, and nothing to find fault with", () => {
    const day = [{ fromMinute: 540, toMinute: 720 }];
    const layer: Layer = {
      kind: "weekly",
      weeks: [[day, day, [], [], [], [], []]],
      ...always,
      reason: "opening hours",
    };
    const bytes = printAvailability([layer], findZone("Europe/Berlin")!, week, head)!;
    const printed = new TextDecoder().decode(bytes);
    assert.equal(printed.match(/BEGIN:AVAILABLE/g)!.length, 2);
    assert.equal(printed.match(/RRULE:FREQ=WEEKLY\r\n/g)!.length, 2);
    assert.deepEqual(checkFile(parse(bytes)).problems, []);
  });

  test("[VA5] of a season ends with it, also behind the window", () => {
    const day = [{ fromMinute: 540, toMinute: 720 }];
    const weeks = [[day, [], [], [], [], [], []]];
    const toDay = Temporal.PlainDate.from("1970-01-01").until("2027-05-10").days;
    const layer: Layer = { kind: "weekly", weeks, anchorDay: 0, fromDay: null, toDay, reason: "spring" };
    const printed = new TextDecoder().decode(printAvailability([layer], findZone("Europe/Berlin")!, week, head)!);
    assert.match(printed, /RRULE:FREQ=WEEKLY;UNTIL=20270510T070000Z/);
  });

  test("[VA5] of more parts than a file has is not printed", () => {
    const day = Array.from({ length: 48 }, (_, i) => ({ fromMinute: i * 30, toMinute: i * 30 + 15 }));
    const weeks = Array.from({ length: 53 }, () => Array.from({ length: 7 }, () => day));
    const year = { startMs: week.startMs, endMs: week.startMs + 365 * 86_400_000 };
    assert.equal(printAvailability([{ kind: "weekly", weeks, ...always, reason: "" }], UTC, year, head), null);
  });

  test("[VA5] printed from any layers reads as the same open time, and is printed without fault", () => {
    fc.assert(
      fc.property(anyLayers(40), ({ layers, zone, window }) => {
        const bytes = printAvailability(layers, zone, window, head)!;
        const whole = { startMs: window.startMs, endMs: window.endMs };
        const read = openByAvailability(bytes, whole, UTC);
        assert.equal(read.refused, null);
        assert.deepEqual(read.open, openIn(layers, zone, whole));
        assert.deepEqual(checkFile(parse(bytes)).problems, []);
      }),
      { numRuns: 100 },
    );
  });
});
