import { sql } from "kysely";
import type { Owner } from "./database.ts";

/** Schemas whose tables know no organisation; everything else is a tenant's. A closed list: sign-in, directory, queue, migrations. */
export const GLOBAL_SCHEMAS: readonly string[] = ["auth", "directory", "migrations", "pgboss"];

/**
 * What breaks the rules of tenants' tables, one sentence each; empty when all is well.
 *
 * `org_id bigint not null` comes first, in the table and in every key, unique, exclusion and foreign-key constraint, so
 * that the schema can be distributed by tenant as it stands; row-level security is enabled, not forced, with the one
 * policy; and what runs as its owner (`security definer`) has a pinned search path.
 */
export async function catalogueBreaches({ db }: Owner): Promise<readonly string[]> {
  const { rows } = await sql<{ breach: string }>`
    with tenant_table as (
      select c.oid, c.oid::regclass::text as name, c.relrowsecurity, c.relforcerowsecurity
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
        and n.nspname <> all (${[...GLOBAL_SCHEMAS]}::text[])
    ), org as (
      select a.attrelid as oid, a.attnum
      from pg_attribute a
      where a.attname = 'org_id' and a.atttypid = 'bigint'::regtype and a.attnotnull and a.attnum = 1
    )
    select name || ' does not begin with "org_id bigint not null"' as breach
    from tenant_table where oid not in (select oid from org)
    union all
    select name || ' has no primary key'
    from tenant_table t where not exists (select from pg_index i where i.indrelid = t.oid and i.indisprimary)
    union all
    select i.indexrelid::regclass || ' of ' || name || ' does not begin with org_id'
    from tenant_table join pg_index i on i.indrelid = oid
    where (i.indisunique or i.indisexclusion)
      and not exists (select from org where org.oid = i.indrelid and org.attnum = i.indkey[0])
    union all
    select k.conname || ' of ' || name || ' refers without org_id'
    from tenant_table t join pg_constraint k on k.conrelid = t.oid and k.contype = 'f'
    where not exists (select from org where org.oid = k.conrelid and org.attnum = k.conkey[1])
      or not exists (select from org where org.oid = k.confrelid and org.attnum = k.confkey[1])
    union all
    select name || ' has no row-level security' from tenant_table where not relrowsecurity
    union all
    select name || ' forces row-level security, which blinds its owner' from tenant_table where relforcerowsecurity
    union all
    select name || ' lacks the policy one_organisation'
    from tenant_table t
    where not exists (select from pg_policy p where p.polrelid = t.oid and p.polname = 'one_organisation')
      or exists (select from pg_policy p where p.polrelid = t.oid and p.polname <> 'one_organisation')
    union all
    select p.oid::regprocedure || ' is security definer without a pinned search_path'
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where p.prosecdef and n.nspname !~ '^pg_'
      and not exists (select from unnest(p.proconfig) setting where setting like 'search_path=%')
    order by 1`.execute(db);
  return rows.map(({ breach }) => breach);
}
