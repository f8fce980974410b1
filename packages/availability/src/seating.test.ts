// Strategy: against every seating that there is.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { Role } from "./question.ts";
import { seat } from "./seating.ts";
import { obviousSeatings } from "./testing.ts";

const SUBJECTS = 6;
const anyRoles: fc.Arbitrary<Role[]> = fc.array(
  fc.record({
    anyOf: fc.uniqueArray(fc.nat({ max: SUBJECTS - 1 }), { maxLength: SUBJECTS }),
    count: fc.integer({ min: 1, max: 2 }),
  }),
  { maxLength: 3 },
);
const anyWeights = fc.array(fc.nat({ max: 9 }), { minLength: SUBJECTS, maxLength: SUBJECTS });

describe("a seating", () => {
  test("[SL10] [SL17] with the cheapest first is the cheapest of all, and is found whenever there is one", () => {
    fc.assert(
      fc.property(anyRoles, anyWeights, (roles, weights) => {
        const order = [...weights.keys()].toSorted((a, b) => weights[a]! - weights[b]!);
        const sum = (seating: readonly (readonly number[])[]) =>
          seating.flat().reduce((total, subject) => total + weights[subject]!, 0);
        const all = obviousSeatings(roles, new Set(order));
        const found = seat(roles, order);
        assert.equal(found === null, all.length === 0);
        if (found === null) return;
        assert.equal(sum(found), Math.min(...all.map(sum)));
        found.forEach((subjects, role) => assert.equal(subjects.length, roles[role]!.count));
        assert.equal(new Set(found.flat()).size, found.flat().length);
      }),
      { numRuns: 300 },
    );
  });

  test("[SL8] asks for nobody beyond those it needs", () => {
    const asked: number[] = [];
    function* order(): Generator<number> {
      for (const subject of [2, 0, 1]) {
        asked.push(subject);
        yield subject;
      }
    }
    assert.deepEqual(seat([{ anyOf: [0, 1, 2], count: 2 }], order()), [[2, 0]]);
    assert.deepEqual(asked, [2, 0]);
  });
});
