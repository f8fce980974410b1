/** Where the parts of the team's grid lie, CSS px. Lines are panned below the head and above the foot, days beside the names. */
export type TeamScale = {
  readonly width: number;
  readonly height: number;
  readonly names: number;
  readonly hours: number;
  readonly head: number;
  readonly line: number;
  readonly openLine: number;
  readonly foot: number;
  readonly footLine: number;
  /** Left edges of the days and the right edge of the last, from where the names end; whole pixels. */
  readonly edges: readonly number[];
  readonly lines: number;
};

export type TeamSize = { readonly width: number; readonly height: number };
export type TeamScroll = { readonly left: number; readonly top: number };

const NAMES_PX = 176;
const NAMES_PHONE_PX = 108;
const HOURS_PX = 86;
const HEAD_PX = 44;
const LINE_PX = 28;
const LINE_PHONE_PX = 44;
const OPEN_PX = 31;
const FOOT_PX = 22;
const DAY_PX_MIN = 33;
const PHONE_PX = 720;
/** Of coverage so many lines stand at the foot; more are panned with their own key. */
export const FOOT_LINES_MAX = 6;

/** Lays out so many people and days; days fill the width, and are panned where they would be narrower than 33 px [TM3]. */
export function teamScale(
  size: TeamSize,
  given: { readonly lines: number; readonly days: number; readonly footLines: number },
): TeamScale {
  const isPhone = size.width < PHONE_PX;
  const names = isPhone ? NAMES_PHONE_PX : NAMES_PX;
  const hours = isPhone ? 0 : HOURS_PX;
  const room = Math.max(given.days * DAY_PX_MIN, size.width - names - hours);
  const edges = Array.from({ length: given.days + 1 }, (_, day) => Math.round((room * day) / given.days));
  const footLine = FOOT_PX;
  const footLines = Math.min(FOOT_LINES_MAX, given.footLines);
  return {
    ...size,
    names,
    hours,
    head: HEAD_PX,
    line: isPhone ? LINE_PHONE_PX : LINE_PX,
    openLine: isPhone ? LINE_PHONE_PX : OPEN_PX,
    foot: footLines * footLine + (footLines > 0 ? 1 : 0),
    footLine,
    edges,
    lines: given.lines,
  };
}

/** Size of all that is panned, with what stands still around it: that of the scrolled area. */
export const teamExtent = (scale: TeamScale): TeamSize => ({
  width: scale.names + scale.edges.at(-1)! + scale.hours,
  height: scale.head + scale.openLine + scale.lines * scale.line + scale.foot,
});

/** The room in which people's lines are seen. */
const bodyHeight = ({ height, head, openLine, foot }: TeamScale): number =>
  Math.max(0, height - head - openLine - foot);

/** Lines that fit whole. */
export const pageOf = (scale: TeamScale): number => Math.max(1, Math.floor(bodyHeight(scale) / scale.line) - 1);

/** The people's lines that are seen, the last exclusive: the first line is the one after that of open shifts. */
export function linesSeen(scale: TeamScale, { top }: TeamScroll): { readonly from: number; readonly to: number } {
  const from = Math.min(scale.lines, Math.max(0, Math.floor(top / scale.line)));
  return { from, to: Math.min(scale.lines, Math.ceil((top + bodyHeight(scale)) / scale.line)) };
}

export function daysSeen(scale: TeamScale, { left }: TeamScroll): { readonly from: number; readonly to: number } {
  const days = scale.edges.length - 1;
  const room = scale.width - scale.names - scale.hours;
  let from = 0;
  while (from < days - 1 && scale.edges[from + 1]! <= left) from++;
  let to = from + 1;
  while (to < days && scale.edges[to]! < left + room) to++;
  return { from, to };
}

/** A cell's box on the screen. Line 0 is that of open shifts, which stands still; its day is panned [TM3]. */
export function boxOfCell(
  scale: TeamScale,
  { left, top }: TeamScroll,
  line: number,
  day: number,
): { readonly x: number; readonly y: number; readonly width: number; readonly height: number } {
  const x = scale.names + scale.edges[day]! - left;
  const width = scale.edges[day + 1]! - scale.edges[day]!;
  if (line === 0) return { x, y: scale.head, width, height: scale.openLine };
  return { x, y: scale.head + scale.openLine + (line - 1) * scale.line - top, width, height: scale.line };
}

/** What lies under a point: a cell, or the part of the page that stands still there [TM3]. */
export type TeamSpot =
  | { readonly part: "cell"; readonly line: number; readonly day: number }
  | { readonly part: "name" | "hours"; readonly line: number }
  | { readonly part: "head"; readonly day: number }
  | { readonly part: "foot"; readonly footLine: number; readonly day: number }
  | { readonly part: "nothing" };

export function spotAt(scale: TeamScale, scroll: TeamScroll, x: number, y: number): TeamSpot {
  const nothing: TeamSpot = { part: "nothing" };
  if (x < 0 || y < 0 || x >= scale.width || y >= scale.height) return nothing;
  const day = dayAtX(scale, scroll, x);
  const bottom = Math.min(scale.height, teamExtent(scale).height) - scale.foot;
  if (y < scale.head) return day === null ? nothing : { part: "head", day };
  if (y >= bottom) {
    const footLine = Math.floor((y - bottom - 1) / scale.footLine);
    return day === null || y >= bottom + scale.foot ? nothing : { part: "foot", footLine: Math.max(0, footLine), day };
  }
  const isOpen = y < scale.head + scale.openLine;
  const line = isOpen ? 0 : Math.floor((y - scale.head - scale.openLine + scroll.top) / scale.line) + 1;
  if (line > scale.lines) return nothing;
  if (x < scale.names) return { part: "name", line };
  if (scale.hours > 0 && x >= Math.min(scale.width, teamExtent(scale).width) - scale.hours)
    return { part: "hours", line };
  return day === null ? nothing : { part: "cell", line, day };
}

function dayAtX(scale: TeamScale, { left }: TeamScroll, x: number): number | null {
  const right = Math.min(scale.width, teamExtent(scale).width) - scale.hours;
  if (x < scale.names || x >= right) return null;
  const at = x - scale.names + left;
  const day = scale.edges.findIndex((edge) => edge > at) - 1;
  return day < 0 ? null : day;
}

/** How far to pan so that a cell is seen whole: the same value where it is. */
export function scrolledTo(scale: TeamScale, scroll: TeamScroll, line: number, day: number): TeamScroll {
  let { left, top } = scroll;
  if (line > 0) {
    const upper = (line - 1) * scale.line;
    if (upper < top) top = upper;
    else if (upper + scale.line > top + bodyHeight(scale)) top = upper + scale.line - bodyHeight(scale);
  }
  const room = scale.width - scale.names - scale.hours;
  if (scale.edges[day]! < left) left = scale.edges[day]!;
  else if (scale.edges[day + 1]! > left + room) left = scale.edges[day + 1]! - room;
  return left === scroll.left && top === scroll.top ? scroll : { left, top };
}
