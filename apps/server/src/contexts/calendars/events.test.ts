import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Answer, Call, Client } from "@hourwright/client";
import { startOwnServer, type OwnServer } from "../../testing/own-server.ts";
import { refusalOf } from "../../testing/server.ts";
import { busyTimes, newCalendar } from "./testing.ts";

type Wish = Parameters<typeof createIn>[1];
type Written = Answer<"events.create">;

let own: OwnServer;
let owner: Client;
before(async () => {
  own = await startOwnServer();
  ({ owner } = own);
});
after(() => own[Symbol.asyncDispose]());

/** Creates an event in a calendar; fields that the contract wants and a test does not care about are filled in. */
const createIn = (
  calendarId: string,
  wish: Omit<Call<"events.create">["body"], "title" | "calendarId"> & {
    readonly title?: string;
  },
): Promise<Written> => owner("events.create", { body: { title: "An event", calendarId, ...wish } });

const create = async (wish: Wish): Promise<Written> => createIn((await newCalendar(owner)).id, wish);
const read = (id: string, query: { recurrenceId?: string; timeZone?: string } = {}) =>
  owner("events.read", { params: { id }, query });
const update = (id: string, body: Call<"events.update">["body"]) => owner("events.update", { params: { id }, body });

/** Every test takes days of its own, so that no two meet on the owner's timeline. */
let dayNumber = 0;
const newDay = (): string =>
  Temporal.PlainDate.from("2031-01-06")
    .add({ days: dayNumber++ * 3 })
    .toString();

