/** What a repair asks of those it concerns, each from 0, nothing, to 1, as much as it can be. */
export const COSTS = [
  "distance",
  "other day",
  "people",
  "length",
  "unloved hour",
  "focus",
  "load",
  "way",
  "other place",
] as const;
export type Cost = (typeof COSTS)[number];
export type Costs = Readonly<Record<Cost, number>>;

/** What is known of a repair that is offered. */
export type Offered = {
  /** How far it moves something on the clock of the day, and to how many days from its own. */
  readonly shiftMinutes: number;
  readonly days: number;
  /** Who is told. */
  readonly people: number;
  /** The part of its length that is lost, 0 to 1. */
  readonly lostPart: number;
  /** How well the new time suits whom it is offered to, 0 to 1 (`hourScoreOf`). */
  readonly hourScore: number;
  readonly focusLostMinutes: number;
  readonly loadAddedMinutes: number;
  readonly travelAddedMinutes: number;
  /** In another room or car, with somebody else, or on a screen. */
  readonly isElsewhere: boolean;
};

const SHIFT_MINUTES_MAX = 480;
const DAYS_MAX = 14;
const PEOPLE_MAX = 20;
const MINUTES_MAX = 120;

/** The costs of an offer. What is no number costs nothing. */
export function costsOf(offered: Offered): Costs {
  return {
    distance: part(Math.abs(offered.shiftMinutes), SHIFT_MINUTES_MAX),
    // One day away is most of the trouble; a fortnight is the whole.
    "other day": Math.sqrt(part(Math.abs(offered.days), DAYS_MAX)),
    people: Math.sqrt(part(offered.people, PEOPLE_MAX)),
    length: part(offered.lostPart, 1),
    "unloved hour": 1 - part(offered.hourScore, 1),
    focus: part(offered.focusLostMinutes, MINUTES_MAX),
    load: part(offered.loadAddedMinutes, MINUTES_MAX),
    way: part(offered.travelAddedMinutes, MINUTES_MAX),
    "other place": offered.isElsewhere ? 1 : 0,
  };
}

const part = (value: number, most: number): number =>
  Number.isNaN(value) ? 0 : Math.min(1, Math.max(0, value / most));
