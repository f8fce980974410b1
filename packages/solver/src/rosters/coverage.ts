import { assert } from "@hourwright/std";
import { ruleOfPlaces } from "../constraint.ts";
import { cellsOn, wordsOf, type RosterConstraint, type Weighing } from "./constraint.ts";
import type { RosterModel } from "./model.ts";
import type { Roster } from "./roster.ts";

/** People asked for: day × (shifts + 1) + value; the entry of a day off is not looked at. */
export type Demand = Int32Array;

/** Enough people on every shift of every day; a unit is a person who lacks. */
export function coverage(roster: Roster, weighing: Weighing, least: Demand): RosterConstraint {
  return ofCover(roster, "coverage", weighing, least, {
    units: (there, asked) => Math.max(0, asked - there),
    sentence: (there, asked) => `has ${there} of at least ${asked} people`,
    more: (there, asked) => (there < asked ? -1 : 0),
    fewer: (there, asked) => (there <= asked ? 1 : 0),
  });
}

/** Not more people than asked for; a unit is a person too many. */
export function overstaffing(roster: Roster, weighing: Weighing, most: Demand): RosterConstraint {
  return ofCover(roster, "overstaffing", weighing, most, {
    units: (there, asked) => Math.max(0, there - asked),
    sentence: (there, asked) => `has ${there} people, ${asked} at most`,
    more: (there, asked) => (there >= asked ? 1 : 0),
    fewer: (there, asked) => (there > asked ? -1 : 0),
  });
}

type Count = {
  units(there: number, asked: number): number;
  sentence(there: number, asked: number): string;
  /** The units that one more, or one fewer, would change. */
  more(there: number, asked: number): number;
  fewer(there: number, asked: number): number;
};

function ofCover(roster: Roster, name: string, weighing: Weighing, asked: Demand, count: Count): RosterConstraint {
  const words = wordsOf(roster);
  assert(asked.length === roster.days * (roster.shifts.length + 1), `${name}: a number for each day and value`);
  return {
    name,
    ...weighing,
    reach: "day",
    on(model: RosterModel) {
      const { cover, dayOf, kinds } = model;
      const { more, fewer } = count;
      return ruleOfPlaces({
        places: asked.length,
        unitsAt: (place) => (place % kinds === 0 ? 0 : count.units(cover[place]!, asked[place]!)),
        breachAt(place) {
          const [day, value] = [Math.floor(place / kinds), place % kinds];
          const sentence = `${words.shift(value)} on ${words.day(day)} ${count.sentence(cover[place]!, asked[place]!)}.`;
          return { variables: cellsOn(model, day, value), sentence };
        },
        delta(cell, from, to) {
          const row = dayOf[cell]! * kinds;
          const lost = from === 0 ? 0 : fewer(cover[row + from]!, asked[row + from]!);
          return to === 0 ? lost : lost + more(cover[row + to]!, asked[row + to]!);
        },
      });
    },
  };
}

/** Among those on a shift there are enough who hold something (a licence, a rank); counts of its own. A unit is one who lacks. */
export function holders(
  roster: Roster,
  weighing: Weighing,
  { what, holds, least }: { readonly what: string; readonly holds: Uint8Array; readonly least: Demand },
): RosterConstraint {
  const words = wordsOf(roster);
  assert(holds.length === roster.people.length, `${what}: yes or no for each person`);
  return {
    name: `enough with ${what}`,
    ...weighing,
    reach: "day",
    on(model) {
      const { values, dayOf, personOf, kinds } = model;
      const there = new Int32Array(least.length);
      const count = (cell: number, value: number, by: number) => {
        there[dayOf[cell]! * kinds + value]! += by;
      };
      values.forEach((value, cell) => holds[personOf[cell]!] === 1 && count(cell, value, 1));
      return ruleOfPlaces({
        places: least.length,
        unitsAt: (place) => (place % kinds === 0 ? 0 : Math.max(0, least[place]! - there[place]!)),
        breachAt(place) {
          const [day, value] = [Math.floor(place / kinds), place % kinds];
          const sentence = `${words.shift(value)} on ${words.day(day)} has ${there[place]} of ${least[place]} with ${what}.`;
          return { variables: cellsOn(model, day, value), sentence };
        },
        concerns: (cell) => holds[personOf[cell]!] === 1,
        delta(cell, from, to) {
          const row = dayOf[cell]! * kinds;
          const lost = from !== 0 && there[row + from]! <= least[row + from]! ? 1 : 0;
          return to !== 0 && there[row + to]! < least[row + to]! ? lost - 1 : lost;
        },
        assigned(cell, from, to) {
          count(cell, from, -1);
          count(cell, to, 1);
        },
      });
    },
  };
}