describe("creating an event", () => {
  test("answers it with its id at the top, where it lies, and its version", async () => {
    const calendar = await newCalendar(owner);
    const day = newDay();
    const { value, status, etag } = await owner.full("events.create", {
      body: {
        title: "Coach clinic",
        start: `${day}T15:30:00`,
        end: `${day}T17:00:00`,
        timeZone: "Europe/Prague",
        calendarId: calendar.id,
      },
    });
    assert.equal(status, 201);
    assert.equal(etag, `"1"`);
    assert.equal(value.event.id, value.id);
    assert.equal(value.created, true);
    assert.deepEqual(value.warnings, []);
    const { id, uid, ...rest } = await read(value.id);
    assert.equal(id, value.id);
    assert.match(uid, /^\S+@hourwright$/);
    const me = await owner("me.read", {});
    assert.deepEqual(rest, {
      recurrenceId: null,
      calendarId: calendar.id,
      start: `${day}T15:30:00+01:00`,
      end: `${day}T17:00:00+01:00`,
      canEdit: true,
      version: 1,
      title: "Coach clinic",
      allDay: false,
      timeZone: "Europe/Prague",
      status: "confirmed",
      transparency: "opaque",
      privacy: "public",
      location: null,
      attendees: [],
      subjectIds: [me.personId],
      recurring: false,
      rrule: null,
      source: "calendars",
      description: null,
      priority: 0,
      alarms: [],
      resourceIds: [],
    });
  });

  const times: [name: string, wish: Wish, start: string, end: string, zone: string | null][] = [
    [
      "an hour long when no end is given",
      { start: "2031-06-02T10:00:00Z" },
      "2031-06-02T12:00:00+02:00",
      "2031-06-02T13:00:00+02:00",
      "Europe/Prague",
    ],
    [
      "a local time in the zone that is named",
      { start: "2031-06-05T10:00", timeZone: "America/New_York" },
      "2031-06-05T16:00:00+02:00",
      "2031-06-05T17:00:00+02:00",
      "America/New_York",
    ],
    [
      "an instant on the clocks of the zone that is named",
      { start: "2031-06-08T10:00:00Z", timeZone: "Asia/Tokyo" },
      "2031-06-08T12:00:00+02:00",
      "2031-06-08T13:00:00+02:00",
      "Asia/Tokyo",
    ],
    [
      "in UTC",
      { start: "2031-06-11T10:00:00", timeZone: "UTC" },
      "2031-06-11T12:00:00+02:00",
      "2031-06-11T13:00:00+02:00",
      "UTC",
    ],
    ["a day", { start: "2031-06-14" }, "2031-06-14", "2031-06-15", null],
    [
      "several days, the last one excluded",
      { start: "2031-06-17", end: "2031-06-20" },
      "2031-06-17",
      "2031-06-20",
      null,
    ],
    [
      "an hour that the clocks skip, read with the offset before",
      { start: "2031-03-30T02:30", timeZone: "Europe/Prague" },
      "2031-03-30T03:30:00+02:00",
      "2031-03-30T04:30:00+02:00",
      "Europe/Prague",
    ],
    [
      "an hour that comes twice, the first time",
      { start: "2031-10-26T02:30", end: "2031-10-26T02:45", timeZone: "Europe/Prague" },
      "2031-10-26T02:30:00+02:00",
      "2031-10-26T02:45:00+02:00",
      "Europe/Prague",
    ],
    [
      "over the night on which the clocks change",
      { start: "2032-03-27T22:00", end: "2032-03-28T06:00", timeZone: "Europe/Prague" },
      "2032-03-27T22:00:00+01:00",
      "2032-03-28T06:00:00+02:00",
      "Europe/Prague",
    ],
  ];
  for (const [name, wish, start, end, zone] of times) {
    test(`takes a time: ${name}`, async () => {
      const { event } = await create(wish);
      assert.deepEqual([event.start, event.end, event.timeZone], [start, end, zone]);
    });
  }

  const refused: [name: string, wish: Wish, code: string][] = [
    ["a day that ends at an hour", { start: "2031-06-14", end: "2031-06-14T10:00:00Z" }, "calendars/ends-before-start"],
    [
      "an end at the start",
      { start: "2031-06-14T10:00:00Z", end: "2031-06-14T10:00:00Z" },
      "calendars/ends-before-start",
    ],
    ["a day that ends on itself", { start: "2031-06-14", end: "2031-06-14" }, "calendars/ends-before-start"],
    ["a local time without zone", { start: "2031-06-14T10:00:00" }, "calendars/zone-missing"],
    ["a zone that is none", { start: "2031-06-14T10:00:00", timeZone: "Prague" }, "calendars/unknown-zone"],
    ["hour 25", { start: "2031-06-14T25:00:00Z" }, "calendars/out-of-range"],
    ["the year 1899", { start: "1899-12-31T23:59:59Z" }, "calendars/out-of-range"],
    ["the year 2200", { start: "2199-12-31T23:00:00Z", end: "2200-01-01T01:00:00Z" }, "calendars/out-of-range"],
    [
      "a rule that recurs every second",
      { start: "2031-02-01T10:00:00Z", end: "2031-02-01T10:00:01Z", rrule: "FREQ=SECONDLY" },
      "calendars/rule-invalid",
    ],
    [
      "dates that overlap each other",
      { start: "2026-12-01T10:00:00Z", end: "2026-12-02T11:00:00Z", rrule: "FREQ=DAILY;COUNT=3" },
      "claims/meets-itself",
    ],
    ...["Eva", "eva@example.org\r\nX-EVIL:1", "a@b.c;CN=x", "<a@b.c>", "a@b..c", "a@-b.c", "a:b@c.d", "a@b.c?x=1"].map(
      (address): [string, Wish, string] => [
        `the address ${JSON.stringify(address)}`,
        { start: "2031-02-01T10:00:00Z", attendees: [address] },
        "calendars/address-invalid",
      ],
    ),
    ...["FREQ=DAILY;UNTIL=20200101T000000Z", "FREQ=DAILY;UNTIL=20310131", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"].map(
      (rrule): [string, Wish, string] => [
        `a series without a date, ${rrule}`,
        { start: "2031-02-01T10:00:00Z", rrule },
        "calendars/rule-invalid",
      ],
    ),
    [
      "a room that is none",
      { start: "2031-02-01T10:00:00Z", resourceIds: ["res_01M7XQJDB0AYZ8H1CNY9QMPS6T"] },
      "request/not-found",
    ],
  ];
  for (const [name, wish, code] of refused) {
    test(`is refused with ${code}: ${name}`, async () => assert.equal((await refusalOf(create(wish))).code, code));
  }

  test("invites whoever has an address that one can write to", async () => {
    const attendees = ["o'brien+pool@x.example", "jürgen@bücher.example", "a@localhost", "MAILTO:Eva.Novak@x.example"];
    const { event } = await create({ start: `${newDay()}T10:00:00Z`, attendees });
    assert.deepEqual(
      event.attendees.map(({ email }) => email),
      ["o'brien+pool@x.example", "jürgen@bücher.example", "a@localhost", "eva.novak@x.example"],
    );
  });

  test("keeps what it was told, and gives it back", async () => {
    const day = newDay();
    const { id } = await create({
      title: "Zkouška; s čárkou, a\nnovým řádkem",
      start: `${day}T10:00:00Z`,
      description: "First line\nSecond; line, with \\ and “quotes”",
      location: "Hall B, Larkfield; back door",
      status: "tentative",
      transparency: "transparent",
      priority: 3,
      alarms: [{ minutesBefore: 15 }, { minutesBefore: 0 }, { minutesBefore: 1440 }],
    });
    const event = await read(id);
    assert.equal(event.title, "Zkouška; s čárkou, a\nnovým řádkem");
    assert.equal(event.description, "First line\nSecond; line, with \\ and “quotes”");
    assert.equal(event.location, "Hall B, Larkfield; back door");
    assert.deepEqual([event.status, event.transparency, event.priority], ["tentative", "transparent", 3]);
    assert.deepEqual(event.alarms, [{ minutesBefore: 15 }, { minutesBefore: 0 }, { minutesBefore: 1440 }]);
  });

  test("lies in the caller's own calendar when none is named, and providerId is another name of calendarId", async () => {
    const { items } = await owner("calendars.list", { query: {} });
    const mine = items.find(({ name }) => name === "Olga Owner")!;
    const day = newDay();
    const first = await owner("events.create", { body: { title: "Mine", start: `${day}T10:00:00Z` } });
    assert.equal(first.event.calendarId, mine.id);
    const { id: other } = await newCalendar(owner);
    const second = await owner("events.create", {
      body: { title: "There", start: `${day}T12:00:00Z`, providerId: other },
    });
    assert.equal(second.event.calendarId, other);
  });

  test("is done once, however often it is sent with one key", async () => {
    const day = newDay();
    const { id: calendarId } = await newCalendar(owner);
    const send = (title: string) =>
      owner.full("events.create", {
        body: { title, calendarId, start: `${day}T10:00:00Z` },
        idempotencyKey: `create-${day}`,
      });
    const first = await send("Once");
    const again = await send("Once");
    assert.deepEqual([again.value, again.etag, again.status], [first.value, first.etag, first.status]);
    assert.equal((await refusalOf(send("Twice"))).code, "request/key-reused");
    const { events } = await owner("events.list", {
      query: { start: day, end: `${day}T23:00:00Z`, calendars: [calendarId] },
    });
    assert.equal(events.length, 1);
  });
});

