import assert from "node:assert/strict";
import { test } from "node:test";
import { levelOf } from "./level.ts";

test("a level begins at its threshold [CP5]", () => {
  const said = [0, 0.649, 0.65, 0.799, 0.8, 0.949, 0.95, 1].map((part) => levelOf(part));
  assert.deepEqual(said, ["open", "open", "steady", "steady", "full", "full", "over", "over"]);
  assert.equal(levelOf(0.5, { steady: 0.4, full: 0.5, over: 0.9 }), "full");
});
