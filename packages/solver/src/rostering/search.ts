import { seededRandom, type Random } from "@hourwright/std";
import { partOf, type Budget } from "../budget.ts";
import type { Stopped } from "../search.ts";
import type { Slice } from "../solve.ts";
import { openBoard, type Board } from "./board.ts";
import { openChains } from "./chains.ts";
import { hasColumns, settleRows } from "./columns.ts";
import { unitsOver, unitsUnder, type RosterInstance } from "./instance.ts";
import { isCoverExact, neighboursOf, type Neighbour } from "./neighbours.ts";
import { openBestRow, type BestRow } from "./row.ts";

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
const CHAINS = 0.99;
const ANNEALING_MOST = 0.82;
const ANNEALING_LEAST = 0.5;
const ANNEALING_EXACT = 0.97;
/** A large roster has more rows to mend: so many cells more take the whole budget from the annealing. */
const CELLS_PER_BUDGET = 100_000;

/**
 * Looks for the best rows until the budget is spent or `signal` is aborted: annealing over moves of one to three people while hard
 * rules become dearer, then chains of best rows. A slice is what happens between two looks at the budget; how it is sliced changes
 * nothing about what is found.
 */
export function* planRows(instance: RosterInstance, options: RosterSearch): Generator<Slice, FoundRows> {
  const { budget, signal = { aborted: false } } = options;
  const random = seededRandom(options.seed);
  const dearest = dearestOf(instance);
  const board = openBoard(instance, new Uint8Array(instance.lines.length * instance.days), dearest);
  const best = openBest(board);
  const cooling = coolingOf(instance, dearest);
  const run: Run = { board, best, random, dearest, cooling, signal };
  const share = cooling.share;
  const annealed = yield* cooling.isSettled ? annealSettled(run, budget, share) : annealInLegs(run, budget, share);
  const chained = yield* chain(run, partOf(budget, share, CHAINS, annealed), { from: share, steps: annealed });
  const stopped = signal.aborted && budget.spent(annealed + chained) < CHAINS ? "cancelled" : "budget";
  return { values: best.values, ...best.score(), steps: annealed + chained, stopped, disagreements: [] };
}

type Run = {
  readonly board: Board;
  readonly best: Best;
  readonly random: Random;
  readonly dearest: number;
  readonly cooling: Cooling;
  readonly signal: { readonly aborted: boolean };
};

/** How a roster is annealed. */
type Cooling = {
  /** Whether rows are settled by columns on the way. */
  readonly isSettled: boolean;
  /** Of the whole budget. */
  readonly share: number;
  /** Small rosters are annealed several times, each time from the best so far: so many cells have two legs. */
  readonly cellsOfTwoLegs: number;
  /** Temperatures at the beginning and at the end, in points. */
  readonly hot: number;
  readonly cold: number;
  /** A hard unit at the beginning, in points. */
  readonly hardFirst: number;
};

/** Temperatures as shares of the dearest soft unit; where cover is exact, of the geometric mean of it and of one point. */
const HOT = 0.15;
const COLD = 0.015;
const HOT_EXACT = 0.4;
const COLD_EXACT = 0.07;
/** A hard unit at the end, of the dearest soft unit; at the beginning it is one. */
const HARD_LAST = 5;
const CELLS_OF_TWO_LEGS = 1_600;
/** Moves of several people lead everywhere at any time, so that one long leg is worth more than two. */
const CELLS_OF_TWO_LEGS_EXACT = 600;

/**
 * Where cover is exact, moves keep it: hard units need not be cheap first, single rows have nothing to plan, and what is climbed over is the
 * soft units of rows, small ones as well as dear ones.
 */
function coolingOf(instance: RosterInstance, dearest: number): Cooling {
  if (isCoverExact(instance)) {
    const middle = Math.sqrt(dearest);
    return {
      isSettled: hasColumns(instance),
      share: ANNEALING_EXACT,
      cellsOfTwoLegs: CELLS_OF_TWO_LEGS_EXACT,
      hot: HOT_EXACT * middle,
      cold: COLD_EXACT * middle,
      hardFirst: HARD_LAST * dearest,
    };
  }
  const cells = instance.lines.length * instance.days;
  return {
    isSettled: false,
    share: Math.max(ANNEALING_LEAST, ANNEALING_MOST - cells / CELLS_PER_BUDGET),
    cellsOfTwoLegs: CELLS_OF_TWO_LEGS,
    hot: HOT * dearest,
    cold: COLD * dearest,
    hardFirst: dearest,
  };
}

