import { dayNumber } from "@hourwright/time";
import assert from "node:assert/strict";
import { describe, test } from "node:test";

import type { EventDetail, Subject } from "../../data/api.ts";
import { isZone } from "../../data/zones.ts";
import {
  bodyOf,
  changesOf,
  formOf,
  formWithTaken,
  mergedForm,
  newForm,
  wishOfForm,
  withStart,
  type EventBody,
} from "./event-form.ts";

const form = { ...newForm(dayNumber(2027, 3, 25), "cal_1", "Europe/Prague"), title: "Coach clinic" };

const detail: EventDetail = {
  id: "evt_1",
  recurrenceId: null,
  calendarId: "cal_1",
  uid: "a@example.org",
  title: "Coach clinic",
  start: "2027-03-25T15:30:00+01:00",
  end: "2027-03-25T17:00:00+01:00",
  allDay: false,
  timeZone: "America/New_York",
  status: "confirmed",
  transparency: "opaque",
  privacy: "public",
  location: null,
  attendees: [
    { email: "ana@example.org", name: null, status: "accepted", kind: "individual" },
    { email: "urn:x-room:1", name: "Studio", status: "accepted", kind: "room" },
  ],
  subjectIds: [],
  recurring: false,
  rrule: null,
  source: "calendars",
  canEdit: true,
  version: 1,
  description: null,
  priority: 0,
  alarms: [],
  resourceIds: [],
};

function body(value: ReturnType<typeof bodyOf>): EventBody {
  assert.ok(typeof value === "object");
  return value;
}

describe("the form of an event", () => {
  test("begins as an hour of the morning on the day asked for", () => {
    assert.deepEqual(body(bodyOf(form)), {
      title: "Coach clinic",
      location: null,
      attendees: [],
      resourceIds: [],
      rrule: null,
      start: "2027-03-25T09:00:00",
      end: "2027-03-25T10:00:00",
      timeZone: "Europe/Prague",
    });
  });

  test("shows an event in the zone it was made in", () => {
    const shown = formOf(detail, "Europe/Prague");
    assert.deepEqual([shown.startTime, shown.endTime, shown.zone], ["10:30", "12:00", "America/New_York"]);
  });

  test("lists people as guests, and not the rooms that are attendees too", () => {
    assert.equal(formOf(detail, "Europe/Prague").attendees, "ana@example.org");
  });

  test("shows the times of a zone that this browser does not know at home", () => {
    const form = formOf({ ...detail, timeZone: "Mars/Olympus_Mons" }, "Europe/Prague");
    assert.equal(form.zone, "Europe/Prague");
    assert.match(form.startTime, /^\d\d:\d\d$/);
  });

  test("shows the last day of a whole-day event, and sends the day after it", () => {
    const camp = formOf(
      { ...detail, allDay: true, start: "2027-03-29", end: "2027-04-03", timeZone: null },
      "Europe/Prague",
    );
    assert.equal(camp.endDate, "2027-04-02");
    const sent = body(bodyOf(camp));
    assert.deepEqual([sent.start, sent.end, sent.timeZone], ["2027-03-29", "2027-04-03", undefined]);
  });

  test("says what is wrong before anybody is asked", () => {
    assert.equal(bodyOf({ ...form, title: "  " }), "title");
    assert.equal(bodyOf({ ...form, endTime: "08:00" }), "order");
    assert.equal(bodyOf({ ...form, startTime: "9" }), "time");
    assert.equal(bodyOf({ ...form, startDate: "2027-02-30" }), "time");
    assert.equal(bodyOf({ ...form, allDay: true, endDate: "2027-03-24" }), "order");
  });

  test("keeps its length when the start moves, over midnight too", () => {
    const late = withStart(form, { startTime: "23:30" });
    assert.deepEqual([late.endDate, late.endTime], ["2027-03-26", "00:30"]);
    const next = withStart(form, { startDate: "2027-12-31" });
    assert.deepEqual([next.endDate, next.endTime], ["2027-12-31", "10:00"]);
  });

  test("sends only what was changed, times together", () => {
    const before = body(bodyOf(form));
    assert.deepEqual(changesOf(before, before), {});
    assert.deepEqual(changesOf(before, { ...before, title: "Clinic" }), { title: "Clinic" });
    assert.deepEqual(changesOf(before, { ...before, end: "2027-03-25T11:00:00" }), {
      start: "2027-03-25T09:00:00",
      end: "2027-03-25T11:00:00",
      timeZone: "Europe/Prague",
    });
  });

  test("keeps what was typed when somebody else has changed the event, and takes over the rest", () => {
    const before = formOf(detail, "Europe/Prague");
    const mine = { ...before, title: "Clinic" };
    const now = formOf(
      { ...detail, start: "2027-03-26T15:30:00+01:00", end: "2027-03-26T17:00:00+01:00" },
      "Europe/Prague",
    );
    const merged = mergedForm(before, mine, now);
    assert.deepEqual([merged.title, merged.startDate, merged.endDate], ["Clinic", "2027-03-26", "2027-03-26"]);
    const moved = mergedForm(before, { ...before, endTime: "13:00" }, now);
    assert.deepEqual([moved.startDate, moved.endDate, moved.endTime], ["2027-03-25", "2027-03-25", "13:00"]);
  });

  test("leaves a rule alone that it cannot show", () => {
    const odd = formOf({ ...detail, rrule: "FREQ=MONTHLY;BYDAY=2TU" }, "Europe/Prague");
    assert.equal(odd.repeat, "other");
    assert.ok(!("rrule" in body(bodyOf(odd))));
  });

  test("takes addresses however they are separated", () => {
    assert.deepEqual(body(bodyOf({ ...form, attendees: "a@x.org, b@x.org;c@x.org\nd@x.org" })).attendees, [
      "a@x.org",
      "b@x.org",
      "c@x.org",
      "d@x.org",
    ]);
  });

  test("says who need not come, whatever the case of their address, and keeps it", () => {
    const [ana] = detail.attendees;
    const shown = formOf({ ...detail, attendees: [{ ...ana!, email: "Ana@Example.org", optional: true }] }, "UTC");
    assert.deepEqual(shown.optional, ["ana@example.org"]);
    const invited = body(bodyOf({ ...shown, attendees: "ANA@example.org, ben@example.org" })).attendees;
    assert.deepEqual(invited, [{ email: "ANA@example.org", optional: true }, "ben@example.org"]);
    const changed = changesOf(body(bodyOf(shown)), body(bodyOf({ ...shown, optional: [] })));
    assert.deepEqual(changed, { attendees: ["Ana@Example.org"] });
    assert.deepEqual(body(bodyOf({ ...shown, attendees: "" })).attendees, [], "who was taken off is not invited");
  });

  test("knows zones from words", () => {
    assert.ok(isZone("Europe/Prague") && isZone("UTC"));
    assert.ok(!isZone("Prague") && !isZone(""));
  });
});

