import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { readBounded } from "./read-file.ts";

test("a file is read whole up to the bound, and refused in a sentence beyond it, though it never ends", async () => {
  const place = mkdtempSync(join(tmpdir(), "hourwright-read-"));
  try {
    const path = join(place, "two.bin");
    writeFileSync(path, new Uint8Array(2_000_000).fill(7));
    assert.deepEqual(await readBounded(path, 2_000_000), Buffer.alloc(2_000_000, 7));
    await assert.rejects(readBounded(path, 1_000_000), {
      message: "It is larger than 1 MB, and that is the limit.",
      code: "EFBIG",
    });
    await assert.rejects(readBounded("/dev/zero", 3_000_000), { code: "EFBIG" });
    await assert.rejects(readBounded(place), { code: "EISDIR" });
    await assert.rejects(readBounded(join(place, "none")), { code: "ENOENT" });
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
});
