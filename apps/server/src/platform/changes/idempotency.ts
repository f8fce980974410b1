import { createHash } from "node:crypto";
import { isRefused, refuseRequest, type Refused } from "@hourwright/contract";
import { sql } from "kysely";
import type { Unit } from "../db/unit.ts";

/** What a client sent to make a repeated request harmless. `bodyHash` is of the canonical input. */
export type IdempotencyKey = { readonly key: string; readonly bodyHash: string };

export type IdempotencyRefusal = Refused<"request/still-running" | "request/key-reused">;

/** A request is repeated by machines, within minutes; two days also cover a person coming back to a laptop. */
export const IDEMPOTENCY_HOURS = 48;

/** As the table says, too. */
export const IDEMPOTENCY_KEY_CHARACTERS_MAX = 255;

const RETRY_AFTER_SECONDS = 1;

/**
 * Runs `work` once for its key, in the unit of its effect; a repeat gets the stored answer and has no effect.
 *
 * A key counts within organisation, actor and operation. Another body under the same key, and a request that is still
 * running, are refused. A refusal of `work` is not kept, so it may succeed later. The answer must be plain JSON.
 */
export async function idempotently<T extends object>(
  unit: Unit,
  { key, bodyHash }: IdempotencyKey,
  work: () => Promise<T>,
): Promise<T | IdempotencyRefusal> {
  const actor = unit.actor.userId ?? unit.actor.label;
  const scope = { org_id: unit.organisation, actor, operation: unit.operation, key };
  if (!(await lock(unit, JSON.stringify(Object.values(scope))))) {
    return refuseRequest("still-running", "wait", {}, { retryAfterSeconds: RETRY_AFTER_SECONDS });
  }

  const kept = await unit
    .tables<IdempotencyTables>()
    .selectFrom("changes.idempotency")
    .select(["body_hash", "answer"])
    .where((row) => row.and(scope))
    .executeTakeFirst();
  if (kept?.body_hash === bodyHash) return kept.answer as T;
  if (kept !== undefined) return refuseRequest("key-reused", "key", {});

  const answer = await work();
  if (isRefused(answer)) return answer;
  const at = Temporal.Instant.fromEpochMilliseconds(unit.nowMs);
  await unit
    .tables<IdempotencyTables>()
    .insertInto("changes.idempotency")
    .values({ ...scope, body_hash: bodyHash, answer: JSON.stringify(answer), at })
    .execute();
  return answer;
}

type IdempotencyTables = {
  "changes.idempotency": {
    org_id: number;
    actor: string;
    operation: string;
    key: string;
    body_hash: string;
    answer: unknown;
    at: Temporal.Instant;
  };
};

/** Held to the end of the transaction, and never waited for: the other request may take its time. */
async function lock(unit: Unit, scope: string): Promise<boolean> {
  await unit.exclusively([scope]); // Within one transaction everybody gets the lock below.
  const number = createHash("sha256").update(scope).digest().readBigInt64BE();
  const { rows } = await sql<{ got: boolean }>`
    select pg_try_advisory_xact_lock(${number.toString()}::bigint) as got`.execute(unit.db);
  return rows[0]!.got;
}
