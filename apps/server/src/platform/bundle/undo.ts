import { isRefused, refuseUndo, type Refused } from "@hourwright/contract";
import { changedSince, changesOfRequest, leftNow, type ChangeWithContents } from "../changes/read.ts";
import type { Unit } from "../db/database.ts";
import type { Handlers } from "../operations/dispatcher.ts";
import { BUNDLE_CALLS_MAX, runBundle, type Call, type OperationCall } from "./bundle.ts";

/** What the contexts that own things say about undoing: filled in `compose.ts`. */
export type UndoPorts = {
  readonly call: Call;
  /**
   * The call that takes a change back, made from its `before`; null for what has no inverse of its own. A request may
   * have changed a thing several times: only the last change of it left it as it is now.
   */
  readonly inverse: (change: ChangeWithContents, isLastOfThing: boolean) => OperationCall | null;
  /** Takes back a request that was too large for a unit (an import) as a job; null when it was none of those. */
  readonly undoAsJob: (unit: Unit, requestId: string) => Promise<{ readonly summary: string } | null>;
};

const UNDO_DAYS = 30;

/** The thing that an undo says it has changed: the request that it took back. */
export const UNDONE = "request";

/**
 * `POST /v1/requests/{id}/undo`: a new bundle of the inverse operations, in reverse order. Allowed to who made the
 * request, while every thing is as the request left it; else refused, naming who changed it since. Redo is undo
 * of the undo, because the undo is a request like any other.
 */
export function undoOperations(ports: UndoPorts): Handlers<"requests.undo"> {
  return {
    "requests.undo": async ({ params }, context) => {
      let undone: readonly ChangeWithContents[] = [];
      let asJob: { readonly summary: string } | null = null;
      const answer = await runBundle(
        context,
        async (unit) => {
          const changes = await changesOfRequest(unit, params.id, BUNDLE_CALLS_MAX + 1);
          const barred = refusalOf(changes, context.caller!.userId, unit.nowMs);
          if (barred !== null) return barred;
          // The log knows by this what was undone by what.
          unit.record({ kind: "updated", thing: { type: UNDONE, id: params.id }, fields: ["undone"] });
          asJob = await ports.undoAsJob(unit, params.id);
          if (asJob !== null) return [];
          if (changes.length > BUNDLE_CALLS_MAX) return refuseUndo("nothing", "too-much", {});
          const later = await changedSince(unit, params.id);
          if (later.length > 0) return changedMeanwhile(later);
          undone = changes.filter(({ thing }) => thing.type !== UNDONE);
          const last = new Map(changes.map((change) => [thingKey(change), change]));
          // What was changed and undone since is as the request left it, in a later version.
          const now = await leftNow(unit, params.id);
          const calls = changes.toReversed().flatMap((change) => {
            const isLast = last.get(thingKey(change)) === change;
            const after = isLast ? (now.get(thingKey(change)) ?? change.after) : change.after;
            return ports.inverse({ ...change, after }, isLast) ?? [];
          });
          return calls.length === 0 ? refuseUndo("nothing", "no-way-back", {}) : calls;
        },
        ports.call,
      );
      if (isRefused(answer)) return asUndo(answer);
      const things = [...new Map(undone.map(({ thing }) => [thing.id, thing])).values()];
      const summary =
        (asJob as { summary: string } | null)?.summary ??
        `Undone: ${things.length === 1 ? "one change" : `${things.length} changes`}.`;
      return { requestId: context.requestId, summary, undoable: asJob === null, changed: things };
    },
  };
}

const thingKey = ({ thing }: ChangeWithContents): string => `${thing.type} ${thing.id}`;

/** Somebody changed a thing between the look at the log and its lock: the same answer as a moment earlier. */
function asUndo(refused: Refused): Refused<"undo/changed-since" | "claims/taken"> {
  if (refused.refused.code !== "request/version-changed") return refused as Refused<"claims/taken">;
  return refuseUndo("changed-since", "raced", {});
}

function refusalOf(changes: readonly ChangeWithContents[], userId: string, nowMs: number): Refused | null {
  const first = changes[0];
  if (first === undefined) return refuseUndo("nothing", "unchanged", {});
  if (first.actor.userId !== userId) return refuseUndo("not-yours", "author", { name: first.actor.label });
  if (nowMs - first.at.epochMilliseconds > UNDO_DAYS * 86_400_000 || changes.some(({ oversize }) => oversize)) {
    return refuseUndo("nothing", "old", { days: UNDO_DAYS });
  }
  return null;
}

function changedMeanwhile(
  later: readonly {
    readonly actor: { readonly label: string };
    readonly at: Temporal.Instant;
    readonly thing: { readonly type: string; readonly id: string };
  }[],
) {
  const last = later.at(-1)!;
  return refuseUndo(
    "changed-since",
    "changed",
    { name: last.actor.label },
    { changed: later.slice(0, 20).map(({ actor, at, thing }) => ({ ...thing, by: actor.label, at: at.toString() })) },
  );
}
