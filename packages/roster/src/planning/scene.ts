import { exactly } from "@hourwright/availability";
import { checkRules, contractOn, unify, type Breach, type Shift, type Stretch } from "@hourwright/schedule";
import { overlaps, type Zone } from "@hourwright/time";
import { siteKeyOf } from "../demand.ts";
import { absencesOf, hasSkill, standingIn, withEntries, type Entry, type Person, type Standing } from "../draft.ts";
import {
  breachKey,
  judged,
  nearDays,
  rejoined,
  resultOf,
  ruleWindow,
  skillsAt,
  type Ground,
  type GroundPerson,
  type PersonResult,
} from "../evaluate.ts";
import { fairCounts, fairShift, type FairCounts, type FairQuestion } from "./fairness.ts";
import type { PlanQuestion } from "./model.ts";
import { isBreaking, ruleBookOf, type RuleBook } from "./rules.ts";
import { itemOf, placedOf, templatesOf, type Item, type Placed, type Template, type Templates } from "./templates.ts";

/**
 * A template on a day of some clocks, shift by shift. How many of them count as what is asked a million times a second: plain numbers.
 */
export type Choice = {
  readonly items: readonly Item[];
  readonly stretches: readonly Stretch[];
  readonly paidMinutes: number;
  readonly site: number;
  readonly nights: number;
  readonly holidays: number;
  readonly unpopular: number;
  /** The Monday before it; -1: none. */
  readonly weekend: number;
};

/** A cell of the plan: a person on a day. `none` where nothing is given. */
export const NONE = 0;

/** Somebody who may be planned: what of theirs stays, and what each of their days may be. */
export type PlannedPerson = {
  readonly id: string;
  readonly person: Person;
  readonly zone: Zone;
  /** What stays, in exact time, with the weeks around. */
  readonly fixed: readonly Item[];
  readonly fixedStretches: readonly Stretch[];
  /** Coverage and hours of what stays. */
  readonly result: PersonResult;
  readonly fixedCounts: FairCounts;
  readonly fixedWeekends: ReadonlySet<number>;
  /** Days on which something that stays begins. */
  readonly fixedDays: ReadonlySet<number>;
  readonly book: RuleBook;
  /** Breaches that may be: those that stand, and those of the draft as it was. */
  readonly known: ReadonlySet<string>;
  /** By day of the draft: what it may be (numbers of templates plus one), and what it is. Empty: nothing may change. */
  readonly options: readonly Int16Array[];
  readonly base: Int16Array;
  /** Where each shift of the base came from, in their order. */
  readonly origins: readonly (readonly Origin[])[];
  /** Sites at which they may work. */
  readonly sites: ReadonlySet<number>;
  /** By site, by day: which skills they have there. */
  readonly skills: readonly Uint8Array[];
};

export type Origin =
  | { readonly kind: "entry"; readonly entry: Entry & { readonly kind: "add" } }
  | { readonly kind: "standing"; readonly fromMinute: number };

export type Scene = {
  readonly question: PlanQuestion;
  readonly ground: Ground;
  readonly days: number;
  readonly people: readonly PlannedPerson[];
  readonly templates: Templates;
  /** What a cell of value `value` is on a day by some clocks; null where the clocks skip it. */
  choice(value: number, day: number, zone: Zone): Choice | null;
  /** Presences of everybody whom nothing here changes, and of what stays of the rest. */
  readonly fixedResults: readonly PersonResult[];
  /** Entries of nobody that may be filled, by the value that would fill one and the day. */
  readonly open: ReadonlyMap<string, readonly (Entry & { readonly kind: "add" })[]>;
  readonly entriesBefore: ReadonlyMap<string, readonly Entry[]>;
};

export const openKey = (value: number, day: number): string => `${value} ${day}`;

