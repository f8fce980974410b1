import { sql } from "kysely";
import type { Unit } from "../../platform/db/database.ts";
import type { Caller } from "../../platform/operations/context.ts";
import type { InstanceRow, ViewsOf } from "../calendars/public.ts";
import type { CommitmentDate, Described } from "../planning/pure.ts";
import { calendarOfBookings } from "./store.ts";

// What is booked, as others see it: among the events of the calendar of bookings, and in conflicts.

const at = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString();

type Row = {
  id: string;
  start_ms: number;
  end_ms: number;
  version: number;
  subjects: string[];
  title: string;
  state: string;
  place: string;
  zone: string;
};

/** Bookings as events of their calendar, of a window. Holds are nobody's business: they end by themselves. */
export const bookingViews: ViewsOf = async (unit, calendarIds, { window, subjects, ids, limit, after }) => {
  const calendarId = await calendarOfBookings(unit);
  if (calendarId === null || !calendarIds.includes(calendarId)) return [];
  const { rows } = await sql<Row>`
    select id, (date_part('epoch', starts_at) * 1000)::bigint as start_ms, (date_part('epoch', ends_at) * 1000)::bigint as end_ms,
      version, subjects, terms ->> 'service' as title, state, terms -> 'where' ->> 'text' as place, terms ->> 'zone' as zone
    from bookings.booking
    where org_id = ${unit.organisation} and state in ('requested', 'confirmed', 'no-show', 'completed')
      and starts_at < ${at(window.toMs)}::timestamptz and ends_at > ${at(window.fromMs)}::timestamptz
      and starts_at > ${at(window.fromMs - LENGTH_MS_MAX)}::timestamptz
      ${subjects === null ? sql`` : sql`and subjects && ${[...subjects]}::text[]`}
      ${ids === null ? sql`` : sql`and id = any(${[...ids]}::text[])`}
      ${after === null ? sql`` : sql`and (starts_at, id) > (${at(after[0])}::timestamptz, ${after[1]})`}
    order by starts_at, id limit ${limit + 1}`.execute(unit.db);
  return rows.map((row) => rowOf(row, calendarId));
};

/** No service takes longer than a day. */
const LENGTH_MS_MAX = 86_400_000;

const rowOf = (row: Row, calendarId: string): InstanceRow => ({
  isView: true,
  object_id: row.id,
  recurrence_id: "",
  calendar_id: calendarId,
  start_ms: row.start_ms,
  end_ms: row.end_ms,
  start_day: null,
  end_day: null,
  version: row.version,
  shown: JSON.stringify({
    uid: row.id,
    title: row.title,
    allDay: false,
    timeZone: row.zone,
    status: row.state === "requested" ? "tentative" : "confirmed",
    transparency: "opaque",
    privacy: "public",
    location: row.place === "" ? null : row.place,
    attendees: [],
    subjectIds: row.subjects,
    recurring: false,
    rrule: null,
    source: "bookings",
  }),
});

/** What bookings are called in conflicts. Who booked is told by the booking alone; it is moved there, and not by a repair. */
export async function describeBookings(
  unit: Unit,
  _viewer: Caller,
  dates: readonly CommitmentDate[],
): Promise<ReadonlyMap<CommitmentDate, Described>> {
  const own = dates.filter(({ source }) => source === "bookings");
  if (own.length === 0) return new Map();
  const { rows } = await sql<{ session_id: string; title: string }>`
    select distinct on (session_id) session_id, terms ->> 'service' as title
    from bookings.booking
    where org_id = ${unit.organisation} and session_id = any(${own.map(({ commitment }) => commitment)}::text[])
    order by session_id, id`.execute(unit.db);
  const titles = new Map(rows.map(({ session_id, title }) => [session_id, title]));
  const calendarId = await calendarOfBookings(unit);
  return new Map(
    own.flatMap((date) => {
      const title = titles.get(date.commitment);
      if (title === undefined) return [];
      const described: Described = {
        title,
        eventId: null,
        calendarId,
        calendarName: "Bookings",
        mayRead: true,
        mayMove: false,
        mayChange: false,
        parts: null,
      };
      return [[date, described] as const];
    }),
  );
}
