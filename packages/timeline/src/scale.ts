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

/** How a row is drawn: `year` in full, `strip` as density alone, `lens` with its timed blocks, `phone` low and coarse. */
export type Density = "year" | "phone" | "strip" | "lens";

/** How closely one looks: all months alike, as density or in full, or one month (its row, from 0) through the lens. */
export type Zoom =
  | { readonly step: "density" }
  | { readonly step: "year" }
  | { readonly step: "lens"; readonly row: number };

/** One month's row, CSS px from the grid's top. */
export type RowPlace = { readonly top: number; readonly height: number; readonly density: Density };

/** Pixels of the grid, CSS px. The grid itself begins at (0, 0), after the gutter and below the header. */
export type Scale = {
  readonly isPhone: boolean;
  readonly gutterStart: number;
  readonly gutterEnd: number;
  readonly header: number;
  readonly columnWidth: number;
  readonly rows: readonly RowPlace[];
  readonly gridWidth: number;
  readonly gridHeight: number;
};

export type Size = { readonly width: number; readonly height: number };

const YEAR = { gutterStart: 58, gutterEnd: 86, header: 30, foot: 8, columnMin: 19, rowMin: 62 } as const;
/** Below this width 37 columns of 19 px and their gutters do not fit: the phone's wider ones are panned instead. */
const PHONE_BELOW = YEAR.gutterStart + COLUMNS * YEAR.columnMin + YEAR.gutterEnd;
const PHONE = { gutterStart: 40, gutterEnd: 0, header: 24, foot: 3, columnWidth: 25, rowMin: 35, rowMax: 62 } as const;
const DENSITY_ROW = 30;
const BESIDE_LENS_ROW = 36;
const LENS_ROW = { min: 240, max: 420 } as const;

/**
 * The scale for a screen: columns fill the width down to 19 px, rows the height down to 62 px and scroll beyond.
 * Narrower than that, columns are 25 px and panned, rows 35 to 62 px. Never fewer cells, however closely one looks [TL1].
 */
export function scaleFor(size: Size, zoom: Zoom = { step: "year" }): Scale {
  const isPhone = size.width < PHONE_BELOW;
  const { gutterStart, gutterEnd, header, foot } = isPhone ? PHONE : YEAR;
  const columnWidth = isPhone ? PHONE.columnWidth : (size.width - gutterStart - gutterEnd) / COLUMNS;
  const rows = rowsFor(size.height - header - foot, zoom, isPhone);
  const gridHeight = rows[ROWS - 1]!.top + rows[ROWS - 1]!.height;
  return { isPhone, gutterStart, gutterEnd, header, columnWidth, rows, gridWidth: columnWidth * COLUMNS, gridHeight };
}

function rowsFor(height: number, zoom: Zoom, isPhone: boolean): RowPlace[] {
  const filling = Math.floor(height / ROWS);
  const plain = isPhone ? Math.min(PHONE.rowMax, Math.max(PHONE.rowMin, filling)) : Math.max(YEAR.rowMin, filling);
  const lens = Math.min(LENS_ROW.max, Math.max(LENS_ROW.min, height - (ROWS - 1) * BESIDE_LENS_ROW));
  const rows: RowPlace[] = [];
  let top = 0;
  for (let row = 0; row < ROWS; row++) {
    const place = placeOf(row);
    rows.push({ top, ...place });
    top += place.height;
  }
  return rows;

  function placeOf(row: number): Omit<RowPlace, "top"> {
    if (zoom.step === "year") return { height: plain, density: isPhone ? "phone" : "year" };
    if (zoom.step === "lens" && row === zoom.row) return { height: lens, density: "lens" };
    return { height: zoom.step === "lens" ? BESIDE_LENS_ROW : DENSITY_ROW, density: "strip" };
  }
}

/** Left edge of a column (0 to 37, the last being the grid's right edge) on whole pixels, so that lines stay sharp. */
export function columnLeft(scale: Pick<Scale, "columnWidth">, column: number): number {
  return Math.round(column * scale.columnWidth);
}

/** The row under a height of the grid, or null outside of it. */
export function rowAt({ rows }: Scale, y: number): number | null {
  if (!(y >= 0)) return null;
  const row = rows.findIndex(({ top, height }) => y < top + height);
  return row === -1 ? null : row;
}

/** Where a day's cell lies in the grid. */
export function boxOfDay(shape: YearShape, scale: Scale, day: number): Box {
  const { row, column } = cellOfDay(shape, day);
  const { top, height } = scale.rows[row]!;
  const x = columnLeft(scale, column);
  return { x, y: top, width: columnLeft(scale, column + 1) - x, height };
}

/** A rectangle, CSS px. */
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
