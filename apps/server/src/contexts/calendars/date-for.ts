import { sql } from "kysely";
import type { Unit } from "../../platform/db/database.ts";
import type { Caller } from "../../platform/operations/context.ts";
import { calendarFor } from "./access.ts";
import { reaches } from "./model.ts";
import { accessTo } from "./queries.ts";

type Row = { calendar_id: string; recurrence_id: string; start_ms: number; end_ms: number; shown: string };

/** One date of an event, by its name in a series ("" of what happens once), and whose calendar it lies in. */
export type EventDate = {
  readonly date: string;
  readonly ownerId: string | null;
  readonly startMs: number;
  readonly endMs: number;
};

/** A date of an event, its first one unless told; null where the caller may not know of it, "busy" where they may not read what it is. */
export async function dateFor(
  unit: Unit,
  caller: Caller,
  eventId: string,
  recurrenceId: string | null,
): Promise<EventDate | "busy" | null> {
  const { rows } = await sql<Row>`
    select o.calendar_id, i.recurrence_id, f.shown::text as shown,
      (extract(epoch from i.starts_at) * 1000)::bigint as start_ms, (extract(epoch from i.ends_at) * 1000)::bigint as end_ms
    from calendars.object o
    join calendars.instance i on i.org_id = o.org_id and i.object_id = o.id
    join calendars.face f on f.org_id = o.org_id and f.object_id = o.id and f.face = i.face
    where o.org_id = ${unit.organisation} and o.id = ${eventId}
      ${recurrenceId === null ? sql`` : sql`and i.recurrence_id = ${recurrenceId}`}
    order by i.starts_at
    limit 1`.execute(unit.db);
  const row = rows[0];
  const calendar = row === undefined ? "unknown" : await calendarFor(unit, caller, row.calendar_id, "busy");
  if (row === undefined || typeof calendar === "string") return null;
  if (!reaches(accessTo(row.shown, calendar), "read")) return "busy";
  const { recurrence_id: date, start_ms: startMs, end_ms: endMs } = row;
  return { date, ownerId: calendar.ownerSubjectId, startMs, endMs };
}
