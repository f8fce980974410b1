import { isRefused, type Refused } from "@hourwright/contract";
import type { Handlers } from "../../../platform/operations/dispatcher.ts";
import type { RequestContext } from "../../../platform/operations/context.ts";
import { acceptDraft, askReviewers, createDraft, endDraft, putDraft, putTaken, type CallWish } from "./commands.ts";
import { listDrafts, readDraft, shownDraft } from "./queries.ts";
import type { TrialPorts } from "./trial.ts";

type DraftIds =
  | "proposals.list"
  | "proposals.read"
  | "proposals.create"
  | "proposals.accept"
  | "proposals.ask"
  | "proposals.decline"
  | "proposals.withdraw"
  | "proposals.put";

export type DraftPorts = TrialPorts & {
  /** What some repairs would call, checked once more; refused as a whole when one no longer fits. */
  readonly callsOfRepairs: (
    context: RequestContext,
    repairIds: readonly string[],
  ) => Promise<readonly CallWish[] | Refused<"planning/conflict-gone" | "planning/repair-stale">>;
};

export function draftOperations(ports: DraftPorts): Handlers<DraftIds> {
  const end = (how: "declined" | "withdrawn", id: string, context: RequestContext) =>
    context.write(async (unit) => {
      const { personId } = context.caller!;
      const draft = await endDraft(unit, id, how, personId);
      return isRefused(draft) ? draft : shownDraft(unit, draft, personId);
    });

  return {
    "proposals.list": async (_input, context) => ({
      items: await context.read((unit) => listDrafts(unit, context.caller!.personId)),
    }),

    "proposals.read": ({ params }, context) => readDraft(ports, context, params.id),

    "proposals.create": async ({ body }, context) => {
      const { repairs, expires, ...wish } = body;
      const changes = repairs === undefined ? body.changes! : await ports.callsOfRepairs(context, repairs);
      if (isRefused(changes)) return changes;
      const expiresMs = expires === undefined ? null : Temporal.Instant.from(expires).epochMilliseconds;
      return context.write(async (unit) => {
        const draft = await createDraft(unit, ports, context.caller!, { ...wish, expiresMs, changes });
        if (isRefused(draft)) return draft;
        context.reply.headers["location"] = `/v1/proposals/${draft.id}`;
        return shownDraft(unit, draft, draft.makerId);
      });
    },

    "proposals.accept": async ({ params, body }, context) => {
      const accepted = await acceptDraft(ports, context, params.id, body.changes ?? null);
      if (isRefused(accepted)) return accepted;
      const { draft, indexes } = accepted;
      const touched = new Set(indexes.flatMap((index) => draft.changes[index]!.based.map(({ id }) => id)));
      return {
        requestId: context.requestId,
        summary:
          indexes.length === 1
            ? `Accepted a change of “${draft.title}”`
            : `Accepted ${indexes.length} changes of “${draft.title}”`,
        undoable: true,
        changed: [...touched].map((id) => ({ type: "event", id })),
        proposal: await context.read((unit) => shownDraft(unit, draft, context.caller!.personId)),
      };
    },

    "proposals.ask": ({ params, body }, context) =>
      context.write(async (unit) => {
        const { personId } = context.caller!;
        const draft = await askReviewers(unit, params.id, body.reviewers, personId);
        return isRefused(draft) ? draft : shownDraft(unit, draft, personId);
      }),

    "proposals.decline": ({ params }, context) => end("declined", params.id, context),
    "proposals.withdraw": ({ params }, context) => end("withdrawn", params.id, context),

    "proposals.put": async ({ params, body }, context) => {
      const { was, open = [], accepted = [] } = body;
      const { personId } = context.caller!;
      await context.write(async (unit) => {
        if (was !== undefined) await putDraft(unit, params.id, was, personId);
        else await putTaken(unit, params.id, { open, accepted }, personId);
      });
      return null;
    },
  };
}