/** Everything that a search asks, in numbers. O(people × days × templates), and one merge of each person's schedule. */
export function sceneOf(question: PlanQuestion): Scene {
  const { ground, entries } = question;
  const { fromDay, toDay, clocks } = ground.question;
  const templates = templatesOf(ground, entries);
  const fair = (zone: Zone): FairQuestion => ({ zone, isHoliday: clocks.isHoliday, unpopular: question.unpopular });
  const choices = new Map<string, (Choice | null)[]>();
  const choice = (value: number, day: number, zone: Zone): Choice | null => {
    let own = choices.get(zone.id);
    if (own === undefined) choices.set(zone.id, (own = []));
    const at = value * (toDay - fromDay) + (day - fromDay);
    const known = own[at];
    if (known !== undefined) return known;
    return (own[at] = choiceOf(templates.list[value - 1]!, day, fair(zone)));
  };
  const byPerson = new Map<string, Entry[]>();
  for (const entry of entries) {
    if (entry.personId === null) continue;
    const own = byPerson.get(entry.personId);
    if (own === undefined) byPerson.set(entry.personId, [entry]);
    else own.push(entry);
  }
  const open = openEntries(question, templates);
  const openValues = valuesByDay(open);
  const people: PlannedPerson[] = [];
  const fixedResults: PersonResult[] = [];
  for (const [id, found] of ground.byId) {
    const own = byPerson.get(id) ?? [];
    const isPlanned = question.people.has(id) && !question.keep.people.has(id);
    const planned = isPlanned ? plannedPerson(question, templates, choice, fair, found, own, openValues) : null;
    if (planned === null) fixedResults.push(own.length === 0 ? found.result : judged(ground, id, own)!);
    else people.push(planned);
  }
  const scene = { question, ground, days: toDay - fromDay, people, templates, choice, open };
  return { ...scene, fixedResults: [...fixedResults, ...people.map(({ result }) => result)], entriesBefore: byPerson };
}

/** Null where the clocks skip a shift, or bring two together. */
function choiceOf({ shifts, site }: Template, day: number, fair: FairQuestion): Choice | null {
  const items: Placed[] = [];
  let [nights, holidays, unpopular, weekend] = [0, 0, 0, -1];
  for (const shift of shifts) {
    const placed = placedOf(shift, day, fair.zone);
    if (placed === null || placed.startMs < (items.at(-1)?.endMs ?? -Infinity)) return null;
    items.push(placed);
    const counts = fairShift(shift.name, day, [placed], fair);
    nights += Number(counts.isNight);
    holidays += Number(counts.isHoliday);
    unpopular += Number(counts.isUnpopular);
    weekend = counts.weekend ?? -1;
  }
  const stretches = items.flatMap((placed) => placed.stretches);
  const paidMinutes = items.reduce((sum, placed) => sum + placed.paidMinutes, 0);
  return { items, stretches, paidMinutes, site, nights, holidays, unpopular, weekend };
}

/** Shifts of nobody, each by the template that would fill it. */
function openEntries({ ground, entries, keep }: PlanQuestion, templates: Templates): Scene["open"] {
  const open = new Map<string, (Entry & { kind: "add" })[]>();
  for (const entry of entries) {
    if (entry.kind === "drop" || entry.personId !== null) continue;
    if (keep.items.has(entry.id) || keep.days.has(entry.day) || entry.shift.kind === "on-call") continue;
    const site = ground.sites.findIndex(({ key }) => key === siteKeyOf(entry.shift.site));
    const number = templates.numberOf([entry.shift], site, entry.skillId);
    if (number === -1) continue;
    const key = openKey(number + 1, entry.day);
    const own = open.get(key);
    if (own === undefined) open.set(key, [entry]);
    else own.push(entry);
  }
  return open;
}

function valuesByDay(open: Scene["open"]): ReadonlyMap<number, readonly number[]> {
  const byDay = new Map<number, number[]>();
  for (const key of open.keys()) {
    const [value, day] = key.split(" ").map(Number) as [number, number];
    byDay.set(day, [...(byDay.get(day) ?? []), value]);
  }
  return byDay;
}

type Add = Entry & { readonly kind: "add" };

