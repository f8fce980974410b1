import type { Interval } from "@hourwright/time";
import type { Breach } from "../catalogue/constraint.ts";
import type { Traits } from "../catalogue/line.ts";

/** Somebody who is wanted, by their number in the scene. */
export type Guest = {
  readonly subject: number;
  /** A mask of `OWN` and `ATTENDS`. */
  readonly how: number;
  /** How much each hour of the week is liked, -100 to 100, from Monday 00:00 on: 168 numbers; null where nothing is known. */
  readonly likings: readonly number[] | null;
  /** The clocks that their likings are meant by and that they are told times by; the scene's zone where it is null. */
  readonly zone: string | null;
};

/** A room or thing that might do, by its number in the scene. */
export type Venue = { readonly subject: number; readonly places: number | null; readonly features: readonly string[] };

export type TimeWish = {
  readonly window: Interval;
  readonly lengthMs: number;
  /** Starts are looked at every so often, from midnight UTC on: `STEP_MIN_MS` to a day. */
  readonly stepMs: number;
  /** Starts and ends lie within these minutes of one day, 0 to 1440, by the clocks of the scene; all day long where it is left out. */
  readonly part?: { readonly from: number; readonly to: number };
  readonly required: readonly Guest[];
  readonly optional: readonly Guest[];
  /** One of these is wanted, with so many places and these features; null where no room is. */
  readonly room: {
    readonly among: readonly Venue[];
    readonly places: number;
    readonly features: readonly string[];
  } | null;
  /** What is planned: its event, whose takings in the scene give way to it where it is moved, and what constraints look at. */
  readonly event: number;
  readonly traits: Traits;
  /** How many times are wanted, 1 to `TIMES_MAX`. */
  readonly limit: number;
};

/** Why somebody or something is in the way of a time: the rule that would not hold, with its facts. */
export type Hindrance =
  | { readonly kind: "rule"; readonly subject: number; readonly breach: Breach }
  | { readonly kind: "room-places"; readonly subject: number; readonly places: number; readonly wanted: number }
  | { readonly kind: "room-features"; readonly subject: number; readonly missing: readonly string[] };

/** What speaks for a time or against it, as values. */
export type Reason =
  | { readonly kind: "everybody"; readonly count: number }
  | { readonly kind: "required-missing"; readonly subject: number; readonly hindrances: readonly Hindrance[] }
  | { readonly kind: "optional-missing"; readonly subject: number; readonly hindrances: readonly Hindrance[] }
  | { readonly kind: "room"; readonly subject: number }
  | { readonly kind: "no-room"; readonly hindrances: readonly Hindrance[] }
  | { readonly kind: "liked"; readonly liking: number }
  /** A soft rule that would not hold. */
  | { readonly kind: "cost"; readonly subject: number; readonly breach: Breach; readonly points: number };

export type FoundTime = {
  readonly startMs: number;
  readonly endMs: number;
  readonly requiredMissing: readonly number[];
  readonly optionalMissing: readonly number[];
  /** The room that would be taken; null where none is wanted, or none is free. */
  readonly room: number | null;
  /** How much those who are wanted like it, -100 to 100, on average; 0 where nothing is known. */
  readonly liking: number;
  /** What the soft rules weigh that it breaks for those who come, less what it mends. */
  readonly points: number;
  readonly reasons: readonly Reason[];
};

/** The one thing to give up that would make a time possible, and the best time then. */
export type Relaxation =
  | { readonly kind: "person"; readonly subject: number; readonly time: FoundTime }
  | { readonly kind: "room"; readonly time: FoundTime }
  | { readonly kind: "rule"; readonly constraint: string; readonly time: FoundTime };

export type FoundTimes = {
  /** Best first: fewest required missing, a room, fewest optional missing, cheapest by soft rules and likings, roundest, earliest. */
  readonly times: readonly FoundTime[];
  /** Whether some time has everybody who is required, and a room when one is wanted. */
  readonly isPossible: boolean;
  /** When nothing is possible: what to give up, the least first. */
  readonly relaxations: readonly Relaxation[];
  /** Starts that were looked at. */
  readonly starts: number;
};

export type TimeRefusal = {
  readonly code:
    | "nobody"
    | "guests"
    | "rooms"
    | "window"
    | "length"
    | "step"
    | "part"
    | "limit"
    | "starts"
    | "likings"
    | "zone";
  readonly sentence: string;
};

export const GUESTS_MAX = 1_000;
export const ROOMS_MAX = 1_000;
export const TIMES_MAX = 50;
/** A window is at most so long; farther ahead nobody's calendar says much. */
export const WINDOW_DAYS_MAX = 400;
/** Starts in one window. */
export const STARTS_MAX = 50_000;
export const STEP_MIN_MS = 5 * 60_000;
