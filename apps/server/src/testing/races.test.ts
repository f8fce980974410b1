// Who wins a race is settled by PostgreSQL alone, so this runs on a real server, with two processes of ours before it.
import assert from "node:assert/strict";
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describe, test } from "node:test";
import { seededRandom } from "@hourwright/std";
import pg from "pg";
import { postgres } from "./filled-database.ts";

const SLOTS = 150;
const RACERS = 16;
const SUBJECTS = 4;
const SEED = Number(process.env["SEED"] ?? 20270325);
const START_MS_MAX = 120_000;

type Process = { readonly url: string; readonly child: ChildProcess };

async function startProcess(databaseUrl: string): Promise<Process> {
  const child = fork(fileURLToPath(new URL("../main.ts", import.meta.url)), [], {
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      DEMO: "1",
      PORT: "0",
      HOST: "127.0.0.1",
      RATE_LIMIT: "off",
      LOG_LEVEL: "error",
    },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  const lines = createInterface({ input: child.stdout! });
  const timer = setTimeout(() => child.kill(), START_MS_MAX);
  for await (const line of lines) {
    const url = /ready at (http:\S+)/.exec(line)?.[1];
    if (url === undefined) continue;
    clearTimeout(timer);
    return { url, child };
  }
  throw new Error("a server process ended before it was ready");
}

async function stopProcess({ child }: Process): Promise<void> {
  child.kill("SIGTERM");
  await once(child, "exit");
}

async function ask(
  url: string,
  token: string,
  path: string,
  body: unknown,
): Promise<{ status: number; body: { id: string; code?: string } }> {
  const response = await fetch(`${url}${path}`, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
  });
  return { status: response.status, body: (await response.json()) as { id: string; code?: string } };
}

async function tokenAt(url: string): Promise<string> {
  const { body } = await ask(url, "", "/v1/auth/sign-in", {
    email: "coordinator@larkfield.example",
    password: "larkfield-demo",
  });
  return (body as unknown as { accessToken: string }).accessToken;
}

describe(`races before two processes on ${postgres.name}`, { skip: postgres.skip }, () => {
  test(`${SLOTS} slots × ${RACERS} racers for ${SUBJECTS} rooms each: nothing overlaps, nothing fails, every slot is won once (seed ${SEED})`, async () => {
    const base = await postgres.open();
    const databaseUrl = base.url;
    const processes = [await startProcess(databaseUrl), await startProcess(databaseUrl)];
    try {
      const tokens = await Promise.all(processes.map(({ url }) => tokenAt(url)));
      const [first] = processes;
      const rooms = await Promise.all(
        Array.from(
          { length: SUBJECTS },
          async (_, i) =>
            (await ask(first!.url, tokens[0]!, "/v1/resources", { name: `Race room ${i}`, kind: "room" })).body.id,
        ),
      );
      const calendar = (await ask(first!.url, tokens[0]!, "/v1/calendars", { name: "Races", ownerSubjectId: null }))
        .body.id;
      const random = seededRandom(SEED);
      const outcomes: Record<string, number> = {};
      const winners: number[] = [];
      for (let slot = 0; slot < SLOTS; slot++) {
        const start = Temporal.Instant.from("2031-01-01T00:00:00Z").add({ hours: slot }).toString();
        const end = Temporal.Instant.from("2031-01-01T00:00:00Z")
          .add({ hours: slot + 1 })
          .toString();
        const answers = await Promise.all(
          Array.from({ length: RACERS }, (_, racer) => {
            const at = racer % processes.length;
            const resourceIds = rooms.toSorted(() => random() - 0.5);
            return ask(processes[at]!.url, tokens[at]!, "/v1/calendar/events", {
              title: `Racer ${racer}`,
              start,
              end,
              calendarId: calendar,
              resourceIds,
              conflictResolution: "manual",
            });
          }),
        );
        for (const { status } of answers) outcomes[status] = (outcomes[status] ?? 0) + 1;
        winners.push(answers.filter(({ status }) => status === 201).length);
      }
      assert.deepEqual(outcomes, { 201: SLOTS, 409: SLOTS * (RACERS - 1) });
      assert.ok(winners.every((count) => count === 1));
      assert.deepEqual(await racePool(processes, tokens, calendar), {
        201: POOL_SLOTS * 3,
        409: POOL_SLOTS * (RACERS - 3),
      });
      assert.deepEqual(await overlaps(databaseUrl), { overlaps: 0, claims: SLOTS * SUBJECTS });
    } finally {
      await Promise.all(processes.map(stopProcess));
      await base[Symbol.asyncDispose]();
    }
  });
});

const POOL_SLOTS = 20;

/** Racers for a pool of three things, slot by slot; how the answers came out. */
async function racePool(
  processes: readonly Process[],
  tokens: readonly string[],
  calendarId: string,
): Promise<Record<string, number>> {
  const [{ url }, token] = [processes[0]!, tokens[0]!];
  const pool = (await ask(url, token, "/v1/pools", { name: "Race pool" })).body.id;
  for (const name of ["One", "Two", "Three"])
    await ask(url, token, "/v1/resources", { name: `Race van ${name}`, kind: "vehicle", poolId: pool });
  const outcomes: Record<string, number> = {};
  for (let slot = 0; slot < POOL_SLOTS; slot++) {
    const start = Temporal.Instant.from("2031-03-01T00:00:00Z").add({ hours: slot });
    const body = {
      title: "Pool",
      start: start.toString(),
      end: start.add({ hours: 1 }).toString(),
      calendarId,
      resourceIds: [pool],
      conflictResolution: "manual",
    };
    const race = Array.from({ length: RACERS }, (_, racer) => {
      const at = racer % processes.length;
      return ask(processes[at]!.url, tokens[at]!, "/v1/calendar/events", body);
    });
    for (const { status } of await Promise.all(race)) outcomes[status] = (outcomes[status] ?? 0) + 1;
  }
  return outcomes;
}

/** What the database itself says, below every policy. */
async function overlaps(url: string): Promise<{ overlaps: number; claims: number }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ overlaps: string; claims: string }>(`
      select (select count(*) from claims.claim a join claims.claim b
          on a.org_id = b.org_id and a.track = b.track and a.id < b.id and a.guard && b.guard and a.label like 'Racer%') as overlaps,
        (select count(*) from claims.claim where label like 'Racer%') as claims`);
    return { overlaps: Number(rows[0]!.overlaps), claims: Number(rows[0]!.claims) };
  } finally {
    await client.end();
  }
}
