import { setImmediate } from "node:timers/promises";
import { sql } from "kysely";
import { LONG_CLAIM_MS, TIME_MIN_MS } from "../claims/pure.ts";
import type { Unit } from "../../platform/db/database.ts";
import type { SeenCalendar } from "./access.ts";
import { expandBeyond, readBeyond, type SeriesBeyond } from "./beyond.ts";
import { mayWriteInto, reaches, type Access } from "./model.ts";
import { at, visible } from "./store.ts";
import { timeWriter } from "./time-writer.ts";

export type Window = { readonly fromMs: number; readonly toMs: number };

export type EventFilter = {
  readonly window: Window;
  /** Null: everybody and everything. */
  readonly subjects: readonly string[] | null;
  /** Null: all; else these events alone. */
  readonly ids: readonly string[] | null;
  readonly limit: number;
  /** Where the page before ended: start, object, recurrence id. */
  readonly after: readonly [number, string, string] | null;
};

export type InstanceRow = {
  /** Something that another context owns: seen here, and changed there. */
  isView?: true;
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
 * What is read of a window in one unit: the dates that are kept, the series of which more is to be expanded, and what other
 * contexts have in it.
 */
export type WindowRead = {
  readonly kept: readonly InstanceRow[];
  readonly beyond: readonly SeriesBeyond[];
  readonly views: readonly InstanceRow[];
};

/** What another context has in some calendars: a page of a window in the order of the list, one more than fit where there are. */
export type ViewsOf = (unit: Unit, calendarIds: readonly string[], filter: EventFilter) => Promise<InstanceRow[]>;

/** Reads what touches a window, of the given calendars: the first page of what is kept, and what is not kept. */
export async function readWindow(
  unit: Unit,
  calendars: readonly SeenCalendar[],
  filter: EventFilter,
  viewsOf: ViewsOf,
): Promise<WindowRead> {
  return {
    kept: await derivedRows(unit, calendars, filter),
    beyond: await readBeyond(unit, calendars, filter),
    views: await viewsOf(
      unit,
      calendars.map(({ id }) => id),
      filter,
    ),
  };
}

/** One page of the occurrences that touch a window, in order of start. Not inside a unit: series are expanded here. */
export async function pageOfWindow(
  { kept, beyond, views }: WindowRead,
  calendars: readonly SeenCalendar[],
  { after, limit }: EventFilter,
  shownZone: string,
): Promise<EventPage> {
  const expanded = (await expandBeyond(beyond)).filter((row) => after === null || compare(keyOf(row), after) > 0);
  const further = [...expanded, ...views];
  const rows = further.length === 0 ? kept : merged(kept, further);
  const page = rows.slice(0, limit);
  const byId = new Map(calendars.map((calendar) => [calendar.id, calendar]));
  const write = timeWriter(shownZone);
  const items: string[] = [];
  for (const [i, row] of page.entries()) {
    if (i % ITEMS_OF_A_STEP === 0) await setImmediate();
    const text = eventText(row, byId.get(row.calendar_id)!, write);
    if (text !== null) items.push(text);
  }
  return { items, last: rows.length > limit ? keyOf(page.at(-1)!) : null };
}

/** Events written between two pauses: a few milliseconds. */
const ITEMS_OF_A_STEP = 1_000;

/** Both in one order. At the edge of its derived span a date may be found by both: it is one. */
function merged(derived: readonly InstanceRow[], beyond: readonly InstanceRow[]): InstanceRow[] {
  const rows = [...derived, ...beyond].sort((a, b) => compare(keyOf(a), keyOf(b)));
  return rows.filter((row, i) => i === 0 || compare(keyOf(row), keyOf(rows[i - 1]!)) !== 0);
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
  { window, subjects, ids: only, limit, after }: EventFilter,
): Promise<InstanceRow[]> {
  const fromMs = Math.max(window.fromMs - LONG_CLAIM_MS, after?.[0] ?? TIME_MIN_MS);
  const named = only === null ? sql`` : sql`and i.object_id = any(${[...only]}::text[])`;
  const touching = sql`select * from calendars.instance i where i.org_id = ${unit.organisation} ${named}
    and i.starts_at < ${at(window.toMs)}::timestamptz
    and (i.ends_at > ${at(window.fromMs)}::timestamptz or (i.starts_at = i.ends_at and i.starts_at >= ${at(window.fromMs)}::timestamptz))
    and ${visible("i")}
    ${after === null ? sql`` : sql`and (i.starts_at, i.object_id, i.recurrence_id) > (${at(after[0])}::timestamptz, ${after[1]}, ${after[2]})`}`;
  const lengths = [sql`not i.is_long and i.starts_at >= ${at(fromMs)}::timestamptz`, sql`i.is_long`];
  // Each way to an event, and each length, has its own index: together in one condition they would have none.
  const ways = waysTo(unit, calendars, subjects).flatMap((way) =>
    lengths.map((length) => sql`(${touching} and ${way} and ${length})`),
  );
  const { rows } = await sql<{ page: PageColumns | null; faces: Record<string, string> | null }>`
    with page as (
      select * from (${sql.join(ways, sql` union all `)}) all_ways order by starts_at, object_id, recurrence_id limit ${limit + 1}
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

/**
 * The ways to the events of some calendars, none of which leads where another does: of everybody through the calendars; of
 * some subjects through the calendars that are theirs, and in the others through what takes their time.
 */
function waysTo(unit: Unit, calendars: readonly SeenCalendar[], subjects: readonly string[] | null) {
  const within = (some: readonly SeenCalendar[]) => sql`i.calendar_id = any(${some.map(({ id }) => id)}::text[])`;
  if (subjects === null) return [within(calendars)];
  const isTheirs = ({ ownerSubjectId }: SeenCalendar) => ownerSubjectId !== null && subjects.includes(ownerSubjectId);
  const involving = sql`i.object_id = any(array(select object_id from calendars.involvement
    where org_id = ${unit.organisation} and subject_id = any(${[...subjects]}::text[])))`;
  return [
    within(calendars.filter(isTheirs)),
    sql`${within(calendars.filter((calendar) => !isTheirs(calendar)))} and ${involving}`,
  ];
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

/**
 * The API's event as JSON text: what differs between occurrences, then the shared face. No object is built for it.
 * Null for who may only know when time is taken, when this takes none.
 */
export function eventText(row: InstanceRow, calendar: SeenCalendar, write: (ms: number) => string): string | null {
  const [start, end] =
    row.start_day === null ? [write(row.start_ms), write(row.end_ms)] : [row.start_day, row.end_day!];
  const face = reaches(accessTo(row.shown, calendar), "read") ? row.shown : busyFace(row.shown);
  if (face === null) return null;
  const recurrenceId = row.recurrence_id === "" ? "null" : `"${row.recurrence_id}"`;
  const canEdit = row.isView !== true && mayWriteInto(calendar);
  return `{"id":"${row.object_id}","recurrenceId":${recurrenceId},"calendarId":"${row.calendar_id}","start":"${start}","end":"${end}","canEdit":${canEdit},"version":${row.version},${face.slice(1)}`;
}

/** What a viewer may do with one event of a calendar, of which `shown` is a face: who may only read it sees less. */
export function accessTo(shown: string, { access }: Pick<SeenCalendar, "access">): Access {
  return access === "read" && !saysPublic(shown) ? "busy" : access;
}

/** Quotes within a text are escaped, so nothing that somebody has written can look like this. */
export const saysPublic = (shown: string): boolean => shown.includes(`"privacy":"public"`);

/** Those of some events that are there and public in all they show: whoever may read their calendar may know them. */
export async function publicEvents(unit: Unit, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const { rows } = await sql<{ object_id: string }>`
    select object_id
    from calendars.face
    where org_id = ${unit.organisation} and object_id = any(${[...ids]}::text[])
    group by object_id
    having bool_and(position('"privacy":"public"' in shown) > 0)`.execute(unit.db);
  return new Set(rows.map(({ object_id }) => object_id));
}

/** What somebody sees who may only know that time is taken; null when it takes none. */
function busyFace(shown: string): string | null {
  const face = JSON.parse(shown) as Record<string, unknown>;
  if (face["transparency"] === "transparent" || face["status"] === "cancelled") return null;
  return JSON.stringify({
    ...face,
    uid: "",
    title: "Busy",
    location: null,
    link: undefined,
    locked: undefined,
    attendees: [],
    subjectIds: [],
    rrule: null,
  });
}
