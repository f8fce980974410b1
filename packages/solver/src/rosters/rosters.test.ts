import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { shadowCheck } from "../shadow.ts";
import { seededRosterProblem } from "./testing.ts";

describe("constraints of rosters", () => {
  test("[SV4] their deltas and explanations agree with a full count, whatever is moved", () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 20 }),
        (seed, people, days) => {
          const problem = seededRosterProblem({ people, days, seed });
          assert.deepEqual(shadowCheck(problem, { seed, steps: 200, every: 20 }), []);
        },
      ),
      { numRuns: 60 },
    );
  });
});
