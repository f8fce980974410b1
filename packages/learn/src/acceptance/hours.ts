import { assert } from "@hourwright/std";

/** Quarters of an hour of a week, from Monday 00:00 on, in somebody's own zone. */
export const QUARTERS = 7 * 96;
const QUARTERS_A_DAY = 96;
const QUARTER_MINUTES = 15;
const WEEK_MINUTES = QUARTERS * QUARTER_MINUTES;

/** What somebody did about a time, and for how many it counts: who moves something has thought about it. */
export const DEEDS = {
  created: { liked: 1, disliked: 0 },
  accepted: { liked: 1, disliked: 0 },
  "moved here": { liked: 2, disliked: 0 },
  "moved away": { liked: 0, disliked: 2 },
  refused: { liked: 0, disliked: 1 },
} as const;
export type Deed = keyof typeof DEEDS;

export type HourSeen = {
  readonly deed: Deed;
  /** Minute of the week at which the thing began, 0 to 10,079; it may reach over the end of the week. */
  readonly fromMinute: number;
  readonly lengthMinutes: number;
  /** When it was done. */
  readonly atMs: number;
};

/** What somebody did about each quarter of the week, old things counting less: sums, nothing about single things. */
export type PreferredHours = {
  readonly atMs: number;
  readonly seen: number;
  readonly liked: readonly number[];
  readonly disliked: readonly number[];
};

/** After so long, something counts half. */
const HALF_LIFE_MS = 60 * 86_400_000;
/** As if so much had been done about it that says nothing: a few things are no preference yet. */
const SHRINKING = 2;

/** Nothing is known; also what a reset gives. */
export const NO_HOURS: PreferredHours = {
  atMs: 0,
  seen: 0,
  liked: Array.from({ length: QUARTERS }, () => 0),
  disliked: Array.from({ length: QUARTERS }, () => 0),
};

/** The hours after one more thing was seen. In whatever order things are told, the sums are the same. O(quarters). */
export const noteHour = (hours: PreferredHours, seen: HourSeen): PreferredHours => counted(hours, seen, 1);

/**
 * The hours as if something had not been seen, for what was undone: `seen` as it was noted, with the time at which it was. Sums
 * never fall below nothing, so what was never noted takes little away.
 */
export const takeBackHour = (hours: PreferredHours, seen: HourSeen): PreferredHours =>
  hours.seen === 0 ? hours : counted(hours, seen, -1);

function counted(
  hours: PreferredHours,
  { deed, fromMinute, lengthMinutes, atMs }: HourSeen,
  by: 1 | -1,
): PreferredHours {
  assert(fromMinute >= 0 && fromMinute < WEEK_MINUTES, `a minute of the week: ${fromMinute}`);
  assert(lengthMinutes > 0 && lengthMinutes <= WEEK_MINUTES, `at most a week long: ${lengthMinutes}`);
  const isFirst = hours.seen === 0;
  const now = isFirst ? atMs : Math.max(hours.atMs, atMs);
  const kept = isFirst ? 1 : decay(now - hours.atMs);
  const counts = by * decay(now - atMs);
  const liked = hours.liked.map((sum) => sum * kept);
  const disliked = hours.disliked.map((sum) => sum * kept);
  const first = Math.floor(fromMinute / QUARTER_MINUTES);
  const last = Math.ceil((fromMinute + lengthMinutes) / QUARTER_MINUTES);
  for (let quarter = first; quarter < last; quarter++) {
    const at = quarter % QUARTERS;
    liked[at] = Math.max(0, liked[at]! + counts * DEEDS[deed].liked);
    disliked[at] = Math.max(0, disliked[at]! + counts * DEEDS[deed].disliked);
  }
  return { atMs: now, seen: hours.seen + by, liked, disliked };
}

const decay = (ms: number): number => 2 ** (-ms / HALF_LIFE_MS);

/**
 * How well each quarter of the week suits, 0 to 1, 0.5 where nothing is known. What was liked there is held against what would be
 * there if everything were spread evenly, and against what was disliked; first for the quarter on all days together, and with that as
 * the opinion to start from, for the day's own. O(quarters).
 */
export function hourScores({ liked, disliked }: PreferredHours): Float64Array {
  const even = liked.reduce((sum, each) => sum + each, 0) / QUARTERS;
  const scores = new Float64Array(QUARTERS);
  for (let quarter = 0; quarter < QUARTERS_A_DAY; quarter++) {
    let [good, bad] = [0, 0];
    for (let at = quarter; at < QUARTERS; at += QUARTERS_A_DAY) {
      good += liked[at]!;
      bad += disliked[at]!;
    }
    const onAllDays = shrunk(good, bad + 7 * even, 0.5);
    for (let at = quarter; at < QUARTERS; at += QUARTERS_A_DAY)
      scores[at] = shrunk(liked[at]!, disliked[at]! + even, onAllDays);
  }
  return scores;
}

const shrunk = (good: number, bad: number, start: number): number =>
  (SHRINKING * start + good) / (SHRINKING + good + bad);

/** A stretch of the week, in minutes from Monday 00:00, whose quarters all suit well (or badly), with their mean. */
export type Stretch = { readonly fromMinute: number; readonly toMinute: number; readonly score: number };

/** From here on an hour is called liked; as far below a half, unliked. */
const LIKED_MIN = 0.6;

/**
 * What somebody is shown of their own hours: stretches that they like or avoid, in the order of the week. A stretch ends with its
 * day. None while nothing is known.
 */
export function likedStretches(scores: Float64Array, side: "liked" | "avoided"): Stretch[] {
  const stretches: Stretch[] = [];
  const isOn = (quarter: number): boolean =>
    side === "liked" ? scores[quarter]! >= LIKED_MIN : scores[quarter]! <= 1 - LIKED_MIN;
  for (let from = 0; from < QUARTERS; from++) {
    if (!isOn(from)) continue;
    let to = from + 1;
    while (to % QUARTERS_A_DAY !== 0 && isOn(to)) to++;
    const [fromMinute, toMinute] = [from * QUARTER_MINUTES, to * QUARTER_MINUTES];
    stretches.push({ fromMinute, toMinute, score: hourScoreOf(scores, fromMinute, toMinute - fromMinute) });
    from = to - 1;
  }
  return stretches;
}

/** How well a stretch of the week suits: the mean of its quarters. */
export function hourScoreOf(scores: Float64Array, fromMinute: number, lengthMinutes: number): number {
  const first = Math.floor(fromMinute / QUARTER_MINUTES);
  const last = Math.max(
    first + 1,
    Math.min(first + QUARTERS, Math.ceil((fromMinute + lengthMinutes) / QUARTER_MINUTES)),
  );
  let sum = 0;
  for (let quarter = first; quarter < last; quarter++) sum += scores[((quarter % QUARTERS) + QUARTERS) % QUARTERS]!;
  return sum / (last - first);
}
