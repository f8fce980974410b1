import { refuseIdentity, refuseRequest, type Refused } from "@hourwright/contract";
import { sql } from "kysely";
import type { Unit } from "../../platform/db/database.ts";
import type { IdentityTables } from "./tables.ts";

/** A group of things that are as good as each other. */
export type Pool = {
  readonly id: string;
  readonly name: string;
  /** Those that may be taken, by name. */
  readonly members: { readonly id: string; readonly name: string }[];
  readonly version: number;
};

const POOLS_MAX = 1_000;

export async function listPools(unit: Unit): Promise<Pool[]> {
  const { rows } = await sql<Pool>`
    select p.id, p.name, p.version,
      coalesce((select json_agg(json_build_object('id', s.id, 'name', s.name) order by s.name, s.id) from identity.subject s
        where s.org_id = p.org_id and s.pool_id = p.id and s.retired_at is null), '[]'::json) as members
    from identity.pool p where p.org_id = ${unit.organisation} order by p.name, p.id limit ${POOLS_MAX}`.execute(
    unit.db,
  );
  return rows;
}

export async function createPool(unit: Unit, name: string): Promise<Pool> {
  const id = unit.newId("poo");
  await unit
    .tables<IdentityTables>()
    .insertInto("identity.pool")
    .values({ org_id: unit.organisation, id, name })
    .execute();
  unit.record({ kind: "created", thing: { type: "pool", id }, fields: ["name"], after: { name } });
  return { id, name, members: [], version: 1 };
}

/** Dissolves a pool: its things stand for themselves from now on. */
export async function removePool(unit: Unit, id: string): Promise<null | Refused<"request/not-found">> {
  await sql`update identity.subject set pool_id = null, version = version + 1
    where org_id = ${unit.organisation} and pool_id = ${id}`.execute(unit.db);
  const { rows } = await sql<{ name: string }>`
    delete from identity.pool where org_id = ${unit.organisation} and id = ${id} returning name`.execute(unit.db);
  if (rows[0] === undefined) return refuseRequest("not-found", "pool", {});
  unit.record({ kind: "removed", thing: { type: "pool", id }, before: { name: rows[0].name } });
  return null;
}

export const unknownPool = (id: string): Refused<"identity/unknown-pool"> =>
  refuseIdentity("unknown-pool", "pool", { id });

export async function hasPool(unit: Unit, id: string): Promise<boolean> {
  const { rows } = await sql`select from identity.pool where org_id = ${unit.organisation} and id = ${id}`.execute(
    unit.db,
  );
  return rows.length > 0;
}

/** Others that may be taken instead of one of some subjects. */
const STAND_INS_MAX = 8;

/**
 * Who or what may stand in for some subjects, for each the best first: what is of the same pool; for things else what is of the
 * same kind at the same place with at least as many places. Nothing that is retired. At most eight for each.
 */
export async function standInsOf(unit: Unit, ids: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; others: string[] }>`
    select s.id, array(
      select o.id from identity.subject o
      where o.org_id = s.org_id and o.id <> s.id and o.retired_at is null and o.kind = s.kind
        and (o.pool_id = s.pool_id
          or (s.kind not in ('person', 'outside') and o.site = s.site and o.capacity >= s.capacity))
      order by o.pool_id is not distinct from s.pool_id desc, o.capacity nulls last, o.name, o.id limit ${STAND_INS_MAX}
    ) as others
    from identity.subject s where s.org_id = ${unit.organisation} and s.id = any(${[...ids]}::text[])`.execute(unit.db);
  return new Map(rows.filter(({ others }) => others.length > 0).map(({ id, others }) => [id, others]));
}

/**
 * The pools among some ids, locked until the commit in order of id: of two who want one of a pool, the second sees what
 * the first has taken. Their members come by name.
 */
export async function lockPools(unit: Unit, ids: readonly string[]): Promise<Pool[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select id from identity.pool where org_id = ${unit.organisation} and id = any(${[...ids]}::text[]) order by id for update`.execute(
    unit.db,
  );
  if (rows.length === 0) return [];
  const locked = new Set(rows.map(({ id }) => id));
  return (await listPools(unit)).filter(({ id }) => locked.has(id));
}
