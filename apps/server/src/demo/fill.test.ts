import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { DAY_MS } from "@hourwright/time";
import { systemClock } from "../platform/clock.ts";
import {
  COORDINATOR,
  INSTRUCTOR,
  MANAGER,
  MEMBER,
  NORTHGATE_OWNER,
  startTestServer,
  type TestServer,
} from "../testing/server.ts";
import { larkfield } from "./larkfield/larkfield.ts";
import { namesOf } from "./larkfield/people.ts";
import { yearIn } from "./plan/days.ts";
import { conflictsIn, fillInMemory, yearOf } from "./testing.ts";

describe("a server that was started on an empty directory", () => {
  let server: TestServer;
  const year = yearIn(systemClock.nowMs(), larkfield.zone);
  const memory = fillInMemory(larkfield, year);
  before(async () => void (server = await startTestServer()));
  after(() => server[Symbol.asyncDispose]());

  const yearOfEvents = async (email: string, of: number) => {
    const client = await server.signedIn(email);
    const query = { start: `${of}-01-01`, end: `${of + 1}-01-01`, includeConflicts: true };
    return client("events.list", { query });
  };

  test("shows the coordinator the years that were planned, and their conflicts", async () => {
    for (const each of [year - 1, year, year + 1]) {
      const { fromMs, toMs } = yearOf(each, memory.zone);
      const { events: all, conflicts = [] } = await yearOfEvents(COORDINATOR, each);
      const events = all.filter(({ source }) => source === "calendars");
      const planned = memory.occurrences.filter(({ startMs, endMs }) => startMs < toMs && endMs > fromMs);
      assert.equal(events.length, planned.length);
      const found = conflictsIn(memory.taken, fromMs, toMs);
      assert.deepEqual(conflicts.map(({ kind }) => kind).sort(), found.map(({ kind }) => kind).sort());
      assert.ok(conflicts.length >= 25 && conflicts.length <= 37, `${conflicts.length} conflicts in ${each}`);
    }
  });

  test("knows its people with their teams, its rooms and vehicles, and everybody's calendar", async () => {
    const coordinator = await server.signedIn(COORDINATOR);
    const people = (await coordinator("people.list", {})).items;
    const things = (await coordinator("resources.list", {})).items;
    const calendars = (await coordinator("calendars.list", { query: { limit: 200 } })).items;
    assert.equal(people.length, 64);
    assert.deepEqual(
      people
        .filter(({ teams }) => teams.includes("Driving school"))
        .map(({ name }) => name)
        .sort(),
      [...namesOf("Driving school")].sort(),
    );
    assert.deepEqual(things.map(({ name }) => name).sort(), larkfield.things.map(({ name }) => name).sort());
    assert.ok(things.every(({ policy, capacity, site }) => policy === "forbid" && capacity !== null && site !== null));
    assert.equal(
      calendars.length,
      64 + larkfield.calendars.length + 2,
      "everybody, the organisation, its league, and what is booked",
    );
    const shared = calendars.filter(({ ownerSubjectId }) => ownerSubjectId === null);
    assert.ok(shared.every(({ sharing, category }) => sharing === "read" && category !== null));
  });

  test("gives those who work by shifts their contracts, leave and what they ask for", async () => {
    const coordinator = await server.signedIn(COORDINATOR);
    const today = Temporal.Now.plainDateISO(larkfield.zone);
    const query = { from: today.toString(), to: today.add({ days: 300 }).toString() };
    const { items, sources } = await coordinator("schedules.list", { query });
    const signingIn = 2;
    const staffed = namesOf("Pool").length + namesOf("Desk").length + namesOf("Facilities").length;
    assert.equal(items.length, staffed + signingIn);
    assert.ok(items.every(({ stretches }) => stretches.length > 400));
    for (const what of ["work", "leave", "extra"])
      assert.ok(
        sources.some((source) => source.what === what),
        what,
      );
    assert.equal((await coordinator("covers.list", { query: { states: ["asking"] } })).items.length, 1);
    assert.equal((await coordinator("openShifts.list", { query: { states: ["open"] } })).items.length, 2);
    assert.equal((await coordinator("swaps.list", { query: { states: ["asking"] } })).items.length, 1);
    const asked = await coordinator("adjustments.list", { query: { states: ["requested"] } });
    assert.ok(asked.items.length > 3);
    const checks = asked.items.map(({ id }) => coordinator("adjustments.check", { params: { id } }));
    for (const { objections } of await Promise.all(checks)) assert.deepEqual(objections, []);
  });

  test("gives whoever signs in as one of the people a week, a balance and a request of their own", async () => {
    const today = Temporal.Now.plainDateISO(larkfield.zone);
    const query = { from: today.toString(), to: today.add({ days: 60 }).toString() };
    for (const email of [INSTRUCTOR, MEMBER]) {
      const person = await server.signedIn(email);
      const { personId } = await person("me.read", {});
      const { items } = await person("schedules.list", { query: { ...query, people: [personId] } });
      assert.deepEqual(
        items.map(({ stretches }) => stretches.length > 40),
        [true],
      );
      const asked = await person("adjustments.list", { query: { states: ["requested"] } });
      assert.equal(asked.items.filter((each) => each.personId === personId).length, 1);
    }
  });

  test("says who is needed, has published weekends of the pool, and has a draft of later ones", async () => {
    const coordinator = await server.signedIn(COORDINATOR);
    const { items } = await coordinator("demands.list", {});
    assert.deepEqual([...new Set(items.map(({ site }) => site))], ["Larkfield", "Riverside"]);
    const [publication] = (await coordinator("publications.list", {})).items;
    assert.deepEqual([publication!.name, publication!.told], ["Pool weekends", 7]);
    const [draft] = (await coordinator("drafts.list", { query: { states: ["open"] } })).items;
    const checked = await coordinator("drafts.check", { params: { id: draft!.id } });
    assert.deepEqual([checked.objections, checked.totals.openShifts], [[], 2]);
    // Of holidays there may be fewer: nobody works seven days in a row then.
    assert.ok(checked.broken.every(({ kind }) => kind === "week" || kind === "days"));
    const query = { from: draft!.from, to: draft!.to };
    const { rows } = await coordinator("coverage.read", { query });
    const levels = new Set(rows.flatMap(({ days }) => days.map(({ level }) => level)));
    assert.ok(levels.size >= 3, `rows differ: ${[...levels].join(", ")}`);
  });

  test("lets the manager change what belongs to Learning, and the member only look at it", async () => {
    const ofInes = async (email: string) =>
      (await (await server.signedIn(email))("calendars.list", { query: { limit: 200 } })).items.find(
        ({ ownerName }) => ownerName === "Ines Duarte",
      )!.access;
    assert.deepEqual(
      [await ofInes(COORDINATOR), await ofInes(MANAGER), await ofInes(INSTRUCTOR), await ofInes(MEMBER)],
      ["own", "write", "own", "busy"],
    );
  });

  test("offers repairs for what lies ahead, and applying one ends its conflict", async () => {
    const coordinator = await server.signedIn(COORDINATOR);
    const nowMs = systemClock.nowMs();
    const instant = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toString();
    const timeRange = { start: instant(nowMs + DAY_MS), end: instant(yearOf(year + 1, memory.zone).toMs) };
    const ahead = async () => (await coordinator("ai.detectConflicts", { body: { timeRange } })).conflicts;
    const found = await ahead();
    assert.ok(found.length >= 25);
    for (const { repairs, explanation } of found) assert.ok(repairs.length > 0, `nothing repairs: ${explanation}`);
    for (const kind of ["resource", "attendee", "overlap"]) {
      const conflict = found.find((each) => each.kind === kind)!;
      await coordinator("repairs.apply", { params: { id: conflict.repairs[0]!.id }, body: {} });
      const left = await ahead();
      assert.ok(!left.some(({ id }) => id === conflict.id), conflict.explanation);
    }
    assert.equal((await ahead()).length, found.length - 3);
  });

  test("shows Northgate nothing of it", async () => {
    const { events, conflicts = [] } = await yearOfEvents(NORTHGATE_OWNER, year);
    const names = new Set(memory.occurrences.map(({ event }) => event.title));
    assert.ok(events.length > 40);
    assert.deepEqual(
      events.map(({ title }) => title).filter((title) => names.has(title) && !title.startsWith("Closed")),
      [],
    );
    assert.ok(conflicts.length > 0);
    const owner = await server.signedIn(NORTHGATE_OWNER);
    assert.equal((await owner("people.list", {})).items.length, 5);
  });
});
