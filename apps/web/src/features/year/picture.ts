import {
  occupancy,
  type Bar,
  type Block,
  type Glyph,
  type Occupancy,
  type Stretches,
  type WallClock,
  type YearPicture,
  type YearShape,
} from "@hourwright/timeline";
import type { Clash, Entry } from "../../data/entries.ts";
import { hueOf, toneOf } from "../../data/look.ts";
import { wallMs } from "../../data/wall-clock.ts";
import { glyphOf } from "../../ui/glyph.tsx";

/** What one day holds, in the order in which it is listed: whole days first, then by time. */
export type DayContents = { readonly entries: readonly Entry[]; readonly clashes: readonly Clash[] };

/** A year's contents made ready for drawing, apart from the screen and the present moment. */
export type YearContents = Pick<
  YearPicture,
  "bars" | "busy" | "hues" | "clash" | "outlined" | "glyphs" | "blocksOn"
> & {
  readonly days: readonly DayContents[];
};

const DAY_MINUTES = 1_440;

/** Entries and clashes must be sorted by start. O(entries × days they cover + quarters of the year). */
export function readYear(
  shape: YearShape,
  clock: WallClock,
  entries: readonly Entry[],
  clashes: readonly Clash[],
): YearContents {
  const busy = entries.filter(({ isBusy }) => isBusy);
  const tableOf = (list: readonly Moment[]) => tableFor(shape, clock, list);
  const listed = byDay(shape, entries, clashes);
  return {
    bars: entries.filter(({ isBar }) => isBar).map((entry) => barOf(shape, entry)),
    busy: tableOf(busy),
    hues: Int16Array.from(busy, hueOf),
    clash: tableOf(clashes.filter(({ conflict }) => glyphOf(conflict.kind) === "time")),
    outlined: tableOf(clashes.filter(({ conflict }) => glyphOf(conflict.kind) === "resource")),
    blocksOn: blocksByDay(shape, clock, listed.days),
    ...listed,
  };
}

export { hueOf };

type Moment = { readonly startMs: number; readonly endMs: number };

function tableFor(shape: YearShape, clock: WallClock, list: readonly Moment[]): Occupancy {
  const stretches: Stretches = { startMs: new Float64Array(list.length), endMs: new Float64Array(list.length) };
  for (let i = 0; i < list.length; i++) {
    stretches.startMs[i] = list[i]!.startMs;
    stretches.endMs[i] = list[i]!.endMs;
  }
  return occupancy(stretches, clock, shape.firstEpochDay, shape.days);
}

/** The timed events of a day of the year, one block each; made when first asked. */
function blocksByDay(shape: YearShape, clock: WallClock, days: readonly DayContents[]): YearPicture["blocksOn"] {
  const made = new Map<number, readonly Block[]>();
  return (day) => {
    const blocks = made.get(day) ?? blocksOf(shape, clock, day, days[day]!.entries);
    made.set(day, blocks);
    return blocks;
  };
}

function blocksOf(shape: YearShape, clock: WallClock, day: number, entries: readonly Entry[]): Block[] {
  const dayMinute = (shape.firstEpochDay + day) * DAY_MINUTES;
  const minuteOf = (ms: number) =>
    Math.min(DAY_MINUTES, Math.max(0, Math.round(wallMs(clock, ms) / 60_000) - dayMinute));
  return entries
    .filter(({ isBar }) => !isBar)
    .map((entry) => ({
      id: entry.key,
      day,
      title: entry.event.title,
      hue: hueOf(entry),
      tone: toneOf(entry),
      fromMinute: minuteOf(entry.startMs),
      toMinute: minuteOf(entry.endMs),
    }));
}

function barOf(shape: YearShape, entry: Entry): Bar {
  return {
    id: entry.key,
    title: entry.event.title,
    hue: hueOf(entry),
    tone: toneOf(entry),
    fromDay: entry.fromDay - shape.firstEpochDay,
    toDay: entry.toDay - shape.firstEpochDay,
  };
}

const SEVERITIES = ["must", "should", "look"] as const;

function byDay(
  shape: YearShape,
  entries: readonly Entry[],
  clashes: readonly Clash[],
): { days: DayContents[]; glyphs: (Glyph | null)[] } {
  const entriesOf = listByDay(shape);
  for (const entry of entries) if (entry.event.allDay) addTo(entriesOf, shape, entry);
  for (const entry of entries) if (!entry.event.allDay) addTo(entriesOf, shape, entry);
  const clashesOf = listByDay<Clash>(shape);
  for (const clash of clashes) addTo(clashesOf, shape, clash);
  return {
    days: entriesOf.map((list, day) => ({ entries: list, clashes: clashesOf[day]! })),
    glyphs: clashesOf.map((list) => {
      const worst = SEVERITIES.map((severity) => list.find(({ conflict }) => conflict.severity === severity)).find(
        Boolean,
      );
      return worst === undefined ? null : glyphOf(worst.conflict.kind);
    }),
  };
}

const listByDay = <Item = Entry>({ days }: YearShape): Item[][] => Array.from({ length: days }, () => []);

/** Lists something on every day of the year that it covers. */
function addTo<Item extends { readonly fromDay: number; readonly toDay: number }>(
  lists: Item[][],
  { firstEpochDay }: YearShape,
  item: Item,
): void {
  const to = Math.min(lists.length, item.toDay - firstEpochDay);
  for (let day = Math.max(0, item.fromDay - firstEpochDay); day < to; day++) lists[day]!.push(item);
}
