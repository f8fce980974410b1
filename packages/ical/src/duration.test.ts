import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { parseDuration, printDuration } from "./duration.ts";

/** The `text -> note` lines of a fixture; '#' starts a remark. */
const lines = (file: string) =>
  readFileSync(new URL(`../fixtures/${file}`, import.meta.url), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split(" -> ") as [text: string, note: string]);

for (const [text, expected] of lines("duration.valid.txt")) {
  test(`${text} is the duration ${expected}`, () => {
    const duration = parseDuration(text);
    assert.equal(`${duration?.days} ${duration?.ms}`, expected);
  });
}
for (const [text, why] of lines("duration.invalid.txt")) {
  test(`${text} is refused: ${why}`, () => assert.equal(parseDuration(text), null));
}

test("a duration is printed as what it was read from means", () => {
  const parts = fc.record({
    days: fc.integer({ min: 0, max: 1000 }),
    ms: fc.integer({ min: 0, max: 200_000 }).map((seconds) => seconds * 1000),
  });
  fc.assert(
    fc.property(parts, fc.constantFrom(1, -1), ({ days, ms }, sign) => {
      const duration = { days: sign * days + 0, ms: sign * ms + 0 };
      assert.deepEqual(parseDuration(printDuration(duration)), duration);
    }),
  );
  assert.equal(printDuration({ days: 0, ms: 0 }), "PT0S");
  assert.equal(printDuration({ days: 0, ms: 3_605_000 }), "PT1H0M5S");
  assert.equal(printDuration({ days: -14, ms: 0 }), "-P2W");
});
