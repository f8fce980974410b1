// Rules ED* are in ../../SPEC.md. Strategy: a table a person can read, and the bytes that must stay.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DAY_MS, HOUR_MS, UTC, findZone, parseRule, parseWallTime, printWallTime, type Rule } from "@hourwright/time";
import { objectBytes, readCalendar, readObject, type CalendarObject } from "../calendar-object.ts";
import type { EventFields } from "../event-fields.ts";
import type { When } from "../property-lines.ts";
import { instancesOf } from "../instances.ts";
import { calendarBytes, eventLines } from "../testing.ts";
import { decode } from "../utf8.ts";
import type { Edit, EditContext, Target } from "./context.ts";
import { changeEvent, createEvent, deleteEvent } from "./edit.ts";

const berlin = findZone("Europe/Berlin")!;
const nowMs = Temporal.Instant.from("2026-02-01T00:00Z").epochMilliseconds;
const context: EditContext = { nowMs, newUid: "following@example.org" };

function rule(text: string): Rule {
  const { rule } = parseRule(text);
  assert.ok(rule !== undefined);
  return rule;
}

/** `2026-03-02T09:00` in Berlin, or a date. */
function at(text: string): When {
  const { form, localMs } = parseWallTime(text)!;
  return { form, localMs, zone: form === "date" ? null : berlin };
}

function series(start: string, end: string, ...rules: string[]): CalendarObject {
  const fields = { start: at(start), end: at(end), summary: "plain", rrules: rules.map(rule) };
  return createEvent(fields, { uid: "one@example.org", nowMs: nowMs - DAY_MS });
}

const march = () => series("2026-03-02T09:00", "2026-03-02T10:00", "FREQ=WEEKLY;COUNT=4");

/** `name > start + minutes title` of every occurrence in 2026. */
function shown(object: CalendarObject | null): string[] {
  if (object === null) return [];
  const range = { fromMs: Date2026, toMs: Date2026 + 400 * DAY_MS, floatingZone: UTC };
  return instancesOf(object, range).instances.map(({ recurrenceId, startLocalMs, startMs, endMs, allDay, view }) => {
    const start = printWallTime(startLocalMs, allDay ? "date" : "local").slice(5, 16);
    return `${recurrenceId?.slice(4) ?? "once"} > ${start} + ${(endMs - startMs) / 60_000} ${view.summary}`;
  });
}
const Date2026 = Temporal.Instant.from("2026-01-01T00:00Z").epochMilliseconds;

function done(edit: Edit): { object: CalendarObject | null; following: CalendarObject | null } {
  assert.ok(edit.refused === undefined, edit.refused?.message ?? "");
  return edit;
}

const one = (recurrenceId: string): Target => ({ scope: "this", recurrenceId: `2026${recurrenceId}` });
const following = (recurrenceId: string): Target => ({ scope: "following", recurrenceId: `2026${recurrenceId}` });
const all = (recurrenceId: string | null = null): Target => ({
  scope: "all",
  recurrenceId: recurrenceId === null ? null : `2026${recurrenceId}`,
});

function changed(object: CalendarObject, target: Target, changes: Partial<EventFields>): CalendarObject {
  const edit = done(changeEvent(object, target, changes, context));
  assert.ok(edit.object !== null);
  return edit.object;
}

