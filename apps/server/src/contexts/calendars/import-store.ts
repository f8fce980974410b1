import { sql } from "kysely";
import type { Unit } from "../../platform/db/database.ts";
import type { Caller } from "../../platform/operations/context.ts";
import { uidKey, visible } from "./store.ts";
import type { FoundObject } from "./read-file.task.ts";
import type { CalendarTables } from "./tables.ts";

export type ImportState = CalendarTables["calendars.import"]["state"];

export type Import = {
  readonly id: string;
  readonly jobId: string | null;
  readonly calendarId: string;
  readonly zone: string | null;
  readonly requestId: string;
  /** Who asked; null for what a feed brings. */
  readonly caller: Caller | null;
  readonly state: ImportState;
  readonly bytes: number;
};

export async function insertImport(
  unit: Unit,
  wish: {
    readonly id: string;
    readonly calendarId: string;
    readonly zone: string | null;
    readonly fileName: string | null;
    readonly caller: Caller | null;
  },
): Promise<void> {
  await unit
    .tables<CalendarTables>()
    .insertInto("calendars.import")
    .values({
      org_id: unit.organisation,
      id: wish.id,
      job_id: null,
      calendar_id: wish.calendarId,
      zone: wish.zone,
      file_name: wish.fileName,
      request_id: unit.requestId,
      caller: JSON.stringify(wish.caller) as never,
      state: "uploading",
      bytes: 0,
      created_at: Temporal.Instant.fromEpochMilliseconds(unit.nowMs),
    })
    .execute();
}

const toImport = (row: CalendarTables["calendars.import"]): Import => ({
  id: row.id,
  jobId: row.job_id,
  calendarId: row.calendar_id,
  zone: row.zone,
  requestId: row.request_id,
  caller: row.caller as Caller | null,
  state: row.state,
  bytes: row.bytes,
});

export async function importById(unit: Unit, id: string): Promise<Import | null> {
  const row = await unit
    .tables<CalendarTables>()
    .selectFrom("calendars.import")
    .selectAll()
    .where("org_id", "=", unit.organisation)
    .where("id", "=", id)
    .executeTakeFirst();
  return row === undefined ? null : toImport(row);
}

export async function importOfRequest(unit: Unit, requestId: string): Promise<Import | null> {
  const row = await unit
    .tables<CalendarTables>()
    .selectFrom("calendars.import")
    .selectAll()
    .where("org_id", "=", unit.organisation)
    .where("request_id", "=", requestId)
    .executeTakeFirst();
  return row === undefined ? null : toImport(row);
}

export async function setImportState(
  unit: Unit,
  id: string,
  state: ImportState,
  uploaded?: { readonly bytes: number; readonly jobId: string | null },
): Promise<void> {
  await unit
    .tables<CalendarTables>()
    .updateTable("calendars.import")
    .set({ state, ...(uploaded === undefined ? {} : { bytes: uploaded.bytes, job_id: uploaded.jobId }) })
    .where("org_id", "=", unit.organisation)
    .where("id", "=", id)
    .execute();
}

export async function insertPart(unit: Unit, importId: string, part: number, bytes: Uint8Array): Promise<void> {
  await unit
    .tables<CalendarTables>()
    .insertInto("calendars.upload")
    .values({ org_id: unit.organisation, import_id: importId, part, bytes: Buffer.from(bytes) })
    .execute();
}

export async function readPart(unit: Unit, importId: string, part: number): Promise<Buffer | null> {
  const row = await unit
    .tables<CalendarTables>()
    .selectFrom("calendars.upload")
    .select("bytes")
    .where("org_id", "=", unit.organisation)
    .where("import_id", "=", importId)
    .where("part", "=", part)
    .executeTakeFirst();
  return row?.bytes ?? null;
}

export async function insertStaged(
  unit: Unit,
  importId: string,
  from: number,
  objects: readonly FoundObject[],
): Promise<void> {
  const rows = JSON.stringify(
    objects.map((object, i) => ({
      position: from + i,
      uid: object.kind === "VEVENT" ? uidKey(object.uid) : uidKey(`${object.kind} ${object.uid}`),
      kind: object.kind,
      bytes: Buffer.from(object.bytes).toString("base64"),
      content_tag: object.contentTag,
      floats: object.floats,
      addresses: object.addresses,
    })),
  );
  await sql`
    insert into calendars.staged (org_id, import_id, position, uid, kind, bytes, content_tag, floats, addresses)
    select ${unit.organisation}, ${importId}, r.position, r.uid, r.kind, decode(r.bytes, 'base64'), r.content_tag, r.floats, r.addresses
    from jsonb_to_recordset(${rows}::jsonb) as r(position integer, uid text, kind text, bytes text, content_tag text, floats boolean, addresses jsonb)
    on conflict (org_id, import_id, position) do nothing`.execute(unit.db);
}

