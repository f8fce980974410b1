import { assert } from "@hourwright/std";
import { ruleOfPlaces } from "../constraint.ts";
import { cellsOf, wordsOf, type RosterConstraint, type Weighing } from "./constraint.ts";
import type { RosterModel } from "./model.ts";
import type { Roster } from "./roster.ts";

/** At most so many days of work in a row, by person; a unit is a day too many. */
export function daysInRow(roster: Roster, weighing: Weighing, most: Int32Array): RosterConstraint {
  const words = wordsOf(roster);
  assert(most.length === roster.people.length, "days in a row: a number for each person");
  return {
    name: "days in a row",
    ...weighing,
    reach: "person",
    on(model) {
      const { values, days, personOf } = model;
      return ruleOfPlaces({
        places: values.length,
        unitsAt: (cell) => excess(runEndingAt(model, cell, isWork), most[personOf[cell]!]!),
        breachAt: (cell) =>
          runBreach(model, cell, isWork, (person, length) => {
            return `${words.who(person)} works ${length} days in a row; the most is ${most[person]}.`;
          }),
        delta(cell, from, to) {
          if ((from === 0) === (to === 0)) return 0;
          const person = personOf[cell]!;
          const limit = most[person]!;
          const first = person * days;
          const end = first + days;
          let before = cell;
          while (before > first && values[before - 1] !== 0) before--;
          let after = cell + 1;
          while (after < end && values[after] !== 0) after++;
          const more = excess(after - before, limit) - excess(cell - before, limit) - excess(after - cell - 1, limit);
          return from === 0 ? more : -more;
        },
      });
    },
  };
}

/** At most so many of one shift in a row; `most` by value (0 for no limit). A unit is a day too many. */
export function sameInRow(roster: Roster, weighing: Weighing, most: Int32Array): RosterConstraint {
  const words = wordsOf(roster);
  assert(most.length === roster.shifts.length + 1, "shifts in a row: a number for each value");
  const limits = most.map((limit, value) => (limit === 0 || value === 0 ? roster.days : limit));
  return {
    name: "shifts of a kind in a row",
    ...weighing,
    reach: "person",
    on(model) {
      const { values, days, personOf } = model;
      const isSame = (a: number, b: number) => a === b;
      /** The units that a value at this cell joins to what stands beside it. */
      const joined = (cell: number, value: number, first: number, end: number): number => {
        const limit = limits[value]!;
        let before = cell;
        while (before > first && values[before - 1] === value) before--;
        let after = cell + 1;
        while (after < end && values[after] === value) after++;
        return excess(after - before, limit) - excess(cell - before, limit) - excess(after - cell - 1, limit);
      };
      return ruleOfPlaces({
        places: values.length,
        unitsAt: (cell) => (values[cell] === 0 ? 0 : excess(runEndingAt(model, cell, isSame), limits[values[cell]!]!)),
        breachAt: (cell) =>
          runBreach(model, cell, isSame, (person, length) => {
            return `${words.who(person)} has ${words.shift(values[cell]!)} ${length} times in a row; the most is ${most[values[cell]!]}.`;
          }),
        delta(cell, from, to) {
          const first = personOf[cell]! * days;
          const end = first + days;
          const lost = from === 0 ? 0 : joined(cell, from, first, end);
          return to === 0 ? -lost : joined(cell, to, first, end) - lost;
        },
      });
    },
  };
}

const excess = (length: number, limit: number): number => (length > limit ? length - limit : 0);

const isWork = (a: number, b: number): boolean => a !== 0 && b !== 0;

/** The length of the run that ends at a cell; 0 when it goes on, or when the cell is off. */
function runEndingAt({ values, dayOf, days }: RosterModel, cell: number, joins: (a: number, b: number) => boolean) {
  const value = values[cell]!;
  if (value === 0 || (dayOf[cell]! < days - 1 && joins(value, values[cell + 1]!))) return 0;
  let length = 1;
  while (length <= dayOf[cell]! && joins(value, values[cell - length]!)) length++;
  return length;
}

function runBreach(
  model: RosterModel,
  cell: number,
  joins: (a: number, b: number) => boolean,
  sentence: (person: number, length: number) => string,
) {
  const length = runEndingAt(model, cell, joins);
  const [person, day] = [model.personOf[cell]!, model.dayOf[cell]!];
  return { variables: cellsOf(model, person, day + 1 - length, day + 1), sentence: sentence(person, length) };
}
