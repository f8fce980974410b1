import { isRefused, type Refused } from "@hourwright/contract";
import {
  barringChanges,
  wholeOf,
  detect,
  PAIRS_MAX,
  visitMeeting,
  type Found,
  type Parts,
  type RepairFacts,
} from "@hourwright/conflict";
import { openTimeFrom } from "../claims/pure.ts";
import type { Around } from "./conflicts.ts";
import { OFFERED_MAX, offersFor, type OfferedFor } from "./answers/offers.ts";
import type { Learned } from "./answers/model.ts";
import { conflictsAmong, givenEvents, type GivenEvent } from "./given.ts";
import { barredBy, collectionsOf, scenesOf, siteOn, traitsOfTakers } from "./rules/scene.ts";
import { keyOfDate, openTimeOf, situationIn, withSubjects, type CommitmentDate, type Situation } from "./situation.ts";
import {
  clashOf,
  idOf,
  PAIRS_SHOWN_MAX,
  REPAIRED_MAX,
  repairsOf,
  shownConflict,
  SHOWN_MAX,
  unknown,
  type ConflictsText,
  type Described,
  type ShownConflict,
  type ShownKept,
  type ShownRepair,
  type Telling,
} from "./tell.ts";

// Finding and telling on a compute thread. Texts go in and out as they are, and lists as columns: what the event loop has
// to copy is small, whatever was found. No task waits for the database, so a unit may wait for a task.

/** Where and for whom conflicts are looked for. */
export type FindInput = {
  /** `takenTexts` of claims. */
  readonly taken: readonly string[];
  readonly fromMs: number;
  readonly toMs: number;
  /** Only conflicts of these subjects; null: of all. */
  readonly subjects: readonly string[] | null;
  /** Only the conflicts with these ids; null: all. */
  readonly only: readonly string[] | null;
  /** Whose own conflicts are marked. */
  readonly personId: string;
};

/** What was found, in order of start. Numbers of dates lead into `dates`, numbers of subjects into `subjects`. */
export type Candidates = {
  /** Places in the whole list, by which `tellTask` finds them again. */
  readonly places: Int32Array;
  /** Their ids, and what clashes and when; empty unless they were looked for by id. */
  readonly ids: readonly string[];
  readonly clashes: readonly string[];
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
  /** 1 where it is a conflict of `personId`. */
  readonly isOwn: Uint8Array;
  readonly subjectsOf: Lists;
  /** Numbers of dates that stand near those that were looked for by id: they may make room. None for a list. */
  readonly neighbours: Int32Array;
  readonly dates: { readonly [Key in keyof CommitmentDate]: readonly CommitmentDate[Key][] };
  /** Whose time a date takes. */
  readonly takenBy: Lists;
  readonly subjects: readonly string[];
};

/** Lists of numbers, one behind the other: list `i` is `numbers[from[i] … from[i + 1])`. */
export type Lists = { readonly from: Int32Array; readonly numbers: Int32Array };

export async function* findTask(input: FindInput): AsyncGenerator<never, Candidates> {
  const situation = situationIn(input.taken);
  const all = foundIn(situation, input);
  const wanted = input.subjects === null ? null : new Set(input.subjects);
  const ids = input.only === null ? null : new Set(input.only);
  const isWanted = (found: Found): boolean =>
    (wanted === null || found.subjects.some((subject) => wanted.has(situation.subjects[subject]!))) &&
    (ids === null || ids.has(idOf(found, situation)));
  const places = all.flatMap((found, place) => (isWanted(found) ? [place] : []));
  return candidatesOf(places, all, situation, input);
}

/**
 * The same list each time for the same input, the subjects of each in order of their ids. One that is looked for by id may
 * lie anywhere in it.
 */
export function foundIn(
  { index, subjects }: Situation,
  { fromMs, toMs, only }: Pick<FindInput, "fromMs" | "toMs" | "only">,
): Found[] {
  const byId = (one: number, other: number) => (subjects[one]! < subjects[other]! ? -1 : 1);
  const { found } = detect(index, fromMs, toMs, only === null ? PAIRS_SHOWN_MAX : PAIRS_MAX);
  return found.map((each) => ({ ...each, subjects: each.subjects.toSorted(byId) }));
}

