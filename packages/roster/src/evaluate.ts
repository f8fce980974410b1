import { assert } from "@hourwright/std";
import {
  checkRules,
  objectionText,
  contractOn,
  minutesOf,
  nominalMinutes,
  unify,
  type Breach,
  type Contract,
  type Rule,
  type Stretch,
} from "@hourwright/schedule";
import { DAY_MS, overlaps, startOfWeek } from "@hourwright/time";
import {
  dayCoverage,
  dayIn,
  nearby,
  neededIn,
  presentByDay,
  stepsOfDay,
  type Clocks,
  type DayCoverage,
  type Needed,
  type Presence,
  type PresentByDay,
  type Step,
} from "./coverage.ts";
import { siteKeyOf, type Row } from "./demand.ts";
import { ENTRIES_MAX, hasSkill, objectionsOf, withEntries, type Entry, type Objection, type Person } from "./draft.ts";

/** Everything a draft is judged by: everybody with a contract, who is needed, and the days, half-open. */
export type RosterQuestion = {
  readonly people: readonly Person[];
  readonly rows: readonly Row[];
  readonly clocks: Clocks;
  readonly skillName: (id: string) => string;
  readonly fromDay: number;
  readonly toDay: number;
};

export type BrokenRule = Breach & { readonly personId: string };

/** What comes of one person. `money`: minor units of a currency times paid minutes: whole numbers, divided by 60 at the end. */
export type PersonResult = {
  readonly personId: string;
  readonly plannedMinutes: number;
  readonly nominalMinutes: number;
  readonly objections: readonly Objection[];
  readonly broken: readonly BrokenRule[];
  readonly money: ReadonlyMap<string, number>;
  /** When they are at which site, by site. */
  readonly presences: ReadonlyMap<string, readonly Presence[]>;
};

/** What stands without any draft: made once, and shared by all drafts of the days. */
export type Ground = {
  readonly question: RosterQuestion;
  readonly byId: ReadonlyMap<string, GroundPerson>;
  readonly sites: readonly Site[];
  readonly sitesByKey: SitesByKey;
};

/** `around`: the days before and after those of the draft that rules look at; `known`: what is broken without any draft. */
export type GroundPerson = {
  readonly person: Person;
  readonly stretches: readonly Stretch[];
  readonly result: PersonResult;
  readonly rules: readonly Rule[];
  readonly around: () => { readonly before: readonly Stretch[]; readonly after: readonly Stretch[] };
  readonly known: () => ReadonlySet<string>;
};

/** A site whose coverage is asked for, its rows in order; what they need on a day is looked up once. */
export type Site = { readonly key: string; readonly rows: readonly Row[]; readonly needed: Map<number, Needed> };
export type SitesByKey = ReadonlyMap<string, Site>;

export type Evaluation = {
  readonly ground: Ground;
  readonly entries: readonly Entry[];
  readonly byPerson: ReadonlyMap<string, readonly Entry[]>;
  /** Of those whom the draft touches; of the rest what stands holds. */
  readonly results: ReadonlyMap<string, PersonResult>;
  /** By row, one for each day. */
  readonly coverage: ReadonlyMap<string, readonly DayCoverage[]>;
};

export const ROSTER_DAYS_MAX = 100;
/** Shifts reach into the days around, and clocks are put back. */
const AROUND_DAYS = 3;

/** What stands on some days. O(schedules); of the days around them what is asked for. */
export function groundOf(question: RosterQuestion): Ground {
  const { rows, people, fromDay, toDay } = question;
  assert(fromDay < toDay && toDay - fromDay <= ROSTER_DAYS_MAX, `1 to ${ROSTER_DAYS_MAX} days: ${fromDay} ${toDay}`);
  const sites = sitesOf(rows);
  const sitesByKey = new Map(sites.map((site) => [site.key, site]));
  const byId = new Map(people.map((person) => [person.personId, groundPerson(question, sitesByKey, person)]));
  return { question, byId, sites, sitesByKey };
}

