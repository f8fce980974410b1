import { z } from "zod";
import { operation } from "../operation.ts";
import { fieldsQuery, idParams, instant, nothing, plainText, thingId, version } from "../values.ts";
import { clockTime, staffDay } from "./contracts.ts";
import { SKILL_LEVEL_MAX } from "./skills.ts";

/** Demands of an organisation. */
export const DEMANDS_MAX = 2_000;
export const DEMAND_STRETCHES_MAX = 48;
export const DEMAND_DATES_MAX = 400;
/** People asked for at once by one stretch. */
export const DEMAND_PEOPLE_MAX = 1_000;
/** Days of one answer. */
export const COVERAGE_DAYS_MAX = 100;

const name = plainText(100)
  .refine((text) => text.trim() !== "", "a demand has a name")
  .describe("Early on the ward");
const site = plainText(200)
  .refine((text) => text.trim() !== "", "a demand is of a site")
  .describe("Where, called as shifts and contracts call it, whatever the case");
const skillId = thingId.nullable().default(null).describe("Who counts; null: everybody who is there");
const levelMin = z
  .int()
  .min(1)
  .max(SKILL_LEVEL_MAX)
  .nullable()
  .default(null)
  .describe("With the skill at this level at least; null: at any");
const people = z.int().min(0).max(DEMAND_PEOPLE_MAX);

const stretch = z.strictObject({
  starts: clockTime,
  minutes: z.int().min(1).max(1_440).describe("It may pass midnight"),
  minimum: people.describe("Fewer than so many are short"),
  ideal: people.describe("So many are wished for, not fewer than the minimum"),
});

const wish = {
  name,
  site,
  skillId,
  levelMin,
  weekdays: z.array(z.int().min(1).max(7)).max(7).default([]).describe("1 is Monday, 7 is Sunday"),
  onHolidays: z
    .boolean()
    .default(false)
    .describe("Holds on public holidays of the organisation, on which only those hold that say so"),
  dates: z
    .array(staffDay)
    .max(DEMAND_DATES_MAX)
    .default([])
    .describe("Days on which it holds in place of all of its site, skill and level that do not name the day"),
  from: staffDay.describe("The first day"),
  until: staffDay.nullable().default(null).describe("The last day; null: until further notice"),
  stretches: z.array(stretch).min(1).max(DEMAND_STRETCHES_MAX).describe("Those of one day do not overlap"),
};

const demand = z
  .object({
    id: thingId,
    ...wish,
    skillName: z.string().nullable(),
    stretches: z.array(stretch),
    version,
  })
  .meta({ id: "Demand" });

const shape = {
  problems: [],
  permission: "subject.manage",
  rateClass: "write",
  mcp: "propose",
  since: "0.7.0",
  example: {},
} as const;

const wrong = ["workforce/demand-invalid", "workforce/too-many-demands"] as const;

export const listDemands = operation({
  ...shape,
  id: "demands.list",
  kind: "query",
  method: "GET",
  path: "/v1/demands",
  summary: "How many people are needed where, with which skill and when: by site and name",
  query: z.strictObject({ site: plainText(200).optional().describe("Of this site alone"), ...fieldsQuery }),
  answer: z.object({ items: z.array(demand) }),
  status: 200,
  list: "items",
  permission: "subject.read",
  rateClass: "read",
  mcp: "read",
});

export const createDemand = operation({
  ...shape,
  id: "demands.create",
  bundled: true,
  kind: "command",
  method: "POST",
  path: "/v1/demands",
  summary: "Say how many people a site needs on some days, to the minute; several that hold at a moment add up",
  body: z.strictObject(wish),
  answer: demand,
  status: 201,
  problems: wrong,
  idempotent: true,
  example: {
    body: {
      name: "Day on the ward",
      site: "Ward 3",
      weekdays: [1, 2, 3, 4, 5],
      from: "2027-01-01",
      stretches: [
        { starts: "06:00", minutes: 480, minimum: 3, ideal: 4 },
        { starts: "14:00", minutes: 480, minimum: 2, ideal: 3 },
      ],
    },
  },
});

