import { z } from "zod";
import { operation } from "../operation.ts";
import { instant, nextCursor, plainText, thingId } from "../values.ts";
import { conflict, conflictsCut, KEPT_NOTE_CHARACTERS_MAX, repair } from "./planning-things.ts";
import { closedBecause } from "../slot-reasons.ts";
import { brokenRule } from "./rules.ts";

const givenEvent = z.strictObject({
  id: plainText(200).optional(),
  uid: plainText(1_000).optional(),
  title: plainText(1_000).optional(),
  start: instant,
  end: instant,
  attendees: z.array(plainText(254)).max(500).optional(),
  resources: z.array(plainText(254)).max(100).optional(),
  calendar: plainText(200).optional().describe("Whose time it takes: events of one calendar overlap each other"),
});

export const GIVEN_EVENTS_MAX = 10_000;

export const detectConflicts = operation({
  id: "ai.detectConflicts",
  kind: "query",
  method: "POST",
  path: "/v1/ai/detect-conflicts",
  summary: "Find every conflict of a window: among all you may see, or among the events given",
  body: z.strictObject({
    timeRange: z.strictObject({ start: instant, end: instant }),
    events: z.array(givenEvent).max(GIVEN_EVENTS_MAX).optional(),
    subjects: z.array(thingId).max(500).optional().describe("Only conflicts of these people and things"),
    options: z
      .strictObject({
        includeTravel: z.boolean().optional(),
        includeCapacity: z.boolean().optional(),
        confidenceThreshold: z.number().min(0).max(1).optional(),
      })
      .optional(),
  }),
  answer: z.object({
    conflicts: z.array(conflict),
    processingTime: z.number().describe("Milliseconds"),
    confidence: z.number(),
    metadata: z.object({
      aiModelVersion: z.string(),
      featuresUsed: z.array(z.string()),
      conflictsCut,
      stages: z
        .array(z.object({ stage: z.string(), ms: z.number(), budgetMs: z.number() }))
        .describe("How long each stage took, and may take; one that took longer is logged and counted"),
    }),
  }),
  status: 200,
  problems: ["calendars/ends-before-start", "calendars/out-of-range"],
  permission: "conflict.read",
  rateClass: "heavy",
  mcp: "read",
  since: "0.1.0",
  example: { body: { timeRange: { start: "2027-01-01T00:00:00+01:00", end: "2028-01-01T00:00:00+01:00" } } },
});

export const suggestRepairs = operation({
  id: "ai.suggestRepairs",
  kind: "query",
  method: "POST",
  path: "/v1/ai/suggest-repairs",
  summary: "What would remove a conflict: ranked, each re-checked",
  body: z.strictObject({
    conflictId: plainText(100).optional(),
    conflict: z
      .looseObject({ id: z.string().max(100) })
      .optional()
      .describe("A conflict as detect-conflicts answered it"),
    maxSuggestions: z.int().min(1).max(20).default(5),
  }),
  answer: z.object({
    suggestions: z.array(repair),
    recommendedSuggestion: repair.nullable(),
    reasoning: z.string(),
    confidence: z.number(),
  }),
  status: 200,
  problems: ["planning/conflict-gone"],
  permission: "conflict.read",
  rateClass: "heavy",
  mcp: "read",
  since: "0.1.0",
  example: { body: { conflictId: "cfl_…" } },
});

/** What a step that can be undone answers. */
export const applied = z.object({
  requestId: z.string().describe("Undo takes it back: POST /v1/requests/{requestId}/undo"),
  summary: z.string(),
  undoable: z.boolean(),
  changed: z.array(z.object({ type: z.string(), id: z.string() })),
});

export const applyRepair = operation({
  id: "repairs.apply",
  kind: "command",
  method: "POST",
  path: "/v1/repairs/{id}/apply",
  summary: "Apply a repair as one undoable step, after checking it once more",
  params: z.strictObject({ id: plainText(120) }),
  answer: applied,
  status: 200,
  problems: ["planning/conflict-gone", "planning/repair-stale", "claims/taken", "calendars/read-only"],
  permission: "conflict.repair",
  idempotent: true,
  rateClass: "write",
  mcp: "propose",
  since: "0.1.0",
  example: {},
});

export const undoRequest = operation({
  id: "requests.undo",
  kind: "command",
  method: "POST",
  path: "/v1/requests/{id}/undo",
  summary: "Undo what a request changed; redo is undo of the undo",
  params: z.strictObject({ id: plainText(100) }),
  answer: applied,
  status: 200,
  problems: ["undo/nothing", "undo/changed-since", "undo/not-yours", "claims/taken"],
  permission: "signed-in",
  idempotent: true,
  rateClass: "write",
  mcp: "none",
  since: "0.1.0",
  example: {},
});

