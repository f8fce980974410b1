import { sql } from "kysely";
import type { Unit } from "../../platform/db/database.ts";
import { calendarsById } from "../calendars/public.ts";
import type { Source } from "./sources.ts";
import { at } from "./store.ts";

// How old calendars elsewhere are, as it is kept.

/** Calendars elsewhere of some subjects, by how old they are. Two statements, and one where there are none. */
export async function sourcesOf(unit: Unit, subjects: readonly string[]): Promise<Source[]> {
  const { rows } = await sql<{ calendar_id: string; fresh_ms: number | null }>`
    select calendar_id, (date_part('epoch', fresh_at) * 1000)::bigint as fresh_ms from bookings.calendar_age
    where org_id = ${unit.organisation} order by fresh_at nulls first, calendar_id limit ${SOURCES_MAX}`.execute(
    unit.db,
  );
  if (rows.length === 0) return [];
  const calendars = await calendarsById(
    unit,
    rows.map((row) => row.calendar_id),
  );
  const byId = new Map(calendars.map((calendar) => [calendar.id, calendar]));
  const own = new Set(subjects);
  return rows.flatMap(({ calendar_id: calendarId, fresh_ms: freshMs }) => {
    const { ownerSubjectId: subjectId = null, name: calendar = "" } = byId.get(calendarId) ?? {};
    return subjectId === null || !own.has(subjectId) ? [] : [{ subjectId, calendarId, calendar, freshMs }];
  });
}
/** As many as an organisation may subscribe to. */
const SOURCES_MAX = 500;

/** Keeps when a calendar elsewhere was last known to be as its source has it; null: not yet. */
export async function noteCalendarAge(unit: Unit, calendarId: string, freshMs: number | null): Promise<void> {
  const fresh = freshMs === null ? null : at(freshMs);
  await sql`
    insert into bookings.calendar_age (org_id, calendar_id, fresh_at)
    values (${unit.organisation}, ${calendarId}, ${fresh}::timestamptz)
    on conflict (org_id, calendar_id) do update set fresh_at = excluded.fresh_at`.execute(unit.db);
}

/** It is not fetched any more: its age says nothing. */
export async function forgetCalendarAge(unit: Unit, calendarId: string): Promise<void> {
  await sql`delete from bookings.calendar_age where org_id = ${unit.organisation} and calendar_id = ${calendarId}`.execute(
    unit.db,
  );
}
