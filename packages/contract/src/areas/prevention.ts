import { z } from "zod";
import { operation } from "../operation.ts";
import { thingId } from "../values.ts";
import { createEvent, updateEvent } from "./calendars.ts";
import { repair } from "./planning-things.ts";
import { brokenRule } from "./rules.ts";

const barring = z.object({
  kind: z.string().describe("taken: somebody else has the time; else the constraint that would not hold"),
  severity: z.enum(["must", "should", "look"]),
  subjectId: z.string(),
  subject: z.string(),
  start: z.string(),
  end: z.string(),
  sentence: z.string(),
  relaxations: brokenRule.shape.relaxations,
});

export const preventConflict = operation({
  id: "ai.preventConflict",
  kind: "query",
  method: "POST",
  path: "/v1/ai/prevent-conflict",
  summary: "Whether a write would succeed now, by the same code that writes; what speaks against it, and what would do",
  body: z
    .strictObject({
      newEvent: createEvent.body.optional().describe("As it would be created"),
      change: updateEvent.body.extend({ eventId: thingId }).optional().describe("As an event would be changed"),
    })
    .refine(({ newEvent, change }) => (newEvent === undefined) !== (change === undefined), {
      error: "give either newEvent or change",
    }),
  answer: z.object({
    allowed: z.boolean(),
    conflicts: z.array(barring).describe("What the write would be refused for; empty exactly when it is allowed"),
    warnings: z.array(brokenRule).describe("Soft rules that would not hold; they refuse nothing"),
    findings: z
      .array(
        z.object({
          plugin: z.string().describe("Which plug-in says so"),
          severity: z.enum(["must", "should", "look"]),
          subjectId: z.string(),
          subject: z.string(),
          start: z.string(),
          end: z.string(),
          units: z.number(),
          sentence: z.string(),
        }),
      )
      .describe("What allowed plug-ins say against it where it would be written; they refuse nothing"),
    pluginsMissing: z
      .array(z.string())
      .describe("Plug-ins that did not answer in time, or not about everything: they may have something against it"),
    suggestions: z.array(repair),
    alternativeTimes: z.array(z.object({ start: z.string(), end: z.string() })),
    processingTime: z.number().describe("Milliseconds"),
  }),
  status: 200,
  problems: updateEvent.problems,
  permission: "signed-in",
  rateClass: "write",
  mcp: "read",
  since: "0.3.0",
  example: {
    body: {
      newEvent: {
        title: "Coach clinic",
        start: "2031-03-25T15:30:00",
        end: "2031-03-25T17:00:00",
        timeZone: "Europe/Prague",
      },
    },
  },
});
