import { assert } from "@hourwright/std";
import { sql } from "kysely";
import type { Actor, Unit } from "../db/unit.ts";

/** One row of the log, as its readers get it: they read the thing again, with their own sight. */
export type Change = {
  readonly seq: number;
  readonly at: Temporal.Instant;
  readonly actor: Actor;
  readonly operation: string;
  readonly requestId: string;
  readonly kind: "created" | "updated" | "removed";
  readonly thing: { readonly type: string; readonly id: string };
  readonly collectionId: string | null;
  readonly fields: readonly string[];
};

/** A change with what it held: for undo, reactions and audit alone. Null once 30 days are over, or it was too large. */
export type ChangeWithContents = Change & {
  readonly before: unknown;
  readonly after: unknown;
  /** It held more than 64 kB, so neither was kept. */
  readonly oversize: boolean;
};

const CHANGES_PER_READ_MAX = 1_000;

/** Enough to say who was in between. */
const CHANGED_SINCE_MAX = 100;

/** A row without its contents. */
type Row = {
  seq: number;
  at: Temporal.Instant;
  actor: Actor;
  operation: string;
  request_id: string;
  kind: Change["kind"];
  thing_type: string;
  thing_id: string;
  collection_id: string | null;
  fields: string[];
};
type RowWithContents = Row & { before: unknown; after: unknown; oversize: boolean };

const COLUMNS = sql`seq, at, actor, operation, request_id, kind, thing_type, thing_id, collection_id, fields`;

/**
 * The changes after `since`, in order, at most `limit` (1,000); of one collection when it is named. One index range.
 * `nextSince` is null when nothing follows yet.
 */
export async function readChanges(
  unit: Unit,
  { since, limit, collectionId }: { since: number; limit: number; collectionId?: string },
): Promise<{ readonly changes: readonly Change[]; readonly nextSince: number | null }> {
  assertLimit(limit);
  const { rows } = await sql<Row>`
    select ${COLUMNS}
    from changes.change
    where org_id = ${unit.organisation} and seq > ${since}
      ${collectionId === undefined ? sql`` : sql`and collection_id = ${collectionId}`}
    order by seq
    limit ${limit + 1}`.execute(unit.db);
  const changes = rows.slice(0, limit).map(toChange);
  return { changes, nextSince: rows.length > limit ? changes.at(-1)!.seq : null };
}

/** The number of the organisation's last change; 0 before the first. */
export async function lastSeq(unit: Unit): Promise<number> {
  const { rows } = await sql<{ seq: number }>`
    select seq from changes.counter where org_id = ${unit.organisation}`.execute(unit.db);
  return rows[0]?.seq ?? 0;
}

/** The same as `readChanges`, with their contents. */
export async function readChangesWithContents(
  unit: Unit,
  { since, limit }: { since: number; limit: number },
): Promise<readonly ChangeWithContents[]> {
  assertLimit(limit);
  const { rows } = await sql<RowWithContents>`
    select ${COLUMNS}, before, after, oversize
    from changes.change
    where org_id = ${unit.organisation} and seq > ${since}
    order by seq
    limit ${limit}`.execute(unit.db);
  return rows.map(toChangeWithContents);
}

/** What one request changed, in order, with contents, the first `limit` after `since`: what undo is made from. Empty when there was no such request. */
export async function changesOfRequest(
  unit: Unit,
  requestId: string,
  limit: number = CHANGES_PER_READ_MAX,
  since = 0,
): Promise<readonly ChangeWithContents[]> {
  assertLimit(limit);
  const { rows } = await sql<RowWithContents>`
    select ${COLUMNS}, before, after, oversize
    from changes.change
    where org_id = ${unit.organisation} and request_id = ${requestId} and seq > ${since}
    order by seq
    limit ${limit}`.execute(unit.db);
  return rows.map(toChangeWithContents);
}

/** A thing of which nothing of its own changed, but something in it: a calendar after an import. Undo has no part in it. */
const isTouch = sql`(kind = 'updated' and before is null and after is null and not oversize)`;

/**
 * Who changed, after a request, what it had changed: the latest such change of each thing, in order, the last 100 of
 * them. What was undone meanwhile does not count, nor does its undo. Empty when every thing is as the request left it,
 * which is what undo asks, once the things are locked.
 */
