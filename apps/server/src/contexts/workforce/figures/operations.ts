import { setImmediate } from "node:timers/promises";
import { isRefused, limits, refuseWork, type Catalogue, type OperationInput } from "@hourwright/contract";
import {
  attendedBy,
  coverageTotal,
  presentByDay,
  sitesOf,
  type Attended,
  type RosterQuestion,
  type Site,
} from "@hourwright/roster";
import { DAY_MS } from "@hourwright/time";
import type { Unit } from "../../../platform/db/database.ts";
import type { Caller, RequestContext } from "../../../platform/operations/context.ts";
import type { Handlers } from "../../../platform/operations/dispatcher.ts";
import { departmentsNamed, departmentsWithin, teamsById, teamsOfPeople } from "../../identity/public.ts";
import { accountRules, correctionsOfPeople, pairsOfPeople } from "../accounts/store.ts";
import { isAdministrator, knownTo, plans } from "../access.ts";
import { versionsOf } from "../contracts/store.ts";
import { rosterQuestion } from "../drafts/question.ts";
import type { Agreed } from "../schedules/agreed.ts";
import type { DayWindow } from "../schedules/scenes.ts";
import { daysAround, figuresOf, monthsBetween, scheduleAround, todayOf, type Figures, type Month } from "./decide.ts";
import { fileOf, sheetOfGroups, sheetOfPeople } from "./files.ts";
import {
  linesByGroup,
  linesTogether,
  NOBODYS,
  type Counted,
  type Group,
  type Line,
  type PersonFigures,
  type SiteCoverage,
} from "./groups.ts";

type Query = OperationInput<Catalogue["staffFigures.read"]>["query"];

/** People whose months are counted before others have their turn: about 10 ms. */
const PEOPLE_OF_A_TURN = 5;
/** Days of sites whose coverage is added up: those of one answer about coverage. */
const SITE_DAYS_MAX = limits.DEMANDS_MAX * limits.COVERAGE_DAYS_MAX;

/** Hours, overtime, coverage, absence and cost by department, team or site and month; and by person, for payroll. */
export const figureOperations: Handlers<`staffFigures.${"read" | "file"}`> = {
  "staffFigures.read": async ({ query }, context) => {
    const counted = await countedFor(query, context, true);
    if (isRefused(counted)) return counted;
    const tellsCost = isAdministrator(context.caller!);
    return {
      items: linesByGroup(counted, query.by).flatMap(({ group, lines }) =>
        lines.map((line) => ({ ...group, ...shown(line, tellsCost) })),
      ),
      total: linesTogether(counted).map((line) => shown(line, tellsCost)),
      coverageState: counted.coverageState,
    };
  },

  "staffFigures.file": async ({ query }, context) => {
    const counted = await countedFor(query, context, query.of === "groups");
    if (isRefused(counted)) return counted;
    const tellsCost = isAdministrator(context.caller!);
    const span = `${query.from}-${query.to}`;
    return query.of === "people"
      ? fileOf(sheetOfPeople(counted, tellsCost), `hours-${span}`, query.format)
      : fileOf(sheetOfGroups(counted, query.by, tellsCost), `figures-${span}`, query.format);
  },
};

function monthsAsked({ from, to }: Query) {
  const months = monthsBetween(from, to);
  if (months.length === 0) return refuseWork("bad-window", "months-turned", {});
  if (months.length > limits.FIGURE_MONTHS_MAX)
    return refuseWork("bad-window", "months", { most: limits.FIGURE_MONTHS_MAX });
  return months;
}

