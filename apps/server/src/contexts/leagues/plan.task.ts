import { timeBudget } from "@hourwright/solver";
import { isUp } from "../../platform/workers/flag.ts";
import { sliceToEnd, type SearchPoint } from "../../platform/workers/slices.ts";
import type { Match, LeagueQuestion } from "./core/question.ts";
import { planLeague, type PlannedSeason } from "./core/plan.ts";

// Planning on a thread of its own: seconds of work that nobody else may wait for.

export type LeagueTaskInput = {
  readonly question: LeagueQuestion;
  readonly from: readonly Match[] | null;
  readonly fixed: readonly Match[];
  readonly asFewChangesAsPossible: boolean;
  readonly seconds: number;
  readonly steps: number | null;
  readonly seed: number;
  /** Not 0 as soon as the best so far is enough. */
  readonly enough: Int32Array;
};

export type LeagueFound = PlannedSeason & { readonly tookMs: number };

export async function* leagueTask(
  { question, from, fixed, asFewChangesAsPossible, seconds, steps, seed, enough }: LeagueTaskInput,
  tell: (point: SearchPoint) => void,
): AsyncGenerator<never, LeagueFound> {
  const startedMs = performance.now();
  const clock = timeBudget(seconds * 1_000, () => performance.now());
  const stepsMax = steps ?? clock.stepsMax;
  const budget = {
    stepsMax,
    get stepsBetweenLooks() {
      return Math.min(clock.stepsBetweenLooks, stepsMax);
    },
    // Steps that are asked for repeat a plan, so that the clock has no part in it but as an end.
    spent: (taken: number) => (steps === null ? clock.spent(taken) : taken / stepsMax),
  };
  const signal = {
    get aborted() {
      return isUp(enough) || (steps !== null && clock.spent(0) >= 1);
    },
  };
  const slices = planLeague(question, { seed, budget, signal, from, fixed, asFewChangesAsPossible });
  return { ...sliceToEnd(slices, tell), tookMs: performance.now() - startedMs };
}
