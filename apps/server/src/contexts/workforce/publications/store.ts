import { sql } from "kysely";
import type { Unit } from "../../../platform/db/database.ts";
import { dayText } from "../contracts/terms.ts";
import { instantText } from "../drafts/model.ts";
import type { Concerned, Counts, Publication, WrittenTold } from "./model.ts";

type Row = {
  id: string;
  draft_id: string;
  name: string;
  first: number;
  beyond: number;
  note: string;
  published_by: string | null;
  published_name: string;
  published_ms: number;
  state: Publication["state"];
  added: number;
  dropped: number;
  open_shifts: number;
  version: number;
};

const COLUMNS = sql`p.id, p.draft_id, p.name, (p.from_day - date '1970-01-01')::bigint as first,
  (p.to_day - date '1970-01-01')::bigint as beyond, p.note, p.published_by, p.published_name,
  (date_part('epoch', p.published_at) * 1000)::bigint as published_ms, p.state, p.added, p.dropped, p.open_shifts, p.version`;

const toPublication = (row: Row): Publication => ({
  id: row.id,
  draftId: row.draft_id,
  name: row.name,
  fromDay: row.first,
  toDay: row.beyond,
  note: row.note,
  published: { by: row.published_by, name: row.published_name, atMs: row.published_ms },
  state: row.state,
  added: row.added,
  dropped: row.dropped,
  openShifts: row.open_shifts,
  version: row.version,
});

export async function lockPublication(unit: Unit, id: string): Promise<Publication | null> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} from workforce.publication p where org_id = ${unit.organisation} and id = ${id} for update`.execute(
    unit.db,
  );
  return rows[0] === undefined ? null : toPublication(rows[0]);
}

export async function publicationById(unit: Unit, id: string): Promise<Publication | null> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} from workforce.publication p where org_id = ${unit.organisation} and id = ${id}`.execute(unit.db);
  return rows[0] === undefined ? null : toPublication(rows[0]);
}

