import { sql, type RawBuilder } from "kysely";
import { isExcluded, LeftRound, Overtaken, type Question, type Unit } from "../../platform/db/database.ts";
import { guardOf } from "./decide.ts";
import {
  BRIEF_CLAIM_MS,
  LONG_CLAIM_MS,
  type CommitmentKey,
  type OverlapPolicy,
  type Source,
  type StandingClaim,
  type Stretch,
} from "./model.ts";
import type { ClaimTables } from "./tables.ts";

export type Timeline = {
  readonly subjectId: string;
  readonly track: number;
  readonly policy: OverlapPolicy;
  readonly zone: string;
};

export const at = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString();

/** Opens the timelines of new subjects. */
export async function insertTimelines(
  unit: Unit,
  subjects: readonly {
    readonly id: string;
    readonly policy: OverlapPolicy;
    readonly capacity: number | null;
    readonly zone: string;
  }[],
): Promise<void> {
  if (subjects.length === 0) return;
  await unit
    .tables<ClaimTables>()
    .insertInto("claims.timeline")
    .values(
      subjects.map(({ id, policy, capacity, zone }) => ({
        org_id: unit.organisation,
        subject_id: id,
        policy,
        capacity,
        zone,
      })),
    )
    .execute();
}

/** Brings the timeline of a subject up to what the subject is now. What is claimed on it stays as it was claimed. */
export async function updateTimeline(
  unit: Unit,
  subject: {
    readonly id: string;
    readonly policy: OverlapPolicy;
    readonly capacity: number | null;
    readonly zone: string;
  },
): Promise<void> {
  await unit
    .tables<ClaimTables>()
    .updateTable("claims.timeline")
    .set({ policy: subject.policy, capacity: subject.capacity, zone: subject.zone })
    .where("org_id", "=", unit.organisation)
    .where("subject_id", "=", subject.id)
    .execute();
}

/** How much is claimed of a subject from an instant on, counted to `AHEAD_MAX`, and when the first of it starts. */
export async function timeAhead(
  unit: Unit,
  subjectId: string,
  fromMs: number,
): Promise<{ readonly count: number; readonly firstMs: number | null }> {
  const { rows } = await sql<{ count: number; first_ms: number | null }>`
    select count(*) as count, (date_part('epoch', min(starts_at)) * 1000)::bigint as first_ms from (
      select c.starts_at from claims.timeline t join claims.claim c on c.org_id = t.org_id and c.track = t.track
      where t.org_id = ${unit.organisation} and t.subject_id = ${subjectId} and c.starts_at >= ${at(fromMs)}::timestamptz
      order by c.starts_at limit ${AHEAD_MAX}
    ) ahead`.execute(unit.db);
  return { count: rows[0]!.count, firstMs: rows[0]!.first_ms };
}

const AHEAD_MAX = 1_000;

/** Locks timelines until the commit, in the one order that nobody breaks: by track. What is read now still holds then. */
export async function lockTimelines(unit: Unit, subjectIds: readonly string[]): Promise<Timeline[]> {
  await unit.exclusively(subjectIds);
  const { rows } = await sql<TimelineRow>`
    select subject_id, track, policy, zone from claims.timeline
    where org_id = ${unit.organisation} and subject_id = any(${[...subjectIds]}::text[])
    order by track for no key update ${skippingLocked(unit)}`.execute(unit.db);
  assertAllLocked(unit, subjectIds, rows.length);
  return rows.map(({ subject_id, track, policy, zone }) => ({ subjectId: subject_id, track, policy, zone }));
}

type TimelineRow = { subject_id: string; track: number; policy: OverlapPolicy; zone: string };

/** Several units in one transaction lock in no common order, so none of them waits for who is in another. */
const skippingLocked = ({ isShared }: Pick<Unit, "isShared">) => (isShared ? sql`skip locked` : sql``);

function assertAllLocked({ isShared }: Unit, subjectIds: readonly string[], locked: number): void {
  if (isShared && locked < new Set(subjectIds).size) throw new LeftRound("a timeline is held by somebody else");
}

/** Those of some commitments whose time is still taken: a hold that ended and was taken over is none of them, wherever the clock went since. */
export async function standingCommitments(
  unit: Unit,
  source: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const { rows } = await sql<{ commitment: string }>`
    select distinct commitment from claims.claim
    where org_id = ${unit.organisation} and source = ${source} and commitment = any(${[...ids]}::text[])`.execute(
    unit.db,
  );
  return new Set(rows.map(({ commitment }) => commitment));
}

