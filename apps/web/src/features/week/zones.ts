import {
  instantOfWall,
  minuteOfMs,
  msOfMinute,
  wallMinuteOf,
  wallMs,
  type WallClock,
  type WeekAxis,
} from "@hourwright/timeline";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const NOON_MS = DAY_MS / 2;
/** A change this near is told beforehand. */
const DAYS_AHEAD = 14;

/** One column of times: a zone and its clocks. The first of a week is the one on whose wall it is drawn. */
export type ZoneColumn = { readonly zone: string; readonly clock: WallClock };

/** A day on which a zone's distance from the week's own changes; minutes east of it. Epoch day. */
export type OffsetChange = {
  readonly zone: string;
  readonly day: number;
  readonly before: number;
  readonly after: number;
};

/** How many minutes a zone is ahead of the axis's at noon of an epoch day. */
export function minutesAhead({ clock }: WeekAxis, zone: WallClock, day: number): number {
  const noon = instantOfWall(clock, day * DAY_MS + NOON_MS);
  return (wallMs(zone, noon) - wallMs(clock, noon)) / MINUTE_MS;
}

/** The days, of the axis and of the fortnight from its first, on which a zone's distance is another than the day before. */
export function offsetChanges(axis: WeekAxis, { zone, clock }: ZoneColumn): OffsetChange[] {
  const changes: OffsetChange[] = [];
  for (let day = axis.firstDay; day < axis.firstDay + DAYS_AHEAD; day++) {
    const [before, after] = [minutesAhead(axis, clock, day - 1), minutesAhead(axis, clock, day)];
    if (before !== after) changes.push({ zone, day, before, after });
  }
  return changes;
}

/** What a column of times says beside one line of the axis: the wall's ms of day there, or null where there is none. */
export type HourLabel = { readonly minute: number; readonly wallMs: number | null; readonly isOff: boolean };

/**
 * The whole hours of the axis as a zone's clocks show them on its first day. The axis's own zone is the axis itself, with the
 * hour that comes twice; another's distance is that of the first day.
 */
export function hourLabels(axis: WeekAxis, { clock }: ZoneColumn, isOwn: boolean): HourLabel[] {
  const labels: HourLabel[] = [];
  for (let minute = 60; minute < axis.minutes; minute += 60) {
    const own = wallMinuteOf(axis, minute);
    const wall = isOwn ? own * MINUTE_MS : wallAt(clock, msOfMinute(axis, 0, minute));
    const hour = Math.floor(wall / 3_600_000);
    labels.push({ minute, wallMs: isOwn || isOpenOnFirst(axis, minute) ? wall : null, isOff: hour < 8 || hour >= 20 });
  }
  return labels;
}

/** Whether a minute of the axis is a time of its first day at all. */
function isOpenOnFirst(axis: WeekAxis, minute: number): boolean {
  return minuteOfMs(axis, 0, msOfMinute(axis, 0, minute)) === minute;
}

/** `New York` of `America/New_York`. */
export function cityOf(zone: string): string {
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}

/** The time of day on a zone's wall, in ms since its midnight. */
export function wallAt(clock: WallClock, ms: number): number {
  const wall = wallMs(clock, ms);
  return wall - Math.floor(wall / DAY_MS) * DAY_MS;
}
