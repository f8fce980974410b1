import { isRefused, planningProblems, refusePlanning, type Refused } from "@hourwright/contract";
import { runBundle, type Call, type OperationCall } from "../../platform/bundle/bundle.ts";
import type { Unit } from "../../platform/db/database.ts";
import type { Caller, RequestContext } from "../../platform/operations/context.ts";
import type { Task } from "../../platform/workers/pool.ts";
import { claimsInWindow, lockTimelines, openTimeTexts, takenTexts } from "../claims/public.ts";
import { organisationOf, subjectsById } from "../identity/public.ts";
import { aroundOf, askFor, dateAt, seenBy, type ConflictPorts, type Window } from "./conflicts.ts";
import { acceptedOf } from "./answers/learned.ts";
import { insertAnswers } from "./answers/store.ts";
import { monthsOf, type Effect } from "./effect.ts";
import type { EffectInput } from "./effect.task.ts";
import type { ProposalAnswer, ProposalInput, ProposalStep } from "./proposals.task.ts";
import { insertResolutions } from "./store.ts";
import { askedMoveIn, conflictOfRepair, type ShownChange, type ShownRepair } from "./tell.ts";

const check: Task<ProposalInput, never, ProposalAnswer> = {
  module: new URL("proposals.task.ts", import.meta.url),
  name: "proposalTask",
};

const gone = refusePlanning("conflict-gone", "gone", {});
const taken = refusePlanning("repair-stale", "taken", {});

const measure: Task<EffectInput, never, Effect | null> = {
  module: new URL("effect.task.ts", import.meta.url),
  name: "effectTask",
};

/** What is taken of those whom a proposal touches, in the months it touches. */
const TAKEN_MAX = 100_000;

/** Some repairs looked at together, on a copy. What is no repair of a conflict that the viewer knows of is gone. */
export async function checkRepairs(
  ports: ConflictPorts,
  viewer: Caller,
  repairIds: readonly string[],
  horizon: Window,
): Promise<ProposalAnswer & { readonly people: ReadonlyMap<string, string> }> {
  const asked = askedOf(repairIds, horizon);
  const ids = asked.map(({ conflictId }) => conflictId);
  const reach = asked.flatMap(({ id, conflictId }) => (conflictId === id ? [] : (windowOfAsked(id) ?? [])));
  const question = await askFor(ports, viewer, ids, 1, horizon, reach);
  if (question === null) return { ...allGone(asked), people: new Map() };
  const { input, candidates, zone, nowMs } = question;
  const { seen, described } = await seenBy(ports, viewer, candidates);
  if (seen.length === 0) return { ...allGone(asked), people: new Map() };
  const around = await ports.read((unit) => aroundOf(unit, ports, candidates, seen));
  const answer = await ports.questions.run(
    check,
    {
      ...input,
      asked,
      around,
      zone,
      nowMs,
      places: Int32Array.from(seen, (each) => candidates.places[each]!),
      described: [...described].map(([date, each]) => [dateAt(candidates, date), each] as const),
    },
    {},
  );
  const subjects = [...new Set(answer.steps.flatMap((step) => step.subjects))];
  const known = subjects.length === 0 ? [] : await ports.read((unit) => subjectsById(unit, subjects));
  const people = known.filter(({ kind }) => kind === "person").map(({ id, name }) => [id, name] as const);
  return { ...answer, people: new Map(people) };
}

/**
 * What the steps of a proposal do to some people in the months that they touch, one change for each step; null where nothing
 * is made, or nobody's working time is known.
 */
