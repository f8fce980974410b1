import type { Rule } from "@hourwright/time";

// The words of a plan. Days are days of the epoch, minutes are minutes of a day on the wall; people and things are told
// by their names, which are unique: ids and addresses belong to the store.

/** A weekly pattern: ISO weekdays with opening and closing minute. */
export type Week = readonly { readonly weekday: number; readonly opensMinute: number; readonly closesMinute: number }[];

export type Person = {
  readonly name: string;
  readonly email: string;
  readonly zone?: string;
  /** Working hours of their own; the organisation's otherwise. */
  readonly week?: Week;
};

export type Team = { readonly name: string; readonly parent: string | null; readonly members: readonly Person[] };

export type Thing = {
  readonly name: string;
  readonly kind: "room" | "vehicle";
  readonly capacity: number;
  readonly site: string;
};

/** A calendar of the organisation, for everyone to read. */
export type SharedCalendar = {
  readonly name: string;
  readonly colour: number;
  readonly category: "programme" | "fixture" | "booking" | "leave" | "admin" | "facility";
};

/** When in a year something lies: a weekday of a numbered week (ISO 8601), or days after Easter Sunday. */
export type Anchor = { readonly week: number; readonly weekday: number } | { readonly easter: number };

/** What lasts whole days: camps, leave, works, weekends of the league. */
export type Span = {
  readonly title: string;
  readonly calendar: string;
  readonly on: Anchor;
  readonly days: number;
  /** Whom it is about. Their time is not taken: it has no hours. */
  readonly people?: readonly string[];
  /** They are away: nothing is planned with them meanwhile. */
  readonly isLeave?: true;
  /** What cannot be used meanwhile. */
  readonly closes?: readonly string[];
  readonly status?: "TENTATIVE";
};

export type Season = "year" | "spring" | "summer" | "autumn";

/** What happens again and again. The first of `people` leads it; two of them want each other. */
export type Rhythm = {
  readonly title: string;
  readonly calendar: string;
  /** An RRULE without its end, which is the season's. */
  readonly rule: string;
  readonly at: string;
  readonly minutes: number;
  /** One series for each. */
  readonly seasons: readonly Season[];
  /** Not in the breaks of a term. */
  readonly termsOnly?: true;
  readonly people?: readonly string[];
  readonly things?: readonly string[];
  readonly location?: string;
  /** Who leads it while the first is away. */
  readonly standIn?: string;
  /** Where it goes when its room cannot be used. */
  readonly elsewhere?: string;
  /** What its occurrences are called, in order, each an override; the title when there are no more. */
  readonly rounds?: readonly string[];
};

/** A list to draw one from. */
export type Pool = readonly string[];

/** A kind of booking. `{word}` in a title is drawn from the organisation's words of that name. */
export type Booking = {
  readonly title: string;
  /** A calendar of the organisation, or "own": that of the first person drawn. */
  readonly calendar: string;
  readonly minutes: readonly number[];
  /** One is drawn from each. */
  readonly people: readonly Pool[];
  readonly things: readonly Pool[];
  readonly opens: string;
  readonly closes: string;
  readonly weekdays: readonly number[];
  /** For how many weeks it is booked at once; one when left out. */
  readonly weeks?: readonly number[];
  /** How often, compared with others. */
  readonly weight: number;
};

/** A kind of booking that is made from memory, without looking: somebody or something in `taken` is busy then. */
export type HastyBooking = {
  readonly title: string;
  readonly calendar: string;
  readonly minutes: readonly number[];
  readonly taken: Pool;
  /** The other things that it needs, and which are free: one is drawn from each. */
  readonly things: readonly Pool[];
  readonly weight: number;
};

/** Everything by which an organisation is told apart from another. */
export type Tables = {
  readonly slug: string;
  readonly name: string;
  readonly zone: string;
  readonly domain: string;
  readonly teams: readonly Team[];
  /** The people whose time its accounts see first; everybody's when left out. */
  readonly shownFirst?: readonly string[];
  readonly things: readonly Thing[];
  readonly calendars: readonly SharedCalendar[];
  readonly week: Week;
  /** The calendar that says when the house is closed; null where another's says so. */
  readonly closuresIn: string | null;
  /** Names of holidays that are too long for a cell. */
  readonly shortNames: Readonly<Record<string, string>>;
  readonly seasons: Readonly<Record<Exclude<Season, "year">, { readonly fromWeek: number; readonly toWeek: number }>>;
  /** Numbered weeks without lessons; the week before Easter is always one. */
  readonly breakWeeks: readonly number[];
  readonly spans: readonly Span[];
  readonly rhythms: readonly Rhythm[];
  readonly bookings: readonly Booking[];
  readonly hasty: readonly HastyBooking[];
  readonly words: Readonly<Record<string, Pool>>;
  /** Events with hours on a day of full load, Monday to Sunday. */
  readonly perWeekday: readonly number[];
  /** What every working day has, however quiet. */
  readonly workingDayAtLeast: number;
  /** Share of the full load, January to December. */
  readonly loadPerMonth: readonly number[];
  /** Bookings made in haste, January to December: on average. */
  readonly hastyPerMonth: readonly number[];
};

/** Hours of one day, or whole days. */
export type Hours = { readonly day: number; readonly fromMinute: number; readonly minutes: number };
export type WholeDays = { readonly day: number; readonly days: number };

/** What one occurrence has of its own. */
export type Override = {
  /** The day that its series gives it. */
  readonly day: number;
  readonly title?: string;
  readonly fromMinute?: number;
  /** The first of them leads. */
  readonly people?: readonly string[];
  readonly things?: readonly string[];
  readonly location?: string;
};

/** An event of the plan: what will be a calendar object. */
export type PlannedEvent = {
  readonly uid: string;
  /** A calendar of the organisation, or a person's own by their name. */
  readonly calendar: string;
  readonly title: string;
  readonly when: Hours | WholeDays;
  /** Who asks the others to come; null when nobody in particular does. */
  readonly leader: string | null;
  readonly people: readonly string[];
  readonly things: readonly string[];
  readonly location: string | null;
  readonly status: "CONFIRMED" | "TENTATIVE";
  readonly series: {
    readonly rule: Rule;
    readonly lastDay: number;
    /** Dates that take place. */
    readonly count: number;
    readonly excluded: readonly number[];
    readonly overrides: readonly Override[];
  } | null;
};

/** Who is invited: not the owner of the calendar it lies in, whose time it takes anyway. */
export const guestsIn = (calendar: string, people: readonly string[]): readonly string[] =>
  people.filter((name) => name !== calendar);

export const isWholeDays = (when: Hours | WholeDays): when is WholeDays => "days" in when;
