import { z } from "zod";
import { operation } from "../operation.ts";
import { fieldsQuery, idParams, nextCursor, pageQuery, plainText, thingId, version } from "../values.ts";
import { clockTime, staffDay, staffShift } from "./contracts.ts";

/** Shifts of one swap: two that are exchanged, or three that go round. */
export const SWAP_LEGS_MAX = 3;
/** Swaps that wait for answers at once in an organisation. */
export const SWAPS_ASKING_MAX = 5_000;
/** How far around a shift others are looked for. */
export const SWAP_DAYS_MAX = 28;
const NOTE_CHARACTERS_MAX = 500;

const state = z
  .enum(["asking", "agreed", "declined", "withdrawn", "over"])
  .describe("agreed: everybody said yes, and who approves is asked. over: a shift began before all had answered");
const answerState = z.enum(["asked", "yes", "no"]);

const legKey = {
  from: thingId.describe("Who gives it"),
  of: z.strictObject({ day: staffDay, starts: clockTime }),
  to: thingId.describe("Who takes it"),
};
const leg = z.object({ ...legKey, shift: staffShift.nullable(), start: z.string(), end: z.string() });

const swap = z
  .object({
    id: thingId,
    legs: z.array(leg),
    state,
    proposedBy: z.object({ personId: thingId.nullable(), name: z.string(), at: z.string() }),
    people: z.array(
      z.object({ personId: thingId, name: z.string(), state: answerState, answeredAt: z.string().nullable() }),
    ),
    mine: answerState.nullable().describe("Where you are asked"),
    adjustmentId: thingId.nullable().describe("What came of it: approving it approves all halves"),
    adjustmentState: z.enum(["requested", "approved", "declined", "withdrawn"]).nullable(),
    until: z.string().describe("When the first of the shifts begins"),
    note: z.string(),
    version,
  })
  .meta({ id: "Swap" });

const shape = {
  problems: [],
  permission: "signed-in",
  rateClass: "write",
  mcp: "propose",
  since: "0.7.0",
  example: {},
} as const;
const reading = { ...shape, kind: "query", method: "GET", status: 200, rateClass: "read", mcp: "read" } as const;

const matched = z.object({ legs: z.array(leg) });

export const matchSwaps = operation({
  ...reading,
  id: "swaps.matches",
  path: "/v1/swaps/matches",
  summary: "Who could take a shift for which of theirs, and rings of three; all by everybody's rules and absences",
  query: z.strictObject({
    person: thingId.optional().describe("Whose shift it is; yours when left out"),
    day: staffDay,
    starts: clockTime,
    days: z.int().min(1).max(SWAP_DAYS_MAX).default(14).describe("How far around it"),
    ...fieldsQuery,
  }),
  answer: z.object({
    pairs: z.array(matched).describe("The nearest in time first, 30 at most"),
    rings: z.array(matched).describe("Of three, where two would not do; 10 at most"),
    isComplete: z.boolean().describe("Whether everything was looked at"),
  }),
  problems: ["workforce/swap-invalid"],
  rateClass: "heavy",
  example: { query: { day: "2027-03-01", starts: "07:00" } },
});

export const listSwaps = operation({
  ...reading,
  id: "swaps.list",
  path: "/v1/swaps",
  summary: "Swaps that you take part in, and of those you manage, the newest first",
  query: z.strictObject({ states: z.array(state).max(5).optional(), ...pageQuery, ...fieldsQuery }),
  answer: z.object({ items: z.array(swap), nextCursor }),
  list: "items",
  example: { query: { states: "asking" } },
});

export const readSwap = operation({
  ...reading,
  id: "swaps.read",
  path: "/v1/swaps/{id}",
  summary: "One swap, with who has answered what",
  params: idParams,
  query: z.strictObject({ ...fieldsQuery }),
  answer: swap,
});

const swapProblems = ["workforce/swap-invalid", "workforce/swap-refused"] as const;
const approvalProblems = [
  "approvals/self-approval",
  "approvals/nobody-to-ask",
  "approvals/already-asked",
  "approvals/too-many-waiting",
] as const;

export const createSwap = operation({
  ...shape,
  id: "swaps.create",
  kind: "command",
  method: "POST",
  path: "/v1/swaps",
  summary: "Propose a swap of two, or of three in a ring: the others answer first, then who approves",
  body: z.strictObject({
    legs: z.array(z.strictObject(legKey)).min(1).max(SWAP_LEGS_MAX),
    note: plainText(NOTE_CHARACTERS_MAX).default("").describe("Read by who is asked"),
  }),
  answer: swap,
  status: 201,
  problems: [...swapProblems, ...approvalProblems],
  idempotent: true,
  example: {
    body: {
      legs: [
        {
          from: "per_01J8Z3K4M5N6P7Q8R9S0T1V2W3",
          of: { day: "2027-03-01", starts: "07:00" },
          to: "per_01J8Z3K4M5N6P7Q8R9S0T1V2W4",
        },
        {
          from: "per_01J8Z3K4M5N6P7Q8R9S0T1V2W4",
          of: { day: "2027-03-02", starts: "12:00" },
          to: "per_01J8Z3K4M5N6P7Q8R9S0T1V2W3",
        },
      ],
    },
  },
});

export const answerSwap = operation({
  ...shape,
  id: "swaps.answer",
  kind: "command",
  method: "POST",
  path: "/v1/swaps/{id}/answer",
  summary: "Say whether you swap: with the last yes it goes to who approves, any no ends it",
  params: idParams,
  body: z.strictObject({ says: z.enum(["yes", "no"]) }),
  answer: swap,
  status: 200,
  problems: [
    "workforce/swap-over",
    "workforce/swap-refused",
    "workforce/adjustment-refused",
    "workforce/not-asked",
    ...approvalProblems,
  ],
  idempotent: "by itself",
  example: { body: { says: "yes" } },
});

export const withdrawSwap = operation({
  ...shape,
  id: "swaps.withdraw",
  kind: "command",
  method: "POST",
  path: "/v1/swaps/{id}/withdraw",
  summary: "Take back a swap that you have proposed, while it waits for answers",
  params: idParams,
  answer: swap,
  status: 200,
  problems: ["workforce/swap-over"],
  idempotent: "by itself",
});