describe("whose time an event takes", () => {
  const person = (name: string, email?: string) =>
    owner("people.create", { body: { name, ...(email === undefined ? {} : { email }) } });
  const room = (name: string, policy?: "forbid" | "warn" | "allow") =>
    owner("resources.create", { body: { name, kind: "room", ...(policy === undefined ? {} : { policy }) } });
  const at = (day: string, from: string, to: string) => ({ start: `${day}T${from}:00Z`, end: `${day}T${to}:00Z` });
  const busy = (subjectId: string, day: string) => busyTimes(owner, subjectId, `${day}T00:00:00Z`, `${day}T23:59:00Z`);

  test("its calendar's owner, who is invited and has not declined, and the rooms it needs", async () => {
    const day = newDay();
    const [ana, ben, eva, hall] = await Promise.all([
      person("Ana"),
      person("Ben", "ben@own.example"),
      person("Eva", "eva@own.example"),
      room("Hall A"),
    ]);
    const calendar = await newCalendar(owner, { ownerSubjectId: ana.id });
    const { event } = await createIn(calendar.id, {
      ...at(day, "10:00", "11:00"),
      attendees: ["BEN@own.example", { email: "eva@own.example", status: "declined" }],
      resourceIds: [hall.id],
    });
    assert.deepEqual(event.subjectIds.toSorted(), [ana.id, ben.id, hall.id].sort());
    assert.deepEqual(event.resourceIds, [hall.id]);
    assert.deepEqual(
      event.attendees.map(({ email, status, kind }) => [email.replace(/.*res_.*/i, "the hall"), status, kind]),
      [
        ["ben@own.example", "needs-action", "individual"],
        ["eva@own.example", "declined", "individual"],
        ["the hall", "accepted", "room"],
      ],
    );
    for (const { id } of [ana, ben, hall]) assert.deepEqual(await busy(id, day), [`${day}T10:00:00Z/${day}T11:00:00Z`]);
    assert.deepEqual(await busy(eva.id, day), []);
  });

  test("an address that nobody owns becomes an outside person, once", async () => {
    const day = newDay();
    const guest = { email: "guest@elsewhere.example", name: "A Guest" };
    await create({ ...at(day, "10:00", "11:00"), attendees: [guest] });
    await create({ ...at(day, "12:00", "13:00"), attendees: ["Guest@Elsewhere.example"] });
    const { items } = await owner("people.list", { query: { search: "A Guest" } });
    assert.deepEqual(
      items.map(({ kind, email, policy }) => [kind, email, policy]),
      [["outside", "guest@elsewhere.example", "warn"]],
    );
    assert.equal((await busy(items[0]!.id, day)).length, 2);
  });

  test("not its calendar's owner, when they are invited and have declined", async () => {
    const day = newDay();
    const dora = await person("Dora", "dora@own.example");
    const calendar = await newCalendar(owner, { ownerSubjectId: dora.id });
    await createIn(calendar.id, {
      ...at(day, "10:00", "11:00"),
      attendees: [{ email: "dora@own.example", status: "declined" }],
    });
    assert.deepEqual(await busy(dora.id, day), []);
  });

  test("nobody's when it is shown as free, cancelled, or a whole day of a person", async () => {
    const day = newDay();
    const ana = await person("Ana 2");
    const { id } = await newCalendar(owner, { ownerSubjectId: ana.id });
    await createIn(id, { ...at(day, "10:00", "11:00"), transparency: "transparent" });
    await createIn(id, { ...at(day, "10:00", "11:00"), status: "cancelled" });
    await createIn(id, { start: day });
    assert.deepEqual(await busy(ana.id, day), []);
  });

  test("a room's for its whole day, in the room's own zone", async () => {
    const day = newDay();
    const hall = await owner("resources.create", {
      body: { name: "Far hall", kind: "room", zone: "America/New_York" },
    });
    await create({ start: day, resourceIds: [hall.id] });
    const next = Temporal.PlainDate.from(day).add({ days: 1 }).toString();
    assert.deepEqual(await busyTimes(owner, hall.id, `${day}T00:00:00Z`, `${next}T23:00:00Z`), [
      `${day}T05:00:00Z/${next}T05:00:00Z`,
    ]);
  });

  test("a room's that has a calendar of its own, as strictly as the room is used", async () => {
    const day = newDay();
    const hall = await room("Hall with a calendar");
    const { id } = await newCalendar(owner, { ownerSubjectId: hall.id });
    await createIn(id, { ...at(day, "10:00", "11:00"), title: "Choir" });
    const taken = await refusalOf(
      create({ ...at(day, "10:30", "11:30"), resourceIds: [hall.id], preventConflicts: false }),
    );
    assert.equal(taken.code, "claims/taken");
    const { id: warned } = await newCalendar(owner);
    await createIn(id, { start: Temporal.PlainDate.from(day).add({ days: 1 }).toString(), title: "Floor is painted" });
    const next = Temporal.PlainDate.from(day).add({ days: 1 }).toString();
    assert.equal(
      (await refusalOf(createIn(warned, { ...at(next, "10:00", "11:00"), resourceIds: [hall.id] }))).code,
      "claims/taken",
    );
  });

  test("what is taken on `forbid` is refused to everybody, with who has it and free times", async () => {
    const day = newDay();
    const hall = await room("Hall F");
    await create({ ...at(day, "10:00", "11:00"), resourceIds: [hall.id], title: "Swim gala" });
    for (const preventConflicts of [true, false]) {
      const calendar = await newCalendar(owner, { ownerSubjectId: null });
      const problem = await refusalOf(
        createIn(calendar.id, { ...at(day, "10:30", "11:30"), resourceIds: [hall.id], preventConflicts }),
      );
      assert.deepEqual([problem.code, problem.status], ["claims/taken", 409]);
      assert.match(problem.detail, /^Hall F is taken on .+, 11:00–12:00\.$/);
      assert.deepEqual(problem["clashes"], [
        { subjectId: hall.id, subject: "Hall F", start: `${day}T10:30:00Z`, end: `${day}T11:00:00Z` },
      ]);
      const suggestions = problem["suggestions"] as { moves: { start: string; end: string }[] }[];
      assert.ok(suggestions.length > 0);
      for (const { moves } of suggestions) {
        const { id } = await createIn(calendar.id, {
          start: moves[0]!.start,
          end: moves[0]!.end,
          resourceIds: [hall.id],
        });
        await owner("events.remove", { params: { id }, query: {} });
      }
    }
    assert.deepEqual(await busy(hall.id, day), [`${day}T10:00:00Z/${day}T11:00:00Z`]);
  });

  test("what is taken on `warn` is refused first, and taken by who insists: that is a conflict", async () => {
    const day = newDay();
    const ana = await person("Ana 3");
    const calendar = await newCalendar(owner, { ownerSubjectId: ana.id });
    await createIn(calendar.id, at(day, "10:00", "11:00"));
    assert.equal((await refusalOf(createIn(calendar.id, at(day, "10:30", "11:30")))).code, "claims/taken");
    await createIn(calendar.id, { ...at(day, "10:30", "11:30"), preventConflicts: false });
    const { conflicts } = await owner("ai.detectConflicts", {
      body: { timeRange: { start: `${day}T00:00:00Z`, end: `${day}T23:00:00Z` }, subjects: [ana.id] },
    });
    assert.deepEqual(
      conflicts.map(({ kind, subjects }) => [kind, subjects]),
      [["overlap", ["Ana 3"]]],
    );
  });

  test("what is allowed to overlap is taken at once; what only watches never bars, and shows", async () => {
    const day = newDay();
    const ana = await person("Ana 4");
    const desk = await room("Shared desk", "allow");
    const watching = await owner("calendars.create", {
      body: { name: "Watching", ownerSubjectId: ana.id, policy: "observe" },
    });
    const usual = await newCalendar(owner, { ownerSubjectId: ana.id });
    const hall = await room("Hall W");
    await createIn(usual.id, { ...at(day, "10:00", "11:00"), resourceIds: [desk.id, hall.id] });
    await create({ ...at(day, "10:00", "11:00"), resourceIds: [desk.id] });
    await createIn(watching.id, { ...at(day, "10:30", "11:30"), resourceIds: [hall.id] });
    const { items } = await owner("subjects.freeBusy", {
      query: { subjects: [hall.id], start: `${day}T00:00:00Z`, end: `${day}T23:00:00Z` },
    });
    assert.deepEqual(
      items[0]!.busy.map(({ status }) => status),
      ["confirmed", "observed"],
    );
  });

  describe("when the time is taken", () => {
    async function taken() {
      const day = newDay();
      const ana = await person("Ana 5");
      const calendar = await newCalendar(owner, { ownerSubjectId: ana.id });
      await createIn(calendar.id, at(day, "09:00", "10:00"));
      return { day, ana, calendar };
    }

    test("`auto` puts the event on the best free time, moves nothing else, and says so", async () => {
      const { day, ana, calendar } = await taken();
      const { event, warnings } = await createIn(calendar.id, {
        ...at(day, "09:30", "10:30"),
        conflictResolution: "auto",
      });
      assert.deepEqual([event.start, event.end], [`${day}T11:00:00+01:00`, `${day}T12:00:00+01:00`]);
      assert.deepEqual(warnings, [`The time was taken; it was put on ${day}T11:00:00+01:00.`]);
      assert.deepEqual(await busy(ana.id, day), [
        `${day}T09:00:00Z/${day}T10:00:00Z`,
        `${day}T10:00:00Z/${day}T11:00:00Z`,
      ]);
    });

    test("`manual` refuses without suggestions, `suggest` with them", async () => {
      const { day, calendar } = await taken();
      const ask = (conflictResolution: "manual" | "suggest") =>
        refusalOf(createIn(calendar.id, { ...at(day, "09:30", "10:30"), conflictResolution }));
      assert.equal((await ask("manual"))["suggestions"], undefined);
      const suggestions = (await ask("suggest"))["suggestions"] as { what: string }[];
      assert.ok(suggestions.length > 1 && suggestions.length <= 5);
    });

    test("`auto` refuses a series: it has no single free time", async () => {
      const { day, calendar } = await taken();
      const problem = await refusalOf(
        createIn(calendar.id, {
          ...at(day, "09:30", "10:30"),
          rrule: "FREQ=DAILY;COUNT=2",
          conflictResolution: "auto",
        }),
      );
      assert.equal(problem.code, "claims/taken");
    });

    test("moving an event onto it is refused, and leaves the event where it was", async () => {
      const { day, ana, calendar } = await taken();
      const { id } = await createIn(calendar.id, at(day, "14:00", "15:00"));
      assert.equal((await refusalOf(update(id, at(day, "09:30", "10:30")))).code, "claims/taken");
      assert.equal((await busy(ana.id, day))[1], `${day}T14:00:00Z/${day}T15:00:00Z`);
      await update(id, at(day, "14:30", "15:30")); // Its own time is never in its way.
      assert.equal((await busy(ana.id, day))[1], `${day}T14:30:00Z/${day}T15:30:00Z`);
    });
  });
});

