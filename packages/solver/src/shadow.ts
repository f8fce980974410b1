import { seededRandom } from "@hourwright/std";
import type { Constraint, Model } from "./constraint.ts";
import { emptyMove } from "./move.ts";
import { hardFirst } from "./plan.ts";
import type { Problem } from "./problem.ts";
import { proposals } from "./search.ts";

/** A constraint whose delta, kept counts or explanation disagree with what a count from the beginning gives. */
export type Disagreement = {
  readonly constraint: string;
  readonly step: number;
  readonly said: number;
  readonly is: number;
  readonly by: "delta" | "explain";
};

/**
 * The shadow check: walks at random and compares, after every `every`-th assignment, what each constraint's deltas add up to with a
 * full count on a fresh model. The first disagreement of each constraint; empty when they all tell the truth. Also what is
 * weighed and not made is checked, since half of all moves are taken back. O(steps · constraints + steps ÷ every · full).
 */
export function shadowCheck<M extends Model>(
  problem: Problem<M>,
  { seed, steps, every }: { readonly seed: number; readonly steps: number; readonly every: number },
): Disagreement[] {
  const random = seededRandom(seed);
  const constraints = hardFirst(problem.constraints);
  const model = problem.model(problem.start);
  const rules = constraints.map((constraint) => constraint.on(model));
  const said = rules.map((rule) => rule.full());
  const next = proposals(problem.neighbours, model, random);
  const move = emptyMove();
  const found = new Map<string, Disagreement>();

  const assign = (variable: number, to: number): void => {
    const from = model.values[variable]!;
    if (from === to) return;
    const concerned = rules.map(({ concerns }) => concerns === undefined || concerns(variable));
    for (const [i, rule] of rules.entries()) if (concerned[i] === true) said[i]! += rule.delta(variable, from, to);
    model.assign(variable, to);
    for (const [i, rule] of rules.entries()) if (concerned[i] === true) rule.assigned?.(variable, from, to);
  };

  for (let step = 1; step <= steps; step++) {
    next(move);
    const was = Int32Array.from({ length: move.size }, (_, i) => {
      const from = model.values[move.variables[i]!]!;
      assign(move.variables[i]!, move.values[i]!);
      return from;
    });
    if (step % 2 === 0) for (let i = move.size - 1; i >= 0; i--) assign(move.variables[i]!, was[i]!);
    if (step % every !== 0 && step !== steps) continue;
    for (const each of disagreements(problem, constraints, model.values, said, step)) {
      if (!found.has(each.constraint)) found.set(each.constraint, each);
    }
  }
  return [...found.values()];
}

function* disagreements<M extends Model>(
  problem: Problem<M>,
  constraints: readonly Constraint<M>[],
  values: Int32Array,
  said: readonly number[],
  step: number,
): Generator<Disagreement> {
  const fresh = problem.model(values);
  for (const [i, constraint] of constraints.entries()) {
    const rule = constraint.on(fresh);
    const is = rule.full();
    const explained = rule.explain().reduce((sum, { units }) => sum + units, 0);
    if (said[i] !== is) yield { constraint: constraint.name, step, said: said[i]!, is, by: "delta" };
    else if (explained !== is) yield { constraint: constraint.name, step, said: explained, is, by: "explain" };
  }
}
