import { sql } from "kysely";
import { PgBoss } from "pg-boss";
import type { Database, Owner, Pool, Tools } from "../db/database.ts";

/** Where pg-boss keeps what is its own: ids of jobs, never more. */
const SCHEMA = "pgboss";

/** Makes or changes pg-boss's schema, as the owner, and opens it to the application. Safe to repeat. */
export async function migrateJobs(owner: Owner): Promise<void> {
  const boss = new PgBoss({
    db: { executeSql: executorOn(owner.pool) },
    schema: SCHEMA,
    supervise: false,
    schedule: false,
    useListenNotify: false,
  });
  boss.on("error", () => {}); // A failing start rejects; this keeps its echo from ending the process.
  await boss.start();
  await boss.stop({ graceful: false });
  await sql`call platform.share_schema(${SCHEMA})`.execute(owner.db);
}

/** pg-boss on the application's connections, lane `job`; it changes no schema. Not started yet. */
export function bossOn(database: Database, { log }: Pick<Tools, "log">): PgBoss {
  const boss = new PgBoss({
    db: {
      executeSql: executorOn(database.pool),
      async listen(channel, hear, cameBack) {
        const close = await database.listen(channel, (payload) => (payload === "" ? cameBack() : hear(payload)));
        return { close };
      },
    },
    schema: SCHEMA,
    backend: database.kind === "embedded" ? "pglite" : "postgres",
    migrate: false,
    createSchema: false,
    reindex: false, // Both want the owner.
    monitorVacuum: false,
    schedule: false, // Cron is ours, with a watermark.
    useListenNotify: true,
  });
  boss.on("error", (error) => log.warn({ err: error }, "the job queue could not do its housekeeping"));
  boss.on("warning", (warning) => log.warn({ warning }, "the job queue warns"));
  return boss;
}

function executorOn(pool: Pool) {
  return async (text: string, values?: unknown[]) => {
    const result = await pool.query(text, values);
    // Several statements in one text answer with a list, of which pg-boss reads all rows as one.
    const results = Array.isArray(result) ? (result as (typeof result)[]) : [result];
    return { rows: results.flatMap(({ rows }) => rows) };
  };
}
