import { DAY_MS, HOUR_MS, dayNumber, findZone, type Zone } from "@hourwright/time";
import { WINDOWS_ZONE_IDS } from "./windows-zones.ts";

/** What a VTIMEZONE says: clocks, and the stretch of time for which it says them. */
export type Clocks = {
  readonly zone: Zone;
  readonly fromMs: number;
  readonly toMs: number;
  /** False when changes do not follow from each other: those back to winter time, say, are missing. */
  readonly isWhole: boolean;
};

/** The years that are compared: what calendars hold, and what zones are known by. */
const FIRST_YEAR = 1990;
const LAST_YEAR = 2037;
/** So many years alike are no accident. A description of fewer years must agree in all of them. */
const YEARS_ALIKE_MIN = 10;
/** A zone that nobody has named must agree in every year from here on: its clocks are read in place of those described. */
const RECENT_MS = dayNumber(2010, 1, 1) * DAY_MS;
/** In a year of two changes; there are programs that write each an hour or two early or late. */
const DIFFERENT_MS_MAX = 4 * HOUR_MS;

/** Whether the zone is the one described: its clocks ran so for ten years, or for as long as is described. */
export function isDescribedBy(zone: Zone, clocks: Clocks): boolean {
  const years = differences(zone, clocks);
  return years.length > 0 && years.filter(isAlike).length >= Math.min(YEARS_ALIKE_MIN, years.length);
}

/**
 * The zone of the world whose clocks agree with these since 2010, and for ten years at least; null when there is none.
 * Of several the one most alike, then the one that Windows knows, which is that of the largest place. About 1 ms; the
 * first time 30 to 40 ms, in which every zone of the world is looked at.
 */
export function zoneWithClocks(clocks: Clocks): Zone | null {
  let best: Zone | null = null;
  let least = Infinity;
  for (const id of candidates(clocks)) {
    const zone = findZone(id)!;
    const years = differences(zone, clocks, least);
    const differentMs = years.reduce((sum, year) => sum + year.differentMs, 0);
    if (differentMs >= least) continue;
    const isMeant = years.filter(isAlike).length >= YEARS_ALIKE_MIN && years.filter(isRecent).every(isAlike);
    if (!isMeant) continue;
    best = zone;
    least = differentMs;
  }
  return best;
}

/** A year, or what is described of it, and how long the clocks of two zones differ in it. */
type Difference = { readonly fromMs: number; readonly differentMs: number };

const isAlike = ({ differentMs }: Difference) => differentMs <= DIFFERENT_MS_MAX;
const isRecent = ({ fromMs }: Difference) => fromMs >= RECENT_MS;

/** Year by year, until the clocks have differed for so long in all that nobody asks how long. */
function differences(zone: Zone, clocks: Clocks, enoughMs = Infinity): readonly Difference[] {
  const years: Difference[] = [];
  let sumMs = 0;
  for (let year = FIRST_YEAR; year <= LAST_YEAR && sumMs < enoughMs; year++) {
    const fromMs = Math.max(clocks.fromMs, dayNumber(year, 1, 1) * DAY_MS);
    const toMs = Math.min(clocks.toMs, dayNumber(year + 1, 1, 1) * DAY_MS);
    if (fromMs >= toMs) continue;
    const differentMs = differentTime(zone, clocks.zone, fromMs, toMs);
    sumMs += differentMs;
    years.push({ fromMs, differentMs });
  }
  return years;
}

/** How long the clocks of two zones differ within a stretch. */
function differentTime(one: Zone, other: Zone, fromMs: number, toMs: number): number {
  const changes = [one, other].flatMap((zone) => zone.transitionsBetween(fromMs + 1, toMs).map(({ atMs }) => atMs));
  changes.sort((first, second) => first - second);
  let differentMs = 0;
  let sinceMs = fromMs;
  for (const untilMs of [...changes, toMs]) {
    if (one.offsetMsAt(sinceMs) !== other.offsetMsAt(sinceMs)) differentMs += untilMs - sinceMs;
    sinceMs = untilMs;
  }
  return differentMs;
}

/** When zones are told apart at first sight: a winter and a summer of the years that most descriptions hold. */
const SIGHTS_MS = [dayNumber(2019, 1, 15) * DAY_MS, dayNumber(2019, 7, 15) * DAY_MS];

/** The zones whose clocks are those described at first sight, in 2019: those that Windows knows come first. */
function candidates({ zone }: Clocks): readonly string[] {
  sights ??= zonesBySight();
  return sights.get(SIGHTS_MS.map((atMs) => zone.offsetMsAt(atMs)).join(" ")) ?? [];
}

let sights: Map<string, string[]> | null = null;

function zonesBySight(): Map<string, string[]> {
  const bySight = new Map<string, string[]>();
  for (const id of new Set([...WINDOWS_ZONE_IDS, ...Intl.supportedValuesOf("timeZone")])) {
    const offsets = SIGHTS_MS.map((atMs) => {
      const instant = Temporal.Instant.fromEpochMilliseconds(atMs); // The whole table of every zone would cost more.
      return instant.toZonedDateTimeISO(id).offsetNanoseconds / 1_000_000;
    });
    const sight = offsets.join(" ");
    const alike = bySight.get(sight);
    if (alike === undefined) bySight.set(sight, [id]);
    else alike.push(id);
  }
  return bySight;
}
