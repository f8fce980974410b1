import { ruleOfPlaces } from "../constraint.ts";
import { wordsOf, type RosterConstraint, type Weighing } from "./constraint.ts";
import type { Roster, Shift } from "./roster.ts";

// Constraints about two days in a row.

/** Enough rest from the end of one shift to the beginning of the next day's; a unit is an hour begun that lacks. At most 24 hours. */
export function rest(roster: Roster, weighing: Weighing, leastMinutes: number): RosterConstraint {
  const words = wordsOf(roster);
  return ofPairs(roster, "rest", weighing, {
    units: (today, next) => Math.ceil(Math.max(0, leastMinutes - restMinutes(today, next)) / 60),
    sentence: (person, day, from, to) =>
      `${words.who(person)} has not ${leastMinutes / 60} hours between ${words.shift(from)} on ${words.day(day)} and ${words.shift(to)}.`,
  });
}

/** From the end of a shift to the beginning of one on the next day. */
const restMinutes = (today: Shift, next: Shift): number => next.startMinutes + 1440 - today.endMinutes;

/** Shifts that may not follow one another on two days; values, not places. A unit for each time. */
export function successions(
  roster: Roster,
  weighing: Weighing,
  forbidden: readonly (readonly [from: number, to: number])[],
): RosterConstraint {
  const words = wordsOf(roster);
  const kinds = roster.shifts.length + 1;
  const set = new Set(forbidden.map(([from, to]) => from * kinds + to));
  return ofPairs(roster, "forbidden successions", weighing, {
    units: (_today, _next, from, to) => (set.has(from * kinds + to) ? 1 : 0),
    sentence: (person, day, from, to) =>
      `${words.who(person)} has ${words.shift(from)} on ${words.day(day)} and ${words.shift(to)} after it.`,
  });
}

type Pairs = {
  /** The units of two shifts on two days in a row. */
  units(today: Shift, next: Shift, from: number, to: number): number;
  sentence(person: number, day: number, from: number, to: number): string;
};

function ofPairs(roster: Roster, name: string, weighing: Weighing, pairs: Pairs): RosterConstraint {
  const { shifts, days } = roster;
  const kinds = shifts.length + 1;
  const units = new Uint8Array(kinds * kinds); // [today × kinds + next]; with a day off on either side nothing is broken.
  for (const [a, today] of shifts.entries()) {
    for (const [b, next] of shifts.entries()) {
      units[(a + 1) * kinds + b + 1] = pairs.units(today, next, a + 1, b + 1);
    }
  }
  const last = days - 1;
  return {
    name,
    ...weighing,
    reach: "person",
    on({ values, dayOf, personOf }) {
      return ruleOfPlaces({
        places: values.length,
        unitsAt: (cell) => (dayOf[cell] === last ? 0 : units[values[cell]! * kinds + values[cell + 1]!]!),
        breachAt: (cell) => ({
          variables: [cell, cell + 1],
          sentence: pairs.sentence(personOf[cell]!, dayOf[cell]!, values[cell]!, values[cell + 1]!),
        }),
        delta(cell, from, to) {
          const day = dayOf[cell]!;
          let more = 0;
          if (day > 0) {
            const row = values[cell - 1]! * kinds;
            more = units[row + to]! - units[row + from]!;
          }
          if (day === last) return more;
          const next = values[cell + 1]!;
          return more + units[to * kinds + next]! - units[from * kinds + next]!;
        },
      });
    },
  };
}
