import { refusePlanning, type Refused } from "@hourwright/contract";
import type { Cost } from "@hourwright/learn";
import type { Unit } from "../../../platform/db/database.ts";
import type { RequestContext } from "../../../platform/operations/context.ts";
import { conflictById, type ConflictPorts, type Window } from "../conflicts.ts";
import { conflictOfRepair } from "../tell.ts";
import { offeredTo, refusedOf } from "./learned.ts";
import { REPAIR } from "./model.ts";
import { OFFERED_MAX } from "./offers.ts";
import {
  deleteAnswers,
  deleteDismissal,
  insertAnswers,
  insertDismissal,
  learnerOf,
  newestAnswer,
  putHours,
  putLearner,
  putResets,
} from "./store.ts";

const gone = refusePlanning("conflict-gone", "gone", {});
const notOffered = refusePlanning("repair-stale", "not-offered", {});

/** What the log holds of a repair that was put aside: whose it is, the actor of the change says. */
export type DismissedContents = { readonly clash: string; readonly isDismissed: boolean };

/** “Not this”: a repair is not offered again to whoever says so, as long as the two clash as they do now. */
export async function dismiss(ports: ConflictPorts, context: RequestContext, repairId: string, horizon: Window) {
  const caller = context.caller!;
  const conflictId = conflictOfRepair(repairId);
  const found = conflictId && (await conflictById(ports, caller, conflictId, OFFERED_MAX, horizon));
  if (!conflictId || !found) return gone;
  const repair = found.repairs.find(({ id }) => id === repairId);
  const offered = offeredTo(caller, conflictId);
  if (repair === undefined || offered === null) return notOffered;
  return context.write(async (unit) => {
    await insertDismissal(unit, caller.personId, offered.clash, repairId);
    await insertAnswers(unit, caller.personId, refusedOf(caller, conflictId, repairId));
    recordDismissed(unit, repairId, offered.clash, true);
    return {
      requestId: context.requestId,
      summary: dismissedText,
      undoable: true,
      changed: [{ type: REPAIR, id: repairId }],
    };
  });
}

export const dismissedText = "Put a repair aside";

/** Puts a repair aside again, or offers it again: for undo. */
export function putDismissed(
  context: RequestContext,
  repairId: string,
  { clash, isDismissed }: DismissedContents,
): Promise<{ id: string } | Refused<never>> {
  return context.write(async (unit) => {
    const put = isDismissed ? insertDismissal : deleteDismissal;
    await put(unit, context.caller!.personId, clash, repairId);
    recordDismissed(unit, repairId, clash, isDismissed);
    return { id: repairId };
  });
}

function recordDismissed(unit: Unit, id: string, clash: string, isDismissed: boolean): void {
  const contents = (isDismissed: boolean): DismissedContents => ({ clash, isDismissed });
  unit.record({
    kind: "updated",
    thing: { type: REPAIR, id },
    fields: ["dismissed"],
    before: contents(!isDismissed),
    after: contents(isDismissed),
  });
}

/** Switches learning from somebody on or off; off forgets all that is there. */
export async function switchLearning(unit: Unit, personId: string, isOn: boolean): Promise<void> {
  await putLearner(unit, personId, isOn);
  if (isOn) return;
  await forgetAnswers(unit, personId);
  await putHours(unit, personId, null, null);
}

/** Forgets what was learned of answers: of one weight, or, with all answers, of everything. Or somebody's hours, as a whole. */
export async function resetLearned(
  unit: Unit,
  personId: string,
  what: { readonly hours: true } | { readonly weight: Cost | null },
): Promise<void> {
  if ("hours" in what) return putHours(unit, personId, null, null);
  if (what.weight === null) return forgetAnswers(unit, personId);
  const [{ resets }, newest] = [await learnerOf(unit, personId), await newestAnswer(unit, personId)];
  if (newest !== null) await putResets(unit, personId, { ...resets, [what.weight]: newest });
}

async function forgetAnswers(unit: Unit, personId: string): Promise<void> {
  await deleteAnswers(unit, personId);
  await putResets(unit, personId, {});
}
