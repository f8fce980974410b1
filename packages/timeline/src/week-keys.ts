import { closedOn, type WeekAxis } from "./week-axis.ts";
import { SNAP_MINUTES } from "./week-drag.ts";
import { isDayKey, type DayKey } from "./keys.ts";

/** Where the keyboard stands in a week: an epoch day, and a minute of the axis, or null in the lane of whole days. */
export type WeekCursor = { readonly day: number; readonly minute: number | null };

const WEEK_DAYS = 7;

/**
 * Where a key leads [TL29]: sideways by a day, also out of the days shown; up and down by a quarter of an hour, over what
 * is closed and from the first quarter into the lane; Home and End to the first and last day shown; the pages by a week.
 */
export function weekCursorAfter(axis: WeekAxis, { day, minute }: WeekCursor, key: DayKey): WeekCursor {
  switch (key) {
    case "ArrowLeft":
      return { day: day - 1, minute };
    case "ArrowRight":
      return { day: day + 1, minute };
    case "ArrowUp":
      return { day, minute: minute === null ? null : quarterFrom(axis, day, minute - SNAP_MINUTES, -1) };
    case "ArrowDown":
      return { day, minute: quarterFrom(axis, day, minute === null ? 0 : minute + SNAP_MINUTES, 1) ?? minute };
    case "Home":
      return { day: axis.firstDay, minute };
    case "End":
      return { day: axis.firstDay + axis.days - 1, minute };
    case "PageUp":
      return { day: day - WEEK_DAYS, minute };
    case "PageDown":
      return { day: day + WEEK_DAYS, minute };
  }
}

export { isDayKey as isWeekKey };

/** The quarter at or, in the direction gone, after a minute that is open on a day; null beyond the axis. */
export function quarterFrom(axis: WeekAxis, day: number, minute: number, by: 1 | -1): number | null {
  const closed = closedOn(axis, day - axis.firstDay);
  const isClosed = closed !== null && minute >= closed.fromMinute && minute < closed.toMinute;
  const at = !isClosed ? minute : by === 1 ? closed.toMinute : closed.fromMinute - SNAP_MINUTES;
  return at < 0 || at >= axis.minutes ? null : at;
}
