import type { Breach } from "@hourwright/conflict";
import type { Budget } from "../budget.ts";
import type { ConstraintScore } from "../explain.ts";
import type { Score } from "../score.ts";
import type { Stopped } from "../search.ts";
import type { Trace } from "../trace.ts";
import type { ObjectiveId } from "./objective.ts";

export type OptimiseOptions = {
  /** One at least. */
  readonly objectives: readonly ObjectiveId[];
  /** Whole, 1 to `OBJECTIVE_WEIGHT_MAX`; 1 where nothing is said. */
  readonly weights?: Partial<Readonly<Record<ObjectiveId, number>>>;
  /** The same seed and step budget give the same answer. */
  readonly seed: number;
  /** For the plan and its alternatives together. */
  readonly budget: Budget;
  /** How many others to look for beside the best, 0 to `ALTERNATIVES_MAX`; 3 unless said. */
  readonly alternatives?: number;
  /** Told at most `PROGRESS_MAX` times, and once at the end. */
  readonly onProgress?: (progress: Progress) => void;
  /** Looked at every few steps: what is best by then is the answer. */
  readonly signal?: { readonly aborted: boolean };
};

export type Progress = {
  /** How much of the budget is spent, 0 to 1. */
  readonly share: number;
  readonly steps: number;
  /** The best so far of the plan that is looked for now; `alternative` 0 is the answer itself. */
  readonly alternative: number;
  readonly score: Score;
  readonly moved: number;
};

/** A thing that goes elsewhere: its place in `CalendarPlan.things`, and when and with which choice it was and will be. */
export type Moved = {
  readonly thing: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly lengthMs: number;
  readonly fromChoice: number;
  readonly toChoice: number;
};

/** What an objective measures before and after, in its unit. */
export type Improvement = { readonly objective: ObjectiveId; readonly before: number; readonly after: number };

/** A plan that was found, by what it changes. */
export type CalendarSolution = {
  readonly moves: readonly Moved[];
  readonly improvements: readonly Improvement[];
  readonly score: Score;
};

/** A hard rule that could not be kept, and what stands in the way of the things in it. */
export type Contradiction = {
  readonly breach: Breach;
  readonly sentence: string;
  /** The hard rules that between them forbid every other time of what takes part, each with the times it forbids, most first. */
  readonly against: readonly { readonly constraint: string; readonly times: number }[];
};

export type Optimised = CalendarSolution & {
  /** The score of the plan as it stands. */
  readonly before: Score;
  /** What each constraint adds to the score, with a sentence for each place where it does not hold. */
  readonly constraints: readonly ConstraintScore[];
  readonly convergence: Trace;
  /** Each differs from the answer and from the others in at least a fifth of what it moves; best first. */
  readonly alternatives: readonly CalendarSolution[];
  /** Hard rules that are still broken by something that might have moved. */
  readonly contradictions: readonly Contradiction[];
  /** Hard rules that are broken among what never moves: facts, and no part of the score. */
  readonly standing: readonly Breach[];
  readonly steps: number;
  readonly stopped: Stopped;
};

export const REFUSALS = [
  "no-objectives",
  "unknown-objective",
  "objective-weight",
  "setting-weight",
  "alternatives",
  "window",
  "no-people",
  "subjects",
  "things",
  "nothing-movable",
  "fixed",
  "cells",
  "quarters",
  "thing",
  "likings",
] as const;

/** Why nothing was planned: which bound, in a sentence. */
export type CalendarRefusal = { readonly code: (typeof REFUSALS)[number]; readonly sentence: string };

export const PROGRESS_MAX = 200;
export const ALTERNATIVES_MAX = 10;
