import { sql } from "kysely";
import { limits } from "@hourwright/contract";
import type { Database, Unit } from "../../../platform/db/database.ts";
import { at } from "../store.ts";
import type { Wanted, Wish, WishState } from "./model.ts";

type Row = {
  id: string;
  service_id: string;
  customer_id: string;
  given: Buffer | null;
  state: WishState;
  wanted: Wanted;
  zone: string;
  language: Wish["language"];
  made_at: Temporal.Instant;
  ends_at: Temporal.Instant;
  passed: readonly (number | string)[];
  hold_id: string | null;
  offered_start: Temporal.Instant | null;
  offered_until: Temporal.Instant | null;
  version: number;
};

const columns = sql`w.id, w.service_id, w.customer_id, w.given, w.state, w.wanted, w.zone, w.language, w.made_at, w.ends_at,
  to_jsonb(w.passed) as passed, w.hold_id, w.offered_start, w.offered_until, w.version`;

const toWish = (row: Row): Wish => ({
  id: row.id,
  serviceId: row.service_id,
  customerId: row.customer_id,
  given: row.given,
  state: row.state,
  wanted: row.wanted,
  zone: row.zone,
  language: row.language,
  madeMs: row.made_at.epochMilliseconds,
  endsMs: row.ends_at.epochMilliseconds,
  passed: row.passed.map(Number),
  holdId: row.hold_id,
  offered:
    row.offered_start === null
      ? null
      : { startMs: row.offered_start.epochMilliseconds, untilMs: row.offered_until!.epochMilliseconds },
  version: row.version,
});

const ORGANISATIONS_MAX = 1_000;

export async function organisationsWaiting(database: Database): Promise<number[]> {
  const { rows } = await database.outside(
    (db) =>
      sql<{ org_id: number }>`select org_id from bookings.organisations_waiting(${ORGANISATIONS_MAX})`.execute(db),
    { lane: "job" },
  );
  return rows.map(({ org_id }) => org_id);
}

export async function insertWish(unit: Unit, wish: Wish): Promise<void> {
  await sql`
    insert into bookings.wish (org_id, id, service_id, customer_id, given, state, wanted, zone, language, made_at, ends_at, version)
    values (${unit.organisation}, ${wish.id}, ${wish.serviceId}, ${wish.customerId}, ${wish.given}, ${wish.state},
      ${JSON.stringify(wish.wanted)}::jsonb, ${wish.zone}, ${wish.language}, ${at(wish.madeMs)}::timestamptz,
      ${at(wish.endsMs)}::timestamptz, ${wish.version})`.execute(unit.db);
}

export async function updateWish(unit: Unit, { id, state, passed, holdId, offered, version }: Wish): Promise<void> {
  await sql`
    update bookings.wish set state = ${state}, passed = ${[...passed]}::bigint[], hold_id = ${holdId},
      offered_start = ${offered === null ? null : at(offered.startMs)}::timestamptz,
      offered_until = ${offered === null ? null : at(offered.untilMs)}::timestamptz, version = ${version}
    where org_id = ${unit.organisation} and id = ${id}`.execute(unit.db);
}

export async function wishById(unit: Unit, id: string): Promise<Wish | null> {
  const { rows } = await sql<Row>`
    select ${columns} from bookings.wish w where w.org_id = ${unit.organisation} and w.id = ${id}`.execute(unit.db);
  return rows.map(toWish)[0] ?? null;
}

export async function lockWish(unit: Unit, id: string): Promise<Wish | null> {
  const { rows } = await sql<Row>`
    select ${columns} from bookings.wish w where w.org_id = ${unit.organisation} and w.id = ${id} for update`.execute(
    unit.db,
  );
  return rows.map(toWish)[0] ?? null;
}

/** Whose offer a hold is, or was the last that they had; locked. */
export async function lockWishOfHold(unit: Unit, holdId: string): Promise<Wish | null> {
  const { rows } = await sql<Row>`
    select ${columns} from bookings.wish w
    where w.org_id = ${unit.organisation} and w.hold_id = ${holdId} and w.state in ('waiting', 'offered')
    for update`.execute(unit.db);
  return rows.map(toWish)[0] ?? null;
}

export async function wishesOfHolds(unit: Unit, holdIds: readonly string[]): Promise<ReadonlyMap<string, Wish>> {
  if (holdIds.length === 0) return new Map();
  const { rows } = await sql<Row>`
    select ${columns} from bookings.wish w
    where w.org_id = ${unit.organisation} and w.hold_id = any(${[...holdIds]}::text[]) and w.state = 'offered'`.execute(
    unit.db,
  );
  return new Map(rows.map((row) => [row.hold_id!, toWish(row)]));
}

const OPEN = sql`w.state in ('waiting', 'offered')`;

/** How many wait for a service, and for how much a customer waits. */
export async function countOpen(unit: Unit, serviceId: string, customerId: string) {
  const { rows } = await sql<{ of_service: number; of_customer: number }>`
    select count(*) filter (where w.service_id = ${serviceId})::integer as of_service,
      count(*) filter (where w.customer_id = ${customerId})::integer as of_customer
    from bookings.wish w
    where w.org_id = ${unit.organisation} and ${OPEN}
      and (w.service_id = ${serviceId} or w.customer_id = ${customerId})`.execute(unit.db);
  return { ofService: rows[0]!.of_service, ofCustomer: rows[0]!.of_customer };
}