const LEGS_MAX = 6;
/** How warm a leg is beside the first: what is small and done soon is worth being shaken. */
const WARMTHS = [1, 3, 2, 5, 1, 3] as const;

function* annealInLegs(run: Run, budget: Budget, share: number, seen: Uint8Array[] = []): Generator<Slice, number> {
  const { lines, days } = run.board.instance;
  const legs = Math.min(LEGS_MAX, 1 + Math.floor(run.cooling.cellsOfTwoLegs / (lines.length * days)));
  let steps = 0;
  for (let leg = 0; leg < legs && !run.signal.aborted; leg++) {
    const [from, to] = [(share * leg) / legs, (share * (leg + 1)) / legs];
    if (leg > 0) run.board.reset(run.best.values.slice(), run.board.hardPoints);
    steps += yield* anneal(run, partOf(budget, from, to, steps), { warmth: WARMTHS[leg]!, from, to, steps, seen });
  }
  return steps;
}

/** How often rows are settled, each time from the best rows so far and by chance in another way. */
const ROUNDS = 2;
/** The share of the annealing before that, and of each round what is given at most until rows are settled. */
const SETTLED_FROM = 0.15;
const SETTLED_MOST = 0.7;
/** Of what is left of a round then, for the people who are not settled; the rest is for everybody. */
const CREW_SHARE = 0.4;
/** How warm the annealing of everybody is beside a first one: what is settled is to stay where nothing speaks against it. */
const WARMTH_SETTLED = 0.4;

/**
 * Anneals a little, then in rounds: settles most people by columns, anneals those who are left by themselves while the others stay,
 * then everybody. Where there is no time to settle anybody, everybody is annealed anew.
 */
function* annealSettled(run: Run, budget: Budget, share: number): Generator<Slice, number> {
  const seen: Uint8Array[] = [];
  const first = SETTLED_FROM * share;
  let steps = yield* annealInLegs(run, budget, first, seen);
  for (let round = 0; round < ROUNDS && !run.signal.aborted; round++) {
    const [from, to] = [round, round + 1].map((each) => first + ((share - first) * each) / ROUNDS) as [number, number];
    steps += yield* annealRound(run, budget, { warmth: 1, from, to, steps, seen });
  }
  return steps;
}

function* annealRound(run: Run, budget: Budget, { from, to, steps: before, seen = [] }: Leg): Generator<Slice, number> {
  const { board, best, dearest } = run;
  let steps = before;
  function* part(until: number, warmth: number, crew?: readonly number[]): Generator<Slice, void> {
    const now = budget.spent(steps);
    if (now >= until) return;
    const leg = { warmth, from: now, to: until, steps, seen, ...(crew === undefined ? {} : { crew }) };
    steps += yield* anneal(run, partOf(budget, now, until, steps), leg);
  }
  board.reset(best.values.slice(), HARD_LAST * dearest);
  const settledMost = from + (to - from) * SETTLED_MOST;
  const leg = { warmth: 1, from, to: settledMost, steps, seen };
  const { steps: taken, free } = yield* settle(run, partOf(budget, from, settledMost, steps), leg);
  steps += taken;
  const now = budget.spent(steps);
  if (free === null) yield* part(to, 1);
  else {
    if (free.length > 0) yield* part(now + (to - now) * CREW_SHARE, 1, free);
    yield* part(to, WARMTH_SETTLED);
  }
  return steps - before;
}

/** What a look at the budget counts while rows are settled: about the time of so many moves. */
const STEPS_PER_SETTLING = 3_000;

/** No more rows are planned when so much of the time for settling is over. */
const PLANNED_MOST = 0.6;

