// Rules RP* are in ../SPEC.md.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { detect, type Found } from "./detect.ts";
import { suggestRepairs, type Repair } from "./repair.ts";
import { indexBySubject, OWN, takingsOf, type TakingRow } from "./schedule.ts";

const at = (text: string): number => Temporal.ZonedDateTime.from(`2027-03-${text}[Europe/Prague]`).epochMilliseconds;
const row = (occurrence: number, subject: number, from: string, to: string): TakingRow => ({
  occurrence,
  event: occurrence,
  subject,
  startMs: at(from),
  endMs: at(to),
  how: OWN,
});

const call = row(0, 0, "25T15:30", "25T16:15");
const slots = row(1, 0, "25T16:00", "25T17:00");

function repairsOf(
  rows: readonly TakingRow[],
  nowMs = at("18T13:24"),
  movable: (occurrence: number) => boolean = () => true,
): { found: Found; repairs: Repair[] } {
  const index = indexBySubject(takingsOf(rows));
  const found = detect(index, -Infinity, Infinity).found[0]!;
  const rowsOf = (occurrence: number) => rows.flatMap((each, i) => (each.occurrence === occurrence ? [i] : []));
  const repairs = suggestRepairs(
    found,
    {
      index,
      rowsOf,
      titleOf: (occurrence) => ["Supplier call", "Road-test slots"][occurrence] ?? `thing ${occurrence}`,
      isMovable: movable,
      zone: "Europe/Prague",
      nowMs,
    },
    5,
  );
  return { found, repairs };
}

/** What is left when a repair is applied to a copy: the conflicts as texts. */
function after(rows: readonly TakingRow[], repair: Repair): string[] {
  const moved = rows.map((each) => ({ ...each, ...repair.moves.find((move) => move.occurrence === each.occurrence) }));
  return conflictsOf(moved);
}
const conflictsOf = (rows: readonly TakingRow[]): string[] =>
  detect(indexBySubject(takingsOf(rows)), -Infinity, Infinity).found.map(
    ({ kind, first, second, subjects }) =>
      `${kind} ${[first, second].sort((a, b) => a - b).join("+")} ${subjects.join(",")}`,
  );

describe("suggestRepairs", () => {
  test("[RP4] offers the near move first, in words a person would use", () => {
    const { repairs } = repairsOf([call, slots]);
    assert.equal(repairs[0]!.what, "Move “Road-test slots” to Thu 25 Mar, 16:15");
    assert.equal(repairs[0]!.why, "The time is free. Same day, 15 min later.");
    assert.deepEqual(after([call, slots], repairs[0]!), []);
  });

  test("[RP3] offers to end the first one earlier when most of it is left", () => {
    const { repairs } = repairsOf([call, slots]);
    assert.ok(repairs.some(({ what }) => what === "End “Supplier call” 15 min earlier"));
  });

  test("[RP2] moves nothing into the past, and leaves alone what may not be moved", () => {
    const { repairs } = repairsOf([call, slots], at("25T16:30"), (occurrence) => occurrence === 1);
    assert.ok(repairs.length > 0);
    for (const { moves } of repairs) {
      for (const move of moves) {
        assert.equal(move.occurrence, 1);
        assert.ok(move.startMs >= at("25T16:30"));
      }
    }
    assert.deepEqual(repairsOf([call, slots], at("18T13:24"), () => false).repairs, []);
  });

  test("[RP1] passes over times that a third thing has", () => {
    const lunch = row(2, 0, "25T16:15", "25T20:00");
    const { repairs } = repairsOf([call, slots, lunch]);
    for (const { moves } of repairs)
      for (const move of moves) assert.ok(move.endMs <= lunch.startMs || move.startMs >= lunch.endMs);
  });

  test("[RP1] a repair removes its conflict and makes no new one, in any busy week", () => {
    const quarter = (n: number): number => at("22T07:00") + n * 900_000;
    const week = fc.array(
      fc.record({ start: fc.nat({ max: 200 }), length: fc.integer({ min: 1, max: 12 }), subject: fc.nat({ max: 2 }) }),
      { minLength: 2, maxLength: 30 },
    );
    fc.assert(
      fc.property(week, (things) => {
        const rows = things.map(({ start, length, subject }, i) => ({
          occurrence: i,
          event: i,
          subject,
          startMs: quarter(start),
          endMs: quarter(start + length),
          how: OWN,
        }));
        const before = conflictsOf(rows);
        fc.pre(before.length > 0);
        const { found, repairs } = repairsOf(rows);
        const gone = `${found.kind} ${[found.first, found.second].sort((a, b) => a - b).join("+")} ${found.subjects.join(",")}`;
        for (const repair of repairs) {
          const left = after(rows, repair);
          assert.ok(!left.includes(gone), `${repair.what} leaves ${gone}`);
          for (const conflict of left) assert.ok(before.includes(conflict), `${repair.what} makes ${conflict}`);
        }
      }),
    );
  });
});
