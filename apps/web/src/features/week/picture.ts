import { useMemo, type RefObject } from "react";
import { weekdayOf, type Interval } from "@hourwright/time";
import {
  LANE_HEIGHT,
  placeBars,
  placeBlocks,
  rangeOn,
  wallMs,
  weekAxis,
  weekScale,
  weekUpright,
  type Crowd,
  type MinuteRange,
  type PlacedBar,
  type PlacedBlock,
  type WallClock,
  type WeekAxis,
  type WeekScale,
} from "@hourwright/timeline";
import type { PeopleTime } from "../../data/capacity.ts";
import type { Clash, Entry } from "../../data/entries.ts";
import { wallClockOf } from "../../data/wall-clock.ts";
import type { WeekPeople } from "../../data/week-people.ts";
import type { DaySpan } from "../../data/week-span.ts";
import { weekContents, type WeekContents } from "./contents.ts";
import { readWeekTime, type WeekTime } from "./times.ts";
import { useBox, type Box } from "./use-box.ts";
import type { ZoneColumn } from "./zones.ts";

const DAY_MS = 86_400_000;
/** Below this the columns of times are as narrow as their times. */
const NARROW = 560;
const ZONE_WIDTH = 57;
const ZONE_WIDTH_NARROW = 44;
const DAY_WIDTHS_MIN = 60;
const LANE_PADDING = 6;

/** What of the page a week is drawn from. */
export type WeekSource = {
  readonly span: DaySpan;
  /** The year whose zone changes are read, and the organisation's clock in it. */
  readonly year: number;
  readonly clock: WallClock;
  readonly zone: string;
  /** Zones shown beside the organisation's. */
  readonly zones: readonly string[];
  readonly weekend: ReadonlySet<number>;
  /** What stands in the columns, and the conflicts of those shown. */
  readonly entries: readonly Entry[];
  readonly clashes: readonly Clash[];
  /** What is known of people's time, of one year or two. */
  readonly times: readonly PeopleTime[];
  readonly people: WeekPeople;
  readonly nowMs: number;
  /** Whether it is the lens of a year: one day, without its head and foot, which the year has. */
  readonly isLens: boolean;
};

/** Everything that a week shows and where it stands, apart from what is being done to it. */
export type WeekPicture = {
  readonly span: DaySpan;
  readonly axis: WeekAxis;
  readonly scale: WeekScale;
  /** The days of the axis, from 0. */
  readonly days: readonly number[];
  readonly weekendOf: readonly boolean[];
  /** Columns of times, the axis's own first; `zoneWidth` is that of one, `zonesWidth` of all. */
  readonly columns: readonly ZoneColumn[];
  readonly zoneWidth: number;
  readonly zonesWidth: number;
  readonly headHeight: number;
  readonly laneHeight: number;
  readonly contents: WeekContents;
  readonly time: WeekTime;
  readonly blocks: readonly PlacedBlock[];
  readonly crowds: readonly Crowd[];
  readonly bars: readonly PlacedBar[];
  /** Bars that found no lane, day by day. */
  readonly hidden: readonly number[];
  readonly nowMs: number;
  /** Epoch day. */
  readonly today: number;
  readonly box: Box;
  readonly isMirrored: boolean;
};

/** Of one day's head. */
const HEAD_HEIGHT = 56;

/** Places a week in the element that it is scrolled in. */
export function useWeekPicture(source: WeekSource, scroller: RefObject<HTMLElement | null>): WeekPicture {
  const { span, clock, zone, zones, weekend, people, nowMs, year } = source;
  const { firstDay, days } = span;
  const box = useBox(scroller, source.isLens ? "lens" : "week");
  const axis = useMemo(() => weekAxis(clock, firstDay, days), [clock, firstDay, days]);
  const contents = useMemo(
    () => weekContents(source.entries, source.clashes, firstDay, firstDay + days),
    [source.entries, source.clashes, firstDay, days],
  );
  const time = useMemo(
    () => readWeekTime(axis, source.times, { main: people.hoursOf, besides: people.besides, loadOf: people.loadOf }),
    [axis, source.times, people],
  );
  const columns = useMemo(
    () => [{ zone, clock }, ...zones.map((each) => ({ zone: each, clock: wallClockOf(each, year) }))],
    [zone, clock, zones, year],
  );
  const indices = useMemo(() => Array.from({ length: days }, (_, index) => index), [days]);
  const weekendOf = useMemo(
    () => indices.map((index) => weekend.has(weekdayOf(firstDay + index))),
    [indices, weekend, firstDay],
  );
  const zoneWidth = box.width < NARROW ? ZONE_WIDTH_NARROW : ZONE_WIDTH;
  const zonesWidth = zoneWidth * columns.length;
  const lanes = useMemo(() => placeBars(axis, UNPLACED, contents.whole).lanes, [axis, contents.whole]);
  const laneHeight = Math.max(1, lanes) * LANE_HEIGHT + LANE_PADDING;
  const rails = people.besides.length;
  const scale = useMemo(() => {
    const width = Math.max(DAY_WIDTHS_MIN, box.width - zonesWidth);
    const height = Math.max(0, box.height - HEAD_HEIGHT - laneHeight);
    return weekScale(axis, { width, height }, weekendOf, rails);
  }, [axis, box, zonesWidth, laneHeight, weekendOf, rails]);
  const { blocks, crowds } = useMemo(() => placeBlocks(axis, scale, contents.timed), [axis, scale, contents.timed]);
  const { bars, hidden } = useMemo(() => placeBars(axis, scale, contents.whole), [axis, scale, contents.whole]);
  const isMirrored = document.documentElement.dir === "rtl";
  const today = Math.floor(wallMs(clock, nowMs) / DAY_MS);
  return useMemo(
    (): WeekPicture => ({
      span,
      axis,
      scale,
      days: indices,
      weekendOf,
      columns,
      zoneWidth,
      zonesWidth,
      headHeight: HEAD_HEIGHT,
      laneHeight,
      contents,
      time,
      blocks,
      crowds,
      bars,
      hidden,
      nowMs,
      today,
      box,
      isMirrored,
    }),
    // oxfmt-ignore
    [span, axis, scale, indices, weekendOf, columns, zoneWidth, zonesWidth, laneHeight, contents, time, blocks, crowds,
     bars, hidden, nowMs, today, box, isMirrored],
  );
}

/** A scale for counting lanes before the columns are known: lanes do not depend on them. */
const UNPLACED: WeekScale = {
  columns: Array.from({ length: 7 }, () => ({ x: 0, width: 0 })),
  width: 0,
  minutePx: 1,
  height: 0,
  rails: 0,
};

/** What of some stretches lies on a day, on its axis. */
export function rangesOn({ axis }: WeekPicture, list: readonly Interval[], day: number): MinuteRange[] {
  return list.flatMap(({ startMs, endMs }) => rangeOn(axis, day, startMs, endMs) ?? []);
}

/** The top and height of some minutes, as a style. */
export function upright({ scale }: WeekPicture, range: MinuteRange): React.CSSProperties {
  const { y, height } = weekUpright(scale, range);
  return { top: y, height };
}

/** How far down an instant of a day is; null when it is not of the days shown. */
export function heightOf({ axis, scale }: WeekPicture, day: number, ms: number): number | null {
  if (day < 0 || day >= axis.days) return null;
  const range = rangeOn(axis, day, ms, ms);
  return range === null ? null : weekUpright(scale, range).y;
}
