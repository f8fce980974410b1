import { sql } from "kysely";
import { GLOBAL_SCHEMAS } from "./catalogue.ts";
import type { Database, Owner } from "./database.ts";

/** Removes every row of an organisation from every tenant's table, those that refer to others first. */
export async function forgetOrganisation(database: Database, organisation: number): Promise<void> {
  await database.asOwner(async (owner) => {
    for (const table of await tablesInOrder(owner)) {
      await sql.raw(`delete from ${table} where org_id = ${organisation}`).execute(owner.db);
    }
    await sql`delete from directory.key where org_id = ${organisation}`.execute(owner.db);
    await sql`delete from directory.organisation where id = ${organisation}`.execute(owner.db);
  });
}

type Edge = { readonly child: string; readonly parent: string | null };

/** Tenants' tables, each before those it refers to. */
async function tablesInOrder({ db }: Owner): Promise<readonly string[]> {
  const { rows } = await sql<Edge>`
    select c.oid::regclass::text as child, k.confrelid::regclass::text as parent
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    left join pg_constraint k on k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid
    where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      and n.nspname <> all (${[...GLOBAL_SCHEMAS]}::text[])
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'org_id')
    order by 1`.execute(db);
  const left = new Set(rows.map(({ child }) => child));
  const order: string[] = [];
  while (left.size > 0) {
    const free = [...left].filter((table) => !rows.some(({ child, parent }) => parent === table && left.has(child)));
    for (const table of free.length > 0 ? free : [...left]) {
      order.push(table);
      left.delete(table);
    }
  }
  return order;
}
