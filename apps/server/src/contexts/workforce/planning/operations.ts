import { isRefused, workforceProblems } from "@hourwright/contract";
import type { Handlers } from "../../../platform/operations/dispatcher.ts";
import { draftKnown } from "../drafts/commands.ts";
import { dayText } from "../contracts/terms.ts";

type PlanIds = `drafts.${"plan" | "planned" | "fairness"}`;

/** Drafts planned by a search, and how fair they are. */
export const rosterPlanOperations: Handlers<PlanIds> = {
  "drafts.plan": () => Promise.resolve(workforceProblems.refuse("roster-plan-refused", "Nobody may be planned in it.")),

  "drafts.planned": ({ params }, context) =>
    context.read(async (unit) => {
      const draft = await draftKnown(unit, context.caller!, params.id);
      return isRefused(draft) ? draft : { id: draft.id, version: draft.version, plan: null };
    }),

  "drafts.fairness": ({ params }, context) =>
    context.read(async (unit) => {
      const draft = await draftKnown(unit, context.caller!, params.id);
      if (isRefused(draft)) return draft;
      return { id: draft.id, from: dayText(draft.toDay - 365), to: dayText(draft.toDay), people: [] };
    }),
};