/** Null where nothing of theirs can change: what they have breaks rules even when all that may go is gone. */
function plannedPerson(
  question: PlanQuestion,
  templates: Templates,
  choice: Scene["choice"],
  fair: (zone: Zone) => FairQuestion,
  found: GroundPerson,
  own: readonly Entry[],
  openValues: ReadonlyMap<number, readonly number[]>,
): PlannedPerson | null {
  const { ground } = question;
  const { fromDay, toDay } = ground.question;
  const days = toDay - fromDay;
  const { person } = found;
  const { zone } = person;
  const base = new Int16Array(days);
  const origins: Origin[][] = Array.from({ length: days }, () => []);
  const sites = sitesOf(question, found, own);

  // What may change: the shifts of a day in the draft, or those that stand where they may be dropped.
  const free = new Set<string>();
  const loose: Standing[] = [];
  const begin = (day: number, shifts: readonly Shift[], skillId: string | null, from: readonly Origin[]): boolean => {
    const at = day - fromDay;
    const value = numberOf(question, templates, person, shifts, day, skillId);
    if (origins[at]!.length > 0 || value === NONE || choice(value, day, zone) === null) return false;
    base[at] = value;
    origins[at] = [...from];
    return true;
  };
  const changeable = own.filter((entry): entry is Add => entry.kind === "add" && isFree(question, entry));
  for (const [day, all] of Map.groupBy(changeable, (entry) => entry.day))
    for (const some of [all, ...all.map((each) => [each])]) {
      const { skillId } = some[0]!;
      if (!some.every((entry) => entry.skillId === skillId)) continue;
      const inOrder = some.toSorted((one, other) => one.shift.fromMinute - other.shift.fromMinute);
      const shifts = inOrder.map(({ shift }) => shift);
      const from = inOrder.map((entry): Origin => ({ kind: "entry", entry }));
      if (!begin(day, shifts, skillId, from)) continue;
      for (const { id } of some) free.add(id);
      break;
    }
  for (const all of question.mayDrop ? droppable(question, found, own) : []) {
    const { day } = all[0]!.placed;
    const shifts = all.map(({ placed }) => placed.shift);
    const from = shifts.map(({ fromMinute }): Origin => ({ kind: "standing", fromMinute }));
    if (begin(day, shifts, null, from)) loose.push(...all);
  }

  const kept = own.filter(({ id }) => !free.has(id));
  const drops = loose.map(({ placed: { day, shift } }, i): Entry => ({
    id: `loose ${i}`,
    kind: "drop",
    personId: person.personId,
    of: { day, fromMinute: shift.fromMinute },
  }));
  const around = found.rules.length === 0 ? { before: [], after: [] } : found.around();
  const stretches =
    kept.length + drops.length === 0
      ? found.stretches
      : unify({ ...withEntries(person, [...kept, ...drops]), ...nearDays(ground.question) }).stretches;
  const fixedStretches = rejoined([around.before, stretches, around.after]).filter(isPresent);
  const result = resultOf(ground.question, ground.sitesByKey, person, stretches, [], []);
  const fixed = itemsOf(fixedStretches, zone);
  const standing = standingIn(stretches).filter(({ placed }) => placed.day >= fromDay && placed.day < toDay);
  const fixedWeekends = new Set(
    standing.flatMap(({ placed, spans }) => {
      const { weekend } = fairShift(placed.shift.name, placed.day, spans, fair(zone));
      return weekend === null || placed.shift.kind === "on-call" ? [] : [weekend];
    }),
  );
  const before = own.length === 0 ? [] : judged(ground, person.personId, own)!.broken;
  const known = new Set([...(found.rules.length === 0 ? [] : found.known()), ...before.map(breachKey)]);
  const blocked = blockedBy(found, stretches, kept);
  const hasSplits = [...base].some((value) => value !== NONE && templates.list[value - 1]!.shifts.length > 1);
  const asked = {
    question,
    templates,
    choice,
    person,
    sites,
    blocked,
    openValues,
    splits: hasSplits || hasSplitDays(question, found),
  };
  const options = Array.from({ length: days }, (_, at) => optionsOn({ ...asked, own: base[at]! }, fromDay + at));
  const planned: PlannedPerson = {
    id: person.personId,
    person,
    zone,
    fixed,
    fixedStretches,
    result,
    fixedCounts: fairCounts(stretches, ground.question, fair(zone)),
    fixedWeekends,
    fixedDays: new Set(standing.map(({ placed }) => placed.day)),
    book: ruleBookOf(found.rules, ruleWindow(found.rules, ground.question), zone),
    known,
    options,
    base,
    origins,
    sites,
    skills: ground.sites.map((site) =>
      Uint8Array.from({ length: days }, (_, at) => skillsAt(site, person, fromDay + at)),
    ),
  };
  return isAllowed(planned, new Int16Array(days), choice, fromDay) ? planned : null;
}

const isPresent = ({ kind, why }: Stretch): boolean =>
  (kind === "work" || kind === "break") && (why.kind === "shift" || why.kind === "activated");

