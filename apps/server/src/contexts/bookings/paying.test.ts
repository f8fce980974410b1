// Strategy: whether a package fits as a table of sentences, and codes as people type them.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { codeIn, unitsOf, whyUnfit } from "./paying.ts";
import { createSealing } from "./sealing.ts";

const END_MS = Temporal.Instant.from("2027-06-01T00:00:00Z").epochMilliseconds;
const owned = { serviceIds: ["svc_1"], balance: 3, expiresMs: END_MS };
const at = (startMs: number, places = 1) => ({ startMs, places });

describe("a package", () => {
  const table: readonly [string, string, readonly { startMs: number; places: number }[], string | null][] = [
    ["pays for what starts in the last millisecond before it expires", "svc_1", [at(END_MS - 1)], null],
    ["pays for nothing that starts when it expires", "svc_1", [at(END_MS)], "expired"],
    ["pays for all dates of a series or none: one is too late", "svc_1", [at(0), at(END_MS)], "expired"],
    ["pays for as many as are left", "svc_1", [at(0), at(1), at(2)], null],
    ["does not pay for one more", "svc_1", [at(0), at(1), at(2), at(3)], "empty"],
    ["pays for each place", "svc_1", [at(0, 2), at(1, 2)], "empty"],
    ["pays for nothing else", "svc_2", [at(0)], "other-service"],
  ];
  for (const [name, service, bookings, reason] of table)
    test(name, () => assert.equal(whyUnfit(owned, service, bookings)?.refused.extra["reason"] ?? null, reason));

  test("says how many are left and how many are wanted", () => {
    const unfit = whyUnfit(owned, "svc_1", [at(0, 5)]);
    assert.deepEqual([unfit?.refused.extra["left"], unfit?.refused.extra["wanted"]], [3, 5]);
    assert.equal(unitsOf([at(0, 2), at(0)]), 3);
  });

  test("is found by its code however that is typed, and by nothing shorter", () => {
    const sealing = createSealing("a secret");
    fc.assert(
      fc.property(fc.uuid(), fc.constantFrom("", " ", "-"), (id, between) => {
        const code = sealing.packageCode(id);
        assert.match(code, /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
        const typed = code
          .replaceAll("-", "")
          .toLowerCase()
          .split("")
          .join(between)
          .replaceAll("0", "o")
          .replaceAll("1", "l");
        assert.equal(codeIn(typed), code.replaceAll("-", ""));
        assert.equal(codeIn(code.slice(1)), null);
      }),
    );
  });
});
