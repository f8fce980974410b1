import { nextTick } from "node:process";
import type { Writable } from "node:stream";
import { assert, Lru } from "@hourwright/std";
import pg from "pg";
import type { Clock } from "../clock.ts";
import { Unavailable } from "../failure.ts";
import { toParameter, type ValueTypes } from "./values.ts";

/** A query that runs longer ends, with its session: a bound on what one request can take from everybody. */
export const QUERY_MS_MAX = 10_000;

/** A connection for the time of one lease, as the pool hands it out. */
export type Lease = {
  readonly client: pg.ClientBase;
  /** What the client writes to. */
  readonly wire: Pick<Writable, "cork" | "uncork">;
  /** Ends the session at once, with whatever runs in it; resolves when it is gone. */
  kill(): Promise<void>;
  /** Gives the connection back; a broken one is thrown away. */
  leave(broken: boolean): void;
};

/** The part of a `pg` client that Kysely, better-auth and pg-boss use, bound to one lease. */
export type Session = {
  readonly processID: number;
  query<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<pg.QueryResult<Row>>;
  /** Ends the lease. What was left open in a transaction is rolled back. Again does nothing. */
  release(): Promise<void>;
};

/** What a session needs of its database. */
export type SessionTools = { readonly clock: Clock; readonly names: StatementNames };

/**
 * Binds a lease: queries are sent as they are asked, all of one turn in one message, and run one after another; one past its limit
 * kills the session, and none runs after `release`. `queryMsMax` null is for migrations alone.
 */
export function openSession(
  lease: Lease,
  types: ValueTypes,
  { clock, names }: SessionTools,
  queryMsMax: number | null = QUERY_MS_MAX,
): Session {
  let open = true;
  let answered: Promise<unknown> = Promise.resolve();
  let isHeldBack = false;
  let failed: unknown = null;

  /** What is asked in one turn goes out at its end: a message costs more than most of what it asks. */
  function holdBack(): void {
    if (isHeldBack) return;
    isHeldBack = true;
    lease.wire.cork();
    nextTick(() => {
      isHeldBack = false;
      lease.wire.uncork();
    });
  }

  async function run<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] | undefined) {
    const name = values === undefined || values.length === 0 ? undefined : names.nameOf(text);
    const limit = queryMsMax === null ? null : clock.setTimer(queryMsMax, () => void lease.kill());
    try {
      holdBack();
      return await lease.client.query<Row>({
        text,
        types,
        ...(name === undefined ? {} : { name }),
        ...(values === undefined || values.length === 0 ? {} : { values: values.map(toParameter) }),
      });
    } catch (error) {
      if (isStalePlan(error)) names.forget(text);
      // What was asked behind it in the same message may be heard of first, and only says that something had failed.
      if (!isAfterFailure(error)) failed = error;
      throw asFailure(failed ?? error, text);
    } finally {
      limit?.cancel();
    }
  }

  return {
    processID: 1, // Kysely asks for one; it is used for cancelling only, which `kill` does here.
    query<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]) {
      assert(open, `the lease is over, and a query came after it: ${text.slice(0, 100)}`);
      const answer = run<Row>(text, values);
      answered = Promise.allSettled([answered, answer]);
      return answer;
    },
    async release() {
      if (!open) return;
      open = false;
      await answered;
      lease.leave(await isBroken(lease.client));
    },
  };
}

/** Leaves the client outside any transaction; true when that cannot be done. */
async function isBroken(client: pg.ClientBase): Promise<boolean> {
  if (client.getTransactionStatus() === "I") return false;
  try {
    await client.query("rollback");
    return false;
  } catch {
    return true;
  }
}

/** 0A000 "cached plan must not change result type": the table changed under a named statement. */
export function isStalePlan(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === "0A000" && /cached plan/.test(error.message);
}

/** 23P01 exclusion_violation, of one constraint. */
export const isExcluded = (error: unknown, constraint: string): boolean =>
  error instanceof pg.DatabaseError && error.code === "23P01" && error.constraint === constraint;

/** 25P02 in_failed_sql_transaction. */
const isAfterFailure = (error: unknown): boolean => error instanceof pg.DatabaseError && error.code === "25P02";

// Classes of SQLSTATE that blame the server and not the statement: connection, resources, operator; and our own time limit.
const SERVER_FAULT = /^(08|53|57P|57014|58)/;
const LOST = /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded)/;
const NETWORK = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOST)/;

/** The same error, or `Unavailable` when it was the world and not the statement. */
export function asFailure(error: unknown, text: string): unknown {
  if (!(error instanceof Error)) return error;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  const isOutside =
    error instanceof pg.DatabaseError ? SERVER_FAULT.test(code) : LOST.test(error.message) || NETWORK.test(code);
  if (!isOutside) return error;
  return new Unavailable(`the database did not finish: ${text.slice(0, 100)}`, { cause: error });
}

const NAMED_MAX = 500;
const SEEN_MAX = 2_000;
const NAMED_AFTER = 3;

/**
 * Names for statements that come again, so that they are parsed and planned once a connection (2.05 → 1.55 ms for a hold).
 * A text is named at its third use, and only the first 500 are: lists of changing length must not fill the server's memory.
 */
export class StatementNames {
  readonly #names = new Map<string, string>();
  readonly #seen = new Lru<string, number>(SEEN_MAX);
  #made = 0;

  nameOf(text: string): string | undefined {
    const name = this.#names.get(text);
    if (name !== undefined || this.#names.size >= NAMED_MAX) return name;
    const times = (this.#seen.get(text) ?? 0) + 1;
    this.#seen.set(text, times);
    if (times < NAMED_AFTER) return undefined;
    this.#names.set(text, `h${++this.#made}`);
    return this.#names.get(text);
  }

  forget(text: string): void {
    this.#names.delete(text);
  }
}
