// Rules JS* are in ../../SPEC.md.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readCalendar } from "../calendar-object.ts";
import { toJCal } from "../jcal/to-jcal.ts";
import { calendarBytes, eventLines } from "../testing.ts";
import type { Component } from "../tree.ts";
import { fromJSCalendar } from "./from-jscalendar.ts";
import type { JsonObject } from "./json.ts";
import { calendarOf, membersOf, onlyOne } from "./testing.ts";
import { toJSCalendar } from "./to-jscalendar.ts";

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
