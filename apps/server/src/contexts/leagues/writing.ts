import { isRefused, limits, refuseLeague, refuseRequest, type Refused } from "@hourwright/contract";
import type { Unit } from "../../platform/db/database.ts";
import type { Caller, IfMatch, Viewer } from "../../platform/operations/context.ts";
import {
  barredProblem,
  calendarFor,
  mayWriteInto,
  putTogether,
  reaches,
  type EventPut,
  type SeenCalendar,
} from "../calendars/public.ts";
import { nearestFree } from "./decide.ts";
import type { LeagueFacts } from "./facts.ts";
import { keptOf } from "./kept.ts";
import {
  LEAGUE,
  type LeagueContents,
  type LeagueState,
  type LeagueWas,
  type ScoreTold,
  type StoredFixture,
  type StoredLeague,
} from "./model.ts";
import { deleteFixtures, deleteLeagueRow, leagueById, lockLeague, putFixtures, putLeagueRow } from "./store.ts";
import { overAt, teamOf, timeOf } from "./times.ts";

// The one way in which leagues change: events of what is published go along, in the same transaction, and one record tells undo of it all.

export type Seen = { readonly state: LeagueState; readonly calendar: SeenCalendar };

const notFound = refuseRequest("not-found", "league", {});
const readOnly = refuseRequest("forbidden", "league", {});
const versionChanged = refuseRequest("version-changed", "read", {});

/** The calendar of a league whom the caller may see; null when they may not know of it. */
export async function calendarOf(unit: Unit, caller: Viewer, calendarId: string): Promise<SeenCalendar | null> {
  const calendar = await calendarFor(unit, caller, calendarId, "read");
  return typeof calendar === "string" || !reaches(calendar.access, "read") ? null : calendar;
}

/** A league that the caller may see. */
export async function seenLeague(unit: Unit, caller: Viewer, id: string): Promise<Seen | Refused<"request/not-found">> {
  const state = await leagueById(unit, id);
  const calendar = state === null ? null : await calendarOf(unit, caller, state.league.calendarId);
  return state === null || calendar === null ? notFound : { state, calendar };
}

/** A league that the caller may change, and nobody else until the unit ends. */
export async function heldLeague(
  unit: Unit,
  caller: Caller,
  id: string,
  ifMatch: IfMatch,
): Promise<Seen | Refused<`request/${string}`>> {
  const state = await lockLeague(unit, id);
  const calendar = state === null ? null : await calendarOf(unit, caller, state.league.calendarId);
  if (state === null || calendar === null) return notFound;
  if (!mayWriteInto(calendar)) return readOnly;
  return ifMatch?.includes(state.league.version) === false ? versionChanged : { state, calendar };
}

export type WriteCode =
  | "leagues/venue-taken"
  | "planning/rule-broken"
  | "calendars/read-only"
  | "identity/retired"
  | `request/${string}`;
export type WriteRefusal = Refused<WriteCode>;

export type Written = {
  readonly state: LeagueState;
  readonly made: number;
  readonly changed: number;
  readonly removed: number;
};

type Writing = {
  readonly caller: Caller;
  readonly calendar: SeenCalendar;
  /** Of both states. */
  readonly facts: LeagueFacts;
  readonly score: ScoreTold;
};

/**
 * Brings a league from one state to another; `before` is locked, null when it is new, `after` null when it is to be gone. Events of what is
 * published and not over become what the fixtures say, in one taking of time. Refused with what is taken. What is the same already is no
 * step that undo would have to take back.
 */
