import { seededRandom, type Random } from "@hourwright/std";
import type { Budget } from "../budget.ts";
import type { Stopped } from "../search.ts";
import type { Slice } from "../solve.ts";
import { anySeason } from "./begin.ts";
import { Board, Change } from "./board.ts";
import { judge, type Verdict } from "./judge.ts";
import { Mender } from "./mend.ts";
import { swapOpponents, swapSlots, swapSlotsOfSome, swapTeams, turnPair, type Way } from "./moves.ts";
import type { Kind, Match, Season } from "./season.ts";

export type SeasonSearch = {
  /** The same seed and step budget give the same season. */
  readonly seed: number;
  readonly budget: Budget;
  readonly signal?: { readonly aborted: boolean };
};

export type FoundSeason = {
  readonly matches: readonly Match[];
  /** Judged from the rules, not from what the search has counted. */
  readonly infeasibility: number;
  readonly objective: number;
  readonly byKind: Readonly<Record<string, number>>;
  /** Changes that were weighed. */
  readonly steps: number;
  readonly stopped: Stopped;
  /** None: the counts of the search are compared with the rules in tests. */
  readonly disagreements: readonly [];
};

/**
 * Looks for the best season until the budget is spent or `signal` is aborted: first for one in which nothing hard is broken, on a
 * board that knows nothing else, then for few points on the whole board. A slice is what happens between two looks at the budget; how it
 * is sliced changes nothing about what is found.
 */
export function* planSeason(season: Season, options: SeasonSearch): Generator<Slice, FoundSeason> {
  const random = seededRandom(options.seed);
  const { budget, signal = { aborted: false } } = options;
  const run: Run = { season, budget, random, signal, steps: 0 };
  const mended = yield* mend(run, anySeason(season, random));
  const matches = yield* polish(run, mended);
  const verdict = judge(season, matches);
  return { matches, ...verdict, steps: run.steps, stopped: stoppedBy(run, verdict), disagreements: [] };
}

function stoppedBy({ budget, signal, steps }: Run, { infeasibility, objective }: Verdict): Stopped {
  if (infeasibility + objective === 0) return "enough";
  return signal.aborted && budget.spent(steps) < 1 ? "cancelled" : "budget";
}

type Run = {
  readonly season: Season;
  readonly budget: Budget;
  readonly random: Random;
  readonly signal: { readonly aborted: boolean };
  steps: number;
};

/** How a walk cools, and how often it proposes what is broken. */
type Walk = { readonly hot: number; readonly cold: number; readonly mending: number };

/**
 * What a unit of a kind weighs while it is mended: a turn breaks several units at once of what looks at slots in a row (CA3, breaks), and
 * would never be taken if each weighed as much as a match in the wrong place. Those of Rosati et al. 2022, tuned on other walks, as shares of CA4's.
 */
const WEIGHTS: Readonly<Record<Kind, number>> = {
  CA1: 7 / 8,
  CA2: 1,
  CA3: 2 / 8,
  CA4: 1,
  GA1: 10 / 8,
  BR1: 1 / 8,
  BR2: 6 / 8,
  FA2: 1 / 8,
  SE1: 1 / 8,
};
/**
 * Shares of the budget at which the rounds of mending end. What is easy is mended in the first; each other begins at the best so far:
 * softened where the round before has found a better one, else melted, as what one cooling finds differs by half from what another does.
 */
const ROUNDS = [0.05, 0.15, 0.25, 0.35, 0.46, 0.56, 0.66, 0.76, 0.87, 0.97];
/** Temperatures in units of CA4: above the hottest everything melts, below the coldest nothing moves, in every season that was looked at. */
const MELTED = 0.6;
const SOFTENED = 0.35;
const COLD = 0.2;
/** The last part of each round cools on until kinds that weigh little do not move either. */
const FROZEN = 0.03;
const FREEZING = 0.15;
const MENDING = 0.2;

