import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { plugin } from "./plugin.ts";

const EXAMPLE = fileURLToPath(new URL("../../../../examples/plugins/no-meeting-after-travel", import.meta.url));

async function run(...args: string[]) {
  let out = "";
  let err = "";
  const status = await plugin(args, { out: (text) => (out += text), err: (text) => (err += text) });
  return { status, out, err };
}

describe("hourwright plugin", () => {
  test("hash says by which hash it is allowed, and that alone", async () => {
    const { status, out, err } = await run("hash", EXAMPLE);
    assert.deepEqual([status, err], [0, ""]);
    assert.match(out, /^sha256-[0-9a-f]{64}\n$/);
  });

  test("check says what was tried, in words and as JSON", async () => {
    const { status, out } = await run("check", EXAMPLE);
    assert.equal(status, 0);
    assert.match(
      out,
      /^no-meeting-after-travel 1\.0\.0: .* \(constraint\)\n {2}right: Two hours .* Kept\.\n {2}right: /,
    );
    const json = await run("check", EXAMPLE, "--json");
    const answer = JSON.parse(json.out) as { right: boolean; hash: string; checks: { right: boolean }[] };
    assert.ok(answer.right && answer.checks.length === 3 && answer.checks.every(({ right }) => right));
    assert.ok(out.endsWith(`  ${answer.hash}\n`));
  });

  test("check ends with status 1 when a delta disagrees or an example is not what it says", async (t) => {
    const folder = mkdtempSync(join(tmpdir(), "plugin-"));
    t.after(() => rmSync(folder, { recursive: true }));
    cpSync(EXAMPLE, folder, { recursive: true });
    const module = join(folder, "constraint.js");
    const source = readFileSync(module, "utf8");
    writeFileSync(module, source.replace("export function delta", "export const delta = () => 5;\nfunction unused"));
    const lying = await run("check", folder);
    assert.equal(lying.status, 1);
    assert.match(lying.out, /WRONG: 60 changes .* is switched off: it says a delta of 5, but /);
    writeFileSync(module, source.replace("there >= values.pause", "true"));
    const silent = await run("check", folder);
    assert.equal(silent.status, 1);
    assert.match(silent.out, /right: Two hours .*\n {2}WRONG: Half an hour between them\. Kept\./);
  });

  const wrong: [name: string, args: string[], sentence: RegExp][] = [
    ["nothing to do", [], /^Usage/],
    ["no folder", ["hash"], /^Usage/],
    ["something nobody knows", ["install", "a"], /^Usage/],
    ["a form of a hash", ["hash", "a", "--json"], /^Usage/],
    ["two folders", ["check", "a", "b"], /^Usage/],
    ["a folder that is not there", ["check", "none"], /^none: ENOENT: no such file/],
  ];
  for (const [name, args, sentence] of wrong) {
    test(`ends with status 2 and a sentence for ${name}`, async () => {
      const { status, out, err } = await run(...args);
      assert.deepEqual([status, out], [2, ""]);
      assert.match(err, sentence);
    });
  }
});
