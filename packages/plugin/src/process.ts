import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Plugin } from "./folder.ts";

/** What one run of a plug-in may take. Milliseconds of the wall, bytes of messages, megabytes of memory. */
export type Limits = {
  readonly startMs: number;
  readonly callMs: number;
  /** All calls of one run together. */
  readonly allMs: number;
  readonly orderBytes: number;
  readonly answerBytes: number;
  /** Objects of the language. */
  readonly heapMb: number;
};

export const LIMITS: Limits = {
  startMs: 10_000,
  callMs: 2_000,
  allMs: 30_000,
  orderBytes: 4_000_000,
  answerBytes: 1_000_000,
  heapMb: 128,
};

/** What a plug-in did that ends it, as the end of a sentence: "took longer than 1000 ms". */
export class PluginFailure extends Error {
  override name = "PluginFailure";
}

/**
 * A plug-in at work: one question at a time. After a `PluginFailure` its process is gone, and every question fails so. Whoever
 * disposes of it ends also the question that is open, with an error that is no failure of the plug-in.
 */
export type PluginProcess = AsyncDisposable & {
  ask(call: "breaches" | "delta" | "begin" | "next", given: unknown): Promise<unknown>;
  /** Milliseconds left of all that its calls may take. */
  leftMs(): number;
};

const CHILD = fileURLToPath(new URL("child.ts", import.meta.url));
/** Node counts about half a gigabyte before it has begun: what it reserves and may write. */
const DATA_MB_BEFORE = 700;
const SAID_MAX = 200;

/** What Node is started with; nothing is allowed but to read one file. */
export const nodeOptions = ({ heapMb }: Limits): string[] => [
  "--permission",
  `--allow-fs-read=${CHILD}`,
  "--disallow-code-generation-from-strings",
  "--experimental-vm-modules",
  "--no-addons",
  "--no-warnings",
  "--v8-pool-size=1",
  `--max-old-space-size=${heapMb}`,
];

/**
 * Starts a process for a plug-in and loads it. No environment, no folder of its own, no messages but through its answers; on
 * systems with a shell also limits of the system: memory, processor time (so that it ends when we are gone), no files, no core.
 */
export async function startPlugin(plugin: Plugin, limits: Limits = LIMITS): Promise<PluginProcess> {
  const child = startNode([...nodeOptions(limits), CHILD], limits);
  let heard: Buffer[] = [];
  let bytes = 0;
  let failure: Error | null = null;
  let waiting: PromiseWithResolvers<string> | null = null;
  let leftMs = limits.allMs;

  function end(why: Error): void {
    failure ??= why;
    child.kill("SIGKILL");
    waiting?.reject(failure);
  }
  const fail = (what: string) => end(new PluginFailure(what));
  child.on("error", (error) => fail(`could not be started: ${error.message}`));
  child.on("exit", (code, signal) => fail(endedSentence(code, signal, limits)));
  child.stdin!.on("error", () => {}); // Its exit says why.
  child.stdout!.on("data", (part: Buffer) => {
    if (failure !== null) return;
    if (waiting === null) return fail("speaks without being asked");
    bytes += part.length;
    heard.push(part);
    if (bytes > limits.answerBytes) return fail(`answers with more than ${limits.answerBytes} bytes`);
    if (part.at(-1) === NEWLINE) waiting.resolve(Buffer.concat(heard).toString("utf8"));
    return undefined;
  });

  async function exchange(order: object, ms: number): Promise<unknown> {
    if (failure !== null) throw failure;
    if (waiting !== null) throw new Error("a plug-in is asked one question at a time");
    const line = `${JSON.stringify(order)}\n`;
    if (Buffer.byteLength(line) > limits.orderBytes) {
      throw new RangeError(`a question to a plug-in has at most ${limits.orderBytes} bytes`);
    }
    waiting = Promise.withResolvers();
    [heard, bytes] = [[], 0];
    const timer = setTimeout(() => fail(`took longer than ${Math.round(ms)} ms`), ms);
    try {
      child.stdin!.write(line);
      const answer = answerIn(await waiting.promise);
      if ("thrown" in answer) fail(`throws: ${shown(answer.thrown)}`);
      if ((failure as Error | null) !== null) throw failure;
      return answer.answer;
    } catch (error) {
      if (error instanceof PluginFailure) end(error);
      throw error;
    } finally {
      clearTimeout(timer);
      waiting = null;
    }
  }

  const plugged: PluginProcess = {
    leftMs: () => leftMs,
    async ask(call, given) {
      if (leftMs <= 0) fail(`took longer than ${limits.allMs} ms in all`);
      const startedMs = performance.now();
      try {
        return await exchange({ call, given: JSON.stringify(given) }, Math.max(1, Math.min(limits.callMs, leftMs)));
      } finally {
        leftMs -= performance.now() - startedMs;
      }
    },
    async [Symbol.asyncDispose]() {
      end(new Error("the run of a plug-in has ended"));
      if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) await once(child, "exit");
    },
  };
  try {
    await exchange({ load: plugin.source }, limits.startMs);
    return plugged;
  } catch (error) {
    await plugged[Symbol.asyncDispose]();
    throw error;
  }
}

const NEWLINE = 10;

/** `exec`, so that the process that is killed is Node itself. */
export function startNode(parameters: readonly string[], { heapMb, allMs }: Limits): ChildProcess {
  const stdio: ("pipe" | "ignore")[] = ["pipe", "pipe", "ignore"];
  if (process.platform === "win32") {
    return spawn(process.execPath, parameters, { env: {}, cwd: "/", stdio, windowsHide: true });
  }
  const limits = [
    `ulimit -d ${(DATA_MB_BEFORE + heapMb) * 1_024}`,
    `ulimit -t ${Math.ceil(allMs / 1_000) + 10}`,
    "ulimit -f 0",
    "ulimit -c 0",
  ];
  return spawn("/bin/sh", ["-c", `${limits.join(" && ")} && exec "$0" "$@"`, process.execPath, ...parameters], {
    env: {},
    cwd: "/",
    stdio,
  });
}

function endedSentence(code: number | null, signal: string | null, { heapMb }: Limits): string {
  if (signal === null) return `ended its process (status ${code})`;
  return `was ended by the system (${signal}), as when it needs more than ${heapMb} MB`;
}

function answerIn(line: string): { readonly answer?: unknown; readonly thrown?: unknown } {
  try {
    const said: unknown = JSON.parse(line);
    if (typeof said === "object" && said !== null) return said;
  } catch {
    // Said below.
  }
  throw new PluginFailure("answers with no JSON");
}

/** What a plug-in said, for a log or a screen. */
const shown = (said: unknown): string =>
  (typeof said === "string" ? said : "something").slice(0, SAID_MAX).replaceAll(/\p{Cc}|\p{Bidi_Control}/gu, "\uFFFD");
