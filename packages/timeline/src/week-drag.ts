import type { Point } from "./hit.ts";
import { instantOfWall, wallMs } from "./wall.ts";
import { msOfMinute, type WeekAxis } from "./week-axis.ts";
import type { WeekGrab, WeekPart } from "./week-grab.ts";
import type { WeekThing } from "./week-place.ts";
import { weekDayAt, weekMinuteAt, type WeekScale } from "./week-scale.ts";

/** When something would be: whole epoch days, half-open, or exact times. */
export type WeekTimes =
  | { readonly allDay: true; readonly fromDay: number; readonly toDay: number }
  | { readonly allDay: false; readonly startMs: number; readonly endMs: number };

export const SNAP_MINUTES = 15;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** What of whole days is carried into the hours lasts an hour there. */
const FROM_LANE_MINUTES = 60;

/**
 * What it means to carry what was taken at `grab` to a point [TL28]: by quarters of an hour, or by single minutes when
 * `isFine`. Empty minutes become a new stretch of their day, empty days of the lane a stretch of days; a block or bar moves,
 * over days as well, and from the hours to the lane and back; its ends move alone and never pass each other. A move keeps
 * the length on the wall.
 */
export function weekDraggedTo(
  axis: WeekAxis,
  scale: WeekScale,
  grab: WeekGrab,
  to: { readonly part: WeekPart; readonly point: Point },
  { isFine }: { readonly isFine: boolean },
): WeekTimes {
  const step = isFine ? 1 : SNAP_MINUTES;
  const snapped = (minute: number) => Math.round(minute / step) * step;
  const day = weekDayAt(scale, to.point.x);
  const minute = to.part === "lane" ? 0 : weekMinuteAt(scale, to.point.y);
  switch (grab.what) {
    case "minute":
      return stretchOf(axis, grab.day, snapped(grab.minute), snapped(minute), step);
    case "day":
      return {
        allDay: true,
        fromDay: axis.firstDay + Math.min(grab.day, day),
        toDay: axis.firstDay + Math.max(grab.day, day) + 1,
      };
    case "block":
      if (grab.edge !== null) return resized(grab.thing, grab.edge, msOfMinute(axis, grab.day, snapped(minute)), step);
      if (to.part === "lane") return laidDown(axis, grab.thing, day);
      return carried(axis, grab, day, minute, step);
    case "bar":
      if (grab.edge !== null) return barResized(axis, grab.thing, grab.edge, grab.day, day);
      if (to.part === "lane" || !grab.thing.allDay) return movedByDays(axis, grab.thing, day - grab.day);
      return stretchOf(axis, day, snapped(minute), snapped(minute) + FROM_LANE_MINUTES, step);
  }
}

/** A new stretch within a day, whichever way it was drawn; never shorter than one step of the grid. */
function stretchOf(axis: WeekAxis, day: number, one: number, other: number, step: number): WeekTimes {
  const from = Math.min(one, other, axis.minutes - step);
  const startMs = msOfMinute(axis, day, from);
  const endMs = msOfMinute(axis, day, Math.min(axis.minutes, Math.max(from + SNAP_MINUTES, one, other)));
  return { allDay: false, startMs, endMs: Math.max(endMs, startMs + step * MINUTE_MS) };
}

function carried(
  axis: WeekAxis,
  grab: WeekGrab & { readonly what: "block" },
  day: number,
  minute: number,
  step: number,
): WeekTimes {
  const { clock } = axis;
  const { startMs, endMs } = grab.thing;
  // From its start to where it was taken: of what began the day before, more than a day's minutes may lie between.
  const takenMs = msOfMinute(axis, grab.day, grab.minute);
  const before = (wallMs(clock, takenMs) - wallMs(clock, startMs)) / MINUTE_MS;
  const target = Math.min(axis.minutes - step, Math.round((minute - before) / step) * step);
  const startsMs =
    target >= 0
      ? msOfMinute(axis, day, target)
      : instantOfWall(clock, (axis.firstDay + day) * DAY_MS + target * MINUTE_MS);
  return { allDay: false, startMs: startsMs, endMs: endAfter(axis, startsMs, startMs, endMs) };
}

/** The end of something that begins at `fromMs` and lasts on the wall as long as `[startMs, endMs)`. */
function endAfter({ clock }: WeekAxis, fromMs: number, startMs: number, endMs: number): number {
  const length = wallMs(clock, endMs) - wallMs(clock, startMs);
  if (length <= 0) return fromMs + endMs - startMs; // Within the hour that is repeated.
  const end = instantOfWall(clock, wallMs(clock, fromMs) + length);
  return end > fromMs ? end : fromMs + length;
}

function resized(thing: WeekThing, edge: "start" | "end", ms: number, step: number): WeekTimes {
  const { startMs, endMs } = thing;
  const least = step * MINUTE_MS;
  if (edge === "start") return { allDay: false, startMs: Math.min(ms, endMs - least), endMs };
  return { allDay: false, startMs, endMs: Math.max(ms, startMs + least) };
}

/** Carried from the hours into the lane: the days it touches, from the one it was laid on. */
function laidDown({ firstDay }: WeekAxis, { fromDay, toDay }: WeekThing, day: number): WeekTimes {
  return { allDay: true, fromDay: firstDay + day, toDay: firstDay + day + toDay - fromDay };
}

function movedByDays({ clock }: WeekAxis, thing: WeekThing, days: number): WeekTimes {
  if (thing.allDay) return { allDay: true, fromDay: thing.fromDay + days, toDay: thing.toDay + days };
  const moved = (ms: number) => instantOfWall(clock, wallMs(clock, ms) + days * DAY_MS);
  return { allDay: false, startMs: moved(thing.startMs), endMs: moved(thing.endMs) };
}

function barResized(axis: WeekAxis, thing: WeekThing, edge: "start" | "end", from: number, day: number): WeekTimes {
  const { firstDay, clock } = axis;
  if (thing.allDay) {
    const { fromDay, toDay } = thing;
    if (edge === "start") return { allDay: true, fromDay: Math.min(firstDay + day, toDay - 1), toDay };
    return { allDay: true, fromDay, toDay: Math.max(firstDay + day, fromDay) + 1 };
  }
  const ms = edge === "start" ? thing.startMs : thing.endMs;
  return resized(thing, edge, instantOfWall(clock, wallMs(clock, ms) + (day - from) * DAY_MS), SNAP_MINUTES);
}
