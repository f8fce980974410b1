import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Answer, Client } from "@hourwright/client";
import {
  COORDINATOR,
  INSTRUCTOR,
  MANAGER,
  MEMBER,
  NORTHGATE_OWNER,
  refusalOf,
  startTestServer,
  type TestServer,
} from "../../testing/server.ts";
import { calendarFile, exported, imported } from "./testing.ts";

const calendarDay = (day: string): string => Temporal.PlainDate.from(day).toString();

type Sharing = "private" | "busy" | "read" | "write";

describe("who may do what with a calendar", () => {
  let server: TestServer;
  let coordinator: Client;
  let manager: Client;
  let instructor: Client;
  let member: Client;
  let me: Answer<"me.read">;
  before(async () => {
    server = await startTestServer();
    [coordinator, manager, instructor, member] = (await Promise.all(
      [COORDINATOR, MANAGER, INSTRUCTOR, MEMBER].map((email) => server.signedIn(email)),
    )) as [Client, Client, Client, Client];
    me = await member("me.read", {});
  });
  after(() => server[Symbol.asyncDispose]());

  /** Days far from everything the demo holds; each test takes its own. */
  let dayNumber = 0;
  const newDay = (): string =>
    Temporal.PlainDate.from("2033-01-03")
      .add({ days: dayNumber++ * 3 })
      .toString();

  /** A calendar of the instructor's, shared like this, with one event of which everything is said. */
  async function shared(
    sharing: Sharing,
    shares: { subjectId: string; access: "none" | "busy" | "read" | "write" }[] = [],
  ) {
    const calendar = await instructor("calendars.create", { body: { name: `Shared ${sharing}`, sharing } });
    if (shares.length > 0) await instructor("calendars.update", { params: { id: calendar.id }, body: { shares } });
    const day = newDay();
    const event = await instructor("events.create", {
      body: {
        title: "Consultation with Dr. Vlk",
        calendarId: calendar.id,
        start: `${day}T10:00:00Z`,
        end: `${day}T11:00:00Z`,
        location: "Room 7",
        description: "About the knee",
        attendees: ["vlk@clinic.example"],
        alarms: [{ minutesBefore: 10 }],
      },
    });
    const list = async (viewer: Client) =>
      (await viewer("events.list", { query: { start: day, end: `${day}T23:00:00Z`, calendars: [calendar.id] } }))
        .events;
    return { calendar, event, day, list };
  }

  /** What a viewer is answered for each thing that can be done with a calendar and its event. */
  async function answers(
    viewer: Client,
    { calendar, event, day }: Awaited<ReturnType<typeof shared>>,
  ): Promise<Record<string, string>> {
    const params = { id: calendar.id };
    const eventParams = { id: event.id };
    const outcome = async (call: Promise<unknown>): Promise<string> => {
      const failed = await call.then(
        () => null,
        (error: { problem: { code: string } }) => error.problem.code,
      );
      return failed ?? "yes";
    };
    return {
      see: await outcome(viewer("calendars.read", { params })),
      read: await outcome(viewer("events.read", { params: eventParams, query: {} })),
      export: await outcome(viewer("calendars.export", { params })),
      create: await outcome(
        viewer("events.create", { body: { title: "x", calendarId: calendar.id, start: `${day}T14:00:00Z` } }),
      ),
      change: await outcome(viewer("events.update", { params: eventParams, body: { location: "Room 8" } })),
      import: await outcome(viewer("calendars.import", { params, query: {}, body: calendarFile() })),
      manage: await outcome(viewer("calendars.update", { params, body: { colour: 7 } })),
      remove: await outcome(viewer("events.remove", { params: eventParams, query: {} })),
    };
  }

  const unknown = "request/not-found";
  const readOnly = "calendars/read-only";
  const table: [Sharing, Record<string, string>][] = [
    [
      "private",
      {
        see: unknown,
        read: unknown,
        export: unknown,
        create: unknown,
        change: unknown,
        import: unknown,
        manage: unknown,
        remove: unknown,
      },
    ],
    [
      "busy",
      {
        see: "yes",
        read: "yes",
        export: "request/forbidden",
        create: readOnly,
        change: readOnly,
        import: readOnly,
        manage: readOnly,
        remove: readOnly,
      },
    ],
    [
      "read",
      {
        see: "yes",
        read: "yes",
        export: "yes",
        create: readOnly,
        change: readOnly,
        import: readOnly,
        manage: readOnly,
        remove: readOnly,
      },
    ],
    [
      "write",
      {
        see: "yes",
        read: "yes",
        export: "yes",
        create: "yes",
        change: "yes",
        import: "yes",
        manage: readOnly,
        remove: "yes",
      },
    ],
  ];
  for (const [sharing, expected] of table) {
    test(`shared as ${sharing}: a colleague may do so much, by the calendar's sharing or by a share of their own`, async () => {
      assert.deepEqual(await answers(member, await shared(sharing)), expected);
      const access = sharing === "private" ? "none" : sharing;
      const other = sharing === "private" ? "write" : "private";
      assert.deepEqual(await answers(member, await shared(other, [{ subjectId: me.personId, access }])), expected);
    });
  }

  test("its owner and administrators may do everything", async () => {
    for (const viewer of [instructor, coordinator]) {
      const found = await answers(viewer, await shared("private"));
      assert.deepEqual([...new Set(Object.values(found))], ["yes"]);
    }
  });

  test("shared as busy, it tells when and nothing else", async () => {
    const { event, list } = await shared("busy");
    const hidden = {
      title: "Busy",
      uid: "",
      location: null,
      attendees: [],
      subjectIds: [],
      rrule: null,
      canEdit: false,
    };
    const [row] = await list(member);
    const detail = await member("events.read", { params: { id: event.id }, query: {} });
    for (const seen of [row!, detail]) {
      assert.deepEqual(
        Object.fromEntries(Object.keys(hidden).map((key) => [key, seen[key as keyof typeof seen]])),
        hidden,
      );
      assert.doesNotMatch(JSON.stringify(seen), /Vlk|Room 7|knee|clinic/i);
    }
    assert.deepEqual([detail.description, detail.alarms, detail.resourceIds], [null, [], []]);
    assert.equal((await list(coordinator))[0]!.title, "Consultation with Dr. Vlk");
  });

  test("shared as busy, what takes no time is not told at all", async () => {
    const { calendar, day, list } = await shared("busy");
    const at = { calendarId: calendar.id, start: `${day}T15:00:00Z` };
    await instructor("events.create", { body: { title: "Free", ...at, transparency: "transparent" } });
    const off = await instructor("events.create", { body: { title: "Off", ...at, status: "cancelled" } });
    assert.equal((await refusalOf(member("events.read", { params: { id: off.id }, query: {} }))).code, unknown);
    assert.equal((await list(instructor)).length, 3);
    assert.equal((await list(member)).length, 1);
  });

  test("of what is shared for reading, the private and the confidential is only busy to who may not write", async () => {
    const calendar = await instructor("calendars.create", { body: { name: "Mixed", sharing: "read" } });
    const day = newDay().replaceAll("-", "");
    const entry = (name: string, ...more: string[]) =>
      ["BEGIN:VEVENT", `UID:${name}-${day}`, `SUMMARY:${name} title`, `LOCATION:${name} place`]
        .concat(`DESCRIPTION:${name} text`, `DTSTART:${day}T100000Z`, `DTEND:${day}T110000Z`, ...more, "END:VEVENT")
        .join("\r\n");
    await imported(
      instructor,
      calendar.id,
      calendarFile(
        entry("open"),
        entry("public", "CLASS:PUBLIC"),
        entry("hidden", "CLASS:PRIVATE"),
        entry("sealed", "CLASS:CONFIDENTIAL"),
        entry("odd", "CLASS:X-ODD"),
      ),
    );
    const query = { start: calendarDay(day), end: `${calendarDay(day)}T23:00:00Z`, calendars: [calendar.id] };
    const told = async (viewer: Client) =>
      (await viewer("events.list", { query })).events.map(({ title, privacy }) => `${title}, ${privacy}`).sort();
    assert.deepEqual(await told(instructor), [
      "hidden title, private",
      "odd title, private",
      "open title, public",
      "public title, public",
      "sealed title, secret",
    ]);
    const toMember = ["Busy, private", "Busy, private", "Busy, secret", "open title, public", "public title, public"];
    assert.deepEqual(await told(member), toMember);

    const secret = /(hidden|sealed|odd) (title|place|text)/;
    const { events } = await member("events.list", { query });
    const all = await Promise.all(events.map(({ id }) => member("events.read", { params: { id }, query: {} })));
    const timeRange = { start: `${calendarDay(day)}T00:00:00Z`, end: `${calendarDay(day)}T23:00:00Z` };
    const conflicts = await member("ai.detectConflicts", { body: { timeRange } });
    assert.ok(conflicts.conflicts.length > 0);
    for (const answer of [events, all, conflicts, await exported(member, calendar.id)])
      assert.doesNotMatch(JSON.stringify(answer), secret);
    assert.match(await exported(member, calendar.id), /open title/);
    assert.match(await exported(instructor, calendar.id), /sealed text/);
  });

  test("a conflict with what is only busy names no titles, and offers no move of it", async () => {
    const day = newDay();
    const room = await coordinator("resources.create", { body: { name: "Quiet room", kind: "room", policy: "warn" } });
    const at = { start: `${day}T10:00:00Z`, end: `${day}T11:00:00Z`, resourceIds: [room.id], preventConflicts: false };
    const hidden = await instructor("calendars.create", { body: { name: "Hidden", sharing: "busy" } });
    await instructor("events.create", { body: { title: "Secret session", calendarId: hidden.id, ...at } });
    const mine = await member("events.create", { body: { title: "My talk", ...at } });
    const timeRange = { start: `${day}T00:00:00Z`, end: `${day}T23:00:00Z` };
    const { conflicts } = await member("ai.detectConflicts", { body: { timeRange } });
    const conflict = conflicts.find(({ kind }) => kind === "resource");
    assert.deepEqual(Object.fromEntries(conflict!.events.map(({ summary, eventId }) => [summary, eventId])), {
      Busy: null,
      "My talk": mine.id,
    });
    assert.doesNotMatch(JSON.stringify(conflicts), /Secret/);
    for (const { moves } of conflict!.repairs) for (const move of moves) assert.equal(move.eventId, mine.id);

    // Somebody who can read neither side is not told that there is a conflict.
    const locked = await instructor("calendars.create", { body: { name: "Locked", sharing: "private" } });
    const elsewhere = newDay();
    for (const title of ["One", "Two"])
      await instructor("events.create", {
        body: { ...at, title, calendarId: locked.id, start: `${elsewhere}T10:00:00Z`, end: `${elsewhere}T11:00:00Z` },
      });
    const there = { timeRange: { start: `${elsewhere}T00:00:00Z`, end: `${elsewhere}T23:00:00Z` } };
    assert.deepEqual((await member("ai.detectConflicts", { body: there })).conflicts, []);
    assert.ok((await instructor("ai.detectConflicts", { body: there })).conflicts.length > 0);
  });

  test("a manager writes into the calendars of the people of their scope, and of nobody else", async () => {
    const { items } = await coordinator("calendars.list", { query: { limit: 1_000 } });
    const personal = items.filter(({ ownerSubjectId }) => ownerSubjectId?.startsWith("per_"));
    const seen = new Map(
      (await manager("calendars.list", { query: { limit: 1_000 } })).items.map((each) => [each.id, each.access]),
    );
    const mine = (await manager("me.read", {})).personId;
    const inScope = personal.filter(({ id, ownerSubjectId }) => seen.get(id) === "write" && ownerSubjectId !== mine);
    const outside = personal.filter(({ id }) => seen.get(id) === undefined || seen.get(id) === "busy");
    assert.ok(inScope.length > 0 && outside.length > 0, `${inScope.length} in scope, ${outside.length} outside`);

    const [theirs, others] = [inScope[0]!, outside[0]!];
    const day = newDay();
    const body = { title: "Planned by the manager", start: `${day}T10:00:00Z` };
    await manager("events.create", { body: { ...body, calendarId: theirs.id } });
    const problem = await refusalOf(manager("events.create", { body: { ...body, calendarId: others.id } }));
    assert.ok([unknown, readOnly].includes(problem.code));

    const made = await manager("calendars.create", {
      body: { name: "For one of mine", ownerSubjectId: theirs.ownerSubjectId },
    });
    assert.equal(made.ownerSubjectId, theirs.ownerSubjectId);
    assert.equal(
      (await refusalOf(manager("calendars.create", { body: { name: "x", ownerSubjectId: others.ownerSubjectId } })))
        .code,
      "request/forbidden",
    );
  });

  test("a member makes calendars for themselves alone, and none for the organisation", async () => {
    const boss = (await coordinator("me.read", {})).personId;
    assert.equal((await member("calendars.create", { body: { name: "Mine" } })).ownerSubjectId, me.personId);
    for (const ownerSubjectId of [boss, null])
      assert.equal(
        (await refusalOf(member("calendars.create", { body: { name: "x", ownerSubjectId } }))).code,
        "request/forbidden",
      );
  });

  test("everybody may know when everybody is busy, and never with what", async () => {
    const { day } = await shared("private");
    const { personId } = await instructor("me.read", {});
    const query = { subjects: [personId], start: `${day}T00:00:00Z`, end: `${day}T23:00:00Z` };
    const { items } = await member("subjects.freeBusy", { query });
    assert.deepEqual(items[0]!.busy, [{ start: `${day}T10:00:00Z`, end: `${day}T11:00:00Z`, status: "confirmed" }]);
  });

  test("another organisation knows of none of it", async () => {
    const northgate = await server.signedIn(NORTHGATE_OWNER);
    const there = await shared("write");
    const found = await answers(northgate, there);
    assert.deepEqual([...new Set(Object.values(found))], [unknown]);
    const { personId } = await instructor("me.read", {});
    const query = { subjects: [personId], start: `${there.day}T00:00:00Z`, end: `${there.day}T23:00:00Z` };
    assert.deepEqual((await northgate("subjects.freeBusy", { query })).items[0]!.busy, []);
    assert.deepEqual(await there.list(northgate), []);
    const stolen = northgate("events.create", {
      body: { title: "x", start: "2033-01-01T10:00:00Z", resourceIds: [personId] },
    });
    assert.equal((await refusalOf(stolen)).code, unknown);
  });

  test("a calendar that holds events is not removed, an empty one is, and versions are heeded", async () => {
    const { calendar, event } = await shared("private");
    const params = { id: calendar.id };
    assert.equal((await refusalOf(instructor("calendars.remove", { params }))).code, "calendars/not-empty");
    await instructor("events.remove", { params: { id: event.id }, query: {} });
    assert.equal(
      (await refusalOf(instructor("calendars.remove", { params, ifMatch: 99 }))).code,
      "request/version-changed",
    );
    await instructor("calendars.remove", { params });
    assert.equal((await refusalOf(instructor("calendars.read", { params }))).code, unknown);
  });

  test("what undo is made of cannot be asked for from outside", async () => {
    const { event, calendar } = await shared("write");
    const token = await server.token(MEMBER);
    const response = await fetch(`${server.url}/v1/internal/objects/${event.id}`, {
      method: "PUT",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({
        calendarId: calendar.id,
        ifVersion: 1,
        bytes: null,
        name: "",
        uid: "",
        floatingZone: null,
        insist: true,
      }),
    });
    assert.ok(response.status === 404 || response.status === 405, `answered ${response.status}`);
  });
});
