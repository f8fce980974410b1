import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createClient, type Client } from "@hourwright/client";

export const COORDINATOR = "coordinator@larkfield.example";
const POLL_MS = 200;
/** Reconcilers that follow a first start are at work so long at most. */
const SETTLING_MS_MAX = 60_000;

/** A server of its own process, with the demo in it, and its coordinator signed in. */
export type Running = {
  readonly url: string;
  readonly client: Client;
  readonly token: string;
  readonly child: ChildProcess;
  stop(): Promise<void>;
};

/** Starts it on a free port, with these settings beside the bench's; resolves once it answers. */
export async function startServer(settings: Record<string, string>): Promise<Running> {
  const child = fork(fileURLToPath(new URL("../../apps/server/src/main.ts", import.meta.url)), [], {
    env: { ...process.env, PORT: "0", HOST: "127.0.0.1", RATE_LIMIT: "off", LOG_LEVEL: "error", ...settings },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  for await (const line of createInterface({ input: child.stdout! })) {
    const url = /ready at (http:\S+)/.exec(line)?.[1];
    if (url === undefined) continue;
    const { accessToken: token } = await createClient({ baseUrl: url })("auth.signIn", {
      body: { email: COORDINATOR, password: "larkfield-demo" },
    });
    return {
      url,
      token,
      child,
      client: createClient({ baseUrl: url, token: () => token }),
      async stop() {
        child.kill("SIGTERM");
        await once(child, "exit");
      },
    };
  }
  throw new Error("the server ended before it was ready");
}

/** Imports a file into one's own calendar; resolves when it is done. */
export async function importFile({ client }: Running, file: string): Promise<void> {
  const { id } = await client("calendars.importOwn", { body: file, query: {} });
  for (;;) {
    const { state } = await client("jobs.read", { params: { id } });
    if (state === "failed") throw new Error("the import failed");
    if (state === "done") return;
    await sleep(POLL_MS);
  }
}

/** Waits until nothing changes any more by itself: working hours are handed in after a first start. */
export async function settle(url: string, token: string): Promise<void> {
  const untilMs = performance.now() + SETTLING_MS_MAX;
  for (let before = -1; performance.now() < untilMs;) {
    const response = await fetch(`${url}/v1/changes?since=0&limit=1`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { latest } = (await response.json()) as { latest: number };
    if (latest === before) return;
    before = latest;
    await sleep(1_500);
  }
}
