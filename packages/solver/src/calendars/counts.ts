import { Lru } from "@hourwright/std";
import { likingOf, within, type Setting } from "@hourwright/conflict";
import { DAY_MS, intersect, type Interval } from "@hourwright/time";
import { askedAlone, catalogueJudge, partOf, sortedByReach, wholeUnits } from "./catalogue.ts";
import { measureDay, type DayMeasure, type Placed } from "./day.ts";
import { frameOf, type Frame } from "./frame.ts";
import { startMsOf, type Layout } from "./layout.ts";

import { countSheet, sheetOf, type Counted, type Judge, type Sheet } from "./sheet.ts";

/**
 * All that is counted about a plan, in one list: what each thing counts by itself, then what the cells of each sheet do. Constraints
 * are places in it.
 */
export type Counts = {
  readonly size: number;
  /** How many of them things count by themselves: likings, staying, then `settings.alone`. */
  readonly alone: number;
  aloneAt(variable: number, value: number): readonly number[];
  /** Days first, always; then what looks back, and weeks, where settings ask for them. */
  readonly sheets: readonly Sheet[];
  /** Every cell of each sheet at some values, counted from the beginning; some plans are remembered. */
  cellsAt(values: Int32Array): readonly (readonly Counted[])[];
  readonly settings: {
    readonly alone: readonly Setting[];
    /** The settings of each sheet, and at which of its counts they begin. */
    readonly sheets: readonly { readonly settings: readonly Setting[]; readonly from: number }[];
  };
};

/** The counts of a thing by itself, and of a day, that come before those of settings. */
export const ALONE = { dislike: 0, moved: 1, settings: 2 } as const;
export const DAY = { shared: 0, focus: 1, pieces: 2, ways: 3, load: 4, settings: 5 } as const;

export function countsOf(layout: Layout): Counts {
  const { plan, span } = layout;
  const sorted = sortedByReach(plan.settings);
  const days = frameOf("day", span, 0, plan.world);
  const judge = dayJudge(layout, days, sorted.day);
  const sheets: Sheet[] = [sheetOf(layout, days, DAY.settings + sorted.day.length, judge)];
  const ofSheets = [{ settings: sorted.day, from: DAY.settings as number }];
  const more: [readonly Setting[], "day" | "week", number][] = [
    [sorted.after, "day", sorted.backMs],
    [sorted.week, "week", 0],
  ];
  for (const [settings, length, backMs] of more) {
    if (settings.length === 0) continue;
    const frame = frameOf(length, span, backMs, plan.world);
    sheets.push(sheetOf(layout, frame, settings.length, catalogueJudge(layout, frame, settings, 0)));
    ofSheets.push({ settings, from: 0 });
  }
  const alone = ALONE.settings + sorted.alone.length;
  return {
    size: alone + sheets.reduce((sum, { counts }) => sum + counts, 0),
    alone,
    aloneAt: remembered(layout, (variable, value) => [
      dislikeOf(layout, variable, value),
      movedBy(layout, variable, value),
      ...askedAlone(layout, sorted.alone, variable, value).map(wholeUnits),
    ]),
    sheets,
    cellsAt: plansRemembered((values) => sheets.map((sheet) => countSheet(layout, sheet, values))),
    settings: { alone: sorted.alone, sheets: ofSheets },
  };
}

/** What is counted of a day, beside settings. Focus, pieces, ways and load are people's. */
function dayJudge(layout: Layout, frame: Frame, settings: readonly Setting[]): Judge {
  const judgeSettings = catalogueJudge(layout, frame, settings, DAY.settings);
  const measure = dayMeasurer(layout, frame);
  return (place, taken, units) => {
    const day = measure(place.subject, place.cell, taken);
    units[DAY.shared] = Math.ceil(day.sharedMinutes);
    if (layout.plan.subjects[place.subject]!.isPerson) {
      units[DAY.focus] = Math.round(day.openMinutes - day.focusMinutes);
      units[DAY.pieces] = Math.round(day.pieces * PIECES_UNITS);
      units[DAY.ways] = Math.ceil(day.wayMinutes);
      units[DAY.load] = loadOf(day);
    }
    judgeSettings(place, taken, units);
  };
}

