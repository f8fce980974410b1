import { z } from "zod";
import { operation } from "../operation.ts";
import { idParams, instant, nothing, plainText, thingId, title } from "../values.ts";
import { applied } from "./planning.ts";

/** Changes of one stored proposal: as many as events are moved at once. */
export const PROPOSAL_CHANGES_MAX = 200;
/** People who are asked to look at one proposal. */
export const PROPOSAL_REVIEWERS_MAX = 20;
/** Stored proposals of an organisation that are open at once. */
export const PROPOSALS_OPEN_MAX = 500;
/** Days after which a stored proposal is over at the latest: as long as undo remembers. */
export const PROPOSAL_DAYS_MAX = 30;
/** Characters of a note, and of a reason for one change. */
export const PROPOSAL_TEXT_MAX = 500;
/** Bytes of the input of one change, as JSON. */
export const PROPOSAL_INPUT_BYTES_MAX = 16_384;

const REPAIRS_MAX = 50;

const named = z.object({ id: thingId, name: z.string() });

const call = z.strictObject({
  operation: plainText(60).describe(
    "An operation of the catalogue that may be proposed: `events.update`, `events.move` …",
  ),
  params: z.record(plainText(40), z.unknown()).default({}),
  query: z.record(plainText(40), z.unknown()).default({}),
  body: z.record(plainText(40), z.unknown()).optional(),
  reason: plainText(PROPOSAL_TEXT_MAX).nullable().default(null).describe("Why, for those who look at it"),
});

const shownThing = z.object({
  title: z.string(),
  start: z.string(),
  end: z.string(),
  allDay: z.boolean(),
  location: z.string().nullable(),
  people: z.array(z.string()).describe("Who is invited, and rooms and things, by name"),
  calendar: z.string(),
});

const problem = z.object({
  code: z.string(),
  sentence: z.string(),
  reasons: z.array(z.string()).describe("Who or what is taken then, and the rules that would not hold"),
});

const trial = z.object({
  fits: z.boolean(),
  problem: problem.nullable().describe("Why it cannot be made; null when it can"),
  warnings: z.array(z.string()).describe("Soft rules that would not hold; they refuse nothing"),
});

const since = z.object({
  what: z.enum(["moved", "changed", "gone", "locked"]).describe("gone: vanished, or you may no longer know of it"),
  by: z.string().nullable().describe("Who did it, by name, as far as the log knows"),
  at: z.string().nullable(),
  sentence: z.string(),
});

const change = z
  .object({
    index: z.int().describe("What accepting it names"),
    operation: z.string(),
    says: z.string().describe("What it does, in a sentence"),
    reason: z.string().nullable(),
    state: z.enum(["open", "accepted"]),
    seen: z
      .string()
      .describe("Send it when accepting: what changed since the proposal was made is accepted as you saw it"),
    things: z.array(
      z.object({
        eventId: thingId.nullable().describe("Null for what is not there yet"),
        recurrenceId: z.string().nullable(),
        before: shownThing.nullable().describe("As it is now; null for what is not there"),
        after: shownThing.nullable().describe("As it would be; null when it would be gone"),
      }),
    ),
    since: z.array(since).describe("What changed since the proposal was made"),
    alone: trial.describe(
      "Made by itself; of more than 40 that are open, told of those alone that do not fit with the others",
    ),
    together: trial.describe("Made with all others that are open, in order"),
  })
  .meta({ id: "ProposedChange" });

const summary = {
  id: thingId,
  title: z.string(),
  note: z.string().nullable(),
  source: z.enum(["hand", "repairs", "plan", "program"]).describe("Where it comes from"),
  maker: named,
  isMine: z.boolean(),
  reviewers: z.array(named),
  state: z.enum(["open", "accepted", "declined", "withdrawn", "expired"]),
  endedBy: named.nullable().describe("Who declined it, or accepted the last of it"),
  changeCount: z.int(),
  openCount: z.int().describe("Changes that are not accepted yet"),
  at: z.string().describe("When it was made"),
  expires: z.string(),
};

const proposal = z.object(summary).meta({ id: "Proposal" });
const proposalDetail = z
  .object({
    ...summary,
    checkedAt: z.string(),
    fits: z.boolean().describe("All that is open, as one step"),
    changes: z.array(change),
  })
  .meta({ id: "ProposalDetail" });

const shape = { permission: "event.write", since: "0.4.0", example: {} } as const;

export const listProposals = operation({
  ...shape,
  id: "proposals.list",
  kind: "query",
  method: "GET",
  path: "/v1/proposals",
  summary: "The proposals that you made or are asked to look at: open ones first, then newest first, the last 100",
  answer: z.object({ items: z.array(proposal) }),
  status: 200,
  list: "items",
  problems: [],
  rateClass: "read",
  mcp: "read",
});

export const readProposal = operation({
  ...shape,
  id: "proposals.read",
  kind: "query",
  method: "GET",
  path: "/v1/proposals/{id}",
  summary: "A proposal with what each change would do now, what stands against it, and what changed since it was made",
  params: idParams,
  answer: proposalDetail,
  status: 200,
  problems: [],
  rateClass: "heavy",
  mcp: "read",
});

