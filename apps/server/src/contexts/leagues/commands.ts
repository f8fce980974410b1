import { isDeepStrictEqual } from "node:util";
import {
  isRefused,
  limits,
  refuseLeague,
  refuseRequest,
  type Catalogue,
  type OperationInput,
  type Refused,
} from "@hourwright/contract";
import { assert } from "@hourwright/std";
import type { Unit } from "../../platform/db/database.ts";
import type { Caller, IfMatch } from "../../platform/operations/context.ts";
import { calendarFor, createCalendar, mayWriteInto, type SeenCalendar } from "../calendars/public.ts";
import { holidayDays } from "../workforce/public.ts";
import { changedLeague, noRound, triedChange, type Changed, type LeagueChange, type Tried } from "./changing.ts";
import { scored } from "./core/judge.ts";
import { decideDays, decideTeams, wrongRule, type Invalid } from "./decide.ts";
import { factsOf, type LeagueFacts } from "./facts.ts";
import type { LeagueSetup, LeagueState, LeagueTeam, LeagueWas, StoredFixture } from "./model.ts";
import { judged, shownLeague, type WholeLeague } from "./shown.ts";
import { countLeagues, lockLeague } from "./store.ts";
import { firstOpenRound, overAt } from "./times.ts";
import { heldLeague, stateBefore, writeLeague, type WriteCode, type Written } from "./writing.ts";

type CreateWish = OperationInput<Catalogue["leagues.create"]>["body"];
type UpdateWish = OperationInput<Catalogue["leagues.update"]>["body"];
type Problem<Code extends string = never> = Refused<WriteCode | Code>;
type Read<Code extends string = never> = Promise<WholeLeague | Problem<Code>>;

/** Begins a league, in a calendar of the organisation that comes with it or is named. */
export async function createLeague(
  unit: Unit,
  caller: Caller,
  wish: CreateWish,
): Read<"leagues/invalid" | "leagues/too-many" | "calendars/unknown-zone"> {
  if ((await countLeagues(unit)) >= limits.LEAGUES_MAX)
    return refuseLeague("too-many", "most", { most: limits.LEAGUES_MAX });
  const teams = decideTeams(wish.teams, [], () => unit.newId("tem"));
  if (isRefused(teams)) return teams;
  const { legs, back, kickOff, minutes, dates, rules } = wish;
  const setup: LeagueSetup = { legs: legs === 1 ? 1 : 2, back, kickOff, minutes, dates, teams, rules };
  const days = decideDays(setup, await holidayDays(unit), []);
  if (isRefused(days)) return days;
  const wrong = wrongRule(rules, teams, days.length) ?? wrongDays(days);
  if (wrong !== null) return wrong;
  const calendar = await calendarWished(unit, caller, wish);
  if (isRefused(calendar)) return calendar;
  const league = { id: unit.newId("lea"), version: 0, name: wish.name.trim(), calendarId: calendar.id, setup, days };
  const after: LeagueState = { league, fixtures: [] };
  const facts = await factsOf(unit, calendar.zone, [after]);
  const unknown = unknownThing(setup, null, facts);
  if (unknown !== null) return unknown;
  const written = await writeLeague(unit, { caller, calendar, facts, score: NOTHING }, null, after);
  return isRefused(written) ? written : shownLeague(written.state, facts, calendar);
}

const NOTHING = { hard: 0, soft: 0 };

async function calendarWished(
  unit: Unit,
  caller: Caller,
  { calendarId, name, colour, zone }: CreateWish,
): Promise<SeenCalendar | Problem<"leagues/invalid" | "calendars/unknown-zone">> {
  if (calendarId === undefined) {
    const made = await createCalendar(unit, caller, {
      name: name.trim(),
      colour,
      zone,
      category: "fixture",
      ownerSubjectId: null,
      policy: "forbid",
      sharing: "read",
    });
    // A new calendar is not asked whether it is empty.
    return made as SeenCalendar | Problem<"calendars/unknown-zone">;
  }
  const found = await calendarFor(unit, caller, calendarId, "write");
  if (typeof found === "string") return refuseLeague("invalid", "calendar", {});
  if (found.ownerSubjectId !== null)
    return refuseLeague("invalid", "owned", { calendar: found.name, owner: found.ownerName });
  return found;
}

