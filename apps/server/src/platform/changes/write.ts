import { assert } from "@hourwright/std";
import { sql } from "kysely";
import type { Unit } from "../db/unit.ts";
import type { Change } from "./read.ts";

/** What a command says happened to one thing. */
export type ChangeRecord = {
  readonly kind: "created" | "updated" | "removed";
  readonly thing: { readonly type: string; readonly id: string };
  /** The collection (calendar, team …) the thing lies in; a move between two is two records. */
  readonly collectionId?: string | null;
  /** Names of the fields that changed, as the API names them. */
  readonly fields?: readonly string[];
  /** What changed, as it was and as it is: plain JSON, for undo, reactions and audit alone. */
  readonly before?: object | null;
  readonly after?: object | null;
  /** Whoever may read the thing's collection may know all of it, as far as its owner knows: for who tells of the change. */
  readonly isOpen?: boolean;
};

/** A change that is committed, as who wrote it knows it: without its contents. */
export type CommittedChange = Change & { readonly isOpen: boolean | null };

/** A change that holds more keeps ids, kind and fields alone, marked `oversize`: it cannot be undone. */
export const CHANGE_BYTES_MAX = 65_536;

/** A unit that changes more is a job in chunks: the organisation's commits are serial, and everybody waits. */
const CHANGES_PER_UNIT_MAX = 10_000;

/**
 * Gives the changes the organisation's next numbers and stores them: one statement, the last of its transaction.
 * The numbers have no gaps, because the row that counts them stays locked until the commit. Returns them
 * with their numbers.
 */
export async function writeChanges(unit: Unit, changes: readonly ChangeRecord[]): Promise<readonly CommittedChange[]> {
  assert(changes.length <= CHANGES_PER_UNIT_MAX, `${unit.operation} makes ${changes.length} changes in one unit`);
  const rows = JSON.stringify(changes.map(toRow));
  const at = Temporal.Instant.fromEpochMilliseconds(unit.nowMs);
  const { rows: written } = await sql<{ last: number }>`
    with numbered as (
      insert into changes.counter as counter (org_id, seq)
      values (${unit.organisation}, ${changes.length})
      on conflict (org_id) do update set seq = counter.seq + excluded.seq
      returning seq
    ), stored as (
      insert into changes.change (org_id, seq, at, actor, operation, request_id, thing_type, thing_id, collection_id,
        kind, fields, before, after, oversize)
      select ${unit.organisation}, numbered.seq - ${changes.length} + row.position, ${at}::timestamptz,
        ${JSON.stringify(unit.actor)}::jsonb, ${unit.operation}, ${unit.requestId},
        row.thing_type, row.thing_id, row.collection_id, row.kind, row.fields, row.before, row.after, row.oversize
      from numbered, rows from (jsonb_to_recordset(${rows}::jsonb) as (thing_type text, thing_id text,
        collection_id text, kind text, fields text[], before jsonb, after jsonb, oversize boolean))
        with ordinality as row(thing_type, thing_id, collection_id, kind, fields, before, after, oversize, position)
      returning seq
    )
    select max(seq) as last from stored`.execute(unit.db);
  const first = written[0]!.last - changes.length + 1;
  const { actor, operation, requestId } = unit;
  return changes.map(({ kind, thing, collectionId = null, fields = [], isOpen = null }, i) => {
    return { seq: first + i, at, actor, operation, requestId, kind, thing, collectionId, fields, isOpen };
  });
}

function toRow({ kind, thing, collectionId, fields, before, after }: ChangeRecord) {
  const held = JSON.stringify([before ?? null, after ?? null]);
  const oversize = Buffer.byteLength(held) > CHANGE_BYTES_MAX;
  return {
    thing_type: thing.type,
    thing_id: thing.id,
    collection_id: collectionId ?? null,
    kind,
    fields: fields ?? [],
    before: oversize ? null : (before ?? null),
    after: oversize ? null : (after ?? null),
    oversize,
  };
}
