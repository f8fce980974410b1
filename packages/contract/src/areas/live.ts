import { z } from "zod";
import { operation } from "../operation.ts";
import { instant, plainText, thingId } from "../values.ts";

/** A client's message in bytes: the longest of them has some hundred. */
export const LIVE_MESSAGE_BYTES_MAX = 4_096;
export const TICKET_SECONDS = 30;

export const openLive = operation({
  id: "live.ticket",
  kind: "command",
  method: "POST",
  path: "/v1/live/tickets",
  summary: "A ticket that opens the WebSocket /v1/live?ticket=… once, within 30 seconds",
  answer: z.object({
    ticket: z.string().describe("Good for one connection to this process"),
    expiresInSeconds: z.int(),
  }),
  status: 200,
  problems: [],
  permission: "signed-in",
  rateClass: "write",
  mcp: "none",
  since: "0.1.0",
  example: {},
});

const seq = z.int().min(0).describe("Number of a change in the organisation's log");

/** Where somebody looks: a place of the app, and its year. */
const view = z.strictObject({ place: plainText(40).min(1), year: z.int().min(1).max(9_999) });

const subscribe = z.discriminatedUnion("topic", [
  z
    .strictObject({
      type: z.literal("subscribe"),
      topic: z.literal("calendar"),
      since: seq.optional().describe("The last change you know; changes from now on otherwise"),
    })
    .describe("Changes of events, calendars, people, things and availability, and your notices, in order, each once"),
  z
    .strictObject({ type: z.literal("subscribe"), topic: z.literal("conflicts"), start: instant, end: instant })
    .describe("Conflicts of a window that come and go. Read the list after `subscribed`; then apply what follows"),
  z.strictObject({ type: z.literal("subscribe"), topic: z.literal("presence") }).describe("Who looks where you look"),
]);

/** What a client says, one JSON object a message. */
export const liveFromClient = z.discriminatedUnion("type", [
  subscribe,
  z.strictObject({ type: z.literal("unsubscribe"), topic: z.enum(["calendar", "conflicts", "presence"]) }),
  z.strictObject({ type: z.literal("here"), view: view.nullable() }).describe("Where you look now; null: away"),
  z.strictObject({ type: z.literal("ping") }),
]);

const who = z
  .object({ personId: thingId.nullable(), name: z.string() })
  .describe("Who did it; the person is null when the system did");

const changeTypes = [
  "event:created",
  "event:updated",
  "event:deleted",
  "calendar:created",
  "calendar:updated",
  "calendar:deleted",
  "person:created",
  "person:updated",
  "person:deleted",
  "resource:created",
  "resource:updated",
  "resource:deleted",
  "department:updated",
  "league:updated",
  "availability:updated",
  "conflict:updated",
  "poll:updated",
  "skill:updated",
  "approval:requested",
  "approval:updated",
  "approval:completed",
  "schedule:created",
  "schedule:updated",
  "schedule:deleted",
  "draft:updated",
  "roster:published",
  "cover:updated",
  "open-shift:updated",
  "swap:updated",
  "proposal:created",
  "proposal:updated",
  "sync:status",
  "notice",
] as const;

const change = z
  .object({
    type: z.enum(changeTypes),
    seq,
    id: z.string(),
    collectionId: z
      .string()
      .nullable()
      .describe(
        "The calendar it lies in; of a schedule the person; of shifts of a draft the draft, and `fields` are their ids",
      ),
    at: instant,
    fields: z.array(z.string()).describe("What changed; empty where you may only know when time is taken"),
    who: who.nullable().describe("Null where you may only know when time is taken"),
  })
  .describe("A change of something you may see. Read the thing again with your own sight");

/** What the server says, one JSON object a message. */
export const liveFromServer = z.discriminatedUnion("type", [
  change,
  z
    .object({ type: z.literal("subscribed"), topic: z.enum(["calendar", "conflicts", "presence"]), seq })
    .describe("The topic is heard; the log stands at `seq`. What it holds after `since` follows"),
  z
    .object({ type: z.literal("reached"), seq })
    .describe("Up to here you know all you may know: resume from it. Changes that you may not know have passed"),
  z.object({ type: z.literal("behind"), seq }).describe("Too much has passed since: load anew, then go on from `seq`"),
  z.object({ type: z.literal("sight"), seq }).describe("What you may see has changed: read your calendars again"),
  z
    .object({ type: z.literal("conflict:detected"), id: z.string(), conflict: z.looseObject({}) })
    .describe("A conflict of the window, as detect-conflicts answers it, without its repairs"),
  z.object({ type: z.literal("conflict:resolved"), id: z.string() }),
  z
    .object({ type: z.literal("conflict:suggestion"), id: z.string(), repair: z.looseObject({}) })
    .describe("The best repair of a conflict that was just detected"),
  z
    .object({
      type: z.literal("presence"),
      view,
      people: z.array(z.object({ personId: thingId, name: z.string() })).describe("Others, the first 50"),
      count: z.int().describe("All of them"),
    })
    .describe("Who else looks where you look"),
  z.object({ type: z.literal("pong") }),
  z
    .object({ type: z.literal("error"), code: z.string(), detail: z.string() })
    .describe("A message of yours could not be followed; the connection goes on"),
]);

export type LiveFromClient = z.output<typeof liveFromClient>;
export type LiveFromServer = z.output<typeof liveFromServer>;
/** A change as it is told. */
export type LiveChange = z.output<typeof change>;

/** Why the server ends a connection: the close codes of RFC 6455 §7.4 and our own. */
export const liveCloseCodes = {
  1001: "You were silent for a minute.",
  1008: "You said more than 100 messages in a second.",
  1009: "A message was too large.",
  1012: "The server goes down; connect again after a moment.",
  1013: "You read more slowly than things change, or too many are connected; connect again later.",
  4401: "Your session has ended.",
} as const;
