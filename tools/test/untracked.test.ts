// Strategy: files with errors that nobody catches, each in a run of its own: it fails, and is named with the error.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { promisify } from "node:util";

const RUN_MS_MAX = 120_000;
const place = mkdtempSync(join(tmpdir(), "hourwright-untracked-"));

/** What a run of one file says that has a test with this body. The run is a program of its own: what it starts must not start it again. */
async function runOf(name: string, body: string): Promise<string> {
  const file = join(place, `${name}.test.mjs`);
  writeFileSync(file, `import { test } from "node:test";\ntest("one", async () => {\n  await null;\n  ${body}\n});\n`);
  const module = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
  const program = join(place, `${name}.mjs`);
  const lines = [
    `import { run } from "node:test";`,
    `import { collect, newTally } from ${module("report.ts")};`,
    `import { UNTRACKED } from ${module("untracked.ts")};`,
    `delete process.env.NODE_TEST_CONTEXT; // Or it would take itself for a part of this file.`,
    `const tally = newTally();`,
    `await collect(run({ files: [${JSON.stringify(file)}], execArgv: [...UNTRACKED] }), tally);`,
    `console.log(tally.passed + " passed, " + tally.failed + " failed");`,
  ];
  writeFileSync(program, lines.join("\n"));
  return (await promisify(execFile)(process.execPath, [program], { timeout: RUN_MS_MAX })).stdout;
}

describe("a file whose promises are not followed", () => {
  after(() => rmSync(place, { recursive: true }));
  const table: readonly [name: string, body: string, error: string | null][] = [
    ["rejects-where-nobody-hears", `void Promise.reject(new Error("not heard"));`, "not heard"],
    ["throws-in-a-timer", `setTimeout(() => { throw new Error("too late"); });`, "too late"],
    ["is-well", "", null],
  ];
  for (const [name, body, error] of table)
    test(name.replaceAll("-", " "), async () => {
      const said = await runOf(name, body);
      if (error === null) return assert.equal(said, "1 passed, 0 failed\n");
      assert.match(said, new RegExp(`${name}.test.mjs: Error: .*${error}`));
      return assert.match(said, /^1 passed, 1 failed$/m);
    });
});
