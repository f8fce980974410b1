import { everyoneFree, freeStretches, levelOf, openWithin, type OpenTime } from "@hourwright/capacity";
import { intersect, normalise, type Interval } from "@hourwright/time";
import { msOfMinute, type Ribbon, type WeekAxis } from "@hourwright/timeline";
import type { PeopleTime } from "../../data/capacity.ts";

const MINUTE_MS = 60_000;
/** Shorter stretches that all have free are no use to a meeting. */
const TOGETHER_MINUTES = 30;

/** When the people of a week may be claimed, and are. Null where nobody said when they may be. */
type PersonTime = { readonly open: readonly Interval[] | null; readonly taken: readonly Interval[] };

/** How loaded the days of a week are, and when there is time. */
export type WeekTime = {
  /** For each day the load of those whose load is shown; null where they cannot be claimed, or it is not known. */
  readonly ribbons: readonly (Ribbon | null)[];
  /** When the one who fills the columns may be claimed; null when that is not known. */
  readonly open: readonly Interval[] | null;
  /** When each of the others is taken, in their order. */
  readonly besides: readonly (readonly Interval[])[];
  /** What all of them, the one in the columns too, have free in common. */
  readonly together: readonly Interval[];
  /** What the one in the columns has free and open, in minutes, and the longest stretch of it. */
  readonly free: {
    readonly freeMinutes: number;
    readonly openMinutes: number;
    readonly longest: Interval | null;
  } | null;
};

/**
 * Reads what is known of two years at most, for the days of an axis. `main` fills the columns, `besides` stand beside,
 * `loadOf` are those whose load is summed. O(people × their stretches of the days).
 */
export function readWeekTime(
  axis: WeekAxis,
  known: readonly PeopleTime[],
  {
    main,
    besides,
    loadOf,
  }: { readonly main: string | null; readonly besides: readonly string[]; readonly loadOf: readonly string[] },
): WeekTime {
  const startsMs = Array.from({ length: axis.days + 1 }, (_, day) =>
    day < axis.days ? msOfMinute(axis, day, 0) : msOfMinute(axis, day - 1, axis.minutes),
  );
  const [fromMs, toMs] = [startsMs[0]!, startsMs[axis.days]!];
  const timeOf = (id: string): PersonTime => {
    const of = (map: (time: PeopleTime) => ReadonlyMap<string, OpenTime>) =>
      known.flatMap((time) => {
        const mine = map(time).get(id);
        return mine === undefined ? [] : openWithin(mine, fromMs, toMs);
      });
    const hasOpen = known.some(({ open }) => open.has(id));
    return { open: hasOpen ? normalise(of(({ open }) => open)) : null, taken: normalise(of(({ taken }) => taken)) };
  };
  const mine = main === null ? null : timeOf(main);
  const beside = besides.map(timeOf);
  const freeOf = ({ open, taken }: PersonTime, minMinutes: number) =>
    open === null ? [] : freeStretches(columnsOf(open), taken, { fromMs, toMs, minMinutes });
  const free = mine === null || mine.open === null ? null : freeOf(mine, 1);
  return {
    ribbons: ribbonsOf(loadOf.map(timeOf), startsMs, known),
    open: mine?.open ?? null,
    besides: beside.map(({ taken }) => taken),
    together:
      mine === null || beside.length === 0
        ? []
        : everyoneFree(
            [mine, ...beside].map((each) => freeOf(each, TOGETHER_MINUTES)),
            TOGETHER_MINUTES,
          ),
    free:
      free === null
        ? null
        : { freeMinutes: minutesOf(free), openMinutes: minutesOf(mine!.open!), longest: longestOf(free) },
  };
}

function ribbonsOf(
  people: readonly PersonTime[],
  startsMs: readonly number[],
  known: readonly PeopleTime[],
): (Ribbon | null)[] {
  const thresholds = known[0]?.thresholds;
  return startsMs.slice(0, -1).map((startMs, day) => {
    const within = [{ startMs, endMs: startsMs[day + 1]! }];
    let [open, taken] = [0, 0];
    for (const person of people) {
      if (person.open === null) continue;
      const ofDay = intersect(person.open, within);
      open += minutesOf(ofDay);
      taken += minutesOf(intersect(ofDay, person.taken));
    }
    return open === 0 ? null : { part: taken / open, level: levelOf(taken / open, thresholds) };
  });
}

/** The sum of some stretches. */
export function minutesOf(stretches: readonly Interval[]): number {
  return stretches.reduce((sum, { startMs, endMs }) => sum + (endMs - startMs) / MINUTE_MS, 0);
}

function longestOf(stretches: readonly Interval[]): Interval | null {
  return stretches.reduce<Interval | null>(
    (most, each) => (most === null || each.endMs - each.startMs > most.endMs - most.startMs ? each : most),
    null,
  );
}

function columnsOf(list: readonly Interval[]): OpenTime {
  return {
    startMs: Float64Array.from(list, ({ startMs }) => startMs),
    endMs: Float64Array.from(list, ({ endMs }) => endMs),
  };
}