/** The index of pieces is counted in thousandths. */
const PIECES_UNITS = 1_000;

/** Minutes taken × the share of the day they are: the sum is least where all shares are equal. A day without hours counts as one of eight. */
const loadOf = ({ takenMinutes, openMinutes }: DayMeasure): number =>
  Math.round((takenMinutes * takenMinutes) / (openMinutes === 0 ? 480 : openMinutes));

/** Measures days of subjects; their hours are cut to days once. */
export function dayMeasurer(
  { plan }: Layout,
  frame: Frame,
): (subject: number, cell: number, taken: readonly Placed[]) => DayMeasure {
  const options = { focusMinutes: plan.focusMinutes, travelMs: plan.world.travelMs };
  const cut = new Map<number, readonly Interval[]>();
  return (subject, cell, taken) => {
    const day = partOf(frame, cell);
    const at = subject * frame.cells + cell;
    let open = cut.get(at);
    if (open === undefined) {
      const all = plan.subjects[subject]!.open;
      cut.set(at, (open = all === null ? [] : intersect([...within(all, day)], [day])));
    }
    return measureDay(day, taken, open, options);
  };
}

/** How much people dislike the hours of a thing, for each hour of it: 0 to 200 a person. */
function dislikeOf({ plan, variables }: Layout, variable: number, value: number): number {
  const movable = variables[variable]!;
  const startMs = startMsOf(movable, value);
  const span = { startMs, endMs: startMs + movable.lengthMs };
  let units = 0;
  for (const { subject } of movable.takes[value % movable.choices]!) {
    const { likings } = plan.subjects[subject]!;
    if (likings !== null) units += (100 - likingOf(likings, span, plan.world.zone)) * (movable.lengthMs / 3_600_000);
  }
  return Math.round(units);
}

/** What moving counts: another choice, another time, and each day that it is away, up to so many. */
const MOVED = { choice: 5, time: 10, daysMax: 10 };

/** 0 for what stays. */
function movedBy({ variables, start }: Layout, variable: number, value: number): number {
  const [movable, from] = [variables[variable]!, start[variable]!];
  const ms = Math.abs(startMsOf(movable, value) - startMsOf(movable, from));
  const choice = value % movable.choices === from % movable.choices ? 0 : MOVED.choice;
  return choice + (ms === 0 ? 0 : MOVED.time + Math.min(MOVED.daysMax, Math.round(ms / DAY_MS)));
}

/** A plan is counted when it is found, again when it is made fit, and again when it is told: a few are kept. */
const PLANS_KEPT_MAX = 6;

function plansRemembered<Counted>(count: (values: Int32Array) => Counted): (values: Int32Array) => Counted {
  const kept = new Lru<string, Counted>(PLANS_KEPT_MAX);
  return (values) => {
    const key = values.join(" ");
    const known = kept.get(key);
    if (known !== undefined) return known;
    const counted = count(values);
    kept.set(key, counted);
    return counted;
  };
}

/** Counts of values that were asked about, kept: at most `VALUES_KEPT_MAX`, then anew. */
const VALUES_KEPT_MAX = 500_000;

function remembered(
  { variables }: Layout,
  count: (variable: number, value: number) => readonly number[],
): (variable: number, value: number) => readonly number[] {
  const known: (readonly number[] | undefined)[][] = variables.map(() => []);
  let kept = 0;
  return (variable, value) => {
    const own = known[variable]!;
    const counted = own[value];
    if (counted !== undefined) return counted;
    if (++kept > VALUES_KEPT_MAX) {
      for (const each of known) each.length = 0;
      kept = 1;
    }
    return (own[value] = count(variable, value));
  };
}
