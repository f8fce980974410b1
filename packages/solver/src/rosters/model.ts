import type { Model } from "../constraint.ts";
import { OFF, type Roster } from "./roster.ts";

/**
 * A roster at work: its cells (`values`), and what many constraints ask about. Cell = person × `days` + day; a value is a day off
 * (0) or a shift (1 to `shifts`), and `kinds` = shifts + 1 is the width of tables by value.
 */
export type RosterModel = Model & {
  readonly people: number;
  readonly days: number;
  readonly weeks: number;
  readonly kinds: number;
  readonly personOf: Int32Array;
  readonly dayOf: Int32Array;
  /** The week of a day, Monday to Sunday; the first and the last may be cut. */
  readonly weekOf: Int32Array;
  /** 1 Monday … 7 Sunday. */
  readonly weekdayOf: Uint8Array;
  /** Minutes of a value. */
  readonly minutesOf: Int32Array;
  /** People on a value: day × kinds + value. */
  readonly cover: Int32Array;
  /** Minutes a person works in a week: person × weeks + week. */
  readonly weekMinutes: Int32Array;
};

export function rosterModel(roster: Roster, values: Int32Array): RosterModel {
  const { days, shifts, firstWeekday } = roster;
  const people = roster.people.length;
  const kinds = shifts.length + 1;
  const calendar = calendarOf(days, firstWeekday);
  const { weekOf, weeks } = calendar;
  const cells = values.slice();
  const personOf = Int32Array.from(cells, (_, cell) => Math.floor(cell / days));
  const dayOf = Int32Array.from(cells, (_, cell) => cell % days);
  const minutesOf = Int32Array.of(OFF, ...shifts.map(({ startMinutes, endMinutes }) => endMinutes - startMinutes));
  const cover = new Int32Array(days * kinds);
  const weekMinutes = new Int32Array(people * weeks);
  for (const [cell, value] of cells.entries()) {
    cover[dayOf[cell]! * kinds + value]! += 1;
    weekMinutes[personOf[cell]! * weeks + weekOf[dayOf[cell]!]!]! += minutesOf[value]!;
  }
  return {
    values: cells,
    people,
    days,
    weeks,
    kinds,
    personOf,
    dayOf,
    weekOf,
    weekdayOf: calendar.weekdayOf,
    minutesOf,
    cover,
    weekMinutes,
    assign(cell, to) {
      const from = cells[cell]!;
      const day = dayOf[cell]!;
      cells[cell] = to;
      cover[day * kinds + from]! -= 1;
      cover[day * kinds + to]! += 1;
      weekMinutes[personOf[cell]! * weeks + weekOf[day]!]! += minutesOf[to]! - minutesOf[from]!;
    },
  };
}

/** Weeks and weekdays of days that begin at a weekday. */
export function calendarOf(days: number, firstWeekday: number) {
  const weekOf = Int32Array.from({ length: days }, (_, day) => Math.floor((firstWeekday - 1 + day) / 7));
  const weekdayOf = Uint8Array.from({ length: days }, (_, day) => ((firstWeekday - 1 + day) % 7) + 1);
  return { weekOf, weekdayOf, weeks: weekOf[days - 1]! + 1 };
}
