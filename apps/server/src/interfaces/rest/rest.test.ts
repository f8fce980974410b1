import assert from "node:assert/strict";
import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { after, before, describe, test } from "node:test";
import { catalogue, problemAreas, type Operation } from "@hourwright/contract";
import {
  COORDINATOR,
  MEMBER,
  NORTHGATE_OWNER,
  refusalOf,
  startTestServer,
  type TestServer,
} from "../../testing/server.ts";
import { runPipeline, type Arrival } from "./pipeline.ts";
import { createRateLimits } from "../../platform/http/rate-limits.ts";
import type { Caller, RequestContext } from "../../platform/operations/context.ts";

const budget = (allowed: boolean) => Promise.resolve({ allowed, limit: 1, left: 0, resetSeconds: 1 });
const someone = { userId: "u", role: "member", via: "token", organisation: 1 } as unknown as Caller;

describe("the request's steps", () => {
  /** Runs one request in which the named steps refuse, and says which steps were taken. */
  async function steps(
    refuse: { address?: true; caller?: true; actor?: true; input?: true },
    entry: Operation = catalogue["calendars.create"],
  ) {
    const taken: string[] = [];
    const arrival: Arrival = {
      addressHash: "a",
      authorization: "x",
      cookie: "",
      origin: null,
      fetchSite: null,
      ownOrigins: [],
      input: async () => {
        taken.push("read");
        return refuse.input
          ? { refused: { code: "request/invalid", status: 400, title: "", detail: "", extra: {} } }
          : { params: {}, query: {}, body: {} };
      },
    };
    const { answer } = await runPipeline("calendars.create", entry, arrival, () => ({}) as RequestContext, {
      limits: {
        ...createRateLimits({ off: true, requests: 1, windowMs: 1_000 }),
        byAddress: () => (taken.push("limit by address"), budget(!refuse.address)),
        byActor: () => (taken.push("limit by actor"), budget(!refuse.actor)),
      },
      authenticate: async () => (taken.push("authenticate"), refuse.caller ? null : { caller: someone, asOf: 0 }),
      dispatcher: { dispatch: async () => (taken.push("validate, allow, command"), "done") },
    });
    const code =
      typeof answer === "object" && answer !== null && "refused" in answer
        ? (answer.refused as { code: string }).code
        : "done";
    return `${taken.join(" → ")}: ${code}`;
  }

  const table: [name: string, refuse: Parameters<typeof steps>[0], expected: string][] = [
    [
      "are all taken, in this order",
      {},
      "limit by address → authenticate → limit by actor → read → validate, allow, command: done",
    ],
    ["end before anybody is asked when an address floods", { address: true }, "limit by address: request/too-many"],
    [
      "end before anything is read when nobody is signed in",
      { caller: true },
      "limit by address → authenticate: request/unauthenticated",
    ],
    [
      "end before anything is read when somebody asks too much",
      { actor: true },
      "limit by address → authenticate → limit by actor: request/too-many",
    ],
    [
      "end before the command when the input cannot be read",
      { input: true },
      "limit by address → authenticate → limit by actor → read: request/invalid",
    ],
  ];
  for (const [name, refuse, expected] of table) test(name, async () => assert.equal(await steps(refuse), expected));
});

