import { componentsOf, createEvent, newComponent, newProperty, print, PRODID, type When } from "@hourwright/ical";
import { UTC } from "@hourwright/time";
import { csvOf } from "../../platform/sheets/csv.ts";
import { uidOfEvent } from "../calendars/public.ts";
import type { LeagueFacts } from "./facts.ts";
import type { LeagueState } from "./model.ts";
import { teamOf, timeOf, zonedText } from "./times.ts";
import { titleOf } from "./writing.ts";

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

/** The same as iCalendar, in UTC; what is not published is tentative. Each fixture keeps its UID, published or not. */
export function icsOfLeague(state: LeagueState, facts: LeagueFacts, teamId: string | null): Uint8Array {
  const events = inOrder(state, facts, teamId).flatMap(({ fixture, time }) => {
    const { calendar } = createEvent(
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
        nowMs: facts.nowMs,
      },
    );
    return componentsOf(calendar).filter(({ name }) => name === "VEVENT");
  });
  const head = [
    newProperty("VERSION", [], "2.0"),
    newProperty("PRODID", [], PRODID),
    newProperty("CALSCALE", [], "GREGORIAN"),
  ];
  return print([newComponent("VCALENDAR", [...head, ...events])]);
}

const inUtc = (localMs: number): When => ({ form: "utc", localMs, zone: UTC });

const inOrder = ({ league, fixtures }: LeagueState, facts: LeagueFacts, teamId: string | null) =>
  fixtures
    .filter(({ homeId, awayId }) => teamId === null || homeId === teamId || awayId === teamId)
    .map((fixture) => ({ fixture, time: timeOf({ ...facts, league }, fixture) }))
    .sort((a, b) => a.fixture.round - b.fixture.round || a.time.startMs - b.time.startMs);
