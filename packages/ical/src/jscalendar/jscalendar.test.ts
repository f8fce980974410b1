import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import fc from "fast-check";
import { UTC } from "@hourwright/time";
import { readCalendar } from "../calendar-object.ts";
import { checkFile } from "../check/check-file.ts";
import { instancesOf } from "../instances.ts";
import type { JCalComponent } from "../jcal/jcal.ts";
import { toJCal } from "../jcal/to-jcal.ts";
import { parse } from "../parse.ts";
import { print } from "../print.ts";
import { calendarBytes, eventLines } from "../testing.ts";
import { componentsOf, type Component } from "../tree.ts";
import { decode } from "../utf8.ts";
import { fromJSCalendar } from "./from-jscalendar.ts";
import { OVERRIDES_MAX } from "./dates.ts";
import { isObject, type Json, type JsonObject } from "./json.ts";
import { toJSCalendar } from "./to-jscalendar.ts";
import { ENTRIES_MAX } from "./validate.ts";

const calendarOf = (bytes: Uint8Array): Component => {
  const [node] = parse(bytes).nodes;
  assert(node?.kind === "component");
  return node;
};

/** The members that lines of an event become, without those that every event of these tests has. */
function membersOf(...lines: readonly string[]): JsonObject {
  const group = toJSCalendar(calendarOf(calendarBytes(...eventLines(...lines))));
  const [entry] = group["entries"] as readonly JsonObject[];
  const { "@type": type, uid, updated, ...members } = entry!;
  assert.deepEqual([type, uid, updated], ["Event", "event@example.org", "2026-01-01T00:00:00Z"]);
  return members;
}

/** The lines that an Event becomes, without those that every event of these tests has. */
function linesOf(members: JsonObject): string[] {
  const { calendar } = fromJSCalendar({ "@type": "Event", ...members });
  assert(calendar !== undefined);
  const text = decode(print([calendar])).replaceAll("\r\n ", "");
  const [, event = ""] = text.split("BEGIN:VEVENT\r\n");
  return event.slice(0, event.indexOf("END:VEVENT")).trimEnd().split("\r\n");
}

const onlyOne = (map: Json | undefined): JsonObject => {
  const values = isObject(map) ? Object.values(map) : [];
  assert.equal(values.length, 1);
  return values[0] as JsonObject;
};