/**
 * What some commitments have taken. "offset 0" keeps one look-up for each: asked for at large, the planner's plan for any question (from
 * the sixth on) reads every claim there is and compares it with 600 names, 120 ms of a roster's publication.
 */
const ofCommitments = ({ organisation }: Unit, source: string, ids: readonly string[]) => sql`(
    select c.* from unnest(${[...ids]}::text[]) as named(id)
    cross join lateral (
      select * from claims.claim where org_id = ${organisation} and source = ${source} and commitment = named.id
      offset 0
    ) c
  )`;

/** Subjects on whose timelines the commitments stand now. */
export async function subjectsOfCommitments(unit: Unit, source: string, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ subject_id: string }>`
    select distinct t.subject_id
    from ${ofCommitments(unit, source, ids)} c join claims.timeline t on t.org_id = c.org_id and t.track = c.track`.execute(
    unit.db,
  );
  return rows.map((row) => row.subject_id);
}

/**
 * The same, and takes the holds away that ran out on them: before anything is taken, in one statement. One that ended while the
 * locks were waited for was there before, for a hold lasts a minute at least. Whoever shares the transaction is kept out by
 * `Unit.exclusively`, which is asked for before.
 */
export async function lockForTaking(unit: Unit, subjectIds: readonly string[]): Promise<readonly Locked[]> {
  const locked = await unit.together(unit.isShared ? lockedIfFree : lockedInTurn, subjectIds);
  assertAllLocked(unit, subjectIds, locked.length);
  return locked;
}

type Locked = Pick<Timeline, "subjectId" | "track">;

const lockedFor =
  (waiting: { readonly isShared: boolean }): Question<readonly string[], readonly Locked[]> =>
  async ({ db, organisation, nowMs }, all) => {
    const { rows } = await sql<{ subject_id: string; track: number }>`
      with locked as materialized (
        select subject_id, track from claims.timeline
        where org_id = ${organisation} and subject_id = any(${[...new Set(all.flat())]}::text[])
        order by track for no key update ${skippingLocked(waiting)}
      ), gone as (
        delete from claims.claim
        where org_id = ${organisation} and track = any(array(select track from locked))
          and status = 'held' and expires_at <= ${at(nowMs)}::timestamptz
      )
      select subject_id, track from locked`.execute(db);
    const locked = new Map(rows.map(({ subject_id, track }) => [subject_id, { subjectId: subject_id, track }]));
    return all.map((subjectIds) => [...new Set(subjectIds)].flatMap((id) => locked.get(id) ?? []));
  };
const lockedIfFree = lockedFor({ isShared: true });
const lockedInTurn = lockedFor({ isShared: false });

/**
 * Makes what a commitment holds stay: how many subjects it has now, those that stayed before counted. Who finds fewer than they
 * held came too late. Locks their timelines, so that nobody takes over what has just ended meanwhile.
 */
export async function confirmHolds(
  unit: Unit,
  { source, id }: CommitmentKey,
  subjectIds: readonly string[],
): Promise<number> {
  await lockTimelines(unit, subjectIds);
  const { rows } = await sql<{ count: number }>`
    with confirmed as (
      update claims.claim set status = 'confirmed', expires_at = null
      where org_id = ${unit.organisation} and source = ${source} and commitment = ${id}
        and status = 'held' and expires_at > ${at(unit.nowMs)}::timestamptz
      returning 1
    )
    select (select count(*) from confirmed)::integer + (
      select count(*) from claims.claim where org_id = ${unit.organisation} and source = ${source} and commitment = ${id}
        and status = 'confirmed')::integer as count`.execute(unit.db);
  return rows[0]!.count;
}

/** Lets what a commitment holds last longer; what stays already, stays. */
export async function prolongHolds(unit: Unit, { source, id }: CommitmentKey, expiresAtMs: number): Promise<void> {
  await sql`
    update claims.claim set expires_at = greatest(expires_at, ${at(expiresAtMs)}::timestamptz)
    where org_id = ${unit.organisation} and source = ${source} and commitment = ${id} and status = 'held'`.execute(
    unit.db,
  );
}

type ClaimRow = {
  id: number;
  track: number;
  subject_id: string;
  start_ms: number;
  end_ms: number;
  guard_start_ms: number;
  guard_end_ms: number;
  expires_ms: number | null;
  status: StandingClaim["status"];
  policy: OverlapPolicy;
  role: StandingClaim["role"];
  attends: boolean;
  source: Source;
  commitment: string;
  occurrence: string;
  label: string;
};

