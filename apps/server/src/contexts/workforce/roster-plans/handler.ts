import { isRefused, limits, refuseRequest, refuseWork, type Refused } from "@hourwright/contract";
import type { Entry } from "@hourwright/roster";
import type { Clock } from "../../../platform/clock.ts";
import type { Database, Unit } from "../../../platform/db/database.ts";
import type { JobHandler } from "../../../platform/jobs/jobs.ts";
import { APPLIED, searchTold } from "../../../platform/jobs/telling.ts";
import type { Caller, RequestContext } from "../../../platform/operations/context.ts";
import { flagOf } from "../../../platform/workers/flag.ts";
import { SILENT_MS_MAX, type Task, type WorkerPool } from "../../../platform/workers/pool.ts";
import type { SearchPoint } from "../../../platform/workers/slices.ts";
import { dayText } from "../contracts/terms.ts";
import { crowdedOf, draftKnown, draftToChange, planner, peopleOfDraft, writeItems } from "../drafts/commands.ts";
import { closedOf } from "../drafts/decide.ts";
import { instantText, type Draft } from "../drafts/model.ts";
import { rosterQuestion } from "../drafts/question.ts";
import { entriesOf } from "../drafts/store.ts";
import { versionsOf } from "../contracts/store.ts";
import {
  appliedOf,
  plannedStill,
  refusedWish,
  shownConstraints,
  toldFirst,
  type Fitting,
  type NameOf,
} from "./decide.ts";
import { fairnessOf } from "./fairness.ts";
import type { PlanAsked, PlanResult } from "./model.ts";
import type { FitInput, PlanFound, PlanTaskInput } from "./plan.task.ts";
import { atSitesOf, sentQuestion, type PlanInput } from "./question.ts";
import { planOf, putResult } from "./store.ts";

// A draft planned as a job: it tells how good it is, can be cancelled, and told that the best so far is enough.

export const ROSTER_PLAN_JOB = "workforce.roster-plan";

/** Rosters that a process plans at once. */
const LANES = 2;

const plan: Task<PlanTaskInput, never, PlanFound, SearchPoint> = {
  module: new URL("plan.task.ts", import.meta.url),
  name: "planTask",
  priority: "plan",
  silentMs: limits.ROSTER_PLAN_SECONDS_MAX * 1_000 + SILENT_MS_MAX,
};

const fit: Task<FitInput, never, Fitting> = {
  module: new URL("plan.task.ts", import.meta.url),
  name: "fitTask",
  priority: "plan",
};

/** What is asked for stands with the plan, as it may be long. */
export type RosterPlanInput = { readonly sessionId: string; readonly draftId: string };

export type RosterPlanPorts = {
  readonly database: Database;
  readonly callersOf: (sessionIds: readonly string[]) => Promise<readonly Caller[]>;
  /** A thread for plans: they take seconds. */
  readonly plans: WorkerPool;
  readonly clock: Pick<Clock, "sleep">;
};

type Read = RequestContext["read"];

/** Plans as whoever asked, with whom they may plan now; what comes of it is one change of the draft, in their name. */
export function rosterPlanHandler({ database, callersOf, plans, clock }: RosterPlanPorts): JobHandler {
  return {
    kind: ROSTER_PLAN_JOB,
    lanes: LANES,
    async run(input, { id: jobId, context, signal, enough, progress }) {
      const { sessionId, draftId } = input as RosterPlanInput;
      const [viewer] = await callersOf([sessionId]);
      if (viewer === undefined) return signInAgain;
      const read: Read = (work) => database.inOrganisation(context, work, { lane: "read" });
      const write: Read = (work) => database.inOrganisation(context, work, { lane: "job" });
      // A run that was given back after it had been applied is over.
      const before = await read((unit) => planOf(unit, draftId));
      if (before?.jobId !== jobId) return refuseWork("roster-plan-refused", "another", {});
      if (before.result !== null) return APPLIED;

      const gathered = await gather(read, viewer, draftId, before.wish);
      if (isRefused(gathered)) return gathered;
      const { found, tellEnd } = await searchTold({ signal, progress }, clock, (ending, onWord) =>
        plans.run(plan, { ...gathered.input, enough: flagOf(enough) }, { signal: ending, onWord }),
      );
      // Who asked may be somebody else's manager by now, or nobody's.
      const [still] = await callersOf([sessionId]);
      if (still === undefined) return signInAgain;
      const applied = await apply({ read, write, plans, signal, beforeWriting: tellEnd }, still, gathered, found, {
        jobId,
        requestId: context.requestId,
      });
      return isRefused(applied) ? applied : APPLIED;
    },
  };
}

