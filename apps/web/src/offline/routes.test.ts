import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { answerable } from "./routes.ts";

const HERE = "https://plan.example";

describe("without a server", () => {
  const cases: [path: string, mode: string, method: string, expected: "page" | "file" | null][] = [
    ["/", "navigate", "GET", "page"],
    ["/?who=per_1", "navigate", "GET", "page"],
    ["/year/2027?on=2027-03-01", "navigate", "GET", "page"],
    ["/year", "navigate", "GET", "page"],
    ["/week/2027", "navigate", "GET", "page"],
    ["/conflicts/2027?tab=kept", "navigate", "GET", "page"],
    ["/settings/people", "navigate", "GET", "page"],
    ["/assets/index-3YL9xFAg.js", "cors", "GET", "file"],
    ["/year/2027", "cors", "GET", null],
    ["/", "navigate", "POST", null],
    ["/assets/index-3YL9xFAg.js", "cors", "PUT", null],
    ["/yearly", "navigate", "GET", null],
    ["/join/abcdef", "navigate", "GET", null],
    ["/start", "navigate", "GET", null],
    ["/setup", "navigate", "GET", null],
    ["/sign-in", "navigate", "GET", null],
    ["/docs", "navigate", "GET", null],
    ["/problems/claims/taken", "navigate", "GET", null],
    ["/v1/calendar/events?start=2027-01-01", "cors", "GET", null],
    ["/v1/calendars/cal_1/export", "navigate", "GET", null],
    ["/v1/session", "cors", "DELETE", null],
    ["/worker.js", "same-origin", "GET", null],
    ["/nothing/here", "navigate", "GET", null],
  ];
  for (const [path, mode, method, expected] of cases)
    test(`${method} ${path} (${mode}) is answered by ${expected ?? "nobody"}`, () => {
      assert.equal(answerable({ url: HERE + path, mode, method }, HERE), expected);
    });

  test("nothing of another server is answered", () => {
    assert.equal(answerable({ url: `https://else.example/assets/x.js`, mode: "cors", method: "GET" }, HERE), null);
    assert.equal(answerable({ url: "https://else.example/", mode: "navigate", method: "GET" }, HERE), null);
  });
});
