import { DAY_MS } from "@hourwright/time";
import { ALTERNATIVES_MAX, type CalendarRefusal, type OptimiseOptions } from "./answer.ts";
import { WEEK_HOURS } from "@hourwright/conflict";
import { OBJECTIVE_IDS, OBJECTIVE_WEIGHT_MAX } from "./objective.ts";
import {
  CELLS_MAX,
  CHOICES_MAX,
  DAYS_MAX,
  FIXED_MAX,
  LENGTH_MAX_MS,
  QUARTERS_MAX,
  SETTING_WEIGHT_MAX,
  SUBJECTS_MAX,
  TAKES_MAX,
  THINGS_MAX,
  type CalendarPlan,
  type PlannedThing,
} from "./plan.ts";
import { RASTER_MS } from "./starts.ts";

const refused = (code: CalendarRefusal["code"], sentence: string): CalendarRefusal => ({ code, sentence });

/** Why nothing can be planned of this; null when it can. What is asked first, then the plan, each with the bound it passes. */
export function planRefusal(
  plan: CalendarPlan,
  options: Pick<OptimiseOptions, "objectives" | "weights" | "alternatives">,
): CalendarRefusal | null {
  return refusalOfWish(options) ?? refusalOfSize(plan) ?? refusalOfParts(plan);
}

function refusalOfWish({
  objectives,
  weights = {},
  alternatives = 0,
}: Pick<OptimiseOptions, "objectives" | "weights" | "alternatives">): CalendarRefusal | null {
  if (objectives.length === 0)
    return refused("no-objectives", `Say what to improve: one at least of ${OBJECTIVE_IDS.join(", ")}.`);
  const known = new Set<string>(OBJECTIVE_IDS);
  const unknown = [...objectives, ...Object.keys(weights)].find((id) => !known.has(id));
  if (unknown !== undefined)
    return refused("unknown-objective", `There is no objective “${unknown}”; there are ${OBJECTIVE_IDS.join(", ")}.`);
  for (const [id, weight] of Object.entries(weights)) {
    if (!Number.isInteger(weight) || weight < 1 || weight > OBJECTIVE_WEIGHT_MAX)
      return refused(
        "objective-weight",
        `The weight of ${id} is a whole number from 1 to ${OBJECTIVE_WEIGHT_MAX}, not ${weight}.`,
      );
  }
  return Number.isInteger(alternatives) && alternatives >= 0 && alternatives <= ALTERNATIVES_MAX
    ? null
    : refused("alternatives", `0 to ${ALTERNATIVES_MAX} alternatives are looked for, not ${alternatives}.`);
}

function refusalOfSize({ window, subjects, things, fixed }: CalendarPlan): CalendarRefusal | null {
  const days = (window.endMs - window.startMs) / DAY_MS;
  if (!(days > 0 && days <= DAYS_MAX))
    return refused("window", `A window is longer than nothing and at most ${DAYS_MAX} days, not ${Math.round(days)}.`);
  if (!subjects.some(({ isPerson }) => isPerson)) return refused("no-people", "There is nobody to plan for.");
  if (subjects.length > SUBJECTS_MAX)
    return refused(
      "subjects",
      `At most ${SUBJECTS_MAX} people and things are planned at once, not ${subjects.length}.`,
    );
  if (things.length > THINGS_MAX)
    return refused("things", `At most ${THINGS_MAX} things are planned at once, not ${things.length}.`);
  if (fixed.length > FIXED_MAX)
    return refused("fixed", `At most ${FIXED_MAX} takings stand around what is planned, not ${fixed.length}.`);
  const cells = subjects.length * Math.ceil(days);
  if (cells > CELLS_MAX)
    return refused(
      "cells",
      `People and things × days are at most ${CELLS_MAX}, not ${cells}: plan fewer or a shorter time.`,
    );
  const quarters = quartersOf(window, things);
  if (quarters > QUARTERS_MAX)
    return refused(
      "quarters",
      `Things might begin at ${QUARTERS_MAX} quarters of an hour all together, not ${quarters}: bound them by earliest and latest times, or plan a shorter time.`,
    );
  return things.some(({ isLocked }) => !isLocked)
    ? null
    : refused("nothing-movable", "Nothing may move: everything is locked, or there is nothing.");
}

/** How many starts there are to look at. */
const quartersOf = (window: CalendarPlan["window"], things: readonly PlannedThing[]): number =>
  things
    .filter(({ isLocked }) => !isLocked)
    .reduce((sum, { earliestMs, latestMs }) => {
      const fromMs = Math.max(window.startMs, earliestMs ?? -Infinity);
      return sum + Math.max(0, Math.ceil((Math.min(window.endMs, latestMs ?? Infinity) - fromMs) / RASTER_MS));
    }, 0);

function refusalOfParts({ window, subjects, things, fixed, settings }: CalendarPlan): CalendarRefusal | null {
  for (const { constraint, weight } of settings) {
    if (!Number.isInteger(weight) || weight < 1 || weight > SETTING_WEIGHT_MAX)
      return refused(
        "setting-weight",
        `The weight of “${constraint.title}” is a whole number from 1 to ${SETTING_WEIGHT_MAX}, not ${weight}.`,
      );
  }
  for (const { name, likings } of subjects) {
    if (likings === null) continue;
    if (likings.length !== WEEK_HOURS || likings.some((each) => !(each >= -100 && each <= 100)))
      return refused("likings", `${name}'s likings are ${WEEK_HOURS} numbers from -100 to 100.`);
  }
  const occurrences = new Set(fixed.map(({ occurrence }) => occurrence));
  for (const thing of things) {
    const sentence =
      wrongThing(thing, window, subjects.length) ??
      (occurrences.has(thing.occurrence) ? `“${thing.title}” is there twice.` : null);
    if (sentence !== null) return refused("thing", sentence);
    occurrences.add(thing.occurrence);
  }
  const stray = fixed.find(({ subject }) => !(subject in subjects));
  return stray === undefined ? null : refused("fixed", `A taking is of number ${stray.subject}, and nobody is.`);
}

function wrongThing(
  { title, startMs, endMs, takes, choices, choice, isLocked }: PlannedThing,
  window: CalendarPlan["window"],
  subjects: number,
): string | null {
  if (!(startMs < endMs)) return `“${title}” takes no time.`;
  if (isLocked) return null;
  if (endMs - startMs > LENGTH_MAX_MS)
    return `“${title}” is longer than ${LENGTH_MAX_MS / DAY_MS} days and cannot move.`;
  if (startMs < window.startMs || startMs >= window.endMs) return `“${title}” does not begin in the window.`;
  if (choices.length > CHOICES_MAX)
    return `“${title}” has ${choices.length} choices; at most ${CHOICES_MAX} are looked at.`;
  if (choice !== 0 && !(choice in choices)) return `“${title}” has no choice ${choice}.`;
  const all = [takes, ...choices.map((each) => each.takes)];
  if (all.some((each) => each.length > TAKES_MAX)) return `“${title}” takes more than ${TAKES_MAX} at once.`;
  return all.flat().every(({ subject }) => subject >= 0 && subject < subjects)
    ? null
    : `“${title}” takes somebody who is not there.`;
}
