import type { Random } from "@hourwright/std";
import type { Model } from "./constraint.ts";
import { emptyMove, put } from "./move.ts";
import type { Plan } from "./plan.ts";
import type { Problem } from "./problem.ts";

/** Values that are tried for one variable; of a larger domain as many at random. */
const VALUES_TRIED_MAX = 2_000;
/** After so many of them whoever waits is asked whether there is time for more. */
const VALUES_BETWEEN_LOOKS = 32;

/**
 * Greedy: every variable once, in random order, gets the value that is best beside what the others are then. Ties by chance.
 * Yields between variables, and within large ones; whoever has enough goes no further, the plan is whole at each.
 */
export function* construct<M extends Model>(plan: Plan<M>, problem: Problem<M>, random: Random): Generator<void, void> {
  const move = emptyMove();
  for (const variable of shuffled(plan.model.values.length, random)) {
    yield;
    const domain = problem.domainOf(variable);
    const tried = Math.min(domain.length, VALUES_TRIED_MAX);
    let best = plan.model.values[variable]!;
    let least = { hard: 0, soft: 0 };
    let ties = 1;
    for (let i = 0; i < tried; i++) {
      if (i % VALUES_BETWEEN_LOOKS === VALUES_BETWEEN_LOOKS - 1) yield;
      const value = domain[tried === domain.length ? i : Math.floor(random() * domain.length)]!;
      if (value === plan.model.values[variable]) continue;
      move.size = 0;
      put(move, variable, value);
      plan.weigh(move);
      plan.leave(move);
      const order = plan.byHard === least.hard ? plan.bySoft - least.soft : plan.byHard - least.hard;
      if (order > 0) continue;
      ties = order < 0 ? 1 : ties + 1;
      if (order === 0 && random() * ties >= 1) continue;
      best = value;
      least = { hard: plan.byHard, soft: plan.bySoft };
    }
    if (best === plan.model.values[variable]) continue;
    move.size = 0;
    put(move, variable, best);
    plan.weigh(move);
    plan.take(move);
  }
}

/** 0 to count − 1 in random order (Fisher and Yates). */
export function shuffled(count: number, random: Random): Int32Array {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