function candidatesOf(
  places: readonly number[],
  all: readonly Found[],
  situation: Situation,
  { personId, only }: Pick<FindInput, "personId" | "only">,
): Candidates {
  const found = places.map((place) => all[place]!);
  const sides = new Set(found.flatMap(({ first, second }) => [first, second]));
  const near = only === null ? [] : neighboursOf(found, situation).filter((date) => !sides.has(date));
  const numbers = [...sides, ...near];
  const numberOf = new Map(numbers.map((date, number) => [date, number]));
  const dates = numbers.map((date) => situation.dates[date]!);
  const { subject } = situation.index.takings;
  const own = situation.subjects.indexOf(personId);
  return {
    places: Int32Array.from(places),
    ids: only === null ? [] : found.map((each) => idOf(each, situation)),
    clashes: only === null ? [] : found.map((each) => clashOf(each, situation)),
    first: Int32Array.from(found, ({ first }) => numberOf.get(first)!),
    second: Int32Array.from(found, ({ second }) => numberOf.get(second)!),
    startMs: Float64Array.from(found, ({ startMs }) => startMs),
    endMs: Float64Array.from(found, ({ endMs }) => endMs),
    isOwn: Uint8Array.from(found, ({ subjects }) => Number(subjects.includes(own))),
    subjectsOf: listsOf(found.map(({ subjects }) => subjects)),
    neighbours: Int32Array.from(near, (date) => numberOf.get(date)!),
    dates: {
      source: dates.map(({ source }) => source),
      commitment: dates.map(({ commitment }) => commitment),
      occurrence: dates.map(({ occurrence }) => occurrence),
      startMs: dates.map(({ startMs }) => startMs),
      endMs: dates.map(({ endMs }) => endMs),
    },
    takenBy: listsOf(numbers.map((date) => situation.rowsOf(date).map((row) => subject[row]!))),
    subjects: situation.subjects,
  };
}

/** Dates around some conflicts of which it is asked whether they may be moved: some of a busy day of each. */
const NEIGHBOURS_MAX = 200;
const NEAR_MS = 12 * 3_600_000;

function neighboursOf(found: readonly Found[], { index, rowsOf }: Situation): number[] {
  const near = new Set<number>();
  const { subject, occurrence } = index.takings;
  for (const { first, second, startMs, endMs } of found) {
    for (const row of [first, second].flatMap((side) => rowsOf(side))) {
      visitMeeting(index, subject[row]!, startMs - NEAR_MS, endMs + NEAR_MS, (met) => {
        near.add(occurrence[met]!);
        return near.size >= NEIGHBOURS_MAX;
      });
    }
  }
  return [...near];
}

function listsOf(lists: readonly (readonly number[])[]): Lists {
  const from = new Int32Array(lists.length + 1);
  lists.forEach((list, i) => (from[i + 1] = from[i]! + list.length));
  return { from, numbers: Int32Array.from(lists.flat()) };
}

/** One of some lists. */
export const listAt = ({ from, numbers }: Lists, i: number): Int32Array => numbers.subarray(from[i], from[i + 1]);

/** What is to be told of what was found. */
export type TellInput = Pick<FindInput, "taken" | "fromMs" | "toMs" | "only" | "personId"> & {
  readonly places: Int32Array;
  /** What the viewer may know of each date of those places, by source, commitment and occurrence. */
  readonly described: readonly (readonly [CommitmentDate, Described])[];
  readonly names: ReadonlyMap<string, string>;
  readonly zone: string;
  readonly nowMs: number;
  /** Repairs for each conflict, and what binds them; null leaves them out. */
  readonly repairs: (Around & { readonly most: number; readonly learned: Learned }) | null;
  /** Clashes that are kept, with who decided so. */
  readonly kept: ReadonlyMap<string, ShownKept>;
};

/** Conflicts as the JSON text of a list, their ids in the same order, and what of repairs the viewer is offered. */
export type Told = {
  readonly conflicts: string;
  readonly ids: readonly string[];
  readonly offered: readonly OfferedFor[];
};

