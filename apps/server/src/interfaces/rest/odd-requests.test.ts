// What no client of ours sends: each is refused in words, as a problem, and never with 500.
import assert from "node:assert/strict";
import { once } from "node:events";
import { Agent, request, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { after, before, describe, test } from "node:test";
import { COORDINATOR, startTestServer, type TestServer } from "../../testing/server.ts";

describe("odd requests", () => {
  let server: TestServer;
  let token = "";
  before(async () => {
    server = await startTestServer();
    token = await server.token(COORDINATOR);
  });
  after(() => server[Symbol.asyncDispose]());

  const send = (method: string, path: string, body?: string, headers: Record<string, string> = {}) =>
    fetch(`${server.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json", ...headers },
      ...(body === undefined ? {} : { body }),
    });
  const event = (fields: object) =>
    JSON.stringify({ title: "x", start: "2031-05-05T10:00:00Z", transparency: "transparent", ...fields });

  const table: [name: string, ask: () => Promise<Response>, expected: string][] = [
    ["a request to undo with NUL in its id", () => send("POST", "/v1/requests/%00/undo"), "400 request/invalid"],
    ["a percent sign that begins nothing", () => send("GET", "/v1/calendars/%zz"), "400 request/invalid"],
    [
      "a part of the address that is too long",
      () => send("POST", `/v1/repairs/${"a".repeat(5_000)}/apply`),
      "400 request/invalid",
    ],
    [
      "JSON nested deeper than any input of ours",
      () => send("POST", "/v1/calendar/events", "[".repeat(200_000) + "]".repeat(200_000)),
      "400 request/invalid",
    ],
    [
      "an idempotency key that is too long",
      () => send("POST", "/v1/calendar/events", event({}), { "idempotency-key": "k".repeat(256) }),
      "400 request/invalid",
    ],
    [
      "NUL in an attendee's address",
      () => send("POST", "/v1/calendar/events", event({ attendees: ["a\u0000@b.example"] })),
      "400 request/invalid",
    ],
    [
      "half a surrogate pair in an attendee's address",
      () => send("POST", "/v1/calendar/events", event({ attendees: ["a\ud800@b.example"] })),
      "400 request/invalid",
    ],
    [
      "a problem named like a part of every object",
      () => send("GET", "/problems/request/constructor"),
      "404 request/not-found",
    ],
  ];
  for (const [name, ask, expected] of table) {
    test(`${name}: ${expected}`, async () => {
      const response = await ask();
      assert.match(response.headers.get("content-type") ?? "", /^application\/problem\+json/);
      const { code, detail } = (await response.json()) as { code: string; detail: string };
      assert.equal(`${response.status} ${code}`, expected);
      assert.ok(detail.length > 10);
    });
  }

  const cursors = [5, [], null, "x", ["\u0000", "x"], [{ a: 1 }, []], [1e308, 1e308], [true]];
  for (const cursor of cursors) {
    test(`a cursor that is no page's: ${JSON.stringify(cursor)}`, async () => {
      const text = Buffer.from(JSON.stringify(cursor)).toString("base64url");
      for (const path of [
        "/v1/people?",
        "/v1/resources?",
        "/v1/calendars?",
        "/v1/calendar/events?start=2027-03-01&end=2027-03-02&",
      ]) {
        const { status } = await send("GET", `${path}limit=2&cursor=${text}`);
        assert.ok(status === 400 || status === 200, `${path}: ${status}`);
      }
    });
  }

  test("If-Match holds when one of its tags is the version, compared strongly", async () => {
    const made = await send("POST", "/v1/calendar/events", event({}));
    const { id } = (await made.json()) as { id: string };
    const patch = async (tags: string) =>
      (await send("PATCH", `/v1/calendar/events/${id}`, JSON.stringify({ title: tags }), { "if-match": tags })).status;
    for (const tags of ['"7"', 'W/"1"', "1", '"x", "9"', " "]) assert.equal(await patch(tags), 412, tags);
    assert.equal(await patch('"1", "2"'), 200);
    assert.equal(await patch('"9","2"'), 200);
    assert.equal(await patch("*"), 200);
  });

  test("a body that is no text, or too long to be one, is refused in words, and the connection answers on", async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const long = "a".repeat(3 * 1_048_576);
    const form = { "content-type": "application/x-www-form-urlencoded", origin: server.url };
    const page = "/book/nobody-here/lesson/hold";
    const bodies: [path: string, headers: Record<string, string>, body: string | Buffer, status: number][] = [
      ["/v1/calendar/events", {}, Buffer.from([0xff, 0xfe, 0, 1]), 400],
      ["/v1/calendar/events", { "transfer-encoding": "chunked" }, long, 413],
      [page, form, Buffer.from([0xff, 0xfe, 0, 1]), 404],
      [page, form, long, 404],
    ];
    for (const [path, headers, body, status] of bodies) {
      const sent = request(`${server.url}${path}`, {
        method: "POST",
        agent,
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json", ...headers },
      });
      sent.end(body);
      const [answer] = (await once(sent, "response")) as [IncomingMessage];
      await answer.toArray();
      assert.equal(answer.statusCode, status, `${path} ${body.length}`);
    }
    agent.destroy();
  });

  test("what cannot be read as HTTP at all is a problem too", async () => {
    const answer = await raw(
      "POST /v1/me HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    );
    assert.match(answer, /^HTTP\/1\.1 400 /);
    assert.match(answer, /content-type: application\/problem\+json/i);
    const long = await raw(`GET /v1/me HTTP/1.1\r\nHost: x\r\nX: ${"a".repeat(20_000)}\r\n\r\n`);
    assert.match(long, /"code":"request\/too-large"/);
    const nameless = await raw("GET /v1/me HTTP/1.1\r\nConnection: close\r\n\r\n");
    assert.match(nameless, /^HTTP\/1\.1 400 /);
    assert.match(nameless, /headers\.host: /);
  });

  async function raw(text: string): Promise<string> {
    const { port } = server.application.server.server.address() as { port: number };
    const socket = connect(port, "localhost");
    let answer = "";
    socket.on("data", (part: Buffer) => void (answer += part.toString()));
    socket.write(text);
    await once(socket, "close");
    return answer;
  }
});
