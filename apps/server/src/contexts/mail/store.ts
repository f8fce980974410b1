import { limits } from "@hourwright/contract";
import { sql } from "kysely";
import { MINUTE_MS } from "@hourwright/time";
import type { Database, Unit } from "../../platform/db/database.ts";
import type { AfterAttempt } from "./decide.ts";
import {
  CUSTOMER_MESSAGES_AN_HOUR,
  isNews,
  NEWS_LATE_MS,
  NEWS_WAIT_MS,
  type Message,
  type MessageState,
  type Said,
} from "./model.ts";

const at = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString();
const HOUR_MS = 3_600_000;

export async function organisationsDue(database: Database, nowMs: number, most: number): Promise<number[]> {
  const { rows } = await database.outside(
    (db) => sql<{ org_id: number }>`select org_id from mail.due(${at(nowMs)}::timestamptz, ${most})`.execute(db),
    { lane: "job" },
  );
  return rows.map(({ org_id }) => org_id);
}

export type Change = {
  readonly bookingId: string;
  readonly customerId: string;
  readonly seriesId: string | null;
  readonly startMs: number;
  readonly byCustomer: boolean;
  readonly changedMs: number;
};

/** That there may be something to say of a booking. What waits of it already says this as well, when it was due anyway. */
export async function noteNews(
  unit: Unit,
  { bookingId, customerId, seriesId, startMs, byCustomer, changedMs }: Change,
): Promise<void> {
  await sql`
    insert into mail.message as m (org_id, id, booking_id, customer_id, series_id, kind, state, by_customer, starts_at, made_at, due_at)
    values (${unit.organisation}, ${unit.newId("msg")}, ${bookingId}, ${customerId}, ${seriesId}, 'news', 'waiting', ${byCustomer},
      ${at(startMs)}::timestamptz, ${at(changedMs)}::timestamptz, ${at(changedMs + NEWS_WAIT_MS)}::timestamptz)
    on conflict (org_id, booking_id) where state = 'waiting' and kind = 'news' do update
    set by_customer = excluded.by_customer, starts_at = excluded.starts_at,
      made_at = greatest(m.made_at, excluded.made_at), due_at = least(m.due_at, excluded.due_at)`.execute(unit.db);
}

/** That something is offered to who waits: told at once, and once. */
export async function noteOffer(
  unit: Unit,
  { bookingId, customerId, startMs }: Omit<Change, "byCustomer" | "changedMs" | "seriesId">,
) {
  const now = at(unit.nowMs);
  await sql`
    insert into mail.message (org_id, id, booking_id, customer_id, kind, state, starts_at, made_at, due_at)
    values (${unit.organisation}, ${unit.newId("msg")}, ${bookingId}, ${customerId}, 'offer', 'waiting',
      ${at(startMs)}::timestamptz, ${now}::timestamptz, ${now}::timestamptz)
    on conflict (org_id, booking_id) where kind = 'offer' do nothing`.execute(unit.db);
}

/** Makes a booking's reminders those that are wanted: others that wait are withdrawn, what was sent stays. */
export async function putReminders(
  unit: Unit,
  { bookingId, customerId, startMs, changedMs }: Omit<Change, "byCustomer" | "seriesId">,
  wanted: readonly { readonly minutes: number; readonly dueMs: number }[],
): Promise<void> {
  const rows = wanted.map(({ minutes, dueMs }) => ({ id: unit.newId("msg"), minutes, due_at: at(dueMs) }));
  const kept = wanted.map(({ minutes }) => minutes);
  await sql`
    update mail.message set state = 'withdrawn'
    where org_id = ${unit.organisation} and booking_id = ${bookingId} and kind = 'reminder' and state = 'waiting'
      and not (starts_at = ${at(startMs)}::timestamptz and minutes = any(${kept}::integer[]))`.execute(unit.db);
  if (rows.length === 0) return;
  await sql`
    insert into mail.message as m (org_id, id, booking_id, customer_id, kind, state, starts_at, minutes, made_at, due_at)
    select ${unit.organisation}, row.id, ${bookingId}, ${customerId}, 'reminder', 'waiting', ${at(startMs)}::timestamptz,
      row.minutes, ${at(changedMs)}::timestamptz, row.due_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(id text, minutes integer, due_at timestamptz)
    on conflict (org_id, booking_id, starts_at, minutes) where kind = 'reminder' do update
    set state = 'waiting', due_at = excluded.due_at where m.state = 'withdrawn'`.execute(unit.db);
}

