import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Unit } from "../../platform/db/database.ts";
import type { KeptDates } from "./derive-ahead.ts";
import type { Access, Calendar, Category, Sharing, StoredObject } from "./model.ts";
import type { OverlapPolicy } from "../claims/pure.ts";
import type { CalendarTables } from "./tables.ts";

export const at = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString();

/** The name of a version of the bytes (RFC 9110 §8.8.3): the same bytes, the same name. */
export const etagOf = (bytes: Uint8Array): string =>
  createHash("sha256").update(bytes).digest("base64url").slice(0, 32);

const UID_CHARACTERS_MAX = 500;

/** A UID as it is kept in keys: as it stands, or its hash when somebody has put a novel there. */
export const uidKey = (uid: string): string =>
  uid.length <= UID_CHARACTERS_MAX ? uid : `sha256:${createHash("sha256").update(uid).digest("hex")}`;

type CalendarRow = {
  id: string;
  name: string;
  colour: number;
  category: Category | null;
  owner_subject_id: string | null;
  zone: string;
  policy: OverlapPolicy;
  sharing: Sharing;
  fed: boolean;
  version: number;
};

export const toCalendar = (row: CalendarRow): Calendar => ({
  id: row.id,
  name: row.name,
  colour: row.colour,
  category: row.category,
  ownerSubjectId: row.owner_subject_id,
  zone: row.zone,
  policy: row.policy,
  sharing: row.sharing,
  fed: row.fed,
  version: row.version,
});

export async function insertCalendars(unit: Unit, calendars: readonly Calendar[]): Promise<void> {
  if (calendars.length === 0) return;
  await unit
    .tables<CalendarTables>()
    .insertInto("calendars.calendar")
    .values(
      calendars.map((calendar) => ({
        org_id: unit.organisation,
        id: calendar.id,
        name: calendar.name,
        colour: calendar.colour,
        category: calendar.category,
        owner_subject_id: calendar.ownerSubjectId,
        zone: calendar.zone,
        policy: calendar.policy,
        sharing: calendar.sharing,
        fed: calendar.fed,
      })),
    )
    .execute();
}

export async function calendarsById(unit: Unit, ids: readonly string[]): Promise<Calendar[]> {
  if (ids.length === 0) return [];
  const rows = await unit
    .tables<CalendarTables>()
    .selectFrom("calendars.calendar")
    .selectAll()
    .where("org_id", "=", unit.organisation)
    .where("id", "in", ids)
    .execute();
  return rows.map(toCalendar);
}

/** Locks one calendar until the commit; null when there is none. */
export async function lockCalendar(unit: Unit, id: string): Promise<Calendar | null> {
  const row = await unit
    .tables<CalendarTables>()
    .selectFrom("calendars.calendar")
    .selectAll()
    .where("org_id", "=", unit.organisation)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? null : toCalendar(row);
}

export async function updateCalendarRow(unit: Unit, calendar: Calendar): Promise<void> {
  await unit
    .tables<CalendarTables>()
    .updateTable("calendars.calendar")
    .set({
      name: calendar.name,
      colour: calendar.colour,
      category: calendar.category,
      zone: calendar.zone,
      policy: calendar.policy,
      sharing: calendar.sharing,
      version: calendar.version,
    })
    .where("org_id", "=", unit.organisation)
    .where("id", "=", calendar.id)
    .execute();
}

export async function deleteCalendarRow(unit: Unit, id: string): Promise<void> {
  await unit
    .tables<CalendarTables>()
    .deleteFrom("calendars.calendar")
    .where("org_id", "=", unit.organisation)
    .where("id", "=", id)
    .execute();
}

/** Dates of a calendar from now on, counted so far. */
export const AHEAD_COUNTED_MAX = 10_000;