const signInAgain = refuseRequest("unauthenticated", "plan", {});

type PlanRefused = Refused<
  "workforce/roster-plan-refused" | "workforce/draft-closed" | "request/not-found" | "workforce/draft-invalid"
>;

/** Whom the caller may plan in a draft: of those it is for, whom they manage, with a contract on its days. */
export async function plannable(unit: Unit, caller: Caller, draft: Draft): Promise<string[] | PlanRefused> {
  const mayPlan = await planner(unit, caller, draft);
  const named = await peopleOfDraft(unit, draft);
  const versions = await versionsOf(unit, named);
  const people = [...versions].flatMap(([id, own]) => {
    const holds = own.some((each) => each.fromDay < draft.toDay && (each.toDay ?? Infinity) > draft.fromDay);
    return holds && mayPlan(id) ? [id] : [];
  });
  if (people.length === 0) return refuseWork("roster-plan-refused", "nobody", {});
  if (people.length > limits.ROSTER_PLAN_PEOPLE_MAX)
    return refuseWork("roster-plan-refused", "people", {
      people: people.length,
      most: limits.ROSTER_PLAN_PEOPLE_MAX,
    });
  return people;
}

type Gathered = {
  readonly draft: Draft;
  readonly entries: readonly Entry[];
  readonly input: Omit<PlanInput, "enough">;
};

async function gather(read: Read, viewer: Caller, draftId: string, asked: PlanAsked): Promise<Gathered | PlanRefused> {
  const found = await read(async (unit) => {
    const draft = await draftKnown(unit, viewer, draftId);
    if (isRefused(draft)) return draft;
    const closed = closedOf(draft);
    if (closed !== null) return closed;
    const people = await plannable(unit, viewer, draft);
    if (isRefused(people)) return people;
    const entries = await entriesOf(unit, draftId);
    const question = await questionOf(unit, draft, entries, people);
    return { draft, people, entries, question };
  });
  if (isRefused(found)) return found;
  const { draft, people, entries, question } = found;
  const isOfAll = draft.teamId === null && draft.people === null;
  const within = isOfAll || asked.otherSites ? question : atSitesOf(question, entries, people);
  // What the draft has is no past: it may go.
  const years = await fairnessOf(read, draft, people, { entries: [], unpopular: asked.unpopular });
  const past = years.map(({ personId, before, fullDays }) => [personId, { ...before, fullDays }] as const);
  return { draft, entries, input: { question: sentQuestion(within, entries), entries, people, past, asked } };
}

function questionOf(unit: Unit, draft: Draft, entries: readonly Entry[], people: readonly string[]) {
  const touched = entries.flatMap(({ personId }) => personId ?? []);
  const judged = [...new Set([...people, ...touched])];
  return rosterQuestion(unit, { fromDay: draft.fromDay, toDay: draft.toDay }, { people: null, judged, entries });
}

/** How often it is tried anew when somebody edits the draft while the plan is applied. */
const TRIES_MAX = 5;

type Applying = { readonly jobId: string; readonly requestId: string };

