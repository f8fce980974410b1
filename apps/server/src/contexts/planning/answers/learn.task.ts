import {
  chanceOf,
  ENOUGH_ANSWERS,
  learnConfidence,
  reliabilityOf,
  type Confidence,
  type Reliability,
  type Weights,
} from "@hourwright/learn";
import { costsIn, weightsFrom, type Kept, type Resets } from "./model.ts";

// Learning from one person's answers, on a compute thread.

export type LearnInput = { readonly answers: readonly Kept[]; readonly resets: Resets };
export type LearnAnswer = {
  readonly weights: Weights;
  readonly confidence: Confidence;
  /** From 500 answers on: what those before would have said of the last fifth, and what came. */
  readonly reliability: Reliability | null;
};

/** Answers by which chances are judged: the last fifth. */
const JUDGED_PART = 0.2;

export async function* learnTask({ answers, resets }: LearnInput): AsyncGenerator<never, LearnAnswer> {
  const seen = answers.map(({ costs, isAccepted }) => ({ costs: costsIn(costs), isAccepted }));
  return {
    weights: weightsFrom(answers, resets),
    confidence: learnConfidence(seen),
    reliability: seen.length < ENOUGH_ANSWERS ? null : judged(seen),
  };
}

function judged(seen: Parameters<typeof learnConfidence>[0]): Reliability {
  const from = Math.floor(seen.length * (1 - JUDGED_PART));
  const before = learnConfidence(seen.slice(0, from));
  // Chances are judged as they are, not in the tenths in which those of few answers are told.
  const confidence: Confidence = before.kind === "few" ? { ...before, kind: "calibrated" } : before;
  const last = seen.slice(from);
  return reliabilityOf(
    Float64Array.from(last, ({ costs }) => chanceOf(confidence, costs)!.chance),
    Uint8Array.from(last, ({ isAccepted }) => (isAccepted ? 1 : 0)),
  );
}
