import { assert } from "@hourwright/std";
import { type MinuteRange, type WeekAxis } from "./week-axis.ts";

/** How wide a day of the weekend is beside a weekday. */
const WEEKEND_PART = 0.55;
/** Narrower weekdays are panned, three to a screen. */
const WEEKDAY_WIDTH_MIN = 92;
const DAYS_PANNED = 3;
/** 07:00 to 20:00 fills the height. */
const MINUTES_SHOWN = 780;
const MINUTE_PX_MIN = 0.8;
/** A person beside the column, and the lane of the time that all have free. */
export const RAIL_WIDTH = 9;
const FREE_WIDTH = 7;
/** Free at both sides of the blocks of a day. */
const INSET = 3;
const INSET_END = 2;

type Column = { readonly x: number; readonly width: number };

/** Where the days and minutes of an axis lie, in CSS px from the grid's start and top. */
export type WeekScale = {
  readonly columns: readonly Column[];
  readonly width: number;
  readonly minutePx: number;
  readonly height: number;
  /** How many rails stand at the end of each day; 0 when nobody stands beside. */
  readonly rails: number;
};

/**
 * The scale of a grid of `width` × `height` px [TL23]. `weekend` says for each day whether it is one of the weekend;
 * `rails` is the number of people who stand beside the one that fills the column.
 */
export function weekScale(
  axis: WeekAxis,
  { width, height }: { readonly width: number; readonly height: number },
  weekend: readonly boolean[],
  rails: number,
): WeekScale {
  assert(weekend.length === axis.days, `${weekend.length} days, not ${axis.days}`);
  const parts = weekend.map((isWeekend) => (isWeekend && axis.days > 1 ? WEEKEND_PART : 1));
  const isPanned = axis.days > DAYS_PANNED && width / sum(parts) < WEEKDAY_WIDTH_MIN;
  const weights = isPanned ? parts.map(() => 1) : parts;
  const total = isPanned ? Math.round((width / DAYS_PANNED) * axis.days) : width;
  const minutePx = Math.max(MINUTE_PX_MIN, height / MINUTES_SHOWN);
  return { columns: columnsOf(weights, total), width: total, minutePx, height: axis.minutes * minutePx, rails };
}

function columnsOf(weights: readonly number[], width: number): Column[] {
  const whole = sum(weights);
  let before = 0;
  return weights.map((weight) => {
    const x = Math.round((before / whole) * width);
    before += weight;
    return { x, width: Math.round((before / whole) * width) - x };
  });
}

/** The day under a point: the nearest one, for a drag runs over the edges. */
export function weekDayAt({ columns }: WeekScale, x: number): number {
  const found = columns.findIndex((column) => x < column.x + column.width);
  return found === -1 ? columns.length - 1 : found;
}

/** The minute of the axis at a height; cut to the axis. */
export function weekMinuteAt(scale: WeekScale, y: number): number {
  return Math.min(scale.height, Math.max(0, y)) / scale.minutePx;
}

/** Where minutes of the axis stand. */
export function weekUpright({ minutePx }: WeekScale, { fromMinute, toMinute }: MinuteRange) {
  return { y: fromMinute * minutePx, height: (toMinute - fromMinute) * minutePx };
}

/** What of a day's column the blocks have: all but the rails at its end. */
export function roomOfDay(scale: WeekScale, day: number): Column {
  const { x, width } = scale.columns[day]!;
  return { x: x + INSET, width: Math.max(8, width - INSET - INSET_END - railsWidth(scale)) };
}

/** Where a rail of a day stands: that of the person with this number, and after the last the lane of free time. */
export function railOfDay(scale: WeekScale, day: number, rail: number): Column {
  const { x, width } = scale.columns[day]!;
  const start = x + width - railsWidth(scale) + rail * RAIL_WIDTH;
  return { x: start, width: rail === scale.rails ? FREE_WIDTH : RAIL_WIDTH };
}

function railsWidth({ rails }: WeekScale): number {
  return rails === 0 ? 0 : rails * RAIL_WIDTH + FREE_WIDTH;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
