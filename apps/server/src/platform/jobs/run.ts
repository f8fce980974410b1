import { assert } from "@hourwright/std";
import { sql } from "kysely";
import type { Database, Tools } from "../db/database.ts";
import type { UnitContext } from "../db/unit.ts";
import { CANCELLED, type JobRow } from "./job.ts";

/** What a handler knows of its run beside the input. */
export type JobRun = {
  readonly id: string;
  /** For the units it opens, in lane `job`: as the person who asked, in the request that did. */
  readonly context: UnitContext;
  /** A person has accepted what an earlier run prepared. */
  readonly accepted: boolean;
  /** Aborted when the job is cancelled or the process stops: end soon, in a state that can be run again. */
  readonly signal: AbortSignal;
  /** Aborted when a person says yes while it runs: what it has so far is enough. */
  readonly enough: AbortSignal;
  /**
   * Says how far it is, in whole steps, and what it has so far where somebody may look at that, plain JSON. Written at most twice
   * a second; throws once the job is to end.
   */
  progress(done: number, total: number, soFar?: object): Promise<void>;
};

/** How a run ended well: done, or prepared and waiting for a person. Both are plain JSON. */
export type JobOutcome = { readonly done: unknown } | { readonly waiting: unknown };

/** What does one kind of job. */
export type JobHandler = {
  readonly kind: string;
  /** How many of this kind a worker takes at once; it takes the next ones when all are done. 1 unless said, at most 50. */
  readonly atOnce?: number;
  /** How many workers take jobs of this kind beside one another, each the next as soon as it is free: 1 unless said. */
  readonly lanes?: number;
  /**
   * Does the job. A throw runs it again, at most 5 times, later and later; so it must be safe to repeat. A result with
   * `refused` ends it as failed, at once, with the problem as its result.
   */
  run(input: unknown, run: JobRun): Promise<JobOutcome | { readonly refused: object }>;
};

/** The first attempt and five again. */
export const ATTEMPTS_MAX = 6;

/** A process that dies gives its jobs back after this long, unless it is the only one there can be. */
const HOLD_MS = 60_000;
const RENEW_EVERY_MS = HOLD_MS / 3;
const PROGRESS_EVERY_MS = 500;
const ERROR_LENGTH_MAX = 500;

/** What became of an attempt, for the queue: to be forgotten, brought again, or put with the dead letters. */
export type Attempt = "over" | "again" | "dead";

type Held = Pick<JobRow, "input" | "accepted" | "attempts" | "created_by" | "request_id">;
type Place = { readonly organisation: number; readonly id: string; readonly holder: string };

/** Runs a job once, if it is there to be run: takes it, calls its handler, stores what became of it. */
export async function attemptJob(
  database: Database,
  tools: Tools,
  handler: JobHandler,
  { organisation, id }: { organisation: number; id: string },
  stopping: AbortSignal,
): Promise<Attempt> {
  const place = { organisation, id, holder: tools.ids("hold") };
  const held = await take(database, handler, place);
  if (held === null) return "over"; // Done, cancelled, or held by another process.

  const context: UnitContext = {
    organisation,
    actor: held.created_by,
    operation: handler.kind,
    requestId: held.request_id,
  };
  const keeper = new Keeper(database, tools, context, place, stopping);
  try {
    const { accepted } = held;
    const run = { id, context, accepted, signal: keeper.signal, enough: keeper.enough, progress: keeper.progress };
    const outcome = await handler.run(held.input, run);
    return await settle(database, context, place, outcome);
  } catch (error) {
    return await settleFailure(database, tools, context, place, { error, keeper, attempts: held.attempts });
  } finally {
    keeper.stop();
  }
}

/** Marks the job as running here; null when it is not to be had. */
async function take(
  database: Database,
  { kind }: JobHandler,
  { organisation, id, holder }: Place,
): Promise<Held | null> {
  const system = { kind: "system", userId: null, personId: null, label: kind } as const;
  const context = { organisation, actor: system, operation: kind, requestId: id };
  return database.inOrganisation(
    context,
    async (unit) => {
      const now = Temporal.Instant.fromEpochMilliseconds(unit.nowMs);
      const { rows } = await sql<Held>`
        update jobs.job
        set state = 'running', attempts = attempts + 1, held_by = ${holder},
          held_until = ${now.add({ milliseconds: HOLD_MS })}::timestamptz
        where org_id = ${organisation} and id = ${id}
          and (state = 'queued' or state = 'running' and held_until <= ${now}::timestamptz)
        returning input, accepted, attempts, created_by, request_id`.execute(unit.db);
      return rows[0] ?? null;
    },
    { lane: "job" },
  );
}

async function settle(
  database: Database,
  context: UnitContext,
  place: Place,
  outcome: Awaited<ReturnType<JobHandler["run"]>>,
): Promise<Attempt> {
  if ("refused" in outcome) {
    await end(database, context, place, { state: "failed", result: outcome.refused, error: "refused" });
  } else if ("waiting" in outcome) {
    await end(database, context, place, { state: "waiting", result: outcome.waiting, error: null });
  } else {
    await end(database, context, place, { state: "done", result: outcome.done, error: null });
  }
  return "over";
}

