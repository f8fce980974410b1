import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import type { Answer, Call, Client } from "@hourwright/client";
import { eventually } from "../../testing/eventually.ts";
import { startOwnServer, type OwnServer } from "../../testing/own-server.ts";
import { refusalOf } from "../../testing/server.ts";
import { idMaker } from "../../platform/ids.ts";
import { systemClock } from "../../platform/clock.ts";
import { horizonReconciler } from "./public.ts";
import { busyTimes, calendarFile, imported, newCalendar } from "./testing.ts";

type Event = Answer<"events.list">["events"][number];
type Query = NonNullable<Call<"events.list">["query"]>;

const NOW = "2026-06-01T08:00:00Z";

let own: OwnServer;
let owner: Client;
before(async () => {
  own = await startOwnServer({ now: NOW });
  ({ owner } = own);
});
after(() => own[Symbol.asyncDispose]());

const list = async (query: Query): Promise<Event[]> => (await owner("events.list", { query })).events;
const create = (body: Omit<Call<"events.create">["body"], "title"> & { readonly title?: string }) =>
  owner("events.create", { body: { title: "An event", preventConflicts: false, ...body } });
const person = (name: string) => owner("people.create", { body: { name, email: `${name.toLowerCase()}@own.example` } });
const daysOf = (events: readonly Event[]): string[] => events.map(({ start }) => start.slice(0, 10));