describe("a new event", () => {
  test("[ED9] has a UID, stamps, its fields and the zone that it names", () => {
    const object = createEvent(
      {
        start: at("2026-03-02T09:00"),
        end: at("2026-03-02T10:00"),
        summary: "Swimming; lesson",
        categories: ["A,B", "C"],
        attendees: [
          { address: "ana@example.org", name: "Ana", participation: "ACCEPTED" },
          { address: "pool@example.org", kind: "ROOM" },
        ],
        organizer: { address: "mailto:boss@example.org" },
        priority: 3,
        status: "CONFIRMED",
        alarms: [
          { action: "DISPLAY", trigger: { after: { days: 0, ms: -900_000 }, related: "START" }, description: "Soon" },
        ],
      },
      { uid: "a@b", nowMs },
    );
    const lines = decode(objectBytes(object)).split("\r\n");
    assert.deepEqual(lines.slice(4, 6), ["BEGIN:VTIMEZONE", "TZID:Europe/Berlin"]);
    assert.deepEqual(lines.slice(lines.indexOf("BEGIN:VEVENT"), lines.indexOf("END:VEVENT")), [
      "BEGIN:VEVENT",
      "UID:a@b",
      "DTSTAMP:20260201T000000Z",
      "CREATED:20260201T000000Z",
      "LAST-MODIFIED:20260201T000000Z",
      "SEQUENCE:0",
      "DTSTART;TZID=Europe/Berlin:20260302T090000",
      "DTEND;TZID=Europe/Berlin:20260302T100000",
      "SUMMARY:Swimming\\; lesson",
      "CATEGORIES:A\\,B,C",
      "STATUS:CONFIRMED",
      "PRIORITY:3",
      "ORGANIZER:mailto:boss@example.org",
      "ATTENDEE;CN=Ana;PARTSTAT=ACCEPTED:mailto:ana@example.org",
      "ATTENDEE;CUTYPE=ROOM:mailto:pool@example.org",
      "BEGIN:VALARM",
      "ACTION:DISPLAY",
      "TRIGGER:-PT15M",
      "DESCRIPTION:Soon",
      "END:VALARM",
    ]);
  });

  test("may be all-day, float, or stand in UTC, and then names no zone", () => {
    const floating = createEvent({ start: { form: "local", localMs: Date2026, zone: null } }, { uid: "f", nowMs });
    assert.match(decode(objectBytes(floating)), /DTSTART:20260101T000000\r\n/);
    const day = createEvent({ start: at("2026-03-02"), end: at("2026-03-04") }, { uid: "d", nowMs });
    assert.match(decode(objectBytes(day)), /DTSTART;VALUE=DATE:20260302\r\nDTEND;VALUE=DATE:20260304\r\n/);
    const utc = createEvent({ start: { form: "utc", localMs: Date2026, zone: UTC } }, { uid: "u", nowMs });
    assert.match(decode(objectBytes(utc)), /DTSTART:20260101T000000Z\r\n/);
    for (const object of [floating, day, utc]) assert.ok(!decode(objectBytes(object)).includes("VTIMEZONE"));
  });
});

describe("changing one occurrence", () => {
  test("[ED3] gives it a place and details of its own", () => {
    const moved = changed(march(), one("0309T090000"), { start: at("2026-03-10T14:00"), summary: "moved" });
    assert.deepEqual(shown(moved), [
      "0302T090000 > 03-02T09:00 + 60 plain",
      "0309T090000 > 03-10T14:00 + 60 moved",
      "0316T090000 > 03-16T09:00 + 60 plain",
      "0323T090000 > 03-23T09:00 + 60 plain",
    ]);
    const again = changed(moved, one("0309T090000"), { end: at("2026-03-10T17:00") });
    assert.deepEqual(shown(again)[1], "0309T090000 > 03-10T14:00 + 180 moved");
    assert.equal(again.overrides.length, 1);
  });

  test("[ED3] is reached by a later change of all, where it said the same", () => {
    const moved = changed(march(), one("0309T090000"), { start: at("2026-03-10T14:00") });
    const named = changed(changed(moved, one("0316T090000"), { summary: "mine" }), all(), {
      summary: "ours",
      location: "Pool",
    });
    assert.deepEqual(
      shown(named).map((text) => text.split(" ").at(-1)),
      ["ours", "ours", "mine", "ours"],
    );
    assert.deepEqual(
      named.overrides.map(({ location }) => location),
      ["Pool", "Pool"],
    );
  });

  test("[ED3] of a RANGE=THISANDFUTURE leaves the later ones as they were", () => {
    const range = [
      ...eventLines("DTSTART:20260302T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=4", "SUMMARY:a"),
      ...eventLines(
        "RECURRENCE-ID;RANGE=THISANDFUTURE:20260303T090000Z",
        "DTSTART:20260303T100000Z",
        "DURATION:PT2H",
        "SUMMARY:b",
      ),
    ];
    const [object] = readCalendar(calendarBytes(...range)).objects;
    const after = ["0304T090000Z > 03-04T10:00 + 120 b", "0305T090000Z > 03-05T10:00 + 120 b"];
    const renamed = changed(object!, one("0303T090000Z"), { summary: "c" });
    assert.deepEqual(shown(renamed), [
      "0302T090000Z > 03-02T09:00 + 60 a",
      "0303T090000Z > 03-03T10:00 + 120 c",
      ...after,
    ]);
    const deleted = done(deleteEvent(object!, one("0303T090000Z"), context)).object;
    assert.deepEqual(shown(deleted), ["0302T090000Z > 03-02T09:00 + 60 a", ...after]);
    assert.equal(changeEvent(object!, following("0304T090000Z"), {}, context).refused?.code, "range-this-and-future");
  });
});