const YEARS = { first: "1900-01-01", last: "2199-01-01" };
const wrongDays = (days: readonly string[]): Invalid | null =>
  days.every((day) => day > YEARS.first && day < YEARS.last) ? null : refuseLeague("invalid", "years", {});

/** A venue or thing of a team that is not there, or takes nothing new; those that the team had before stay. */
function unknownThing(setup: LeagueSetup, before: LeagueSetup | null, { venues, things }: LeagueFacts): Invalid | null {
  const had = new Set((before?.teams ?? []).flatMap(({ venueId, subjectId }) => [venueId, subjectId]));
  for (const { name, venueId, subjectId } of setup.teams) {
    if (venueId !== null && !had.has(venueId)) {
      const venue = venues.get(venueId);
      if (venue === undefined || !isThing(venueId)) return refuseLeague("invalid", "venue", { team: name });
      if (venue.retired) return refuseLeague("invalid", "venue-retired", { venue: venue.name, team: name });
    }
    if (subjectId !== null && !had.has(subjectId) && !(things.has(subjectId) && isThing(subjectId)))
      return refuseLeague("invalid", "thing", { team: name });
  }
  return null;
}

const isThing = (id: string): boolean => id.startsWith("res_");

/** Changes of what a league is made. */
export async function updateLeague(
  unit: Unit,
  caller: Caller,
  { id, wish, ifMatch }: { readonly id: string; readonly wish: UpdateWish; readonly ifMatch: IfMatch },
): Read<"leagues/invalid" | "leagues/published"> {
  const held = await heldLeague(unit, caller, id, ifMatch);
  if (isRefused(held)) return held;
  const { state, calendar } = held;
  const { league, fixtures } = state;
  const before = league.setup;
  const teams =
    wish.teams === undefined ? before.teams : decideTeams(wish.teams, before.teams, () => unit.newId("tem"));
  if (isRefused(teams)) return teams;
  const setup: LeagueSetup = {
    legs: wish.legs === undefined ? before.legs : wish.legs === 1 ? 1 : 2,
    back: wish.back ?? before.back,
    kickOff: wish.kickOff ?? before.kickOff,
    minutes: wish.minutes ?? before.minutes,
    dates: wish.dates ?? before.dates,
    teams,
    rules: wish.rules ?? before.rules,
  };
  const open = firstOpenRound(league.days, calendar.zone, unit.nowMs);
  const isOther = setup.legs !== before.legs || !sameTeams(teams, before.teams);
  if (isOther && fixtures.some(({ eventId, round }) => eventId !== null || round < open))
    return refuseLeague("published", "teams", {});
  const kept = isOther ? [] : fixtures;
  const played = kept.length === 0 ? [] : league.days.slice(0, open);
  const isSameDays = isDeepStrictEqual(setup.dates, before.dates) && !isOther;
  const days = isSameDays ? league.days : decideDays(setup, await holidayDays(unit), played);
  if (isRefused(days)) return days;
  const rules = wish.rules ?? rulesWithout(before.rules, teams);
  const wrong = wrongRule(rules, teams, days.length) ?? wrongDays(days);
  if (wrong !== null) return wrong;
  const name = wish.name?.trim() ?? league.name;
  const after: LeagueState = {
    league: { ...league, name, setup: { ...setup, rules }, days },
    fixtures: kept,
  };
  return written(unit, caller, { calendar, before: state, after });
}

const sameTeams = (one: readonly LeagueTeam[], other: readonly LeagueTeam[]): boolean =>
  one.length === other.length && new Set([...one, ...other].map(({ id }) => id)).size === one.length;

/** Rules without teams that are gone; those that named no others go with them. */
function rulesWithout(rules: LeagueSetup["rules"], teams: readonly LeagueTeam[]): LeagueSetup["rules"] {
  const ids = new Set(teams.map(({ id }) => id));
  return rules.flatMap((rule): LeagueSetup["rules"] => {
    if (rule.kind === "meet") return ids.has(rule.home) && ids.has(rule.away) ? [rule] : [];
    const left = rule.teams.filter((id) => ids.has(id));
    return rule.teams.length > 0 && left.length === 0 ? [] : [{ ...rule, teams: left }];
  });
}

