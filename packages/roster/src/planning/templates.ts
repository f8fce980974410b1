import type { Opening } from "@hourwright/availability";
import { NIGHT, contractOn, minutesOf, unify, type Shift, type Stretch } from "@hourwright/schedule";
import { DAY_MS, MINUTE_MS, type Interval, type Zone } from "@hourwright/time";
import { demandsOn, siteKeyOf, type DemandStretch } from "../demand.ts";
import { adjustmentsOf, standingIn, type Entry } from "../draft.ts";
import type { Ground } from "../evaluate.ts";

/**
 * What may be given on a day: a shift, or several that do not meet, in order. `site`: at which they count; -1: at none that needs anybody.
 * `skillId`: with which they are worked.
 */
export type Template = { readonly shifts: readonly Shift[]; readonly site: number; readonly skillId: string | null };

/** Kinds of shifts that are given at one site: those that are used most. */
export const TEMPLATES_OF_A_SITE_MAX = 12;
/** Days of several shifts that are given at one site: those that are used most. */
export const SPLITS_OF_A_SITE_MAX = 6;
/** A day of more shifts stays as it is. */
const SHIFTS_OF_A_DAY_MAX = 3;
/** Kinds of shifts in a plan, those that stand in single cells among them. */
export const TEMPLATES_MAX = 2_000;

/** A stretch of demand that is longer is cut into shifts of equal length, none longer than this. */
const SHIFT_OF_DEMAND_MINUTES_MAX = 600;
const SHIFT_CUT_MINUTES = 480;
/** For less nobody is called in where something longer begins before it and ends after it. */
const SHIFT_OF_DEMAND_MINUTES_MIN = 240;

/** Days by what they are, each once. */
export type Templates = {
  readonly list: Template[];
  /** Shifts that may be given to anybody at a site. */
  readonly ofSite: readonly (readonly number[])[];
  /** Days of several shifts at a site, for those who have such days. */
  readonly splitsOfSite: readonly (readonly number[])[];
  /** The number of a day, which may be new; -1 when there are too many, or shifts of it meet. */
  numberOf(shifts: readonly Shift[], site: number, skillId: string | null): number;
};

/**
 * Which shifts may be given [PL3]: those that contracts, standing shifts and the draft have at a site that needs somebody, most used
 * first, then those that its demand asks for where none begins and ends then.
 */
