import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { shadowCheck } from "../shadow.ts";
import { dayOffWishes, locks, shiftWishes, skills } from "./cells.ts";
import { HARD, type RosterConstraint } from "./constraint.ts";
import { coverage, holders, overstaffing } from "./coverage.ts";
import { fairness } from "./fairness.ts";
import { rest, successions } from "./following.ts";
import { weekHoursLeast, weekHoursMost } from "./hours.ts";
import { rosterModel } from "./model.ts";
import { checkedRoster, type Roster } from "./roster.ts";
import { daysInRow, sameInRow } from "./runs.ts";
import { SHIFTS, seededRosterProblem } from "./testing.ts";
import { pairing, separation } from "./together.ts";
import { weekendsMost, wholeWeekends } from "./weekends.ts";

describe("constraints of rosters", () => {
  test("[SV4] their deltas and explanations agree with a full count, whatever is moved", () => {
    const sizes = fc.record({
      seed: fc.integer(),
      people: fc.integer({ min: 1, max: 9 }),
      days: fc.integer({ min: 1, max: 20 }),
      firstWeekday: fc.integer({ min: 1, max: 7 }),
    });
    fc.assert(
      fc.property(sizes, (size) => {
        assert.deepEqual(shadowCheck(seededRosterProblem(size), { seed: size.seed, steps: 200, every: 20 }), []);
      }),
      { numRuns: 60 },
    );
  });

  const hours = (...each: number[]) => Int32Array.from(each, (count) => count * 60);
  const daily = (days: number, ...byValue: number[]) =>
    Int32Array.from({ length: days * 4 }, (_, place) => byValue[place % 4]!);

  // A row for each person, a letter for each day: early, late, night, or a day off. Day 1 is a Monday.
  const cases: [name: string, rows: string[], constraint: (roster: Roster) => RosterConstraint, units: number][] = [
    ["coverage is kept by enough people", ["E-", "EE"], (r) => coverage(r, HARD, daily(2, 0, 1, 0, 0)), 0],
    ["coverage counts those who lack", ["EL", "E-"], (r) => coverage(r, HARD, daily(2, 9, 2, 0, 0)), 2],
    ["overstaffing counts those too many", ["EE", "EE", "E-"], (r) => overstaffing(r, HARD, daily(2, 0, 1, 1, 1)), 3],
    [
      "one who holds it is enough",
      ["E", "E"],
      (r) => holders(r, HARD, { what: "a licence", holds: Uint8Array.of(1, 0), least: daily(1, 0, 1, 0, 0) }),
      0,
    ],
    [
      "nobody who holds it is not",
      ["-", "E"],
      (r) => holders(r, HARD, { what: "a licence", holds: Uint8Array.of(1, 0), least: daily(1, 0, 1, 0, 0) }),
      1,
    ],
    ["a skill that lacks breaks each shift", ["NEN"], (r) => skills(r, HARD, Uint8Array.of(0, 0, 0, 1)), 2],
    [
      "a wish for a day off is kept by a day off",
      ["-E"],
      (r) => dayOffWishes(r, HARD, [{ person: 0, day: 0, units: 3 }]),
      0,
    ],
    [
      "a wish for a day off is broken by any shift",
      ["N-"],
      (r) => dayOffWishes(r, HARD, [{ person: 0, day: 0, units: 3 }]),
      3,
    ],
    [
      "a wish for a shift is broken by another, and by a day off",
      ["L-"],
      (r) =>
        shiftWishes(
          r,
          HARD,
          [0, 1].map((day) => ({ person: 0, day, value: 1, units: 2, isAgainst: false })),
        ),
      4,
    ],
    [
      "a wish against a shift is broken by it alone",
      ["E-"],
      (r) =>
        shiftWishes(
          r,
          HARD,
          [0, 1].map((day) => ({ person: 0, day, value: 1, units: 2, isAgainst: true })),
        ),
      2,
    ],
    [
      "what is locked may not differ",
      ["EE"],
      (r) => locks({ ...r, start: Int32Array.of(1, 2), locked: Uint8Array.of(1, 1) }, HARD),
      1,
    ],
    [
      "what is not locked may",
      ["EE"],
      (r) => locks({ ...r, start: Int32Array.of(1, 2), locked: Uint8Array.of(1, 0) }, HARD),
      0,
    ],
    ["eleven hours of rest lie between shifts that go forward", ["ELN-E"], (r) => rest(r, HARD, 11 * 60), 0],
    ["late and early leave eight hours, three too few", ["LE"], (r) => rest(r, HARD, 11 * 60), 3],
    ["night and early leave none", ["NE"], (r) => rest(r, HARD, 11 * 60), 11],
    ["a succession is forbidden in its order alone", ["NE-EN"], (r) => successions(r, HARD, [[3, 1]]), 1],
    ["forty hours a week are five shifts", ["EEEEE--"], (r) => weekHoursMost(r, HARD, hours(40)), 0],
    ["the sixth is eight hours too many", ["EEEEEE-"], (r) => weekHoursMost(r, HARD, hours(40)), 8],
    ["a new week begins on Monday", ["---EEEEEEEE---"], (r) => weekHoursMost(r, HARD, hours(40)), 0],
    ["least hours count what lacks", ["E------"], (r) => weekHoursLeast(r, HARD, hours(24)), 16],
    ["least hours are not asked of a week that is cut", ["E-----"], (r) => weekHoursLeast(r, HARD, hours(24)), 0],
    ["days in a row end with a day off", ["EEE-EEE"], (r) => daysInRow(r, HARD, Int32Array.of(3)), 0],
    [
      "days in a row count each day too many, whatever the shift",
      ["ELNEL--"],
      (r) => daysInRow(r, HARD, Int32Array.of(3)),
      2,
    ],
    [
      "runs of one person do not go on with the next",
      ["--EE", "EE--"],
      (r) => daysInRow(r, HARD, Int32Array.of(2, 2)),
      0,
    ],
    [
      "shifts of a kind in a row end with another kind",
      ["NNENN"],
      (r) => sameInRow(r, HARD, Int32Array.of(0, 0, 0, 2)),
      0,
    ],
    [
      "shifts of a kind in a row count each too many",
      ["NNNNEEEE"],
      (r) => sameInRow(r, HARD, Int32Array.of(0, 0, 0, 2)),
      2,
    ],
    [
      "a weekend counts once, whichever of its days is worked",
      ["-----EE-----E-"],
      (r) => weekendsMost(r, HARD, Int32Array.of(1)),
      1,
    ],
    ["half a weekend breaks whole weekends", ["-----E------EE"], (r) => wholeWeekends(r, HARD), 1],
    [
      "fairness squares what is too many or too few",
      ["NNNN", "----"],
      (r) => fairness(r, HARD, { what: "nights", values: [3], shares: Int32Array.of(2, 2) }),
      8,
    ],
    ["an apprentice needs the mentor on the same shift", ["EEE-", "E-LE"], (r) => pairing(r, HARD, [[0, 1]]), 2],
    ["those apart may not share a shift", ["EEE-", "ELE-"], (r) => separation(r, HARD, [[0, 1]]), 2],
  ];
  for (const [name, rows, constraint, units] of cases) {
    test(`[SV16] ${name}: ${rows.join(" ")}`, () => {
      const roster = rosterOf(rows);
      const rule = constraint(roster).on(rosterModel(roster, roster.start));
      assert.equal(rule.full(), units);
      assert.equal(rule.explain().length > 0, units > 0);
    });
  }
});

/** A roster from a row of letters for each person. */
function rosterOf(rows: readonly string[]): Roster {
  const start = Int32Array.from(rows.join(""), (letter) => "-ELN".indexOf(letter));
  const people = rows.map((_, i) => `Person ${i + 1}`);
  const days = rows[0]!.length;
  return checkedRoster({ people, days, firstWeekday: 1, shifts: SHIFTS, start, locked: new Uint8Array(start.length) });
}
