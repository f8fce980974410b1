import { assert } from "@hourwright/std";
import { apartFrom, distance, lacking } from "./apart.ts";
import { partOf } from "./budget.ts";
import type { Model } from "./constraint.ts";
import type { Problem } from "./problem.ts";
import { compareScores } from "./score.ts";
import { solve, type Solution, type SolveOptions } from "./solve.ts";

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
  assert(count >= 1 && count <= ALTERNATIVES_MAX, `1 to ${ALTERNATIVES_MAX} alternatives: ${count}`);
  const found: Solution[] = [];
  let steps = 0;
  for (let i = 0; i < count; i++) {
    const others = found.map(({ values }, at) => apartFrom<M>(problem.start, values, `alternative ${at + 1}`));
    const solution = solve(
      { ...problem, constraints: [...problem.constraints, ...others] },
      { ...options, seed: options.seed + i, budget: partOf(options.budget, i / count, (i + 1) / count, steps) },
    );
    steps += solution.steps;
    const isApart = found.every(({ values }) => lacking(distance(problem.start, solution.values, values)) === 0);
    if (isApart) found.push(solution);
    if (solution.stopped === "cancelled") break;
  }
  return found.sort((a, b) => compareScores(a.score, b.score));
}