/** Conflicts that are kept, or let count again, in one step. */
export const CONFLICTS_KEPT_AT_ONCE_MAX = 100;

const conflictIds = z.array(plainText(100)).min(1).max(CONFLICTS_KEPT_AT_ONCE_MAX);

export const keepConflicts = operation({
  id: "conflicts.keep",
  kind: "command",
  method: "POST",
  path: "/v1/conflicts/keep",
  summary: "Keep both: the conflicts no longer count, until one of their events moves. All or none, one undoable step",
  body: z.strictObject({
    ids: conflictIds,
    note: plainText(KEPT_NOTE_CHARACTERS_MAX).nullable().default(null).describe("Why, for those who see it kept"),
  }),
  answer: applied,
  status: 200,
  problems: ["planning/conflict-gone", "planning/not-yours", "planning/too-many-kept"],
  permission: "conflict.repair",
  idempotent: true,
  rateClass: "write",
  mcp: "propose",
  since: "0.1.0",
  example: {},
});

export const releaseConflicts = operation({
  id: "conflicts.release",
  kind: "command",
  method: "POST",
  path: "/v1/conflicts/release",
  summary: "Let conflicts that are kept count again. All or none, one undoable step",
  body: z.strictObject({ ids: conflictIds }),
  answer: applied,
  status: 200,
  problems: ["planning/conflict-gone", "planning/not-yours"],
  permission: "conflict.repair",
  idempotent: true,
  rateClass: "write",
  mcp: "propose",
  since: "0.1.0",
  example: {},
});

export const putKept = operation({
  id: "conflicts.putKept",
  kind: "command",
  method: "PUT",
  path: "/v1/internal/conflicts/{id}/kept",
  internal: true,
  summary: "Put back that a conflict is kept, or that it is not, as it was",
  params: z.strictObject({ id: plainText(100) }),
  body: z.strictObject({
    clash: plainText(100).describe("What clashed, and when"),
    kept: z
      .strictObject({
        startMs: z.int(),
        endMs: z.int(),
        personId: thingId,
        atMs: z.int(),
        note: plainText(KEPT_NOTE_CHARACTERS_MAX).nullable(),
      })
      .nullable(),
  }),
  answer: z.object({ id: z.string() }),
  status: 200,
  problems: [],
  permission: "conflict.repair",
  rateClass: "write",
  mcp: "none",
  since: "0.1.0",
  example: {},
});

const span = z.object({ start: z.string(), end: z.string() });

const resolution = z
  .object({
    id: thingId,
    requestId: z.string().describe("Undo takes all of it back: POST /v1/requests/{requestId}/undo"),
    at: z.string(),
    by: z.string().describe("Who, by name"),
    mine: z.boolean().describe("Whether you did it, and may undo it while nobody has changed it since"),
    kind: z.string(),
    events: z.array(z.string()).describe("What clashed, by title; “Busy” where you may not know"),
    moves: z.array(
      z.object({
        eventId: z.string().nullable(),
        summary: z.string(),
        from: span,
        to: span,
        add: z.array(z.string()).describe("Who and what takes part instead, by name"),
        remove: z.array(z.string()).describe("Who and what takes part no more, by name"),
        rest: span.nullable().describe("When its second part is; null: it has none"),
      }),
    ),
  })
  .meta({ id: "Resolution" });

export const RESOLUTIONS_OF_A_PAGE_MAX = 200;

export const listResolutions = operation({
  id: "conflicts.resolved",
  kind: "query",
  method: "GET",
  path: "/v1/conflicts/resolved",
  summary: "What repairs have put right and still stands, newest first; a page holds what you may know of its stretch",
  query: z.strictObject({
    limit: z.int().min(1).max(RESOLUTIONS_OF_A_PAGE_MAX).default(50),
    cursor: z.string().max(500).optional().describe("`nextCursor` of the page before"),
  }),
  answer: z.object({ items: z.array(resolution), nextCursor }),
  status: 200,
  list: "items",
  problems: [],
  permission: "conflict.read",
  rateClass: "read",
  mcp: "read",
  since: "0.1.0",
  example: { query: { limit: "5" } },
});

/** Repairs of one proposal: what one person can look through. */
export const REPAIRS_OF_A_PROPOSAL_MAX = 50;

