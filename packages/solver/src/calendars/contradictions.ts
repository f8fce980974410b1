import type { Breach } from "@hourwright/conflict";
import { hardFirst, openPlan, type Plan } from "../plan.ts";
import type { Contradiction } from "./answer.ts";
import type { CalendarModel } from "./model.ts";
import type { CalendarProblem } from "./problem.ts";
import { hardBreaches, hardRules } from "./scene.ts";
import { isSettingOf, sentenceOf } from "./rules.ts";

/** Contradictions that are looked into; the others are told without what stands against them. */
const LOOKED_INTO_MAX = 20;
/** Other times of one thing that are tried for that, evenly over its own. */
const TIMES_TRIED_MAX = 400;

/** The hard rules that are broken at some values: by what might move, with what stands in its way, and by what never does. */
export function contradictionsAt(
  problem: CalendarProblem,
  values: Int32Array,
): { readonly contradictions: readonly Contradiction[]; readonly standing: readonly Breach[] } {
  const { layout } = problem;
  const variableOf = new Map(layout.variables.map(({ thing }, variable) => [thing.occurrence, variable]));
  const broken = hardBreaches(layout, values);
  const isStanding = ({ occurrences }: Breach): boolean => occurrences.every((each) => !variableOf.has(each));
  const rules = new Map(hardRules(layout).map((setting) => [setting.constraint.id, setting]));
  const movable = broken.filter((breach) => !isStanding(breach));
  const plan = movable.length === 0 ? null : openPlan(problem, values);
  return {
    standing: broken.filter(isStanding),
    contradictions: movable.map((breach, i) => ({
      breach,
      sentence: sentenceOf(layout, rules.get(breach.constraint)!, breach),
      against:
        plan === null || i >= LOOKED_INTO_MAX
          ? []
          : againstAll(
              problem,
              plan,
              breach,
              breach.occurrences.flatMap((each) => variableOf.get(each) ?? []),
            ),
    })),
  };
}

/**
 * How many other times of some things each hard constraint forbids, while everything else stays: it would be broken more, or, the one
 * that is broken, not be kept.
 */
function againstAll(
  problem: CalendarProblem,
  { model, rules }: Plan<CalendarModel>,
  breach: Breach,
  variables: readonly number[],
): Contradiction["against"] {
  const hard = hardFirst(problem.constraints).filter(({ level }) => level === "hard");
  const times = hard.map(() => 0);
  const most = hard.map(({ name }) => (isSettingOf(name, breach.constraint) ? -Math.ceil(breach.units) : 0));
  for (const variable of variables) {
    const { values } = problem.layout.variables[variable]!;
    const from = model.values[variable]!;
    const step = Math.max(1, Math.ceil(values / TIMES_TRIED_MAX));
    for (let value = 0; value < values; value += step) {
      if (value === from) continue;
      for (let i = 0; i < hard.length; i++) if (rules[i]!.delta(variable, from, value) > most[i]!) times[i]! += 1;
    }
  }
  return hard
    .map(({ name }, i) => ({ constraint: name, times: times[i]! }))
    .filter((each) => each.times > 0)
    .sort((a, b) => b.times - a.times);
}
