import { sql } from "kysely";
import type { Clock } from "../../platform/clock.ts";
import type { Database, Unit } from "../../platform/db/database.ts";
import type { IdMaker } from "../../platform/ids.ts";
import type { Reconciler } from "../../platform/reconciler.ts";
import { systemContext } from "../identity/public.ts";
import { sendNotices } from "./store.ts";

const EVERY_MS = 1_000;
const ORGANISATIONS_MAX = 1_000;
const NOTICES_OF_A_UNIT_MAX = 500;

/** Sends what is due, and says so in the log, from where live connections hear of it. */
export function noticeReconciler(database: Database, clock: Clock, newId: IdMaker): Reconciler {
  return {
    name: "notifications.send",
    everyMs: EVERY_MS,
    async run(signal) {
      let sent = 0;
      for (const organisation of await organisationsDue(database, clock.nowMs())) {
        for (let more = true; more && !signal.aborted;) {
          const context = systemContext(organisation, "notifications.send", newId);
          const count = await database.inOrganisation(context, (unit) => sendSome(unit, { dueMs: unit.nowMs }), {
            lane: "job",
          });
          sent += count;
          more = count === NOTICES_OF_A_UNIT_MAX;
        }
      }
      return { sent };
    },
  };
}

/** Sends some notices; the change of each lies with the person it is for. Answers how many. */
export async function sendSome(unit: Unit, of: Parameters<typeof sendNotices>[1]): Promise<number> {
  const sent = await sendNotices(unit, of, NOTICES_OF_A_UNIT_MAX);
  unit.record(
    ...sent.map(({ id, personId }) => ({
      kind: "created" as const,
      thing: { type: "notice", id },
      collectionId: personId,
    })),
  );
  return sent.length;
}

async function organisationsDue(database: Database, nowMs: number): Promise<number[]> {
  const now = Temporal.Instant.fromEpochMilliseconds(nowMs);
  const { rows } = await database.outside(
    (db) =>
      sql<{ org_id: number }>`
        select org_id from notifications.due(${now}::timestamptz, ${ORGANISATIONS_MAX})`.execute(db),
    { lane: "job" },
  );
  return rows.map(({ org_id }) => org_id);
}