describe("changing an event", () => {
  test("changes what is named and leaves the rest, byte by byte kept", async () => {
    const day = newDay();
    const { id } = await create({
      title: "Before",
      start: `${day}T10:00:00`,
      timeZone: "America/New_York",
      description: "Kept",
      location: "Gone",
      alarms: [{ minutesBefore: 5 }],
      attendees: ["someone@else.example"],
    });
    const { event } = await update(id, { title: "After", location: null });
    assert.deepEqual(
      [event.title, event.location, event.description, event.timeZone],
      ["After", null, "Kept", "America/New_York"],
    );
    assert.deepEqual([event.alarms, event.attendees.length, event.version], [[{ minutesBefore: 5 }], 1, 2]);
    assert.equal(event.start, `${day}T16:00:00+01:00`);
  });

  test("a start alone keeps the length; an end alone keeps the start", async () => {
    const day = newDay();
    const { id } = await create({ start: `${day}T10:00:00Z`, end: `${day}T10:45:00Z` });
    assert.equal((await update(id, { start: `${day}T12:00:00Z` })).event.end, `${day}T13:45:00+01:00`);
    const { event } = await update(id, { end: `${day}T14:00:00Z` });
    assert.deepEqual([event.start, event.end], [`${day}T13:00:00+01:00`, `${day}T15:00:00+01:00`]);
    assert.equal((await refusalOf(update(id, { end: `${day}T11:00:00Z` }))).code, "calendars/ends-before-start");
  });

  test("turns an hour into a day and back", async () => {
    const day = newDay();
    const { id } = await create({ start: `${day}T10:00:00Z` });
    const whole = await update(id, { start: day });
    assert.deepEqual(
      [whole.event.allDay, whole.event.start, whole.event.end],
      [true, day, Temporal.PlainDate.from(day).add({ days: 1 }).toString()],
    );
    const timed = await update(id, { start: `${day}T10:00:00Z`, end: `${day}T11:00:00Z` });
    assert.deepEqual([timed.event.allDay, timed.event.start], [false, `${day}T11:00:00+01:00`]);
  });

  test("replaces guests, rooms or neither, each apart", async () => {
    const day = newDay();
    const hall = await owner("resources.create", { body: { name: "Hall C", kind: "room" } });
    const { id } = await create({
      start: `${day}T10:00:00Z`,
      attendees: ["one@x.example", "two@x.example"],
      resourceIds: [hall.id],
    });
    const emails = (event: Written["event"]) =>
      event.attendees.filter(({ kind }) => kind === "individual").map(({ email }) => email);
    const fewer = (await update(id, { attendees: ["two@x.example"] })).event;
    assert.deepEqual([emails(fewer), fewer.resourceIds], [["two@x.example"], [hall.id]]);
    const roomless = (await update(id, { resourceIds: [] })).event;
    assert.deepEqual([emails(roomless), roomless.resourceIds], [["two@x.example"], []]);
    const day_ = `${day}T00:00:00Z`;
    assert.deepEqual(await busyTimes(owner, hall.id, day_, `${day}T23:00:00Z`), []);
  });

  test("is refused when it is not what was read, and the right version goes through", async () => {
    const { id } = await create({ start: `${newDay()}T10:00:00Z` });
    const change = (ifMatch: number, title: string) =>
      owner.full("events.update", { params: { id }, body: { title }, ifMatch });
    assert.equal((await change(1, "Two")).etag, `"2"`);
    assert.equal((await refusalOf(change(1, "Three"))).code, "request/version-changed");
    assert.equal((await change(2, "Three")).value.event.title, "Three");
    assert.equal(
      (await refusalOf(owner("events.remove", { params: { id }, query: {}, ifMatch: 1 }))).code,
      "request/version-changed",
    );
    assert.equal((await owner.full("events.read", { params: { id }, query: {} })).etag, `"3"`);
  });

  test("removing it gives its time back, and it is unknown from then on", async () => {
    const day = newDay();
    const hall = await owner("resources.create", { body: { name: "Hall D", kind: "room" } });
    const { id } = await create({ start: `${day}T10:00:00Z`, resourceIds: [hall.id] });
    await owner("events.remove", { params: { id }, query: {}, ifMatch: 1 });
    assert.equal((await refusalOf(read(id))).code, "request/not-found");
    assert.equal((await refusalOf(update(id, { title: "x" }))).code, "request/not-found");
    assert.equal((await refusalOf(owner("events.remove", { params: { id }, query: {} }))).code, "request/not-found");
    assert.deepEqual(await busyTimes(owner, hall.id, `${day}T00:00:00Z`, `${day}T23:00:00Z`), []);
  });

  test("is shown in the zone that is asked for", async () => {
    const day = newDay();
    const { id } = await create({ start: `${day}T10:00:00Z` });
    assert.equal((await read(id, { timeZone: "Asia/Kolkata" })).start, `${day}T15:30:00+05:30`);
    assert.equal((await refusalOf(read(id, { timeZone: "Mars/Olympus" }))).code, "calendars/unknown-zone");
  });

  test("an occurrence that the series does not have cannot be read, changed or removed", async () => {
    const day = newDay();
    const { id } = await create({ start: `${day}T10:00:00Z` });
    const recurrenceId = "20310101T100000Z";
    assert.equal((await refusalOf(read(id, { recurrenceId }))).code, "calendars/occurrence-not-found");
    assert.equal(
      (await refusalOf(update(id, { recurrenceId, scope: "this", title: "x" }))).code,
      "calendars/occurrence-not-found",
    );
    assert.equal(
      (await refusalOf(owner("events.remove", { params: { id }, query: { recurrenceId, scope: "this" } }))).code,
      "calendars/occurrence-not-found",
    );
  });
});
