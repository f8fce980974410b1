import type { Constraint } from "../constraint.ts";
import type { RosterModel } from "./model.ts";
import type { Roster } from "./roster.ts";

/**
 * How far a constraint of rosters sees: `person`: its units add up over people, each by that person's row alone; `day`: over
 * days, each by that day's column alone; `roster`: anything. Exact search takes a roster apart by it.
 */
export type Reach = "person" | "day" | "roster";

export type RosterConstraint = Constraint<RosterModel> & { readonly reach: Reach };

export type Weighing = { readonly level: "hard" | "soft"; readonly weight: number };

export const HARD: Weighing = { level: "hard", weight: 1 };

export const soft = (weight: number): Weighing => ({ level: "soft", weight });

/** How sentences call people, days and shifts. */
export const wordsOf = (roster: Roster) => ({
  who: (person: number) => roster.people[person]!,
  day: (day: number) => `day ${day + 1}`,
  shift: (value: number) => (value === 0 ? "off" : roster.shifts[value - 1]!.name),
});

/** The cells of a person from day to day (the last not included). */
export const cellsOf = (model: RosterModel, person: number, fromDay: number, toDay: number): number[] =>
  Array.from({ length: Math.max(0, toDay - fromDay) }, (_, i) => person * model.days + fromDay + i);

/** The cells of a day that have a value. */
export function cellsOn(model: RosterModel, day: number, value: number): number[] {
  const cells: number[] = [];
  for (let person = 0; person < model.people; person++) {
    if (model.values[person * model.days + day] === value) cells.push(person * model.days + day);
  }
  return cells;
}