/** A season in which nothing hard is broken, or as little as was found. */
function* mend(run: Run, start: readonly Match[]): Generator<Slice, readonly Match[]> {
  const { season } = run;
  const board = new Board({ ...season, constraints: season.constraints.filter(({ isHard }) => isHard) }, start);
  board.hardWeight = WEIGHTS.SE1;
  const weights = Float64Array.from(
    board.counters.penalty,
    (penalty, at) => penalty * WEIGHTS[board.counters.kind[at]!],
  );
  board.weight.set(weights);
  board.recount();
  const best = openBest(board);
  const isEnough = () => best.hard === 0;
  let from = 0;
  let isBetter = false;
  for (const to of ROUNDS) {
    if (from > 0) board.put(best.matches());
    const hot = isBetter ? SOFTENED : MELTED;
    const broken: number = best.hard;
    const freezing = to - (to - from) * FREEZING;
    const common = { mending: MENDING, isEnough, look: openWeights(board, weights, isBetter) };
    if (yield* walk(run, board, best, { ...common, hot, cold: COLD, from, to: freezing })) break;
    if (yield* walk(run, board, best, { ...common, hot: COLD, cold: FROZEN, from: freezing, to })) break;
    isBetter = from > 0 && best.hard < broken;
    from = to;
  }
  return best.matches();
}

/** What is broken weighs so many units more after so many looks at the budget; what is not gets back to what it weighed. */
const HEAVIER = 0.02;
const LIGHTER = 0.99;
const LOOKS_PER_WEIGHING = 16;

/** Lets hard constraints that stay broken weigh more and more, in a round that begins at what they cost. */
function openWeights(board: Board, weights: Float64Array, isWeighing: boolean): () => void {
  const { counters, weight } = board;
  let looks = 0;
  weight.set(weights);
  board.recount();
  return () => {
    if (!isWeighing || ++looks % LOOKS_PER_WEIGHING !== 0) return;
    for (let counter = 0; counter < counters.count; counter++) {
      const least = weights[counter]!;
      const isBroken = board.isShort(counter) || board.isOver(counter);
      weight[counter] = isBroken
        ? weight[counter]! + HEAVIER * counters.penalty[counter]!
        : least + (weight[counter]! - least) * LIGHTER;
    }
    board.recount();
  };
}

/** Temperatures in points of a middling soft constraint. */
const POLISHING: Walk = { hot: 4, cold: 0.5, mending: 0.05 };
/** How warm the last round begins. */
const HOT_LAST = 2;
/** What is left of the budget is polished in so many rounds, each from the best so far. */
const POLISHINGS = 6;
/** So many hard units more than in the best season are broken on the way: further away nothing leads back in time. */
const ASTRAY_MAX = 2;
/** What a hard unit costs in points of a middling soft constraint: at first in a round, and within what bounds it follows how the walk fares. */
const PRICE = { first: 5, least: 3, most: 40 };
const DEARER = 1.1;
const CHEAPER = 0.95;
/** After so many looks at the budget at which always more was broken, the walk is put back to where it left. */
const LOOKS_ASTRAY_MAX = 20;
/** The price is set anew after so many looks at the budget. */
const LOOKS_PER_PRICE = 16;

/** Fewer points, and nothing hard broken that was not. */
function* polish(run: Run, start: readonly Match[]): Generator<Slice, readonly Match[]> {
  const { budget, season } = run;
  const board = new Board(season, start);
  const best = openBest(board);
  const from = budget.spent(run.steps);
  if (from >= 1) return best.matches();
  const unit = middlingOf(season);
  const { hot, cold, mending } = POLISHING;
  const isEnough = () => best.hard + best.soft === 0;
  const beginOf = (round: number) => from + ((1 - from) * round) / POLISHINGS;
  for (let round = 0; round < POLISHINGS; round++) {
    board.put(best.matches());
    const warm = unit * hot * (HOT_LAST / hot) ** (round / (POLISHINGS - 1));
    const look = openPrice(board, best, unit);
    const cooled = { hot: warm, cold: cold * unit, mending };
    const share = { from: beginOf(round), to: beginOf(round + 1) };
    if (yield* walk(run, board, best, { ...cooled, ...share, isEnough, look, astrayMax: ASTRAY_MAX })) break;
  }
  return best.matches();
}

/** The mean penalty of the soft constraints. */
function middlingOf({ constraints }: Season): number {
  const soft = constraints.filter(({ isHard, penalty }) => !isHard && penalty > 0);
  return soft.length === 0 ? 1 : soft.reduce((sum, { penalty }) => sum + penalty, 0) / soft.length;
}

/**
 * What a hard unit costs: more after a stretch in which always more was broken than in the best season, less after another. So the walk
 * goes along the border of what can be played, whatever the points are (Glover, "strategic oscillation"); when it finds no way back, it is
 * put back.
 */
