import { limits, type Catalogue, type OperationAnswer } from "@hourwright/contract";
import type { SeenCalendar } from "../calendars/public.ts";
import { mayWriteInto } from "../calendars/public.ts";
import { findingsOf, scored } from "./core/judge.ts";
import { NOBODY, tableOf, type Table } from "./core/table.ts";
import type { Finding } from "./core/rules.ts";
import type { LeagueQuestion } from "./core/question.ts";
import { matchesOf, questionOf } from "./decide.ts";
import type { LeagueFacts } from "./facts.ts";
import type { LeagueState, StoredFixture } from "./model.ts";
import { sentenceOf } from "./sentences.ts";
import { firstOpenRound, overAt, timeOf, zonedText } from "./times.ts";
import type { ListedLeague } from "./store.ts";

export type WholeLeague = OperationAnswer<Catalogue["leagues.read"]>;
type Listed = OperationAnswer<Catalogue["leagues.list"]>["items"][number];
export type FindingTold = WholeLeague["findings"][number];

/** A league judged as it is. */
export type Judged = {
  readonly question: LeagueQuestion;
  readonly table: Table;
  readonly findings: readonly Finding[];
};

export function judged(state: LeagueState, facts: LeagueFacts): Judged {
  const question = questionOf(state, facts);
  const table = tableOf(question.teams, question.rounds, matchesOf(state));
  // Nothing is broken of a season that is not there.
  return { question, table, findings: state.fixtures.length === 0 ? [] : findingsOf(question, table) };
}

export function shownListed(
  { league, score, fixtureCount, publishedCount }: ListedLeague,
  calendar: SeenCalendar,
): Listed {
  const { id, name, calendarId, setup, days, version } = league;
  const { legs, back, kickOff, minutes, teams } = setup;
  return {
    id,
    name,
    calendarId,
    colour: calendar.colour,
    zone: calendar.zone,
    legs,
    back,
    kickOff,
    minutes,
    firstDay: days[0] ?? setup.dates.firstDay,
    lastDay: days.at(-1) ?? null,
    teamCount: teams.length,
    roundCount: days.length,
    fixtureCount,
    publishedCount,
    score,
    canEdit: mayWriteInto(calendar),
    version,
  };
}

/** What is dearest first: hard before soft, then by points. */
const inOrder = (findings: readonly Finding[]): Finding[] =>
  findings.toSorted((a, b) => Number(b.hard) - Number(a.hard) || b.points - a.points);

export function shownLeague(
  state: LeagueState,
  facts: LeagueFacts,
  calendar: SeenCalendar,
  known: Judged = judged(state, facts),
): WholeLeague {
  const { league, fixtures } = state;
  const { setup, days } = league;
  const score = scored(known.findings);
  const told = inOrder(known.findings).slice(0, limits.LEAGUE_FINDINGS_MAX);
  const findings = told.map(findingShower(state));
  const brokenBy = new Map<string, number[]>();
  findings.forEach(({ fixtures: part }, place) => {
    for (const id of part) brokenBy.set(id, [...(brokenBy.get(id) ?? []), place]);
  });
  const open = firstOpenRound(days, facts.zone, facts.nowMs);
  const listed = {
    league,
    score,
    fixtureCount: fixtures.length,
    publishedCount: fixtures.filter(({ eventId }) => eventId !== null).length,
  };
  return {
    ...shownListed(listed, calendar),
    dates: setup.dates,
    teams: setup.teams.map((team) => ({
      ...team,
      venueName: team.venueId === null ? null : (facts.venues.get(team.venueId)?.name ?? null),
    })),
    rules: [...setup.rules],
    rounds: days.map((day, round) => ({
      round: round + 1,
      day,
      played: round < open,
      free: freeIn(known.table, round, state),
    })),
    fixtures: shownFixtures(state, facts, brokenBy),
    findings,
    findingCount: known.findings.length,
  };
}

function freeIn(table: Table, round: number, { league, fixtures }: LeagueState): string | null {
  const { teams } = league.setup;
  if (teams.length % 2 === 0 || fixtures.length === 0) return null;
  return teams.find((_, place) => table.meets(round, place) === NOBODY)?.id ?? null;
}

function shownFixtures({ league, fixtures }: LeagueState, facts: LeagueFacts, brokenBy: ReadonlyMap<string, number[]>) {
  const isOver = overAt(facts);
  return fixtures
    .map((fixture) => ({ fixture, time: timeOf({ ...facts, league }, fixture) }))
    .toSorted((a, b) => a.fixture.round - b.fixture.round || a.time.startMs - b.time.startMs)
    .map(({ fixture, time }) => ({
      id: fixture.id,
      round: fixture.round + 1,
      homeId: fixture.homeId,
      awayId: fixture.awayId,
      day: time.day,
      kickOff: time.kickOff,
      minutes: time.minutes,
      start: zonedText(time.startMs, time.zone),
      end: zonedText(time.endMs, time.zone),
      zone: time.zone,
      venueId: time.venueId,
      ownTime: fixture.own !== null,
      locked: fixture.locked,
      played: isOver(league, fixture),
      eventId: fixture.eventId,
      broken: brokenBy.get(fixture.id) ?? [],
    }));
}

/** Says findings with ids and in words; fixtures are those of a season. */
export function findingShower({ league, fixtures }: LeagueState): (finding: Finding) => FindingTold {
  const { teams } = league.setup;
  const byRound = Map.groupBy(fixtures, ({ round }) => round);
  const days: string[] = [];
  const names = {
    team: (place: number) => teams[place]!.name,
    day: (round: number) => (days[round] ??= saidDay(league.days[round]!)),
  };
  return (finding) => {
    const ids = new Set(finding.teams.map((place) => teams[place]!.id));
    return {
      ...finding,
      teams: [...ids],
      rounds: finding.rounds.map((round) => round + 1),
      fixtures: partOf(finding, ids, byRound).map(({ id }) => id),
      sentence: sentenceOf(finding, names),
    };
  };
}

const BOTH: ReadonlySet<string> = new Set(["meet", "return", "halves", "mirrored"]);

/** Matches of a finding: of its teams in its rounds; of two who meet, where they do. */
function partOf(
  { kind, rounds }: Finding,
  teams: ReadonlySet<string>,
  byRound: ReadonlyMap<number, readonly StoredFixture[]>,
): StoredFixture[] {
  return rounds.flatMap((round) =>
    (byRound.get(round) ?? []).filter(({ homeId, awayId }) =>
      BOTH.has(kind) ? teams.has(homeId) && teams.has(awayId) : teams.has(homeId) || teams.has(awayId),
    ),
  );
}

const saying = new Intl.DateTimeFormat("en-GB", {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});

/** "Saturday 4 September 2027" */
export const saidDay = (day: string): string =>
  saying.format(Temporal.PlainDate.from(day).toZonedDateTime("UTC").epochMilliseconds).replace(",", "");
