import { planRoster, type RosterPlan } from "@hourwright/roster/planning";
import { timeBudget } from "@hourwright/solver";
import { groundOf, type Entry } from "@hourwright/roster";
import { isUp } from "../../../platform/workers/flag.ts";
import { sliceToEnd, type SearchPoint } from "../../../platform/workers/slices.ts";
import { decideFitting, type Fitting } from "./decide.ts";
import { planQuestionOf, receivedQuestion, type PlanInput, type SentQuestion } from "./question.ts";

// Planning on a thread of its own: seconds of work that nobody else may wait for.

export type PlanTaskInput = PlanInput & {
  /** Not 0 as soon as the best so far is enough. */
  readonly enough: Int32Array;
};

/** What a thread finds: new shifts have names that are given anew once they are stored. */
export type PlanFound = Omit<RosterPlan, "evaluation"> & { readonly tookMs: number };

export async function* planTask(
  input: PlanTaskInput,
  tell: (point: SearchPoint) => void,
): AsyncGenerator<never, PlanFound> {
  const startedMs = performance.now();
  const { seconds, steps, seed } = input.asked;
  const clock = timeBudget(seconds * 1_000, () => performance.now());
  const stepsMax = steps ?? clock.stepsMax;
  const budget = { stepsMax, spent: (taken: number) => Math.max(clock.spent(taken), taken / stepsMax) };
  const signal = {
    get aborted() {
      return isUp(input.enough);
    },
  };
  let named = 0;
  const slices = planRoster(planQuestionOf(input), { seed, budget, signal, newId: () => `${NEW} ${++named}` });
  const { evaluation: _, ...found } = sliceToEnd(slices, tell);
  return { ...found, tookMs: performance.now() - startedMs };
}

export type FitInput = Pick<PlanFound, "put" | "removed"> & {
  readonly question: SentQuestion;
  readonly began: readonly Entry[];
  readonly now: readonly Entry[];
};

/** What of a plan goes onto the draft as it is now: everybody it touches is judged twice. */
// oxlint-disable-next-line require-yield -- a task hands out parts; this one has but its result
export async function* fitTask({ question, began, now, put, removed }: FitInput): AsyncGenerator<never, Fitting> {
  return decideFitting({ put, removed }, { began, now, ground: groundOf(receivedQuestion(question)) });
}

/** What a shift is called that has no name yet. */
export const NEW = "new";