describe("an event as a JSCalendar object [JS1]", () => {
  test("has a local start, a zone and a length", () => {
    const { start, timeZone, duration, iCalendar } = membersOf(
      "DTSTART;TZID=Europe/Prague:20260328T090000",
      "DTEND;TZID=Europe/Prague:20260329T090000",
    );
    assert.deepEqual([start, timeZone, duration], ["2026-03-28T09:00:00", "Europe/Prague", "PT23H"]);
    assert.deepEqual((iCalendar as JsonObject)["convertedProperties"], { duration: { name: "dtend" } });
    assert.deepEqual(membersOf("DTSTART:20260101T090000Z", "DURATION:PT1H"), {
      start: "2026-01-01T09:00:00",
      timeZone: "Etc/UTC",
      duration: "PT1H",
    });
  });

  test("shows no time when it has dates, and lasts a day without an end", () => {
    assert.deepEqual(membersOf("DTSTART;VALUE=DATE:20260101"), {
      start: "2026-01-01T00:00:00",
      showWithoutTime: true,
      duration: "P1D",
    });
  });

  test("ends in another zone at a location that says so", () => {
    const { locations, duration } = membersOf(
      "DTSTART;TZID=Europe/Berlin:20200401T090000",
      "DTEND;TZID=Asia/Tokyo:20200402T023000",
    );
    assert.equal(duration, "PT10H30M");
    assert.deepEqual(locations, { end: { "@type": "Location", relativeTo: "end", timeZone: "Asia/Tokyo" } });
  });

  test("recurs by rules in local time, with single dates as overrides", () => {
    const { recurrenceRules, recurrenceOverrides } = membersOf(
      "DTSTART;TZID=Europe/London:20200108T090000",
      "RRULE:FREQ=MONTHLY;BYDAY=-1FR,MO;BYMONTH=2;WKST=SU;UNTIL=20200624T080000Z",
      "EXDATE;TZID=Europe/London:20200401T090000",
      "RDATE;TZID=Europe/London:20200402T090000",
      "RDATE;VALUE=PERIOD;TZID=Europe/London:20200403T090000/PT3H",
    );
    assert.deepEqual(recurrenceRules, [
      {
        "@type": "RecurrenceRule",
        frequency: "monthly",
        byDay: [
          { "@type": "NDay", day: "fr", nthOfPeriod: -1 },
          { "@type": "NDay", day: "mo" },
        ],
        byMonth: ["2"],
        firstDayOfWeek: "su",
        until: "2020-06-24T09:00:00",
      },
    ]);
    assert.deepEqual(recurrenceOverrides, {
      "2020-04-01T09:00:00": { excluded: true },
      "2020-04-02T09:00:00": {},
      "2020-04-03T09:00:00": { duration: "PT3H" },
    });
  });

  test("has its words in their places", () => {
    assert.deepEqual(
      membersOf(
        "SUMMARY;LANGUAGE=en:Tea",
        "DESCRIPTION:Bring cake",
        "STATUS:TENTATIVE",
        "TRANSP:TRANSPARENT",
        "CLASS:CONFIDENTIAL",
        "PRIORITY:1",
        "SEQUENCE:3",
        "COLOR:red",
        "CREATED:20260101T000000Z",
        "CATEGORIES:a,b/c",
        "CONCEPT:https://example.org/tea",
        "RELATED-TO;RELTYPE=CHILD:other@example.org",
      ),
      {
        title: "Tea",
        locale: "en",
        description: "Bring cake",
        status: "tentative",
        freeBusyStatus: "free",
        privacy: "secret",
        priority: 1,
        sequence: 3,
        color: "red",
        created: "2026-01-01T00:00:00Z",
        keywords: { a: true, "b/c": true },
        categories: { "https://example.org/tea": true },
        relatedTo: { "other@example.org": { "@type": "Relation", relation: { child: true } } },
      },
    );
  });

  test("has its people as participants, the organizer as the one replies go to", () => {
    const { replyTo, participants } = membersOf(
      "ORGANIZER;CN=Ana:mailto:ana@example.org",
      "ATTENDEE;CN=Ana;ROLE=CHAIR;PARTSTAT=ACCEPTED:mailto:ANA@example.org",
      "ATTENDEE;CUTYPE=ROOM;RSVP=TRUE;ROLE=NON-PARTICIPANT:mailto:room@example.org",
    );
    assert.deepEqual(replyTo, { imip: "mailto:ana@example.org" });
    const [ana, room] = Object.values(participants as JsonObject);
    assert.deepEqual(ana, {
      "@type": "Participant",
      sendTo: { imip: "mailto:ANA@example.org" },
      name: "Ana",
      participationStatus: "accepted",
      roles: { attendee: true, chair: true, owner: true },
    });
    assert.deepEqual(room, {
      "@type": "Participant",
      sendTo: { imip: "mailto:room@example.org" },
      kind: "location",
      expectReply: true,
      roles: { informational: true },
    });
    const alone = membersOf("ORGANIZER;CN=Ana:mailto:ana@example.org");
    assert.deepEqual(onlyOne(alone["participants"])["roles"], { owner: true });
  });

  test("has its places, links and alerts", () => {
    const { locations, virtualLocations, links, alerts } = membersOf(
      "SUMMARY:Tea",
      "LOCATION:Room 5",
      "GEO:50.1;14.4",
      "CONFERENCE;VALUE=URI;FEATURE=AUDIO;LABEL=Call:https://call.example.org",
      "ATTACH;FMTTYPE=image/png;VALUE=BINARY;ENCODING=BASE64:AAEC",
      "BEGIN:VALARM",
      "ACTION:DISPLAY",
      "DESCRIPTION:Tea",
      "TRIGGER;RELATED=END:-PT15M",
      "END:VALARM",
    );
    assert.deepEqual(onlyOne(locations), { "@type": "Location", name: "Room 5", coordinates: "geo:50.1,14.4" });
    assert.deepEqual(onlyOne(virtualLocations), {
      "@type": "VirtualLocation",
      uri: "https://call.example.org",
      name: "Call",
      features: { audio: true },
    });
    assert.deepEqual(onlyOne(links), {
      "@type": "Link",
      href: "data:image/png;base64,AAEC",
      contentType: "image/png",
    });
    assert.deepEqual(onlyOne(alerts), {
      "@type": "Alert",
      trigger: { "@type": "OffsetTrigger", offset: "-PT15M", relativeTo: "end" },
      action: "display",
    });
  });

  test("keeps what it has no word for, in jCal form [JS2]", () => {
    const { iCalendar } = membersOf("X-OWN;X-A=1:b", "STATUS:PERHAPS", "DTSTART:soon", "SUMMARY;ALTREP=x:Tea");
    assert.deepEqual(iCalendar, {
      name: "vevent",
      convertedProperties: { title: { parameters: { altrep: "x" } } },
      properties: [
        ["x-own", { "x-a": "1" }, "unknown", "b"],
        ["status", {}, "text", "PERHAPS"],
        ["dtstart", {}, "date-time", "soon"],
      ],
    });
  });

  test("is a patch where it overrides one occurrence [JS4]", () => {
    const people = ["ATTENDEE:mailto:a@example.org", "ATTENDEE:mailto:b@example.org", "ATTENDEE:mailto:c@example.org"];
    const bytes = calendarBytes(
      ...eventLines("DTSTART:20260101T090000Z", "RRULE:FREQ=DAILY", "SUMMARY:Tea", "LOCATION:Here", ...people),
      ...eventLines(
        "RECURRENCE-ID:20260102T090000Z",
        "DTSTART:20260102T100000Z",
        "SUMMARY:Late tea",
        people[0]!.replace("ATTENDEE", "ATTENDEE;PARTSTAT=DECLINED"),
        ...people.slice(1),
      ),
    );
    const [entry] = toJSCalendar(calendarOf(bytes))["entries"] as readonly JsonObject[];
    const [id] = Object.keys(entry!["participants"] as JsonObject);
    assert.deepEqual(entry!["recurrenceOverrides"], {
      "2026-01-02T09:00:00": {
        start: "2026-01-02T10:00:00",
        title: "Late tea",
        [`participants/${id}/participationStatus`]: "declined",
        locations: null,
      },
    });
  });

  test("has its zone described when the world has no name for it", () => {
    const zone = [
      "BEGIN:VTIMEZONE",
      "TZID:Ship",
      "BEGIN:STANDARD",
      "DTSTART:20200101T000000",
      "TZOFFSETFROM:+0217",
      "TZOFFSETTO:+0217",
      "TZNAME:SHIP",
      "END:STANDARD",
      "END:VTIMEZONE",
    ];
    const bytes = calendarBytes(...zone, ...eventLines("DTSTART;TZID=Ship:20260101T090000"));
    const group = toJSCalendar(calendarOf(bytes));
    const [entry] = group["entries"] as readonly JsonObject[];
    assert.equal(entry!["timeZone"], "/Ship");
    assert.deepEqual(entry!["timeZones"], {
      "/Ship": {
        "@type": "TimeZone",
        tzId: "Ship",
        standard: [
          {
            "@type": "TimeZoneRule",
            start: "2020-01-01T00:00:00",
            offsetFrom: "+0217",
            offsetTo: "+0217",
            names: { SHIP: true },
          },
        ],
      },
    });
    assert.equal(group["iCalendar"], undefined); // It is made again of what stands there.
    const { calendar } = fromJSCalendar(group);
    assert.deepEqual(toJCal(calendar!)[2][0], toJCal(calendarOf(bytes))[2][0]);
  });

  test("is the one entry of a calendar object, a Task of a VTODO, a Group of a calendar", () => {
    const task = eventLines(
      "DUE:20260101T090000Z",
      "STATUS:COMPLETED",
      "COMPLETED:20260101T080000Z",
      "PERCENT-COMPLETE:90",
    );
    const bytes = calendarBytes(...task.map((line) => line.replace("VEVENT", "VTODO")));
    const [object] = readCalendar(bytes).objects;
    assert.deepEqual(toJSCalendar(object!), {
      "@type": "Task",
      uid: "event@example.org",
      updated: "2026-01-01T00:00:00Z",
      timeZone: "Etc/UTC",
      due: "2026-01-01T09:00:00",
      progress: "completed",
      progressUpdated: "2026-01-01T08:00:00Z",
      percentComplete: 90,
      prodId: "-//test//EN",
    });
    assert.equal(toJSCalendar(calendarOf(bytes))["@type"], "Group");
    assert.equal(toJSCalendar(calendarOf(bytes).children[2] as Component)["@type"], "Task");
  });
});

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