describe("the events of a window", () => {
  test("are those asked for by id, with all their dates in it, near and far beyond what is kept", async () => {
    const { id } = await newCalendar(owner);
    const at = { calendarId: id, start: "2026-07-06T09:00:00Z", end: "2026-07-06T10:00:00Z" };
    const weekly = await create({ ...at, rrule: "FREQ=WEEKLY;COUNT=900" });
    const once = await create({ ...at, start: "2026-07-07T09:00:00Z", end: "2026-07-07T10:00:00Z" });
    await create(at);
    const window = { start: "2026-07-01", end: "2026-08-01" };
    const found = await list({ ...window, ids: [weekly.id, once.id] });
    assert.deepEqual(daysOf(found), ["2026-07-06", "2026-07-07", "2026-07-13", "2026-07-20", "2026-07-27"]);
    assert.deepEqual(await list({ ...window, ids: ["evt_00000000000000000000000000"] }), []);
    const far = await list({ start: "2040-07-01", end: "2040-07-31", ids: [weekly.id] });
    assert.equal(far.length, 5);
    const tooMany = refusalOf(list({ ...window, ids: Array.from({ length: 101 }, () => once.id) }));
    assert.equal((await tooMany).code, "request/invalid");
  });

  test("are those that touch it: half-open, and what has no length where it starts", async () => {
    const { id } = await newCalendar(owner);
    const at = (uid: string, from: string, to: string) => [
      "BEGIN:VEVENT",
      `UID:${uid}`,
      `DTSTART:20260901T${from}00Z`,
      `DTEND:20260901T${to}00Z`,
      `SUMMARY:${uid}`,
      "END:VEVENT",
    ];
    const file = calendarFile(
      ...at("until", "0900", "1000"),
      ...at("into", "0930", "1001"),
      ...at("moment", "1000", "1000"),
      ...at("within", "1010", "1020"),
      ...at("out", "1059", "1200"),
      ...at("from", "1100", "1200"),
      ...at("end", "1100", "1100"),
      ...at("over", "0800", "1300"),
    );
    await imported(owner, id, file);
    const events = await list({ start: "2026-09-01T10:00:00Z", end: "2026-09-01T11:00:00Z", calendars: [id] });
    assert.deepEqual(
      events.map(({ title }) => title),
      ["over", "into", "moment", "within", "out"],
    );
  });

  test("are found however long they last, on any page", async () => {
    const { id } = await newCalendar(owner);
    const long = await create({
      title: "A year abroad",
      calendarId: id,
      start: "1961-01-01T00:00:00Z",
      end: "1962-01-01T00:00:00Z",
    });
    const short = await create({ title: "A day", calendarId: id, start: "1961-06-01T10:00:00Z" });
    const query = { start: "1961-05-31", end: "1961-06-30", calendars: [id] };
    assert.deepEqual(
      (await list(query)).map((event) => event.id),
      [long.id, short.id],
    );
    assert.deepEqual(
      (await everyPage({ ...query, limit: 1 })).map((event) => event.id),
      [long.id, short.id],
    );
  });

  test("are shown in the zone that is asked for, days as days", async () => {
    const { id } = await newCalendar(owner);
    await create({ calendarId: id, start: "2026-09-05T10:00:00Z" });
    await create({ calendarId: id, start: "2026-09-05" });
    const window = { start: "2026-09-05", end: "2026-09-06", calendars: [id] };
    const shown = async (timeZone: string) => (await list({ ...window, timeZone })).map(({ start }) => start).sort();
    assert.deepEqual(await shown("Europe/Prague"), ["2026-09-05", "2026-09-05T12:00:00+02:00"]);
    assert.deepEqual(await shown("Asia/Kolkata"), ["2026-09-05", "2026-09-05T15:30:00+05:30"]);
  });

  test("are of the calendars that are named, by either name of the parameter, and of no others", async () => {
    const [one, two] = [await newCalendar(owner), await newCalendar(owner)];
    const { id } = await create({ calendarId: one.id, start: "2026-09-08T10:00:00Z" });
    await create({ calendarId: two.id, start: "2026-09-08T10:00:00Z" });
    const window = { start: "2026-09-08", end: "2026-09-09" };
    for (const named of [
      { calendars: [one.id] },
      { providers: [one.id] },
      { calendars: [one.id, "cal_01M7XQJDB0AYZ8H1CNY9QMPS6T"] },
    ])
      assert.deepEqual(
        (await list({ ...window, ...named })).map((event) => event.id),
        [id],
      );
  });

  test("are of the people and things that are named, in whichever calendar they lie", async () => {
    const [ana, ben] = [await person("Ana"), await person("Ben")];
    const hall = await owner("resources.create", { body: { name: "Hall", kind: "room", policy: "warn" } });
    const calendar = await newCalendar(owner, { ownerSubjectId: ana.id });
    const window = { start: "2026-09-11", end: "2026-09-12" };
    const at = { calendarId: calendar.id, start: "2026-09-11T10:00:00Z" };
    const alone = await create(at);
    const both = await create({ ...at, attendees: ["ben@own.example"] });
    const there = await create({ ...at, resourceIds: [hall.id] });
    const found = async (query: Partial<Query>) => (await list({ ...window, ...query })).map(({ id }) => id).sort();
    assert.deepEqual(await found({ subjects: [ana.id] }), [alone.id, both.id, there.id].sort());
    assert.deepEqual(await found({ subjects: [ben.id] }), [both.id]);
    assert.deepEqual(await found({ resourceId: hall.id }), [there.id]);
    assert.deepEqual(await found({ subjects: [ben.id], resourceId: hall.id }), [both.id, there.id].sort());
  });

  test("carry only the fields that are asked for", async () => {
    const { id } = await newCalendar(owner);
    await create({ calendarId: id, start: "2026-09-14T10:00:00Z", title: "Lean" });
    const events = await list({ start: "2026-09-14", end: "2026-09-15", calendars: [id], fields: ["title", "start"] });
    assert.deepEqual(events, [{ title: "Lean", start: "2026-09-14T12:00:00+02:00" }]);
  });

  test("come with the conflicts and the load of the same window when asked", async () => {
    const ana = await person("Anna");
    const { id } = await newCalendar(owner, { ownerSubjectId: ana.id });
    for (const start of ["2026-09-17T10:00:00Z", "2026-09-17T10:30:00Z"]) await create({ calendarId: id, start });
    const window = { start: "2026-09-17", end: "2026-09-18", subjects: [ana.id] };
    const answer = await owner("events.list", { query: { ...window, includeConflicts: true, includeCapacity: true } });
    assert.deepEqual(
      answer.conflicts?.map(({ kind }) => kind),
      ["overlap"],
    );
    assert.deepEqual([answer.metadata.totalEvents, answer.metadata.conflictCount], [2, 1]);
    assert.ok(Array.isArray(answer.capacity));
    const plain = await owner("events.list", { query: window });
    assert.deepEqual([plain.conflicts, plain.capacity], [undefined, undefined]);
  });

  const refused: [name: string, query: Query, code: string][] = [
    ["a window of three years", { start: "2026-01-01", end: "2029-01-01" }, "calendars/out-of-range"],
    ["a window that ends as it starts", { start: "2026-01-01", end: "2026-01-01" }, "calendars/ends-before-start"],
    ["a zone that is none", { start: "2026-01-01", end: "2026-01-02", timeZone: "Prague" }, "calendars/unknown-zone"],
    ["the year 0000", { start: "0000-01-01", end: "2026-01-02" }, "calendars/out-of-range"],
    ["a page of nothing", { start: "2026-01-01", end: "2026-01-02", limit: 0 }, "request/invalid"],
    ["a resource that is no id", { start: "2026-01-01", end: "2026-01-02", resourceId: "hall" }, "request/invalid"],
  ];
  for (const [name, query, code] of refused)
    test(`is refused with ${code}: ${name}`, async () =>
      assert.equal((await refusalOf(owner("events.list", { query }))).code, code));

  test("start anew with a cursor that is none", async () => {
    const { id } = await newCalendar(owner);
    await create({ calendarId: id, start: "2026-09-20T10:00:00Z" });
    for (const cursor of ["x", "bnVsbA", "WzEsMl0", "WyJhIiwxLDJd", "eyJhIjoxfQ"]) {
      const outcome = await owner("events.list", {
        query: { start: "2026-09-20", end: "2026-09-21", calendars: [id], cursor },
      }).then(
        ({ events }) => `${events.length} events`,
        (error: { problem: { code: string } }) => error.problem.code,
      );
      assert.ok(["1 events", "request/invalid"].includes(outcome), `${cursor}: ${outcome}`);
    }
  });
});

