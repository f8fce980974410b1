import { z } from "zod";
import { operation } from "../operation.ts";
import { idParams, itemProblem, nothing } from "../values.ts";
import { staffTakenIn } from "./staff-file.ts";
import { optimised, SEARCH_POINTS_MAX, searchPoint } from "./plan-things.ts";

/** Work that lasts: the answer of every 202. */
export const job = z
  .object({
    id: z.string(),
    kind: z.string(),
    state: z.enum(["queued", "running", "waiting", "done", "failed", "cancelled"]),
    progress: z.number().min(0).max(1),
    steps: z
      .object({ done: z.int(), of: z.int() })
      .describe("How much of how much is done, in what the work counts (lines of a file, …); 0 of 0 until it is known"),
    requestId: z.string().describe("The request that asked for it; what it changed bears this id, and is undone by it"),
    result: z
      .object({
        found: z.int(),
        created: z.int(),
        updated: z.int(),
        unchanged: z.int(),
        unclaimed: z.int().describe("Times that were taken already and are conflicts now"),
        problems: z.array(
          z.object({
            line: z.int(),
            column: z.int(),
            severity: z.enum(["error", "warning"]),
            code: z.string(),
            message: z.string(),
          }),
        ),
        problemCount: z.int().describe("All of them; the list holds the first 200"),
        requestId: z.string().nullable().describe("Undo takes the import back"),
      })
      .nullable()
      .describe("What an import found and did"),
    plan: optimised.nullable().describe("What a search for a better order has found, once it is done"),
    staff: staffTakenIn.nullable().describe("What a file of staff has changed, once it is done"),
    soFar: z
      .array(searchPoint)
      .max(SEARCH_POINTS_MAX)
      .describe("How good a search was until now, for as long as it goes on"),
    failure: z.string().nullable().describe("One sentence, when it failed"),
    problem: itemProblem.describe("What it was refused for; null where it was not, or failed by a fault"),
  })
  .meta({ id: "Job" });

const shape = {
  params: idParams,
  permission: "job.read",
  mcp: "none",
  since: "0.1.0",
  example: {},
} as const;

export const readJob = operation({
  ...shape,
  id: "jobs.read",
  kind: "query",
  method: "GET",
  path: "/v1/jobs/{id}",
  summary: "How far a job is",
  answer: job,
  status: 200,
  problems: [],
  rateClass: "read",
});

export const acceptJob = operation({
  ...shape,
  id: "jobs.accept",
  kind: "command",
  method: "POST",
  path: "/v1/jobs/{id}/accept",
  summary: "Let a prepared preview go on; or let a search end with the best so far",
  answer: job,
  status: 202,
  problems: ["jobs/not-waiting"],
  rateClass: "write",
});

export const cancelJob = operation({
  ...shape,
  id: "jobs.cancel",
  kind: "command",
  method: "DELETE",
  path: "/v1/jobs/{id}",
  summary: "Cancel a job; what it has staged is removed",
  answer: nothing,
  status: 204,
  problems: ["jobs/already-done"],
  rateClass: "write",
});