export const createProposal = operation({
  ...shape,
  id: "proposals.create",
  kind: "command",
  method: "POST",
  path: "/v1/proposals",
  summary: "Keep changes as a proposal: calls of operations, or repairs. Nothing moves until somebody accepts them",
  body: z
    .strictObject({
      title: title.min(1),
      note: plainText(PROPOSAL_TEXT_MAX).nullable().default(null),
      source: z.enum(["hand", "repairs", "plan", "program"]).default("program"),
      reviewers: z
        .array(thingId)
        .max(PROPOSAL_REVIEWERS_MAX)
        .default([])
        .describe("Who is asked to look at it; each accepts what they may do themselves"),
      expires: instant.optional().describe("14 days from now when left out, at most 30"),
      changes: z.array(call).min(1).max(PROPOSAL_CHANGES_MAX).optional(),
      repairs: z.array(plainText(120)).min(1).max(REPAIRS_MAX).optional().describe("Ids of repairs, checked once more"),
    })
    .refine(({ changes, repairs }) => (changes === undefined) !== (repairs === undefined), {
      error: "give either changes or repairs",
    }),
  answer: proposal,
  status: 201,
  problems: [
    "planning/proposal-invalid",
    "planning/too-many-proposals",
    "planning/conflict-gone",
    "planning/repair-stale",
  ],
  idempotent: true,
  rateClass: "write",
  mcp: "propose",
});

export const acceptProposal = operation({
  ...shape,
  id: "proposals.accept",
  kind: "command",
  method: "POST",
  path: "/v1/proposals/{id}/accept",
  summary: "Make all that is open of a proposal, or some changes, as one undoable step; the rest stays open",
  params: idParams,
  body: z.strictObject({
    changes: z
      .array(z.strictObject({ index: z.int().min(0), seen: plainText(64).optional() }))
      .min(1)
      .max(PROPOSAL_CHANGES_MAX)
      .optional()
      .describe("All that is open when left out. Without `seen`, nothing may have changed since it was made"),
  }),
  answer: applied.extend({ proposal }),
  status: 200,
  problems: ["planning/proposal-over", "planning/proposal-invalid", "planning/proposal-stale"],
  idempotent: true,
  rateClass: "write",
  mcp: "none",
  example: { body: {} },
});

export const askReviewers = operation({
  ...shape,
  id: "proposals.ask",
  kind: "command",
  method: "PUT",
  path: "/v1/proposals/{id}/reviewers",
  summary: "Say who is asked to look at a proposal of yours; whoever is new is told",
  params: idParams,
  body: z.strictObject({ reviewers: z.array(thingId).max(PROPOSAL_REVIEWERS_MAX) }),
  answer: proposal,
  status: 200,
  problems: ["planning/proposal-over", "planning/proposal-invalid", "planning/proposal-not-yours"],
  rateClass: "write",
  mcp: "propose",
  example: { body: { reviewers: [] } },
});

const ending = {
  ...shape,
  kind: "command",
  method: "POST",
  params: idParams,
  status: 200,
  rateClass: "write",
} as const;

export const declineStoredProposal = operation({
  ...ending,
  id: "proposals.decline",
  path: "/v1/proposals/{id}/decline",
  summary: "Say no to what is still open of a proposal that you are asked to look at; its maker is told",
  answer: proposal,
  problems: ["planning/proposal-over", "planning/proposal-not-yours"],
  mcp: "none",
});

export const withdrawProposal = operation({
  ...ending,
  id: "proposals.withdraw",
  path: "/v1/proposals/{id}/withdraw",
  summary: "Take back a proposal of yours; what was accepted of it stays",
  answer: proposal,
  problems: ["planning/proposal-over", "planning/proposal-not-yours"],
  mcp: "propose",
});

export const putStoredProposal = operation({
  ...shape,
  id: "proposals.put",
  kind: "command",
  method: "PUT",
  path: "/v1/internal/stored-proposals/{id}",
  internal: true,
  summary: "Put back what became of a proposal: what undo is made of",
  params: idParams,
  body: z.strictObject({
    was: z
      .strictObject({
        ended: z.strictObject({ how: z.enum(["declined", "withdrawn"]), personId: thingId, atMs: z.int() }).nullable(),
        reviewers: z.array(thingId).max(PROPOSAL_REVIEWERS_MAX),
      })
      .nullable()
      .optional()
      .describe("Who is asked and how it ended, as it was; null takes it back"),
    open: z.array(z.int().min(0)).max(PROPOSAL_CHANGES_MAX).optional().describe("Changes that are open again"),
    accepted: z.array(z.int().min(0)).max(PROPOSAL_CHANGES_MAX).optional().describe("Changes that are accepted again"),
  }),
  answer: nothing,
  status: 204,
  problems: [],
  rateClass: "write",
  mcp: "none",
});
