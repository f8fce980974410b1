import { sql } from "kysely";
import { DAY_MS, findZone, UTC, type Zone } from "@hourwright/time";
import { instancesOf, readObject, type EventView } from "@hourwright/ical";
import { LONG_CLAIM_MS } from "../claims/public.ts";
import type { Unit } from "../../platform/db/database.ts";
import { addressesOf, derive } from "./derive.ts";
import { derivedWindow, resolveSubjects } from "./write.ts";
import { at, visible } from "./store.ts";
import { reaches, type StoredObject } from "./model.ts";
import type { SeenCalendar } from "./access.ts";

export type Window = { readonly fromMs: number; readonly toMs: number };

export type EventFilter = {
  readonly window: Window;
  /** Null: everybody and everything. */
  readonly subjects: readonly string[] | null;
  readonly limit: number;
  /** Where the page before ended: start, object, recurrence id. */
  readonly after: readonly [number, string, string] | null;
};

type InstanceRow = {
  object_id: string;
  recurrence_id: string;
  calendar_id: string;
  start_ms: number;
  end_ms: number;
  start_day: string | null;
  end_day: string | null;
  version: number;
  shown: string;
};

/** One page of occurrences, as the JSON texts of the API's events, in order of start. */
export type EventPage = { readonly items: readonly string[]; readonly last: readonly [number, string, string] | null };

/**
 * The occurrences that touch a window, of the given calendars. What is derived comes from its index; the parts of
 * series outside the derived window are expanded here. One or two statements, whatever the window.
 */
export async function listOccurrences(
  unit: Unit,
  calendars: readonly SeenCalendar[],
  filter: EventFilter,
  shownZone: string,
): Promise<EventPage> {
  const derived = await derivedRows(unit, calendars, filter);
  const rows = [...derived, ...(await rowsBeyond(unit, calendars, filter))]
    .filter((row) => filter.after === null || compare(keyOf(row), filter.after) > 0)
    .sort((a, b) => compare(keyOf(a), keyOf(b)));
  const page = rows.slice(0, filter.limit);
  const byId = new Map(calendars.map((calendar) => [calendar.id, calendar]));
  const write = timeWriter(shownZone);
  return {
    items: page.map((row) => eventText(row, byId.get(row.calendar_id)!, write)),
    last: rows.length > filter.limit ? keyOf(page.at(-1)!) : null,
  };
}

const keyOf = (row: InstanceRow): readonly [number, string, string] => [row.start_ms, row.object_id, row.recurrence_id];

function compare(a: readonly [number, string, string], b: readonly [number, string, string]): number {
  if (a[0] !== b[0]) return a[0] - b[0];
  if (a[1] !== b[1]) return a[1] < b[1] ? -1 : 1;
  return a[2] === b[2] ? 0 : a[2] < b[2] ? -1 : 1;
}

async function derivedRows(
  unit: Unit,
  calendars: readonly SeenCalendar[],
  { window, subjects, limit, after }: EventFilter,
): Promise<InstanceRow[]> {
  const ids = calendars.map(({ id }) => id);
  const fromMs = after === null ? window.fromMs : Math.max(window.fromMs, 0);
  const involved =
    subjects === null
      ? sql``
      : sql`and (i.calendar_id in (select id from calendars.calendar where org_id = ${unit.organisation} and owner_subject_id = any(${[...subjects]}::text[]))
          or i.object_id in (select object_id from calendars.involvement where org_id = ${unit.organisation} and subject_id = any(${[...subjects]}::text[])))`;
  const shared = sql`i.org_id = ${unit.organisation} and i.calendar_id = any(${ids}::text[])
    and i.starts_at < ${at(window.toMs)}::timestamptz
    and (i.ends_at > ${at(window.fromMs)}::timestamptz or (i.starts_at = i.ends_at and i.starts_at >= ${at(window.fromMs)}::timestamptz))
    ${involved} and ${visible("i")}
    ${after === null ? sql`` : sql`and (i.starts_at, i.object_id, i.recurrence_id) > (${at(after[0])}::timestamptz, ${after[1]}, ${after[2]})`}`;
  const { rows } = await sql<{ page: PageColumns | null; faces: Record<string, string> | null }>`
    with page as (
      select * from (
        select * from calendars.instance i where ${shared} and not i.is_long and i.starts_at >= ${at(fromMs - LONG_CLAIM_MS)}::timestamptz
        union all
        select * from calendars.instance i where ${shared} and i.is_long
      ) both_kinds order by starts_at, object_id, recurrence_id limit ${limit + 1}
    ), faces as (
      select f.object_id || ' ' || f.face as key, o.version || ' ' || f.shown as shown
      from (select distinct object_id, face from page) p
      join calendars.object o on o.org_id = ${unit.organisation} and o.id = p.object_id
      join calendars.face f on f.org_id = ${unit.organisation} and f.object_id = p.object_id and f.face = p.face
    )
    select (select json_build_object(
        'object', json_agg(object_id), 'recurrence', json_agg(recurrence_id), 'calendar', json_agg(calendar_id), 'face', json_agg(face),
        'start', json_agg(date_part('epoch', starts_at)), 'end', json_agg(date_part('epoch', ends_at)),
        'startDay', json_agg(start_day), 'endDay', json_agg(end_day)) from page having count(*) > 0) as page,
      (select json_object_agg(key, shown) from faces) as faces`.execute(unit.db);
  return rowsOf(rows[0]?.page ?? null, rows[0]?.faces ?? {});
}

