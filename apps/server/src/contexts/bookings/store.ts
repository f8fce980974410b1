import { sql } from "kysely";
import { limits } from "@hourwright/contract";
import type { Database, Question, Unit } from "../../platform/db/database.ts";
import type { Booked, Booking, Confirmed, Held, Page, Requested, Service, ServiceContents } from "./model.ts";
import type { Routing } from "./routing.ts";
import { REMINDERS_BY_DEFAULT, takesTime } from "./model.ts";

export const at = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString();

/** To which organisation something public belongs; null for what is nothing public. */
export function organisationOf(database: Database, id: string): Promise<number | null> {
  return database.outside(
    async (db) => {
      const { rows } = await sql<{ found: number | null }>`select bookings.organisation_of(${id}) as found`.execute(db);
      return rows[0]!.found;
    },
    { lane: "read" },
  );
}

/** Null before anything is offered, and while nothing of it is public. */
export async function pageOf(unit: Unit): Promise<Page | null> {
  const { rows } = await sql<Page>`
    select who, greeting, hue, logo, asks_for_proof as "asksForProof" from bookings.page where org_id = ${unit.organisation} and who is not null`.execute(
    unit.db,
  );
  return rows[0] ?? null;
}

/** Whether who holds a time without an account does a little work first. */
export async function asksForProof(unit: Unit): Promise<boolean> {
  return unit.known("asks for proof", async () => (await pageOf(unit))?.asksForProof ?? false);
}

/** The calendar in which bookings are seen; null before anything is offered. */
export async function calendarOfBookings(unit: Unit): Promise<string | null> {
  return unit.known("calendar of bookings", async () => {
    const { rows } = await sql<{ calendar_id: string }>`
      select calendar_id from bookings.page where org_id = ${unit.organisation}`.execute(unit.db);
    return rows[0]?.calendar_id ?? null;
  });
}

/** Keeps in which calendar bookings are seen. */
export async function setCalendarOfBookings(unit: Unit, calendarId: string): Promise<void> {
  await sql`
    insert into bookings.page (org_id, calendar_id) values (${unit.organisation}, ${calendarId})
    on conflict (org_id) do update set calendar_id = excluded.calendar_id`.execute(unit.db);
}

/** False where the address is another's. The one before is free for others. */
export async function putPage(unit: Unit, { who, greeting, hue, logo, asksForProof }: Page): Promise<boolean> {
  const { rows } = await sql`
    insert into directory.booking_address as a (who, organisation) values (${who}, ${unit.organisation})
    on conflict (who) do update set organisation = a.organisation where a.organisation = excluded.organisation
    returning who`.execute(unit.db);
  if (rows.length === 0) return false;
  await sql`
    delete from directory.booking_address where organisation = ${unit.organisation} and who <> ${who}`.execute(unit.db);
  await sql`
    update bookings.page set who = ${who}, greeting = ${greeting}, hue = ${hue}, logo = ${logo}, asks_for_proof = ${asksForProof}
    where org_id = ${unit.organisation}`.execute(unit.db);
  return true;
}

const NO_ROUTING: Routing = { questions: [], rules: [] };

/** What the public page asks first; nothing before anything is offered. */
export async function routingOf(unit: Unit): Promise<Routing> {
  const { rows } = await sql<{ routing: Routing }>`
    select routing from bookings.page where org_id = ${unit.organisation}`.execute(unit.db);
  return rows[0]?.routing ?? NO_ROUTING;
}

export async function putRouting(unit: Unit, routing: Routing): Promise<void> {
  await sql`
    update bookings.page set routing = ${JSON.stringify(routing)}::jsonb where org_id = ${unit.organisation}`.execute(
    unit.db,
  );
}

