import { blaming } from "./broken.ts";
import type { Breach, Model } from "./constraint.ts";
import { hardFirst, rulesOn } from "./plan.ts";
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
  const constraints = hardFirst(problem.constraints);
  return rulesOn(constraints, model).map((rule, i) => {
    const { name, level, weight } = constraints[i]!;
    const units = blaming(name, "is counted", () => rule.full());
    const breaches = blaming(name, "explains itself", () => rule.explain());
    return { name, level, weight, units, points: weight * units, breaches };
  });
}