/** Rows by their site. */
export const sitesOf = (rows: readonly Row[]): Site[] =>
  Array.from(
    Map.groupBy(rows, ({ siteKey }) => siteKey),
    ([key, own]): Site => ({ key, rows: own, needed: new Map() }),
  );

function groundPerson(question: RosterQuestion, sites: SitesByKey, person: Person): GroundPerson {
  const near = nearDays(question);
  const { stretches } = unify({ ...person, ...near });
  const rules = rulesOf(person, question);
  const wide = ruleWindow(rules, question);
  const around = once(() => ({
    before: wide.fromDay < near.fromDay ? unify({ ...person, ...wide, toDay: near.fromDay }).stretches : [],
    after: near.toDay < wide.toDay ? unify({ ...person, ...wide, fromDay: near.toDay }).stretches : [],
  }));
  const found: Omit<GroundPerson, "known"> = {
    person,
    stretches,
    result: resultOf(question, sites, person, stretches, [], []),
    rules,
    around,
  };
  const known = once(() => new Set(breachesOf(question, found, stretches).map(breachKey)));
  return { ...found, known };
}

export const nearDays = ({ fromDay, toDay }: RosterQuestion) => ({
  fromDay: fromDay - AROUND_DAYS,
  toDay: toDay + AROUND_DAYS,
});

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => (made ??= { value: make() }).value;
}

/**
 * The rules that a person breaks who has these stretches on the days of the draft, and what stands around them: a schedule says of
 * its minutes what every larger one says [US12].
 */
function breachesOf(
  question: RosterQuestion,
  { person, rules, around }: Pick<GroundPerson, "person" | "rules" | "around">,
  stretches: readonly Stretch[],
): Breach[] {
  if (rules.length === 0) return [];
  const { before, after } = around();
  const all = rejoined([before, stretches, after]);
  return checkRules({ zone: person.zone, ...ruleWindow(rules, question), stretches: all, pending: [] }, rules);
}

/** Schedules one after the other as one: what was cut at their ends is one stretch again. */
export function rejoined(parts: readonly (readonly Stretch[])[]): Stretch[] {
  const all: Stretch[] = [];
  for (const part of parts) {
    const [before, first] = [all.at(-1), part[0]];
    const isCut =
      before !== undefined &&
      first !== undefined &&
      before.kind === first.kind &&
      before.day === first.day &&
      before.shift?.shift === first.shift?.shift &&
      before.shift?.day === first.shift?.day;
    if (isCut) all[all.length - 1] = { ...before, endMs: first.endMs };
    for (let i = isCut ? 1 : 0; i < part.length; i++) all.push(part[i]!);
  }
  return all;
}

/** A draft beside what stands: every person it touches, every site and day. O(entries + schedules of who is touched + coverage). */
export function evaluate(ground: Ground, entries: readonly Entry[]): Evaluation {
  assert(entries.length <= ENTRIES_MAX, `at most ${ENTRIES_MAX} entries: ${entries.length}`);
  const byPerson = entriesByPerson(entries);
  const results = new Map<string, PersonResult>();
  for (const [id, own] of byPerson) {
    const result = judged(ground, id, own);
    if (result !== null) results.set(id, result);
  }
  const { fromDay, toDay, clocks } = ground.question;
  const coverage = new Map<string, DayCoverage[]>();
  for (const site of ground.sites) {
    const present = presentAt(ground, results, site);
    for (let day = fromDay; day < toDay; day++) {
      const near = nearby(present, day, clocks.zone);
      for (const [i, steps] of stepsOn(ground, site, near, day).entries()) {
        const { key } = site.rows[i]!;
        const days = coverage.get(key);
        if (days === undefined) coverage.set(key, [dayCoverage(steps)]);
        else days.push(dayCoverage(steps));
      }
    }
  }
  return { ground, entries, byPerson, results, coverage };
}

/**
 * The same with other entries: only those people and days are judged again whose entries differ [DR7]. Equal to `evaluate` of
 * the entries, and O(what differs + entries) in time.
 */