export async function writeLeague(
  unit: Unit,
  { caller, calendar, facts, score }: Writing,
  before: LeagueState | null,
  after: LeagueState | null,
): Promise<Written | WriteRefusal> {
  if (before !== null && after !== null && isSame(before, after))
    return { state: before, made: 0, changed: 0, removed: 0 };
  const { id } = (after ?? before)!.league;
  const version = (before?.league.version ?? 0) + 1;
  const puts = eventsBetween(before, after, facts);
  const put = await putTogether(unit, caller, calendar, puts);
  if (put !== null && isRefused(put)) return put as WriteRefusal;
  if (put !== null) {
    if (after === null || put.clashes.length === 0) return barredProblem(unit, put) as Promise<WriteRefusal>;
    return takenRefusal(after, facts, puts, put);
  }
  const league: StoredLeague | null = after === null ? null : { ...after.league, version };
  const was = wasOf(before, after);
  if (league === null) await deleteLeagueRow(unit, id);
  else {
    await putLeagueRow(unit, league, score);
    await deleteFixtures(unit, id, goneOf(before?.fixtures ?? [], after!.fixtures));
    await putFixtures(unit, id, changedOf(after!.fixtures, before?.fixtures ?? []));
  }
  unit.record({
    kind: before === null ? "created" : after === null ? "removed" : "updated",
    thing: { type: LEAGUE, id },
    collectionId: calendar.id,
    fields: [],
    before: keptOf(was),
    after: { version: league?.version ?? 0 },
  });
  const eventsBefore = new Set((before?.fixtures ?? []).flatMap(({ eventId }) => eventId ?? []));
  return {
    state: { league: league ?? before!.league, fixtures: after?.fixtures ?? [] },
    made: puts.filter(({ id: event, is }) => is !== null && !eventsBefore.has(event)).length,
    changed: puts.filter(({ id: event, is }) => is !== null && eventsBefore.has(event)).length,
    removed: puts.filter(({ is }) => is === null).length,
  };
}

const idsOf = (fixtures: readonly StoredFixture[]) => new Map(fixtures.map((fixture) => [fixture.id, fixture]));
const sameFixture = (one: StoredFixture, other: StoredFixture): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

function changedOf(fixtures: readonly StoredFixture[], than: readonly StoredFixture[]): StoredFixture[] {
  const known = idsOf(than);
  return fixtures.filter((fixture) => {
    const other = known.get(fixture.id);
    return other === undefined || !sameFixture(fixture, other);
  });
}

function goneOf(before: readonly StoredFixture[], after: readonly StoredFixture[]): string[] {
  const there = idsOf(after);
  return before.flatMap(({ id }) => (there.has(id) ? [] : [id]));
}

const contentsOf = ({ calendarId, name, setup, days }: StoredLeague): LeagueContents => ({
  calendarId,
  name,
  setup,
  days,
});

const isSame = (before: LeagueState, after: LeagueState): boolean =>
  JSON.stringify(contentsOf(before.league)) === JSON.stringify(contentsOf(after.league)) &&
  before.fixtures.length === after.fixtures.length &&
  changedOf(after.fixtures, before.fixtures).length === 0;

const wasOf = (before: LeagueState | null, after: LeagueState | null): LeagueWas => ({
  league: before === null ? null : contentsOf(before.league),
  fixtures: changedOf(before?.fixtures ?? [], after?.fixtures ?? []),
  made: goneOf(after?.fixtures ?? [], before?.fixtures ?? []),
});

/** The state that a change is taken back to. */
export function stateBefore(
  now: LeagueState | null,
  id: string,
  { league, fixtures, made }: LeagueWas,
): LeagueState | null {
  if (league === null) return null;
  const gone = new Set([...made, ...fixtures.map((fixture) => fixture.id)]);
  const stay = (now?.fixtures ?? []).filter((fixture) => !gone.has(fixture.id));
  return { league: { ...league, id, version: now?.league.version ?? 0 }, fixtures: [...stay, ...fixtures] };
}

/** Events that are to be others; those of matches that are over, before and after, stay as they were. */
function eventsBetween(before: LeagueState | null, after: LeagueState | null, facts: LeagueFacts): EventPut[] {
  const [was, is] = [faces(before, facts), faces(after, facts)];
  const puts: EventPut[] = [];
  for (const [id, { isOver, face }] of is) {
    const other = was.get(id);
    if (isOver && other?.isOver !== false) continue;
    if (other === undefined || JSON.stringify(other.face) !== JSON.stringify(face)) puts.push({ id, is: face });
  }
  for (const [id, { isOver }] of was) if (!is.has(id) && !isOver) puts.push({ id, is: null });
  return puts;
}

