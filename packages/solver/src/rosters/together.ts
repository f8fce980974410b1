import { assert } from "@hourwright/std";
import { ruleOfPlaces } from "../constraint.ts";
import { wordsOf, type RosterConstraint, type Weighing } from "./constraint.ts";
import type { Roster } from "./roster.ts";

/** Two people, by their place in the roster. */
export type Pair = readonly [first: number, second: number];

/** When the first works (an apprentice), the second (the mentor) is on the same shift; a unit is a day without. */
export function pairing(roster: Roster, weighing: Weighing, pairs: readonly Pair[]): RosterConstraint {
  const words = wordsOf(roster);
  return ofPairs(roster, "pairing", weighing, pairs, {
    units: (first, second) => (first !== 0 && first !== second ? 1 : 0),
    sentence: (first, second, day) => `${words.who(first)} works on ${words.day(day)} without ${words.who(second)}.`,
  });
}

/** Two people are never on the same shift; a unit is a day on which they are. */
export function separation(roster: Roster, weighing: Weighing, pairs: readonly Pair[]): RosterConstraint {
  const words = wordsOf(roster);
  return ofPairs(roster, "separation", weighing, pairs, {
    units: (first, second) => (first !== 0 && first === second ? 1 : 0),
    sentence: (first, second, day) =>
      `${words.who(first)} and ${words.who(second)} are on the same shift on ${words.day(day)}.`,
  });
}

type Kept = {
  /** The units of two people's values on a day. */
  units(first: number, second: number): number;
  sentence(first: number, second: number, day: number): string;
};

function ofPairs(
  roster: Roster,
  name: string,
  weighing: Weighing,
  pairs: readonly Pair[],
  { units, sentence }: Kept,
): RosterConstraint {
  const { days } = roster;
  const partners = partnersOf(roster.people.length, pairs);
  return {
    name,
    ...weighing,
    reach: "day",
    on({ values, personOf, dayOf }) {
      return ruleOfPlaces({
        places: pairs.length * days,
        unitsAt(place) {
          const [first, second] = pairs[Math.floor(place / days)]!;
          const day = place % days;
          return units(values[first * days + day]!, values[second * days + day]!);
        },
        breachAt(place) {
          const [first, second] = pairs[Math.floor(place / days)]!;
          const day = place % days;
          return { variables: [first * days + day, second * days + day], sentence: sentence(first, second, day) };
        },
        concerns: (cell) => partners.from[personOf[cell]!] !== partners.from[personOf[cell]! + 1],
        delta(cell, from, to) {
          const person = personOf[cell]!;
          let at = partners.from[person]!;
          const end = partners.from[person + 1]!;
          const day = dayOf[cell]!;
          let more = 0;
          for (; at < end; at++) {
            const other = values[partners.other[at]! * days + day]!;
            more +=
              partners.isFirst[at] === 1
                ? units(to, other) - units(from, other)
                : units(other, to) - units(other, from);
          }
          return more;
        },
      });
    },
  };
}

/** For each person the others he is paired with, in one list: `other[from[person]]` to `other[from[person + 1] − 1]`. */
function partnersOf(people: number, pairs: readonly Pair[]) {
  const lists: { other: number; isFirst: number }[][] = Array.from({ length: people }, () => []);
  for (const [first, second] of pairs) {
    assert(first !== second, `a pair is two people: ${first}`);
    lists[first]!.push({ other: second, isFirst: 1 });
    lists[second]!.push({ other: first, isFirst: 0 });
  }
  const from = new Int32Array(people + 1);
  lists.forEach((list, person) => (from[person + 1] = from[person]! + list.length));
  const all = lists.flat();
  return {
    from,
    other: Int32Array.from(all, ({ other }) => other),
    isFirst: Uint8Array.from(all, ({ isFirst }) => isFirst),
  };
}
