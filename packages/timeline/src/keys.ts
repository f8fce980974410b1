import { assert } from "@hourwright/std";
import { cellOfDay, rowOfDay, ROWS, type YearShape } from "./scale.ts";

/** The keys that move through the days of a year, by their `KeyboardEvent.key`. */
export type DayKey = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown" | "Home" | "End" | "PageUp" | "PageDown";

const ROWS_PER_PAGE = 3;

/**
 * The day of the year a key leads to [TL10]: left and right by a day; up and down in the same weekday column, to the
 * nearest day where the month has none there; Home and End to the ends of the month; the pages by three
 * months. At the edges of the year it stays inside.
 */
export function dayAfterKey(shape: YearShape, day: number, key: DayKey): number {
  assert(day >= 0 && day < shape.days, `day ${day} is not in ${shape.year}`);
  const month = shape.months[rowOfDay(shape, day)]!;
  switch (key) {
    case "ArrowLeft":
      return Math.max(0, day - 1);
    case "ArrowRight":
      return Math.min(shape.days - 1, day + 1);
    case "ArrowUp":
      return sameColumn(shape, day, -1);
    case "ArrowDown":
      return sameColumn(shape, day, 1);
    case "Home":
      return month.firstDay;
    case "End":
      return month.firstDay + month.days - 1;
    case "PageUp":
      return sameColumn(shape, day, -ROWS_PER_PAGE);
    case "PageDown":
      return sameColumn(shape, day, ROWS_PER_PAGE);
  }
}

export function isDayKey(key: string): key is DayKey {
  return /^(Arrow(Left|Right|Up|Down)|Home|End|Page(Up|Down))$/.test(key);
}

function sameColumn(shape: YearShape, day: number, rows: number): number {
  const { row, column } = cellOfDay(shape, day);
  const target = Math.min(ROWS - 1, Math.max(0, row + rows));
  if (target === row) return day;
  const month = shape.months[target]!;
  return month.firstDay + Math.min(month.days - 1, Math.max(0, column - month.firstColumn));
}
