import { dayText, lengthText, type Breach as Found, type Setting } from "@hourwright/conflict";
import type { Breach, Constraint } from "../constraint.ts";
import { asked, askedAlone, partOf, wholeUnits } from "./catalogue.ts";
import { ALONE, DAY, type Counts } from "./counts.ts";
import { groupConstraint } from "./groups.ts";
import type { Layout } from "./layout.ts";
import type { CalendarModel } from "./model.ts";
import type { ObjectiveId } from "./objective.ts";

/** Points of one unit of what the catalogue weighs with 1, so that objectives can be finer. */
const POINTS = 10;

/**
 * What a unit weighs where its objective weighs 1. A minute of focus is the measure; a tenth of the index of pieces is ten of them,
 * a minute on the way two; what evens out an hour between two days about twenty; an hour that somebody likes by 50 more, ten.
 */
const UNIT_POINTS = { focus: POINTS, fragmentation: 1, travel: 2 * POINTS, balance: 2 * POINTS, preferences: 2 };

/** What a tenth of a move to another time costs: what is won by one has to be worth ten minutes of focus time, and more by the day. */
const MOVED_POINTS = POINTS;
/** A minute at once: less than any rule that an organisation sets for it. */
const SHARED_POINTS = 10;

/** Constraints are places in the counts; what is not wanted is left out, what is hard and what stays never is. */
export function calendarConstraints(
  layout: Layout,
  counts: Counts,
  weights: ReadonlyMap<ObjectiveId, number>,
): Constraint<CalendarModel>[] {
  const rules: Constraint<CalendarModel>[] = [
    constraintAt(counts.alone + DAY.shared, { name: "conflicts", level: "hard", weight: SHARED_POINTS }, (model) =>
      ofCells(layout, counts, model, 0, DAY.shared, (cell) => `${cell.who} is wanted twice at once on ${cell.day}.`),
    ),
    constraintAt(ALONE.moved, { name: "stability", level: "soft", weight: MOVED_POINTS }, (model) =>
      ofThings(layout, counts, model, ALONE.moved, (title) => `“${title}” goes elsewhere.`),
    ),
  ];
  const add = (objective: keyof typeof UNIT_POINTS, at: number, explain: (model: CalendarModel) => Breach[]): void => {
    const weight = weights.get(objective);
    if (weight === undefined) return;
    rules.push(constraintAt(at, { name: objective, level: "soft", weight: weight * UNIT_POINTS[objective] }, explain));
  };
  const days = (place: number, say: (cell: Told) => string) => (model: CalendarModel) =>
    ofCells(layout, counts, model, 0, place, say);
  add(
    "focus",
    counts.alone + DAY.focus,
    days(
      DAY.focus,
      ({ who, day, units }) => `${lengthText(units * 60_000)} of ${who}'s hours on ${day} are no focus time.`,
    ),
  );
  add(
    "fragmentation",
    counts.alone + DAY.pieces,
    days(DAY.pieces, ({ who, day, units }) => `${who}'s free time on ${day} lies in pieces (${units / 1_000}).`),
  );
  add(
    "travel",
    counts.alone + DAY.ways,
    days(DAY.ways, ({ who, day, units }) => `${who} is on the way for ${lengthText(units * 60_000)} on ${day}.`),
  );
  add(
    "balance",
    counts.alone + DAY.load,
    days(DAY.load, ({ who, day }) => `${who} has things to do on ${day}.`),
  );
  add("preferences", ALONE.dislike, (model) =>
    ofThings(layout, counts, model, ALONE.dislike, (title) => `“${title}” might lie at hours that are liked more.`),
  );
  return [...rules, ...settingRules(layout, counts)];
}

/** Each setting of the catalogue as one constraint, called by its id; of several of one constraint the later ones have a number. */
function settingRules(layout: Layout, counts: Counts): Constraint<CalendarModel>[] {
  const times = new Map<string, number>();
  const headOf = ({ constraint: { id }, isHard, weight }: Setting): Head => {
    const time = (times.get(id) ?? 0) + 1;
    times.set(id, time);
    const name = `${nameOf(id)}${time === 1 ? "" : ` ${time}`}`;
    return isHard ? { name, level: "hard", weight } : { name, level: "soft", weight: weight * POINTS };
  };
  const rules = counts.settings.alone.map((setting, i) =>
    constraintAt(ALONE.settings + i, headOf(setting), (model) => breachesAlone(layout, setting, model)),
  );
  let at = counts.alone;
  for (const [sheet, { settings, from }] of counts.settings.sheets.entries()) {
    for (const [i, setting] of settings.entries()) {
      rules.push(
        constraintAt(at + from + i, headOf(setting), (model) =>
          breachesInCells(layout, counts, model, sheet, from + i, setting),
        ),
      );
    }
    at += counts.sheets[sheet]!.counts;
  }
  for (const setting of layout.plan.settings)
    if (setting.constraint.compares !== undefined) rules.push(groupConstraint(layout, setting, headOf(setting)));
  return rules;
}

