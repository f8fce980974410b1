import { sql, type RawBuilder } from "kysely";
import { DAY_MS } from "@hourwright/time";
import type { Question, Unit } from "../../platform/db/database.ts";
import { BUFFER_MS_MAX, LONG_CLAIM_MS } from "./model.ts";
import { askedWindows, at, instant, ofEachLength } from "./store.ts";
import { openTimeFrom, openTimeTextOf, takenFrom, type TakenTime } from "./texts.ts";

// The reading side: what many things at once want to know of time, as JSON texts of columns. A text is handed on to a
// compute thread as it is, for reading thousands of claims takes longer than anybody may hold the event loop.

/** Some claims as the text of their columns, and how many they are. */
export type Slice = { readonly text: string; readonly count: number };

/**
 * The same as `claimsInWindow`, with no more than detection needs. The database hands over eight columns as JSON and not
 * thousands of rows: 3,300 claims take 12 ms instead of 70. `takenFrom` reads the text. For a window of many claims there
 * is `takenTexts`.
 */
export async function takenText(...question: Parameters<typeof takenSlice>): Promise<string> {
  return (await takenSlice(...question)).text;
}

/** As `takenText`, counted. */
export const takenSlice = (
  unit: Unit,
  subjectIds: readonly string[] | null,
  fromMs: number,
  toMs: number,
  limit: number,
): Promise<Slice> => columnsOf(unit, standingIn(unit, fromMs, toMs, ofSubjects(unit, subjectIds)), limit);

/** Those alone that start in the window, whether they end in it or not. */
export function startingSlice(...[unit, subjectIds, fromMs, toMs, limit]: Parameters<typeof takenSlice>) {
  const claims = sql`select * from claims.claim c where ${standing(unit, instant(fromMs), instant(toMs))}
    and c.starts_at >= ${at(fromMs)}::timestamptz ${ofSubjects(unit, subjectIds)}`;
  return columnsOf(unit, claims, limit);
}

const ofSubjects = (unit: Unit, subjectIds: readonly string[] | null) =>
  subjectIds === null ? sql`` : sql`and c.track = any(${tracksOf(unit, subjectIds)})`;

/**
 * As `takenText`, of everything that takes time of these subjects: their claims, and those that the same commitments have
 * on others. Costs what these commitments hold, whatever else the organisation does.
 */
export async function takenAlongText(
  unit: Unit,
  subjectIds: readonly string[],
  fromMs: number,
  toMs: number,
  limit: number,
): Promise<string> {
  const theirs = standingIn(unit, fromMs, toMs, ofSubjects(unit, subjectIds));
  // "offset 0" keeps one look-up for each commitment: joined at large, the planner would read every claim there is.
  const claims = sql`
    select c.* from (select distinct source, commitment from (${theirs}) own offset 0) own
    cross join lateral (
      select * from claims.claim c
      where ${standing(unit, instant(fromMs), instant(toMs))} and c.source = own.source and c.commitment = own.commitment
      offset 0
    ) c`;
  return (await columnsOf(unit, claims, limit)).text;
}

const tracksOf = (unit: Unit, subjectIds: readonly string[]) =>
  sql`array(select track from claims.timeline
    where org_id = ${unit.organisation} and subject_id = any(${[...subjectIds]}::text[]))`;

/** What holds of a claim `c` that stands in a window. */
const standing = (
  unit: Pick<Unit, "organisation" | "nowMs">,
  from: RawBuilder<unknown>,
  to: RawBuilder<unknown>,
) => sql`c.org_id = ${unit.organisation}
  and c.starts_at < ${to} and c.ends_at > ${from} and (c.expires_at is null or c.expires_at > ${instant(unit.nowMs)})
  and (c.batch is null or not exists (select from claims.pending_batch p where p.org_id = c.org_id and p.batch = c.batch))`;

/** The claims that stand in a window. */
const standingIn = (unit: Unit, fromMs: number, toMs: number, further: RawBuilder<unknown>) =>
  ofEachLength(instant(fromMs), sql`${standing(unit, instant(fromMs), instant(toMs))} ${further}`);

async function columnsOf(unit: Unit, claims: RawBuilder<unknown>, limit: number): Promise<Slice> {
  const { rows } = await sql<{ columns: string; count: number }>`
    select json_build_object(
      'subject', json_agg(c.subject_id), 'start', json_agg(date_part('epoch', c.starts_at)), 'end', json_agg(date_part('epoch', c.ends_at)),
      'role', json_agg(c.role), 'attends', json_agg(c.attends), 'source', json_agg(c.source),
      'commitment', json_agg(c.commitment), 'occurrence', json_agg(c.occurrence))::text as columns, count(*) as count
    from (
      select t.subject_id, c.* from (${claims}) c join claims.timeline t on t.org_id = c.org_id and t.track = c.track
      limit ${limit}
    ) c`.execute(unit.db);
  return { text: rows[0]!.columns, count: rows[0]!.count };
}

export const takenTime = async (...question: Parameters<typeof takenText>): Promise<TakenTime[]> =>
  takenFrom([await takenText(...question)]);

type GuardedAsked = {
  readonly subjectIds: readonly string[];
  readonly fromMs: number;
  readonly toMs: number;
  readonly claimsMax: number;
};

/** What takes the time of some subjects in a window or reaches into it with its buffers: as `guardedFrom` reads it. */
export const guardedText = (unit: Unit, asked: GuardedAsked): Promise<string> => unit.together(guarded, asked);

