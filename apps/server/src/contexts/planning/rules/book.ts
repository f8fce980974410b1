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
import { isOfGroup, type Holder } from "./decide.ts";
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
  /** Whom and what the rules name. */
  readonly named: readonly { readonly id: string; readonly name: string }[];
  readonly firstWeekday: number;
  /** Of the organisation: by its clocks a group is compared, whosever clocks its people live by. */
  readonly zone: string;
  /** Epoch days. */
  readonly holidays: readonly number[];
};

/** The days on which nobody works: filled by the context that knows them. */
export type Holidays = (unit: Unit) => Promise<readonly number[]>;

/**
 * The book of some people and things, by the rules that stand, or by others; and of those with whom such a rule compares them, behind
 * them.
 */
export async function bookFor(
  unit: Unit,
  subjectIds: readonly string[],
  holidays: Holidays,
  rules?: readonly Rule[],
): Promise<Book> {
  const set = rules ?? (await rulesOf(unit));
  const ids = [...new Set([...subjectIds, ...(await comparedWith(unit, set, subjectIds))])];
  const [subjects, teams] = [await subjectsById(unit, ids), await teamsOfPeople(unit, ids)];
  const sites = await placesOf(unit);
  const { firstWeekday, zone } = await organisationOf(unit);
  return {
    rules: set,
    named: await namedBy(unit, set),
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
    holidays: await holidays(unit),
  };
}

/** People of one group who are compared: those here longest. */
export const GROUP_PEOPLE_MAX = 200;

/** With whom rules that judge groups compare some people: the groups in which one of these is. */
async function comparedWith(unit: Unit, rules: readonly Rule[], ids: readonly string[]): Promise<string[]> {
  const ofGroups = rules.filter(isOfGroup);
  if (ofGroups.length === 0 || ids.length === 0) return [];
  const theirs = new Set([...(await teamsOfPeople(unit, ids)).values()].flat());
  const groups = ofGroups.filter(({ holderId }) => holderId === null || theirs.has(holderId));
  const people = await Promise.all(groups.map((rule) => peopleOfGroup(unit, rule, GROUP_PEOPLE_MAX)));
  return people.flat();
}

/** The people of a rule's group, at most `limit`. */
export const peopleOfGroup = (unit: Unit, { holderId }: Pick<Rule, "holderId">, limit: number): Promise<string[]> =>
  holderId === null ? peopleOf(unit, limit) : peopleOfTeams(unit, [holderId], limit);

/** Whom and what some rules name. */
export async function namedBy(unit: Unit, rules: readonly Pick<Rule, "namedIds">[]): Promise<Book["named"]> {
  const ids = [...new Set(rules.flatMap(({ namedIds }) => namedIds))];
  if (ids.length === 0) return [];
  return (await subjectsById(unit, ids)).map(({ id, name }) => ({ id, name }));
}

/** The same, null where no rule is set: most organisations set none, and nobody pays for them. */
export async function bookOf(unit: Unit, subjectIds: readonly string[], holidays: Holidays): Promise<Book | null> {
  const rules = await rulesOf(unit);
  return rules.length === 0 ? null : bookFor(unit, subjectIds, holidays, rules);
}
