import { assert } from "@hourwright/std";
import { apartFrom, distance, lacking } from "./apart.ts";
import { partOf } from "./budget.ts";
import type { Model } from "./constraint.ts";
import type { Problem } from "./problem.ts";
import { compareScores } from "./score.ts";
import { solveInSlices, type Slice, type Solution, type SolveOptions } from "./solve.ts";

const ALTERNATIVES_MAX = 20;

/**
 * The best plan, then others that differ from it and from one another in at least a fifth of what they move. Up to `count`
 * in all, best first; fewer when there are not that many. The budget is shared equally.
 */
export function solveAlternatives<M extends Model>(
  problem: Problem<M>,
  count: number,
  options: SolveOptions,
): Solution[] {
  const slices = solveAlternativesInSlices(problem, count, options);
  for (;;) {
    const { done, value } = slices.next();
    if (done === true) return value;
  }
}

/** The same, in slices as `solveInSlices` has them: `best` is that of the one which is looked for. */
export function* solveAlternativesInSlices<M extends Model>(
  problem: Problem<M>,
  count: number,
  options: SolveOptions,
): Generator<Slice, Solution[]> {
  assert(count >= 1 && count <= ALTERNATIVES_MAX, `1 to ${ALTERNATIVES_MAX} alternatives: ${count}`);
  const found: Solution[] = [];
  let steps = 0;
  for (let i = 0; i < count; i++) {
    const others = found.map(({ values }, at) => apartFrom<M>(problem.start, values, `alternative ${at + 1}`));
    const slices = solveInSlices(
      { ...problem, constraints: [...problem.constraints, ...others] },
      { ...options, seed: options.seed + i, budget: partOf(options.budget, i / count, (i + 1) / count, steps) },
    );
    let slice = slices.next();
    while (slice.done !== true) {
      yield { ...slice.value, steps: steps + slice.value.steps, spent: (i + slice.value.spent) / count };
      slice = slices.next();
    }
    const solution = slice.value;
    steps += solution.steps;
    const isApart = found.every(({ values }) => lacking(distance(problem.start, solution.values, values)) === 0);
    if (isApart) found.push(solution);
    if (solution.stopped === "cancelled") break;
  }
  return found.sort((a, b) => compareScores(a.score, b.score));
}