export async function countAhead(unit: Unit, calendarId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (
      select from calendars.instance where org_id = ${unit.organisation} and calendar_id = ${calendarId}
        and starts_at >= ${at(unit.nowMs)}::timestamptz limit ${AHEAD_COUNTED_MAX}) ahead`.execute(unit.db);
  return rows[0]!.count;
}

export async function hasObjects(unit: Unit, calendarId: string): Promise<boolean> {
  const { rows } =
    await sql`select from calendars.object where org_id = ${unit.organisation} and calendar_id = ${calendarId} limit 1`.execute(
      unit.db,
    );
  return rows.length > 0;
}

export async function replaceShares(
  unit: Unit,
  calendarId: string,
  shares: readonly { readonly subjectId: string; readonly access: Exclude<Access, "own"> }[],
): Promise<void> {
  const tables = unit.tables<CalendarTables>();
  await tables
    .deleteFrom("calendars.share")
    .where("org_id", "=", unit.organisation)
    .where("calendar_id", "=", calendarId)
    .execute();
  if (shares.length === 0) return;
  await tables
    .insertInto("calendars.share")
    .values(
      shares.map(({ subjectId, access }) => ({
        org_id: unit.organisation,
        calendar_id: calendarId,
        subject_id: subjectId,
        access,
      })),
    )
    .execute();
}

type ObjectRow = {
  id: string;
  calendar_id: string;
  name: string;
  uid: string;
  kind: StoredObject["kind"];
  bytes: Buffer;
  version: number;
  floating_zone: string | null;
};

const toObject = (row: ObjectRow): StoredObject => ({
  id: row.id,
  calendarId: row.calendar_id,
  name: row.name,
  uid: row.uid,
  kind: row.kind,
  bytes: row.bytes,
  version: row.version,
  floatingZone: row.floating_zone,
});

const objectColumns = sql`id, calendar_id, name, uid, kind, bytes, version, floating_zone`;

/** Some objects, locked until the commit, sorted by id: what a command changes, it holds. */
export async function lockObjects(unit: Unit, ids: readonly string[]): Promise<StoredObject[]> {
  const { rows } = await sql<ObjectRow>`
    select ${objectColumns} from calendars.object
    where org_id = ${unit.organisation} and id = any(${[...ids]}::text[]) order by id for update`.execute(unit.db);
  return rows.map(toObject);
}

/** Until when the dates of series are kept; what is no series is left out. */
export async function derivedEnds(unit: Unit, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; derived_to: Temporal.Instant }>`
    select id, derived_to from calendars.object
    where org_id = ${unit.organisation} and id = any(${[...ids]}::text[]) and is_recurring and derived_to is not null`.execute(
    unit.db,
  );
  return new Map(rows.map(({ id, derived_to }) => [id, derived_to.epochMilliseconds]));
}

/** When some dates of an event are, by their recurrence ids; those that are gone are left out. */
export async function instanceTimes(
  unit: Unit,
  objectId: string,
  recurrenceIds: readonly string[],
): Promise<Map<string, { readonly startMs: number; readonly endMs: number }>> {
  const { rows } = await sql<{ recurrence_id: string; starts_at: Temporal.Instant; ends_at: Temporal.Instant }>`
    select recurrence_id, starts_at, ends_at from calendars.instance
    where org_id = ${unit.organisation} and object_id = ${objectId}
      and recurrence_id = any(${[...recurrenceIds]}::text[])`.execute(unit.db);
  return new Map(
    rows.map(({ recurrence_id, starts_at, ends_at }) => [
      recurrence_id,
      { startMs: starts_at.epochMilliseconds, endMs: ends_at.epochMilliseconds },
    ]),
  );
}

export async function objectById(unit: Unit, id: string): Promise<StoredObject | null> {
  const { rows } =
    await sql<ObjectRow>`select ${objectColumns} from calendars.object where org_id = ${unit.organisation} and id = ${id}`.execute(
      unit.db,
    );
  return rows[0] === undefined ? null : toObject(rows[0]);
}

/** What some events are called now, and where they lie; those that are gone are left out. */
export async function titlesOf(
  unit: Unit,
  ids: readonly string[],
): Promise<{ readonly id: string; readonly calendarId: string; readonly title: string }[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ id: string; calendar_id: string; title: string }>`
    select id, calendar_id, title from calendars.object
    where org_id = ${unit.organisation} and id = any(${[...ids]}::text[])`.execute(unit.db);
  return rows.map(({ id, calendar_id, title }) => ({ id, calendarId: calendar_id, title }));
}

/** Every object that holds one of these UIDs, in whichever calendar. */
export async function objectsById(unit: Unit, ids: readonly string[]): Promise<StoredObject[]> {
  const { rows } = await sql<ObjectRow>`
    select ${objectColumns} from calendars.object where org_id = ${unit.organisation} and id = any(${[...ids]}::text[]) order by id`.execute(
    unit.db,
  );
  return rows.map(toObject);
}

export async function objectsByUid(unit: Unit, uids: readonly string[]): Promise<StoredObject[]> {
  const { rows } = await sql<ObjectRow>`
    select ${objectColumns} from calendars.object where org_id = ${unit.organisation} and uid = any(${[...uids]}::text[]) order by id`.execute(
    unit.db,
  );
  return rows.map(toObject);
}

/** Id, version and name of what a calendar holds under these UIDs. */
export async function standingInCalendar(unit: Unit, calendarId: string, uids: readonly string[]) {
  const { rows } = await sql<{ id: string; uid: string; version: number; name: string }>`
    select id, uid, version, name from calendars.object
    where org_id = ${unit.organisation} and calendar_id = ${calendarId} and uid = any(${[...uids]}::text[])`.execute(
    unit.db,
  );
  return new Map(rows.map((row) => [row.uid, row]));
}

/** Objects of a calendar with their bytes, by id: one page of an export, so many rows or bytes, and at least one. */
export async function objectsOfCalendar(
  unit: Unit,
  calendarId: string,
  afterId: string,
  most: { readonly rows: number; readonly bytes: number },
): Promise<StoredObject[]> {
  const { rows } = await sql<ObjectRow>`
    select ${objectColumns} from (
      select *, sum(length(bytes)) over (order by id) - length(bytes) as before
      from (
        select * from calendars.object o
        where org_id = ${unit.organisation} and calendar_id = ${calendarId} and id > ${afterId} and ${visible("o")}
        order by id limit ${most.rows}
      ) next_rows
    ) sized
    where before < ${most.bytes}
    order by id`.execute(unit.db);
  return rows.map(toObject);
}

/** Has everything in a calendar derived again, some at a time. */
export async function markToDerive(unit: Unit, calendarId: string): Promise<void> {
  await sql`
    update calendars.calendar set derive_after = '' where org_id = ${unit.organisation} and id = ${calendarId}`.execute(
    unit.db,
  );
}

/** Has what is still ahead of a subject derived again: what it is, or where, has changed. */
export async function markSubjectToDerive(unit: Unit, subjectId: string): Promise<void> {
  const now = at(unit.nowMs);
  await sql`
    update calendars.object set derive_at = ${now}::timestamptz
    where org_id = ${unit.organisation} and (ends_at is null or ends_at > ${now}::timestamptz)
      and id in (select object_id from calendars.involvement where org_id = ${unit.organisation} and subject_id = ${subjectId})`.execute(
    unit.db,
  );
}

/** Leaves out what an import is still bringing: it becomes visible with one small write. */
export const visible = (alias: "o" | "i") =>
  sql`(${sql.ref(`${alias}.import_id`)} is null or not exists (
    select from calendars.import p where p.org_id = ${sql.ref(`${alias}.org_id`)} and p.id = ${sql.ref(`${alias}.import_id`)} and p.state = 'pending'))`;

/** An object as it is to be from now on, with all that is derived from it. */
export type ObjectWrite = {
  readonly object: StoredObject;
  readonly derived: KeptDates;
  readonly contentTag: string;
  readonly importId: string | null;
};

/** Writes objects and what is derived from them: four statements, however many. */
export async function writeObjects(unit: Unit, writes: readonly ObjectWrite[]): Promise<void> {
  if (writes.length === 0) return;
  // None waits for another's answer, and each is done before the next.
  await Promise.all([
    ...DERIVED.map((table) => deleteDerived(unit, table, writes)),
    insertObjects(unit, writes),
    insertFaces(unit, writes),
    insertInstances(unit, writes),
    insertInvolved(unit, writes),
  ]);
}

/** What is derived from objects, and written anew with them. */
const DERIVED = ["instance", "face", "involvement"] as const;

const deleteDerived = (unit: Unit, table: (typeof DERIVED)[number], writes: readonly ObjectWrite[]) =>
  sql`delete from ${sql.table(`calendars.${table}`)} where org_id = ${unit.organisation}
    and object_id = any(${writes.map(({ object }) => object.id)}::text[])`.execute(unit.db);

async function insertObjects(unit: Unit, writes: readonly ObjectWrite[]): Promise<void> {
  const objects = JSON.stringify(writes.map(objectRow));
  await sql`
    insert into calendars.object (org_id, id, calendar_id, name, uid, kind, bytes, etag, content_tag, version, sequence, title,
      floating_zone, is_recurring, starts_at, ends_at, derived_from, derived_to, derive_at, problem, import_id)
    select ${unit.organisation}, r.id, r.calendar_id, r.name, r.uid, r.kind, decode(r.bytes, 'base64'), r.etag, r.content_tag, r.version, r.sequence, r.title,
      r.floating_zone, r.is_recurring, to_timestamp(r.starts_ms / 1000.0), to_timestamp(r.ends_ms / 1000.0),
      to_timestamp(r.derived_from_ms / 1000.0), to_timestamp(r.derived_to_ms / 1000.0), to_timestamp(r.derive_at_ms / 1000.0),
      r.problem, r.import_id
    from jsonb_to_recordset(${objects}::jsonb) as r(id text, calendar_id text, name text, uid text, kind text, bytes text, etag text,
      content_tag text, version integer, sequence integer, title text, floating_zone text, is_recurring boolean, starts_ms bigint, ends_ms bigint,
      derived_from_ms bigint, derived_to_ms bigint, derive_at_ms bigint, problem text, import_id text)
    on conflict (org_id, id) do update set calendar_id = excluded.calendar_id, name = excluded.name, uid = excluded.uid, kind = excluded.kind,
      bytes = excluded.bytes, etag = excluded.etag, content_tag = excluded.content_tag, version = excluded.version, sequence = excluded.sequence, title = excluded.title,
      floating_zone = excluded.floating_zone, is_recurring = excluded.is_recurring, starts_at = excluded.starts_at, ends_at = excluded.ends_at,
      derived_from = excluded.derived_from, derived_to = excluded.derived_to, derive_at = excluded.derive_at, problem = excluded.problem, import_id = excluded.import_id`.execute(
    unit.db,
  );
}

async function insertFaces(unit: Unit, writes: readonly ObjectWrite[]): Promise<void> {
  const faces = JSON.stringify(
    writes.flatMap(({ object, derived }) =>
      derived.faces.map((face, index) => ({ o: object.id, f: index, s: face.shown, t: face.subjects })),
    ),
  );
  await sql`
    insert into calendars.face (org_id, object_id, face, shown, subjects)
    select ${unit.organisation}, r.o, r.f, r.s, r.t
    from jsonb_to_recordset(${faces}::jsonb) as r(o text, f integer, s text, t text[])`.execute(unit.db);
}

async function insertInstances(unit: Unit, writes: readonly ObjectWrite[]): Promise<void> {
  const instances = JSON.stringify(
    writes.flatMap(({ object, derived, importId }) =>
      derived.instances.map((row) => ({
        o: object.id,
        r: row.recurrenceId,
        c: object.calendarId,
        f: row.face,
        s: row.startMs,
        e: row.endMs,
        a: row.startDay,
        b: row.endDay,
        i: importId,
      })),
    ),
  );
  await sql`
    insert into calendars.instance (org_id, object_id, recurrence_id, calendar_id, face, starts_at, ends_at, start_day, end_day, import_id)
    select ${unit.organisation}, r.o, r.r, r.c, r.f, to_timestamp(r.s / 1000.0), to_timestamp(r.e / 1000.0), r.a, r.b, r.i
    from jsonb_to_recordset(${instances}::jsonb) as r(o text, r text, c text, f integer, s bigint, e bigint, a date, b date, i text)
    on conflict do nothing`.execute(unit.db);
}

async function insertInvolved(unit: Unit, writes: readonly ObjectWrite[]): Promise<void> {
  const involved = JSON.stringify(
    writes.flatMap(({ object, derived }) => derived.subjects.map((subject) => ({ o: object.id, s: subject }))),
  );
  await sql`
    insert into calendars.involvement (org_id, subject_id, object_id)
    select ${unit.organisation}, r.s, r.o from jsonb_to_recordset(${involved}::jsonb) as r(o text, s text)`.execute(
    unit.db,
  );
}

function objectRow({ object, derived, contentTag, importId }: ObjectWrite) {
  return {
    id: object.id,
    calendar_id: object.calendarId,
    name: object.name,
    uid: object.uid,
    kind: object.kind,
    bytes: Buffer.from(object.bytes).toString("base64"),
    etag: etagOf(object.bytes),
    content_tag: contentTag,
    version: object.version,
    sequence: derived.sequence,
    title: derived.title.slice(0, 1_000),
    floating_zone: object.floatingZone,
    is_recurring: derived.isRecurring,
    starts_ms: derived.startsMs,
    ends_ms: derived.endsMs,
    derived_from_ms: derived.derivedFromMs,
    derived_to_ms: derived.derivedToMs,
    derive_at_ms: derived.deriveAgainMs,
    problem: derived.problem,
    import_id: importId,
  };
}

export async function deleteObjects(unit: Unit, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`delete from calendars.object where org_id = ${unit.organisation} and id = any(${[...ids]}::text[])`.execute(
    unit.db,
  );
}
