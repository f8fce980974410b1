import type { Setting, Subject, Taken, Traits, World } from "@hourwright/conflict";
import type { Interval } from "@hourwright/time";

/** Somebody or something whose time is taken, by its place in `CalendarPlan.subjects`. */
export type PlannedSubject = Subject & {
  readonly name: string;
  /** Focus, pieces, ways, load and likings are counted for people alone. */
  readonly isPerson: boolean;
  /** How much each hour of the week is liked, -100 to 100, from Monday 00:00 on: 168 numbers; null where nothing is known. */
  readonly likings: readonly number[] | null;
};

/** Whom something takes, and how: a mask of `OWN`, `ATTENDS`, `NEEDS`. */
export type Take = { readonly subject: number; readonly how: number };

/** One of several that would do: a room, a car, somebody of a team. Where it is counts for the way, unless `site` is null. */
export type Choice = { readonly takes: readonly Take[]; readonly site: number | null };

/** Something that is planned and may be planned otherwise. */
export type PlannedThing = {
  /** Told apart from every other thing and fixed taking of the plan. */
  readonly occurrence: number;
  /** Those of one event never meet one another, as in `Takings`. */
  readonly event: number;
  readonly title: string;
  readonly traits: Traits;
  /** When it is now; it keeps its length, and moves by quarters of an hour. */
  readonly startMs: number;
  readonly endMs: number;
  /** Whom it takes wherever it goes. */
  readonly takes: readonly Take[];
  /** Of these it takes one beside; `choice` is the one it has now. Empty where there is nothing to choose (`choice` is 0 then). */
  readonly choices: readonly Choice[];
  readonly choice: number;
  /** It begins no earlier and ends no later than this; the window counts where they are null. What stands outside may stay. */
  readonly earliestMs: number | null;
  readonly latestMs: number | null;
  /** Stays, whatever it meets. */
  readonly isLocked: boolean;
};

/** One taking that stays: a claim of somebody whom nobody asks, or what is seen from outside. */
export type FixedTaking = Taken & { readonly subject: number };

/**
 * Calendars to be put in order: who is where in a window, and what of it may go elsewhere. `fixed` reaches past the window on both
 * sides as far as constraints do (a day, or to the end of the week); what lies farther away is not looked at.
 */
export type CalendarPlan = {
  /** What moves is in here, before and after; at most `DAYS_MAX` days long. */
  readonly window: Interval;
  /** The zone that days, weeks and likings are counted in, holidays, and the ways between places. */
  readonly world: World;
  readonly subjects: readonly PlannedSubject[];
  readonly things: readonly PlannedThing[];
  readonly fixed: readonly FixedTaking[];
  /** The constraints of the catalogue as they are set: none of them is left out. */
  readonly settings: readonly Setting[];
  /** Names of those whom settings name and who are no subjects: their numbers go on behind these. */
  readonly named?: readonly string[];
  /** What the collections are called that settings hold for, by their numbers. */
  readonly collections?: readonly string[];
  /** Free time counts as focus time from so many minutes on. */
  readonly focusMinutes: number;
};

/** Longest window, in days: a year and what a leap year and a long month add. */
export const DAYS_MAX = 400;
/** Subjects of one plan. Larger organisations are planned team by team: those who never meet need no common plan. */
export const SUBJECTS_MAX = 2_000;
export const THINGS_MAX = 5_000;
export const FIXED_MAX = 500_000;
/** Days × subjects: each is a place at which constraints count. */
export const CELLS_MAX = 200_000;
/** Quarters of an hour at which things might begin, all together: two seconds to look at, before a search has begun. */
export const QUARTERS_MAX = 20_000_000;
/** What may be chosen of for one thing, and whom one thing takes. */
export const CHOICES_MAX = 50;
export const TAKES_MAX = 200;
/** The longest thing that moves: a week. */
export const LENGTH_MAX_MS = 7 * 86_400_000;
/** The weight of a setting, in points a unit. */
export const SETTING_WEIGHT_MAX = 10_000;
