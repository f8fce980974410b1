import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Answer, Client } from "@hourwright/client";
import { eventually } from "../../testing/eventually.ts";
import { COORDINATOR, INSTRUCTOR, MEMBER, refusalOf, startTestServer, type TestServer } from "../../testing/server.ts";
import { systemClock } from "../../platform/clock.ts";
import { listen, ticketOf } from "../../interfaces/live/testing.ts";

describe("what people are told of changes that others make", () => {
  let server: TestServer;
  let coordinator: Client;
  let member: Client;
  let me: Answer<"me.read">;
  let calendarId: string;
  /** Turned forward, so that nobody waits ten seconds. */
  let aheadMs = 0;
  before(async () => {
    server = await startTestServer({}, { ...systemClock, nowMs: () => systemClock.nowMs() + aheadMs });
    await signIn();
    me = await member("me.read", {});
    calendarId = (await coordinator("calendars.create", { body: { name: "Told", sharing: "read" } })).id;
  });
  after(() => server[Symbol.asyncDispose]());

  async function signIn(): Promise<void> {
    [coordinator, member] = [await server.signedIn(COORDINATOR), await server.signedIn(MEMBER)];
  }
  const travel = async (ms: number) => {
    aheadMs += ms;
    await signIn();
  };

  let dayNumber = 0;
  const newDay = (): string =>
    Temporal.PlainDate.from("2035-01-03")
      .add({ days: dayNumber++ * 3 })
      .toString();
  const create = async (day: string, more: object = {}) => {
    const made = await coordinator.full("events.create", {
      body: {
        title: "Coach 1:1",
        calendarId,
        start: `${day}T10:00:00Z`,
        end: `${day}T11:00:00Z`,
        attendees: [MEMBER, "guest@elsewhere.example"],
        preventConflicts: false,
        ...more,
      },
    });
    return { id: made.value.id, requestId: made.requestId! };
  };
  const move = async (id: string, day: string, hour: number) => {
    const body = { start: `${day}T${hour}:00:00Z`, end: `${day}T${hour + 1}:00:00Z`, preventConflicts: false };
    return (await coordinator.full("events.update", { params: { id }, body })).requestId!;
  };
  const told = (requestId: string) => coordinator("notices.ofRequest", { params: { id: requestId } });
  const inbox = async (eventId: string) => {
    const { items } = await member("notices.list", {});
    return items.filter((each) => each.eventId === eventId);
  };
  /** Asks until the inbox holds so many of an event. */
  const arrived = (eventId: string, count: number): Promise<Answer<"notices.list">["items"]> =>
    eventually(
      `${count} in the inbox`,
      () => inbox(eventId),
      ({ length }) => length === count,
    );
  /** Long enough for the reconciler to have looked twice. */
  const settle = () => sleep(2_300);

  test("waits ten seconds, then reaches who takes part, once, over the live connection as well", async () => {
    const day = newDay();
    const { id, requestId } = await create(day);
    assert.deepEqual(await told(requestId), { waiting: [me.name], waitingCount: 1, sentCount: 0 });
    await settle();
    assert.deepEqual(await inbox(id), []);
    await using ear = await listen(server.url, await ticketOf(member));
    ear.say({ type: "subscribe", topic: "calendar" });
    await ear.until("subscribed");
    await travel(10_000);
    const [notice] = await arrived(id, 1);
    assert.equal(notice?.kind, "invited");
    assert.deepEqual([notice?.title, notice?.start, notice?.read], ["Coach 1:1", `${day}T10:00:00Z`, false]);
    assert.equal(notice?.by.name, (await coordinator("me.read", {})).name);
    assert.equal((await ear.until("notice")).id, notice?.id);
    assert.deepEqual(await told(requestId), { waiting: [], waitingCount: 0, sentCount: 1 });
  });

  test("is taken back by an undo within that time, of which nobody is told either", async () => {
    const day = newDay();
    const { id, requestId } = await create(day);
    await coordinator("notices.sendNow", { params: { id: requestId } });
    const moved = await move(id, day, 14);
    assert.equal((await told(moved)).waitingCount, 1);
    const undo = await coordinator("requests.undo", { params: { id: moved } });
    assert.equal((await told(undo.requestId)).waitingCount, 0);
    await travel(30_000);
    await settle();
    assert.deepEqual(
      (await inbox(id)).map(({ kind }) => kind),
      ["invited"],
    );
    const redo = await coordinator("requests.undo", { params: { id: undo.requestId } });
    assert.equal((await told(redo.requestId)).waitingCount, 1, "what is done again is told");
  });

  test("is told at once when asked, and undone later it is told that it moved back", async () => {
    const day = newDay();
    const { id, requestId } = await create(day);
    await coordinator("notices.sendNow", { params: { id: requestId } });
    const moved = await move(id, day, 15);
    assert.deepEqual(await coordinator("notices.sendNow", { params: { id: moved } }), {
      waiting: [],
      waitingCount: 0,
      sentCount: 1,
    });
    const undo = await coordinator("requests.undo", { params: { id: moved } });
    assert.equal((await told(undo.requestId)).waitingCount, 1);
    await coordinator("notices.sendNow", { params: { id: undo.requestId } });
    assert.deepEqual(
      (await inbox(id)).map(({ kind, start }) => [kind, start]),
      [
        ["moved", `${day}T10:00:00Z`],
        ["moved", `${day}T15:00:00Z`],
        ["invited", `${day}T10:00:00Z`],
      ],
    );
  });

  test("is of what was cancelled, of one date of a series, and of being left out", async () => {
    const day = newDay();
    const { id } = await create(day, { rrule: "FREQ=DAILY;COUNT=3", transparency: "transparent" });
    const second = Temporal.PlainDate.from(day).add({ days: 1 }).toString();
    const { events } = await coordinator("events.list", {
      query: { start: day, end: Temporal.PlainDate.from(day).add({ days: 5 }).toString(), ids: [id] },
    });
    const recurrenceId = events.find(({ start }) => start.startsWith(second))!.recurrenceId!;
    const one = await coordinator.full("events.remove", { params: { id }, query: { recurrenceId, scope: "this" } });
    await coordinator("notices.sendNow", { params: { id: one.requestId! } });
    const [cancelled] = await inbox(id);
    assert.deepEqual([cancelled?.kind, cancelled?.start], ["cancelled", `${second}T10:00:00Z`]);
    const left = await coordinator.full("events.update", { params: { id }, body: { attendees: [] } });
    await coordinator("notices.sendNow", { params: { id: left.requestId! } });
    assert.equal((await inbox(id))[0]?.kind, "cancelled");
    const gone = await coordinator.full("events.remove", { params: { id } });
    assert.equal((await told(gone.requestId!)).waitingCount, 0, "who is left out is not told of the rest");
  });

  test("is nothing for who did it, for the past, and where only words changed", async () => {
    const past = await create("2024-03-04");
    assert.equal((await told(past.requestId)).waitingCount, 0);
    const day = newDay();
    const { id } = await create(day, { attendees: [COORDINATOR, INSTRUCTOR] });
    const words = await coordinator.full("events.update", { params: { id }, body: { title: "Another name" } });
    assert.equal((await told(words.requestId!)).waitingCount, 0);
    const moved = await move(id, day, 16);
    assert.equal((await told(moved)).waitingCount, 1, "the instructor alone");
  });

  test("is nobody else's business, and is read once", async () => {
    const { id, requestId } = await create(newDay());
    assert.equal((await refusalOf(member("notices.ofRequest", { params: { id: requestId } }))).code, "undo/nothing");
    assert.equal((await refusalOf(member("notices.sendNow", { params: { id: requestId } }))).code, "undo/nothing");
    await coordinator("notices.sendNow", { params: { id: requestId } });
    const before = await member("notices.list", { query: { limit: 1 } });
    assert.ok(before.unread > 1 && before.nextCursor !== null);
    const next = await member("notices.list", { query: { limit: 1, cursor: before.nextCursor } });
    assert.notEqual(next.items[0]!.id, before.items[0]!.id);
    await coordinator("notices.read", { body: { ids: [before.items[0]!.id] } });
    assert.equal((await member("notices.list", {})).unread, before.unread, "not by somebody else");
    await member("notices.read", { body: { ids: [before.items[0]!.id] } });
    assert.equal((await member("notices.list", {})).unread, before.unread - 1);
    await member("notices.read", { body: {} });
    assert.equal((await member("notices.list", {})).unread, 0);
    assert.equal((await inbox(id))[0]?.read, true);
  });

  test("what one did is offered to undo and redo on a page that has seen nothing of it", async () => {
    const day = newDay();
    const { id, requestId } = await create(day, { title: "Seen nowhere" });
    const moved = await move(id, day, 17);
    const undo = await coordinator("requests.undo", { params: { id: moved } });
    const mine = await coordinator("requests.mine", {});
    assert.deepEqual(
      [mine.undo[0]?.id, mine.undo[0]?.summary, mine.redo.map((each) => [each.id, each.summary])],
      [requestId, "Created “Seen nowhere”", [[undo.requestId, "Changed “Seen nowhere”"]]],
    );
    const redo = await coordinator("requests.undo", { params: { id: mine.redo[0]!.id } });
    const again = await coordinator("requests.mine", {});
    assert.deepEqual([again.undo[0]?.id, again.redo], [redo.requestId, []]);
    assert.ok(!(await member("requests.mine", {})).undo.some((each) => each.id === requestId));
    await coordinator("requests.undo", { params: { id: again.undo[0]!.id } });
    await create(newDay());
    assert.deepEqual(
      (await coordinator("requests.mine", {})).redo,
      [],
      "doing something new ends what could be redone",
    );
    await travel(86_400_000);
    assert.deepEqual(await coordinator("requests.mine", {}), { undo: [], redo: [] });
  });
});
