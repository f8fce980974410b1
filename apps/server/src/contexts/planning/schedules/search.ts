import { isRefused, refusePlanning, refuseRequest, type OperationInput, type Refused } from "@hourwright/contract";
import type { Catalogue } from "@hourwright/contract";
import type { Clock } from "../../../platform/clock.ts";
import type { Database } from "../../../platform/db/database.ts";
import { countUnfinished, enqueue, readJob, type JobHandler } from "../../../platform/jobs/jobs.ts";
import { searchTold } from "../../../platform/jobs/telling.ts";
import { shownJob } from "../../../platform/jobs/operations.ts";
import { RawJson, type Caller, type RequestContext } from "../../../platform/operations/context.ts";
import { optimiseFor, type OptimisePorts, type OptimiseWish } from "./optimise.ts";

// A search for a better order as a job: it tells how far it is, can be cancelled, and told that the best so far is enough.

export const SEARCH_JOB = "planning.search";

/** Plans that one person may have worked out at once. */
export const PLANS_OF_ONE_MAX = 2;
/** Plans that a process works out at once; as many threads hold them. */
export const PLANS_AT_ONCE = 4;

export const tooManyPlans = refusePlanning("plan-refused", "others", {});

type Body = OperationInput<Catalogue["ai.optimizeSchedule"]>["body"];

/** What a body asks for; yours when it names nobody. */
export function wishOf(
  body: Body,
  { personId }: Caller,
  window: Pick<OptimiseWish, "fromMs" | "toMs">,
  likings: OptimiseWish["likings"],
): OptimiseWish {
  const { alternatives, seed, seconds } = body;
  return {
    ...window,
    people: body.people ?? [personId],
    eventIds: body.events ?? null,
    lockedEventIds: body.constraints?.lockedEvents ?? [],
    objectives: body.objectives.map((each) => (typeof each === "string" ? { objective: each, weight: 1 } : each)),
    alternatives,
    seed,
    seconds,
    likings,
  };
}

type SearchInput = { readonly sessionId: string; readonly wish: OptimiseWish };

/** Leaves the search to a job and answers it, with 202. */
export async function startSearch(
  context: RequestContext,
  wish: OptimiseWish,
): Promise<RawJson | Refused<"planning/plan-refused">> {
  const { userId, sessionId } = context.caller!;
  const job = await context.write(async (unit) => {
    if ((await countUnfinished(unit, SEARCH_JOB, userId)) >= PLANS_OF_ONE_MAX) return tooManyPlans;
    const input: SearchInput = { sessionId, wish };
    return (await readJob(unit, await enqueue(unit, { kind: SEARCH_JOB, input })))!;
  });
  if (isRefused(job)) return job;
  context.reply.status = 202;
  context.reply.headers["location"] = `/v1/jobs/${job.id}`;
  return new RawJson(JSON.stringify(shownJob(job)));
}

export type SearchPorts = Omit<OptimisePorts, "read"> & {
  readonly database: Database;
  readonly callersOf: (sessionIds: readonly string[]) => Promise<readonly Caller[]>;
  readonly clock: Pick<Clock, "monotonicMs" | "sleep">;
};

/** Searches as whoever asked, with what they may see and move now; ends with them: after a sign-out there is no plan. */
export function searchHandler({ database, callersOf, clock, ...ports }: SearchPorts): JobHandler {
  return {
    kind: SEARCH_JOB,
    lanes: PLANS_AT_ONCE,
    async run(input, { context, signal, enough, progress }) {
      const { sessionId, wish } = input as SearchInput;
      const startedMs = clock.monotonicMs();
      const [viewer] = await callersOf([sessionId]);
      if (viewer === undefined) return refuseRequest("unauthenticated", "look", {});
      const read: RequestContext["read"] = (work) => database.inOrganisation(context, work, { lane: "read" });

      const { found: answer } = await searchTold({ signal, progress }, clock, (ending, onProgress) =>
        optimiseFor({ read, ...ports }, viewer, wish, { signal: ending, enough, onProgress }),
      );
      if (isRefused(answer)) return answer;
      return { done: { soFar: [], plan: { ...answer, processingTime: Math.round(clock.monotonicMs() - startedMs) } } };
    },
  };
}