describe("a form that a time is looked for from", () => {
  const subject = (id: string, kind: Subject["kind"], email: string | null = null) => ({ id, kind, email }) as Subject;
  const house = {
    me: "per_me",
    people: [
      subject("per_me", "person", "me@example.org"),
      subject("per_ana", "person", "Ana@example.org"),
      subject("per_ben", "person", "ben@example.org"),
    ],
    things: [subject("res_room", "room"), subject("res_hall", "room"), subject("res_car", "vehicle")],
  };
  const asked = {
    ...form,
    endTime: "09:45",
    attendees: "ana@example.org, guest@elsewhere.example",
    resourceIds: ["res_car", "res_room"],
  };

  test("wishes its title, who is of the house, its room, its length and its week", () => {
    const wish = wishOfForm(asked, house);
    assert.equal(wish.title, "Coach clinic");
    assert.equal(wish.calendarId, asked.calendarId);
    assert.deepEqual(wish.people, [
      { id: "per_me", isRequired: true },
      { id: "per_ana", isRequired: true },
    ]);
    assert.deepEqual([wish.room, wish.minutes, wish.day], ["res_room", 45, dayNumber(2027, 3, 25)]);
    assert.equal(wishOfForm({ ...asked, allDay: true }, house).minutes, 60);
  });

  test("is filled with what was taken: others are invited, guests from elsewhere and the car stay", () => {
    const start = Temporal.Instant.from("2027-03-26T13:00:00Z").epochMilliseconds;
    const taken = {
      title: "Coach clinic",
      times: { allDay: false as const, startMs: start, endMs: start + 45 * 60_000 },
      people: ["per_me", "per_ben"],
      roomId: "res_hall",
      calendarId: "",
    };
    const filled = formWithTaken({ ...asked, location: "Upstairs" }, taken, house);
    assert.deepEqual(
      [filled.startDate, filled.startTime, filled.endDate, filled.endTime],
      ["2027-03-26", "14:00", "2027-03-26", "14:45"],
    );
    assert.equal(filled.attendees, "ben@example.org, guest@elsewhere.example");
    assert.deepEqual(filled.resourceIds, ["res_car", "res_hall"]);
    assert.equal(filled.location, "Upstairs");
    assert.deepEqual(formWithTaken(asked, { ...taken, roomId: null }, house).resourceIds, asked.resourceIds);
    assert.equal(filled.calendarId, asked.calendarId);
    assert.equal(formWithTaken(asked, { ...taken, calendarId: "cal_lessons" }, house).calendarId, "cal_lessons");
  });
});
