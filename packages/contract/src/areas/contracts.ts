import { z } from "zod";
import { operation } from "../operation.ts";
import { fieldsQuery, idParams, nextCursor, nothing, pageQuery, plainText, thingId, version } from "../values.ts";
import { holidayRegion } from "./availability.ts";

/** Versions of the contracts of an organisation. */
export const CONTRACT_VERSIONS_MAX = 20_000;
export const RULE_SETS_MAX = 500;
export const SHIFTS_OF_A_WEEK_MAX = 84;
export const TURN_WEEKS_MAX = 53;
/** Longer ones are read, and refused with the sentence that says why. */
const MINUTES_READ_MAX = 100_000;
const DAY_MIN = "1970-01-05";
const DAY_MAX = "2199-12-31";
const RULES_READ_MAX = 100;

export const staffDay = z.iso
  .date()
  .refine((text) => text >= DAY_MIN && text <= DAY_MAX, `a day from ${DAY_MIN} to ${DAY_MAX}`)
  .describe("A day, by the clocks of the person: 2027-03-03");
export const clockTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a time of the day looks like 22:00")
  .describe("By the clock on the wall, to the minute: 22:00");
const minutes = z.int().min(0).max(MINUTES_READ_MAX);

/** A shift as people write it: it may pass midnight, and belongs to the day it begins on. */
const shiftFields = {
  name: plainText(200).default("").describe("early shift"),
  kind: z
    .enum(["work", "duty", "on-call"])
    .default("work")
    .describe("work: at work, and may be booked. duty: at work and taken. on-call: at home, ready"),
  starts: clockTime,
  minutes: minutes.describe("How long by the clock on the wall; at most a day, 1,440"),
  breaks: z
    .array(
      z.strictObject({
        starts: clockTime.describe("Within the shift; before its beginning: on the next day"),
        minutes,
        isPaid: z.boolean().default(false),
      }),
    )
    .max(12)
    .default([]),
  site: plainText(200).nullable().default(null).describe("Where; null: at the site of the contract"),
};
export const staffShift = z.strictObject(shiftFields);
const weekShift = z.strictObject({
  weekday: z.int().min(1).max(7).describe("1 is Monday, 7 is Sunday"),
  ...shiftFields,
});

export const staffRule = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.enum(["shift", "day", "week"]).describe("At most so much work in a shift, a day, a week"),
      minutesMax: minutes,
    }),
    z.strictObject({
      kind: z.literal("rolling").describe("At most so much work within any so many days"),
      days: z.int().min(0).max(1_000),
      minutesMax: z.int().min(0).max(1_000_000),
    }),
    z.strictObject({
      kind: z.enum(["rest", "week-rest"]).describe("At least so much rest between shifts; in one piece each week"),
      minutesMin: minutes,
    }),
    z.strictObject({
      kind: z.enum(["days", "nights"]).describe("At most so many in a row"),
      max: z.int().min(0).max(1_000),
    }),
    z.strictObject({
      kind: z.literal("weekends").describe("Of so many weekends in a row so many free ones"),
      of: z.int().min(0).max(1_000),
      freeMin: z.int().min(0).max(1_000),
    }),
    z.strictObject({
      kind: z.literal("curfew").describe("No work between two times; over midnight where the first is later"),
      fromMinute: z.int().min(0).max(1_440),
      toMinute: z.int().min(0).max(1_440),
    }),
  ])
  .meta({ id: "StaffRule" });

const cost = z
  .strictObject({
    minorUnits: z.int().min(0).describe("Smallest units of the currency, an hour: 2450"),
    currency: z.string().regex(/^[A-Z]{3}$/, "a currency has three letters (ISO 4217)"),
  })
  .nullable()
  .describe("What an hour costs; read and set by administrators alone, null for everybody else");