/** Services that were written before there was a field have it as it is where nobody says anything. */
const LATER_FIELDS = {
  seriesMax: null,
  needsPackage: false,
  reminderMinutes: [...REMINDERS_BY_DEFAULT],
  offerMinutes: 120,
  rating: null,
  stale: { policy: "book", afterMinutes: 1_440 } satisfies ServiceContents["stale"] as ServiceContents["stale"],
};
type Later = keyof typeof LATER_FIELDS;
type ServiceRow = {
  id: string;
  version: number;
  contents: Omit<ServiceContents, Later> & Partial<Pick<ServiceContents, Later>>;
};
const toService = ({ id, version, contents }: ServiceRow): Service => ({
  ...LATER_FIELDS,
  ...contents,
  // Questions that were asked before files could answer any.
  questions: contents.questions.map((question) => ({ ...question, file: question.file ?? null })),
  id,
  version,
});

export async function servicesOf(unit: Unit): Promise<Service[]> {
  const { rows } = await sql<ServiceRow>`
    select id, version, contents from bookings.service where org_id = ${unit.organisation}
    order by id limit ${limits.SERVICES_MAX}`.execute(unit.db);
  return rows.map(toService);
}

export async function serviceById(unit: Unit, id: string): Promise<Service | null> {
  const { rows } = await sql<ServiceRow>`
    select id, version, contents from bookings.service where org_id = ${unit.organisation} and id = ${id}`.execute(
    unit.db,
  );
  return rows.map(toService)[0] ?? null;
}

/** The same with the calendar in which what is booked of it is seen. */
export async function offeredService(
  unit: Unit,
  id: string,
): Promise<{ readonly service: Service; readonly calendarId: string | null } | null> {
  return unit.known(`offered service ${id}`, async () => {
    const { rows } = await sql<ServiceRow & { calendar_id: string | null }>`
      select s.id, s.version, s.contents, p.calendar_id
      from bookings.service s left join bookings.page p on p.org_id = s.org_id
      where s.org_id = ${unit.organisation} and s.id = ${id}`.execute(unit.db);
    return rows.map((row) => ({ service: toService(row), calendarId: row.calendar_id }))[0] ?? null;
  });
}

export async function lockService(unit: Unit, id: string): Promise<Service | null> {
  const { rows } = await sql<ServiceRow>`
    select id, version, contents from bookings.service where org_id = ${unit.organisation} and id = ${id} for update`.execute(
    unit.db,
  );
  return rows.map(toService)[0] ?? null;
}

/** False where another of the organisation has its address. */
export async function insertService(unit: Unit, { id, version, ...contents }: Service): Promise<boolean> {
  const { rows } = await sql`
    insert into bookings.service (org_id, id, slug, contents, version)
    values (${unit.organisation}, ${id}, ${contents.slug}, ${JSON.stringify(contents)}::jsonb, ${version})
    on conflict do nothing returning id`.execute(unit.db);
  return rows.length === 1;
}

/** False where another of the organisation has its address. */
export async function updateService(unit: Unit, { id, version, ...contents }: Service): Promise<boolean> {
  const { rows } = await sql`
    update bookings.service set slug = ${contents.slug}, contents = ${JSON.stringify(contents)}::jsonb, version = ${version}
    where org_id = ${unit.organisation} and id = ${id} and not exists (
      select from bookings.service other
      where other.org_id = ${unit.organisation} and other.id <> ${id} and other.slug = ${contents.slug})
    returning id`.execute(unit.db);
  return rows.length === 1;
}

export async function deleteService(unit: Unit, id: string): Promise<void> {
  await sql`delete from bookings.service where org_id = ${unit.organisation} and id = ${id}`.execute(unit.db);
  await sql`delete from bookings.credit where org_id = ${unit.organisation} and service_id = ${id}`.execute(unit.db);
}

/** Whether somebody has booked it, or holds it, from now on. */
export async function isBookedAhead(unit: Unit, serviceId: string): Promise<boolean> {
  const { rows } = await sql`
    select from bookings.booking
    where org_id = ${unit.organisation} and service_id = ${serviceId} and ends_at > ${at(unit.nowMs)}::timestamptz
      and ${standing(unit.nowMs)} limit 1`.execute(unit.db);
  return rows.length > 0;
}

/** What takes time now: a hold does until it ends. */
const standing = (nowMs: number) => sql`state in ('held', 'requested', 'confirmed', 'no-show', 'completed')
  and (expires_at is null or expires_at > ${at(nowMs)}::timestamptz)`;

