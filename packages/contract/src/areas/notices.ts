import { z } from "zod";
import { operation } from "../operation.ts";
import { nextCursor, nothing, pageQuery, plainText, thingId } from "../values.ts";

const proposal = z.object({
  id: thingId,
  recurrenceId: z.string().nullable(),
  start: z.string().describe("As `events.update` takes it"),
  end: z.string(),
  allDay: z.boolean(),
  note: z.string().nullable(),
  state: z
    .enum(["open", "accepted", "declined", "outdated", "withdrawn"])
    .describe("`outdated`: the event was moved or is gone since; `withdrawn`: taken back, or replaced by another"),
});

const notice = z
  .object({
    id: thingId,
    eventId: thingId.describe("The event; of `switched-off` the plug-in, of `review…` the proposal"),
    kind: z
      .enum([
        "invited",
        "moved",
        "cancelled",
        "proposed",
        "declined",
        "asked",
        "switched-off",
        "review",
        "review-accepted",
        "review-declined",
        "approval",
        "approval-approved",
        "approval-declined",
        "approval-lapsed",
        "roster",
        "roster-withdrawn",
      ])
      .describe(
        "`proposed`: somebody proposes another time; `declined`: yours was not taken; `asked`: in a poll, whose id is in `eventId`; `switched-off`: a plug-in was, and `title` says why; `review`: you are asked to look at a proposal, `review-accepted` and `review-declined`: what somebody said to yours, and its id is in `eventId`; `approval`: you are asked to approve something, `approval-…`: what became of what you asked for, and the request's id is in `eventId`; `roster`: one was published that has something new, changed or dropped for you, how many says the end of `title`: (+3 ±1 −2); `roster-withdrawn`: it was taken back; the publication's id is in `eventId`",
      ),
    title: z.string(),
    start: z.string().describe("When it is now, or was to be"),
    end: z.string(),
    allDay: z.boolean(),
    by: z.object({ personId: thingId.nullable(), name: z.string() }),
    at: z.string().describe("When the change was made"),
    read: z.boolean(),
    proposal: proposal.nullable().describe("Of `proposed` and `declined`: the time that is meant"),
  })
  .meta({ id: "Notice" });

const told = z.object({
  waiting: z.array(z.string()).describe("Names of those who will be told, the first 20"),
  waitingCount: z.int(),
  sentCount: z.int().describe("How many have been told"),
});

const shape = { permission: "signed-in", mcp: "none", since: "0.1.0", example: {} } as const;

export const listNotices = operation({
  ...shape,
  id: "notices.list",
  kind: "query",
  method: "GET",
  path: "/v1/notices",
  summary: "What you were told of changes that others made, newest first",
  query: z.strictObject({ ...pageQuery }),
  answer: z.object({ items: z.array(notice), unread: z.int().describe("Of all of them"), nextCursor }),
  status: 200,
  list: "items",
  problems: [],
  rateClass: "read",
});

export const readNotices = operation({
  ...shape,
  id: "notices.read",
  kind: "command",
  method: "POST",
  path: "/v1/notices/read",
  summary: "Mark notices as read",
  body: z.strictObject({ ids: z.array(thingId).max(1_000).optional().describe("These alone; all otherwise") }),
  answer: nothing,
  status: 204,
  problems: [],
  rateClass: "write",
  example: { body: {} },
});

const ofRequest = { ...shape, params: z.strictObject({ id: plainText(100) }), answer: told, status: 200 } as const;

export const noticesOfRequest = operation({
  ...ofRequest,
  id: "notices.ofRequest",
  kind: "query",
  method: "GET",
  path: "/v1/requests/{id}/notices",
  summary: "Who will be told of what a request of yours changed; they are told after ten seconds, unless it is undone",
  problems: ["undo/nothing"],
  rateClass: "read",
});

export const sendNotices = operation({
  ...ofRequest,
  id: "notices.sendNow",
  kind: "command",
  method: "POST",
  path: "/v1/requests/{id}/notices/send",
  summary: "Tell them now",
  problems: ["undo/nothing"],
  rateClass: "write",
});
