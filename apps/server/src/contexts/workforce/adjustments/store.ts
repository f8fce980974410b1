import { ADJUSTMENTS_MAX, type Deviation } from "@hourwright/schedule";
import { sql, type RawBuilder } from "kysely";
import type { Unit } from "../../../platform/db/database.ts";
import { reachesFar, type AdjustmentState, type StandingAdjustment, type StoredAdjustment } from "./model.ts";

type Row = {
  id: string;
  group_id: string;
  subject_id: string;
  what: Deviation;
  first: number;
  last: number;
  state: AdjustmentState;
  note: string;
  asked_by: string | null;
  asked_name: string;
  asked_ms: number;
  decided_by: string | null;
  decided_name: string | null;
  decided_ms: number | null;
  answer: string;
  position: number | null;
  version: number;
};

const COLUMNS = sql`id, group_id, subject_id, what, (first_day - date '1970-01-01')::bigint as first,
  (last_day - date '1970-01-01')::bigint as last, state, note, asked_by, asked_name,
  (date_part('epoch', asked_at) * 1000)::bigint as asked_ms, decided_by, decided_name,
  (date_part('epoch', decided_at) * 1000)::bigint as decided_ms, answer, position, version`;

const toAdjustment = (row: Row): StoredAdjustment => ({
  id: row.id,
  groupId: row.group_id,
  personId: row.subject_id,
  what: row.what,
  firstDay: row.first,
  lastDay: row.last,
  state: row.state,
  note: row.note,
  asked: { by: row.asked_by, name: row.asked_name, atMs: row.asked_ms },
  decided: row.decided_ms === null ? null : { by: row.decided_by, name: row.decided_name ?? "", atMs: row.decided_ms },
  answer: row.answer,
  position: row.position,
  version: row.version,
});

/** What reaches beyond a window by more rounds than this is read from all of somebody's days. */
const ROUNDS_MAX = 4;
/** Shifts reach into the days after them, and whole days are cut by what is near. */
const AROUND_DAYS = 4;
const EVER = { fromDay: -100_000, toDay: 100_000 };

type Days = { readonly fromDay: number; readonly toDay: number };

/**
 * What was approved or is asked for of some people and matters in a window: what touches it, and what happened before to the
 * shifts that this moves there. Approved first, in the order of approval; then what is asked for, as it was asked.
 */
export async function adjustmentsAround(
  unit: Unit,
  people: readonly string[],
  { fromDay, toDay }: Days,
): Promise<ReadonlyMap<string, readonly StandingAdjustment[]>> {
  const found = new Map<string, readonly StandingAdjustment[]>();
  let asked = people;
  let days: Days = { fromDay: fromDay - AROUND_DAYS, toDay: toDay + AROUND_DAYS };
  for (let round = 0; asked.length > 0; round++) {
    const byPerson = await standingIn(unit, asked, round === ROUNDS_MAX ? EVER : days);
    for (const id of asked) found.set(id, byPerson.get(id) ?? []);
    if (round === ROUNDS_MAX) break;
    const far = [...byPerson.values()].flatMap((own) => own.filter(reachesFar));
    const wider = {
      fromDay: Math.min(days.fromDay, ...far.map(({ firstDay }) => firstDay)),
      toDay: Math.max(days.toDay, ...far.map(({ lastDay }) => lastDay + 1)),
    };
    if (wider.fromDay === days.fromDay && wider.toDay === days.toDay) break;
    const before = days;
    asked = [...byPerson]
      .filter(([, own]) =>
        own.some((each) => reachesFar(each) && (each.firstDay < before.fromDay || each.lastDay >= before.toDay)),
      )
      .map(([id]) => id);
    days = wider;
  }
  return found;
}

type StandingRow = readonly [
  id: string,
  what: Deviation,
  first: number,
  last: number,
  isApproved: boolean,
  name: string | null,
  ms: number | null,
];

/** One row for each person, since rows cost more than what is in them. */
async function standingIn(
  unit: Unit,
  people: readonly string[],
  { fromDay, toDay }: Days,
): Promise<ReadonlyMap<string, readonly StandingAdjustment[]>> {
  const { rows } = await sql<{ subject_id: string; own: readonly StandingRow[] }>`
    select p.id as subject_id, standing.own
    from unnest(${[...people]}::text[]) as p(id)
    -- "offset 0" keeps one look-up for each person: joined at large, the planner would read what everybody ever had.
    cross join lateral (
      select json_agg(json_build_array(a.id, a.what, a.first_day - date '1970-01-01', a.last_day - date '1970-01-01',
          a.state = 'approved', a.decided_name, (date_part('epoch', a.decided_at) * 1000)::bigint)
        order by a.position nulls last, a.asked_at, a.id) as own
      from (
        select * from workforce.adjustment
        where org_id = ${unit.organisation} and subject_id = p.id and state in ('requested', 'approved')
          and last_day >= date '1970-01-01' + ${fromDay}::integer and first_day < date '1970-01-01' + ${toDay}::integer
        limit ${ADJUSTMENTS_MAX}) a
      offset 0) standing
    where standing.own is not null`.execute(unit.db);
  return new Map(rows.map(({ subject_id, own }) => [subject_id, own.map(toStanding)]));
}

const toStanding = ([id, what, firstDay, lastDay, isApproved, name, atMs]: StandingRow): StandingAdjustment => ({
  id,
  what,
  firstDay,
  lastDay,
  approved: isApproved ? { name: name ?? "", atMs: atMs ?? 0 } : null,
});