/** What waits is withdrawn, and what was sent stays. */
export async function withdrawQuestion(unit: Unit, bookingId: string): Promise<void> {
  await sql`
    update mail.message set state = 'withdrawn'
    where org_id = ${unit.organisation} and booking_id = ${bookingId} and kind = 'rating' and state = 'waiting'`.execute(
    unit.db,
  );
}

/** Makes the question after a visit wait until it is asked, once for each booking. */
export async function putQuestion(
  unit: Unit,
  { bookingId, customerId, startMs, changedMs }: Omit<Change, "byCustomer" | "seriesId">,
  askedMs: number,
): Promise<void> {
  await sql`
    insert into mail.message as m (org_id, id, booking_id, customer_id, kind, state, starts_at, made_at, due_at)
    values (${unit.organisation}, ${unit.newId("msg")}, ${bookingId}, ${customerId}, 'rating', 'waiting',
      ${at(startMs)}::timestamptz, ${at(changedMs)}::timestamptz, ${at(askedMs)}::timestamptz)
    on conflict (org_id, booking_id) where kind = 'rating' do update
    set state = 'waiting', starts_at = excluded.starts_at, due_at = excluded.due_at
    where m.state = 'withdrawn' or m.state = 'waiting' and m.starts_at <> excluded.starts_at`.execute(unit.db);
}

type Row = {
  id: string;
  booking_id: string;
  customer_id: string;
  series_id: string | null;
  carrier: string | null;
  state: MessageState;
  kind: "news" | "reminder" | "offer" | "rating";
  minutes: number | null;
  by_customer: boolean;
  starts_at: Temporal.Instant;
  made_at: Temporal.Instant;
  due_at: Temporal.Instant;
  attempts: number;
  said: Said | null;
  may_be_here: boolean;
  reason: string;
  sent_at: Temporal.Instant | null;
};

const columns = sql`id, booking_id, customer_id, series_id, carrier, state, kind, minutes, by_customer, starts_at, made_at, due_at, attempts, said,
  may_be_here, reason, sent_at`;

const toMessage = (row: Row): Message => ({
  id: row.id,
  bookingId: row.booking_id,
  customerId: row.customer_id,
  seriesId: row.series_id,
  carrier: row.carrier,
  state: row.state,
  isOffer: row.kind === "offer",
  isRating: row.kind === "rating",
  minutes: row.minutes,
  byCustomer: row.by_customer,
  startsMs: row.starts_at.epochMilliseconds,
  madeMs: row.made_at.epochMilliseconds,
  dueMs: row.due_at.epochMilliseconds,
  attempts: row.attempts,
  said: row.said,
  mayBeHere: row.may_be_here,
  reason: row.reason,
  sentMs: row.sent_at?.epochMilliseconds ?? null,
});

/** That another message tells of this one as well: it goes where that goes. What carries and is over carries nothing. */
const isCarried = sql`m.carrier is not null and exists (
  select from mail.message carrier
  where carrier.org_id = m.org_id and carrier.id = m.carrier and carrier.state in ('waiting', 'sending'))`;

/** Nothing else of its booking is on its way. */
const isAlone = sql`not exists (
  select from mail.message other
  where other.org_id = m.org_id and other.booking_id = m.booking_id and other.state = 'sending' and other.id <> m.id)`;