const nameOf = (id: string): string => `rule ${id}`;

/** Whether a constraint of the solver is a setting of an entry of the catalogue. */
export const isSettingOf = (name: string, id: string): boolean =>
  name === nameOf(id) || name.startsWith(`${nameOf(id)} `);

type Head = Pick<Constraint<CalendarModel>, "name" | "level" | "weight">;

const constraintAt = (
  at: number,
  head: Head,
  explain: (model: CalendarModel) => Breach[],
): Constraint<CalendarModel> => ({
  ...head,
  on: (model) => ({
    full: () => model.full()[at]!,
    delta: (variable, _from, to) => model.change(variable, to)[at]!,
    explain: () => explain(model),
  }),
});

type Told = { readonly who: string; readonly day: string; readonly units: number };

function ofCells(
  layout: Layout,
  counts: Counts,
  model: CalendarModel,
  sheet: number,
  place: number,
  say: (cell: Told) => string,
): Breach[] {
  const { subjects, world } = layout.plan;
  const breaches: Breach[] = [];
  for (const { subject, cell, variables, units: all } of model.cells(sheet)) {
    const units = all[place]!;
    if (units === 0) continue;
    const ms = counts.sheets[sheet]!.frame.startsMs[cell]!;
    const day = dayText(Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(world.zone.id));
    breaches.push({ units, variables: [...variables], sentence: say({ who: subjects[subject]!.name, day, units }) });
  }
  return breaches;
}

function ofThings(
  { variables }: Layout,
  counts: Counts,
  { values }: CalendarModel,
  place: number,
  say: (title: string) => string,
): Breach[] {
  return variables.flatMap(({ thing }, variable) => {
    const units = counts.aloneAt(variable, values[variable]!)[place]!;
    return units === 0 ? [] : [{ units, variables: [variable], sentence: say(thing.title) }];
  });
}

/** What a setting breaks in each cell, told by the worst of its breaches that something may move out of. */
function breachesInCells(
  layout: Layout,
  counts: Counts,
  model: CalendarModel,
  sheet: number,
  place: number,
  setting: Setting,
): Breach[] {
  const { frame } = counts.sheets[sheet]!;
  const breaches: Breach[] = [];
  for (const { subject, cell, taken, variables, units: all } of model.cells(sheet)) {
    const units = all[place]!;
    if (units === 0) continue;
    const found = asked(layout, [setting], subject, taken, partOf(frame, cell))[0]!;
    const moving = new Set(taken.filter(({ isMoving }) => isMoving).map(({ occurrence }) => occurrence));
    const movable = found.filter(({ occurrences }) => occurrences.some((each) => moving.has(each)));
    breaches.push({
      units,
      variables: [...variables],
      sentence: sentenceOf(layout, setting, worstOf(movable.length === 0 ? found : movable)),
    });
  }
  return breaches;
}

function breachesAlone(layout: Layout, setting: Setting, { values }: CalendarModel): Breach[] {
  return layout.variables.flatMap((_, variable) => {
    const found = askedAlone(layout, [setting], variable, values[variable]!)[0]!;
    const units = wholeUnits(found);
    return units === 0 ? [] : [{ units, variables: [variable], sentence: sentenceOf(layout, setting, worstOf(found)) }];
  });
}

const worstOf = (breaches: readonly Found[]): Found =>
  breaches.reduce((worst, each) => (each.units > worst.units ? each : worst));

/** A breach in the words of its constraint. */
export function sentenceOf({ plan }: Layout, { constraint, collection }: Setting, breach: Found): string {
  const titles = new Map(plan.things.map(({ occurrence, title }) => [occurrence, title]));
  const calendar = collection === undefined ? undefined : plan.collections?.[collection];
  const said = constraint.explain(breach, {
    subject: plan.subjects[breach.subject]!.name,
    titleOf: (occurrence) => titles.get(occurrence) ?? "Something else",
    nameOf: (subject) =>
      plan.subjects[subject]?.name ?? plan.named?.[subject - plan.subjects.length] ?? "somebody else",
    zone: plan.world.zone.id,
  });
  return calendar === undefined ? said : `In “${calendar}”: ${said}`;
}