async function read(unit: Unit, holds: RawBuilder<unknown>, order: RawBuilder<unknown>): Promise<StoredAdjustment[]> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} from workforce.adjustment where org_id = ${unit.organisation} and ${holds} order by ${order}`.execute(
    unit.db,
  );
  return rows.map(toAdjustment);
}

/** Those of some ids, with what is decided together with them; what is given before what comes for it. */
export function groupsOf(unit: Unit, ids: readonly string[]): Promise<StoredAdjustment[]> {
  return read(
    unit,
    sql`group_id in (select group_id from workforce.adjustment where org_id = ${unit.organisation} and id = any(${[...ids]}::text[]))`,
    sql`group_id, kind = 'given' desc, id limit ${GROUPS_READ_MAX}`,
  );
}

const GROUPS_READ_MAX = 2_000;

export type AdjustmentFilter = {
  readonly people: readonly string[] | null;
  readonly states: readonly AdjustmentState[] | null;
  readonly from: string | null;
  readonly to: string | null;
};

/** A page of adjustments by their first day. */
export function pageOfAdjustments(
  unit: Unit,
  { people, states, from, to }: AdjustmentFilter,
  after: readonly [day: string, id: string] | null,
  limit: number,
): Promise<StoredAdjustment[]> {
  return read(
    unit,
    sql`true ${people === null ? sql`` : sql`and subject_id = any(${[...people]}::text[])`}
      ${states === null ? sql`` : sql`and state = any(${[...states]}::text[])`}
      ${from === null ? sql`` : sql`and last_day >= ${from}::date`} ${to === null ? sql`` : sql`and first_day < ${to}::date`}
      ${after === null ? sql`` : sql`and (first_day, id) > (${after[0]}::date, ${after[1]})`}`,
    sql`first_day, id limit ${limit}`,
  );
}

/** How many of somebody's stand or are asked for; and the next place in the order of approval. */
export async function standOf(
  unit: Unit,
  personId: string,
): Promise<{ readonly count: number; readonly nextPosition: number }> {
  const { rows } = await sql<{ count: number; next: number }>`
    select count(*) as count, coalesce(max(position), 0) + 1 as next from workforce.adjustment
    where org_id = ${unit.organisation} and subject_id = ${personId} and state in ('requested', 'approved')`.execute(
    unit.db,
  );
  return { count: rows[0]!.count, nextPosition: rows[0]!.next };
}

export const isFull = (count: number): boolean => count >= ADJUSTMENTS_MAX;

/** Writes adjustments as they are now. */
export async function putAdjustments(unit: Unit, adjustments: readonly StoredAdjustment[]): Promise<void> {
  if (adjustments.length === 0) return;
  await sql`
    ${insertion(unit.organisation, adjustments)}
    on conflict (org_id, id) do update set state = excluded.state, decided_by = excluded.decided_by,
      decided_name = excluded.decided_name, decided_at = excluded.decided_at, answer = excluded.answer,
      position = excluded.position, version = excluded.version`.execute(unit.db);
}

/** Writes adjustments that there were not. Of thousands it costs three quarters of `putAdjustments`. */
export async function insertAdjustments(unit: Unit, adjustments: readonly StoredAdjustment[]): Promise<void> {
  if (adjustments.length === 0) return;
  await insertion(unit.organisation, adjustments).execute(unit.db);
}

/** In columns: of thousands of rows as JSON the reading costs a fifth of the whole. */
function insertion(organisation: number, adjustments: readonly StoredAdjustment[]): RawBuilder<unknown> {
  const column = <Value>(of: (each: StoredAdjustment) => Value) => adjustments.map(of);
  return sql`
    insert into workforce.adjustment (org_id, id, group_id, subject_id, kind, what, first_day, last_day, state, note, asked_by,
      asked_name, asked_at, decided_by, decided_name, decided_at, answer, position, version)
    select ${organisation}, r.id, r.group_id, r.subject_id, r.what ->> 'kind', r.what, date '1970-01-01' + r.first_day,
      date '1970-01-01' + r.last_day, r.state, r.note, r.asked_by, r.asked_name, to_timestamp(r.asked_ms / 1000.0), r.decided_by,
      r.decided_name, to_timestamp(r.decided_ms / 1000.0), r.answer, r.position, r.version
    from unnest(${column(({ id }) => id)}::text[], ${column(({ groupId }) => groupId)}::text[],
      ${column(({ personId }) => personId)}::text[], ${column(({ what }) => JSON.stringify(what))}::jsonb[],
      ${column(({ firstDay }) => firstDay)}::integer[], ${column(({ lastDay }) => lastDay)}::integer[],
      ${column(({ state }) => state)}::text[], ${column(({ note }) => note)}::text[], ${column(({ asked }) => asked.by)}::text[],
      ${column(({ asked }) => asked.name)}::text[], ${column(({ asked }) => asked.atMs)}::bigint[],
      ${column(({ decided }) => decided?.by ?? null)}::text[], ${column(({ decided }) => decided?.name ?? null)}::text[],
      ${column(({ decided }) => decided?.atMs ?? null)}::bigint[], ${column(({ answer }) => answer)}::text[],
      ${column(({ position }) => position)}::integer[], ${column(({ version }) => version)}::integer[])
      as r(id, group_id, subject_id, what, first_day, last_day, state, note, asked_by, asked_name, asked_ms, decided_by, decided_name,
        decided_ms, answer, position, version)`;
}

export async function deleteAdjustments(unit: Unit, ids: readonly string[]): Promise<void> {
  await sql`delete from workforce.adjustment where org_id = ${unit.organisation} and id = any(${[...ids]}::text[])`.execute(
    unit.db,
  );
}
