import { seededRandom, type Random } from "@hourwright/std";
import { partOf, type Budget } from "../budget.ts";
import type { Stopped } from "../search.ts";
import type { Slice } from "../solve.ts";
import { openBoard, type Board } from "./board.ts";
import { openChains } from "./chains.ts";
import type { RosterInstance } from "./instance.ts";
import { neighboursOf, type Neighbour } from "./neighbours.ts";
import { openBestRow } from "./row.ts";

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
  /** Moves that were weighed. */
  readonly steps: number;
  readonly stopped: Stopped;
  /** None: costs by delta and counted ones are one table. */
  readonly disagreements: readonly [];
};

/** Shares of the budget up to which each part goes: annealing, then chains of best rows. The rest is for what comes after. */
const ANNEALING = 0.82;
const CHAINS = 0.99;

/**
 * Looks for the best rows until the budget is spent or `signal` is aborted: annealing over moves of one and two people while hard
 * rules become dearer, then chains of best rows. A slice is what happens between two looks at the budget; how it is sliced changes
 * nothing about what is found.
 */
export function* planRows(instance: RosterInstance, options: RosterSearch): Generator<Slice, FoundRows> {
  const { budget, signal = { aborted: false } } = options;
  const random = seededRandom(options.seed);
  const dearest = dearestOf(instance);
  const board = openBoard(instance, new Uint8Array(instance.lines.length * instance.days), dearest);
  const best = openBest(board);
  const run: Run = { board, best, random, dearest, signal };
  const annealed = yield* anneal(run, partOf(budget, 0, ANNEALING, 0), ANNEALING);
  const chained = yield* chain(run, partOf(budget, ANNEALING, CHAINS, annealed), annealed);
  const stopped = signal.aborted && budget.spent(annealed + chained) < CHAINS ? "cancelled" : "budget";
  return { values: best.values, ...best.score(), steps: annealed + chained, stopped, disagreements: [] };
}

type Run = {
  readonly board: Board;
  readonly best: Best;
  readonly random: Random;
  readonly dearest: number;
  readonly signal: { readonly aborted: boolean };
};

/** Temperatures and points of hard units, as shares of the dearest soft unit. */
const HOT = 0.2;
const COLD = 0.02;
const HARD_FIRST = 1;
const HARD_LAST = 5;
/** Hard points are at their last when so much of the annealing is over. */
const HARD_SHARE = 0.6;
/** Hard points change so many times: everything is counted anew each time. */
const LEVELS = 50;

/** Anneals; returns the steps taken. */
function* anneal(run: Run, budget: Budget, share: number): Generator<Slice, number> {
  const { board, best, random, dearest, signal } = run;
  const walk = openWalk(board, random, best.look);
  let level = 0;
  let steps = 0;
  while (steps < budget.stepsMax && !signal.aborted) {
    const spent = budget.spent(steps);
    if (spent >= 1) break;
    if (Math.floor(spent * LEVELS) !== level) {
      level = Math.floor(spent * LEVELS);
      const rise = Math.min(1, spent / HARD_SHARE);
      board.reset(board.values.slice(), dearest * HARD_FIRST * (HARD_LAST / HARD_FIRST) ** rise);
      best.forget();
    }
    const count = Math.min(budget.stepsBetweenLooks, budget.stepsMax - steps);
    walk(count, dearest * HOT * (COLD / HOT) ** spent);
    steps += count;
    yield { steps, spent: spent * share, best: best.score() };
  }
  return steps;
}

/** Hard points of the chains: whatever can be kept, is. */
const HARD_CHAINED = 20;
/** The noise of a chain is up to so many dearest soft units, its temperature this share of one. */
const NOISE = 0.3;
const TEMPERATURE = 0.03;
/** What planning a row counts in a budget of steps: about the time of so many moves. */
const STEPS_PER_CHAIN = 1_000;

/** Plans whole rows in chains, from the best rows so far, or from where the annealing ended while those break rules. */
function* chain(run: Run, budget: Budget, stepsBefore: number): Generator<Slice, number> {
  const { board, best, random, dearest, signal } = run;
  const from = best.score().hard > 0 ? board.values.slice() : best.values.slice();
  board.reset(from, dearest * HARD_CHAINED);
  best.forget();
  best.look();
  const next = openChains(board, random, openBestRow(board, random));
  let steps = 0;
  while (steps < budget.stepsMax && !signal.aborted) {
    const spent = budget.spent(steps);
    if (spent >= 1) break;
    const temperature = dearest * TEMPERATURE * (1 - spent);
    if (next(dearest * NOISE * random(), -temperature * Math.log(1 - random()))) best.look();
    steps += Math.min(STEPS_PER_CHAIN, budget.stepsMax - steps);
    yield { steps: stepsBefore + steps, spent: ANNEALING + spent * (CHAINS - ANNEALING), best: best.score() };
  }
  return steps;
}

/** The dearest unit of a soft cost of the days and of cover, and of what the rows' rules charge. */
function dearestOf({ cover, lines }: RosterInstance): number {
  let dearest = 1;
  const counts = lines.length + 1;
  for (const line of lines) {
    for (const cost of line.dayCost) dearest = Math.max(dearest, cost);
    for (const { soft } of [line.load.under, line.load.over, line.weekends.over]) dearest = Math.max(dearest, soft);
  }
  for (let at = 0; at + 1 < cover.soft.length; at++) {
    if ((at + 1) % counts !== 0) dearest = Math.max(dearest, Math.abs(cover.soft[at]! - cover.soft[at + 1]!));
  }
  return dearest;
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
      const most = -temperature * Math.log(1 - random());
      const worse = board.weigh(most);
      if (worse > most) board.leave();
      else {
        board.take();
        if (worse < 0) look();
      }
    }
  };
}

type Best = ReturnType<typeof openBest>;

/** The best rows so far: least hard units, then least soft points. `forget` when hard units cost otherwise than before. */
function openBest(board: Board) {
  const values = board.values.slice();
  let best = board.score();
  let energy = Infinity;
  return {
    values,
    score: () => best,
    look(): void {
      if (board.energy >= energy - LEAST_GAIN) return;
      const now = board.score();
      energy = board.energy;
      if (now.hard > best.hard || (now.hard === best.hard && now.soft >= best.soft)) return;
      best = now;
      values.set(board.values);
    },
    forget(): void {
      energy = Infinity;
    },
  };
}

/** Energies are sums of fractions of hard points: less than this is no gain. */
const LEAST_GAIN = 1e-6;