describe("the API over HTTP", () => {
  let server: TestServer;
  let token = "";
  before(async () => {
    server = await startTestServer();
    token = await server.token(COORDINATOR);
  });
  after(() => server[Symbol.asyncDispose]());

  const send = (path: string, init: RequestInit = {}) =>
    fetch(`${server.url}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${token}`, ...(init.headers as Record<string, string>) },
    });
  const json = (body: unknown): RequestInit => ({
    method: "POST",
    body: typeof body === "string" ? body : JSON.stringify(body),
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
  });
  const code = async (response: Response) => `${response.status} ${((await response.json()) as { code: string }).code}`;

  const refused: [name: string, ask: () => Promise<Response>, expected: string][] = [
    ["without a session", () => fetch(`${server.url}/v1/me`), "401 request/unauthenticated"],
    [
      "with a token of nobody's",
      () => fetch(`${server.url}/v1/me`, { headers: { authorization: "Bearer not.a.token" } }),
      "401 request/unauthenticated",
    ],
    [
      "with a token whose signature was changed",
      () => fetch(`${server.url}/v1/me`, { headers: { authorization: `Bearer ${token.slice(0, -4)}AAAA` } }),
      "401 request/unauthenticated",
    ],
    ["at an address that is none", () => send("/v1/nothing"), "404 request/not-found"],
    [
      "with a method that the address does not know",
      () => send("/v1/me", { method: "DELETE" }),
      "405 request/method-not-allowed",
    ],
    ["with a body that is not JSON", () => send("/v1/calendars", json("{")), "400 request/invalid"],
    ["with an unknown field", () => send("/v1/calendars", json({ name: "x", nmae: "y" })), "400 request/invalid"],
    ["with a field of the wrong type", () => send("/v1/calendars", json({ name: 7 })), "400 request/invalid"],
    ["with text that holds NUL", () => send("/v1/calendars", json({ name: "a\u0000b" })), "400 request/invalid"],
    ["with an unknown query", () => send("/v1/calendars?colour=red"), "400 request/invalid"],
    ["with a query where none is taken", () => send("/v1/me?x=1"), "400 request/invalid"],
    [
      "with another kind of content",
      () =>
        send("/v1/calendars", {
          method: "POST",
          body: "a=b",
          headers: { "content-type": "application/x-www-form-urlencoded" },
        }),
      "415 request/unsupported-media-type",
    ],
    [
      "with a compressed body",
      () =>
        send("/v1/calendars", {
          ...json({ name: "x" }),
          headers: { ...(json({}).headers as Record<string, string>), "content-encoding": "gzip" },
        }),
      "415 request/unsupported-media-type",
    ],
    [
      "with a body of three megabytes",
      () => send("/v1/calendars", json({ name: "x".repeat(3_000_000) })),
      "413 request/too-large",
    ],
    ["with an id of no shape", () => send("/v1/calendars/robert'); drop table"), "400 request/invalid"],
    ["with an id of nothing", () => send("/v1/calendars/cal_01M7XQJDB0AYZ8H1CNY9QMPS6T"), "404 request/not-found"],
    [
      "with a time without zone",
      () => send("/v1/calendar/events", json({ title: "x", start: "2031-01-01T10:00:00" })),
      "422 calendars/zone-missing",
    ],
    [
      "with a zone that does not exist",
      () =>
        send("/v1/calendar/events", json({ title: "x", start: "2031-01-01T10:00:00", timeZone: "Europe/Larkfield" })),
      "422 calendars/unknown-zone",
    ],
    [
      "with an end before its start",
      () =>
        send("/v1/calendar/events", json({ title: "x", start: "2031-01-01T10:00:00Z", end: "2031-01-01T09:00:00Z" })),
      "422 calendars/ends-before-start",
    ],
    [
      "with the year 0001",
      () => send("/v1/calendar/events", json({ title: "x", start: "0001-01-01T10:00:00Z" })),
      "422 calendars/out-of-range",
    ],
    [
      "with the year 9999",
      () => send("/v1/calendar/events", json({ title: "x", start: "9999-12-31T23:00:00Z" })),
      "422 calendars/out-of-range",
    ],
    [
      "with a day that does not exist",
      () => send("/v1/calendar/events", json({ title: "x", start: "2031-02-30" })),
      "422 calendars/out-of-range",
    ],
    [
      "with a rule that is none",
      () => send("/v1/calendar/events", json({ title: "x", start: "2031-01-01T10:00:00Z", rrule: "FREQ=SOMETIMES" })),
      "422 calendars/rule-invalid",
    ],
    [
      "with a window that ends before it starts",
      () => send("/v1/calendar/events?start=2027-02-01&end=2027-01-01"),
      "422 calendars/ends-before-start",
    ],
  ];
  for (const [name, ask, expected] of refused) {
    test(`is refused ${name}`, async () => {
      const response = await ask();
      assert.match(response.headers.get("content-type") ?? "", /^application\/problem\+json/);
      assert.equal(await code(response), expected);
    });
  }

  test("is refused to a browser that another site sent, and allowed to one on our own page", async () => {
    const body = { email: COORDINATOR, password: "larkfield-demo" };
    const from = (origin: string) =>
      fetch(`${server.url}/v1/session`, {
        method: "POST",
        body: JSON.stringify(body),
        headers: { "content-type": "application/json", origin },
      });
    assert.equal(await code(await from("https://evil.example")), "403 request/wrong-origin");
    const own = await from(server.url);
    assert.equal(own.status, 201);
    const cookie = own.headers.getSetCookie()[0]!;
    assert.match(cookie, /^__Host-hourwright=.+; Path=\/; Max-Age=604800; HttpOnly; Secure; SameSite=Lax$/);
    const me = await fetch(`${server.url}/v1/me`, { headers: { cookie: cookie.split(";")[0]! } });
    assert.equal(me.status, 200);
    const forged = await fetch(`${server.url}/v1/me`, {
      headers: { cookie: cookie.split(";")[0]!.replace(/.$/, "A").replace(/..\./, "xx.") },
    });
    assert.equal(forged.status, 401);
  });

  test("is refused under a name that is not this server's: a foreign page whose name was pointed here", async () => {
    const { status, code: refusedWith } = await askAs(server.url, "rebound.example");
    assert.deepEqual([status, refusedWith], [403, "request/wrong-origin"]);
    assert.equal((await askAs(server.url, "localhost")).status, 401);
  });

  test("says nothing internal when something is wrong inside", async () => {
    const text = await (await send("/v1/calendars/cal_01M7XQJDB0AYZ8H1CNY9QMPS6T")).text();
    assert.doesNotMatch(text, /\/src\/|select |node_modules|stack/i);
  });

  test("answers 304 to who holds the same answer", async () => {
    const first = await send("/v1/people?limit=2");
    const etag = first.headers.get("etag")!;
    assert.equal((await send("/v1/people?limit=2", { headers: { "if-none-match": etag } })).status, 304);
  });

  test("pages a list without losing or repeating anything", async () => {
    const client = await server.signedIn(COORDINATOR);
    const all = (await client("people.list", { query: { limit: 1_000 } })) as { items: { id: string }[] };
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = (await client("people.list", {
        query: { limit: 3, ...(cursor === undefined ? {} : { cursor }) },
      })) as { items: { id: string }[]; nextCursor: string | null };
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    assert.deepEqual(
      seen,
      all.items.map(({ id }) => id),
    );
  });

  test("gives only the fields asked for", async () => {
    const { items } = (await (await send("/v1/people?limit=1&fields=id,name")).json()) as { items: object[] };
    assert.deepEqual(Object.keys(items[0]!).sort(), ["id", "name"]);
  });

  test("does once what is sent twice with one key, and refuses the key for something else", async () => {
    const client = await server.signedIn(COORDINATOR);
    const ask = (name: string) => client.full("calendars.create", { body: { name }, idempotencyKey: "night-1" });
    const first = await ask("Night classes");
    const again = await ask("Night classes");
    assert.deepEqual(again.value, first.value);
    assert.equal((await refusalOf(ask("Something else"))).code, "request/key-reused");
  });

  test("refuses a change to what has changed since it was read", async () => {
    const client = await server.signedIn(COORDINATOR);
    const made = await client("calendars.create", { body: { name: "Versions" } });
    const params = { id: (made as { id: string }).id };
    await client("calendars.update", { params, body: { name: "Versions 2" }, ifMatch: 1 });
    assert.equal(
      (await refusalOf(client("calendars.update", { params, body: { name: "Versions 3" }, ifMatch: 1 }))).code,
      "request/version-changed",
    );
  });

  test("keeps another organisation's things unknown", async () => {
    const larkfield = await server.signedIn(COORDINATOR);
    const northgate = await server.signedIn(NORTHGATE_OWNER);
    const calendar = ((await larkfield("calendars.list", {})) as { items: { id: string }[] }).items[0]!;
    assert.equal(
      (await refusalOf(northgate("calendars.read", { params: { id: calendar.id } }))).code,
      "request/not-found",
    );
    const made = (await larkfield("events.create", { body: { title: "Ours", start: "2031-05-05T10:00:00Z" } })) as {
      id: string;
    };
    assert.equal((await refusalOf(northgate("events.read", { params: { id: made.id } }))).code, "request/not-found");
    assert.equal(
      (await refusalOf(northgate("events.remove", { params: { id: made.id }, query: {} }))).code,
      "request/not-found",
    );
  });

  test("lets a member do what members may, and no more", async () => {
    const member = await server.signedIn(MEMBER);
    assert.equal(
      (await refusalOf(member("resources.create", { body: { name: "My hall", kind: "room" } }))).code,
      "request/forbidden",
    );
    const own = (await member("events.create", { body: { title: "Mine", start: "2031-06-05T10:00:00Z" } })) as {
      id: string;
    };
    assert.match(own.id, /^evt_/);
  });

  test("serves its own description, a page for each problem, and its health", async () => {
    assert.equal((await fetch(`${server.url}/readyz`)).status, 200);
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
    assert.match(await (await fetch(`${server.url}/metrics`)).text(), /hourwright_request_seconds_bucket/);
    assert.equal(((await (await fetch(`${server.url}/openapi.json`)).json()) as { openapi: string }).openapi, "3.1.0");
    for (const problem of problemAreas.flatMap((area) => area.codes)) {
      assert.equal((await fetch(`${server.url}/problems/${problem}`)).status, 200, problem);
    }
  });

  test("every answer carries the headers that keep browsers safe", async () => {
    for (const path of ["/", "/v1/session", "/docs", "/nothing"]) {
      const { headers } = await fetch(`${server.url}${path}`);
      assert.equal(headers.get("x-content-type-options"), "nosniff", path);
      assert.match(headers.get("content-security-policy") ?? "", /default-src 'none'/, path);
      assert.doesNotMatch(headers.get("content-security-policy") ?? "", /unsafe/, path);
    }
  });
});

/** `GET /v1/me` with a Host header of one's own, which fetch does not allow. */
async function askAs(url: string, host: string): Promise<{ status: number; code: string }> {
  const asked = get(`${url}/v1/me`, { headers: { host } });
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  let text = "";
  for await (const part of answer) text += String(part);
  return { status: answer.statusCode!, code: (JSON.parse(text) as { code: string }).code };
}
