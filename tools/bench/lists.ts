import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createClient } from "@hourwright/client";
import { findPrograms, startCluster } from "../../apps/server/src/platform/testing/cluster.ts";
import { askFor, type Asked } from "./load.ts";
import { percentile, type Bench, type Result } from "./report.ts";
import { settle } from "./server.ts";

/** Lists over HTTP: worked out anew beside a handler that goes row by row, and kept beside Fastify with the same bytes. */
export const lists: Bench = {
  name: "lists",
  async run(say) {
    const results: Result[] = [];
    const directory = mkdtempSync(join(tmpdir(), "hourwright-bench-"));
    try {
      say("embedded database: filling the demo, asking for lists …");
      results.push(...(await measure({ DATA_DIR: join(directory, "data") }, "embedded")));
      const programs = findPrograms();
      if (programs === null) say("PostgreSQL: not measured, its server programs are not here.");
      else {
        say("PostgreSQL: the same …");
        const cluster = await startCluster(programs);
        results.push(...(await measure({ DATABASE_URL: cluster.url, DEMO: "1" }, "PostgreSQL")));
        await cluster[Symbol.asyncDispose]();
      }
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
    return results;
  },
};

const ROUNDS = 7;
const ROUND_MS = 1_000;
const CONNECTIONS = 16;
const ZONE = "Europe/Prague";

type Urls = { readonly ours: string; readonly rowByRow: string; readonly bare: string };
type Side = { readonly perSecond: number; readonly cpuMsEach: number };

async function measure(settings: Readonly<Record<string, string>>, database: string): Promise<Result[]> {
  const child = fork(fileURLToPath(new URL("../../apps/server/src/testing/list-peers.ts", import.meta.url)), [], {
    env: { ...process.env, ...settings },
  });
  const [{ urls }] = (await once(child, "message")) as [{ urls: Urls }];
  try {
    const client = createClient({ baseUrl: urls.ours });
    const { accessToken: token } = await client("auth.signIn", {
      body: { email: "coordinator@larkfield.example", password: "larkfield-demo" },
    });
    await settle(urls.ours, token);
    const year = Temporal.Now.plainDateISO().year;
    const results: Result[] = [];
    for (const [name, from, to] of [
      ["a year", `${year}-01-01`, `${year + 1}-01-01`],
      ["a week", `${year}-05-04`, `${year}-05-11`],
    ] as const) {
      const path = `/v1/calendar/events?start=${from}&end=${to}&timeZone=${ZONE}`;
      const answer = await (
        await fetch(`${urls.ours}${path}`, { headers: { authorization: `Bearer ${token}` } })
      ).text();
      await toldBy(child, { answer });
      const size = `${Math.round(answer.length / 1_024)} kB`;
      // Another end each time, some milliseconds away, is another question with the same answer.
      const later = (count: number) => `${to}T00:00:00.${String(count % 1_000).padStart(3, "0")}Z`;
      const fresh = {
        ours: (count: number) =>
          `/v1/calendar/events?start=${from}&end=${later(count)}&timeZone=${ZONE}&limit=${20_000 - (Math.floor(count / 1_000) % 1_000)}`,
        peer: (count: number) => `/events?start=${from}&end=${later(count)}&zone=${ZONE}`,
      };
      results.push(
        ...compared(
          `${name} (${size}) worked out anew, ${database}`,
          "row by row",
          2.5,
          await race(
            child,
            { url: urls.ours, token, path: fresh.ours },
            { url: urls.rowByRow, token, path: fresh.peer },
            4,
          ),
        ),
        ...compared(
          `${name} (${size}) kept, ${database}`,
          "bare Fastify",
          0.6,
          await race(
            child,
            { url: urls.ours, token, path: () => path },
            { url: urls.bare, token, path: () => "/events" },
            CONNECTIONS,
          ),
        ),
      );
    }
    return results;
  } finally {
    child.kill("SIGKILL");
    await once(child, "exit");
  }
}

/** Both sides in turn, round after round: what else the machine does meets both alike. */
async function race(
  child: ChildProcess,
  ours: Asked,
  peer: Asked,
  connections: number,
): Promise<{ ours: Side; peer: Side }[]> {
  const side = async (asked: Asked): Promise<Side> => {
    const before = await toldBy(child, { cpu: true });
    const { answers, seconds } = await askFor(asked, connections, ROUND_MS);
    const cpuMs = (await toldBy(child, { cpu: true })) - before;
    return { perSecond: answers / seconds, cpuMsEach: cpuMs / answers };
  };
  const rounds: { ours: Side; peer: Side }[] = [];
  for (let round = 0; round <= ROUNDS; round++) rounds.push({ ours: await side(ours), peer: await side(peer) });
  return rounds.slice(1); // The first warms both up.
}

async function toldBy(child: ChildProcess, message: { answer?: string; cpu?: true }): Promise<number> {
  child.send(message);
  const [{ cpuMs }] = (await once(child, "message")) as [{ cpuMs: number }];
  return cpuMs;
}

/** Requests a second, which is the promise, and the processor's time for each, which other work disturbs least. */
function compared(
  what: string,
  peer: string,
  promised: number,
  rounds: readonly { ours: Side; peer: Side }[],
): Result[] {
  const median = (values: number[]) => percentile(values, 0.5);
  const round = (value: number) => Math.round(value * 100) / 100;
  const rate = median(rounds.map(({ ours, peer }) => ours.perSecond / peer.perSecond));
  const cpu = median(rounds.map(({ ours, peer }) => peer.cpuMsEach / ours.cpuMsEach));
  return [
    {
      what,
      value: round(median(rounds.map(({ ours }) => ours.perSecond))),
      unit: "requests/s",
      peer,
      peerValue: round(median(rounds.map(({ peer }) => peer.perSecond))),
      ratio: round(rate),
      promise: `≥ ${promised} ×`,
      kept: rate >= promised,
    },
    {
      what: "  its processor time",
      value: round(median(rounds.map(({ ours }) => ours.cpuMsEach))),
      unit: "ms",
      peer,
      peerValue: round(median(rounds.map(({ peer }) => peer.cpuMsEach))),
      ratio: round(cpu),
      promise: "",
      kept: true,
    },
  ];
}
