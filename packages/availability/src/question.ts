import { assert } from "@hourwright/std";
import { DAY_MS, type Interval, type Zone } from "@hourwright/time";

/**
 * A stretch that somebody's time is taken for, `[startMs, endMs)`, and its guard: the same stretch widened by its own
 * buffers. `site` is where it happens, null when nobody knows.
 */
export type TakenTime = {
  readonly startMs: number;
  readonly endMs: number;
  readonly guardStartMs: number;
  readonly guardEndMs: number;
  readonly site: string | null;
};

/**
 * Somebody's or something's time: open stretches (normal; null is any time, as for rooms), not cut where the window is,
 * and what is taken, sorted by `startMs`; taken stretches may overlap.
 */
export type SubjectTime = { readonly open: readonly Interval[] | null; readonly taken: readonly TakenTime[] };

/** A part that `count` different subjects have to play, out of some given by their index. */
export type Role = { readonly anyOf: readonly number[]; readonly count: number };

/**
 * Until when may be booked: today and `days` days after it, whole days of the service's zone, or before an instant.
 * Null is no end.
 */
export type BookableUntil =
  | { readonly kind: "days"; readonly days: number }
  | { readonly kind: "until"; readonly endMs: number }
  | null;

/**
 * Where starts lie: on multiples of `everyMinutes` after midnight on the wall of the service's zone, or every so many
 * minutes from each opening's start (SL9).
 */
export type RasterRule = { readonly everyMinutes: number; readonly from: "midnight" | "opening" };

/** How many bookings there may be; null is any number. `perCustomer`: so many of one customer in any `days` days. */
export type Limits = {
  readonly perDay: number | null;
  readonly perWeek: number | null;
  readonly perCustomer: { readonly count: number; readonly days: number } | null;
};

/** What is booked, and under which rules. */
export type SlotRules = {
  readonly lengthMinutes: number;
  readonly bufferBeforeMinutes: number;
  readonly bufferAfterMinutes: number;
  readonly noticeMinutes: number;
  readonly bookable: BookableUntil;
  readonly raster: RasterRule;
  readonly zone: Zone;
  /** The service's (its place's) own hours, normal; null is any time. */
  readonly hours: readonly Interval[] | null;
  readonly limits: Limits;
  readonly roles: readonly Role[];
  /** More than one: a session that others may join until it is full. */
  readonly places: number;
  /** Where it happens; null when nobody knows, or nowhere. */
  readonly site: string | null;
};

/** A booking of this service, a session once; `byCustomer` when the customer who asks is in it. */
export type Booked = { readonly startMs: number; readonly endMs: number; readonly byCustomer: boolean };

/** A session of this service that stands already and has places left. */
export type Session = { readonly startMs: number; readonly endMs: number; readonly placesLeft: number };

/**
 * Why the organisation's rules would not have somebody take a time. `relaxation` says what would have to change, for
 * people; null when nobody may change it.
 */
export type Objection = { readonly ruleId: string; readonly sentence: string; readonly relaxation: string | null };

export type SlotQuestion = {
  readonly rules: SlotRules;
  readonly subjects: readonly SubjectTime[];
  readonly nowMs: number;
  /** For the limits, in any order; weeks run from Monday, in the service's zone. */
  readonly booked: readonly Booked[];
  readonly sessions: readonly Session[];
  /** Minutes for the way from one site to another; null when nobody knows: then it counts as none. */
  readonly wayMinutes?: (from: string, to: string) => number | null;
  /** The organisation's rules. Asked only of subjects who could otherwise, and only until enough are found. */
  readonly objections?: (subject: number, startMs: number, endMs: number) => readonly Objection[];
};

/** A start that is offered, and how many places it has. */
export type Slot = { readonly startMs: number; readonly endMs: number; readonly placesLeft: number };

