import { z } from "zod";
import { operation } from "../operation.ts";
import { fieldsQuery, idParams, nothing, plainText, thingId } from "../values.ts";

export const FEED_ADDRESS_CHARACTERS_MAX = 2_000;

const feed = z
  .object({
    id: thingId,
    calendarId: thingId,
    calendarName: z.string(),
    host: z.string().describe("Where it comes from. The address itself is often a secret, and is not told again"),
    state: z
      .enum(["new", "fresh", "failing", "halted"])
      .describe("halted: nearly everything vanished, and nothing was removed"),
    sentence: z.string().describe("How it is, in words for people"),
    events: z.int().describe("How many it holds"),
    failures: z.int().describe("In a row"),
    lastTriedAt: z.string().nullable(),
    lastFreshAt: z.string().nullable().describe("When it was last known to be as its source has it"),
    changedAt: z.string().nullable().describe("When its content last changed"),
    nextPollAt: z.string(),
  })
  .meta({ id: "Feed" });

export const listFeeds = operation({
  id: "feeds.list",
  kind: "query",
  method: "GET",
  path: "/v1/feeds",
  summary: "The feeds of calendars you may manage: how old they are, and what is wrong",
  query: z.strictObject({ ...fieldsQuery }),
  answer: z.object({ items: z.array(feed) }),
  status: 200,
  list: "items",
  problems: [],
  permission: "signed-in",
  rateClass: "read",
  mcp: "read",
  since: "0.2.0",
  example: {},
});

export const createFeed = operation({
  id: "feeds.create",
  kind: "command",
  method: "POST",
  path: "/v1/feeds",
  summary: "Subscribe to an .ics address: a calendar that only watches, fetched again and again",
  body: z.strictObject({
    url: z.string().min(1).max(FEED_ADDRESS_CHARACTERS_MAX).describe("https, http or webcal"),
    name: plainText(200).min(1),
    colour: z.int().min(0).max(359).default(250),
    ownerSubjectId: thingId.nullable().optional().describe("Whose busy time it shows: yourself; null for nobody's"),
  }),
  answer: feed,
  status: 201,
  problems: [
    "providers/bad-address",
    "providers/too-many-feeds",
    "calendars/unknown-zone",
    "calendars/read-only",
    "calendars/not-empty",
  ],
  permission: "signed-in",
  idempotent: true,
  rateClass: "heavy",
  mcp: "none",
  since: "0.2.0",
  example: { body: { url: "https://feeds.example/fixtures.ics", name: "League fixtures" } },
});

export const pollFeed = operation({
  id: "feeds.poll",
  kind: "command",
  method: "POST",
  path: "/v1/feeds/{id}/poll",
  summary: "Fetch a feed now; the answer tells how it is before that",
  params: idParams,
  body: z.strictObject({
    acceptEmptied: z.boolean().default(false).describe("Take it as it is, though nearly everything vanished"),
  }),
  answer: feed,
  status: 202,
  problems: [],
  permission: "signed-in",
  rateClass: "heavy",
  mcp: "none",
  since: "0.2.0",
  example: { body: {} },
});

export const removeFeed = operation({
  id: "feeds.remove",
  kind: "command",
  method: "DELETE",
  path: "/v1/feeds/{id}",
  summary: "End a subscription; its calendar and its events go with it",
  params: idParams,
  answer: nothing,
  status: 204,
  problems: [],
  permission: "signed-in",
  rateClass: "write",
  mcp: "none",
  since: "0.2.0",
  example: {},
});
