import { assert } from "@hourwright/std";

/**
 * How long a search may go on: `spent` says which part of it is gone, 0 to 1, after so many steps. It is asked every
 * `stepsBetweenLooks` steps, 1 to `STEPS_BETWEEN_LOOKS`.
 */
export type Budget = {
  readonly stepsMax: number;
  readonly stepsBetweenLooks: number;
  spent(steps: number): number;
};

/** Most steps between two looks at budget and cancellation: a millisecond at a million moves a second. */
export const STEPS_BETWEEN_LOOKS = 1_024;

/** No search takes more steps than this, whatever its clock says: 2^40 at a million a second are twelve days. */
export const STEPS_MAX = 2 ** 40;

/** A run of few steps is looked at so many times, so that it cools evenly in each of its legs. */
const LOOKS = 10_000;

/** So many steps: a run repeats from its seed. */
export function stepBudget(steps: number): Budget {
  assert(Number.isInteger(steps) && steps > 0 && steps <= STEPS_MAX, `steps are whole, 1 to ${STEPS_MAX}: ${steps}`);
  const stepsBetweenLooks = Math.min(STEPS_BETWEEN_LOOKS, Math.max(1, Math.floor(steps / LOOKS)));
  return { stepsMax: steps, stepsBetweenLooks, spent: (taken) => Math.min(1, taken / steps) };
}

/** Where a step takes long, it is looked more often than every `STEPS_BETWEEN_LOOKS` steps: about every so many milliseconds. */
const LOOK_MS = 10;

/**
 * So many milliseconds of the clock that is handed in (of the wall, or of the processor), from now on: what is prepared after this
 * call is counted. Does not repeat from its seed.
 */
export function timeBudget(lengthMs: number, nowMs: () => number): Budget {
  assert(lengthMs > 0, `a time budget is positive: ${lengthMs} ms`);
  const startedMs = nowMs();
  let stepsBetweenLooks = 16;
  let last = { steps: 0, ms: startedMs };
  return {
    stepsMax: STEPS_MAX,
    get stepsBetweenLooks() {
      return stepsBetweenLooks;
    },
    spent(steps) {
      const ms = nowMs();
      if (steps > last.steps) {
        const isLong = ms - last.ms > LOOK_MS;
        stepsBetweenLooks = isLong
          ? Math.max(1, stepsBetweenLooks >> 1)
          : Math.min(STEPS_BETWEEN_LOOKS, stepsBetweenLooks * 2);
      }
      last = { steps, ms };
      return Math.min(1, Math.max(0, (ms - startedMs) / lengthMs));
    },
  };
}

/** The part of a budget from one share of it to another, as a budget of its own: one leg of a run. */
export function partOf(budget: Budget, from: number, to: number, stepsBefore: number): Budget {
  return {
    stepsMax: Math.max(0, Math.round(budget.stepsMax * to) - stepsBefore),
    get stepsBetweenLooks() {
      return budget.stepsBetweenLooks;
    },
    spent: (steps) => Math.min(1, Math.max(0, (budget.spent(stepsBefore + steps) - from) / (to - from))),
  };
}