test("an occurrence that is excluded stays so, whatever else is said of it [JS4]", () => {
  const js = {
    "@type": "Event",
    uid: "a",
    updated: "2026-01-01T00:00:00Z",
    start: "2026-01-01T09:00:00",
    recurrenceRules: [{ "@type": "RecurrenceRule", frequency: "daily", count: 3 }],
    recurrenceOverrides: { "2026-01-02T09:00:00": { excluded: true, title: "z" } },
  };
  const { calendar } = fromJSCalendar(js);
  assert.ok(calendar !== undefined);
  assert.equal(componentsOf(calendar, "VEVENT").length, 1);
  const [entry] = toJSCalendar(calendar)["entries"] as JsonObject[];
  assert.deepEqual(entry?.["recurrenceOverrides"], js.recurrenceOverrides);
});

test("a patch that would make another kind of thing of an occurrence is kept, and changes nothing [JS4]", () => {
  for (const patch of [{ "@type": "Task" }, { "@type": "toString" }, { "@type": 1 }, { uid: "other" }]) {
    const js = {
      "@type": "Event",
      uid: "a",
      updated: "2026-01-01T00:00:00Z",
      start: "2026-01-01T09:00:00",
      recurrenceRules: [{ "@type": "RecurrenceRule", frequency: "weekly" }],
      recurrenceOverrides: { "2026-01-08T09:00:00": patch },
    };
    const { calendar, refused } = fromJSCalendar(js);
    assert.ok(refused === undefined && calendar !== undefined);
    const [entry] = toJSCalendar(calendar)["entries"] as JsonObject[];
    assert.deepEqual(entry?.["recurrenceOverrides"], { "2026-01-08T09:00:00": patch });
    assert.equal(componentsOf(calendar, "VEVENT").length, 2);
  }
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

describe("JSCalendar and back", () => {
  const word = fc.constantFrom("a", "b", "Tea, cake; more", "č\n“x”", "a/b~c", "ends \\");
  const id = fc.constantFrom("1", "a-b", "X_9");
  const local = fc
    .integer({ min: 0, max: 20_000_000 })
    .map((minutes) =>
      Temporal.PlainDateTime.from("2000-01-01T00:00:00").add({ minutes }).toString({ smallestUnit: "second" }),
    );
  const instant = local.map((text) => `${text}Z`);
  const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
  const mapOf = (value: fc.Arbitrary<Json>) =>
    fc.dictionary(id, value, { minKeys: 1, maxKeys: 3, noNullPrototype: true });
  const typed = (type: string, members: Record<string, fc.Arbitrary<Json | undefined>>) =>
    fc.record(members).map((object) => ({ "@type": type, ...clean(object) }));
  const rule = typed("RecurrenceRule", {
    frequency: fc.constantFrom("yearly", "monthly", "weekly", "daily"),
    interval: optional(fc.integer({ min: 1, max: 9 })),
    byMonth: optional(fc.constant(["2", "3"])),
    byMonthDay: optional(fc.constant([-1, 1])),
    until: optional(local),
    firstDayOfWeek: optional(fc.constantFrom("mo", "su")),
  });
  const participant = typed("Participant", {
    name: optional(word),
    sendTo: fc.constantFrom({ imip: "mailto:a@example.org" }, { imip: "mailto:b@example.org" }, { other: "tel:1" }),
    roles: fc.constantFrom<Json>(
      { attendee: true },
      { attendee: true, chair: true },
      { owner: true },
      { contact: true },
    ),
    participationStatus: optional(fc.constantFrom("accepted", "declined")),
    expectReply: optional(fc.boolean()),
  });
  const location = typed("Location", {
    name: optional(word),
    description: optional(word),
    coordinates: optional(fc.constant("geo:1.5,2.5")),
    relativeTo: optional(fc.constantFrom("start", "end")),
    timeZone: optional(fc.constant("Asia/Tokyo")),
  });
  const alert = typed("Alert", {
    trigger: fc.constantFrom<Json>(
      { "@type": "OffsetTrigger", offset: "-PT15M", relativeTo: "end" },
      { "@type": "AbsoluteTrigger", when: "2026-01-01T00:00:00Z" },
    ),
    action: fc.constantFrom("display", "email"),
    acknowledged: optional(instant),
  });
  const link = typed("Link", {
    href: fc.constantFrom("https://example.org/a", "https://example.org/b"),
    contentType: optional(fc.constant("text/html")),
    rel: optional(fc.constantFrom("icon", "enclosure")),
    title: optional(word),
    size: optional(fc.nat()),
  });
  const common = {
    uid: fc.constantFrom("u1", "u2", "u3", "u4"),
    updated: optional(instant),
    created: optional(instant),
    sequence: optional(fc.nat()),
    title: optional(word),
    description: optional(word),
    descriptionContentType: optional(fc.constantFrom("text/plain", "text/html")),
    locale: optional(fc.constantFrom("en", "cs")),
    timeZone: optional(fc.constantFrom("Etc/UTC", "Europe/Prague", "America/New_York")),
    showWithoutTime: optional(fc.boolean()),
    priority: optional(fc.integer({ min: 0, max: 9 })),
    privacy: optional(fc.constantFrom("public", "private", "secret")),
    method: optional(fc.constantFrom("request", "publish")),
    color: optional(fc.constantFrom("red", "#123456")),
    keywords: optional(fc.constantFrom<Json>({ a: true }, { "x/y": true, "a,b": true })),
    categories: optional(fc.constant({ "https://example.org/c": true })),
    relatedTo: optional(fc.constant({ u9: { "@type": "Relation", relation: { next: true } } })),
    recurrenceRules: optional(fc.array(rule, { minLength: 1, maxLength: 2 })),
    excludedRecurrenceRules: optional(fc.array(rule, { minLength: 1, maxLength: 1 })),
    recurrenceOverrides: optional(
      fc.dictionary(
        local,
        fc.constantFrom<Json>({}, { excluded: true }, { title: "other" }, { duration: "PT7H" }, { "keywords/z": true }),
        { minKeys: 1, maxKeys: 3, noNullPrototype: true },
      ),
    ),
    replyTo: optional(fc.constantFrom({ imip: "mailto:a@example.org" }, { imip: "mailto:z@example.org" })),
    participants: optional(mapOf(participant)),
    locations: optional(mapOf(location)),
    virtualLocations: optional(
      mapOf(typed("VirtualLocation", { uri: fc.constantFrom("https://a.example", "tel:1"), name: optional(word) })),
    ),
    links: optional(mapOf(link)),
    alerts: optional(mapOf(alert)),
    "example.org:own": optional(fc.json({ maxDepth: 3 }).map((text) => JSON.parse(text) as Json)),
  };
  const event = typed("Event", {
    ...common,
    start: optional(local),
    duration: optional(fc.constantFrom("PT1H", "P1D", "P1W", "PT1H30M")),
    status: optional(fc.constantFrom("confirmed", "tentative", "cancelled")),
    freeBusyStatus: optional(fc.constantFrom("busy", "free")),
  });
  const task = typed("Task", {
    ...common,
    start: optional(local),
    due: optional(local),
    estimatedDuration: optional(fc.constant("PT1H")),
    percentComplete: optional(fc.integer({ min: 0, max: 100 })),
    progress: optional(fc.constantFrom("needs-action", "completed", "failed")),
    progressUpdated: optional(instant),
  });
  const entry = fc.oneof(event, task);
  const group = typed("Group", {
    uid: optional(word),
    title: optional(word),
    prodId: optional(word),
    source: optional(fc.constant("https://example.org/source")),
    keywords: optional(fc.constant({ a: true })),
    links: optional(mapOf(link)),
    entries: fc.uniqueArray(entry, { maxLength: 3, selector: (each) => (each as JsonObject)["uid"] }),
  });

  function clean(object: Record<string, Json | undefined>): JsonObject {
    return Object.fromEntries(
      Object.entries(object).filter(([, value]) => value !== undefined && value !== null),
    ) as JsonObject;
  }

  /** The same with every occurrence that is changed as it then is: a patch can say the same in many ways. */
  function told(object: JsonObject): JsonObject {
    if (Array.isArray(object["entries"])) {
      return { ...object, entries: (object["entries"] as readonly JsonObject[]).map(told) };
    }
    const { recurrenceOverrides: overrides, ...series } = object;
    if (!isObject(overrides)) return object;
    const changed = Object.entries(overrides).map(([at, patch]): [string, Json] => {
      const copy = structuredClone(series) as Record<string, Json>;
      for (const [pointer, value] of Object.entries(patch as JsonObject)) {
        const steps = pointer.split("/");
        let inner: Record<string, Json> | undefined = copy;
        for (const name of steps.slice(0, -1)) inner = inner?.[name] as Record<string, Json> | undefined;
        if (inner !== undefined && value === null) delete inner[steps.at(-1)!];
        else if (inner !== undefined) inner[steps.at(-1)!] = value;
      }
      return [at, copy];
    });
    return { ...series, recurrenceOverrides: Object.fromEntries(changed) };
  }

  test("gives the same Group, whatever it holds [JS3]", () => {
    fc.assert(
      fc.property(group, (given) => {
        const { calendar } = fromJSCalendar(given);
        assert(calendar !== undefined);
        const read = parse(print([calendar]));
        assert.deepEqual(read.problems, []);
        assert.deepEqual(told(toJSCalendar(read.nodes[0] as Component)), told(given as JsonObject));
      }),
      { numRuns: 300 },
    );
  });
});

/** The public corpora are not part of this repository: CORPORA names the folder that holds them. */
const corpora = process.env["CORPORA"] ?? "";
const skip = existsSync(join(corpora, "ics-index.json")) ? false : "CORPORA names no folder with the corpora";

describe("the calendar corpora as JSCalendar", { skip }, () => {
  type Entry = { file: string; kind: string };
  const entries = () =>
    (JSON.parse(readFileSync(join(corpora, "ics-index.json"), "utf8")) as Entry[]).map(({ file, kind }) => {
      const { nodes } = parse(new Uint8Array(readFileSync(join(corpora, file))));
      return { file, kind, components: nodes.filter((node) => node.kind === "component") };
    });

  /** Every value of every property, under the path of its component, in any order; dates tell themselves from times. */
  function valuesOf([name, properties, components]: JCalComponent, path = ""): string[] {
    const told = (wanted: string) => JSON.stringify(properties.find((property) => property[0] === wanted)?.[3] ?? "");
    const at = `${path}/${name} ${told("uid")} ${told("tzid")} ${told("recurrence-id")}`;
    const values = properties.flatMap(([property, parameters, type, ...all]) =>
      all.map(
        (value) => `${at} ${property} ${type.replace("date-time", "date")} ${sorted(parameters)} ${sorted(value)}`,
      ),
    );
    return [at, ...values, ...components.flatMap((component) => valuesOf(component, at))].sort();
  }

  const sorted = (value: unknown): string =>
    JSON.stringify(value, (_, each: unknown) =>
      isObject(each) ? Object.fromEntries(Object.entries(each).sort(([one], [other]) => (one < other ? -1 : 1))) : each,
    );

  test("lose nothing where they are valid, and give the same JSCalendar again [JS2]", (context) => {
    let files = 0;
    for (const { file, kind, components } of entries()) {
      if (!kind.startsWith("valid") || kind === "valid or historic") continue;
      for (const component of components) {
        const js = toJSCalendar(component);
        const { calendar } = fromJSCalendar(JSON.parse(JSON.stringify(js)));
        assert.ok(calendar !== undefined, file);
        const jcal = toJCal(component);
        const left = valuesOf(toJCal(calendar));
        const given = valuesOf(jcal[0] === "vcalendar" ? jcal : ["vcalendar", [], [jcal]]);
        for (const value of given) {
          const at = left.indexOf(value);
          assert.notEqual(at, -1, `${file}: ${value}`);
          left.splice(at, 1);
        }
        // What is added is what must be there: a version, a maker, the zones that are named, an end of all-day events.
        for (const value of left)
          assert.match(value, /^\/vcalendar [^/]*( version | prodid |\/vtimezone )|duration |valarm .* description /);
        if (jcal[0] === "vcalendar") assert.deepEqual(toJSCalendar(calendar), js, file);
        files++;
      }
    }
    context.diagnostic(`${files} calendars`);
    assert.ok(files >= 100);
  });

  test("have the same occurrences when they come back", () => {
    const range = {
      fromMs: Temporal.Instant.from("1990-01-01T00:00Z").epochMilliseconds,
      toMs: Temporal.Instant.from("2040-01-01T00:00Z").epochMilliseconds,
      floatingZone: UTC,
    };
    const dates = (bytes: Uint8Array) =>
      readCalendar(bytes).objects.map((object) => {
        const { instances } = instancesOf(object, { ...range, datesMax: 200 }, 5000);
        return [object.uid, instances.slice(0, 200).map(({ startMs, endMs }) => `${startMs}–${endMs}`)].join(" ");
      });
    for (const { file, kind, components } of entries()) {
      if (!kind.startsWith("valid")) continue;
      for (const component of components.filter(({ name }) => name === "VCALENDAR")) {
        const bytes = print([component]);
        const { calendar } = fromJSCalendar(toJSCalendar(component));
        if (calendar === undefined || !decode(bytes).includes("\nUID:")) continue;
        assert.deepEqual(dates(print([calendar])).sort(), dates(bytes).sort(), file);
      }
    }
  });
});