export function reevaluate(before: Evaluation, entries: readonly Entry[]): Evaluation {
  const { ground } = before;
  const byPerson = new Map(before.byPerson);
  const results = new Map(before.results);
  const touched = changedPeople(before, entries);
  const stale = new Map<Site, Set<number>>();
  for (const [id, own] of touched) {
    const was = results.get(id) ?? ground.byId.get(id)?.result;
    if (own.length === 0) {
      byPerson.delete(id);
      results.delete(id);
    } else {
      byPerson.set(id, own);
      const result = judged(ground, id, own);
      if (result !== null) results.set(id, result);
    }
    const now = results.get(id) ?? ground.byId.get(id)?.result;
    if (was !== undefined && now !== undefined) markStale(stale, ground, was, now);
  }
  const coverage = new Map(before.coverage);
  const { fromDay, clocks } = ground.question;
  for (const [site, days] of stale) {
    const own = site.rows.map(({ key }) => [...coverage.get(key)!]);
    const present = presentAt(ground, results, site);
    for (const day of days)
      for (const [i, steps] of stepsOn(ground, site, nearby(present, day, clocks.zone), day).entries())
        own[i]![day - fromDay] = dayCoverage(steps);
    for (const [i, { key }] of site.rows.entries()) coverage.set(key, own[i]!);
  }
  return { ground, entries, byPerson, results, coverage };
}

/** What comes of a person: as the draft has it, else as it stands. */
export const resultFor = ({ results, ground }: Evaluation, personId: string): PersonResult | null =>
  results.get(personId) ?? ground.byId.get(personId)?.result ?? null;

/** Objections of everybody, in order of people; what names nobody that there is among them. */
export function objectionsIn({ results, byPerson, ground }: Evaluation): Objection[] {
  const found: Objection[] = [];
  for (const [id, own] of byPerson) {
    if (ground.byId.has(id)) found.push(...results.get(id)!.objections);
    else found.push(...own.map((entry) => nobodyCalled(entry.id, id)));
  }
  return found;
}

const NO_ROSTER = { kind: "no-roster" } as const;

export const nobodyCalled = (entryId: string, personId: string): Objection => ({
  entryId,
  personId,
  code: "nobody",
  facts: NO_ROSTER,
  sentence: objectionText(NO_ROSTER),
});

export const brokenIn = ({ results }: Evaluation): BrokenRule[] =>
  [...results.values()].flatMap(({ broken }) => broken);

/** What the paid hours of some people cost, by currency; rounded once, halves up. */
export function costOf(results: Iterable<PersonResult>): { readonly minorUnits: number; readonly currency: string }[] {
  const sums = new Map<string, number>();
  for (const { money } of results)
    for (const [currency, units] of money) sums.set(currency, (sums.get(currency) ?? 0) + units);
  return Array.from(sums, ([currency, units]) => ({ minorUnits: Math.floor(units / 60 + 0.5), currency }));
}

/** The steps of a row on a day, and who counts at a moment. */
export function stepsIn(
  { ground, results }: Evaluation,
  row: Row,
  day: number,
): (Step & { readonly people: string[] })[] {
  const site = ground.sites.find(({ key }) => key === row.siteKey);
  if (site === undefined) return [];
  const near = nearby(presentAt(ground, results, site), day, ground.question.clocks.zone);
  const at = site.rows.findIndex(({ key }) => key === row.key);
  const bit = site.rows.slice(0, at).filter(({ skillId }) => skillId !== null).length;
  const counts = near.filter(({ skills }) => row.skillId === null || ((skills >> bit) & 1) === 1);
  return stepsOn(ground, site, near, day)[at]!.map((step) => ({
    ...step,
    people: counts.filter((each) => overlaps(each, step)).map(({ personId }) => personId),
  }));
}

function stepsOn(ground: Ground, site: Site, present: readonly Presence[], day: number): Step[][] {
  return stepsOfDay(site.rows, present, neededAt(ground, site, day), dayIn(ground.question.clocks.zone, day));
}

