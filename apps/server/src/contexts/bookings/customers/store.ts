import { sql } from "kysely";
import { limits } from "@hourwright/contract";
import type { Unit } from "../../../platform/db/database.ts";
import { forgetComments } from "../rating/store.ts";
import { forgetFilesOf } from "../files/store.ts";
import { at } from "../store.ts";

/** A customer as the database holds them: nothing of it can be read without the server's keys. */
export type SealedRecord = {
  readonly id: string;
  readonly sealed: Buffer;
  readonly notes: Buffer | null;
  readonly madeMs: number;
  readonly version: number;
};

/** What their bookings come to. */
export type Visits = {
  readonly bookings: number;
  readonly cancelled: number;
  readonly noShows: number;
  readonly lastMs: number | null;
  readonly nextMs: number | null;
};

export type Consent = { readonly text: string; readonly givenMs: number; readonly withdrawnMs: number | null };

type Row = { id: string; sealed: Buffer; notes: Buffer | null; made_ms: number; version: number };
const columns = sql`id, sealed, notes, (date_part('epoch', made_at) * 1000)::bigint as made_ms, version`;
const toRecord = ({ id, sealed, notes, made_ms, version }: Row): SealedRecord => ({
  id,
  sealed,
  notes,
  madeMs: made_ms,
  version,
});

/** Who became known last first, from the one after `beforeId` on. */
export async function latestCustomers(unit: Unit, beforeId: string | null, limit: number): Promise<SealedRecord[]> {
  const { rows } = await sql<Row>`
    select ${columns} from bookings.customer
    where org_id = ${unit.organisation} ${beforeId === null ? sql`` : sql`and id < ${beforeId}`}
    order by id desc limit ${limit}`.execute(unit.db);
  return rows.map(toRecord);
}

export async function customerById(unit: Unit, id: string): Promise<SealedRecord | null> {
  const { rows } = await sql<Row>`
    select ${columns} from bookings.customer where org_id = ${unit.organisation} and id = ${id}`.execute(unit.db);
  return rows.map(toRecord)[0] ?? null;
}

export async function lockCustomer(unit: Unit, id: string): Promise<SealedRecord | null> {
  const { rows } = await sql<Row>`
    select ${columns} from bookings.customer where org_id = ${unit.organisation} and id = ${id} for update`.execute(
    unit.db,
  );
  return rows.map(toRecord)[0] ?? null;
}

/** Those of these addresses that are known, locked, by the keyed hash of the address. */
export async function lockByAddress(
  unit: Unit,
  emailKeys: readonly string[],
): Promise<ReadonlyMap<string, SealedRecord>> {
  const { rows } = await sql<Row & { email_key: string }>`
    select email_key, ${columns} from bookings.customer
    where org_id = ${unit.organisation} and email_key = any(${[...emailKeys]}::text[]) order by id for update`.execute(
    unit.db,
  );
  return new Map(rows.map((row) => [row.email_key, toRecord(row)]));
}

export type NewRecord = {
  readonly id: string;
  readonly emailKey: string;
  readonly sealed: Buffer;
  readonly notes: Buffer | null;
};

/** How many of them are new: who has an address that somebody else has meanwhile is left out. */
export async function insertCustomers(unit: Unit, records: readonly NewRecord[]): Promise<number> {
  if (records.length === 0) return 0;
  const { rows } = await sql`
    insert into bookings.customer (org_id, id, email_key, sealed, notes, made_at)
    select ${unit.organisation}, r.id, r.email_key, decode(r.sealed, 'base64'), decode(r.notes, 'base64'), ${at(unit.nowMs)}::timestamptz
    from jsonb_to_recordset(${asRows(records)}::jsonb) as r(id text, email_key text, sealed text, notes text)
    on conflict (org_id, email_key) do nothing returning id`.execute(unit.db);
  return rows.length;
}

/** False where another customer has one of the addresses. */
export async function updateCustomers(unit: Unit, records: readonly NewRecord[]): Promise<boolean> {
  if (records.length === 0) return true;
  const keys = records.map(({ emailKey }) => emailKey);
  const ids = records.map(({ id }) => id);
  const { rows } = await sql`
    select from bookings.customer c
    join unnest(${ids}::text[], ${keys}::text[]) as r(id, email_key) on c.email_key = r.email_key and c.id <> r.id
    where c.org_id = ${unit.organisation} limit 1`.execute(unit.db);
  if (rows.length > 0) return false;
  await sql`
    update bookings.customer c set email_key = r.email_key, sealed = decode(r.sealed, 'base64'),
      notes = decode(r.notes, 'base64'), version = c.version + 1
    from jsonb_to_recordset(${asRows(records)}::jsonb) as r(id text, email_key text, sealed text, notes text)
    where c.org_id = ${unit.organisation} and c.id = r.id`.execute(unit.db);
  return true;
}

const asRows = (records: readonly NewRecord[]): string =>
  JSON.stringify(
    records.map(({ id, emailKey, sealed, notes }) => ({
      id,
      email_key: emailKey,
      sealed: sealed.toString("base64"),
      notes: notes?.toString("base64") ?? null,
    })),
  );

/** What was booked stays, and says nothing of who it was any more. */
export async function eraseCustomer(unit: Unit, id: string): Promise<void> {
  await forgetFilesOf(unit, id);
  await sql`
    update bookings.booking set answers = '[]', reason = '', given = null, version = version + 1
    where org_id = ${unit.organisation} and customer_id = ${id}`.execute(unit.db);
  await forgetComments(unit, id);
  await sql`delete from bookings.customer where org_id = ${unit.organisation} and id = ${id}`.execute(unit.db);
}

