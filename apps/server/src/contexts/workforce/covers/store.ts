import { limits } from "@hourwright/contract";
import type { Shift } from "@hourwright/schedule";
import { sql, type RawBuilder } from "kysely";
import type { Database, Unit } from "../../../platform/db/database.ts";
import { dayText } from "../contracts/terms.ts";
import { dueOf } from "./decide.ts";
import type { Asked, AskedState, Cover, CoverState } from "./model.ts";

type Row = {
  id: string;
  subject_id: string;
  day_number: number;
  from_minute: number;
  shift: Shift;
  zone: string;
  starts_at: Temporal.Instant;
  ends_at: Temporal.Instant;
  skill_id: string | null;
  level_min: number | null;
  how: Cover["how"];
  minutes_each: number;
  despite_rules: boolean;
  note: string;
  state: CoverState;
  called_by: string;
  called_name: string;
  called_at: Temporal.Instant;
  covered_by: string | null;
  adjustment_id: string | null;
  ended_at: Temporal.Instant | null;
  version: number;
};

type AskedRow = {
  cover_id: string;
  subject_id: string;
  state: AskedState;
  asked_at: Temporal.Instant | null;
  until: Temporal.Instant | null;
  answered_at: Temporal.Instant | null;
  why: string;
};

const COLUMNS = sql`c.id, c.subject_id, (c.day - date '1970-01-01')::bigint as day_number, c.from_minute, c.shift, c.zone, c.starts_at,
  c.ends_at, c.skill_id, c.level_min, c.how, c.minutes_each, c.despite_rules, c.note, c.state, c.called_by, c.called_name, c.called_at,
  c.covered_by, c.adjustment_id, c.ended_at, c.version`;

const at = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString();
const atOrNull = (ms: number | null): string | null => (ms === null ? null : at(ms));

const toCover = (row: Row, people: readonly Asked[]): Cover => ({
  id: row.id,
  personId: row.subject_id,
  day: row.day_number,
  fromMinute: row.from_minute,
  shift: row.shift,
  zone: row.zone,
  startsMs: row.starts_at.epochMilliseconds,
  endsMs: row.ends_at.epochMilliseconds,
  skillId: row.skill_id,
  levelMin: row.level_min,
  how: row.how,
  minutesEach: row.minutes_each,
  despiteRules: row.despite_rules,
  note: row.note,
  state: row.state,
  calledBy: { personId: row.called_by, name: row.called_name, atMs: row.called_at.epochMilliseconds },
  coveredBy: row.covered_by,
  adjustmentId: row.adjustment_id,
  endedMs: row.ended_at?.epochMilliseconds ?? null,
  people,
  version: row.version,
});

const toAsked = (row: AskedRow): Asked => ({
  personId: row.subject_id,
  state: row.state,
  askedMs: row.asked_at?.epochMilliseconds ?? null,
  untilMs: row.until?.epochMilliseconds ?? null,
  answeredMs: row.answered_at?.epochMilliseconds ?? null,
  why: row.why,
});