export async function changedSince(unit: Unit, requestId: string): Promise<readonly Change[]> {
  const { rows } = await sql<Row & { undoes: string | null }>`
    with left_by_request as (
      select thing_type, thing_id, max(seq) as seq
      from changes.change
      where org_id = ${unit.organisation} and request_id = ${requestId} and not ${isTouch}
      group by thing_type, thing_id
    )
    select later.*, (
      select undo.thing_id
      from changes.change undo
      where undo.org_id = ${unit.organisation} and undo.request_id = later.request_id and undo.thing_type = 'request'
      limit 1
    ) as undoes
    from left_by_request as mine
    cross join lateral (
      select ${COLUMNS}
      from changes.change
      where org_id = ${unit.organisation} and thing_type = mine.thing_type and thing_id = mine.thing_id
        and seq > mine.seq and not ${isTouch}
      order by seq desc
      limit ${CHANGES_OF_THING_MAX}
    ) as later
    order by later.seq`.execute(unit.db);
  return [...Map.groupBy(rows, ({ thing_type, thing_id }) => `${thing_type} ${thing_id}`).values()]
    .flatMap((changes) => {
      // Of one that was changed more often it is not known what the first of these took back.
      const last = changes.length < CHANGES_OF_THING_MAX ? standing(changes).at(-1) : changes.at(-1);
      return last === undefined ? [] : [toChange(last)];
    })
    .toSorted((one, other) => one.seq - other.seq)
    .slice(-CHANGED_SINCE_MAX);
}

/** So often was a thing changed at most, that what was undone of it is looked for. */
const CHANGES_OF_THING_MAX = 50;

/** Changes of one thing, in order, without those that a later one of them took back. */
function standing<Each extends { readonly request_id: string; readonly undoes: string | null }>(
  changes: readonly Each[],
): readonly Each[] {
  let left: readonly Each[] = [];
  // A request that changed the thing several times took back, or is taken back, at once.
  for (const change of new Map(changes.map((each) => [each.request_id, each])).values()) {
    const isUndo = left.some(({ request_id }) => request_id === change.undoes);
    left = isUndo ? left.filter(({ request_id }) => request_id !== change.undoes) : [...left, change];
  }
  return left;
}

/** What the last change left of each thing that a request changed, by type and id; null of what is gone, or is not kept. */
export async function leftNow(unit: Unit, requestId: string): Promise<ReadonlyMap<string, unknown>> {
  const { rows } = await sql<{ thing_type: string; thing_id: string; after: unknown }>`
    select mine.thing_type, mine.thing_id, last.after
    from (
      select distinct thing_type, thing_id from changes.change
      where org_id = ${unit.organisation} and request_id = ${requestId} and not ${isTouch}
    ) as mine
    cross join lateral (
      select after from changes.change
      where org_id = ${unit.organisation} and thing_type = mine.thing_type and thing_id = mine.thing_id
        and not ${isTouch}
      order by seq desc
      limit 1
    ) as last`.execute(unit.db);
  return new Map(rows.map(({ thing_type, thing_id, after }) => [`${thing_type} ${thing_id}`, after]));
}

/** Who last changed some things of these types after a place in the log, by id; what was not changed is left out. One index range a thing. */
export async function lastChangesOf(
  unit: Unit,
  types: readonly string[],
  ids: readonly string[],
  since: number,
): Promise<ReadonlyMap<string, Change>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<Row>`
    select later.*
    from unnest(${[...types]}::text[]) as asked_type(type)
    cross join unnest(${[...ids]}::text[]) as asked(id)
    cross join lateral (
      select ${COLUMNS}
      from changes.change
      where org_id = ${unit.organisation} and thing_type = asked_type.type and thing_id = asked.id
        and seq > ${since} and not ${isTouch}
      order by seq desc
      limit 1
    ) as later`.execute(unit.db);
  return new Map(rows.map((row) => [row.thing_id, toChange(row)]));
}

