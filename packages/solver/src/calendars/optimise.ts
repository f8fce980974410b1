import { apartFrom, distance, lacking } from "../apart.ts";
import { partOf, type Budget } from "../budget.ts";
import { explainScore } from "../explain.ts";
import { scoreOf } from "../plan.ts";
import { compareScores, type Score } from "../score.ts";
import { solve, type Solution, type SolveOptions } from "../solve.ts";
import {
  PROGRESS_MAX,
  type CalendarRefusal,
  type CalendarSolution,
  type Moved,
  type Optimised,
  type OptimiseOptions,
  type Progress,
} from "./answer.ts";
import { contradictionsAt } from "./contradictions.ts";
import { startMsOf, type Layout } from "./layout.ts";
import { improvementsBetween, measuresOf } from "./measure.ts";
import type { CalendarModel } from "./model.ts";
import type { ObjectiveId } from "./objective.ts";
import type { CalendarPlan } from "./plan.ts";
import { calendarProblem, type CalendarProblem } from "./problem.ts";
import { planRefusal } from "./refusal.ts";
import { settled } from "./settle.ts";

const ALTERNATIVES = 3;
/** A step of calendars is far more than one of rosters: the clock is looked at more often. */
const STEPS_BETWEEN_LOOKS = 16;

/**
 * Puts calendars in order: says what should go where, what that improves, what is still broken and why, and other ways that are
 * really different. Nothing that is locked moves; no hard rule is broken that is kept now, overlaps among them; what moves, pays.
 * Anytime and cancellable. Beside the budget it costs some full counts: about 0.2 s for a month of twelve people.
 */
export function optimise(
  plan: CalendarPlan,
  options: OptimiseOptions,
): Optimised | { readonly refused: CalendarRefusal } {
  const refused = planRefusal(plan, options);
  if (refused !== null) return { refused };
  const problem = calendarProblem(plan, weightsOf(options));
  const watch = progressWatch(problem.start, options);
  const found = solutionsOf(problem, options, watch);
  const answer = answerOf(problem, new Set(options.objectives), found);
  watch.end();
  return answer;
}

const weightsOf = ({ objectives, weights = {} }: OptimiseOptions): ReadonlyMap<ObjectiveId, number> =>
  new Map(objectives.map((id) => [id, weights[id] ?? 1]));

/** The part of the budget that goes to the answer itself; the alternatives share the rest, and begin at the answer. */
const ANSWER_SHARE = 0.6;
/** What a variable by which an alternative is too close weighs: as much as ten minutes at once. */
const APART_WEIGHT = 100;

/** The best plan, then others that a hard constraint keeps apart from it and from one another. */
function solutionsOf(problem: CalendarProblem, options: OptimiseOptions, { budget, onBest }: Watch): Solution[] {
  const { seed, signal, alternatives = ALTERNATIVES } = options;
  const found: Solution[] = [];
  let [from, steps] = [0, 0];
  for (let i = 0; i <= alternatives; i++) {
    const to = i === 0 && alternatives > 0 ? ANSWER_SHARE : from + (1 - from) / (alternatives + 1 - i);
    const apart = found.map(({ values }, at) => ({
      ...apartFrom<CalendarModel>(problem.start, values, `alternative ${at + 1}`),
      weight: APART_WEIGHT,
    }));
    const solution = solve(
      { ...problem, start: found[0]?.values ?? problem.start, constraints: [...problem.constraints, ...apart] },
      {
        seed: seed + i,
        budget: partOf(budget, from, to, steps),
        onBest,
        isFromStart: true,
        ...(signal === undefined ? {} : { signal }),
      },
    );
    found.push(solution);
    steps += solution.steps;
    from = to;
    if (solution.stopped === "cancelled") break;
  }
  return found;
}

type Watch = Pick<SolveOptions, "budget"> & { readonly onBest: NonNullable<SolveOptions["onBest"]> };

/** A budget that tells how far it is spent while it is asked, with the best so far. */
function progressWatch(start: Int32Array, { budget, onProgress }: OptimiseOptions) {
  let last: Progress = { share: 0, steps: 0, alternative: -1, score: { hard: 0, soft: 0 }, moved: 0 };
  const tell = (share: number, steps: number): void => {
    last = { ...last, share, steps };
    onProgress?.(last);
  };
  const watched: Budget = {
    stepsMax: budget.stepsMax,
    stepsBetweenLooks: Math.min(STEPS_BETWEEN_LOOKS, budget.stepsBetweenLooks),
    spent(steps) {
      const share = budget.spent(steps);
      if (share < 1 && share - last.share >= 1 / (PROGRESS_MAX - 1)) tell(share, steps);
      else last = { ...last, steps };
      return share;
    },
  };
  return {
    budget: watched,
    onBest(score: Score, values: Int32Array, steps: number): void {
      const moved = values.reduce((count, value, variable) => count + (value === start[variable] ? 0 : 1), 0);
      last = { ...last, score, moved, alternative: last.alternative + (steps === 0 ? 1 : 0) };
    },
    end: () => tell(1, last.steps),
  };
}

function answerOf(problem: CalendarProblem, wanted: ReadonlySet<ObjectiveId>, found: readonly Solution[]): Optimised {
  const { layout, counts, start } = problem;
  const before = { score: scoreOf(problem, start), measures: measuresOf(layout, counts, start) };
  const solutionOf = (values: Int32Array): CalendarSolution & { readonly values: Int32Array } => ({
    values,
    moves: movesOf(layout, values),
    improvements: improvementsBetween(before.measures, measuresOf(layout, counts, values), wanted),
    score: scoreOf(problem, values),
  });
  const plans = apartPlans(problem, found).map(solutionOf);
  plans.sort((a, b) => compareScores(a.score, b.score));
  const best = plans[0] ?? solutionOf(start);
  const others = plans.slice(1).filter(({ score }) => compareScores(score, before.score) < 0);
  const [first] = found;
  return {
    ...withoutValues(best),
    before: before.score,
    constraints: explainScore(problem, best.values),
    convergence: first?.trace ?? [],
    alternatives: others.map(withoutValues),
    ...contradictionsAt(problem, best.values),
    steps: found.reduce((sum, { steps }) => sum + steps, 0),
    stopped: found.some(({ stopped }) => stopped === "cancelled") ? "cancelled" : (first?.stopped ?? "budget"),
  };
}

/** What was found, made fit to be proposed and still apart from one another; at least one. */
function apartPlans(problem: CalendarProblem, found: readonly Solution[]): Int32Array[] {
  const plans: Int32Array[] = [];
  for (const { values } of found) {
    const isApart = (other: Int32Array): boolean =>
      plans.every((plan) => lacking(distance(problem.start, other, plan)) === 0);
    const plan = settled(problem, values, isApart);
    if (isApart(plan)) plans.push(plan);
  }
  return plans;
}

const withoutValues = ({ moves, improvements, score }: CalendarSolution): CalendarSolution => ({
  moves,
  improvements,
  score,
});

/** What goes elsewhere, or gets another choice, in the order of the plan's things. */
function movesOf({ variables, start }: Layout, values: Int32Array): Moved[] {
  return variables.flatMap((movable, variable) => {
    const [from, to] = [start[variable]!, values[variable]!];
    if (from === to) return [];
    return [
      {
        thing: movable.index,
        fromMs: startMsOf(movable, from),
        toMs: startMsOf(movable, to),
        lengthMs: movable.lengthMs,
        fromChoice: from % movable.choices,
        toChoice: to % movable.choices,
      },
    ];
  });
}
