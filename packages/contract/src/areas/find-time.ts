import { z } from "zod";
import { operation } from "../operation.ts";
import { instant, thingId } from "../values.ts";

const named = z.object({ id: z.string(), name: z.string() });

/** Times of one answer. */
export const TIMES_FOUND_MAX = 50;

export const findTime = operation({
  id: "ai.findTime",
  kind: "query",
  method: "POST",
  path: "/v1/ai/find-time",
  summary:
    "When some people, and a room, are free at once: ranked, with reasons; and what to give up when they never are",
  body: z.strictObject({
    required: z.array(thingId).min(1).max(500).describe("Who has to come"),
    optional: z.array(thingId).max(500).default([]).describe("Who may come"),
    room: z
      .strictObject({
        among: z.array(thingId).max(500).default([]).describe("One of these; any room when empty"),
        places: z.int().min(1).max(1_000_000).nullable().default(null).describe("As many as are wanted when null"),
      })
      .nullable()
      .default(null)
      .describe("Null: no room is wanted"),
    timeRange: z.strictObject({ start: instant, end: instant }),
    minutes: z.int().min(5).max(10_080).default(60),
    stepMinutes: z.int().min(5).max(1_440).default(15).describe("Starts are looked at every so often"),
    dayPart: z
      .strictObject({ from: z.int().min(0).max(1_440), to: z.int().min(0).max(1_440) })
      .nullable()
      .default(null)
      .describe("It begins and ends within these minutes of one day, by the clocks of the organisation; null: all day"),
    calendarId: thingId
      .nullable()
      .default(null)
      .describe("The calendar, or the service, in which it will lie: its rules are kept, too; null: none is known"),
    withinHours: z.boolean().default(true).describe("Nobody is wanted outside their hours"),
    limit: z.int().min(1).max(TIMES_FOUND_MAX).default(5),
  }),
  answer: z.object({
    isPossible: z.boolean().describe("Whether some time has everybody who is required, and a room when one is wanted"),
    times: z.array(
      z.object({
        start: z.string(),
        end: z.string(),
        requiredMissing: z.array(named),
        optionalMissing: z.array(named),
        room: named.nullable(),
        points: z.number().describe("What soft rules weigh that would not hold"),
        reasons: z.array(z.string()),
      }),
    ),
    relaxations: z
      .array(
        z.object({
          kind: z.enum(["person", "room", "rule"]),
          sentence: z.string(),
          without: named.nullable().describe("The person to do without; null for a room or a rule"),
          room: named.nullable().describe("The room that would be taken"),
          start: z.string(),
          end: z.string(),
        }),
      )
      .describe("When it is not possible: what to give up alone would make it so, and when"),
    starts: z.int().describe("Starts that were looked at"),
  }),
  status: 200,
  problems: ["planning/plan-refused", "calendars/ends-before-start", "calendars/out-of-range"],
  permission: "subject.read",
  rateClass: "heavy",
  mcp: "read",
  since: "0.3.0",
  example: {},
});

const node = z.object({
  id: z.string(),
  eventId: z.string().nullable(),
  recurrenceId: z.string().nullable(),
  title: z.string(),
  start: z.string(),
  end: z.string(),
  flexibility: z
    .number()
    .min(0)
    .max(1)
    .describe("0: none of the repairs looked at moves it · 1: three of them do, or more"),
  conflicts: z.int().describe("Its edges"),
});

const edge = z.object({
  from: z.string(),
  to: z.string(),
  kinds: z.array(z.string()),
  severity: z.enum(["must", "should", "look"]),
  conflictIds: z.array(z.string()),
  subjects: z.array(z.string()),
  start: z.string(),
  end: z.string(),
  isKept: z.boolean(),
});

export const conflictGraph = operation({
  id: "conflicts.graph",
  kind: "query",
  method: "GET",
  path: "/v1/conflicts/graph",
  summary: "The conflicts of a window as a graph: what clashes, how well it could move, and what it clashes with",
  query: z.strictObject({ start: instant, end: instant }),
  answer: z.object({ nodes: z.array(node), edges: z.array(edge), isCut: z.boolean() }),
  status: 200,
  problems: ["calendars/ends-before-start", "calendars/out-of-range"],
  permission: "conflict.read",
  rateClass: "heavy",
  mcp: "read",
  since: "0.3.0",
  example: { query: { start: "2027-01-01T00:00:00+01:00", end: "2027-02-01T00:00:00+01:00" } },
});