export async function effectFor(
  { read, questions }: ConflictPorts,
  proposed: readonly ProposalStep[],
  people: readonly string[],
): Promise<(Effect & { readonly overFrom: number }) | null> {
  const moves = proposed.map(({ made }) =>
    (made?.moves ?? []).map(({ date, ...to }) => ({ from: made!.dates[date]!, ...to })),
  );
  if (people.length === 0 || moves.flat().length === 0) return null;
  const { zone, thresholds, focusMinutes } = await read(organisationOf);
  const months = monthsOf(
    moves
      .flat()
      .flatMap(({ from, rest, ...to }) => (rest === null || rest === undefined ? [from, to] : [from, to, rest])),
    zone,
  );
  const window = { fromMs: months[0]!.startsMs[0]!, toMs: months.at(-1)!.startsMs.at(-1)! };
  const taken = await takenTexts(read, people, window, TAKEN_MAX);
  const openTime = await openTimeTexts(read, people, window);
  const steps = moves.map((step) => step.map(({ from, ...to }) => ({ ...from, ...to })));
  const effect = await questions.run(measure, { thresholds, focusMinutes, months, taken, openTime, steps }, {});
  return effect === null ? null : { ...effect, overFrom: thresholds.over };
}

/**
 * Applies repairs as one undoable step, after checking all of them once more. Refused as a whole when one of them no
 * longer fits as it was asked; what one before it solves is left out.
 */
export async function applyRepairs(
  ports: ConflictPorts & { readonly call: Call },
  context: RequestContext,
  repairIds: readonly string[],
  horizon: Window,
) {
  const { steps } = await checkRepairs(ports, context.caller!, repairIds, horizon);
  const wrong = steps.find(({ state }) => state !== "ready" && state !== "solved");
  if (wrong !== undefined) return wrong.state === "gone" ? gone : taken;
  const made = steps.filter(({ repair }) => repair !== null);
  const applied = await runBundle(
    context,
    async (unit) => {
      if (!(await allStand(unit, made))) return refusePlanning("repair-stale", "moved", {});
      const { caller, requestId } = context;
      const by = { requestId, personId: caller!.personId, userId: caller!.userId, atMs: unit.nowMs };
      await insertResolutions(
        unit,
        made.map(({ made }) => ({ id: unit.newId("rsl"), ...by, ...made! })),
      );
      await insertAnswers(
        unit,
        caller!.personId,
        made.flatMap((step) => acceptedOf(caller!, step.conflictId, step.repair!.id) ?? []),
      );
      return made.flatMap(callsOf);
    },
    ports.call,
  );
  if (isRefused(applied)) return staleWhenTaken(applied);
  return {
    requestId: context.requestId,
    summary: made.length === 1 ? doneText(made[0]!.repair!.what) : `Applied ${made.length} repairs`,
    undoable: true,
    changed: made.flatMap(({ repair }) => repair!.changes.map(({ eventId }) => ({ type: "event", id: eventId }))),
  };
}

/** Claims of one subject that are read around a date: what stands there at its very time is among them. */
const STANDING_MAX = 1_000;

/**
 * Whether all that clashed is still when it was when it was looked at: of two who apply a repair at once the second finds it
 * moved. Whoever moves one of them waits for the timelines that are locked here.
 */
async function allStand(unit: Unit, steps: readonly ProposalStep[]): Promise<boolean> {
  await lockTimelines(unit, [...new Set(steps.flatMap(({ subjects }) => subjects))]);
  for (const { subjects, made } of steps) {
    for (const { source, commitment, occurrence, startMs, endMs } of made!.dates) {
      const limit = subjects.length * STANDING_MAX;
      const claims = await claimsInWindow(unit, subjects, startMs, endMs, { withPending: true, limit });
      const stands = claims.some(
        (claim) =>
          claim.source === source &&
          claim.commitment === commitment &&
          claim.occurrence === occurrence &&
          claim.startMs === startMs &&
          claim.endMs === endMs,
      );
      if (!stands) return false;
    }
  }
  return true;
}

function windowOfAsked(repairId: string): Window | null {
  const asked = askedMoveIn(repairId);
  return asked === null ? null : { fromMs: asked.startMs, toMs: asked.endMs };
}

/** One repair a conflict, the first; ids that are none, or of a time of which nothing is known, have no conflict. */
function askedOf(repairIds: readonly string[], { fromMs, toMs }: Window): { id: string; conflictId: string }[] {
  const asked = new Map<string, string>();
  for (const id of repairIds) {
    const window = windowOfAsked(id);
    const isKnown = window === null || (window.fromMs >= fromMs && window.toMs <= toMs);
    const conflictId = isKnown ? (conflictOfRepair(id) ?? id) : id;
    if (!asked.has(conflictId)) asked.set(conflictId, id);
  }
  return [...asked].map(([conflictId, id]) => ({ id, conflictId }));
}

