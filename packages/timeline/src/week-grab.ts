import type { Point } from "./hit.ts";
import type { Frame, PlacedBar, PlacedBlock, WeekThing } from "./week-place.ts";
import { weekDayAt, weekMinuteAt, type WeekScale } from "./week-scale.ts";

/** The two parts of a week that hold events: the minutes, and the lane of whole days above them. */
export type WeekPart = "hours" | "lane";

/** What lies under a point of a week, and where of it one takes hold. `day` counts from the axis's first. */
export type WeekGrab =
  | {
      readonly what: "block";
      readonly thing: WeekThing;
      readonly edge: "start" | "end" | null;
      readonly day: number;
      /** The minute of the axis at which it was taken. */
      readonly minute: number;
    }
  | {
      readonly what: "bar";
      readonly thing: WeekThing;
      readonly edge: "start" | "end" | null;
      readonly day: number;
    }
  | { readonly what: "minute"; readonly day: number; readonly minute: number }
  | { readonly what: "day"; readonly day: number };

/** Taken this near to its end, a block or bar is resized. */
const EDGE_PX = 5;

/** What is under a point: a block or bar, else a minute of the hours or a day of the lane [TL27]. O(blocks or bars). */
export function weekGrabAt(
  scale: WeekScale,
  { blocks, bars }: { readonly blocks: readonly PlacedBlock[]; readonly bars: readonly PlacedBar[] },
  part: WeekPart,
  point: Point,
): WeekGrab {
  const day = weekDayAt(scale, point.x);
  if (part === "lane") {
    const bar = bars.find(({ frame }) => isIn(frame, point));
    if (bar === undefined) return { what: "day", day };
    const edge = edgeOf(point.x, bar.frame.x, bar.frame.width, bar);
    return { what: "bar", thing: bar.thing, edge, day };
  }
  const minute = weekMinuteAt(scale, point.y);
  const block = blocks.find(({ frame }) => isIn(frame, point));
  if (block === undefined) return { what: "minute", day, minute };
  const edge = edgeOf(point.y, block.frame.y, block.frame.height, block);
  return { what: "block", thing: block.thing, edge, day: block.day, minute };
}

function edgeOf(
  at: number,
  from: number,
  length: number,
  { hasStart, hasEnd }: { readonly hasStart: boolean; readonly hasEnd: boolean },
): "start" | "end" | null {
  const reach = Math.min(EDGE_PX, length / 4); // What is short can still be moved.
  if (hasStart && at - from < reach) return "start";
  return hasEnd && from + length - at < reach ? "end" : null;
}

function isIn({ x, y, width, height }: Frame, point: Point): boolean {
  return point.x >= x && point.x < x + width && point.y >= y && point.y < y + height;
}
