import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { findZone } from "@hourwright/time";
import { msOf, spanOf } from "./times.ts";

const prague = findZone("Europe/Prague")!;

describe("the span of a request", () => {
  const table: [sentence: string, start: string, end: string | undefined, expected: string][] = [
    ["keeps wall time and zone", "2026-10-24T09:00:00", "2026-10-24T10:00:00", "local 07:00:00Z 08:00:00Z"],
    [
      "reads a repeated wall time as the first",
      "2026-10-25T02:30:00",
      "2026-10-25T02:45:00",
      "local 00:30:00Z 00:45:00Z",
    ],
    [
      "keeps an instant of the second half of a repeated hour",
      "2026-10-25T01:00:00Z",
      "2026-10-25T01:30:00Z",
      "utc 01:00:00Z 01:30:00Z",
    ],
    [
      "keeps one that begins in the first half and ends in the second",
      "2026-10-25T00:30:00Z",
      "2026-10-25T01:15:00Z",
      "utc 00:30:00Z 01:15:00Z",
    ],
    ["moves a skipped wall time forward", "2026-03-29T02:30:00", "2026-03-29T04:00:00", "local 01:30:00Z 02:00:00Z"],
    ["lasts an hour when nothing is said", "2026-10-24T09:00:00+02:00", undefined, "local 07:00:00Z 08:00:00Z"],
  ];
  for (const [sentence, start, end, expected] of table) {
    test(sentence, () => {
      const span = spanOf(start, end, prague, prague);
      assert.ok(!("refused" in span), JSON.stringify(span));
      const text = (when: typeof span.start) =>
        Temporal.Instant.fromEpochMilliseconds(msOf(when, prague)).toString().slice(11);
      assert.equal(`${span.start.form} ${text(span.start)} ${text(span.end)}`, expected);
    });
  }
});
