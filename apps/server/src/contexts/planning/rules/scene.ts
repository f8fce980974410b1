import { findZone, UTC, type Interval } from "@hourwright/time";
import {
  barring,
  barringNew,
  PLAIN,
  type Constraint,
  type Judged,
  type RepairFacts,
  type Scene,
  type Skill,
  startOfDay,
  type Subject,
  takersOf,
  type Traits,
  type World,
} from "@hourwright/conflict";
import { waysBetween } from "../places/model.ts";
import { keyOfCommitment, withSubjects, type CommitmentDate, type Situation } from "../situation.ts";
import type { Book } from "./book.ts";
import { isOfGroup, namesOver, settingsOf, type SetRule } from "./decide.ts";

// Pure: what stands, as the catalogue looks at it.

const NOBODY: Subject = { open: null, skills: [], places: null };

/** What stands on some lines, days and weeks those of one zone, with the rules that bind these. O(subjects × rules). */
export function sceneIn(
  zone: string,
  { index, subjects, rowsOf, dates }: Situation,
  book: Book,
  openTime: ReadonlyMap<string, readonly Interval[]>,
  nowMs: number,
): Judged<SetRule> {
  const onLines = linesOf(subjects, book);
  const { numberOf } = namesOver(book, onLines);
  const seats = onLines.map((holder): Subject => {
    const { id, places } = holder;
    return { open: openTime.get(id) ?? null, skills: skillsOf(holder, book, numberOf), places };
  });
  const scene: Scene = {
    index,
    subjectOf: (number) => seats[number] ?? NOBODY,
    traitsOf: traitsIn({ index, rowsOf, subjects, dates }, book),
    world: worldOf(book, zone, nowMs),
  };
  return { scene, settings: settingsOf(book, onLines) };
}

/** What somebody is able to do of what rules need, by the days of their own clocks; `numberOf` is that of their lines. */
export function skillsOf(
  { id, zone }: { readonly id: string; readonly zone: string },
  { skills }: Pick<Book, "skills">,
  numberOf: (skillId: string) => number | undefined,
): readonly Skill[] {
  const own = skills.get(id);
  if (own === undefined) return NONE;
  const clocks = findZone(zone) ?? UTC;
  return own.flatMap(({ skillId, level, fromDay, untilDay }) => {
    const skill = numberOf(skillId);
    if (skill === undefined) return [];
    const untilMs = untilDay === null ? Infinity : startOfDay(untilDay + 1, clocks);
    return { skill, level, fromMs: startOfDay(fromDay, clocks), untilMs };
  });
}

const NONE: readonly Skill[] = [];

/** What constraints look at of what stands in a situation: who takes part, what it needs, and where that is. */
export function traitsIn(
  { index, rowsOf, subjects, dates }: Pick<Situation, "index" | "rowsOf" | "subjects" | "dates">,
  book: Book,
): Scene["traitsOf"] {
  const { how, subject } = index.takings;
  const siteOf = siteOn(subjects, book);
  return (occurrence): Traits =>
    traitsOfTakers(
      rowsOf(occurrence).map((row) => ({ subject: subject[row]!, how: how[row]! })),
      siteOf,
      collectionsOf(dates[occurrence], book),
    );
}

/** In which of the calendars that rules hold for something lies, by their numbers. */
export const collectionsOf = (
  date: Pick<CommitmentDate, "source" | "commitment"> | undefined,
  { collected }: Book,
): readonly number[] => (date === undefined ? NOWHERE : (collected.get(keyOfCommitment(date)) ?? NOWHERE));

const NOWHERE: readonly number[] = [];

/** Where a room or a thing is, by its number on some lines. */
export const siteOn =
  (lines: readonly string[], { siteOf }: Book) =>
  (subject: number): number | null =>
    siteOf.get(lines[subject] ?? "") ?? null;

/** The same of some that it takes: it is where the first of its rooms and things is of which that is known. */
export function traitsOfTakers(
  takes: Parameters<typeof takersOf>[0],
  siteOf: (subject: number) => number | null,
  collections: readonly number[],
): Traits {
  const takers = takersOf(takes);
  const site = takers.things.map(siteOf).find((each) => each !== null) ?? null;
  return { ...PLAIN, ...takers, site, guests: takers.people.length, collections };
}

/** What constraints are judged by beside who is where. */
export const worldOf = ({ firstWeekday, holidays, sites }: Book, zone: string, nowMs: number): World => ({
  zone: findZone(zone) ?? UTC,
  firstWeekday,
  nowMs,
  holidays: new Set(holidays),
  travelMs: waysBetween(sites),
});

