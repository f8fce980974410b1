import { contractOn, minutesOf, unify, type Shift, type Stretch } from "@hourwright/schedule";
import { DAY_MS, MINUTE_MS, type Interval, type Zone } from "@hourwright/time";
import { NIGHT } from "@hourwright/schedule";
import { demandsOn, siteKeyOf } from "../demand.ts";
import { adjustmentsOf, standingIn, type Entry } from "../draft.ts";
import type { Ground } from "../evaluate.ts";

/** A shift that may be given. `site`: at which it counts; -1: at none that needs anybody. `skillId`: with which it is worked. */
export type Template = { readonly shift: Shift; readonly site: number; readonly skillId: string | null };

/** Kinds of shifts that are given at one site: those that are used most. */
export const TEMPLATES_OF_A_SITE_MAX = 12;
/** Kinds of shifts in a plan, those that stand in single cells among them. */
export const TEMPLATES_MAX = 2_000;

/** A stretch of demand that is longer is cut into shifts of equal length, none longer than this. */
const SHIFT_OF_DEMAND_MINUTES_MAX = 600;
const SHIFT_CUT_MINUTES = 480;

/** Shifts by what they are, each once. */
export type Templates = {
  readonly list: Template[];
  /** Those that may be given to anybody at a site. */
  readonly ofSite: readonly (readonly number[])[];
  /** The number of a shift, which may be new; -1 when there are too many. */
  numberOf(shift: Shift, site: number, skillId: string | null): number;
};

/**
 * Which shifts may be given [PL3]: those that contracts, standing shifts and the draft have at a site that needs somebody, most used
 * first, then those that its demand asks for where none begins and ends then.
 */
export function templatesOf(ground: Ground, entries: readonly Entry[]): Templates {
  const siteAt = new Map(ground.sites.map(({ key }, i) => [key, i]));
  const used = usedShifts(ground, entries, siteAt);
  const list: Template[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (shift: Shift, site: number, skillId: string | null): number => {
    const key = keyOf(shift, site, skillId);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    if (list.length >= TEMPLATES_MAX) return -1;
    list.push({ shift, site, skillId });
    numbers.set(key, list.length - 1);
    return list.length - 1;
  };
  const ofSite = ground.sites.map(({ rows }, site) => {
    const found = Array.from(used[site]!.values())
      .toSorted((one, other) => other.count - one.count || one.shift.fromMinute - other.shift.fromMinute)
      .slice(0, TEMPLATES_OF_A_SITE_MAX)
      .map(({ shift }) => shift);
    for (const shift of shiftsOfDemand(ground, site)) {
      const isKnown = found.some((other) => isSameTime(other, shift));
      if (!isKnown && found.length < TEMPLATES_OF_A_SITE_MAX) found.push(shift);
    }
    const named = found.map((shift) => ({ ...shift, site: rows[0]!.site }));
    return named.map((shift) => numberOf(shift, site, null)).filter((number) => number !== -1);
  });
  return { list, ofSite, numberOf };
}

const isSameTime = (one: Shift, other: Shift): boolean =>
  one.fromMinute === other.fromMinute && one.toMinute === other.toMinute;

const keyOf = ({ name, kind, fromMinute, toMinute, breaks }: Shift, site: number, skillId: string | null): string =>
  JSON.stringify([name, kind, fromMinute, toMinute, breaks.map(Object.values), site, skillId]);

type Used = Map<string, { readonly shift: Shift; count: number }>;

/** Shifts at work that somebody has at each site, and how often. */
function usedShifts(ground: Ground, entries: readonly Entry[], siteAt: ReadonlyMap<string, number>): Used[] {
  const used: Used[] = ground.sites.map(() => new Map());
  const count = (shift: Shift, siteName: string | null, by: number): void => {
    const site = siteAt.get(siteKeyOf(siteName));
    if (site === undefined || shift.kind === "on-call") return;
    const key = keyOf(shift, site, null);
    const known = used[site]!.get(key);
    if (known === undefined) used[site]!.set(key, { shift, count: by });
    else known.count += by;
  };
  const { people, fromDay } = ground.question;
  for (const { personId, contracts } of people) {
    const contract = contractOn(contracts, fromDay);
    for (const shift of contract?.turns.weeks.flat(2) ?? []) count(shift, shift.site ?? contract!.site, 1);
    for (const { placed } of standingIn(ground.byId.get(personId)!.stretches))
      count(placed.shift, placed.shift.site ?? contractOn(contracts, placed.day)?.site ?? null, 1);
  }
  for (const entry of entries)
    if (entry.kind === "add") {
      const own = entry.personId === null ? null : (ground.byId.get(entry.personId)?.person.contracts ?? null);
      count(entry.shift, entry.shift.site ?? (own === null ? null : (contractOn(own, entry.day)?.site ?? null)), 1);
    }
  return used;
}

/** Shifts as the demand of a site has them on its days, long ones cut. */
function shiftsOfDemand({ sites, question }: Ground, site: number): Shift[] {
  const found = new Map<string, Shift>();
  const { fromDay, toDay, clocks } = question;
  for (const row of sites[site]!.rows)
    for (let day = fromDay; day < toDay; day++)
      for (const { name, stretches } of demandsOn(row, day, clocks.isHoliday(day)))
        for (const { fromMinute, toMinute, ideal } of stretches) {
          if (ideal === 0) continue;
          const length = toMinute - fromMinute;
          const parts = length <= SHIFT_OF_DEMAND_MINUTES_MAX ? 1 : Math.ceil(length / SHIFT_CUT_MINUTES);
          for (let part = 0; part < parts; part++) {
            const begins = fromMinute + Math.round((part * length) / parts);
            const ends = fromMinute + Math.round(((part + 1) * length) / parts);
            // Of a part after midnight the next day's shift is meant.
            const by = Math.floor(begins / 1_440) * 1_440;
            const shift: Shift = {
              name,
              kind: "work",
              fromMinute: begins - by,
              toMinute: ends - by,
              breaks: [],
              site: row.site,
            };
            const key = `${shift.fromMinute} ${shift.toMinute}`;
            if (!found.has(key)) found.set(key, shift);
          }
        }
  return [...found.values()];
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
