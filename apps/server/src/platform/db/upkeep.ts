import { sql } from "kysely";
import type { Reconciler } from "../reconciler.ts";
import type { Database } from "./database.ts";

/**
 * What autovacuum does on a server, for the embedded database, which has none: statistics for the planner, and room
 * from dead rows. Without statistics a plan made while a table was small is kept for ever, and a table that grows is
 * read from end to end (an import of 20,000 events took minutes).
 */

/** Often: until a table's first statistics any of its indexes looks as good as any other, and plans are kept. */
const EVERY_MS = 10_000;
/** Autovacuum's own thresholds, but for the first rows: a table is worth a look as soon as it is not empty. */
const CHANGED_ROWS_MIN = 50;
const CHANGED_SHARE = 0.2;
const DEAD_ROWS_MIN = 1_000;
/** Tables looked after in one run; the rest has its turn in the next. */
const TABLES_OF_A_RUN = 20;

/** Analyses and vacuums the tables that changed much. Each is a moment on its own: others go in between. */
export async function tendTables(database: Database): Promise<number> {
  if (database.kind !== "embedded") return 0;
  const due = await database.asOwner(async ({ db }) => {
    await sql`select pg_stat_force_next_flush()`.execute(db);
    const { rows } = await sql<{ name: string; dead: boolean }>`
      select format('%I.%I', schemaname, relname) as name, n_dead_tup > ${DEAD_ROWS_MIN} + n_live_tup * ${CHANGED_SHARE}::float8 as dead
      from pg_stat_user_tables
      where n_mod_since_analyze > ${CHANGED_ROWS_MIN} + n_live_tup * ${CHANGED_SHARE}::float8
        or n_dead_tup > ${DEAD_ROWS_MIN} + n_live_tup * ${CHANGED_SHARE}::float8
      order by n_mod_since_analyze desc
      limit ${TABLES_OF_A_RUN}`.execute(db);
    return rows;
  });
  for (const { name, dead } of due) {
    await database.asOwner(({ db }) => sql.raw(`${dead ? "vacuum (analyze)" : "analyze"} ${name}`).execute(db));
  }
  return due.length;
}

export const upkeep = (database: Database): Reconciler => ({
  name: "database.upkeep",
  everyMs: EVERY_MS,
  run: async () => ({ tables: await tendTables(database) }),
});
