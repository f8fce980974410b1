import type { Interval, Zone } from "@hourwright/time";
import type { Severity } from "../kinds.ts";
import type { Line, Taken } from "./line.ts";

/** What a parameter is measured in. A time of day counts minutes from midnight; a share is 0 to 1. */
export type Unit = "minutes" | "hours" | "days" | "weeks" | "times" | "share" | "time of day" | "km/h" | "level";

/** One number that administrators may set: within bounds, both of them allowed. */
export type Parameter = {
  readonly unit: Unit;
  readonly from: number;
  readonly to: number;
  readonly preset: number;
  readonly says: string;
};

/**
 * Whom or what a rule of a constraint names beside its numbers, and what they are to it: one at least. With `optionalFor` only rules of
 * these scopes name some, or none.
 */
export type Named = {
  readonly of: Concern | "skills";
  readonly says: string;
  readonly optionalFor?: readonly Scope[];
  /** How many at most; as many as one likes where it is left out. Rules that name one each stand beside each other. */
  readonly most?: 1;
};

export type Values<Name extends string = string> = Readonly<Record<Name, number>>;

/** Whose line it is judged on: people have lunch, rooms have places. */
export type Concern = "people" | "things";

/**
 * For whom a constraint may be set. Of the organisation, a team and a person the narrowest that is set counts. A calendar, or a
 * service, is a *collection*: what lies in it is judged as if nothing else stood, beside whatever else is set.
 */
export type Scope = "organisation" | "team" | "person" | "calendar" | "service";

/**
 * How far from a change a breach may come or go: on the spot; so many milliseconds after it; in its days, its weeks, or its stretches
 * of so many weeks, as the zone has them.
 */
export type Reach = "spot" | "day" | "week" | { readonly afterMs: number } | { readonly weeks: number };

/** What the constraints of one organisation are judged by, beside who is where. */
export type World = {
  readonly zone: Zone;
  /** 1 to 7. */
  readonly firstWeekday: number;
  readonly nowMs: number;
  /** Days on which nobody works, as epoch days. */
  readonly holidays: ReadonlySet<number>;
  /** How long the way from one place to another takes, by their numbers, at a speed of a car in town unless said. */
  readonly travelMs: (from: number, to: number, speedKmh?: number) => number;
};

/**
 * One place where a constraint does not hold, on one subject's line. `startMs` is where it lies (the anchor), `units` by how much,
 * in the unit of its weight: minutes or times. `facts` are what its sentence is made of.
 */
export type Breach = {
  readonly constraint: string;
  /** The name of the setting that it breaks, where that has one. */
  readonly setting?: string;
  readonly subject: number;
  /** What takes part in it, by occurrence, ascending. */
  readonly occurrences: readonly number[];
  readonly startMs: number;
  readonly endMs: number;
  readonly units: number;
  /** The same before it was rounded, where units are: what is worse by less than one is worse. */
  readonly excess?: number;
  readonly facts: Values;
  /** Others whom its sentence names, by their numbers; none where it is left out. */
  readonly others?: readonly number[];
};

/** What a sentence about a breach may name. */
export type Telling = {
  readonly subject: string;
  /** Null where whoever is told may not know it. */
  readonly titleOf: (occurrence: number) => string | null;
  /** Names others; somebody else where it is left out. */
  readonly nameOf?: (subject: number) => string;
  readonly zone: string;
};

/** Where breaches are put while a line is read. */
export type Report = (breach: Omit<Breach, "constraint" | "setting" | "subject">) => void;

/** What somebody has in a stretch of time: how much, in the unit of the constraint's weight, and by which occurrences. */
export type Share = { readonly amount: number; readonly occurrences: readonly number[] };

/**
 * What a constraint compares that judges a group as one: in each stretch of `weeks` weeks what everybody of it has, and whether somebody
 * has `above` more than all have on average; these are its two parameters. Who has no hours in a stretch is not counted in the average.
 */
export type Comparison = {
  /** How many units of its weight one of `above` is. */
  readonly scale: number;
  /** What some takings are, that touch a stretch, in order of their start. */
  readonly shareOf: (taken: readonly Taken[], stretch: Interval) => Share;
};

/** One rule of the catalogue: declared once, and asked by every check, search, repair and plan. */
export type Constraint<Name extends string = string> = {
  readonly id: string;
  readonly title: string;
  /** The rule in a few words, for the end of a sentence. */
  readonly rule: string;
  /** Whether it is hard when nothing else is set; and what one unit weighs when it is soft. */
  readonly isHard: boolean;
  readonly weight: number;
  readonly severity: Severity;
  readonly concerns: readonly Concern[];
  /** None: no rule is made of it; overlap policies say it, or nothing is known of what it judges. */
  readonly scopes: readonly Scope[];
  readonly parameters: Readonly<Record<Name, Parameter>>;
  /** Only of a constraint whose rules name somebody or something. */
  readonly names?: Named;
  /** `wish`: judged when something is written, and never again, since time alone would break it. */
  readonly judges: "plan" | "wish";
  readonly reach: (values: Values<Name>) => Reach;
  /** Only of a constraint that judges a group as one: then `find` has nothing to say of a line alone. */
  readonly compares?: Comparison;
  /** Reports every breach whose anchor lies in `part`; the line reaches farther than `part` by the reach, on both sides. */
  readonly find: (
    line: Line,
    part: Interval,
    values: Values<Name>,
    world: World,
    report: Report,
    named: ReadonlySet<number>,
  ) => void;
  /** Why it does not hold, from the facts: one sentence. */
  readonly explain: (breach: Breach, telling: Telling) => string;
  readonly examples: readonly [kept: Example, broken: Example];
};

/** One taking in an example: whose, when on a Monday, and what else matters. */
export type ExampleTaking = {
  /** Of which line, where it is not the subject's own. */
  readonly of?: number;
  /** Minutes of the Monday; beyond 1,440 it is Tuesday. */
  readonly from: number;
  readonly to: number;
  readonly site?: number;
  readonly isFocus?: boolean;
  readonly guests?: number;
  /** Who takes part beside the subject, who is 0, and in which rooms. */
  readonly people?: readonly number[];
  readonly things?: readonly number[];
  readonly collections?: readonly number[];
};

/**
 * A worked example: what is there, and what somebody wishes to add. The constraint keeps quiet about the one and not about the
 * other, in the check of a write, the search for a time, a repair and a plan alike.
 */
export type Example = {
  readonly says: string;
  readonly there: readonly ExampleTaking[];
  readonly wish: ExampleTaking;
  /** Minutes of the Monday in which the subject may be taken; from 480 to 1,020 unless said. */
  readonly open?: readonly (readonly [number, number])[];
  readonly isHoliday?: boolean;
  /** Now, in minutes of the Monday; long before unless said. */
  readonly now?: number;
  readonly values?: Values;
  /** Whom or what the rule names, by number. */
  readonly named?: readonly number[];
};
