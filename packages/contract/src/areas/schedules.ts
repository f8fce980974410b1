import { z } from "zod";
import { operation } from "../operation.ts";
import { fieldsQuery, instant, thingId, objectionFacts } from "../values.ts";
import { staffDay } from "./contracts.ts";

/** People of one answer. */
export const SCHEDULE_PEOPLE_MAX = 4_000;
/** People times days of one answer: 300 for a year, 3,800 for a month. */
export const SCHEDULE_PERSON_DAYS_MAX = 120_000;
/** Days told with a sentence for each stretch. */
export const SCHEDULE_DAYS_MAX = 100;
const PEOPLE_ASKED_MAX = 400;

const kinds = ["work", "break", "on-call", "absence", "holiday", "off"] as const;
const layers = ["contract", "holiday", "adjustment"] as const;

const source = z
  .object({
    layer: z.enum(layers).describe("What says so"),
    sourceId: z
      .string()
      .nullable()
      .describe(
        "The version of a contract, or the adjustment; null where you may not know which, and of contracts in rows of many people",
      ),
    kind: z.enum(kinds),
    what: z
      .string()
      .describe(
        "rostered, cancelled, extra, overtime, taken, cover, change, given, activation, leave, sick …; work, duty, on-call of a contract; away where you may not know",
      ),
    name: z.string().describe("The shift, or the public holiday"),
    site: z.string().nullable(),
    isPaid: z.boolean().nullable().describe("Null where you may not know"),
    changed: z.boolean().describe("It differs from the roster that was published of the day first"),
  })
  .meta({ id: "ScheduleSource" });

const row = z
  .object({
    personId: thingId,
    zone: z.string(),
    contractIds: z
      .array(z.string())
      .describe("The versions of the contract that hold then; none where you may not know"),
    stretches: z
      .array(z.int())
      .describe(
        "Four numbers each: the day it belongs to (days after `from`), when it begins (minutes after `origin`), how many minutes it lasts, and its place in `sources`. What is left out is off by the contract",
      ),
    pending: z.array(z.int()).describe("The same of what would be otherwise if all that is asked for were approved"),
  })
  .meta({ id: "ScheduleRow" });

const shape = {
  kind: "query",
  method: "GET",
  problems: [],
  permission: "subject.read",
  rateClass: "read",
  mcp: "read",
  since: "0.6.0",
  example: {},
} as const;

export const listSchedules = operation({
  ...shape,
  id: "schedules.list",
  path: "/v1/schedules",
  summary:
    "What many people do on some days: contract, public holidays and approved adjustments as one schedule, in compact rows",
  query: z.strictObject({
    from: staffDay,
    to: staffDay.describe("Exclusive"),
    people: z
      .array(thingId)
      .max(PEOPLE_ASKED_MAX)
      .optional()
      .describe("These alone; everybody with a contract then when left out"),
    team: thingId.optional().describe("Those of a team, and of no team below it"),
    ...fieldsQuery,
  }),
  answer: z.object({
    from: z.string(),
    to: z.string(),
    origin: instant.describe("Midnight of `from` in UTC"),
    sources: z.array(source),
    items: z.array(row),
  }),
  status: 200,
  list: "items",
  problems: ["workforce/bad-window"],
  rateClass: "heavy",
  example: { query: { from: "2027-03-01", to: "2027-04-01" } },
});

const stretch = z
  .object({
    start: z.string(),
    end: z.string(),
    day: z.string().describe("The day it belongs to: of a shift the one it begins on"),
    sentence: z
      .string()
      .describe("Off: leave approved by Ana on 1 March 2027, replaces early shift (06:00–14:00) of the contract."),
    facts: objectionFacts,
    ...source.shape,
    of: z
      .object({ day: z.string(), starts: z.string() })
      .nullable()
      .describe(
        "The shift that this is part of, also one that is missing since somebody is away; null where it may not be known",
      ),
  })
  .meta({ id: "ScheduleStretch" });

const personParams = z.strictObject({ personId: thingId });

export const readSchedule = operation({
  ...shape,
  id: "schedules.read",
  path: "/v1/schedules/{personId}",
  summary:
    "What one person does on some days, with a sentence for every stretch, and which rules of the contract are broken",
  params: personParams,
  query: z.strictObject({ from: staffDay, to: staffDay.describe("Exclusive; at most 100 days"), ...fieldsQuery }),
  answer: z.object({
    personId: thingId,
    zone: z.string(),
    stretches: z.array(stretch),
    pending: z.array(stretch).describe("What would be otherwise if all that is asked for were approved"),
    nominalMinutes: z.int().nullable().describe("What the contract asks of these days; null where you may not know"),
    plannedMinutes: z.int().nullable().describe("Paid work of these days"),
    broken: z
      .array(z.object({ start: z.string(), end: z.string(), sentence: z.string(), facts: objectionFacts }))
      .describe("Rules that do not hold, of the whole weeks within these days"),
  }),
  status: 200,
  problems: ["workforce/bad-window"],
  example: { query: { from: "2027-03-01", to: "2027-03-08" } },
});

export const explainSchedule = operation({
  ...shape,
  id: "schedules.explain",
  path: "/v1/schedules/{personId}/explain",
  summary: "What one person does at a moment, and why, in one sentence",
  params: personParams,
  query: z.strictObject({ at: instant }),
  answer: stretch,
  status: 200,
  problems: ["workforce/bad-window"],
  example: { query: { at: "2027-03-30T23:00:00+02:00" } },
});
