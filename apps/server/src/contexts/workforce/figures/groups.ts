import { siteKeyOf, type CoverageTotal } from "@hourwright/roster";
import { sumOf, type Figures, type Month } from "./decide.ts";

// Pure: figures of people by department, team or site, with the coverage of the sites at which they have shifts.

/** `id` null: a site, or (without a name) those who are in none. */
export type Group = { readonly id: string | null; readonly name: string };
export const NOBODYS: Group = { id: null, name: "" };

/** Of each list one for each month. `sites`: at which they have shifts, by key. */
export type PersonFigures = {
  readonly personId: string;
  readonly name: string;
  readonly groups: readonly (readonly Group[])[];
  readonly sites: readonly (readonly string[])[];
  readonly months: readonly (Figures | null)[];
};

/** What is told of: `coverage` by site, then by month; empty where it is not told. */
export type Counted = {
  readonly months: readonly Month[];
  readonly people: readonly PersonFigures[];
  readonly coverage: ReadonlyMap<string, SiteCoverage>;
  /** Nobody is left out: the demand of all sites counts, also where nobody is. */
  readonly isEverybody: boolean;
};
export type SiteCoverage = { readonly site: string; readonly months: readonly (CoverageTotal | null)[] };

/** A month of a group, or of all. */
export type Line = {
  readonly month: string;
  readonly people: number;
  readonly figures: Figures;
  readonly coverage: CoverageTotal | null;
};

/** Those without a name last. O(people × months + groups × months). */
export function linesByGroup(counted: Counted, by: "department" | "team" | "site") {
  const { months, people, coverage, isEverybody } = counted;
  const found = new Map<string, { readonly group: Group; readonly members: readonly PersonFigures[][] }>();
  const membersOf = (group: Group) => {
    const key = group.id ?? siteKeyOf(group.name);
    const known = found.get(key) ?? { group, members: months.map(() => []) };
    found.set(key, known);
    return known.members;
  };
  for (const person of people)
    for (const [i, groups] of person.groups.entries()) for (const group of groups) membersOf(group)[i]!.push(person);
  if (by === "site" && isEverybody) for (const { site } of coverage.values()) membersOf({ id: null, name: site });
  return Array.from(found, ([key, { group, members }]) => ({
    group,
    lines: linesOf(counted, members, (own, i) => (by === "site" ? [key] : sitesOfPeople(own, i))),
  })).toSorted((one, other) => byName(one.group, other.group));
}

const byName = (one: Group, other: Group): number =>
  Number(one.name === "") - Number(other.name === "") || one.name.localeCompare(other.name);

/** All of it by month, each person and each site once. */
export function linesTogether(counted: Counted): Line[] {
  const { months, people, coverage, isEverybody } = counted;
  const sites = isEverybody ? () => coverage.keys() : sitesOfPeople;
  return linesOf(
    counted,
    months.map(() => people),
    sites,
  );
}

const sitesOfPeople = (people: readonly PersonFigures[], month: number): ReadonlySet<string> =>
  new Set(people.flatMap(({ sites }) => sites[month]!));

/** A line for each month in which somebody has a contract or is needed. */
function linesOf(
  { months, coverage }: Counted,
  members: readonly (readonly PersonFigures[])[],
  sitesOf: (own: readonly PersonFigures[], month: number) => Iterable<string>,
): Line[] {
  return months.flatMap(({ name }, i) => {
    const figures = members[i]!.flatMap((each) => each.months[i] ?? []);
    const covered = coverageOf(Array.from(sitesOf(members[i]!, i), (key) => coverage.get(key)?.months[i] ?? null));
    if (figures.length === 0 && covered === null) return [];
    return [{ month: name, people: figures.length, figures: sumOf(figures), coverage: covered }];
  });
}

/** What the coverage of several sites is together; null where nobody is needed at any. */
export function coverageOf(sites: readonly (CoverageTotal | null)[]): CoverageTotal | null {
  const asked = sites.flatMap((site) => site ?? []);
  if (asked.length === 0) return null;
  const sum = (key: keyof CoverageTotal) => asked.reduce((all, each) => all + each[key], 0);
  return {
    neededMinutes: sum("neededMinutes"),
    coveredMinutes: sum("coveredMinutes"),
    spareMinutes: sum("spareMinutes"),
  };
}
