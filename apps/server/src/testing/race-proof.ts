import { randomBytes } from "node:crypto";
import pg from "pg";
import { systemClock } from "../platform/clock.ts";
import { openDatabase } from "../platform/db/database.ts";
import { idMaker } from "../platform/ids.ts";
import { silent } from "../platform/log.ts";

/** Runs one statement of the database's owner, below every policy. */
export type Query = <Row>(text: string) => Promise<Row[]>;

/** What the database itself says after a race, without any code of ours. */
export type Proof = {
  /** Stretches of one forbidding timeline that share time, buffers counted. */
  readonly overlaps: number;
  /** The same, worked out from bookings instead of claims. */
  readonly bookingsThatOverlap: number;
  /** Subjects of bookings that hold whose time nobody has taken for them. */
  readonly bookingsWithoutTime: number;
  /** Each a second for which everybody in it waited. */
  readonly deadlocks: number;
  readonly claims: number;
  readonly bookings: number;
};

export async function prove(query: Query): Promise<Proof> {
  const [row] = await query<Record<keyof Proof, string>>(`
    select
      (select count(*) from (
        select lower(guard) as begins, max(upper(guard)) over (partition by org_id, track order by lower(guard), id
          rows between unbounded preceding and 1 preceding) as before
        from claims.claim where policy = 'forbid' and status <> 'contested') guarded where before > begins) as overlaps,
      (select count(*) from (
        select begins, max(ends) over (partition by org_id, subject order by begins, id
          rows between unbounded preceding and 1 preceding) as before
        from (
          select b.org_id, b.id, s.subject,
            b.starts_at - (b.terms ->> 'bufferBeforeMinutes')::integer * interval '1 minute' as begins,
            b.ends_at + (b.terms ->> 'bufferAfterMinutes')::integer * interval '1 minute' as ends
          from bookings.booking b, unnest(b.subjects) as s(subject)
          where b.state in ('requested', 'confirmed')) taken) ordered where before > begins) as "bookingsThatOverlap",
      (select count(*) from bookings.booking b, unnest(b.subjects) as s(subject)
        where b.state in ('requested', 'confirmed') and not exists (
          select from claims.claim c join claims.timeline t on t.org_id = c.org_id and t.track = c.track
          where c.org_id = b.org_id and c.source = 'bookings' and c.commitment = b.session_id and t.subject_id = s.subject
            and c.status = 'confirmed' and c.starts_at = b.starts_at and c.ends_at = b.ends_at)) as "bookingsWithoutTime",
      (select deadlocks from pg_stat_database where datname = current_database()) as deadlocks,
      (select count(*) from claims.claim) as claims,
      (select count(*) from bookings.booking where state in ('requested', 'confirmed')) as bookings`);
  return {
    overlaps: Number(row!.overlaps),
    bookingsThatOverlap: Number(row!.bookingsThatOverlap),
    bookingsWithoutTime: Number(row!.bookingsWithoutTime),
    deadlocks: Number(row!.deadlocks),
    claims: Number(row!.claims),
    bookings: Number(row!.bookings),
  };
}

/** The starts at which a subject is taken now, and for how many commitments each. */
export async function startsTaken(query: Query, subjectId: string, nowMs: number): Promise<{ startMs: number }[]> {
  const rows = await query<{ start_ms: string }>(`
    select distinct (date_part('epoch', c.starts_at) * 1000)::bigint as start_ms, c.commitment
    from claims.claim c join claims.timeline t on t.org_id = c.org_id and t.track = c.track
    where t.subject_id = '${subjectId}' and c.status <> 'contested'
      and (c.expires_at is null or c.expires_at > to_timestamp(${nowMs} / 1000.0))`);
  return rows.map(({ start_ms }) => ({ startMs: Number(start_ms) }));
}

/** The embedded database in a directory that no process uses any more. */
export async function queryOfDirectory(dataDir: string): Promise<AsyncDisposable & { readonly query: Query }> {
  const ids = idMaker(systemClock, randomBytes);
  const database = await openDatabase({ dataDir, durable: false }, { clock: systemClock, log: silent, ids });
  return {
    query: <Row>(text: string) =>
      database.asOwner(async ({ pool }) => (await pool.query(text)).rows as unknown as Row[]),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}

/** A PostgreSQL, as its superuser. */
export async function queryOfServer(url: string): Promise<AsyncDisposable & { readonly query: Query }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return {
    query: async <Row>(text: string) => (await client.query(text)).rows as Row[],
    [Symbol.asyncDispose]: () => client.end(),
  };
}