function openPrice(board: Board, best: Best, unit: number): () => void {
  let price = PRICE.first * unit;
  let looks = 0;
  let kept = 0;
  let astray = 0;
  let home = best.matches();
  const setPrice = () => {
    const { counters, weight } = board;
    for (let counter = 0; counter < counters.count; counter++)
      if (counters.isHard[counter] === 1) weight[counter] = price * counters.penalty[counter]!;
    board.hardWeight = price;
    board.recount();
  };
  setPrice();
  return () => {
    if (board.hard <= best.hard) {
      kept++;
      astray = 0;
      home = board.matches();
    } else if (++astray === LOOKS_ASTRAY_MAX) {
      astray = 0;
      board.put(home);
    }
    if (++looks < LOOKS_PER_PRICE) return;
    price = Math.min(PRICE.most * unit, Math.max(PRICE.least * unit, price * (kept === 0 ? DEARER : CHEAPER)));
    looks = 0;
    kept = 0;
    setPrice();
  };
}

type Stretch = Walk & {
  readonly from: number;
  readonly to: number;
  isEnough(): boolean;
  /** Called at every look at the budget. */
  look?(): void;
  /** So many more hard units than in the best season may be broken; any number unless given. */
  readonly astrayMax?: number;
};

/** Anneals from one share of the budget to another; true when that was cut short: it is enough, cancelled, or the budget is spent. */
function* walk(run: Run, board: Board, best: Best, stretch: Stretch): Generator<Slice, boolean> {
  const { budget, signal } = run;
  const { from, to, hot, cold } = stretch;
  const step = openSteps(run, board, best, stretch);
  for (;;) {
    const spent = budget.spent(run.steps);
    if (signal.aborted || spent >= 1 || run.steps >= budget.stepsMax || stretch.isEnough()) return true;
    if (spent >= to) return false;
    const count = Math.min(budget.stepsBetweenLooks, budget.stepsMax - run.steps);
    const cool = Math.max(0, spent - from) / (to - from);
    step(count, hot * (cold / hot) ** cool);
    run.steps += count;
    stretch.look?.();
    yield { steps: run.steps, spent, best: { hard: best.hard, soft: best.soft } };
  }
}

/** Whole teams and slots cost ten to fifty times as much to weigh as others, and are taken a hundredth as often. */
const WAYS: readonly { readonly way: Way; readonly share: number }[] = [
  { way: turnPair, share: 0.3 },
  { way: swapSlotsOfSome, share: 0.349 },
  { way: swapOpponents, share: 0.349 },
  { way: swapTeams, share: 0.001 },
  { way: swapSlots, share: 0.001 },
];

/** Walks so many steps at a temperature; the hot loop. */
function openSteps({ random }: Run, board: Board, best: Best, { mending, astrayMax = Infinity }: Stretch) {
  const change = new Change(board.slots * 4);
  const mender = new Mender(board);
  let sum = 0;
  const upTo = Float64Array.from(WAYS, ({ share }) => (sum += share));
  const ways = WAYS.map(({ way }) => way);
  const propose = (): boolean => {
    change.clear();
    if (mending > 0 && random() < mending) return mender.propose(change, random);
    const dice = random() * sum;
    let i = 0;
    while (dice >= upTo[i]!) i++;
    return ways[i]!(board, change, random);
  };
  return (steps: number, temperature: number): void => {
    mender.look();
    for (let step = 0; step < steps; step++) {
      if (!propose()) continue;
      const before = board.cost;
      board.make(change);
      const worse = board.cost - before;
      const isAstray = board.hard > best.hard + astrayMax;
      if (isAstray || (worse > 0 && random() >= Math.exp(-worse / temperature))) board.unmake(change);
      else if (board.hard < best.hard || (board.hard === best.hard && board.soft < best.soft)) best.keep();
    }
  };
}

type Best = ReturnType<typeof openBest>;

/** The best season so far: least broken, then fewest points. */
function openBest(board: Board) {
  const slotOf = board.slotOf.slice();
  const best = {
    hard: board.hard,
    soft: board.soft,
    keep(): void {
      best.hard = board.hard;
      best.soft = board.soft;
      slotOf.set(board.slotOf);
    },
    matches(): readonly Match[] {
      const { teams } = board;
      const matches: Match[] = [];
      for (let home = 0; home < teams; home++)
        for (let away = 0; away < teams; away++)
          if (home !== away) matches.push({ slot: slotOf[home * teams + away]!, home, away });
      return matches;
    },
  };
  return best;
}