/** What the rows of a site need on a day, looked up once. */
export function neededAt({ question: { clocks } }: Ground, site: Site, day: number): Needed {
  let needed = site.needed.get(day);
  if (needed === undefined) site.needed.set(day, (needed = neededIn(site.rows, day, clocks)));
  return needed;
}

function entriesByPerson(entries: readonly Entry[]): Map<string, Entry[]> {
  const byPerson = new Map<string, Entry[]>();
  for (const entry of entries) {
    if (entry.personId === null) continue;
    const own = byPerson.get(entry.personId);
    if (own === undefined) byPerson.set(entry.personId, [entry]);
    else own.push(entry);
  }
  return byPerson;
}

/** Whose entries are others than before; entries are the same where they are one object. */
function changedPeople(before: Evaluation, entries: readonly Entry[]): Map<string, readonly Entry[]> {
  const changed = new Map<string, readonly Entry[]>();
  const now = entriesByPerson(entries);
  for (const [id, own] of now) {
    const was = before.byPerson.get(id);
    const isSame = was !== undefined && was.length === own.length && own.every((entry, i) => entry === was[i]);
    if (!isSame) changed.set(id, own);
  }
  for (const id of before.byPerson.keys()) if (!now.has(id)) changed.set(id, []);
  return changed;
}

/** Somebody with their entries; null for who is not there. */
export function judged(ground: Ground, personId: string, own: readonly Entry[]): PersonResult | null {
  const found = ground.byId.get(personId);
  if (found === undefined) return null;
  const { question, sitesByKey } = ground;
  const { person } = found;
  const { stretches } = unify({ ...withEntries(person, own), ...nearDays(question) });
  const broken = breachesOf(question, found, stretches)
    .filter((breach) => !found.known().has(breachKey(breach)))
    .map((breach) => ({ ...breach, personId }));
  const objections = objectionsOf(person, found.stretches, own, question.skillName);
  return resultOf(question, sitesByKey, person, stretches, objections, broken);
}

/** A breach by its rule, its place and how far it goes: worse is new [DR5]. */
export const breachKey = ({ rule, startMs, endMs, measured }: Breach): string =>
  `${JSON.stringify(rule)} ${startMs} ${endMs} ${measured}`;

/** The rules of the version that holds on the first day of which one does. */
function rulesOf({ contracts }: Person, { fromDay, toDay }: RosterQuestion): readonly Rule[] {
  for (let day = fromDay; day < toDay; day++) {
    const contract = contractOn(contracts, day);
    if (contract !== null) return contract.rules;
  }
  return [];
}

/** The weeks around that rules look at [DR4]. */
const LOOK_WEEKS_MAX = 26;

export function weeksLookedAt(rules: readonly Rule[]): number {
  const weeks = rules.map((rule) => {
    switch (rule.kind) {
      case "rolling":
        return Math.ceil(rule.days / 7);
      case "days":
      case "nights":
        return Math.ceil((rule.max + 1) / 7);
      case "weekends":
        return rule.of;
      default:
        return 1;
    }
  });
  return Math.min(LOOK_WEEKS_MAX, Math.max(1, ...weeks));
}

/** Whole weeks: the days of the draft with as many around as the rules look at. */
export function ruleWindow(rules: readonly Rule[], { fromDay, toDay }: Pick<RosterQuestion, "fromDay" | "toDay">) {
  const around = 7 * weeksLookedAt(rules);
  return { fromDay: startOfWeek(fromDay, 1) - around, toDay: startOfWeek(toDay - 1, 1) + 7 + around };
}