/** A page of publications, newest first: those that concern any of some people; null: all. */
export async function pageOfPublications(
  unit: Unit,
  {
    people,
    from,
    to,
  }: { readonly people: readonly string[] | null; readonly from: string | null; readonly to: string | null },
  after: readonly [atMs: number, id: string] | null,
  limit: number,
): Promise<Publication[]> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} from workforce.publication p
    where p.org_id = ${unit.organisation}
      ${people === null ? sql`` : sql`and exists (select from workforce.publication_person c where c.org_id = p.org_id and c.publication_id = p.id and c.subject_id = any(${[...people]}::text[]))`}
      ${from === null ? sql`` : sql`and p.to_day > ${from}::date`} ${to === null ? sql`` : sql`and p.from_day < ${to}::date`}
      ${after === null ? sql`` : sql`and (p.published_at, p.id) < (${instantText(after[0])}::timestamptz, ${after[1]})`}
    order by p.published_at desc, p.id desc limit ${limit}`.execute(unit.db);
  return rows.map(toPublication);
}

/** Of some publications, how many each concerns, how many know, and what it is to one person. */
export async function countsOf(
  unit: Unit,
  ids: readonly string[],
  viewer: string,
): Promise<ReadonlyMap<string, Counts>> {
  const { rows } = await sql<{ id: string; told: number; known: number; mine: number; mine_ms: number | null }>`
    select publication_id as id, count(*) as told, count(acknowledged_at) as known,
      count(*) filter (where subject_id = ${viewer}) as mine,
      (date_part('epoch', max(acknowledged_at) filter (where subject_id = ${viewer})) * 1000)::bigint as mine_ms
    from workforce.publication_person where org_id = ${unit.organisation} and publication_id = any(${[...ids]}::text[])
    group by publication_id`.execute(unit.db);
  return new Map(
    rows.map((row) => [
      row.id,
      { told: row.told, acknowledged: row.known, concernsMe: row.mine > 0, mineMs: row.mine_ms },
    ]),
  );
}

/** Those whom a publication concerns. `among`: of these alone; null: all. */
export async function concernedBy(unit: Unit, id: string, among: readonly string[] | null): Promise<Concerned[]> {
  const { rows } = await sql<{
    subject_id: string;
    told: WrittenTold;
    adjustments: readonly string[];
    acknowledged_ms: number | null;
  }>`
    select subject_id, told, adjustments, (date_part('epoch', acknowledged_at) * 1000)::bigint as acknowledged_ms
    from workforce.publication_person where org_id = ${unit.organisation} and publication_id = ${id}
      ${among === null ? sql`` : sql`and subject_id = any(${[...among]}::text[])`}
    order by subject_id`.execute(unit.db);
  return rows.map((row) => ({
    personId: row.subject_id,
    told: row.told,
    adjustments: row.adjustments,
    acknowledgedMs: row.acknowledged_ms,
  }));
}

export async function putPublicationRow(unit: Unit, publication: Publication): Promise<void> {
  const { id, draftId, name, fromDay, toDay, note, published, state, added, dropped, openShifts, version } =
    publication;
  await sql`
    insert into workforce.publication (org_id, id, draft_id, name, from_day, to_day, note, published_by, published_name,
      published_at, state, added, dropped, open_shifts, version)
    values (${unit.organisation}, ${id}, ${draftId}, ${name}, ${dayText(fromDay)}::date, ${dayText(toDay)}::date, ${note},
      ${published.by}, ${published.name}, ${instantText(published.atMs)}::timestamptz, ${state}, ${added}, ${dropped},
      ${openShifts}, ${version})
    on conflict (org_id, id) do update set state = excluded.state, version = excluded.version`.execute(unit.db);
}

export async function insertConcerned(unit: Unit, id: string, concerned: readonly Concerned[]): Promise<void> {
  const rows = concerned.map(({ personId, told, adjustments, acknowledgedMs }) => ({
    subject_id: personId,
    told,
    adjustments,
    acknowledged_at: acknowledgedMs === null ? null : instantText(acknowledgedMs),
  }));
  await sql`
    insert into workforce.publication_person (org_id, publication_id, subject_id, told, adjustments, acknowledged_at)
    select ${unit.organisation}, ${id}, r.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(subject_id text,
      told jsonb, adjustments text[], acknowledged_at timestamptz)`.execute(unit.db);
}

/** False where they knew already. */
export async function acknowledge(unit: Unit, id: string, personId: string): Promise<boolean> {
  const { rows } = await sql`
    update workforce.publication_person set acknowledged_at = ${instantText(unit.nowMs)}::timestamptz
    where org_id = ${unit.organisation} and publication_id = ${id} and subject_id = ${personId} and acknowledged_at is null
    returning subject_id`.execute(unit.db);
  return rows.length === 1;
}

/** When rosters of some days were published to whom, for those of some people; of what was taken back nothing. */
export async function publishedTo(
  unit: Unit,
  people: readonly string[],
  { fromDay, toDay }: { readonly fromDay: number; readonly toDay: number },
): Promise<ReadonlyMap<string, readonly Published[]>> {
  const { rows } = await sql<{ subject_id: string; own: readonly (readonly [number, number, number])[] }>`
    select c.subject_id, json_agg(json_build_array(p.from_day - date '1970-01-01', p.to_day - date '1970-01-01',
      (date_part('epoch', p.published_at) * 1000)::bigint) order by p.published_at) as own
    from workforce.publication p
    join workforce.publication_person c on c.org_id = p.org_id and c.publication_id = p.id
    where p.org_id = ${unit.organisation} and p.state = 'published' and p.from_day < date '1970-01-01' + ${toDay}::integer
      and p.to_day > date '1970-01-01' + ${fromDay}::integer and c.subject_id = any(${[...people]}::text[])
    group by c.subject_id`.execute(unit.db);
  return new Map(
    rows.map(({ subject_id, own }) => [
      subject_id,
      own.map(([first, beyond, atMs]) => ({ fromDay: first, toDay: beyond, atMs })),
    ]),
  );
}

/** The days of a roster that was published to somebody, and when it was. */
export type Published = { readonly fromDay: number; readonly toDay: number; readonly atMs: number };

/** The next place in the order of approval of each of some people. */
export async function nextPositions(unit: Unit, people: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ id: string; next: number }>`
    select p.id, last.position + 1 as next from unnest(${[...people]}::text[]) as p(id)
    cross join lateral (
      select position from workforce.adjustment
      where org_id = ${unit.organisation} and subject_id = p.id and position is not null
      order by position desc limit 1) last`.execute(unit.db);
  return new Map(rows.map(({ id, next }) => [id, next]));
}

/** Takes the shifts of a publication back. */
export async function withdrawAdjustments(unit: Unit, ids: readonly string[]): Promise<void> {
  await sql`
    update workforce.adjustment set state = 'withdrawn', position = null, version = version + 1
    where org_id = ${unit.organisation} and id = any(${[...ids]}::text[]) and state = 'approved'`.execute(unit.db);
}

/**
 * Approves the shifts of a publication again that it had approved at a moment, as the last of each person. What somebody has taken back
 * by itself since was decided later, and stays away.
 */
export async function approveAgain(
  unit: Unit,
  approvedMs: number,
  positions: readonly { readonly id: string; readonly position: number }[],
): Promise<void> {
  await sql`
    update workforce.adjustment a set state = 'approved', position = r.position, version = a.version + 1
    from jsonb_to_recordset(${JSON.stringify(positions)}::jsonb) as r(id text, position integer)
    where a.org_id = ${unit.organisation} and a.id = r.id and a.state = 'withdrawn'
      and a.decided_at = ${instantText(approvedMs)}::timestamptz`.execute(unit.db);
}
