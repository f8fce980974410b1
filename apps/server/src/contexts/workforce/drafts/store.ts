import { limits } from "@hourwright/contract";
import type { Entry } from "@hourwright/roster";
import type { Shift } from "@hourwright/schedule";
import { sql } from "kysely";
import type { Unit } from "../../../platform/db/database.ts";
import { dayText } from "../contracts/terms.ts";
import { instantText, type Draft } from "./model.ts";

type Row = {
  id: string;
  name: string;
  first: number;
  beyond: number;
  team_id: string | null;
  people: readonly string[] | null;
  state: Draft["state"];
  created_by: string | null;
  created_name: string;
  created_ms: number;
  published_ms: number | null;
  publication_id: string | null;
  version: number;
};

const COLUMNS = sql`id, name, (from_day - date '1970-01-01')::bigint as first, (to_day - date '1970-01-01')::bigint as beyond,
  team_id, people, state, created_by, created_name, (date_part('epoch', created_at) * 1000)::bigint as created_ms,
  (date_part('epoch', published_at) * 1000)::bigint as published_ms, publication_id, version`;

const toDraft = (row: Row): Draft => ({
  id: row.id,
  name: row.name,
  fromDay: row.first,
  toDay: row.beyond,
  teamId: row.team_id,
  people: row.people,
  state: row.state,
  created: { by: row.created_by, name: row.created_name, atMs: row.created_ms },
  publishedMs: row.published_ms,
  publicationId: row.publication_id,
  version: row.version,
});

export async function draftById(unit: Unit, id: string): Promise<Draft | null> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} from workforce.draft where org_id = ${unit.organisation} and id = ${id}`.execute(unit.db);
  return rows[0] === undefined ? null : toDraft(rows[0]);
}

/** A draft that nobody else changes or publishes until the unit ends. */
export async function lockDraft(unit: Unit, id: string): Promise<Draft | null> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} from workforce.draft where org_id = ${unit.organisation} and id = ${id} for update`.execute(
    unit.db,
  );
  return rows[0] === undefined ? null : toDraft(rows[0]);
}

export type DraftFilter = {
  readonly states: readonly Draft["state"][] | null;
  readonly from: string | null;
  readonly to: string | null;
};

/** Drafts with how many shifts each has, of later days first. */
export async function draftsOf(
  unit: Unit,
  { states, from, to }: DraftFilter,
): Promise<readonly { readonly draft: Draft; readonly entries: number }[]> {
  const { rows } = await sql<Row & { entries: number }>`
    select ${COLUMNS}, (select count(*) from workforce.draft_item i where i.org_id = d.org_id and i.draft_id = d.id) as entries
    from workforce.draft d
    where org_id = ${unit.organisation} ${states === null ? sql`` : sql`and state = any(${[...states]}::text[])`}
      ${from === null ? sql`` : sql`and to_day > ${from}::date`} ${to === null ? sql`` : sql`and from_day < ${to}::date`}
    order by from_day desc, created_at desc, id desc limit ${limits.DRAFTS_LISTED_MAX}`.execute(unit.db);
  return rows.map((row) => ({ draft: toDraft(row), entries: row.entries }));
}

export async function countOpenDrafts(unit: Unit): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from workforce.draft where org_id = ${unit.organisation} and state = 'open'`.execute(
    unit.db,
  );
  return rows[0]!.count;
}

export async function countItems(unit: Unit, draftId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from workforce.draft_item where org_id = ${unit.organisation} and draft_id = ${draftId}`.execute(
    unit.db,
  );
  return rows[0]!.count;
}

/** Whether somebody has more shifts in a draft than one person may have. */
export async function isCrowded(unit: Unit, draftId: string): Promise<boolean> {
  const { rows } = await sql`
    select from workforce.draft_item where org_id = ${unit.organisation} and draft_id = ${draftId} and subject_id is not null
    group by subject_id having count(*) > ${limits.DRAFT_ITEMS_OF_A_PERSON_MAX} limit 1`.execute(unit.db);
  return rows.length > 0;
}

