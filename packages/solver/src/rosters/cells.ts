import { assert } from "@hourwright/std";
import { ruleOfPlaces } from "../constraint.ts";
import { wordsOf, type RosterConstraint, type Weighing } from "./constraint.ts";
import type { Roster } from "./roster.ts";

// Constraints that look at one cell alone: skills, wishes, locks.

/** The table that says what a cell's value costs: cell or person × (shifts + 1) + value. */
type Units = Uint16Array;

/** Nobody on a shift for which he has not the skill; `lacks` is 1 where so: person × (shifts + 1) + value. */
export function skills(roster: Roster, weighing: Weighing, lacks: Uint8Array): RosterConstraint {
  const words = wordsOf(roster);
  const kinds = roster.shifts.length + 1;
  assert(lacks.length === roster.people.length * kinds, "skills: yes or no for each person and value");
  return {
    name: "skills",
    ...weighing,
    reach: "person",
    on({ values, personOf, dayOf }) {
      return ruleOfPlaces({
        places: values.length,
        concerns: (cell) => rowOf(lacks, personOf[cell]!, kinds).includes(1),
        unitsAt: (cell) => lacks[personOf[cell]! * kinds + values[cell]!]!,
        breachAt: (cell) => ({
          variables: [cell],
          sentence: `${words.who(personOf[cell]!)} has not the skill for ${words.shift(values[cell]!)} on ${words.day(dayOf[cell]!)}.`,
        }),
        delta(cell, from, to) {
          const row = personOf[cell]! * kinds;
          return lacks[row + to]! - lacks[row + from]!;
        },
      });
    },
  };
}

/** A wish for a day off: how much it matters, 1 to 1,000 units. */
export type DayOffWish = { readonly person: number; readonly day: number; readonly units: number };

/** Wishes for days off; broken by any shift. */
export function dayOffWishes(roster: Roster, weighing: Weighing, wishes: readonly DayOffWish[]): RosterConstraint {
  const words = wordsOf(roster);
  const wished = new Uint16Array(roster.start.length);
  for (const { person, day, units } of wishes) wished[person * roster.days + day] = checkedUnits(units);
  return {
    name: "days off wished for",
    ...weighing,
    reach: "person",
    on({ values, personOf, dayOf }) {
      return ruleOfPlaces({
        places: values.length,
        concerns: (cell) => wished[cell] !== 0,
        unitsAt: (cell) => (values[cell] === 0 ? 0 : wished[cell]!),
        breachAt: (cell) => ({
          variables: [cell],
          sentence: `${words.who(personOf[cell]!)} asked for ${words.day(dayOf[cell]!)} off and works ${words.shift(values[cell]!)}.`,
        }),
        delta(cell, from, to) {
          if (from === 0) return wished[cell]!;
          return to === 0 ? -wished[cell]! : 0;
        },
      });
    },
  };
}

/** A wish for a shift on a day, or against one. */
export type ShiftWish = DayOffWish & { readonly value: number; readonly isAgainst: boolean };

/** Wishes for and against single shifts. Several about one cell add up. */
export function shiftWishes(roster: Roster, weighing: Weighing, wishes: readonly ShiftWish[]): RosterConstraint {
  const words = wordsOf(roster);
  const kinds = roster.shifts.length + 1;
  const costs: Units = new Uint16Array(roster.start.length * kinds);
  for (const { person, day, value, units, isAgainst } of wishes) {
    for (let other = 0; other < kinds; other++) {
      if ((other === value) === isAgainst) costs[(person * roster.days + day) * kinds + other]! += checkedUnits(units);
    }
  }
  return {
    name: "shifts wished for",
    ...weighing,
    reach: "person",
    on({ values, personOf, dayOf }) {
      return ruleOfPlaces({
        places: values.length,
        concerns: (cell) => rowOf(costs, cell, kinds).some((units) => units !== 0),
        unitsAt: (cell) => costs[cell * kinds + values[cell]!]!,
        breachAt: (cell) => ({
          variables: [cell],
          sentence: `${words.who(personOf[cell]!)} wished otherwise than ${words.shift(values[cell]!)} on ${words.day(dayOf[cell]!)}.`,
        }),
        delta: (cell, from, to) => costs[cell * kinds + to]! - costs[cell * kinds + from]!,
      });
    },
  };
}

/** What is locked is as it stood. No move of ours touches it; this one judges plans that come from elsewhere. */
export function locks(roster: Roster, weighing: Weighing): RosterConstraint {
  const words = wordsOf(roster);
  const { locked, start } = roster;
  return {
    name: "locked",
    ...weighing,
    reach: "person",
    on({ values, personOf, dayOf }) {
      return ruleOfPlaces({
        places: values.length,
        concerns: (cell) => locked[cell] === 1,
        unitsAt: (cell) => (locked[cell] === 1 && values[cell] !== start[cell] ? 1 : 0),
        breachAt: (cell) => ({
          variables: [cell],
          sentence: `${words.who(personOf[cell]!)} is locked to ${words.shift(start[cell]!)} on ${words.day(dayOf[cell]!)}.`,
        }),
        delta: (cell, from, to) => (to === start[cell] ? 0 : 1) - (from === start[cell] ? 0 : 1),
      });
    },
  };
}

const rowOf = <T extends Uint8Array | Uint16Array>(table: T, row: number, width: number) =>
  table.subarray(row * width, (row + 1) * width);

const UNITS_MAX = 1_000;

function checkedUnits(units: number): number {
  assert(Number.isInteger(units) && units >= 1 && units <= UNITS_MAX, `a wish has 1 to ${UNITS_MAX} units: ${units}`);
  return units;
}
