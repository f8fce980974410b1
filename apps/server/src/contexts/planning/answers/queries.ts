import {
  COSTS,
  ENOUGH_ANSWERS,
  FACTOR_MAX,
  FACTOR_MIN,
  FEW_ANSWERS,
  hourScoreOf,
  likedStretches,
  STEP_MAX,
  weightOf,
  type PreferredHours,
  type Stretch,
} from "@hourwright/learn";
import type { Caller } from "../../../platform/operations/context.ts";
import type { ConflictPorts } from "../conflicts.ts";
import { learnedFor } from "./learned.ts";

const WEEK_HOURS = 168;

/** All that was learned of whoever asks, as the API shows it. */
export async function shownLearned(ports: Pick<ConflictPorts, "read" | "questions">, viewer: Caller) {
  const { isOn, weights, confidence, reliability, scores, zone, learner } = await learnedFor(ports, viewer);
  return {
    isOn,
    answers: {
      count: confidence.answers,
      few: FEW_ANSWERS,
      enough: ENOUGH_ANSWERS,
      state: confidence.kind,
    },
    weights: COSTS.map((name) => ({
      name,
      default: weights.defaults[name] ?? 0,
      weight: rounded(weightOf(weights, name)),
      factor: rounded(weights.factors[name] ?? 1),
      factorMin: FACTOR_MIN,
      factorMax: FACTOR_MAX,
      stepMax: STEP_MAX,
    })),
    calibration:
      reliability === null
        ? null
        : {
            error: rounded(reliability.error),
            noise: rounded(reliability.noise),
            bins: reliability.bins.map(({ count, said, happened }) => ({
              count,
              said: rounded(said),
              happened: rounded(happened),
            })),
          },
    hours: {
      seen: isOn ? (learner.hours?.seen ?? 0) : 0,
      zone,
      liked: stretchesOf(scores, learner.hours, "liked"),
      avoided: stretchesOf(scores, learner.hours, "avoided"),
      scores:
        scores === null
          ? []
          : Array.from({ length: WEEK_HOURS }, (_, hour) => rounded(hourScoreOf(scores, hour * 60, 60))),
    },
  };
}

/** What is less has faded, or was taken back. */
const SEEN_MIN = 0.05;

/** Stretches in which something was done: what is only foretold from the same hour of other days is nobody's own yet. */
function stretchesOf(scores: Float64Array | null, hours: PreferredHours | null, side: "liked" | "avoided") {
  if (scores === null || hours === null) return [];
  const seen = side === "liked" ? hours.liked : hours.disliked;
  const own = scores.map((score, quarter) => (seen[quarter]! >= SEEN_MIN ? score : 0.5));
  return likedStretches(own, side).map(shownStretch);
}

const shownStretch = ({ fromMinute, toMinute, score }: Stretch) => ({
  fromMinute,
  toMinute,
  score: rounded(score),
});

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;
