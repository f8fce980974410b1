import { openWithin, type OpenTime } from "@hourwright/capacity";
import { intersect, normalise, subtract, type Interval } from "@hourwright/time";
import type { Foreseen, Glyph, WallClock, YearShape } from "@hourwright/timeline";
import type { PeopleTime } from "../../data/capacity.ts";
import type { NewTimes } from "../../data/edits.ts";
import type { Entry } from "../../data/entries.ts";
import { instantOfWall, wallMs } from "../../data/wall-clock.ts";
import { ribbonOf, type YearLoad } from "./load.ts";

const DAY_MS = 86_400_000;

const NOTHING: Foreseen = { ribbons: new Map(), glyphs: new Map() };

/**
 * What carrying an entry to other times would change of the year, for the people shown. What else takes their time while
 * the entry does is known as far as it is listed. O(people of the entry × what takes their time on two days).
 */
export function foreseenBy(
  { shape, clock }: { readonly shape: YearShape; readonly clock: WallClock },
  {
    time,
    load,
    people,
  }: { readonly time: PeopleTime | null; readonly load: YearLoad; readonly people: readonly string[] },
  change: { readonly entry: Entry | null; readonly times: NewTimes; readonly isCopy: boolean },
  { entries, meets }: { readonly entries: readonly Entry[]; readonly meets: boolean },
): Foreseen {
  const { entry, times, isCopy } = change;
  if (entry === null || times.allDay || !entry.isBusy) return NOTHING;
  const dayOf = (ms: number) => Math.floor(wallMs(clock, ms) / DAY_MS) - shape.firstEpochDay;
  const isHere = (day: number) => day >= 0 && day < shape.days;
  const target = dayOf(times.startMs);
  const glyphs = new Map<number, Glyph>(meets && isHere(target) ? [[target, "time"]] : []);
  if (time === null || load.load === null) return { ribbons: new Map(), glyphs };
  const was = isCopy ? [] : [entry];
  const concerned = entry.event.subjectIds.filter((id) => people.includes(id) && time.open.has(id));
  const days = new Set([...daysOf(times), ...was.flatMap(daysOf)].filter(isHere));
  const { openMinutes, takenMinutes } = load.load;
  const ribbons = new Map(
    [...days].map((day) => {
      const dayMs = [day, day + 1].map((each) => instantOfWall(clock, (shape.firstEpochDay + each) * DAY_MS));
      const more = concerned.reduce((sum, id) => sum + minutesMore(id, dayMs[0]!, dayMs[1]!), 0);
      const [open, taken] = [openMinutes[day]!, takenMinutes[day]!];
      return [day, ribbonOf(open === 0 ? null : (taken + more) / open, time)] as const;
    }),
  );
  return { ribbons, glyphs };

  function daysOf({ startMs, endMs }: Interval): number[] {
    const [first, last] = [dayOf(startMs), dayOf(Math.max(startMs, endMs - 1))];
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  }

  /** By how many minutes more of somebody's open time would be taken. */
  function minutesMore(id: string, fromMs: number, toMs: number): number {
    const open = openWithin(time!.open.get(id)!, fromMs, toMs);
    const before = openWithin(time!.taken.get(id) ?? NO_TIME, fromMs, toMs);
    const beside = entries.filter(
      ({ key, isBusy, event, startMs, endMs }) =>
        isBusy &&
        key !== entry!.key &&
        event.subjectIds.includes(id) &&
        was.some((gone) => startMs < gone.endMs && endMs > gone.startMs),
    );
    const { startMs, endMs } = times as Interval;
    const after = [...subtract(before, was.map(bare)), ...beside.map(bare), { startMs, endMs }];
    return minutesOf(intersect(open, normalise(after))) - minutesOf(intersect(open, before));
  }
}

const NO_TIME: OpenTime = { startMs: new Float64Array(), endMs: new Float64Array() };

const bare = ({ startMs, endMs }: Interval): Interval => ({ startMs, endMs });

function minutesOf(stretches: readonly Interval[]): number {
  return stretches.reduce((sum, { startMs, endMs }) => sum + (endMs - startMs), 0) / 60_000;
}