/** Writes what of a plan still fits, as one change that undo takes back. Judged on a thread, outside of the unit that writes. */
async function apply(
  {
    read,
    write,
    plans,
    signal,
    beforeWriting,
  }: Pick<RosterPlanPorts, "plans"> & {
    readonly read: Read;
    readonly write: Read;
    readonly signal: AbortSignal;
    readonly beforeWriting: () => Promise<void>;
  },
  viewer: Caller,
  { draft: { id }, entries: began, input }: Gathered,
  found: PlanFound,
  applying: Applying,
): Promise<{ readonly version: number } | PlanRefused> {
  const names = new Map(input.question.people.map(({ personId, name }) => [personId, name]));
  const nameOf = (personId: string) => names.get(personId) ?? null;
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    const now = await read(async (unit) => {
      const draft = await draftKnown(unit, viewer, id);
      if (isRefused(draft)) return draft;
      const closed = closedOf(draft);
      if (closed !== null) return closed;
      const entries = await entriesOf(unit, id);
      const mayPlan = await planner(unit, viewer, draft);
      return { draft, entries, mayPlan, question: await questionOf(unit, draft, entries, input.people) };
    });
    if (isRefused(now)) return now;
    const { mine, leftOut } = plannedStill(found, began, { mayPlan: now.mayPlan, nameOf });
    const question = sentQuestion(now.question, now.entries);
    const fits = await plans.run(fit, { question, began, now: now.entries, ...mine }, { signal });
    const fitting = { ...fits, leftOut: [...leftOut, ...fits.leftOut] };
    await beforeWriting();
    const written = await write((unit) =>
      writePlan(unit, viewer, { draft: now.draft, began, fitting, found, asked: input.asked, nameOf }, applying),
    );
    if (!isRefused(written)) return written;
    if (written.refused.code !== "request/version-changed") return written as PlanRefused;
  }
  return refuseWork("roster-plan-refused", "changing", {});
}

type Writing = {
  readonly draft: Draft;
  readonly began: readonly Entry[];
  readonly fitting: Fitting;
  readonly found: PlanFound;
  readonly asked: PlanAsked;
  readonly nameOf: NameOf;
};

async function writePlan(
  unit: Unit,
  viewer: Caller,
  { draft: known, began, fitting, found, asked, nameOf }: Writing,
  { jobId, requestId }: Applying,
) {
  const draft = await draftToChange(unit, viewer, known.id, [known.version]);
  if (isRefused(draft)) return draft;
  const applied = appliedOf(fitting, began);
  const stands = new Set(began.map((entry) => entry.id));
  const put = fitting.put.map((entry) => (stands.has(entry.id) ? entry : { ...entry, id: unit.newId("dri") }));
  const isNothing = put.length + fitting.removed.length === 0;
  let { version } = draft;
  if (!isNothing) {
    const named = new Set([...put.map((entry) => entry.id), ...fitting.removed]);
    const before = began.filter((entry) => named.has(entry.id));
    version = await writeItems(unit, draft, before, { put, removed: fitting.removed });
    const crowded = await crowdedOf(unit, draft.id);
    if (crowded !== null) return crowded;
  }
  const result = resultOf(found, asked, fitting, {
    applied: { ...applied, requestId: isNothing ? null : requestId, version },
    nameOf,
  });
  await putResult(unit, draft.id, jobId, result);
  return { version };
}

function resultOf(
  found: PlanFound,
  { seed }: PlanAsked,
  { leftOut }: Fitting,
  { applied, nameOf }: { readonly applied: PlanResult["applied"]; readonly nameOf: NameOf },
): PlanResult {
  return {
    seed,
    steps: found.steps,
    stepsPerSecond: Math.round(found.steps / Math.max(0.001, found.tookMs / 1_000)),
    score: { ...found.score },
    before: { ...found.before },
    constraints: shownConstraints(found.counted),
    applied,
    leftOut: toldFirst(leftOut),
    unmet: found.unmet.map(({ day, startMs, endMs, reasons, shortMinutes, ...rest }) => ({
      ...rest,
      shortMinutes: Math.round(shortMinutes),
      day: dayText(day),
      start: instantText(startMs),
      end: instantText(endMs),
      reasons: reasons.map(({ code, facts, sentence, people }) => ({
        code,
        count: people.length,
        facts,
        sentence,
        people: people.slice(0, limits.UNMET_PEOPLE_MAX),
      })),
    })),
    unmetCount: found.unmetCount,
    wishesRefused: toldFirst(found.wishesRefused).map((wish) => refusedWish(wish, nameOf)),
  };
}
