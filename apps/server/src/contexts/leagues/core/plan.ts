import type { Budget, Slice } from "@hourwright/solver";
import { planSeason } from "@hourwright/solver/seasons";
import { seededRandom, wholeBetween, type Random } from "@hourwright/std";
import { plainSeason } from "./begin.ts";
import { findingsOf, scoreOf } from "./judge.ts";
import { meetingOf, type LeagueQuestion, type Match } from "./question.ts";
import type { Finding, Score } from "./rules.ts";
import { fromSolver, solverSeason, SOLVER_TEAMS_MIN } from "./solver-season.ts";
import { tableOf, type Table } from "./table.ts";
import { chainOf, mirror, swapRounds, swapTeams, turnPair } from "./ways.ts";

export type LeaguePlanOptions = {
  /** The same seed and step budget give the same season. */
  readonly seed: number;
  readonly budget: Budget;
  readonly signal?: { readonly aborted: boolean };
  /** The season as it is; null: there is none. */
  readonly from: readonly Match[] | null;
  /** Matches of it that stay. */
  readonly fixed: readonly Match[];
  /** Begins at the season as it is, and each match that moves weighs much. */
  readonly asFewChangesAsPossible: boolean;
};

export type PlannedSeason = {
  readonly matches: readonly Match[];
  readonly score: Score;
  readonly findings: readonly Finding[];
  readonly steps: number;
};

export type LeagueSlice = {
  readonly steps: number;
  readonly spent: number;
  readonly score: Score;
  /** Matches that are elsewhere than in the season as it was; 0 where there was none. */
  readonly moved: number;
};

/** The share of the budget in which the solver looks for a season; what is left is for rules that it has no word for. */
const SOLVER_SHARE = 0.7;
/** A season that is judged whole takes as long as so many steps of the solver. */
const STEPS_OF_A_JUDGEMENT = 16;

/**
 * Looks for the best season until the budget is spent or `signal` is aborted. A new one is first looked for by the solver of seasons, then
 * polished by judging whole seasons with every rule of the league; one that is to change little is polished from where it stands.
 */
export function* planLeague(
  question: LeagueQuestion,
  options: LeaguePlanOptions,
): Generator<LeagueSlice, PlannedSeason> {
  const { budget, from, fixed, signal = { aborted: false } } = options;
  const random = seededRandom(options.seed);
  const isFew = options.asFewChangesAsPossible && from !== null;
  let begin = from ?? plainSeason(question.teams, question.legs);
  let steps = 0;
  if (!isFew && question.teams >= SOLVER_TEAMS_MIN - 1) {
    const part = shareOf(budget, 0, SOLVER_SHARE, 0);
    const slices = planSeason(solverSeason(question, fixed), { seed: options.seed, budget: part, signal });
    for (;;) {
      const { done, value } = slices.next();
      if (done === true) {
        const found = fromSolver(question, value.matches);
        steps = value.steps;
        if (isKept(found, fixed) && isBetter(judged(question, found), judged(question, begin))) begin = found;
        break;
      }
      yield shownSlice(value, question, from);
    }
  }
  const rest = shareOf(budget, isFew ? 0 : SOLVER_SHARE, 1, steps);
  const polish = openPolish(question, begin, { random, from, fixed, isFew });
  let looks = 0;
  for (;;) {
    const judgements = looks * JUDGEMENTS_A_LOOK;
    const taken = judgements * STEPS_OF_A_JUDGEMENT;
    const spent = rest.spent(taken);
    if (signal.aborted || spent >= 1 || taken >= rest.stepsMax || polish.isEnough()) break;
    polish.walk(JUDGEMENTS_A_LOOK, spent);
    looks++;
    const share = isFew ? spent : SOLVER_SHARE + (1 - SOLVER_SHARE) * spent;
    yield { steps: steps + taken, spent: share, score: polish.score(), moved: polish.moved() };
  }
  const table = polish.best();
  return {
    matches: table.matches(),
    score: scoreOf(question, table),
    findings: findingsOf(question, table),
    steps: steps + looks * JUDGEMENTS_A_LOOK * STEPS_OF_A_JUDGEMENT,
  };
}

const JUDGEMENTS_A_LOOK = 32;

/** The part of a budget from one share of it to another, as a budget of its own. */
const shareOf = (budget: Budget, from: number, to: number, stepsBefore: number): Budget => ({
  stepsMax: Math.max(0, Math.round(budget.stepsMax * to) - stepsBefore),
  get stepsBetweenLooks() {
    return budget.stepsBetweenLooks;
  },
  spent: (steps) => Math.min(1, Math.max(0, (budget.spent(stepsBefore + steps) - from) / (to - from))),
});