describe("changing this and following", () => {
  test("[ED4] ends the series and begins another", () => {
    const object = changed(march(), one("0323T090000"), { summary: "last" });
    const edit = done(
      changeEvent(object, following("0316T090000"), { start: at("2026-03-17T08:00"), summary: "later" }, context),
    );
    assert.deepEqual(shown(edit.object), [
      "0302T090000 > 03-02T09:00 + 60 plain",
      "0309T090000 > 03-09T09:00 + 60 plain",
    ]);
    assert.deepEqual(shown(edit.following), [
      "0317T080000 > 03-17T08:00 + 60 later",
      "0324T080000 > 03-24T08:00 + 60 last",
    ]);
    assert.equal(edit.following?.uid, "following@example.org");
    assert.deepEqual(
      edit.following?.overrides.map(({ uid }) => uid),
      ["following@example.org"],
    );
    assert.equal(edit.following?.master?.rrules[0]?.count, 2);
    assert.equal(edit.following?.master?.sequence, 0);
  });

  test("[ED4] from the first occurrence changes all", () => {
    const edit = done(changeEvent(march(), following("0302T090000"), { summary: "new" }, context));
    assert.equal(edit.following, null);
    assert.equal(edit.object?.uid, "one@example.org");
    assert.equal(shown(edit.object).length, 4);
  });

  test("[ED4] keeps a second rule's rhythm, or says that it cannot", () => {
    const two = series("2026-03-02T09:00", "2026-03-02T10:00", "FREQ=WEEKLY;COUNT=4", "FREQ=DAILY;BYDAY=WE;COUNT=9");
    const edit = done(changeEvent(two, following("0311T090000"), { summary: "later" }, context));
    assert.deepEqual(
      [...shown(edit.object), ...shown(edit.following)].map((text) => text.split(" > ")[0]),
      shown(two).map((text) => text.split(" > ")[0]),
    );
    const odd = series("2026-03-02T09:00", "2026-03-02T10:00", "FREQ=WEEKLY;INTERVAL=2", "FREQ=DAILY;INTERVAL=3");
    assert.equal(changeEvent(odd, following("0311T090000"), {}, context).refused?.code, "cannot-split-here");
  });

  test("[ED4] keeps wall time and elapsed length on both sides of a change of clocks", () => {
    const nights = series("2026-03-27T22:00", "2026-03-28T06:00", "FREQ=DAILY;COUNT=4");
    const edit = done(changeEvent(nights, following("0328T220000"), { summary: "later" }, context));
    const expected = ["03-27T22:00 + 480", "03-28T22:00 + 480", "03-29T22:00 + 480", "03-30T22:00 + 480"];
    const found = [...shown(edit.object), ...shown(edit.following)].map((text) =>
      text.slice(14).split(" ").slice(0, 3).join(" "),
    );
    assert.deepEqual(found, expected);
    const early = series("2026-03-28T02:30", "2026-03-28T03:00", "FREQ=DAILY;COUNT=3");
    const inGap = done(changeEvent(early, following("0329T023000"), { summary: "later" }, context)).following;
    assert.deepEqual(shown(inGap), ["0329T023000 > 03-29T03:30 + 30 later", "0330T023000 > 03-30T02:30 + 30 later"]);
  });

  test("[ED4] works for dates, for DURATION, and for a series of dates alone", () => {
    const days = series("2026-03-02", "2026-03-04", "FREQ=WEEKLY");
    const edit = done(changeEvent(days, following("0316"), { summary: "later" }, context));
    assert.deepEqual(shown(edit.object), ["0302 > 03-02 + 2880 plain", "0309 > 03-09 + 2880 plain"]);
    assert.deepEqual(shown(edit.following)[0], "0316 > 03-16 + 2880 later");
    const dates = eventLines("DTSTART:20260302T090000Z", "DURATION:PT2H", "RDATE:20260304T090000Z,20260306T090000Z");
    const [object] = readCalendar(calendarBytes(...dates)).objects;
    const split = done(changeEvent(object!, following("0304T090000Z"), { summary: "b" }, context));
    assert.deepEqual(shown(split.object), ["once > 03-02T09:00 + 120 "]);
    assert.deepEqual(shown(split.following), [
      "0304T090000Z > 03-04T09:00 + 120 b",
      "0306T090000Z > 03-06T09:00 + 120 b",
    ]);
  });
});

