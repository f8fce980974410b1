// Strategy: what a person who waits for a job sees, on both databases; then processes that die in the middle.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "../db/database.ts";
import { databases, type TestDatabase } from "../testing/databases.ts";
import { acceptJob, cancelJob, enqueue, type Job, type JobHandler, readJob, startJobs } from "./jobs.ts";
import { becomes, eventually } from "../../testing/eventually.ts";

/** Less than the 30 s for which the queue rests when nobody wakes it. */
const UNWOKEN_MS = 25_000;

for (const kind of databases()) {
  describe(`a job on ${kind.name}`, { skip: kind.skip }, () => {
    let here: TestDatabase;
    before(async () => void (here = await kind.open()));
    after(() => here[Symbol.asyncDispose]());

    const leave = (organisation: number, job: string, input: object = {}) =>
      here.database.inOrganisation(here.context(organisation), (unit) => enqueue(unit, { kind: job, input }));
    const look = (organisation: number, id: string) =>
      here.database.inOrganisation(here.context(organisation), (unit) => readJob(unit, id), { lane: "read" });

    const until = (organisation: number, id: string, state: Job["state"]): Promise<Job> =>
      eventually(
        `it is ${state}`,
        () => look(organisation, id),
        (job) => job?.state === state,
      );

    test("runs as the person who left it, and keeps its result", async () => {
      const seen: unknown[] = [];
      const handler: JobHandler = {
        kind: "test.add",
        run: async (input, { context }) => {
          seen.push(context.actor.label, context.operation);
          const { a, b } = input as { a: number; b: number };
          return { done: { sum: a + b } };
        },
      };
      await using _jobs = await startJobs(here.database, here.tools, [handler]);
      const organisation = here.newOrganisation();
      const id = await leave(organisation, "test.add", { a: 1, b: 2 });
      const job = await until(organisation, id, "done");
      assert.deepEqual(job.result, { sum: 3 });
      assert.deepEqual(seen, ["test", "test.add"]);
      assert.equal(await look(here.newOrganisation(), id), null, "another organisation does not see it");
    });

    test("left with others at once, is followed by the next without a wait", async () => {
      const handler: JobHandler = { kind: "test.queue", run: async () => ({ done: null }) };
      await using _jobs = await startJobs(here.database, here.tools, [handler]);
      const organisation = here.newOrganisation();
      const ids = await here.database.inOrganisation(here.context(organisation), async (unit) => {
        const left: string[] = [];
        for (let i = 0; i < 5; i++) left.push(await enqueue(unit, { kind: "test.queue", input: {} }));
        return left;
      });
      const all = Promise.all(ids.map((id) => until(organisation, id, "done")));
      assert.notEqual(await Promise.race([all, sleep(UNWOKEN_MS, "late", { ref: false })]), "late");
    });

    test("waits for a person when it has prepared something, and goes on once that is accepted", async () => {
      const handler: JobHandler = {
        kind: "test.preview",
        run: async (_input, { accepted }) => (accepted ? { done: "stored" } : { waiting: "found 3" }),
      };
      await using _jobs = await startJobs(here.database, here.tools, [handler]);
      const organisation = here.newOrganisation();
      const id = await leave(organisation, "test.preview");
      assert.equal((await until(organisation, id, "waiting")).result, "found 3");
      assert.ok(await here.database.inOrganisation(here.context(organisation), (unit) => acceptJob(unit, id)));
      assert.equal((await until(organisation, id, "done")).result, "stored");
      assert.ok(!(await here.database.inOrganisation(here.context(organisation), (unit) => acceptJob(unit, id))));
    });

    test("runs again after a failure, and says what the last one was meanwhile", async () => {
      let attempts = 0;
      const handler: JobHandler = {
        kind: "test.flaky",
        run: async () => {
          if (++attempts === 1) throw new Error("the other side is down");
          return { done: null };
        },
      };
      await using _jobs = await startJobs(here.database, here.tools, [handler]);
      const organisation = here.newOrganisation();
      const id = await leave(organisation, "test.flaky");
      await becomes(async () => (await look(organisation, id))?.error, "Error: the other side is down");
      const job = await until(organisation, id, "done");
      assert.equal(job.attempts, 2);
      assert.equal(job.error, null);
    });

    test("that is refused has failed, and does not run again", async () => {
      let attempts = 0;
      const handler: JobHandler = {
        kind: "test.refused",
        run: async () => {
          attempts++;
          return { refused: { code: "test/no" } };
        },
      };
      await using _jobs = await startJobs(here.database, here.tools, [handler]);
      const organisation = here.newOrganisation();
      const id = await leave(organisation, "test.refused");
      assert.deepEqual((await until(organisation, id, "failed")).result, { code: "test/no" });
      assert.equal(attempts, 1);
    });

    test("shows how far it is, and ends when it is cancelled", async () => {
      const handler: JobHandler = {
        kind: "test.long",
        run: async (_input, { progress }) => {
          for (let step = 1; ; step++) {
            await progress(Math.min(step, 999), 1000);
            await sleep(10);
          }
        },
      };
      await using _jobs = await startJobs(here.database, here.tools, [handler]);
      const organisation = here.newOrganisation();
      const id = await leave(organisation, "test.long");
      const begun = await eventually(
        "it has begun",
        () => look(organisation, id),
        (job) => job!.progress.done > 0,
      );
      assert.equal(begun.progress.total, 1000);
      assert.ok(await here.database.inOrganisation(here.context(organisation), (unit) => cancelJob(unit, id)));
      assert.equal((await until(organisation, id, "failed")).error, "cancelled");
      assert.ok(!(await here.database.inOrganisation(here.context(organisation), (unit) => cancelJob(unit, id))));
    });

    test("that was given back at a stop runs again at the next start, and the stop does not count", async () => {
      const started = Promise.withResolvers<void>();
      const organisation = here.newOrganisation();
      let id: string;
      {
        const hanging: JobHandler = {
          kind: "test.stopped",
          run: async (_input, { signal }) => {
            started.resolve();
            await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
            return { done: null };
          },
        };
        await using _jobs = await startJobs(here.database, here.tools, [hanging]);
        id = await leave(organisation, "test.stopped");
        await started.promise;
      }
      assert.equal((await look(organisation, id))!.state, "queued");
      const handler: JobHandler = { kind: "test.stopped", run: async () => ({ done: "yes" }) };
      await using _jobs = await startJobs(here.database, here.tools, [handler]);
      const job = await until(organisation, id, "done");
      assert.equal(job.attempts, 1);
    });

    test("that was given back while it was still being told to the queue runs again at the next start", async () => {
      const late: Database = {
        ...here.database,
        outside: async (work, options) => {
          await sleep(300);
          return here.database.outside(work, options);
        },
      };
      const started = Promise.withResolvers<void>();
      const hanging: JobHandler = {
        kind: "test.told",
        run: async (_input, { signal }) => {
          started.resolve();
          await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
          return { done: null };
        },
      };
      const organisation = here.newOrganisation();
      const id = await leave(organisation, "test.told");
      {
        await using _jobs = await startJobs(late, here.tools, [hanging]);
        await started.promise;
      }
      const handler: JobHandler = { kind: "test.told", run: async () => ({ done: "yes" }) };
      await using _jobs = await startJobs(here.database, here.tools, [handler]);
      await until(organisation, id, "done");
    });

    test("of 300 all run, once each", async () => {
      const runs = new Map<string, number>();
      const handler: JobHandler = {
        kind: "test.many",
        atOnce: 50,
        run: async (_input, { id }) => {
          runs.set(id, (runs.get(id) ?? 0) + 1);
          return { done: null };
        },
      };
      await using _jobs = await startJobs(here.database, here.tools, [handler]);
      const organisation = here.newOrganisation();
      const ids = await here.database.inOrganisation(here.context(organisation), async (unit) => {
        const made: string[] = [];
        for (let i = 0; i < 300; i++) made.push(await enqueue(unit, { kind: "test.many", input: { i } }));
        return made;
      });
      for (const id of ids) await until(organisation, id, "done");
      assert.deepEqual([...new Set(runs.values())], [1]);
      assert.equal(runs.size, 300);
    });
  });
}
