import { z } from "zod";
import { operation } from "../operation.ts";
import { idParams, instant, nothing, plainText, thingId, version } from "../values.ts";

const severity = z.enum(["must", "should", "look"]);
const ruleScope = z
  .enum(["organisation", "team", "person", "calendar", "service"])
  .describe(
    "Whom it holds for; of several rules for one constraint the narrowest counts. A person may be a thing, too. Of a calendar: what lies in it is judged as if nothing else stood, beside all other rules",
  );

const parameter = z.object({
  name: z.string(),
  unit: z.enum(["minutes", "hours", "days", "weeks", "times", "share", "time of day", "km/h", "level"]),
  from: z.number(),
  to: z.number(),
  preset: z.number(),
  says: z.string(),
});

const constraint = z
  .object({
    id: z.string(),
    title: z.string(),
    rule: z.string().describe("The rule in a few words"),
    isHard: z.boolean().describe("Whether it is hard when nothing else is said: what breaks it is refused"),
    weight: z.number().describe("What one unit of a breach weighs while it is soft"),
    severity,
    concerns: z.array(z.enum(["people", "things"])),
    scopes: z.array(z.string()),
    judges: z.enum(["plan", "wish"]).describe("plan: all that stands · wish: only what is about to be written"),
    settable: z
      .boolean()
      .describe("Whether rules are made of it; the rest holds by overlap policies, or waits for what it judges"),
    names: z
      .object({
        of: z.enum(["people", "things", "skills"]),
        says: z.string(),
        optionalFor: z
          .array(z.string())
          .nullable()
          .describe("Rules of these scopes may name some, others name none; null: each names one at least"),
        most: z
          .int()
          .nullable()
          .describe("How many at most; of one each, rules that name others stand beside each other. Null: up to 100"),
      })
      .nullable()
      .describe("Whom or what its rules name beside numbers"),
    parameters: z.array(parameter),
    examples: z.array(z.object({ says: z.string(), isKept: z.boolean() })),
  })
  .meta({ id: "Constraint" });

export const listConstraints = operation({
  id: "constraints.list",
  kind: "query",
  method: "GET",
  path: "/v1/constraints",
  summary: "The catalogue of constraints: what rules can be made of",
  answer: z.object({ items: z.array(constraint) }),
  status: 200,
  list: "items",
  problems: [],
  permission: "signed-in",
  rateClass: "read",
  mcp: "read",
  since: "0.3.0",
  example: {},
});

/** Weights of soft rules: beyond them one rule would drown all others. */
export const RULE_WEIGHT_MAX = 10_000;
/** Rules of an organisation. */
export const RULES_MAX = 500;

const values = z
  .record(plainText(40), z.number())
  .refine((given) => Object.keys(given).length <= 8, "a constraint has at most 8 parameters")
  .describe("Its parameters by name; what is left out is as preset");
/** People or things that one rule names. */
export const RULE_NAMES_MAX = 100;
const namedIds = z
  .array(thingId)
  .max(RULE_NAMES_MAX)
  .describe("People, rooms and things, or a skill, where its constraint names some");
const weight = z.number().gt(0).max(RULE_WEIGHT_MAX);

const rule = z
  .object({
    id: thingId,
    constraintId: z.string(),
    scope: ruleScope,
    holderId: z
      .string()
      .nullable()
      .describe("The team, person, thing or calendar it holds for; null: the organisation"),
    holder: z.string().nullable().describe("The same by name"),
    isHard: z.boolean(),
    weight: z.number(),
    values: z.record(z.string(), z.number()),
    named: z.array(z.object({ id: z.string(), name: z.string() })).describe("Whom or what it names"),
    version,
  })
  .meta({ id: "Rule" });

export const listRules = operation({
  id: "rules.list",
  kind: "query",
  method: "GET",
  path: "/v1/rules",
  summary:
    "The rules of the organisation; who sets none knows those of all, of teams and things, and what concerns them",
  answer: z.object({ items: z.array(rule) }),
  status: 200,
  list: "items",
  problems: [],
  permission: "conflict.read",
  rateClass: "read",
  mcp: "read",
  since: "0.3.0",
  example: {},
});

const newRule = z.strictObject({
  constraintId: plainText(40),
  scope: ruleScope.default("organisation"),
  holderId: thingId.nullable().default(null),
  isHard: z.boolean().optional().describe("As the constraint has it, unless said"),
  weight: weight.optional(),
  values: values.default({}),
  namedIds: namedIds.default([]),
});

export const createRule = operation({
  id: "rules.create",
  kind: "command",
  method: "POST",
  path: "/v1/rules",
  summary: "Set a rule: from now on every write is judged by it",
  body: newRule,
  answer: rule,
  status: 201,
  problems: ["planning/rule-invalid", "planning/rule-stands", "planning/too-many-rules"],
  permission: "organisation.manage",
  idempotent: true,
  rateClass: "write",
  mcp: "propose",
  proposable: true,
  since: "0.3.0",
  example: { body: { constraintId: "lunch", values: { minutes: 45 } } },
});