/**
 * What is due, locked: what waits, and what was begun by a sender that never came back, which may have arrived. Of one booking one
 * at a time, of what waits of a series the first, and to nobody more than so many an hour.
 */
export async function lockDue(unit: Unit, most: number): Promise<Message[]> {
  const now = sql`${at(unit.nowMs)}::timestamptz`;
  const { rows } = await sql<Row>`
    select ${columns} from mail.message m
    where org_id = ${unit.organisation} and state in ('waiting', 'sending') and due_at <= ${now}
      and ${isAlone} and not (${isCarried})
      and (m.state = 'sending' or m.may_be_here or not exists (
        select from mail.message first
        where first.org_id = m.org_id and first.series_id = m.series_id and first.customer_id = m.customer_id
          and m.kind = 'news' and first.kind = 'news' and first.state = 'waiting' and first.carrier is null
          and not first.may_be_here and first.due_at <= ${now} and (first.due_at, first.id) < (m.due_at, m.id)))
      and (
        select count(*) from mail.message told
        where told.org_id = m.org_id and told.customer_id = m.customer_id and told.carrier is null
          and told.sent_at > ${at(unit.nowMs - HOUR_MS)}::timestamptz) < ${CUSTOMER_MESSAGES_AN_HOUR}
    order by due_at, id
    limit ${most}
    for update skip locked`.execute(unit.db);
  return rows.map(begun);
}

const begun = (row: Row): Message => ({ ...toMessage(row), mayBeHere: row.may_be_here || row.state === "sending" });

/** What a message that is due tells of as well, locked: what it carries, and what else waits of its series where it may still say it. */
export async function lockCarried(unit: Unit, { id, customerId, seriesId, mayBeHere }: Message): Promise<Message[]> {
  const { rows } = await sql<Row>`
    select ${columns} from mail.message m
    where org_id = ${unit.organisation} and series_id = ${seriesId} and customer_id = ${customerId} and kind = 'news' and id <> ${id}
      and (carrier = ${id} and state in ('waiting', 'sending')
        or not ${mayBeHere} and state = 'waiting' and not may_be_here and due_at <= ${at(unit.nowMs)}::timestamptz
          and ${isAlone} and not (${isCarried}))
    order by id limit ${limits.SERIES_DATES_MAX}
    for update`.execute(unit.db);
  return rows.map(begun);
}

/** What the message of an attempt told of as well, locked. */
export async function lockCarriedAttempt(unit: Unit, id: string): Promise<Message[]> {
  const { rows } = await sql<Row>`
    select ${columns} from mail.message
    where org_id = ${unit.organisation} and carrier = ${id} and state = 'sending'
    order by id limit ${limits.SERIES_DATES_MAX}
    for update`.execute(unit.db);
  return rows.map(toMessage);
}

/** What is carried no more is told by itself. */
export async function leaveCarrier(unit: Unit, id: string): Promise<void> {
  await sql`
    update mail.message set carrier = null where org_id = ${unit.organisation} and id = ${id}`.execute(unit.db);
}

export type ToldLast = { readonly said: Said; readonly firstId: string };

/** What was told last of bookings, and the first message of each. */
export async function toldLast(unit: Unit, bookingIds: readonly string[]): Promise<ReadonlyMap<string, ToldLast>> {
  if (bookingIds.length === 0) return new Map();
  const { rows } = await sql<{ booking_id: string; said: Said; first_id: string }>`
    select distinct on (booking_id) booking_id, said, first_value(coalesce(carrier, id)) over (partition by booking_id order by sent_at, id) as first_id
    from mail.message
    where org_id = ${unit.organisation} and booking_id = any(${[...bookingIds]}::text[]) and kind = 'news'
      and state in ('sent', 'unknown')
    order by booking_id, sent_at desc, id desc`.execute(unit.db);
  return new Map(rows.map(({ booking_id, said, first_id }) => [booking_id, { said, firstId: first_id }]));
}

