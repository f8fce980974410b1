import { emptyMove, put } from "../move.ts";
import { openPlan, scoreOf, type Plan } from "../plan.ts";
import { compareScores } from "../score.ts";
import type { Layout } from "./layout.ts";
import type { CalendarModel } from "./model.ts";
import type { CalendarProblem } from "./problem.ts";
import { newlyBroken } from "./scene.ts";

/**
 * Makes what a search found fit to be proposed. What does not pay goes back to where it stands; and so does what would break a hard
 * rule that is kept now, as the check of a write says it: a search may have exchanged one breach for a smaller one. In the end
 * nothing would be refused, and the score is no worse than that of what stands. `keeps` may ask for more of what goes back.
 */
export function settled(
  problem: CalendarProblem,
  values: Int32Array,
  keeps: (values: Int32Array) => boolean = () => true,
): Int32Array {
  const plan = openPlan(problem, values);
  putBackIdle(problem, plan, keeps);
  for (let round = 0; putBackBreaking(problem, plan, round >= ROUNDS_MAX); round++);
  const found = plan.model.values.slice();
  return compareScores(scoreOf(problem, found), scoreOf(problem, problem.start)) <= 0 ? found : problem.start.slice();
}

/** Rounds in which another place is looked for; after these, things go back, which ends. */
const ROUNDS_MAX = 6;
/** Times of one thing that are weighed for it, evenly over its own. */
const TIMES_TRIED_MAX = 600;

/** Puts back whatever costs no more where it stood, until nothing does. */
function putBackIdle(
  { start }: CalendarProblem,
  plan: Plan<CalendarModel>,
  keeps: (values: Int32Array) => boolean,
): void {
  for (let isAny = true; isAny;) {
    isAny = false;
    for (let variable = 0; variable < start.length; variable++) {
      const from = plan.model.values[variable]!;
      if (from === start[variable]) continue;
      const before = { hard: plan.hard, soft: plan.soft };
      assign(plan, variable, start[variable]!);
      if (compareScores(plan, before) <= 0 && keeps(plan.model.values)) isAny = true;
      else assign(plan, variable, from);
    }
  }
}

/** Finds another place for the moved things of every new breach, or puts them back; where none of them moved, all that moved on that timeline. False when there is none. */
function putBackBreaking({ start, layout }: CalendarProblem, plan: Plan<CalendarModel>, isLast: boolean): boolean {
  const { values } = plan.model;
  const breaches = newlyBroken(layout, values);
  const variableOf = new Map(layout.variables.map(({ thing }, variable) => [thing.occurrence, variable]));
  const isMoved = (variable: number): boolean => values[variable] !== start[variable];
  for (const { occurrences, subject } of breaches) {
    let blamed = occurrences.flatMap((each) => variableOf.get(each) ?? []).filter(isMoved);
    if (blamed.length === 0)
      blamed = layout.variables.flatMap(({ takes }, variable) =>
        isMoved(variable) && takes.flat().some((take) => take.subject === subject) ? [variable] : [],
      );
    for (const variable of blamed) {
      const better = isLast ? start[variable]! : bestElsewhere(layout, plan, variable);
      assign(plan, variable, better);
    }
  }
  return breaches.length > 0;
}

/** The cheapest of the times of a thing that break no hard rule more than others do; where it stands if there is none. */
function bestElsewhere({ variables, start }: Layout, plan: Plan<CalendarModel>, variable: number): number {
  const { values, choices } = variables[variable]!;
  const from = plan.model.values[variable]!;
  const least = { value: start[variable]!, hard: 0, soft: Infinity };
  const step = Math.max(1, Math.ceil(values / TIMES_TRIED_MAX / choices) * choices + 1);
  for (let value = 0; value < values; value += step) {
    if (value === from || plan.model.meets(variable, value)) continue;
    move.size = 0;
    put(move, variable, value);
    plan.weigh(move);
    plan.leave(move);
    const { byHard: hard, bySoft: soft } = plan;
    if (hard < least.hard || (hard === least.hard && soft < least.soft)) Object.assign(least, { value, hard, soft });
  }
  return least.value;
}

const move = emptyMove();

function assign(plan: Plan<CalendarModel>, variable: number, value: number): void {
  move.size = 0;
  put(move, variable, value);
  plan.weigh(move);
  plan.take(move);
}
