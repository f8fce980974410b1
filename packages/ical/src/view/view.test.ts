// Rules VW* are in ../../SPEC.md. Strategy: one row for each kind of component, as its RFC writes it; every change read
// back; and that nothing else of the file has changed a byte.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import fc from "fast-check";
import { findZone } from "@hourwright/time";
import { parse } from "../parse.ts";
import { printKept } from "../print.ts";
import { componentsOf, newComponent, withReplaced, type Component } from "../tree.ts";
import { decode, encode } from "../utf8.ts";
import { zonesOf } from "../zones.ts";
import { text } from "./field.ts";
import {
  ALARM,
  AVAILABILITY,
  AVAILABLE,
  CALENDAR,
  DETAILS,
  FREE_BUSY,
  JOURNAL,
  LOCATION,
  PARTICIPANT,
  RESOURCE,
  TASK,
  TIME_ZONE,
} from "./kinds.ts";
import { viewOf, withView, type Fields, type View } from "./view.ts";

function component(name: string, ...lines: readonly string[]): Component {
  const [node] = parse(encode([`BEGIN:${name}`, ...lines, `END:${name}`, ""].join("\r\n"))).nodes;
  assert.ok(node?.kind === "component");
  return node;
}

const linesOf = (made: Component) =>
  decode(printKept([made]))
    .replaceAll("\r\n ", "")
    .trimEnd()
    .split("\r\n")
    .slice(1, -1);

/** The fields named, and the zone of a time by its id. */
function read<Kind extends Fields>(kind: Kind, made: Component, ...names: (keyof Kind)[]): unknown[] {
  const view = viewOf(kind, made);
  return names.map(
    (name) => JSON.parse(JSON.stringify(view[name], (key, value: unknown) => plain(key, value))) as unknown,
  );
}

function plain(key: string, value: unknown): unknown {
  if (key === "zone") return value === null ? null : (value as { id: string }).id;
  return key === "unknownZone" || key === "tzid" ? undefined : value;
}

const instant = (text: string) => Temporal.Instant.from(text).epochMilliseconds;

