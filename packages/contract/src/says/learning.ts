import { learningProblems } from "../problems/learning.ts";
import { refuserOf } from "../says.ts";

/** What a refusal about what is learned from history says to do, by its reason. */
export const learningSays = {
  off: {
    switch: () => "Say to what the people agreed, and switch it on first.",
  },
  running: {
    wait: () => "Wait for it, or cancel it.",
  },
  "consent-missing": {
    say: () => "Say in a sentence who agreed to what, and when.",
  },
} as const;

/** Refuses about what is learned from history for a reason. */
export const refuseLearning = refuserOf(learningProblems, learningSays);
