import { likingOf } from "@hourwright/conflict";
import { dayMeasurer, type Counts } from "./counts.ts";
import type { Layout } from "./layout.ts";
import { startMsOf } from "./layout.ts";

import { OBJECTIVE_IDS, type ObjectiveId } from "./objective.ts";

export type Measures = Readonly<Record<ObjectiveId, number>>;

/** What every objective measures at some values, in its unit. Each day of everybody involved is looked at once. */
export function measuresOf(layout: Layout, counts: Counts, values: Int32Array): Measures {
  const { frame } = counts.sheets[0]!;
  const measure = dayMeasurer(layout, frame);
  let [conflicts, focus, travel, pieces, days] = [0, 0, 0, 0, 0];
  const shares: number[] = [];
  for (const { subject, cell, taken } of counts.cellsAt(values)[0]!) {
    const day = measure(subject, cell, taken);
    conflicts += day.pairs;
    if (!layout.plan.subjects[subject]!.isPerson) continue;
    focus += day.focusMinutes;
    travel += day.wayMinutes;
    if (day.openMinutes === 0) continue;
    days += 1;
    pieces += day.pieces;
    shares.push(day.takenMinutes / day.openMinutes);
  }
  return {
    conflicts,
    focus: Math.round(focus),
    fragmentation: days === 0 ? 0 : pieces / days,
    travel: Math.round(travel),
    balance: deviationOf(shares),
    preferences: meanLiking(layout, values),
  };
}

export const improvementsBetween = (before: Measures, after: Measures, wanted: ReadonlySet<ObjectiveId>) =>
  OBJECTIVE_IDS.filter((id) => wanted.has(id)).map((objective) => ({
    objective,
    before: before[objective],
    after: after[objective],
  }));

/** The standard deviation, 0 of nothing. */
function deviationOf(values: readonly number[]): number {
  if (values.length === 0) return 0;
  const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
  return Math.sqrt(values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / values.length);
}

/** By minutes and people whose likings are known. */
function meanLiking({ plan, variables }: Layout, values: Int32Array): number {
  let [sum, lengthMs] = [0, 0];
  for (const [variable, movable] of variables.entries()) {
    const startMs = startMsOf(movable, values[variable]!);
    const span = { startMs, endMs: startMs + movable.lengthMs };
    for (const { subject } of movable.takes[values[variable]! % movable.choices]!) {
      const { likings } = plan.subjects[subject]!;
      if (likings === null) continue;
      sum += likingOf(likings, span, plan.world.zone) * movable.lengthMs;
      lengthMs += movable.lengthMs;
    }
  }
  return lengthMs === 0 ? 0 : sum / lengthMs;
}
