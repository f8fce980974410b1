import { z } from "zod";
import { operation } from "../operation.ts";
import { fieldsQuery, idParams, nextCursor, nothing, pageQuery, plainText, thingId, version } from "../values.ts";
import { staffDay, staffShift } from "./contracts.ts";
import { fact, skillWanted } from "./covers.ts";

/** Shifts that people may bid on at once in an organisation. */
export const OPEN_SHIFTS_MAX = 5_000;
export const OPEN_SHIFT_PLACES_MAX = 100;
/** Bids on one shift. */
export const BIDS_MAX = 500;
const NOTE_CHARACTERS_MAX = 500;
const PUT_CHARACTERS_MAX = 200_000;

const state = z
  .enum(["open", "filled", "closed"])
  .describe("filled: every place is taken. closed: taken back, or it has begun");
const bidState = z.enum(["bid", "won", "lost", "withdrawn"]);

const openShift = z
  .object({
    id: thingId,
    day: z.string(),
    shift: staffShift.describe("By the clocks of the organisation"),
    start: z.string(),
    end: z.string(),
    zone: z.string(),
    skillId: thingId.nullable(),
    levelMin: z.int().nullable(),
    places: z.int(),
    placesLeft: z.int(),
    award: z.enum(["manager", "first"]).describe("first: whoever bids first and fits has it at once"),
    state,
    note: z.string(),
    postedBy: z.object({ personId: thingId.nullable(), name: z.string(), at: z.string() }),
    bids: z
      .array(
        z.object({
          personId: thingId,
          name: z.string(),
          at: z.string(),
          state: bidState,
          objections: z.array(fact).describe("What speaks against giving it to them now"),
          broken: z.array(z.string()).describe("Rules that would not hold"),
          rules: z.array(fact).describe("The same, with their facts"),
        }),
      )
      .describe("Of those you manage, who bid first first"),
    mine: bidState.nullable().describe("Null: you have not bid"),
    mayBid: z.boolean(),
    why: z.string().describe("Why you may not"),
    version,
  })
  .meta({ id: "OpenShift" });

const shape = {
  problems: [],
  permission: "signed-in",
  rateClass: "write",
  mcp: "propose",
  since: "0.7.0",
  example: {},
} as const;

export const listOpenShifts = operation({
  ...shape,
  id: "openShifts.list",
  kind: "query",
  method: "GET",
  path: "/v1/open-shifts",
  summary: "Shifts of nobody on which people bid, by day, with whether you may",
  query: z.strictObject({
    states: z.array(state).max(3).optional(),
    from: staffDay.optional(),
    to: staffDay.optional().describe("Before this day"),
    ...pageQuery,
    ...fieldsQuery,
  }),
  answer: z.object({ items: z.array(openShift), nextCursor }),
  status: 200,
  list: "items",
  rateClass: "read",
  mcp: "read",
  example: { query: { states: "open" } },
});

const wanted = {
  day: staffDay,
  shift: staffShift,
  ...skillWanted,
  places: z.int().min(1).max(OPEN_SHIFT_PLACES_MAX).default(1),
  award: z.enum(["manager", "first"]).default("manager"),
  note: plainText(NOTE_CHARACTERS_MAX).default(""),
};

export const createOpenShift = operation({
  ...shape,
  id: "openShifts.create",
  kind: "command",
  method: "POST",
  path: "/v1/open-shifts",
  summary: "Offer a shift of nobody to everybody: they bid, and you give it to one, or the first who fits has it",
  body: z.strictObject(wanted),
  answer: openShift,
  status: 201,
  problems: ["workforce/open-shift-invalid"],
  idempotent: true,
  example: { body: { day: "2027-03-01", shift: { name: "early shift", starts: "07:00", minutes: 480 }, places: 2 } },
});

export const removeOpenShift = operation({
  ...shape,
  id: "openShifts.remove",
  kind: "command",
  method: "DELETE",
  path: "/v1/open-shifts/{id}",
  summary: "Offer a shift no more; who has won it keeps it",
  params: idParams,
  answer: nothing,
  status: 204,
  problems: ["workforce/open-shift-over"],
});

const bidProblems = [
  "workforce/open-shift-over",
  "workforce/bid-refused",
  "workforce/adjustment-refused",
  "claims/taken",
] as const;

export const bidOnShift = operation({
  ...shape,
  id: "openShifts.bid",
  kind: "command",
  method: "POST",
  path: "/v1/open-shifts/{id}/bid",
  summary: "Bid on an open shift: it is yours at once where the first who fits has it",
  params: idParams,
  answer: openShift,
  status: 200,
  problems: bidProblems,
  idempotent: "by itself",
});

export const withdrawBid = operation({
  ...shape,
  id: "openShifts.withdrawBid",
  kind: "command",
  method: "POST",
  path: "/v1/open-shifts/{id}/withdraw-bid",
  summary: "Take back a bid that has not won",
  params: idParams,
  answer: openShift,
  status: 200,
  problems: ["workforce/open-shift-over"],
  idempotent: "by itself",
});

export const awardShift = operation({
  ...shape,
  id: "openShifts.award",
  kind: "command",
  method: "POST",
  path: "/v1/open-shifts/{id}/award",
  summary: "Give an open shift to somebody you manage: who bid on it, or whoever fits",
  params: idParams,
  body: z.strictObject({
    personId: thingId,
    despiteRules: z.boolean().default(false).describe("Also when a rule of theirs would not hold"),
  }),
  answer: openShift,
  status: 200,
  problems: bidProblems,
  example: { body: { personId: "per_01J8Z3K4M5N6P7Q8R9S0T1V2W3" } },
});

export const putOpenShift = operation({
  ...shape,
  id: "openShifts.put",
  kind: "command",
  method: "PUT",
  path: "/v1/internal/open-shifts/{id}",
  internal: true,
  summary: "Put an open shift back as it was, or take it away: what undo is made of",
  params: idParams,
  body: z.strictObject({ was: plainText(PUT_CHARACTERS_MAX).nullable() }),
  answer: nothing,
  status: 204,
  mcp: "none",
});
