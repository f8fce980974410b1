import { assert } from "@hourwright/std";
import { ruleOfPlaces } from "../constraint.ts";
import { cellsOf, wordsOf, type RosterConstraint, type Weighing } from "./constraint.ts";
import type { RosterModel } from "./model.ts";
import type { Roster } from "./roster.ts";

/** At most so many minutes a week (Monday to Sunday), by person; a unit is an hour begun too many. */
export function weekHoursMost(roster: Roster, weighing: Weighing, minutes: Int32Array): RosterConstraint {
  return ofWeeks(roster, "most hours a week", weighing, minutes, (worked, limit) => hoursBegun(worked - limit));
}

/** At least so many minutes a week, by person; a unit is an hour begun that lacks. Weeks cut by the roster's ends are not asked. */
export function weekHoursLeast(roster: Roster, weighing: Weighing, minutes: Int32Array): RosterConstraint {
  return ofWeeks(roster, "least hours a week", weighing, minutes, (worked, limit) => hoursBegun(limit - worked), true);
}

const hoursBegun = (minutes: number): number => (minutes > 0 ? ((minutes + 59) / 60) | 0 : 0);

function ofWeeks(
  roster: Roster,
  name: string,
  weighing: Weighing,
  limits: Int32Array,
  units: (worked: number, limit: number) => number,
  isWholeWeeksOnly = false,
): RosterConstraint {
  const words = wordsOf(roster);
  assert(limits.length === roster.people.length, `${name}: minutes for each person`);
  return {
    name,
    ...weighing,
    reach: "person",
    on(model: RosterModel) {
      const { weekMinutes, weeks, weekOf, personOf, dayOf, minutesOf } = model;
      const daysIn = new Int32Array(weeks);
      for (const week of weekOf) daysIn[week]! += 1;
      const counts = Uint8Array.from(daysIn, (days) => (days === 7 || !isWholeWeeksOnly ? 1 : 0));
      return ruleOfPlaces({
        places: weekMinutes.length,
        unitsAt: (place) =>
          counts[place % weeks] === 0 ? 0 : units(weekMinutes[place]!, limits[Math.floor(place / weeks)]!),
        breachAt(place) {
          const [person, week] = [Math.floor(place / weeks), place % weeks];
          const first = weekOf.indexOf(week);
          const hours = (minutes: number) => Math.round(minutes / 6) / 10;
          return {
            variables: cellsOf(model, person, first, first + daysIn[week]!),
            sentence: `${words.who(person)} works ${hours(weekMinutes[place]!)} hours in the week of ${words.day(first)}; the limit is ${hours(limits[person]!)}.`,
          };
        },
        delta(cell, from, to) {
          const by = minutesOf[to]! - minutesOf[from]!;
          const week = weekOf[dayOf[cell]!]!;
          if (by === 0 || counts[week] === 0) return 0;
          const person = personOf[cell]!;
          const worked = weekMinutes[person * weeks + week]!;
          const limit = limits[person]!;
          return units(worked + by, limit) - units(worked, limit);
        },
      });
    },
  };
}