describe("changing all", () => {
  test("[ED5] moves the series as far as the occurrence that was moved", () => {
    const object = done(deleteEvent(march(), one("0309T090000"), context)).object!;
    const moved = changed(object, all("0316T090000"), { start: at("2026-03-18T10:30"), end: at("2026-03-18T12:00") });
    assert.deepEqual(shown(moved), [
      "0304T103000 > 03-04T10:30 + 90 plain",
      "0318T103000 > 03-18T10:30 + 90 plain",
      "0325T103000 > 03-25T10:30 + 90 plain",
    ]);
  });

  test("[ED5] moves nothing when it is pointed at by the second time of a day, and left where it is", () => {
    const twice = series("2026-03-02T09:00", "2026-03-02T10:00", "FREQ=DAILY;BYHOUR=9,15;COUNT=4");
    const kept = changed(twice, all("0302T150000"), { start: at("2026-03-02T15:00"), end: at("2026-03-02T16:00") });
    assert.deepEqual(shown(kept), shown(twice));
  });

  test("[ED5] moves overrides that stood in place, and leaves those put elsewhere", () => {
    const object = changed(
      changed(march(), one("0309T090000"), { start: at("2026-03-10T14:00") }),
      one("0316T090000"),
      { summary: "mine" },
    );
    assert.deepEqual(shown(changed(object, all("0302T090000"), { start: at("2026-03-02T11:00") })), [
      "0302T110000 > 03-02T11:00 + 60 plain",
      "0309T110000 > 03-10T14:00 + 60 plain",
      "0316T110000 > 03-16T11:00 + 60 mine",
      "0323T110000 > 03-23T11:00 + 60 plain",
    ]);
  });

  test("[ED5] changes zone and kind with its exceptions", () => {
    const object = done(
      deleteEvent(changed(march(), one("0309T090000"), { summary: "mine" }), one("0316T090000"), context),
    ).object!;
    const days = changed(object, all(), { start: at("2026-03-02") });
    assert.deepEqual(shown(days), [
      "0302 > 03-02 + 1440 plain",
      "0309 > 03-09 + 1440 mine",
      "0323 > 03-23 + 1440 plain",
    ]);
    const york: When = { ...at("2026-03-02T15:00"), zone: findZone("America/New_York")! };
    const back = changed(days, all(), { start: york, end: { ...york, localMs: york.localMs + HOUR_MS } });
    assert.deepEqual(shown(back), [
      "0302T150000 > 03-02T15:00 + 60 plain",
      "0309T150000 > 03-09T15:00 + 60 mine",
      "0323T150000 > 03-23T15:00 + 60 plain",
    ]);
    assert.match(decode(objectBytes(back)), /BEGIN:VTIMEZONE\r\nTZID:America\/New_York/);
    assert.match(decode(objectBytes(back)), /EXDATE;TZID=America\/New_York:20260316T150000/);
  });

  test("[ED5] carries UNTIL, EXRULE and PERIODs along", () => {
    const lines = eventLines(
      "DTSTART:20260302T090000Z",
      "DURATION:PT1H",
      "RRULE:FREQ=DAILY;UNTIL=20260305T090000Z",
      "EXRULE:FREQ=DAILY;INTERVAL=2",
      "RDATE;VALUE=PERIOD:20260311T090000Z/PT3H,20260313T090000Z/20260313T093000Z",
    );
    const [object] = readCalendar(calendarBytes(...lines)).objects;
    const start: When = { ...object!.master!.start, localMs: object!.master!.start.localMs + DAY_MS + HOUR_MS };
    assert.deepEqual(shown(changed(object!, all(), { start })), [
      "0304T100000Z > 03-04T10:00 + 60 ",
      "0306T100000Z > 03-06T10:00 + 60 ",
      "0312T100000Z > 03-12T10:00 + 180 ",
      "0314T100000Z > 03-14T10:00 + 30 ",
    ]);
  });

  test("[ED5] is refused where exceptions would be lost, unless they may be", () => {
    const monthly = series("2026-03-10T09:00", "2026-03-10T10:00", "FREQ=MONTHLY;BYDAY=2TU;COUNT=6");
    const object = changed(monthly, one("0414T090000"), { summary: "mine" });
    const wednesday = { start: at("2026-03-11T09:00") };
    const edit = changeEvent(object, all("0310T090000"), wednesday, context);
    assert.equal(edit.refused?.code, "exceptions-in-the-way");
    const dropped = done(changeEvent(object, all("0310T090000"), wednesday, { ...context, exceptions: "drop" })).object;
    assert.equal(dropped?.overrides.length, 0);
    assert.equal(shown(dropped)[1], "0408T090000 > 04-08T09:00 + 60 plain");
  });

  test("[ED5] with a new rule keeps the exceptions that still have a place", () => {
    const object = changed(done(deleteEvent(march(), one("0309T090000"), context)).object!, one("0316T090000"), {
      summary: "mine",
    });
    assert.deepEqual(shown(changed(object, all(), { rrules: [rule("FREQ=WEEKLY;INTERVAL=2;COUNT=3")] })), [
      "0302T090000 > 03-02T09:00 + 60 plain",
      "0316T090000 > 03-16T09:00 + 60 mine",
      "0330T090000 > 03-30T09:00 + 60 plain",
    ]);
    const single = changed(object, all(), { rrules: [] });
    assert.deepEqual(shown(single), ["once > 03-02T09:00 + 60 plain"]);
  });

  test("[ED5] says when one move cannot carry the rule", () => {
    const twice = series("2026-03-01T09:00", "2026-03-01T10:00", "FREQ=MONTHLY;BYMONTHDAY=1,15");
    assert.equal(
      changeEvent(twice, all(), { start: at("2026-03-02T09:00") }, context).refused?.code,
      "rule-does-not-move",
    );
    assert.equal(
      shown(changed(twice, all(), { start: at("2026-03-01T11:00") }))[1],
      "0315T110000 > 03-15T11:00 + 60 plain",
    );
  });
});

