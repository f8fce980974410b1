import { sql } from "kysely";
import type { Actor, Unit } from "../db/unit.ts";

/** What `GET /v1/jobs/{id}` is made from. */
export type Job = {
  readonly id: string;
  readonly kind: string;
  /** `waiting`: for a person, who accepts what it has prepared. */
  readonly state: "queued" | "running" | "waiting" | "done" | "failed";
  readonly progress: { readonly done: number; readonly total: number };
  readonly input: unknown;
  /** What it found, once it waits or has ended; null before. */
  readonly result: unknown;
  /** Why the last attempt failed; null when none did. For the log, not for users. */
  readonly error: string | null;
  readonly attempts: number;
  readonly createdBy: Actor;
  readonly requestId: string;
  readonly createdAt: Temporal.Instant;
  readonly endedAt: Temporal.Instant | null;
};

/** What a unit wakes when it leaves work for a job. */
export const JOBS = "jobs";

export type JobRow = {
  org_id: number;
  id: string;
  kind: string;
  state: Job["state"];
  input: unknown;
  result: unknown;
  error: string | null;
  progress_done: number;
  progress_total: number;
  attempts: number;
  accepted: boolean;
  cancel_asked: boolean;
  created_by: Actor;
  request_id: string;
  created_at: Temporal.Instant;
  ended_at: Temporal.Instant | null;
};

/**
 * Leaves work for later, in the unit that owes it: committed together or not at all. `input` is plain JSON, small:
 * what is large lies in a table of its own. Returns the job's id.
 */
export async function enqueue(unit: Unit, { kind, input }: { kind: string; input: object }): Promise<string> {
  const id = unit.newId("job");
  const now = Temporal.Instant.fromEpochMilliseconds(unit.nowMs);
  await sql`
    insert into jobs.job (org_id, id, kind, state, input, created_by, request_id, created_at)
    values (${unit.organisation}, ${id}, ${kind}, 'queued', ${JSON.stringify(input)}::jsonb,
      ${JSON.stringify(unit.actor)}::jsonb, ${unit.requestId}, ${now}::timestamptz)`.execute(unit.db);
  unit.wake(JOBS);
  return id;
}

/** How many jobs of a kind that a user has left are not over. */
export async function countUnfinished(unit: Unit, kind: string, userId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from jobs.job
    where org_id = ${unit.organisation} and kind = ${kind} and state in ('queued', 'running')
      and created_by->>'userId' = ${userId}`.execute(unit.db);
  return rows[0]!.count;
}

/** The job of a kind that was left last; null when there was none. */
export async function newestJob(unit: Unit, kind: string): Promise<Job | null> {
  const { rows } = await sql<JobRow>`
    select * from jobs.job where org_id = ${unit.organisation} and kind = ${kind}
    order by created_at desc, id desc limit 1`.execute(unit.db);
  return rows[0] === undefined ? null : toJob(rows[0]);
}

/** The job, or null when the organisation has none of this id. */
export async function readJob(unit: Unit, id: string): Promise<Job | null> {
  const { rows } = await sql<JobRow>`
    select * from jobs.job where org_id = ${unit.organisation} and id = ${id}`.execute(unit.db);
  return rows[0] === undefined ? null : toJob(rows[0]);
}

/**
 * Says yes to what a job has prepared. One that waits runs again, with `accepted`; one that runs and has something so far
 * learns that it is enough. False when there is nothing to say yes to.
 */
export async function acceptJob(unit: Unit, id: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update jobs.job
    set accepted = true,
      state = case when state = 'waiting' then 'queued' else state end,
      attempts = case when state = 'waiting' then 0 else attempts end,
      fed_at = case when state = 'waiting' then null else fed_at end
    where org_id = ${unit.organisation} and id = ${id}
      and (state = 'waiting' or state = 'running' and result is not null and not accepted)`.execute(unit.db);
  unit.wake(JOBS);
  return numAffectedRows === 1n;
}

/**
 * Ends a job that has not started, or asks a running one to end, which it does at its next step. What it has stored so
 * far is its handler's to take back. False when there is nothing left to cancel.
 */
export async function cancelJob(unit: Unit, id: string): Promise<boolean> {
  const now = Temporal.Instant.fromEpochMilliseconds(unit.nowMs);
  const { numAffectedRows } = await sql`
    update jobs.job
    set cancel_asked = true,
      state = case when state = 'running' then state else 'failed' end,
      error = case when state = 'running' then error else ${CANCELLED} end,
      ended_at = case when state = 'running' then null else ${now}::timestamptz end
    where org_id = ${unit.organisation} and id = ${id} and state in ('queued', 'waiting', 'running')`.execute(unit.db);
  return numAffectedRows === 1n;
}

/** The error of a job that was cancelled. */
export const CANCELLED = "cancelled";

function toJob(row: JobRow): Job {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    progress: { done: row.progress_done, total: row.progress_total },
    input: row.input,
    result: row.result,
    error: row.error,
    attempts: row.attempts,
    createdBy: row.created_by,
    requestId: row.request_id,
    createdAt: row.created_at,
    endedAt: row.ended_at,
  };
}
