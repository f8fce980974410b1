import { packBlocks, packLanes } from "./packing.ts";
import { rangeOn, type MinuteRange, type WeekAxis } from "./week-axis.ts";
import { roomOfDay, weekUpright, type WeekScale } from "./week-scale.ts";

/** Something in time: exact, and as epoch days of the wall, half-open. */
export type WeekThing = {
  readonly id: string;
  readonly allDay: boolean;
  readonly startMs: number;
  readonly endMs: number;
  readonly fromDay: number;
  readonly toDay: number;
};

export type Frame = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** What of a thing stands in one day's column. */
export type PlacedBlock = MinuteRange & {
  readonly thing: WeekThing;
  readonly day: number;
  readonly column: number;
  readonly columns: number;
  /** Whether it begins, and ends, on this day: only then can that end be taken hold of. */
  readonly hasStart: boolean;
  readonly hasEnd: boolean;
  readonly frame: Frame;
};

/** Blocks of a day that there is no room for, counted where they would be. */
export type Crowd = MinuteRange & { readonly day: number; readonly count: number; readonly frame: Frame };

const BLOCK_HEIGHT_MIN = 15;
const COLUMN_WIDTH_MIN = 24;
const BETWEEN = 2;

/**
 * The timed things of an axis side by side [TL24]: none covers another, none is lower than its title. Where a stretch has
 * more columns than can be pressed, the last of those that fit counts the others. O(things × days + n log n).
 */
export function placeBlocks(
  axis: WeekAxis,
  scale: WeekScale,
  things: readonly WeekThing[],
): { readonly blocks: PlacedBlock[]; readonly crowds: Crowd[] } {
  const blocks: PlacedBlock[] = [];
  const crowds: Crowd[] = [];
  for (let day = 0; day < axis.days; day++) {
    const room = roomOfDay(scale, day);
    const columnsMax = Math.max(2, Math.floor(room.width / COLUMN_WIDTH_MIN));
    let crowd: Crowd | null = null;
    const close = () => {
      if (crowd !== null) crowds.push(crowd);
      crowd = null;
    };
    for (const { block, column, columns } of packBlocks(piecesOf(axis, scale, things, day))) {
      const shown = Math.min(columns, columnsMax);
      const isCrowded = columns > columnsMax && column >= columnsMax - 1;
      const frame = frameIn(scale, room, block, isCrowded ? shown - 1 : column, shown);
      if (!isCrowded) {
        const { thing, range, hasStart, hasEnd } = block;
        blocks.push({ thing, day, ...range, column, columns: shown, hasStart, hasEnd, frame });
        continue;
      }
      if (crowd !== null && block.fromMinute >= crowd.toMinute) close();
      crowd = crowd === null ? { ...rangeOf(block), day, count: 1, frame } : grown(scale, crowd, block);
    }
    close();
  }
  return { blocks, crowds };
}

type Piece = MinuteRange & {
  readonly id: string;
  readonly thing: WeekThing;
  /** The minutes it has; as a piece it is as long as it is drawn. */
  readonly range: MinuteRange;
  readonly hasStart: boolean;
  readonly hasEnd: boolean;
};

function piecesOf(axis: WeekAxis, scale: WeekScale, things: readonly WeekThing[], day: number): Piece[] {
  const least = BLOCK_HEIGHT_MIN / scale.minutePx;
  return things.flatMap((thing) => {
    const range = rangeOn(axis, day, thing.startMs, thing.endMs);
    if (range === null) return [];
    const fromMinute = Math.min(range.fromMinute, axis.minutes - least);
    const toMinute = Math.max(range.toMinute, fromMinute + least);
    const epochDay = axis.firstDay + day;
    const ends = { hasStart: thing.fromDay === epochDay, hasEnd: thing.toDay === epochDay + 1 };
    return [{ id: thing.id, thing, range, fromMinute, toMinute, ...ends }];
  });
}

function frameIn(
  scale: WeekScale,
  room: { readonly x: number; readonly width: number },
  range: MinuteRange,
  column: number,
  columns: number,
): Frame {
  const width = room.width / columns;
  const { y, height } = weekUpright(scale, range);
  const between = column < columns - 1 ? BETWEEN : 0;
  return { x: room.x + column * width, width: width - between, y: y + 1, height: Math.max(1, height - 2) };
}

