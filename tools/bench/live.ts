import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createClient, type Client } from "@hourwright/client";
import { below, percentile, type Bench, type Result } from "./report.ts";

/** Twenty organisations of fifty open pages, as three people each have on all their devices. */
const ORGANISATIONS = 20;
const MEMBERS = 3;
const SOCKETS_OF_A_MEMBER = [17, 17, 16] as const;
const CHANGES = 300;
/** The first ones, by which everything is warm, are not counted. */
const WARM_UP = 60;
/** So many changes a second, of all organisations in turn. */
const RATE = 10;
const QUIET_MS = 3_000;

/** Changes told to a thousand clients: from the commit to the message at each of fifty clients who see it. */
export const live: Bench = {
  name: "live",
  async run(say) {
    const directory = mkdtempSync(join(tmpdir(), "hourwright-bench-"));
    try {
      return await measure(join(directory, "data"), say);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  },
};

const nowMs = (): number => Number(process.hrtime.bigint()) / 1e6;

/** One message at one client. */
type Heard = { readonly organisation: number; readonly seq: number; readonly atMs: number };
type Told = { readonly organisation: number; readonly seq: number; readonly committedMs: number };
type Started = {
  readonly url: string;
  readonly accounts: readonly { organisation: number; emails: string[] }[];
  readonly password: string;
};

async function measure(dataDir: string, say: (sentence: string) => void): Promise<Result[]> {
  say("embedded database: making organisations and their members …");
  const module = fileURLToPath(new URL("../../apps/server/src/testing/live-crowd.ts", import.meta.url));
  const child = fork(module, [String(ORGANISATIONS), String(MEMBERS)], { env: { ...process.env, DATA_DIR: dataDir } });
  const [{ url, accounts, password }] = (await once(child, "message")) as [Started];
  const commits = new Map<number, Told[]>();
  child.on("message", (told: Told) =>
    commits.set(told.organisation, [...(commits.get(told.organisation) ?? []), told]),
  );
  const heard: Heard[] = [];
  const writers: Client[] = [];
  const sockets: WebSocket[] = [];
  for (const { organisation, emails } of accounts) {
    for (const [m, email] of emails.entries()) {
      const { accessToken } = await createClient({ baseUrl: url })("auth.signIn", { body: { email, password } });
      const client = createClient({ baseUrl: url, token: () => accessToken });
      if (m === 0) writers.push(client);
      for (let n = 0; n < SOCKETS_OF_A_MEMBER[m]!; n++) sockets.push(await listen(client, url, organisation, heard));
    }
  }
  await sleep(QUIET_MS);
  await writeAll(writers, 0, WARM_UP);
  heard.length = 0;
  say(`${sockets.length} sockets: ${CHANGES} changes, ${RATE} a second …`);
  const own = monitorEventLoopDelay({ resolution: 1 });
  await stallOf(url); // From now on.
  own.enable();
  await writeAll(writers, WARM_UP, CHANGES);
  own.disable();
  const stallMs = await stallOf(url);
  const tookMs = heard.map(({ organisation, seq, atMs }) => atMs - committedMs(commits.get(organisation) ?? [], seq));
  for (const socket of sockets) socket.close();
  child.disconnect();
  await once(child, "exit");
  const expected = (CHANGES * sockets.length) / ORGANISATIONS;
  const value = (share: number) => percentile(tookMs, share);
  return [
    below("live: commit to message, 1,000 clients, p50", value(0.5), "ms", 50),
    below("live: commit to message, 1,000 clients, p99", value(0.99), "ms", 50),
    // Beside the promise, on a machine with others: how late whoever measures was itself, and the server at worst.
    beside("live: this process late by itself, p99", own.percentile(99) / 1e6 - 1),
    beside("live: the server's longest stall", stallMs),
    below(`live: messages that did not come, of ${expected}`, expected - tookMs.length, "", 1),
  ];
}

const beside = (what: string, ms: number): Result => ({ ...below(what, ms, "ms", Infinity), promise: "" });

/** The longest stall of the server's event loop since it was last asked, in milliseconds. */
async function stallOf(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(/^hourwright_event_loop_stall_ms (\S+)/m.exec(metrics)?.[1]);
}

/** Makes events at the rate, in all organisations in turn, and waits until all has become quiet. */
async function writeAll(writers: readonly Client[], from: number, count: number): Promise<void> {
  const startedMs = nowMs();
  const writing: Promise<unknown>[] = [];
  for (let i = from; i < from + count; i++) {
    await sleep(Math.max(0, startedMs + ((i - from) * 1_000) / RATE - nowMs()));
    const start = Temporal.Instant.from("2027-03-01T08:00:00Z")
      .add({ minutes: i * 7 })
      .toString();
    const body = { title: `Event ${i}`, start, preventConflicts: false };
    writing.push(writers[i % writers.length]!("events.create", { body }));
  }
  await Promise.all(writing);
  await sleep(QUIET_MS);
}

/** When a change was committed: the last of its unit says so for all of them. */
const committedMs = (commits: readonly Told[], seq: number): number =>
  commits.find((each) => each.seq >= seq)?.committedMs ?? Number.NaN;

async function listen(client: Client, url: string, organisation: number, heard: Heard[]): Promise<WebSocket> {
  const { ticket } = await client("live.ticket", {});
  const socket = new WebSocket(`${url.replace("http", "ws")}/v1/live?ticket=${ticket}`);
  await once(socket, "open");
  socket.addEventListener("message", ({ data }: MessageEvent<string>) => {
    const atMs = nowMs();
    const message = JSON.parse(data) as { type: string; seq: number };
    if (message.type === "event:created") heard.push({ organisation, seq: message.seq, atMs });
  });
  socket.send(JSON.stringify({ type: "subscribe", topic: "calendar" }));
  return socket;
}
