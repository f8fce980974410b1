import { sql } from "kysely";
import type { Unit } from "../../../platform/db/database.ts";
import { instantText } from "../drafts/model.ts";
import type { PlanAsked, PlanResult, StoredPlan } from "./model.ts";

type Row = {
  draft_id: string;
  job_id: string;
  asked_by: string | null;
  asked_name: string;
  asked_ms: number;
  wish: PlanAsked;
  result: PlanResult | null;
};

/** The last plan of a draft; null when it was never planned. */
export async function planOf(unit: Unit, draftId: string): Promise<StoredPlan | null> {
  const { rows } = await sql<Row>`
    select draft_id, job_id, asked_by, asked_name, (date_part('epoch', asked_at) * 1000)::bigint as asked_ms, wish, result
    from workforce.roster_plan where org_id = ${unit.organisation} and draft_id = ${draftId}`.execute(unit.db);
  const [row] = rows;
  if (row === undefined) return null;
  const asked = { by: row.asked_by, name: row.asked_name, atMs: row.asked_ms };
  return { draftId: row.draft_id, jobId: row.job_id, asked, wish: row.wish, result: row.result };
}

/** Keeps who asks for a plan, in place of the last one. */
export async function putPlan(unit: Unit, { draftId, jobId, asked, wish }: Omit<StoredPlan, "result">): Promise<void> {
  await sql`
    insert into workforce.roster_plan (org_id, draft_id, job_id, asked_by, asked_name, asked_at, wish, result)
    values (${unit.organisation}, ${draftId}, ${jobId}, ${asked.by}, ${asked.name}, ${instantText(asked.atMs)}::timestamptz,
      ${JSON.stringify(wish)}::jsonb, null)
    on conflict (org_id, draft_id) do update set job_id = excluded.job_id, asked_by = excluded.asked_by,
      asked_name = excluded.asked_name, asked_at = excluded.asked_at, wish = excluded.wish, result = null`.execute(
    unit.db,
  );
}

/** What came of it, unless another was asked for since. */
export async function putResult(unit: Unit, draftId: string, jobId: string, result: PlanResult): Promise<void> {
  await sql`
    update workforce.roster_plan set result = ${JSON.stringify(result)}::jsonb
    where org_id = ${unit.organisation} and draft_id = ${draftId} and job_id = ${jobId}`.execute(unit.db);
}
