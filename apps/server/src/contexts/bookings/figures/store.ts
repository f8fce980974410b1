import { sql } from "kysely";
import { limits } from "@hourwright/contract";
import { DAY_MS } from "@hourwright/time";
import type { Unit } from "../../../platform/db/database.ts";
import { at } from "../store.ts";

// What figures are made of, as texts that a compute thread reads: those of a year hold up nobody.

type Window = { readonly fromMs: number; readonly toMs: number };

/** No booking takes longer than a day. */
const LENGTH_MS_MAX = DAY_MS;

const ofPeriod = (unit: Unit, { fromMs, toMs }: Window, serviceId: string | null) => sql`
  b.org_id = ${unit.organisation} and b.state <> 'held'
  and b.starts_at >= ${at(fromMs - LENGTH_MS_MAX)}::timestamptz and b.starts_at < ${at(toMs)}::timestamptz
  and b.ends_at > ${at(fromMs)}::timestamptz ${serviceId === null ? sql`` : sql`and b.service_id = ${serviceId}`}`;

const epochMs = (column: string) => sql`date_part('epoch', ${sql.ref(column)}) * 1000`;

/** What overlaps a period, as `bookingsFrom` reads it. At most `FIGURES_BOOKINGS_MAX`, and one more where there is. */
export async function bookingsText(unit: Unit, window: Window, serviceId: string | null): Promise<string> {
  const { rows } = await sql<{ text: string | null }>`
    select json_agg(json_build_array(service_id, service, session_id, customer_id, state, start_ms, end_ms, made_ms, picked,
      candidates, is_moved, cancel_until, ended_ms, ended_by, score))::text as text
    from (
      select b.service_id, b.terms ->> 'service' as service, b.session_id, b.customer_id, b.state,
        ${epochMs("b.starts_at")} as start_ms, ${epochMs("b.ends_at")} as end_ms, ${epochMs("b.made_at")} as made_ms, b.picked,
        b.candidates, b.previous_start is not null as is_moved, b.terms -> 'cancelUntilMinutes' as cancel_until,
        ${epochMs("b.ended_at")} as ended_ms, b.ended_by, r.score
      from bookings.booking b left join bookings.rating r on r.org_id = b.org_id and r.booking_id = b.id
      where ${ofPeriod(unit, window, serviceId)}
      order by b.starts_at, b.id limit ${limits.FIGURES_BOOKINGS_MAX + 1}
    ) one`.execute(unit.db);
  return rows[0]!.text ?? "[]";
}

/** Whom bookings of a period take. At most `FIGURES_SUBJECTS_MAX`, and one more where there is. */
export async function takenInPeriod(unit: Unit, window: Window, serviceId: string | null): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct taken.id from bookings.booking b cross join lateral unnest(b.subjects) as taken(id)
    where ${ofPeriod(unit, window, serviceId)} order by taken.id limit ${limits.FIGURES_SUBJECTS_MAX + 1}`.execute(
    unit.db,
  );
  return rows.map(({ id }) => id);
}

/** When each customer of a period came first, as pairs of their id and epoch milliseconds. One look in an index for each. */
export async function firstVisits(unit: Unit, window: Window, serviceId: string | null): Promise<[string, number][]> {
  const { rows } = await sql<{ id: string; first_ms: number }>`
    select came.customer_id as id, (${epochMs("first.starts_at")})::bigint as first_ms
    from (select distinct b.customer_id from bookings.booking b where ${ofPeriod(unit, window, serviceId)}
      limit ${limits.FIGURES_BOOKINGS_MAX}) came
    cross join lateral (
      select a.starts_at from bookings.booking a
      where a.org_id = ${unit.organisation} and a.customer_id = came.customer_id
        and a.state in ('requested', 'confirmed', 'no-show', 'completed')
      order by a.starts_at limit 1
    ) first`.execute(unit.db);
  return rows.map(({ id, first_ms }) => [id, first_ms]);
}

export type OwedNow = {
  readonly serviceId: string;
  readonly role: number;
  readonly subjectId: string;
  readonly owed: number;
};

/** What everybody is owed now. */
export async function owedNow(unit: Unit): Promise<OwedNow[]> {
  const { rows } = await sql<{ service_id: string; role: number; subject_id: string; owed: number }>`
    select service_id, role, subject_id, owed from bookings.credit
    where org_id = ${unit.organisation} order by service_id, role, subject_id limit ${CREDITS_MAX}`.execute(unit.db);
  return rows.map(({ service_id, role, subject_id, owed }) => ({
    serviceId: service_id,
    role,
    subjectId: subject_id,
    owed,
  }));
}

const CREDITS_MAX = 20_000;

export type HoldCount = { readonly held: number; readonly booked: number; readonly since: string };

/** How many times were held from one day to another, and how many of them were booked; null where none was counted. */
export async function heldIn(
  unit: Unit,
  { from, to }: { readonly from: string; readonly to: string },
  serviceId: string | null,
): Promise<HoldCount | null> {
  const { rows } = await sql<{ held: number; booked: number; since: string | null }>`
    select coalesce(sum(held), 0)::integer as held, coalesce(sum(booked), 0)::integer as booked,
      (select since::text from bookings.hold_counted where org_id = ${unit.organisation}) as since
    from bookings.hold_count
    where org_id = ${unit.organisation} and day >= ${from}::date and day < ${to}::date
      ${serviceId === null ? sql`` : sql`and service_id = ${serviceId}`}`.execute(unit.db);
  const { held, booked, since } = rows[0]!;
  return held === 0 || since === null ? null : { held, booked, since };
}

/** Holds of one service on one day. */
export type Counted = {
  readonly day: string;
  readonly serviceId: string;
  readonly held: number;
  readonly booked: number;
};

/** Up to which change holds are counted, locked: whoever counts waits. */
export async function lockCounted(unit: Unit): Promise<number> {
  await sql`
    insert into bookings.hold_counted (org_id, seq) values (${unit.organisation}, 0)
    on conflict do nothing`.execute(unit.db);
  const { rows } = await sql<{ seq: number }>`
    select seq from bookings.hold_counted where org_id = ${unit.organisation} for update`.execute(unit.db);
  return rows[0]!.seq;
}

/** Adds what was counted up to a change, and forgets what no question reaches any more. */
export async function addCounted(
  unit: Unit,
  counted: readonly Counted[],
  seq: number,
  { today, forgetBefore }: { readonly today: string; readonly forgetBefore: string },
): Promise<void> {
  const rows = counted.map(({ day, serviceId, held, booked }) => ({ day, service_id: serviceId, held, booked }));
  await sql`
    insert into bookings.hold_count as c (org_id, day, service_id, held, booked)
    select ${unit.organisation}, r.day, r.service_id, r.held, r.booked
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(day date, service_id text, held integer, booked integer)
    order by r.day, r.service_id
    on conflict (org_id, day, service_id) do update
    set held = c.held + excluded.held, booked = c.booked + excluded.booked`.execute(unit.db);
  await sql`
    update bookings.hold_counted set seq = ${seq}, since = coalesce(since, ${today}::date)
    where org_id = ${unit.organisation}`.execute(unit.db);
  await sql`
    delete from bookings.hold_count where org_id = ${unit.organisation} and day < ${forgetBefore}::date`.execute(
    unit.db,
  );
}
