import { sql } from "kysely";
import type { PgBoss, QueueOptions } from "pg-boss";
import type { Database, Tools } from "../db/database.ts";
import { startReconciler } from "../reconciler.ts";
import { bossOn } from "./boss.ts";
import { JOBS } from "./job.ts";
import { type Attempt, ATTEMPTS_MAX, attemptJob, type JobHandler } from "./run.ts";

export { migrateJobs } from "./boss.ts";
export { acceptJob, cancelJob, countUnfinished, enqueue, type Job, newestJob, readJob } from "./job.ts";
export type { JobHandler, JobOutcome, JobRun } from "./run.ts";

export type Jobs = AsyncDisposable & {
  /** Puts failed jobs of a kind back to work. Returns how many. */
  replay(kind: string): Promise<number>;
};

/** What pg-boss carries: where the truth lies, and nothing of it. */
type Errand = { readonly organisation: number; readonly id: string };

const FEED_EVERY_MS = 15_000;
const FEED_MAX = 500;

/** pg-boss is told again of what it was told so long ago, in case it forgot. */
const FEED_AGAIN_MS = 60_000;

const STOP_MS = 20_000;
const HEARTBEAT_SECONDS = 30;
const HOUR_SECONDS = 3_600;
const DEAD = "dead";

/** 5 × (1 s × 2ⁿ, at most 300 s, with jitter); woken by NOTIFY, so polling is only for what was lost. */
const QUEUE = {
  retryLimit: ATTEMPTS_MAX - 1,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 300,
  heartbeatSeconds: HEARTBEAT_SECONDS,
  expireInSeconds: 4 * HOUR_SECONDS,
  deleteAfterSeconds: HOUR_SECONDS,
  deadLetter: DEAD,
  notify: true,
} as const satisfies QueueOptions & { notify: boolean; deadLetter: string };
/** One errand for a job at a time: feeding twice changes nothing. Fixed when the queue is made. */
const POLICY = "exclusive";
const POLL_SECONDS = 30;
const AT_ONCE_MAX = 50;

/**
 * Starts bringing jobs to their handlers. `work` false is for a process that only leaves jobs for others.
 * Stopping gives running jobs back: they run again at the next start, at the latest.
 */
