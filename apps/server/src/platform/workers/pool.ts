import { assert } from "@hourwright/std";
import type { Clock, Timer } from "../clock.ts";
import { Unavailable } from "../failure.ts";
import { startThread, type ComputeThread, type RunOptions, type Task } from "./compute-thread.ts";
import { createDelays } from "./delays.ts";
import { createQueue, type Priority } from "./queue.ts";

export { SILENT_MS_MAX, TaskFailed, type Task } from "./compute-thread.ts";

/**
 * Work that would hold up everybody: run on threads beside the event loop.
 *
 * A task is an exported async generator of a module: it gets its input, hands out parts (each awaited by the caller, so
 * that nothing piles up), and ends with a result. One that says nothing for half a minute (or for as long as it may), or whose caller aborts, is
 * ended with its thread; a new thread takes its place. Waiting, it is served by its priority; when too much waits, or memory
 * is short, the oldest of the lowest priority is refused with a sentence.
 */
export type WorkerPool = AsyncDisposable & {
  run<Input, Part, Result, Word = never>(
    task: Task<Input, Part, Result, Word>,
    input: Input,
    options: RunOptions<Part, Word>,
  ): Promise<Result>;
  stats(): PoolStats;
};

/** `restarts`: threads that ended while they were needed. `delayMs`: how long the last of those that were served had waited. */
export type PoolStats = {
  readonly running: number;
  readonly waiting: number;
  readonly threads: number;
  readonly restarts: number;
  readonly shed: number;
  readonly delayMs: { readonly median: number; readonly p99: number };
};

export type PoolOptions = {
  /** Most that one thread's objects may take. */
  readonly memoryMb?: number;
  /** Whether the machine has too little left to let much wait. */
  readonly isMemoryShort?: () => boolean;
};

const WAITING_MAX = 200;
/** While memory is short no more than this waits: each holds its input. */
const WAITING_MAX_SHORT = 10;
const MEMORY_MB = 2_048;
const MEMORY_LEFT_BYTES_MIN = 200 * 2 ** 20;
/** One that has waited so long gets another thread. A thread starts in about as much time. */
export const GROW_AFTER_MS = 50;
/** A thread that was not needed for so long goes, but for the last. */
export const SHRINK_AFTER_MS = 30_000;

type Job = {
  readonly priority: Priority;
  readonly sinceMs: number;
  readonly serve: (thread: ComputeThread) => void;
  readonly refuse: (error: Error) => void;
};

/** At most `sizeMax` threads: none until they are needed, one at once, more by how long others wait. */
export function createWorkerPool(
  sizeMax: number,
  clock: Pick<Clock, "setTimer" | "monotonicMs">,
  { memoryMb = MEMORY_MB, isMemoryShort = hasLittleMemory }: PoolOptions = {},
): WorkerPool {
  assert(Number.isInteger(sizeMax) && sizeMax >= 1, `a pool has a thread or more: ${sizeMax}`);
  const threads = new Set<ComputeThread>();
  /** Those that wait for work, and when each of them goes; who was busy last is asked first. */
  const idle = new Map<ComputeThread, Timer>();
  const queue = createQueue<Job>();
  const delays = createDelays();
  let growth: Timer | null = null;
  let restarts = 0;
  let shed = 0;
  let closed = false;

  function start(): ComputeThread {
    const thread: ComputeThread = startThread(memoryMb, clock, () => {
      const wasSpare = !threads.delete(thread);
      idle.get(thread)?.cancel();
      idle.delete(thread);
      if (!wasSpare && !closed) restarts++;
      serve();
    });
    threads.add(thread);
    return thread;
  }

  /** Gives what waits to who is idle; starts the first thread, or looks again when one has waited long enough for another. */
  function serve(): void {
    while (!closed) {
      const thread = [...idle.keys()].at(-1) ?? (threads.size === 0 && queue.size() > 0 ? start() : undefined);
      const job = thread === undefined ? null : queue.take();
      if (job === null) break;
      hand(job, thread!);
    }
    growth ??= growthTimer();
  }

  function hand(job: Job, thread: ComputeThread): void {
    idle.get(thread)?.cancel();
    idle.delete(thread);
    delays.add(clock.monotonicMs() - job.sinceMs);
    job.serve(thread);
  }

  function growthTimer(): Timer | null {
    if (closed || queue.size() === 0 || threads.size >= sizeMax) return null;
    return clock.setTimer(GROW_AFTER_MS, () => {
      growth = null;
      const sinceMs = queue.waitingSinceMs() ?? Infinity;
      const isLate = clock.monotonicMs() - sinceMs >= GROW_AFTER_MS;
      if (isLate && threads.size < sizeMax && !closed && !isMemoryShort()) hand(queue.take()!, start());
      serve();
    });
  }

  /** One that is not well has ended, or ends: it is taken out then. */
  function rest(thread: ComputeThread): void {
    if (closed || !thread.isWell()) return;
    idle.set(
      thread,
      clock.setTimer(SHRINK_AFTER_MS, () => leave(thread)),
    );
    serve();
  }

  /** The last one stays: it is idle for as long as it may be. */
  function leave(thread: ComputeThread): void {
    if (threads.size === 1) return;
    idle.delete(thread);
    threads.delete(thread);
    void thread.end();
  }

  function threadFor(priority: Priority, signal: AbortSignal | undefined): Promise<ComputeThread> {
    const { promise, resolve, reject } = Promise.withResolvers<ComputeThread>();
    const onAbort = () => queue.remove(job) && job.refuse(signal!.reason as Error);
    const job: Job = {
      priority,
      sinceMs: clock.monotonicMs(),
      serve(thread) {
        signal?.removeEventListener("abort", onAbort);
        resolve(thread);
      },
      refuse(error) {
        signal?.removeEventListener("abort", onAbort);
        reject(error);
      },
    };
    signal?.addEventListener("abort", onAbort, { once: true });
    queue.add(job);
    serve();
    const isShort = queue.size() > WAITING_MAX_SHORT && isMemoryShort();
    for (const each of queue.shed(isShort ? WAITING_MAX_SHORT : WAITING_MAX)) {
      shed++;
      each.refuse(
        new Unavailable(
          isShort ? "memory is short: the oldest waits no longer" : "too much waits for a compute thread",
        ),
      );
    }
    return promise;
  }

  return {
    async run(task, input, options) {
      if (closed) throw new Unavailable("the server is stopping");
      options.signal?.throwIfAborted();
      const thread = await threadFor(task.priority ?? "check", options.signal);
      try {
        options.signal?.throwIfAborted();
        return (await thread.converse(task as never, input, options)) as never;
      } finally {
        rest(thread);
      }
    },
    stats: () => ({
      running: threads.size - idle.size,
      waiting: queue.size(),
      threads: threads.size,
      restarts,
      shed,
      delayMs: delays.percentiles(),
    }),
    async [Symbol.asyncDispose]() {
      closed = true;
      growth?.cancel();
      for (const job of queue.shed(0)) job.refuse(new Unavailable("the server is stopping"));
      for (const timer of idle.values()) timer.cancel();
      await Promise.all([...threads].map((thread) => thread.end()));
    },
  };
}

const hasLittleMemory = (): boolean => process.availableMemory() < MEMORY_LEFT_BYTES_MIN;
