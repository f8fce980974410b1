import type { Clock } from "../../../platform/clock.ts";
import type { Database, Unit } from "../../../platform/db/database.ts";
import type { IdMaker } from "../../../platform/ids.ts";
import type { Reconciler } from "../../../platform/reconciler.ts";
import { systemContext } from "../../identity/public.ts";
import { sweepLinks, type AskedLinks } from "../asked/links.ts";
import { closeNow } from "../open-shifts/commands.ts";
import { begunShifts } from "../open-shifts/store.ts";
import { lookAtSwap } from "../swaps/commands.ts";
import { begunSwaps } from "../swaps/store.ts";
import { lookAtCall } from "./commands.ts";
import { COVERS } from "./model.ts";
import { dueCovers, organisationsDue } from "./store.ts";

const EVERY_MS = 2_000;
/** Things of one kind and organisation that are looked at in one run; the others in the next. */
const LOOKED_AT_MAX = 200;

type Ports = {
  readonly database: Database;
  readonly clock: Clock;
  readonly newId: IdMaker;
  readonly links: AskedLinks;
};

/** Asks the next when somebody has not answered in time, and ends calls, open shifts and swaps that have begun: each in a unit of its own. */
export function coverReconciler({ database, clock, newId, links }: Ports): Reconciler {
  return {
    name: COVERS,
    everyMs: EVERY_MS,
    async run(signal) {
      let lookedAt = 0;
      for (const organisation of await organisationsDue(database, clock.nowMs())) {
        const inUnit = <T>(work: (unit: Unit) => Promise<T>) =>
          database.inOrganisation(systemContext(organisation, COVERS, newId), work, { lane: "job" });
        const look = async (
          due: (unit: Unit, most: number) => Promise<readonly string[]>,
          deed: (unit: Unit, id: string) => Promise<unknown>,
        ) => {
          for (const id of await inUnit((unit) => due(unit, LOOKED_AT_MAX))) {
            if (signal.aborted) return;
            await inUnit(async (unit) => void (await deed(unit, id)));
            lookedAt++;
          }
        };
        await look(dueCovers, (unit, id) => lookAtCall(unit, links, id));
        await look(begunShifts, (unit, id) => closeNow(unit, id));
        await look(begunSwaps, (unit, id) => lookAtSwap(unit, links, id));
        await inUnit(sweepLinks);
      }
      return { lookedAt };
    },
  };
}