export async function putDraftRow(unit: Unit, draft: Draft): Promise<void> {
  const { id, name, fromDay, toDay, teamId, people, state, created, publishedMs, publicationId, version } = draft;
  await sql`
    insert into workforce.draft (org_id, id, name, from_day, to_day, team_id, people, state, created_by, created_name, created_at,
      published_at, publication_id, version)
    values (${unit.organisation}, ${id}, ${name}, ${dayText(fromDay)}::date, ${dayText(toDay)}::date, ${teamId},
      ${people === null ? null : [...people]}::text[], ${state}, ${created.by}, ${created.name},
      ${instantText(created.atMs)}::timestamptz, ${publishedMs === null ? null : instantText(publishedMs)}::timestamptz,
      ${publicationId}, ${version})
    on conflict (org_id, id) do update set name = excluded.name, state = excluded.state, published_at = excluded.published_at,
      publication_id = excluded.publication_id, version = excluded.version`.execute(unit.db);
}

/** Only its version: that some of its shifts are others. */
export async function touchDraft(unit: Unit, id: string): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    update workforce.draft set version = version + 1 where org_id = ${unit.organisation} and id = ${id}
    returning version`.execute(unit.db);
  return rows[0]!.version;
}

// Shifts of drafts

type ItemRow = readonly [
  id: string,
  kind: Entry["kind"],
  personId: string | null,
  day: number,
  what: { readonly shift?: Shift; readonly fromMinute?: number },
  skillId: string | null,
];

const toEntry = ([id, kind, personId, day, what, skillId]: ItemRow): Entry =>
  kind === "add"
    ? { id, kind, personId, day, shift: what.shift!, skillId }
    : { id, kind, personId: personId!, of: { day, fromMinute: what.fromMinute! } };

/**
 * The shifts that a draft adds and drops, in the order in which they came to it; some of them alone, of those there are. In one row,
 * since rows cost more than what is in them.
 */
export async function entriesOf(unit: Unit, draftId: string, only: readonly string[] | null = null): Promise<Entry[]> {
  const { rows } = await sql<{ items: readonly ItemRow[] | null }>`
    select json_agg(json_build_array(id, kind, subject_id, day - date '1970-01-01', what, skill_id) order by id) as items
    from (
      select * from workforce.draft_item where org_id = ${unit.organisation} and draft_id = ${draftId}
        ${only === null ? sql`` : sql`and id = any(${[...only]}::text[])`}
      order by id limit ${limits.DRAFT_ITEMS_MAX}) i`.execute(unit.db);
  return (rows[0]!.items ?? []).map(toEntry);
}

/** Writes shifts of a draft as they are now. */
export async function putItems(unit: Unit, draftId: string, items: readonly Entry[]): Promise<void> {
  if (items.length === 0) return;
  const rows = items.map((entry) => ({
    id: entry.id,
    kind: entry.kind,
    subject_id: entry.personId,
    day: dayText(entry.kind === "add" ? entry.day : entry.of.day),
    what: entry.kind === "add" ? { shift: entry.shift } : { fromMinute: entry.of.fromMinute },
    skill_id: entry.kind === "add" ? entry.skillId : null,
  }));
  await sql`
    insert into workforce.draft_item (org_id, draft_id, id, kind, subject_id, day, what, skill_id)
    select ${unit.organisation}, ${draftId}, r.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id text, kind text,
      subject_id text, day date, what jsonb, skill_id text)
    on conflict (org_id, draft_id, id) do update set kind = excluded.kind, subject_id = excluded.subject_id, day = excluded.day,
      what = excluded.what, skill_id = excluded.skill_id`.execute(unit.db);
}

export async function deleteItems(unit: Unit, draftId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    delete from workforce.draft_item
    where org_id = ${unit.organisation} and draft_id = ${draftId} and id = any(${[...ids]}::text[])`.execute(unit.db);
}