/** A page as the database hands it over: columns, and each face once. Thousands of rows would take five times as long. */
type PageColumns = {
  readonly object: string[];
  readonly recurrence: string[];
  readonly calendar: string[];
  readonly face: number[];
  readonly start: number[];
  readonly end: number[];
  readonly startDay: (string | null)[];
  readonly endDay: (string | null)[];
};

function rowsOf(page: PageColumns | null, faces: Readonly<Record<string, string>>): InstanceRow[] {
  if (page === null) return [];
  return page.object.map((object_id, i) => {
    const face = faces[`${object_id} ${page.face[i]!}`]!;
    const split = face.indexOf(" ");
    return {
      object_id,
      recurrence_id: page.recurrence[i]!,
      calendar_id: page.calendar[i]!,
      start_ms: Math.round(page.start[i]! * 1_000),
      end_ms: Math.round(page.end[i]! * 1_000),
      start_day: page.startDay[i]!,
      end_day: page.endDay[i]!,
      version: Number(face.slice(0, split)),
      shown: face.slice(split + 1),
    };
  });
}

/** How many series are expanded for one question beyond the derived window. */
const SERIES_BEYOND_MAX = 2_000;

/** The parts of series that lie outside the derived window, expanded now. */
async function rowsBeyond(
  unit: Unit,
  calendars: readonly SeenCalendar[],
  { window, subjects }: EventFilter,
): Promise<InstanceRow[]> {
  const kept = derivedWindow(unit.nowMs);
  if (window.fromMs >= kept.fromMs && window.toMs <= kept.toMs) return [];
  const involved =
    subjects === null
      ? sql``
      : sql`and o.id in (select object_id from calendars.involvement where org_id = ${unit.organisation} and subject_id = any(${[...subjects]}::text[]))`;
  const { rows } = await sql<{
    id: string;
    calendar_id: string;
    bytes: Buffer;
    version: number;
    floating_zone: string | null;
    derived_to_ms: number;
  }>`
    select o.id, o.calendar_id, o.bytes, o.version, o.floating_zone, (date_part('epoch', o.derived_to) * 1000)::bigint as derived_to_ms
    from calendars.object o
    where o.org_id = ${unit.organisation} and o.is_recurring and o.calendar_id = any(${calendars.map(({ id }) => id)}::text[])
      and (o.ends_at is null or o.ends_at > ${at(window.fromMs)}::timestamptz) ${involved} and ${visible("o")}
    order by o.id limit ${SERIES_BEYOND_MAX}`.execute(unit.db);
  const byId = new Map(calendars.map((calendar) => [calendar.id, calendar]));
  return rows.flatMap((row) => {
    const calendar = byId.get(row.calendar_id)!;
    const object = readObject(row.bytes);
    if (object === null) return [];
    const beyond = { fromMs: window.fromMs, toMs: window.toMs };
    const derived = derive(object, {
      calendar: { ...calendar, ownerEmail: null },
      subjects: {},
      floatingZone: row.floating_zone,
      ...beyond,
    });
    return derived.instances
      .filter((each) => each.startMs >= row.derived_to_ms || each.startMs < kept.fromMs)
      .filter((each) => each.startMs < window.toMs && each.endMs > window.fromMs)
      .map((each) => ({
        object_id: row.id,
        recurrence_id: each.recurrenceId,
        calendar_id: row.calendar_id,
        start_ms: each.startMs,
        end_ms: each.endMs,
        start_day: each.startDay,
        end_day: each.endDay,
        version: row.version,
        shown: derived.faces[each.face]!.shown,
      }));
  });
}

/** The API's event as JSON text: what differs between occurrences, then the shared face. No object is built for it. */
function eventText(row: InstanceRow, calendar: SeenCalendar, write: (ms: number) => string): string {
  const [start, end] =
    row.start_day === null ? [write(row.start_ms), write(row.end_ms)] : [row.start_day, row.end_day!];
  const face = reaches(calendar.access, "read") ? row.shown : busyFace(row.shown);
  const recurrenceId = row.recurrence_id === "" ? "null" : `"${row.recurrence_id}"`;
  const canEdit = reaches(calendar.access, "write");
  return `{"id":"${row.object_id}","recurrenceId":${recurrenceId},"calendarId":"${row.calendar_id}","start":"${start}","end":"${end}","canEdit":${canEdit},"version":${row.version},${face.slice(1)}`;
}