const strain = z.object({
  overDays: z.int().describe("Days over the organisation’s limit, counted for each person by their own load"),
  focusMinutes: z.int().describe("Free time in working hours, in stretches as long as the organisation’s focus time"),
});

const proposal = z.strictObject({
  repairs: z
    .array(plainText(120))
    .min(1)
    .max(REPAIRS_OF_A_PROPOSAL_MAX)
    .describe("Ids of repairs, of different conflicts, in the order in which they are to be made"),
});

export const checkProposal = operation({
  id: "proposals.check",
  kind: "query",
  method: "POST",
  path: "/v1/proposals/check",
  summary:
    "What some repairs would do together: each one made on a copy, after those before it, and everything detected again",
  body: proposal,
  answer: z.object({
    checkedAt: z.string(),
    repairs: z.array(
      z.object({
        asked: z.string().describe("The repair's id as it was given"),
        conflictId: z.string().nullable(),
        state: z
          .enum(["ready", "changed", "solved", "gone", "stuck"])
          .describe(
            "ready: as asked · changed: its time went, `repair` is now the best one · solved: one before it does it · gone: no conflict any more · stuck: nothing is left that you may move",
          ),
        repair: repair.nullable(),
        before: z.array(span).describe("When the moved things are now, one for each move of `repair`"),
        told: z.array(z.string()).describe("Whose time it takes beside yours, by name"),
        effect: strain.nullable().describe("By how much it changes these numbers, after those before it"),
      }),
    ),
    solved: z.array(z.string()).describe("Ids of the conflicts that all of them together remove"),
    made: z.int().describe("Conflicts that there would be and are not now"),
    told: z.array(z.string()).describe("Whose time all of them take beside yours, each once"),
    effect: z
      .object({
        overFrom: z.number().describe("The load from which a day is over"),
        before: strain,
        after: strain,
      })
      .nullable()
      .describe(
        "For the people whose time is taken, in the months that are touched; null where nobody’s working time is known, or nothing is made",
      ),
  }),
  status: 200,
  problems: [],
  permission: "conflict.read",
  rateClass: "heavy",
  mcp: "read",
  since: "0.1.0",
  example: { body: { repairs: ["rep_…"] } },
});

export const applyProposal = operation({
  id: "proposals.apply",
  kind: "command",
  method: "POST",
  path: "/v1/proposals/apply",
  summary: "Apply some repairs as one undoable step, after checking all of them once more: all or none",
  body: proposal,
  answer: applied,
  status: 200,
  problems: ["planning/conflict-gone", "planning/repair-stale", "claims/taken", "calendars/read-only"],
  permission: "conflict.repair",
  idempotent: true,
  rateClass: "write",
  mcp: "propose",
  since: "0.1.0",
  example: {},
});

export const whyNot = operation({
  id: "conflicts.whyNot",
  kind: "query",
  method: "POST",
  path: "/v1/conflicts/{id}/why-not",
  summary: "What stands against another time for one event of a conflict; when nothing does, the repair that it is",
  params: z.strictObject({ id: plainText(100) }),
  body: z.strictObject({
    eventId: thingId,
    recurrenceId: plainText(40).nullable().default(null),
    start: instant,
    end: instant,
  }),
  answer: z.object({
    mayMove: z.boolean().describe("Whether you may move the event at all"),
    isPast: z.boolean().describe("Whether that time has begun: nothing is moved there"),
    taken: z
      .array(
        z.object({
          subject: z.string().describe("Who or what is taken then, by name"),
          title: z.string().nullable().describe("By what; null where you may not know"),
          start: z.string(),
          end: z.string(),
        }),
      )
      .describe("At most three for each of those whose time the event takes"),
    free: z.array(z.string()).describe("Who and what is free then, by name"),
    outside: z.array(z.string()).describe("Who of them is outside their working hours, which forbids nothing"),
    closed: z
      .array(
        z.object({
          subject: z.string(),
          why: z.string().describe("closed: public holiday in Bavaria (Assumption)"),
          because: closedBecause,
        }),
      )
      .describe("Which layer of opening times says so, for each of these"),
    rules: z
      .array(brokenRule)
      .describe("Rules that would not hold then, the hard first; those that are soft forbid nothing"),
    repair: repair.nullable().describe("Null when something stands against it; may be checked and applied like any"),
  }),
  status: 200,
  problems: ["planning/conflict-gone", "calendars/out-of-range", "calendars/ends-before-start"],
  permission: "conflict.read",
  rateClass: "heavy",
  mcp: "read",
  since: "0.1.0",
  example: {},
});