/** Everybody the caller may know all of, who had a contract in one of the months; and the coverage of the sites that count. */
async function countedFor(query: Query, context: RequestContext, asksCoverage: boolean) {
  const months = monthsAsked(query);
  if (isRefused(months)) return months;
  const read = await context.read((unit) => readFor(unit, query, months, context, asksCoverage));
  if (isRefused(read)) return read;
  const { question, groups, isEverybody, coverageState } = read;
  const sites = sitesOf(question.rows);
  const sitesByKey = new Map(sites.map((site) => [site.key, site]));
  const names = new Map(sites.map(({ key, rows }) => [key, rows[0]!.site]));
  const gone = context.gone();
  /** Lets others work, and ends where nobody waits for the answer any more. */
  const turn = async () => {
    await setImmediate();
    gone.throwIfAborted();
  };
  const attended: Attended[] = [];
  const people: PersonFigures[] = [];
  for (const [i, person] of question.people.entries()) {
    const { personId, name } = person;
    const schedule = scheduleAround(person, months);
    const stretches = schedule.flatMap((unified) => unified.stretches);
    const own = attendedBy(sitesByKey, person, stretches);
    attended.push(own);
    const named = groups.get(personId);
    if (named !== undefined) {
      const clocked = within(person, read.pairs.get(personId) ?? [], read.corrections.get(personId) ?? [], months);
      const figures = figuresOf(person, schedule, clocked, read.rules, months, todayOf(person, context.nowMs));
      for (const [key, { site }] of own.shifts) if (!names.has(key)) names.set(key, site);
      const at = months.map((month) => sitesIn(own, month));
      const groupsThen = at.map((keys) => (query.by === "site" ? sitesNamed(keys, names) : named));
      if (figures.some((each) => each !== null))
        people.push({ personId, name, groups: groupsThen, sites: at, months: figures });
    }
    if ((i + 1) % PEOPLE_OF_A_TURN === 0) await turn();
  }
  const attending = new Set(people.flatMap((each) => each.sites.flat()));
  const told = coverageState === "told" ? sites.filter(({ key }) => isEverybody || attending.has(key)) : [];
  return {
    months,
    people: people.toSorted(
      (one, other) => one.name.localeCompare(other.name) || (one.personId < other.personId ? -1 : 1),
    ),
    coverage: await coverageBySite(told, attended, question, months, turn),
    isEverybody,
    coverageState,
  };
}

type CoverageState = "told" | "for-planners" | "too-many";

/** What figures are made of, in some statements however many people: of those asked for, and for coverage of everybody. */
async function readFor(
  unit: Unit,
  query: Query,
  months: readonly Month[],
  { caller }: RequestContext,
  asksCoverage: boolean,
) {
  const window = daysAround(months);
  const days = window.toDay - window.fromDay;
  const asked = await peopleAsked(unit, query, window, caller!);
  const people = [...asked.groups.keys()];
  if (people.length * days > limits.SCHEDULE_PERSON_DAYS_MAX)
    return refuseWork("bad-window", "people-months", { people: people.length });
  const coverageState = asksCoverage && (await plans(unit, caller!)) ? stateOf(asked.everybody, days) : "for-planners";
  const question = await rosterQuestion(unit, window, {
    people: coverageState === "told" ? null : people,
    judged: [],
    entries: [],
  });
  const isWide = sitesOf(question.rows).length * days > SITE_DAYS_MAX;
  const [fromMs, toMs] = [(window.fromDay - 1) * DAY_MS, (window.toDay + 1) * DAY_MS];
  return {
    ...asked,
    question,
    coverageState: coverageState === "told" && isWide ? "too-many" : coverageState,
    pairs: await pairsOfPeople(unit, people, fromMs, toMs),
    corrections: await correctionsOfPeople(unit, people, window),
    rules: (await accountRules(unit)).rules,
  };
}

const stateOf = (people: number, days: number): CoverageState =>
  people * days > limits.SCHEDULE_PERSON_DAYS_MAX ? "too-many" : "told";

/** The sites at which somebody has shifts that belong to a month. */
const sitesIn = ({ shifts }: Attended, { fromDay, toDay }: Month): string[] =>
  [...shifts].flatMap(([key, { days }]) => (days.values().some((day) => fromDay <= day && day < toDay) ? [key] : []));

const sitesNamed = (keys: readonly string[], names: ReadonlyMap<string, string>): readonly Group[] =>
  keys.length === 0 ? [NOBODYS] : keys.map((key) => ({ id: null, name: names.get(key) ?? key }));

