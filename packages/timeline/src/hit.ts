import { columnLeft, COLUMNS, dayOfCell, rowAt, type Cell, type Scale, type YearShape } from "./scale.ts";

/** A point of the grid, CSS px from its top and its inline start (gutter and header lie outside, at negative places). */
export type Point = { readonly x: number; readonly y: number };

/** The cell under a point, or null outside the grid. The exact inverse of `columnLeft` and the rows [TL3]. */
export function cellAt(scale: Scale, { x, y }: Point): Cell | null {
  const row = rowAt(scale, y);
  if (row === null) return null;
  let column = Math.floor(x / scale.columnWidth);
  // Column edges are rounded to whole pixels: the guess is off by at most one.
  if (column >= 0 && columnLeft(scale, column) > x) column--;
  else if (column + 1 <= COLUMNS && columnLeft(scale, column + 1) <= x) column++;
  if (column < 0 || column >= COLUMNS) return null;
  return { row, column };
}

/** The day of the year under a point, or null where there is none. */
export function dayAt(shape: YearShape, scale: Scale, point: Point): number | null {
  const cell = cellAt(scale, point);
  return cell === null ? null : dayOfCell(shape, cell);
}
