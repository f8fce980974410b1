import { findZone, MINUTE_MS, UTC } from "@hourwright/time";
import type { LeagueState, LeagueTeam, StoredFixture, StoredLeague } from "./model.ts";

// When and where matches are.

/** A room or place at which matches are played, as far as its times go. */
export type Venue = {
  readonly id: string;
  readonly name: string;
  readonly zone: string;
  readonly site: string | null;
  /** It takes nothing new any more. */
  readonly retired: boolean;
  /** Matches may meet other things there. */
  readonly isShared: boolean;
};

export type MatchTime = {
  readonly day: string;
  readonly kickOff: string;
  readonly minutes: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly zone: string;
  readonly venueId: string | null;
};

/** Days of the epoch. */
export const dayNumber = (day: string): number =>
  Temporal.PlainDate.from("1970-01-01").until(Temporal.PlainDate.from(day)).days;
export const dayText = (day: number): string => Temporal.PlainDate.from("1970-01-01").add({ days: day }).toString();

/** A clock time that a change of clocks leaves out is the one after; of one that is there twice, the first. */
export function instantMs(day: string, kickOff: string, zone: string): number {
  const wall = Temporal.PlainDateTime.from(`${day}T${kickOff}`);
  return (findZone(zone) ?? UTC).toEpochMs(wall.toZonedDateTime("UTC").epochMilliseconds);
}

export const teamOf = ({ setup }: Pick<StoredLeague, "setup">, id: string): LeagueTeam =>
  setup.teams.find((team) => team.id === id)!;

/** When and where a match of a league is; `zone`: of who has no venue. */
export function timeOf(
  {
    league,
    zone,
    venues,
  }: Pick<LeagueState, "league"> & {
    readonly zone: string;
    readonly venues: ReadonlyMap<string, Venue>;
  },
  { round, homeId, own }: Pick<StoredFixture, "round" | "homeId" | "own">,
): MatchTime {
  const { setup, days } = league;
  const home = teamOf(league, homeId);
  const venueId = own?.venueId ?? home.venueId;
  const at = (venueId === null ? null : venues.get(venueId)?.zone) ?? zone;
  const day = dayOf({ days }, { round, own });
  const kickOff = own?.kickOff ?? home.kickOff ?? setup.kickOff;
  const minutes = home.minutes ?? setup.minutes;
  const startMs = instantMs(day, kickOff, at);
  return { day, kickOff, minutes, startMs, endMs: startMs + minutes * MINUTE_MS, zone: at, venueId };
}

/** The day on which a match is: that of its round, or its own. */
const dayOf = ({ days }: Pick<StoredLeague, "days">, { round, own }: Pick<StoredFixture, "round" | "own">): string =>
  own?.day ?? days[round]!;

type Now = { readonly zone: string; readonly nowMs: number };

const todayIn = ({ zone, nowMs }: Now): string =>
  Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(zone).toPlainDate().toString();

/** Which matches are over: their day was. Of a round that is over, one that was put off is not. */
export function overAt(now: Now): (league: Pick<StoredLeague, "days">, fixture: StoredFixture) => boolean {
  const today = todayIn(now);
  return (league, fixture) => dayOf(league, fixture) < today;
}

/** The first round that is not over: its day is today or later. */
export function firstOpenRound(days: readonly string[], zone: string, nowMs: number): number {
  const today = todayIn({ zone, nowMs });
  const first = days.findIndex((day) => day >= today);
  return first === -1 ? days.length : first;
}

/** "14:30+01:00" and the rest of an instant, by the clocks of a zone. */
export const zonedText = (ms: number, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(ms)
    .toZonedDateTimeISO(zone)
    .toString({ timeZoneName: "never", smallestUnit: "second" });
