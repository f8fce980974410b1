import { assert } from "@hourwright/std";
import { emptyMove, put } from "../move.ts";
import { openPlan, scoreOf, type Plan } from "../plan.ts";
import type { Score } from "../score.ts";
import { EPSILON, raiseBound, type Factor, type Grid } from "./bound.ts";
import type { RosterModel } from "./model.ts";
import type { RosterProblem } from "./problem.ts";

/** The best roster that exact search found; `isProven` when there is none better. */
export type Exact = {
  readonly values: Int32Array;
  readonly score: Score;
  readonly isProven: boolean;
  /** Rows that were tried after the bound was raised; 0 when the bound alone proved it. */
  readonly nodes: number;
};

/** Plans that are listed for one person or one day: a week of three shifts and days off are 16,384. */
const PATTERNS_MAX = 100_000;
/** Some seconds. */
const NODES_MAX = 50_000_000;
/** Soft points that a hard one counts; both stay exact in one double. */
const HARD_POINTS = 2 ** 26;

/**
 * Proves the best roster of a small problem, beginning with one that is known (the better it is, the sooner). Every person's rows and every
 * day's columns are listed with their costs, costs are moved between them until the bound rises no more, and what remains
 * is tried row by row. Null when a person or a day has more than 100,000 plans. Constraints that reach further than a row or a
 * column count nothing in the bound; they must never be negative. After `nodesMax` rows it gives up the proof and says the best that it met.
 */
export function solveExactly(problem: RosterProblem, known: Int32Array, nodesMax = NODES_MAX): Exact | null {
  const { people, days } = sizeOf(problem);
  if (!isSmall(problem)) return null;
  const start = openPart(problem, "person");
  const base = start.cost + openPart(problem, "day").cost;
  const grid: Grid = {
    rows: Array.from({ length: people }, (_, person) =>
      listPatterns(
        problem,
        "person",
        Array.from({ length: days }, (_, day) => person * days + day),
      ),
    ),
    columns: Array.from({ length: days }, (_, day) =>
      listPatterns(
        problem,
        "day",
        Array.from({ length: people }, (_, person) => person * days + day),
      ),
    ),
    kinds: problem.roster.shifts.length + 1,
  };
  const knownScore = scoreOf(problem, known);
  const below = costOf(knownScore) - base;
  if (raiseBound(grid, below) === Infinity) return { values: known, score: knownScore, isProven: true, nodes: 0 };
  const { cells, nodes } = tryRows(grid, below, nodesMax, (values) => costOf(scoreOf(problem, values)) - base);
  const values = cells ?? known;
  return { values, score: scoreOf(problem, values), isProven: nodes < nodesMax, nodes };
}

const costOf = ({ hard, soft }: Score): number => {
  assert(hard < HARD_POINTS && Math.abs(soft) < HARD_POINTS, `a small case has fewer points: ${hard}, ${soft}`);
  return hard * HARD_POINTS + soft;
};

const sizeOf = ({ roster }: RosterProblem) => ({ people: roster.people.length, days: roster.days });

function isSmall(problem: RosterProblem): boolean {
  const { people, days } = sizeOf(problem);
  const kinds = problem.roster.shifts.length + 1;
  return kinds ** Math.max(people, days) <= PATTERNS_MAX;
}

/** A plan that sees only constraints of one reach. */
function openPart(problem: RosterProblem, reach: "person" | "day"): { plan: Plan<RosterModel>; cost: number } {
  const constraints = problem.constraints.filter((constraint) => constraint.reach === reach);
  const plan = openPlan({ ...problem, constraints }, problem.start);
  return { plan, cost: costOf(plan) };
}