describe("series, as far as one looks", () => {
  /** A weekly lesson that began long ago and never ends, with a guest and a room. */
  async function endless(start = "2015-01-05T10:00:00") {
    const guest = await person(`Guest${dayNumber++}`);
    const hall = await owner("resources.create", { body: { name: "Hall", kind: "room" } });
    const calendar = await newCalendar(owner);
    const { id } = await create({
      calendarId: calendar.id,
      start,
      timeZone: "Europe/Prague",
      rrule: "FREQ=WEEKLY",
      attendees: [guest.email!],
      resourceIds: [hall.id],
    });
    return { id, calendar, guest, hall };
  }
  let dayNumber = 0;

  const mondays = (year: number): string[] => {
    const first = Temporal.PlainDate.from({ year, month: 1, day: 1 });
    const days = Array.from({ length: first.daysInYear }, (_, i) => first.add({ days: i }));
    return days.filter(({ dayOfWeek }) => dayOfWeek === 1).map((day) => day.toString());
  };

  for (const year of [2017, 2024, 2026, 2028, 2035, 2150]) {
    test(`has every Monday of ${year}, and the same guests and rooms as today`, async () => {
      const { id, calendar, guest, hall } = await endless();
      const window = { start: `${year}-01-01`, end: `${year + 1}-01-01` };
      const events = await list({ ...window, calendars: [calendar.id] });
      assert.deepEqual(daysOf(events), mondays(year));
      const me = await owner("me.read", {});
      for (const event of events) {
        assert.equal(event.id, id);
        assert.equal(event.recurrenceId, `${event.start.slice(0, 10).replaceAll("-", "")}T100000`);
        assert.deepEqual(event.subjectIds.toSorted(), [guest.id, hall.id, me.personId].sort());
      }
      for (const query of [{ subjects: [guest.id] }, { resourceId: hall.id }])
        assert.deepEqual(daysOf(await list({ ...window, ...query })), mondays(year));
      const detail = await owner("events.read", { params: { id }, query: { recurrenceId: events[10]!.recurrenceId! } });
      assert.deepEqual([detail.start, detail.resourceIds], [events[10]!.start, [hall.id]]);
    });
  }

  test("has every date once where what is kept ends", async () => {
    const { id } = await newCalendar(owner);
    await create({ calendarId: id, start: "2026-06-02T20:00:00Z", end: "2026-06-03T19:00:00Z", rrule: "FREQ=DAILY" });
    const events = await list({ start: "2027-03-01", end: "2028-12-01", calendars: [id] });
    const from = Temporal.PlainDate.from("2027-02-28");
    const expected = Array.from({ length: from.until("2028-11-30").days + 1 }, (_, i) =>
      from.add({ days: i }).toString(),
    );
    assert.deepEqual(daysOf(events), expected);
  });

  test("that begins beyond what is kept takes its time as any other", async () => {
    const hall = await owner("resources.create", { body: { name: "Far hall", kind: "room" } });
    const at = { start: "2031-03-03T10:00:00Z", resourceIds: [hall.id], preventConflicts: true };
    await create({ ...at, rrule: "FREQ=WEEKLY", calendarId: (await newCalendar(owner)).id });
    const elsewhere = await newCalendar(owner, { ownerSubjectId: null });
    const taken = create({ ...at, calendarId: elsewhere.id, start: "2031-03-17T10:30:00Z" });
    assert.equal((await refusalOf(taken)).code, "claims/taken");
  });

  test("of every hour is kept around today, says until when, and is found in any week", async () => {
    const ana = await person("Hourly");
    const { id } = await newCalendar(owner, { ownerSubjectId: ana.id });
    const { warnings } = await create({
      calendarId: id,
      start: "2024-06-01T00:00:00Z",
      end: "2024-06-01T00:10:00Z",
      rrule: "FREQ=HOURLY",
    });
    assert.match(
      warnings.join(),
      /^It recurs so often that its dates are kept, and take time, until 2026-08-\d\d only\.$/,
    );
    for (const start of ["2024-07-01", "2026-06-10", "2027-03-01", "2035-01-01"]) {
      const end = Temporal.PlainDate.from(start).add({ days: 2 }).toString();
      assert.equal((await list({ start, end, calendars: [id], timeZone: "UTC" })).length, 48, start);
    }
    assert.equal((await busyTimes(owner, ana.id, "2026-06-10T00:00:00Z", "2026-06-10T03:00:00Z")).length, 3);
  });

  test("of many people takes time as far ahead as a commitment may, and says so", async () => {
    const guests = Array.from({ length: 12 }, (_, i) => `guest-${i}@many.example`);
    const { id } = await newCalendar(owner);
    const { warnings } = await create({
      calendarId: id,
      start: "2024-06-03T07:00:00Z",
      end: "2024-06-03T07:15:00Z",
      rrule: "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR",
      attendees: guests,
    });
    assert.match(warnings.join(), /takes so many people and things so often .+ until 2027-\d\d-\d\d only/);
    const { items } = await owner("people.list", { query: { search: "guest-3@many.example" } });
    assert.equal((await busyTimes(owner, items[0]!.id, "2026-06-08T00:00:00Z", "2026-06-13T00:00:00Z")).length, 5);
  });
});