export async function isExpected(unit: Unit, id: string): Promise<boolean> {
  const { rows } = await sql`
    select from bookings.booking
    where org_id = ${unit.organisation} and customer_id = ${id} and state in ('requested', 'confirmed')
      and ends_at > ${at(unit.nowMs)}::timestamptz limit 1`.execute(unit.db);
  return rows.length > 0;
}

export async function visitsOf(unit: Unit, ids: readonly string[]): Promise<ReadonlyMap<string, Visits>> {
  const now = sql`${at(unit.nowMs)}::timestamptz`;
  const { rows } = await sql<{
    customer_id: string;
    bookings: number;
    cancelled: number;
    no_shows: number;
    last_ms: number | null;
    next_ms: number | null;
  }>`
    select customer_id, count(*)::integer as bookings,
      (count(*) filter (where state in ('cancelled', 'declined')))::integer as cancelled,
      (count(*) filter (where state = 'no-show'))::integer as no_shows,
      (date_part('epoch', max(starts_at) filter (where starts_at <= ${now} and state in ('confirmed', 'completed'))) * 1000)::bigint as last_ms,
      (date_part('epoch', min(starts_at) filter (where starts_at > ${now} and state in ('requested', 'confirmed'))) * 1000)::bigint as next_ms
    from bookings.booking
    where org_id = ${unit.organisation} and customer_id = any(${[...ids]}::text[])
    group by customer_id`.execute(unit.db);
  return new Map(
    rows.map((row) => [
      row.customer_id,
      {
        bookings: row.bookings,
        cancelled: row.cancelled,
        noShows: row.no_shows,
        lastMs: row.last_ms,
        nextMs: row.next_ms,
      },
    ]),
  );
}

/** What was given with a booking, encrypted. */
export type GivenWith = { readonly bookingId: string; readonly startMs: number; readonly given: Buffer };

/** Bookings of a customer whose details are looked at for what was said otherwise. */
const GIVEN_MAX = 20;

/** What was given with their last bookings where it was not what stood, the last first. */
export async function givenLast(unit: Unit, ids: readonly string[]): Promise<ReadonlyMap<string, GivenWith[]>> {
  const { rows } = await sql<{ customer_id: string; id: string; start_ms: number; given: Buffer }>`
    select b.customer_id, b.id, (date_part('epoch', b.starts_at) * 1000)::bigint as start_ms, b.given
    from unnest(${[...ids]}::text[]) as c(id), lateral (
      select * from bookings.booking
      where org_id = ${unit.organisation} and customer_id = c.id and given is not null
      order by made_at desc limit ${GIVEN_MAX}) b
    order by b.made_at desc, b.id`.execute(unit.db);
  const byCustomer = Map.groupBy(rows, (row) => row.customer_id);
  return new Map(
    [...byCustomer].map(([id, given]) => [
      id,
      given.map((row) => ({ bookingId: row.id, startMs: row.start_ms, given: row.given })),
    ]),
  );
}

/** Consents told of one customer. */
const CONSENTS_MAX = 50;

export async function consentsOf(unit: Unit, ids: readonly string[]): Promise<ReadonlyMap<string, Consent[]>> {
  const { rows } = await sql<{ customer_id: string; text: string; given_ms: number; withdrawn_ms: number | null }>`
    select customer_id, text, (date_part('epoch', given_at) * 1000)::bigint as given_ms,
      (date_part('epoch', withdrawn_at) * 1000)::bigint as withdrawn_ms
    from bookings.consent where org_id = ${unit.organisation} and customer_id = any(${[...ids]}::text[])
    order by given_at desc, text limit ${CONSENTS_MAX * limits.PAGE_ITEMS_MAX}`.execute(unit.db);
  const consents = Map.groupBy(rows, (row) => row.customer_id);
  return new Map(
    [...consents].map(([id, given]) => [
      id,
      given
        .slice(0, CONSENTS_MAX)
        .map((row) => ({ text: row.text, givenMs: row.given_ms, withdrawnMs: row.withdrawn_ms })),
    ]),
  );
}

/** What stands stays as it was given; what was withdrawn and is given again is given from now on. */
export async function insertConsents(unit: Unit, customerId: string, texts: readonly string[]): Promise<void> {
  if (texts.length === 0) return;
  await sql`
    insert into bookings.consent (org_id, customer_id, text, given_at)
    select ${unit.organisation}, ${customerId}, t.text, ${at(unit.nowMs)}::timestamptz
    from unnest(${[...new Set(texts)]}::text[]) as t(text)
    on conflict (org_id, customer_id, text) do update
    set given_at = excluded.given_at, withdrawn_at = null
    where consent.withdrawn_at is not null`.execute(unit.db);
}

/** False where it was not given, or is withdrawn already. */
export async function withdrawConsent(unit: Unit, customerId: string, text: string): Promise<boolean> {
  const { rows } = await sql`
    update bookings.consent set withdrawn_at = ${at(unit.nowMs)}::timestamptz
    where org_id = ${unit.organisation} and customer_id = ${customerId} and text = ${text} and withdrawn_at is null
    returning text`.execute(unit.db);
  return rows.length > 0;
}