/** What was agreed when it was booked before there was such a thing. */
const LATER_TERMS = { reminderMinutes: REMINDERS_BY_DEFAULT, rating: null };
type LaterTerms = keyof typeof LATER_TERMS;

type BookingRow = {
  id: string;
  service_id: string;
  session_id: string;
  state: Booking["state"];
  start_ms: number;
  end_ms: number;
  expires_ms: number | null;
  places: number;
  picked: Booking["picked"];
  candidates: Booking["candidates"];
  terms: Omit<Booking["terms"], LaterTerms> & Partial<Pick<Booking["terms"], LaterTerms>>;
  customer_id: string | null;
  answers: Booked["answers"];
  zone: string;
  language: Booked["language"];
  reason: string;
  previous_start_ms: number | null;
  previous_end_ms: number | null;
  made_ms: number;
  series_id: string | null;
  series_index: number;
  series_count: number;
  package_id: string | null;
  package_units: number;
  offer: Booked["offer"];
  given: Buffer | null;
  version: number;
};

const epochMs = (column: string) => sql`(date_part('epoch', ${sql.ref(column)}) * 1000)::bigint`;
const columns = sql`id, service_id, session_id, state, ${epochMs("starts_at")} as start_ms, ${epochMs("ends_at")} as end_ms,
  ${epochMs("expires_at")} as expires_ms, places, picked, candidates, terms, customer_id, answers, zone, language, reason,
  ${epochMs("previous_start")} as previous_start_ms, ${epochMs("previous_end")} as previous_end_ms, ${epochMs("made_at")} as made_ms, series_id, series_index,
  series_count, package_id, package_units, offer, given, version`;

function toBooking(row: BookingRow): Booking {
  const common = {
    id: row.id,
    serviceId: row.service_id,
    sessionId: row.session_id,
    startMs: row.start_ms,
    endMs: row.end_ms,
    places: row.places,
    picked: row.picked,
    candidates: row.candidates,
    terms: { ...LATER_TERMS, ...row.terms },
    madeMs: row.made_ms,
    zone: row.zone,
    series: row.series_id === null ? null : { id: row.series_id, index: row.series_index, count: row.series_count },
    version: row.version,
  };
  if (row.state === "held") return { ...common, state: "held", expiresMs: row.expires_ms! };
  const previous =
    row.previous_start_ms === null ? null : { startMs: row.previous_start_ms, endMs: row.previous_end_ms! };
  const { answers, language, reason, given } = row;
  const paid = row.package_id === null ? null : { packageId: row.package_id, units: row.package_units };
  const booked = {
    ...common,
    customerId: row.customer_id!,
    given,
    paid,
    answers,
    language,
    previous,
    reason,
    offer: row.offer,
  };
  return { ...booked, state: row.state };
}

export async function bookingById(unit: Unit, id: string): Promise<Booking | null> {
  const { rows } = await sql<BookingRow>`
    select ${columns} from bookings.booking where org_id = ${unit.organisation} and id = ${id}`.execute(unit.db);
  return rows.map(toBooking)[0] ?? null;
}

export async function bookingsById(unit: Unit, ids: readonly string[]): Promise<Booking[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<BookingRow>`
    select ${columns} from bookings.booking where org_id = ${unit.organisation} and id = any(${[...ids]}::text[])`.execute(
    unit.db,
  );
  return rows.map(toBooking);
}

export async function lockBooking(unit: Unit, id: string): Promise<Booking | null> {
  const { rows } = await sql<BookingRow>`
    select ${columns} from bookings.booking where org_id = ${unit.organisation} and id = ${id} for update`.execute(
    unit.db,
  );
  return rows.map(toBooking)[0] ?? null;
}

const ofSameSeries = (unit: Unit, id: string) => sql`org_id = ${unit.organisation} and (id = ${id} or series_id = (
    select series_id from bookings.booking where org_id = ${unit.organisation} and id = ${id}))`;

/** All dates of the series that a booking is of, locked in one order; of no series it alone. Empty: there is none. */
export async function lockSeries(unit: Unit, id: string): Promise<Booking[]> {
  const { rows } = await sql<BookingRow>`
    select ${columns} from bookings.booking where ${ofSameSeries(unit, id)}
    order by id limit ${limits.SERIES_DATES_MAX} for update`.execute(unit.db);
  return rows.map(toBooking);
}

