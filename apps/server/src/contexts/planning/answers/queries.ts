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
      liked: scores === null ? [] : likedStretches(scores, "liked").map(shownStretch),
      avoided: scores === null ? [] : likedStretches(scores, "avoided").map(shownStretch),
      scores:
        scores === null
          ? []
          : Array.from({ length: WEEK_HOURS }, (_, hour) => rounded(hourScoreOf(scores, hour * 60, 60))),
    },
  };
}

const shownStretch = ({ fromMinute, toMinute, score }: Stretch) => ({
  fromMinute,
  toMinute,
  score: rounded(score),
});

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;
