import { assert, seededRandom, type Random } from "@hourwright/std";
import { partOf, type Budget } from "./budget.ts";
import type { Model } from "./constraint.ts";
import { construct } from "./construct.ts";
import { methods, type Method } from "./method.ts";
import { emptyMove } from "./move.ts";
import { openPlan, scoreOf, type Plan } from "./plan.ts";
import type { Problem } from "./problem.ts";
import { compareScores, type Score } from "./score.ts";
import { proposals, search, type Stopped } from "./search.ts";
import { liarsNear, type Disagreement } from "./shadow.ts";
import { openTrace, type Trace } from "./trace.ts";

export type SolveOptions = {
  /** The same seed and step budget give the same solution. */
  readonly seed: number;
  readonly budget: Budget;
  /** `methods.annealing` unless given. */
  readonly method?: Method;
  /** Parts of the budget: each later leg begins at the best plan, kicked, with its method anew. 1 unless given. */
  readonly legs?: number;
  /** Moves made blindly before each later leg. */
  readonly kickMoves?: number;
  /** Begins at the plan that stands (`Problem.start`) instead of one constructed greedily. */
  readonly isFromStart?: boolean;
  /** Ends as soon as the plan is no worse than this. */
  readonly enough?: Score;
  /** Looked at when the budget is, at least every `STEPS_BETWEEN_LOOKS` steps: the best so far is returned. */
  readonly signal?: { readonly aborted: boolean };
  /** Told of every new best; a run has thousands of them in its first moments. `values` is only lent. */
  readonly onBest?: (score: Score, values: Int32Array, steps: number) => void;
};

export type Solution = {
  readonly values: Int32Array;
  /** Counted from the beginning on a fresh model, whatever the deltas said. */
  readonly score: Score;
  readonly steps: number;
  readonly stopped: Stopped;
  readonly trace: Trace;
  /** Constraints that misled the search: what their deltas added up to was not their full count. Empty when all told the truth. */
  readonly disagreements: readonly Disagreement[];
};

/** How far a run has come: `spent` of its budget, 0 to 1. */
export type Slice = { readonly steps: number; readonly spent: number; readonly best: Score };

const LEGS_MAX = 10_000;
const KICK_MOVES = 10;

/**
 * Plans: constructs, then walks by the method until the budget is spent; the best plan met on the way. Anytime and cancellable.
 * Throws `BrokenConstraint`, with its name, for a constraint that throws or counts what is no number.
 */
export function solve<M extends Model>(problem: Problem<M>, options: SolveOptions): Solution {
  const slices = solveInSlices(problem, options);
  for (;;) {
    const { done, value } = slices.next();
    if (done === true) return value;
  }
}

/**
 * The same, in slices of about a millisecond: whoever runs it decides between them whether others get a turn, and aborts `signal` to
 * be given the best so far. How it is sliced changes nothing about what is found.
 */
export function* solveInSlices<M extends Model>(
  problem: Problem<M>,
  options: SolveOptions,
): Generator<Slice, Solution> {
  const { seed, budget, method = methods.annealing, legs = 1, enough = null, signal = null } = options;
  assert(Number.isInteger(legs) && legs >= 1 && legs <= LEGS_MAX, `legs are 1 to ${LEGS_MAX}: ${legs}`);
  const random = seededRandom(seed);
  const plan = openPlan(problem, problem.start);
  if (options.isFromStart !== true) {
    for (const _ of construct(plan, problem, random)) {
      const spent = budget.spent(0);
      if (spent >= 1 || signal?.aborted === true) break;
      yield { steps: 0, spent, best: { hard: plan.hard, soft: plan.soft } };
    }
  }

  const values = plan.model.values.slice();
  const trace = openTrace();
  let best: Score = { hard: plan.hard, soft: plan.soft };
  let steps = 0;
  let stopped: Stopped = "budget";
  let disagreements: Disagreement[] = [];
  trace.add(0, best);
  options.onBest?.(best, values, 0);

  for (let leg = 0; leg < legs; leg++) {
    if (enough !== null && compareScores(best, enough) <= 0) stopped = "enough";
    if (stopped !== "budget") break;
    if (leg > 0) {
      plan.reset(values);
      kick(plan, problem, random, options.kickMoves ?? KICK_MOVES);
    }
    const before = steps;
    const part = partOf(budget, leg / legs, (leg + 1) / legs, before);
    const walking = search({
      plan,
      neighbours: problem.neighbours,
      hardPoints: problem.advice.hardPoints,
      strategy: method({ leg, variables: values.length, advice: problem.advice, random }),
      budget: part,
      random,
      best,
      enough,
      signal,
      keep(step) {
        best = { hard: plan.hard, soft: plan.soft };
        values.set(plan.model.values);
        trace.add(before + step, best);
        options.onBest?.(best, values, before + step);
      },
    });
    let walked = walking.next();
    while (walked.done !== true) {
      yield { steps: before + walked.value.steps, spent: (leg + walked.value.progress) / legs, best };
      walked = walking.next();
    }
    steps += walked.value.steps;
    stopped = walked.value.stopped;
    if (disagreements.length === 0) disagreements = liarsNear(problem, plan, seed);
  }
  return { values, score: scoreOf(problem, values), steps, stopped, trace: trace.points(), disagreements };
}

/** Moves that nobody judges: out of the valley. */
function kick<M extends Model>(plan: Plan<M>, problem: Problem<M>, random: Random, moves: number): void {
  const next = proposals(problem.neighbours, plan.model, random);
  const move = emptyMove();
  for (let i = 0; i < moves; i++) {
    next(move);
    if (move.size === 0) continue;
    plan.weigh(move);
    plan.take(move);
  }
}
