import { sql } from "kysely";
import { setImmediate } from "node:timers/promises";
import { readObject, type CalendarObject } from "@hourwright/ical";
import type { Unit } from "../../platform/db/database.ts";
import type { SeenCalendar } from "./access.ts";
import { derive, type DeriveFacts } from "./derive.ts";
import { factsFor } from "./facts.ts";
import type { EventFilter, InstanceRow } from "./queries.ts";
import { at, visible } from "./store.ts";

/** How many series are expanded for one question beyond what is kept of them. */
const SERIES_BEYOND_MAX = 2_000;

type SeriesRow = {
  id: string;
  calendar_id: string;
  bytes: Buffer;
  version: number;
  floating_zone: string | null;
  from_ms: number;
  to_ms: number;
};

/** A series that may have dates in a window, outside what is kept of it, with all that expanding it needs. */
export type SeriesBeyond = {
  readonly row: SeriesRow;
  readonly object: CalendarObject;
  readonly facts: DeriveFacts;
};

/** The series whose dates in the window are not all kept. Two or three statements, however many. */
export async function readBeyond(
  unit: Unit,
  calendars: readonly SeenCalendar[],
  { window, subjects, ids }: EventFilter,
): Promise<SeriesBeyond[]> {
  const series = await seriesBeyond(unit, calendars, window, subjects, ids);
  if (series.length === 0) return [];
  const byId = new Map(calendars.map((calendar) => [calendar.id, calendar]));
  const read = series.flatMap((row) => {
    const object = readObject(row.bytes);
    return object === null ? [] : [{ row, object, calendar: byId.get(row.calendar_id)! }];
  });
  const facts = await factsFor(unit, read, window, "stay-unknown");
  return read.map(({ row, object, calendar }) => ({ row, object, facts: facts(calendar, row.floating_zone) }));
}

/** Dates expanded between two pauses: a few milliseconds. */
const DATES_OF_A_STEP = 500;

/** Expands series outside what is kept of them. Not inside a unit: it gives way to others as it goes. */
export async function expandBeyond(series: readonly SeriesBeyond[]): Promise<InstanceRow[]> {
  const rows: InstanceRow[] = [];
  let pausedAt = 0;
  for (const { row, object, facts } of series) {
    const derived = derive(object, facts);
    for (const each of derived.instances) {
      if (each.startMs >= row.from_ms && each.startMs < row.to_ms) continue;
      rows.push({
        object_id: row.id,
        recurrence_id: each.recurrenceId,
        calendar_id: row.calendar_id,
        start_ms: each.startMs,
        end_ms: each.endMs,
        start_day: each.startDay,
        end_day: each.endDay,
        version: row.version,
        shown: derived.faces[each.face]!.shown,
      });
    }
    if (rows.length - pausedAt < DATES_OF_A_STEP) continue;
    pausedAt = rows.length;
    await setImmediate();
  }
  return rows;
}

async function seriesBeyond(
  unit: Unit,
  calendars: readonly SeenCalendar[],
  { fromMs, toMs }: EventFilter["window"],
  subjects: readonly string[] | null,
  only: readonly string[] | null,
): Promise<SeriesRow[]> {
  const ids = calendars.map(({ id }) => id);
  const involved =
    subjects === null
      ? sql``
      : sql`and (o.calendar_id in (select id from calendars.calendar where org_id = ${unit.organisation} and owner_subject_id = any(${[...subjects]}::text[]))
          or o.id in (select object_id from calendars.involvement where org_id = ${unit.organisation} and subject_id = any(${[...subjects]}::text[])))`;
  const named = only === null ? sql`` : sql`and o.id = any(${[...only]}::text[])`;
  const shared = sql`o.org_id = ${unit.organisation} ${named} and o.calendar_id = any(${ids}::text[])
    and (o.ends_at is null or o.ends_at > ${at(fromMs)}::timestamptz) ${involved} and ${visible("o")}`;
  const { rows } = await sql<SeriesRow>`
    select o.id, o.calendar_id, o.bytes, o.version, o.floating_zone, (date_part('epoch', o.derived_from) * 1000)::bigint as from_ms,
      (date_part('epoch', o.derived_to) * 1000)::bigint as to_ms
    from (
      select * from calendars.object o where ${shared} and o.derived_to < ${at(toMs)}::timestamptz
      union
      select * from calendars.object o where ${shared} and o.derived_from > ${at(fromMs)}::timestamptz
    ) o order by o.id limit ${SERIES_BEYOND_MAX}`.execute(unit.db);
  return rows;
}
