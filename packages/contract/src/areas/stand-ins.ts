import { z } from "zod";
import { operation } from "../operation.ts";
import { idParams, instant, plainText, thingId } from "../values.ts";
import { booking, key } from "./bookings.ts";

/** Sessions of one plan: an instructor's fortnight. Of more the first are planned, and it is said that there are more. */
export const STAND_IN_SESSIONS_MAX = 100;
/** Times offered to a customer whose own cannot be kept. */
export const OFFERED_TIMES = 3;
/** Days of one plan. */
export const AWAY_DAYS_MAX = 366;
/** Bookings of one session that a plan names. */
const OF_A_SESSION_MAX = 500;
const REASON_CHARACTERS_MAX = 1_000;

const localTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}(T([01]\d|2[0-3]):[0-5]\d)?$/, "a day, or a local time like 2027-03-25T15:30")
  .refine((text) => z.iso.date().safeParse(text.slice(0, 10)).success, "a day that there is");
const named = z.object({ id: thingId, name: z.string() });
const deed = z.enum(["stand-in", "offer", "leave"]);

const candidate = named.extend({
  can: z.boolean(),
  code: z
    .enum(["taken", "closed", "rule", "way", "taking-part", "planned"])
    .nullable()
    .describe("Why they cannot; `planned`: they stand in for another of the plan at this time. Null where they can"),
  why: z.string().nullable().describe("The same in words, where there are more"),
});

const row = z.object({
  sessionId: thingId,
  service: named,
  role: z.string().describe("What whoever is away is in it"),
  start: z.string(),
  end: z.string(),
  bookings: z
    .array(
      z.object({
        id: thingId,
        version: z.int(),
        customer: z.string().nullable().describe("Null once they were forgotten"),
        link: z.string().describe("The path of its page: passed on by hand where mail is off"),
      }),
    )
    .describe("Those who share it: they move together"),
  subjects: z.array(named).describe("Whose time it takes now"),
  deed: deed
    .or(z.literal("none"))
    .describe(
      "stand-in: same time with another. offer: times to choose from. none: nobody and nothing near, tell them",
    ),
  standIn: named.nullable(),
  candidates: z.array(candidate).describe("Who else can be the role, and why not"),
  times: z.array(z.object({ start: z.string(), end: z.string() })).describe("What is offered: the nearest three"),
  isAsWished: z.boolean().describe("False where what was wished for this row cannot be"),
});

export const standIns = operation({
  id: "bookings.standIns",
  kind: "command",
  method: "POST",
  path: "/v1/bookings/stand-ins",
  summary:
    "Somebody or something is away: what is booked of them ahead, each at the same time with another or with three times to choose from; planned, or done as one step",
  body: z.strictObject({
    subjectId: thingId,
    from: localTime.describe("The first day, or the time from which on, by their own clock"),
    until: localTime.describe("The last day, or the time until which"),
    reason: plainText(REASON_CHARACTERS_MAX)
      .nullable()
      .default(null)
      .describe("Of the time off: told to who may change it, never to customers"),
    timeOff: z.boolean().default(true).describe("Whether the time off is entered as well"),
    rows: z
      .array(
        z.strictObject({
          sessionId: thingId,
          deed,
          standInId: thingId.nullable().default(null).describe("Null: whose turn it is"),
          times: z.array(instant).max(OFFERED_TIMES).default([]).describe("None: the nearest"),
          versions: z
            .array(z.strictObject({ id: thingId, version: z.int() }))
            .max(OF_A_SESSION_MAX)
            .default([])
            .describe("Its bookings as they were planned: wanted where the plan is applied"),
        }),
      )
      .max(STAND_IN_SESSIONS_MAX)
      .default([])
      .describe("What is wished for some; the others are planned around it. Applied is what names them all"),
    apply: z.boolean().default(false),
  }),
  answer: z.object({
    subject: named,
    zone: z.string(),
    start: z.string(),
    end: z.string(),
    mayEnter: z.boolean().describe("Whether whoever asks may enter their time off"),
    isApplied: z.boolean(),
    isMailed: z.boolean().describe("Whether mail tells the customers; else their links are passed on by hand"),
    rows: z.array(row),
    isMore: z.boolean().describe("More than these are touched: plan the rest afterwards"),
  }),
  status: 200,
  problems: [
    "bookings/window-invalid",
    "bookings/plan-stale",
    "workforce/layer-invalid",
    "workforce/closes-before-opens",
    "workforce/stretches-meet",
  ],
  permission: "booking.write",
  rateClass: "write",
  mcp: "propose",
  since: "0.5.0",
  example: { body: { subjectId: "per_01J8Z3K4M5N6P7Q8R9S0T1V2W3", from: "2027-03-01", until: "2027-03-03" } },
});

export const chooseOffered = operation({
  id: "bookings.choose",
  kind: "command",
  method: "POST",
  path: "/v1/bookings/{id}/choose",
  summary: "Choose one of the times that were offered instead of one's own: moved at once, however late",
  params: idParams,
  body: z.strictObject({ key, start: instant }),
  answer: booking,
  status: 200,
  problems: ["bookings/slot-taken", "bookings/not-offered", "bookings/too-late", "bookings/wrong-state"],
  permission: "everyone",
  publicBy: "params.id",
  rateClass: "booking",
  mcp: "propose",
  since: "0.5.0",
  example: { body: { key: "…", start: "2027-03-02T09:00:00+01:00" } },
});