/** Settles rows; returns the steps taken and the people who are free, null where it was not done in time. */
function* settle(run: Run, budget: Budget, { seen = [], from, to, steps: before }: Leg) {
  const { board, best, random, signal } = run;
  let steps = 0;
  const settling = settleRows(board, random, seen, () => budget.spent(steps) > PLANNED_MOST);
  for (;;) {
    const spent = budget.spent(steps);
    if (spent >= 1 || signal.aborted) return { steps, free: null };
    const { done, value } = settling.next();
    if (done === true) {
      best.look();
      return { steps, free: value };
    }
    steps += Math.min(STEPS_PER_SETTLING, budget.stepsMax - steps);
    yield { steps: before + steps, spent: from + spent * (to - from), best: best.score() };
  }
}

/** Hard points are at their last when so much of the annealing is over. */
const HARD_SHARE = 0.4;
/** Hard points change so many times: everything is counted anew each time. */
const LEVELS = 50;

/** How warm a leg is, its share of the whole budget, and the steps before it. */
type Leg = {
  readonly warmth: number;
  readonly from: number;
  readonly to: number;
  readonly steps: number;
  /** Rosters of its second half are put in here. */
  readonly seen?: Uint8Array[];
  /** The people whose rows change: everybody, if they are not named. */
  readonly crew?: readonly number[];
};

/** Anneals; returns the steps taken. */
function* anneal(run: Run, budget: Budget, leg: Leg): Generator<Slice, number> {
  const { board, best, random, cooling, signal } = run;
  const { hot, cold, hardFirst } = cooling;
  const hardLast = HARD_LAST * run.dearest;
  const walk = openWalk(board, random, best.look, leg.crew);
  let level = -1;
  let steps = 0;
  while (steps < budget.stepsMax && !signal.aborted) {
    const spent = budget.spent(steps);
    if (spent >= 1) break;
    if (Math.floor(spent * LEVELS) !== level) {
      level = Math.floor(spent * LEVELS);
      if (level > LEVELS / 2) leg.seen?.push(board.values.slice());
      const rise = Math.min(1, spent / HARD_SHARE);
      board.reset(board.values.slice(), hardFirst * (hardLast / hardFirst) ** rise);
      best.forget();
    }
    const count = Math.min(budget.stepsBetweenLooks, budget.stepsMax - steps);
    walk(count, leg.warmth * hot * (cold / hot) ** spent);
    steps += count;
    yield { steps: leg.steps + steps, spent: leg.from + spent * (leg.to - leg.from), best: best.score() };
  }
  return steps;
}

/** Hard points while rows are mended, whatever that costs, and of the chains: what can be kept, is. */
const HARD_MENDED = 1_000;
const HARD_CHAINED = 20;
/** The noise of a chain is up to so many dearest soft units, its temperature this share of one. */
const NOISE = 0.3;
const TEMPERATURE = 0.03;
/** What planning a row counts in a budget of steps: about the time of so many moves. */
const STEPS_PER_CHAIN = 1_000;

/** Mends the best rows so far where they break rules, then plans whole rows in chains. */
function* chain(run: Run, budget: Budget, before: Pick<Leg, "from" | "steps">): Generator<Slice, number> {
  const { board, best, random, dearest, signal } = run;
  board.reset(best.values.slice(), dearest * HARD_MENDED);
  best.forget();
  const { bestRow } = openBestRow(board, random);
  const next = openChains(board, random, bestRow);
  let steps = 0;
  for (const _ of mend(board, random, bestRow, () => budget.spent(steps) > WINDOWS_SHARE)) {
    const spent = budget.spent(steps);
    if (spent >= 1 || signal.aborted) break;
    steps += Math.min(STEPS_PER_CHAIN, budget.stepsMax - steps);
    yield { steps: before.steps + steps, spent: before.from + spent * (CHAINS - before.from), best: best.score() };
  }
  best.look();
  board.reset(board.values.slice(), dearest * HARD_CHAINED);
  best.forget();
  best.look();
  while (steps < budget.stepsMax && !signal.aborted) {
    const spent = budget.spent(steps);
    if (spent >= 1) break;
    const temperature = dearest * TEMPERATURE * (1 - spent);
    if (next(dearest * NOISE * random(), -temperature * Math.log(1 - random()))) best.look();
    steps += Math.min(STEPS_PER_CHAIN, budget.stepsMax - steps);
    yield { steps: before.steps + steps, spent: before.from + spent * (CHAINS - before.from), best: best.score() };
  }
  return steps;
}

