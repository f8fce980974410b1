import type { Grab } from "./grab.ts";
import { dayAt, type Point } from "./hit.ts";
import type { YearPicture } from "./picture.ts";
import { minuteAt } from "./plan-blocks.ts";
import { bandsOfRow } from "./plan-month.ts";
import type { Ghost } from "./plan-overlay.ts";
import { columnLeft, rowAt, rowOfDay, type Scale } from "./scale.ts";

/** A pointer that moves less has not dragged: it pressed. CSS px. */
export const DRAG_FROM_PX = 4;
const SNAP_MINUTES = 15;
const DAY_MINUTES = 1_440;

/**
 * Where something is that was taken at `grab` and carried to `to`: days of the year, and minutes where it has some [TL15].
 * What is empty becomes a new stretch from where it was taken; a bar and a block move, or one of their ends does and never
 * passes the other. `isFine` sets minutes one by one instead of by quarters. Null where `to` lies on no day of the year.
 */
export function draggedTo(
  picture: YearPicture,
  grab: Exclude<Grab, { what: "overflow" }>,
  to: Point,
  { isFine }: { readonly isFine: boolean },
): Ghost | null {
  const { shape, scale } = picture;
  const day = nearestDay(picture, to);
  if (day === null) return null;
  const snapped = (minute: number) => (isFine ? Math.round(minute) : Math.round(minute / SNAP_MINUTES) * SNAP_MINUTES);
  const minuteThere = () => minuteOf(picture, day, to) ?? 0;

  if (grab.what === "bar") {
    const { fromDay, toDay } = grab.bar;
    if (grab.edge === "start") return { fromDay: Math.min(day, toDay - 1), toDay, minutes: null };
    if (grab.edge === "end") return { fromDay, toDay: Math.max(day, fromDay) + 1, minutes: null };
    const by = day - grab.day;
    return { fromDay: fromDay + by, toDay: toDay + by, minutes: null };
  }
  if (grab.what === "block") {
    const { fromMinute, toMinute } = grab.block;
    const least = isFine ? 1 : SNAP_MINUTES;
    if (grab.edge === "start") return timed(grab.day, Math.min(snapped(minuteThere()), toMinute - least), toMinute);
    if (grab.edge === "end") return timed(grab.day, fromMinute, Math.max(snapped(minuteThere()), fromMinute + least));
    const by = isUnderLens(scale, rowOfDay(shape, day)) ? minuteThere() - grab.minute : 0;
    const from = Math.min(DAY_MINUTES - 1, Math.max(0, snapped(fromMinute + by)));
    return timed(day, from, from + toMinute - fromMinute);
  }
  if (grab.minute === null)
    return { fromDay: Math.min(grab.day, day), toDay: Math.max(grab.day, day) + 1, minutes: null };
  const [one, other] = [snapped(grab.minute), snapped(minuteThere())];
  const from = Math.min(one, other);
  return timed(grab.day, from, Math.max(from + SNAP_MINUTES, one, other));
}

function timed(day: number, fromMinute: number, toMinute: number): Ghost {
  return { fromDay: day, toDay: day + 1, minutes: { fromMinute, toMinute } };
}

/** The day under a point; beside a month its nearest, for a drag runs over the edges. */
function nearestDay({ shape, scale }: YearPicture, to: Point): number | null {
  const exact = dayAt(shape, scale, to);
  if (exact !== null) return exact;
  const row = rowAt(scale, to.y);
  if (row === null) return null;
  const month = shape.months[row]!;
  return to.x < columnLeft(scale, month.firstColumn) ? month.firstDay : month.firstDay + month.days - 1;
}

function minuteOf(picture: YearPicture, day: number, { y }: Point): number | null {
  const row = rowOfDay(picture.shape, day);
  const { blocks } = bandsOfRow(picture, row);
  return blocks === null ? null : minuteAt(blocks, y - picture.scale.rows[row]!.top);
}

function isUnderLens({ rows }: Scale, row: number): boolean {
  return rows[row]!.density === "lens";
}
