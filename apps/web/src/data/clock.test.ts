import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { parseHttpDate } from "./clock.ts";

describe("the date of an answer", () => {
  test("is read as the server wrote it", () => {
    assert.equal(parseHttpDate("Sun, 06 Nov 1994 08:49:37 GMT"), 784_111_777_000);
    for (const text of ["", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun, 06 Nox 1994 08:49:37 GMT", "1994-11-06"])
      assert.equal(parseHttpDate(text), null);
  });

  test("is any second of some centuries, printed and read again", () => {
    const names = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_000_000_000 }), (seconds) => {
        const at = Temporal.Instant.fromEpochMilliseconds(seconds * 1_000).toZonedDateTimeISO("UTC");
        const two = (number: number) => String(number).padStart(2, "0");
        const time = [at.hour, at.minute, at.second].map(two).join(":");
        const text = `Mon, ${two(at.day)} ${names[at.month - 1]} ${at.year} ${time} GMT`;
        assert.equal(parseHttpDate(text), seconds * 1_000);
      }),
    );
  });
});
