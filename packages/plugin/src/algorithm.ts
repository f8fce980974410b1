import type { Values } from "./manifest.ts";
import { listOf, wholeOf, wrong } from "./reading.ts";

/** What an algorithm is given: how many values each variable may have (they count from 0), the plan that stands, and a seed. */
export type PluginProblem = {
  readonly values: Values;
  readonly domains: readonly number[];
  readonly start: readonly number[];
  readonly seed: number;
};

/** What a plan breaks: hard before soft, less is better. */
export type PluginScore = { readonly hard: number; readonly soft: number };

/** Plans that are scored at once. */
export const BATCH_MAX = 256;
export const VARIABLES_MAX = 10_000;

/** Reads a batch of plans; throws `Wrong` with what is wrong about it. */
export function readPlans(value: unknown, domains: readonly number[]): number[][] {
  return listOf(value, "what it yields", BATCH_MAX).map((plan) => {
    const values = listOf(plan, "a plan", domains.length);
    if (values.length !== domains.length) wrong(`a plan has ${domains.length} values, not ${values.length}`);
    return values.map((each, variable) => wholeOf(each, "a value", 0, domains[variable]! - 1));
  });
}

export const isBetter = (a: PluginScore, b: PluginScore): boolean =>
  a.hard < b.hard || (a.hard === b.hard && a.soft < b.soft);
