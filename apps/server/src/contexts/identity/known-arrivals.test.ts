// Strategy: who comes, who is kept and what is written, in any order, against the truth that a look-up would have read. Then
// the same through a whole server: whatever ends or changes a session is noticed by the next request. The server knows its
// callers lately enough for this to fail: a call before each write sees to it.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import { sql } from "kysely";
import { createClient, type Client } from "@hourwright/client";
import type { Arrived } from "../../platform/operations/context.ts";
import { testClock } from "../../platform/testing/clock.ts";
import { COORDINATOR, INSTRUCTOR, MANAGER, refusalOf, startTestServer, type TestServer } from "../../testing/server.ts";
import { KNOWN_MS, KnownArrivals } from "./known-arrivals.ts";
import { systemContext } from "./public.ts";

/** A database of which the only fact is how often it was written to, and who hears of that. */
function writable(kind: "embedded" | "server") {
  const hearers = new Set<() => void>();
  return {
    kind,
    truth: 0,
    onWritten(hear: () => void) {
      hearers.add(hear);
      return () => void hearers.delete(hear);
    },
    /** Written to by this process, or by another, of which nobody here hears. */
    write(by: "us" | "others") {
      this.truth++;
      if (by === "us") for (const hear of hearers) hear();
    },
  };
}

const nothing = () => {};
const arrivedAt = (asOf: number): Arrived => ({ caller: { sessionId: "s" } as Arrived["caller"], asOf });

describe("who came lately", () => {
  const KEY = fc.constantFrom("one", "two");
  const step = fc.oneof(
    fc.record({ kind: fc.constant("begin" as const) }),
    fc.record({ kind: fc.constant("read" as const), look: fc.nat(1) }),
    fc.record({ kind: fc.constant("end" as const), look: fc.nat(1), key: KEY }),
    fc.record({ kind: fc.constant("write" as const), by: fc.constantFrom("us" as const, "others" as const) }),
    fc.record({ kind: fc.constant("wait" as const), ms: fc.integer({ min: 0, max: 2 * KNOWN_MS.server }) }),
    fc.record({ kind: fc.constant("ask" as const), key: KEY }),
  );

  test("is known as the database knows them, but for what others wrote in the last moments", () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 80 }), (steps) => {
        const database = writable("server");
        const clock = testClock(0);
        const known = new KnownArrivals(database, clock);
        const looks: { keep: ReturnType<KnownArrivals["begin"]>; read: number | null }[] = [];
        /** When each state of the truth ended, and by whom. */
        const ended: { atMs: number; by: "us" | "others" }[] = [];
        for (const each of steps) {
          if (each.kind === "begin") looks.push({ keep: known.begin(), read: null });
          else if (each.kind === "write") {
            database.write(each.by);
            ended.push({ atMs: clock.monotonicMs(), by: each.by });
          } else if (each.kind === "wait") clock.advance(each.ms);
          else if (each.kind === "ask") {
            const asOf = known.get(each.key, nothing)?.asOf;
            if (asOf === undefined) continue;
            const since = ended.slice(asOf);
            assert.ok(!since.some(({ by }) => by === "us"), "older than a write of this process");
            for (const { atMs } of since)
              assert.ok(clock.monotonicMs() - atMs < KNOWN_MS.server, "older than others may be");
          } else {
            const look = looks.at(-1 - each.look);
            if (look === undefined) continue;
            look.read ??= database.truth;
            if (each.kind === "end") look.keep(each.key, arrivedAt(look.read));
          }
        }
      }),
    );
  });

  test("stays known while nothing is written, for a while", () => {
    const database = writable("embedded");
    const clock = testClock(0);
    using known = new KnownArrivals(database, clock);
    known.begin()("one", arrivedAt(7));
    known.begin()("nobody", null);
    clock.advance(KNOWN_MS.embedded - 1);
    assert.equal(known.get("one", nothing)?.asOf, 7);
    assert.equal(known.get("nobody", nothing), undefined);
    clock.advance(1);
    assert.equal(known.get("one", nothing), undefined);
  });

  test("is looked up anew once in the second half of that time, and is nobody when that finds nobody", () => {
    const clock = testClock(0);
    using known = new KnownArrivals(writable("server"), clock);
    let lookUps = 0;
    const ask = () => known.get("one", () => lookUps++)?.asOf;
    known.begin()("one", arrivedAt(1));
    assert.deepEqual([ask(), lookUps], [1, 0]);
    clock.advance(KNOWN_MS.server / 2 + 1);
    assert.deepEqual([ask(), ask(), lookUps], [1, 1, 1]);
    const keep = known.begin();
    clock.advance(KNOWN_MS.server / 2 - 2);
    keep("one", arrivedAt(2));
    assert.deepEqual([ask(), lookUps], [2, 1]);
    known.begin()("one", null);
    assert.equal(ask(), undefined);
  });

  test("is forgotten with a write, even when the look-up that found them ends after it", () => {
    const database = writable("embedded");
    using known = new KnownArrivals(database, testClock(0));
    known.begin()("one", arrivedAt(0));
    const keep = known.begin();
    database.write("us");
    keep("one", arrivedAt(0));
    assert.equal(known.get("one", nothing), undefined);
  });
});