/** The same to read, by time. */
export async function seriesOf(unit: Unit, id: string): Promise<Booking[]> {
  const { rows } = await sql<BookingRow>`
    select ${columns} from bookings.booking where ${ofSameSeries(unit, id)}
    order by starts_at, id limit ${limits.SERIES_DATES_MAX}`.execute(unit.db);
  return rows.map(toBooking);
}

export async function bookingsOfSession(unit: Unit, sessionId: string): Promise<Booking[]> {
  const { rows } = await sql<BookingRow>`
    select ${columns} from bookings.booking
    where org_id = ${unit.organisation} and session_id = ${sessionId} and ${standing(unit.nowMs)}`.execute(unit.db);
  return rows.map(toBooking);
}

/** What is booked ahead of one subject in a window, by start; of a session all who share it. At most `limit`, and one more where there is. */
export async function bookedOfSubject(
  unit: Unit,
  subjectId: string,
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
  limit: number,
): Promise<(Requested | Confirmed)[]> {
  const { rows } = await sql<BookingRow>`
    select ${columns} from bookings.booking
    where org_id = ${unit.organisation} and session_id in (
        select session_id from bookings.booking
        where org_id = ${unit.organisation} and subjects @> array[${subjectId}] and state in ('requested', 'confirmed')
          and starts_at < ${at(endMs)}::timestamptz and ends_at > ${at(startMs)}::timestamptz
          and starts_at > ${at(unit.nowMs)}::timestamptz
        group by session_id order by min(starts_at), session_id limit ${limit})
      and state in ('requested', 'confirmed')
    order by starts_at, id limit ${limit * PLACES_MAX}`.execute(unit.db);
  return rows.map(toBooking) as (Requested | Confirmed)[];
}

/** Of one session. */
const PLACES_MAX = 500;

