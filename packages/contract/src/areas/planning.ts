import { z } from "zod";
import { operation } from "../operation.ts";
import { instant, plainText, thingId } from "../values.ts";
import { conflict, conflictsCut, repair } from "./planning-things.ts";

const givenEvent = z.strictObject({
  id: plainText(200).optional(),
  uid: plainText(1_000).optional(),
  title: plainText(1_000).optional(),
  start: instant,
  end: instant,
  attendees: z.array(plainText(254)).max(500).optional(),
  resources: z.array(plainText(254)).max(100).optional(),
  calendar: plainText(200).optional().describe("Whose time it takes: events of one calendar overlap each other"),
});

export const GIVEN_EVENTS_MAX = 10_000;

export const detectConflicts = operation({
  id: "ai.detectConflicts",
  kind: "query",
  method: "POST",
  path: "/v1/ai/detect-conflicts",
  summary: "Find every conflict of a window: among all you may see, or among the events given",
  body: z.strictObject({
    timeRange: z.strictObject({ start: instant, end: instant }),
    events: z.array(givenEvent).max(GIVEN_EVENTS_MAX).optional(),
    subjects: z.array(thingId).max(500).optional().describe("Only conflicts of these people and things"),
    options: z
      .strictObject({
        includeTravel: z.boolean().optional(),
        includeCapacity: z.boolean().optional(),
        confidenceThreshold: z.number().min(0).max(1).optional(),
      })
      .optional(),
  }),
  answer: z.object({
    conflicts: z.array(conflict),
    processingTime: z.number().describe("Milliseconds"),
    confidence: z.number(),
    metadata: z.object({ aiModelVersion: z.string(), featuresUsed: z.array(z.string()), conflictsCut }),
  }),
  status: 200,
  problems: ["calendars/ends-before-start", "calendars/out-of-range"],
  permission: "conflict.read",
  rateClass: "heavy",
  mcp: "read",
  since: "0.1.0",
  example: { body: { timeRange: { start: "2027-01-01T00:00:00+01:00", end: "2028-01-01T00:00:00+01:00" } } },
});

export const suggestRepairs = operation({
  id: "ai.suggestRepairs",
  kind: "query",
  method: "POST",
  path: "/v1/ai/suggest-repairs",
  summary: "What would remove a conflict: ranked, each re-checked",
  body: z.strictObject({
    conflictId: plainText(100).optional(),
    conflict: z
      .looseObject({ id: z.string().max(100) })
      .optional()
      .describe("A conflict as detect-conflicts answered it"),
    maxSuggestions: z.int().min(1).max(20).default(5),
  }),
  answer: z.object({
    suggestions: z.array(repair),
    recommendedSuggestion: repair.nullable(),
    reasoning: z.string(),
    confidence: z.number(),
  }),
  status: 200,
  problems: ["planning/conflict-gone"],
  permission: "conflict.read",
  rateClass: "heavy",
  mcp: "read",
  since: "0.1.0",
  example: { body: { conflictId: "cfl_…" } },
});

const applied = z.object({
  requestId: z.string().describe("Undo takes it back: POST /v1/requests/{requestId}/undo"),
  summary: z.string(),
  undoable: z.boolean(),
  changed: z.array(z.object({ type: z.string(), id: z.string() })),
});

export const applyRepair = operation({
  id: "repairs.apply",
  kind: "command",
  method: "POST",
  path: "/v1/repairs/{id}/apply",
  summary: "Apply a repair as one undoable step, after checking it once more",
  params: z.strictObject({ id: plainText(120) }),
  answer: applied,
  status: 200,
  problems: ["planning/conflict-gone", "planning/repair-stale", "claims/taken", "calendars/read-only"],
  permission: "conflict.repair",
  idempotent: true,
  rateClass: "write",
  mcp: "propose",
  since: "0.1.0",
  example: {},
});

export const undoRequest = operation({
  id: "requests.undo",
  kind: "command",
  method: "POST",
  path: "/v1/requests/{id}/undo",
  summary: "Undo what a request changed; redo is undo of the undo",
  params: z.strictObject({ id: plainText(100) }),
  answer: applied,
  status: 200,
  problems: ["undo/nothing", "undo/changed-since", "undo/not-yours", "claims/taken"],
  permission: "signed-in",
  idempotent: true,
  rateClass: "write",
  mcp: "none",
  since: "0.1.0",
  example: {},
});