describe("the next request after", () => {
  let server: TestServer;
  let coordinator: Client;
  before(async () => {
    server = await startTestServer();
    coordinator = await server.signedIn(COORDINATOR);
  });
  after(() => server[Symbol.asyncDispose]());

  const roleOf = async (client: Client) => (await client("me.read", {})).role;
  const isRefused = async (client: Client) =>
    assert.equal((await refusalOf(client("calendars.list", { query: {} }))).code, "request/unauthenticated");

  test("signing out elsewhere finds the session ended", async () => {
    const { accessToken } = await server.stranger("auth.signIn", {
      body: { email: MANAGER, password: "larkfield-demo" },
    });
    const [here, there] = [0, 1].map(() => createClient({ baseUrl: server.url, token: () => accessToken }));
    await here!("calendars.list", { query: {} });
    await there!("auth.signOut", {});
    await isRefused(here!);
  });

  test("a refresh token that comes back finds the session ended", async () => {
    const pair = await server.stranger("auth.signIn", { body: { email: MANAGER, password: "larkfield-demo" } });
    const client = createClient({ baseUrl: server.url, token: () => pair.accessToken });
    await server.stranger("auth.refresh", { body: { refreshToken: pair.refreshToken } });
    await client("calendars.list", { query: {} });
    await refusalOf(server.stranger("auth.refresh", { body: { refreshToken: pair.refreshToken } }));
    await isRefused(client);
  });

  test("retiring somebody finds them outside, and bringing them back finds them in", async () => {
    const client = await server.signedIn(INSTRUCTOR);
    const { personId } = await client("me.read", {});
    await coordinator("people.remove", { params: { id: personId } });
    await isRefused(client);
    await coordinator("people.update", { params: { id: personId }, body: { retired: false } });
    assert.equal(await roleOf(client), "member");
  });

  test("another role was given finds them with it, and with what it may do", async () => {
    const client = await server.signedIn(MANAGER);
    const { userId, organisation } = await client("me.read", {});
    const give = (role: string) =>
      server.application.database.inOrganisation(
        systemContext(Number(organisation.id), "test", () => "req_test"),
        (unit) => sql`update identity.membership set role = ${role} where user_id = ${userId}`.execute(unit.db),
      );
    assert.equal(await roleOf(client), "manager");
    await give("administrator");
    assert.equal(await roleOf(client), "administrator");
    await client("organisation.update", { body: { focusMinutes: 60 } });
    await give("member");
    assert.equal(
      (await refusalOf(client("organisation.update", { body: { focusMinutes: 60 } }))).code,
      "request/forbidden",
    );
  });

  test("another name was given finds them under it", async () => {
    const client = await server.signedIn(MANAGER);
    const { personId, name } = await client("me.read", {});
    await coordinator("people.update", { params: { id: personId }, body: { name: `${name} the Second` } });
    assert.equal((await client("me.read", {})).name, `${name} the Second`);
  });
});