function isFree({ keep, ground }: PlanQuestion, entry: Add): boolean {
  const { fromDay, toDay } = ground.question;
  const isOfDays = fromDay <= entry.day && entry.day < toDay;
  return isOfDays && !keep.items.has(entry.id) && !keep.days.has(entry.day) && entry.shift.kind !== "on-call";
}

/** The value of a day of somebody: as the template of its site; none where it has several. */
function numberOf(
  { ground }: PlanQuestion,
  templates: Templates,
  { contracts }: Person,
  shifts: readonly Shift[],
  day: number,
  skillId: string | null,
): number {
  const siteNames = shifts.map((shift) => shift.site ?? contractOn(contracts, day)?.site ?? null);
  const [siteName = null] = siteNames;
  if (siteNames.some((other) => siteKeyOf(other) !== siteKeyOf(siteName))) return NONE;
  const site = ground.sites.findIndex(({ key }) => key === siteKeyOf(siteName));
  const named = site === -1 ? shifts : shifts.map((shift) => ({ ...shift, site: siteName }));
  return templates.numberOf(named, site, skillId) + 1;
}

/** Shifts of a day that all stand wholly, and that nothing of the draft names. */
function droppable({ ground, keep }: PlanQuestion, { person, stretches }: GroundPerson, own: readonly Entry[]) {
  const { fromDay, toDay } = ground.question;
  const named = new Set(own.flatMap((entry) => (entry.kind === "drop" ? [`${entry.of.day}`] : [])));
  const byDay = Map.groupBy(standingIn(stretches), ({ placed }) => placed.day);
  const absences = absencesOf(person);
  const isWhole = ({ placed, spans }: Standing): boolean =>
    spans.length === 1 && spans[0]!.startMs === placed.startMs && spans[0]!.endMs === placed.endMs;
  return [...byDay].flatMap(([day, all]): Standing[][] => {
    if (day < fromDay || day >= toDay || keep.days.has(day) || named.has(`${day}`)) return [];
    const mayGo = all.every(
      (standing) =>
        standing.placed.shift.kind !== "on-call" &&
        isWhole(standing) &&
        !absences.some(({ isOver }) => isOver(standing.placed, day)),
    );
    return mayGo ? [all.toSorted((one, other) => one.placed.startMs - other.placed.startMs)] : [];
  });
}

/** Sites at which somebody may be planned: of their contracts and shifts in these days; all where contracts name none. */
function sitesOf({ ground, otherSites }: PlanQuestion, { person, stretches }: GroundPerson, own: readonly Entry[]) {
  const { fromDay, toDay } = ground.question;
  const all = new Set(ground.sites.keys());
  if (otherSites) return all;
  const holding = person.contracts.filter((each) => each.fromDay < toDay && (each.toDay ?? Infinity) > fromDay);
  if (holding.some(({ site }) => site === null)) return all;
  const named = new Set([
    ...holding.map(({ site }) => siteKeyOf(site)),
    ...standingIn(stretches).flatMap(({ placed }) => (placed.shift.site === null ? [] : siteKeyOf(placed.shift.site))),
    ...own.flatMap((entry) => (entry.kind === "drop" || entry.shift.site === null ? [] : siteKeyOf(entry.shift.site))),
  ]);
  return new Set([...ground.sites.entries()].flatMap(([i, { key }]) => (named.has(key) ? [i] : [])));
}

/** Whether somebody has several shifts on some day: by a contract of these days, or as they stand. */
function hasSplitDays({ ground }: PlanQuestion, { person, stretches }: GroundPerson): boolean {
  const { fromDay, toDay } = ground.question;
  const isSplit = (shifts: readonly Shift[]): boolean => shifts.filter(({ kind }) => kind !== "on-call").length > 1;
  const byDay = Map.groupBy(standingIn(stretches), ({ placed }) => placed.day);
  return (
    person.contracts.some(
      (each) => each.fromDay < toDay && (each.toDay ?? Infinity) > fromDay && each.turns.weeks.flat().some(isSplit),
    ) || [...byDay.values()].some((all) => isSplit(all.map(({ placed }) => placed.shift)))
  );
}

/** What is in the way of a shift of somebody: what they have that stays, and their absences [DR3]. */
function blockedBy({ person }: GroundPerson, stretches: readonly Stretch[], kept: readonly Entry[]) {
  const spans = standingIn(stretches).flatMap((each) => each.spans);
  for (const entry of kept) {
    const exact = entry.kind === "add" ? exactly(entry.shift, entry.day, person.zone) : null;
    if (exact !== null) spans.push(exact);
  }
  const absences = absencesOf(person);
  return (day: number, exact: { readonly startMs: number; readonly endMs: number }): boolean =>
    spans.some((span) => overlaps(span, exact)) || absences.some(({ isOver }) => isOver(exact, day));
}