const terms = {
  nominal: z.strictObject({ minutes: z.int().min(0).max(1_000_000), per: z.enum(["week", "month", "year"]) }),
  partPermille: z.int().min(0).max(10_000).default(1_000).describe("Thousandths of full time, 1 to 1,000"),
  weeks: z
    .array(z.array(weekShift).max(SHIFTS_OF_A_WEEK_MAX))
    .max(TURN_WEEKS_MAX + 1)
    .describe("The shifts of the weeks that take turns, 1 to 53"),
  anchor: staffDay.describe("A day of a week in which the first of them holds"),
  site: plainText(200).nullable().default(null),
  region: holidayRegion
    .nullable()
    .default(null)
    .describe("Whose public holidays count; null: days the organisation has named alone"),
  holidays: z
    .enum(["paid", "unpaid", "worked"])
    .default("paid")
    .describe("Whether shifts on public holidays are off and paid, off and unpaid, or worked all the same"),
  ruleSetId: thingId.nullable().default(null),
};

const contract = z
  .object({
    id: thingId,
    personId: thingId,
    from: z.string().describe("The first day"),
    until: z.string().nullable().describe("The last one; null: until further notice"),
    ...terms,
    cost,
    version,
  })
  .meta({ id: "StaffContract" });

const shape = {
  problems: [],
  permission: "signed-in",
  rateClass: "write",
  mcp: "propose",
  since: "0.6.0",
  example: {},
} as const;

export const listContracts = operation({
  ...shape,
  id: "contracts.list",
  kind: "query",
  method: "GET",
  path: "/v1/contracts",
  summary: "Versions of contracts, by person and first day: your own, and those of whom you manage",
  query: z.strictObject({
    person: thingId.optional().describe("One person's alone, with all that was"),
    ...pageQuery,
    ...fieldsQuery,
  }),
  answer: z.object({ items: z.array(contract), nextCursor }),
  status: 200,
  list: "items",
  rateClass: "read",
  mcp: "read",
});

export const readContract = operation({
  ...shape,
  id: "contracts.read",
  kind: "query",
  method: "GET",
  path: "/v1/contracts/{id}",
  summary: "One version of a contract",
  params: idParams,
  query: z.strictObject({ ...fieldsQuery }),
  answer: contract,
  status: 200,
  rateClass: "read",
  mcp: "read",
});

const wrong = [
  "workforce/contract-invalid",
  "workforce/contracts-overlap",
  "workforce/rules-contradict",
  "workforce/too-many-contracts",
] as const;

export const createContract = operation({
  ...shape,
  id: "contracts.create",
  bundled: true,
  kind: "command",
  method: "POST",
  path: "/v1/contracts",
  summary:
    "Write a contract down, or change one from a day on: the version that holds ends the day before, and what was before stays as it is",
  body: z.strictObject({
    personId: thingId,
    from: staffDay.describe("The first day; after the first day of every version there is"),
    until: staffDay.nullable().default(null).describe("The last day; null: until further notice"),
    ...terms,
    cost: cost.optional().describe("Left out: as it was"),
  }),
  answer: contract,
  status: 201,
  problems: wrong,
  idempotent: true,
  example: {
    body: {
      personId: "per_01J8Z3K4M5N6P7Q8R9S0T1V2W3",
      from: "2027-01-01",
      nominal: { minutes: 2_400, per: "week" },
      weeks: [
        [
          {
            weekday: 1,
            name: "early shift",
            starts: "06:00",
            minutes: 480,
            breaks: [{ starts: "10:00", minutes: 30 }],
          },
        ],
        [{ weekday: 1, name: "night shift", kind: "duty", starts: "22:00", minutes: 480 }],
      ],
      anchor: "2027-01-04",
      region: "DE-BY",
    },
  },
});

export const endContract = operation({
  ...shape,
  id: "contracts.end",
  bundled: true,
  kind: "command",
  method: "POST",
  path: "/v1/contracts/{id}/end",
  summary: "End the last version of somebody's contract with a day, or let it hold until further notice again",
  params: idParams,
  body: z.strictObject({ until: staffDay.nullable().describe("The last day; null: until further notice") }),
  answer: contract,
  status: 200,
  problems: wrong,
  precondition: "optional",
  example: { body: { until: "2027-06-30" } },
});

const formerVersion = z.strictObject({ id: thingId, from: staffDay, until: staffDay.nullable(), ...terms, cost });

