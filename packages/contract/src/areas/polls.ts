import { z } from "zod";
import { operation } from "../operation.ts";
import { idParams, instant, nothing, thingId, title } from "../values.ts";
import { writeProblems } from "./calendars.ts";

/** Times that one poll asks about. */
export const POLL_TIMES_MAX = 8;
/** People whom one poll asks. */
export const POLL_PEOPLE_MAX = 50;
/** Polls of an organisation that are open at once. */
export const POLLS_OPEN_MAX = 500;

const said = z.enum(["yes", "maybe", "no"]).describe("maybe: if need be");
const named = z.object({ id: thingId, name: z.string() });
const span = z.strictObject({ start: instant, end: instant });

const poll = z
  .object({
    id: thingId,
    title: z.string(),
    maker: named,
    isMine: z.boolean().describe("Whether you made it, and decide"),
    state: z.enum(["open", "closed", "expired"]).describe("expired: its last time has begun, and nothing was picked"),
    times: z.array(z.object({ start: z.string(), end: z.string(), yes: z.int(), maybe: z.int(), no: z.int() })),
    people: z.array(
      z.object({
        id: thingId,
        name: z.string(),
        answers: z.array(said).nullable().describe("In the order of the times; null: not answered yet"),
        isInvitable: z
          .boolean()
          .describe("False for who has no address, or is no longer here: the event invites all others"),
      }),
    ),
    things: z.array(
      z.object({
        id: thingId,
        name: z.string(),
        isHere: z.boolean().describe("False for what was taken away: the event does without"),
      }),
    ),
    picked: z.int().nullable().describe("Which of the times was picked, from 0"),
    at: z.string().describe("When it was made"),
  })
  .meta({ id: "Poll" });

const shape = { permission: "event.write", since: "0.3.0", example: {} } as const;

export const listPolls = operation({
  ...shape,
  id: "polls.list",
  kind: "query",
  method: "GET",
  path: "/v1/polls",
  summary: "The polls that you made or are asked in, newest first, the last 50",
  answer: z.object({ items: z.array(poll) }),
  status: 200,
  list: "items",
  problems: [],
  rateClass: "read",
  mcp: "read",
});

export const readPoll = operation({
  ...shape,
  id: "polls.read",
  kind: "query",
  method: "GET",
  path: "/v1/polls/{id}",
  summary: "A poll with what everybody has answered so far",
  params: idParams,
  answer: poll,
  status: 200,
  problems: [],
  rateClass: "read",
  mcp: "read",
});

export const createPoll = operation({
  ...shape,
  id: "polls.create",
  kind: "command",
  method: "POST",
  path: "/v1/polls",
  summary: "Ask people of the organisation which of some times would suit them",
  body: z.strictObject({
    title: title.min(1),
    times: z.array(span).min(2).max(POLL_TIMES_MAX),
    people: z.array(thingId).min(1).max(POLL_PEOPLE_MAX).describe("Who is asked, beside you"),
    resourceIds: z.array(thingId).max(100).default([]).describe("Rooms and things that the event will take"),
  }),
  answer: poll,
  status: 201,
  problems: ["planning/poll-invalid", "planning/too-many-polls"],
  idempotent: true,
  rateClass: "write",
  mcp: "propose",
});

export const answerPoll = operation({
  ...shape,
  id: "polls.answer",
  kind: "command",
  method: "PUT",
  path: "/v1/polls/{id}/answer",
  summary: "Say which of the times suit you; the last answer counts",
  params: idParams,
  body: z.strictObject({ answers: z.array(said).min(2).max(POLL_TIMES_MAX).describe("One for each time, in order") }),
  answer: poll,
  status: 200,
  problems: ["planning/poll-invalid", "planning/poll-over"],
  rateClass: "write",
  mcp: "propose",
  example: { body: { answers: ["yes", "no"] } },
});

export const pickTime = operation({
  ...shape,
  id: "polls.pick",
  kind: "command",
  method: "POST",
  path: "/v1/polls/{id}/pick",
  summary: "Make the event at one of the times and close the poll, as one step; who said no is not invited",
  params: idParams,
  body: z.strictObject({
    time: z
      .int()
      .min(0)
      .max(POLL_TIMES_MAX - 1),
    calendarId: thingId.optional().describe("Your own calendar when left out"),
    preventConflicts: z.boolean().default(true).describe("As of `events.create`"),
  }),
  answer: z.object({ poll, eventId: thingId, requestId: z.string(), summary: z.string() }),
  status: 200,
  problems: ["planning/poll-invalid", "planning/poll-over", "planning/poll-not-yours", ...writeProblems],
  rateClass: "write",
  mcp: "propose",
  example: { body: { time: 0 } },
});

export const closePoll = operation({
  ...shape,
  id: "polls.close",
  kind: "command",
  method: "POST",
  path: "/v1/polls/{id}/close",
  summary: "Close a poll without making anything of it",
  params: idParams,
  answer: poll,
  status: 200,
  problems: ["planning/poll-over", "planning/poll-not-yours"],
  rateClass: "write",
  mcp: "propose",
});

export const putPoll = operation({
  ...shape,
  id: "polls.put",
  kind: "command",
  method: "PUT",
  path: "/v1/internal/polls/{id}",
  internal: true,
  summary: "Put a poll back as it was, or take it away: what undo is made of",
  params: idParams,
  body: z.strictObject({
    was: z
      .strictObject({
        title: z.string(),
        makerId: thingId,
        times: z.array(z.strictObject({ startMs: z.number(), endMs: z.number() })),
        people: z.array(thingId),
        resourceIds: z.array(thingId),
        isClosed: z.boolean(),
        picked: z.int().nullable(),
        madeMs: z.number(),
      })
      .nullable(),
  }),
  answer: nothing,
  status: 204,
  problems: [],
  rateClass: "write",
  mcp: "none",
});
