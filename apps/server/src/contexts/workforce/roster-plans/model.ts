import type { Catalogue, OperationAnswer, OperationInput } from "@hourwright/contract";
import type { PlanWish } from "@hourwright/roster/planning";
import type { AskedPlan } from "../../../platform/jobs/plans.ts";
import { dayOf } from "../contracts/terms.ts";
import { minuteOf } from "../hours/decide.ts";

type Body = OperationInput<Catalogue["drafts.plan"]>["body"];

/** What is asked for, as the job keeps it: days as numbers. */
export type PlanAsked = Pick<
  Body,
  "seconds" | "seed" | "mayDrop" | "otherSites" | "asFewChangesAsPossible" | "weights"
> & {
  readonly steps: number | null;
  readonly keep: {
    readonly items: readonly string[];
    readonly people: readonly string[];
    readonly days: readonly number[];
  };
  readonly wishes: readonly PlanWish[];
  /** In lower case. */
  readonly unpopular: readonly string[];
};

type Answer = NonNullable<OperationAnswer<Catalogue["drafts.planned"]>["plan"]>;

/** What came of a plan, as it is told. */
export type PlanResult = NonNullable<Answer["result"]>;

export type StoredPlan = AskedPlan<PlanAsked, PlanResult> & { readonly draftId: string };

export function askedOf(body: Body): PlanAsked {
  const { seconds, seed, mayDrop, otherSites, asFewChangesAsPossible, weights, keep } = body;
  return {
    seconds,
    seed,
    mayDrop,
    otherSites,
    asFewChangesAsPossible,
    weights,
    steps: body.steps ?? null,
    keep: { ...keep, days: keep.days.map(dayOf) },
    wishes: body.wishes.map(({ personId, day, want, starts, weight }) => {
      return { personId, day: dayOf(day), want, fromMinute: starts === null ? null : minuteOf(starts), weight };
    }),
    unpopular: lowered(body.unpopular),
  };
}

export const lowered = (names: readonly string[]): string[] => names.map((name) => name.trim().toLowerCase());
