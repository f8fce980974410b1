import {
  DefaultQueryExecutor,
  Kysely,
  PostgresAdapter,
  PostgresDialect,
  type PostgresPool,
  PostgresQueryCompiler,
  type CompiledQuery,
  type Dialect,
  type QueryResult,
} from "kysely";
import type pg from "pg";
import type { Pool } from "./database.ts";
import type { Session } from "./session.ts";

export function kyselyOn(pool: Pool): Kysely<unknown> {
  return new Kysely({ dialect: dialectOf(pool) });
}

// `Pool` lacks the cursor form of `query`, which is used only where a cursor is configured.
const dialectOf = (pool: Pool | undefined): Dialect => new PostgresDialect({ pool: pool as unknown as PostgresPool });

/**
 * Writes queries for one session. Each is sent as it is asked for, in that order, and not when the one before has been answered, as
 * on a connection of Kysely's own: those that do not wait for each other go in one message.
 */
export function kyselyOver(session: Session, willRun: (text: string) => void): Kysely<unknown> {
  return new Kysely({ ...UNUSED, executor: new SessionExecutor(session, willRun) });
}

const compiler = new PostgresQueryCompiler();
const adapter = new PostgresAdapter();
const dialect = dialectOf(undefined);
/** What Kysely wants beside an executor: for schemas and transactions of its own, which no unit has. */
const UNUSED = { config: { dialect }, dialect, driver: dialect.createDriver() };
const nowhere = {
  provideConnection: () => Promise.reject(new Error("a unit is one transaction on one connection")),
};

class SessionExecutor extends DefaultQueryExecutor {
  readonly #session: Session;
  readonly #willRun: (text: string) => void;

  constructor(session: Session, willRun: (text: string) => void) {
    super(compiler, adapter, nowhere);
    this.#session = session;
    this.#willRun = willRun;
  }

  override async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    this.#willRun(sql);
    const { command, rowCount, rows } = await this.#session.query<Row & pg.QueryResultRow>(sql, parameters);
    return { rows, ...(COUNTED.has(command) ? { numAffectedRows: BigInt(rowCount ?? 0) } : {}) };
  }
}

const COUNTED = new Set(["INSERT", "UPDATE", "DELETE", "MERGE"]);
