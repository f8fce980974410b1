// Strategy: scopes against sets of everybody there is; what is asked for is exactly who is missing.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { Event } from "./api.ts";
import { EVERYONE, missingIn, NOBODY, partsOf, scopeOf, subjectsIn, together, type Scope } from "./scope.ts";

const ALL = ["per_a", "per_b", "res_c", "cal_d", "cal_e"];
const membersOf = (scope: Scope): ReadonlySet<string> => (scope === EVERYONE ? new Set(ALL) : scope);
const scope = fc.subarray(ALL).map(scopeOf);

describe("whose year is known", () => {
  test("is everybody's when nobody is named, and when more are than an address holds", () => {
    assert.equal(scopeOf([]), EVERYONE);
    assert.deepEqual(scopeOf(["per_a"]), new Set(["per_a"]));
    assert.equal(scopeOf(Array.from({ length: 101 }, (_, i) => `per_${i}`)), EVERYONE);
    const half = (from: number) => scopeOf(Array.from({ length: 60 }, (_, i) => `per_${from + i}`));
    assert.equal(together(half(0), half(60)), EVERYONE);
    assert.equal(membersOf(together(half(0), half(20))).size, 80);
  });

  test("grows by who is missing, until nobody is", () => {
    fc.assert(
      fc.property(scope, scope, (known, wanted) => {
        const missing = missingIn(known, wanted);
        const grown = together(known, missing);
        assert.deepEqual(membersOf(grown).union(membersOf(wanted)), membersOf(grown));
        assert.deepEqual(missingIn(grown, wanted), NOBODY);
        if (known !== EVERYONE && missing !== EVERYONE) assert.ok(missing.isDisjointFrom(known));
      }),
    );
  });

  test("is asked for in one question of everybody, and in two of people and of calendars", () => {
    assert.deepEqual(partsOf(EVERYONE), [{}]);
    assert.deepEqual(partsOf(NOBODY), []);
    assert.deepEqual(partsOf(scopeOf(["per_a", "cal_d", "res_c"])), [
      { subjects: ["per_a", "res_c"] },
      { calendars: ["cal_d"] },
    ]);
  });

  test("has the conflicts of its people, and of those in the events of its calendars", () => {
    const event = (calendarId: string, ...subjectIds: string[]) => ({ calendarId, subjectIds }) as unknown as Event;
    const events = [event("cal_d", "per_a", "per_b"), event("cal_e", "res_c")];
    assert.equal(subjectsIn(EVERYONE, events), null);
    assert.deepEqual(subjectsIn(scopeOf(["res_c"]), events), ["res_c"]);
    assert.deepEqual(subjectsIn(scopeOf(["cal_d"]), events), ["per_a", "per_b"]);
    const many = Array.from({ length: 101 }, (_, i) => `per_${i}`);
    assert.equal(subjectsIn(scopeOf(["cal_d"]), [event("cal_d", ...many)]), null);
  });
});
