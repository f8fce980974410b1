// Strategy: the demo's month is searched as a job, and each way in which a search can end is gone.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Answer, Client } from "@hourwright/client";
import { eventually } from "../../../testing/eventually.ts";
import { COORDINATOR, INSTRUCTOR, refusalOf, startTestServer, type TestServer } from "../../../testing/server.ts";

type Job = Answer<"jobs.read">;

describe("a search for a better order that goes on as a job", () => {
  let server: TestServer;
  let coordinator: Client;
  before(async () => {
    server = await startTestServer();
    coordinator = await server.signedIn(COORDINATOR);
  });
  after(() => server[Symbol.asyncDispose]());

  const month = Temporal.Now.plainDateISO().with({ day: 1 }).add({ months: 1 });
  const timeRange = { start: `${month.toString()}T00:00:00Z`, end: `${month.add({ months: 1 }).toString()}T00:00:00Z` };
  const search = (seconds: number, client = coordinator) =>
    client.later("ai.optimizeSchedule", { body: { timeRange, seconds, alternatives: 1 } });

  const readBy = (client: Client, id: string): Promise<Job> => client("jobs.read", { params: { id } });
  /** Follows a job until something is true of it. */
  const until = (id: string, isSo: (job: Job) => boolean): Promise<Job> =>
    eventually("it comes so far", () => readBy(coordinator, id), isSo);
  const goesOn = ({ state, soFar }: Job) => state === "running" && soFar.length > 1;

  test("tells how good it is meanwhile, and answers what the question that waits answers", async () => {
    const job = await search(100);
    assert.ok(job.state === "queued" && job.plan === null);
    const running = await until(job.id, goesOn);
    assert.ok(running.progress > 0 && running.progress <= 1, "all of it is looked through before it is written");
    const shares = running.soFar.map(({ share }) => share);
    assert.deepEqual(
      shares.toSorted((a, b) => a - b),
      shares,
    );
    await coordinator("jobs.accept", { params: { id: job.id } });
    const { plan, soFar } = await until(job.id, ({ state }) => state === "done");
    assert.deepEqual(soFar, [], "what was so far is over");
    assert.ok(plan!.optimizedSchedule.length > 0 && plan!.convergence.length > 0);
    const waited = await coordinator("ai.optimizeSchedule", { body: { timeRange, seconds: 0.3, alternatives: 1 } });
    assert.deepEqual(Object.keys(plan!).toSorted(), Object.keys(waited).toSorted());
    assert.deepEqual(plan!.before, waited.before);
  });

  test("ends with the best so far when that is enough", async () => {
    const job = await search(100);
    await until(job.id, goesOn);
    await coordinator("jobs.accept", { params: { id: job.id } });
    const { plan } = await until(job.id, ({ state }) => state === "done");
    assert.ok(plan!.optimizedSchedule.length > 0 && plan!.processingTime < 60_000);
    const again = await refusalOf(coordinator("jobs.accept", { params: { id: job.id } }));
    assert.equal(again.code, "jobs/not-waiting");
  });

  test("is given up when it is cancelled, and the next finds a thread", async () => {
    const job = await search(100);
    await until(job.id, goesOn);
    await coordinator("jobs.cancel", { params: { id: job.id } });
    const { plan, failure } = await until(job.id, ({ state }) => state === "cancelled");
    assert.deepEqual([plan, failure], [null, null]);
    await until((await search(0.2)).id, ({ state }) => state === "done");
  });

  test("is a job whenever it takes longer than a request may wait, at an address that says so", async () => {
    const answer = await fetch(`${server.url}/v1/ai/optimize-schedule`, {
      method: "POST",
      headers: { authorization: `Bearer ${await server.token(COORDINATOR)}`, "content-type": "application/json" },
      body: JSON.stringify({ timeRange, seconds: 31 }),
    });
    assert.equal(answer.status, 202);
    const { id } = (await answer.json()) as Job;
    assert.equal(answer.headers.get("location"), `/v1/jobs/${id}`);
    await coordinator("jobs.cancel", { params: { id } });
  });

  test("is not a third of one person at once, holds up nobody else, and shows its plan to nobody else", async () => {
    const instructor = await server.signedIn(INSTRUCTOR);
    const [one, other] = [await search(100), await search(100)];
    assert.equal((await refusalOf(search(100))).code, "planning/plan-refused");
    const theirs = await search(0.2, instructor);
    await eventually(
      "theirs is over",
      () => readBy(instructor, theirs.id),
      ({ state }) => ["done", "failed"].includes(state),
    );
    const seen = await readBy(coordinator, theirs.id).catch(() => null);
    assert.equal(seen?.plan ?? null, null);
    for (const { id } of [one, other]) {
      await coordinator("jobs.cancel", { params: { id } });
      await until(id, ({ state }) => state === "cancelled");
    }
  });

  test("of nobody, or of nothing that may move, fails with the sentence that the question gives", async () => {
    const past = { start: "2001-01-01T00:00:00Z", end: "2001-02-01T00:00:00Z" };
    const job = await coordinator.later("ai.optimizeSchedule", { body: { timeRange: past, seconds: 0.2 } });
    const { failure } = await until(job.id, ({ state }) => state === "failed");
    assert.match(failure!, /nothing/i);
  });
});
