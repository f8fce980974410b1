import { ask, judgesAlone, lineOf, type Breach, type Setting } from "@hourwright/conflict";
import type { Interval } from "@hourwright/time";
import type { Placed } from "./day.ts";
import type { Frame } from "./frame.ts";
import { placedAt, startMsOf, type Layout } from "./layout.ts";
import type { Judge } from "./sheet.ts";

// The one adapter between the catalogue of constraints and the solver: an entry is asked about a part of one line, as everywhere
// else, and what it reports is counted. Nothing here knows any entry.

/** Settings by what they have to see: one taking alone, a day, a day and what came before it, a week. Those of groups are in none. */
export type Sorted = {
  readonly alone: readonly Setting[];
  readonly day: readonly Setting[];
  readonly after: readonly Setting[];
  readonly week: readonly Setting[];
  /** How far back those of `after` look. */
  readonly backMs: number;
};

export function sortedByReach(settings: readonly Setting[]): Sorted {
  const sorted = { alone: [] as Setting[], day: [] as Setting[], after: [] as Setting[], week: [] as Setting[] };
  let backMs = 0;
  for (const setting of settings) {
    const { constraint, values } = setting;
    const reach = constraint.reach(values);
    if (constraint.compares !== undefined) continue;
    if (judgesAlone(constraint) || constraint.judges === "wish") sorted.alone.push(setting);
    else if (reach === "week") sorted.week.push(setting);
    else if (typeof reach === "string") sorted.day.push(setting);
    else if ("afterMs" in reach) {
      sorted.after.push(setting);
      backMs = Math.max(backMs, reach.afterMs);
    }
  }
  return { ...sorted, backMs };
}

/**
 * Counts settings in a cell: what its takings break more than those would break alone that stay. Those are facts, and nobody's
 * fault; where nothing may move nothing is counted.
 */
export function catalogueJudge(layout: Layout, frame: Frame, settings: readonly Setting[], from: number): Judge {
  const standing = new Map<number, readonly number[]>();
  const { subjects, world } = layout.plan;
  const sumOf = (subject: number, cell: number, taken: readonly Placed[]): number[] => {
    const line = lineOf(subjects[subject]!, taken, world);
    const part = partOf(frame, cell);
    let sum = 0;
    const report = ({ units }: { readonly units: number }): void => void (sum += Math.ceil(units));
    return settings.map((setting) => {
      sum = 0;
      if (taken.length > 0 && holdsFor(setting, subject)) ask(setting, line, part, world, report);
      return sum;
    });
  };
  return ({ subject, cell }, taken, units) => {
    if (settings.length === 0 || !taken.some(({ isMoving }) => isMoving)) return;
    const at = subject * frame.cells + cell;
    let base = standing.get(at);
    if (base === undefined)
      standing.set(
        at,
        (base = sumOf(
          subject,
          cell,
          taken.filter(({ isMoving }) => !isMoving),
        )),
      );
    const all = sumOf(subject, cell, taken);
    for (let i = 0; i < settings.length; i++) units[from + i] = Math.max(0, all[i]! - base[i]!);
  };
}

/** What each of some settings breaks on a line, in a part of it; nothing where a setting does not hold for the subject. */
export function asked(
  { plan: { subjects, world } }: Layout,
  settings: readonly Setting[],
  subject: number,
  taken: readonly Placed[],
  part: Interval,
): Breach[][] {
  const line = lineOf(subjects[subject]!, taken, world);
  return settings.map((setting) => {
    const breaches: Breach[] = [];
    const { id } = setting.constraint;
    if (holdsFor(setting, subject))
      ask(setting, line, part, world, (each) => breaches.push({ constraint: id, subject, ...each }));
    return breaches;
  });
}

const holdsFor = ({ subjects }: Setting, subject: number): boolean => subjects === null || subjects.has(subject);

export const partOf = ({ startsMs }: Frame, cell: number): Interval => ({
  startMs: startsMs[cell]!,
  endMs: startsMs[cell + 1]!,
});

export const wholeUnits = (breaches: readonly Breach[]): number =>
  breaches.reduce((sum, { units }) => sum + Math.ceil(units), 0);

/** What settings that judge takings alone break when a variable has a value. Wishes are judged of what goes elsewhere only. */
export function askedAlone(layout: Layout, settings: readonly Setting[], variable: number, value: number): Breach[][] {
  const movable = layout.variables[variable]!;
  const startMs = startMsOf(movable, value);
  const found: Breach[][] = settings.map(() => []);
  for (const { subject, how } of movable.takes[value % movable.choices]!) {
    const taken = [placedAt(movable, value, how)];
    for (const [i, breaches] of asked(layout, settings, subject, taken, { startMs, endMs: startMs + 1 }).entries()) {
      const isStill = value === layout.start[variable] && settings[i]!.constraint.judges === "wish";
      if (!isStill) found[i]!.push(...breaches);
    }
  }
  return found;
}
