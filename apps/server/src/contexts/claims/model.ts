/** What happens when time is taken twice: refused, refused unless insisted on, accepted, or only watched. */
export type OverlapPolicy = "forbid" | "warn" | "allow" | "observe";

/** The contexts that take time. */
export type Source = "calendars" | "bookings" | "workforce";

/** Where a claim comes from: the context that owns the commitment, and its name there. */
export type CommitmentKey = {
  readonly source: Source;
  /** In calendars: the UID. In bookings: the session, which is the first booking that asked for it. In workforce: the person and the month. */
  readonly id: string;
};

/** The taking of one subject for one stretch of time, as its owner wants it. Half-open, epoch milliseconds. */
export type Stretch = {
  readonly subjectId: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly bufferBeforeMs: number;
  readonly bufferAfterMs: number;
  readonly policy: OverlapPolicy;
  readonly role: "owner" | "participant" | "resource";
  /** Invited to it, whoever's calendar it lies in. */
  readonly attends: boolean;
  /** Which date of a series; empty for what happens once. */
  readonly occurrence: string;
  readonly label: string;
  readonly places: number;
  readonly site: string | null;
  readonly wallStart: string | null;
  readonly zone: string | null;
  /** A hold ends by itself; null for what stays. */
  readonly expiresAtMs: number | null;
};

/** A commitment with all the time it wants: what it has now and does not want is given back. */
export type Commitment = CommitmentKey & {
  readonly stretches: readonly Stretch[];
  readonly batch: string | null;
  /** In which collections of its owner it lies, and will lie: opaque here, and told to who judges. Left out where nobody does. */
  readonly collections?: Lying;
};

/** Ids of collections, before a write and after it. */
export type Lying = { readonly was: readonly string[]; readonly will: readonly string[] };

/** A claim as it stands on a timeline. */
export type StandingClaim = {
  readonly id: number;
  readonly track: number;
  readonly subjectId: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly guardStartMs: number;
  readonly guardEndMs: number;
  readonly status: "held" | "confirmed" | "contested";
  readonly policy: OverlapPolicy;
  readonly role: "owner" | "participant" | "resource";
  readonly attends: boolean;
  readonly source: Source;
  readonly commitment: string;
  readonly occurrence: string;
  readonly label: string;
};

/** One wanted stretch that meets a standing claim on the same timeline. */
export type Clash = { readonly wanted: Stretch; readonly standing: StandingClaim };

/** A date that shared time on a timeline with a date of another commitment: `occurrence` beside `theirs`. */
export type Beside = CommitmentKey & {
  readonly subjectId: string;
  readonly occurrence: string;
  readonly theirs: string;
};

/**
 * What a write changes on the timelines it touches: dates that take anybody else, or take them at another time, whole; all dates of what
 * lies elsewhere now.
 */
export type LineChange = {
  /** By commitment. */
  readonly collections: ReadonlyMap<string, Lying>;
  readonly gone: readonly StandingClaim[];
  /** `isNew`: the subject's time was not taken by it before. */
  readonly come: readonly (Stretch & CommitmentKey & { readonly isNew: boolean })[];
};

/** A rule that a write would break, or break more than before. */
export type Broken = {
  readonly ruleId: string;
  readonly constraintId: string;
  readonly severity: "must" | "should" | "look";
  /** What is hard is refused. */
  readonly isHard: boolean;
  /** The calendar of which alone it judges, by name; null of all. */
  readonly collection: string | null;
  readonly subjectId: string;
  readonly subject: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly zone: string;
  readonly units: number;
  readonly facts: Readonly<Record<string, number>>;
  /** Whom or what it names beside, by name. */
  readonly others: readonly string[];
  /** What it is between or about, by title; null where whoever is told may not know it. */
  readonly titles: readonly (string | null)[];
  readonly sentence: string;
  /** The nearest numbers of the rule with which the change would keep it. */
  readonly relaxations: readonly {
    readonly parameter: string;
    readonly unit: "minutes" | "hours" | "days" | "weeks" | "times" | "share" | "time of day" | "km/h" | "level";
    readonly value: number;
  }[];
};

/** Says, under the locks and before anything is changed, what a write would break. Filled by the context that knows the rules. */
export type Judge = (change: LineChange) => Promise<readonly Broken[]>;

/** At most so many stretches a commitment takes; beyond, its horizon is shortened by its owner, who says so. */
export const STRETCHES_MAX = 5_000;
/** Clashes that an answer lists. */
export const CLASHES_LISTED_MAX = 20;
/** Claims that last longer are found through indexes of their own: beyond a day (with a change of the clocks), and beyond a month. */
export const BRIEF_CLAIM_MS = 25 * 3_600_000;
export const LONG_CLAIM_MS = 32 * 86_400_000;
/** The longest buffer a service may ask for. */
export const BUFFER_MS_MAX = 24 * 3_600_000;
