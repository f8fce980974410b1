import { z } from "zod";
import { operation } from "../operation.ts";
import { fieldsQuery, idParams, instant, plainText, thingId, version } from "../values.ts";
import { staffDay } from "./contracts.ts";

/** Days of an account told in one answer. */
export const ACCOUNT_DAYS_MAX = 400;
/** Months that an account goes back; what was before is not carried. */
export const ACCOUNT_MONTHS_MAX = 60;
/** Comings, goings and corrections of one answer. */
export const CLOCKED_LISTED_MAX = 2_000;
const NOTE_CHARACTERS_MAX = 2_000;

const shape = {
  problems: [],
  permission: "signed-in",
  rateClass: "write",
  mcp: "none",
  since: "0.6.0",
  example: {},
} as const;

const minutes = z.int().describe("Minutes");
const hundredths = z.int().describe("Hundredths of days");

export const readTimeAccount = operation({
  ...shape,
  id: "timeAccounts.read",
  kind: "query",
  method: "GET",
  path: "/v1/time-accounts/{personId}",
  summary:
    "Hours planned, worked, credited and beyond, balances by month, and leave by year: told to them and to who manages them",
  params: z.strictObject({ personId: thingId }),
  query: z.strictObject({ from: staffDay, to: staffDay.describe("Exclusive; at most 400 days"), ...fieldsQuery }),
  answer: z
    .object({
      personId: thingId,
      days: z
        .array(
          z.object({
            day: z.string(),
            planned: minutes.describe("Paid work of the schedule"),
            credited: minutes.describe("Paid absence and public holidays"),
            worked: minutes.describe("What was clocked, rounded; or what was planned, where the rules say so"),
            overtime: minutes.describe("Part of `worked`"),
          }),
        )
        .describe("Days without anything are left out"),
      total: z.object({
        nominal: minutes.describe("What the contract asks"),
        planned: minutes,
        credited: minutes,
        worked: minutes,
        overtime: minutes,
      }),
      months: z
        .array(
          z.object({
            month: z.string(),
            opening: minutes,
            change: minutes,
            expired: minutes,
            capped: minutes,
            closing: minutes,
          }),
        )
        .describe("Balances from the first contract on, at most five years, until today"),
      leave: z.array(
        z.object({
          year: z.int(),
          carried: hundredths,
          entitled: hundredths,
          taken: hundredths.describe("Approved, that which lies ahead as well"),
          expired: hundredths,
          left: hundredths,
          forfeited: hundredths,
        }),
      ),
      inSince: z.string().nullable().describe("Clocked in since; null: not in"),
      faults: z.array(z.string()).describe("What counts for nothing until it is corrected"),
    })
    .meta({ id: "TimeAccount" }),
  status: 200,
  problems: ["workforce/bad-window"],
  rateClass: "read",
  mcp: "read",
  example: { query: { from: "2027-03-01", to: "2027-04-01" } },
});

const accountRules = {
  counts: z.enum(["clocked", "planned"]).describe("Whether what was clocked counts as worked, or what was planned"),
  rounding: z.strictObject({ toMinutes: z.int().min(1).max(60), how: z.enum(["nearest", "up", "down"]) }),
  overtime: z.strictObject({
    dailyMinutes: z.int().min(0).max(1_440).nullable().describe("Beyond so much of a day; null: none by the day"),
    weeklyMinutes: z.int().min(0).max(10_080).nullable(),
  }),
  carry: z.strictObject({
    max: z.int().min(0).max(1_000_000).nullable().describe("Minutes kept at the end of a month; null: all"),
    expireAfterMonths: z.int().min(1).max(120).nullable(),
  }),
  leave: z.strictObject({
    fullYear: z.int().min(0).max(36_600).describe("Hundredths of days a year of full time"),
    roundUpTo: z.int().min(1).max(100),
    carryMax: z.int().min(0).max(36_600).nullable(),
    carryUntil: z.strictObject({ month: z.int().min(1).max(12), day: z.int().min(1).max(31) }).nullable(),
  }),
};

export const readAccountRules = operation({
  ...shape,
  id: "timeAccountRules.read",
  kind: "query",
  method: "GET",
  path: "/v1/time-account-rules",
  summary: "The rules by which hours and leave are counted",
  query: z.strictObject({ ...fieldsQuery }),
  answer: z.object({ ...accountRules, version: z.int().min(0) }).meta({ id: "TimeAccountRules" }),
  status: 200,
  rateClass: "read",
  mcp: "read",
});

