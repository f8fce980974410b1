import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { catalogue, type Operation } from "@hourwright/contract";
import { createClient, RequestFailed } from "./client.ts";
import { table } from "./table.ts";

/** A client whose requests are written down, and answered with `answer`. */
function written(answer: Response, token: string | null = null) {
  const sent: { address: string; init: RequestInit }[] = [];
  const fetcher: typeof fetch = async (address, init = {}) => {
    sent.push({ address: address as string, init });
    return answer.clone();
  };
  return { sent, client: createClient({ baseUrl: "http://here", fetch: fetcher, token: () => token }) };
}

const json = (body: unknown, init: ResponseInit = {}) =>
  new Response(JSON.stringify(body), {
    headers: { "content-type": "application/json", "request-id": "req_1", etag: '"3"' },
    ...init,
  });

describe("the client", () => {
  test("has an entry for each public operation, printed from the catalogue", () => {
    const publicIds = (Object.entries(catalogue) as [string, Operation][]).filter(
      ([, entry]) => entry.internal !== true,
    );
    assert.deepEqual(Object.keys(table).sort(), publicIds.map(([id]) => id).sort());
    for (const [id, entry] of publicIds)
      assert.deepEqual(table[id as keyof typeof table].slice(0, 2), [entry.method, entry.path]);
  });

  test("puts parameters into the path, lists into the query, and the version into If-Match", async () => {
    const { sent, client } = written(json({ events: [] }), "secret");
    await client("events.list", { query: { start: "2027-01-01", end: "2027-02-01", calendars: ["a b", "c"] } });
    await client("calendars.update", { params: { id: "cal/1" }, body: { name: "x" }, ifMatch: 7 });
    assert.equal(sent[0]!.address, "http://here/v1/calendar/events?start=2027-01-01&end=2027-02-01&calendars=a+b%2Cc");
    assert.equal(sent[1]!.address, "http://here/v1/calendars/cal%2F1");
    assert.deepEqual(sent[1]!.init.headers, {
      accept: "application/json, application/problem+json",
      authorization: "Bearer secret",
      "if-match": '"7"',
      "content-type": "application/json",
    });
  });

  test("answers what the headers say as well", async () => {
    const { value, requestId, etag } = await written(json({ name: "Mara" })).client.full("me.read", {});
    assert.deepEqual([value, requestId, etag], [{ name: "Mara" }, "req_1", '"3"']);
  });

  test("lines of JSON are a file, and come as text", async () => {
    const lines = new Response('{"a":1}\n{"b":2}\n', { headers: { "content-type": "application/x-ndjson" } });
    assert.equal(await written(lines).client("models.history", {}), '{"a":1}\n{"b":2}\n');
  });

  test("takes no page for an answer, and none that broke off", async () => {
    const failureOf = async (answer: Response) => {
      const failed = await written(answer)
        .client("session.read", {})
        .catch((error: unknown) => error);
      assert.ok(failed instanceof RequestFailed);
      return [failed.status, failed.problem];
    };
    const door = new Response("<h1>Welcome to our network</h1>", { headers: { "content-type": "text/html" } });
    assert.deepEqual(await failureOf(door), [0, null]);
    const half = new Response('{"signedIn":', { headers: { "content-type": "application/json" } });
    assert.deepEqual(await failureOf(half), [0, null]);
    const file = new Response("BEGIN:VCALENDAR", { headers: { "content-type": "text/calendar; charset=utf-8" } });
    assert.equal(await written(file).client("calendars.export", { params: { id: "cal_1" } }), "BEGIN:VCALENDAR");
  });

  test("throws a refusal with its problem, and a network that failed without one", async () => {
    const problem = {
      type: "/problems/claims/taken",
      title: "That time is taken",
      status: 409,
      detail: "Hall B is taken.",
      code: "claims/taken",
    };
    const refused = written(
      new Response(JSON.stringify(problem), {
        status: 409,
        headers: { "content-type": "application/problem+json; charset=utf-8" },
      }),
    ).client;
    await assert.rejects(
      refused("me.read", {}),
      (error: RequestFailed) =>
        error.problem?.code === "claims/taken" && error.message === "Hall B is taken." && error.status === 409,
    );
    const broken = createClient({ baseUrl: "", fetch: () => Promise.reject(new TypeError("no network")) });
    await assert.rejects(broken("me.read", {}), (error: RequestFailed) => error.problem === null && error.status === 0);
  });
});
