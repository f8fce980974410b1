import type { Advice, Problem } from "../problem.ts";
import { countsOf, type Counts } from "./counts.ts";
import { layoutOf, type Layout } from "./layout.ts";
import { calendarModel, type CalendarModel } from "./model.ts";
import { calendarNeighbours } from "./neighbours.ts";
import type { ObjectiveId } from "./objective.ts";
import type { CalendarPlan } from "./plan.ts";
import { calendarConstraints } from "./rules.ts";

/**
 * Measured on months of one and of twelve people, in seconds: hotter wanders and is not back in time; colder is hill climbing, which is as
 * good then, and no longer when there is more time.
 */
const ADVICE: Advice = { hardPoints: 10, startTemperature: 60, endTemperature: 2 };

export type CalendarProblem = Problem<CalendarModel> & { readonly layout: Layout; readonly counts: Counts };

/**
 * Calendars as a problem of the solver. A variable is a thing that is not locked, a value a start and a choice (`Layout`). The plan
 * is one that `planRefusal` does not refuse; `weights` holds the objectives that count.
 */
export function calendarProblem(plan: CalendarPlan, weights: ReadonlyMap<ObjectiveId, number>): CalendarProblem {
  const layout = layoutOf(plan);
  const counts = countsOf(layout);
  return {
    layout,
    counts,
    start: layout.start,
    domainOf: (variable) => Int32Array.from({ length: layout.variables[variable]!.values }, (_, value) => value),
    model: (values) => calendarModel(layout, counts, values),
    constraints: calendarConstraints(layout, counts, weights),
    neighbours: calendarNeighbours(layout, counts),
    advice: ADVICE,
  };
}
