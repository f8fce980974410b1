// Conflicts that are kept: through HTTP, by those who may and those who may not; and the marks on every database.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Client } from "@hourwright/client";
import { databases, type TestDatabase } from "../../platform/testing/databases.ts";
import { COORDINATOR, INSTRUCTOR, MEMBER, refusalOf, startTestServer, type TestServer } from "../../testing/server.ts";
import { deleteMarks, insertMarks, marksBetween, type Mark } from "./store.ts";
import { clashesOf, type Clashes } from "./testing.ts";

describe("conflicts that are kept", () => {
  let server: TestServer;
  let coordinator: Client;
  let member: Client;
  let instructor: Client;
  let clash: Clashes["clash"];
  let newDay: Clashes["newDay"];
  before(async () => {
    server = await startTestServer();
    [coordinator, member, instructor] = (await Promise.all(
      [COORDINATOR, MEMBER, INSTRUCTOR].map((email) => server.signedIn(email)),
    )) as [Client, Client, Client];
    ({ clash, newDay } = clashesOf(coordinator));
  });
  after(() => server[Symbol.asyncDispose]());

  const keep = (ids: string[], note: string | null = null, client = coordinator) =>
    client("conflicts.keep", { body: { ids, note } });
  const release = (ids: string[], client = coordinator) => client("conflicts.release", { body: { ids } });
  const undo = (requestId: string, client = coordinator) => client("requests.undo", { params: { id: requestId } });

  test("say by whom and why, are told to everybody, and count again when they are released", async () => {
    const { detect } = await clash();
    const [conflict] = await detect();
    assert.equal(conflict!.kept, null);
    const { summary, undoable } = await keep([conflict!.id], "Half of the hall each");
    assert.deepEqual([summary, undoable], ["Kept both", true]);
    const { name, personId } = await coordinator("me.read", {});
    const [kept] = await detect(member);
    assert.deepEqual(
      [kept!.id, kept!.kept!.by, kept!.kept!.byId, kept!.kept!.note],
      [conflict!.id, name, personId, "Half of the hall each"],
    );
    const { undo: done } = await coordinator("requests.mine", {});
    assert.equal(done[0]!.summary, "Kept both");
    assert.equal((await release([conflict!.id], member)).summary, "Let a conflict count again");
    assert.equal((await detect())[0]!.kept, null);
  });

  test("are kept once: keeping again changes nothing, and neither does releasing what counts", async () => {
    const { detect } = await clash();
    const [conflict] = await detect();
    await keep([conflict!.id], "First");
    const again = await keep([conflict!.id], "Second", member);
    assert.deepEqual([again.undoable, again.changed], [false, []]);
    assert.equal((await detect())[0]!.kept!.note, "First");
    await release([conflict!.id]);
    assert.deepEqual((await release([conflict!.id])).changed, []);
  });

  test("count again as soon as one of the two moves, and are kept again when it moves back", async () => {
    const { detect, judo, day } = await clash();
    const [conflict] = await detect();
    await keep([conflict!.id]);
    const move = (start: string, end: string) =>
      coordinator("events.update", {
        params: { id: judo.id },
        body: { start: `${day}T${start}:00Z`, end: `${day}T${end}:00Z`, preventConflicts: false },
      });
    await move("10:45", "11:45");
    const [moved] = await detect();
    assert.deepEqual([moved!.id, moved!.kept], [conflict!.id, null]);
    await move("10:30", "11:30");
    assert.notEqual((await detect())[0]!.kept, null);
  });

  test("are one date of a series each", async () => {
    const { detect, create } = await clash({ rrule: "FREQ=WEEKLY;COUNT=2" });
    void create;
    const [conflict] = await detect();
    await keep([conflict!.id]);
    assert.notEqual((await detect())[0]!.kept, null);
    assert.notEqual(conflict!.events.find(({ summary }) => summary === "Yoga")!.recurrenceId, null);
  });

  test("undo and redo go both ways, with note and time as they were", async () => {
    const { detect } = await clash();
    const [conflict] = await detect();
    const { requestId } = await keep([conflict!.id], "Agreed");
    const before = (await detect())[0]!.kept;
    const undone = await undo(requestId);
    assert.equal((await detect())[0]!.kept, null);
    await undo(undone.requestId);
    assert.deepEqual((await detect())[0]!.kept, before);
    const released = await release([conflict!.id]);
    await undo(released.requestId);
    assert.deepEqual((await detect())[0]!.kept, before);
  });

  test("undo of a keep is refused when somebody released it since", async () => {
    const { detect } = await clash();
    const [conflict] = await detect();
    const { requestId } = await keep([conflict!.id]);
    await release([conflict!.id], member);
    assert.equal((await refusalOf(undo(requestId))).code, "undo/changed-since");
  });

  test("are decided by who may change one of the events; nobody else, and nobody of what is gone", async () => {
    const day = newDay();
    const room = await coordinator("resources.create", { body: { name: `Kept ${day}`, kind: "room", policy: "warn" } });
    const at = { start: `${day}T10:00:00Z`, end: `${day}T11:00:00Z`, resourceIds: [room.id], preventConflicts: false };
    const calendar = await instructor("calendars.create", { body: { name: `Kept ${day}`, sharing: "read" } });
    const body = { calendarId: calendar.id, ...at };
    await instructor("events.create", { body: { title: "One", ...body } });
    await instructor("events.create", { body: { title: "Other", ...body } });
    const timeRange = { start: `${day}T00:00:00Z`, end: `${day}T23:00:00Z` };
    const seenBy = async (viewer: Client) =>
      (await viewer("ai.detectConflicts", { body: { timeRange, subjects: [room.id] } })).conflicts;
    const ids = (await seenBy(member)).map(({ id }) => id);
    assert.equal(ids.length, 1);
    assert.equal((await refusalOf(keep(ids, null, member))).code, "planning/not-yours");
    await keep(ids, null, instructor);
    assert.equal((await refusalOf(release(ids, member))).code, "planning/not-yours");
    const gone = `cfl_${"0".repeat(26)}`;
    for (const wrong of [[gone], [...ids, gone], ["nonsense"]])
      assert.equal((await refusalOf(keep(wrong, null, instructor))).code, "planning/conflict-gone");
    assert.equal((await refusalOf(keep(ids, "x".repeat(201), instructor))).status, 400);
  });

  test("are kept once under an Idempotency-Key, and answered the same again", async () => {
    const { detect } = await clash();
    const [conflict] = await detect();
    const token = await server.token(COORDINATOR);
    const send = async () => {
      const answer = await fetch(`${server.url}/v1/conflicts/keep`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${token}`,
          "idempotency-key": "keep-once",
          "content-type": "application/json",
        },
        body: JSON.stringify({ ids: [conflict!.id] }),
      });
      return [answer.status, await answer.json()];
    };
    const first = await send();
    assert.equal(first[0], 200, JSON.stringify(first[1]));
    assert.deepEqual(await send(), first);
  });
});

const floor = { floor: "planning", folder: new URL("migrations/", import.meta.url) };

for (const kind of databases()) {
  describe(`marks on ${kind.name}`, { skip: kind.skip }, () => {
    let test_: TestDatabase;
    before(async () => void (test_ = await kind.open([floor])));
    after(() => test_[Symbol.asyncDispose]());

    const mark = (clash: string, startMs: number, note: string | null = null): Mark => ({
      clash,
      conflictId: `cfl_${clash}`,
      startMs,
      endMs: startMs + 60_000,
      personId: "per_x",
      atMs: 1_000,
      note,
    });

    test("are read by window, half-open, and by one organisation alone", async () => {
      const { database, newOrganisation, context } = test_;
      const [own, other] = [newOrganisation(), newOrganisation()];
      await database.inOrganisation(context(own), async (unit) => {
        const marks = [mark("b", 120_000), mark("a", 60_000, "why")];
        assert.equal((await insertMarks(unit, marks)).length, 2);
        assert.deepEqual(await insertMarks(unit, [mark("a", 60_000, "again")]), []);
      });
      const seen = (organisation: number, from: number, to: number) =>
        database.inOrganisation(context(organisation), (unit) => marksBetween(unit, from, to));
      assert.deepEqual(await seen(own, 0, 120_000), [mark("a", 60_000, "why")]);
      assert.deepEqual(await seen(own, 120_000, 120_001), [mark("b", 120_000)]);
      assert.deepEqual(await seen(own, 180_000, 240_000), []);
      assert.deepEqual(await seen(other, 0, 240_000), []);
    });

    test("are taken away as they were, once", async () => {
      const { database, newOrganisation, context } = test_;
      await database.inOrganisation(context(newOrganisation()), async (unit) => {
        await insertMarks(unit, [mark("c", 0)]);
        assert.deepEqual(await deleteMarks(unit, ["c", "unknown"]), [mark("c", 0)]);
        assert.deepEqual(await deleteMarks(unit, ["c"]), []);
      });
    });
  });
}
