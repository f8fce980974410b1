import { sql } from "kysely";
import type { Unit } from "../../../platform/db/database.ts";
import type { Draft, Ended, Fate, Taken } from "./model.ts";

type DraftRow = {
  id: string;
  title: string;
  note: string | null;
  source: Draft["source"];
  maker_id: string;
  reviewers: string[];
  changes: Draft["changes"];
  taken: (Taken | null)[];
  ended_how: Ended["how"] | null;
  ended_by: string | null;
  ended_at: Temporal.Instant | null;
  made_seq: number;
  made_at: Temporal.Instant;
  expires_at: Temporal.Instant;
};

const COLUMNS = sql`id, title, note, source, maker_id, reviewers, changes, taken, ended_how, ended_by, ended_at, made_seq,
  made_at, expires_at`;
const at = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString();

/** The last proposals that a person made or is asked to look at: those that wait first, then newest first. */
export async function draftsOf(unit: Unit, personId: string, limit: number): Promise<Draft[]> {
  const { rows } = await sql<DraftRow>`
    select ${COLUMNS} from planning.draft
    where org_id = ${unit.organisation} and (maker_id = ${personId} or reviewers @> array[${personId}]::text[])
    order by (is_open and expires_at > ${at(unit.nowMs)}::timestamptz) desc, id desc
    limit ${limit}`.execute(unit.db);
  return rows.map(toDraft);
}

export async function draftById(unit: Unit, id: string): Promise<Draft | null> {
  const { rows } = await sql<DraftRow>`
    select ${COLUMNS} from planning.draft where org_id = ${unit.organisation} and id = ${id}`.execute(unit.db);
  return rows[0] === undefined ? null : toDraft(rows[0]);
}

/** Held until the unit ends: of two who accept at once the second finds it accepted. */
export async function lockDraft(unit: Unit, id: string): Promise<Draft | null> {
  const { rows } = await sql<DraftRow>`
    select ${COLUMNS} from planning.draft where org_id = ${unit.organisation} and id = ${id} for update`.execute(
    unit.db,
  );
  return rows[0] === undefined ? null : toDraft(rows[0]);
}

/** How many wait for an answer now. */
export async function countOpen(unit: Unit): Promise<number> {
  const { rows } = await sql<{ open: number }>`
    select count(*) as open from planning.draft
    where org_id = ${unit.organisation} and is_open and expires_at > ${at(unit.nowMs)}::timestamptz`.execute(unit.db);
  return rows[0]!.open;
}

export async function insertDraft(unit: Unit, draft: Draft): Promise<void> {
  await sql`
    insert into planning.draft (org_id, id, title, note, source, maker_id, reviewers, changes, taken, is_open, made_seq,
      made_at, expires_at)
    values (${unit.organisation}, ${draft.id}, ${draft.title}, ${draft.note}, ${draft.source}, ${draft.makerId},
      ${[...draft.reviewers]}::text[], ${JSON.stringify(draft.changes)}::jsonb, ${JSON.stringify(draft.taken)}::jsonb, true,
      ${draft.madeSeq}, ${at(draft.madeMs)}::timestamptz, ${at(draft.expiresMs)}::timestamptz)`.execute(unit.db);
}

/** What becomes of a proposal; what it proposes stays. */
export async function updateDraft(unit: Unit, id: string, { taken, ended, reviewers }: Fate): Promise<void> {
  const isOpen = ended === null && taken.includes(null);
  await sql`
    update planning.draft set taken = ${JSON.stringify(taken)}::jsonb, is_open = ${isOpen}, ended_how = ${ended?.how ?? null},
      reviewers = ${[...reviewers]}::text[], ended_by = ${ended?.personId ?? null}, ended_at = ${ended === null ? null : at(ended.atMs)}::timestamptz
    where org_id = ${unit.organisation} and id = ${id}`.execute(unit.db);
}

/** Forgets the oldest of those that are over, beyond so many. */
export async function forgetOldDrafts(unit: Unit, kept: number): Promise<void> {
  await sql`
    delete from planning.draft where org_id = ${unit.organisation} and id in (
      select id from planning.draft
      where org_id = ${unit.organisation} and (not is_open or expires_at <= ${at(unit.nowMs)}::timestamptz)
      order by id desc offset ${kept})`.execute(unit.db);
}

const toDraft = (row: DraftRow): Draft => ({
  id: row.id,
  title: row.title,
  note: row.note,
  source: row.source,
  makerId: row.maker_id,
  reviewers: row.reviewers,
  changes: row.changes,
  taken: row.taken,
  ended:
    row.ended_how === null
      ? null
      : { how: row.ended_how, personId: row.ended_by!, atMs: row.ended_at!.epochMilliseconds },
  madeSeq: row.made_seq,
  madeMs: row.made_at.epochMilliseconds,
  expiresMs: row.expires_at.epochMilliseconds,
});