type Face = { readonly isOver: boolean; readonly face: NonNullable<EventPut["is"]> };

function faces(state: LeagueState | null, facts: LeagueFacts): ReadonlyMap<string, Face> {
  if (state === null) return new Map();
  const { league, fixtures } = state;
  const isOver = overAt(facts);
  return new Map(
    fixtures.flatMap((fixture): [string, Face][] =>
      fixture.eventId === null
        ? []
        : [[fixture.eventId, { isOver: isOver(league, fixture), face: faceOf(league, fixture, facts) }]],
    ),
  );
}

function faceOf(league: StoredLeague, fixture: StoredFixture, facts: LeagueFacts): NonNullable<EventPut["is"]> {
  const [home, away] = [teamOf(league, fixture.homeId), teamOf(league, fixture.awayId)];
  const { startMs, endMs, zone, venueId } = timeOf({ ...facts, league }, fixture);
  const taken = [venueId, home.subjectId, away.subjectId].filter((id) => id !== null);
  return {
    title: titleOf(league, fixture),
    description: `${league.name}, round ${fixture.round + 1}`,
    location: venueId === null ? null : (facts.venues.get(venueId)?.name ?? null),
    startMs,
    endMs,
    zone,
    resourceIds: [...new Set(taken)],
  };
}

export const titleOf = (league: StoredLeague, { homeId, awayId }: StoredFixture): string =>
  `${teamOf(league, homeId).name} – ${teamOf(league, awayId).name}`;

type Barred = Exclude<Awaited<ReturnType<typeof putTogether>>, null | Refused>;

/** What cannot be taken, by name, each with the nearest free time at its venue. */
function takenRefusal(
  state: LeagueState,
  facts: LeagueFacts,
  puts: readonly EventPut[],
  { clashes }: Barred,
): Refused<"leagues/venue-taken"> {
  const byEvent = new Map(
    state.fixtures.flatMap((fixture) => (fixture.eventId === null ? [] : [[fixture.eventId, fixture]])),
  );
  const told = new Map<string, object>();
  for (const { wanted, standing } of clashes) {
    const put = puts.find(
      ({ is }) =>
        is !== null &&
        is.startMs <= wanted.startMs &&
        is.endMs >= wanted.endMs &&
        is.resourceIds.includes(wanted.subjectId),
    );
    const fixture = put === undefined ? undefined : byEvent.get(put.id);
    if (fixture === undefined || told.has(fixture.id) || told.size === limits.LEAGUE_FINDINGS_MAX) continue;
    const time = timeOf({ ...facts, league: state.league }, fixture);
    const subject = facts.venues.get(wanted.subjectId)?.name ?? facts.things.get(wanted.subjectId) ?? "";
    told.set(fixture.id, {
      fixtureId: fixture.id,
      round: fixture.round + 1,
      name: titleOf(state.league, fixture),
      day: time.day,
      kickOff: time.kickOff,
      subjectId: wanted.subjectId,
      subject,
      takenFrom: Temporal.Instant.fromEpochMilliseconds(standing.startMs).toString(),
      takenUntil: Temporal.Instant.fromEpochMilliseconds(standing.endMs).toString(),
      nearest: nearestFree(state, facts, fixture),
    });
  }
  const taken = [...told.values()] as {
    readonly name: string;
    readonly subject: string;
    readonly day: string;
    readonly kickOff: string;
  }[];
  const [first] = taken;
  if (first === undefined) return refuseLeague("venue-taken", "raced", {}, { taken });
  const { name: match, subject: venue, day, kickOff: starts } = first;
  return refuseLeague("venue-taken", "taken", { match, venue, day, starts, more: taken.length - 1 }, { taken });
}