export const updateRule = operation({
  id: "rules.update",
  kind: "command",
  method: "PATCH",
  path: "/v1/rules/{id}",
  summary: "Change whether a rule is hard, its weight, or its parameters",
  params: idParams,
  body: z.strictObject({
    isHard: z.boolean().optional(),
    weight: weight.optional(),
    values: values.optional(),
    namedIds: namedIds.optional(),
  }),
  answer: rule,
  status: 200,
  problems: ["planning/rule-invalid"],
  permission: "organisation.manage",
  precondition: "optional",
  rateClass: "write",
  mcp: "propose",
  proposable: true,
  since: "0.3.0",
  example: {},
});

export const removeRule = operation({
  id: "rules.remove",
  kind: "command",
  method: "DELETE",
  path: "/v1/rules/{id}",
  summary: "Take a rule away",
  params: idParams,
  answer: nothing,
  status: 204,
  problems: [],
  permission: "organisation.manage",
  precondition: "optional",
  rateClass: "write",
  mcp: "propose",
  proposable: true,
  since: "0.3.0",
  example: {},
});

export const putRule = operation({
  id: "rules.put",
  kind: "command",
  method: "PUT",
  path: "/v1/internal/rules/{id}",
  internal: true,
  summary: "Put a rule back as it was, or take it away: what undo is made of",
  params: idParams,
  body: z.strictObject({
    was: z
      .strictObject({
        constraintId: plainText(40),
        scope: ruleScope,
        holderId: thingId.nullable(),
        isHard: z.boolean(),
        weight: z.number(),
        values: z.record(z.string(), z.number()),
        namedIds: z.array(thingId).default([]),
      })
      .nullable(),
  }),
  answer: z.object({ id: z.string() }),
  status: 200,
  problems: ["planning/rule-stands"],
  permission: "organisation.manage",
  rateClass: "write",
  mcp: "none",
  since: "0.3.0",
  example: {},
});

export const breach = z
  .object({
    constraintId: z.string(),
    ruleId: z.string(),
    isHard: z.boolean(),
    severity,
    collection: z.string().nullable().describe("The calendar, by name, of which alone its rule judges"),
    subjectId: z.string(),
    subject: z.string(),
    start: z.string(),
    end: z.string(),
    units: z.number().describe("By how much: minutes, or times"),
    facts: z.record(z.string(), z.number()),
    others: z.array(z.string()).describe("Whom or what it names beside, by name"),
    sentence: z.string(),
    events: z.array(
      z.object({ eventId: z.string().nullable(), recurrenceId: z.string().nullable(), title: z.string() }),
    ),
  })
  .meta({ id: "Breach" });

/** A rule that a wish would break, and what would have to be said instead. */
export const brokenRule = breach
  .omit({ events: true })
  .extend({
    titles: z
      .array(z.string().nullable())
      .describe("What it is between or about, by title; null where you may not know it"),
    relaxations: z
      .array(z.object({ parameter: z.string(), unit: parameter.shape.unit, value: z.number() }))
      .describe("The nearest number, for each parameter, with which the rule would be kept"),
  })
  .meta({ id: "BrokenRule" });

/** Breaches of one answer: the earliest. */
export const BREACHES_OF_AN_ANSWER_MAX = 500;

export const listBroken = operation({
  id: "rules.broken",
  kind: "query",
  method: "GET",
  path: "/v1/rules/broken",
  summary: "What stands in a window and breaks a rule, as far as you may know of it",
  query: z.strictObject({ start: instant, end: instant }),
  answer: z.object({
    items: z.array(breach),
    isCut: z.boolean().describe(`Whether only the earliest ${BREACHES_OF_AN_ANSWER_MAX} are listed`),
    isPartial: z.boolean().describe("Whether a plug-in was not asked about everything: there may be more"),
    asked: z.int().describe("How many rules and plug-ins were asked; nothing is judged where there are none"),
  }),
  status: 200,
  problems: ["calendars/ends-before-start", "calendars/out-of-range"],
  permission: "conflict.read",
  rateClass: "heavy",
  mcp: "read",
  since: "0.3.0",
  example: { query: { start: "2027-01-01T00:00:00+01:00", end: "2027-02-01T00:00:00+01:00" } },
});

export const tryRule = operation({
  id: "rules.try",
  kind: "query",
  method: "POST",
  path: "/v1/rules/try",
  summary: "What a rule would find in the year ahead, before it is set",
  body: z.strictObject({
    rule: newRule,
    replaces: thingId.nullable().default(null).describe("The rule that it would stand in place of"),
  }),
  answer: z.object({
    start: z.string(),
    end: z.string(),
    made: z.int().describe("Breaches that there would be and are not now"),
    removed: z.int().describe("Breaches that there are now and would not be"),
    events: z.int().describe("How many things take part in those that there would be"),
    people: z.int().describe("On how many lines they lie"),
    months: z.array(z.object({ month: z.string(), made: z.int() })),
    sentence: z.string(),
    examples: z.array(breach),
  }),
  status: 200,
  problems: ["planning/rule-invalid"],
  permission: "organisation.manage",
  rateClass: "heavy",
  mcp: "read",
  since: "0.3.0",
  example: { body: { rule: { constraintId: "lunch", values: { minutes: 45 } } } },
});
