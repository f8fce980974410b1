import { dateOf, dayNumber, daysInMonth, weekdayOf } from "@hourwright/time";
import { assert } from "@hourwright/std";
import { type CivilDate } from "./civil.ts";

/** The shape of every year on every screen: twelve months, and the most columns a month can need, 6 + 31. */
export const ROWS = 12;
export const COLUMNS = 37;

/** Months of one year as they lie in the grid. Days of the year count from 0. */
export type MonthRow = {
  readonly month: number;
  readonly firstColumn: number;
  readonly firstDay: number;
  readonly days: number;
};

/** Where each day of a year stands, weekday under weekday. `firstWeekday` is 1 (Monday) to 7 (Sunday). */
export type YearShape = {
  readonly year: number;
  readonly firstWeekday: number;
  readonly firstEpochDay: number;
  readonly days: number;
  readonly months: readonly MonthRow[];
};

export type Cell = { readonly row: number; readonly column: number };

/** The grid of a year: the same 12 × 37 cells whatever the year and the first weekday [TL1]. O(1). */
export function yearShape(year: number, firstWeekday: number): YearShape {
  assert(Number.isInteger(year) && year >= 1 && year <= 9999, `a year is 1 to 9999: ${year}`);
  assert(Number.isInteger(firstWeekday) && firstWeekday >= 1 && firstWeekday <= 7, `no weekday: ${firstWeekday}`);
  const firstEpochDay = dayNumber(year, 1, 1);
  const months = Array.from({ length: ROWS }, (_, row): MonthRow => {
    const first = dayNumber(year, row + 1, 1);
    return {
      month: row + 1,
      firstColumn: (weekdayOf(first) - firstWeekday + 7) % 7,
      firstDay: first - firstEpochDay,
      days: daysInMonth(year, row + 1),
    };
  });
  return { year, firstWeekday, firstEpochDay, days: dayNumber(year + 1, 1, 1) - firstEpochDay, months };
}

/** The row that holds a day of the year. */
export function rowOfDay(shape: YearShape, day: number): number {
  assert(day >= 0 && day < shape.days, `day ${day} is not in ${shape.year}`);
  let row = Math.min(ROWS - 1, Math.floor(day / 28)); // Months have at least 28 days: this is never too early.
  while (shape.months[row]!.firstDay > day) row--;
  return row;
}

/** The cell of a day of the year [TL2]. */
export function cellOfDay(shape: YearShape, day: number): Cell {
  const row = rowOfDay(shape, day);
  const month = shape.months[row]!;
  return { row, column: month.firstColumn + day - month.firstDay };
}

/** The day of the year in a cell, or null where the month has none [TL2]. */
export function dayOfCell(shape: YearShape, { row, column }: Cell): number | null {
  const month = shape.months[row];
  if (month === undefined) return null;
  const day = column - month.firstColumn;
  return day >= 0 && day < month.days ? month.firstDay + day : null;
}

/** The date of a day of the year. */
export function dateOfDay(shape: YearShape, day: number): CivilDate {
  return dateOf(shape.firstEpochDay + day);
}

/** The day of the year of a date, or null when it lies in another year. */
export function dayOfDate(shape: YearShape, { year, month, day }: CivilDate): number | null {
  return year === shape.year ? dayNumber(year, month, day) - shape.firstEpochDay : null;
}

/** 1 (Monday) to 7 (Sunday) for each of the 37 columns. */
export function weekdayOfColumn(firstWeekday: number, column: number): number {
  return ((firstWeekday - 1 + column) % 7) + 1;
}

/** How cells are drawn: `year` has two lanes and a tall barcode, `phone` one lane in a low row. */
export type Density = "year" | "phone";

/** Pixels of the grid, CSS px. The grid itself begins at (0, 0), right of the gutter and below the header. */
export type Scale = {
  readonly density: Density;
  readonly gutterStart: number;
  readonly gutterEnd: number;
  readonly header: number;
  readonly columnWidth: number;
  readonly rowHeight: number;
  readonly gridWidth: number;
  readonly gridHeight: number;
};

export type Size = { readonly width: number; readonly height: number };

const YEAR = { gutterStart: 58, gutterEnd: 86, header: 30, foot: 8, columnMin: 19, rowMin: 62 } as const;
/** Below this width 37 columns of 19 px and their gutters do not fit: the phone's wider ones are panned instead. */
const PHONE_BELOW = YEAR.gutterStart + COLUMNS * YEAR.columnMin + YEAR.gutterEnd;
const PHONE = { gutterStart: 40, gutterEnd: 0, header: 24, columnWidth: 25, rowMin: 35, rowMax: 62 } as const;

/**
 * The scale for a screen: columns fill the width down to 19 px, rows the height down to 62 px and scroll beyond.
 * Narrower than that, columns are 25 px and panned, rows 35 to 62 px. Never fewer cells [TL1].
 */
export function scaleFor(size: Size): Scale {
  if (size.width < PHONE_BELOW) {
    const fillingHeight = Math.floor((size.height - PHONE.header - 3) / ROWS);
    const phoneRowHeight = Math.min(PHONE.rowMax, Math.max(PHONE.rowMin, fillingHeight));
    return {
      density: "phone",
      gutterStart: PHONE.gutterStart,
      gutterEnd: PHONE.gutterEnd,
      header: PHONE.header,
      columnWidth: PHONE.columnWidth,
      rowHeight: phoneRowHeight,
      gridWidth: COLUMNS * PHONE.columnWidth,
      gridHeight: ROWS * phoneRowHeight,
    };
  }
  const columnWidth = (size.width - YEAR.gutterStart - YEAR.gutterEnd) / COLUMNS;
  const rowHeight = Math.max(YEAR.rowMin, Math.floor((size.height - YEAR.header - YEAR.foot) / ROWS));
  return {
    density: "year",
    gutterStart: YEAR.gutterStart,
    gutterEnd: YEAR.gutterEnd,
    header: YEAR.header,
    columnWidth,
    rowHeight,
    gridWidth: columnWidth * COLUMNS,
    gridHeight: rowHeight * ROWS,
  };
}

/** Left edge of a column (0 to 37, the last being the grid's right edge) on whole pixels, so that lines stay sharp. */
export function columnLeft(scale: Scale, column: number): number {
  return Math.round(column * scale.columnWidth);
}

export function rowTop(scale: Scale, row: number): number {
  return row * scale.rowHeight;
}