type OptionQuestion = {
  readonly question: PlanQuestion;
  readonly templates: Templates;
  readonly choice: Scene["choice"];
  readonly person: Person;
  readonly sites: ReadonlySet<number>;
  readonly blocked: ReturnType<typeof blockedBy>;
  readonly own: number;
  readonly openValues: ReadonlyMap<number, readonly number[]>;
  /** Whether they may be given several shifts on a day. */
  readonly splits: boolean;
};

/** What a day of somebody may be beside nothing, in order; none where it must stay. */
function optionsOn(asked: OptionQuestion, day: number): Int16Array {
  const { question, templates, choice, person, sites, blocked, own, openValues, splits } = asked;
  if (question.keep.days.has(day) || contractOn(person.contracts, day) === null) return new Int16Array(0);
  const values = new Set<number>(own === NONE ? [] : [own]);
  for (const site of sites) {
    for (const number of templates.ofSite[site]!) values.add(number + 1);
    if (splits) for (const number of templates.splitsOfSite[site]!) values.add(number + 1);
  }
  for (const value of openValues.get(day) ?? [])
    if (templates.list[value - 1]!.site === -1 || sites.has(templates.list[value - 1]!.site)) values.add(value);
  const fitting = [...values].filter((value) => {
    const { skillId } = templates.list[value - 1]!;
    if (skillId !== null && !hasSkill(person, skillId, null, day)) return false;
    const exact = choice(value, day, person.zone);
    return exact !== null && !exact.items.some((item) => blocked(day, item));
  });
  return Int16Array.from(fitting.toSorted((one, other) => one - other));
}

/** Presences in one piece each, in order. */
function itemsOf(stretches: readonly Stretch[], zone: Zone): Item[] {
  const items: Item[] = [];
  let own: Stretch[] = [];
  for (const stretch of stretches) {
    const before = own.at(-1);
    if (before !== undefined && (before.endMs !== stretch.startMs || before.day !== stretch.day)) {
      items.push(itemOf(own, zone));
      own = [];
    }
    own.push(stretch);
  }
  if (own.length > 0) items.push(itemOf(own, zone));
  return items;
}

/** What somebody has with a row of values, in order of beginnings. */
export function itemsWith(
  { fixed, zone }: PlannedPerson,
  row: Int16Array,
  choice: Scene["choice"],
  fromDay: number,
): Item[] {
  const items: Item[] = [];
  let next = 0;
  for (let at = 0; at < row.length; at++) {
    if (row[at] === NONE) continue;
    for (const own of choice(row[at]!, fromDay + at, zone)!.items) {
      while (next < fixed.length && fixed[next]!.startMs < own.startMs) items.push(fixed[next++]!);
      items.push(own);
    }
  }
  while (next < fixed.length) items.push(fixed[next++]!);
  return items;
}

/** Whether a row overlaps nothing and breaks nothing anew: rules in numbers first, and exactly where something is known to be broken. */
export function isAllowed(planned: PlannedPerson, row: Int16Array, choice: Scene["choice"], fromDay: number): boolean {
  const items = itemsWith(planned, row, choice, fromDay);
  if (!isBreaking(items, planned.book)) return true;
  if (planned.known.size === 0) return false;
  for (let i = 1; i < items.length; i++) if (items[i]!.startMs < items[i - 1]!.endMs) return false;
  return breachesOf(planned, row, choice, fromDay).every((breach) => planned.known.has(breachKey(breach)));
}

/** What a row breaks, by the judge's own rules. */
export function breachesOf(
  { book: { rules }, zone, fixedStretches }: PlannedPerson,
  row: Int16Array,
  choice: Scene["choice"],
  fromDay: number,
): Breach[] {
  const more = Array.from(row, (value, at) => (value === NONE ? [] : choice(value, fromDay + at, zone)!.stretches));
  const stretches = [...fixedStretches, ...more.flat()].sort((one, other) => one.startMs - other.startMs);
  const window = ruleWindow(rules, { fromDay, toDay: fromDay + row.length });
  return checkRules({ zone, ...window, stretches, pending: [] }, rules);
}
