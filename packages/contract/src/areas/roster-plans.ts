import { z } from "zod";
import { operation } from "../operation.ts";
import { fieldsQuery, idParams, objectionFacts, plainText, thingId, version } from "../values.ts";
import { clockTime, staffDay } from "./contracts.ts";
import { DRAFT_DAYS_MAX, DRAFT_ITEMS_MAX, DRAFT_PEOPLE_MAX } from "./drafts.ts";
import { job } from "./jobs.ts";
import { lastPlan } from "./plan-things.ts";

/** Seconds that a roster may be planned, a request for more being a mistake of units. */
export const ROSTER_PLAN_SECONDS_MAX = 600;
export const ROSTER_PLAN_STEPS_MAX = 1_000_000_000;
/** People who are planned at once, and whose rolling year is counted for it. */
export const ROSTER_PLAN_PEOPLE_MAX = 1_000;
/** Rosters of one person that are planned at once. */
export const ROSTER_PLANS_OF_ONE_MAX = 2;
export const ROSTER_WISHES_MAX = 2_000;
/** Stretches that stay short, told with their reasons; the worst come first. */
export const UNMET_TOLD_MAX = 20;
/** People named for one reason. */
export const UNMET_PEOPLE_MAX = 5;
/** People whose part of a plan was left out, and wishes refused, that are told. */
export const LEFT_OUT_TOLD_MAX = 100;
export const UNPOPULAR_NAMES_MAX = 20;
/** Of the usual weight, which is 100. */
const WEIGHT_PERCENT_MAX = 1_000;
/** Days over which what was worked before counts for fairness. */
export const FAIRNESS_DAYS = 365;

export const fairKind = z.enum(["nights", "weekends", "holidays", "unpopular"]);

const unpopular = z
  .array(plainText(200))
  .max(UNPOPULAR_NAMES_MAX)
  .describe("Names of shifts that nobody likes, whatever their case: they are shared out as nights are");

const weight = z.int().min(0).max(WEIGHT_PERCENT_MAX).default(100);

const wish = z.strictObject({
  personId: thingId,
  day: staffDay,
  want: z.enum(["off", "work"]).describe("`off`: no shift that begins on this day; `work`: one"),
  starts: clockTime.nullable().default(null).describe("Of `work`: one that begins then; null: any"),
  weight: z.int().min(1).max(10).default(5),
});

const shape = {
  permission: "signed-in",
  since: "0.7.0",
  params: idParams,
  example: {},
} as const;

export const planDraft = operation({
  ...shape,
  id: "drafts.plan",
  kind: "command",
  method: "POST",
  path: "/v1/drafts/{id}/plan",
  summary:
    "Plan the rest of a draft from demand, contracts, rules, wishes and fairness: a job, applied as one step that undo takes back. Nothing is published",
  body: z.strictObject({
    seconds: z.number().min(0.1).max(ROSTER_PLAN_SECONDS_MAX).default(10).describe("How long to look at most"),
    seed: z
      .int()
      .min(0)
      .max(2 ** 31)
      .default(1),
    steps: z
      .int()
      .min(1)
      .max(ROSTER_PLAN_STEPS_MAX)
      .optional()
      .describe("Ends after so many: the same seed and steps plan the same, also those that an earlier plan has told"),
    keep: z
      .strictObject({
        items: z.array(thingId).max(DRAFT_ITEMS_MAX).default([]).describe("Shifts of the draft"),
        people: z.array(thingId).max(DRAFT_PEOPLE_MAX).default([]).describe("Nothing of these people changes"),
        days: z.array(staffDay).max(DRAFT_DAYS_MAX).default([]).describe("Nothing that begins on these days changes"),
      })
      .prefault({})
      .describe("What must stay as it is"),
    mayDrop: z
      .boolean()
      .default(false)
      .describe("Whether standing shifts may be dropped as well; what the draft drops already stays dropped"),
    otherSites: z
      .boolean()
      .default(false)
      .describe("Whether people may be given shifts at other sites than those of their contract and their shifts"),
    asFewChangesAsPossible: z
      .boolean()
      .default(false)
      .describe(
        "Each shift given, taken or changed beside the draft as it is weighs much: to mend what a sick call broke",
      ),
    wishes: z
      .array(wish)
      .max(ROSTER_WISHES_MAX)
      .default([])
      .describe("Beside what is asked for and not decided yet: absences and extra shifts count as wishes anyhow"),
    unpopular: unpopular.default([]),
    weights: z
      .strictObject({
        minimum: weight,
        ideal: weight,
        over: weight,
        open: weight,
        hours: weight,
        fairness: weight,
        wishes: weight,
        changes: weight,
      })
      .prefault({})
      .describe("Hundredths of what each weighs usually"),
  }),
  answer: job,
  status: 202,
  problems: ["workforce/draft-invalid", "workforce/draft-closed", "workforce/roster-plan-refused"],
  precondition: "optional",
  rateClass: "heavy",
  mcp: "none",
  example: { body: { seconds: 5, asFewChangesAsPossible: true } },
});