/** Marks a message as being sent, before anything is said to a mail server. */
export async function beginSending(
  unit: Unit,
  { id, mayBeHere }: Message,
  { said, untilMs, carrier }: { readonly said: Said; readonly untilMs: number; readonly carrier: string | null },
): Promise<void> {
  await sql`
    update mail.message set state = 'sending', carrier = ${carrier}, attempts = attempts + 1, said = ${JSON.stringify(said)}::jsonb,
      due_at = ${at(untilMs)}::timestamptz, may_be_here = ${mayBeHere}
    where org_id = ${unit.organisation} and id = ${id}`.execute(unit.db);
}

/** Ends a message that is not sent, or may have been. */
export async function endMessage(
  unit: Unit,
  id: string,
  state: "withdrawn" | "late" | "unknown" | "failed",
  reason = "",
): Promise<void> {
  await sql`
    update mail.message set state = ${state}, reason = ${reason},
      sent_at = ${state === "unknown" ? at(unit.nowMs) : null}::timestamptz
    where org_id = ${unit.organisation} and id = ${id}`.execute(unit.db);
}

/** The message of an attempt, locked; null where another sender has taken it over since. */
export async function lockAttempt(unit: Unit, id: string, attempts: number): Promise<Message | null> {
  const { rows } = await sql<Row>`
    select ${columns} from mail.message
    where org_id = ${unit.organisation} and id = ${id} and state = 'sending' and attempts = ${attempts}
    for update`.execute(unit.db);
  return rows.map(toMessage)[0] ?? null;
}

/** That a message was taken. What failed of its booking before is told with it. */
export async function markSent(unit: Unit, message: Message): Promise<void> {
  const { id, bookingId } = message;
  await sql`
    update mail.message set state = 'sent', sent_at = ${at(unit.nowMs)}::timestamptz, may_be_here = false, reason = ''
    where org_id = ${unit.organisation} and id = ${id}`.execute(unit.db);
  if (!isNews(message)) return;
  await sql`
    update mail.message set state = 'withdrawn'
    where org_id = ${unit.organisation} and booking_id = ${bookingId} and kind = 'news' and state = 'failed'`.execute(
    unit.db,
  );
}

/** Back among those who wait, or given up. */
export async function markNotSent(
  unit: Unit,
  id: string,
  { state, attempts, dueMs, mayBeHere, reason }: AfterAttempt,
): Promise<void> {
  await sql`
    update mail.message set state = ${state}, attempts = ${attempts}, due_at = ${at(dueMs)}::timestamptz, reason = ${reason},
      may_be_here = may_be_here or ${mayBeHere}
    where org_id = ${unit.organisation} and id = ${id}`.execute(unit.db);
}

/** Whether later news of the same booking waits: it says all that there is. */
export async function hasLaterNews(unit: Unit, { id, bookingId }: Message): Promise<boolean> {
  const { rows } = await sql`
    select from mail.message
    where org_id = ${unit.organisation} and booking_id = ${bookingId} and kind = 'news' and state = 'waiting' and id <> ${id}
    limit 1`.execute(unit.db);
  return rows.length > 0;
}

export async function messageById(unit: Unit, id: string, lock = false): Promise<Message | null> {
  const { rows } = await sql<Row>`
    select ${columns} from mail.message where org_id = ${unit.organisation} and id = ${id} ${lock ? sql`for update` : sql``}`.execute(
    unit.db,
  );
  return rows.map(toMessage)[0] ?? null;
}

/** A message that failed begins anew with all that it carries, under its Message-ID. */
export async function tryAgain(unit: Unit, id: string): Promise<void> {
  const now = at(unit.nowMs);
  await sql`
    update mail.message set state = 'waiting', attempts = 0, made_at = ${now}::timestamptz, due_at = ${now}::timestamptz
    where org_id = ${unit.organisation} and (id = ${id} or state = 'failed' and coalesce(carrier, id) = (
      select coalesce(carrier, id) from mail.message where org_id = ${unit.organisation} and id = ${id}))`.execute(
    unit.db,
  );
}

