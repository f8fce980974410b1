import {
  COSTS,
  costsOf,
  hourScoreOf,
  hourScores,
  learnAnswer,
  newWeights,
  resetWeights,
  type Confidence,
  type Cost,
  type Costs,
  type PreferredHours,
  type Weights,
} from "@hourwright/learn";
import type { Way } from "@hourwright/conflict";
import { DAY_MS, MINUTE_MS, weekdayOf, type Interval, type Zone } from "@hourwright/time";

// Pure: what answers to repairs are, and what is learned of them.

/** What a repair is called in the log of changes. */
export const REPAIR = "repair";

/** Answers of one person that stay: learning from them again takes 120 ms of a compute thread. */
export const ANSWERS_OF_A_PERSON_MAX = 1_000;
/** Answers of an organisation that stay, whoever gave them. */
export const ANSWERS_OF_AN_ORGANISATION_MAX = 20_000;
/** Repairs that one person has put aside. */
export const DISMISSALS_OF_A_PERSON_MAX = 500;

/** What each cost counts before anything is learned: tenths of the rank that a repair has from 0 to 1. */
export const DEFAULTS: Readonly<Record<Cost, number>> = {
  distance: 2,
  "other day": 6,
  people: 4,
  length: 8,
  "unloved hour": 3,
  focus: 2,
  load: 2,
  way: 2,
  "other place": 2,
};
const RANK_SCALE = 10;

/** An answer as it is kept. Costs are in the order of `COSTS`. */
export type Answered = {
  readonly kind: string;
  readonly way: Way;
  readonly isAccepted: boolean;
  readonly costs: readonly number[];
  /** Of an accepted one: what stood before it. */
  readonly passedOver: readonly (readonly number[])[];
};
export type Kept = Answered & { readonly id: string };

/** Weights of which answers up to an id no longer count, by name. */
export type Resets = Readonly<Record<string, string>>;

/** What is known of one person, for ranking what they are offered. */
export type Learned = {
  readonly personId: string;
  readonly isOn: boolean;
  readonly weights: Weights;
  readonly confidence: Confidence;
  /** How well each quarter of the week suits, by their own clocks; null: nothing is known. */
  readonly scores: Float64Array | null;
  readonly zone: string;
  /** Repairs that they have put aside: `clash repair`. */
  readonly dismissed: ReadonlySet<string>;
};

export const costsIn = (list: readonly number[]): Costs =>
  Object.fromEntries(COSTS.map((cost, i) => [cost, list[i] ?? 0])) as Costs;
export const listOf = (costs: Costs): number[] => COSTS.map((cost) => Math.round(costs[cost] * 10_000) / 10_000);

/** Weights after answers in order of time, some of them forgotten for some weights. O(answers × passed over × costs). */
export function weightsFrom(answers: readonly Kept[], resets: Resets): Weights {
  const left = new Map(Object.entries(resets));
  let weights = newWeights(DEFAULTS);
  const forget = (isOver: (lastId: string) => boolean) => {
    for (const [name, lastId] of left) {
      if (!isOver(lastId)) continue;
      weights = resetWeights(weights, name);
      left.delete(name);
    }
  };
  for (const { id, isAccepted, costs, passedOver } of answers) {
    forget((lastId) => id > lastId);
    weights = learnAnswer(
      weights,
      isAccepted
        ? { kind: "accepted", taken: costsIn(costs), passedOver: passedOver.map(costsIn) }
        : { kind: "refused", refused: costsIn(costs) },
    );
  }
  forget(() => true);
  return weights;
}

/** Something goes from one time to another. */
export type Shift = { readonly from: Interval; readonly to: Interval };

/**
 * What some shifts ask, as far as it is known here: how far, of how many others, how much shorter, and at which hours of whoever it
 * is offered to; `scores` are null where they are not known, or the time is not theirs. Focus time, load and ways are not seen yet.
 */
export function costsOfShifts(
  shifts: readonly Shift[],
  people: number,
  scores: Float64Array | null,
  zone: Zone,
  isElsewhere = false,
): Costs {
  let [shiftMinutes, days, lostPart, hourScore] = [0, 0, 0, scores === null ? 0.5 : 1];
  for (const { from, to } of shifts) {
    const [length, left] = [from.endMs - from.startMs, to.endMs - to.startMs];
    if (left < length) lostPart = Math.max(lostPart, 1 - left / length);
    else {
      const [was, is] = [zone.toLocalMs(from.startMs), zone.toLocalMs(to.startMs)];
      days = Math.max(days, Math.abs(Math.floor(is / DAY_MS) - Math.floor(was / DAY_MS)));
      shiftMinutes = Math.max(shiftMinutes, Math.abs(minuteOfDay(is) - minuteOfDay(was)));
    }
    if (scores !== null) hourScore = Math.min(hourScore, scoreOf(scores, to, zone));
  }
  return costsOf({
    shiftMinutes,
    days,
    people,
    lostPart,
    hourScore,
    focusLostMinutes: 0,
    loadAddedMinutes: 0,
    travelAddedMinutes: 0,
    isElsewhere,
  });
}

/** How an offer ranks before answers: by the rank that its repair has, and by how well its hour suits. Less is better. */
export const rankBefore = (confidence: number, costs: Costs): number =>
  (1 - confidence) * RANK_SCALE + (costs["unloved hour"] - 0.5) * DEFAULTS["unloved hour"];

const minuteOfDay = (localMs: number): number => (localMs - Math.floor(localMs / DAY_MS) * DAY_MS) / MINUTE_MS;

/** The minute of the week, from Monday 00:00 on, at which something begins. */
export function minuteOfWeek(startMs: number, zone: Zone): number {
  const localMs = zone.toLocalMs(startMs);
  return (weekdayOf(Math.floor(localMs / DAY_MS)) - 1) * 1_440 + Math.floor(minuteOfDay(localMs));
}

const scoreOf = (scores: Float64Array, { startMs, endMs }: Interval, zone: Zone): number =>
  hourScoreOf(scores, minuteOfWeek(startMs, zone), (endMs - startMs) / MINUTE_MS);

/** Scores of somebody's hours; null where nothing was seen. */
export const scoresOf = (hours: PreferredHours | null): Float64Array | null =>
  hours === null || hours.seen <= 0 ? null : hourScores(hours);

/** How one of some people likes the hours of the week, by the clocks of a zone: whoever asks. Null: nothing is known. */
export type Likings = { readonly of: string; readonly hours: readonly number[] | null; readonly zone: string };

/** Hours as `@hourwright/conflict` likes them: 168 numbers from -100 to 100. */
export function likingsFrom(scores: Float64Array | null): number[] | null {
  if (scores === null) return null;
  return Array.from({ length: 168 }, (_, hour) => Math.round((hourScoreOf(scores, hour * 60, 60) - 0.5) * 200));
}

/** Sums as they are kept: to a ten-thousandth, which is less than a second's fading. */
export const roundedHours = ({ atMs, seen, liked, disliked }: PreferredHours): PreferredHours => {
  const rounded = (sums: readonly number[]) => sums.map((sum) => Math.round(sum * 10_000) / 10_000);
  return { atMs, seen, liked: rounded(liked), disliked: rounded(disliked) };
};
