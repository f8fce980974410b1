import { limits } from "@hourwright/contract";
import type { Clock } from "../clock.ts";
import type { SearchPoint } from "../workers/slices.ts";
import type { JobRun } from "./run.ts";

// A job whose work goes on elsewhere, for seconds or minutes, tells meanwhile how far it is.

/** A search is told in so many steps. */
const STEPS = 1_000;
const SEARCH_TOLD_EVERY_MS = 250;

/** Works while it tells again and again how far it is; and so it is learned that the work is to end: `tell` throws then. */
export async function workTold<T>(
  { signal, clock, everyMs, tell }: Telling,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  let isOver = false;
  const failed = new AbortController();
  const tellOnAndOn = async () => {
    while (!isOver) {
      await tell();
      await clock.sleep(everyMs);
    }
  };
  void tellOnAndOn().catch((error: unknown) => failed.abort(error));
  return work(AbortSignal.any([signal, failed.signal])).finally(() => (isOver = true));
}

type Telling = Pick<JobRun, "signal"> & {
  readonly clock: Pick<Clock, "sleep">;
  readonly everyMs: number;
  readonly tell: () => Promise<void>;
};

/**
 * Searches while it tells how good the best so far is. `tellEnd` tells at once that it is over, and throws where it was cancelled
 * meanwhile: for what is written afterwards.
 */
export async function searchTold<T>(
  { signal, progress }: Pick<JobRun, "signal" | "progress">,
  clock: Pick<Clock, "sleep">,
  search: (signal: AbortSignal, onPoint: (point: SearchPoint) => void) => Promise<T>,
): Promise<{ readonly found: T; readonly tellEnd: () => Promise<void> }> {
  const soFar: SearchPoint[] = [];
  let step = 0;
  const onPoint = (point: SearchPoint) => {
    if (soFar.length < limits.SEARCH_POINTS_MAX) soFar.push(point);
    step = Math.min(STEPS - 1, Math.round(point.share * STEPS));
  };
  const tell = () => progress(step, STEPS, { soFar });
  const found = await workTold({ signal, clock, everyMs: SEARCH_TOLD_EVERY_MS, tell }, (ending) =>
    search(ending, onPoint),
  );
  return { found, tellEnd: () => progress(STEPS, STEPS, { soFar }) };
}

/** What a job leaves whose search was applied: nothing more is to be told of it. */
export const APPLIED = { done: { soFar: [] } };