describe("deleting", () => {
  test("[ED6] one excludes its date", () => {
    const object = changed(march(), one("0309T090000"), { start: at("2026-03-10T14:00") });
    const left = done(deleteEvent(object, one("0309T090000"), context)).object;
    assert.deepEqual(
      shown(left).map((text) => text.slice(0, 4)),
      ["0302", "0316", "0323"],
    );
    assert.match(decode(objectBytes(left!)), /EXDATE;TZID=Europe\/Berlin:20260309T090000\r\n/);
  });

  test("[ED6] this and following ends the series before it", () => {
    const left = done(deleteEvent(march(), following("0316T090000"), context)).object;
    assert.deepEqual(
      shown(left).map((text) => text.slice(0, 4)),
      ["0302", "0309"],
    );
    assert.deepEqual(done(deleteEvent(march(), following("0302T090000"), context)).object, null);
  });

  test("[ED6] the last one leaves nothing", () => {
    const days = ["0302T090000", "0309T090000", "0316T090000", "0323T090000"];
    const left = days.reduce<CalendarObject | null>(
      (object, day) => done(deleteEvent(object!, one(day), context)).object,
      march(),
    );
    assert.equal(left, null);
    assert.equal(done(deleteEvent(march(), all(), context)).object, null);
    const single = createEvent({ start: at("2026-03-02T09:00") }, { uid: "x", nowMs });
    assert.equal(done(deleteEvent(single, { scope: "this", recurrenceId: null }, context)).object, null);
  });
});

