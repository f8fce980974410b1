import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { createClient } from "@hourwright/client";
import {
  COORDINATOR,
  INSTRUCTOR,
  MANAGER,
  MEMBER,
  refusalOf,
  startTestServer,
  type TestServer,
} from "../../testing/server.ts";
import { may, policy } from "./policy.ts";
import { hashPassword, verifyPassword } from "./passwords.ts";

const PASSWORD = "larkfield-demo";

describe("passwords", () => {
  test("are kept as argon2id with a salt of their own, and checked", async () => {
    const [one, two] = await Promise.all([hashPassword("a long sentence"), hashPassword("a long sentence")]);
    assert.match(one, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    assert.notEqual(one, two);
    assert.equal(await verifyPassword("a long sentence", one), true);
    assert.equal(await verifyPassword("a long sentencf", one), false);
    assert.equal(await verifyPassword("a long sentence", "plain text"), false);
  });

  test("are the same however an accent was typed", async () => {
    assert.equal(
      await verifyPassword("kavárna ve městě", await hashPassword("kavárna ve městě".normalize("NFD"))),
      true,
    );
  });
});

describe("the policy", () => {
  const roles = ["owner", "administrator", "manager", "member"] as const;
  for (const [permission, allowed] of Object.entries(policy)) {
    test(`${permission}: ${roles.filter((role) => (allowed as readonly string[]).includes(role)).join(", ")}`, () => {
      for (const role of roles)
        assert.equal(may({ role } as never, permission as never), (allowed as readonly string[]).includes(role));
      assert.equal(may(null, permission as never), false);
    });
  }
  test("lets everyone do only what needs no session", () => assert.equal(may(null, "everyone"), true));
});

describe("sessions", () => {
  let server: TestServer;
  before(async () => void (server = await startTestServer()));
  after(() => server[Symbol.asyncDispose]());

  test("remember whose time their owner sees first; the demo's accounts begin with six people", async () => {
    const [member, manager] = [await server.signedIn(MEMBER), await server.signedIn(MANAGER)];
    const { shows } = await member("me.read", {});
    assert.equal(shows.length, 6);
    assert.deepEqual((await member("me.update", { body: { shows: shows.slice(0, 2) } })).shows, shows.slice(0, 2));
    assert.deepEqual((await (await server.signedIn(MEMBER))("me.read", {})).shows, shows.slice(0, 2));
    assert.equal((await manager("me.read", {})).shows.length, 6, "each their own");
  });

  const signIn = () => server.stranger("auth.signIn", { body: { email: COORDINATOR, password: PASSWORD } });
  const with_ = (token: string) => createClient({ baseUrl: server.url, token: () => token });

  test("a wrong password and an unknown address are refused in the same words", async () => {
    const wrong = await refusalOf(
      server.stranger("auth.signIn", { body: { email: COORDINATOR, password: "wrong password" } }),
    );
    const unknown = await refusalOf(
      server.stranger("auth.signIn", { body: { email: "nobody@larkfield.example", password: "wrong password" } }),
    );
    assert.equal(wrong.code, "identity/wrong-credentials");
    assert.deepEqual({ ...wrong, instance: "" }, { ...unknown, instance: "" });
  });

  test("a pair of tokens works, is refreshed once, and ends when its refresh token comes back a second time", async () => {
    const first = await signIn();
    assert.equal(first.expiresIn, 900);
    const second = await server.stranger("auth.refresh", { body: { refreshToken: first.refreshToken } });
    assert.equal((await with_(second.accessToken)("me.read", {})).email, COORDINATOR);
    const replayed = await refusalOf(server.stranger("auth.refresh", { body: { refreshToken: first.refreshToken } }));
    assert.equal(replayed.code, "identity/session-ended");
    assert.equal((await refusalOf(with_(second.accessToken)("me.read", {}))).code, "request/unauthenticated");
    assert.equal(
      (await refusalOf(server.stranger("auth.refresh", { body: { refreshToken: second.refreshToken } }))).code,
      "identity/session-ended",
    );
  });

  test("those that refresh with one token at the same moment end the session for all", async () => {
    const { refreshToken } = await signIn();
    const all = await Promise.allSettled(
      Array.from({ length: 4 }, () => server.stranger("auth.refresh", { body: { refreshToken } })),
    );
    assert.ok(all.filter(({ status }) => status === "fulfilled").length <= 1);
    for (const each of all) {
      if (each.status === "rejected")
        assert.equal((await refusalOf(Promise.reject(each.reason))).code, "identity/session-ended");
    }
  });

  test("signing out ends the session at once, with its refresh token", async () => {
    const pair = await signIn();
    await with_(pair.accessToken)("auth.signOut", {});
    assert.equal((await refusalOf(with_(pair.accessToken)("me.read", {}))).code, "request/unauthenticated");
    assert.equal(
      (await refusalOf(server.stranger("auth.refresh", { body: { refreshToken: pair.refreshToken } }))).code,
      "identity/session-ended",
    );
  });

  test("an access token of another server is nobody's", async () => {
    const other = await startTestServer({ AUTH_SECRET: "another secret that is long enough to be one" });
    try {
      const { accessToken } = await other.stranger("auth.signIn", { body: { email: COORDINATOR, password: PASSWORD } });
      assert.equal((await refusalOf(with_(accessToken)("me.read", {}))).code, "request/unauthenticated");
    } finally {
      await other[Symbol.asyncDispose]();
    }
  });

  test("the four demo accounts have their roles, and one click lets each in", async () => {
    const session = await server.stranger("session.read", {});
    assert.deepEqual(
      session.accounts.map(({ email, role }) => `${email} ${role}`),
      [`${COORDINATOR} administrator`, `${MANAGER} manager`, `${INSTRUCTOR} member`, `${MEMBER} member`],
    );
    for (const { email } of session.accounts) {
      const started = await server.stranger("session.start", { body: { account: email } });
      assert.equal(started.me?.email, email);
    }
    assert.equal(
      (await refusalOf(server.stranger("session.start", { body: { account: "owner@northgate.example" } }))).code,
      "identity/demo-only",
    );
  });

  test("a person who is added gets a calendar of their own", async () => {
    const client = await server.signedIn(COORDINATOR);
    const person = await client("people.create", { body: { name: "Petra Malá", email: "petra@larkfield.example" } });
    const { items } = await client("calendars.list", { query: { limit: 1_000 } });
    assert.ok(items.some(({ ownerSubjectId }) => ownerSubjectId === person.id));
    assert.equal(
      (await refusalOf(client("people.create", { body: { name: "X", zone: "Europe/Larkfield" } }))).code,
      "identity/unknown-zone",
    );
  });
});

describe("guessing", () => {
  test("ends after 30 failed attempts of one address, however many succeeded before", async () => {
    const server = await startTestServer({ RATE_LIMIT: "on" });
    try {
      const signIn = (password: string) =>
        fetch(`${server.url}/v1/auth/sign-in`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ email: COORDINATOR, password }),
        });
      for (let i = 0; i < 31; i++) assert.equal((await signIn(PASSWORD)).status, 200);
      for (let left = 29; left >= 0; left--) {
        const wrong = await signIn("a guess");
        assert.equal(wrong.status, 401);
        assert.match(wrong.headers.get("ratelimit") ?? "", new RegExp(`^limit=30, remaining=${left}, `));
      }
      const refused = await signIn(PASSWORD);
      assert.equal(refused.status, 429);
      assert.ok(Number(refused.headers.get("retry-after")) > 800);
    } finally {
      await server[Symbol.asyncDispose]();
    }
  });
});

