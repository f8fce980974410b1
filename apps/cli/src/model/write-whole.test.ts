import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { writeWhole } from "./write-whole.ts";

describe("a file that is written whole", () => {
  let root = "";
  before(async () => {
    root = await mkdtemp(join(tmpdir(), "hourwright-"));
  });
  after(() => rm(root, { recursive: true }));

  test("is there with its folder, in place of the old one, and nothing beside it", async () => {
    const path = join(root, "models", "registry.json");
    await writeWhole(path, "one");
    await writeWhole(path, "two");
    assert.equal(await readFile(path, "utf8"), "two");
    assert.deepEqual(await readdir(join(root, "models")), ["registry.json"]);
  });

  test("is refused by the file system where its folder cannot be made", async () => {
    await assert.rejects(writeWhole(join(root, "no", "such", "registry.json"), "x"), { code: "ENOENT" });
    await assert.rejects(writeWhole(join(root, "models", "registry.json", "x"), "x"), { code: "ENOTDIR" });
  });
});
