import assert from "node:assert/strict";
import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import { createClient, type Client } from "@hourwright/client";
import { eventually } from "../../testing/eventually.ts";
import { COORDINATOR, INSTRUCTOR, MANAGER, MEMBER, startTestServer, type TestServer } from "../../testing/server.ts";
import { postgres } from "../../testing/filled-database.ts";
import { listOrganisations, systemContext } from "../../contexts/identity/public.ts";
import { bounds } from "./bounds.ts";
import { listen, refusedWith, ticketOf, type Ear } from "./testing.ts";

/** Days far from everything the demo holds; each test takes its own. */
let dayNumber = 0;
const newDay = (): string =>
  Temporal.PlainDate.from("2034-01-03")
    .add({ days: dayNumber++ * 3 })
    .toString();

const create = (client: Client, day: string, calendarId: string, title = "Meeting") =>
  client("events.create", {
    body: { title, calendarId, start: `${day}T10:00:00Z`, end: `${day}T11:00:00Z`, preventConflicts: false },
  });

const ownCalendar = (client: Client, sharing: "private" | "busy" | "read" | "write" = "read") =>
  client("calendars.create", { body: { name: `Live ${sharing}`, sharing } });

/** Gives somebody another role, with the change that says so. */
async function become({ application }: TestServer, personId: string, role: string): Promise<void> {
  const organisations = await listOrganisations(application.database);
  const { id } = organisations.find(({ slug }) => slug.startsWith("larkfield"))!;
  await application.database.inOrganisation(
    systemContext(id, "test", () => "req_test"),
    async (unit) => {
      await sql`update identity.membership set role = ${role}
      where org_id = ${unit.organisation} and subject_id = ${personId}`.execute(unit.db);
      unit.record({ kind: "updated", thing: { type: "person", id: personId }, fields: ["role"] });
    },
  );
}

/** Less than half a minute: a connection that nothing ended is looked at then, and ends as well. */
const CLOSED_MS_MAX = 20_000;
const closedSoon = ({ closed }: Ear) => Promise.race([closed, sleep(CLOSED_MS_MAX, null, { ref: false })]);

async function follow(server: TestServer, client: Client, since?: number): Promise<Ear> {
  const ear = await listen(server.url, await ticketOf(client));
  ear.say({ type: "subscribe", topic: "calendar", ...(since === undefined ? {} : { since }) });
  await ear.until("subscribed");
  return ear;
}

