import type { Random } from "@hourwright/std";
import type { Constraint, Model } from "./constraint.ts";
import type { Move } from "./move.ts";

/** A way to a neighbouring plan: fills an empty move, or leaves it empty when there is nothing to propose. `share` is relative. */
export type Neighbour<M extends Model> = {
  readonly name: string;
  readonly share: number;
  propose(model: M, random: Random, move: Move): void;
};

/** What is to be decided, under which constraints, and how one gets from plan to plan. Immutable: a run makes its own model. */
export type Problem<M extends Model> = {
  /** The plan that stands now, one value for each variable; alternatives are told apart by what they change of it. */
  readonly start: Int32Array;
  /** The values a variable may be given, ascending; one alone for what is locked. */
  domainOf(variable: number): Int32Array;
  /** A model that holds a copy of these values, its counts made anew. */
  model(values: Int32Array): M;
  readonly constraints: readonly Constraint<M>[];
  readonly neighbours: readonly Neighbour<M>[];
  readonly advice: Advice;
};

/**
 * What suits the search on this problem. `hardPoints`: the soft points that one hard point counts while walking (the best is
 * kept by hard, then soft, whatever this is). Temperatures in points.
 */
export type Advice = {
  readonly hardPoints: number;
  readonly startTemperature: number;
  readonly endTemperature: number;
};
