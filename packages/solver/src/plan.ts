import { assert } from "@hourwright/std";
import { blaming, BrokenConstraint, thrownBy } from "./broken.ts";
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
const DELTA = "says its delta";

export function openPlan<M extends Model>(problem: Problem<M>, values: Int32Array): Plan<M> {
  const constraints = hardFirst(problem.constraints);
  const model = problem.model(values);
  const rules = rulesOn(constraints, model);
  const { groupOf, groups } = groupByRules(constraints, rules, values.length);
  const was = new Int32Array(ASSIGNMENTS_MAX);
  const current = model.values;

  function assign(variable: number, from: number, to: number): void {
    model.assign(variable, to);
    const { listeners, listening } = groups[groupOf[variable]!]!;
    let i = 0;
    try {
      for (; i < listeners.length; i++) listeners[i]!(variable, from, to);
    } catch (cause) {
      throw thrownBy(listening[i]!, "is told of a change", cause);
    }
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
        const group = groups[groupOf[variable]!]!;
        const { hardDeltas, hardWeights, softDeltas, softWeights } = group;
        let k = 0;
        let n = 0;
        try {
          for (; k < hardDeltas.length; k++) hard += hardWeights[k]! * hardDeltas[k]!(variable, from, to);
          for (; n < softDeltas.length; n++) soft += softWeights[n]! * softDeltas[n]!(variable, from, to);
        } catch (cause) {
          throw thrownBy(group.names[k + n]!, DELTA, cause);
        }
        // One comparison a move: what is no number stays none in every sum.
        if (!Number.isFinite(hard + soft)) throw notANumber(group, variable, from, to);
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
  /** The names of the constraints behind the deltas, hard ones first, and behind the listeners. */
  readonly names: readonly string[];
  readonly listening: readonly string[];
};

/** The first of a group's deltas that is no finite number. */
function notANumber({ hardDeltas, softDeltas, names }: Group, variable: number, from: number, to: number): Error {
  const deltas = [...hardDeltas, ...softDeltas].map((delta) => delta(variable, from, to));
  const at = Math.max(
    0,
    deltas.findIndex((delta) => !Number.isFinite(delta)),
  );
  return new BrokenConstraint(names[at]!, `says a delta of ${deltas[at]}: that is no number`);
}

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
    for (const [i, { concerns }] of rules.entries()) {
      const isConcerned = concerns === undefined || blaming(constraints[i]!.name, "is asked", () => concerns(variable));
      key += isConcerned ? "1" : "0";
    }
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
  const all = constraints.map(({ name, level, weight }, i) => ({ name, level, weight, rule: rules[i]! }));
  const concerned = all.filter((_, i) => key[i] === "1");
  const hard = concerned.filter(({ level }) => level === "hard");
  const soft = concerned.filter(({ level }) => level === "soft");
  return {
    hardDeltas: hard.map(({ rule }) => rule.delta),
    hardWeights: Float64Array.from(hard, ({ weight }) => weight),
    softDeltas: soft.map(({ rule }) => rule.delta),
    softWeights: Float64Array.from(soft, ({ weight }) => weight),
    listeners: concerned.flatMap(({ rule }) => rule.assigned ?? []),
    names: [...hard, ...soft].map(({ name }) => name),
    listening: concerned.filter(({ rule }) => rule.assigned !== undefined).map(({ name }) => name),
  };
}

/** Hard constraints first, each checked, each with a name of its own; the order of `Plan.rules`. */
export function hardFirst<M extends Model>(constraints: readonly Constraint<M>[]): Constraint<M>[] {
  assert(constraints.length <= CONSTRAINTS_MAX, `at most ${CONSTRAINTS_MAX} constraints, not ${constraints.length}`);
  const names = new Set<string>();
  for (const { name, weight } of constraints) {
    assert(!names.has(name), `two constraints are called "${name}": nobody could tell which of them is broken`);
    names.add(name);
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
  return sumOf(constraints, rulesOn(constraints, problem.model(values)));
}

/** Every constraint at work on one model. */
export const rulesOn = <M extends Model>(constraints: readonly Constraint<M>[], model: M): Rule[] =>
  constraints.map((constraint) => blaming(constraint.name, "begins", () => constraint.on(model)));

function sumOf<M extends Model>(constraints: readonly Constraint<M>[], rules: readonly Rule[]): Score {
  let hard = 0;
  let soft = 0;
  for (const [i, { name, level, weight }] of constraints.entries()) {
    const points = weight * blaming(name, "is counted", () => rules[i]!.full());
    if (!Number.isInteger(points) || Math.abs(points) > POINTS_MAX) {
      throw new BrokenConstraint(name, `counts ${points} points: they are whole, and at most ${POINTS_MAX}`);
    }
    if (level === "hard" && points < 0) {
      throw new BrokenConstraint(name, `is hard and counts ${points} points: that is less than nothing`);
    }
    if (level === "hard") hard += points;
    else soft += points;
  }
  return { hard, soft };
}
