import { z } from "zod";
import { operation } from "../operation.ts";
import { idParams, plainText, thingId, when, zoneId } from "../values.ts";

export const PROPOSAL_NOTE_CHARACTERS_MAX = 200;

const proposed = z.object({
  id: thingId,
  told: z.array(z.string()).describe("Names of those who hear of it after ten seconds, unless it is undone"),
});

const shape = { kind: "command", permission: "event.read", rateClass: "write", since: "0.1.0", example: {} } as const;

export const proposeTime = operation({
  ...shape,
  id: "events.propose",
  method: "POST",
  path: "/v1/calendar/events/{id}/proposals",
  summary:
    "Propose another time for an event that you take part in and may not move; nothing moves until it is accepted",
  params: idParams,
  body: z.strictObject({
    recurrenceId: plainText(40).optional().describe("Which occurrence of a series; needed where there are several"),
    start: when,
    end: when.describe("Exclusive"),
    timeZone: zoneId.optional(),
    note: plainText(PROPOSAL_NOTE_CHARACTERS_MAX).nullable().default(null).describe("Why, for those who answer it"),
  }),
  answer: proposed,
  status: 201,
  problems: [
    "calendars/may-move",
    "calendars/not-a-guest",
    "calendars/same-times",
    "calendars/in-the-past",
    "calendars/nobody-answers",
    "calendars/ends-before-start",
    "calendars/zone-missing",
    "calendars/unknown-zone",
    "calendars/out-of-range",
    "calendars/rule-invalid",
    "calendars/occurrence-not-found",
  ],
  idempotent: true,
  mcp: "propose",
});

export const declineProposal = operation({
  ...shape,
  id: "events.declineProposal",
  method: "POST",
  path: "/v1/calendar/proposals/{id}/decline",
  summary:
    "Keep an event as it is, and tell who proposed another time. To accept, move the event: PATCH /v1/calendar/events/{id}",
  params: idParams,
  answer: proposed,
  status: 200,
  problems: ["calendars/proposal-over", "calendars/read-only"],
  mcp: "propose",
});

/** Not reachable from outside: what undo is made of. */
export const putProposal = operation({
  ...shape,
  id: "events.putProposal",
  method: "PUT",
  path: "/v1/internal/proposals/{id}",
  internal: true,
  summary: "Put a proposal as it was, or take it away",
  params: idParams,
  body: z.strictObject({
    before: z
      .strictObject({
        eventId: thingId,
        recurrenceId: plainText(40).nullable(),
        personId: thingId,
        start: when,
        end: when,
        allDay: z.boolean(),
        startMs: z.int(),
        endMs: z.int(),
        wasStartMs: z.int(),
        wasEndMs: z.int(),
        note: plainText(PROPOSAL_NOTE_CHARACTERS_MAX).nullable(),
        told: z.array(thingId),
        isDeclined: z.boolean(),
      })
      .nullable()
      .describe("Null takes it away"),
  }),
  answer: z.object({ id: thingId }),
  status: 200,
  problems: [],
  mcp: "none",
});
