import type { Database } from "../../platform/db/database.ts";
import type { IdMaker } from "../../platform/ids.ts";
import type { Reconciler } from "../../platform/reconciler.ts";
import { listOrganisations, systemContext } from "../identity/public.ts";
import { forgetEndedHolds } from "./holding.ts";

const HOLDS = "bookings.holds";
const EVERY_MS = 60_000;
/** Holds taken away in one unit. */
const AT_ONCE = 200;

/** Takes away holds that have ended. Their time is free from their end on, whether it runs or not. */
export function holdReconciler(database: Database, newId: IdMaker): Reconciler {
  return {
    name: HOLDS,
    everyMs: EVERY_MS,
    async run(signal) {
      let forgotten = 0;
      for (const { id: organisation } of await listOrganisations(database)) {
        const context = systemContext(organisation, HOLDS, newId);
        for (let last = AT_ONCE; last === AT_ONCE && !signal.aborted;) {
          last = await database.inOrganisation(context, (unit) => forgetEndedHolds(unit, AT_ONCE), { lane: "job" });
          forgotten += last;
        }
      }
      return { forgotten };
    },
  };
}
