import { sql } from "kysely";
import { limits } from "@hourwright/contract";
import type { Unit } from "../../../platform/db/database.ts";
import { NOTHING_SENT, type SentFiles } from "../decide.ts";
import type { Question } from "../model.ts";
import { at } from "../store.ts";
import { fittingFiles, type FileType, type Standing } from "./decide.ts";

/** A file as the database holds it: neither its name nor its contents can be read without the server's keys. */
export type FileRecord = {
  readonly id: string;
  readonly bookingId: string;
  readonly question: string;
  readonly name: Buffer;
  readonly type: FileType;
  readonly bytes: number;
};

/** One row of a file. Forty of them are the largest. */
export const PART_BYTES = 262_144;

/** A file that is still being sent after so long is not sent any more. */
const SENDING_MS_MAX = 10 * 60_000;

type Row = { id: string; booking_id: string; question: string; name: Buffer; type: FileType; bytes: number };
const columns = sql`id, booking_id, question, name, type, bytes`;
const toRecord = ({ booking_id, ...row }: Row): FileRecord => ({ ...row, bookingId: booking_id });

/** What stands already, what is being sent among it. Until the unit ends nobody else adds a file in the organisation. */
export async function standingFiles(unit: Unit, bookingId: string, question: string): Promise<Standing> {
  await sql`select pg_advisory_xact_lock(hashtext('bookings.file'), ${unit.organisation}::integer)`.execute(unit.db);
  await sql`
    delete from bookings.file where org_id = ${unit.organisation} and booking_id = ${bookingId} and not is_whole
      and made_at < ${at(unit.nowMs - SENDING_MS_MAX)}::timestamptz`.execute(unit.db);
  const { rows } = await sql<{ of_question: number; of_organisation: number; bytes: number }>`
    select (count(*) filter (where booking_id = ${bookingId} and question = ${question}))::integer as of_question,
      count(*)::integer as of_organisation, coalesce(sum(bytes), 0)::bigint as bytes
    from bookings.file where org_id = ${unit.organisation}`.execute(unit.db);
  const { of_question, of_organisation, bytes } = rows[0]!;
  return { ofQuestion: of_question, ofOrganisation: of_organisation, bytesOfOrganisation: bytes };
}

/** The same file as an answer to the same question, if it was sent before. */
export async function sameFile(
  unit: Unit,
  { bookingId, question, mark }: { readonly bookingId: string; readonly question: string; readonly mark: string },
): Promise<(FileRecord & { readonly isWhole: boolean }) | null> {
  const { rows } = await sql<Row & { is_whole: boolean }>`
    select ${columns}, is_whole from bookings.file
    where org_id = ${unit.organisation} and booking_id = ${bookingId} and question = ${question} and mark = ${mark}`.execute(
    unit.db,
  );
  return rows.map(({ is_whole: isWhole, ...row }) => ({ ...toRecord(row), isWhole }))[0] ?? null;
}

export async function insertFile(unit: Unit, file: FileRecord, mark: string): Promise<void> {
  await sql`
    insert into bookings.file (org_id, id, booking_id, question, name, type, bytes, mark, made_at)
    values (${unit.organisation}, ${file.id}, ${file.bookingId}, ${file.question}, ${file.name}, ${file.type}, ${file.bytes},
      ${mark}, ${at(unit.nowMs)}::timestamptz)`.execute(unit.db);
}

/** A part that is there already stays. False where the file is gone meanwhile, with its hold. */
export async function insertPart(unit: Unit, fileId: string, number: number, sealed: Buffer): Promise<boolean> {
  const { rows } = await sql`
    with sent as (
      select org_id, id from bookings.file where org_id = ${unit.organisation} and id = ${fileId} for key share),
    written as (
      insert into bookings.file_part (org_id, file_id, number, sealed)
      select org_id, id, ${number}, ${sealed} from sent on conflict do nothing)
    select id from sent`.execute(unit.db);
  return rows.length === 1;
}

/** Shows a file whose parts are all here. False where it is gone meanwhile. */
export async function finishFile(unit: Unit, fileId: string): Promise<boolean> {
  const { rows } = await sql`
    update bookings.file set is_whole = true where org_id = ${unit.organisation} and id = ${fileId} returning id`.execute(
    unit.db,
  );
  return rows.length === 1;
}

export async function fileById(unit: Unit, id: string): Promise<FileRecord | null> {
  const { rows } = await sql<Row>`
    select ${columns} from bookings.file where org_id = ${unit.organisation} and id = ${id} and is_whole`.execute(
    unit.db,
  );
  return rows.map(toRecord)[0] ?? null;
}

/**
 * What was sent for holds belongs to another from now on, as far as its questions take it: of a file that was sent for several the first.
 * All else stays where it was.
 */