function rangeOf({ fromMinute, toMinute }: MinuteRange): MinuteRange {
  return { fromMinute, toMinute };
}

function grown(scale: WeekScale, crowd: Crowd, { fromMinute, toMinute }: MinuteRange): Crowd {
  const range = {
    fromMinute: Math.min(crowd.fromMinute, fromMinute),
    toMinute: Math.max(crowd.toMinute, toMinute),
  };
  const { y, height } = weekUpright(scale, range);
  return { ...crowd, ...range, count: crowd.count + 1, frame: { ...crowd.frame, y: y + 1, height: height - 2 } };
}

/** A bar over whole days, in its lane. Days of the axis, half-open. */
export type PlacedBar = {
  readonly thing: WeekThing;
  readonly fromDay: number;
  readonly toDay: number;
  readonly lane: number;
  readonly hasStart: boolean;
  readonly hasEnd: boolean;
  readonly frame: Frame;
};

export const LANE_HEIGHT = 21.5;
const BAR_HEIGHT = 19;
const LANE_TOP = 3;
const LANES_MAX = 4;

/**
 * The things of whole days in lanes, at most four; `hidden` counts for each day those that found none, and then the last
 * lane is kept free for that number [TL25].
 */
export function placeBars(
  axis: WeekAxis,
  scale: WeekScale,
  things: readonly WeekThing[],
): { readonly bars: PlacedBar[]; readonly lanes: number; readonly hidden: number[] } {
  const spans = things.flatMap((thing) => {
    const fromDay = Math.max(0, thing.fromDay - axis.firstDay);
    const toDay = Math.min(axis.days, thing.toDay - axis.firstDay);
    return fromDay < toDay ? [{ id: thing.id, thing, fromDay, toDay }] : [];
  });
  const placed = packLanes(spans);
  const lanes = placed.reduce((most, { lane }) => Math.max(most, lane + 1), 0);
  const shown = lanes > LANES_MAX ? LANES_MAX - 1 : lanes;
  const hidden = Array.from({ length: axis.days }, () => 0);
  const bars: PlacedBar[] = [];
  for (const { bar, lane } of placed) {
    const { thing, fromDay, toDay } = bar;
    if (lane >= shown) for (let day = fromDay; day < toDay; day++) hidden[day]! += 1;
    else
      bars.push({
        thing,
        fromDay,
        toDay,
        lane,
        hasStart: thing.fromDay - axis.firstDay === fromDay,
        hasEnd: thing.toDay - axis.firstDay === toDay,
        frame: frameOfBar(scale, fromDay, toDay, lane),
      });
  }
  return { bars, lanes: Math.min(lanes, LANES_MAX), hidden };
}

/** Where whole days stand in a lane. */
export function frameOfBar({ columns }: WeekScale, fromDay: number, toDay: number, lane: number): Frame {
  const [first, last] = [columns[fromDay]!, columns[toDay - 1]!];
  const x = first.x + 3;
  return { x, width: last.x + last.width - 3 - x, y: LANE_TOP + lane * LANE_HEIGHT, height: BAR_HEIGHT };
}

/**
 * Where the minutes that two blocks share are hatched [TL26]: a strip over the edge between them when they stand side by
 * side in one day, else along the end of the one that is there. Null when neither is in the day.
 */
export function sharedStrip(
  scale: WeekScale,
  range: MinuteRange,
  blocks: readonly Pick<PlacedBlock, "frame">[],
): Frame | null {
  const sorted = blocks.toSorted((one, other) => one.frame.x - other.frame.x);
  const [first, second] = [sorted[0], sorted.at(-1)];
  if (first === undefined || second === undefined) return null;
  const edge = first === second ? first.frame.x + first.frame.width - STRIP_WIDTH / 2 : second.frame.x - BETWEEN / 2;
  const { y, height } = weekUpright(scale, range);
  return { x: edge - STRIP_WIDTH / 2, width: STRIP_WIDTH, y: y + 1, height: Math.max(2, height - 2) };
}

const STRIP_WIDTH = 8;
