import { contractOn, type Contract, type Stretch } from "@hourwright/schedule";
import { MINUTE_MS, overlaps } from "@hourwright/time";
import {
  dayIn,
  edgesOf,
  nearby,
  neededIn,
  REACH_DAYS,
  stepsOfDay,
  type Clocks,
  type Needed,
  type Presence,
  type PresentByDay,
  type Step,
} from "./coverage.ts";
import { siteKeyOf } from "./demand.ts";
import type { Person } from "./draft.ts";
import { addPresence, isHolding, isThere, siteOf, type Site, type SitesByKey } from "./evaluate.ts";

/**
 * Minutes times people, of all rows of a site, each row by itself: how many are needed, for how many of these somebody is there, and
 * who is there above the ideal while anybody is needed or wished for.
 */
export type CoverageTotal = {
  readonly neededMinutes: number;
  readonly coveredMinutes: number;
  readonly spareMinutes: number;
};

/**
 * What the demand of some days comes to, half-open; null where nobody is needed or wished for. A minute counts on the day of its
 * demand, also after midnight; where the demands of several days meet, those of earlier days are filled first [CG8].
 * `present`: whoever is at the site on these days and the two after them. O(days × steps of a day).
 */
export function coverageTotal(
  { rows }: Pick<Site, "rows">,
  present: PresentByDay,
  clocks: Clocks,
  days: { readonly fromDay: number; readonly toDay: number },
): CoverageTotal | null {
  const sum: Sum = { isAsked: false, needed: 0, covered: 0, spare: 0 };
  for (let day = days.fromDay; day < days.toDay + REACH_DAYS; day++) {
    const needed = neededIn(rows, day, clocks);
    const isOwn = (each: { readonly day: number }) => days.fromDay <= each.day && each.day < days.toDay;
    if (!needed.some((own) => own.some(isOwn))) continue;
    const steps = stepsOfDay(rows, nearby(present, day, clocks.zone), needed, dayIn(clocks.zone, day));
    for (const [r, own] of steps.entries()) for (const step of own) add(sum, step, needed[r]!, isOwn);
  }
  if (!sum.isAsked) return null;
  return {
    neededMinutes: sum.needed / MINUTE_MS,
    coveredMinutes: sum.covered / MINUTE_MS,
    spareMinutes: sum.spare / MINUTE_MS,
  };
}

type Sum = { isAsked: boolean; needed: number; covered: number; spare: number };
type Asked = Needed[number][number];

/** A step may have demands of several days, one after the other or at once. */
function add(sum: Sum, { startMs, endMs, have }: Step, asked: readonly Asked[], isOwn: (each: Asked) => boolean): void {
  const holding = asked.filter((each) => each.ideal > 0 && overlaps(each, { startMs, endMs }));
  const edges = edgesOf(holding, { startMs, endMs });
  for (let i = 0; i + 1 < edges.length; i++) {
    const part = { startMs: edges[i]!, endMs: edges[i + 1]! };
    const lengthMs = part.endMs - part.startMs;
    let [left, ideal] = [have, 0];
    let last: Asked | null = null;
    for (const each of holding) {
      if (!overlaps(each, part)) continue;
      const filled = Math.min(left, each.minimum);
      left -= filled;
      ideal += each.ideal;
      last = each;
      if (!isOwn(each)) continue;
      sum.isAsked = true;
      sum.needed += each.minimum * lengthMs;
      sum.covered += filled * lengthMs;
    }
    if (last !== null && isOwn(last)) sum.spare += Math.max(0, have - ideal) * lengthMs;
  }
}

/** When somebody is at which site, and (`shifts`) at which sites they have shifts on which days, by site. */
export type Attended = {
  readonly presences: ReadonlyMap<string, readonly Presence[]>;
  readonly shifts: ReadonlyMap<string, { readonly site: string; readonly days: ReadonlySet<number> }>;
};

/** Of a schedule: presences at the sites that are given, and shifts at all, also those that an absence took; on call is nowhere. O(stretches). */
export function attendedBy(sites: SitesByKey, person: Person, stretches: readonly Stretch[]): Attended {
  const presences = new Map<string, Presence[]>();
  const shifts = new Map<string, { readonly site: string; readonly days: Set<number> }>();
  let contract: Contract | null = null;
  for (const stretch of stretches) {
    const { day } = stretch;
    const isPresent = isThere(stretch);
    if (!isPresent && !isMissed(stretch)) continue;
    contract = isHolding(contract, day) ? contract : contractOn(person.contracts, day);
    const site = siteOf(stretch, contract)?.trim() ?? "";
    if (site === "") continue;
    const key = siteKeyOf(site);
    const own = shifts.get(key);
    if (own === undefined) shifts.set(key, { site, days: new Set([day]) });
    else own.days.add(day);
    const asked = sites.get(key);
    if (isPresent && asked !== undefined) addPresence(presences, asked, person, stretch);
  }
  return { presences, shifts };
}

/** A shift that an absence took; who would have been on call is missed nowhere. */
const isMissed = ({ why, shift }: Stretch): boolean =>
  why.kind === "absence" && shift !== null && shift.shift.kind !== "on-call";
