// Strategy: what a list gives goes on where it ended; what no list has given is no place, whatever it holds.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { catalogue, type Operation } from "@hourwright/contract";
import { COORDINATOR, startTestServer } from "../../testing/server.ts";
import { cursorOf, isDayKey, isMomentKey, pageOf } from "./pages.ts";

const NOT_GIVEN: readonly unknown[] = [
  ["2026-99-99", "x"],
  ["2026-01-01", "\0"],
  ["\ud800", "2026-01-01"],
  ["x", "2026-02-30"],
  ["\0"],
  [9_007_199_254_740_991, "x"],
  [1, "\0"],
  ["x", "y"],
  ["x", "y", "z"],
  [{ a: [] }, {}],
  [1, 2, 3],
  [null],
  { 0: "x", length: 1 },
  "x",
  7,
  null,
];
const written = (keys: unknown) => Buffer.from(JSON.stringify(keys)).toString("base64url");

describe("cursors", () => {
  test("are read as they were written", () => {
    for (const keys of [["a", "2026-01-01"], [12, "b", null], []]) assert.deepEqual(pageOf(cursorOf(keys)), keys);
    assert.equal(pageOf(undefined), null);
    for (const cursor of ["", "W10x", "%", written(["\0"]), written(["\ud800"])]) assert.equal(pageOf(cursor), null);
    assert.deepEqual(["2026-02-28", "2026-02-29", "2026-1-1", 5].map(isDayKey), [true, false, false, false]);
    assert.deepEqual([0, -5, 1e16, 1.5, "1"].map(isMomentKey), [true, true, false, false, false]);
  });

  test("that no list has given are never a fault of the server", async () => {
    await using server = await startTestServer();
    const headers = { authorization: `Bearer ${await server.token(COORDINATOR)}` };
    const lists = (Object.values(catalogue) as readonly Operation[]).filter(
      ({ method, path, query }) =>
        method === "GET" && !path.includes("{") && query !== undefined && "cursor" in query.shape,
    );
    assert.ok(lists.length > 10, `${lists.length} lists have pages`);
    const broken: string[] = [];
    for (const { path, example } of lists)
      for (const keys of NOT_GIVEN) {
        const query = new URLSearchParams({ ...(example as { readonly query?: object }).query, cursor: written(keys) });
        const { status } = await fetch(`${server.url}${path}?${query.toString()}`, { headers });
        if (status >= 500) broken.push(`${path} ${JSON.stringify(keys)}: ${status}`);
      }
    assert.deepEqual(broken, []);
  });
});
