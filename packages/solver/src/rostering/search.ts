import { seededRandom, type Random } from "@hourwright/std";
import type { Budget } from "../budget.ts";
import type { Stopped } from "../search.ts";
import type { Slice } from "../solve.ts";
import { openBoard, type Board } from "./board.ts";
import type { RosterInstance } from "./instance.ts";
import { neighboursOf, type Neighbour } from "./neighbours.ts";

export type RosterSearch = {
  /** The same seed and step budget give the same rows. */
  readonly seed: number;
  readonly budget: Budget;
  readonly signal?: { readonly aborted: boolean };
};

export type FoundRows = {
  /** person × days + day → value. */
  readonly values: Uint8Array;
  /** Counted from the beginning. */
  readonly soft: number;
  readonly hard: number;
  readonly steps: number;
  readonly stopped: Stopped;
  /** None: costs by delta and counted ones are one table. */
  readonly disagreements: readonly [];
};

/**
 * Looks for the best rows until the budget is spent or `signal` is aborted: annealing over moves of one and two people. A slice is what
 * happens between two looks at the budget; how it is sliced changes nothing about what is found.
 */
export function* planRows(instance: RosterInstance, options: RosterSearch): Generator<Slice, FoundRows> {
  const { budget, signal } = options;
  const random = seededRandom(options.seed);
  const hot = temperaturesOf(instance);
  const board = openBoard(instance, new Uint8Array(instance.lines.length * instance.days), hot.hardPoints);
  const best = openBest(board);
  const walk = openWalk(board, random, best.look);
  let steps = 0;
  let stopped: Stopped = "budget";
  while (steps < budget.stepsMax) {
    const spent = budget.spent(steps);
    if (spent >= 1) break;
    if (signal?.aborted === true) {
      stopped = "cancelled";
      break;
    }
    const count = Math.min(budget.stepsBetweenLooks, budget.stepsMax - steps);
    walk(count, hot.start * (hot.end / hot.start) ** spent);
    steps += count;
    yield { steps, spent, best: best.score() };
  }
  return { values: best.values, ...best.score(), steps, stopped, disagreements: [] };
}

/** How warm a search begins and ends, and what a unit of a hard rule costs meanwhile: from the costs of the instance. */
function temperaturesOf({ cover, lines }: RosterInstance) {
  let dearest = 1;
  for (const line of lines) for (const cost of line.dayCost) dearest = Math.max(dearest, cost);
  const counts = lines.length + 1;
  for (let at = 0; at + 1 < cover.soft.length; at++) {
    if ((at + 1) % counts !== 0) dearest = Math.max(dearest, Math.abs(cover.soft[at]! - cover.soft[at + 1]!));
  }
  return { start: dearest / 2, end: dearest / 50, hardPoints: dearest * 5 };
}

/** Walks so many steps at a temperature; the hot loop. */
function openWalk(board: Board, random: Random, look: () => void) {
  const neighbours = neighboursOf(board);
  const proposals: readonly Neighbour[] = neighbours.map(({ propose }) => propose);
  let sum = 0;
  const upTo = Float64Array.from(neighbours, ({ share }) => (sum += share));
  return (steps: number, temperature: number): void => {
    for (let step = 0; step < steps; step++) {
      const dice = random() * sum;
      let i = 0;
      while (dice >= upTo[i]!) i++;
      if (!proposals[i]!(board, random)) {
        board.leave();
        continue;
      }
      const worse = board.weigh();
      if (worse > 0 && random() >= Math.exp(-worse / temperature)) board.leave();
      else {
        board.take();
        if (worse < 0) look();
      }
    }
  };
}

/** The best rows so far: least hard units, then least soft points. */
function openBest(board: Board) {
  const values = board.values.slice();
  let best = board.score();
  let energy = Infinity;
  return {
    values,
    score: () => best,
    look() {
      if (board.energy >= energy - 1e-6) return;
      const now = board.score();
      energy = board.energy;
      if (now.hard > best.hard || (now.hard === best.hard && now.soft >= best.soft)) return;
      best = now;
      values.set(board.values);
    },
  };
}