const BUFFER_MAX = sql.raw(`interval '${BUFFER_MS_MAX / 1_000} seconds'`);

const guarded: Question<GuardedAsked, string> = async (asking, all) => {
  const from = sql`w.from_at - ${BUFFER_MAX}`;
  const ms = (moment: RawBuilder<unknown>) => sql`json_agg((date_part('epoch', ${moment}) * 1000)::bigint)`;
  const { rows } = await sql<{ columns: string }>`
    select (
      select json_build_object(
        'subjectId', json_agg(c.subject_id), 'startMs', ${ms(sql`c.starts_at`)}, 'endMs', ${ms(sql`c.ends_at`)},
        'guardStartMs', ${ms(sql`lower(c.guard)`)}, 'guardEndMs', ${ms(sql`upper(c.guard)`)}, 'site', json_agg(c.site),
        'source', json_agg(c.source), 'commitment', json_agg(c.commitment), 'label', json_agg(c.label))::text
      from (
        select t.subject_id, c.*
        from (${ofEachLength(from, sql`${standing(asking, from, sql`w.to_at + ${BUFFER_MAX}`)} and c.track = any(w.tracks)`)}) c
        join claims.timeline t on t.org_id = c.org_id and t.track = c.track
        where c.policy <> 'allow' and c.guard && tstzrange(w.from_at, w.to_at)
        limit ${Math.max(...all.map(({ claimsMax }) => claimsMax))}
      ) c
    ) as columns
    from ${askedWindows(asking.organisation, all)} order by w.n`.execute(asking.db);
  return rows.map(({ columns }) => columns);
};

/** When the next hold ends: until then what is taken stays so, if nothing changes. Null when nothing is held. */
export async function firstExpiryMs(unit: Unit): Promise<number | null> {
  const { rows } = await sql<{ expires_ms: number | null }>`
    select (date_part('epoch', min(expires_at)) * 1000)::bigint as expires_ms
    from claims.claim
    where org_id = ${unit.organisation} and status = 'held' and expires_at > ${at(unit.nowMs)}::timestamptz`.execute(
    unit.db,
  );
  return rows[0]!.expires_ms;
}

/** A person of two years has about 520 stretches. */
const OPEN_STRETCHES_MAX = 200_000;

/** Windows up to this long are cut from what is known of everybody's months. */
const KNOWN_WINDOW_MS = 32 * DAY_MS;
/** Of more subjects at once nothing is kept: they would drive out what all ask for. */
const KNOWN_SUBJECTS_MAX = 200;

/**
 * When subjects may be taken, in `[fromMs, toMs)`: as `openTimeFrom` reads it. A short window asks the database nothing once its
 * months are known (ADR 23).
 */
export async function openTimeText(
  unit: Unit,
  subjectIds: readonly string[],
  fromMs: number,
  toMs: number,
): Promise<string> {
  if (toMs - fromMs > KNOWN_WINDOW_MS || subjectIds.length > KNOWN_SUBJECTS_MAX)
    return readOpenTime(unit, subjectIds, fromMs, toMs);
  const beginMs = Math.floor(fromMs / KNOWN_WINDOW_MS) * KNOWN_WINDOW_MS;
  const months = await unit.knownEach(`open time from ${beginMs}`, subjectIds, async (ids) => {
    const open = openTimeFrom([await readOpenTime(unit, ids, beginMs, beginMs + 2 * KNOWN_WINDOW_MS)]);
    return new Map(ids.map((id) => [id, open.get(id) ?? null]));
  });
  return openTimeTextOf(months, { startMs: fromMs, endMs: toMs });
}

async function readOpenTime(unit: Unit, subjectIds: readonly string[], fromMs: number, toMs: number): Promise<string> {
  const { rows } = await sql<{ columns: string }>`${openTimeColumns(unit, subjectIds, fromMs, toMs)}`.execute(unit.db);
  return rows[0]!.columns;
}

function openTimeColumns(unit: Unit, subjectIds: readonly string[], fromMs: number, toMs: number) {
  const asked = sql`claims.timeline t where t.org_id = ${unit.organisation} and t.subject_id = any(${[...subjectIds]}::text[])`;
  const stands = sql`claims.availability a where a.org_id = ${unit.organisation} and a.track = t.track`;
  // "order by" makes the look for any stretch at all one in the index: for the first that comes the table is read, 4,000 rows a subject.
  // "offset 0" keeps one look-up for each subject: joined at large, the planner's plan for any question (from the sixth on)
  // reads every stretch there is, a second instead of 20 ms.
  return sql`
    select json_build_object(
      'known', (select json_agg(t.subject_id) from (select t.subject_id, (select true from ${stands} order by a.starts_at limit 1) as is_known from ${asked}) t
        where t.is_known),
      'subject', json_agg(o.subject_id), 'start', json_agg(date_part('epoch', o.starts_at)),
      'end', json_agg(date_part('epoch', o.ends_at)))::text as columns
    from (
      select t.subject_id, a.starts_at, a.ends_at
      from (select t.subject_id, t.track from ${asked} offset 0) t
      cross join lateral (
        select a.starts_at, a.ends_at from ${stands}
          and a.starts_at < ${at(toMs)}::timestamptz and a.ends_at > ${at(fromMs)}::timestamptz
          and a.starts_at >= ${at(fromMs - LONG_CLAIM_MS)}::timestamptz
        offset 0
      ) a
      limit ${OPEN_STRETCHES_MAX}
    ) o`;
}
