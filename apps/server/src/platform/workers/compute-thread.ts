import { Worker } from "node:worker_threads";
import type { Clock, Timer } from "../clock.ts";
import { Unavailable } from "../failure.ts";
import type { Priority } from "./queue.ts";

/** Where a task lies: `module` is the address of its file, `name` its export. */
export type Task<Input, Part, Result, Word = never> = {
  readonly module: URL;
  readonly name: string;
  /** How soon it is served beside others; `check` unless said. */
  readonly priority?: Priority;
  /** How long it may say nothing before it is taken to be stuck; `SILENT_MS_MAX` unless said. */
  readonly silentMs?: number;
  /** Only for the compiler: what the export takes, hands out and ends with. */
  readonly types?: (input: Input, tell: (word: Word) => void) => AsyncGenerator<Part, Result>;
};

export type RunOptions<Part, Word = never> = {
  readonly onPart?: (part: Part) => Promise<void>;
  /** Hears what the task tells in passing, without waiting: little, and seldom. */
  readonly onWord?: (word: Word) => void;
  readonly transfer?: readonly ArrayBuffer[];
  readonly signal?: AbortSignal;
};

/** The task itself threw: the thread is well. */
export class TaskFailed extends Error {
  override name = "TaskFailed";
}

/** One thread beside the event loop; it runs one task at a time. */
export type ComputeThread = {
  /** Rejects with `TaskFailed` when the task throws; after any other the thread is no longer well. */
  readonly converse: (
    task: Task<never, never, unknown>,
    input: unknown,
    options: RunOptions<never>,
  ) => Promise<unknown>;
  /** Whether it can be given another task. */
  readonly isWell: () => boolean;
  readonly end: () => Promise<void>;
};

/** A task that has said nothing for so long is stuck, unless it said that it takes longer. */
export const SILENT_MS_MAX = 30_000;

type Said =
  | { readonly part: unknown }
  | { readonly word: unknown }
  | { readonly done: unknown }
  | { readonly failed: string };

/** What the conversation that is going on hears. */
type Listener = { readonly said: (said: Said) => void; readonly ended: (error: Error) => void };

/** Starts a thread that may hold `memoryMb` of objects. `onEnd` is called once, whatever it ended by. */
export function startThread(memoryMb: number, clock: Pick<Clock, "setTimer">, onEnd: () => void): ComputeThread {
  const worker = new Worker(new URL("thread.ts", import.meta.url), {
    name: "compute",
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  });
  worker.unref();
  let listener: Listener | null = null;
  let cause: unknown = null;
  let isWell = true;
  worker.on("message", (said: Said) => listener?.said(said));
  worker.on("error", (error) => (cause = error)); // What ends it comes next.
  worker.on("exit", () => {
    isWell = false;
    listener?.ended(new Unavailable(sentenceOf(cause, memoryMb), { cause }));
    onEnd();
  });
  const end = async () => {
    isWell = false;
    await worker.terminate();
  };

  return {
    isWell: () => isWell,
    end,
    async converse(task, input, { onPart, onWord, transfer = [], signal }) {
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      let timer: Timer | null = null;
      const giveUp = (error: Error) => {
        reject(error);
        void end();
      };
      const { silentMs = SILENT_MS_MAX } = task;
      const awaitWord = () => {
        timer = clock.setTimer(silentMs, () => giveUp(new Unavailable(`${task.name} said nothing for ${silentMs} ms`)));
      };
      const onAbort = () => giveUp(signal!.reason as Error);
      listener = {
        ended: reject,
        said(said) {
          timer?.cancel();
          if ("failed" in said) return reject(new TaskFailed(said.failed));
          if ("done" in said) return resolve(said.done);
          if ("word" in said) {
            awaitWord();
            return onWord?.(said.word as never);
          }
          // Whoever takes the part may take their time; the task waits.
          (onPart?.(said.part as never) ?? Promise.resolve()).then(() => {
            if (!isWell) return;
            awaitWord();
            worker.postMessage({ next: true });
          }, giveUp);
          return undefined;
        },
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      try {
        awaitWord();
        post(worker, { module: task.module.href, name: task.name, input }, transfer);
        return await promise;
      } finally {
        (timer as Timer | null)?.cancel();
        listener = null;
        signal?.removeEventListener("abort", onAbort);
      }
    },
  };
}

/** What cannot be sent is the task's fault: the thread has not heard of it. */
function post(worker: Worker, order: unknown, transfer: readonly ArrayBuffer[]): void {
  try {
    worker.postMessage(order, [...transfer]);
  } catch (cause) {
    throw new TaskFailed(`the input cannot be sent to a thread: ${String(cause)}`, { cause });
  }
}

function sentenceOf(cause: unknown, memoryMb: number): string {
  if (cause === null) return "a compute thread ended";
  const isFull = (cause as { code?: unknown }).code === "ERR_WORKER_OUT_OF_MEMORY";
  return isFull ? `a task needed more than ${memoryMb} MB, and was ended` : "a compute thread failed";
}
