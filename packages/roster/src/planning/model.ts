import type { Entry } from "../draft.ts";
import type { Evaluation, Ground } from "../evaluate.ts";
import type { FairCounts } from "./fairness.ts";
import type { UnmetFacts, UnmetReasonFacts } from "./said.ts";

/** What may be decided, what must stay and what is wished for. Days are days since 1970-01-01. */
export type PlanQuestion = {
  readonly ground: Ground;
  /** The draft as it is. */
  readonly entries: readonly Entry[];
  /** Who may be planned; of everybody else nothing changes. */
  readonly people: ReadonlySet<string>;
  readonly keep: {
    readonly items: ReadonlySet<string>;
    readonly people: ReadonlySet<string>;
    readonly days: ReadonlySet<number>;
  };
  /** Whether standing shifts may be dropped. */
  readonly mayDrop: boolean;
  /** Whether people may work at sites that are not theirs. */
  readonly otherSites: boolean;
  readonly asFewChangesAsPossible: boolean;
  readonly wishes: readonly PlanWish[];
  /** What people worked in the rolling year before the draft; who is missing has worked nothing. */
  readonly past: ReadonlyMap<string, Past>;
  /** Names of shifts that nobody likes, in lower case. */
  readonly unpopular: ReadonlySet<string>;
  readonly weights: PlanWeights;
};

/** `fromMinute`: of `work`, a shift that begins then; null: any. `weight`: 1 to 10. */
export type PlanWish = {
  readonly personId: string;
  readonly day: number;
  readonly want: "off" | "work";
  readonly fromMinute: number | null;
  readonly weight: number;
};

/** `fullDays`: days with a contract in the rolling year, those of the draft among them, times the part of full time. */
export type Past = FairCounts & { readonly fullDays: number };

/** Hundredths of what each weighs usually. */
export type PlanWeights = Readonly<
  Record<"minimum" | "ideal" | "over" | "open" | "hours" | "fairness" | "wishes" | "changes", number>
>;

export const USUAL_WEIGHTS: PlanWeights = {
  minimum: 100,
  ideal: 100,
  over: 100,
  open: 100,
  hours: 100,
  fairness: 100,
  wishes: 100,
  changes: 100,
};

/** How long a search may go on: which part of it is gone after so many steps, 0 to 1. */
export type PlanBudget = { readonly stepsMax: number; spent(steps: number): number };

export type PlanOptions = {
  /** The same seed gives the same plan after the same steps. */
  readonly seed: number;
  readonly budget: PlanBudget;
  readonly signal?: { readonly aborted: boolean };
  /** What shifts are called that are new; no two alike. */
  readonly newId: () => string;
};

/** Person-minutes below minima, and points of everything else; less is better, the former first by what they weigh. */
export type PlanScore = { readonly hard: number; readonly soft: number };

/** How good the best is, and how many shifts differ from the draft. */
export type PlanSlice = {
  readonly steps: number;
  readonly spent: number;
  readonly score: PlanScore;
  readonly moved: number;
};

export type ConstraintName =
  | "minimum"
  | "ideal"
  | "over"
  | "open"
  | "hours"
  | "nights"
  | "weekends"
  | "holidays"
  | "unpopular"
  | "wishes"
  | "changes";

/** `units`: person-minutes, or how often. */
export type Counted = Readonly<Record<ConstraintName, { readonly units: number; readonly points: number }>>;

/** Why so many people who could count somewhere do not. */
export type UnmetReason = {
  readonly code: "locked" | "no-contract" | "away" | "busy" | "rule" | "no-shift" | "costly";
  readonly facts: UnmetReasonFacts;
  readonly sentence: string;
  readonly people: readonly string[];
};

/** A stretch of a row that stays below its minimum. `able`: who counts there and may be planned. */
export type Unmet = {
  readonly site: string;
  readonly skillId: string | null;
  readonly levelMin: number | null;
  readonly name: string;
  readonly day: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly have: number;
  readonly need: number;
  readonly shortMinutes: number;
  readonly able: number;
  readonly facts: UnmetFacts;
  readonly sentence: string;
  readonly reasons: readonly UnmetReason[];
};

export type RosterPlan = {
  /** Shifts that are new or others than before, by id. */
  readonly put: readonly Entry[];
  /** Shifts of the draft that are gone. */
  readonly removed: readonly string[];
  readonly steps: number;
  readonly score: PlanScore;
  readonly before: PlanScore;
  readonly counted: { readonly before: Counted; readonly after: Counted };
  readonly given: number;
  readonly filled: number;
  readonly taken: number;
  readonly dropped: number;
  /** The worst first, at most `UNMET_MAX`; `unmetCount`: all of them. */
  readonly unmet: readonly Unmet[];
  readonly unmetCount: number;
  readonly wishesRefused: readonly PlanWish[];
  /** The draft with the plan, as the judge has it. */
  readonly evaluation: Evaluation;
  /** People whose part the judge did not let pass, and who keep what they had: 0 unless this program is wrong. */
  readonly mended: number;
};

export const UNMET_MAX = 20;
