import { timeBudget } from "@hourwright/solver";
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

/** How good the best is; `share`: how much of its time is gone. */
export type LeaguePoint = {
  readonly share: number;
  readonly steps: number;
  readonly alternative: 0;
  readonly score: { readonly hard: number; readonly soft: number };
  readonly moved: number;
};

export type LeagueFound = PlannedSeason & { readonly tookMs: number };

/** Points that are told over all of its time. */
const POINTS = 200;

export async function* leagueTask(
  { question, from, fixed, asFewChangesAsPossible, seconds, steps, seed, enough }: LeagueTaskInput,
  tell: (point: LeaguePoint) => void,
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
      return Atomics.load(enough, 0) !== 0 || (steps !== null && clock.spent(0) >= 1);
    },
  };
  const slices = planLeague(question, { seed, budget, signal, from, fixed, asFewChangesAsPossible });
  let told = -1;
  for (;;) {
    const { done, value } = slices.next();
    if (done === true) return { ...value, tookMs: performance.now() - startedMs };
    const share = Math.min(1, value.spent);
    if (Math.floor(share * POINTS) === told) continue;
    told = Math.floor(share * POINTS);
    tell({ share, steps: value.steps, alternative: 0, score: value.score, moved: value.moved });
  }
}
