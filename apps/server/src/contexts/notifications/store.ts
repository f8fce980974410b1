import { sql } from "kysely";
import { undoneAmong, type ChangeWithContents } from "../../platform/changes/read.ts";
import type { Unit } from "../../platform/db/database.ts";
import type { ApprovalNews } from "../approvals/public.ts";
import type { EventNews, ProposalNews } from "../calendars/public.ts";
import type { draftNewsOf, pollNewsOf } from "../planning/public.ts";
import type { RosterNews } from "../workforce/public.ts";
import { NOTICE_WAIT_MS, type Notice, type PluginNews } from "./model.ts";

const at = (ms: number): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(ms);

/** Notices that wait; those that were made already are left as they are, and of one proposal the same is not told again. */
export async function insertNotices(
  unit: Unit,
  change: ChangeWithContents,
  news: readonly (
    | EventNews
    | ProposalNews
    | PluginNews
    | ApprovalNews
    | RosterNews
    | ReturnType<typeof pollNewsOf>[number]
    | Awaited<ReturnType<typeof draftNewsOf>>[number]
  )[],
): Promise<void> {
  if (news.length === 0) return;
  const madeMs = change.at.epochMilliseconds;
  await takeOver(
    unit,
    change,
    news.flatMap((each) => ("proposal" in each ? [each.proposal.id] : [])),
  );
  const rows = news.map((each) => ({
    id: unit.newId("ntc"),
    person_id: each.personId,
    event_id: each.eventId,
    kind: each.kind,
    title: each.title,
    starts_at: at(each.startMs).toString(),
    ends_at: at(each.endMs).toString(),
    all_day: each.allDay,
    ...("proposal" in each ? proposalColumns(each.proposal) : {}),
  }));
  await sql`
    insert into notifications.notice (org_id, id, person_id, request_id, event_id, kind, title, starts_at, ends_at, all_day,
      by_person, by_name, state, made_at, due_at, proposal_id, recurrence_id, wanted_start, wanted_end, wanted_days, note)
    select ${unit.organisation}, row.id, row.person_id, ${change.requestId}, row.event_id, row.kind, row.title, row.starts_at,
      row.ends_at, row.all_day, ${change.actor.personId}, ${change.actor.label}, 'waiting', ${at(madeMs)}::timestamptz,
      ${at(madeMs + NOTICE_WAIT_MS)}::timestamptz, row.proposal_id, row.recurrence_id, row.wanted_start, row.wanted_end,
      row.wanted_days, row.note
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(id text, person_id text, event_id text, kind text,
      title text, starts_at timestamptz, ends_at timestamptz, all_day boolean, proposal_id text, recurrence_id text,
      wanted_start text, wanted_end text, wanted_days boolean, note text)
    where not exists (
      select from notifications.notice told
      where told.org_id = ${unit.organisation} and told.proposal_id = row.proposal_id and told.kind = row.kind
        and told.person_id = row.person_id and told.state <> 'withdrawn')
    on conflict (org_id, request_id, event_id, person_id) do nothing`.execute(unit.db);
}

/**
 * What still waits to be told of some proposals for earlier requests is told for this one: whoever made this request sends it, and not
 * whom the log happened to be read for last.
 */
async function takeOver(unit: Unit, { requestId, at: made }: ChangeWithContents, proposals: readonly string[]) {
  if (proposals.length === 0) return;
  await sql`
    update notifications.notice set state = 'withdrawn'
    where org_id = ${unit.organisation} and proposal_id = any(${[...proposals]}::text[]) and state = 'waiting'
      and request_id <> ${requestId} and made_at < ${made}::timestamptz`.execute(unit.db);
}

const proposalColumns = ({ id, recurrenceId, start, end, allDay, note }: ProposalNews["proposal"]) => ({
  proposal_id: id,
  recurrence_id: recurrenceId,
  wanted_start: start,
  wanted_end: end,
  wanted_days: allDay,
  note,
});

/**
 * Notices of an organisation are made one request after the other: who makes those of an earlier one at the same moment would tell
 * of a proposal that a later one has just replaced.
 */
export async function lockNotices(unit: Unit): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`notifications ${unit.organisation}`}, 0))`.execute(
    unit.db,
  );
}

/** Takes back what still waits of proposals that are no longer there. */
export async function withdrawProposals(unit: Unit, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    update notifications.notice set state = 'withdrawn'
    where org_id = ${unit.organisation} and proposal_id = any(${[...ids]}::text[]) and state = 'waiting'`.execute(
    unit.db,
  );
}

/** Takes back what still waits to be told of something that is asked of nobody any more. */
export async function withdrawAsked(unit: Unit, approvalId: string): Promise<void> {
  await sql`
    update notifications.notice set state = 'withdrawn'
    where org_id = ${unit.organisation} and event_id = ${approvalId} and kind = 'approval' and state = 'waiting'`.execute(
    unit.db,
  );
}

/** Takes back what still waits of a request. Answers who has not been told of it, now or before, by event. */
export async function withdrawNotices(unit: Unit, requestId: string): Promise<ReadonlySet<string>> {
  await sql`
    update notifications.notice set state = 'withdrawn'
    where org_id = ${unit.organisation} and request_id = ${requestId} and state = 'waiting'`.execute(unit.db);
  const { rows } = await sql<{ event_id: string; person_id: string }>`
    select event_id, person_id from notifications.notice
    where org_id = ${unit.organisation} and request_id = ${requestId} and state = 'withdrawn'`.execute(unit.db);
  return new Set(rows.map(({ event_id, person_id }) => `${event_id} ${person_id}`));
}

