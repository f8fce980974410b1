import { distanceKm } from "@hourwright/conflict";
import { DAY_MS, MINUTE_MS, type Interval } from "@hourwright/time";
import type { Unit } from "../../platform/db/database.ts";
import { uidOfEvent } from "../calendars/public.ts";
import { openTimeText, takenText } from "../claims/public.ts";
import { openTimeFrom, takenFrom } from "../claims/pure.ts";
import { subjectsById } from "../identity/public.ts";
import { placesOf } from "../planning/public.ts";
import { numbersOfSites, waysBetween } from "../planning/pure.ts";
import type { LeagueState } from "./model.ts";
import { dayNumber, type Venue } from "./times.ts";

/** What is true around a league: its venues, when they are to be had, and how far they are from each other. */
export type LeagueFacts = {
  readonly zone: string;
  readonly nowMs: number;
  readonly venues: ReadonlyMap<string, Venue>;
  /** Things of teams, by id. */
  readonly things: ReadonlyMap<string, string>;
  /** Whether a venue is open and free of anything but the league's own matches. */
  isFree(venueId: string, startMs: number, endMs: number): boolean;
  /** Between two venues; null where nobody has said where one of them is. */
  wayBetween(from: string, to: string): { readonly kilometres: number; readonly minutes: number } | null;
  isPlaced(venueId: string): boolean;
};

/** Claims of all venues of a season. */
const CLAIMS_MAX = 50_000;
/** Matches may lie so many days beside the days of their rounds. */
const AROUND_DAYS = 15;

/** Reads them for some states of a league: their venues and days, with time around. */
export async function factsOf(unit: Unit, zone: string, states: readonly LeagueState[]): Promise<LeagueFacts> {
  const teams = states.flatMap(({ league }) => league.setup.teams);
  const fixtures = states.flatMap((state) => state.fixtures);
  const named = new Set([
    ...teams.flatMap(({ venueId }) => venueId ?? []),
    ...fixtures.flatMap(({ own }) => own?.venueId ?? []),
  ]);
  const things = new Set(teams.flatMap(({ subjectId }) => subjectId ?? []));
  const subjects = await subjectsById(unit, [...new Set([...named, ...things])]);
  const venues = new Map(
    subjects
      .filter(({ id }) => named.has(id))
      .map(({ id, name, zone: own, site, retired, policy }): [string, Venue] => [
        id,
        { id, name, zone: own, site, retired, isShared: policy === "allow" || policy === "observe" },
      ]),
  );
  const days = [...states.flatMap(({ league }) => league.days), ...fixtures.flatMap(({ own }) => own?.day ?? [])].map(
    dayNumber,
  );
  const time = await timeOfVenues(
    unit,
    [...venues.keys()],
    days,
    fixtures.flatMap(({ eventId }) => eventId ?? []),
  );
  const places = await placesOf(unit);
  const travelMs = waysBetween(places);
  const sited = [...venues.values()].flatMap(({ id, site }) => (site === null ? [] : [{ id, site }]));
  const numbers = numbersOfSites(places, sited);
  return {
    zone,
    nowMs: unit.nowMs,
    venues,
    things: new Map(subjects.filter(({ id }) => things.has(id)).map(({ id, name }) => [id, name])),
    isFree: (venueId, startMs, endMs) => {
      const venue = venues.get(venueId);
      if (venue === undefined || venue.retired) return false;
      const open = time.open.get(venueId);
      if (open !== undefined && !open.some((each) => each.startMs <= startMs && each.endMs >= endMs)) return false;
      return (
        venue.isShared || !(time.taken.get(venueId) ?? []).some((each) => each.startMs < endMs && each.endMs > startMs)
      );
    },
    isPlaced: (venueId) => numbers.has(venueId),
    wayBetween: (from, to) => {
      const [one, other] = [numbers.get(from), numbers.get(to)];
      if (one === undefined || other === undefined) return null;
      return { kilometres: distanceKm(places[one]!, places[other]!), minutes: travelMs(one, other) / MINUTE_MS };
    },
  };
}

async function timeOfVenues(
  unit: Unit,
  venueIds: readonly string[],
  days: readonly number[],
  ownEvents: readonly string[],
): Promise<{
  readonly taken: ReadonlyMap<string, readonly Interval[]>;
  readonly open: ReadonlyMap<string, readonly Interval[]>;
}> {
  if (venueIds.length === 0 || days.length === 0) return { taken: new Map(), open: new Map() };
  const fromMs = (Math.min(...days) - AROUND_DAYS) * DAY_MS;
  const toMs = (Math.max(...days) + AROUND_DAYS) * DAY_MS;
  const [taken, open] = await Promise.all([
    takenText(unit, venueIds, fromMs, toMs, CLAIMS_MAX),
    openTimeText(unit, venueIds, fromMs, toMs),
  ]);
  const own = new Set(ownEvents.map(uidOfEvent));
  const others = takenFrom([taken]).filter(({ source, commitment }) => source !== "calendars" || !own.has(commitment));
  return { taken: Map.groupBy(others, ({ subjectId }) => subjectId), open: openTimeFrom([open]) };
}