export const putContracts = operation({
  ...shape,
  id: "contracts.put",
  kind: "command",
  method: "PUT",
  path: "/v1/internal/contracts/{id}",
  internal: true,
  summary: "Put the versions of somebody's contract back as they were: what undo is made of",
  params: idParams,
  body: z.strictObject({ versions: z.array(formerVersion).max(200) }),
  answer: z.object({ id: z.string() }),
  status: 200,
  problems: wrong,
  mcp: "none",
});

// Rule sets

const ruleSetName = plainText(100)
  .refine((text) => text.trim() !== "", "a rule set has a name")
  .describe("No two are called alike, whatever their case");
const rules = z.array(staffRule).max(RULES_READ_MAX);
const weeklyMinutes = z
  .int()
  .min(0)
  .max(10_080)
  .describe("The hours a week that somebody is to be able to work under these rules");

const ruleSet = z
  .object({
    id: thingId,
    name: z.string(),
    rules: z.array(staffRule),
    weeklyMinutes: z.int(),
    sentences: z.array(z.string()).describe("The rules in English"),
    contracts: z.int().describe("How many versions of contracts name it"),
    version,
  })
  .meta({ id: "RuleSet" });

const wrongSet = ["workforce/rule-set-invalid", "workforce/rules-contradict"] as const;

export const listRuleSets = operation({
  ...shape,
  id: "ruleSets.list",
  kind: "query",
  method: "GET",
  path: "/v1/rule-sets",
  summary: "Rule sets by name: what shifts of those whose contracts name one may not do",
  query: z.strictObject({ ...fieldsQuery }),
  answer: z.object({ items: z.array(ruleSet) }),
  status: 200,
  list: "items",
  permission: "subject.read",
  rateClass: "read",
  mcp: "read",
});

export const createRuleSet = operation({
  ...shape,
  id: "ruleSets.create",
  bundled: true,
  kind: "command",
  method: "POST",
  path: "/v1/rule-sets",
  summary: "Add a rule set; one that nobody can keep is refused, with the rules that contradict each other",
  body: z.strictObject({ name: ruleSetName, rules, weeklyMinutes: weeklyMinutes.default(2_400) }),
  answer: ruleSet,
  status: 201,
  problems: [...wrongSet, "workforce/too-many-rule-sets"],
  permission: "subject.manage",
  idempotent: true,
  example: {
    body: {
      name: "Working time act",
      rules: [
        { kind: "shift", minutesMax: 600 },
        { kind: "rest", minutesMin: 660 },
      ],
    },
  },
});

export const updateRuleSet = operation({
  ...shape,
  id: "ruleSets.update",
  bundled: true,
  kind: "command",
  method: "PATCH",
  path: "/v1/rule-sets/{id}",
  summary: "Change a rule set, for every contract that names it",
  params: idParams,
  body: z.strictObject({
    name: ruleSetName.optional(),
    rules: rules.optional(),
    weeklyMinutes: weeklyMinutes.optional(),
  }),
  answer: ruleSet,
  status: 200,
  problems: wrongSet,
  permission: "subject.manage",
  precondition: "optional",
});

export const removeRuleSet = operation({
  ...shape,
  id: "ruleSets.remove",
  bundled: true,
  kind: "command",
  method: "DELETE",
  path: "/v1/rule-sets/{id}",
  summary: "Remove a rule set; refused while a contract names it",
  params: idParams,
  answer: nothing,
  status: 204,
  problems: ["workforce/rule-set-named"],
  permission: "subject.manage",
  precondition: "optional",
});

export const putRuleSet = operation({
  ...shape,
  id: "ruleSets.put",
  kind: "command",
  method: "PUT",
  path: "/v1/internal/rule-sets/{id}",
  internal: true,
  summary: "Put a rule set back as it was, or take it away: what undo is made of",
  params: idParams,
  body: z.strictObject({ was: z.strictObject({ name: ruleSetName, rules, weeklyMinutes }).nullable() }),
  answer: z.object({ id: z.string() }),
  status: 200,
  problems: [...wrongSet, "workforce/rule-set-named"],
  permission: "subject.manage",
  mcp: "none",
});
