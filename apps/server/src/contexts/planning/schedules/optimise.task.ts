import {
  optimise,
  type CalendarRefusal,
  type CalendarSolution,
  type ObjectiveId,
  type Optimised,
  type Progress,
} from "@hourwright/solver/calendars";
import { timeBudget } from "@hourwright/solver";
import { isUp } from "../../../platform/workers/flag.ts";
import { planOf, type PlanInput } from "./plan.ts";
import { dateOf, type CommitmentDate } from "../situation.ts";

// Planning on a thread of its own: seconds of work that nobody else may wait for.

export type OptimiseInput = PlanInput & {
  readonly objectives: readonly ObjectiveId[];
  readonly weights: Partial<Record<ObjectiveId, number>>;
  readonly alternatives: number;
  readonly seed: number;
  readonly seconds: number;
  /** Not 0 as soon as the best so far is enough. */
  readonly enough: Int32Array;
};

/** A thing of the plan at another time, by its date as it stands. */
export type PlannedMove = {
  readonly date: CommitmentDate;
  readonly title: string;
  readonly startMs: number;
  readonly endMs: number;
};

export type PlannedSolution = Pick<Optimised, "improvements" | "score"> & { readonly moves: readonly PlannedMove[] };

export type Planned = PlannedSolution &
  Pick<Optimised, "before" | "constraints" | "convergence" | "steps"> & {
    readonly alternatives: readonly PlannedSolution[];
    readonly contradictions: readonly string[];
  };

/** Sentences told of one constraint. */
const BREACHES_TOLD_MAX = 20;

export async function* optimiseTask(
  input: OptimiseInput,
  tell: (progress: Progress) => void,
): AsyncGenerator<never, Planned | { readonly refused: CalendarRefusal }> {
  const budget = timeBudget(input.seconds * 1_000, () => performance.now());
  const { plan, dates } = planOf(input);
  const { objectives, weights, alternatives, seed, enough } = input;
  const signal = {
    get aborted() {
      return isUp(enough);
    },
  };
  const found = optimise(plan, { objectives, weights, alternatives, seed, budget, signal, onProgress: tell });
  if ("refused" in found) return found;
  const solution = ({ moves, improvements, score }: CalendarSolution): PlannedSolution => ({
    improvements,
    score,
    moves: moves.map(({ thing, toMs, lengthMs }) => {
      return { date: dateOf(dates[thing]!), title: plan.things[thing]!.title, startMs: toMs, endMs: toMs + lengthMs };
    }),
  });
  return {
    ...solution(found),
    before: found.before,
    constraints: found.constraints.map(({ breaches, ...rest }) => ({
      ...rest,
      breaches: breaches.slice(0, BREACHES_TOLD_MAX),
    })),
    convergence: found.convergence,
    alternatives: found.alternatives.map(solution),
    contradictions: found.contradictions.map(({ sentence }) => sentence),
    steps: found.steps,
  };
}
