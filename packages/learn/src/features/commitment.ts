/** Where something happens, from the own desk outwards. */
export const PLACES = ["none", "remote", "own site", "other site", "outside"] as const;
export type Place = (typeof PLACES)[number];

/** What kind of commitment it is, by how many others it binds. */
export const TYPES = ["focus", "one to one", "team", "customer", "class"] as const;
export type CommitmentType = (typeof TYPES)[number];

/** So many of so many: counts of the past, never after the moment at which a prediction is asked for [LN4]. */
export type Share = { readonly part: number; readonly all: number };

/**
 * A commitment as it is known when a prediction about it is asked for: plain numbers, no names, no titles. Times are local
 * to its organiser; everything about the past ends at the moment of asking.
 */
export type Commitment = {
  /** Minute of the local day, 0 to 1,439. */
  readonly startMinute: number;
  readonly lengthMinutes: number;
  /** 1 Monday to 7 Sunday. */
  readonly weekday: number;
  /** ISO 8601 week, 1 to 53. */
  readonly weekOfYear: number;
  readonly isHoliday: boolean;
  /** From the moment of asking to the start. */
  readonly leadMinutes: number;

  readonly place: Place;
  readonly travelMinutes: number;
  /** The largest difference between the zones of those who attend. */
  readonly zoneDifferenceMinutes: number;

  readonly attendees: {
    readonly count: number;
    readonly external: number;
    readonly vip: number;
    /** Who were at most of the organiser's last ten things of this type. */
    readonly regular: number;
    /** Who never met the organiser before. */
    readonly fresh: number;
    readonly optional: number;
    readonly accepted: number;
    readonly declined: number;
  };

  readonly type: CommitmentType;
  /** 1 highest to 9 lowest, 0 when nobody said (RFC 5545 §3.8.1.9). */
  readonly priority: number;
  readonly isRecurring: boolean;
  /** Minutes that are asked for between it and what is before and after. */
  readonly bufferBeforeMinutes: number;
  readonly bufferAfterMinutes: number;
  /** The longest time that it shares with one other thing of the organiser. */
  readonly overlapMinutes: number;
  /** Minutes to the neighbours on the same day; null where there is none. */
  readonly gapBeforeMinutes: number | null;
  readonly gapAfterMinutes: number | null;
  /** Other things of the organiser on that day. */
  readonly sameDayCount: number;
  readonly sameDayMinutes: number;

  readonly history: {
    /** How well the hour suits the organiser, 0 to 1 (see preferred hours); 0.5 when nothing is known. */
    readonly hourScore: number;
    /** Conflicts of the organiser in the last 90 days. */
    readonly conflicts: number;
    /** The organiser's things of the last year that were moved, were cancelled, were attended. */
    readonly moved: Share;
    readonly cancelled: Share;
    readonly attended: Share;
    /** Past dates of the same series that were moved. */
    readonly seriesMoved: Share;
    /** Invitations to those who attend that were refused. */
    readonly refused: Share;
  };

  readonly organisation: {
    /** What is taken of the team's open time in that week, 0 to 1. */
    readonly load: number;
    /** People of the team who are at work on that day. */
    readonly atWork: Share;
    /** Minutes of it that lie within opening hours. */
    readonly openMinutes: number;
    /** Soft rules of the organisation that it breaks. */
    readonly rulesBroken: number;
    /** How busy this week of the year usually is, 1 as usual. */
    readonly season: number;
  };
};
