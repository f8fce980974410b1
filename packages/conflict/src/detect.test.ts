// Rules CF* are in ../SPEC.md. A table for what a reader should know, then any schedule against the obvious model.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { detect } from "./detect.ts";
import { ATTENDS, indexBySubject, NEEDS, OWN, takingsOf, visitMeeting, type TakingRow } from "./schedule.ts";
import { detectSlowly, takingRows } from "./testing.ts";

const row = (
  occurrence: number,
  subject: number,
  startMs: number,
  endMs: number,
  how: number,
  event = occurrence,
): TakingRow => ({
  occurrence,
  event,
  subject,
  startMs,
  endMs,
  how,
});

const sentences = (rows: readonly TakingRow[], fromMs = 0, toMs = 1_000) =>
  detect(indexBySubject(takingsOf(rows)), fromMs, toMs).found.map(
    (found) =>
      `${found.kind} ${found.first}+${found.second} of ${found.subjects.join(",")} ${found.startMs}-${found.endMs}`,
  );

describe("detect", () => {
  const table: [name: string, rows: TakingRow[], expected: string[]][] = [
    [
      "[CF1] two things at once are a conflict over the shared time",
      [row(0, 0, 9, 12, OWN), row(1, 0, 11, 14, OWN)],
      ["overlap 0+1 of 0 11-12"],
    ],
    ["[CF1] touching is none", [row(0, 0, 9, 10, OWN), row(1, 0, 10, 11, OWN)], []],
    ["[CF1] two people at work at once are none", [row(0, 0, 9, 12, OWN), row(1, 1, 9, 12, OWN)], []],
    ["[CF1] one inside the other", [row(0, 0, 9, 17, OWN), row(1, 0, 10, 11, OWN)], ["overlap 0+1 of 0 10-11"]],
    ["[CF2] the same thing in two calendars is one", [row(0, 0, 9, 12, OWN, 7), row(1, 0, 9, 12, OWN, 7)], []],
    [
      "[CF3] a room and a person are two entries",
      [row(0, 0, 9, 12, OWN), row(0, 5, 9, 12, NEEDS), row(1, 0, 10, 11, OWN), row(1, 5, 10, 11, NEEDS)],
      ["overlap 0+1 of 0 10-11", "resource 0+1 of 5 10-11"],
    ],
    [
      "[CF3] two people double-booked by one pair are one entry",
      [row(0, 0, 9, 12, ATTENDS), row(0, 1, 9, 12, ATTENDS), row(1, 0, 10, 11, ATTENDS), row(1, 1, 10, 11, ATTENDS)],
      ["attendee 0+1 of 0,1 10-11"],
    ],
    [
      "[CF4] one's own calendar against an invitation is an overlap",
      [row(0, 0, 9, 12, OWN), row(1, 0, 11, 13, ATTENDS)],
      ["overlap 0+1 of 0 11-12"],
    ],
    [
      "[CF4] own and attended on both sides are both kinds",
      [row(0, 0, 9, 12, OWN | ATTENDS), row(1, 0, 11, 13, OWN | ATTENDS)],
      ["overlap 0+1 of 0 11-12", "attendee 0+1 of 0 11-12"],
    ],
    [
      "[CF4] what one side needs as a thing is a thing, though the other invites it like a person",
      [row(0, 0, 9, 12, NEEDS), row(1, 0, 11, 13, ATTENDS)],
      ["resource 0+1 of 0 11-12"],
    ],
    [
      "[CF4] a long thing meets each short one",
      [row(0, 0, 0, 100, OWN), row(1, 0, 10, 20, OWN), row(2, 0, 50, 60, OWN)],
      ["overlap 0+1 of 0 10-20", "overlap 0+2 of 0 50-60"],
    ],
  ];
  for (const [name, rows, expected] of table) test(name, () => assert.deepEqual(sentences(rows), expected));

  test("[CF5] what shares time outside the window is left out, and what touches it is not cut", () => {
    const rows = [row(0, 0, 9, 12, OWN), row(1, 0, 11, 14, OWN)];
    assert.deepEqual(sentences(rows, 12, 20), []);
    assert.deepEqual(sentences(rows, 0, 11), []);
    assert.deepEqual(sentences(rows, 11.5, 11.6), ["overlap 0+1 of 0 11-12"]);
  });

  test("a schedule with more pairs than asked for says that the list is cut", () => {
    const rows = Array.from({ length: 10 }, (_, i) => row(i, 0, 0, 10, OWN));
    const { found, truncated } = detect(indexBySubject(takingsOf(rows)), 0, 10, 5);
    assert.equal(found.length, 5);
    assert.ok(truncated);
  });

  test("[CF1] [CF3] [CF5] agrees with comparing everything with everything, for any schedule and window", () => {
    fc.assert(
      fc.property(
        takingRows,
        fc.integer({ min: -5, max: 70 }),
        fc.integer({ min: 1, max: 40 }),
        (rows, fromMs, lengthMs) => {
          const { found } = detect(indexBySubject(takingsOf(rows)), fromMs, fromMs + lengthMs);
          const spoken = found.map((each) => {
            const [low, high] = each.first < each.second ? [each.first, each.second] : [each.second, each.first];
            return `${each.kind} ${low} ${high} ${each.startMs} ${each.endMs} ${each.subjects.join(",")}`;
          });
          assert.deepEqual(spoken.sort(), detectSlowly(rows, fromMs, fromMs + lengthMs));
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("visitMeeting", () => {
  test("meets exactly the rows that share time, for any schedule and window", () => {
    fc.assert(
      fc.property(
        takingRows,
        fc.nat({ max: 4 }),
        fc.nat({ max: 70 }),
        fc.integer({ min: 1, max: 20 }),
        (rows, subject, startMs, lengthMs) => {
          const met: number[] = [];
          visitMeeting(indexBySubject(takingsOf(rows)), subject, startMs, startMs + lengthMs, (at) => {
            met.push(at);
            return false;
          });
          const expected = rows.flatMap((each, i) =>
            each.subject === subject && each.startMs < startMs + lengthMs && each.endMs > startMs ? [i] : [],
          );
          assert.deepEqual(
            met.sort((a, b) => a - b),
            expected,
          );
        },
      ),
    );
  });
});
