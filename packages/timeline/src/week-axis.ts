import { assert } from "@hourwright/std";
import type { WallClock } from "./occupancy.ts";
import { instantOfWall, wallMs } from "./wall.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
export const DAY_MINUTES = 1_440;
export const WEEK_DAYS_MAX = 7;

/** Minutes of an axis, half-open. */
export type MinuteRange = { readonly fromMinute: number; readonly toMinute: number };

/** The one change of clocks within the days of an axis: minutes of the wall that its day does not have, or has twice. */
type ClockChange = MinuteRange & {
  readonly kind: "skips" | "repeats";
  /** Which of the axis's days, from 0. */
  readonly day: number;
  /** The instant from which the later offset holds. */
  readonly ms: number;
};

/**
 * The upright axis that some days in a row share: minutes of the wall from midnight. Where one of the days has an hour
 * twice, the axis has a second row for it, which is closed on the other days; an hour that a day skips is closed on
 * that day [TL20]. `firstDay` is an epoch day.
 */
export type WeekAxis = {
  readonly clock: WallClock;
  readonly firstDay: number;
  readonly days: number;
  /** 1,440, and what is repeated. */
  readonly minutes: number;
  readonly change: ClockChange | null;
};

/**
 * The axis of 1 to 7 days. No zone changes its clocks twice within a week, nor, since 2011, over midnight: of two
 * changes the first is drawn true.
 */
export function weekAxis(clock: WallClock, firstDay: number, days: number): WeekAxis {
  assert(days >= 1 && days <= WEEK_DAYS_MAX, `an axis has 1 to ${WEEK_DAYS_MAX} days: ${days}`);
  const change = changeWithin(clock, firstDay, days);
  const minutes = DAY_MINUTES + (change?.kind === "repeats" ? lengthOf(change) : 0);
  return { clock, firstDay, days, minutes, change };
}

/** Where on the axis an instant of a day stands, in minutes [TL21]. It must lie on that day. */
export function minuteOfMs(axis: WeekAxis, day: number, ms: number): number {
  const { clock, firstDay, change } = axis;
  const wall = (wallMs(clock, ms) - (firstDay + day) * DAY_MS) / MINUTE_MS;
  if (change?.kind !== "repeats") return wall;
  const isSecond = day === change.day && ms >= change.ms;
  return wall >= change.toMinute || isSecond ? wall + lengthOf(change) : wall;
}

/** The instant at a minute of a day's axis [TL21]; in what is closed, the first instant after it [TL22]. O(changes). */
export function msOfMinute(axis: WeekAxis, day: number, minute: number): number {
  const { clock, firstDay, change } = axis;
  const at = (wall: number) => instantOfWall(clock, (firstDay + day) * DAY_MS + wall * MINUTE_MS);
  if (change === null) return at(minute);
  const { kind, fromMinute, toMinute } = change;
  if (kind === "skips") return day === change.day && minute >= fromMinute && minute < toMinute ? change.ms : at(minute);
  if (minute < toMinute) return at(minute);
  const length = lengthOf(change);
  if (minute >= toMinute + length) return at(minute - length);
  return day === change.day ? change.ms + (minute - toMinute) * MINUTE_MS : at(toMinute);
}

/** The minutes of the axis that are no time of a day [TL20]: at most one stretch. */
export function closedOn({ change }: WeekAxis, day: number): MinuteRange | null {
  if (change === null) return null;
  const { kind, fromMinute, toMinute } = change;
  if (kind === "skips") return day === change.day ? { fromMinute, toMinute } : null;
  return day === change.day ? null : { fromMinute: toMinute, toMinute: toMinute + lengthOf(change) };
}

/** What of a stretch of exact time lies on a day, on its axis; null when nothing does. What has no length is there still. */
export function rangeOn(axis: WeekAxis, day: number, startMs: number, endMs: number): MinuteRange | null {
  const fromMs = msOfMinute(axis, day, 0);
  const toMs = msOfMinute(axis, day, axis.minutes);
  if (startMs >= toMs || endMs < fromMs || (endMs === fromMs && startMs < fromMs)) return null;
  const fromMinute = minuteOfMs(axis, day, Math.max(startMs, fromMs));
  if (endMs <= startMs) return { fromMinute, toMinute: fromMinute };
  // By its last moment: what ends as the clocks change ends before the gap, not behind it.
  const last = minuteOfMs(axis, day, Math.min(endMs, toMs) - 1);
  return { fromMinute, toMinute: (Math.round(last * MINUTE_MS) + 1) / MINUTE_MS };
}

/** The wall's minute that stands at a minute of the axis: what a label says there. */
export function wallMinuteOf({ change }: WeekAxis, minute: number): number {
  return change?.kind === "repeats" && minute >= change.toMinute ? minute - lengthOf(change) : minute;
}

function lengthOf({ fromMinute, toMinute }: MinuteRange): number {
  return toMinute - fromMinute;
}

function changeWithin(clock: WallClock, firstDay: number, days: number): ClockChange | null {
  const { fromMs, offsetMs } = clock;
  for (let i = 1; i < fromMs.length; i++) {
    const ms = fromMs[i]!;
    const [before, after] = [ms + offsetMs[i - 1]!, ms + offsetMs[i]!];
    const kind = after > before ? "skips" : "repeats";
    const day = Math.floor((kind === "skips" ? before : before - 1) / DAY_MS) - firstDay;
    if (day < 0 || day >= days || after === before) continue;
    const minuteOf = (wall: number) => (wall - (firstDay + day) * DAY_MS) / MINUTE_MS;
    const [fromMinute, toMinute] = [minuteOf(Math.min(before, after)), minuteOf(Math.max(before, after))];
    return { kind, day, ms, fromMinute: Math.max(0, fromMinute), toMinute: Math.min(DAY_MINUTES, toMinute) };
  }
  return null;
}