type Change = { readonly calendar: SeenCalendar; readonly before: LeagueState; readonly after: LeagueState };

async function written(unit: Unit, caller: Caller, { calendar, before, after }: Change): Read<"leagues/invalid"> {
  const facts = await factsOf(unit, calendar.zone, [before, after]);
  const unknown = unknownThing(after.league.setup, before.league.setup, facts);
  if (unknown !== null) return unknown;
  const known = judged(after, facts);
  const score = scored(known.findings);
  const came = await writeLeague(unit, { caller, calendar, facts, score }, before, after);
  return isRefused(came) ? came : shownLeague(came.state, facts, calendar, known);
}

/** Takes a league away; refused while fixtures to come are published. */
export async function removeLeague(
  unit: Unit,
  caller: Caller,
  id: string,
  ifMatch: IfMatch,
): Promise<null | Problem<"leagues/published">> {
  const held = await heldLeague(unit, caller, id, ifMatch);
  if (isRefused(held)) return held;
  const { state, calendar } = held;
  const isOver = overAt({ zone: calendar.zone, nowMs: unit.nowMs });
  if (state.fixtures.some((fixture) => fixture.eventId !== null && !isOver(state.league, fixture)))
    return refuseLeague("published", "ahead", {});
  const facts = await factsOf(unit, calendar.zone, [state]);
  const came = await writeLeague(unit, { caller, calendar, facts, score: NOTHING }, state, null);
  return isRefused(came) ? came : null;
}

/** What changes would do, each by itself. */
export async function tryChanges(
  unit: Unit,
  { state, calendar }: { readonly state: LeagueState; readonly calendar: SeenCalendar },
  changes: readonly LeagueChange[],
): Promise<{ readonly tries: Tried[]; readonly score: { readonly hard: number; readonly soft: number } } | Invalid> {
  const now = { zone: calendar.zone, nowMs: unit.nowMs };
  const after = changes.map((change) => changedLeague(state, change, now));
  const wrong = after.find((each) => isRefused(each) && each.refused.code === "leagues/invalid");
  if (wrong !== undefined && isRefused(wrong)) return wrong as Invalid;
  const facts = await factsOf(unit, calendar.zone, [state, ...after.filter(isState)]);
  const known = judged(state, facts);
  return {
    score: scored(known.findings),
    tries: changes.map((change, place) => {
      const unfit = noVenue(change, facts);
      return triedChange(state, known, unfit ?? after[place]!, { facts, change });
    }),
  };
}

const isState = (changed: Changed): changed is LeagueState => !isRefused(changed);

function noVenue(change: LeagueChange, { venues }: LeagueFacts): Refused<"leagues/change-refused"> | null {
  if (!("time" in change) || change.time.venueId === null) return null;
  const venue = venues.get(change.time.venueId);
  if (venue !== undefined && isThing(venue.id) && !venue.retired) return null;
  return refuseLeague("change-refused", "venue", {});
}

/** Makes a change. */
export async function changeLeague(
  unit: Unit,
  caller: Caller,
  { id, change, ifMatch }: { readonly id: string; readonly change: LeagueChange; readonly ifMatch: IfMatch },
): Promise<
  { readonly league: WholeLeague; readonly tried: Tried } | Problem<"leagues/invalid" | "leagues/change-refused">
> {
  const held = await heldLeague(unit, caller, id, ifMatch);
  if (isRefused(held)) return held;
  const { state, calendar } = held;
  const after = changedLeague(state, change, { zone: calendar.zone, nowMs: unit.nowMs });
  if (isRefused(after)) return after;
  const facts = await factsOf(unit, calendar.zone, [state, after]);
  const unfit = noVenue(change, facts);
  if (unfit !== null) return unfit;
  const tried = triedChange(state, judged(state, facts), after, { facts, change });
  const came = await writeLeague(unit, { caller, calendar, facts, score: tried.score }, state, after);
  return isRefused(came) ? came : { league: shownLeague(came.state, facts, calendar), tried };
}

