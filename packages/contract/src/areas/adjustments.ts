import { z } from "zod";
import { operation } from "../operation.ts";
import {
  fieldsQuery,
  idParams,
  instant,
  itemProblem,
  nextCursor,
  pageQuery,
  plainText,
  thingId,
  version,
  objectionFacts,
} from "../values.ts";
import { clockTime, staffDay, staffShift } from "./contracts.ts";

/** Stretches of coverage that an adjustment would miss, of those that are told. */
export const MISSED_TOLD_MAX = 30;
/** Adjustments decided in one request. */
export const ADJUSTMENTS_DECIDED_MAX = 100;
const NOTE_CHARACTERS_MAX = 2_000;
const ADJUSTMENT_CHARACTERS_MAX = 60_000;

const state = z
  .enum(["requested", "approved", "declined", "withdrawn"])
  .describe("requested: it changes nothing until somebody has approved it");
const shiftKey = z
  .strictObject({ day: staffDay, starts: clockTime })
  .describe("A shift by the day it belongs to and when it begins there");
const interrupts = z.boolean().default(false).describe("Agreed on although it lies in an absence, illness excepted");
const absenceType = z.enum(["leave", "sick", "training", "compensation", "unpaid", "parental"]);
const dayOrInstant = z
  .string()
  .max(40)
  .refine(
    (text) => staffDay.safeParse(text).success || instant.safeParse(text).success,
    "a day, or an instant with offset",
  )
  .describe("A day, or an exact time with its offset");

/** What is asked for, by kind. */
const asked = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("absence"),
      type: absenceType,
      from: dayOrInstant.describe("The first day, or the exact time from which on"),
      until: dayOrInstant.describe("The last day, or the exact time until which"),
    }),
    z.strictObject({
      kind: z.literal("change").describe("A shift is at another time"),
      of: shiftKey,
      day: staffDay,
      shift: staffShift,
    }),
    z.strictObject({
      kind: z.enum(["extra", "overtime"]).describe("A shift beside those of the contract"),
      day: staffDay,
      shift: staffShift,
      interrupts,
    }),
    z.strictObject({
      kind: z.literal("cover").describe("A shift of somebody who is away"),
      day: staffDay,
      shift: staffShift,
      from: thingId.nullable().default(null).describe("Whose shift it was"),
      interrupts,
    }),
    z.strictObject({
      kind: z.literal("swap").describe("A shift is given to somebody else, for one of theirs or for none"),
      of: shiftKey,
      with: thingId.describe("Who takes it"),
      theirs: shiftKey.nullable().default(null).describe("What they give for it"),
    }),
    z.strictObject({
      kind: z.literal("activation").describe("Called to work while on call"),
      start: instant,
      end: instant,
    }),
  ])
  .meta({ id: "AdjustmentWish" });

const adjustment = z
  .object({
    id: thingId,
    personId: thingId,
    kind: z.enum([
      "absence",
      "change",
      "given",
      "taken",
      "extra",
      "overtime",
      "cover",
      "activation",
      "rostered",
      "cancelled",
    ]),
    type: absenceType.nullable().describe("Of an absence"),
    from: z.string().describe("The first day it touches; of an absence of exact time, and a call, when it begins"),
    until: z.string().describe("The last day it touches; of an absence of exact time, and a call, when it ends"),
    of: shiftKey.nullable().describe("The shift that is moved or given"),
    day: z.string().nullable().describe("The day of the shift that comes"),
    shift: staffShift.nullable(),
    otherId: thingId.nullable().describe("To whom it is given, or from whom it comes"),
    interrupts: z.boolean(),
    state,
    note: z.string(),
    askedBy: z.object({ personId: thingId.nullable(), name: z.string(), at: z.string() }),
    decidedBy: z.object({ personId: thingId.nullable(), name: z.string(), at: z.string() }).nullable(),
    reason: z.string().describe("Why it was declined"),
    together: z.array(thingId).describe("The other halves of a swap: they are decided together"),
    version,
  })
  .meta({ id: "Adjustment" });

const shape = {
  problems: [],
  permission: "signed-in",
  rateClass: "write",
  mcp: "propose",
  since: "0.6.0",
  example: {},
} as const;

export const listAdjustments = operation({
  ...shape,
  id: "adjustments.list",
  kind: "query",
  method: "GET",
  path: "/v1/adjustments",
  summary: "What differs from contracts and what is asked for, by its first day: yours, and of those you manage",
  query: z.strictObject({
    person: thingId.optional(),
    states: z.array(state).max(4).optional(),
    from: staffDay.optional().describe("What touches this day or later ones"),
    to: staffDay.optional().describe("What touches a day before this one"),
    ...pageQuery,
    ...fieldsQuery,
  }),
  answer: z.object({ items: z.array(adjustment), nextCursor }),
  status: 200,
  list: "items",
  rateClass: "read",
  mcp: "read",
  example: { query: { states: "requested", from: "2027-03-01" } },
});

export const readAdjustment = operation({
  ...shape,
  id: "adjustments.read",
  kind: "query",
  method: "GET",
  path: "/v1/adjustments/{id}",
  summary: "One adjustment",
  params: idParams,
  query: z.strictObject({ ...fieldsQuery }),
  answer: adjustment,
  status: 200,
  rateClass: "read",
  mcp: "read",
});

const objection = z.object({ code: z.string(), sentence: z.string(), facts: objectionFacts });

