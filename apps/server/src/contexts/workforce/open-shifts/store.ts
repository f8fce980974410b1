import type { Shift } from "@hourwright/schedule";
import { sql, type RawBuilder } from "kysely";
import type { Unit } from "../../../platform/db/database.ts";
import { dayText } from "../contracts/terms.ts";
import { takenOf, type Bid, type BidState, type OpenShift } from "./model.ts";

type Row = {
  id: string;
  day_number: number;
  shift: Shift;
  zone: string;
  starts_at: Temporal.Instant;
  ends_at: Temporal.Instant;
  skill_id: string | null;
  level_min: number | null;
  places: number;
  award: OpenShift["award"];
  state: OpenShift["state"];
  note: string;
  posted_by: string | null;
  posted_name: string;
  posted_at: Temporal.Instant;
  version: number;
};

type BidRow = {
  shift_id: string;
  subject_id: string;
  at: Temporal.Instant;
  state: BidState;
  adjustment_id: string | null;
};

const at = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString();

const toShift = (row: Row, bids: readonly Bid[]): OpenShift => ({
  id: row.id,
  day: row.day_number,
  shift: row.shift,
  zone: row.zone,
  startsMs: row.starts_at.epochMilliseconds,
  endsMs: row.ends_at.epochMilliseconds,
  skillId: row.skill_id,
  levelMin: row.level_min,
  places: row.places,
  award: row.award,
  state: row.state,
  note: row.note,
  postedBy: { personId: row.posted_by, name: row.posted_name, atMs: row.posted_at.epochMilliseconds },
  bids,
  version: row.version,
});

const toBid = ({ subject_id, at: made, state, adjustment_id }: BidRow): Bid => ({
  personId: subject_id,
  atMs: made.epochMilliseconds,
  state,
  adjustmentId: adjustment_id,
});

async function read(unit: Unit, rest: RawBuilder<unknown>): Promise<OpenShift[]> {
  const { rows } = await sql<Row>`
    select id, (day - date '1970-01-01')::bigint as day_number, shift, zone, starts_at, ends_at, skill_id, level_min, places, award,
      state, note, posted_by, posted_name, posted_at, version
    from workforce.open_shift where org_id = ${unit.organisation} and ${rest}`.execute(unit.db);
  if (rows.length === 0) return [];
  const bids = await sql<BidRow>`
    select shift_id, subject_id, at, state, adjustment_id from workforce.bid
    where org_id = ${unit.organisation} and shift_id = any(${rows.map(({ id }) => id)}::text[])
    order by shift_id, at, subject_id`.execute(unit.db);
  const byShift = Map.groupBy(bids.rows, (each) => each.shift_id);
  return rows.map((row) => toShift(row, (byShift.get(row.id) ?? []).map(toBid)));
}

export async function openShiftById(unit: Unit, id: string): Promise<OpenShift | null> {
  return (await read(unit, sql`id = ${id}`))[0] ?? null;
}

/** An open shift that nobody else bids on or gives away until the unit ends. */
export async function lockOpenShift(unit: Unit, id: string): Promise<OpenShift | null> {
  await sql`select from workforce.open_shift where org_id = ${unit.organisation} and id = ${id} for update`.execute(
    unit.db,
  );
  return openShiftById(unit, id);
}

export type OpenShiftFilter = {
  readonly states: readonly OpenShift["state"][] | null;
  readonly from: string | null;
  readonly to: string | null;
};

/** A page of open shifts by their day. */
export function pageOfOpenShifts(
  unit: Unit,
  { states, from, to }: OpenShiftFilter,
  after: readonly [day: string, id: string] | null,
  limit: number,
): Promise<OpenShift[]> {
  return read(
    unit,
    sql`true ${states === null ? sql`` : sql`and state = any(${[...states]}::text[])`}
      ${from === null ? sql`` : sql`and day >= ${from}::date`} ${to === null ? sql`` : sql`and day < ${to}::date`}
      ${after === null ? sql`` : sql`and (day, id) > (${after[0]}::date, ${after[1]})`} order by day, id limit ${limit}`,
  );
}

export async function countOpen(unit: Unit): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from workforce.open_shift where org_id = ${unit.organisation} and state = 'open'`.execute(
    unit.db,
  );
  return rows[0]!.count;
}

/** Writes an open shift with its bids as they are now. */
export async function putOpenShiftRow(unit: Unit, shift: OpenShift): Promise<void> {
  const { id, postedBy } = shift;
  await sql`
    insert into workforce.open_shift (org_id, id, day, shift, zone, starts_at, ends_at, skill_id, level_min, places, taken, award, state,
      note, posted_by, posted_name, posted_at, version)
    values (${unit.organisation}, ${id}, ${dayText(shift.day)}::date, ${JSON.stringify(shift.shift)}::jsonb, ${shift.zone},
      ${at(shift.startsMs)}::timestamptz, ${at(shift.endsMs)}::timestamptz, ${shift.skillId}, ${shift.levelMin}, ${shift.places},
      ${takenOf(shift)}, ${shift.award}, ${shift.state}, ${shift.note}, ${postedBy.personId}, ${postedBy.name},
      ${at(postedBy.atMs)}::timestamptz, ${shift.version})
    on conflict (org_id, id) do update set taken = excluded.taken, state = excluded.state, version = excluded.version`.execute(
    unit.db,
  );
  const rows = shift.bids.map(({ personId, atMs, state, adjustmentId }) => ({
    subject_id: personId,
    at: at(atMs),
    state,
    adjustment_id: adjustmentId,
  }));
  const people = shift.bids.map(({ personId }) => personId);
  await sql`
    delete from workforce.bid
    where org_id = ${unit.organisation} and shift_id = ${id} and subject_id <> all(${people}::text[])`.execute(unit.db);
  await sql`
    insert into workforce.bid (org_id, shift_id, subject_id, at, state, adjustment_id)
    select ${unit.organisation}, ${id}, r.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(subject_id text,
      at timestamptz, state text, adjustment_id text)
    on conflict (org_id, shift_id, subject_id) do update set at = excluded.at, state = excluded.state,
      adjustment_id = excluded.adjustment_id`.execute(unit.db);
}

export async function deleteOpenShift(unit: Unit, id: string): Promise<void> {
  await sql`delete from workforce.open_shift where org_id = ${unit.organisation} and id = ${id}`.execute(unit.db);
}

/** Open shifts that have begun. */
export async function begunShifts(unit: Unit, most: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from workforce.open_shift
    where org_id = ${unit.organisation} and state = 'open' and starts_at <= ${at(unit.nowMs)}::timestamptz
    order by starts_at limit ${most}`.execute(unit.db);
  return rows.map(({ id }) => id);
}