describe("a server that others can reach", () => {
  test("with demo accounts and without DEMO=1 lets none of them in, and says so", async () => {
    const server = await startTestServer({ HOST: "0.0.0.0", RATE_LIMIT: "on" });
    try {
      assert.ok(server.application.notes.some((note) => /demo accounts are switched off/i.test(note)));
      assert.equal(
        (await refusalOf(server.stranger("auth.signIn", { body: { email: COORDINATOR, password: PASSWORD } }))).code,
        "identity/account-disabled",
      );
      assert.equal(
        (await refusalOf(server.stranger("session.start", { body: { account: COORDINATOR } }))).code,
        "identity/demo-only",
      );
    } finally {
      await server[Symbol.asyncDispose]();
    }
  });

  test("and is empty is set up by who reads the terminal, once", async () => {
    const server = await startTestServer({ DEMO: "0" });
    try {
      const wish = {
        organisation: "Riverside Club",
        zone: "Europe/Vienna",
        name: "Ana Field",
        email: "ana@riverside.example",
        password: "a long sentence of mine",
      };
      assert.equal((await server.stranger("session.read", {})).setup, true);
      assert.equal(
        (await refusalOf(server.stranger("setup.finish", { body: { ...wish, code: "AAAA-BBBB-CCCC" } }))).code,
        "identity/setup-code-wrong",
      );
      const code = server.application.setupCode()!;
      assert.equal(
        (await refusalOf(server.stranger("setup.finish", { body: { ...wish, zone: "Europe/Riverside", code } }))).code,
        "identity/unknown-zone",
      );
      const done = await server.stranger("setup.finish", { body: { ...wish, code: code.toLowerCase() } });
      assert.equal(done.me?.role, "owner");
      assert.equal(done.me?.organisation.zone, "Europe/Vienna");
      assert.equal(
        (await refusalOf(server.stranger("setup.finish", { body: { ...wish, code } }))).code,
        "identity/setup-done",
      );
      const owner = await server.signedIn("ana@riverside.example", wish.password);
      assert.equal((await owner("calendars.list", {})).items.length, 1);
    } finally {
      await server[Symbol.asyncDispose]();
    }
  });
});