const counted = z
  .object({ units: z.int(), points: z.number().describe("Units times what they weigh; less is better") })
  .describe("Units are person-minutes of `minimum`, `ideal`, `over` and `hours`, and else how often");

const constraint = z
  .object({
    name: z.enum(["minimum", "ideal", "over", "open", "hours", ...fairKind.options, "wishes", "changes"]),
    unit: z.enum(["minutes", "times"]),
    before: counted,
    after: counted,
    sentence: z.string().describe("17 h below the minimum, 122 h before"),
  })
  .meta({ id: "RosterPlanConstraint" });

const reason = z.object({
  code: z.enum(["locked", "no-contract", "away", "busy", "rule", "no-shift", "costly"]),
  count: z.int().describe("People of whom it is true"),
  facts: objectionFacts,
  sentence: z.string().describe("1 would have 9 h of rest of 11 h"),
  people: z.array(thingId).max(UNMET_PEOPLE_MAX).describe("Some of them"),
});

const unmet = z
  .object({
    site: z.string(),
    skillId: thingId.nullable(),
    levelMin: z.int().nullable(),
    name: z.string().describe("The skill; empty where everybody at the site counts"),
    day: z.string(),
    start: z.string(),
    end: z.string(),
    have: z.int(),
    need: z.int(),
    shortMinutes: z.int().describe("Minutes times people missing"),
    able: z.int().describe("People who count there, and may be planned"),
    facts: objectionFacts,
    sentence: z
      .string()
      .describe(
        "No second person with first aid on Ward 3 on Sunday 7 March 2027, 22:00–06:00: 2 have it; 1 is away, …",
      ),
    reasons: z.array(reason),
  })
  .meta({ id: "UnmetDemand" });

const result = z
  .object({
    seed: z.int(),
    steps: z.int().describe("With the seed they repeat the plan"),
    stepsPerSecond: z.int(),
    score: z.object({ hard: z.number(), soft: z.number() }).describe("Person-minutes below minima; points of all else"),
    before: z.object({ hard: z.number(), soft: z.number() }).describe("The same of the draft as it was"),
    constraints: z.array(constraint),
    applied: z.object({
      given: z.int().describe("Shifts that are new"),
      filled: z.int().describe("Open shifts that have somebody now"),
      taken: z.int().describe("Shifts of the draft that are gone"),
      dropped: z.int().describe("Standing shifts that do not take place"),
      requestId: z.string().nullable().describe("Undo takes all of it back; null: nothing was to be changed"),
      version: version.describe("Of the draft, once it was applied"),
    }),
    leftOut: z
      .array(z.object({ personId: thingId, facts: objectionFacts, sentence: z.string() }))
      .describe("Whose part was not applied, since their draft or schedule had changed meanwhile"),
    unmet: z.array(unmet).max(UNMET_TOLD_MAX).describe("What stays short, the worst first"),
    unmetCount: z.int().describe("All of it; the list holds the first"),
    wishesRefused: z.array(
      z.object({ personId: thingId, day: z.string(), facts: objectionFacts, sentence: z.string() }),
    ),
  })
  .meta({ id: "RosterPlan" });

export const plannedDraft = operation({
  ...shape,
  id: "drafts.planned",
  kind: "query",
  method: "GET",
  path: "/v1/drafts/{id}/plan",
  summary:
    "The last plan of a draft: how good it is while it is looked for, and then what came of it and what stays short",
  query: z.strictObject({ ...fieldsQuery }),
  answer: z.object({
    id: thingId,
    version,
    plan: lastPlan(result, "`hard` are person-minutes below minima, `moved` shifts that differ from the draft"),
  }),
  status: 200,
  problems: [],
  rateClass: "read",
  mcp: "read",
});

const shares = z.object({ nights: z.int(), weekends: z.int(), holidays: z.int(), unpopular: z.int() });
const fair = z.object({ nights: z.number(), weekends: z.number(), holidays: z.number(), unpopular: z.number() });

export const readFairness = operation({
  ...shape,
  id: "drafts.fairness",
  kind: "query",
  method: "GET",
  path: "/v1/drafts/{id}/fairness",
  summary:
    "Nights, weekends, public holidays and unpopular shifts of each person over the rolling year, with and without the draft",
  query: z.strictObject({ unpopular: unpopular.optional(), ...fieldsQuery }),
  answer: z.object({
    id: thingId,
    from: z.string().describe("The first day that counts: 365 days before the end of the draft"),
    to: z.string().describe("Exclusive"),
    people: z.array(
      z.object({
        personId: thingId,
        name: z.string(),
        days: z.int().describe("With a contract, of the rolling year"),
        partPermille: z.int().describe("Of full time, on average of these days"),
        without: shares.describe("As it stands"),
        with: shares,
        fair: fair.describe("Their fair share of all of `with`, by days and part time"),
      }),
    ),
  }),
  status: 200,
  problems: ["workforce/bad-window"],
  list: "people",
  rateClass: "heavy",
  mcp: "read",
});