describe("a view [VW1]", () => {
  test("of a task", () => {
    const task = component(
      "VTODO",
      "UID:task@example.org",
      "DTSTART;TZID=Europe/Berlin:20260302T090000",
      "DUE;VALUE=DATE:20260310",
      "SUMMARY;LANGUAGE=en:Write\\, then send",
      "CATEGORIES:Work,Tea\\, cake",
      "CATEGORIES:Home",
      "PERCENT-COMPLETE:40",
      "PRIORITY:11",
      "STATUS:in-process",
      "COMPLETED:20260309T101500Z",
      "RRULE:FREQ=WEEKLY;COUNT=4",
      "EXDATE;TZID=Europe/Berlin:20260309T090000",
      'ATTENDEE;CN="Ben, B.";PARTSTAT=ACCEPTED:mailto:Ben@example.org',
      "COLOR:turquoise",
      "RELATED-TO;RELTYPE=PARENT:other@example.org",
      "CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL=Call:https://meet.example/1",
    );
    const start = { form: "local", localMs: instant("2026-03-02T09:00Z"), zone: "Europe/Berlin" };
    const due = { form: "date", localMs: instant("2026-03-10T00:00Z"), zone: null };
    assert.deepEqual(read(TASK, task, "uid", "start", "due", "summary", "categories", "percentComplete", "priority"), [
      "task@example.org",
      start,
      due,
      "Write, then send",
      ["Work", "Tea, cake", "Home"],
      40,
      0,
    ]);
    assert.deepEqual(read(TASK, task, "status", "completedMs", "colour", "sequence", "classification", "duration"), [
      "IN-PROCESS",
      instant("2026-03-09T10:15Z"),
      "turquoise",
      0,
      "PUBLIC",
      null,
    ]);
    const { rrules, exdates, attendees, related, conferences } = viewOf(TASK, task);
    assert.deepEqual([rrules.length, exdates.length, rrules[0]?.count], [1, 1, 4]);
    assert.deepEqual(
      [attendees[0]?.address, attendees[0]?.name, attendees[0]?.participation],
      ["ben@example.org", "Ben, B.", "ACCEPTED"],
    );
    assert.deepEqual(related, [{ value: "other@example.org", parameters: { RELTYPE: ["PARENT"] } }]);
    const parameters = { VALUE: ["URI"], FEATURE: ["AUDIO", "VIDEO"], LABEL: ["Call"] };
    assert.deepEqual(conferences, [{ value: "https://meet.example/1", parameters }]);
  });

  test("of a journal, with its several descriptions", () => {
    const journal = component(
      "VJOURNAL",
      "DTSTART;VALUE=DATE:20260302",
      "DESCRIPTION:One",
      "DESCRIPTION:Two",
      "STATUS:FINAL",
    );
    const [start, descriptions, status] = read(JOURNAL, journal, "start", "descriptions", "status");
    assert.deepEqual(start, { form: "date", localMs: instant("2026-03-02T00:00Z"), zone: null });
    assert.deepEqual([descriptions, status], [["One", "Two"], "FINAL"]);
  });

  test("of free and busy time, whose unknown kinds are busy", () => {
    const busy = component(
      "VFREEBUSY",
      "DTSTART:20260302T000000Z",
      "FREEBUSY;FBTYPE=BUSY-TENTATIVE:20260302T080000Z/PT1H30M,20260302T120000Z/20260302T130000Z",
      "FREEBUSY;FBTYPE=X-LUNCH:20260302T110000Z/PT1H",
      "FREEBUSY:20260302T110000Z",
    );
    const at = (time: string) => instant(`2026-03-02T${time}Z`);
    assert.deepEqual(viewOf(FREE_BUSY, busy).busy, [
      { startMs: at("08:00"), endMs: at("09:30"), kind: "BUSY-TENTATIVE" },
      { startMs: at("12:00"), endMs: at("13:00"), kind: "BUSY-TENTATIVE" },
      { startMs: at("11:00"), endMs: at("12:00"), kind: "BUSY" },
    ]);
  });

  test("of availability (RFC 7953)", () => {
    const given = component(
      "VAVAILABILITY",
      "DTSTART;TZID=America/Montreal:20111002T000000",
      "PRIORITY:3",
      "BEGIN:AVAILABLE",
      "SUMMARY:Monday to Friday from 9:00 to 17:00",
      "DTSTART;TZID=America/Montreal:20111002T090000",
      "DURATION:PT8H",
      "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
      "END:AVAILABLE",
    );
    assert.deepEqual(read(AVAILABILITY, given, "busyType", "priority", "end"), ["BUSY-UNAVAILABLE", 3, null]);
    const available = componentsOf(given, "AVAILABLE")[0]!;
    const [start, length, rrules] = read(AVAILABLE, available, "start", "duration", "rrules");
    assert.deepEqual(start, { form: "local", localMs: instant("2011-10-02T09:00Z"), zone: "America/Montreal" });
    assert.deepEqual([length, (rrules as unknown[]).length], [{ days: 0, ms: 8 * 3_600_000 }, 1]);
  });

  test("of an alarm", () => {
    const before = component(
      "VALARM",
      "ACTION:EMAIL",
      "TRIGGER;RELATED=END:-P1DT2H",
      "REPEAT:2",
      "DURATION:PT5M",
      "ACKNOWLEDGED:20260302T080000Z",
    );
    assert.deepEqual(read(ALARM, before, "action", "trigger", "repeat", "duration", "acknowledgedMs"), [
      "EMAIL",
      { after: { days: -1, ms: -7_200_000 }, related: "END" },
      2,
      { days: 0, ms: 300_000 },
      instant("2026-03-02T08:00Z"),
    ]);
    const at = component("VALARM", "TRIGGER;VALUE=DATE-TIME:20260302T080000Z");
    assert.deepEqual(viewOf(ALARM, at).trigger, { atMs: instant("2026-03-02T08:00Z") });
  });

  test("of a calendar (RFC 7986), a zone, and the places and people of RFC 9073", () => {
    const calendar = component(
      "VCALENDAR",
      "NAME:Team",
      "NAME;LANGUAGE=de:Gruppe",
      "REFRESH-INTERVAL;VALUE=DURATION:P1W",
      "SOURCE;VALUE=URI:https://example.org/a.ics",
      "METHOD:PUBLISH",
    );
    assert.deepEqual(read(CALENDAR, calendar, "names", "refreshInterval", "source", "method"), [
      ["Team", "Gruppe"],
      { days: 7, ms: 0 },
      "https://example.org/a.ics",
      "PUBLISH",
    ]);
    const zone = component("VTIMEZONE", "TZID:Europe/Berlin", "TZUNTIL:20300101T000000Z");
    assert.deepEqual(read(TIME_ZONE, zone, "tzid", "untilMs"), ["Europe/Berlin", instant("2030-01-01T00:00Z")]);
    const place = component("VLOCATION", "UID:1", "NAME:Hall", "GEO:48.85;2.32", "LOCATION-TYPE:hotel,parking");
    assert.deepEqual(read(LOCATION, place, "name", "position", "types"), [
      "Hall",
      { latitude: 48.85, longitude: 2.32 },
      ["hotel", "parking"],
    ]);
    assert.deepEqual(read(LOCATION, component("VLOCATION", "GEO:91;0"), "position"), [null]);
    assert.deepEqual(read(RESOURCE, component("VRESOURCE", "RESOURCE-TYPE:PROJECTOR"), "type"), ["PROJECTOR"]);
    const speaker = component("PARTICIPANT", "PARTICIPANT-TYPE:SPEAKER", "CALENDAR-ADDRESS:mailto:ana@example.org");
    assert.deepEqual(read(PARTICIPANT, speaker, "type", "address"), ["SPEAKER", "mailto:ana@example.org"]);
    const styled = component(
      "VEVENT",
      "STYLED-DESCRIPTION;VALUE=TEXT;FMTTYPE=text/html:<b>a\\, b</b>",
      "IMAGE;VALUE=URI;DISPLAY=BADGE:https://example.org/i.png",
    );
    const { styledDescriptions, images } = viewOf(DETAILS, styled);
    assert.equal(styledDescriptions[0]?.value, "<b>a, b</b>");
    assert.deepEqual(images[0]?.parameters["DISPLAY"], ["BADGE"]);
  });

  test("of what is missing or cannot be read is empty, and throws nothing", () => {
    for (const kind of [
      ALARM,
      AVAILABILITY,
      AVAILABLE,
      CALENDAR,
      FREE_BUSY,
      JOURNAL,
      LOCATION,
      PARTICIPANT,
      RESOURCE,
      TASK,
      TIME_ZONE,
    ]) {
      const empty = newComponent("X", []);
      const broken = component("X", ...Object.values<{ name: string }>(kind).map(({ name }) => `${name}:?`));
      viewOf(kind, broken);
      assert.equal(withView(kind, empty, viewOf(kind, empty)), empty);
    }
  });
});