describe("an edit", () => {
  const refusals: [name: string, edit: () => Edit, code: string][] = [
    [
      "of an occurrence that is not there",
      () => changeEvent(march(), one("0303T090000"), {}, context),
      "no-such-occurrence",
    ],
    [
      "of an occurrence without name",
      () => changeEvent(march(), { scope: "this", recurrenceId: null }, {}, context),
      "no-such-occurrence",
    ],
    [
      "of an occurrence whose name is none",
      () => deleteEvent(march(), { scope: "this", recurrenceId: "x" }, context),
      "no-such-occurrence",
    ],
    [
      "of an occurrence that was deleted",
      () =>
        changeEvent(done(deleteEvent(march(), one("0309T090000"), context)).object!, one("0309T090000"), {}, context),
      "no-such-occurrence",
    ],
    [
      "that ends before it starts",
      () => changeEvent(march(), all(), { start: at("2026-03-02T09:00"), end: at("2026-03-02T08:00") }, context),
      "end-before-start",
    ],
    [
      "that ends before the start it keeps",
      () => changeEvent(march(), one("0309T090000"), { end: at("2026-03-09T08:00") }, context),
      "end-before-start",
    ],
    [
      "with a date and a time",
      () => changeEvent(march(), all(), { start: at("2026-03-02"), end: at("2026-03-02T10:00") }, context),
      "end-before-start",
    ],
    [
      "of a day into a time without end",
      () => changeEvent(series("2026-03-02", "2026-03-03"), all(), { start: at("2026-03-02T09:00") }, context),
      "end-needed",
    ],
    [
      "of the rule of one occurrence",
      () => changeEvent(march(), one("0309T090000"), { rrules: [rule("FREQ=DAILY")] }, context),
      "rule-of-one-occurrence",
    ],
  ];
  for (const [name, edit, code] of refusals) {
    test(`[ED1] ${name} is refused`, () => {
      const { refused } = edit();
      assert.equal(refused?.code, code);
      assert.match(refused.message, /\.$/);
    });
  }

  test("[ED7] of the start alone keeps the length, also across forms", () => {
    const event = (start: string, end: string) => createEvent({ start: at(start), end: at(end) }, { uid: "x", nowMs });
    assert.deepEqual(
      shown(changed(event("2026-03-28T22:00", "2026-03-29T01:00"), all(), { start: at("2026-03-30T22:00") })),
      ["once > 03-30T22:00 + 180 "],
    );
    assert.deepEqual(
      shown(changed(event("2026-03-02T22:00", "2026-03-03T01:00"), all(), { start: at("2026-03-05") })),
      ["once > 03-05 + 2880 "],
    );
    assert.deepEqual(shown(changed(event("2026-03-02", "2026-03-05"), all(), { start: at("2026-03-10") })), [
      "once > 03-10 + 4320 ",
    ]);
  });

  test("[PA9] keeps parameters that nobody may write, where it changes the value of their line", () => {
    const dates = "EXDATE;ODD NAME=1:20260309T090000Z,20260316T090000Z";
    const lines = eventLines("DTSTART:20260302T090000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY", dates);
    const object = readCalendar(calendarBytes(...lines)).objects[0]!;
    const after = changed(object, all(), { rrules: [rule("FREQ=WEEKLY;INTERVAL=2")] });
    assert.match(decode(objectBytes(after)), /\r\nEXDATE;ODD NAME=1:20260316T090000Z\r\n/);
  });

  test("[VZ4] into a zone whose name the object gives to other clocks is meant as the zone", () => {
    const newYork = ["DTSTART:20070311T020000", "TZOFFSETFROM:-0400", "TZOFFSETTO:-0400"];
    const zone = ["BEGIN:VTIMEZONE", "TZID:Asia/Tokyo", "BEGIN:STANDARD", ...newYork, "END:STANDARD", "END:VTIMEZONE"];
    const lines = eventLines("DTSTART;TZID=Asia/Tokyo:20260907T090000", "DURATION:PT1H");
    const object = readCalendar(calendarBytes(...zone, ...lines)).objects[0]!;
    const start: When = { ...at("2026-09-07T09:00"), zone: findZone("Asia/Tokyo") };
    const edit = changeEvent(object, { scope: "all", recurrenceId: null }, { start }, context);
    assert.ok(edit.refused === undefined && edit.object !== null);
    const { zone: after, localMs } = readObject(objectBytes(edit.object))!.master!.start;
    assert.equal(Temporal.Instant.fromEpochMilliseconds(after!.toEpochMs(localMs)).toString(), "2026-09-07T00:00:00Z");
  });

  test("[ED8] stamps what it changes, and counts revisions that others must hear of", () => {
    const renamed = changed(march(), all(), { summary: "new" });
    assert.equal(renamed.master?.sequence, 0);
    assert.match(
      decode(objectBytes(renamed)),
      /DTSTAMP:20260201T000000Z\r\nCREATED:20260131T000000Z\r\nLAST-MODIFIED:20260201T000000Z/,
    );
    assert.equal(changed(renamed, all(), { start: at("2026-03-02T10:00") }).master?.sequence, 1);
    assert.equal(done(deleteEvent(renamed, one("0309T090000"), context)).object?.master?.sequence, 1);
    assert.equal(changed(renamed, all(), { status: "CANCELLED" }).master?.sequence, 1);
  });

  test("[ED8] that changes nothing changes no byte", () => {
    const object = march();
    const { summary, start } = object.master!;
    const same = changed(object, all(), {
      summary,
      start,
      end: at("2026-03-02T10:00"),
      location: "",
      rrules: object.master!.rrules,
      attendees: [],
    });
    assert.deepEqual(objectBytes(same), objectBytes(object));
  });

  test("[PA9] keeps every byte of lines it does not touch", () => {
    const odd = eventLines(
      "dtstart:20260302T090000Z",
      'SUMMARY;LANGUAGE="en":old',
      'ATTENDEE;X-MINE="1";CN="Ana";PARTSTAT=NEEDS-ACTION:MAILTO:ana@example.org',
      "ATTENDEE;CN=Ben:mailto:ben@exa",
      " mple.org",
      'X-UNKNOWN;ODD="a,b":\\N\\x',
      "BEGIN:X-PART",
      "X-DEEP:1",
      "END:X-PART",
    );
    const [object] = readCalendar(calendarBytes(...odd)).objects;
    const attendees = [
      { address: "ana@example.org", participation: "ACCEPTED" },
      { address: "ben@example.org", name: "Ben" },
    ];
    const lines = decode(objectBytes(changed(object!, all(), { attendees }))).split("\r\n");
    const expected = odd.map((line) => {
      if (line.startsWith("DTSTAMP")) return "DTSTAMP:20260201T000000Z";
      return line.startsWith("ATTENDEE;X-MINE")
        ? "ATTENDEE;X-MINE=1;CN=Ana;PARTSTAT=ACCEPTED:MAILTO:ana@example.org"
        : line;
    });
    expected.splice(expected.indexOf("BEGIN:X-PART"), 0, "LAST-MODIFIED:20260201T000000Z");
    assert.deepEqual(lines.slice(3, -2), expected);
  });
});
