import {
  itemProblemOf,
  refuseLeague,
  type Catalogue,
  type OperationAnswer,
  type OperationInput,
  type Refused,
} from "@hourwright/contract";
import { swapped, type SeasonChange, type Staying } from "./core/change.ts";
import { differenceOf } from "./core/difference.ts";
import { findingsOf, scored } from "./core/judge.ts";
import { meetingOf, type LeagueQuestion, type Match } from "./core/question.ts";
import { tableOf } from "./core/table.ts";
import { fixturesAfter, matchesOf, questionOf, type Invalid } from "./decide.ts";
import type { LeagueFacts } from "./facts.ts";
import type { LeagueState, StoredFixture } from "./model.ts";
import { findingShower, saidDay, type Judged } from "./shown.ts";
import { dayNumber, firstOpenRound, timeOf } from "./times.ts";

// Pure: what a change that somebody drags leaves, and what it breaks and mends.

export type LeagueChange = OperationInput<Catalogue["leagues.change"]>["body"]["change"];
export type Tried = OperationAnswer<Catalogue["leagues.try"]>["tries"][number];
type Now = { readonly zone: string; readonly nowMs: number };
export type Changed = LeagueState | Refused<"leagues/change-refused"> | Invalid;

/** A league after a change. Refused where what was played or is locked would have to go along; invalid where there is no such thing. */
export function changedLeague(state: LeagueState, change: LeagueChange, now: Now): Changed {
  if (state.fixtures.length === 0) return refuseLeague("change-refused", "unplanned", {});
  if ("lock" in change) return lockedLeague(state, change.lock);
  if ("day" in change) return onAnotherDay(state, change.day, now);
  if ("time" in change) return atAnotherTime(state, change.time, now);
  const asked = seasonChange(state, change);
  if ("refused" in asked) return asked;
  const { league, fixtures } = state;
  const { setup, days } = league;
  const open = firstOpenRound(days, now.zone, now.nowMs);
  const matches = matchesOf(state);
  const locked = new Set(matches.filter((_, place) => fixtures[place]!.locked));
  const staying: Staying = { isPlayed: (round) => round < open, isLocked: (match) => locked.has(match) };
  const shape = {
    teams: setup.teams.length,
    rounds: days.length,
    isMirrored: setup.legs === 2 && setup.back === "mirrored",
  };
  const came = swapped(shape, matches, asked, staying);
  if ("table" in came) return { league, fixtures: fixturesAfter(state, came.table.matches(), noNewId) };
  const { stays, match } = came;
  const name = `${setup.teams[match.home]!.name} – ${setup.teams[match.away]!.name}`;
  return refuseLeague("change-refused", stays, { round: match.round + 1, match: name });
}

/** Every meeting of a league that is planned has its fixture. */
const noNewId = (): string => {
  throw new Error("a change made a fixture that was not there");
};

function lockedLeague(
  { league, fixtures }: LeagueState,
  { fixtures: ids, locked }: { readonly fixtures: readonly string[]; readonly locked: boolean },
): LeagueState | Invalid {
  const named = new Set(ids);
  if (fixtures.filter(({ id }) => named.has(id)).length < named.size) return noFixture;
  return { league, fixtures: fixtures.map((each) => (named.has(each.id) ? { ...each, locked } : each)) };
}

const noFixture = refuseLeague("invalid", "fixture", {});
export const noTeam = refuseLeague("invalid", "team", {});

function seasonChange(
  { league, fixtures }: LeagueState,
  change: Exclude<LeagueChange, { lock: unknown } | { day: unknown } | { time: unknown }>,
): SeasonChange | Refused<"leagues/change-refused"> | Invalid {
  const { teams } = league.setup;
  const placeOf = (id: string): number => teams.findIndex((team) => team.id === id);
  const matchOf = (id: string): Match | null => {
    const fixture = fixtures.find((each) => each.id === id);
    return fixture === undefined
      ? null
      : { round: fixture.round, home: placeOf(fixture.homeId), away: placeOf(fixture.awayId) };
  };
  const beyond = (...rounds: number[]) => rounds.find((round) => round > league.days.length);
  if ("move" in change) {
    const match = matchOf(change.move.fixtureId);
    if (match === null) return noFixture;
    const { round } = change.move;
    if (beyond(round) !== undefined) return noRound(round, league.days.length);
    return match.round === round - 1
      ? refuseLeague("change-refused", "there", { round })
      : { move: { match, round: round - 1 } };
  }
  if ("turn" in change) {
    const match = matchOf(change.turn.fixtureId);
    return match === null ? noFixture : { turn: match };
  }
  if ("swapTeams" in change) {
    const [one, other] = [placeOf(change.swapTeams.one), placeOf(change.swapTeams.other)];
    if (one === -1 || other === -1) return noTeam;
    return one === other ? refuseLeague("change-refused", "same-team", {}) : { swapTeams: { one, other } };
  }
  const { one, other } = change.swapRounds;
  const far = beyond(one, other);
  if (far !== undefined) return noRound(far, league.days.length);
  return one === other
    ? refuseLeague("change-refused", "same-round", {})
    : { swapRounds: { one: one - 1, other: other - 1 } };
}

