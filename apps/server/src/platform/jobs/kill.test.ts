// Strategy: a child process leaves a job and kills itself at the two worst moments; the next process has to do the job.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { systemClock } from "../clock.ts";
import { type Database, openDatabase } from "../db/database.ts";
import { idMaker } from "../ids.ts";
import { silent } from "../log.ts";
import { server } from "../testing/databases.ts";
import { startJobs } from "./jobs.ts";
import { eventually } from "../../testing/eventually.ts";

const tools = { clock: systemClock, log: silent, ids: idMaker(systemClock, randomBytes) };

async function dropJob(place: string, moment: "committed" | "running"): Promise<void> {
  const program = fileURLToPath(new URL("../testing/job-dropper.ts", import.meta.url));
  const dropper = spawn(process.execPath, [program, place, moment], { stdio: ["ignore", "inherit", "inherit"] });
  const [, signal] = (await once(dropper, "exit")) as [number | null, string | null];
  assert.equal(signal, "SIGKILL", "the dropper ended by itself");
}

type Row = { state: string; attempts: number };

const theJob = (database: Database): Promise<Row> =>
  database.asOwner(async ({ db }) => (await sql<Row>`select state, attempts from jobs.job`.execute(db)).rows[0]!);

/** Does what was left, and returns what became of the job. */
async function takeUp(database: Database): Promise<Row> {
  const ran = Promise.withResolvers<void>();
  const run = async () => {
    ran.resolve();
    return { done: "at last" };
  };
  await using _jobs = await startJobs(database, tools, [{ kind: "test.dropped", run }]);
  await ran.promise;
  return eventually(
    "it is done",
    () => theJob(database),
    ({ state }) => state === "done",
  );
}

describe("a job whose process was killed, on the embedded database", () => {
  const moments = [
    ["right after the commit that left it", "committed", { state: "queued", attempts: 0 }, 1],
    ["while it ran", "running", { state: "running", attempts: 1 }, 2],
  ] as const;
  for (const [sentence, moment, left, attempts] of moments) {
    test(`${sentence} is done by the next one`, async () => {
      const directory = mkdtempSync(join(tmpdir(), "hourwright-kill-"));
      const dataDir = join(directory, "data");
      await dropJob(dataDir, moment);
      {
        await using database = await openDatabase({ dataDir, durable: false }, tools);
        assert.deepEqual(await theJob(database), left);
        assert.deepEqual(await takeUp(database), { state: "done", attempts });
      }
      rmSync(directory, { recursive: true });
    });
  }
});

describe("a job whose process was killed, on a PostgreSQL server", { skip: server.skip }, () => {
  test("right after the commit that left it is done by another one", async () => {
    await using here = await server.open();
    await dropJob(here.url!, "committed");
    assert.deepEqual(await takeUp(here.database), { state: "done", attempts: 1 });
  });

  test("while it ran is done by another one when its hold has run out, even when the queue has lost it", async () => {
    await using here = await server.open();
    await dropJob(here.url!, "running");
    assert.deepEqual(await theJob(here.database), { state: "running", attempts: 1 });
    await here.database.asOwner(async ({ db }) => {
      await sql`update jobs.job set held_until = now() - interval '1 s', fed_at = now() - interval '1 minute'`.execute(
        db,
      );
      await sql`delete from pgboss.job`.execute(db);
    });
    assert.deepEqual(await takeUp(here.database), { state: "done", attempts: 2 });
  });
});