describe("pages", () => {
  test("of any size give the same as one, near and far", async () => {
    const { id } = await newCalendar(owner);
    for (const rrule of ["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TH", "FREQ=MONTHLY;COUNT=9"])
      await create({ calendarId: id, start: "2026-06-04T10:00:00Z", rrule });
    for (const start of ["2026-06-10T10:00:00Z", "2026-06-10T10:00:00Z", "2028-06-10T10:00:00Z"])
      await create({ calendarId: id, start });
    const windows = [
      { start: "2026-06-01", end: "2026-07-10" },
      { start: "2028-05-20", end: "2028-06-25" }, // What is kept ends here.
      { start: "2033-01-01", end: "2033-02-10" },
    ];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...windows), fc.integer({ min: 1, max: 40 }), async (window, limit) => {
        const whole = await list({ ...window, calendars: [id] });
        assert.deepEqual(await everyPage({ ...window, calendars: [id], limit }), whole);
      }),
      { numRuns: 15 },
    );
  });
});

async function everyPage(query: Query): Promise<Event[]> {
  const events: Event[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await owner("events.list", { query: { ...query, ...(cursor === undefined ? {} : { cursor }) } });
    assert.ok(page.events.length <= query.limit!);
    events.push(...page.events);
    if (page.nextCursor === null) return events;
    cursor = page.nextCursor;
  }
}

