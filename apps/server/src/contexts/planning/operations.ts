import { isRefused, planningProblems, type Refused } from "@hourwright/contract";
import type { RequestContext } from "../../platform/operations/context.ts";
import type { Handlers } from "../../platform/operations/dispatcher.ts";
import { runBundle, type Call } from "../../platform/bundle/bundle.ts";
import { windowOfInstants } from "../claims/public.ts";
import { organisationOf } from "../identity/public.ts";
import { conflictById, conflictOfRepair, conflictsFor, type Describe } from "./conflicts.ts";
import { conflictsAmong, givenEvents } from "./given.ts";

type PlanningIds = "ai.detectConflicts" | "ai.suggestRepairs" | "repairs.apply";

export type PlanningPorts = {
  readonly describe: Describe;
  readonly call: Call;
  readonly monotonicMs: () => number;
  /** The window in which claims stand: where a conflict is looked for when nobody says where it was. */
  readonly horizon: (nowMs: number) => { fromMs: number; toMs: number };
};

/** Repairs looked through when one is applied: more than any answer shows. */
const REPAIRS_MAX = 20;
const REPAIRS_SHOWN = 5;

export function planningOperations(ports: PlanningPorts): Handlers<PlanningIds> {
  const { describe } = ports;
  return {
    "ai.detectConflicts": async ({ body }, context) => {
      const startedMs = ports.monotonicMs();
      const window = windowOfInstants(body.timeRange, "timeRange.");
      if (isRefused(window)) return window;
      const { fromMs, toMs } = window;
      const given = body.events === undefined ? null : givenEvents(body.events);
      if (given !== null && isRefused(given)) return given;
      const found = await context.read(async (unit) => {
        if (given !== null) return conflictsAmong(given, fromMs, toMs, (await organisationOf(unit)).zone, unit.nowMs);
        return conflictsFor(
          unit,
          context.caller!,
          { fromMs, toMs, subjects: body.subjects ?? null, repairs: REPAIRS_SHOWN },
          describe,
        );
      });
      return {
        conflicts: found,
        processingTime: Math.round((ports.monotonicMs() - startedMs) * 10) / 10,
        confidence: 1, // Exact kinds are found exactly; nothing here is guessed.
        metadata: { aiModelVersion: "exact", featuresUsed: ["overlap", "attendee", "resource"] },
      };
    },

    "ai.suggestRepairs": async ({ body }, context) => {
      const id = body.conflictId ?? body.conflict?.id;
      const found =
        id === undefined
          ? null
          : await context.read((unit) =>
              conflictById(unit, context.caller!, id, body.maxSuggestions, ports.horizon(unit.nowMs), describe),
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

    "repairs.apply": async ({ params }, context) => applyRepair(params.id, context, ports),
  };
}

const gone = planningProblems.refuse("conflict-gone", "Detect again to see what is left.");
const stale = (why: string) => planningProblems.refuse("repair-stale", `${why} Ask for repairs again.`);

async function applyRepair(id: string, context: RequestContext, ports: PlanningPorts) {
  const conflictId = conflictOfRepair(id);
  if (conflictId === null) return gone;
  const found = await context.read((unit) =>
    conflictById(unit, context.caller!, conflictId, REPAIRS_MAX, ports.horizon(unit.nowMs), ports.describe),
  );
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
