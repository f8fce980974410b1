import { sql } from "kysely";
import type { Unit } from "../../platform/db/database.ts";
import type { SeenCalendar } from "./access.ts";
import { at } from "./store.ts";

/** What a proposal is called in the log of changes. */
export const PROPOSAL = "proposal";

/** Most people who are asked by one proposal. */
export const ASKED_MAX = 20;

/** Another time that a guest proposes for one date of an event. Its times as requests write them, and in ms. */
export type TimeProposal = {
  readonly id: string;
  readonly eventId: string;
  readonly recurrenceId: string | null;
  readonly personId: string;
  readonly start: string;
  readonly end: string;
  readonly allDay: boolean;
  readonly startMs: number;
  readonly endMs: number;
  /** When the event was: once it is elsewhere, the proposal is over. */
  readonly wasStartMs: number;
  readonly wasEndMs: number;
  readonly note: string | null;
  /** People who are asked. */
  readonly told: readonly string[];
  readonly isDeclined: boolean;
};

type Slot = Pick<TimeProposal, "eventId" | "recurrenceId" | "personId">;

/** Puts a proposal in its place: of this guest, for this date. Whoever calls holds the event. */
export async function putProposalRow(unit: Unit, proposal: TimeProposal): Promise<void> {
  const { id, eventId, recurrenceId, personId, start, end, allDay, note, told, isDeclined } = proposal;
  await sql`
    insert into calendars.proposal (org_id, object_id, recurrence_id, person_id, id, start_text, end_text, all_day,
      starts_at, ends_at, was_starts_at, was_ends_at, note, told, declined)
    values (${unit.organisation}, ${eventId}, ${recurrenceId ?? ""}, ${personId}, ${id}, ${start}, ${end}, ${allDay},
      ${at(proposal.startMs)}::timestamptz, ${at(proposal.endMs)}::timestamptz, ${at(proposal.wasStartMs)}::timestamptz,
      ${at(proposal.wasEndMs)}::timestamptz, ${note}, ${[...told]}::text[], ${isDeclined})
    on conflict (org_id, object_id, recurrence_id, person_id) do update set id = excluded.id,
      start_text = excluded.start_text, end_text = excluded.end_text, all_day = excluded.all_day,
      starts_at = excluded.starts_at, ends_at = excluded.ends_at, was_starts_at = excluded.was_starts_at,
      was_ends_at = excluded.was_ends_at, note = excluded.note, told = excluded.told, declined = excluded.declined`.execute(
    unit.db,
  );
}

export async function deleteProposalRow(unit: Unit, id: string): Promise<void> {
  await sql`delete from calendars.proposal where org_id = ${unit.organisation} and id = ${id}`.execute(unit.db);
}

/** The proposal of a guest for a date; null when they have made none. */
export async function proposalIn(unit: Unit, { eventId, recurrenceId, personId }: Slot): Promise<TimeProposal | null> {
  const { rows } = await sql<Row>`
    select ${columns} from calendars.proposal
    where org_id = ${unit.organisation} and object_id = ${eventId} and recurrence_id = ${recurrenceId ?? ""}
      and person_id = ${personId}`.execute(unit.db);
  return rows[0] === undefined ? null : toProposal(rows[0]);
}

export async function proposalsById(unit: Unit, ids: readonly string[]): Promise<TimeProposal[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Row>`
    select ${columns} from calendars.proposal
    where org_id = ${unit.organisation} and id = any(${[...ids]}::text[])
    order by id`.execute(unit.db);
  return rows.map(toProposal);
}

/**
 * Who can answer for a calendar, by sign-in: its owner; else who organises the event, where they may write to it; else those
 * with whom it is shared for writing, and who run the organisation. At most 20.
 */
export async function answerersOf(
  unit: Unit,
  { id, ownerSubjectId, sharing }: SeenCalendar,
  organizer: string | null,
): Promise<{ readonly id: string; readonly name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    with writers as (
      select distinct p.id, p.name, s.access = 'write' as is_shared,
        case when p.id = ${ownerSubjectId}::text then 1 when p.email = ${organizer}::text then 2 else 3 end as rank,
        m.role in ('owner', 'administrator') as rules
      from identity.membership m
      join identity.subject p on p.org_id = m.org_id and p.id = m.subject_id
      left join calendars.share s on s.org_id = m.org_id and s.calendar_id = ${id} and s.subject_id = p.id
      where m.org_id = ${unit.organisation} and not m.disabled and p.retired_at is null
        and (p.id = ${ownerSubjectId}::text or m.role in ('owner', 'administrator') or coalesce(s.access, ${sharing}) = 'write')
    )
    select id, name
    from writers
    where rank = (select min(rank) from writers) and (rank < 3 or is_shared or rules)
    order by name, id
    limit ${ASKED_MAX}`.execute(unit.db);
  return rows;
}

type Row = {
  id: string;
  object_id: string;
  recurrence_id: string;
  person_id: string;
  start_text: string;
  end_text: string;
  all_day: boolean;
  starts_at: Temporal.Instant;
  ends_at: Temporal.Instant;
  was_starts_at: Temporal.Instant;
  was_ends_at: Temporal.Instant;
  note: string | null;
  told: string[];
  declined: boolean;
};

const columns = sql`id, object_id, recurrence_id, person_id, start_text, end_text, all_day, starts_at, ends_at, was_starts_at,
  was_ends_at, note, told, declined`;

const toProposal = (row: Row): TimeProposal => ({
  id: row.id,
  eventId: row.object_id,
  recurrenceId: row.recurrence_id === "" ? null : row.recurrence_id,
  personId: row.person_id,
  start: row.start_text,
  end: row.end_text,
  allDay: row.all_day,
  startMs: row.starts_at.epochMilliseconds,
  endMs: row.ends_at.epochMilliseconds,
  wasStartMs: row.was_starts_at.epochMilliseconds,
  wasEndMs: row.was_ends_at.epochMilliseconds,
  note: row.note,
  told: row.told,
  isDeclined: row.declined,
});
