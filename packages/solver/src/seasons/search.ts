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
/** The first cooling ends after this share of the budget, and mends what is easy; the hops end after the other, and leave the rest to the polishing. */
const COOLED = 0.05;
const HOPPED = 0.97;
const HOPS = 60;
/** Temperatures in units of CA4: above the hottest everything melts, below the coldest nothing moves, in every season that was looked at. */
const MELTED = 0.6;
const COLD = 0.15;
/** The last part of each cooling goes on until kinds that weigh little do not move either. */
const FROZEN = 0.03;
const FREEZING = 0.3;
/** Where a walk begins to go from one basin to another, and what it is changed by where it comes back to the same, or ends far up. */
const WARM = { first: 0.46, least: 0.28, most: 0.6, by: 1.04 };
/** Costs this near are of the same season; what is further up than so many units is far. */
const SAME = 1e-6;
const FAR = 1;
/** Parts of a hop: so far it gets away from where it was, so far the lowest place is looked for; from there it is cooled. */
const AWAY = 0.26;
const LOOKED = 0.65;
const SETTLING = 0.32;
/** So many units further up a hop may end, in the mean of those that are taken. */
const UP_TAKEN = 0.5;
const MENDING = 0.2;

/**
 * A season in which nothing hard is broken, or as little as was found. At temperatures between melted and frozen what a season costs goes up
 * and down three- or fourfold within a second, and cooling only ends in the basin where the walk happens to be: so after a first cooling it hops
 * from basin to basin, cools from the lowest place of each hop, and stays with what is not much worse (basin hopping, Wales and Doye, 1997).
 */
function* mend(run: Run, start: readonly Match[]): Generator<Slice, readonly Match[]> {
  const { season, random } = run;
  const board = new Board({ ...season, constraints: season.constraints.filter(({ isHard }) => isHard) }, start);
  board.hardWeight = WEIGHTS.SE1;
  const follow = openWeights(board);
  const best = openBest(board);
  const common = { mending: MENDING, isEnough: () => best.hard === 0 };
  if (yield* cool(run, board, best, { ...common, hot: MELTED, from: 0, to: COOLED })) return best.matches();
  const here = openBest(board);
  const lowest = openBest(board);
  let warm = WARM.first;
  for (let hop = 0; hop < HOPS; hop++) {
    const after = (part: number) => COOLED + ((HOPPED - COOLED) * (hop + part)) / HOPS;
    const warmly = { ...common, hot: warm, cold: warm };
    if (yield* walk(run, board, best, { ...warmly, from: after(0), to: after(AWAY) })) break;
    lowest.keep();
    if (yield* walk(run, board, best, { ...warmly, from: after(AWAY), to: after(LOOKED), lowest })) break;
    board.put(lowest.matches());
    if (yield* cool(run, board, best, { ...common, hot: SETTLING, from: after(LOOKED), to: after(1) })) break;
    const worse = board.cost - here.cost;
    if (Math.abs(worse) < SAME) warm = Math.min(WARM.most, warm * WARM.by);
    else if (worse > FAR) warm = Math.max(WARM.least, warm / WARM.by);
    if (worse <= -Math.log(random()) * UP_TAKEN) here.keep();
    else board.put(here.matches());
    follow();
    here.keep();
  }
  return best.matches();
}

/** Kinds of which something stays broken share so much more weight after each hop; then all weigh together what they did. */
const HEAVIER = 0.1;

/** Sets what each kind weighs; what comes back follows what is broken now. */
function openWeights(board: Board): () => void {
  const { counters, weight } = board;
  const units = new Map<Kind, number>(counters.kind.map((kind) => [kind, WEIGHTS[kind]]));
  const together = () => [...units.values()].reduce((sum, each) => sum + each, 0);
  const all = together();
  const set = () => {
    for (let counter = 0; counter < counters.count; counter++)
      weight[counter] = counters.penalty[counter]! * (units.get(counters.kind[counter]!) ?? 0);
    board.recount();
  };
  set();
  return () => {
    const off = counters.kind.map((_, counter) => board.unitsOff(counter) * counters.penalty[counter]!);
    const broken = off.reduce((sum, each) => sum + each, 0);
    if (broken === 0) return;
    counters.kind.forEach((kind, counter) =>
      units.set(kind, (units.get(kind) ?? 0) + (HEAVIER * off[counter]!) / broken),
    );
    const scale = all / together();
    for (const [kind, each] of units) units.set(kind, each * scale);
    set();
  };
}

/** Cools until nothing moves; true when that was cut short. */
function* cool(run: Run, board: Board, best: Best, stretch: Omit<Stretch, "cold">): Generator<Slice, boolean> {
  const { from, to } = stretch;
  const freezing = to - (to - from) * FREEZING;
  if (yield* walk(run, board, best, { ...stretch, cold: COLD, to: freezing })) return true;
  return yield* walk(run, board, best, { ...stretch, hot: COLD, cold: FROZEN, from: freezing });
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
  /** Keeps what costs the search least. */
  readonly lowest?: Best;
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

/**
 * Whole teams and slots cost ten to fifty times as much to weigh as others, and are taken a hundredth as often. There are few pairs to
 * turn, and one turn of a hundred is taken; of chains that are short enough one in fifteen.
 */
const WAYS: readonly { readonly way: Way; readonly share: number }[] = [
  { way: turnPair, share: 0.125 },
  { way: swapSlotsOfSome, share: 0.4365 },
  { way: swapOpponents, share: 0.4365 },
  { way: swapTeams, share: 0.001 },
  { way: swapSlots, share: 0.001 },
];

/** Walks so many steps at a temperature; the hot loop. */
function openSteps({ random }: Run, board: Board, best: Best, { mending, astrayMax = Infinity, lowest }: Stretch) {
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
      board.weigh(change);
      const worse = board.cost - before;
      const isAstray = board.hard > best.hard + astrayMax;
      if (isAstray || (worse > 0 && random() >= Math.exp(-worse / temperature))) {
        board.drop(change);
        continue;
      }
      board.keep(change);
      if (board.hard < best.hard || (board.hard === best.hard && board.soft < best.soft)) best.keep();
      if (lowest !== undefined && board.cost < lowest.cost) lowest.keep();
    }
  };
}

type Best = ReturnType<typeof openBest>;

/** A season that is kept, and what it costs: the best so far (least broken, then fewest points) but where another is meant. */
function openBest(board: Board) {
  const slotOf = board.slotOf.slice();
  const best = {
    hard: board.hard,
    soft: board.soft,
    cost: board.cost,
    keep(): void {
      best.hard = board.hard;
      best.soft = board.soft;
      best.cost = board.cost;
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