/** What somebody sees who may only know that time is taken. */
function busyFace(shown: string): string {
  const face = JSON.parse(shown) as Record<string, unknown>;
  return JSON.stringify({
    ...face,
    uid: "",
    title: "Busy",
    location: null,
    attendees: [],
    subjectIds: [],
    rrule: null,
  });
}

/** Writes instants in one zone with its offset: `2027-03-25T15:30:00+01:00`. About 0.5 µs each. */
export function timeWriter(zoneId: string): (ms: number) => string {
  const zone: Zone = findZone(zoneId) ?? UTC;
  const two = (value: number) => (value < 10 ? `0${value}` : String(value));
  let dayMs = Number.NaN;
  let dayText = "";
  return (ms) => {
    const localMs = zone.toLocalMs(ms);
    const day = Math.floor(localMs / DAY_MS);
    if (day !== dayMs) {
      dayMs = day;
      dayText = Temporal.Instant.fromEpochMilliseconds(day * DAY_MS)
        .toString()
        .slice(0, 10);
    }
    const seconds = Math.floor((localMs - day * DAY_MS) / 1_000);
    const offset = Math.round((localMs - ms) / 60_000);
    const sign = offset < 0 ? "-" : "+";
    const size = Math.abs(offset);
    return `${dayText}T${two(Math.floor(seconds / 3_600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${sign}${two(Math.floor(size / 60))}:${two(size % 60)}`;
  };
}

export type EventDetail = { readonly text: string; readonly version: number };

/** One event, or one of its occurrences, with everything that a form shows. Null: no such occurrence. */
export async function describeEvent(
  unit: Unit,
  object: StoredObject,
  calendar: SeenCalendar,
  recurrenceId: string | null,
  shownZone: string,
): Promise<string | null> {
  const parsed = readObject(object.bytes);
  const first = parsed?.master ?? parsed?.overrides[0] ?? null;
  if (parsed === null || first === null) return null;
  const { byAddress, owners } = await resolveKnown(unit, object, calendar);
  const ownerEmail = calendar.ownerSubjectId === null ? null : (owners.get(calendar.ownerSubjectId)?.email ?? null);
  const nearMs = first.start.zone === null ? first.start.localMs : first.start.zone.toEpochMs(first.start.localMs);
  const asked = recurrenceId === null ? nearMs : roughMs(recurrenceId);
  const range = { fromMs: asked - 40 * DAY_MS, toMs: asked + 400 * DAY_MS };
  const derived = derive(parsed, {
    calendar: { ...calendar, ownerEmail },
    subjects: byAddress,
    floatingZone: object.floatingZone,
    ...range,
  });
  const row =
    recurrenceId === null ? derived.instances[0] : derived.instances.find((each) => each.recurrenceId === recurrenceId);
  if (row === undefined) return null;
  const zone = findZone(object.floatingZone ?? calendar.zone) ?? UTC;
  const view =
    instancesOf(parsed, { ...range, floatingZone: zone }).instances.find(
      (each) => (each.recurrenceId ?? "") === row.recurrenceId,
    )?.view ?? first;
  const brief = eventText(
    {
      object_id: object.id,
      recurrence_id: row.recurrenceId,
      calendar_id: object.calendarId,
      start_ms: row.startMs,
      end_ms: row.endMs,
      start_day: row.startDay,
      end_day: row.endDay,
      version: object.version,
      shown: derived.faces[row.face]!.shown,
    },
    calendar,
    timeWriter(shownZone),
  );
  const detail = reaches(calendar.access, "read")
    ? detailOf(view, derived.subjects)
    : { description: null, priority: 0, alarms: [], resourceIds: [] };
  return `${brief.slice(0, -1)},${JSON.stringify(detail).slice(1)}`;
}

/** Subjects that exist already: reading makes no outside people. */
async function resolveKnown(unit: Unit, object: StoredObject, calendar: SeenCalendar) {
  const parsed = readObject(object.bytes);
  const addresses = parsed === null ? [] : addressesOf(parsed);
  return resolveSubjects(
    unit,
    addresses,
    calendar.ownerSubjectId === null ? [] : [calendar.ownerSubjectId],
    calendar.zone,
    "stay-unknown",
  );
}

function detailOf(view: EventView, subjects: readonly string[]) {
  return {
    description: view.description === "" ? null : view.description,
    priority: view.priority,
    alarms: [],
    resourceIds: subjects.filter((id) => id.startsWith("res_")),
  };
}

/** The moment a recurrence id names, to within a day: enough to look around it. */
function roughMs(recurrenceId: string): number {
  const match = /^(\d{4})(\d{2})(\d{2})/.exec(recurrenceId);
  if (match === null) return 0;
  const [, year, month, day] = match as unknown as [string, string, string, string];
  return Temporal.Instant.from(`${year}-${month}-${day}T12:00:00Z`).epochMilliseconds;
}