export const SUBJECTS_MAX = 500;
export const ROLES_MAX = 8;
/** Seats of all roles together: nobody needs more people at once for one appointment. */
export const SEATS_MAX = 64;
export const WINDOW_DAYS_MAX = 400;
/** A year of five-minute starts of one service has some 20,000 in working hours. */
export const SLOTS_MAX = 20_000;
export const LENGTH_MINUTES_MAX = 31 * 1_440;
export const BUFFER_MINUTES_MAX = 7 * 1_440;
/** Stretches of one subject, open or taken: half an hour after half an hour, all day, all window long. */
export const STRETCHES_MAX = 20_000;
export const BOOKED_MAX = 100_000;
export const LIMIT_DAYS_MAX = 366;

/** Holds a question against its bounds: what lies beyond is a bug of the caller, who has checked what people typed. */
export function checkQuestion({ rules, subjects, booked, sessions }: SlotQuestion): void {
  assert(isWhole(rules.lengthMinutes, 1, LENGTH_MINUTES_MAX), `no length: ${rules.lengthMinutes} minutes`);
  assert(isWhole(rules.bufferBeforeMinutes, 0, BUFFER_MINUTES_MAX), `no buffer: ${rules.bufferBeforeMinutes}`);
  assert(isWhole(rules.bufferAfterMinutes, 0, BUFFER_MINUTES_MAX), `no buffer: ${rules.bufferAfterMinutes}`);
  assert(isWhole(rules.raster.everyMinutes, 1, 1_440), `no raster: every ${rules.raster.everyMinutes} minutes`);
  assert(rules.noticeMinutes >= 0, `a notice looks ahead: ${rules.noticeMinutes}`);
  assert(isWhole(rules.places, 1, Number.MAX_SAFE_INTEGER), `no places: ${rules.places}`);
  assert(subjects.length <= SUBJECTS_MAX, `at most ${SUBJECTS_MAX} subjects: ${subjects.length}`);
  assert(booked.length + sessions.length <= BOOKED_MAX, `at most ${BOOKED_MAX} bookings: ${booked.length}`);
  checkRoles(rules.roles, subjects.length);
  checkLimits(rules.limits);
  for (const { open, taken } of subjects) {
    assert((open?.length ?? 0) <= STRETCHES_MAX, `at most ${STRETCHES_MAX} open stretches of one subject`);
    assert(taken.length <= STRETCHES_MAX, `at most ${STRETCHES_MAX} taken stretches of one subject`);
  }
}

function checkRoles(roles: readonly Role[], subjects: number): void {
  assert(roles.length <= ROLES_MAX, `at most ${ROLES_MAX} roles: ${roles.length}`);
  let seats = 0;
  for (const { anyOf, count } of roles) {
    assert(isWhole(count, 1, SEATS_MAX), `a role needs somebody: ${count}`);
    assert(
      anyOf.every((subject) => isWhole(subject, 0, subjects - 1)),
      `subjects are named by index: ${anyOf.join(", ")}`,
    );
    seats += count;
  }
  assert(seats <= SEATS_MAX, `at most ${SEATS_MAX} seats: ${seats}`);
}

function checkLimits({ perDay, perWeek, perCustomer }: Limits): void {
  for (const count of [perDay, perWeek, perCustomer?.count ?? null]) {
    assert(count === null || isWhole(count, 0, Number.MAX_SAFE_INTEGER), `a limit is a number: ${count}`);
  }
  assert(perCustomer === null || isWhole(perCustomer.days, 1, LIMIT_DAYS_MAX), `no days: ${perCustomer?.days}`);
}

/** The stretch of starts that is asked about. */
export function checkWindow({ startMs, endMs }: Interval): void {
  assert(endMs - startMs <= WINDOW_DAYS_MAX * DAY_MS, `at most ${WINDOW_DAYS_MAX} days: ${(endMs - startMs) / DAY_MS}`);
}

function isWhole(value: number, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= least && value <= most;
}
