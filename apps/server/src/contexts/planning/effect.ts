import {
  freeStretches,
  levelOf,
  loadOf,
  partOf,
  type Days,
  type OpenTime,
  type Thresholds,
} from "@hourwright/capacity";
import { DAY_MS, dateOf, dayNumber, daysInMonth, findZone, UTC, type Interval } from "@hourwright/time";

/** What proposed moves do to the days of people: pure, over what is taken of them and when they may be taken. */

/** How strained people are: days of theirs over the limit, and minutes in which they could work undisturbed. */
export type Strain = { readonly overDays: number; readonly focusMinutes: number };

/** Before and after all moves, and by how much each step changes it. */
export type Effect = { readonly before: Strain; readonly after: Strain; readonly steps: readonly Strain[] };

/** One date of one commitment that is taken of somebody. */
export type Occupied = Interval & {
  readonly source: string;
  readonly commitment: string;
  readonly occurrence: string;
};

/** A date as a step leaves it: when, without whom, with whom beside those whom it took, and when its second part is. */
export type Changed = Occupied & {
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
  readonly rest?: Interval | null;
};

/** `id`: only where somebody may come or go. */
export type Person = { readonly id?: string; readonly open: OpenTime; readonly taken: readonly Occupied[] };

/** What counts, and in which months. */
export type Measure = {
  readonly months: readonly Days[];
  readonly thresholds: Thresholds;
  /** Shorter stretches are no focus time. */
  readonly focusMinutes: number;
};

/**
 * Makes the moves of each step after those before it. A day counts once for each person whose own load is over on it; a focus
 * stretch ends where its month does. O((people + touched by steps) × (days + taken)).
 */
export function effectOf(people: readonly Person[], steps: readonly (readonly Changed[])[], measure: Measure): Effect {
  const now = people.map((person) => ({ ...person, strain: strainOf(person, measure) }));
  const before = sumOf(now.map(({ strain }) => strain));
  let sum = before;
  const changes = steps.map((step) => {
    const changes = new Map(step.map((change) => [nameOf(change), change]));
    for (const [at, person] of now.entries()) {
      const comes = step.filter(({ add }) => person.id !== undefined && add?.includes(person.id) === true);
      if (comes.length === 0 && !person.taken.some((each) => changes.has(nameOf(each)))) continue;
      const kept = person.taken.flatMap((each) => changedFor(person.id, each, changes.get(nameOf(each))));
      const changed = { ...person, taken: [...kept, ...comes.flatMap(partsOf)] };
      now[at] = { ...changed, strain: strainOf(changed, measure) };
    }
    const next = sumOf(now.map(({ strain }) => strain));
    const change = {
      overDays: next.overDays - sum.overDays,
      focusMinutes: next.focusMinutes - sum.focusMinutes,
    };
    sum = next;
    return change;
  });
  return { before, after: sum, steps: changes };
}

/** The months of a zone that spans touch, in order, each once. */
export function monthsOf(spans: readonly Interval[], zoneId: string): Days[] {
  const zone = findZone(zoneId) ?? UTC;
  const monthAt = (ms: number): number => {
    const { year, month } = dateOf(Math.floor(zone.toLocalMs(ms) / DAY_MS));
    return year * 12 + month - 1;
  };
  const months = new Set<number>();
  for (const { startMs, endMs } of spans) {
    const last = monthAt(Math.max(startMs, endMs - 1));
    for (let month = monthAt(startMs); month <= last; month++) months.add(month);
  }
  return [...months]
    .sort((one, other) => one - other)
    .map((number) => {
      const [year, month] = [Math.floor(number / 12), (number % 12) + 1];
      const first = dayNumber(year, month, 1);
      return {
        startsMs: Float64Array.from({ length: daysInMonth(year, month) + 1 }, (_, day) =>
          zone.toEpochMs((first + day) * DAY_MS),
        ),
      };
    });
}

/** What is left for somebody of something that takes their time. */
function changedFor(person: string | undefined, taken: Occupied, change: Changed | undefined): readonly Occupied[] {
  if (change === undefined) return [taken];
  return person !== undefined && change.remove?.includes(person) === true ? [] : partsOf(change);
}

const partsOf = ({ rest, ...change }: Changed): readonly Occupied[] =>
  rest === undefined || rest === null ? [change] : [change, { ...change, ...rest }];

const nameOf = ({ source, commitment, occurrence }: Occupied): string => `${source}\n${commitment}\n${occurrence}`;

function strainOf({ open, taken }: Person, { months, thresholds, focusMinutes }: Measure): Strain {
  const sorted = taken
    .filter(({ startMs, endMs }) => startMs < endMs)
    .sort((one, other) => one.startMs - other.startMs);
  const columns = {
    subject: new Int32Array(sorted.length),
    startMs: Float64Array.from(sorted, ({ startMs }) => startMs),
    endMs: Float64Array.from(sorted, ({ endMs }) => endMs),
  };
  return sumOf(
    months.map((days) => {
      const load = loadOf([open], columns, days);
      const parts = Array.from(load.openMinutes, (_, day) => partOf(load, day));
      const window = { fromMs: days.startsMs[0]!, toMs: days.startsMs.at(-1)!, minMinutes: focusMinutes };
      const free = freeStretches(open, sorted, window);
      return {
        overDays: parts.filter((part) => part !== null && levelOf(part, thresholds) === "over").length,
        focusMinutes: free.reduce((minutes, { startMs, endMs }) => minutes + (endMs - startMs) / 60_000, 0),
      };
    }),
  );
}

function sumOf(strains: readonly Strain[]): Strain {
  return {
    overDays: strains.reduce((sum, { overDays }) => sum + overDays, 0),
    focusMinutes: strains.reduce((sum, { focusMinutes }) => sum + focusMinutes, 0),
  };
}
