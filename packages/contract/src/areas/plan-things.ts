import { z } from "zod";
import { itemProblem, thingId } from "../values.ts";

export const objectiveId = z.enum(["conflicts", "focus", "fragmentation", "travel", "balance", "preferences"]);

/** Seconds that a request may wait for a plan. */
export const OPTIMISE_SECONDS_MAX = 30;
/** Seconds that a plan may take as a job. */
export const OPTIMISE_SECONDS_LATER_MAX = 600;
/** Points of a search that are kept while it goes on. */
export const SEARCH_POINTS_MAX = 201;

const spanOf = z.object({ start: z.string(), end: z.string() });
const score = z.object({ hard: z.number(), soft: z.number() }).describe("Points lost; less is better, hard ones first");

const move = z
  .object({
    eventId: z.string(),
    recurrenceId: z.string().nullable(),
    title: z.string(),
    from: spanOf,
    to: spanOf,
  })
  .meta({ id: "PlannedMove" });

const improvement = z
  .object({
    objective: objectiveId,
    title: z.string(),
    unit: z.enum(["times", "minutes", "share", "liking"]),
    better: z.enum(["more", "less"]),
    says: z.string(),
    before: z.number(),
    after: z.number(),
  })
  .meta({ id: "Improvement" });

const improvements = z.array(improvement);

/** A better order of a schedule, and how it was found. */
export const optimised = z.object({
  optimizedSchedule: z.array(move).describe("What would go elsewhere; everything else stays"),
  improvements,
  score,
  before: score.describe("The same of the schedule as it stands"),
  constraints: z.array(
    z.object({
      name: z.string(),
      level: z.enum(["hard", "soft"]),
      weight: z.number(),
      units: z.number(),
      points: z.number(),
      sentences: z.array(z.string()),
    }),
  ),
  convergence: z.array(z.object({ steps: z.int(), hard: z.number(), soft: z.number() })),
  contradictions: z.array(z.string()).describe("Hard rules that could not be kept, and what stands in the way"),
  alternatives: z
    .array(z.object({ moves: z.array(move), improvements, score }))
    .describe("Each differs from the answer and from the others in at least a fifth of what it moves"),
  steps: z.int(),
  processingTime: z.number().describe("Milliseconds"),
});

/** How good the best was at a moment of a search. */
export const searchPoint = z
  .object({
    share: z.number().describe("How much of its time was gone, 0 to 1"),
    steps: z.int(),
    alternative: z.int().describe("0: the answer itself was looked for; 1 and more: the others beside it"),
    score,
    moved: z.int().describe("What would go elsewhere"),
  })
  .meta({ id: "SearchPoint" });

/** The last plan of something that a job plans. `measured`: what the points of the search count. */
export const lastPlan = <Result extends z.ZodType>(result: Result, measured?: string) =>
  z
    .object({
      jobId: z.string().describe("Cancel it, or let it end with the best so far: /v1/jobs/{id}"),
      state: z.enum(["queued", "running", "done", "failed", "cancelled"]),
      progress: z.number().min(0).max(1),
      askedBy: z.object({ personId: thingId.nullable(), name: z.string(), at: z.string() }),
      seconds: z.number(),
      seed: z.int(),
      asFewChangesAsPossible: z.boolean(),
      soFar: z
        .array(searchPoint)
        .max(SEARCH_POINTS_MAX)
        .describe(measured === undefined ? "While it goes on" : `While it goes on; ${measured}`),
      failure: z.string().nullable(),
      problem: itemProblem.describe("What it was refused for; null where it was not, or failed by a fault"),
      result: result.nullable().describe("Once it is done"),
    })
    .nullable()
    .describe("Null: it was never planned");
