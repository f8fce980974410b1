import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { eventually } from "../../testing/eventually.ts";
import { refusalOf } from "../../testing/server.ts";
import { startOwnServer, type OwnServer } from "../../testing/own-server.ts";
import { decideAhead } from "./decide.ts";

let own: OwnServer;
before(async () => void (own = await startOwnServer({ now: "2027-03-01T08:00:00Z" })));
after(() => own[Symbol.asyncDispose]());

const room = (name: string) => own.owner("resources.create", { body: { name, kind: "room", capacity: 12 } });
const event = (resourceIds: readonly string[], day: string, hour = 9, title = "Course") =>
  own.owner("events.create", {
    body: {
      title,
      start: `${day}T${String(hour).padStart(2, "0")}:00:00`,
      end: `${day}T${String(hour + 1).padStart(2, "0")}:00:00`,
      timeZone: "Europe/Prague",
      resourceIds: [...resourceIds],
      conflictResolution: "manual",
    },
  });

describe("what is planned with what is retired", () => {
  const at = Temporal.Instant.from("2027-03-26T23:30:00Z").epochMilliseconds;
  const table: [count: number, firstMs: number | null, sentence: string][] = [
    [0, null, "Nothing is planned with Hall B from now on."],
    [1, at, "One time is still planned with Hall B, on 2027-03-27. They stay until somebody changes them."],
    [7, at, "7 times are still planned with Hall B, the first on 2027-03-27. They stay until somebody changes them."],
    [
      1_000,
      at,
      "At least 1000 times are still planned with Hall B, the first on 2027-03-27. They stay until somebody changes them.",
    ],
  ];
  for (const [count, firstMs, sentence] of table)
    test(sentence, () => assert.equal(decideAhead("Hall B", { count, firstMs }, "Europe/Prague").sentence, sentence));
});

describe("a room", () => {
  test("is renamed, gets other places and a site, and each change can be undone", async () => {
    const made = await room("Hall A");
    assert.deepEqual([made.retired, made.poolId, made.role, made.version], [false, null, null, 1]);
    const { value: changed, requestId } = await own.owner.full("resources.update", {
      params: { id: made.id },
      body: { name: "Big hall", capacity: 80, site: "North" },
    });
    assert.deepEqual([changed.name, changed.capacity, changed.site, changed.version], ["Big hall", 80, "North", 2]);
    await own.owner("requests.undo", { params: { id: requestId! } });
    const { items } = await own.owner("resources.list", { query: { search: "Hall A" } });
    assert.deepEqual([items[0]!.name, items[0]!.capacity, items[0]!.site], ["Hall A", 12, null]);
  });

  test("is not changed by who saw an older one, nor as a person, nor into a zone that is none", async () => {
    const { id } = await room("Old room");
    const change = (body: object, version = {}) =>
      refusalOf(own.owner("resources.update", { params: { id }, body, ...version }));
    assert.equal((await change({ name: "x" }, { ifMatch: 7 })).code, "request/version-changed");
    assert.equal((await change({ zone: "Mars/Olympus" })).code, "identity/unknown-zone");
    assert.equal((await change({ poolId: "poo_01J8Z3K4M5N6P7Q8R9S0T1V2W3" })).code, "identity/unknown-pool");
    assert.equal(
      (await refusalOf(own.owner("people.update", { params: { id }, body: { name: "x" } }))).code,
      "request/not-found",
    );
  });

  test("is retired: what is planned stays and is told, nothing new takes it, and it can come back", async () => {
    const hall = await room("Retiring");
    const planned = await event([hall.id], "2027-03-10");
    const { subject, ahead } = await own.owner("resources.remove", { params: { id: hall.id } });
    assert.deepEqual([subject.retired, ahead.planned, ahead.next], [true, 1, "2027-03-10T08:00:00Z"]);
    assert.equal((await own.owner("resources.list", { query: { search: "Retiring" } })).items.length, 0);
    assert.equal((await own.owner("resources.list", { query: { search: "Retiring", retired: true } })).items.length, 1);
    assert.equal((await refusalOf(event([hall.id], "2027-03-11"))).code, "identity/retired");
    await own.owner("events.update", { params: { id: planned.id }, body: { title: "Moved", resourceIds: [hall.id] } });
    const kept = await own.owner("events.read", { params: { id: planned.id } });
    assert.deepEqual([kept.title, kept.resourceIds], ["Moved", [hall.id]]);
    await own.owner("resources.update", { params: { id: hall.id }, body: { retired: false } });
    await event([hall.id], "2027-03-11");
  });

  test("that forbids what it allowed from now on has what overlaps as a conflict, and refuses the next", async () => {
    const loose = await own.owner("resources.create", { body: { name: "Loose", kind: "equipment", policy: "allow" } });
    await event([loose.id], "2027-04-06", 9, "One");
    await own.owner("events.create", {
      body: {
        title: "Two",
        start: "2027-04-06T09:30:00",
        timeZone: "Europe/Prague",
        resourceIds: [loose.id],
        preventConflicts: false,
      },
    });
    await own.owner("resources.update", { params: { id: loose.id }, body: { policy: "forbid" } });
    const query = { start: "2027-04-06", end: "2027-04-07", resourceId: loose.id, includeConflicts: true };
    const kinds = async () => (await own.owner("events.list", { query })).conflicts!.map(({ kind }) => kind);
    await eventually("it clashes", kinds, (all) => all.includes("resource"));
    assert.equal((await refusalOf(event([loose.id], "2027-04-06"))).code, "claims/taken");
  });
});