export async function passFilesOn(
  unit: Unit,
  holdIds: readonly string[],
  toId: string,
  questions: readonly Question[],
): Promise<void> {
  const { rows } = await sql<Row>`
    select distinct on (question, mark) ${columns} from bookings.file
    where org_id = ${unit.organisation} and booking_id = any(${[...holdIds]}::text[]) and is_whole
    order by question, mark, id`.execute(unit.db);
  const taken = fittingFiles(rows.map(toRecord), questions).map(({ id }) => id);
  if (taken.length > 0)
    await sql`
      update bookings.file set booking_id = ${toId}
      where org_id = ${unit.organisation} and id = any(${taken}::text[])`.execute(unit.db);
}

/** Files by their own ids, or of what is held. */
export async function filesFor(
  unit: Unit,
  { ids, holdIds }: { readonly ids: readonly string[]; readonly holdIds: readonly string[] },
): Promise<FileRecord[]> {
  if (ids.length === 0 && holdIds.length === 0) return [];
  const { rows } = await sql<Row>`
    select ${columns} from bookings.file
    where org_id = ${unit.organisation} and is_whole
      and (id = any(${[...ids]}::text[]) or booking_id = any(${[...holdIds]}::text[]))
    order by id limit ${limits.FILES_OF_ORGANISATION_MAX}`.execute(unit.db);
  return rows.map(toRecord);
}

/** Files of bookings of customers, with whose they are. */
export async function filesOfCustomers(
  unit: Unit,
  customerIds: readonly string[],
): Promise<{ id: string; bookingId: string; customerId: string }[]> {
  if (customerIds.length === 0) return [];
  const { rows } = await sql<{ id: string; booking_id: string; customer_id: string }>`
    select f.id, f.booking_id, b.customer_id from bookings.file f
    join bookings.booking b on b.org_id = f.org_id and b.id = f.booking_id
    where f.org_id = ${unit.organisation} and f.is_whole and b.customer_id = any(${[...customerIds]}::text[])
    order by f.id limit ${limits.FILES_OF_ORGANISATION_MAX}`.execute(unit.db);
  return rows.map((row) => ({ id: row.id, bookingId: row.booking_id, customerId: row.customer_id }));
}

/** One part; null past the last. */
export async function partOf(unit: Unit, fileId: string, number: number): Promise<Buffer | null> {
  const { rows } = await sql<{ sealed: Buffer }>`
    select sealed from bookings.file_part
    where org_id = ${unit.organisation} and file_id = ${fileId} and number = ${number}`.execute(unit.db);
  return rows[0]?.sealed ?? null;
}

export async function deleteFile(unit: Unit, bookingId: string, id: string): Promise<boolean> {
  const { rows } = await sql`
    delete from bookings.file where org_id = ${unit.organisation} and booking_id = ${bookingId} and id = ${id}
    returning id`.execute(unit.db);
  return rows.length === 1;
}

/**
 * What was sent for a hold that is about to be booked, by question; what answers none of its questions any more, or is not whole, goes.
 * No statement where none asks for files.
 */
export async function settleFiles(unit: Unit, holdId: string, questions: readonly Question[]): Promise<SentFiles> {
  const asking = questions.filter(({ kind }) => kind === "file").map(({ id }) => id);
  if (asking.length === 0) return NOTHING_SENT;
  await sql`
    delete from bookings.file where org_id = ${unit.organisation} and booking_id = ${holdId}
      and (not is_whole or question <> all(${asking}::text[]))`.execute(unit.db);
  const files = await filesFor(unit, { ids: [], holdIds: [holdId] });
  const byQuestion = Map.groupBy(files, ({ question }) => question);
  return new Map([...byQuestion].map(([question, sent]) => [question, sent.map(({ id }) => id)]));
}

/** Takes away what was sent for holds of a service and answers none of the questions that it still asks. */
export async function forgetUnasked(unit: Unit, serviceId: string, asking: readonly string[]): Promise<void> {
  await sql`
    delete from bookings.file f using bookings.booking b
    where f.org_id = ${unit.organisation} and b.org_id = f.org_id and b.id = f.booking_id and b.service_id = ${serviceId}
      and b.state = 'held' and f.question <> all(${[...asking]}::text[])`.execute(unit.db);
}

/** Takes away what a customer has sent, for ever. */
export async function forgetFilesOf(unit: Unit, customerId: string): Promise<void> {
  await sql`
    delete from bookings.file f using bookings.booking b
    where f.org_id = ${unit.organisation} and b.org_id = f.org_id and b.id = f.booking_id and b.customer_id = ${customerId}`.execute(
    unit.db,
  );
}