export const putAccountRules = operation({
  ...shape,
  id: "timeAccountRules.put",
  kind: "command",
  method: "PUT",
  path: "/v1/time-account-rules",
  summary: "Set the rules by which hours and leave are counted, for all accounts and all that was",
  body: z.strictObject(accountRules),
  answer: z.object({ ...accountRules, version: z.int().min(0) }).meta({ id: "TimeAccountRules" }),
  status: 200,
  permission: "subject.manage",
  precondition: "optional",
  example: {
    body: {
      counts: "clocked",
      rounding: { toMinutes: 5, how: "nearest" },
      overtime: { dailyMinutes: 480, weeklyMinutes: 2_400 },
      carry: { max: 6_000, expireAfterMonths: 12 },
      leave: { fullYear: 2_500, roundUpTo: 50, carryMax: 1_000, carryUntil: { month: 3, day: 31 } },
    },
  },
});

const clocked = z
  .object({
    id: thingId,
    personId: thingId,
    start: z.string(),
    end: z.string().nullable().describe("Null: still in"),
  })
  .meta({ id: "Clocked" });

const state = z.enum(["requested", "approved", "declined", "withdrawn"]);
const correction = z
  .object({
    id: thingId,
    personId: thingId,
    clockedId: thingId.nullable().describe("Of which coming and going; null: of one that was forgotten"),
    start: z.string().nullable().describe("When it was; null: it did not happen"),
    end: z.string().nullable(),
    state,
    note: z.string(),
    askedBy: z.string(),
    decidedBy: z.string().nullable(),
    reason: z.string(),
    version,
  })
  .meta({ id: "TimeCorrection" });

export const clockIn = operation({
  ...shape,
  id: "timeClock.in",
  kind: "command",
  method: "POST",
  path: "/v1/time-clock/in",
  summary: "Come to work, now; refused to who is in",
  answer: clocked,
  status: 200,
  problems: ["workforce/clock"],
  idempotent: true,
});

export const clockOut = operation({
  ...shape,
  id: "timeClock.out",
  kind: "command",
  method: "POST",
  path: "/v1/time-clock/out",
  summary: "Leave work, now; refused to who is not in",
  answer: clocked,
  status: 200,
  problems: ["workforce/clock"],
  idempotent: true,
});

export const listClocked = operation({
  ...shape,
  id: "timeClock.list",
  kind: "query",
  method: "GET",
  path: "/v1/time-clock",
  summary: "When somebody came and went, and what is to be corrected of it",
  query: z.strictObject({ person: thingId, from: staffDay, to: staffDay.describe("Exclusive"), ...fieldsQuery }),
  answer: z.object({ items: z.array(clocked), corrections: z.array(correction) }),
  status: 200,
  list: "items",
  problems: ["workforce/bad-window"],
  rateClass: "read",
});

export const createCorrection = operation({
  ...shape,
  id: "timeCorrections.create",
  kind: "command",
  method: "POST",
  path: "/v1/time-corrections",
  summary: "Ask that a coming and going is corrected, that one that was forgotten is added, or that one goes",
  body: z.strictObject({
    personId: thingId,
    clockedId: thingId.nullable().default(null),
    start: instant.nullable(),
    end: instant.nullable(),
    note: plainText(NOTE_CHARACTERS_MAX).refine((text) => text.trim() !== "", "say why"),
  }),
  answer: correction,
  status: 201,
  problems: ["workforce/clock"],
  idempotent: true,
  example: {
    body: {
      personId: "per_01J8Z3K4M5N6P7Q8R9S0T1V2W3",
      start: "2027-03-01T08:00:00+01:00",
      end: "2027-03-01T16:00:00+01:00",
      note: "Forgot to come in",
    },
  },
});

export const decideCorrection = operation({
  ...shape,
  id: "timeCorrections.decide",
  bundled: true,
  kind: "command",
  method: "POST",
  path: "/v1/time-corrections/{id}/decide",
  summary: "Approve or decline a correction of somebody you manage; or take back what you have asked for",
  params: idParams,
  body: z.strictObject({
    verdict: z.enum(["approved", "declined", "withdrawn"]),
    reason: plainText(NOTE_CHARACTERS_MAX).default(""),
  }),
  answer: correction,
  status: 200,
  problems: ["workforce/adjustment-decided"],
  precondition: "optional",
  example: { body: { verdict: "approved" } },
});
