import { seededRandom } from "@hourwright/std";
import { blaming } from "./broken.ts";
import type { Constraint, Model } from "./constraint.ts";
import { emptyMove } from "./move.ts";
import { hardFirst, rulesOn, scoreOf, type Plan } from "./plan.ts";
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
  const rules = rulesOn(constraints, model);
  const said = rules.map((rule, i) => blaming(constraints[i]!.name, "is counted", () => rule.full()));
  const next = proposals(problem.neighbours, model, random);
  const move = emptyMove();
  const found = new Map<string, Disagreement>();

  const assign = (variable: number, to: number): void => {
    const from = model.values[variable]!;
    if (from === to) return;
    const nameOf = (i: number) => constraints[i]!.name;
    const concerned = rules.map(
      ({ concerns }, i) => concerns === undefined || blaming(nameOf(i), "is asked", () => concerns(variable)),
    );
    for (const [i, rule] of rules.entries()) {
      if (concerned[i] === true) said[i]! += blaming(nameOf(i), "says its delta", () => rule.delta(variable, from, to));
    }
    model.assign(variable, to);
    for (const [i, rule] of rules.entries()) {
      if (concerned[i] === true) blaming(nameOf(i), "is told of a change", () => rule.assigned?.(variable, from, to));
    }
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
  for (const [i, rule] of rulesOn(constraints, problem.model(values)).entries()) {
    const { name } = constraints[i]!;
    const is = blaming(name, "is counted", () => rule.full());
    const explained = blaming(name, "explains itself", () => rule.explain()).reduce((sum, { units }) => sum + units, 0);
    if (said[i] !== is) yield { constraint: name, step, said: said[i]!, is, by: "delta" };
    else if (explained !== is) yield { constraint: name, step, said: explained, is, by: "explain" };
  }
}

/** Enough to meet what is wrong at every few moves; a full count of everything for each. */
const NEAR = { steps: 400, every: 10 };

/**
 * Who misled a search that is now at `plan`: nobody, when the score kept move by move is the full one, which costs one full
 * count. Else walks on from there until it shows; when nobody shows, all together are named.
 */
export function liarsNear<M extends Model>(problem: Problem<M>, plan: Plan<M>, seed: number): Disagreement[] {
  const is = scoreOf(problem, plan.model.values);
  if (is.hard === plan.hard && is.soft === plan.soft) return [];
  const found = shadowCheck({ ...problem, start: plan.model.values.slice() }, { seed, ...NEAR });
  if (found.length > 0) return found;
  const [said, full] = is.hard === plan.hard ? [plan.soft, is.soft] : [plan.hard, is.hard];
  return [{ constraint: "one of all", step: 0, said, is: full, by: "delta" }];
}

/** What is wrong, for whoever wrote the constraint. */
export const disagreementSentence = ({ constraint, step, said, is, by }: Disagreement): string =>
  by === "delta"
    ? `The constraint "${constraint}" misleads: by its deltas it counted ${said} after step ${step}, from the beginning ${is}.`
    : `The constraint "${constraint}" misleads: what it explains adds up to ${said} after step ${step}, and it counts ${is}.`;
