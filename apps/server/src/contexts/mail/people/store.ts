import { sql } from "kysely";
import type { Database, Unit } from "../../../platform/db/database.ts";
import type { AfterAttempt } from "../decide.ts";
import { NEWS_LATE_MS } from "../model.ts";

const at = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString();

/** One notice on its way as mail. */
export type NoticeMessage = {
  readonly id: string;
  readonly noticeId: string;
  readonly personId: string;
  readonly madeMs: number;
  readonly attempts: number;
};

/** Notices that are mailed, each once. */
export async function noteNotices(
  unit: Unit,
  notices: readonly { readonly id: string; readonly personId: string }[],
): Promise<void> {
  const now = at(unit.nowMs);
  for (const { id, personId } of notices)
    await sql`
      insert into mail.notice_message (org_id, id, notice_id, person_id, state, made_at, due_at)
      values (${unit.organisation}, ${unit.newId("msg")}, ${id}, ${personId}, 'waiting', ${now}::timestamptz, ${now}::timestamptz)
      on conflict (org_id, notice_id) do nothing`.execute(unit.db);
}

/** Those that are due, marked as being sent until an instant; nobody else takes them until then. */
export async function beginNotices(unit: Unit, most: number, untilMs: number): Promise<NoticeMessage[]> {
  const { rows } = await sql<{
    id: string;
    notice_id: string;
    person_id: string;
    made_at: Temporal.Instant;
    attempts: number;
  }>`
    update mail.notice_message m set state = 'sending', attempts = m.attempts + 1, due_at = ${at(untilMs)}::timestamptz
    where m.org_id = ${unit.organisation} and m.id in (
      select id from mail.notice_message
      where org_id = ${unit.organisation} and state in ('waiting', 'sending') and due_at <= ${at(unit.nowMs)}::timestamptz
      order by due_at, id limit ${most} for update skip locked)
    returning m.id, m.notice_id, m.person_id, m.made_at, m.attempts`.execute(unit.db);
  return rows.map((row) => ({
    id: row.id,
    noticeId: row.notice_id,
    personId: row.person_id,
    madeMs: row.made_at.epochMilliseconds,
    attempts: row.attempts,
  }));
}

/** Ends one that is not sent. */
export async function endNotice(unit: Unit, id: string, state: "withdrawn" | "late"): Promise<void> {
  await sql`
    update mail.notice_message set state = ${state} where org_id = ${unit.organisation} and id = ${id}`.execute(
    unit.db,
  );
}

/** What became of an attempt, unless another sender has taken it over since. */
export async function settleNotice(unit: Unit, { id, attempts }: NoticeMessage, after: AfterAttempt): Promise<void> {
  const sentAt = after.state === "sent" ? at(unit.nowMs) : null;
  await sql`
    update mail.notice_message set state = ${after.state}, attempts = ${after.attempts}, due_at = ${at(after.dueMs)}::timestamptz,
      reason = ${after.reason}, sent_at = ${sentAt}::timestamptz
    where org_id = ${unit.organisation} and id = ${id} and state = 'sending' and attempts = ${attempts}`.execute(
    unit.db,
  );
}

/** Forgets what was settled so long ago. */
const KEPT_MS = 90 * 86_400_000;

export async function sweepNotices(unit: Unit, most: number): Promise<void> {
  await sql`
    delete from mail.notice_message
    where org_id = ${unit.organisation} and id in (
      select id from mail.notice_message
      where org_id = ${unit.organisation} and made_at < ${at(unit.nowMs - KEPT_MS)}::timestamptz
      order by made_at limit ${most} for update skip locked)`.execute(unit.db);
}

export const isLate = ({ madeMs }: NoticeMessage, nowMs: number): boolean => nowMs - madeMs > NEWS_LATE_MS;

export async function organisationsWithNotices(database: Database, nowMs: number, most: number): Promise<number[]> {
  const { rows } = await database.outside(
    (db) =>
      sql<{ org_id: number }>`select org_id from mail.notices_due(${at(nowMs)}::timestamptz, ${most})`.execute(db),
    { lane: "job" },
  );
  return rows.map(({ org_id }) => org_id);
}
