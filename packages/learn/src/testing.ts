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
