import { sql } from "kysely";
import type { Clock } from "../clock.ts";
import type { Database, Tools } from "../db/database.ts";
import type { Unit } from "../db/unit.ts";
import type { Reconciler } from "../reconciler.ts";
import { IDEMPOTENCY_HOURS } from "./idempotency.ts";

/** `before` and `after` are for undo, and undo ends after this long. */
export const CONTENTS_DAYS = 30;

/** Rows a unit may empty: small, so that nobody waits for it. */
const CHUNK = 500;

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Organisations a run looks after; the next run takes the next ones. */
const ORGANISATIONS_MAX = 100;

/** Forgets, every hour, what the log and the idempotency keys need no longer. */
export function forgetting(database: Database, { clock, ids }: Tools): Reconciler {
  return {
    name: "changes.forget",
    everyMs: HOUR_MS,
    async run(signal) {
      const organisations = await organisationsToForget(database, clock);
      let units = 0;
      for (const organisation of organisations) {
        const context = { organisation, actor: SYSTEM, operation: "changes.forget", requestId: ids("req") };
        while (!signal.aborted) {
          units++;
          if (!(await database.inOrganisation(context, forgetOldContents, { lane: "job" }))) break;
        }
      }
      return { organisations: organisations.length, units };
    },
  };
}

const SYSTEM = { kind: "system", userId: null, personId: null, label: "Hourwright" } as const;

async function organisationsToForget(database: Database, clock: Clock): Promise<readonly number[]> {
  const ago = (ms: number) => Temporal.Instant.fromEpochMilliseconds(clock.nowMs() - ms);
  const { rows } = await database.outside(
    (db) =>
      sql<{ org_id: number }>`
        select org_id from changes.to_forget(${ago(CONTENTS_DAYS * DAY_MS)}::timestamptz,
          ${ago(IDEMPOTENCY_HOURS * HOUR_MS)}::timestamptz, ${ORGANISATIONS_MAX})`.execute(db),
    { lane: "job" },
  );
  return rows.map(({ org_id }) => org_id);
}

/** Empties what is too old in one organisation, a chunk of each kind; true when there may be more. Safe to repeat. */
export async function forgetOldContents(unit: Unit): Promise<boolean> {
  const contents = await sql`
    update changes.change
    set before = null, after = null
    where org_id = ${unit.organisation} and seq in (
      select seq from changes.change
      where org_id = ${unit.organisation} and at < ${before(unit, CONTENTS_DAYS * DAY_MS)}::timestamptz
        and (before is not null or after is not null)
      limit ${CHUNK})`.execute(unit.db);
  const keys = await sql`
    delete from changes.idempotency
    where org_id = ${unit.organisation} and (actor, operation, key) in (
      select actor, operation, key from changes.idempotency
      where org_id = ${unit.organisation} and at < ${before(unit, IDEMPOTENCY_HOURS * HOUR_MS)}::timestamptz
      limit ${CHUNK})`.execute(unit.db);
  return contents.numAffectedRows === BigInt(CHUNK) || keys.numAffectedRows === BigInt(CHUNK);
}

function before(unit: Unit, agoMs: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(unit.nowMs - agoMs);
}
