import { assert } from "@hourwright/std";
import { ruleOfPlaces } from "../constraint.ts";
import { cellsOf, wordsOf, type RosterConstraint, type Weighing } from "./constraint.ts";
import type { Roster } from "./roster.ts";

/**
 * Everybody has a fair share of certain shifts (nights, say, or all): units are the square of what somebody has too many or too few,
 * so that one person's four weigh more than four people's one. Shares are whole and handed in: they follow from contracts.
 */
export function fairness(
  roster: Roster,
  weighing: Weighing,
  { what, values: counted, shares }: { what: string; values: readonly number[]; shares: Int32Array },
): RosterConstraint {
  const words = wordsOf(roster);
  assert(shares.length === roster.people.length, `fair ${what}: a share for each person`);
  const isCounted = new Uint8Array(roster.shifts.length + 1);
  for (const value of counted) isCounted[value] = 1;
  return {
    name: `fair ${what}`,
    ...weighing,
    reach: "person",
    on(model) {
      const { values, people, personOf, days } = model;
      const has = new Int32Array(people);
      values.forEach((value, cell) => (has[personOf[cell]!]! += isCounted[value]!));
      return ruleOfPlaces({
        places: people,
        unitsAt: (person) => (has[person]! - shares[person]!) ** 2,
        breachAt: (person) => ({
          variables: cellsOf(model, person, 0, days).filter((cell) => isCounted[values[cell]!] === 1),
          sentence: `${words.who(person)} has ${has[person]} ${what}; the fair share is ${shares[person]}.`,
        }),
        delta(cell, from, to) {
          const by = isCounted[to]! - isCounted[from]!;
          if (by === 0) return 0;
          const person = personOf[cell]!;
          return 2 * by * (has[person]! - shares[person]!) + 1;
        },
        assigned(cell, from, to) {
          has[personOf[cell]!]! += isCounted[to]! - isCounted[from]!;
        },
      });
    },
  };
}