describe("a live connection", () => {
  let server: TestServer;
  let coordinator: Client;
  let instructor: Client;
  let member: Client;
  before(async () => {
    server = await startTestServer();
    [coordinator, instructor, member] = (await Promise.all(
      [COORDINATOR, INSTRUCTOR, MEMBER].map((email) => server.signedIn(email)),
    )) as [Client, Client, Client];
  });
  after(() => server[Symbol.asyncDispose]());

  test("is opened by a ticket once, and by nothing else", async () => {
    const ticket = await ticketOf(member);
    await using ear = await listen(server.url, ticket);
    ear.say({ type: "ping" });
    await ear.until("pong");
    assert.equal(await refusedWith(server.url, ticket), 401);
    assert.equal(await refusedWith(server.url, ""), 401);
    assert.equal(await refusedWith(server.url, "x".repeat(10_000)), 401);
  });

  test("is not opened from the page of another site by who came with a cookie", async () => {
    const { headers } = await fetch(`${server.url}/v1/session`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: server.url },
      body: JSON.stringify({ email: MEMBER, password: "larkfield-demo" }),
    });
    const cookie = headers.getSetCookie()[0]!.split(";")[0]!;
    const browser = createClient({
      baseUrl: server.url,
      fetch: (input, init) => fetch(input, { ...init, headers: { cookie, origin: server.url } }),
    });
    assert.equal(await refusedWith(server.url, await ticketOf(browser), { origin: "https://evil.example" }), 403);
    await using ear = await listen(server.url, await ticketOf(browser), { origin: server.url });
    const closed = ear.closed;
    await browser("session.end", {});
    assert.equal(await closed, 4401, "it ends with its session");
  });

  test("ends with the change that retires who holds it, not half a minute later", async () => {
    const calendar = await ownCalendar(coordinator, "read");
    await using ear = await follow(server, instructor);
    await using other = await follow(server, member);
    const { personId } = await instructor("me.read", {});
    await coordinator("people.remove", { params: { id: personId } });
    const code = await closedSoon(ear);
    await coordinator("people.update", { params: { id: personId }, body: { retired: false } });
    assert.equal(code, 4401);
    const { id } = await create(coordinator, newDay(), calendar.id);
    await other.until("event:created", (told) => told.id === id);
    assert.ok(!ear.changes().some((told) => told.id === id));
  });

  test("tells nobody what they might know before they had another role", async () => {
    const manager = await server.signedIn(MANAGER);
    const { personId } = await manager("me.read", {});
    const hidden = await ownCalendar(instructor, "private");
    await become(server, personId, "administrator");
    try {
      const early = await ticketOf(manager);
      await using before = await follow(server, manager);
      const first = await create(instructor, newDay(), hidden.id);
      await before.until("event:created", ({ id }) => id === first.id);
      await become(server, personId, "member");
      assert.equal(await before.closed, 1012, "it connects again, as what they are now");
      await using after = await follow(server, manager);
      await using byEarlyTicket = await listen(server.url, early);
      byEarlyTicket.say({ type: "subscribe", topic: "calendar" });
      await byEarlyTicket.until("subscribed");
      const [second, open] = [await create(instructor, newDay(), hidden.id), await ownCalendar(instructor, "read")];
      for (const ear of [after, byEarlyTicket]) {
        await ear.until("calendar:created", ({ id }) => id === open.id);
        assert.deepEqual(
          ear.changes().filter(({ id, collectionId }) => id === second.id || collectionId === hidden.id),
          [],
        );
      }
    } finally {
      await become(server, personId, "manager");
    }
  });

  test("tells nothing more of a calendar that is not shared any more", async () => {
    const calendar = await ownCalendar(instructor, "read");
    await using ear = await follow(server, member);
    await instructor("calendars.update", { params: { id: calendar.id }, body: { sharing: "busy" } });
    const bare = await create(instructor, newDay(), calendar.id);
    assert.equal((await ear.until("event:created", ({ id }) => id === bare.id)).who, null);
    await instructor("calendars.update", { params: { id: calendar.id }, body: { sharing: "private" } });
    await ear.until("calendar:deleted", ({ id }) => id === calendar.id);
    const hidden = await create(instructor, newDay(), calendar.id);
    const open = await ownCalendar(instructor, "read");
    await ear.until("calendar:created", ({ id }) => id === open.id);
    assert.ok(!ear.changes().some(({ id }) => id === hidden.id));
  });

  test("is not opened by a ticket of a session that has ended", async () => {
    const leaving = await server.signedIn(MEMBER);
    const ticket = await ticketOf(leaving);
    await leaving("auth.signOut", {});
    assert.equal(await refusedWith(server.url, ticket), 401);
  });

  test("ends with its session when somebody else had a copy of its refresh token", async () => {
    const client = createClient({ baseUrl: server.url });
    const pair = await client("auth.signIn", { body: { email: MEMBER, password: "larkfield-demo" } });
    const holder = createClient({ baseUrl: server.url, token: () => pair.accessToken });
    await using ear = await follow(server, holder);
    await client("auth.refresh", { body: { refreshToken: pair.refreshToken } });
    await assert.rejects(client("auth.refresh", { body: { refreshToken: pair.refreshToken } }));
    assert.equal(await closedSoon(ear), 4401);
  });

  test("leaves what is no WebSocket to others", async () => {
    const plain = await fetch(`${server.url}/v1/live`);
    assert.equal(plain.status, 400);
    assert.equal(plain.headers.get("content-type"), "application/problem+json; charset=utf-8");
    const elsewhere = get(`${server.url}/healthz`, { headers: { connection: "upgrade", upgrade: "h2c" } });
    const [answer] = (await once(elsewhere, "response")) as [IncomingMessage];
    answer.resume();
    assert.equal(answer.statusCode, 200);
  });

  test("tells each change with who made it, once, in order, and says nothing of hidden calendars", async () => {
    const [shown, busy, hidden] = [
      await ownCalendar(instructor, "read"),
      await ownCalendar(instructor, "busy"),
      await ownCalendar(instructor, "private"),
    ];
    await using ear = await follow(server, member);
    const day = newDay();
    const first = await create(instructor, day, shown.id);
    await create(instructor, newDay(), hidden.id);
    const second = await create(instructor, newDay(), busy.id);
    await instructor("events.update", { params: { id: first.id }, body: { title: "Renamed" } });
    await instructor("events.remove", { params: { id: first.id } });
    await ear.until("event:deleted");
    const me = await instructor("me.read", {});
    const told = ear.changes().filter(({ type }) => type.startsWith("event:"));
    assert.deepEqual(
      told.map(({ type, id, collectionId, who }) => [type, id, collectionId, who?.personId ?? null]),
      [
        ["event:created", first.id, shown.id, me.personId],
        ["event:created", second.id, busy.id, null],
        ["event:updated", first.id, shown.id, me.personId],
        // It is gone, so nobody can tell any more whether all of it was public.
        ["event:deleted", first.id, shown.id, null],
      ],
    );
    assert.ok(told.every(({ seq }, i) => i === 0 || seq > told[i - 1]!.seq));
  });

  test("answers what it cannot follow, and goes on; who floods it is let go", async () => {
    await using ear = await listen(server.url, await ticketOf(member));
    ear.socket.send("{");
    ear.socket.send(JSON.stringify({ type: "subscribe", topic: "everything" }));
    await ear.until("error");
    ear.say({ type: "ping" });
    await ear.until("pong");
    for (let i = 0; i < bounds.messagesASecondMax + 1; i++) ear.say({ type: "ping" });
    assert.equal(await ear.closed, 1008);

    await using other = await listen(server.url, await ticketOf(member));
    other.socket.send("x".repeat(5_000));
    assert.equal(await other.closed, 1009);
  });

  test("gives one person no more than their part of the room", async () => {
    const ears: Ear[] = [];
    const manager = await server.signedIn(MANAGER);
    for (let i = 0; i < bounds.connectionsOfUserMax; i++) ears.push(await listen(server.url, await ticketOf(manager)));
    assert.equal(await refusedWith(server.url, await ticketOf(manager)), 429);
    for (const ear of ears) await ear[Symbol.asyncDispose]();
  });

  test("tells who else looks at the same view, and when they are gone", async () => {
    const view = { place: "year", year: 2034 };
    const [me, other] = [await member("me.read", {}), await instructor("me.read", {})];
    await using mine = await listen(server.url, await ticketOf(member));
    mine.say({ type: "subscribe", topic: "presence" });
    mine.say({ type: "here", view });
    await mine.until("presence", ({ count }) => count === 0);
    const theirs = await listen(server.url, await ticketOf(instructor));
    theirs.say({ type: "subscribe", topic: "presence" });
    theirs.say({ type: "here", view: { place: "conflicts", year: 2034 } });
    theirs.say({ type: "here", view });
    const seen = await mine.until("presence", ({ count }) => count === 1);
    assert.deepEqual(seen.people, [{ personId: other.personId, name: other.name }]);
    const back = await theirs.until("presence", ({ count }) => count === 1);
    assert.deepEqual(back.people, [{ personId: me.personId, name: me.name }]);
    mine.heard.length = 0;
    await theirs[Symbol.asyncDispose]();
    await mine.until("presence", ({ count }) => count === 0);
  });

  test("tells conflicts of a window as they come and go, with a repair", async () => {
    const calendar = await ownCalendar(coordinator, "read");
    const day = newDay();
    const first = await create(coordinator, day, calendar.id, "One");
    await using ear = await listen(server.url, await ticketOf(coordinator));
    ear.say({ type: "subscribe", topic: "conflicts", start: `${day}T00:00:00Z`, end: `${day}T23:00:00Z` });
    await ear.until("subscribed");
    const second = await create(coordinator, day, calendar.id, "Two");
    const detected = await ear.until("conflict:detected");
    assert.match(JSON.stringify(detected.conflict), /One/);
    const suggested = await ear.until("conflict:suggestion");
    assert.equal(suggested.id, detected.id);
    await coordinator("events.remove", { params: { id: second.id } });
    const resolved = await ear.until("conflict:resolved");
    assert.equal(resolved.id, detected.id);
    await coordinator("events.remove", { params: { id: first.id } });
    ear.say({ type: "subscribe", topic: "conflicts", start: "2020-01-01T00:00:00Z", end: "2030-01-01T00:00:00Z" });
    assert.equal((await ear.until("error")).code, "calendars/out-of-range");
  });
});

