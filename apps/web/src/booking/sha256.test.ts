// Strategy: any short text against what the machine's own library says.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { leadingZeros } from "./sha256.ts";

test("the hash of any short text begins with as many zeros as the library's", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary-ascii", maxLength: 247 }), (text) => {
      const wanted = createHash("sha256").update(text, "latin1").digest().readUInt32BE(0);
      assert.equal(leadingZeros(text), Math.clz32(wanted));
    }),
    { numRuns: 2_000 },
  );
});
