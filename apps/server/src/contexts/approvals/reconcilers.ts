import { isRefused } from "@hourwright/contract";
import { sql } from "kysely";
import type { Clock } from "../../platform/clock.ts";
import type { Database, Unit } from "../../platform/db/database.ts";
import type { IdMaker } from "../../platform/ids.ts";
import type { Reconciler } from "../../platform/reconciler.ts";
import { systemContext } from "../identity/public.ts";
import { APPROVALS, lapseInstead, lookAt, type ApprovalPorts } from "./commands.ts";
import { dueApprovals, lookAgainAt } from "./store.ts";

const EVERY_MS = 5_000;
const ORGANISATIONS_MAX = 1_000;
/** Requests of one organisation that are looked at in one run; the others in the next. */
const LOOKED_AT_MAX = 500;
/** What can neither be done nor ended is looked at again after so long. */
const STUCK_MS = 3_600_000;

type Ports = ApprovalPorts & { readonly database: Database; readonly clock: Clock; readonly newId: IdMaker };

/** Works out who is asked and lets time run out: one request a unit, each judged at one instant. */
export function approvalReconciler(ports: Ports): Reconciler {
  const { database, clock, newId } = ports;
  return {
    name: APPROVALS,
    everyMs: EVERY_MS,
    async run(signal) {
      let lookedAt = 0;
      for (const organisation of await organisationsDue(database, clock.nowMs())) {
        const context = () => systemContext(organisation, APPROVALS, newId);
        const due = await database.inOrganisation(context(), (unit) => dueApprovals(unit, LOOKED_AT_MAX), {
          lane: "read",
        });
        for (const id of due) {
          if (signal.aborted) break;
          const unit: InUnit = (work) => database.inOrganisation(context(), work, { lane: "job" });
          await lookOrLapse(ports, unit, id);
          lookedAt++;
        }
      }
      return { lookedAt };
    },
  };
}

type InUnit = <T>(work: (unit: Unit) => Promise<T>) => Promise<T>;

async function lookOrLapse(ports: ApprovalPorts, unit: InUnit, id: string): Promise<void> {
  const looked = await unit((each) => lookAt(each, ports, id));
  if (!isRefused(looked)) return;
  const lapsed = await unit((each) => lapseInstead(each, ports, id, looked.refused.detail));
  if (isRefused(lapsed)) await unit((each) => lookAgainAt(each, id, each.nowMs + STUCK_MS));
}

async function organisationsDue(database: Database, nowMs: number): Promise<number[]> {
  const now = Temporal.Instant.fromEpochMilliseconds(nowMs);
  const { rows } = await database.outside(
    (db) =>
      sql<{ org_id: number }>`
        select org_id from approvals.due(${now}::timestamptz, ${ORGANISATIONS_MAX})`.execute(db),
    { lane: "job" },
  );
  return rows.map(({ org_id }) => org_id);
}
