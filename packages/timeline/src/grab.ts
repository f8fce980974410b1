import type { Point } from "./hit.ts";
import { dayAt } from "./hit.ts";
import { packBlocks } from "./packing.ts";
import type { Bar, Block, YearPicture } from "./picture.ts";
import { frameOfBar } from "./plan-bars.ts";
import { blocksUnderLens, minuteAt, uprightAt } from "./plan-blocks.ts";
import { bandsOfRow, overflowOf, placedIn } from "./plan-month.ts";
import { boxOfDay, rowOfDay } from "./scale.ts";

/** What lies under a point of the year, and where of it one takes hold. */
export type Grab =
  | { readonly what: "bar"; readonly bar: Bar; readonly edge: Edge; readonly day: number }
  | {
      readonly what: "block";
      readonly block: Block;
      readonly edge: Edge;
      readonly day: number;
      readonly minute: number;
    }
  /** The sign that says how many bars a day does not show. */
  | { readonly what: "overflow"; readonly day: number }
  /** `minute` of the day where the row shows minutes: under the lens; null elsewhere. */
  | { readonly what: "day"; readonly day: number; readonly minute: number | null };

type Edge = "start" | "end" | null;

/** Taken this near to its end, a bar or block is resized. */
const EDGE_PX = 5;
const OVERFLOW_WIDTH = 16;

/** What is under a point, nearest first: a bar, a block, a day's `+n`, a day; null outside of the months. O(bars of the month). */
export function grabAt(picture: YearPicture, point: Point): Grab | null {
  const { shape, scale, layers } = picture;
  const day = dayAt(shape, scale, point);
  if (day === null) return null;
  const row = rowOfDay(shape, day);
  const month = shape.months[row]!;
  const y = point.y - scale.rows[row]!.top;
  const placed = layers.has("events") ? placedIn(picture.bars, month) : [];
  const bands = bandsOfRow(picture, row, placed);
  for (const { bar, lane } of placed) {
    if (lane >= bands.lanes) continue;
    const frame = frameOfBar(picture, month, bands, bar, lane);
    if (!isIn(frame, point.x, y)) continue;
    const hasStart = bar.fromDay >= month.firstDay;
    const hasEnd = bar.toDay <= month.firstDay + month.days;
    return { what: "bar", bar, edge: edgeOf(point.x, frame.x, frame.width, hasStart, hasEnd), day };
  }
  const cell = boxOfDay(shape, scale, day);
  if (y < bands.laneTop && point.x >= cell.x + cell.width - OVERFLOW_WIDTH) {
    if (overflowOf(placed, month, bands.lanes)[day - month.firstDay]! > 0) return { what: "overflow", day };
  }
  if (bands.blocks === null || y < bands.blocks.top) return { what: "day", day, minute: null };
  const minute = minuteAt(bands.blocks, y);
  for (const { block, column, columns } of packBlocks(blocksUnderLens(picture, day))) {
    const width = (cell.width - 3) / columns;
    const frame = { x: cell.x + 2 + column * width, width, ...uprightAt(bands.blocks, block) };
    if (isIn(frame, point.x, y))
      return { what: "block", block, edge: edgeOf(y, frame.y, frame.height, true, true), day, minute };
  }
  return { what: "day", day, minute };
}

function edgeOf(at: number, from: number, length: number, hasStart: boolean, hasEnd: boolean): Edge {
  const reach = Math.min(EDGE_PX, length / 4); // What is short can still be moved.
  if (hasStart && at - from < reach) return "start";
  return hasEnd && from + length - at < reach ? "end" : null;
}

function isIn(
  { x, y, width, height }: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  atX: number,
  atY: number,
): boolean {
  return atX >= x && atX < x + width && atY >= y && atY < y + height;
}