export type MessageQuestion = {
  readonly state: MessageState | null;
  readonly bookingId: string | null;
  readonly before: string | null;
  readonly limit: number;
};

/** Newest first. */
export async function findMessages(
  unit: Unit,
  { state, bookingId, before, limit }: MessageQuestion,
): Promise<Message[]> {
  const { rows } = await sql<Row>`
    select ${columns} from mail.message
    where org_id = ${unit.organisation}
      ${state === null ? sql`` : sql`and state = ${state}`}
      ${bookingId === null ? sql`` : sql`and booking_id = ${bookingId}`}
      ${before === null ? sql`` : sql`and id < ${before}`}
    order by id desc limit ${limit}`.execute(unit.db);
  return rows.map(toMessage);
}

export type Counts = {
  readonly waiting: number;
  readonly reminders: number;
  readonly failed: number;
  readonly lastSentMs: number | null;
};

/** Reminders and questions that are due later are counted by themselves. */
export async function countMessages(unit: Unit): Promise<Counts> {
  const isAhead = sql`kind in ('reminder', 'rating') and state = 'waiting' and due_at > ${at(unit.nowMs)}::timestamptz`;
  const { rows } = await sql<{ waiting: number; reminders: number; failed: number; last: Temporal.Instant | null }>`
    select count(*) filter (where state in ('waiting', 'sending') and not (${isAhead})) as waiting,
      count(*) filter (where ${isAhead}) as reminders, count(*) filter (where state = 'failed') as failed,
      (select max(sent_at) from mail.message where org_id = ${unit.organisation} and state = 'sent') as last
    from mail.message
    where org_id = ${unit.organisation} and state in ('waiting', 'sending', 'failed')`.execute(unit.db);
  const { waiting, reminders, failed, last } = rows[0]!;
  return { waiting, reminders, failed, lastSentMs: last?.epochMilliseconds ?? null };
}

/** Messages of bookings that were over so long ago are forgotten. */
const KEPT_MS = 90 * 24 * HOUR_MS;

/** Longer than any visit takes and is waited for until it is asked about, with the two days that a question may be late. */
const QUESTION_KEPT_MS = 24 * HOUR_MS + limits.RATING_AFTER_MINUTES_MAX * MINUTE_MS + NEWS_LATE_MS;

/** Ends what waited too long or is over, what nobody came back to among it, and forgets what is long past: whether mail is on or off. How many. */
export async function sweepMessages(unit: Unit, most: number): Promise<number> {
  const now = sql`${at(unit.nowMs)}::timestamptz`;
  const late = await sql`
    update mail.message set state = 'late'
    where org_id = ${unit.organisation} and id in (
      select id from mail.message m
      where org_id = ${unit.organisation} and not (${isCarried})
        and (state = 'waiting' or state = 'sending' and due_at < ${at(unit.nowMs - HOUR_MS)}::timestamptz)
        and (kind <> 'rating' and starts_at <= ${now}
          or kind = 'rating' and starts_at < ${at(unit.nowMs - QUESTION_KEPT_MS)}::timestamptz or kind = 'news' and made_at < ${at(unit.nowMs - NEWS_LATE_MS)}::timestamptz)
      order by id limit ${most} for update skip locked)`.execute(unit.db);
  const forgotten = await sql`
    delete from mail.message
    where org_id = ${unit.organisation} and id in (
      select id from mail.message
      where org_id = ${unit.organisation} and starts_at < ${at(unit.nowMs - KEPT_MS)}::timestamptz
        and state not in ('waiting', 'sending')
      order by starts_at limit ${most} for update skip locked)`.execute(unit.db);
  return Number(late.numAffectedRows ?? 0n) + Number(forgotten.numAffectedRows ?? 0n);
}
