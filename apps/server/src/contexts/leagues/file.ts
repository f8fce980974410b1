import { isRefused } from "@hourwright/contract";
import { createEvent, followedCalendar, type When } from "@hourwright/ical";
import { DAY_MS, UTC } from "@hourwright/time";
import type { Unit } from "../../platform/db/database.ts";
import type { Viewer } from "../../platform/operations/context.ts";
import { csvOf } from "../../platform/sheets/csv.ts";
import { uidOfEvent } from "../calendars/public.ts";
import { factsOf, type LeagueFacts } from "./facts.ts";
import type { LeagueState } from "./model.ts";
import { teamOf, timeOf, zonedText } from "./times.ts";
import { seenLeague, titleOf } from "./writing.ts";

const COLUMNS = ["round", "day", "kick-off", "time zone", "home", "away", "venue", "start", "end", "published"];

/** Fixtures by round and time, of all teams or of one, as CSV. */
export function csvOfLeague(state: LeagueState, facts: LeagueFacts, teamId: string | null): string {
  const rows = inOrder(state, facts, teamId).map(({ fixture, time }) => [
    String(fixture.round + 1),
    time.day,
    time.kickOff,
    time.zone,
    teamOf(state.league, fixture.homeId).name,
    teamOf(state.league, fixture.awayId).name,
    time.venueId === null ? "" : (facts.venues.get(time.venueId)?.name ?? ""),
    zonedText(time.startMs, time.zone),
    zonedText(time.endMs, time.zone),
    fixture.eventId === null ? "no" : "yes",
  ]);
  return csvOf(COLUMNS, rows);
}

/**
 * The same as a calendar in UTC; what is not published is tentative. Each fixture keeps its UID, published or not. Stamped by the day, so
 * that it stays the same while nothing changes.
 */
export function icsOfLeague(state: LeagueState, facts: LeagueFacts, teamId: string | null): Uint8Array {
  const events = inOrder(state, facts, teamId).map(({ fixture, time }) =>
    createEvent(
      {
        summary: titleOf(state.league, fixture),
        description: `${state.league.name}, round ${fixture.round + 1}`,
        location: time.venueId === null ? "" : (facts.venues.get(time.venueId)?.name ?? ""),
        status: fixture.eventId === null ? "TENTATIVE" : "CONFIRMED",
        start: inUtc(time.startMs),
        end: inUtc(time.endMs),
      },
      {
        uid: fixture.eventId === null ? `${fixture.id.toLowerCase()}@hourwright` : uidOfEvent(fixture.eventId),
        nowMs: Math.floor(facts.nowMs / DAY_MS) * DAY_MS,
      },
    ),
  );
  return followedCalendar(nameOf(state, teamId), events);
}

/** A league as others follow it, while a viewer may see it; null when they may not, or it has no such team. */
export async function leagueCalendar(
  unit: Unit,
  viewer: Viewer,
  { leagueId, teamId }: { readonly leagueId: string; readonly teamId: string | null },
): Promise<Uint8Array | null> {
  const seen = await seenLeague(unit, viewer, leagueId);
  if (isRefused(seen) || !isOf(seen.state, teamId)) return null;
  return icsOfLeague(seen.state, await factsOf(unit, seen.calendar.zone, [seen.state]), teamId);
}

/** Whether the league has the team; of none, it is about all. */
export const isOf = ({ league }: LeagueState, teamId: string | null): boolean =>
  teamId === null || league.setup.teams.some(({ id }) => id === teamId);

export const fileName = (name: string): string =>
  name.replaceAll(/[^\p{L}\p{N}]+/gu, "-").replaceAll(/^-|-$/g, "") || "league";

/** What the whole of it is called, or what is of one team. */
export const nameOf = ({ league }: LeagueState, teamId: string | null): string =>
  teamId === null ? league.name : `${league.name}: ${teamOf(league, teamId).name}`;

const inUtc = (localMs: number): When => ({ form: "utc", localMs, zone: UTC });

const inOrder = ({ league, fixtures }: LeagueState, facts: LeagueFacts, teamId: string | null) =>
  fixtures
    .filter(({ homeId, awayId }) => teamId === null || homeId === teamId || awayId === teamId)
    .map((fixture) => ({ fixture, time: timeOf({ ...facts, league }, fixture) }))
    .sort((a, b) => a.fixture.round - b.fixture.round || a.time.startMs - b.time.startMs);
