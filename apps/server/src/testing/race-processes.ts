import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { RaceServerStarted, Turn } from "./race-server.ts";
import { Lost, openWire, type Answer, type Wanted, type Wire } from "./wire.ts";

/** The server's processes: killed and started again meanwhile, their clocks turned together. */
export type Processes = AsyncDisposable & {
  /** Asks one of them, or the one that is named, again and again until somebody answers. */
  ask(wanted: Wanted, which?: number): Promise<Answer>;
  /** Requests that nobody answered, because their process was killed. */
  lost(): number;
  /** Ends one at once, wherever it is, and starts it again. Resolves when it listens. */
  kill(which: number): Promise<void>;
  /** Turns the clocks of all ahead by so much more. */
  turn(ms: number): void;
  /** What their clocks show. */
  nowMs(): number;
  /** Of the first. */
  readonly setupCode: string | null;
};

/** A process that has been killed is back by then. */
const BACK_MS_MAX = 120_000;
const TRY_AGAIN_MS = 25;

type Running = { child: ChildProcess; url: string; readonly idle: Wire[] };

/** Starts so many with the same settings. */
export async function startProcesses(settings: Readonly<Record<string, string>>, count: number): Promise<Processes> {
  let aheadMs = 0;
  let lost = 0;
  let asked = 0;

  async function start(): Promise<{ child: ChildProcess; started: RaceServerStarted }> {
    const module = fileURLToPath(new URL("race-server.ts", import.meta.url));
    // None of our own flags: those of a run of tests are no flags of a server.
    const child = fork(module, [String(aheadMs)], { env: { ...process.env, ...settings }, execArgv: [] });
    const ended = new AbortController();
    child.once("exit", () => ended.abort(new Error("a server ended before it listened: what it said stands above")));
    const [started] = (await once(child, "message", { signal: ended.signal })) as [RaceServerStarted];
    return { child, started };
  }
  const running: Running[] = [];
  let setupCode: string | null = null;
  for (let i = 0; i < count; i++) {
    const { child, started } = await start();
    running.push({ child, url: started.url, idle: [] });
    if (i === 0) setupCode = started.setupCode;
  }

  async function askOnce(wanted: Wanted, which: number): Promise<Answer> {
    const at = running[which % count]!;
    const { url } = at;
    const wire = at.idle.pop() ?? (await openWire(url));
    const answer = await wire.ask(wanted);
    if (at.url === url) at.idle.push(wire);
    else wire[Symbol.dispose]();
    return answer;
  }

  return {
    setupCode,
    lost: () => lost,
    nowMs: () => Temporal.Now.instant().epochMilliseconds + aheadMs,
    async ask(wanted, which) {
      const untilMs = performance.now() + BACK_MS_MAX;
      for (let tries = 1; ; tries++) {
        try {
          return await askOnce(wanted, which ?? asked++);
        } catch (error) {
          if (!(error instanceof Lost) || performance.now() > untilMs) throw error;
          if (tries === 1) lost++;
          await sleep(TRY_AGAIN_MS);
        }
      }
    },
    async kill(which) {
      const one = running[which % count]!;
      const gone = once(one.child, "exit");
      one.child.kill("SIGKILL");
      await gone;
      const { child, started } = await start();
      one.child = child;
      one.url = started.url;
      for (const wire of one.idle.splice(0)) wire[Symbol.dispose]();
      child.send({ aheadMs } satisfies Turn); // It may have been turned while it started.
    },
    turn(ms) {
      aheadMs += ms;
      for (const { child } of running) if (child.connected) child.send({ aheadMs } satisfies Turn);
    },
    async [Symbol.asyncDispose]() {
      for (const { child, idle } of running) {
        for (const wire of idle.splice(0)) wire[Symbol.dispose]();
        if (child.exitCode !== null || child.signalCode !== null) continue;
        const gone = once(child, "exit");
        child.kill("SIGTERM");
        await gone;
      }
    },
  };
}
