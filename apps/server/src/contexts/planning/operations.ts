import { isRefused, planningProblems, type Refused } from "@hourwright/contract";
import { RawJson, type RequestContext } from "../../platform/operations/context.ts";
import type { Handlers } from "../../platform/operations/dispatcher.ts";
import type { Task, WorkerPool } from "../../platform/workers/pool.ts";
import { runBundle, type Call } from "../../platform/bundle/bundle.ts";
import { windowOfInstants } from "../claims/public.ts";
import { organisationOf } from "../identity/public.ts";
import { conflictById, conflictsFor, type ConflictPorts, type Describe } from "./conflicts.ts";
import type { GivenInput } from "./conflicts.task.ts";
import type { GivenEvent } from "./given.ts";
import { conflictOfRepair, type ConflictsText } from "./tell.ts";

type PlanningIds = "ai.detectConflicts" | "ai.suggestRepairs" | "repairs.apply";

export type PlanningPorts = {
  readonly describe: Describe;
  readonly call: Call;
  readonly monotonicMs: () => number;
  /** A thread for questions, which never wait for the database: a unit may wait for one. */
  readonly questions: WorkerPool;
  /** The window in which claims stand: where a conflict is looked for when nobody says where it was. */
  readonly horizon: (nowMs: number) => { fromMs: number; toMs: number };
};

const given: Task<GivenInput, never, ConflictsText | Refused<"calendars/out-of-range">> = {
  module: new URL("conflicts.task.ts", import.meta.url),
  name: "givenTask",
};

/** Repairs looked through when one is applied: more than any answer shows. */
const REPAIRS_MAX = 20;
const REPAIRS_SHOWN = 5;

export function planningOperations(ports: PlanningPorts): Handlers<PlanningIds> {
  const { describe, questions } = ports;
  const portsOf = ({ read }: RequestContext): ConflictPorts => ({ read, describe, questions });

  async function conflictsGiven(
    events: readonly GivenEvent[],
    window: { readonly fromMs: number; readonly toMs: number },
    { read, nowMs }: RequestContext,
  ): Promise<ConflictsText | Refused<"calendars/out-of-range">> {
    const { zone } = await read(organisationOf);
    return questions.run(given, { events, ...window, zone, nowMs }, {});
  }

  return {
    "ai.detectConflicts": async ({ body }, context) => {
      const startedMs = ports.monotonicMs();
      const window = windowOfInstants(body.timeRange, "timeRange.");
      if (isRefused(window)) return window;
      const { fromMs, toMs } = window;
      const query = { fromMs, toMs, subjects: body.subjects ?? null, repairs: REPAIRS_SHOWN };
      const found =
        body.events === undefined
          ? await conflictsFor(portsOf(context), context.caller!, query)
          : await conflictsGiven(body.events, { fromMs, toMs }, context);
      if (isRefused(found)) return found;
      const rest = {
        processingTime: Math.round((ports.monotonicMs() - startedMs) * 10) / 10,
        confidence: 1, // Exact kinds are found exactly; nothing here is guessed.
        metadata: {
          aiModelVersion: "exact",
          featuresUsed: ["overlap", "attendee", "resource"],
          conflictsCut: found.isCut,
        },
      };
      return new RawJson(`{"conflicts":${found.text},${JSON.stringify(rest).slice(1)}`);
    },

    "ai.suggestRepairs": async ({ body }, context) => {
      const id = body.conflictId ?? body.conflict?.id;
      const found =
        id === undefined
          ? null
          : await conflictById(
              portsOf(context),
              context.caller!,
              id,
              body.maxSuggestions,
              ports.horizon(context.nowMs),
            );
      if (found === null) return gone;
      const best = found.repairs[0] ?? null;
      return {
        suggestions: found.repairs,
        recommendedSuggestion: best,
        reasoning:
          best === null
            ? "Neither of the two can be moved by you to a time that is free."
            : `${best.why} It disturbs least.`,
        confidence: best?.confidence ?? 0,
      };
    },

    "repairs.apply": async ({ params }, context) => applyRepair(params.id, context, ports, portsOf(context)),
  };
}

const gone = planningProblems.refuse("conflict-gone", "Detect again to see what is left.");
const stale = (why: string) => planningProblems.refuse("repair-stale", `${why} Ask for repairs again.`);

async function applyRepair(id: string, context: RequestContext, ports: PlanningPorts, finding: ConflictPorts) {
  const conflictId = conflictOfRepair(id);
  if (conflictId === null) return gone;
  const horizon = ports.horizon(context.nowMs);
  const found = await conflictById(finding, context.caller!, conflictId, REPAIRS_MAX, horizon);
  if (found === null) return gone;
  const repair = found.repairs.find((each) => each.id === id);
  if (repair === undefined) return stale("Somebody has taken one of its times.");
  const applied = await runBundle(
    context,
    repair.moves.map((move) => ({
      id: "events.update" as const,
      input: {
        params: { id: move.eventId },
        query: {},
        body: {
          ...(move.recurrenceId === null ? {} : { recurrenceId: move.recurrenceId }),
          scope: move.recurrenceId === null ? "all" : "this",
          start: move.start,
          end: move.end,
          preventConflicts: true,
          conflictResolution: "manual",
        },
      },
    })),
    ports.call,
  );
  if (isRefused(applied)) return staleWhenTaken(applied);
  return {
    requestId: context.requestId,
    summary: repair.what
      .replace(/^Move/, "Moved")
      .replace(/^End/, "Ended")
      .replace(/^Start/, "Started"),
    undoable: true,
    changed: repair.moves.map((move) => ({ type: "event", id: move.eventId })),
  };
}

function staleWhenTaken(
  refused: Refused,
): Refused<"planning/repair-stale" | "calendars/read-only" | `request/${string}`> {
  const { code, detail } = refused.refused;
  if (code === "claims/taken") return stale(detail);
  return refused as Refused<"calendars/read-only">;
}
