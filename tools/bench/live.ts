import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "@hourwright/client";
import { beside, listen, nowMs, SOCKETS_OF_A_MEMBER, stallOf, withCrowd, type Crowd } from "./crowd.ts";
import { below, percentile, type Bench, type Result } from "./report.ts";

/** Twenty organisations of fifty open pages. */
const ORGANISATIONS = 20;
const CHANGES = 300;
/** The first ones, by which everything is warm, are not counted. */
const WARM_UP = 60;
/** So many changes a second, of all organisations in turn. */
const RATE = 10;
const QUIET_MS = 3_000;

/** Changes told to a thousand clients: from the commit to the message at each of fifty clients who see it. */
export const live: Bench = {
  name: "live",
  run(say) {
    say("embedded database: making organisations and their members …");
    return withCrowd({ organisations: ORGANISATIONS, staff: 0 }, (crowd) => measure(crowd, say));
  },
};

/** One message at one client. */
type Heard = { readonly organisation: number; readonly seq: number; readonly atMs: number };

async function measure(crowd: Crowd, say: (sentence: string) => void): Promise<Result[]> {
  const { url, accounts } = crowd;
  const heard: Heard[] = [];
  const writers: Client[] = [];
  const sockets: WebSocket[] = [];
  for (const { organisation, emails } of accounts) {
    for (const [m, email] of emails.entries()) {
      const client = await crowd.signIn(email);
      if (m === 0) writers.push(client);
      for (let n = 0; n < SOCKETS_OF_A_MEMBER[m]!; n++)
        sockets.push(
          await listen(client, url, ({ type, seq }, atMs) => {
            if (type === "event:created") heard.push({ organisation, seq, atMs });
          }),
        );
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
  const tookMs = heard.map(({ organisation, seq, atMs }) => atMs - crowd.committedMs(organisation, seq));
  for (const socket of sockets) socket.close();
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