type Publishing = {
  readonly id: string;
  readonly rounds: readonly number[];
  readonly ifMatch: IfMatch;
  readonly isPublic: boolean;
};

/** Makes fixtures that are not over events, or takes these away. */
export async function publishLeague(
  unit: Unit,
  caller: Caller,
  { id, rounds, ifMatch, isPublic }: Publishing,
): Promise<
  | (Pick<Written, "made" | "changed" | "removed"> & { readonly league: WholeLeague })
  | Problem<"leagues/invalid" | "leagues/change-refused">
> {
  const held = await heldLeague(unit, caller, id, ifMatch);
  if (isRefused(held)) return held;
  const { state, calendar } = held;
  const { league, fixtures } = state;
  if (fixtures.length === 0) return refuseLeague("change-refused", "unplanned", {});
  const beyond = rounds.find((round) => round > league.days.length);
  if (beyond !== undefined) return noRound(beyond, league.days.length);
  const isOver = overAt({ zone: calendar.zone, nowMs: unit.nowMs });
  const named = new Set(rounds.map((round) => round - 1));
  const isMeant = (fixture: StoredFixture) =>
    !isOver(league, fixture) && (named.size === 0 || named.has(fixture.round));
  if (!fixtures.some(isMeant)) return refuseLeague("change-refused", "all-over", {});
  const after: LeagueState = {
    league,
    fixtures: fixtures.map((fixture) =>
      isMeant(fixture) ? { ...fixture, eventId: isPublic ? (fixture.eventId ?? unit.newId("evt")) : null } : fixture,
    ),
  };
  const facts = await factsOf(unit, calendar.zone, [state, after]);
  const retired = isPublic ? retiredVenue(after, isMeant, facts) : null;
  if (retired !== null) return retired;
  const known = judged(after, facts);
  const came = await writeLeague(unit, { caller, calendar, facts, score: scored(known.findings) }, state, after);
  if (isRefused(came)) return came;
  const { made, changed, removed } = came;
  return { league: shownLeague(came.state, facts, calendar, known), made, changed, removed };
}

/** A venue that was taken away since: nothing can be played there. */
function retiredVenue(
  { league, fixtures }: LeagueState,
  isMeant: (fixture: StoredFixture) => boolean,
  { venues }: LeagueFacts,
): Refused<"leagues/change-refused"> | null {
  const homes = new Map(league.setup.teams.map((team) => [team.id, team]));
  for (const fixture of fixtures.filter(isMeant)) {
    const home = homes.get(fixture.homeId)!;
    const venueId = fixture.own?.venueId ?? home.venueId;
    if (venueId === null) continue;
    const venue = venues.get(venueId);
    if (venue === undefined || venue.retired)
      return refuseLeague("change-refused", "venue-retired", { venue: venue?.name ?? null, team: home.name });
  }
  return null;
}

/** Puts a league back as it was before a request: what undo is made of. */
export async function putLeague(
  unit: Unit,
  caller: Caller,
  { id, ifVersion, was }: { readonly id: string; readonly ifVersion: number; readonly was: LeagueWas },
): Promise<{ readonly id: string } | Problem> {
  const now = await lockLeague(unit, id);
  if ((now?.league.version ?? 0) !== ifVersion) return refuseRequest("version-changed", "undo", {});
  const calendarId = (now?.league ?? was.league)?.calendarId;
  assert(calendarId !== undefined, "a league that is put back is there before or after");
  const calendar = await calendarFor(unit, caller, calendarId, "write");
  if (typeof calendar === "string" || !mayWriteInto(calendar)) return refuseRequest("not-found", "league-calendar", {});
  const after = stateBefore(now, id, was);
  const states = [now, after].filter((state) => state !== null);
  const facts = await factsOf(unit, calendar.zone, states);
  const score = after === null ? NOTHING : scored(judged(after, facts).findings);
  const came = await writeLeague(unit, { caller, calendar, facts, score }, now, after);
  return isRefused(came) ? came : { id };
}
