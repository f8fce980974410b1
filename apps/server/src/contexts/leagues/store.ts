import { limits } from "@hourwright/contract";
import { sql } from "kysely";
import type { Unit } from "../../platform/db/database.ts";
import type {
  LeaguePlanResult,
  LeaguePlanWish,
  LeagueSetup,
  LeagueState,
  ScoreTold,
  StoredFixture,
  StoredLeague,
  StoredLeaguePlan,
} from "./model.ts";

type LeagueRow = {
  id: string;
  calendar_id: string;
  name: string;
  setup: LeagueSetup;
  days: readonly string[];
  score: ScoreTold;
  version: number;
};

const COLUMNS = sql`id, calendar_id, name, setup, days, score, version`;

const toLeague = ({ id, calendar_id, name, setup, days, version }: LeagueRow): StoredLeague => {
  return { id, calendarId: calendar_id, name, setup, days, version };
};

export type ListedLeague = {
  readonly league: StoredLeague;
  readonly score: ScoreTold;
  readonly fixtureCount: number;
  readonly publishedCount: number;
};

/** All leagues, those that begin last first. */
export async function listLeagues(unit: Unit): Promise<ListedLeague[]> {
  const { rows } = await sql<LeagueRow & { fixtures: number; published: number }>`
    select ${COLUMNS}, (select count(*) from leagues.fixture f where f.org_id = l.org_id and f.league_id = l.id) as fixtures,
      (select count(f.event_id) from leagues.fixture f where f.org_id = l.org_id and f.league_id = l.id) as published
    from leagues.league l where org_id = ${unit.organisation}
    order by days ->> 0 desc, name, id limit ${limits.LEAGUES_MAX}`.execute(unit.db);
  return rows.map((row) => ({
    league: toLeague(row),
    score: row.score,
    fixtureCount: row.fixtures,
    publishedCount: row.published,
  }));
}