/** Holds that take a subject in a window: who is about to book it. */
export async function holdsOfSubject(
  unit: Unit,
  subjectId: string,
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from bookings.booking
    where org_id = ${unit.organisation} and subjects @> array[${subjectId}] and state = 'held'
      and starts_at < ${at(endMs)}::timestamptz and ends_at > ${at(startMs)}::timestamptz
    order by id limit ${HOLDS_ENDED_MAX}`.execute(unit.db);
  return rows.map(({ id }) => id);
}
const HOLDS_ENDED_MAX = 1_000;

/** Bookings, locked in one order. */
export async function lockBookings(unit: Unit, ids: readonly string[]): Promise<Booking[]> {
  const { rows } = await sql<BookingRow>`
    select ${columns} from bookings.booking where org_id = ${unit.organisation} and id = any(${[...ids]}::text[])
    order by id for update`.execute(unit.db);
  return rows.map(toBooking);
}

/** What customers have booked near a window, of any service: their own time, and what counts towards their limits. */
export async function bookedByCustomers(
  unit: Unit,
  customerIds: readonly string[],
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): Promise<{ id: string; customerId: string; serviceId: string; startMs: number; endMs: number }[]> {
  if (customerIds.length === 0) return [];
  const { rows } = await sql<{
    id: string;
    customer_id: string;
    service_id: string;
    start_ms: number;
    end_ms: number;
  }>`
    select id, customer_id, service_id, ${epochMs("starts_at")} as start_ms, ${epochMs("ends_at")} as end_ms
    from bookings.booking
    where org_id = ${unit.organisation} and customer_id = any(${[...customerIds]}::text[])
      and state in ('requested', 'confirmed', 'no-show', 'completed')
      and starts_at < ${at(toMs)}::timestamptz and ends_at > ${at(fromMs)}::timestamptz
    limit ${limits.SLOTS_MAX}`.execute(unit.db);
  return rows.map((row) => ({
    id: row.id,
    customerId: row.customer_id,
    serviceId: row.service_id,
    startMs: row.start_ms,
    endMs: row.end_ms,
  }));
}

export type BookingQuestion = {
  readonly startMs: number | null;
  readonly endMs: number | null;
  readonly serviceId: string | null;
  readonly subjectId: string | null;
  readonly customerId: string | null;
  readonly state: Booking["state"] | null;
  /** Only those that were offered other times and have not answered. */
  readonly needsTime: boolean;
  readonly after: { readonly startMs: number; readonly id: string } | null;
  readonly limit: number;
};

/** By start. Holds that are over are nowhere. */
export async function findBookings(unit: Unit, asked: BookingQuestion): Promise<Booking[]> {
  const { startMs, endMs, serviceId, subjectId, customerId, state, needsTime, after } = asked;
  const { rows } = await sql<BookingRow>`
    select ${columns} from bookings.booking
    where org_id = ${unit.organisation} and (expires_at is null or expires_at > ${at(unit.nowMs)}::timestamptz)
      ${startMs === null ? sql`` : sql`and ends_at > ${at(startMs)}::timestamptz`}
      ${endMs === null ? sql`` : sql`and starts_at < ${at(endMs)}::timestamptz`}
      ${serviceId === null ? sql`` : sql`and service_id = ${serviceId}`}
      ${subjectId === null ? sql`` : sql`and subjects @> array[${subjectId}]`}
      ${customerId === null ? sql`` : sql`and customer_id = ${customerId}`}
      ${state === null ? sql`` : sql`and state = ${state}`}
      ${needsTime ? sql`and offer is not null` : sql``}
      ${after === null ? sql`` : sql`and (starts_at, id) > (${at(after.startMs)}::timestamptz, ${after.id})`}
    order by starts_at, id limit ${asked.limit}`.execute(unit.db);
  return rows.map(toBooking);
}

/** A session of a service: when, and for how many. */
export type Session = {
  readonly sessionId: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly places: number;
};

/** What those who can be a role are owed. */
export type Credit = { readonly role: number; readonly subjectId: string; readonly owed: number };

type SessionsAsked = { readonly serviceId: string; readonly fromMs: number; readonly toMs: number };

/** What of a service takes time in a window, by start. */
export const sessionsOfService = (unit: Unit, asked: SessionsAsked): Promise<readonly Session[]> =>
  unit.together(sessionsOf, asked);

const sessionsOf: Question<SessionsAsked, readonly Session[]> = async ({ db, organisation, nowMs }, all) => {
  const { rows } = await sql<{ sessions: Session[] | null }>`
    select (
      select json_agg(json_build_object('sessionId', session_id, 'startMs', start_ms, 'endMs', end_ms, 'places', places)) from (
        select session_id, ${epochMs("starts_at")} as start_ms, ${epochMs("ends_at")} as end_ms, sum(places)::integer as places
        from bookings.booking
        where org_id = ${organisation} and service_id = q.service_id and ${standing(nowMs)}
          and starts_at >= q.from_at - interval '1 day' and starts_at < q.to_at and ends_at > q.from_at
        group by session_id, starts_at, ends_at order by starts_at limit ${limits.SLOTS_MAX}
      ) session
    ) as sessions
    from unnest(${all.map(({ serviceId }) => serviceId)}::text[], ${all.map(({ fromMs }) => at(fromMs))}::timestamptz[],
      ${all.map(({ toMs }) => at(toMs))}::timestamptz[]) with ordinality as q(service_id, from_at, to_at, n)
    order by q.n`.execute(db);
  return rows.map(({ sessions }) => sessions ?? []);
};

/** What those are owed who can be the roles of a service. */
export const creditsOfService = (unit: Unit, serviceId: string): Promise<readonly Credit[]> =>
  unit.together(creditsOf, serviceId);

const creditsOf: Question<string, readonly Credit[]> = async ({ db, organisation }, all) => {
  const { rows } = await sql<{ service_id: string; credits: Credit[] }>`
    select service_id, json_agg(json_build_object('role', role, 'subjectId', subject_id, 'owed', owed)) as credits
    from bookings.credit
    where org_id = ${organisation} and service_id = any(${[...new Set(all)]}::text[])
    group by service_id`.execute(db);
  const credits = new Map(rows.map((row) => [row.service_id, row.credits]));
  return all.map((serviceId) => credits.get(serviceId) ?? []);
};

/** The starts of what a customer has booked of a service in a window, except of some bookings. */
export async function startsOfCustomer(
  unit: Unit,
  {
    serviceId,
    customerId,
    without,
  }: { readonly serviceId: string; readonly customerId: string; readonly without: readonly string[] },
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): Promise<number[]> {
  const { rows } = await sql<{ start_ms: number }>`
    select ${epochMs("starts_at")} as start_ms from bookings.booking
    where org_id = ${unit.organisation} and service_id = ${serviceId} and customer_id = ${customerId}
      and state in ('requested', 'confirmed', 'no-show', 'completed') and id <> all(${[...without]}::text[])
      and starts_at > ${at(fromMs)}::timestamptz and starts_at < ${at(toMs)}::timestamptz
    order by starts_at limit ${STARTS_MAX}`.execute(unit.db);
  return rows.map(({ start_ms }) => start_ms);
}

/** As many as a limit counts, before and after. */
const STARTS_MAX = 2_001;

/** Whoever books or moves something of the same customer waits until the unit ends. */
export async function lockWhoBooked(unit: Unit, customerId: string): Promise<void> {
  await sql`
    select from bookings.customer where org_id = ${unit.organisation} and id = ${customerId} for update`.execute(
    unit.db,
  );
}

/** Whom a customer had last time, role by role; null for their first time. */
export async function pickedLastTime(
  unit: Unit,
  serviceId: string,
  customerId: string,
): Promise<Booking["picked"] | null> {
  const { rows } = await sql<{ picked: Booking["picked"] }>`
    select picked from bookings.booking
    where org_id = ${unit.organisation} and service_id = ${serviceId} and customer_id = ${customerId}
      and state in ('confirmed', 'completed')
    order by starts_at desc limit 1`.execute(unit.db);
  return rows[0]?.picked ?? null;
}

export const insertHold = (unit: Unit, hold: Held): Promise<null> => unit.together(insertHolds, hold);

const insertHolds: Question<Held, null> = async ({ db, organisation }, all) => {
  const rows = all.map((hold) => ({
    id: hold.id,
    service_id: hold.serviceId,
    session_id: hold.sessionId,
    starts_at: at(hold.startMs),
    ends_at: at(hold.endMs),
    expires_at: at(hold.expiresMs),
    places: hold.places,
    picked: hold.picked,
    subjects: hold.picked.flat(),
    candidates: hold.candidates,
    terms: hold.terms,
    zone: hold.zone,
    made_at: at(hold.madeMs),
    series_id: hold.series?.id ?? null,
    series_index: hold.series?.index ?? null,
    series_count: hold.series?.count ?? null,
    version: hold.version,
  }));
  await sql`
    insert into bookings.booking (org_id, id, service_id, session_id, state, starts_at, ends_at, expires_at, places, picked,
      subjects, candidates, terms, zone, made_at, series_id, series_index, series_count, version)
    select ${organisation}, id, service_id, session_id, 'held', starts_at, ends_at, expires_at, places, picked,
      subjects, candidates, terms, zone, made_at, series_id, series_index, series_count, version
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id text, service_id text, session_id text, starts_at timestamptz,
      ends_at timestamptz, expires_at timestamptz, places integer, picked jsonb, subjects text[], candidates jsonb, terms jsonb,
      zone text, made_at timestamptz, series_id text, series_index integer, series_count integer, version integer)`.execute(
    db,
  );
  return all.map(() => null);
};

/** Whoever comes with a link comes as nobody: what ends then was ended by its customer. */
export async function updateBooking(unit: Unit, booking: Booked): Promise<void> {
  const { previous } = booking;
  const hasEnded = !takesTime(booking.state);
  await sql`
    update bookings.booking set session_id = ${booking.sessionId}, state = ${booking.state}, expires_at = null,
      starts_at = ${at(booking.startMs)}::timestamptz, ends_at = ${at(booking.endMs)}::timestamptz,
      picked = ${JSON.stringify(booking.picked)}::jsonb, subjects = ${booking.picked.flat()}::text[],
      candidates = ${JSON.stringify(booking.candidates)}::jsonb, customer_id = ${booking.customerId}, given = ${booking.given},
      answers = ${JSON.stringify(booking.answers)}::jsonb, zone = ${booking.zone}, language = ${booking.language},
      package_id = ${booking.paid?.packageId ?? null}, package_units = ${booking.paid?.units ?? null},
      offer = ${booking.offer === null ? null : JSON.stringify(booking.offer)}::jsonb,
      reason = ${booking.reason}, previous_start = ${previous === null ? null : at(previous.startMs)}::timestamptz,
      previous_end = ${previous === null ? null : at(previous.endMs)}::timestamptz,
      ended_at = case when ${hasEnded} then coalesce(ended_at, ${at(unit.nowMs)}::timestamptz) end,
      ended_by = case when ${hasEnded} then coalesce(ended_by, ${unit.actor.userId === null ? "customer" : "organisation"}) end,
      version = ${booking.version}
    where org_id = ${unit.organisation} and id = ${booking.id}`.execute(unit.db);
}

export async function updateHold(unit: Unit, { id, expiresMs, version }: Held): Promise<void> {
  await sql`
    update bookings.booking set expires_at = ${at(expiresMs)}::timestamptz, version = ${version}
    where org_id = ${unit.organisation} and id = ${id} and state = 'held'`.execute(unit.db);
}

export async function deleteBookings(unit: Unit, ids: readonly string[]): Promise<void> {
  await sql`delete from bookings.booking where org_id = ${unit.organisation} and id = any(${ids}::text[])`.execute(
    unit.db,
  );
}

/** Holds that have ended, oldest first. */
export async function endedHolds(unit: Unit, most: number): Promise<{ id: string; sessionId: string }[]> {
  const { rows } = await sql<{ id: string; session_id: string }>`
    select id, session_id from bookings.booking
    where org_id = ${unit.organisation} and state = 'held' and expires_at <= ${at(unit.nowMs)}::timestamptz
    order by expires_at limit ${most} for update skip locked`.execute(unit.db);
  return rows.map((row) => ({ id: row.id, sessionId: row.session_id }));
}

export type SealedCustomer = { readonly id: string; readonly emailKey: string; readonly sealed: Buffer };

/** The customer with this address as they stand, locked; made where there is none. */
export async function putCustomer(
  unit: Unit,
  { id, emailKey, sealed }: SealedCustomer,
): Promise<{ readonly id: string; readonly standing: Buffer }> {
  const { rows } = await sql<{ id: string; standing: Buffer }>`
    insert into bookings.customer (org_id, id, email_key, sealed)
    values (${unit.organisation}, ${id}, ${emailKey}, ${sealed})
    on conflict (org_id, email_key) do update set email_key = excluded.email_key
    returning id, sealed as standing`.execute(unit.db);
  return rows[0]!;
}

export async function sealedCustomers(unit: Unit, ids: readonly string[]): Promise<ReadonlyMap<string, Buffer>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; sealed: Buffer }>`
    select id, sealed from bookings.customer where org_id = ${unit.organisation} and id = any(${[...new Set(ids)]}::text[])`.execute(
    unit.db,
  );
  return new Map(rows.map(({ id, sealed }) => [id, sealed]));
}

/** Adds to what they are owed, in one order, so that two bookings do not wait for each other in a ring. */
export async function addCredits(
  unit: Unit,
  serviceId: string,
  credits: readonly { readonly role: number; readonly subjectId: string; readonly owed: number }[],
): Promise<void> {
  if (credits.length === 0) return;
  const rows = JSON.stringify(credits.map(({ role, subjectId, owed }) => ({ role, subject_id: subjectId, owed })));
  await sql`
    insert into bookings.credit as c (org_id, service_id, role, subject_id, owed)
    select ${unit.organisation}, ${serviceId}, r.role, r.subject_id, r.owed
    from jsonb_to_recordset(${rows}::jsonb) as r(role integer, subject_id text, owed double precision)
    order by r.role, r.subject_id
    on conflict (org_id, service_id, role, subject_id) do update set owed = c.owed + excluded.owed`.execute(unit.db);
}