export const noRound = (round: number, last: number) => refuseLeague("invalid", "round", { round, last });

function onAnotherDay(
  { league, fixtures }: LeagueState,
  { round, day }: { readonly round: number; readonly day: string },
  { zone, nowMs }: Now,
): Changed {
  const { days } = league;
  const place = round - 1;
  if (days[place] === undefined) return noRound(round, days.length);
  const open = firstOpenRound(days, zone, nowMs);
  if (place < open) return refuseLeague("change-refused", "over", { round });
  if (firstOpenRound([day], zone, nowMs) > 0) return past(day);
  const [before, after] = [days[place - 1], days[place + 1]];
  if (before !== undefined && day <= before)
    return refuseLeague("change-refused", "order", { round: round - 1, day: before, when: saidDay(before) });
  if (after !== undefined && day >= after)
    return refuseLeague("change-refused", "order", { round: round + 1, day: after, when: saidDay(after) });
  return { league: { ...league, days: days.with(place, day) }, fixtures };
}

const past = (day: string) => refuseLeague("change-refused", "past", { day, when: saidDay(day) });

/** A match is at most so many days beside its round. */
const BESIDE_DAYS_MAX = 180;

function atAnotherTime(
  { league, fixtures }: LeagueState,
  wish: {
    readonly fixtureId: string;
    readonly day: string | null;
    readonly kickOff: string | null;
    readonly venueId: string | null;
  },
  { zone, nowMs }: Now,
): Changed {
  const { fixtureId, ...own } = wish;
  const fixture = fixtures.find(({ id }) => id === fixtureId);
  if (fixture === undefined) return noFixture;
  const { day } = own;
  // What was not played on the day of its round may be put off, and is then no more as usual.
  if (day === null && fixture.round < firstOpenRound(league.days, zone, nowMs))
    return refuseLeague("change-refused", "say-day", { round: fixture.round + 1 });
  if (day !== null) {
    if (firstOpenRound([day], zone, nowMs) > 0) return past(day);
    if (Math.abs(dayNumber(day) - dayNumber(league.days[fixture.round]!)) > BESIDE_DAYS_MAX)
      return refuseLeague("change-refused", "far", { most: BESIDE_DAYS_MAX });
  }
  const isOwn = Object.values(own).some((each) => each !== null);
  const after: StoredFixture = { ...fixture, own: isOwn ? own : null };
  return { league, fixtures: fixtures.map((each) => (each === fixture ? after : each)) };
}

/** The question of a league after a change: what holds of venues is worked out again only where days have changed. */
function questionAfter(
  before: LeagueState,
  known: LeagueQuestion,
  after: LeagueState,
  facts: LeagueFacts,
): LeagueQuestion {
  if (after.league.days !== before.league.days) return questionOf(after, facts);
  const { teams } = after.league.setup;
  const placeOf = (id: string): number => teams.findIndex((team) => team.id === id);
  const apart = after.fixtures.flatMap(({ own, homeId, awayId }) =>
    own === null ? [] : [meetingOf(placeOf(homeId), placeOf(awayId))],
  );
  return { ...known, apart: new Set(apart) };
}

/** What a change moves, breaks and mends. O(teams × rounds × rules), some milliseconds at most. */
export function triedChange(
  before: LeagueState,
  judged: Pick<Judged, "question" | "findings">,
  after: Changed,
  { facts, change }: { readonly facts: LeagueFacts; readonly change: LeagueChange },
): Tried {
  if ("refused" in after)
    return {
      refusal: after.refused.detail,
      problem: itemProblemOf(after),
      moved: [],
      broken: [],
      mended: [],
      score: scored(judged.findings),
    };
  const question = questionAfter(before, judged.question, after, facts);
  const findings = findingsOf(question, tableOf(question.teams, question.rounds, matchesOf(after)));
  const { broken, mended } = differenceOf(judged.findings, findings);
  return {
    refusal: null,
    problem: null,
    moved: movedBy(before, after, facts, change),
    broken: broken.map(findingShower(after)),
    mended: mended.map(findingShower(before)),
    score: scored(findings),
  };
}

function movedBy(before: LeagueState, after: LeagueState, facts: LeagueFacts, change: LeagueChange): Tried["moved"] {
  const known = new Map(before.fixtures.map((fixture) => [fixture.id, fixture]));
  const named = "move" in change ? change.move.fixtureId : "turn" in change ? change.turn.fixtureId : null;
  const where = (state: LeagueState, fixture: StoredFixture) => {
    const { day, kickOff, venueId } = timeOf({ ...facts, league: state.league }, fixture);
    const { homeId, awayId, round } = fixture;
    return { round: round + 1, day, kickOff, homeId, awayId, venueId };
  };
  const isSame = (fixture: StoredFixture) =>
    known.get(fixture.id) === fixture && before.league.days[fixture.round] === after.league.days[fixture.round];
  return after.fixtures
    .filter((fixture) => !isSame(fixture))
    .map((fixture) => ({
      fixtureId: fixture.id,
      from: where(before, known.get(fixture.id)!),
      to: where(after, fixture),
    }))
    .filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to))
    .sort((a, b) => Number(b.fixtureId === named) - Number(a.fixtureId === named) || a.to.round - b.to.round);
}