export async function countLeagues(unit: Unit): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from leagues.league where org_id = ${unit.organisation}`.execute(unit.db);
  return rows[0]!.count;
}

/** A league of a calendar, in words; null where there is none. */
export async function leagueInCalendar(unit: Unit, calendarId: string): Promise<string | null> {
  const { rows } = await sql<{ name: string }>`
    select name from leagues.league
    where org_id = ${unit.organisation} and calendar_id = ${calendarId} limit 1`.execute(unit.db);
  return rows[0] === undefined ? null : `The league “${rows[0].name}”`;
}

export async function leagueById(unit: Unit, id: string): Promise<LeagueState | null> {
  const { rows } = await sql<LeagueRow>`
    select ${COLUMNS} from leagues.league where org_id = ${unit.organisation} and id = ${id}`.execute(unit.db);
  return rows[0] === undefined ? null : { league: toLeague(rows[0]), fixtures: await fixturesOf(unit, id) };
}

/** A league that nobody else changes until the unit ends. */
export async function lockLeague(unit: Unit, id: string): Promise<LeagueState | null> {
  const { rows } = await sql<LeagueRow>`
    select ${COLUMNS} from leagues.league where org_id = ${unit.organisation} and id = ${id} for update`.execute(
    unit.db,
  );
  return rows[0] === undefined ? null : { league: toLeague(rows[0]), fixtures: await fixturesOf(unit, id) };
}

type FixtureRow = {
  id: string;
  round: number;
  home_id: string;
  away_id: string;
  own: StoredFixture["own"];
  locked: boolean;
  event_id: string | null;
};

async function fixturesOf(unit: Unit, leagueId: string): Promise<StoredFixture[]> {
  const { rows } = await sql<FixtureRow>`
    select id, round, home_id, away_id, own, locked, event_id from leagues.fixture
    where org_id = ${unit.organisation} and league_id = ${leagueId}
    order by round, id limit ${limits.LEAGUE_FIXTURES_MAX}`.execute(unit.db);
  return rows.map(({ id, round, home_id, away_id, own, locked, event_id }) => ({
    id,
    round,
    homeId: home_id,
    awayId: away_id,
    own,
    locked,
    eventId: event_id,
  }));
}

export async function putLeagueRow(unit: Unit, league: StoredLeague, score: ScoreTold): Promise<void> {
  const { id, calendarId, name, setup, days, version } = league;
  await sql`
    insert into leagues.league (org_id, id, calendar_id, name, setup, days, score, version)
    values (${unit.organisation}, ${id}, ${calendarId}, ${name}, ${JSON.stringify(setup)}::jsonb,
      ${JSON.stringify(days)}::jsonb, ${JSON.stringify(score)}::jsonb, ${version})
    on conflict (org_id, id) do update set name = excluded.name, setup = excluded.setup, days = excluded.days,
      score = excluded.score, version = excluded.version`.execute(unit.db);
}

/** Its fixtures and its plan go with it. */
export async function deleteLeagueRow(unit: Unit, id: string): Promise<void> {
  await sql`delete from leagues.league where org_id = ${unit.organisation} and id = ${id}`.execute(unit.db);
}

export async function putFixtures(unit: Unit, leagueId: string, fixtures: readonly StoredFixture[]): Promise<void> {
  if (fixtures.length === 0) return;
  await sql`
    insert into leagues.fixture (org_id, league_id, id, round, home_id, away_id, own, locked, event_id)
    select ${unit.organisation}, ${leagueId}, each.id, each.round, each."homeId", each."awayId",
      case when jsonb_typeof(each.own) = 'object' then each.own end, each.locked, each."eventId"
    from jsonb_to_recordset(${JSON.stringify(fixtures)}::jsonb) as each
      (id text, round integer, "homeId" text, "awayId" text, own jsonb, locked boolean, "eventId" text)
    on conflict (org_id, league_id, id) do update set round = excluded.round, home_id = excluded.home_id,
      away_id = excluded.away_id, own = excluded.own, locked = excluded.locked, event_id = excluded.event_id`.execute(
    unit.db,
  );
}

export async function deleteFixtures(unit: Unit, leagueId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`delete from leagues.fixture
    where org_id = ${unit.organisation} and league_id = ${leagueId} and id = any(${[...ids]}::text[])`.execute(unit.db);
}

/** The last plan of a league; null when it was never planned. */
export async function planOf(unit: Unit, leagueId: string): Promise<StoredLeaguePlan | null> {
  const { rows } = await sql<{
    job_id: string;
    asked_by: string | null;
    asked_name: string;
    asked_ms: number;
    wish: LeaguePlanWish;
    result: LeaguePlanResult | null;
  }>`
    select job_id, asked_by, asked_name, (date_part('epoch', asked_at) * 1000)::bigint as asked_ms, wish, result
    from leagues.plan where org_id = ${unit.organisation} and league_id = ${leagueId}`.execute(unit.db);
  const [row] = rows;
  if (row === undefined) return null;
  const asked = { by: row.asked_by, name: row.asked_name, atMs: row.asked_ms };
  return { leagueId, jobId: row.job_id, asked, wish: row.wish, result: row.result };
}

/** Keeps who asks for a plan, in place of the last one. */
export async function putPlan(
  unit: Unit,
  { leagueId, jobId, asked, wish }: Omit<StoredLeaguePlan, "result">,
): Promise<void> {
  const at = Temporal.Instant.fromEpochMilliseconds(asked.atMs).toString();
  await sql`
    insert into leagues.plan (org_id, league_id, job_id, asked_by, asked_name, asked_at, wish, result)
    values (${unit.organisation}, ${leagueId}, ${jobId}, ${asked.by}, ${asked.name}, ${at}::timestamptz,
      ${JSON.stringify(wish)}::jsonb, null)
    on conflict (org_id, league_id) do update set job_id = excluded.job_id, asked_by = excluded.asked_by,
      asked_name = excluded.asked_name, asked_at = excluded.asked_at, wish = excluded.wish, result = null`.execute(
    unit.db,
  );
}

/** What came of it, unless another was asked for since. */
export async function putResult(unit: Unit, leagueId: string, jobId: string, result: LeaguePlanResult): Promise<void> {
  await sql`
    update leagues.plan set result = ${JSON.stringify(result)}::jsonb
    where org_id = ${unit.organisation} and league_id = ${leagueId} and job_id = ${jobId}`.execute(unit.db);
}
