import type { Catalogue, OperationAnswer } from "@hourwright/contract";
import type { Unit } from "../../../platform/db/database.ts";
import {
  organisationOf,
  peopleOf,
  peopleOfTeams,
  sitesOfThings,
  subjectsById,
  teamsOfPeople,
} from "../../identity/public.ts";
import { numbersOfSites, type Place } from "../places/model.ts";
import { placesOf } from "../places/store.ts";
import type { Caller } from "../../../platform/operations/context.ts";
import { keyOfCommitment, type CommitmentDate } from "../situation.ts";
import { groupReachMs, reachMsOf, isAboutSkills, isOfCollection, isOfGroup, type Holder } from "./decide.ts";
import type { Rule } from "./model.ts";
import { rulesOf } from "./store.ts";

/** Everything beside time itself that rules are judged by, for some people and things: plain, so that a thread can have it. */
export type Book = {
  readonly rules: readonly Rule[];
  readonly holders: readonly (Holder & {
    readonly name: string;
    readonly zone: string;
    readonly places: number | null;
  })[];
  /** Where the sites of rooms and things are. */
  readonly sites: readonly Place[];
  /** At which of these rooms and things are, by their ids: all of the organisation of which that is known. */
  readonly siteOf: ReadonlyMap<string, number>;
  /** Of the skills that the rules need: who has them. */
  readonly skills: ReadonlyMap<string, readonly HeldSkill[]>;
  /** Whom and what the rules name. */
  readonly named: readonly { readonly id: string; readonly name: string }[];
  readonly firstWeekday: number;
  /** Of the organisation: by its clocks a group is compared, whosever clocks its people live by. */
  readonly zone: string;
  /** The calendars that rules hold for; their numbers are their places here. */
  readonly collections: readonly Collection[];
  /** Whom rules compare that hold for one collection, by the rule. */
  readonly compared: ReadonlyMap<string, readonly string[]>;
  /** In which of these commitments lie, by `keyOfCommitment`; none where it is not in it. */
  readonly collected: ReadonlyMap<string, readonly number[]>;
  /** Epoch days. */
  readonly holidays: readonly number[];
};

/** When what is judged lies. */
type Window = { readonly fromMs: number; readonly toMs: number };

/**
 * What keeps commitments together, by ids of its own: calendars, and whatever else contexts above have of the kind. Filled by these.
 */
export type Collections = {
  readonly named: (unit: Unit, ids: readonly string[]) => Promise<readonly Collection[]>;
  /** Whose time one of them is there to take, where it says so; null: anybody's. */
  readonly peopleOf: (unit: Unit, id: string) => Promise<readonly string[] | null>;
  /** Those that somebody may know of. */
  readonly seenBy: (unit: Unit, viewer: Caller) => Promise<ReadonlySet<string>>;
  /** What lies in some of them and touches a window. */
  readonly commitmentsIn: (
    unit: Unit,
    ids: readonly string[],
    window: Window,
  ) => Promise<readonly (Pick<CommitmentDate, "source" | "commitment"> & { readonly collection: string })[]>;
};

/** Somebody's skill, by days of their own clocks, epoch days both; `untilDay` is the last of them, null where it does not end. */
export type HeldSkill = {
  readonly skillId: string;
  readonly level: number;
  readonly fromDay: number;
  readonly untilDay: number | null;
};

/** Who is able to do what: filled by the context that knows people's skills. */
export type SkillFacts = {
  /** Those of some skills that there are. */
  readonly named: (unit: Unit, ids: readonly string[]) => Promise<readonly Collection[]>;
  /** Keeps some skills from being taken away until the unit ends. */
  readonly keep: (unit: Unit, ids: readonly string[]) => Promise<void>;
  /** Which of some skills some people have, had, or will have. */
  readonly heldBy: (
    unit: Unit,
    people: readonly string[],
    skills: readonly string[],
  ) => Promise<ReadonlyMap<string, readonly HeldSkill[]>>;
};

export type Collection = { readonly id: string; readonly name: string };

/** What rules are judged by that other contexts know. */
export type RuleFacts = {
  readonly holidays: Holidays;
  readonly collections: Collections;
  readonly skills: SkillFacts;
  readonly closed: WhyClosed;
};

/** Why some are closed for a part of a stretch, as a viewer may know it, by id. */
export type WhyClosed = (
  unit: Unit,
  viewer: Caller,
  subjectIds: readonly string[],
  stretch: { readonly startMs: number; readonly endMs: number },
) => Promise<ReadonlyMap<string, Omit<ToldClosed, "subject">>>;

type ToldClosed = OperationAnswer<Catalogue["conflicts.whyNot"]>["closed"][number];

/** The days on which nobody works: filled by the context that knows them. */
export type Holidays = (unit: Unit) => Promise<readonly number[]>;

/**
 * The book of some people and things, by the rules that stand, or by others; and of those with whom such a rule compares them, behind
 * them.
 */
export async function bookFor(
  unit: Unit,
  subjectIds: readonly string[],
  { holidays, collections, skills }: RuleFacts,
  window: Window,
  rules?: readonly Rule[],
): Promise<Book> {
  const set = rules ?? (await rulesOf(unit));
  const compared = await comparedWith(unit, set, subjectIds, collections);
  const ids = [...new Set([...subjectIds, ...compared.flatMap(([, people]) => people)])];
  const [subjects, teams] = [await subjectsById(unit, ids), await teamsOfPeople(unit, ids)];
  const sites = await placesOf(unit);
  const { firstWeekday, zone } = await organisationOf(unit);
  return {
    rules: set,
    named: await namedBy(unit, set, skills),
    skills: await skillsFor(unit, set, ids, skills),
    holders: subjects.map(({ id, name, kind, zone, capacity }) => ({
      id,
      name,
      kind: kind === "person" || kind === "outside" ? kind : "thing",
      teams: teams.get(id) ?? [],
      zone,
      places: capacity,
    })),
    sites,
    siteOf: sites.length === 0 ? new Map() : numbersOfSites(sites, await sitesOfThings(unit)),
    firstWeekday,
    zone,
    compared: new Map(compared.filter(([rule]) => isOfCollection(rule)).map(([{ id }, people]) => [id, people])),
    ...(await collectedFor(unit, collections, set, window)),
    holidays: await holidays(unit),
  };
}

