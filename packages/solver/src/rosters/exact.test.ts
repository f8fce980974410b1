import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { stepBudget } from "../budget.ts";
import { scoreOf } from "../plan.ts";
import { solve } from "../solve.ts";
import { bestByTryingAll } from "../testing.ts";
import { HARD, type RosterConstraint } from "./constraint.ts";
import { solveExactly } from "./exact.ts";
import { rosterProblem } from "./problem.ts";
import { seededRosterProblem } from "./testing.ts";

describe("exact search of rosters", () => {
  const sizes = fc.constantFrom({ people: 2, days: 3 }, { people: 3, days: 2 }, { people: 1, days: 5 });

  test("[SV11] proves what trying every roster finds, however bad the roster that it begins with", () => {
    fc.assert(
      fc.property(fc.integer(), sizes, (seed, size) => {
        const problem = seededRosterProblem({ ...size, seed });
        const { values, score, isProven } = solveExactly(problem, problem.start)!;
        assert.equal(isProven, true);
        assert.deepEqual(score, bestByTryingAll(problem).score);
        assert.deepEqual(scoreOf(problem, values), score);
      }),
      { numRuns: 30 },
    );
  });

  test("[SV11] also when a constraint sees the whole roster", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 0, max: 4 }), (seed, shifts) => {
        const { roster, constraints } = seededRosterProblem({ people: 2, days: 3, seed });
        const problem = rosterProblem(roster, [...constraints, shiftsInAll(shifts)]);
        assert.deepEqual(solveExactly(problem, problem.start)?.score, bestByTryingAll(problem).score);
      }),
      { numRuns: 20 },
    );
  });

  test("[SV12] the search finds the best roster of a week that exact search proves", () => {
    for (let seed = 0; seed < 8; seed++) {
      const problem = seededRosterProblem({ people: 4 + (seed % 3), days: 7, seed });
      const found = solve(problem, { seed, budget: stepBudget(400_000), legs: 30, kickMoves: 20 });
      const exact = solveExactly(problem, found.values)!;
      assert.equal(exact.isProven, true);
      assert.deepEqual(found.score, exact.score, `seed ${seed}`);
    }
  });

  test("[SV11] says that it proved nothing when it had to give up", () => {
    const problem = seededRosterProblem({ people: 4, days: 7, seed: 15 });
    const { isProven, nodes, score, values } = solveExactly(problem, problem.start, 5)!;
    assert.deepEqual({ isProven, nodes }, { isProven: false, nodes: 5 });
    assert.deepEqual(score, scoreOf(problem, values));
  });

  test("is not begun where a person or a day has too many plans to be listed", () => {
    assert.equal(solveExactly(seededRosterProblem({ people: 4, days: 9, seed: 1 }), new Int32Array(36)), null);
    assert.equal(solveExactly(seededRosterProblem({ people: 9, days: 4, seed: 1 }), new Int32Array(36)), null);
  });
});

/** So many shifts in the whole roster, neither more nor fewer. */
function shiftsInAll(count: number): RosterConstraint {
  return {
    name: "shifts in all",
    ...HARD,
    reach: "roster",
    on({ values }) {
      let there = values.reduce((sum, value) => sum + (value === 0 ? 0 : 1), 0);
      const step = (from: number, to: number) => (to === 0 ? 0 : 1) - (from === 0 ? 0 : 1);
      const off = () => Math.abs(values.reduce((sum, value) => sum + (value === 0 ? 0 : 1), 0) - count);
      return {
        full: off,
        delta: (_, from, to) => Math.abs(there + step(from, to) - count) - Math.abs(there - count),
        assigned: (_, from, to) => void (there += step(from, to)),
        explain: () =>
          off() === 0 ? [] : [{ units: off(), variables: [], sentence: `There are not ${count} shifts.` }],
      };
    },
  };
}