function allGone(asked: readonly { readonly id: string; readonly conflictId: string }[]): ProposalAnswer {
  const steps = asked.map(({ id, conflictId }) => ({
    asked: id,
    conflictId,
    state: "gone" as const,
    repair: null,
    before: [],
    subjects: [],
    made: null,
  }));
  return { steps, solved: [], made: 0 };
}

/** What some repairs would call, with what each is for: to be kept as a proposal. Refused as a whole when one no longer fits. */
export async function repairCalls(
  ports: ConflictPorts,
  { caller }: RequestContext,
  repairIds: readonly string[],
  horizon: Window,
) {
  const { steps } = await checkRepairs(ports, caller!, repairIds, horizon);
  const wrong = steps.find(({ state }) => state !== "ready" && state !== "solved");
  if (wrong !== undefined) return wrong.state === "gone" ? gone : taken;
  const made = steps.filter(({ repair }) => repair !== null);
  return made.flatMap((step) =>
    callsOf(step).map(({ id, input }) => ({ operation: id, ...input, reason: step.repair!.why })),
  );
}

function callsOf({ repair }: ProposalStep): OperationCall[] {
  const { moves, changes } = repair!;
  // What changes places is moved in one taking of time: one after the other each would stand in the other's way.
  if (changes.length > 1 && moves.length === changes.length)
    return [{ id: "events.move", input: { params: {}, query: {}, body: { moves: moves.map(timesOf) } } }];
  const isMoved = ({ eventId, recurrenceId }: ShownChange): boolean =>
    moves.some((move) => move.eventId === eventId && move.recurrenceId === recurrenceId);
  return changes.flatMap((change) => [
    changeCall(change, isMoved(change)),
    ...(change.rest === null ? [] : [restCall(change, change.rest)]),
  ]);
}

const timesOf = ({ eventId, recurrenceId, start, end }: ShownRepair["moves"][number]) => {
  return { eventId, recurrenceId, start, end };
};

const CHECKED = { preventConflicts: true, conflictResolution: "manual" } as const;

function changeCall(change: ShownChange, isMoved: boolean): OperationCall {
  const { eventId, recurrenceId, start, end, add, remove, location } = change;
  const swaps = remove.map(({ id }, i) => ({ subjectId: id, by: add[i]?.id ?? null }));
  return {
    id: "events.update",
    input: {
      params: { id: eventId },
      query: {},
      body: {
        ...(recurrenceId === null ? {} : { recurrenceId }),
        scope: recurrenceId === null ? "all" : "this",
        ...(isMoved ? { start, end } : {}),
        ...(swaps.length === 0 ? {} : { instead: swaps }),
        ...(location === null ? {} : { location }),
        ...CHECKED,
      },
    },
  };
}

/** The second part, in the calendar of the first. */
function restCall(change: ShownChange, rest: NonNullable<ShownChange["rest"]>): OperationCall {
  const { eventId, recurrenceId, calendarId, summary } = change;
  const body = { title: summary, calendarId, like: { eventId, recurrenceId }, ...rest, ...CHECKED };
  return { id: "events.create", input: { params: {}, query: {}, body } };
}

const doneText = (what: string): string =>
  what
    .replace(/^Move/, "Moved")
    .replace(/^End/, "Ended")
    .replace(/^Start/, "Started")
    .replace(/^Use/, "Took")
    .replace(/^Leave/, "Left")
    .replace(/^Hold/, "Held");

function staleWhenTaken(
  refused: Refused,
): Refused<"planning/repair-stale" | "calendars/read-only" | `request/${string}`> {
  const { code, detail } = refused.refused;
  if (code === "claims/taken") return planningProblems.refuse("repair-stale", `${detail} Ask for repairs again.`);
  return refused as Refused<"calendars/read-only">;
}