const columns = sql`
  c.id, c.track, t.subject_id, c.status, c.policy, c.role, c.attends, c.source, c.commitment, c.occurrence, c.label,
  (date_part('epoch', c.starts_at) * 1000)::bigint as start_ms, (date_part('epoch', c.ends_at) * 1000)::bigint as end_ms,
  (date_part('epoch', lower(c.guard)) * 1000)::bigint as guard_start_ms, (date_part('epoch', upper(c.guard)) * 1000)::bigint as guard_end_ms,
  (date_part('epoch', c.expires_at) * 1000)::bigint as expires_ms`;

const toClaim = (row: ClaimRow): StandingClaim & { expiresAtMs: number | null } => ({
  id: row.id,
  track: row.track,
  subjectId: row.subject_id,
  startMs: row.start_ms,
  endMs: row.end_ms,
  guardStartMs: row.guard_start_ms,
  guardEndMs: row.guard_end_ms,
  status: row.status,
  policy: row.policy,
  role: row.role,
  attends: row.attends,
  source: row.source,
  commitment: row.commitment,
  occurrence: row.occurrence,
  label: row.label,
  expiresAtMs: row.expires_ms,
});

/** All that some commitments have taken. */
export async function claimsOfCommitments(unit: Unit, source: string, ids: readonly string[]) {
  const { rows } = await sql<ClaimRow>`
    select ${columns}
    from ${ofCommitments(unit, source, ids)} c join claims.timeline t on t.org_id = c.org_id and t.track = c.track`.execute(
    unit.db,
  );
  return rows.map(toClaim);
}

/** Claims of a window that begins at `from`, of which `holds` is true: one index range for each length, as short as it can be. */
export function ofEachLength(from: RawBuilder<unknown>, holds: RawBuilder<unknown>) {
  const since = (lengthMs: number) =>
    sql`c.starts_at >= ${from} - ${sql.raw(`interval '${lengthMs / 1_000} seconds'`)}`;
  return sql`
    select * from claims.claim c where ${holds} and c.is_brief and ${since(BRIEF_CLAIM_MS)}
    union all
    select * from claims.claim c where ${holds} and not c.is_brief and not c.is_long and ${since(LONG_CLAIM_MS)}
    union all
    select * from claims.claim c where ${holds} and c.is_long`;
}

export const instant = (ms: number): RawBuilder<unknown> => sql`${at(ms)}::timestamptz`;

/** Windows of some subjects as rows `w`: their number in `all`, `tracks`, `from_at` and `to_at`. */
export const askedWindows = (
  organisation: number,
  all: readonly { readonly subjectIds: readonly string[]; readonly fromMs: number; readonly toMs: number }[],
) => sql`(
    select q.n, to_timestamp(q.from_ms / 1000.0) as from_at, to_timestamp(q.to_ms / 1000.0) as to_at,
      array(select track from claims.timeline t where t.org_id = ${organisation} and t.subject_id = any(q.subjects)) as tracks
    from jsonb_to_recordset(${JSON.stringify(
      all.map(({ subjectIds, fromMs, toMs }, n) => ({ n, subjects: subjectIds, from_ms: fromMs, to_ms: toMs })),
    )}::jsonb) as q(n integer, subjects text[], from_ms bigint, to_ms bigint)
    offset 0
  ) w`;

type WindowAsked = {
  readonly subjectIds: readonly string[];
  readonly fromMs: number;
  readonly toMs: number;
};

type ReadOptions = { readonly withPending: boolean; readonly limit: number };

/** What stands on some timelines (all when null) in `[fromMs, toMs)`, holds that ran out left out. */
export async function claimsInWindow(
  unit: Unit,
  subjectIds: readonly string[] | null,
  fromMs: number,
  toMs: number,
  { withPending, limit }: ReadOptions,
): Promise<readonly StandingClaim[]> {
  if (subjectIds !== null)
    return unit.together(withPending ? standingOrPending : standing, { subjectIds, fromMs, toMs, limit });
  const { rows } = await sql<ClaimRow>`${standingRows(unit, {
    from: instant(fromMs),
    to: instant(toMs),
    further: withPending ? sql`` : notPending,
    limit: sql`${limit}`,
  })}`.execute(unit.db);
  return rows.map(toClaim);
}

