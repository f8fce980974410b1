import { z } from "zod";
import { operation } from "../operation.ts";
import {
  fieldsQuery,
  idParams,
  nextCursor,
  pageQuery,
  plainText,
  thingId,
  version,
  objectionFacts,
} from "../values.ts";
import { clockTime, staffDay, staffShift } from "./contracts.ts";

/** Calls that run at once in an organisation. */
export const COVERS_ASKING_MAX = 500;
/** People of one call. */
export const COVER_PEOPLE_MAX = 300;
/** People who are looked at for one shift. */
export const CANDIDATES_MAX = 4_000;
const COVER_MINUTES_MAX = 1_440;
const NOTE_CHARACTERS_MAX = 500;
const SKILL_LEVEL_READ_MAX = 5;

export const skillWanted = {
  skillId: thingId.nullable().default(null).describe("What who works it must be able to do"),
  levelMin: z.int().min(1).max(SKILL_LEVEL_READ_MAX).nullable().default(null),
};

export const fact = z.object({ code: z.string(), sentence: z.string(), facts: objectionFacts });

const candidate = z
  .object({
    personId: thingId,
    name: z.string(),
    may: z.enum(["ask", "rules", "no"]).describe("rules: they could, and a rule of theirs would not hold"),
    reasons: z.array(fact).describe("What speaks for them"),
    against: z.array(fact).describe("What speaks against them, all of it"),
    overMinutes: z.int().describe("Of that week, beyond the hours of the contract; less than nothing below them"),
    restMinutes: z.int().nullable().describe("To the nearest shift; null where there is none within two weeks"),
    covers: z.int().describe("Shifts that they have covered in 90 days"),
    lastCoveredAt: z.string().nullable(),
    cost: z.object({ minorUnits: z.int(), currency: z.string() }).nullable().describe("Null for who may not know"),
  })
  .meta({ id: "CoverCandidate" });

const how = z
  .enum(["in-order", "at-once"])
  .describe("in-order: the next is asked when one says no, or in time nothing");
const state = z
  .enum(["asking", "covered", "nobody", "over", "cancelled"])
  .describe("nobody: all who could be asked were. over: the shift began");

export const askedState = z
  .enum(["waiting", "asked", "late", "yes", "no", "cannot", "not-needed"])
  .describe(
    "waiting: not asked yet. late: the time to answer has gone by, and others are asked. cannot: something speaks against it",
  );

const who = z.object({ personId: thingId.nullable(), name: z.string(), at: z.string() });

const cover = z
  .object({
    id: thingId,
    personId: thingId.describe("Whose shift it is"),
    name: z.string(),
    day: z.string(),
    shift: staffShift.describe("By the clocks of whose shift it is"),
    start: z.string(),
    end: z.string(),
    zone: z.string(),
    skillId: thingId.nullable(),
    levelMin: z.int().nullable(),
    how,
    minutesEach: z.int(),
    despiteRules: z.boolean(),
    note: z.string(),
    state,
    calledBy: who,
    coveredBy: z.object({ personId: thingId, name: z.string() }).nullable(),
    adjustmentId: thingId.nullable().describe("The cover that came of it, approved"),
    endedAt: z.string().nullable(),
    people: z
      .array(
        z.object({
          personId: thingId,
          name: z.string(),
          state: askedState,
          askedAt: z.string().nullable(),
          until: z.string().nullable(),
          answeredAt: z.string().nullable(),
          why: z.string().describe("Of who cannot"),
        }),
      )
      .describe("In the order in which they are asked; told to who manages whose shift it is"),
    mine: z.object({ state: askedState, until: z.string().nullable() }).nullable().describe("Where you are asked"),
    version,
  })
  .meta({ id: "Cover" });

const shape = {
  problems: [],
  permission: "signed-in",
  rateClass: "write",
  mcp: "propose",
  since: "0.7.0",
  example: {},
} as const;
const reading = { ...shape, kind: "query", method: "GET", status: 200, rateClass: "read", mcp: "read" } as const;

export const listCandidates = operation({
  ...reading,
  id: "covers.candidates",
  path: "/v1/covers/candidates",
  summary:
    "Who of those you manage could work a shift of somebody, the best first, with what speaks for and against each",
  query: z.strictObject({
    person: thingId.describe("Whose shift it is"),
    day: staffDay,
    starts: clockTime,
    skill: thingId.optional(),
    level: z.int().min(1).max(SKILL_LEVEL_READ_MAX).optional(),
    ...fieldsQuery,
  }),
  answer: z.object({ items: z.array(candidate) }),
  list: "items",
  problems: ["workforce/cover-invalid"],
  rateClass: "heavy",
  example: { query: { person: "per_01J8Z3K4M5N6P7Q8R9S0T1V2W3", day: "2027-03-01", starts: "07:00" } },
});

