/** The mark: three bars of a day, on a square of 20 units; from where each goes to the right, and how far. */
export const MARK_LINES: readonly { readonly x: number; readonly y: number; readonly width: number }[] = [
  { x: 4, y: 5, width: 7 },
  { x: 8, y: 10, width: 8 },
  { x: 5, y: 15, width: 6 },
];
export const MARK_UNITS = 20;
export const MARK_STROKE = 2;

/** The mark as the path of an SVG, `by` units from the corner. */
export function markPath(by = 0): string {
  return MARK_LINES.map(({ x, y, width }) => `M${x + by} ${y + by}h${width}`).join("");
}
