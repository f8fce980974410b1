import { isRefused } from "@hourwright/contract";
import { DAY_MS } from "@hourwright/time";
import type { Clock } from "../../platform/clock.ts";
import type { Reconciler } from "../../platform/reconciler.ts";
import { organisationOf, systemContext } from "../identity/public.ts";
import { foretell } from "./foretell.ts";
import { LEARNING } from "./model.ts";
import { readHistory, type HistoryPorts } from "./past.ts";
import { organisationsThatLearn, settingOf } from "./store.ts";
import { startTraining } from "./training.ts";

const EVERY_MS = 60_000;
const ORGANISATIONS_MAX = 1_000;
/** A model is trained anew after a week, where there is enough. */
const TRAINED_EVERY_MS = 7 * DAY_MS;

/** Reads histories on, has models trained once a week, watches those that are asked, and foretells. */
export function learningReconciler(ports: HistoryPorts & { readonly clock: Clock }): Reconciler {
  const { database, clock } = ports;
  return {
    name: LEARNING,
    everyMs: EVERY_MS,
    async run(signal) {
      const status = { organisations: 0, read: 0, trainings: 0, settled: 0, foretold: 0, rolledBack: 0 };
      for (const organisation of await organisationsThatLearn(database, ORGANISATIONS_MAX)) {
        if (signal.aborted) break;
        status.organisations++;
        status.read += await readHistory(ports, organisation, clock.nowMs(), signal);
        if (await trainWeekly(ports, organisation)) status.trainings++;
        const { settled, foretold, rolledBack } = await foretell(ports, organisation, signal);
        status.settled += settled;
        status.foretold += foretold;
        status.rolledBack += rolledBack;
      }
      return status;
    },
  };
}

/** A demo's history is the same each week: it is trained by hand alone. */
async function trainWeekly({ database, newId }: HistoryPorts, organisation: number): Promise<boolean> {
  const context = systemContext(organisation, "learning.weekly", newId);
  return database.inOrganisation(
    context,
    async (unit) => {
      const setting = await settingOf(unit);
      if (setting === null || (await organisationOf(unit)).demo) return false;
      if (setting.trainedAtMs !== null && unit.nowMs - setting.trainedAtMs < TRAINED_EVERY_MS) return false;
      return !isRefused(await startTraining(unit));
    },
    { lane: "job" },
  );
}
