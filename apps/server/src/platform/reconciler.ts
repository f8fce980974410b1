import { assert } from "@hourwright/std";
import type { Clock } from "./clock.ts";

/** What one run did, for the status page and the log: plain JSON, counts first. */
export type RunStatus = Readonly<Record<string, number | string>>;

export type Reconciler = {
  readonly name: string;
  /** Runs at least this often, so a lost wake-up costs minutes, never correctness. */
  readonly everyMs: number;
  /** Compares what is with what should be, and closes the gap. Takes no input; safe to repeat. */
  run(signal: AbortSignal): Promise<RunStatus>;
};

export type RunningReconciler = AsyncDisposable & {
  /** Asks for a run soon: any number of times before it starts make one. */
  wake(): void;
};

/** Runs one reconciler, first at once: never twice at a time; a wake-up during a run makes exactly one more run. */
export function startReconciler(
  task: Reconciler,
  clock: Pick<Clock, "setTimer">,
  report: (status: RunStatus) => void,
): RunningReconciler {
  assert(task.everyMs > 0, `${task.name} must rest between runs: ${task.everyMs}`);
  const stop = new AbortController();
  let woken = Promise.withResolvers<void>();

  async function loop(): Promise<void> {
    while (!stop.signal.aborted) {
      woken = Promise.withResolvers<void>();
      try {
        report(await task.run(stop.signal));
      } catch (error) {
        report({ failed: String(error) }); // The next run starts from what is, not from what failed.
      }
      const timer = clock.setTimer(task.everyMs, woken.resolve);
      await woken.promise;
      timer.cancel();
    }
  }

  const running = loop();
  return {
    wake: () => woken.resolve(),
    async [Symbol.asyncDispose]() {
      stop.abort();
      woken.resolve();
      await running;
    },
  };
}