/** Services for which somebody waits now. */
export async function servicesWaitedFor(unit: Unit): Promise<string[]> {
  const { rows } = await sql<{ service_id: string }>`
    select distinct w.service_id from bookings.wish w
    where w.org_id = ${unit.organisation} and w.state = 'waiting' and w.ends_at > ${at(unit.nowMs)}::timestamptz
    order by w.service_id limit ${limits.SERVICES_MAX}`.execute(unit.db);
  return rows.map(({ service_id }) => service_id);
}

/** Who waits for a service, with all else that these customers wait for, in one order. */
const ofServiceAndTheirs = (unit: Unit, serviceId: string) => sql`
  select ${columns} from bookings.wish w
  where w.org_id = ${unit.organisation} and ${OPEN} and (w.service_id = ${serviceId} or w.customer_id in (
    select other.customer_id from bookings.wish other
    where other.org_id = ${unit.organisation} and other.service_id = ${serviceId} and other.state = 'waiting'))
  order by w.id limit ${limits.WISHES_OF_A_SERVICE_MAX * limits.WISHES_OF_A_CUSTOMER_MAX}`;

export async function wishesFor(unit: Unit, serviceId: string): Promise<Wish[]> {
  const { rows } = await sql<Row>`${ofServiceAndTheirs(unit, serviceId)}`.execute(unit.db);
  return rows.map(toWish);
}

/** The same, locked: whoever offers something of the service, or to one of these customers, waits. */
export async function lockWishesFor(unit: Unit, serviceId: string): Promise<Wish[]> {
  const { rows } = await sql<Row>`${ofServiceAndTheirs(unit, serviceId)} for update`.execute(unit.db);
  return rows.map(toWish);
}

/** Offers that stand no more, and whether they were booked. */
export async function lockEndedOffers(
  unit: Unit,
  most: number,
): Promise<{ readonly wish: Wish; readonly isBooked: boolean }[]> {
  const { rows } = await sql<Row & { became: string | null }>`
    select ${columns}, b.state as became
    from bookings.wish w left join bookings.booking b on b.org_id = w.org_id and b.id = w.hold_id
    where w.org_id = ${unit.organisation} and w.state = 'offered'
      and (b.id is null or b.state <> 'held' or b.expires_at <= ${at(unit.nowMs)}::timestamptz)
    order by w.id limit ${most} for update of w skip locked`.execute(unit.db);
  return rows.map((row) => ({
    wish: toWish(row),
    isBooked: row.became !== null && row.became !== "held",
  }));
}

/** Who waited until nothing could come any more. */
export async function lockOutwaited(unit: Unit, most: number): Promise<Wish[]> {
  const { rows } = await sql<Row>`
    select ${columns} from bookings.wish w
    where w.org_id = ${unit.organisation} and w.state = 'waiting' and w.ends_at <= ${at(unit.nowMs)}::timestamptz
    order by w.id limit ${most} for update skip locked`.execute(unit.db);
  return rows.map(toWish);
}

/** Takes away what has been over for so long. */
export async function deleteWishesOver(unit: Unit, beforeMs: number, most: number): Promise<void> {
  await sql`
    delete from bookings.wish where org_id = ${unit.organisation} and id in (
      select w.id from bookings.wish w
      where w.org_id = ${unit.organisation} and w.ends_at < ${at(beforeMs)}::timestamptz and not (${OPEN})
      order by w.ends_at limit ${most} for update skip locked)`.execute(unit.db);
}

export type WishQuestion = {
  readonly serviceId: string | null;
  readonly state: WishState | null;
  readonly after: readonly [passed: number, madeMs: number, id: string] | null;
  readonly limit: number;
};

/** In the order in which they are asked (`inTurn`). */
export async function findWishes(unit: Unit, { serviceId, state, after, limit }: WishQuestion): Promise<Wish[]> {
  const { rows } = await sql<Row>`
    select ${columns} from bookings.wish w
    where w.org_id = ${unit.organisation} and ${state === null ? OPEN : sql`w.state = ${state}`}
      ${serviceId === null ? sql`` : sql`and w.service_id = ${serviceId}`}
      ${after === null ? sql`` : sql`and (cardinality(w.passed), w.made_at, w.id) > (${after[0]}, ${at(after[1])}::timestamptz, ${after[2]})`}
    order by cardinality(w.passed), w.made_at, w.id limit ${limit}`.execute(unit.db);
  return rows.map(toWish);
}

/** The place of each who waits for these services, 1 for who is asked first. */
export async function placesInTurn(unit: Unit, serviceIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ id: string; place: number }>`
    select w.id, (row_number() over (partition by w.service_id order by cardinality(w.passed), w.made_at, w.id))::integer as place
    from bookings.wish w
    where w.org_id = ${unit.organisation} and w.state = 'waiting' and w.service_id = any(${[...new Set(serviceIds)]}::text[])`.execute(
    unit.db,
  );
  return new Map(rows.map(({ id, place }) => [id, place]));
}