describe("a change through a view", () => {
  const berlin = findZone("Europe/Berlin")!;

  test("[VW2] writes what it says, each line in its place, and keeps the parameters that still hold", () => {
    const task = component(
      "VTODO",
      "UID:1",
      'SUMMARY;LANGUAGE=en;ALTREP="cid:a":Old',
      "STATUS:NEEDS-ACTION",
      "X-OTHER:kept",
    );
    const due = { form: "local" as const, localMs: instant("2026-03-02T09:00Z"), zone: berlin };
    const changed = withView(TASK, task, {
      summary: "New; better",
      status: "COMPLETED",
      due,
      percentComplete: 100,
      categories: ["a", "b,c"],
    });
    assert.deepEqual(linesOf(changed), [
      "UID:1",
      "SUMMARY;LANGUAGE=en:New\\; better",
      "STATUS:COMPLETED",
      "X-OTHER:kept",
      "DUE;TZID=Europe/Berlin:20260302T090000",
      "PERCENT-COMPLETE:100",
      "CATEGORIES:a,b\\,c",
    ]);
    const emptied = withView(TASK, changed, {
      summary: "",
      status: null,
      due: null,
      percentComplete: null,
      categories: [],
    });
    assert.deepEqual(linesOf(emptied), ["UID:1", "X-OTHER:kept"]);
  });

  test("[VW2] writes free and busy time in UTC, a line for each kind", () => {
    const at = (time: string) => instant(`2026-03-02T${time}Z`);
    const busy = [
      { startMs: at("08:00"), endMs: at("09:00"), kind: "BUSY" as const },
      { startMs: at("10:00"), endMs: at("11:00"), kind: "BUSY-TENTATIVE" as const },
      { startMs: at("12:00"), endMs: at("13:00"), kind: "BUSY" as const },
    ];
    assert.deepEqual(linesOf(withView(FREE_BUSY, newComponent("VFREEBUSY", []), { busy })), [
      "FREEBUSY:20260302T080000Z/20260302T090000Z,20260302T120000Z/20260302T130000Z",
      "FREEBUSY;FBTYPE=BUSY-TENTATIVE:20260302T100000Z/20260302T110000Z",
    ]);
  });

  test("[VW2] writes VALUE where a name has no type of its own, and periods as such", () => {
    const refreshInterval = { days: 7, ms: 0 };
    const calendar = withView(CALENDAR, newComponent("VCALENDAR", []), {
      refreshInterval,
      source: "https://example.org",
    });
    assert.deepEqual(linesOf(calendar), [
      "REFRESH-INTERVAL;VALUE=DURATION:P1W",
      "SOURCE;VALUE=URI:https://example.org",
    ]);
    const given = component(
      "AVAILABLE",
      "RDATE;VALUE=PERIOD;TZID=Europe/Berlin:20260302T090000/PT1H",
      "RDATE;VALUE=DATE:20260303",
    );
    const { rdates } = viewOf(AVAILABLE, given);
    assert.deepEqual(linesOf(withView(AVAILABLE, newComponent("AVAILABLE", []), { rdates })), linesOf(given));
  });

  test("[PA9] leaves the lines of one name alone whose values stay", () => {
    const rows: readonly [before: string[], changes: Partial<View<typeof TASK>>, after: string[]][] = [
      [
        ["CATEGORIES;X-A=1:a,b", "CATEGORIES;LANGUAGE=de:c"],
        { categories: ["a", "b", "c", "d"] },
        ["CATEGORIES;X-A=1:a,b", "CATEGORIES;LANGUAGE=de:c", "CATEGORIES:d"],
      ],
      [["CATEGORIES;X-A=1:a,b", "CATEGORIES:c"], { categories: ["b", "c"] }, ["CATEGORIES;X-A=1:b", "CATEGORIES:c"]],
      [
        ["COMMENT;X-A=1:1", "COMMENT;X-A=2:2", "COMMENT;X-A=3:3"],
        { comments: ["1", "3"] },
        ["COMMENT;X-A=1:1", "COMMENT;X-A=3:3"],
      ],
      [["COMMENT;X-A=1:1", "COMMENT;X-A=2:2"], { comments: ["1", "two"] }, ["COMMENT;X-A=1:1", "COMMENT;X-A=2:two"]],
      [["COMMENT:1", "COMMENT:2"], { comments: ["2", "1"] }, ["COMMENT:2", "COMMENT:1"]],
    ];
    for (const [before, changes, after] of rows) {
      assert.deepEqual(linesOf(withView(TASK, component("VTODO", ...before), changes)), after, before.join(" "));
    }
    const dates = [
      "RRULE;X-A=1:FREQ=DAILY;X-FOO=1",
      "RRULE:FREQ=WEEKLY",
      "EXDATE;X-B=1:20260307T090000Z",
      "EXDATE;X-C=1:20260308T090000Z",
    ];
    const task = component("VTODO", ...dates);
    const view = viewOf(TASK, task);
    const ninth = viewOf(TASK, component("VTODO", "EXDATE:20260309T090000Z")).exdates;
    const more = withView(TASK, task, { exdates: [...view.exdates, ...ninth] });
    assert.deepEqual(linesOf(more), [...dates, "EXDATE:20260309T090000Z"]);
    const [first] = view.rrules;
    const weekly = { ...view.rrules[1]!, interval: 2 };
    const changed = withView(TASK, task, { rrules: [first!, weekly] });
    assert.deepEqual(linesOf(changed).slice(0, 2), ["RRULE;X-A=1:FREQ=DAILY;X-FOO=1", "RRULE:FREQ=WEEKLY;INTERVAL=2"]);
    const day = viewOf(TASK, component("VTODO", "EXDATE;VALUE=DATE:20260309")).exdates;
    const asDate = withView(TASK, component("VTODO", "EXDATE:20260307T090000Z"), { exdates: day });
    assert.deepEqual(linesOf(asDate), ["EXDATE;VALUE=DATE:20260309"]);
  });

  test("[VW2] keeps parameters that others made, and writes degrees without an exponent", () => {
    const task = component("VTODO", "DTSTART;X-A=1;TZID=Europe/Berlin:20260302T090000");
    const start = { form: "date" as const, localMs: instant("2026-03-03T00:00Z"), zone: null };
    assert.deepEqual(linesOf(withView(TASK, task, { start })), ["DTSTART;VALUE=DATE;X-A=1:20260303"]);
    const alarm = component("VALARM", "TRIGGER;X-A=1;RELATED=END:-PT5M");
    const trigger = { after: { days: 0, ms: -600_000 }, related: "START" as const };
    assert.deepEqual(linesOf(withView(ALARM, alarm, { trigger })), ["TRIGGER;X-A=1:-PT10M"]);
    const place = withView(LOCATION, newComponent("VLOCATION", []), { position: { latitude: 1e-7, longitude: -2.5 } });
    assert.deepEqual(linesOf(place), ["GEO:0.0000001;-2.5"]);
  });

  test("[VW2] [TX2] reads back as what was written, whatever the texts, and never as another line", () => {
    const anyText = fc.string({
      unit: fc.constantFrom("a", "ž", "🐎", ",", ";", ":", "\\", '"', "\n", "\r", " "),
      maxLength: 60,
    });
    const clean = anyText.map((text) => text.replace(/\r\n?/g, "\n"));
    const named = fc.record({
      summary: clean,
      description: clean,
      categories: fc.array(
        clean.filter((text) => text !== ""),
        { maxLength: 4 },
      ),
      percentComplete: fc.option(fc.integer({ min: 0, max: 100 })),
    });
    fc.assert(
      fc.property(named, (changes) => {
        const made = withView(TASK, newComponent("VTODO", []), changes as Partial<View<typeof TASK>>);
        const back = viewOf(TASK, parse(printKept([made])).nodes[0] as Component);
        assert.deepEqual(pick(back, Object.keys(changes)), { ...changes });
      }),
    );
  });

  test("[PA9] of one field keeps every other byte, in every fixture", () => {
    const folder = new URL("../../fixtures/public/", import.meta.url);
    let changes = 0;
    for (const file of readdirSync(folder).filter((name) => name.endsWith(".ics"))) {
      const bytes = new Uint8Array(readFileSync(new URL(file, folder)));
      for (const calendar of parse(bytes).nodes) {
        if (calendar.kind !== "component" || calendar.name !== "VCALENDAR") continue;
        const zones = zonesOf([calendar]);
        for (const child of componentsOf(calendar)) {
          const kind = { VTODO: TASK, VJOURNAL: JOURNAL, VTIMEZONE: TIME_ZONE, VEVENT: DETAILS, VALARM: ALARM }[
            child.name
          ];
          if (kind === undefined) continue;
          const same = withView(kind as Fields, child, viewOf(kind as Fields, child, zones), zones);
          assert.equal(same, child, `${file}: ${child.name}`);
          const marked = withView({ mark: text("X-MARK") }, child, { mark: "here" });
          const printed = decode(printKept([withReplaced(calendar, child, marked)]));
          assert.equal(printed.replace(/X-MARK:here\r\n/, ""), decode(printKept([calendar])), file);
          changes++;
        }
      }
    }
    assert.ok(changes > 20, `${changes} components were changed`);
  });
});

function pick(view: object, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, (view as Record<string, unknown>)[name]]));
}