/** Every plan for some cells, with what the constraints of a reach cost more than at the start. */
function listPatterns(problem: RosterProblem, reach: "person" | "day", cells: readonly number[]): Factor {
  const { plan, cost } = openPart(problem, reach);
  const domains = cells.map((cell) => problem.domainOf(cell));
  const count = domains.reduce((product, domain) => product * domain.length, 1);
  const factor: Factor = {
    slots: cells.length,
    count: 0,
    values: new Uint8Array(count * cells.length),
    costs: new Float64Array(count),
  };
  const move = emptyMove();
  const visit = (slot: number): void => {
    if (slot === cells.length) {
      for (const [i, cell] of cells.entries())
        factor.values[factor.count * cells.length + i] = plan.model.values[cell]!;
      factor.costs[factor.count++] = costOf(plan) - cost;
      return;
    }
    for (const value of domains[slot]!) {
      move.size = 0;
      put(move, cells[slot]!, value);
      plan.weigh(move);
      plan.take(move);
      visit(slot + 1);
    }
  };
  visit(0);
  return factor;
}

/** Depth first, person after person, the fewest rows first; a branch ends when even the cheapest rest is no cheaper than the best. */
function tryRows(grid: Grid, below: number, nodesMax: number, exactCost: (values: Int32Array) => number) {
  const { rows, columns, kinds } = grid;
  const days = columns.length;
  const order = [...rows.keys()].sort((a, b) => rows[a]!.count - rows[b]!.count);
  const sorted = order.map((person) => cheapestFirst(rows[person]!));
  const restLeast = new Float64Array(order.length + 1);
  for (let depth = order.length - 1; depth >= 0; depth--) {
    restLeast[depth] = restLeast[depth + 1]! + sorted[depth]!.costs[0]!;
  }
  const tables = columns.map((column) => prefixTables(column, order, kinds));
  const codes = Array.from({ length: order.length + 1 }, () => new Int32Array(days));
  const values = new Int32Array(rows.length * days);
  let best = below;
  let cells: Int32Array | null = null;
  let nodes = 0;

  const visit = (depth: number, spent: number): void => {
    if (depth === order.length) {
      const cost = exactCost(values);
      if (cost < best) [best, cells] = [cost, values.slice()];
      return;
    }
    const { count, costs, values: patterns } = sorted[depth]!;
    const [code, next] = [codes[depth]!, codes[depth + 1]!];
    for (let i = 0; i < count && nodes < nodesMax; i++) {
      nodes++;
      const limit = best - 1 + EPSILON;
      let cost = spent + costs[i]! + restLeast[depth + 1]!;
      for (let day = 0; day < days; day++) {
        next[day] = code[day]! * kinds + patterns[i * days + day]!;
        cost += tables[day]![depth + 1]![next[day]!]!;
      }
      if (cost > limit) continue;
      values.set(patterns.subarray(i * days, (i + 1) * days), order[depth]! * days);
      visit(depth + 1, spent + costs[i]!);
    }
  };
  visit(0, 0);
  return { cells: cells as Int32Array | null, nodes };
}

function cheapestFirst({ slots, count, values, costs }: Factor): Factor {
  const order = Array.from({ length: count }, (_, i) => i).sort((a, b) => costs[a]! - costs[b]!);
  const sorted = new Uint8Array(count * slots);
  for (const [to, from] of order.entries()) sorted.set(values.subarray(from * slots, (from + 1) * slots), to * slots);
  return { slots, count, values: sorted, costs: Float64Array.from(order, (i) => costs[i]!) };
}

/** For the first `depth` people in order, what a day's column costs at least when they have these values (as digits of a number). */
function prefixTables(
  { values, costs, slots, count }: Factor,
  order: readonly number[],
  kinds: number,
): Float64Array[] {
  const tables = Array.from({ length: slots + 1 }, (_, depth) => new Float64Array(kinds ** depth).fill(Infinity));
  for (let i = 0; i < count; i++) {
    let code = 0;
    for (const person of order) code = code * kinds + values[i * slots + person]!;
    tables[slots]![code] = costs[i]!;
  }
  for (let depth = slots; depth > 0; depth--) {
    tables[depth]!.forEach((cost, code) => {
      const above = Math.floor(code / kinds);
      tables[depth - 1]![above] = Math.min(tables[depth - 1]![above]!, cost);
    });
  }
  return tables;
}
