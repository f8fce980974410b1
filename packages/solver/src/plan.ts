import { assert } from "@hourwright/std";
import type { Constraint, Model, Rule } from "./constraint.ts";
import type { Move } from "./move.ts";
import { ASSIGNMENTS_MAX } from "./move.ts";
import type { Problem } from "./problem.ts";
import type { Score } from "./score.ts";
import { POINTS_MAX, WEIGHT_MAX } from "./score.ts";

/**
 * A plan at work: its model, and its score kept move by move. `weigh` says in `byHard` and `bySoft` what a move would
 * change; then exactly one of `take` and `leave` follows. A move costs, for each of its assignments, one `delta` of every
 * constraint and at most one `assign`.
 */
export type Plan<M extends Model> = {
  readonly model: M;
  readonly rules: readonly Rule[];
  hard: number;
  soft: number;
  byHard: number;
  bySoft: number;
  weigh(move: Move): void;
  /** Makes the move that was weighed. */
  take(move: Move): void;
  /** Forgets the move that was weighed. */
  leave(move: Move): void;
  /** Goes to other values: everything is counted anew. */
  reset(values: Int32Array): void;
};

type Change = (variable: number, from: number, to: number) => void;
type Delta = (variable: number, from: number, to: number) => number;

const CONSTRAINTS_MAX = 1_000;

export function openPlan<M extends Model>(problem: Problem<M>, values: Int32Array): Plan<M> {
  const constraints = hardFirst(problem.constraints);
  const model = problem.model(values);
  const rules = constraints.map((constraint) => constraint.on(model));
  const { groupOf, groups } = groupByRules(constraints, rules, values.length);
  const was = new Int32Array(ASSIGNMENTS_MAX);
  const current = model.values;

  function assign(variable: number, from: number, to: number): void {
    model.assign(variable, to);
    const { listeners } = groups[groupOf[variable]!]!;
    for (let i = 0; i < listeners.length; i++) listeners[i]!(variable, from, to);
  }

  const plan: Plan<M> = {
    model,
    rules,
    ...sumOf(constraints, rules),
    byHard: 0,
    bySoft: 0,
    weigh(move) {
      let hard = 0;
      let soft = 0;
      const last = move.size - 1;
      for (let i = 0; i <= last; i++) {
        const variable = move.variables[i]!;
        const from = current[variable]!;
        const to = move.values[i]!;
        was[i] = from;
        if (from === to) continue;
        const { hardDeltas, hardWeights, softDeltas, softWeights } = groups[groupOf[variable]!]!;
        for (let k = 0; k < hardDeltas.length; k++) hard += hardWeights[k]! * hardDeltas[k]!(variable, from, to);
        for (let k = 0; k < softDeltas.length; k++) soft += softWeights[k]! * softDeltas[k]!(variable, from, to);
        if (i < last) assign(variable, from, to);
      }
      plan.byHard = hard;
      plan.bySoft = soft;
    },
    take(move) {
      const last = move.size - 1;
      if (last < 0) return;
      const variable = move.variables[last]!;
      const to = move.values[last]!;
      if (was[last] !== to) assign(variable, was[last]!, to);
      plan.hard += plan.byHard;
      plan.soft += plan.bySoft;
    },
    leave(move) {
      for (let i = move.size - 2; i >= 0; i--) {
        const variable = move.variables[i]!;
        if (was[i] !== move.values[i]) assign(variable, move.values[i]!, was[i]!);
      }
    },
    reset(values) {
      for (let variable = 0; variable < values.length; variable++) {
        const from = current[variable]!;
        const to = values[variable]!;
        if (from !== to) assign(variable, from, to);
      }
      Object.assign(plan, sumOf(constraints, rules));
    },
  };
  return plan;
}

/** Variables that concern the same rules, with the bare functions of these in plain lists: the loop over them is the hottest of all. */
type Group = {
  readonly hardDeltas: readonly Delta[];
  readonly hardWeights: Float64Array;
  readonly softDeltas: readonly Delta[];
  readonly softWeights: Float64Array;
  readonly listeners: readonly Change[];
};

function groupByRules<M extends Model>(
  constraints: readonly Constraint<M>[],
  rules: readonly Rule[],
  variables: number,
): { groupOf: Int32Array; groups: Group[] } {
  const groups: Group[] = [];
  const known = new Map<string, number>();
  const groupOf = new Int32Array(variables);
  for (let variable = 0; variable < variables; variable++) {
    let key = "";
    for (const { concerns } of rules) key += concerns === undefined || concerns(variable) ? "1" : "0";
    let group = known.get(key);
    if (group === undefined) {
      known.set(key, (group = groups.length));
      groups.push(groupOfRules(constraints, rules, key));
    }
    groupOf[variable] = group;
  }
  return { groupOf, groups };
}

function groupOfRules<M extends Model>(
  constraints: readonly Constraint<M>[],
  rules: readonly Rule[],
  key: string,
): Group {
  const all = constraints.map(({ level, weight }, i) => ({ level, weight, rule: rules[i]! }));
  const concerned = all.filter((_, i) => key[i] === "1");
  const hard = concerned.filter(({ level }) => level === "hard");
  const soft = concerned.filter(({ level }) => level === "soft");
  return {
    hardDeltas: hard.map(({ rule }) => rule.delta),
    hardWeights: Float64Array.from(hard, ({ weight }) => weight),
    softDeltas: soft.map(({ rule }) => rule.delta),
    softWeights: Float64Array.from(soft, ({ weight }) => weight),
    listeners: concerned.flatMap(({ rule }) => rule.assigned ?? []),
  };
}

/** Hard constraints first, each checked; the order of `Plan.rules`. */
export function hardFirst<M extends Model>(constraints: readonly Constraint<M>[]): Constraint<M>[] {
  assert(constraints.length <= CONSTRAINTS_MAX, `at most ${CONSTRAINTS_MAX} constraints, not ${constraints.length}`);
  for (const { name, weight } of constraints) {
    assert(
      Number.isInteger(weight) && weight >= 1 && weight <= WEIGHT_MAX,
      `the weight of ${name} is whole, 1 to ${WEIGHT_MAX}: ${weight}`,
    );
  }
  return [
    ...constraints.filter(({ level }) => level === "hard"),
    ...constraints.filter(({ level }) => level === "soft"),
  ];
}

/** The score of values, counted from the beginning on a model of their own. */
export function scoreOf<M extends Model>(problem: Problem<M>, values: Int32Array): Score {
  const constraints = hardFirst(problem.constraints);
  const model = problem.model(values);
  return sumOf(
    constraints,
    constraints.map((constraint) => constraint.on(model)),
  );
}

function sumOf<M extends Model>(constraints: readonly Constraint<M>[], rules: readonly Rule[]): Score {
  let hard = 0;
  let soft = 0;
  for (const [i, { name, level, weight }] of constraints.entries()) {
    const points = weight * rules[i]!.full();
    assert(
      Number.isInteger(points) && Math.abs(points) <= POINTS_MAX,
      `${name} counts whole points up to ${POINTS_MAX}: ${points}`,
    );
    assert(level === "soft" || points >= 0, `${name} is hard, so it counts no less than nothing: ${points}`);
    if (level === "hard") hard += points;
    else soft += points;
  }
  return { hard, soft };
}
