import type { Interval } from "@hourwright/time";
import type { Traits } from "@hourwright/conflict";
import type { CalendarPlan, FixedTaking, PlannedThing } from "@hourwright/solver/calendars";
import { openTimeFrom } from "../../claims/pure.ts";
import type { Book } from "../rules/book.ts";
import { namesOver, settingsOf } from "../rules/decide.ts";
import { collectionsOf, skillsOf, traitsOfTakers, worldOf } from "../rules/scene.ts";
import { keyOfDate, situationIn, type CommitmentDate, type Situation } from "../situation.ts";
import type { Likings } from "../answers/model.ts";

// Pure: what stands in calendars, as the solver plans it.

/** What may go elsewhere: a date, and what it is called. */
export type Movable = { readonly date: CommitmentDate; readonly title: string };

export type PlanInput = {
  /** `takenTexts` and `openTimeTexts` of claims, a week past the window on both sides. */
  readonly taken: readonly string[];
  readonly openTime: readonly string[];
  readonly book: Book;
  readonly movable: readonly Movable[];
  readonly window: Interval;
  readonly zone: string;
  readonly focusMinutes: number;
  readonly nowMs: number;
  readonly likings: Likings;
};

/**
 * A plan of all that stands on the lines of a book, in the order of its holders; what is not movable is fixed. `dates` are those
 * of its things, in their order.
 */
export function planOf(input: PlanInput): { readonly plan: CalendarPlan; readonly dates: readonly CommitmentDate[] } {
  const { book, window, zone, focusMinutes, nowMs } = input;
  const openTime = openTimeFrom(input.openTime);
  const situation = situationIn(input.taken);
  const numbers = new Map(book.holders.map(({ id }, number) => [id, number]));
  const movable = new Map(input.movable.map(({ date, title }) => [keyOfDate(date), title]));
  const siteOf = (subject: number): number | null => book.siteOf.get(book.holders[subject]!.id) ?? null;
  const things: PlannedThing[] = [];
  const dates: CommitmentDate[] = [];
  const fixed: FixedTaking[] = [];
  situation.dates.forEach((date, occurrence) => {
    const takes = takesOf(occurrence, situation, numbers);
    const title = movable.get(keyOfDate(date));
    const lying = collectionsOf(date, book);
    if (title === undefined || takes.length === 0)
      fixed.push(...fixedOf(occurrence, takes, traitsOfTakers(takes, siteOf, lying), situation));
    else {
      const { startMs, endMs } = date;
      const event = situation.index.takings.event[situation.rowsOf(occurrence)[0]!]!;
      // What lies outside somebody's hours was put there on purpose: a class in the evening, a match at the weekend.
      const isLocked = takes.some(({ subject }) => isOutside(openTime.get(book.holders[subject]!.id), date));
      const stays = { choices: [], choice: 0, isLocked, traits: traitsOfTakers(takes, siteOf, lying) };
      // Nothing goes into the past, and nothing out of the window.
      const bounds = { earliestMs: Math.max(window.startMs, nowMs), latestMs: window.endMs };
      dates.push(date);
      things.push({ occurrence, event, title, startMs, endMs, takes, ...stays, ...bounds });
    }
  });
  const { numberOf } = namesOver(book, book.holders);
  const plan: CalendarPlan = {
    window,
    world: worldOf(book, zone, nowMs),
    subjects: book.holders.map(({ id, name, kind, places, zone: own }) => ({
      name,
      isPerson: kind === "person",
      open: openTime.get(id) ?? null,
      skills: skillsOf({ id, zone: own }, book, numberOf),
      places,
      // The solver counts hours by the clocks of one zone.
      likings: id === input.likings.of && zone === input.likings.zone ? input.likings.hours : null,
    })),
    things,
    fixed,
    settings: settingsOf(book, book.holders).map((setting) => ({
      ...setting,
      weight: Math.max(1, Math.round(setting.weight)),
    })),
    named: book.named.map(({ name }) => name),
    collections: book.collections.map(({ name }) => name),
    focusMinutes,
  };
  return { plan, dates };
}

const isOutside = (open: readonly Interval[] | undefined, { startMs, endMs }: Interval): boolean =>
  open?.some((each) => each.startMs <= startMs && each.endMs >= endMs) === false;

function takesOf(
  occurrence: number,
  { index: { takings }, rowsOf, subjects }: Situation,
  numbers: ReadonlyMap<string, number>,
): PlannedThing["takes"] {
  return rowsOf(occurrence).flatMap((row) => {
    const subject = numbers.get(subjects[takings.subject[row]!]!);
    return subject === undefined ? [] : [{ subject, how: takings.how[row]! }];
  });
}

function fixedOf(
  occurrence: number,
  takes: PlannedThing["takes"],
  traits: Traits,
  { dates, index, rowsOf }: Situation,
): FixedTaking[] {
  const { startMs, endMs } = dates[occurrence]!;
  const event = index.takings.event[rowsOf(occurrence)[0]!]!;
  return takes.map(({ subject, how }) => ({ subject, occurrence, event, how, startMs, endMs, traits }));
}