const notPending = sql`and (c.batch is null or not exists (select from claims.pending_batch p where p.org_id = c.org_id and p.batch = c.batch))`;

function standingRows(
  { organisation, nowMs }: Pick<Unit, "organisation" | "nowMs">,
  { from, to, further, limit }: { readonly [Name in "from" | "to" | "further" | "limit"]: RawBuilder<unknown> },
) {
  const stands = sql`c.org_id = ${organisation} and c.starts_at < ${to} and c.ends_at > ${from}
    and (c.expires_at is null or c.expires_at > ${instant(nowMs)}) ${further}`;
  return sql`
    select ${columns} from (${ofEachLength(from, stands)}) c join claims.timeline t on t.org_id = c.org_id and t.track = c.track
    limit ${limit}`;
}

const standingWhere =
  (further: RawBuilder<unknown>): Question<WindowAsked & Pick<ReadOptions, "limit">, readonly StandingClaim[]> =>
  async (asking, all) => {
    const rows = await sql<ClaimRow & { n: number }>`
      select w.n, c.* from ${askedWindows(asking.organisation, all)}
      cross join lateral (${standingRows(asking, {
        from: sql`w.from_at`,
        to: sql`w.to_at`,
        further: sql`and c.track = any(w.tracks) ${further}`,
        limit: sql`${Math.max(...all.map(({ limit }) => limit))}`,
      })}) c`.execute(asking.db);
    const claims = Map.groupBy(rows.rows, ({ n }) => n);
    return all.map((_, n) => (claims.get(n) ?? []).map(toClaim));
  };
const standing = standingWhere(notPending);
const standingOrPending = standingWhere(sql``);

export async function deleteClaims(unit: Unit, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`delete from claims.claim where org_id = ${unit.organisation} and id = any(${ids}::bigint[])`.execute(
    unit.db,
  );
}

export type NewClaim = { readonly key: CommitmentKey; readonly batch: string | null; readonly stretch: Stretch };

/**
 * Takes what is free and says which were not: positions in `claims`. Races are settled here, by PostgreSQL, in one
 * sorted statement: unsorted rows of several subjects deadlock.
 */
export async function insertClaims(
  unit: Unit,
  claims: readonly NewClaim[],
  trackOf: (subjectId: string) => number,
): Promise<readonly number[]> {
  if (claims.length === 0) return [];
  return unit.together(
    stored,
    claims.map((claim, position) => toRow(claim, position, trackOf)),
  );
}

/**
 * Takes what was seen to be free under the locks, and leaves nothing: where somebody has it all the same the unit runs again (`Overtaken`). Costs three
 * quarters of `insertClaims`, for which PostgreSQL looks twice who is there.
 */
export async function insertFreeClaims(
  unit: Unit,
  claims: readonly NewClaim[],
  trackOf: (subjectId: string) => number,
): Promise<readonly []> {
  if (claims.length === 0) return [];
  const rows = claims.map((claim, position) => toRow(claim, position, trackOf));
  try {
    await insertion(unit.organisation, rows).execute(unit.db);
    return [];
  } catch (error) {
    if (!isExcluded(error, "claim_one_at_a_time")) throw error;
    throw new Overtaken("time that was free under the locks is taken", { cause: error });
  }
}

const stored: Question<readonly ClaimToWrite[], readonly number[]> = async ({ db, organisation }, all) => {
  // `on conflict do nothing` and not a caught violation: an error would end the transaction before anyone could explain.
  const { rows } = await sql<{ track: number; start_ms: number; commitment: string; occurrence: string }>`
    ${insertion(organisation, all.flat())}
    on conflict on constraint claim_one_at_a_time do nothing
    returning track, (date_part('epoch', starts_at) * 1000)::bigint as start_ms, commitment, occurrence`.execute(db);
  const got = new Set(rows.map(nameOfClaim));
  return all.map((claims) => claims.flatMap((claim) => (got.has(nameOfClaim(claim)) ? [] : [claim.position])));
};

type ClaimToWrite = ReturnType<typeof toRow>;