describe("a year later", () => {
  test("series are derived and take time further ahead, and no date is there twice", async () => {
    const hall = await owner("resources.create", { body: { name: "Lasting hall", kind: "room" } });
    const { id } = await newCalendar(owner, { ownerSubjectId: null });
    await create({ calendarId: id, start: "2020-01-01T10:00:00Z", rrule: "FREQ=DAILY", resourceIds: [hall.id] });
    await own.travel({ months: 13 });
    const expected = (start: string, end: string): string[] => {
      const from = Temporal.PlainDate.from(start);
      return Array.from({ length: from.until(end).days }, (_, i) => from.add({ days: i }).toString());
    };
    const windows = [
      ["2024-04-01", "2025-08-01"],
      ["2028-03-01", "2029-10-01"],
    ] as const;
    const checkLists = async () => {
      for (const [start, end] of windows)
        assert.deepEqual(daysOf(await list({ start, end, calendars: [id] })), expected(start, end));
    };
    const taken = () => busyTimes(owner, hall.id, "2029-05-01T00:00:00Z", "2029-05-04T00:00:00Z");
    await checkLists();
    assert.deepEqual(await taken(), []);
    const reconciler = horizonReconciler(own.server.application.database, idMaker(systemClock, randomBytes));
    assert.ok(Number((await reconciler.run(new AbortController().signal))["extended"]) > 0);
    await checkLists();
    assert.equal((await taken()).length, 3);
    assert.equal((await reconciler.run(new AbortController().signal))["extended"], 0);
  });
});

describe("another zone or policy of a calendar", () => {
  test("reaches everything that lies in it, however much", async () => {
    const ana = await person("Mover");
    const { id } = await newCalendar(owner, { ownerSubjectId: ana.id });
    const floating = Array.from({ length: 300 }, (_, i) => {
      const day = Temporal.PlainDate.from("2030-01-01").add({ days: i }).toString().replaceAll("-", "");
      return ["BEGIN:VEVENT", `UID:float-${i}`, `DTSTART:${day}T090000`, "DURATION:PT1H", "END:VEVENT"].join("\r\n");
    });
    await imported(owner, id, calendarFile(...floating));
    const busy = () => busyTimes(owner, ana.id, "2030-01-01T00:00:00Z", "2031-01-01T00:00:00Z");
    assert.equal((await busy())[0], "2030-01-01T08:00:00Z/2030-01-01T09:00:00Z");
    await owner("calendars.update", { params: { id }, body: { zone: "Asia/Tokyo" } });
    await eventually("all are derived again", busy, (all) => all.every((time) => time.includes("T00:00:00Z/")));
    assert.equal((await busy()).length, 300);
    const [first] = await list({ start: "2030-01-01", end: "2030-01-02", calendars: [id], timeZone: "Asia/Tokyo" });
    assert.equal(first!.start, "2030-01-01T09:00:00+09:00");

    const at = { start: "2030-03-01T00:30:00Z", calendarId: id, preventConflicts: false };
    const allowed = await create(at);
    await owner("events.remove", { params: { id: allowed.id }, query: {} });
    await owner("calendars.update", { params: { id }, body: { policy: "forbid" } });
    await eventually("it is forbidden", async () => {
      const answer = await create(at).then(
        ({ id: made }) => made,
        () => null,
      );
      if (answer !== null) await owner("events.remove", { params: { id: answer }, query: {} });
      return answer === null;
    });
  });
});