export const listCovers = operation({
  ...reading,
  id: "covers.list",
  path: "/v1/covers",
  summary: "Calls for cover, the newest first: of shifts of those you manage, and those in which you are asked",
  query: z.strictObject({ states: z.array(state).max(5).optional(), ...pageQuery, ...fieldsQuery }),
  answer: z.object({ items: z.array(cover), nextCursor }),
  list: "items",
  example: { query: { states: "asking" } },
});

export const readCover = operation({
  ...reading,
  id: "covers.read",
  path: "/v1/covers/{id}",
  summary: "One call for cover: who was asked when, and what they said",
  params: idParams,
  query: z.strictObject({ ...fieldsQuery }),
  answer: cover,
});

export const createCover = operation({
  ...shape,
  id: "covers.create",
  kind: "command",
  method: "POST",
  path: "/v1/covers",
  summary:
    "Ask people to work a shift of somebody who is away, one after the other or all at once; the first yes has it",
  body: z.strictObject({
    personId: thingId,
    of: z.strictObject({ day: staffDay, starts: clockTime }),
    how: how.default("in-order"),
    minutesEach: z.int().min(1).max(COVER_MINUTES_MAX).default(10).describe("How long each has to answer"),
    people: z
      .array(thingId)
      .min(1)
      .max(COVER_PEOPLE_MAX)
      .optional()
      .describe("These, in this order; left out: all who could be asked, the best first"),
    exclude: z.array(thingId).max(COVER_PEOPLE_MAX).default([]),
    ...skillWanted,
    despiteRules: z.boolean().default(false).describe("Also those of whom a rule would not hold"),
    note: plainText(NOTE_CHARACTERS_MAX).default("").describe("Read by who is asked"),
  }),
  answer: cover,
  status: 201,
  problems: ["workforce/cover-invalid", "workforce/cover-running", "workforce/nobody-to-cover"],
  idempotent: true,
  example: {
    body: {
      personId: "per_01J8Z3K4M5N6P7Q8R9S0T1V2W3",
      of: { day: "2027-03-01", starts: "07:00" },
      how: "in-order",
      minutesEach: 10,
    },
  },
});

export const says = z.enum(["yes", "no"]);
export const answerProblems = [
  "workforce/cover-over",
  "workforce/not-asked",
  "workforce/adjustment-refused",
  "claims/taken",
] as const;

export const answerCover = operation({
  ...shape,
  id: "covers.answer",
  kind: "command",
  method: "POST",
  path: "/v1/covers/{id}/answer",
  summary: "Say whether you work the shift: who says yes first has it at once, as an approved cover",
  params: idParams,
  body: z.strictObject({ says }),
  answer: cover,
  status: 200,
  problems: answerProblems,
  idempotent: "by itself",
  example: { body: { says: "yes" } },
});

export const cancelCover = operation({
  ...shape,
  id: "covers.cancel",
  kind: "command",
  method: "POST",
  path: "/v1/covers/{id}/cancel",
  summary: "Ask nobody any more",
  params: idParams,
  answer: cover,
  status: 200,
  problems: ["workforce/cover-over"],
  idempotent: "by itself",
});

// By a link, without signing in

const token = z.string().regex(/^[A-Za-z0-9_-]{32}$/, "a link ends with 32 letters and digits");

const asked = z
  .object({
    what: z.enum(["cover", "swap"]),
    organisation: z.string(),
    name: z.string().describe("Who is asked"),
    by: z.string().describe("Who asks"),
    zone: z.string().describe("Of who is asked"),
    gives: z.array(z.object({ name: z.string(), site: z.string().nullable(), start: z.string(), end: z.string() })),
    takes: z.array(z.object({ name: z.string(), site: z.string().nullable(), start: z.string(), end: z.string() })),
    others: z.array(z.string()).describe("Whose shift it is, or with whom it is swapped"),
    note: z.string(),
    until: z.string().nullable(),
    state: z
      .enum(["open", "late", "yes", "no", "taken", "over", "cancelled", "declined", "done", "cannot"])
      .describe(
        "late: it can still be said, while nobody else has. taken: somebody else was first. done: everybody agreed",
      ),
    why: z.string().describe("Of `cannot`"),
  })
  .meta({ id: "Asked" });

const byLink = {
  ...shape,
  permission: "everyone",
  publicBy: "params.token",
  params: z.strictObject({ token }),
  rateClass: "booking",
  mcp: "none",
} as const;

export const readAsked = operation({
  ...byLink,
  id: "asked.read",
  kind: "query",
  method: "GET",
  path: "/v1/asked/{token}",
  summary: "What somebody is asked by a link, and what became of it",
  answer: asked,
  status: 200,
});

export const answerAsked = operation({
  ...byLink,
  id: "asked.answer",
  kind: "command",
  method: "POST",
  path: "/v1/asked/{token}",
  summary: "Answer what one is asked by a link",
  body: z.strictObject({ says }),
  answer: asked,
  status: 200,
  problems: [...answerProblems, "workforce/swap-over", "workforce/swap-refused"],
  idempotent: "by itself",
  example: { body: { says: "yes" } },
});