for (const kind of [{ name: "the embedded database", skip: false, open: () => Promise.resolve(null) }, postgres]) {
  describe(`resuming on ${kind.name}`, { skip: kind.skip }, () => {
    test("brings 1,000 changes made meanwhile, each once, in order, while others go on", async () => {
      await using held = await kind.open();
      await using server = await startTestServer(held === null ? {} : { DATABASE_URL: held.url });
      const [writer, reader] = [await server.signedIn(COORDINATOR), await server.signedIn(MANAGER)];
      const calendar = await ownCalendar(writer, "read");
      const event = await create(writer, newDay(), calendar.id);
      const before = await follow(server, reader);
      await writer("events.update", { params: { id: event.id }, body: { title: "Last heard" } });
      const last = await before.until("event:updated");
      await before[Symbol.asyncDispose]();

      const organisation = (await listOrganisations(server.application.database)).find(({ slug }) =>
        slug.startsWith("larkfield"),
      )!.id;
      const thing = { type: "event", id: event.id };
      const write = (count: number) =>
        server.application.database.inOrganisation(
          systemContext(organisation, "test", () => "req_test"),
          async (unit) =>
            unit.record(
              ...Array.from({ length: count }, () => ({ kind: "updated" as const, thing, collectionId: calendar.id })),
            ),
        );
      await write(900);
      await using ear = await listen(server.url, await ticketOf(reader));
      const rest = (async () => {
        for (let i = 0; i < 100; i++) await write(1);
      })();
      await sleep(20);
      ear.say({ type: "subscribe", topic: "calendar", since: last.seq });
      await rest;
      const ofEvent = () => ear.changes().filter(({ id }) => id === event.id);
      await eventually("all of it is told", () => ofEvent().length >= 1_000);
      assert.equal(ofEvent().length, 1_000);
      // Working time is handed in meanwhile; all may know of all of it, so no number is left out.
      const told = ear.changes().map(({ seq }) => seq);
      assert.deepEqual(
        told,
        told.map((_, i) => last.seq + 1 + i),
      );
    });
  });
}

describe("two processes on a PostgreSQL server", { skip: postgres.skip }, () => {
  test("tell each other's changes", async () => {
    await using held = await postgres.open();
    await using one = await startTestServer({ DATABASE_URL: held.url });
    await using other = await startTestServer({ DATABASE_URL: held.url });
    const writer = await other.signedIn(COORDINATOR);
    const calendar = await ownCalendar(writer, "read");
    await using ear = await follow(one, await one.signedIn(MANAGER));
    const event = await create(writer, newDay(), calendar.id);
    assert.equal((await ear.until("event:created")).id, event.id);
  });
});

test("a server that goes down says so to all who are connected", async () => {
  const server = await startTestServer();
  const ear = await follow(server, await server.signedIn(MEMBER));
  await server[Symbol.asyncDispose]();
  assert.equal(await ear.closed, 1012);
});
