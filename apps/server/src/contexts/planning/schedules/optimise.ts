import { limits, planningProblems, type Refused } from "@hourwright/contract";
import { objectives, type ObjectiveId, type Progress } from "@hourwright/solver/calendars";
import type { Caller, RequestContext } from "../../../platform/operations/context.ts";
import { flagOf } from "../../../platform/workers/flag.ts";
import { SILENT_MS_MAX, type Task, type WorkerPool } from "../../../platform/workers/pool.ts";
import { openTimeTexts, takenTexts } from "../../claims/public.ts";
import { organisationOf } from "../../identity/public.ts";
import type { Describe, Window } from "../conflicts.ts";
import { bookFor, bookToldTo, type RuleFacts } from "../rules/book.ts";
import { reachMsOf } from "../rules/decide.ts";
import { rulesOf } from "../rules/store.ts";
import { CLAIMS_MAX, dateOf, situationIn } from "../situation.ts";
import { zonedText } from "../tell.ts";
import type { OptimiseInput, Planned, PlannedSolution } from "./optimise.task.ts";
import type { Movable } from "./plan.ts";

const plan: Task<
  OptimiseInput,
  never,
  Planned | { readonly refused: { readonly code: string; readonly sentence: string } },
  Progress
> = {
  module: new URL("optimise.task.ts", import.meta.url),
  name: "optimiseTask",
  priority: "plan",
  // It tells how far it is at every half hundredth of its time, and before and after that reads and tells.
  silentMs: limits.OPTIMISE_SECONDS_MAX * 1_000 + SILENT_MS_MAX,
};

/** Dates described in one unit. */
const DESCRIBED_OF_A_UNIT = 500;

export type OptimiseWish = Window & {
  /** Whose schedule it is. */
  readonly people: readonly string[];
  /** Only these may move; null: all that the caller may. */
  readonly eventIds: readonly string[] | null;
  /** These stay. */
  readonly lockedEventIds: readonly string[];
  readonly objectives: readonly { readonly objective: ObjectiveId; readonly weight: number }[];
  readonly alternatives: number;
  readonly seed: number;
  readonly seconds: number;
  readonly likings: OptimiseInput["likings"];
};

export type OptimisePorts = {
  readonly read: RequestContext["read"];
  readonly describe: Describe;
  readonly ruleFacts: RuleFacts;
  /** A thread for plans: they take seconds. */
  readonly plans: WorkerPool;
};

export type OptimiseWatch = {
  /** Gives it up. */
  readonly signal: AbortSignal;
  /** Ends it with the best so far. */
  readonly enough?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
};

/**
 * How the schedule of some people could be better: what would go where, and three others that are really different. Nothing is
 * changed by it, and only what the caller may move is moved.
 */
export async function optimiseFor(
  ports: OptimisePorts,
  viewer: Caller,
  wish: OptimiseWish,
  { signal, enough, onProgress }: OptimiseWatch,
) {
  const gathered = await gather(ports, viewer, wish);
  const { seed, seconds, alternatives, likings } = wish;
  const flag = flagOf(enough);
  const planned = await ports.plans.run(
    plan,
    {
      ...gathered.input,
      objectives: wish.objectives.map(({ objective }) => objective),
      weights: Object.fromEntries(wish.objectives.map(({ objective, weight }) => [objective, weight])),
      alternatives,
      seed,
      seconds,
      likings,
      enough: flag,
    },
    { signal, ...(onProgress === undefined ? {} : { onWord: onProgress }) },
  );
  if ("refused" in planned) return refusalOf(planned.refused.sentence);
  return shownPlan(planned, gathered);
}

const refusalOf = (sentence: string): Refused<"planning/plan-refused"> =>
  planningProblems.refuse("plan-refused", sentence);

type Gathered = {
  readonly input: Omit<
    OptimiseInput,
    "objectives" | "weights" | "alternatives" | "seed" | "seconds" | "likings" | "enough"
  >;
  readonly eventIds: ReadonlyMap<string, string>;
};