describe("a pool", () => {
  test("gives whichever is free, at every date of a series, and refuses with who has them", async () => {
    const pool = await own.owner("pools.create", { body: { name: "Vans" } });
    const vans = [];
    for (const name of ["Van 1", "Van 2"])
      vans.push(await own.owner("resources.create", { body: { name, kind: "vehicle", poolId: pool.id } }));
    const [one, two] = vans.map(({ id }) => id) as [string, string];
    assert.deepEqual(
      (await own.owner("pools.list", {})).items.map(({ members }) => members.map(({ name }) => name)),
      [["Van 1", "Van 2"]],
    );
    const first = await event([pool.id], "2027-05-03", 9);
    assert.deepEqual(first.event.resourceIds, [one]);
    const series = await own.owner("events.create", {
      body: {
        title: "Round",
        start: "2027-04-26T09:30:00",
        timeZone: "Europe/Prague",
        rrule: "FREQ=WEEKLY;COUNT=3",
        resourceIds: [pool.id],
        preventConflicts: false,
      },
    });
    assert.deepEqual(series.event.resourceIds, [two], "Van 1 is taken at its second date");
    const refused = await refusalOf(event([pool.id], "2027-05-03", 9));
    assert.equal(refused.code, "claims/taken");
    assert.match(refused.detail, /^Nothing of Vans is free: Van 1 is taken on .*, and so is one other\.$/);
    assert.equal((refused["clashes"] as unknown[]).length, 2);
    await own.owner("events.update", { params: { id: first.id }, body: { resourceIds: [pool.id] } });
    assert.deepEqual(
      (await own.owner("events.read", { params: { id: first.id } })).resourceIds,
      [one],
      "its own time is no obstacle",
    );
    const both = await event([pool.id, pool.id], "2027-06-01");
    assert.deepEqual(both.event.resourceIds.toSorted(), [one, two].toSorted());
    await own.owner("pools.remove", { params: { id: pool.id } });
    assert.deepEqual(
      (await own.owner("resources.list", { query: { search: "Van" } })).items.map(({ poolId }) => poolId),
      [null, null],
    );
  });

  test("of which two ask for the last at once gives it to one", async () => {
    const pool = await own.owner("pools.create", { body: { name: "Bikes" } });
    for (const name of ["Bike 1", "Bike 2", "Bike 3"])
      await own.owner("resources.create", { body: { name, kind: "vehicle", poolId: pool.id } });
    const calendar = await own.owner("calendars.create", {
      body: { name: "Rides", policy: "allow", ownerSubjectId: null },
    });
    const asked = await Promise.allSettled(
      Array.from({ length: 8 }, () =>
        own.owner("events.create", {
          body: {
            title: "Ride",
            calendarId: calendar.id,
            start: "2027-06-07T10:00:00",
            timeZone: "Europe/Prague",
            resourceIds: [pool.id],
            conflictResolution: "manual",
          },
        }),
      ),
    );
    const given = asked.flatMap((each) => (each.status === "fulfilled" ? each.value.event.resourceIds : []));
    assert.equal(given.length, 3);
    assert.equal(new Set(given).size, 3);
  });
});

describe("a person", () => {
  test("who was only invited until now becomes one of the organisation, with what is planned", async () => {
    const meeting = await own.owner("events.create", {
      body: {
        title: "Talk",
        start: "2027-03-15T09:00:00",
        timeZone: "Europe/Prague",
        attendees: ["guest@elsewhere.example"],
      },
    });
    const person = await own.owner("people.create", { body: { name: "Gita Guest", email: "Guest@elsewhere.example" } });
    assert.equal(person.kind, "person");
    assert.ok(meeting.event.subjectIds.includes(person.id));
    const again = await refusalOf(
      own.owner("people.create", { body: { name: "Other", email: "guest@elsewhere.example" } }),
    );
    assert.deepEqual([again.code, again.detail], ["identity/email-taken", "guest@elsewhere.example is Gita Guest’s."]);
  });

  test("is not retired by themselves, and not when they are the only owner", async () => {
    const me = await own.owner("me.read", {});
    const refused = await refusalOf(own.owner("people.remove", { params: { id: me.personId } }));
    assert.equal(refused.code, "identity/needed");
  });
});

describe("the organisation", () => {
  test("is renamed, and its thresholds and focus time are those of its capacity", async () => {
    const thresholds = { steady: 0.5, full: 0.7, over: 1 };
    const changed = await own.owner("organisation.update", {
      body: { name: "Riverside", firstWeekday: 7, thresholds, focusMinutes: 90 },
    });
    assert.deepEqual([changed.name, changed.firstWeekday, changed.version], ["Riverside", 7, 2]);
    const window = { start: "2027-03-01T00:00:00Z", end: "2027-03-02T00:00:00Z" };
    const capacity = await own.owner("capacity.read", { query: window });
    assert.deepEqual([capacity.thresholds, capacity.focusMinutes], [thresholds, 90]);
    assert.equal((await own.owner("me.read", {})).organisation.name, "Riverside");
    const refused = await refusalOf(
      own.owner("organisation.update", { body: { thresholds: { steady: 0.8, full: 0.7, over: 1 } } }),
    );
    assert.equal(refused.code, "identity/thresholds-out-of-order");
  });
});