const judged = (question: LeagueQuestion, matches: readonly Match[]): Score =>
  scoreOf(question, tableOf(question.teams, question.rounds, matches));
const isBetter = (one: Score, other: Score): boolean =>
  one.hard < other.hard || (one.hard === other.hard && one.soft < other.soft);

function isKept(matches: readonly Match[], fixed: readonly Match[]): boolean {
  const there = new Set(matches.map(cellOf));
  return fixed.every((match) => there.has(cellOf(match)));
}

const cellOf = ({ round, home, away }: Match): string => `${round} ${home} ${away}`;

/** The solver counts its own rules; until it is done all matches count as moved. */
const shownSlice = ({ steps, spent, best }: Slice, { teams, legs }: LeagueQuestion, from: readonly Match[] | null) => ({
  steps,
  spent: spent * SOLVER_SHARE,
  score: { hard: best.hard, soft: best.soft },
  moved: from === null ? 0 : (legs * teams * (teams - 1)) / 2,
});

/** What a hard unit costs beside the points of soft ones, and a match that moves where few are to. */
const HARD = 1_000;
const MOVED = 100;
/** Temperatures in points; where little is to change nothing melts. */
const HOT = 30;
const HOT_FEW = 12;
const COLD = 0.5;

type Polishing = {
  readonly random: Random;
  readonly from: readonly Match[] | null;
  readonly fixed: readonly Match[];
  readonly isFew: boolean;
};

/** Anneals on whole seasons. What is fixed never moves; a mirrored season is changed in its first half, and the other follows. */
function openPolish(question: LeagueQuestion, begin: readonly Match[], { random, from, fixed, isFew }: Polishing) {
  const { teams, rounds } = question;
  const table = tableOf(teams, rounds, begin);
  const tried = table.copy();
  const best = table.copy();
  const isMirrored = question.legs === 2 && question.back === "mirrored";
  const open = isMirrored ? rounds / 2 : rounds;
  const homeOf = from === null ? null : new Map(from.map((match) => [meetingOf(match.home, match.away), match.round]));
  const movedIn = (each: Table): number => {
    if (homeOf === null) return 0;
    let count = 0;
    for (let round = 0; round < rounds; round++)
      for (let team = 0; team < teams; team++)
        if (each.home(round, team) && homeOf.get(meetingOf(team, each.meets(round, team))) !== round) count++;
    return count;
  };
  const costOf = (each: Table): number => {
    const { hard, soft } = scoreOf(question, each);
    return hard * HARD + soft + (isFew ? movedIn(each) * MOVED : 0);
  };
  const keepsFixed = () =>
    fixed.every(({ round, home, away }) => tried.meets(round, home) === away && tried.home(round, home));
  let cost = costOf(table);
  let bestCost = cost;
  return {
    walk(judgements: number, spent: number): void {
      const temperature = (isFew ? HOT_FEW : HOT) * (COLD / (isFew ? HOT_FEW : HOT)) ** spent;
      for (let i = 0; i < judgements; i++) {
        tried.set(table);
        propose(tried, open, random);
        if (isMirrored) mirror(tried);
        if (!keepsFixed()) continue;
        const next = costOf(tried);
        if (next > cost && random() >= Math.exp((cost - next) / temperature)) continue;
        table.set(tried);
        cost = next;
        if (cost >= bestCost) continue;
        bestCost = cost;
        best.set(table);
      }
    },
    best: () => best,
    score: () => scoreOf(question, best),
    moved: () => movedIn(best),
    isEnough: () => bestCost === 0,
  };
}

/** One change by chance, in the rounds before `open`. */
function propose(table: Table, open: number, random: Random): void {
  const team = wholeBetween(random, 0, table.teams - 1);
  const dice = random();
  if (dice < 0.45 && open > 1) {
    const one = wholeBetween(random, 0, open - 1);
    const other = another(random, open, one);
    return swapRounds(table, chainOf(table, team, one, other), one, other);
  }
  const second = another(random, table.teams, team);
  if (dice < 0.9 || open === 1) return turnPair(table, team, second);
  if (dice < 0.95) return swapTeams(table, team, second);
  const one = wholeBetween(random, 0, open - 1);
  const everybody = Array.from({ length: table.teams }, (_, each) => each);
  swapRounds(table, everybody, one, another(random, open, one));
}

function another(random: Random, size: number, than: number): number {
  const found = wholeBetween(random, 0, size - 2);
  return found >= than ? found + 1 : found;
}
