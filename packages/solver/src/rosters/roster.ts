import { assert } from "@hourwright/std";

/** A kind of shift: minutes from the midnight of its day; one that ends after midnight ends beyond 1,440. */
export type Shift = { readonly name: string; readonly startMinutes: number; readonly endMinutes: number };

/**
 * Who works when: people × days, each cell a day off (0) or a shift (its place in `shifts` + 1). Days are numbered from 0; days
 * that have passed belong to it too, locked, so that runs and rest across the first day are judged like all others.
 */
export type Roster = {
  readonly people: readonly string[];
  readonly days: number;
  /** The weekday of day 0: Monday 1 to Sunday 7. */
  readonly firstWeekday: number;
  readonly shifts: readonly Shift[];
  /** What stands now, people × days. */
  readonly start: Int32Array;
  /** Cells that may not change: 1 for locked, people × days. */
  readonly locked: Uint8Array;
};

/** The value of a day off. */
export const OFF = 0;

export const PEOPLE_MAX = 10_000;
export const DAYS_MAX = 1_000;
export const SHIFTS_MAX = 100;
const CELLS_MAX = 4_000_000;

/** A roster with nobody at work and nothing locked. */
export function emptyRoster(given: Omit<Roster, "start" | "locked">): Roster {
  const cells = given.people.length * given.days;
  return checkedRoster({ ...given, start: new Int32Array(cells), locked: new Uint8Array(cells) });
}

/** The roster, if it is one; a bug otherwise. */
export function checkedRoster(roster: Roster): Roster {
  const { people, days, shifts, firstWeekday, start, locked } = roster;
  assert(people.length >= 1 && people.length <= PEOPLE_MAX, `1 to ${PEOPLE_MAX} people: ${people.length}`);
  assert(Number.isInteger(days) && days >= 1 && days <= DAYS_MAX, `1 to ${DAYS_MAX} days: ${days}`);
  assert(shifts.length >= 1 && shifts.length <= SHIFTS_MAX, `1 to ${SHIFTS_MAX} shifts: ${shifts.length}`);
  assert(firstWeekday >= 1 && firstWeekday <= 7, `a weekday is 1 to 7: ${firstWeekday}`);
  assert(people.length * days <= CELLS_MAX, `people × days is at most ${CELLS_MAX}: ${people.length * days}`);
  assert(start.length === people.length * days, `a cell for each person and day: ${start.length}`);
  assert(locked.length === start.length, `a lock for each cell: ${locked.length}`);
  assert(
    start.every((value) => value >= OFF && value <= shifts.length),
    `cells are 0 to ${shifts.length}`,
  );
  for (const { name, startMinutes, endMinutes } of shifts) {
    assert(startMinutes >= 0 && endMinutes > startMinutes && endMinutes <= 2 * 1440, `${name} begins before it ends`);
  }
  return roster;
}