/** People of one group who are compared: those here longest. */
export const GROUP_PEOPLE_MAX = 200;

/** With whom rules that judge groups compare some people: the groups in which one of these is. */
async function comparedWith(
  unit: Unit,
  rules: readonly Rule[],
  ids: readonly string[],
  collections: Collections,
): Promise<(readonly [Rule, readonly string[]])[]> {
  const ofGroups = rules.filter(isOfGroup);
  if (ofGroups.length === 0 || ids.length === 0) return [];
  const theirs = new Set([...(await teamsOfPeople(unit, ids)).values()].flat());
  const groups = ofGroups.filter(({ scope, holderId }) => scope !== "team" || theirs.has(holderId!));
  const compared: (readonly [Rule, readonly string[]])[] = [];
  for (const rule of groups) compared.push([rule, await peopleOfGroup(unit, rule, collections, GROUP_PEOPLE_MAX)]);
  const asked = new Set(ids);
  return compared.filter(([, people]) => people.some((id) => asked.has(id)));
}

/**
 * The people of a rule's group, at most `limit`. Of a rule for a calendar or a service: whom it names, else whose time that is there to
 * take, else everybody. None of it follows from what stands: whoever takes time would else change by whom others are judged.
 */
export async function peopleOfGroup(
  unit: Unit,
  { scope, holderId, namedIds }: Pick<Rule, "scope" | "holderId" | "namedIds">,
  collections: Collections,
  limit: number,
): Promise<readonly string[]> {
  if (scope === "team") return peopleOfTeams(unit, [holderId!], limit);
  if (scope === "organisation") return peopleOf(unit, limit);
  const meant = namedIds.length > 0 ? namedIds : await collections.peopleOf(unit, holderId!);
  if (meant === null) return peopleOf(unit, limit);
  const known = await subjectsById(unit, meant);
  return known
    .filter(({ kind, retired }) => kind === "person" && !retired)
    .map(({ id }) => id)
    .slice(0, limit);
}

/** Whom and what some rules name. */
export async function namedBy(
  unit: Unit,
  rules: readonly Pick<Rule, "constraintId" | "namedIds">[],
  skills: Pick<SkillFacts, "named">,
): Promise<Book["named"]> {
  const namesOf = (some: typeof rules) => [...new Set(some.flatMap(({ namedIds }) => namedIds))];
  const needed = namesOf(rules.filter(isAboutSkills));
  const others = namesOf(rules.filter((rule) => !isAboutSkills(rule)));
  const subjects = others.length === 0 ? [] : await subjectsById(unit, others);
  return [
    ...subjects.map(({ id, name }) => ({ id, name })),
    ...(needed.length === 0 ? [] : await skills.named(unit, needed)),
  ];
}

/** Who of some people has what rules need; nothing is asked where they need nothing. */
async function skillsFor(
  unit: Unit,
  rules: readonly Rule[],
  people: readonly string[],
  { heldBy }: SkillFacts,
): Promise<Book["skills"]> {
  const needed = [...new Set(rules.filter(isAboutSkills).flatMap(({ namedIds }) => namedIds))];
  return needed.length === 0 ? new Map() : heldBy(unit, people, needed);
}

/** The same, null where no rule is set: most organisations set none, and nobody pays for them. */
export async function bookOf(
  unit: Unit,
  subjectIds: readonly string[],
  facts: RuleFacts,
  window: Window,
): Promise<Book | null> {
  const rules = await rulesOf(unit);
  return rules.length === 0 ? null : bookFor(unit, subjectIds, facts, window, rules);
}

/** A book as somebody may be told of it: calendars that they may not know of have no name. */
export async function bookToldTo(unit: Unit, viewer: Caller, book: Book, { collections }: RuleFacts): Promise<Book> {
  if (book.collections.length === 0) return book;
  const seen = await collections.seenBy(unit, viewer);
  return {
    ...book,
    collections: book.collections.map((each) => (seen.has(each.id) ? each : { ...each, name: "of others" })),
  };
}

/** How much farther around than a day or a week the rules reach. */
export const groupReachOf = async (unit: Unit): Promise<number> => groupReachMs(await rulesOf(unit));

/** How far around a change the rules reach. */
export const reachOf = async (unit: Unit): Promise<number> => reachMsOf(await rulesOf(unit));

/** The collections that rules hold for, and what lies in them. */
async function collectedFor(
  unit: Unit,
  { named, commitmentsIn }: Collections,
  rules: readonly Rule[],
  window: Window,
): Promise<Pick<Book, "collections" | "collected">> {
  const ids = [...new Set(rules.filter(isOfCollection).map(({ holderId }) => holderId!))];
  if (ids.length === 0) return { collections: [], collected: new Map() };
  const collections = await named(unit, ids);
  const numbers = new Map(collections.map(({ id }, number) => [id, number]));
  const lying = await commitmentsIn(unit, [...numbers.keys()], window);
  const collected = Map.groupBy(lying, keyOfCommitment);
  return {
    collections,
    collected: new Map(
      Array.from(collected, ([key, list]) => [key, list.map(({ collection }) => numbers.get(collection)!)]),
    ),
  };
}
