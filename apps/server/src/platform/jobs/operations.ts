import {
  itemProblemOf,
  refuseJob,
  refuseRequest,
  type Catalogue,
  type ItemProblem,
  type OperationAnswer,
  type Problem,
} from "@hourwright/contract";
import type { Unit } from "../db/database.ts";
import type { Caller } from "../operations/context.ts";
import type { Handlers } from "../operations/dispatcher.ts";
import { acceptJob, cancelJob, CANCELLED, readJob, type Job } from "./job.ts";

/** What a search for a better order leaves while it goes on, and at its end. */
type SearchResult = Required<Pick<Answer, "soFar">> & Partial<Pick<Answer, "plan">>;
type Answer = OperationAnswer<Catalogue["jobs.read"]>;

/** What an import leaves as its result. */
export type ImportResult = {
  readonly found: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly unclaimed: number;
  readonly problems: { line: number; column: number; severity: "error" | "warning"; code: string; message: string }[];
  readonly problemCount: number;
  readonly requestId: string | null;
};

export const jobOperations: Handlers<"jobs.read" | "jobs.accept" | "jobs.cancel"> = {
  "jobs.read": async ({ params }, context) => {
    const job = await context.read((unit) => ownJob(unit, context.caller!, params.id));
    if (job === null) return unknownJob;
    // What a search has found names events as whoever asked may see them.
    return job.createdBy.userId === context.caller!.userId ? shownJob(job) : { ...shownJob(job), plan: null };
  },
  "jobs.accept": async ({ params }, context) => {
    const answer = await context.write(async (unit) => {
      const job = await ownJob(unit, context.caller!, params.id);
      if (job === null) return unknownJob;
      if (!(await acceptJob(unit, params.id))) return refuseJob("not-waiting", "state", { state: shownState(job) });
      return shownJob((await readJob(unit, params.id))!);
    });
    context.reply.headers["location"] = `/v1/jobs/${params.id}`;
    return answer;
  },
  "jobs.cancel": async ({ params }, context) =>
    context.write(async (unit) => {
      const job = await ownJob(unit, context.caller!, params.id);
      if (job === null) return unknownJob;
      if (!(await cancelJob(unit, params.id))) return refuseJob("already-done", "state", { state: shownState(job) });
      return null;
    }),
};

const unknownJob = refuseRequest("not-found", "job", {});

/** A job, to who asked for it and to administrators. */
async function ownJob(unit: Unit, caller: Caller, id: string): Promise<Job | null> {
  const job = await readJob(unit, id);
  const mayKnow =
    job !== null &&
    (job.createdBy.userId === caller.userId || caller.role === "owner" || caller.role === "administrator");
  return mayKnow ? job : null;
}

const shownState = (job: Job): "queued" | "running" | "waiting" | "done" | "failed" | "cancelled" =>
  job.state === "failed" && job.error === CANCELLED ? "cancelled" : job.state;

/** What a job has found, by the kind of its work: an import, a file of staff, or a search. */
function foundBy({ state, result }: Job): Pick<Answer, "result" | "plan" | "staff" | "soFar"> {
  const nothing = { result: null, plan: null, staff: null, soFar: [] };
  if (state === "failed" || result === null) return nothing;
  if ("soFar" in (result as object)) return { ...nothing, ...(result as SearchResult) };
  if ("isDone" in (result as object)) return { ...nothing, staff: result as Answer["staff"] };
  return { ...nothing, result: result as ImportResult };
}

export function shownJob(job: Job): Answer {
  const isFailed = job.state === "failed" && job.error !== CANCELLED;
  const problem = isFailed ? problemOf(job.result) : null;
  return {
    id: job.id,
    kind: job.kind,
    state: shownState(job),
    progress:
      job.state === "done" ? 1 : job.progress.total === 0 ? 0 : Math.min(1, job.progress.done / job.progress.total),
    steps: { done: job.progress.done, of: job.progress.total },
    requestId: job.requestId,
    ...foundBy(job),
    failure: isFailed ? (problem?.detail ?? FAULT) : null,
    problem,
  };
}

/** A refusal says itself what to do; anything else is a fault of ours. */
const FAULT = "It could not be finished, and nothing of it is visible. Try again.";

function problemOf(result: unknown): ItemProblem | null {
  const refused = result as Partial<Problem> | null;
  if (typeof refused?.code !== "string" || typeof refused.detail !== "string") return null;
  const { code, detail, extra = {}, status = 409, title = "" } = refused;
  return itemProblemOf({ refused: { code, detail, extra, status, title } });
}