async function read(unit: Unit, rest: RawBuilder<unknown>): Promise<Cover[]> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} from workforce.cover c where c.org_id = ${unit.organisation} and ${rest}`.execute(unit.db);
  if (rows.length === 0) return [];
  const asked = await sql<AskedRow>`
    select cover_id, subject_id, state, asked_at, until, answered_at, why from workforce.cover_asked
    where org_id = ${unit.organisation} and cover_id = any(${rows.map(({ id }) => id)}::text[])
    order by cover_id, place`.execute(unit.db);
  const byCover = Map.groupBy(asked.rows, (each) => each.cover_id);
  return rows.map((row) => toCover(row, (byCover.get(row.id) ?? []).map(toAsked)));
}

export async function coverById(unit: Unit, id: string): Promise<Cover | null> {
  return (await read(unit, sql`c.id = ${id}`))[0] ?? null;
}

/** A call that nobody else answers or looks at until the unit ends. */
export async function lockCover(unit: Unit, id: string): Promise<Cover | null> {
  await sql`select from workforce.cover where org_id = ${unit.organisation} and id = ${id} for update`.execute(unit.db);
  return coverById(unit, id);
}

/** A page of calls, the newest first. `people`: whose shifts (null: everybody's); those in which `askedId` was asked are among them. */
export function pageOfCovers(
  unit: Unit,
  {
    people,
    askedId,
    states,
  }: {
    readonly people: readonly string[] | null;
    readonly askedId: string;
    readonly states: readonly CoverState[] | null;
  },
  before: string | null,
  limit: number,
): Promise<Cover[]> {
  const own = sql`exists (select from workforce.cover_asked a
    where a.org_id = c.org_id and a.cover_id = c.id and a.subject_id = ${askedId} and a.asked_at is not null)`;
  return read(
    unit,
    sql`(${people === null ? sql`true` : sql`c.subject_id = any(${[...people]}::text[])`} or ${own})
      ${states === null ? sql`` : sql`and c.state = any(${[...states]}::text[])`}
      ${before === null ? sql`` : sql`and c.id < ${before}`} order by c.id desc limit ${limit}`,
  );
}

export async function runningFor(
  unit: Unit,
  { personId, day, fromMinute }: Pick<Cover, "personId" | "day" | "fromMinute">,
): Promise<{ readonly isRunning: boolean; readonly count: number }> {
  const { rows } = await sql<{ count: number; own: number }>`
    select count(*) as count, count(*) filter (where subject_id = ${personId} and day = ${dayText(day)}::date
      and from_minute = ${fromMinute}) as own
    from workforce.cover where org_id = ${unit.organisation} and state = 'asking'`.execute(unit.db);
  return { isRunning: rows[0]!.own > 0, count: rows[0]!.count };
}

/** Writes a call as it is now. */
export async function putCover(unit: Unit, cover: Cover): Promise<void> {
  await sql`
    insert into workforce.cover (org_id, id, subject_id, day, from_minute, shift, zone, starts_at, ends_at, skill_id, level_min, how,
      minutes_each, despite_rules, note, state, called_by, called_name, called_at, covered_by, adjustment_id, ended_at, due_at, version)
    values (${unit.organisation}, ${cover.id}, ${cover.personId}, ${dayText(cover.day)}::date, ${cover.fromMinute},
      ${JSON.stringify(cover.shift)}::jsonb, ${cover.zone}, ${at(cover.startsMs)}::timestamptz, ${at(cover.endsMs)}::timestamptz,
      ${cover.skillId}, ${cover.levelMin}, ${cover.how}, ${cover.minutesEach}, ${cover.despiteRules}, ${cover.note}, ${cover.state},
      ${cover.calledBy.personId}, ${cover.calledBy.name}, ${at(cover.calledBy.atMs)}::timestamptz, ${cover.coveredBy},
      ${cover.adjustmentId}, ${atOrNull(cover.endedMs)}::timestamptz, ${atOrNull(dueOf(cover))}::timestamptz, ${cover.version})
    on conflict (org_id, id) do update set state = excluded.state, covered_by = excluded.covered_by,
      adjustment_id = excluded.adjustment_id, ended_at = excluded.ended_at, due_at = excluded.due_at, version = excluded.version`.execute(
    unit.db,
  );
  const rows = cover.people.map((each, place) => ({
    subject_id: each.personId,
    place,
    state: each.state,
    asked_at: atOrNull(each.askedMs),
    until: atOrNull(each.untilMs),
    answered_at: atOrNull(each.answeredMs),
    why: each.why,
  }));
  await sql`
    insert into workforce.cover_asked (org_id, cover_id, subject_id, place, state, asked_at, until, answered_at, why)
    select ${unit.organisation}, ${cover.id}, r.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(subject_id text,
      place integer, state text, asked_at timestamptz, until timestamptz, answered_at timestamptz, why text)
    on conflict (org_id, cover_id, subject_id) do update set state = excluded.state, asked_at = excluded.asked_at,
      until = excluded.until, answered_at = excluded.answered_at, why = excluded.why`.execute(unit.db);
}

/** The days on which some people have covered, from one on until before another. */
export async function coversOf(
  unit: Unit,
  people: readonly string[],
  fromDay: number,
  toDay: number,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const { rows } = await sql<{ subject_id: string; days: number[] }>`
    select subject_id, json_agg(first_day - date '1970-01-01') as days
    from workforce.adjustment
    where org_id = ${unit.organisation} and state = 'approved' and kind = 'cover' and subject_id = any(${[...people]}::text[])
      and first_day >= ${dayText(fromDay)}::date and first_day < ${dayText(toDay)}::date
    group by subject_id`.execute(unit.db);
  return new Map(rows.map(({ subject_id, days }) => [subject_id, days]));
}

/** Calls that are to be looked at. */
export async function dueCovers(unit: Unit, most: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from workforce.cover
    where org_id = ${unit.organisation} and state = 'asking' and due_at <= ${at(unit.nowMs)}::timestamptz
    order by due_at limit ${most}`.execute(unit.db);
  return rows.map(({ id }) => id);
}

const ORGANISATIONS_MAX = 1_000;

/** Organisations with calls, open shifts or swaps whose time has come. */
export async function organisationsDue(database: Database, nowMs: number): Promise<number[]> {
  const { rows } = await database.outside(
    (db) =>
      sql<{ org_id: number }>`
        select org_id from workforce.covers_due(${at(nowMs)}::timestamptz, ${ORGANISATIONS_MAX})
        union select org_id from workforce.open_shifts_due(${at(nowMs)}::timestamptz, ${ORGANISATIONS_MAX})
        union select org_id from workforce.swaps_due(${at(nowMs)}::timestamptz, ${ORGANISATIONS_MAX})`.execute(db),
    { lane: "job" },
  );
  return rows.map(({ org_id }) => org_id);
}

export const isFull = (count: number): boolean => count >= limits.COVERS_ASKING_MAX;
