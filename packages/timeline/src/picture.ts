import type { Occupancy } from "./occupancy.ts";
import type { MinuteSpan, Span } from "./packing.ts";
import type { Glyph } from "./paint.ts";
import type { Scale, YearShape } from "./scale.ts";

/** What can be shown and hidden, in the order of their keys. Hiding one never moves another. */
export const LAYERS = ["events", "conflicts", "capacity", "focus", "team"] as const;
export type Layer = (typeof LAYERS)[number];

/** A bar of whole days, in days of the year; it may begin before the year and end after it. */
export type Bar = Span & {
  readonly title: string;
  readonly hue: number;
  /** `leave` is hatched and grey whatever its hue; `tentative` is a dashed outline. */
  readonly tone: "plain" | "leave" | "tentative";
};

/** A timed event on one day of the year, for the lens; one over midnight is a block on each of its days. */
export type Block = MinuteSpan & {
  readonly day: number;
  readonly title: string;
  readonly hue: number;
  readonly tone: "plain" | "leave" | "tentative";
};

/** How loaded a day is: `part` of its open time, 0 to 1, and the level that this is. */
export type Ribbon = { readonly part: number; readonly level: "open" | "steady" | "full" | "over" };

/** Everything that the rows of a year show. Tables are over the days of the year. */
export type YearPicture = {
  readonly shape: YearShape;
  readonly scale: Scale;
  readonly layers: ReadonlySet<Layer>;
  readonly weekend: ReadonlySet<number>;
  /** The day of the year that is today, or null in another year; days before `pastBefore` are past. */
  readonly today: number | null;
  readonly pastBefore: number;
  readonly bars: readonly Bar[];
  /** The timed events of a day, for the lens; asked only of the month under it. */
  readonly blocksOn: (day: number) => readonly Block[];
  readonly busy: Occupancy;
  /** The hue of each owner in `busy`. */
  readonly hues: Int16Array;
  /** Minutes in which a person is booked twice, and those in which a room or thing is: hatched, and outlined. */
  readonly clash: Occupancy;
  readonly outlined: Occupancy;
  /** Focus time of one person, and time in which everybody shown is free; null when not known. */
  readonly focus: Occupancy | null;
  readonly team: Occupancy | null;
  /** The load of each day; null where nobody may be claimed, or nothing is known. */
  readonly ribbons: readonly (Ribbon | null)[];
  /** What of the grid's start is panned out of sight, CSS px: labels begin behind it. */
  readonly hiddenStart: number;
  /** The most severe conflict of each day. */
  readonly glyphs: readonly (Glyph | null)[];
};

export const PAST_BAR_ALPHA = 0.78; // The least that keeps labels at 4.5 : 1 in the light theme.
export const PAST_TICK_ALPHA = 0.62;