type Sent = { readonly id: string; readonly personId: string };

/** Takes back what still waits of requests that were undone meanwhile, and sends the rest of what is due, or of one request. */
export async function sendNotices(
  unit: Unit,
  of: { readonly requestId: string } | { readonly dueMs: number },
  most: number,
): Promise<Sent[]> {
  const which = "requestId" in of ? sql`request_id = ${of.requestId}` : sql`due_at <= ${at(of.dueMs)}::timestamptz`;
  const { rows: due } = await sql<{ id: string; request_id: string }>`
    select id, request_id
    from notifications.notice
    where org_id = ${unit.organisation} and state = 'waiting' and ${which}
    order by id
    limit ${most}
    for update skip locked`.execute(unit.db);
  const undone = await undoneAmong(unit, [...new Set(due.map(({ request_id }) => request_id))]);
  const states = due.map(({ id, request_id }) => ({ id, state: undone.has(request_id) ? "withdrawn" : "sent" }));
  const { rows } = await sql<{ id: string; person_id: string; state: string }>`
    update notifications.notice set state = wanted.state
    from jsonb_to_recordset(${JSON.stringify(states)}::jsonb) as wanted(id text, state text)
    where org_id = ${unit.organisation} and notice.id = wanted.id
    returning notice.id, person_id, notice.state`.execute(unit.db);
  return rows.flatMap(({ id, person_id, state }) => (state === "sent" ? [{ id, personId: person_id }] : []));
}

/** Who is told of a request, by id: those who wait to be, and those who were. */
export async function toldOf(unit: Unit, requestId: string): Promise<Map<string, "waiting" | "sent">> {
  const { rows } = await sql<{ state: "waiting" | "sent"; person_id: string }>`
    select person_id, min(state) as state
    from notifications.notice
    where org_id = ${unit.organisation} and request_id = ${requestId} and state <> 'withdrawn'
    group by person_id`.execute(unit.db);
  return new Map(rows.map(({ person_id, state }) => [person_id, state]));
}

type Row = {
  id: string;
  event_id: string;
  kind: Notice["kind"];
  title: string;
  starts_at: Temporal.Instant;
  ends_at: Temporal.Instant;
  all_day: boolean;
  by_person: string | null;
  by_name: string;
  made_at: Temporal.Instant;
  read_at: Temporal.Instant | null;
} & ProposalRow;

type ProposalRow =
  | { proposal_id: null }
  | {
      proposal_id: string;
      recurrence_id: string | null;
      wanted_start: string;
      wanted_end: string;
      wanted_days: boolean;
      note: string | null;
    };

/** One page of what a person was told, newest first, and how much of all of it they have not read. */
export async function noticesOf(
  unit: Unit,
  personId: string,
  { limit, before }: { readonly limit: number; readonly before: string | null },
): Promise<{ readonly notices: Notice[]; readonly unread: number }> {
  const { rows } = await sql<Row>`
    select id, event_id, kind, title, starts_at, ends_at, all_day, by_person, by_name, made_at, read_at, proposal_id,
      recurrence_id, wanted_start, wanted_end, wanted_days, note
    from notifications.notice
    where org_id = ${unit.organisation} and person_id = ${personId} and state = 'sent'
      and (${before}::text is null or id < ${before})
    order by id desc
    limit ${limit}`.execute(unit.db);
  const count = await sql<{ unread: number }>`
    select count(*) as unread from notifications.notice
    where org_id = ${unit.organisation} and person_id = ${personId} and state = 'sent' and read_at is null`.execute(
    unit.db,
  );
  return { notices: rows.map(toNotice), unread: count.rows[0]!.unread };
}

/** Marks what a person was told as read: those named, or all. */
export async function markRead(unit: Unit, personId: string, ids: readonly string[] | null): Promise<void> {
  const which = ids === null ? sql`` : sql`and id = any(${[...ids]}::text[])`;
  await sql`
    update notifications.notice set read_at = ${at(unit.nowMs)}::timestamptz
    where org_id = ${unit.organisation} and person_id = ${personId} and state = 'sent' and read_at is null ${which}`.execute(
    unit.db,
  );
}

const toNotice = (row: Row): Notice => ({
  id: row.id,
  eventId: row.event_id,
  kind: row.kind,
  title: row.title,
  startMs: row.starts_at.epochMilliseconds,
  endMs: row.ends_at.epochMilliseconds,
  allDay: row.all_day,
  byPersonId: row.by_person,
  byName: row.by_name,
  madeMs: row.made_at.epochMilliseconds,
  isRead: row.read_at !== null,
  proposal: toProposal(row),
});

function toProposal(row: ProposalRow): Notice["proposal"] {
  if (row.proposal_id === null) return null;
  const { proposal_id: id, recurrence_id: recurrenceId, wanted_start: start, wanted_end: end, note } = row;
  return { id, recurrenceId, start, end, allDay: row.wanted_days, note };
}
