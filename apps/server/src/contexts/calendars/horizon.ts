import { isRefused } from "@hourwright/contract";
import { sql } from "kysely";
import type { Database, Unit } from "../../platform/db/database.ts";
import type { IdMaker } from "../../platform/ids.ts";
import type { Reconciler } from "../../platform/reconciler.ts";
import { listOrganisations, systemContext } from "../identity/public.ts";
import { at, calendarsById, lockObjects } from "./store.ts";
import { changeObjects, isBarred } from "./write.ts";

const EVERY_MS = 3_600_000;
const SERIES_OF_A_UNIT = 20;

/** Moves the horizon along: series are derived, and take their time, 24 months ahead. What clashes there is a conflict. */
export function horizonReconciler(database: Database, newId: IdMaker): Reconciler {
  return {
    name: "calendars.horizon",
    everyMs: EVERY_MS,
    async run(signal) {
      let extended = 0;
      for (const { id: organisation } of await listOrganisations(database)) {
        for (let more = true; more && !signal.aborted;) {
          const count = await database.inOrganisation(
            systemContext(organisation, "calendars.horizon", newId),
            extendSome,
            { lane: "job" },
          );
          extended += count;
          more = count === SERIES_OF_A_UNIT;
        }
      }
      return { extended };
    },
  };
}

async function extendSome(unit: Unit): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    select id from calendars.object
    where org_id = ${unit.organisation} and derive_at <= ${at(unit.nowMs)}::timestamptz
    order by derive_at limit ${SERIES_OF_A_UNIT}`.execute(unit.db);
  if (rows.length === 0) return 0;
  const held = await lockObjects(
    unit,
    rows.map(({ id }) => id),
  );
  const calendars = new Map(
    (await calendarsById(unit, [...new Set(held.map(({ calendarId }) => calendarId))])).map((calendar) => [
      calendar.id,
      calendar,
    ]),
  );
  const changes = held.map((before) => ({ before, after: before, calendar: calendars.get(before.calendarId)! }));
  const written = await changeObjects(unit, changes, { onTaken: "report", silent: true });
  if (isRefused(written) || isBarred(written)) throw new Error("extending the horizon was refused");
  return held.length;
}
