import { sql, type RawBuilder } from "kysely";
import type { Unit } from "../../../platform/db/database.ts";
import type { Swap, SwapAnswer, SwapLeg, SwapState } from "./model.ts";

type Row = {
  id: string;
  legs: readonly SwapLeg[];
  state: SwapState;
  proposed_by: string;
  proposed_name: string;
  proposed_at: Temporal.Instant;
  until: Temporal.Instant;
  group_id: string | null;
  note: string;
  version: number;
};

type AnswerRow = {
  swap_id: string;
  subject_id: string;
  state: SwapAnswer["state"];
  answered_at: Temporal.Instant | null;
};

const at = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString();
const atOrNull = (ms: number | null): string | null => (ms === null ? null : at(ms));

async function read(unit: Unit, rest: RawBuilder<unknown>): Promise<Swap[]> {
  const { rows } = await sql<Row>`
    select s.id, s.legs, s.state, s.proposed_by, s.proposed_name, s.proposed_at, s.until, s.group_id, s.note, s.version
    from workforce.swap s where s.org_id = ${unit.organisation} and ${rest}`.execute(unit.db);
  if (rows.length === 0) return [];
  const answers = await sql<AnswerRow>`
    select swap_id, subject_id, state, answered_at from workforce.swap_asked
    where org_id = ${unit.organisation} and swap_id = any(${rows.map(({ id }) => id)}::text[])
    order by swap_id, subject_id`.execute(unit.db);
  const bySwap = Map.groupBy(answers.rows, (each) => each.swap_id);
  return rows.map((row) => ({
    id: row.id,
    legs: row.legs,
    state: row.state,
    proposedBy: { personId: row.proposed_by, name: row.proposed_name, atMs: row.proposed_at.epochMilliseconds },
    people: (bySwap.get(row.id) ?? []).map((each) => ({
      personId: each.subject_id,
      state: each.state,
      answeredMs: each.answered_at?.epochMilliseconds ?? null,
    })),
    untilMs: row.until.epochMilliseconds,
    groupId: row.group_id,
    note: row.note,
    version: row.version,
  }));
}

export async function swapById(unit: Unit, id: string): Promise<Swap | null> {
  return (await read(unit, sql`s.id = ${id}`))[0] ?? null;
}

/** A swap that nobody else answers until the unit ends. */
export async function lockSwap(unit: Unit, id: string): Promise<Swap | null> {
  await sql`select from workforce.swap where org_id = ${unit.organisation} and id = ${id} for update`.execute(unit.db);
  return swapById(unit, id);
}

/** A page of swaps in which some people take part (null: all), the newest first. */
export function pageOfSwaps(
  unit: Unit,
  people: readonly string[] | null,
  states: readonly SwapState[] | null,
  before: string | null,
  limit: number,
): Promise<Swap[]> {
  const among = sql`(s.proposed_by = any(${[...(people ?? [])]}::text[]) or exists (select from workforce.swap_asked a
    where a.org_id = s.org_id and a.swap_id = s.id and a.subject_id = any(${[...(people ?? [])]}::text[])))`;
  return read(
    unit,
    sql`${people === null ? sql`true` : among} ${states === null ? sql`` : sql`and s.state = any(${[...states]}::text[])`}
      ${before === null ? sql`` : sql`and s.id < ${before}`} order by s.id desc limit ${limit}`,
  );
}

export async function countAsking(unit: Unit): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from workforce.swap where org_id = ${unit.organisation} and state = 'asking'`.execute(
    unit.db,
  );
  return rows[0]!.count;
}

/** Writes a swap as it is now. */
export async function putSwap(unit: Unit, swap: Swap): Promise<void> {
  const { proposedBy } = swap;
  await sql`
    insert into workforce.swap (org_id, id, legs, state, proposed_by, proposed_name, proposed_at, until, group_id, note, version)
    values (${unit.organisation}, ${swap.id}, ${JSON.stringify(swap.legs)}::jsonb, ${swap.state}, ${proposedBy.personId},
      ${proposedBy.name}, ${at(proposedBy.atMs)}::timestamptz, ${at(swap.untilMs)}::timestamptz, ${swap.groupId}, ${swap.note},
      ${swap.version})
    on conflict (org_id, id) do update set state = excluded.state, group_id = excluded.group_id,
      version = excluded.version`.execute(unit.db);
  const rows = swap.people.map(({ personId, state, answeredMs }) => ({
    subject_id: personId,
    state,
    answered_at: atOrNull(answeredMs),
  }));
  await sql`
    insert into workforce.swap_asked (org_id, swap_id, subject_id, state, answered_at)
    select ${unit.organisation}, ${swap.id}, r.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(subject_id text,
      state text, answered_at timestamptz)
    on conflict (org_id, swap_id, subject_id) do update set state = excluded.state, answered_at = excluded.answered_at`.execute(
    unit.db,
  );
}

/** Swaps of which a shift has begun. */
export async function begunSwaps(unit: Unit, most: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from workforce.swap
    where org_id = ${unit.organisation} and state = 'asking' and until <= ${at(unit.nowMs)}::timestamptz
    order by until limit ${most}`.execute(unit.db);
  return rows.map(({ id }) => id);
}
