import { assert, type Random } from "@hourwright/std";
import type { Strategy } from "./acceptor.ts";
import type { Budget } from "./budget.ts";
import type { Model } from "./constraint.ts";
import { emptyMove, type Move } from "./move.ts";
import type { Plan } from "./plan.ts";
import type { Neighbour } from "./problem.ts";
import { compareScores, type Score } from "./score.ts";

/** Why a search ended: its budget is spent, it was cancelled, or the plan is as good as was asked for. */
export type Stopped = "budget" | "cancelled" | "enough";

export type Walk<M extends Model> = {
  readonly plan: Plan<M>;
  readonly neighbours: readonly Neighbour<M>[];
  readonly hardPoints: number;
  readonly strategy: Strategy;
  readonly budget: Budget;
  readonly random: Random;
  /** The best so far, over all walks of a run; `keep` is told of each new one, while the plan is at it. */
  readonly best: Score;
  keep(steps: number): void;
  /** The search ends at a plan that is no worse than this. */
  readonly enough: Score | null;
  readonly signal: { readonly aborted: boolean } | null;
};

/**
 * Walks from neighbour to neighbour until the budget is spent; yields how far it is at every look at that. Returns the steps
 * that were taken, and why it ended.
 */
export function* search<M extends Model>(
  walk: Walk<M>,
): Generator<
  { readonly steps: number; readonly progress: number },
  { readonly steps: number; readonly stopped: Stopped }
> {
  const { budget, signal } = walk;
  assert(walk.neighbours.length > 0, "a search needs at least one neighbour");
  const stretch = openStretches(walk);
  let step = 0;
  while (step < budget.stepsMax) {
    const progress = budget.spent(step);
    if (progress >= 1) return { steps: step, stopped: "budget" };
    if (signal?.aborted === true) return { steps: step, stopped: "cancelled" };
    const to = Math.min(budget.stepsMax, step + budget.stepsBetweenLooks);
    const stretched = stretch(step, to, progress);
    if (stretched.isEnough) return { steps: stretched.step, stopped: "enough" };
    step = to;
    yield { steps: step, progress };
  }
  return { steps: step, stopped: "budget" };
}

/** The hot loop, from one look to the next; apart from the generator, so that it is compiled as a plain function. */
function openStretches<M extends Model>(walk: Walk<M>) {
  const { plan, strategy, random, hardPoints, enough } = walk;
  const next = proposals(walk.neighbours, plan.model, random);
  const several = strategy.candidates > 1;
  const accept = strategy.accept;
  const only = emptyMove();
  const pair = [emptyMove(), emptyMove()] as const;
  let best = walk.best;

  return (from: number, to: number, progress: number): { readonly step: number; readonly isEnough: boolean } => {
    for (let step = from; step < to; step++) {
      if (!several) next(only);
      const move = several ? bestCandidate(walk, next, pair) : only;
      if (move === null || move.size === 0) continue;

      plan.weigh(move);
      if (!accept(plan.byHard * hardPoints + plan.bySoft, progress, move)) {
        plan.leave(move);
        continue;
      }
      plan.take(move);
      if (plan.hard < best.hard || (plan.hard === best.hard && plan.soft < best.soft)) {
        best = { hard: plan.hard, soft: plan.soft };
        walk.keep(step + 1);
        if (enough !== null && compareScores(best, enough) <= 0) return { step: step + 1, isEnough: true };
      }
    }
    return { step: to, isEnough: false };
  };
}

/** A function that fills a move by one of the neighbours, each as often as its share. */
export function proposals<M extends Model>(
  neighbours: readonly Neighbour<M>[],
  model: M,
  random: Random,
): (move: Move) => void {
  const total = neighbours.reduce((sum, { share }) => sum + share, 0);
  let sum = 0;
  const upTo = Float64Array.from(neighbours, ({ share }) => (sum += share / total));
  upTo[neighbours.length - 1] = 1;
  return (move) => {
    move.size = 0;
    let i = 0;
    if (neighbours.length > 1) {
      const dice = random();
      while (dice >= upTo[i]!) i++;
    }
    neighbours[i]!.propose(model, random, move);
  };
}

/** The best of several proposals that the strategy allows, in one of two moves; null when it allows none. */
function bestCandidate<M extends Model>(
  { plan, strategy, hardPoints }: Walk<M>,
  next: (move: Move) => void,
  [first, second]: readonly [Move, Move],
): Move | null {
  let best: Move | null = null;
  let leastWorse = Infinity;
  for (let i = 0; i < strategy.candidates; i++) {
    const move: Move = best === first ? second : first;
    next(move);
    if (move.size === 0) continue;
    plan.weigh(move);
    plan.leave(move);
    const worseBy = plan.byHard * hardPoints + plan.bySoft;
    if (!(worseBy < leastWorse) || strategy.allowed?.(move, worseBy) === false) continue;
    leastWorse = worseBy;
    best = move;
  }
  // Other candidates were weighed since: `take` needs this one weighed last.
  return best;
}