/** A situation with a line for everybody with whom a rule compares those in it: who has nothing in it has a share as well. */
export const withGroups = (situation: Situation, { rules, holders }: Pick<Book, "rules" | "holders">): Situation =>
  rules.some(isOfGroup)
    ? withSubjects(
        situation,
        holders.map(({ id }) => id),
      )
    : situation;

/**
 * The same as a scene for each zone, since days and weeks are those of whoever lives them, and one by the clocks of the organisation
 * for what judges groups; none where no rule binds anybody. Its numbers are those of `withGroups`.
 */
export function scenesOf(
  ...[given, book, ...rest]: [
    situation: Situation,
    book: Book,
    openTime: ReadonlyMap<string, readonly Interval[]>,
    nowMs: number,
  ]
): Judged<SetRule>[] {
  const situation = withGroups(given, book);
  const { subjects } = situation;
  const onLines = linesOf(subjects, book);
  const byZone = Map.groupBy(onLines.keys(), (number) => onLines[number]!.zone);
  const ofGroups = book.rules.some(isOfGroup) ? sceneIn(book.zone, situation, book, ...rest) : null;
  const groups = (ofGroups?.settings ?? []).filter(({ constraint }) => constraint.compares !== undefined);
  const lines = [...byZone].flatMap(([zone, numbers]) => {
    const here = new Set(numbers);
    const { scene, settings } = sceneIn(zone, situation, book, ...rest);
    const own = settings.flatMap((setting) => {
      if (setting.constraint.compares !== undefined) return [];
      const bound = setting.subjects!.intersection(here);
      return bound.size === 0 ? [] : [{ ...setting, subjects: bound }];
    });
    return own.length === 0 ? [] : [{ scene, settings: own }];
  });
  return groups.length === 0 ? lines : [...lines, { scene: ofGroups!.scene, settings: groups }];
}

/** By whose clocks a breach is told: of whoever it is about, or, where a group is compared, of the organisation. */
export const clocksOf = (
  constraint: Pick<Constraint, "compares"> | null,
  holder: { readonly zone: string },
  book: Book,
): string => (constraint?.compares === undefined ? holder.zone : book.zone);

/** Names those who stand on the lines of a situation, and whom rules name beside. */
export function namerOf(situation: Situation, book: Book): (number: number) => string {
  const { subjects } = withGroups(situation, book);
  const names = new Map(book.holders.map(({ id, name }) => [id, name]));
  const { nameOf } = namesOver(
    book,
    subjects.map((id) => ({ id })),
  );
  return (number) => names.get(subjects[number] ?? "") ?? nameOf(number);
}

/** Whose lines they are; who is in no book is somebody from outside. */
function linesOf(subjects: readonly string[], { holders }: Book) {
  const byId = new Map(holders.map((holder) => [holder.id, holder]));
  return subjects.map(
    (id) => byId.get(id) ?? ({ id, kind: "outside", teams: [], name: "", zone: "UTC", places: null } as const),
  );
}

type Ground = Parameters<typeof scenesOf>;
type IsBarred = NonNullable<RepairFacts["isBarred"]> | null;

/** Which moves hard rules speak against: what is offered is judged by what a write is judged by. Null where there are none. */
export const barredBy = (situation: Ground[0], book: Book | null, ...rest: [Ground[2], Ground[3]]): IsBarred =>
  hasHard(book) ? barring(scenesOf(situation, book, ...rest)) : null;

/**
 * The same of something that does not stand yet: whom it would take are the first subjects of the situation, and `calendarId` is where
 * it would lie.
 */
export function barredAmong(
  situation: Ground[0],
  book: Book | null,
  calendarId: string | null,
  ...rest: [Ground[2], Ground[3]]
): IsBarred {
  if (!hasHard(book)) return null;
  const collections = numbersOfCollections(calendarId === null ? [] : [calendarId], book);
  return barringNew(scenesOf(situation, book, ...rest), (takes) =>
    traitsOfTakers(takes, siteOn(situation.subjects, book), collections),
  );
}

/** The numbers of those calendars that rules hold for. */
export const numbersOfCollections = (ids: readonly string[], { collections }: Book): readonly number[] =>
  collections.flatMap(({ id }, number) => (ids.includes(id) ? [number] : []));

/** Whether any rule may refuse something. */
export const hasHard = (book: Book | null): book is Book => book !== null && book.rules.some(({ isHard }) => isHard);