/** Who takes part beside the people who are asked about, what of theirs may move, and what binds all of them. */
async function gather(
  { read, describe, ruleFacts }: OptimisePorts,
  viewer: Caller,
  { fromMs, toMs, people, eventIds: only, lockedEventIds }: OptimiseWish,
): Promise<Gathered> {
  const reachMs = reachMsOf(await read(rulesOf));
  const around = { fromMs: fromMs - reachMs, toMs: toMs + reachMs };
  // Whatever takes these people takes others and things as well, and none of these may be taken twice.
  const taken = await takenTexts(read, null, around, CLAIMS_MAX);
  const situation = situationIn(taken);
  const { takings } = situation.index;
  const numbers = new Set(people.map((id) => situation.subjects.indexOf(id)));
  const theirs = situation.dates.flatMap((date, number) => {
    const isTheirs = situation.rowsOf(number).some((row) => numbers.has(takings.subject[row]!));
    return isTheirs ? [{ date, number }] : [];
  });
  const inWindow = theirs.filter(({ date: { startMs, endMs } }) => startMs >= fromMs && endMs <= toMs);
  const movable: Movable[] = [];
  const eventIds = new Map<string, string>();
  const { zone, focusMinutes, nowMs } = await read(async (unit) => ({
    ...(await organisationOf(unit)),
    nowMs: unit.nowMs,
  }));
  for (let from = 0; from < inWindow.length; from += DESCRIBED_OF_A_UNIT) {
    const dates = inWindow.slice(from, from + DESCRIBED_OF_A_UNIT).map(({ date }) => date);
    const said = await read((unit) => describe(unit, viewer, dates));
    for (const date of dates) {
      const { eventId, mayMove, title } = said.get(date) ?? { eventId: null, mayMove: false, title: "" };
      if (eventId === null || !mayMove || date.startMs < nowMs) continue;
      if (lockedEventIds.includes(eventId) || only?.includes(eventId) === false) continue;
      movable.push({ date: dateOf(date), title });
      eventIds.set(`${date.commitment}\n${date.occurrence}`, eventId);
    }
  }
  const subjects = new Set([
    ...people,
    ...theirs.flatMap(({ number }) =>
      situation.rowsOf(number).map((row) => situation.subjects[takings.subject[row]!]!),
    ),
  ]);
  const book = await read(async (unit) =>
    bookToldTo(unit, viewer, await bookFor(unit, [...subjects], ruleFacts, around), ruleFacts),
  );
  const ids = [...new Set([...subjects, ...book.holders.map(({ id }) => id)])];
  const openTime = await openTimeTexts(read, ids, around);
  const window = { startMs: fromMs, endMs: toMs };
  return { input: { taken, openTime, book, movable, window, zone, focusMinutes, nowMs }, eventIds };
}

function shownPlan(planned: Planned, { input: { zone }, eventIds }: Gathered) {
  const span = (startMs: number, endMs: number) => ({ start: zonedText(startMs, zone), end: zonedText(endMs, zone) });
  const solution = ({ moves, improvements, score }: PlannedSolution) => ({
    score: { ...score },
    improvements: improvements.map(({ objective, before, after }) => ({
      objective,
      ...objectives[objective],
      before: rounded(before),
      after: rounded(after),
    })),
    moves: moves.map(({ date, title, startMs, endMs }) => ({
      eventId: eventIds.get(`${date.commitment}\n${date.occurrence}`)!,
      recurrenceId: date.occurrence === "" ? null : date.occurrence,
      title,
      from: span(date.startMs, date.endMs),
      to: span(startMs, endMs),
    })),
  });
  const { moves: optimizedSchedule, ...best } = solution(planned);
  return {
    optimizedSchedule,
    ...best,
    before: { ...planned.before },
    constraints: planned.constraints.map(({ name, level, weight, units, points, breaches }) => ({
      name,
      level,
      weight,
      units,
      points,
      sentences: breaches.map(({ sentence }) => sentence),
    })),
    convergence: planned.convergence.map((point) => ({ ...point })),
    contradictions: [...planned.contradictions],
    alternatives: planned.alternatives.map(solution),
    steps: planned.steps,
  };
}

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;