/** In columns: of thousands of rows as JSON the reading costs a tenth of the whole. */
function insertion(organisation: number, claims: readonly ClaimToWrite[]): RawBuilder<unknown> {
  const column = <Name extends keyof ClaimToWrite>(name: Name) => claims.map((claim) => claim[name]);
  return sql`
    insert into claims.claim (org_id, track, starts_at, ends_at, guard, status, expires_at, policy, role, attends, places, site,
      source, commitment, occurrence, label, wall_start, zone, batch)
    select ${organisation}, r.track, to_timestamp(r.start_ms / 1000.0), to_timestamp(r.end_ms / 1000.0),
      tstzrange(to_timestamp(r.guard_start_ms / 1000.0), to_timestamp(r.guard_end_ms / 1000.0)),
      r.status, to_timestamp(r.expires_ms / 1000.0), r.policy, r.role, r.attends, r.places, r.site,
      r.source, r.commitment, r.occurrence, r.label, r.wall_start, r.zone, r.batch
    from unnest(${column("track")}::bigint[], ${column("start_ms")}::bigint[], ${column("end_ms")}::bigint[],
      ${column("guard_start_ms")}::bigint[], ${column("guard_end_ms")}::bigint[], ${column("status")}::text[],
      ${column("expires_ms")}::bigint[], ${column("policy")}::text[], ${column("role")}::text[], ${column("attends")}::boolean[],
      ${column("places")}::integer[], ${column("site")}::text[], ${column("source")}::text[], ${column("commitment")}::text[],
      ${column("occurrence")}::text[], ${column("label")}::text[], ${column("wall_start")}::text[], ${column("zone")}::text[],
      ${column("batch")}::text[]) with ordinality as r(track, start_ms, end_ms, guard_start_ms, guard_end_ms, status, expires_ms,
      policy, role, attends, places, site, source, commitment, occurrence, label, wall_start, zone, batch, position)
    order by r.track, r.start_ms, r.position`;
}

const nameOfClaim = ({
  track,
  start_ms,
  commitment,
  occurrence,
}: Pick<ClaimToWrite, "track" | "start_ms" | "commitment" | "occurrence">): string =>
  `${track}|${start_ms}|${commitment}|${occurrence}`;

/** Writes claims that ask for taken time: they take nothing, and are conflicts from now on. */
export async function insertContested(
  unit: Unit,
  claims: readonly NewClaim[],
  trackOf: (subjectId: string) => number,
): Promise<void> {
  if (claims.length === 0) return;
  const rows = JSON.stringify(
    claims.map((claim, position) => ({ ...toRow(claim, position, trackOf), status: "contested" })),
  );
  await sql`
    insert into claims.claim (org_id, track, starts_at, ends_at, guard, status, policy, role, attends, places, site,
      source, commitment, occurrence, label, wall_start, zone, batch)
    select ${unit.organisation}, r.track, to_timestamp(r.start_ms / 1000.0), to_timestamp(r.end_ms / 1000.0),
      tstzrange(to_timestamp(r.guard_start_ms / 1000.0), to_timestamp(r.guard_end_ms / 1000.0)),
      'contested', r.policy, r.role, r.attends, r.places, r.site, r.source, r.commitment, r.occurrence, r.label, r.wall_start, r.zone, r.batch
    from jsonb_to_recordset(${rows}::jsonb) as r(track bigint, start_ms bigint, end_ms bigint, guard_start_ms bigint,
      guard_end_ms bigint, policy text, role text, attends boolean, places integer, site text,
      source text, commitment text, occurrence text, label text, wall_start text, zone text, batch text)`.execute(
    unit.db,
  );
}

/** Contested claims that lie in time just given back, oldest first: some of them may now be taken. */
export async function contestedIn(unit: Unit, given: readonly StandingClaim[]): Promise<number[]> {
  if (given.length === 0) return [];
  const { rows } = await sql<{ id: number }>`
    select distinct c.id from claims.claim c
    join unnest(${given.map((claim) => claim.track)}::bigint[], ${given.map((claim) => at(claim.guardStartMs))}::timestamptz[],
      ${given.map((claim) => at(claim.guardEndMs))}::timestamptz[]) as g(track, starts_at, ends_at)
      on g.track = c.track and c.starts_at < g.ends_at and c.ends_at > g.starts_at
    where c.org_id = ${unit.organisation} and c.status = 'contested'
    order by c.id limit 1000`.execute(unit.db);
  return rows.map((row) => row.id);
}