/** Those of some requests that were undone: an undo says so of the request it took back. */
export async function undoneAmong(unit: Unit, requestIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (requestIds.length === 0) return new Set();
  const { rows } = await sql<{ thing_id: string }>`
    select distinct thing_id
    from changes.change
    where org_id = ${unit.organisation} and thing_type = 'request' and thing_id = any(${[...requestIds]}::text[])`.execute(
    unit.db,
  );
  return new Set(rows.map(({ thing_id }) => thing_id));
}

/** Undo, redo, undo …: nobody does it more often with one request, and a chain that is longer is cut there. */
const UNDO_CHAIN_MAX = 100;

/** What became of some requests: the last undo or redo of each, itself when there was none, and whether it is taken back now. */
export async function undoChains(
  unit: Unit,
  requestIds: readonly string[],
): Promise<ReadonlyMap<string, { readonly last: string; readonly isUndone: boolean }>> {
  const { rows } = await sql<{ first: string; last: string; depth: number }>`
    with recursive chain (first, last, depth) as (
      select id, id, 0 from unnest(${[...requestIds]}::text[]) as asked(id)
      union all
      select chain.first, c.request_id, chain.depth + 1
      from chain
      join changes.change c
        on c.org_id = ${unit.organisation} and c.thing_type = 'request' and c.thing_id = chain.last
      where chain.depth < ${UNDO_CHAIN_MAX}
    )
    select distinct on (first) first, last, depth::bigint as depth from chain order by first, depth desc`.execute(
    unit.db,
  );
  return new Map(rows.map(({ first, last, depth }) => [first, { last, isUndone: depth % 2 === 1 }]));
}

/** Changes that are looked through for the last requests of one person. */
const CHANGES_OF_ACTOR_MAX = 2_000;

/**
 * What one person changed since `sinceMs`, the last 2,000 changes in order, without what only says that something in a thing
 * changed. One index range.
 */
export async function changesOfActor(unit: Unit, userId: string, sinceMs: number): Promise<readonly Change[]> {
  const { rows } = await sql<Row>`
    select ${COLUMNS}
    from changes.change
    where org_id = ${unit.organisation} and actor ->> 'userId' = ${userId}
      and at >= ${Temporal.Instant.fromEpochMilliseconds(sinceMs)}::timestamptz
      and (thing_type = 'request' or not ${isTouch})
    order by seq desc
    limit ${CHANGES_OF_ACTOR_MAX}`.execute(unit.db);
  return rows.toReversed().map(toChange);
}

function assertLimit(limit: number): void {
  assert(
    limit > 0 && limit <= CHANGES_PER_READ_MAX,
    `changes are read 1 to ${CHANGES_PER_READ_MAX} at a time: ${limit}`,
  );
}

function toChange(row: Row): Change {
  return {
    seq: row.seq,
    at: row.at,
    actor: row.actor,
    operation: row.operation,
    requestId: row.request_id,
    kind: row.kind,
    thing: { type: row.thing_type, id: row.thing_id },
    collectionId: row.collection_id,
    fields: row.fields,
  };
}

function toChangeWithContents(row: RowWithContents): ChangeWithContents {
  return { ...toChange(row), before: row.before, after: row.after, oversize: row.oversize };
}

/** What changes of things of one type found there, in order, those alone of which the log still has it: about 30 days. */
export async function foundByChanges(
  unit: Unit,
  { type, after, limit }: { type: string; after: number; limit: number },
): Promise<readonly ChangeWithContents[]> {
  assertLimit(limit);
  const { rows } = await sql<RowWithContents>`
    select ${COLUMNS}, before, after, oversize
    from changes.change
    where org_id = ${unit.organisation} and thing_type = ${type} and seq > ${after} and before is not null
    order by seq
    limit ${limit}`.execute(unit.db);
  return rows.map(toChangeWithContents);
}

/** When some things were made, as far as the log says; what came with an import has no line of its own. At most 1,000. */
export async function madeAt(unit: Unit, type: string, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map();
  assertLimit(ids.length);
  const { rows } = await sql<{ thing_id: string; at: Temporal.Instant }>`
    select thing_id, min(at) as at
    from changes.change
    where org_id = ${unit.organisation} and thing_type = ${type} and thing_id = any(${[...ids]}::text[]) and kind = 'created'
    group by thing_id`.execute(unit.db);
  return new Map(rows.map(({ thing_id, at }) => [thing_id, at.epochMilliseconds]));
}
