// Rules CT* are in ../SPEC.md. Strategy: a rule set as a clinic might write it; then any rule sets: what is found possible
// is made and checked minute by minute, and what is named makes the rest possible.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { UTC } from "@hourwright/time";
import { checkRules } from "./check.ts";
import { contradictions, rhythmFor, type Rhythm } from "./contradictions.ts";
import type { Rule } from "./rule.ts";
import { contract, dayOf } from "./testing.ts";
import { unify } from "./unify.ts";

const MONDAY = dayOf("2027-03-01");
const HOURS = 60;

/** Many turns of a rhythm, as somebody would work them. */
function made({ weeks, fromMinute, shiftMinutes }: Rhythm) {
  const shift = {
    name: "shift",
    fromMinute,
    toMinute: fromMinute + shiftMinutes,
    kind: "work",
    breaks: [],
    site: null,
  } as const;
  const turns = {
    weeks: weeks.map((week) => week.map((isWorked) => (isWorked && shiftMinutes > 0 ? [shift] : []))),
    anchorDay: MONDAY,
  };
  const days = Math.max(2 * weeks.length, 6) * 7;
  const contracts = [contract({ fromDay: MONDAY - 70, turns })];
  return unify({ zone: UTC, contracts, holidays: [], adjustments: [], fromDay: MONDAY, toDay: MONDAY + days });
}

const anyRule: fc.Arbitrary<Rule> = fc.oneof(
  fc.record({ kind: fc.constantFrom("shift", "day"), minutesMax: fc.integer({ min: 240, max: 900 }) }),
  fc.record({ kind: fc.constant("week"), minutesMax: fc.integer({ min: 1_200, max: 3_600 }) }),
  fc.record({
    kind: fc.constant("rolling"),
    days: fc.constantFrom(2, 7, 14),
    minutesMax: fc.integer({ min: 600, max: 4_000 }),
  }),
  fc.record({ kind: fc.constantFrom("rest", "week-rest"), minutesMin: fc.integer({ min: 480, max: 4_000 }) }),
  fc.record({ kind: fc.constantFrom("days", "nights"), max: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ kind: fc.constant("weekends"), of: fc.integer({ min: 1, max: 2 }), freeMin: fc.constant(1) }),
  fc.record({
    kind: fc.constant("curfew"),
    fromMinute: fc.constantFrom(1_200, 1_320),
    toMinute: fc.constantFrom(300, 480),
  }),
);
const anyRules = fc.uniqueArray(anyRule, { maxLength: 5, selector: ({ kind }) => kind });
const anyHours = fc.integer({ min: 5, max: 80 }).map((hours) => hours * HOURS);

describe("a rule set that nobody can keep", () => {
  test("[CT1] names the rules of which one has to go", () => {
    const rules: Rule[] = [
      { kind: "shift", minutesMax: 8 * HOURS },
      { kind: "days", max: 4 },
      { kind: "rest", minutesMin: 11 * HOURS },
      { kind: "weekends", of: 1, freeMin: 1 },
    ];
    assert.equal(contradictions(rules, 32 * HOURS), null);
    const found = contradictions(rules, 38 * HOURS)!;
    assert.equal(
      found.sentence,
      "Nobody can work 38 h a week under these rules. Without any one of these it is possible: “at most 8 h of work a shift”, “work on at most 4 days in a row”, “at least 1 free of 1 weekend in a row”.",
    );
  });

  test("[CT2] names a smallest set where there are several contradictions", () => {
    const found = contradictions(
      [
        { kind: "week", minutesMax: 20 * HOURS },
        { kind: "rolling", days: 7, minutesMax: 20 * HOURS },
      ],
      30 * HOURS,
    )!;
    assert.equal(found.isOnly, false);
    assert.equal(
      found.sentence,
      "Nobody can work 30 h a week under these rules. These contradict each other, and others do too: “at most 20 h of work within 7 days”.",
    );
    assert.deepEqual(contradictions([], 169 * HOURS)!.rules, []);
  });

  test("[CT3] what is found possible keeps every rule, and has the hours", () => {
    fc.assert(
      fc.property(anyRules, anyHours, (rules, minutes) => {
        const rhythm = rhythmFor(rules, minutes);
        if (rhythm === null) return;
        assert.deepEqual(checkRules(made(rhythm), rules), []);
        assert.ok(rhythm.shiftMinutes * rhythm.weeks.flat().filter(Boolean).length >= minutes * rhythm.weeks.length);
      }),
      { numRuns: 100 },
    );
  });

  test("[CT3] a shift on the Friday before a free weekend ends by midnight", () => {
    const rules: readonly Rule[] = [
      { kind: "weekends", of: 1, freeMin: 1 },
      { kind: "days", max: 1 },
    ];
    const rhythm = rhythmFor(rules, 48 * HOURS)!;
    assert.deepEqual(checkRules(made(rhythm), rules), []);
  });

  test("[CT4] without any one of the named it is possible", () => {
    fc.assert(
      fc.property(anyRules, anyHours, (rules, minutes) => {
        const found = contradictions(rules, minutes);
        if (found === null) return;
        for (const rule of found.rules) {
          const others: readonly Rule[] = (found.isOnly ? rules : found.rules).filter((each) => each !== rule);
          assert.equal(contradictions(others, minutes), null);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("[CT4] no rhythm that keeps the rules has the hours when none is found", () => {
    const anyWeek = fc.array(fc.boolean(), { minLength: 7, maxLength: 7 });
    const anyRhythm = fc.record({
      weeks: fc.array(anyWeek, { minLength: 1, maxLength: 1 }),
      fromMinute: fc.integer({ min: 0, max: 47 }).map((half) => half * 30),
      shiftMinutes: fc.integer({ min: 60, max: 1_439 }),
    });
    fc.assert(
      fc.property(anyRules, anyRhythm, (rules, rhythm) => {
        if (checkRules(made(rhythm), rules).length > 0) return;
        const hours = rhythm.shiftMinutes * rhythm.weeks.flat().filter(Boolean).length;
        assert.notEqual(rhythmFor(rules, hours), null);
      }),
      { numRuns: 300 },
    );
  });
});
