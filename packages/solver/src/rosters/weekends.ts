import { assert } from "@hourwright/std";
import { ruleOfPlaces } from "../constraint.ts";
import { cellsOf, wordsOf, type RosterConstraint, type Weighing } from "./constraint.ts";
import type { RosterModel } from "./model.ts";
import type { Roster } from "./roster.ts";

const SATURDAY = 6;

/** At most so many weekends at work, by person; one counts when either of its days is worked. A unit is a weekend too many. */
export function weekendsMost(roster: Roster, weighing: Weighing, most: Int32Array): RosterConstraint {
  const words = wordsOf(roster);
  assert(most.length === roster.people.length, "weekends: a number for each person");
  return {
    name: "weekends",
    ...weighing,
    reach: "person",
    on(model) {
      const { people, days, weekdayOf, dayOf, personOf } = model;
      const daysWorked = weekendDays(model);
      const weekends = new Int32Array(people);
      daysWorked.counts.forEach((count, place) => {
        if (count > 0) weekends[Math.floor(place / model.weeks)]! += 1;
      });
      return ruleOfPlaces({
        places: people,
        unitsAt: (person) => Math.max(0, weekends[person]! - most[person]!),
        breachAt: (person) => ({
          variables: cellsOf(model, person, 0, days).filter((cell) => weekdayOf[dayOf[cell]!]! >= SATURDAY),
          sentence: `${words.who(person)} works on ${weekends[person]} weekends; the most is ${most[person]}.`,
        }),
        concerns: (cell) => weekdayOf[dayOf[cell]!]! >= SATURDAY,
        delta(cell, from, to) {
          if ((from === 0) === (to === 0)) return 0;
          const person = personOf[cell]!;
          const count = daysWorked.counts[daysWorked.placeOf(cell)]!;
          if (from === 0) return count === 0 && weekends[person]! >= most[person]! ? 1 : 0;
          return count === 1 && weekends[person]! > most[person]! ? -1 : 0;
        },
        assigned(cell, from, to) {
          if ((from === 0) === (to === 0)) return;
          const place = daysWorked.placeOf(cell);
          const by = from === 0 ? 1 : -1;
          const count = (daysWorked.counts[place]! += by);
          if (count === (by === 1 ? 1 : 0)) weekends[personOf[cell]!]! += by;
        },
      });
    },
  };
}

/** Weekends are worked whole or not at all; a unit is a weekend with one day of two. */
export function wholeWeekends(roster: Roster, weighing: Weighing): RosterConstraint {
  const words = wordsOf(roster);
  return {
    name: "whole weekends",
    ...weighing,
    reach: "person",
    on({ values, days, weekdayOf, dayOf, personOf }) {
      const isSaturday = Uint8Array.from(weekdayOf, (weekday, day) => (weekday === SATURDAY && day < days - 1 ? 1 : 0));
      return ruleOfPlaces({
        places: values.length,
        unitsAt: (cell) =>
          isSaturday[dayOf[cell]!] === 1 && (values[cell] === 0) !== (values[cell + 1] === 0) ? 1 : 0,
        breachAt: (cell) => ({
          variables: [cell, cell + 1],
          sentence: `${words.who(personOf[cell]!)} works one day of the weekend of ${words.day(dayOf[cell]!)}.`,
        }),
        concerns: (cell) => isSaturday[dayOf[cell]!] === 1 || (dayOf[cell]! > 0 && isSaturday[dayOf[cell]! - 1] === 1),
        delta(cell, from, to) {
          if ((from === 0) === (to === 0)) return 0;
          const other = isSaturday[dayOf[cell]!] === 1 ? values[cell + 1] : values[cell - 1];
          return (to === 0) === (other === 0) ? -1 : 1;
        },
      });
    },
  };
}

/** The weekend days that people work: person × weeks + week. */
function weekendDays({ values, weeks, people, personOf, dayOf, weekOf, weekdayOf }: RosterModel) {
  const counts = new Int8Array(people * weeks);
  const placeOf = (cell: number) => personOf[cell]! * weeks + weekOf[dayOf[cell]!]!;
  values.forEach((value, cell) => {
    if (value !== 0 && weekdayOf[dayOf[cell]!]! >= SATURDAY) counts[placeOf(cell)]! += 1;
  });
  return { counts, placeOf };
}
