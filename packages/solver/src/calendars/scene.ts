import {
  breachesIn,
  catalogue,
  effectOf,
  hardOf,
  indexBySubject,
  ownOf,
  PLAIN,
  presetOf,
  takingsOf,
  type Breach,
  type Change,
  type Scene,
  type Setting,
} from "@hourwright/conflict";
import { DAY_MS } from "@hourwright/time";
import { placedAt, takingsAt, type Layout } from "./layout.ts";

// A plan as the check of a write sees it: what is found here is found by the same code, and by nothing of the search.

/** The hard rules of a plan, and that nobody and nothing is taken twice at once. */
export const hardRules = ({ plan }: Layout): readonly Setting[] => hardOf(plan.settings);

/** Every hard rule that is broken at some values, those that judge wishes left out. */
export function hardBreaches(layout: Layout, values: Int32Array): Breach[] {
  const { startMs, endMs } = layout.span;
  // Four weeks before: days and weeks have their place where they begin. A week after: rest may lack after the last day.
  return breachesIn(sceneAt(layout, values), hardRules(layout), {
    startMs: startMs - 28 * DAY_MS,
    endMs: endMs + 7 * DAY_MS,
  });
}

/** Hard rules that going from what stands to other values would break, where they are not broken as much now. */
export function newlyBroken(layout: Layout, values: Int32Array): Breach[] {
  const changes = layout.variables.flatMap((_, variable) => changesOf(layout, variable, values[variable]!));
  const effect = effectOf(sceneAt(layout, layout.start), hardRules(layout), changes);
  const before = new Map<string, number>();
  for (const breach of effect.removed)
    before.set(placeOf(breach), Math.max(before.get(placeOf(breach)) ?? 0, breach.units));
  return ownOf(effect).filter((breach) => breach.units > (before.get(placeOf(breach)) ?? 0));
}

/** What makes two breaches the same before and after: the same things; or, where a whole day or week is judged, its beginning. */
function placeOf({ constraint, setting, subject, occurrences, startMs }: Breach): string {
  const what = WHOLE.has(constraint) ? startMs : occurrences.join(",");
  return `${constraint} ${setting} ${subject} ${what}`;
}

const WHOLE: ReadonlySet<string> = new Set(
  catalogue
    .filter((each) => {
      const reach = each.reach(presetOf(each).values);
      return typeof reach === "string" ? reach !== "spot" : "weeks" in reach;
    })
    .map(({ id }) => id),
);

function changesOf({ variables, start }: Layout, variable: number, to: number): Change[] {
  const from = start[variable]!;
  if (from === to) return [];
  const movable = variables[variable]!;
  const [left, joined] = [from, to].map((value) => movable.takes[value % movable.choices]!) as [
    (typeof movable.takes)[number],
    (typeof movable.takes)[number],
  ];
  const subjects = new Set([...left, ...joined].map(({ subject }) => subject));
  return [...subjects].map((subject) => {
    const [was, will] = [left, joined].map((takes) => takes.find((take) => take.subject === subject));
    return {
      subject,
      gone: was === undefined ? null : placedAt(movable, from, was.how),
      come: will === undefined ? null : placedAt(movable, to, will.how),
    };
  });
}

function sceneAt(layout: Layout, values: Int32Array): Scene {
  const { subjects, world } = layout.plan;
  const rows = takingsAt(layout, values);
  const traits = new Map(rows.map(({ occurrence, traits: own }) => [occurrence, own]));
  return {
    index: indexBySubject(takingsOf(rows)),
    subjectOf: (subject) => subjects[subject]!,
    traitsOf: (occurrence) => traits.get(occurrence) ?? PLAIN,
    world,
  };
}
