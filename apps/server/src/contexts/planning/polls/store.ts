import { sql } from "kysely";
import type { Unit } from "../../../platform/db/database.ts";
import { endsMs } from "./decide.ts";
import type { Answers, Poll, PollContents, PollTime, Said } from "./model.ts";

type PollRow = {
  id: string;
  title: string;
  maker_id: string;
  times: PollTime[];
  people: string[];
  resources: string[];
  is_closed: boolean;
  picked: number | null;
  made_at: Temporal.Instant;
};

const COLUMNS = sql`id, title, maker_id, times, people, resources, is_closed, picked, made_at`;
const at = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString();

/** The last polls that a person made or is asked in, newest first. */
export async function pollsOf(unit: Unit, personId: string, limit: number): Promise<Poll[]> {
  const { rows } = await sql<PollRow>`
    select ${COLUMNS} from planning.poll
    where org_id = ${unit.organisation} and (maker_id = ${personId} or ${personId} = any(people))
    order by id desc limit ${limit}`.execute(unit.db);
  return rows.map(toPoll);
}

export async function pollById(unit: Unit, id: string): Promise<Poll | null> {
  const { rows } = await sql<PollRow>`
    select ${COLUMNS} from planning.poll where org_id = ${unit.organisation} and id = ${id}`.execute(unit.db);
  return rows[0] === undefined ? null : toPoll(rows[0]);
}

/** Held until the unit ends: of two who pick at once the second finds it closed. */
export async function lockPoll(unit: Unit, id: string): Promise<Poll | null> {
  const { rows } = await sql<PollRow>`
    select ${COLUMNS} from planning.poll where org_id = ${unit.organisation} and id = ${id} for update`.execute(
    unit.db,
  );
  return rows[0] === undefined ? null : toPoll(rows[0]);
}

/** How many are open now. */
export async function countOpen(unit: Unit): Promise<number> {
  const { rows } = await sql<{ open: number }>`
    select count(*) as open from planning.poll
    where org_id = ${unit.organisation} and not is_closed and ends_at > ${at(unit.nowMs)}::timestamptz`.execute(
    unit.db,
  );
  return rows[0]!.open;
}

export async function insertPoll(unit: Unit, id: string, poll: PollContents): Promise<void> {
  await sql`
    insert into planning.poll (org_id, id, title, maker_id, times, people, resources, is_closed, picked, ends_at, made_at)
    values (${unit.organisation}, ${id}, ${poll.title}, ${poll.makerId}, ${JSON.stringify(poll.times)}::jsonb,
      ${[...poll.people]}::text[], ${[...poll.resourceIds]}::text[], ${poll.isClosed}, ${poll.picked},
      ${at(endsMs(poll.times))}::timestamptz, ${at(poll.madeMs)}::timestamptz)`.execute(unit.db);
}

/** Closes or opens a poll; what it asks stays. */
export async function updatePoll(unit: Unit, id: string, { isClosed, picked }: PollContents): Promise<void> {
  await sql`update planning.poll set is_closed = ${isClosed}, picked = ${picked}
    where org_id = ${unit.organisation} and id = ${id}`.execute(unit.db);
}

export async function deletePoll(unit: Unit, id: string): Promise<void> {
  await sql`delete from planning.poll where org_id = ${unit.organisation} and id = ${id}`.execute(unit.db);
}

/** Forgets the oldest of those that are over, beyond so many. */
export async function forgetOldPolls(unit: Unit, kept: number): Promise<void> {
  await sql`
    delete from planning.poll where org_id = ${unit.organisation} and id in (
      select id from planning.poll
      where org_id = ${unit.organisation} and (is_closed or ends_at <= ${at(unit.nowMs)}::timestamptz)
      order by id desc offset ${kept})`.execute(unit.db);
}

/** What was answered in some polls, by poll. */
export async function answersIn(unit: Unit, pollIds: readonly string[]): Promise<ReadonlyMap<string, Answers>> {
  const { rows } = await sql<{ poll_id: string; person_id: string; answers: Said[] }>`
    select poll_id, person_id, answers from planning.poll_answer
    where org_id = ${unit.organisation} and poll_id = any(${[...pollIds]}::text[])`.execute(unit.db);
  return new Map(
    Array.from(
      Map.groupBy(rows, (row) => row.poll_id),
      ([id, own]) => [id, new Map(own.map(({ person_id, answers }) => [person_id, answers]))],
    ),
  );
}

export async function putAnswers(
  unit: Unit,
  pollId: string,
  personId: string,
  answers: readonly Said[],
): Promise<void> {
  await sql`
    insert into planning.poll_answer (org_id, poll_id, person_id, answers)
    values (${unit.organisation}, ${pollId}, ${personId}, ${JSON.stringify(answers)}::jsonb)
    on conflict (org_id, poll_id, person_id) do update set answers = excluded.answers`.execute(unit.db);
}

const toPoll = (row: PollRow): Poll => ({
  id: row.id,
  title: row.title,
  makerId: row.maker_id,
  times: row.times,
  people: row.people,
  resourceIds: row.resources,
  isClosed: row.is_closed,
  picked: row.picked,
  madeMs: row.made_at.epochMilliseconds,
});
