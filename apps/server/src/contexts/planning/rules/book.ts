import type { Unit } from "../../../platform/db/database.ts";
import { organisationOf, sitesOfThings, subjectsById, teamsOfPeople } from "../../identity/public.ts";
import { numbersOfSites, type Place } from "../places/model.ts";
import { placesOf } from "../places/store.ts";
import type { Holder } from "./decide.ts";
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
  /** Epoch days. */
  readonly holidays: readonly number[];
};

/** The days on which nobody works: filled by the context that knows them. */
export type Holidays = (unit: Unit) => Promise<readonly number[]>;

/** The book of some people and things, by the rules that stand, or by others. */
export async function bookFor(
  unit: Unit,
  subjectIds: readonly string[],
  holidays: Holidays,
  rules?: readonly Rule[],
): Promise<Book> {
  const [subjects, teams] = [await subjectsById(unit, subjectIds), await teamsOfPeople(unit, subjectIds)];
  const sites = await placesOf(unit);
  const set = rules ?? (await rulesOf(unit));
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
    firstWeekday: (await organisationOf(unit)).firstWeekday,
    holidays: await holidays(unit),
  };
}

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
