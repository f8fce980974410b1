import assert from "node:assert/strict";
import { test } from "node:test";
import { longestFirst } from "./order.ts";

test("files that took longest begin first, and what is not known counts as its kind usually does", () => {
  const files = [
    "packages/time/src/a.test.ts",
    "packages/time/src/slow.test.ts",
    "apps/server/src/b.test.ts",
    "apps/web/src/c.browser.test.ts",
    "apps/web/src/quick.browser.test.ts",
  ];
  const times = { "packages/time/src/slow.test.ts": 90_000, "apps/web/src/quick.browser.test.ts": 3_000 };
  assert.deepEqual(longestFirst(files, times), [
    "packages/time/src/slow.test.ts",
    "apps/web/src/c.browser.test.ts",
    "apps/server/src/b.test.ts",
    "apps/web/src/quick.browser.test.ts",
    "packages/time/src/a.test.ts",
  ]);
});
