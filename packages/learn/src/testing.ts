import { wholeBetween, type Random } from "@hourwright/std";
import { DEEDS, type HourSeen } from "./acceptance/hours.ts";
import { costsOf, type Costs } from "./acceptance/offer.ts";
import { logistic } from "./network/network.ts";
import type { Commitment } from "./features/commitment.ts";

/** A team's meeting on a Tuesday, with nothing remarkable about it. */
export const PLAIN_MEETING: Commitment = {
  startMinute: 600,
  lengthMinutes: 60,
  weekday: 2,
  weekOfYear: 20,
  isHoliday: false,
  leadMinutes: 2_880,
  place: "own site",
  travelMinutes: 0,
  zoneDifferenceMinutes: 0,
  attendees: { count: 4, external: 0, vip: 0, regular: 3, fresh: 0, optional: 1, accepted: 2, declined: 0 },
  type: "team",
  priority: 0,
  isRecurring: false,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  overlapMinutes: 0,
  gapBeforeMinutes: 30,
  gapAfterMinutes: 60,
  sameDayCount: 3,
  sameDayMinutes: 150,
  history: {
    hourScore: 0.5,
    conflicts: 2,
    moved: { part: 6, all: 40 },
    cancelled: { part: 3, all: 40 },
    attended: { part: 38, all: 40 },
    seriesMoved: { part: 0, all: 0 },
    refused: { part: 4, all: 50 },
  },
  organisation: { load: 0.5, atWork: { part: 9, all: 10 }, openMinutes: 60, rulesBroken: 0, season: 1 },
};

/** The area under the ROC curve by comparing every pair: the slow obvious model. */
export function aucByPairs(scores: ArrayLike<number>, happened: ArrayLike<number>): number | null {
  let [pairs, won] = [0, 0];
  for (let i = 0; i < scores.length; i++) {
    for (let j = 0; j < scores.length; j++) {
      if (happened[i] !== 1 || happened[j] !== 0) continue;
      pairs++;
      won += scores[i]! > scores[j]! ? 1 : scores[i] === scores[j] ? 0.5 : 0;
    }
  }
  return pairs === 0 ? null : won / pairs;
}

/** What was done about each quarter, from the whole list of what was seen: the slow obvious model. */
export function hoursByList(seen: readonly HourSeen[]): { readonly liked: number[]; readonly disliked: number[] } {
  const now = Math.max(...seen.map(({ atMs }) => atMs));
  const sums = { liked: Array.from({ length: 672 }, () => 0), disliked: Array.from({ length: 672 }, () => 0) };
  for (const { deed, fromMinute, lengthMinutes, atMs } of seen) {
    for (let quarter = 0; quarter < 2 * 672; quarter++) {
      const touches = quarter * 15 < fromMinute + lengthMinutes && (quarter + 1) * 15 > fromMinute;
      if (!touches) continue;
      sums.liked[quarter % 672]! += DEEDS[deed].liked * 0.5 ** ((now - atMs) / (60 * 86_400_000));
      sums.disliked[quarter % 672]! += DEEDS[deed].disliked * 0.5 ** ((now - atMs) / (60 * 86_400_000));
    }
  }
  return sums;
}

/** Somebody who does not exist: how likely they are to take an offer. */
export type Decider = { readonly name: string; readonly takes: (costs: Costs) => number };

export const DECIDERS: readonly Decider[] = [
  {
    name: "who weighs things up",
    takes: (c) => logistic(3 - 4 * c["other day"] - 3 * c["unloved hour"] - 2 * c.people - 2 * c.focus),
  },
  {
    name: "who has rules and breaks one in ten",
    takes: (c) => (c["other day"] === 0 && c["unloved hour"] < 0.6 && c.length < 0.3 ? 0.9 : 0.1),
  },
  { name: "who answers at random", takes: () => 0.4 },
];

/** An offer as repairs make them: mostly near, for few people. */
export function anyOffer(random: Random): Costs {
  const isOtherDay = random() < 0.4;
  return costsOf({
    shiftMinutes: isOtherDay && random() < 0.5 ? 0 : wholeBetween(random, 1, 16) * 15,
    days: isOtherDay ? wholeBetween(random, 1, 7) : 0,
    people: wholeBetween(random, 1, 10),
    lostPart: random() < 0.3 ? 0.5 * random() : 0,
    hourScore: random(),
    focusLostMinutes: random() < 0.4 ? wholeBetween(random, 0, 120) : 0,
    loadAddedMinutes: random() < 0.3 ? wholeBetween(random, 0, 120) : 0,
    travelAddedMinutes: random() < 0.2 ? wholeBetween(random, 0, 90) : 0,
    isElsewhere: random() < 0.2,
  });
}

/** The calibration error beside true chances instead of outcomes: what is left of it is no noise. Ten bins of one size. */
export function calibrationBesideTruth(said: readonly number[], truth: readonly number[]): number {
  const order = said.map((_, i) => i).sort((a, b) => said[a]! - said[b]!);
  let error = 0;
  for (let bin = 0; bin < 10; bin++) {
    const rows = order.slice(Math.floor((bin * said.length) / 10), Math.floor(((bin + 1) * said.length) / 10));
    error += Math.abs(rows.reduce((sum, row) => sum + said[row]! - truth[row]!, 0)) / said.length;
  }
  return error;
}
