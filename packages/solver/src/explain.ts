import type { Breach, Model } from "./constraint.ts";
import { hardFirst } from "./plan.ts";
import type { Problem } from "./problem.ts";

/** What one constraint adds to a score, and where. */
export type ConstraintScore = {
  readonly name: string;
  readonly level: "hard" | "soft";
  readonly weight: number;
  readonly units: number;
  readonly points: number;
  readonly breaches: readonly Breach[];
};

/** The score of a plan by constraint, hard ones first, with every breach; also those that are kept, with none. */
export function explainScore<M extends Model>(problem: Problem<M>, values: Int32Array): ConstraintScore[] {
  const model = problem.model(values);
  return hardFirst(problem.constraints).map((constraint) => {
    const rule = constraint.on(model);
    const { name, level, weight } = constraint;
    const units = rule.full();
    return { name, level, weight, units, points: weight * units, breaches: rule.explain() };
  });
}
