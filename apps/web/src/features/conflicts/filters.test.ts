import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import type { Clash } from "../../data/entries.ts";
import { filtered, groupsOf, NO_FILTERS, subjectsOf, type Filters } from "./filters.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** 1 March 2027. */
const FIRST_DAY = 20_878;
const NOW = FIRST_DAY * DAY_MS;

function clash(day: number, more: { kind?: string; severity?: "must" | "look"; who?: string[] } = {}): Clash {
  const { kind = "overlap", severity = "must", who = ["per_a"] } = more;
  const startMs = NOW + day * DAY_MS + 10 * HOUR_MS;
  const conflict = {
    id: `cfl_${day}_${kind}`,
    kind,
    severity,
    subjectIds: who,
    subjects: who.map((id) => `Name of ${id}`),
  };
  return {
    conflict: conflict as unknown as Clash["conflict"],
    startMs,
    endMs: startMs + HOUR_MS,
    fromDay: FIRST_DAY + day,
    toDay: FIRST_DAY + day + 1,
  };
}

const everyone: Parameters<typeof filtered>[2] = { now: NOW, isMine: () => true };
const shownOf = (clashes: readonly Clash[], filters: Partial<Filters>, seen = everyone) =>
  filtered(clashes, { ...NO_FILTERS, ...filters }, seen).shown;

describe("the filters of conflicts", () => {
  const [past, soon, later] = [
    clash(-3),
    clash(2, { kind: "resource", who: ["res_h"] }),
    clash(40, { severity: "look" }),
  ];
  const all = [past, soon, later] as const;

  test("leave out what is over, unless everything is, or it is asked for", () => {
    assert.deepEqual(shownOf(all, {}), [soon, later]);
    assert.deepEqual(shownOf(all, { withPast: true }), all);
    assert.deepEqual(shownOf([past], {}), [past]);
  });

  test("leave out what others have to resolve, unless one has nothing else", () => {
    const seen = { now: NOW, isMine: (each: Clash) => each === soon };
    assert.deepEqual(shownOf(all, {}, seen), [soon]);
    assert.equal(filtered(all, NO_FILTERS, seen).others, 1);
    assert.deepEqual(shownOf(all, { withOthers: true }, seen), [soon, later]);
    assert.deepEqual(shownOf(all, {}, { now: NOW, isMine: () => false }), [soon, later]);
  });

  test("keep kinds, strengths, people and times", () => {
    assert.deepEqual(shownOf(all, { kinds: new Set(["resource"]) }), [soon]);
    assert.deepEqual(shownOf(all, { hidden: new Set(["must"]) }), [later]);
    assert.deepEqual(shownOf(all, { subjectId: "res_h" }), [soon]);
    assert.deepEqual(shownOf(all, { when: "soon" }), [soon]);
    assert.deepEqual(shownOf(all, { when: 4 }), [later]);
  });

  test("group the next fourteen days first, then months, what is over last; each once, in its order", () => {
    assert.deepEqual(
      groupsOf([...all], NOW).map(({ key }) => key),
      ["soon", 4, "past"],
    );
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -59, max: 305 })), (days) => {
        const clashes = days.toSorted((a, b) => a - b).map((day) => clash(day));
        const groups = groupsOf(clashes, NOW);
        const flat = groups.flatMap((group) => group.clashes);
        assert.deepEqual(new Set(flat), new Set(clashes));
        assert.equal(flat.length, clashes.length);
        for (const group of groups)
          assert.deepEqual(
            group.clashes,
            clashes.filter((each) => group.clashes.includes(each)),
          );
      }),
    );
  });

  test("offer people and things by how often they clash", () => {
    const clashes = [clash(1, { who: ["per_b"] }), clash(2, { who: ["per_a", "per_b"] }), clash(3, { who: ["per_c"] })];
    assert.deepEqual(
      subjectsOf(clashes, 2).map(({ id, count }) => [id, count]),
      [
        ["per_b", 2],
        ["per_a", 1],
      ],
    );
  });
});
