import { isRefused } from "@hourwright/contract";
import { sql } from "kysely";
import type { Unit } from "../db/database.ts";
import type { RequestContext } from "../operations/context.ts";

// What would come of a write, found out by writing: the same code under the same locks, and nothing of it stays.

/** Runs work to its end in a unit of its own and rolls it back; answers what came of it. Not inside another unit. */
export const rolledBack = <T>(context: Pick<RequestContext, "attempt">, work: (unit: Unit) => Promise<T>): Promise<T> =>
  context.attempt((unit) => work({ ...unit, isTrial: false }));

/**
 * Runs a part of a unit that may be taken back by itself: what it wrote stays when it is kept and was not refused. What it
 * recorded in the log stays in any case, so the unit must end refused when something was taken back.
 */
export async function attempted<T>(unit: Unit, work: () => Promise<T>, isKept: boolean): Promise<T> {
  await sql`savepoint attempted`.execute(unit.db);
  const came = await work();
  if (!isKept || isRefused(came)) await sql`rollback to savepoint attempted`.execute(unit.db);
  await sql`release savepoint attempted`.execute(unit.db);
  return came;
}