/** Takes contested claims again: deleted and inserted (never updated), so that the constraint judges each. */
export async function retakeContested(unit: Unit, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    with gone as (
      delete from claims.claim where org_id = ${unit.organisation} and id = any(${ids}::bigint[]) returning *
    ), taken as (
      insert into claims.claim (org_id, track, starts_at, ends_at, guard, status, policy, role, attends, places, site, source,
        commitment, occurrence, label, wall_start, zone, batch)
      select org_id, track, starts_at, ends_at, guard, 'confirmed', policy, role, attends, places, site, source,
        commitment, occurrence, label, wall_start, zone, batch
      from gone order by track, starts_at
      on conflict on constraint claim_one_at_a_time do nothing
      returning track, starts_at, commitment, occurrence
    )
    insert into claims.claim (org_id, track, starts_at, ends_at, guard, status, policy, role, attends, places, site, source,
      commitment, occurrence, label, wall_start, zone, batch)
    select org_id, track, starts_at, ends_at, guard, 'contested', policy, role, attends, places, site, source,
      commitment, occurrence, label, wall_start, zone, batch
    from gone g
    where not exists (select from taken t where t.track = g.track and t.starts_at = g.starts_at
      and t.commitment = g.commitment and t.occurrence = g.occurrence)`.execute(unit.db);
}

function toRow({ key, batch, stretch }: NewClaim, position: number, trackOf: (subjectId: string) => number) {
  const guard = guardOf(stretch);
  return {
    track: trackOf(stretch.subjectId),
    start_ms: stretch.startMs,
    end_ms: stretch.endMs,
    guard_start_ms: guard.startMs,
    guard_end_ms: guard.endMs,
    status: stretch.expiresAtMs === null ? "confirmed" : "held",
    expires_ms: stretch.expiresAtMs,
    policy: stretch.policy,
    role: stretch.role,
    attends: stretch.attends,
    places: stretch.places,
    site: stretch.site,
    source: key.source,
    commitment: key.id,
    occurrence: stretch.occurrence,
    label: stretch.label,
    wall_start: stretch.wallStart,
    zone: stretch.zone,
    batch,
    position,
  };
}

export async function insertPendingBatch(unit: Unit, batch: string): Promise<void> {
  await unit
    .tables<ClaimTables>()
    .insertInto("claims.pending_batch")
    .values({ org_id: unit.organisation, batch })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function deletePendingBatch(unit: Unit, batch: string): Promise<void> {
  await unit
    .tables<ClaimTables>()
    .deleteFrom("claims.pending_batch")
    .where("org_id", "=", unit.organisation)
    .where("batch", "=", batch)
    .execute();
}

/** Replaces a subject's availability within `[fromMs, toMs)`. */
export async function replaceAvailability(
  unit: Unit,
  track: number,
  fromMs: number,
  toMs: number,
  stretches: readonly { readonly startMs: number; readonly endMs: number; readonly reason: string }[],
): Promise<void> {
  await sql`delete from claims.availability where org_id = ${unit.organisation} and track = ${track}
    and starts_at >= ${at(fromMs)}::timestamptz and starts_at < ${at(toMs)}::timestamptz`.execute(unit.db);
  await sql`insert into claims.availability (org_id, track, starts_at, ends_at, reason)
    select ${unit.organisation}, ${track}, s.starts_at, s.ends_at, s.reason
    from unnest(${stretches.map((s) => at(s.startMs))}::timestamptz[], ${stretches.map((s) => at(s.endMs))}::timestamptz[],
      ${stretches.map((s) => s.reason)}::text[]) as s(starts_at, ends_at, reason)`.execute(unit.db);
}

export async function availabilityInWindow(unit: Unit, subjectIds: readonly string[], fromMs: number, toMs: number) {
  const { rows } = await sql<{ subject_id: string; start_ms: number; end_ms: number; reason: string }>`
    select t.subject_id, (date_part('epoch', a.starts_at) * 1000)::bigint as start_ms,
      (date_part('epoch', a.ends_at) * 1000)::bigint as end_ms, a.reason
    from claims.timeline t join claims.availability a on a.org_id = t.org_id and a.track = t.track
    where t.org_id = ${unit.organisation} and t.subject_id = any(${[...subjectIds]}::text[])
      and a.starts_at < ${at(toMs)}::timestamptz and a.ends_at > ${at(fromMs)}::timestamptz
      and a.starts_at >= ${at(fromMs - LONG_CLAIM_MS)}::timestamptz
    order by t.subject_id, a.starts_at limit 50000`.execute(unit.db);
  return rows.map((row) => ({
    subjectId: row.subject_id,
    startMs: row.start_ms,
    endMs: row.end_ms,
    reason: row.reason,
  }));
}