export const checkAdjustment = operation({
  ...shape,
  id: "adjustments.check",
  kind: "query",
  method: "GET",
  path: "/v1/adjustments/{id}/check",
  summary:
    "What would come of approving it: everything that speaks against it, and the rules that would be broken anew",
  params: idParams,
  query: z.strictObject({ ...fieldsQuery }),
  answer: z.object({
    objections: z.array(objection).describe("None: it can be approved"),
    broken: z.array(z.object({ personId: thingId, sentence: z.string(), facts: objectionFacts })),
    missed: z
      .array(
        z.object({
          site: z.string(),
          skillId: thingId.nullable(),
          levelMin: z.int().nullable(),
          name: z.string().describe("The skill, or empty where everybody at the site counts"),
          day: z.string(),
          start: z.string(),
          minutes: z.int(),
          before: z.int().describe("How many are there as it stands"),
          after: z.int(),
          minimum: z.int().describe("How many are needed"),
        }),
      )
      .describe(
        `Where fewer would be there than are needed, and fewer than now, in order of days: at most ${MISSED_TOLD_MAX}, of the first 31 days`,
      ),
    paidMinutes: z.int().describe("Paid work beyond what stands now; less than nothing where it is less"),
    cost: z
      .array(z.object({ minorUnits: z.int(), currency: z.string() }))
      .nullable()
      .describe("The same in money, where contracts say what an hour costs; null for who may not know"),
  }),
  status: 200,
  rateClass: "read",
  mcp: "read",
});

const wrong = ["workforce/adjustment-invalid", "workforce/adjustment-refused"] as const;

export const createAdjustment = operation({
  ...shape,
  id: "adjustments.create",
  bundled: true,
  kind: "command",
  method: "POST",
  path: "/v1/adjustments",
  summary:
    "Ask for an adjustment of your own, or propose one for somebody you manage; nothing changes until it is approved",
  body: z.strictObject({ personId: thingId, what: asked, note: plainText(NOTE_CHARACTERS_MAX).default("") }),
  answer: adjustment,
  status: 201,
  problems: [
    ...wrong,
    "approvals/self-approval",
    "approvals/nobody-to-ask",
    "approvals/already-asked",
    "approvals/too-many-waiting",
  ],
  idempotent: true,
  example: {
    body: {
      personId: "per_01J8Z3K4M5N6P7Q8R9S0T1V2W3",
      what: { kind: "absence", type: "leave", from: "2027-03-01", until: "2027-03-05" },
      note: "Skiing",
    },
  },
});

const decided = [
  ...wrong,
  "workforce/adjustment-decided",
  "claims/taken",
  "approvals/not-asked",
  "approvals/over",
] as const;

const preventConflicts = z
  .boolean()
  .default(true)
  .describe("Refused when a duty meets what the person has then; false: only when somebody booked them for sure");

export const approveAdjustment = operation({
  ...shape,
  id: "adjustments.approve",
  bundled: true,
  kind: "command",
  method: "POST",
  path: "/v1/adjustments/{id}/approve",
  summary: "Approve what somebody you manage asks for, with the other halves of a swap",
  params: idParams,
  body: z.strictObject({ preventConflicts }),
  answer: adjustment,
  status: 200,
  problems: decided,
  precondition: "optional",
  example: { body: {} },
});

export const declineAdjustment = operation({
  ...shape,
  id: "adjustments.decline",
  bundled: true,
  kind: "command",
  method: "POST",
  path: "/v1/adjustments/{id}/decline",
  summary: "Decline what somebody you manage asks for, and say why",
  params: idParams,
  body: z.strictObject({
    reason: plainText(NOTE_CHARACTERS_MAX).refine((text) => text.trim() !== "", "say why: they read it"),
  }),
  answer: adjustment,
  status: 200,
  problems: decided,
  precondition: "optional",
  example: { body: { reason: "Two are away already." } },
});

export const withdrawAdjustment = operation({
  ...shape,
  id: "adjustments.withdraw",
  bundled: true,
  kind: "command",
  method: "POST",
  path: "/v1/adjustments/{id}/withdraw",
  summary: "Take back what was asked for; what was approved is taken back by who manages the person",
  params: idParams,
  body: z.strictObject({ preventConflicts }),
  answer: adjustment,
  status: 200,
  problems: decided,
  precondition: "optional",
  example: { body: {} },
});

export const decideAdjustments = operation({
  ...shape,
  id: "adjustments.decide",
  kind: "command",
  method: "POST",
  path: "/v1/adjustments/decide",
  summary: "Approve or decline several at once: all or none, or each by itself",
  body: z.strictObject({
    ids: z.array(thingId).min(1).max(ADJUSTMENTS_DECIDED_MAX),
    verdict: z.enum(["approved", "declined"]),
    reason: plainText(NOTE_CHARACTERS_MAX).default("").describe("Why, where they are declined"),
    atomic: z.boolean().default(true).describe("All or none; false: each by itself, and the answer says which"),
    preventConflicts,
  }),
  answer: z.object({
    items: z.array(
      z.object({
        id: thingId,
        state: state.nullable().describe("Null where it was refused"),
        problem: itemProblem,
      }),
    ),
  }),
  status: 200,
  problems: decided,
  example: { body: { ids: ["adj_01J8Z3K4M5N6P7Q8R9S0T1V2W3"], verdict: "approved" } },
});

export const putAdjustment = operation({
  ...shape,
  id: "adjustments.put",
  kind: "command",
  method: "PUT",
  path: "/v1/internal/adjustments/{id}",
  internal: true,
  summary: "Put an adjustment back as it was, or take it away: what undo is made of",
  params: idParams,
  body: z.strictObject({
    was: plainText(ADJUSTMENT_CHARACTERS_MAX).nullable().describe("As the log has it; null: there was none"),
  }),
  answer: z.object({ id: z.string() }),
  status: 200,
  problems: decided,
  mcp: "none",
});
