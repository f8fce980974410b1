import { assert } from "@hourwright/std";
import type { Session } from "../db/session.ts";
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

/** What one unit says happened, and on whose behalf it ran. */
export type Recorded = {
  readonly by: Pick<Unit, "actor" | "operation" | "requestId" | "nowMs">;
  readonly changes: readonly ChangeRecord[];
};

const WRITE = `
  with numbered as (
    insert into changes.counter as counter (org_id, seq) values ($1, $2::bigint)
    on conflict (org_id) do update set seq = counter.seq + excluded.seq
    returning seq
  ), units as materialized (
    select * from rows from (jsonb_to_recordset($3::jsonb) as (at timestamptz, actor jsonb, operation text, request_id text))
      with ordinality as unit(at, actor, operation, request_id, number)
  ), stored as (
    insert into changes.change (org_id, seq, at, actor, operation, request_id, thing_type, thing_id, collection_id,
      kind, fields, before, after, oversize)
    select $1, numbered.seq - $2::bigint + row.position, units.at, units.actor, units.operation, units.request_id,
      row.thing_type, row.thing_id, row.collection_id, row.kind, row.fields, row.before, row.after, row.oversize
    from numbered, rows from (jsonb_to_recordset($4::jsonb) as (unit bigint, thing_type text, thing_id text,
      collection_id text, kind text, fields text[], before jsonb, after jsonb, oversize boolean))
      with ordinality as row(unit, thing_type, thing_id, collection_id, kind, fields, before, after, oversize, position)
    join units on units.number = row.unit
    returning seq
  )
  select max(seq) as last from stored`;

/**
 * Gives the changes of units the organisation's next numbers and stores them: one statement, the last of its transaction.
 * The numbers have no gaps, because the row that counts them stays locked until the commit. Returns them, unit by unit,
 * with their numbers.
 */
export async function writeChanges(
  session: Pick<Session, "query">,
  organisation: number,
  units: readonly Recorded[],
): Promise<CommittedChange[][]> {
  for (const { by, changes } of units)
    assert(changes.length <= CHANGES_PER_UNIT_MAX, `${by.operation} makes ${changes.length} changes in one unit`);
  const rows = units.flatMap(({ changes }, unit) => changes.map((change) => ({ ...toRow(change), unit: unit + 1 })));
  if (rows.length === 0) return units.map(() => []);
  const by = units.map(({ by: { actor, operation, requestId, nowMs } }) => ({
    at: Temporal.Instant.fromEpochMilliseconds(nowMs),
    actor,
    operation,
    requestId,
  }));
  const { rows: written } = await session.query<{ last: number }>(WRITE, [
    organisation,
    rows.length,
    JSON.stringify(by.map(({ requestId, ...rest }) => ({ ...rest, request_id: requestId }))),
    JSON.stringify(rows),
  ]);
  let seq = written[0]!.last - rows.length;
  return units.map(({ changes }, unit) =>
    changes.map(({ kind, thing, collectionId = null, fields = [], isOpen = null }) => {
      return { ...by[unit]!, seq: ++seq, kind, thing, collectionId, fields, isOpen };
    }),
  );
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
