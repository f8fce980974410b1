import assert from "node:assert/strict";
import { test } from "node:test";
import { COORDINATOR, MEMBER, NORTHGATE_OWNER, refusalOf, startTestServer } from "../testing/server.ts";

const mine = {
  organisation: "Riverside",
  zone: "Europe/Lisbon",
  firstWeekday: 1,
  name: "Ana Field",
  email: "ana@riverside.example",
  password: "a long sentence of mine",
};

test("one’s own organisation starts beside the demo without a code on a machine’s own server, once", async () => {
  await using server = await startTestServer();
  assert.deepEqual(
    [(await server.stranger("session.read", {})).start, (await server.stranger("session.read", {})).setup],
    ["free", false],
  );
  const started = await server.stranger("setup.finish", { body: mine });
  assert.deepEqual([started.me!.organisation.name, started.me!.role, started.start], ["Riverside", "owner", "no"]);
  assert.equal(
    (await refusalOf(server.stranger("setup.finish", { body: { ...mine, email: "eve@riverside.example" } }))).code,
    "identity/setup-done",
  );
  const ana = await server.signedIn(mine.email, mine.password);
  assert.equal((await ana("people.list", {})).items.length, 1, "nothing of the demo is in it");
  await server.signedIn(COORDINATOR);
});

test("a demo on a server that others reach wants the code for an organisation of one’s own", async () => {
  await using server = await startTestServer({ DEMO: "1", PUBLIC_URL: "https://plan.riverside.example" });
  assert.equal((await server.stranger("session.read", {})).start, "code");
  assert.equal((await refusalOf(server.stranger("setup.finish", { body: mine }))).code, "identity/setup-code-wrong");
  const code = /code (\S{14})\./.exec(server.application.notes.join(" "))![1]!;
  await server.stranger("setup.finish", { body: { ...mine, code } });
});

test("the demo is removed by who rules it, with its accounts, and leads to set-up; what is one’s own stays", async () => {
  await using server = await startTestServer();
  const member = await server.signedIn(MEMBER);
  const coordinator = await server.signedIn(COORDINATOR);
  assert.equal((await refusalOf(member("demo.remove", {}))).code, "request/forbidden");
  const { removed, setupCode } = await coordinator("demo.remove", {});
  assert.equal(removed, 2);
  assert.equal((await refusalOf(coordinator("me.read", {}))).code, "request/unauthenticated");
  assert.equal(
    (await refusalOf(server.stranger("session.start", { body: { account: COORDINATOR } }))).code,
    "identity/demo-only",
  );
  assert.equal((await refusalOf(server.token(NORTHGATE_OWNER))).code, "identity/wrong-credentials");
  const door = await server.stranger("session.read", {});
  assert.deepEqual([door.demo, door.setup, door.accounts.length], [false, true, 0]);
  assert.equal((await refusalOf(server.stranger("setup.finish", { body: mine }))).code, "identity/setup-code-wrong");
  await server.stranger("setup.finish", { body: { ...mine, code: setupCode! } });
  const ana = await server.signedIn(mine.email, mine.password);
  assert.equal((await refusalOf(ana("demo.remove", {}))).code, "identity/no-demo");
  const left = await server.application.database.asOwner(async ({ pool }) => {
    const session = await pool.query<{ count: number }>("select count(*)::int as count from calendars.object");
    return session.rows[0]!.count;
  });
  assert.equal(left, 0);
});

test("the owner beside the demo may remove it, and keeps what is theirs", async () => {
  await using server = await startTestServer();
  await server.stranger("setup.finish", { body: mine });
  const ana = await server.signedIn(mine.email, mine.password);
  await ana("events.create", { body: { title: "Mine", start: "2031-03-25T15:30:00", timeZone: "Europe/Lisbon" } });
  const { removed, setupCode } = await ana("demo.remove", {});
  assert.deepEqual([removed, setupCode], [2, null]);
  const { events } = await ana("events.list", { query: { start: "2031-03-01", end: "2031-04-01" } });
  assert.deepEqual(
    events.map(({ title }) => title),
    ["Mine"],
  );
});
