import { z } from "zod";
import { operation } from "../operation.ts";
import { instant, plainText, thingId } from "../values.ts";
import { updateEvent } from "./calendars.ts";
import { objectiveId, OPTIMISE_SECONDS_LATER_MAX, OPTIMISE_SECONDS_MAX, optimised } from "./plan-things.ts";

export const optimizeSchedule = operation({
  id: "ai.optimizeSchedule",
  kind: "query",
  method: "POST",
  path: "/v1/ai/optimize-schedule",
  summary: "How the schedule of some people could be better; nothing is changed by asking",
  body: z.strictObject({
    timeRange: z.strictObject({ start: instant, end: instant }),
    people: z.array(thingId).min(1).max(500).optional().describe("Whose schedule; yours when left out"),
    events: z
      .array(thingId)
      .max(5_000)
      .optional()
      .describe("Only these events may move; all that you may move when left out"),
    objectives: z
      .array(
        z.union([objectiveId, z.strictObject({ objective: objectiveId, weight: z.int().min(1).max(100).default(1) })]),
      )
      .max(6)
      .default(["conflicts", "focus", "fragmentation"])
      .describe("What to improve, and what it weighs beside the others"),
    constraints: z
      .strictObject({
        lockedEvents: z
          .array(thingId)
          .max(5_000)
          .default([])
          .describe("These stay. The rules of the organisation hold anyway"),
      })
      .optional(),
    alternatives: z.int().min(0).max(5).default(3),
    seconds: z
      .number()
      .min(0.1)
      .max(OPTIMISE_SECONDS_LATER_MAX)
      .default(2)
      .describe(
        `How long to look; what is best by then is the answer. Above ${OPTIMISE_SECONDS_MAX}, or with \`Prefer: respond-async\`, it goes on as a job that tells how far it is`,
      ),
    seed: z
      .int()
      .min(0)
      .max(2 ** 31)
      .default(1),
  }),
  answer: optimised,
  status: 200,
  mayLast: true,
  problems: ["planning/plan-refused", "calendars/ends-before-start", "calendars/out-of-range"],
  permission: "conflict.read",
  rateClass: "heavy",
  mcp: "read",
  since: "0.3.0",
  example: {
    body: {
      timeRange: { start: "2027-03-01T00:00:00+01:00", end: "2027-04-01T00:00:00+02:00" },
      objectives: ["conflicts", "focus"],
      seconds: 0.2,
    },
  },
});

/** Events moved as one step. */
export const EVENTS_MOVED_MAX = 200;

const areApart = (moves: readonly { readonly eventId: string; readonly recurrenceId: string | null }[]): boolean =>
  new Set(moves.map(({ eventId, recurrenceId }) => `${eventId} ${recurrenceId}`)).size === moves.length;

export const moveEvents = operation({
  id: "events.move",
  kind: "command",
  method: "POST",
  path: "/v1/calendar/events/move",
  summary: "Move several events or dates as one step: each may go where another of them was. All or none",
  body: z.strictObject({
    moves: z
      .array(
        z.strictObject({
          eventId: thingId,
          recurrenceId: plainText(40).nullable().default(null),
          start: instant,
          end: instant,
          from: z
            .strictObject({ start: instant, end: instant })
            .optional()
            .describe("When it is now, as far as you know: refused when somebody has moved it"),
        }),
      )
      .min(1)
      .max(EVENTS_MOVED_MAX)
      .refine(areApart, "an event, or a date of it, is moved once"),
    preventConflicts: z.boolean().default(true),
  }),
  answer: z.object({
    requestId: z.string().describe("Undo takes all of it back: POST /v1/requests/{requestId}/undo"),
    summary: z.string(),
    changed: z.array(z.object({ type: z.string(), id: z.string() })),
  }),
  status: 200,
  problems: [...updateEvent.problems, "planning/repair-stale"],
  permission: "event.write",
  idempotent: true,
  rateClass: "write",
  mcp: "propose",
  proposable: true,
  since: "0.3.0",
  example: {},
});