export async function startJobs(
  database: Database,
  tools: Tools,
  handlers: readonly JobHandler[],
  { work = true }: { work?: boolean } = {},
): Promise<Jobs> {
  const boss = bossOn(database, tools);
  await using begun = new AsyncDisposableStack();
  begun.defer(() => boss.stop({ graceful: true, timeout: STOP_MS }));
  await boss.start();
  if (database.kind === "embedded") await forgetLastProcess(database, boss);
  await makeQueues(boss, handlers);

  const stopping = new AbortController();
  begun.defer(() => stopping.abort());
  // Ended before the jobs are given back: what it marks as told afterwards would wait for its next telling.
  const feed = { name: "jobs.feed", everyMs: FEED_EVERY_MS, run: () => feedBoss(boss, database, tools, handlers) };
  const feeder = startReconciler(feed, tools.clock, (status) => {
    if ("failed" in status) tools.log.warn(status, "jobs were not brought to the queue");
    if (status["jobs"] === FEED_MAX) feeder.wake();
  });
  begun.use(feeder);
  begun.defer(database.onWake(JOBS, () => feeder.wake()));

  if (work) {
    for (const handler of handlers) {
      for (let lane = 0; lane < (handler.lanes ?? 1); lane++)
        await startWork(boss, database, tools, handler, stopping.signal);
    }
  }
  const running = begun.move();
  return {
    replay: (kind) => boss.redrive(DEAD, { sourceName: kind }),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

async function makeQueues(boss: PgBoss, handlers: readonly JobHandler[]): Promise<void> {
  await boss.createQueue(DEAD);
  for (const { kind } of handlers) {
    await boss.createQueue(kind, { ...QUEUE, policy: POLICY });
    await boss.updateQueue(kind, QUEUE); // One that an older program made.
  }
}

/** Alone in its directory, this process knows that nothing runs: what the last one held is free at once. */
async function forgetLastProcess(database: Database, boss: PgBoss): Promise<void> {
  for (const { name } of await boss.getQueues()) if (name !== DEAD) await boss.deleteAllJobs(name);
  await database.outside((db) => sql`select jobs.release_all()`.execute(db), { lane: "job" });
}

async function startWork(
  boss: PgBoss,
  database: Database,
  tools: Tools,
  handler: JobHandler,
  stopping: AbortSignal,
): Promise<void> {
  const atOnce = Math.min(handler.atOnce ?? 1, AT_ONCE_MAX);
  const options = {
    batchSize: atOnce,
    pollingIntervalSeconds: POLL_SECONDS,
    notifyPollingIntervalSeconds: POLL_SECONDS,
    perJobResults: true,
  } as const;
  const worker = await boss.work<Errand>(handler.kind, options, async (errands) => {
    const results = await Promise.all(
      errands.map(async ({ id, data, retryCount }) => {
        const attempt = await attemptJob(database, tools, handler, data, stopping);
        // pg-boss says when a job is new, not when one is due again.
        if (attempt === "again") tools.clock.setTimer(retryMsMax(retryCount), () => boss.notifyWorker(worker));
        return { id, status: STATUS[attempt] };
      }),
    );
    // It says once that jobs are new, however many: after a full hand it is looked again before waiting.
    if (errands.length === atOnce) boss.notifyWorker(worker);
    return results;
  });
}

/** The longest that pg-boss waits before the next attempt, and a little. */
function retryMsMax(retryCount: number): number {
  return Math.min(QUEUE.retryDelay * 2 ** (retryCount + 1), QUEUE.retryDelayMax) * 1_000 + 100;
}

const STATUS = { over: "completed", again: "failed", dead: "deadletter" } as const satisfies Record<Attempt, string>;

/** Tells pg-boss of every job that is owed: what was just committed, what a killed process left, what it may have lost. */
async function feedBoss(boss: PgBoss, database: Database, { clock }: Tools, handlers: readonly JobHandler[]) {
  const nowMs = clock.nowMs();
  const owed = await jobsToFeed(database, nowMs);
  const known = owed.filter(({ kind }) => handlers.some((handler) => handler.kind === kind));
  for (const [kind, jobs] of Map.groupBy(known, (job) => job.kind)) {
    await boss.insert(
      kind,
      jobs.map(({ org_id, id }) => ({ data: { organisation: org_id, id }, singletonKey: `${org_id}/${id}` })),
    );
  }
  await markFed(database, known, nowMs);
  return { jobs: owed.length, unknown: owed.length - known.length };
}

type Owed = { readonly org_id: number; readonly id: string; readonly kind: string };

async function jobsToFeed(database: Database, nowMs: number): Promise<readonly Owed[]> {
  const { rows } = await database.outside(
    (db) =>
      sql<Owed>`
        select org_id, id, kind
        from jobs.to_feed(${instantOf(nowMs)}::timestamptz, ${instantOf(nowMs - FEED_AGAIN_MS)}::timestamptz,
          ${FEED_MAX})`.execute(db),
    { lane: "job" },
  );
  return rows;
}

async function markFed(database: Database, jobs: readonly Owed[], nowMs: number): Promise<void> {
  if (jobs.length === 0) return;
  const organisations = jobs.map(({ org_id }) => org_id);
  const ids = jobs.map(({ id }) => id);
  await database.outside(
    (db) =>
      sql`select jobs.mark_fed(${organisations}::bigint[], ${ids}::text[], ${instantOf(nowMs)}::timestamptz)`.execute(
        db,
      ),
    { lane: "job" },
  );
}

function instantOf(ms: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(ms);
}