export const updateDemand = operation({
  ...shape,
  id: "demands.update",
  bundled: true,
  kind: "command",
  method: "PATCH",
  path: "/v1/demands/{id}",
  summary: "Change what is needed",
  params: idParams,
  body: z.strictObject({
    name: name.optional(),
    site: site.optional(),
    skillId: thingId.nullable().optional(),
    levelMin: z.int().min(1).max(SKILL_LEVEL_MAX).nullable().optional(),
    weekdays: z.array(z.int().min(1).max(7)).max(7).optional(),
    onHolidays: z.boolean().optional(),
    dates: z.array(staffDay).max(DEMAND_DATES_MAX).optional(),
    from: staffDay.optional(),
    until: staffDay.nullable().optional(),
    stretches: z.array(stretch).min(1).max(DEMAND_STRETCHES_MAX).optional(),
  }),
  answer: demand,
  status: 200,
  problems: wrong,
  precondition: "optional",
});

export const removeDemand = operation({
  ...shape,
  id: "demands.remove",
  bundled: true,
  kind: "command",
  method: "DELETE",
  path: "/v1/demands/{id}",
  summary: "Need it no more",
  params: idParams,
  answer: nothing,
  status: 204,
  precondition: "optional",
});

export const putDemand = operation({
  ...shape,
  id: "demands.put",
  kind: "command",
  method: "PUT",
  path: "/v1/internal/demands/{id}",
  internal: true,
  summary: "Put a demand back as it was, or take it away: what undo is made of",
  params: idParams,
  body: z.strictObject({ was: z.strictObject(wish).nullable() }),
  answer: z.object({ id: z.string() }),
  status: 200,
  problems: wrong,
  mcp: "none",
});

// Coverage

const row = {
  site: z.string(),
  skillId: thingId.nullable(),
  levelMin: z.int().nullable(),
  name: z.string().describe("The skill, or empty where everybody at the site counts"),
};
const level = z
  .enum(["none", "short", "exact", "one-spare", "spare"])
  .describe("At the worst moment of the day: below the minimum, at it, one more, or several; none: nobody is needed");
const draft = thingId.optional().describe("As it would be with this draft");
const read = { ...shape, permission: "signed-in", kind: "query", method: "GET", mcp: "read" } as const;

export const readCoverage = operation({
  ...read,
  id: "coverage.read",
  path: "/v1/coverage",
  summary: "Who is there beside who is needed, day by day: a row for each site, skill and level. For who plans",
  query: z.strictObject({
    from: staffDay,
    to: staffDay.describe("Exclusive; at most 100 days"),
    site: plainText(200).optional().describe("This site alone"),
    draft,
    ...fieldsQuery,
  }),
  answer: z.object({
    rows: z.array(
      z
        .object({
          ...row,
          days: z.array(
            z.object({
              day: z.string(),
              have: z.int().describe("Who counts, at the worst moment"),
              need: z.int().describe("The minimum then"),
              ideal: z.int().describe("What is wished for then"),
              level,
              shortMinutes: z.int().describe("Minutes of the day times people below the minimum"),
            }),
          ),
        })
        .meta({ id: "CoverageRow" }),
    ),
  }),
  status: 200,
  list: "rows",
  problems: ["workforce/bad-window"],
  rateClass: "heavy",
  example: { query: { from: "2027-03-01", to: "2027-04-01" } },
});

export const readCoverageDay = operation({
  ...read,
  id: "coverage.day",
  path: "/v1/coverage/{day}",
  summary: "One day of a site to the minute: who is there, how many are needed and how many are wished for",
  params: z.strictObject({ day: staffDay }),
  query: z.strictObject({
    site: plainText(200),
    skill: thingId.optional(),
    level: z.int().min(1).max(SKILL_LEVEL_MAX).optional(),
    draft,
    ...fieldsQuery,
  }),
  answer: z.object({
    day: z.string(),
    zone: z.string(),
    ...row,
    steps: z
      .array(
        z.object({
          start: instant,
          minutes: z.int(),
          have: z.int(),
          minimum: z.int(),
          ideal: z.int(),
          people: z.array(thingId).describe("Who counts, of those whom you manage"),
        }),
      )
      .describe("From midnight to midnight by the clocks of the organisation, without gaps"),
  }),
  status: 200,
  problems: ["workforce/bad-window"],
  rateClass: "read",
  example: { query: { site: "Ward 3" } },
});