export function resultOf(
  question: RosterQuestion,
  sites: SitesByKey,
  person: Person,
  stretches: readonly Stretch[],
  objections: readonly Objection[],
  broken: readonly BrokenRule[],
): PersonResult {
  const { fromDay, toDay } = question;
  const { personId, contracts } = person;
  const presences = new Map<string, Presence[]>();
  const money = new Map<string, number>();
  let plannedMinutes = 0;
  let contract: Contract | null = null;
  const [nearFrom, nearTo] = [(fromDay - AROUND_DAYS) * DAY_MS, (toDay + AROUND_DAYS) * DAY_MS];
  for (const stretch of stretches) {
    const { day, isPaid } = stretch;
    if (stretch.endMs <= nearFrom || stretch.startMs >= nearTo || !isThere(stretch)) continue;
    contract = isHolding(contract, day) ? contract : contractOn(contracts, day);
    if (isPaid && fromDay <= day && day < toDay) {
      const minutes = minutesOf(stretch);
      plannedMinutes += minutes;
      const cost = contract?.cost ?? null;
      if (cost !== null) money.set(cost.currency, (money.get(cost.currency) ?? 0) + cost.minorUnits * minutes);
    }
    const site = sites.get(siteKeyOf(siteOf(stretch, contract)));
    if (site !== undefined) addPresence(presences, site, person, stretch);
  }
  const nominal = nominalMinutes(contracts, fromDay, toDay);
  return { personId, plannedMinutes, nominalMinutes: nominal, objections, broken, money, presences };
}

/** Work and breaks of shifts that stand, and what somebody on call was called in for [CG1]. */
export const isThere = ({ kind, why }: Stretch): boolean =>
  (kind === "work" || kind === "break") && (why.kind === "shift" || why.kind === "activated");

/** Where a shift is: at its site, else at that of the contract of its day. */
export const siteOf = ({ shift }: Stretch, contract: Contract | null): string | null =>
  shift?.shift.site ?? contract?.site ?? null;

export const isHolding = (contract: Contract | null, day: number): boolean =>
  contract !== null && contract.fromDay <= day && (contract.toDay === null || day < contract.toDay);

/** Work and its breaks are one presence [CG1]. */
export function addPresence(presences: Map<string, Presence[]>, site: Site, person: Person, stretch: Stretch): void {
  const { startMs, endMs, day } = stretch;
  const skills = skillsAt(site, person, day);
  let own = presences.get(site.key);
  if (own === undefined) presences.set(site.key, (own = []));
  const before = own.at(-1);
  if (before?.endMs === startMs && before.skills === skills) own[own.length - 1] = { ...before, endMs };
  else own.push({ startMs, endMs, personId: person.personId, skills });
}

export function skillsAt({ rows }: Site, person: Person, day: number): number {
  if (person.skills.length === 0) return 0;
  let [skills, bit] = [0, 0];
  for (const { skillId, levelMin } of rows) {
    if (skillId === null) continue;
    if (hasSkill(person, skillId, levelMin, day)) skills |= 1 << bit;
    bit++;
  }
  return skills;
}

function presentAt({ byId }: Ground, results: Evaluation["results"], { key }: Site): PresentByDay {
  return presentByDay(Array.from(byId, ([id, { result }]) => (results.get(id) ?? result).presences.get(key) ?? []));
}

/** The sites and days on which somebody is there at other times than before. */
function markStale(stale: Map<Site, Set<number>>, ground: Ground, was: PersonResult, now: PersonResult): void {
  const { fromDay, toDay, clocks } = ground.question;
  for (const site of ground.sites) {
    const [before, after] = [was.presences.get(site.key) ?? [], now.presences.get(site.key) ?? []];
    const [had, has] = [new Set(before.map(presenceKey)), new Set(after.map(presenceKey))];
    const differing = [
      ...before.filter((each) => !has.has(presenceKey(each))),
      ...after.filter((each) => !had.has(presenceKey(each))),
    ];
    for (const { startMs, endMs } of differing) {
      const first = Math.max(fromDay, Math.floor(clocks.zone.toLocalMs(startMs) / DAY_MS) - 1);
      const last = Math.min(toDay - 1, Math.floor(clocks.zone.toLocalMs(endMs) / DAY_MS) + 1);
      let days = stale.get(site);
      if (days === undefined) stale.set(site, (days = new Set()));
      for (let day = first; day <= last; day++) days.add(day);
    }
  }
}

const presenceKey = ({ startMs, endMs, skills }: Presence): string => `${startMs} ${endMs} ${skills}`;
