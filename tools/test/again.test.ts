// Strategy: what may go again is judged from tallies alone.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { mayGoAgain, newTally, putAgain, type Tally } from "./report.ts";

function tallyOf(files: Readonly<Record<string, readonly [passed: number, failed: number]>>): Tally {
  const tally = newTally();
  for (const [file, [passed, failed]] of Object.entries(files)) {
    tally.files.set(file, { passed, failed });
    tally.passed += passed;
    tally.failed += failed;
  }
  return tally;
}

describe("a second go", () => {
  const table: readonly [string, Record<string, readonly [number, number]>, readonly string[]][] = [
    ["is not needed where all passed", { "a.browser.test.ts": [3, 0] }, []],
    ["is for tests in a browser", { "a.browser.test.ts": [2, 1], "b.test.ts": [4, 0] }, ["a.browser.test.ts"]],
    ["is for nothing else", { "b.test.ts": [4, 1] }, []],
    ["is for nobody where something else failed, too", { "a.browser.test.ts": [2, 1], "b.test.ts": [4, 1] }, []],
    [
      "is for no more than three",
      Object.fromEntries(["a", "b", "c", "d"].map((name) => [`${name}.browser.test.ts`, [0, 1] as const])),
      [],
    ],
  ];
  for (const [name, files, again] of table) test(name, () => assert.deepEqual(mayGoAgain(tallyOf(files)), again));

  test("counts in the place of the first, and fails where it fails again", () => {
    const tally = tallyOf({ "a.browser.test.ts": [2, 1], "c.browser.test.ts": [1, 1], "b.test.ts": [4, 0] });
    putAgain(tally, tallyOf({ "a.browser.test.ts": [3, 0], "c.browser.test.ts": [1, 1] }));
    assert.deepEqual([tally.passed, tally.failed], [8, 1]);
  });
});
