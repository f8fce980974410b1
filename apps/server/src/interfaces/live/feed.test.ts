// Strategy: what is committed here is handed over, what others commit is only in the log, in any mixture: whoever follows hears
// each change once, in order, told as the log itself would tell it.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { createClient, type Client } from "@hourwright/client";
import type { CommittedChange } from "../../platform/changes/write.ts";
import { COORDINATOR, startTestServer, type TestServer } from "../../testing/server.ts";
import { bounds as usual, type Bounds } from "./bounds.ts";
import { Feed, type Told } from "./feed.ts";

describe("an organisation's feed", () => {
  let server: TestServer;
  let client: Client;
  let organisation: number;
  let committed: (readonly CommittedChange[])[] = [];
  before(async () => {
    server = await startTestServer();
    const token = await server.token(COORDINATOR);
    client = createClient({ baseUrl: server.url, token: () => token });
    organisation = Number((await client("me.read", {})).organisation.id);
    server.application.database.onChanges((where, changes) => {
      if (where === organisation) committed.push(changes);
    });
  });
  after(() => server[Symbol.asyncDispose]());

  const open = (bounds: Bounds = usual) =>
    Feed.open({ database: server.application.database, newId: () => "req_feed", bounds }, organisation);
  let hour = 0;
  const event = () => {
    const start = Temporal.Instant.from("2034-05-01T00:00:00Z").add({ hours: hour++ });
    const end = start.add({ minutes: 30 });
    const body = { title: "Fed", start: start.toString(), end: end.toString(), preventConflicts: false };
    return client("events.create", { body });
  };
  const textsOf = (list: readonly Told[]) => list.map(({ seq, entry }) => [seq, entry?.full, entry?.isPublic]);

  test("takes what is committed here as the log tells it, without asking the log", async () => {
    const feed = await open();
    const since = feed.head;
    committed = [];
    const { id } = await event();
    const { id: gone } = await event();
    await client("events.update", { params: { id }, body: { title: "Fed twice" } });
    await client("events.remove", { params: { id: gone } });
    await client("calendars.create", { body: { name: "Fed" } });
    const { units } = server.application.database.stats();
    for (const changes of committed) assert.ok(feed.take(changes));
    assert.equal(server.application.database.stats().units, units);
    const told = textsOf(feed.recent(since)!);
    assert.ok(told.length >= 5);
    const fromLog = textsOf(await feed.read(since));
    assert.deepEqual(
      told.map(([seq, full]) => [seq, full]),
      fromLog.map(([seq, full]) => [seq, full]),
    );
    const made = told.find(([, full]) => String(full).includes(id));
    assert.deepEqual(
      made,
      fromLog.find(([seq]) => seq === made![0]),
    );
    assert.equal(made![2], true, "an event is public unless somebody says otherwise");
    const deleted = told.find(([, full]) => String(full).includes("event:deleted"));
    assert.deepEqual([String(deleted![1]).includes(gone), deleted![2]], [true, false]);
  });

  test("leaves a gap, a flood and what it cannot know to a look, and tells each once in order", async () => {
    const feed = await open({ ...usual, pageChanges: 3 });
    const since = feed.head;
    const heard: number[] = [];
    let at = since;
    feed.onEntries(() => {
      for (const { seq } of feed.recent(at) ?? []) heard.push((at = seq));
    });
    committed = [];
    for (let n = 0; n < 6; n++) await event();
    const [first, second, third, fourth] = committed as [CommittedChange[], ...CommittedChange[][]];
    assert.equal(feed.take(second!), false, "the first is missing");
    assert.ok(feed.take(first));
    const looking = feed.look(); // It reads what is handed over meanwhile as well.
    assert.ok(feed.take(second!));
    assert.ok(feed.take(third!));
    assert.equal(feed.take(third!), false, "it is known already");
    await looking;
    assert.equal(feed.take(fourth!), false, "the look has read it");
    const ofEvent = committed.flat().find(({ thing }) => thing.type === "event")!; // A notice may have come between.
    const next = { ...ofEvent, seq: feed.head + 1 };
    assert.equal(feed.take([{ ...next, isOpen: null }]), false, "whether it is public is not said");
    assert.equal(feed.take(Array.from({ length: 4 }, (_, n) => ({ ...next, seq: next.seq + n }))), false, "a flood");
    await setImmediate();
    const expected = Array.from({ length: feed.head - since }, (_, n) => since + 1 + n);
    assert.deepEqual(heard, expected);
    assert.ok(expected.length >= 6);
  });

  test("tells a crowd in several turns, and nobody twice", async () => {
    const feed = await open({ ...usual, clientsOfATurn: 10 });
    committed = [];
    await event();
    const places = new Map<number, number>();
    const calls = new Map<number, number>();
    for (let n = 0; n < 35; n++)
      feed.onEntries(() => {
        places.set(n, feed.head);
        calls.set(n, (calls.get(n) ?? 0) + 1);
      });
    for (const changes of committed) feed.take(changes);
    assert.equal(places.size, 10);
    for (let turn = 0; turn < 5; turn++) await setImmediate();
    assert.equal(places.size, 35);
    assert.ok([...places.values()].every((place) => place === feed.head));
    assert.ok([...calls.values()].every((count) => count <= committed.length + 1));
  });
});
