import { Worker } from "node:worker_threads";
import { assert } from "@hourwright/std";
import type { Clock } from "../clock.ts";
import { Unavailable } from "../failure.ts";

/**
 * Work that would hold up everybody: run on threads beside the event loop.
 *
 * A task is an exported async generator of a module: it gets its input, hands out parts (each awaited by the caller, so
 * that nothing piles up), and ends with a result. One that says nothing for `SILENT_MS_MAX`, or whose caller aborts, is
 * ended with its thread; a new thread takes its place.
 */
export type WorkerPool = AsyncDisposable & {
  run<Input, Part, Result>(task: Task<Input, Part, Result>, input: Input, options: RunOptions<Part>): Promise<Result>;
  stats(): { readonly running: number; readonly waiting: number; readonly restarts: number };
};

/** Where a task lies: `module` is the address of its file, `name` its export. */
export type Task<Input, Part, Result> = {
  readonly module: URL;
  readonly name: string;
  /** Only for the compiler: what the export takes, hands out and ends with. */
  readonly types?: (input: Input) => AsyncGenerator<Part, Result>;
};

export type RunOptions<Part> = {
  readonly onPart?: (part: Part) => Promise<void>;
  readonly transfer?: readonly ArrayBuffer[];
  readonly signal?: AbortSignal;
};

/** A task that has said nothing for so long is stuck. */
const SILENT_MS_MAX = 30_000;
const WAITING_MAX = 200;
const MEMORY_MB_MAX = 2_048;

export function createWorkerPool(size: number, clock: Pick<Clock, "setTimer">): WorkerPool {
  const idle: Worker[] = [];
  const waiting: ((worker: Worker) => void)[] = [];
  let started = 0;
  let restarts = 0;
  let closed = false;

  function start(): Worker {
    started++;
    const worker = new Worker(new URL("thread.ts", import.meta.url), {
      name: "compute",
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB_MAX },
    });
    worker.unref();
    return worker;
  }

  async function acquire(): Promise<Worker> {
    if (closed) throw new Unavailable("the server is stopping");
    const free = idle.pop();
    if (free !== undefined) return free;
    if (started < size) return start();
    if (waiting.length >= WAITING_MAX) throw new Unavailable("too much waits for a compute thread");
    return new Promise((resolve) => waiting.push(resolve));
  }

  function release(worker: Worker): void {
    const next = waiting.shift();
    if (next === undefined) idle.push(worker);
    else next(worker);
  }

  async function replace(worker: Worker): Promise<void> {
    started--;
    restarts++;
    await worker.terminate();
    const next = waiting.shift();
    if (next !== undefined) next(start());
  }

  return {
    async run(task, input, { onPart, transfer = [], signal }) {
      const worker = await acquire();
      try {
        const result = await converse(worker, task, input, {
          clock,
          transfer,
          ...(onPart === undefined ? {} : { onPart }),
          ...(signal === undefined ? {} : { signal }),
        });
        release(worker);
        return result as never;
      } catch (error) {
        if (error instanceof TaskFailed) release(worker);
        else await replace(worker);
        throw error;
      }
    },
    stats: () => ({ running: started - idle.length, waiting: waiting.length, restarts }),
    async [Symbol.asyncDispose]() {
      closed = true;
      await Promise.all(idle.map((worker) => worker.terminate()));
    },
  };
}

/** The task itself threw: the thread is well. */
export class TaskFailed extends Error {
  override name = "TaskFailed";
}

type Said = { readonly part: unknown } | { readonly done: unknown } | { readonly failed: string };

function converse<Part>(
  worker: Worker,
  task: Task<never, Part, unknown>,
  input: unknown,
  { clock, onPart, transfer, signal }: RunOptions<Part> & { readonly clock: Pick<Clock, "setTimer"> },
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let timer = clock.setTimer(SILENT_MS_MAX, silent);
    const onAbort = () => end(() => reject(signal!.reason as Error));
    const onExit = () => end(() => reject(new Unavailable("a compute thread ended")));
    const onError = (error: Error) => end(() => reject(new Unavailable("a compute thread failed", { cause: error })));

    function silent(): void {
      end(() => reject(new Unavailable(`${task.name} said nothing for ${SILENT_MS_MAX} ms`)));
    }
    function end(settle: () => void): void {
      timer.cancel();
      worker.off("message", onMessage).off("exit", onExit).off("error", onError);
      signal?.removeEventListener("abort", onAbort);
      settle();
    }
    function onMessage(said: Said): void {
      timer.cancel();
      if ("failed" in said) return end(() => reject(new TaskFailed(said.failed)));
      if ("done" in said) return end(() => resolve(said.done));
      timer = clock.setTimer(SILENT_MS_MAX, silent);
      const taken = onPart?.(said.part as Part) ?? Promise.resolve();
      taken.then(
        () => worker.postMessage({ next: true }),
        (error: Error) => end(() => reject(error)),
      );
      return undefined;
    }

    assert(signal?.aborted !== true, `${task.name} was cancelled before it began`);
    signal?.addEventListener("abort", onAbort, { once: true });
    worker.on("message", onMessage).on("exit", onExit).on("error", onError);
    worker.postMessage({ module: task.module.href, name: task.name, input }, [...(transfer ?? [])]);
  });
}
