import type { YearShape } from "@hourwright/timeline";
import type { DaySpan } from "../data/week-span.ts";

/** Where days of a year stand on the screen, by the cells of its grid; null when they are not there. */
export function boxOfDays({ firstEpochDay }: YearShape, { firstDay, days }: DaySpan): DOMRect | null {
  const boxes = Array.from({ length: days }, (_, index) =>
    document
      .querySelector(`[role="gridcell"][data-day="${firstDay + index - firstEpochDay}"]`)
      ?.getBoundingClientRect(),
  ).filter((box) => box !== undefined);
  const [first, last] = [boxes[0], boxes.at(-1)];
  // A week over the turn of a month lies in two rows: it comes out of the first day's.
  if (first === undefined || last === undefined) return null;
  const [left, right] = [Math.min(first.left, last.left), Math.max(first.right, last.right)];
  return first.top === last.top ? new DOMRect(left, first.top, right - left, first.height) : first;
}
