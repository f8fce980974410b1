import { sql } from "kysely";
import type { Unit } from "../../platform/db/database.ts";
import type { CommitmentDate } from "./situation.ts";

/** Somebody decided that both stay as they are. */
export type Mark = {
  /** What clashes, and when: `clashOf`. */
  readonly clash: string;
  readonly conflictId: string;
  /** The time both want. */
  readonly startMs: number;
  readonly endMs: number;
  readonly personId: string;
  readonly atMs: number;
  readonly note: string | null;
};

/** Marks of an organisation. */
export const KEPT_MAX = 20_000;

type MarkRow = {
  clash: string;
  conflict_id: string;
  starts_at: Temporal.Instant;
  ends_at: Temporal.Instant;
  person_id: string;
  kept_at: Temporal.Instant;
  note: string | null;
};

const MARK = sql`clash, conflict_id, starts_at, ends_at, person_id, kept_at, note`;
const instant = (ms: number): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(ms);

/** The marks of clashes that share time with a window. Those of clashes that are gone stand as well: they mark nothing. */
export async function marksBetween(unit: Unit, fromMs: number, toMs: number): Promise<Mark[]> {
  const { rows } = await sql<MarkRow>`
    select ${MARK} from planning.kept
    where org_id = ${unit.organisation} and starts_at < ${instant(toMs)}::timestamptz and ends_at > ${instant(fromMs)}::timestamptz
    limit ${KEPT_MAX}`.execute(unit.db);
  return rows.map(toMark);
}

/** Adds marks; what is marked already stays as it is. Answers those that are new. */
export async function insertMarks(unit: Unit, marks: readonly Mark[]): Promise<Mark[]> {
  const { rows } = await sql<MarkRow>`
    insert into planning.kept (org_id, clash, conflict_id, starts_at, ends_at, person_id, kept_at, note)
    select ${unit.organisation}, m.clash, m.conflict_id, m.starts_at, m.ends_at, m.person_id, m.kept_at, m.note
    from jsonb_to_recordset(${JSON.stringify(marks.map(fromMark))}::jsonb) as m(clash text, conflict_id text,
      starts_at timestamptz, ends_at timestamptz, person_id text, kept_at timestamptz, note text)
    order by m.clash -- Of two who keep the same at once, none waits for the other in a circle.
    on conflict (org_id, clash) do nothing
    returning ${MARK}`.execute(unit.db);
  return rows.map(toMark);
}

/** Takes marks away. Answers those that there were. */
export async function deleteMarks(unit: Unit, clashes: readonly string[]): Promise<Mark[]> {
  const { rows } = await sql<MarkRow>`
    with found as (
      select clash from planning.kept
      where org_id = ${unit.organisation} and clash = any(${[...clashes]}::text[]) order by clash for update
    )
    delete from planning.kept k using found
    where k.org_id = ${unit.organisation} and k.clash = found.clash
    returning k.clash, k.conflict_id, k.starts_at, k.ends_at, k.person_id, k.kept_at, k.note`.execute(unit.db);
  return rows.map(toMark);
}

export async function countMarks(unit: Unit): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from planning.kept where org_id = ${unit.organisation}`.execute(unit.db);
  return rows[0]!.count;
}

const toMark = ({ clash, conflict_id, starts_at, ends_at, person_id, kept_at, note }: MarkRow): Mark => ({
  clash,
  conflictId: conflict_id,
  startMs: starts_at.epochMilliseconds,
  endMs: ends_at.epochMilliseconds,
  personId: person_id,
  atMs: kept_at.epochMilliseconds,
  note,
});

const fromMark = ({ clash, conflictId, startMs, endMs, personId, atMs, note }: Mark) => ({
  clash,
  conflict_id: conflictId,
  starts_at: instant(startMs).toString(),
  ends_at: instant(endMs).toString(),
  person_id: personId,
  kept_at: instant(atMs).toString(),
  note,
});

/** What a repair has made of one date: when it is, who takes part, and when its second part is. Ids of subjects. */
export type MadeChange = {
  /** Its place among the dates. */
  readonly date: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
  readonly rest?: { readonly startMs: number; readonly endMs: number } | null;
};

/** A conflict that a repair has removed. */
export type Resolution = {
  readonly id: string;
  readonly requestId: string;
  readonly kind: string;
  readonly personId: string;
  readonly userId: string;
  readonly atMs: number;
  /** The two dates as they were, and then those that made room. */
  readonly dates: readonly CommitmentDate[];
  /** Rows that were written before repairs changed more hold times alone. */
  readonly moves: readonly MadeChange[];
};

export async function insertResolutions(unit: Unit, resolutions: readonly Resolution[]): Promise<void> {
  const rows = resolutions.map(({ id, requestId, kind, personId, userId, atMs, dates, moves }) => ({
    id,
    request_id: requestId,
    kind,
    person_id: personId,
    user_id: userId,
    resolved_at: instant(atMs).toString(),
    dates,
    moves,
  }));
  await sql`
    insert into planning.resolution (org_id, id, request_id, kind, person_id, user_id, resolved_at, dates, moves)
    select ${unit.organisation}, r.id, r.request_id, r.kind, r.person_id, r.user_id, r.resolved_at, r.dates, r.moves
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id text, request_id text, kind text, person_id text,
      user_id text, resolved_at timestamptz, dates jsonb, moves jsonb)`.execute(unit.db);
}

/** A page of resolutions, newest first: those before `before`, or from the newest on. */
export async function resolutionsBefore(unit: Unit, before: string | null, limit: number): Promise<Resolution[]> {
  const { rows } = await sql<{
    id: string;
    request_id: string;
    kind: string;
    person_id: string;
    user_id: string;
    resolved_at: Temporal.Instant;
    dates: Resolution["dates"];
    moves: Resolution["moves"];
  }>`
    select id, request_id, kind, person_id, user_id, resolved_at, dates, moves from planning.resolution
    where org_id = ${unit.organisation} ${before === null ? sql`` : sql`and id < ${before}`}
    order by id desc limit ${limit}`.execute(unit.db);
  return rows.map(({ id, request_id, kind, person_id, user_id, resolved_at, dates, moves }) => ({
    id,
    requestId: request_id,
    kind,
    personId: person_id,
    userId: user_id,
    atMs: resolved_at.epochMilliseconds,
    dates,
    moves,
  }));
}