export async function* tellTask(input: TellInput): AsyncGenerator<never, Told> {
  const situation = situationIn(input.taken);
  const all = foundIn(situation, input);
  const of = describedIn(situation, input.described);
  const nameOf = (subject: number): string => input.names.get(situation.subjects[subject]!) ?? "Somebody";
  const { zone, repairs } = input;
  const telling = repairs === null ? null : tellingOf(situation, { ...input, around: repairs });
  const offered: OfferedFor[] = [];
  const told = [...input.places].map((place, i): ShownConflict => {
    const found = all[place]!;
    const id = idOf(found, situation);
    const kept = input.kept.size === 0 ? null : (input.kept.get(clashOf(found, situation)) ?? null);
    const shown = i < REPAIRED_MAX ? offersTo(found, id) : [];
    return shownConflict(found, id, situation, of, nameOf, zone, { repairs: shown, kept });
  });
  return { conflicts: JSON.stringify(told), ids: told.map(({ id }) => id), offered };

  function offersTo(found: Found, conflictId: string): ShownRepair[] {
    if (telling === null || repairs === null) return [];
    const all = repairsOf(found, conflictId, telling, OFFERED_MAX);
    const named = { conflictId, clash: clashOf(found, situation) };
    const offers = offersFor(found, all, named, situation, repairs.learned);
    offered.push(offers.offered);
    return offers.repairs.slice(0, repairs.most);
  }
}

type ToTell = Pick<TellInput, "described" | "personId" | "zone" | "nowMs"> & { readonly around: Around };

/** What repairs are found and told by, in the numbers of a situation; who may stand in has the last of them. */
export function tellingOf(known: Situation, { described, around, personId, zone, nowMs }: ToTell): Telling {
  const situation = withSubjects(known, [...around.standIns.values()].flat());
  const numbers = new Map(situation.subjects.map((id, number) => [id, number]));
  const numbersOf = (ids: readonly string[]) => ids.flatMap((id) => numbers.get(id) ?? []);
  const of = describedIn(situation, described);
  const parts = new Map<number, Parts>();
  const partsOf = (date: number): Parts => {
    const said = parts.get(date) ?? numberedParts(of(date), numbersOf);
    parts.set(date, said);
    return said;
  };
  const facts: RepairFacts = {
    index: situation.index,
    rowsOf: situation.rowsOf,
    ...bindingOf(situation, around, nowMs),
    titleOf: (date) => of(date).title,
    isMovable: (date) => of(date).mayMove && of(date).eventId !== null,
    partsOf,
    standInsOf: (subject) => numbersOf(around.standIns.get(situation.subjects[subject]!) ?? []),
    nameOf: (subject) => around.names.get(situation.subjects[subject]!) ?? "Somebody",
    zone,
    nowMs,
  };
  return { facts, situation, of, people: around.people, viewerId: personId };
}

const numberedParts = ({ parts }: Described, numbersOf: (ids: readonly string[]) => number[]): Parts => ({
  invited: new Set(numbersOf(parts?.invited ?? [])),
  optional: new Set(numbersOf(parts?.optional ?? [])),
  hasLink: parts !== null && parts.link !== null,
  maySplit: parts?.maySplit === true,
});

/** What binds a change, by the numbers of a situation. */
function bindingOf(
  situation: Situation,
  { openTime, book }: Around,
  nowMs: number,
): Pick<RepairFacts, "openTime" | "isBarred" | "areBarred"> {
  const open = openTimeFrom([openTime]);
  const isBarred = barredBy(situation, book, open, nowMs);
  return {
    openTime: openTimeOf(situation, open),
    ...(isBarred === null || book === null
      ? {}
      : {
          isBarred,
          areBarred: barringChanges(scenesOf(situation, book, open, nowMs), (takes) =>
            traitsOfTakers(
              takes,
              siteOn(situation.subjects, book),
              collectionsOf(situation.dates[wholeOf(takes[0]!.occurrence)], book),
            ),
          ),
        }),
  };
}

/** What is said of the dates of a situation, by their numbers. */
export function describedIn(situation: Situation, said: TellInput["described"]): (date: number) => Described {
  const described = new Map(said.map(([date, each]) => [keyOfDate(date), each]));
  return (date) => described.get(keyOfDate(situation.dates[date]!)) ?? unknown;
}

export type GivenInput = {
  readonly events: readonly GivenEvent[];
  readonly fromMs: number;
  readonly toMs: number;
  readonly zone: string;
  readonly nowMs: number;
};

/** Conflicts among given events. */
export async function* givenTask({
  events,
  fromMs,
  toMs,
  zone,
  nowMs,
}: GivenInput): AsyncGenerator<never, ConflictsText | Refused<"calendars/out-of-range">> {
  const given = givenEvents(events);
  if (isRefused(given)) return given;
  const found = conflictsAmong(given, fromMs, toMs, zone, nowMs);
  return { text: JSON.stringify(found), count: found.length, isCut: found.length === SHOWN_MAX };
}
