// Rules PR* are in ../SPEC.md.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { detect } from "./detect.ts";
import { checkProposal, type Checked } from "./proposal.ts";
import type { Repair, RepairFacts } from "./repair.ts";
import { suggestRepairs } from "./repair.ts";
import { indexBySubject, OWN, takingsOf, type TakingRow } from "./schedule.ts";
import { detectSlowly, takingRows } from "./testing.ts";

const at = (text: string): number => Temporal.ZonedDateTime.from(`2027-03-${text}[Europe/Prague]`).epochMilliseconds;
const row = (occurrence: number, subject: number, from: string, to: string): TakingRow => ({
  occurrence,
  event: occurrence,
  subject,
  startMs: at(from),
  endMs: at(to),
  how: OWN,
});

function factsOf(rows: readonly TakingRow[], isMovable: (occurrence: number) => boolean = () => true): RepairFacts {
  return {
    index: indexBySubject(takingsOf(rows)),
    rowsOf: (occurrence) => rows.flatMap((each, i) => (each.occurrence === occurrence ? [i] : [])),
    titleOf: (occurrence) => `thing ${occurrence}`,
    isMovable,
    zone: "Europe/Prague",
    nowMs: -Infinity,
  };
}

/** Wants, for each conflict found, its `rank`th repair as it is offered now. */
function propose(rows: readonly TakingRow[], rank = 0, isMovable?: (occurrence: number) => boolean): Checked {
  const facts = factsOf(rows, isMovable);
  const wishes = detect(facts.index, -Infinity, Infinity).found.map((found) => {
    const wanted = textOf(suggestRepairs(found, facts, 20)[rank]);
    return { found, choose: (offered: readonly Repair[]) => offered.find((each) => textOf(each) === wanted) };
  });
  return checkProposal(wishes, facts);
}

const textOf = (repair: Repair | undefined): string => JSON.stringify(repair?.moves);
const statesOf = ({ steps }: Checked): string[] => steps.map(({ state }) => state);

describe("checkProposal", () => {
  test("[PR1] makes each repair that still fits as it was wanted", () => {
    const rows = [
      row(0, 0, "22T10:00", "22T11:00"),
      row(1, 0, "22T10:30", "22T11:30"),
      row(2, 0, "23T10:00", "23T11:00"),
      row(3, 0, "23T10:30", "23T11:30"),
    ];
    const checked = propose(rows);
    assert.deepEqual(statesOf(checked), ["ready", "ready"]);
    assert.equal(checked.solved.length, 2);
    assert.deepEqual(checked.made, []);
  });

  test("[PR2] takes the next best where one before it has taken the time", () => {
    // Both would go to the first room of the day that is left: the second has to look on.
    const rows = [
      row(0, 0, "22T07:00", "22T18:00"),
      row(1, 0, "22T10:00", "22T11:00"),
      row(2, 0, "22T14:00", "22T15:00"),
    ];
    const checked = propose(rows, 0, (occurrence) => occurrence !== 0);
    assert.deepEqual(statesOf(checked), ["ready", "changed"]);
    const [first, second] = checked.steps.map(({ repair }) => repair!.moves[0]!);
    assert.equal(first!.startMs, at("22T18:00"));
    assert.notEqual(second!.startMs, first!.startMs);
    assert.equal(checked.solved.length, 2);
  });

  test("[PR3] needs nothing where one before it has solved the conflict", () => {
    const rows = [
      row(0, 0, "22T10:00", "22T11:00"),
      row(1, 0, "22T10:00", "22T11:00"),
      row(2, 0, "22T10:00", "22T11:00"),
    ];
    const checked = propose(rows, 0, (occurrence) => occurrence === 0);
    assert.deepEqual(statesOf(checked), ["ready", "solved", "stuck"]);
    assert.equal(checked.solved.length, 2);
  });

  test("[PR4] leaves what may not be moved where it is", () => {
    const rows = [row(0, 0, "22T10:00", "22T11:00"), row(1, 0, "22T10:30", "22T11:30")];
    assert.deepEqual(
      propose(rows, 0, () => false),
      { steps: [{ state: "stuck", repair: null }], solved: [], made: [] },
    );
  });

  test("[PR5] any wishes together: nothing new clashes, and what is said to be solved is", () => {
    const quarters = takingRows.map((rows) =>
      rows.map((each) => ({ ...each, startMs: each.startMs * 900_000, endMs: each.endMs * 900_000 })),
    );
    fc.assert(
      fc.property(quarters, fc.nat(6), (rows, rank) => {
        const checked = propose(rows, rank);
        const moves = checked.steps.flatMap(({ repair }) => repair?.moves ?? []);
        const last = new Map(moves.map((move) => [move.occurrence, move]));
        const moved = rows.map((each) => ({ ...each, ...last.get(each.occurrence) }));
        const [before, after] = [rows, moved].map((some) => pairsOf(detectSlowly(some, -Infinity, Infinity)));
        const gone = [...before!].filter((pair) => !after!.has(pair)).sort();
        assert.deepEqual(
          checked.solved
            .map(({ kind, first, second }) => `${kind} ${[first, second].sort((a, b) => a - b).join(" ")}`)
            .sort(),
          gone,
        );
        assert.deepEqual(
          [...after!].filter((pair) => !before!.has(pair)),
          [],
        );
        assert.deepEqual(checked.made, []);
      }),
    );
  });
});

/** "kind first second" of what the slow model found. */
const pairsOf = (found: readonly string[]): ReadonlySet<string> =>
  new Set(found.map((text) => text.split(" ").slice(0, 3).join(" ")));
