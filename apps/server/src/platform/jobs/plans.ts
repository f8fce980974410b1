import type { Unit } from "../db/database.ts";
import { countUnfinished, readJob } from "./job.ts";
import { shownJob } from "./operations.ts";

// A plan that was asked for stands with what it plans: the last one, and the job that works it out.

export type AskedPlan<Wish, Result> = {
  readonly jobId: string;
  readonly asked: { readonly by: string | null; readonly name: string; readonly atMs: number };
  readonly wish: Wish;
  readonly result: Result | null;
};

/** Why no other plan may be asked for now: this one is being worked out, or as many others as one may have; null: one may. */
export async function whyNotPlanned(
  unit: Unit,
  last: Pick<AskedPlan<unknown, unknown>, "jobId"> | null,
  { kind, userId, most }: PlansOfOne,
): Promise<"running" | "others" | null> {
  const running = last === null ? null : await readJob(unit, last.jobId);
  if (running !== null && (running.state === "queued" || running.state === "running")) return "running";
  return (await countUnfinished(unit, kind, userId)) >= most ? "others" : null;
}

type PlansOfOne = {
  readonly kind: string;
  readonly userId: string;
  readonly most: number;
};

type SearchWish = { readonly seconds: number; readonly seed: number; readonly asFewChangesAsPossible: boolean };

/** The last plan as it is told: how far its job is, and once that is done what came of it. */
export async function shownPlan<Result>(unit: Unit, { jobId, asked, wish, result }: AskedPlan<SearchWish, Result>) {
  const found = await readJob(unit, jobId);
  const job = found === null ? null : shownJob(found);
  const state = job === null || job.state === "waiting" ? (result === null ? "failed" : "done") : job.state;
  return {
    jobId,
    state,
    progress: job?.progress ?? 1,
    askedBy: {
      personId: asked.by,
      name: asked.name,
      at: Temporal.Instant.fromEpochMilliseconds(asked.atMs).toString(),
    },
    seconds: wish.seconds,
    seed: wish.seed,
    asFewChangesAsPossible: wish.asFewChangesAsPossible,
    soFar: job?.soFar ?? [],
    failure: job?.failure ?? null,
    problem: job?.problem ?? null,
    result,
  };
}