/** What the demand of each site comes to in each month, with a turn for others after each: of eight skills a month is about 10 ms. */
async function coverageBySite(
  sites: readonly Site[],
  attended: readonly Attended[],
  { clocks }: Pick<RosterQuestion, "clocks">,
  months: readonly Month[],
  turn: () => Promise<void>,
): Promise<Counted["coverage"]> {
  const found = new Map<string, SiteCoverage>();
  for (const site of sites) {
    const present = presentByDay(attended.map(({ presences }) => presences.get(site.key) ?? []));
    const totals: SiteCoverage["months"][number][] = [];
    for (const month of months) {
      totals.push(coverageTotal(site, present, clocks, month));
      await turn();
    }
    found.set(site.key, { site: site.rows[0]!.site, months: totals });
  }
  return found;
}

/** What was clocked on the days, by the clocks of the person. */
function within<Pair extends { readonly startMs: number }, Correction>(
  { zone }: Pick<Agreed, "zone">,
  pairs: readonly Pair[],
  corrections: readonly Correction[],
  months: readonly Month[],
) {
  const { fromDay, toDay } = daysAround(months);
  const [fromMs, toMs] = [zone.toEpochMs(fromDay * DAY_MS), zone.toEpochMs(toDay * DAY_MS)];
  return { pairs: pairs.filter(({ startMs }) => fromMs <= startMs && startMs < toMs), corrections };
}

/**
 * Those with a contract then whom the caller may know, with the departments or teams they are counted in (of sites they are told by
 * their shifts); how many have a contract then, and whether none of them is left out.
 */
async function peopleAsked(unit: Unit, query: Query, { fromDay, toDay }: DayWindow, caller: Caller) {
  const holding = [...(await versionsOf(unit, null))].filter(([, own]) =>
    own.some((each) => each.fromDay < toDay && (each.toDay ?? Infinity) > fromDay),
  );
  const known = await knownTo(unit, caller);
  const mayKnow = known === null ? null : new Set(known);
  const people = holding.map(([id]) => id).filter((id) => mayKnow?.has(id) ?? true);
  const groups = await groupsOf(unit, people, query.by);
  const everybody = holding.length;
  if (query.within === undefined) return { groups, everybody, isEverybody: mayKnow === null };
  const asked = new Set<string | null>(
    query.by === "team" ? [query.within] : await departmentsWithin(unit, query.within),
  );
  const inside = [...groups].map(([id, own]) => [id, own.filter((group) => asked.has(group.id))] as const);
  return { groups: new Map(inside.filter(([, own]) => own.length > 0)), everybody, isEverybody: false };
}

/** The department of each, or the teams. */
async function groupsOf(
  unit: Unit,
  people: readonly string[],
  by: Query["by"],
): Promise<ReadonlyMap<string, readonly Group[]>> {
  if (by !== "team") {
    const departments = await departmentsNamed(unit, people);
    return new Map(people.map((id) => [id, departments.get(id) ?? [NOBODYS]]));
  }
  const teams = await teamsOfPeople(unit, people);
  const names = await teamsById(unit, [...new Set([...teams.values()].flat())]);
  const named = new Map(names.map((team) => [team.id, team]));
  return new Map(
    [...teams].map(([personId, ids]) => {
      const own = ids.flatMap((id) => named.get(id) ?? []);
      return [personId, own.length === 0 ? [NOBODYS] : own];
    }),
  );
}

const shown = ({ month, people, figures, coverage }: Line, tellsCost: boolean) => ({
  month,
  people,
  nominalMinutes: figures.nominal,
  plannedMinutes: Math.round(figures.planned),
  workedMinutes: Math.round(figures.worked),
  creditedMinutes: Math.round(figures.credited),
  overtimeMinutes: Math.round(figures.overtime),
  coverage: coverage === null ? null : shownCoverage(coverage),
  absence: { ...figures.absence },
  leaveDays: figures.leaveHundredths / 100,
  cost: tellsCost ? costShown(figures) : null,
});

const costShown = ({ cost }: Figures) =>
  [...cost].map(([currency, units]) => ({ minorUnits: Math.round(units), currency }));

function shownCoverage(coverage: NonNullable<Line["coverage"]>) {
  const [neededMinutes, coveredMinutes] = [Math.round(coverage.neededMinutes), Math.round(coverage.coveredMinutes)];
  const spareMinutes = Math.round(coverage.spareMinutes);
  return { neededMinutes, coveredMinutes, shortMinutes: neededMinutes - coveredMinutes, spareMinutes };
}