export function templatesOf(ground: Ground, entries: readonly Entry[]): Templates {
  const siteAt = new Map(ground.sites.map(({ key }, i) => [key, i]));
  const used = usedDays(ground, entries, siteAt);
  const list: Template[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (asked: readonly Shift[], site: number, skillId: string | null): number => {
    const shifts = asked.toSorted((one, other) => one.fromMinute - other.fromMinute);
    if (
      shifts.length > SHIFTS_OF_A_DAY_MAX ||
      shifts.some((shift, i) => shift.fromMinute < (shifts[i - 1]?.toMinute ?? 0))
    )
      return -1;
    const key = keyOf(shifts, site, skillId);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    if (list.length >= TEMPLATES_MAX) return -1;
    list.push({ shifts, site, skillId });
    numbers.set(key, list.length - 1);
    return list.length - 1;
  };
  const mostUsed = (site: number, isAsked: (shifts: readonly Shift[]) => boolean): (readonly Shift[])[] =>
    Array.from(used[site]!.values())
      .filter(({ shifts }) => isAsked(shifts))
      .toSorted((one, other) => other.count - one.count || one.shifts[0]!.fromMinute - other.shifts[0]!.fromMinute)
      .map(({ shifts }) => shifts);
  const numbersOf = (site: number, days: readonly (readonly Shift[])[]): number[] => {
    const { site: name } = ground.sites[site]!.rows[0]!;
    const named = days.map((shifts) => shifts.map((shift) => ({ ...shift, site: name })));
    return named.map((shifts) => numberOf(shifts, site, null)).filter((number) => number !== -1);
  };
  const ofSite = Array.from(ground.sites.keys(), (site) => {
    const found = mostUsed(site, ({ length }) => length === 1)
      .flat()
      .slice(0, TEMPLATES_OF_A_SITE_MAX);
    for (const shift of shiftsOfDemand(ground, site)) {
      const isKnown = found.some((other) => isSameTime(other, shift));
      if (!isKnown && found.length < TEMPLATES_OF_A_SITE_MAX) found.push(shift);
    }
    return numbersOf(
      site,
      found.map((shift) => [shift]),
    );
  });
  const splitsOfSite = Array.from(ground.sites.keys(), (site) =>
    numbersOf(
      site,
      mostUsed(site, ({ length }) => length > 1),
    ).slice(0, SPLITS_OF_A_SITE_MAX),
  );
  return { list, ofSite, splitsOfSite, numberOf };
}

const isSameTime = (one: Shift, other: Shift): boolean =>
  one.fromMinute === other.fromMinute && one.toMinute === other.toMinute;

const keyOf = (shifts: readonly Shift[], site: number, skillId: string | null): string =>
  JSON.stringify([shifts.map(timesOf), site, skillId]);

const timesOf = ({ name, kind, fromMinute, toMinute, breaks }: Shift) => [
  name,
  kind,
  fromMinute,
  toMinute,
  breaks.map(Object.values),
];

/** Whether shifts of one site are the same. */
export const isSameShift = (one: Shift, other: Shift): boolean =>
  JSON.stringify(timesOf(one)) === JSON.stringify(timesOf(other));

type Used = Map<string, { readonly shifts: readonly Shift[]; count: number }>;

/** Shifts at work that somebody has at each site, one by one and as days of several, and how often. */
function usedDays(ground: Ground, entries: readonly Entry[], siteAt: ReadonlyMap<string, number>): Used[] {
  const used: Used[] = ground.sites.map(() => new Map());
  const countOne = (shifts: readonly Shift[], site: number): void => {
    const key = keyOf(shifts, site, null);
    const known = used[site]!.get(key);
    if (known === undefined) used[site]!.set(key, { shifts, count: 1 });
    else known.count++;
  };
  const countDay = (shifts: readonly Shift[], siteOf: string | null): void => {
    const atWork = shifts.filter(({ kind }) => kind !== "on-call");
    for (const [siteName, own] of Map.groupBy(atWork, (shift) => siteKeyOf(shift.site ?? siteOf))) {
      const site = siteAt.get(siteName);
      if (site === undefined) continue;
      for (const shift of own) countOne([shift], site);
      if (own.length > 1) countOne(own, site);
    }
  };
  const { people, fromDay } = ground.question;
  for (const { personId, contracts } of people) {
    const contract = contractOn(contracts, fromDay);
    for (const shifts of contract?.turns.weeks.flat() ?? []) countDay(shifts, contract!.site);
    const byDay = Map.groupBy(standingIn(ground.byId.get(personId)!.stretches), ({ placed }) => placed.day);
    for (const [day, all] of byDay)
      countDay(
        all.map(({ placed }) => placed.shift),
        contractOn(contracts, day)?.site ?? null,
      );
  }
  const added = entries.filter((entry) => entry.kind === "add");
  for (const all of Map.groupBy(added, ({ id, personId, day }) =>
    personId === null ? id : `${personId} ${day}`,
  ).values()) {
    const { personId, day } = all[0]!;
    const own = personId === null ? null : (ground.byId.get(personId)?.person.contracts ?? null);
    countDay(
      all.map(({ shift }) => shift),
      own === null ? null : (contractOn(own, day)?.site ?? null),
    );
  }
  return used;
}

/** Shifts as the demand of a site has them on its days: stretches, long ones cut, those that touch joined; short ones only by themselves. */
function shiftsOfDemand({ sites, question }: Ground, site: number): Shift[] {
  const found = new Map<string, Shift>();
  const { fromDay, toDay, clocks } = question;
  for (const row of sites[site]!.rows)
    for (let day = fromDay; day < toDay; day++)
      for (const { name, stretches } of demandsOn(row, day, clocks.isHoliday(day)))
        for (const { fromMinute, toMinute } of worked(stretches)) {
          // What begins after midnight begins on the next day.
          const by = Math.floor(fromMinute / 1_440) * 1_440;
          const [from, to] = [fromMinute - by, toMinute - by];
          const shift: Shift = { name, kind: "work", fromMinute: from, toMinute: to, breaks: [], site: row.site };
          const key = `${from} ${to}`;
          if (!found.has(key)) found.set(key, shift);
        }
  const all = [...found.values()];
  return all.filter((shift) => !isShort(shift) || !all.some((other) => other !== shift && isWithin(shift, other)));
}

const isShort = ({ fromMinute, toMinute }: Opening): boolean => toMinute - fromMinute < SHIFT_OF_DEMAND_MINUTES_MIN;

const isWithin = (one: Opening, other: Opening): boolean =>
  other.fromMinute <= one.fromMinute && one.toMinute <= other.toMinute;

/** When somebody would work for some stretches of one demand. */
function worked(stretches: readonly DemandStretch[]): Opening[] {
  const asked = stretches.filter(({ ideal }) => ideal > 0).toSorted((one, other) => one.fromMinute - other.fromMinute);
  return asked.flatMap((first, i) => {
    const { fromMinute } = first;
    const own = cutOf(first);
    let { toMinute } = first;
    for (const next of asked.slice(i + 1)) {
      if (next.fromMinute !== toMinute || next.toMinute - fromMinute > SHIFT_OF_DEMAND_MINUTES_MAX) break;
      ({ toMinute } = next);
      own.push({ fromMinute, toMinute });
    }
    return own;
  });
}

function cutOf({ fromMinute, toMinute }: Opening): Opening[] {
  const length = toMinute - fromMinute;
  const parts = length <= SHIFT_OF_DEMAND_MINUTES_MAX ? 1 : Math.ceil(length / SHIFT_CUT_MINUTES);
  return Array.from({ length: parts }, (_, part) => ({
    fromMinute: fromMinute + Math.round((part * length) / parts),
    toMinute: fromMinute + Math.round(((part + 1) * length) / parts),
  }));
}

/** A shift in exact time: what rules and coverage look at. `stretches`: work and breaks, in order. */
export type Placed = Item & { readonly paidMinutes: number; readonly stretches: readonly Stretch[] };

/** Presence in one piece. `nights`: day and minutes of each night it works in. */
export type Item = Interval & {
  readonly day: number;
  readonly workedMinutes: number;
  readonly pieces: readonly Interval[];
  readonly nights: readonly (readonly [night: number, minutes: number])[];
};

/** A shift as it would be once it is approved; null where the clocks skip it. */
export function placedOf(shift: Shift, day: number, zone: Zone): Placed | null {
  const entry: Entry = { id: "", kind: "add", personId: "", day, shift, skillId: null };
  const { stretches } = unify({
    zone,
    contracts: [],
    holidays: [],
    adjustments: adjustmentsOf([entry]),
    fromDay: day,
    toDay: day + 3,
  });
  const own = stretches.filter(({ why }) => why.kind === "shift");
  if (own.length === 0) return null;
  const paidMinutes = own.reduce((sum, stretch) => sum + (stretch.isPaid ? minutesOf(stretch) : 0), 0);
  return { ...itemOf(own, zone), paidMinutes, stretches: own };
}

/** Stretches of work and breaks that touch, as one. */
export function itemOf(own: readonly Stretch[], zone: Zone): Item {
  const pieces = own.filter(({ kind }) => kind === "work").map(({ startMs, endMs }) => ({ startMs, endMs }));
  return {
    startMs: own[0]!.startMs,
    endMs: own.at(-1)!.endMs,
    day: own[0]!.day,
    workedMinutes: pieces.reduce((sum, piece) => sum + minutesOf(piece), 0),
    pieces,
    nights: nightsOf(pieces, zone),
  };
}

function nightsOf(pieces: readonly Interval[], zone: Zone): (readonly [number, number])[] {
  if (pieces.length === 0) return [];
  const first = Math.floor(zone.toLocalMs(pieces[0]!.startMs) / DAY_MS) - 1;
  const last = Math.floor(zone.toLocalMs(pieces.at(-1)!.endMs) / DAY_MS);
  const nights: (readonly [number, number])[] = [];
  for (let night = first; night <= last; night++) {
    const minutes = minutesWithin(pieces, night, NIGHT, zone);
    if (minutes > 0) nights.push([night, minutes]);
  }
  return nights;
}

/** Minutes of work between two times of the wall, told from one day. */
export function minutesWithin(
  pieces: readonly Interval[],
  day: number,
  { fromMinute, toMinute }: { readonly fromMinute: number; readonly toMinute: number },
  zone: Zone,
): number {
  const fromMs = zone.toEpochMs(day * DAY_MS + fromMinute * MINUTE_MS);
  const toMs = zone.toEpochMs(day * DAY_MS + toMinute * MINUTE_MS);
  let ms = 0;
  for (const { startMs, endMs } of pieces) ms += Math.max(0, Math.min(endMs, toMs) - Math.max(startMs, fromMs));
  return ms / MINUTE_MS;
}
