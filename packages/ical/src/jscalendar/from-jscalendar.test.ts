// Rules JS* are in ../../SPEC.md.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readCalendar } from "../calendar-object.ts";
import { checkFile } from "../check/check-file.ts";
import { parse } from "../parse.ts";
import { print } from "../print.ts";
import { calendarBytes, eventLines } from "../testing.ts";
import { decode } from "../utf8.ts";
import { OVERRIDES_MAX } from "./dates.ts";
import { fromJSCalendar } from "./from-jscalendar.ts";
import type { Json, JsonObject } from "./json.ts";
import { linesOf } from "./testing.ts";
import { toJSCalendar } from "./to-jscalendar.ts";
import { ENTRIES_MAX } from "./validate.ts";

describe("a JSCalendar object as lines", () => {
  test("says in iCalendar what iCalendar has words for", () => {
    assert.deepEqual(
      linesOf({
        uid: "a",
        title: "Tea",
        start: "2026-01-01T00:00:00",
        showWithoutTime: true,
        duration: "P1D",
        recurrenceRules: [{ frequency: "weekly", byDay: [{ day: "mo" }], until: "2026-03-01T00:00:00" }],
        keywords: { a: true, b: true },
      }),
      [
        "UID:a",
        "SUMMARY:Tea",
        "DTSTART;VALUE=DATE:20260101",
        "DURATION:P1D",
        "RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20260301",
        "CATEGORIES:a,b",
      ],
    );
  });

  test("says the rest as JSPROP, which is read back [JS3]", () => {
    const given = { uid: "a", "example.org:own": { deep: [1, null] }, useDefaultAlerts: true };
    assert.deepEqual(linesOf(given), [
      "UID:a",
      'JSPROP;JSPTR="example.org:own":{"deep":[1\\,null]}',
      "JSPROP;JSPTR=useDefaultAlerts:true",
    ]);
    const { calendar } = fromJSCalendar({ "@type": "Event", ...given });
    assert.deepEqual((toJSCalendar(calendar!)["entries"] as readonly Json[])[0], { "@type": "Event", ...given });
  });

  test("is a calendar that a strict check finds right", () => {
    const { calendar } = fromJSCalendar({
      "@type": "Event",
      uid: "a",
      updated: "2026-01-01T00:00:00Z",
      title: "Tea",
      start: "2026-01-01T09:00:00",
      timeZone: "Europe/Prague",
      duration: "PT1H",
      locations: { "1": { name: "Here" } },
      alerts: { "1": { trigger: { offset: "-PT5M" } } },
      recurrenceRules: [{ frequency: "daily", count: 3 }],
      recurrenceOverrides: { "2026-01-02T09:00:00": { title: "Coffee" } },
    });
    const { problems } = checkFile(parse(print([calendar!])), { strict: true });
    assert.deepEqual(
      problems.filter(({ code }) => code !== "property-unknown"),
      [],
    );
  });

  test("is read in the words of the coming revision too", () => {
    const lines = linesOf({
      start: "2020-04-01T09:00:00",
      timeZone: "Europe/Berlin",
      endTimeZone: "Asia/Tokyo",
      duration: "PT10H30M",
      recurrenceRule: { frequency: "daily" },
      organizerCalendarAddress: "mailto:a@example.org",
      participants: { b: { calendarAddress: "mailto:b@example.org", participationStatus: "accepted" } },
    });
    assert.deepEqual(lines, [
      "DTSTART;TZID=Europe/Berlin:20200401T090000",
      "DTEND;TZID=Asia/Tokyo:20200402T023000",
      "RRULE:FREQ=DAILY",
      "ATTENDEE;PARTSTAT=ACCEPTED;JSID=b:mailto:b@example.org",
      "ORGANIZER:mailto:a@example.org",
    ]);
  });

  test("writes no DTEND, rule or date that was kept once it says something else [JS2]", () => {
    const bytes = calendarBytes(
      ...eventLines(
        "DTSTART;TZID=Europe/Prague:20260101T090000",
        "RRULE:FREQ=DAILY;UNTIL=20260110",
        "EXDATE:20260102T080000Z",
      ),
    );
    const [object] = readCalendar(bytes).objects;
    const js = toJSCalendar(object!);
    const textOf = (json: JsonObject) => decode(print([fromJSCalendar(json).calendar!]));
    assert.match(textOf(js), /UNTIL=20260110\r\n[^]*EXDATE:20260102T080000Z/);
    const [rule] = js["recurrenceRules"] as readonly JsonObject[];
    const changed = { ...js, recurrenceRules: [{ ...rule, interval: 2 }], recurrenceOverrides: {} };
    assert.match(textOf(changed), /RRULE:FREQ=DAILY;UNTIL=20260110T225959Z;INTERVAL=2/);
    assert.doesNotMatch(textOf(changed), /EXDATE/);
  });
});
describe("a JSON that is no JSCalendar object is refused [JS5]", () => {
  const event = (members: Readonly<Record<string, unknown>>) => ({ "@type": "Event", uid: "a", ...members });
  const many = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, i) => [
        Temporal.PlainDateTime.from("2000-01-01T00:00:00").add({ hours: i }).toString(),
        {},
      ]),
    );
  let deep: unknown = 1;
  for (let i = 0; i < 100; i++) deep = [deep];
  const cases: readonly (readonly [what: string, json: unknown, pointer: string])[] = [
    ["null", null, ""],
    ["a list", [], ""],
    ["no type", {}, "/@type"],
    ["another type", { "@type": "Card" }, "/@type"],
    ["a group without entries", { "@type": "Group" }, ""],
    ["a group in a group", { "@type": "Group", entries: [{ "@type": "Group", entries: [] }] }, "/entries/0/@type"],
    [
      "too many entries",
      { "@type": "Group", entries: Array.from({ length: ENTRIES_MAX + 1 }, () => event({})) },
      "/entries",
    ],
    ["a start with an offset", event({ start: "2026-01-01T09:00:00+01:00" }), "/start"],
    ["a start on no day", event({ start: "2026-02-30T09:00:00" }), "/start"],
    ["a negative duration", event({ duration: "-PT1H" }), "/duration"],
    ["a local instant", event({ updated: "2026-01-01T09:00:00" }), "/updated"],
    ["a priority of 10", event({ priority: 10 }), "/priority"],
    ["a rule without a frequency", event({ recurrenceRules: [{}] }), "/recurrenceRules/0"],
    ["a rule of 0", event({ recurrenceRules: [{ frequency: "daily", interval: 0 }] }), "/recurrenceRules/0/interval"],
    [
      "months as numbers",
      event({ recurrenceRules: [{ frequency: "yearly", byMonth: [1] }] }),
      "/recurrenceRules/0/byMonth/0",
    ],
    ["an override of no time", event({ recurrenceOverrides: { tomorrow: {} } }), "/recurrenceOverrides/tomorrow"],
    [
      "an override that starts at no time",
      event({ recurrenceOverrides: { "2026-01-01T09:00:00": { start: "later" } } }),
      "/recurrenceOverrides/2026-01-01T09:00:00/start",
    ],
    [
      "overrides that repeat too much",
      event({
        participants: Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`p${i}`, { name: "n" }])),
        recurrenceOverrides: Object.fromEntries(Object.keys(many(600)).map((id) => [id, { title: "t" }])),
      }),
      "/recurrenceOverrides",
    ],
    ["too many overrides", event({ recurrenceOverrides: many(OVERRIDES_MAX + 1) }), "/recurrenceOverrides"],
    ["an id of two words", event({ locations: { "a b": {} } }), "/locations/a b"],
    ["a link to nowhere", event({ links: { a: {} } }), "/links/a"],
    ["an alert without a trigger", event({ alerts: { a: {} } }), "/alerts/a"],
    ["an alert never", event({ alerts: { a: { trigger: { offset: "never" } } } }), "/alerts/a/trigger/offset"],
    ["a set of counts", event({ keywords: { "a/b": 2 } }), "/keywords/a~1b"],
    ["a link where a place belongs", event({ locations: { a: { "@type": "Link" } } }), "/locations/a/@type"],
    ["kept properties that are no jCal", event({ iCalendar: { properties: [["x"]] } }), "/iCalendar/properties/0"],
    [
      "a kept parameter with a line of its own",
      event({ title: "a", iCalendar: { convertedProperties: { title: { parameters: { "A\r\nB": "c" } } } } }),
      "/iCalendar/convertedProperties/title/parameters/A\r\nB",
    ],
    ["a JSON that is too deep", event({ "example.org:deep": deep }), ""],
  ];
  for (const [what, json, pointer] of cases) {
    test(`for ${what}`, () => {
      const { refused } = fromJSCalendar(json);
      assert.equal(refused?.pointer, pointer);
      assert.equal(refused.code, "jscalendar-malformed");
      assert.match(refused.message, /^["\w@].*\.$/s);
    });
  }
});