export type Staged = {
  readonly position: number;
  readonly uid: string;
  readonly kind: "VEVENT" | "VTODO" | "VJOURNAL";
  readonly bytes: Buffer;
  readonly contentTag: string;
  readonly addresses: readonly { readonly email: string; readonly name: string | null }[];
  /** Where its floating times are read: as the import asks, else as the calendar has had it. */
  readonly floatingZone: string | null;
  /** The calendar holds it already, and it says the same. */
  readonly isUnchanged: boolean;
};

/**
 * Whether what stands in a calendar (`o`) says what is staged (`s`): the zone counts where one is asked for. What an
 * import that was broken off has left there counts as changed: it will be taken back.
 */
const isUnchanged = (zone: string | null) => sql`(o.content_tag = s.content_tag and ${visible("o")}
  and (${zone}::text is null or not s.floats or o.floating_zone is not distinct from ${zone}))`;

/** The next staged objects of an import, compared with what its calendar holds: so many rows or bytes, and at least one. */
export async function readStaged(
  unit: Unit,
  { id, calendarId, zone }: Pick<Import, "id" | "calendarId" | "zone">,
  from: number,
  most: { readonly rows: number; readonly bytes: number },
): Promise<Staged[]> {
  const { rows } = await sql<Staged>`
    select s.position, s.uid, s.kind, s.bytes, s.content_tag as "contentTag", s.addresses,
      coalesce(${zone}, o.floating_zone) as "floatingZone", o.id is not null and ${isUnchanged(zone)} as "isUnchanged"
    from (
      select *, sum(length(bytes)) over (order by position) - length(bytes) as before
      from (
        select * from calendars.staged
        where org_id = ${unit.organisation} and import_id = ${id} and position >= ${from} order by position limit ${most.rows}
      ) next_rows
    ) s
    left join calendars.object o on o.org_id = s.org_id and o.calendar_id = ${calendarId} and o.uid = s.uid
    where s.before < ${most.bytes}
    order by s.position`.execute(unit.db);
  return rows;
}

/** How many staged objects are new to the calendar, changed, or there already. What nobody sees is new. */
export async function compareStaged(
  unit: Unit,
  { id, calendarId, zone }: Pick<Import, "id" | "calendarId" | "zone">,
): Promise<{ created: number; updated: number; unchanged: number }> {
  const { rows } = await sql<{ created: number; updated: number; unchanged: number }>`
    select count(*) filter (where o.id is null or not ${visible("o")}) as created,
      count(*) filter (where o.id is not null and ${visible("o")} and not ${isUnchanged(zone)}) as updated,
      count(*) filter (where o.id is not null and ${isUnchanged(zone)}) as unchanged
    from calendars.staged s
    left join calendars.object o on o.org_id = s.org_id and o.calendar_id = ${calendarId} and o.uid = s.uid
    where s.org_id = ${unit.organisation} and s.import_id = ${id}`.execute(unit.db);
  return rows[0]!;
}

/** Removes what an import no longer needs, a bounded part at a time; true when nothing is left. */
export async function clearUpload(unit: Unit, importId: string, rowsMax: number): Promise<boolean> {
  const parts = await sql`delete from calendars.upload where org_id = ${unit.organisation} and import_id = ${importId}
    and part in (select part from calendars.upload where org_id = ${unit.organisation} and import_id = ${importId} order by part limit 16) returning part`.execute(
    unit.db,
  );
  const staged = await sql`delete from calendars.staged where org_id = ${unit.organisation} and import_id = ${importId}
    and position in (select position from calendars.staged where org_id = ${unit.organisation} and import_id = ${importId} order by position limit ${rowsMax}) returning position`.execute(
    unit.db,
  );
  return parts.rows.length === 0 && staged.rows.length === 0;
}

/** Imports that are neither visible nor undone, oldest first. */
export async function unfinishedImports(
  unit: Unit,
  limit: number,
): Promise<(Import & { readonly createdMs: number })[]> {
  const rows = await unit
    .tables<CalendarTables>()
    .selectFrom("calendars.import")
    .selectAll()
    .where("org_id", "=", unit.organisation)
    .where("state", "in", ["uploading", "uploaded", "staged", "pending"])
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...toImport(row), createdMs: row.created_at.epochMilliseconds }));
}
