import {
  everyoneFree,
  freeStretches,
  levelOf,
  loadOf,
  partOf,
  type Load,
  type OpenTime,
  type Thresholds,
} from "@hourwright/capacity";
import type { Interval } from "@hourwright/time";
import { occupancy, type Occupancy, type Ribbon, type WallClock, type YearShape } from "@hourwright/timeline";
import type { PeopleTime } from "../../data/capacity.ts";
import { instantOfWall } from "../../data/wall-clock.ts";

const DAY_MS = 86_400_000;
/** Shorter stretches that everybody has free are no use to a meeting. */
const TEAM_MINUTES = 30;

/** How loaded the days of a year are for the people shown, and when there is time. */
export type YearLoad = {
  readonly ribbons: readonly (Ribbon | null)[];
  /** Null until it is known. */
  readonly load: Load | null;
  readonly focus: Occupancy | null;
  readonly team: Occupancy | null;
  /** From which part on a day is steady, full, over; null until it is known. */
  readonly thresholds: Thresholds | null;
  /** The focus time of one person, day by day. */
  readonly focusOfDay: readonly (readonly Interval[])[];
};

const UNKNOWN: YearLoad = { ribbons: [], load: null, focus: null, team: null, thresholds: null, focusOfDay: [] };

/**
 * The load of a year, summed over `people`, with the focus time of `focusOf` and what all of `people` have free in common.
 * O(people × their stretches + days).
 */
export function readLoad(
  shape: YearShape,
  clock: WallClock,
  time: PeopleTime | null,
  people: readonly string[],
  focusOf: string | null,
): YearLoad {
  if (time === null) return UNKNOWN;
  const startsMs = Float64Array.from({ length: shape.days + 1 }, (_, day) =>
    instantOfWall(clock, (shape.firstEpochDay + day) * DAY_MS),
  );
  const known = people.filter((id) => time.open.has(id));
  const load = loadOf(
    known.map((id) => time.open.get(id)!),
    takenOf(time, known),
    { startsMs },
  );
  const window = { fromMs: startsMs[0]!, toMs: startsMs[shape.days]! };
  const freeOf = (id: string, minMinutes: number) =>
    freeStretches(time.open.get(id)!, intervalsOf(time.taken.get(id)), { ...window, minMinutes });
  const focus = focusOf === null || !time.open.has(focusOf) ? null : freeOf(focusOf, time.focusMinutes);
  const team = everyoneFree(
    known.map((id) => freeOf(id, TEAM_MINUTES)),
    TEAM_MINUTES,
  );
  const tableOf = (list: readonly Interval[]) => occupancy(columnsOf(list), clock, shape.firstEpochDay, shape.days);
  return {
    ribbons: Array.from({ length: shape.days }, (_, day) => ribbonOf(partOf(load, day), time)),
    load,
    thresholds: time.thresholds,
    focus: focus === null ? null : tableOf(focus),
    team: tableOf(team),
    focusOfDay: focus === null ? [] : byDay(focus, startsMs),
  };
}

/** A day's part of open time as its ribbon; null where nobody may be claimed. */
export function ribbonOf(part: number | null, { thresholds }: PeopleTime): Ribbon | null {
  return part === null ? null : { part, level: levelOf(part, thresholds) };
}

function takenOf({ taken }: PeopleTime, people: readonly string[]) {
  const lists = people.map((id) => taken.get(id));
  const length = lists.reduce((sum, list) => sum + (list?.startMs.length ?? 0), 0);
  const columns = {
    subject: new Int32Array(length),
    startMs: new Float64Array(length),
    endMs: new Float64Array(length),
  };
  let at = 0;
  for (const [who, list] of lists.entries()) {
    if (list === undefined) continue;
    columns.subject.fill(who, at, at + list.startMs.length);
    columns.startMs.set(list.startMs, at);
    columns.endMs.set(list.endMs, at);
    at += list.startMs.length;
  }
  return columns;
}

function intervalsOf(time: OpenTime | undefined): Interval[] {
  return time === undefined ? [] : Array.from(time.startMs, (startMs, i) => ({ startMs, endMs: time.endMs[i]! }));
}

function columnsOf(list: readonly Interval[]): OpenTime {
  return {
    startMs: Float64Array.from(list, ({ startMs }) => startMs),
    endMs: Float64Array.from(list, ({ endMs }) => endMs),
  };
}

/** For each day the stretches that begin on it; focus time does not run over midnight, since working hours do not. */
function byDay(list: readonly Interval[], startsMs: Float64Array): Interval[][] {
  const days: Interval[][] = Array.from({ length: startsMs.length - 1 }, () => []);
  let day = 0;
  for (const stretch of list) {
    while (day + 2 < startsMs.length && startsMs[day + 1]! <= stretch.startMs) day++;
    days[day]!.push(stretch);
  }
  return days;
}