/** Days of the windows in which a broken row is mended: these and twice as many, and so on up to the whole row. */
const MENDED_DAYS = 14;
/** Windows of one row in a row that mend nothing. */
const VAIN_MAX = 8;
/** Then the whole row, and parts of it where the whole has more states and sums than can be told apart. */
const PARTS_OF_ROW = [1, 2, 4] as const;
/** Windows change less than whole rows do, but are given up for them when so much of the time for chains is over. */
const WINDOWS_SHARE = 0.25;

/**
 * Plans the rows anew that break hard rules, in windows about the days that break them, until they break none. What no window can
 * mend, because load and free days are tight all along the row, is mended by planning the row as a whole.
 */
function* mend(board: Board, random: Random, bestRow: BestRow, isLate: () => boolean): Generator<void> {
  const { days, lines } = board.instance;
  for (let length = MENDED_DAYS; length < days; length *= 2) {
    for (let person = 0; person < lines.length; person++)
      yield* mendRow(board, random, bestRow, { person, length, vainMax: VAIN_MAX, isLate });
  }
  for (const parts of PARTS_OF_ROW) {
    for (let person = 0; person < lines.length; person++)
      yield* mendRow(board, random, bestRow, {
        person,
        length: Math.ceil(days / parts),
        vainMax: parts,
        isLate: () => false,
      });
  }
}

type Mending = {
  readonly person: number;
  readonly length: number;
  readonly vainMax: number;
  readonly isLate: () => boolean;
};

function* mendRow(
  board: Board,
  random: Random,
  bestRow: BestRow,
  { person, length, vainMax, isLate }: Mending,
): Generator<void> {
  const { days } = board.instance;
  for (let vain = 0; vain < vainMax && !isLate() && brokenUnits(board, person) > 0;) {
    const day = brokenDay(board, person) ?? Math.floor(random() * days);
    const from = Math.max(0, Math.min(days - length, day - Math.floor(random() * length)));
    const isBetter = bestRow(person, from, from + length, 0) && board.weigh(0) < 0;
    vain = isBetter ? 0 : vain + 1;
    if (isBetter) board.take();
    else board.leave();
    yield;
  }
}

/** Units of hard rules that a row breaks. */
function brokenUnits({ instance, tolls, states, loads, weekends, daysOf }: Board, person: number): number {
  const { days, kinds, lines } = instance;
  const { automaton, load, weekends: weekendMeter, mostOf } = lines[person]!;
  let units = automaton.end[states[(person + 1) * days - 1]!]!.hard;
  for (let day = 0; day < days; day++) units += automaton.tolls[tolls[person * days + day]!]!.hard;
  for (let value = 1; value < kinds; value++) units += Math.max(0, daysOf[person * kinds + value]! - mostOf[value]!);
  for (const [meter, sum] of [
    [load, loads[person]!],
    [weekendMeter, weekends[person]!],
  ] as const)
    units += unitsUnder(meter, sum) * meter.under.hard + unitsOver(meter, sum) * meter.over.hard;
  return units;
}

/** The first day of a row whose step breaks a hard rule; null when only sums or the end do. */
function brokenDay({ instance, tolls }: Board, person: number): number | null {
  const known = instance.lines[person]!.automaton.tolls;
  for (let day = 0; day < instance.days; day++) {
    if (known[tolls[person * instance.days + day]!]!.hard > 0) return day;
  }
  return null;
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
function openWalk(board: Board, random: Random, look: () => void, crew?: readonly number[]) {
  const neighbours = neighboursOf(board, crew);
  const proposals: readonly Neighbour[] = neighbours.map(({ propose }) => propose);
  let sum = 0;
  const upTo = Float64Array.from(neighbours, ({ share }) => (sum += share));
  return (steps: number, temperature: number): void => {
    for (let step = 0; step < steps; step++) {
      const dice = random() * sum;
      let i = 0;
      while (dice >= upTo[i]!) i++;
      const most = -temperature * Math.log(1 - random());
      if (!proposals[i]!(board, random, most)) {
        board.leave();
        continue;
      }
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