async function settleFailure(
  database: Database,
  { log }: Tools,
  context: UnitContext,
  place: Place,
  { error, keeper, attempts }: { error: unknown; keeper: Keeper; attempts: number },
): Promise<Attempt> {
  const { operation, requestId } = context;
  if (keeper.ending === "cancelled") {
    await end(database, context, place, { state: "failed", result: null, error: CANCELLED });
    return "over";
  }
  if (keeper.ending === "stopping") {
    await giveBack(database, context, place); // Not the job's fault: this attempt does not count.
    return "over"; // For this errand; the next feeding makes another, without the wait of a retry.
  }
  log.warn({ err: error, job: place.id, operation, requestId, attempts }, "an attempt of a job failed");
  const text = String(error).slice(0, ERROR_LENGTH_MAX);
  const isLast = attempts >= ATTEMPTS_MAX;
  await end(database, context, place, { state: isLast ? "failed" : "queued", result: null, error: text });
  return isLast ? "dead" : "again";
}

type Ending = { readonly state: JobRow["state"]; readonly result: unknown; readonly error: string | null };

async function end(database: Database, context: UnitContext, { id, holder }: Place, ending: Ending): Promise<void> {
  const { state, result, error } = ending;
  await database.inOrganisation(
    context,
    (unit) =>
      sql`
      update jobs.job
      set state = ${state}, result = ${result === null ? null : JSON.stringify(result)}::jsonb, error = ${error},
        held_by = null, held_until = null,
        ended_at = ${state === "done" || state === "failed" ? instantOf(unit.nowMs) : null}::timestamptz
      where org_id = ${unit.organisation} and id = ${id} and held_by = ${holder}`.execute(unit.db),
    { lane: "job" },
  );
}

async function giveBack(database: Database, context: UnitContext, { id, holder }: Place): Promise<void> {
  await database.inOrganisation(
    context,
    (unit) =>
      sql`
      update jobs.job
      set state = 'queued', attempts = attempts - 1, held_by = null, held_until = null, fed_at = null
      where org_id = ${unit.organisation} and id = ${id} and held_by = ${holder}`.execute(unit.db),
    { lane: "job" },
  );
}

/** Keeps a job held while it runs, tells how far it is, and learns that it is to end. */
class Keeper {
  readonly #database: Database;
  readonly #tools: Tools;
  readonly #context: UnitContext;
  readonly #place: Place;
  readonly #abort = new AbortController();
  readonly #enough = new AbortController();
  readonly #onStopping: () => void;
  readonly #stopping: AbortSignal;
  #ending: "cancelled" | "stopping" | "lost" | null = null;
  #lastMs: number;
  #renewal: { cancel(): void };
  #done = 0;
  #total = 0;
  #soFar: object | null = null;

  constructor(database: Database, tools: Tools, context: UnitContext, place: Place, stopping: AbortSignal) {
    this.#database = database;
    this.#tools = tools;
    this.#context = context;
    this.#place = place;
    this.#stopping = stopping;
    this.#onStopping = () => this.#end("stopping");
    if (stopping.aborted) this.#onStopping();
    stopping.addEventListener("abort", this.#onStopping);
    this.#lastMs = tools.clock.monotonicMs();
    this.#renewal = this.#renewLater();
  }

  get ending(): "cancelled" | "stopping" | "lost" | null {
    return this.#ending;
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get enough(): AbortSignal {
    return this.#enough.signal;
  }

  readonly progress = async (done: number, total: number, soFar?: object): Promise<void> => {
    assert(Number.isSafeInteger(done) && done >= 0 && done <= total, `progress is ${done} of ${total}`);
    [this.#done, this.#total] = [done, total];
    if (soFar !== undefined) this.#soFar = soFar;
    this.signal.throwIfAborted();
    const nowMs = this.#tools.clock.monotonicMs();
    if (nowMs - this.#lastMs < PROGRESS_EVERY_MS && done < total) return;
    this.#lastMs = nowMs;
    await this.#write();
    this.signal.throwIfAborted();
  };

  stop(): void {
    this.#renewal.cancel();
    this.#stopping.removeEventListener("abort", this.#onStopping);
  }

  #renewLater() {
    return this.#tools.clock.setTimer(RENEW_EVERY_MS, () => {
      this.#write().catch((error: unknown) =>
        this.#tools.log.warn({ err: error, job: this.#place.id }, "a hold was not renewed"),
      );
      this.#renewal = this.#renewLater();
    });
  }

  async #write(): Promise<void> {
    const { id, holder } = this.#place;
    const row = await this.#database.inOrganisation(
      this.#context,
      async (unit) => {
        const soFar = this.#soFar === null ? null : JSON.stringify(this.#soFar);
        const { rows } = await sql<{ cancel_asked: boolean; accepted: boolean }>`
          update jobs.job
          set progress_done = ${this.#done}, progress_total = ${this.#total},
            result = coalesce(${soFar}::jsonb, result),
            held_until = ${instantOf(unit.nowMs + HOLD_MS)}::timestamptz
          where org_id = ${unit.organisation} and id = ${id} and held_by = ${holder}
          returning cancel_asked, accepted`.execute(unit.db);
        return rows[0];
      },
      { lane: "job" },
    );
    if (row === undefined) this.#end("lost"); // Another process thought us dead, and has it now.
    else if (row.cancel_asked) this.#end("cancelled");
    else if (row.accepted) this.#enough.abort();
  }

  #end(ending: "cancelled" | "stopping" | "lost"): void {
    this.#ending ??= ending;
    this.#abort.abort(new Error(`the job is to end: ${ending}`));
  }
}

function instantOf(ms: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(ms);
}
