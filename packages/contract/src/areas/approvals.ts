import { z } from "zod";
import { role } from "../identity-values.ts";
import { operation } from "../operation.ts";
import {
  fieldsQuery,
  idParams,
  itemProblem,
  nextCursor,
  nothing,
  pageQuery,
  plainText,
  thingId,
  version,
  objectionFacts,
} from "../values.ts";

/** Steps of one policy. */
export const APPROVAL_STEPS_MAX = 8;
/** People whom one step names; of a role or of managers no more are asked either. */
export const APPROVERS_OF_A_STEP_MAX = 50;
/** Minutes of a deadline: 90 days. */
export const APPROVAL_DEADLINE_MINUTES_MAX = 129_600;
/** Kinds of request that have a policy of their own. */
export const APPROVAL_POLICIES_MAX = 100;
/** Requests that are decided at once. */
export const APPROVALS_DECIDED_MAX = 50;
/** Requests of an organisation that wait at once. */
export const APPROVALS_WAITING_MAX = 20_000;
/** Deputies whom one person names. */
export const DEPUTIES_MAX = 10;
/** Characters of a reason. */
export const APPROVAL_REASON_MAX = 1_000;
/** Lines of what approving would do. */
export const EFFECT_LINES_MAX = 50;

const who = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("people"), ids: z.array(thingId).max(APPROVERS_OF_A_STEP_MAX) }),
  z.strictObject({ kind: z.literal("role"), role }),
  z
    .strictObject({
      kind: z.literal("managers"),
      level: z
        .int()
        .min(0)
        .max(11)
        .describe("0: those of the department of whom it concerns; 1: those above, and so on"),
    })
    .describe("Levels at which nobody can answer are passed over"),
]);

const escalation = z.discriminatedUnion("kind", [
  ...who.options,
  z
    .strictObject({ kind: z.literal("above") })
    .describe("Managers one level higher each time, then who runs the organisation"),
]);

const atDeadline = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.enum(["approve", "decline", "lapse"]) }),
  z.strictObject({
    kind: z.literal("escalate"),
    to: z
      .array(escalation)
      .max(5)
      .describe("One yes of these passes the step, one no declines; the others may still agree"),
  }),
]);

const step = z.strictObject({
  who: z.array(who).min(1).max(10),
  quorum: z.int().min(1).max(APPROVERS_OF_A_STEP_MAX).describe("So many of them have to say yes"),
  deadlineMinutes: z.int().min(1).max(APPROVAL_DEADLINE_MINUTES_MAX).nullable().default(null),
  atDeadline: atDeadline.default({ kind: "lapse" }),
});

const policyFields = {
  steps: z.array(step).min(1).max(APPROVAL_STEPS_MAX),
  selfApproval: z
    .enum(["refused", "only", "allowed"])
    .default("refused")
    .describe("Whether who asks, or whom it concerns, may approve it: never, where nobody else can, or like anybody"),
  requester: z
    .enum(["skip", "refuse"])
    .default("skip")
    .describe("Where they may not and are among those asked: the others are asked, or nothing may be asked"),
};
const policy = z.strictObject(policyFields);

const kindName = z
  .string()
  .regex(/^[a-z][a-zA-Z-]{0,39}$/, "a kind looks like adjustment")
  .describe("What is asked for: adjustment …");

const named = z.object({ id: thingId, name: z.string() });
const effectLine = z.object({
  label: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  worse: z.boolean(),
  who: z.string().nullable().optional().describe("Of whom, where that is not plain"),
  facts: objectionFacts,
});
const state = z.enum(["waiting", "approved", "declined", "withdrawn", "lapsed"]);

const summary = {
  id: thingId,
  kind: z.string(),
  subjectId: z.string(),
  label: z.string(),
  requestedBy: named,
  concerns: named,
  state,
  step: z.int().describe("The step at which it waits, or ended; 1 is the first"),
  steps: z.int(),
  askedAt: z.string(),
  due: z.string().nullable().describe("Until when the step waits"),
  endedAt: z.string().nullable(),
  endedBy: named.nullable().describe("Who declined or withdrew it; null: its time ran out"),
  reason: z.string().nullable(),
  waitsFor: z.array(named).describe("Who may answer now"),
  mayDecide: z.boolean(),
  mayWithdraw: z.boolean(),
  effect: z.array(effectLine).describe("What approving would do, as far as its kind knows"),
  effectAt: z.string(),
  version,
};

const approval = z.object(summary).meta({ id: "Approval" });

const seat = z.object({
  for: named.describe("Whose answer is wanted"),
  asked: z.array(named).describe("Who may give it now: themselves, or who stands in for them"),
  isAway: z.boolean(),
  hasLeft: z.boolean(),
  by: z
    .enum(["step", "escalation", "too-few"])
    .describe("Named by the step; handed on to after the deadline; because too few of those named can answer"),
  answer: z
    .object({ by: named, says: z.enum(["yes", "no"]), reason: z.string().nullable(), at: z.string() })
    .nullable(),
});

const approvalDetail = z
  .object({
    ...summary,
    chain: z.array(
      z.object({
        step: z.int(),
        state: z.enum(["passed", "waiting", "ended", "ahead"]),
        how: z.enum(["quorum", "escalation", "deadline"]).nullable().describe("How it was passed"),
        quorum: z.int(),
        yes: z.int(),
        seats: z.array(seat),
        due: z.string().nullable(),
        atDeadline: z.enum(["approve", "decline", "lapse", "escalate"]).nullable().describe("Null without a deadline"),
        says: z.string().describe("Who waits for whom, in a sentence"),
      }),
    ),
  })
  .meta({ id: "ApprovalDetail" });

const shape = {
  problems: [],
  permission: "signed-in",
  rateClass: "write",
  mcp: "none",
  since: "0.6.0",
  example: {},
} as const;
const reason = plainText(APPROVAL_REASON_MAX).nullable().default(null);

export const listApprovals = operation({
  ...shape,
  id: "approvals.list",
  kind: "query",
  method: "GET",
  path: "/v1/approvals",
  summary: "What waits for you, what you have asked for, or what concerns those whom you manage",
  query: z.strictObject({
    ...pageQuery,
    ...fieldsQuery,
    view: z
      .enum(["decide", "asked", "scope"])
      .default("decide")
      .describe("decide: oldest first; asked and scope: newest first"),
    state: state.optional().describe("Only in this state; what you decide is always waiting"),
  }),
  answer: z.object({ items: z.array(approval), nextCursor }),
  status: 200,
  list: "items",
  rateClass: "read",
  mcp: "read",
});

export const readApproval = operation({
  ...shape,
  id: "approvals.read",
  kind: "query",
  method: "GET",
  path: "/v1/approvals/{id}",
  summary:
    "A request with its steps: who is asked, for whom they stand in, who has answered, until when, and what happens then",
  params: idParams,
  answer: approvalDetail,
  status: 200,
  rateClass: "read",
  mcp: "read",
});

const deciding = {
  ...shape,
  kind: "command",
  method: "POST",
  params: idParams,
  answer: approval,
  status: 200,
} as const;
const decidingProblems = ["approvals/over", "approvals/not-asked", "approvals/cannot-be-done"] as const;

export const approve = operation({
  ...deciding,
  id: "approvals.approve",
  path: "/v1/approvals/{id}/approve",
  summary: "Say yes to what you are asked; the last yes does what was asked for, in the same act",
  body: z.strictObject({ reason }),
  problems: decidingProblems,
  example: { body: { reason: null } },
});

export const decline = operation({
  ...deciding,
  id: "approvals.decline",
  path: "/v1/approvals/{id}/decline",
  summary:
    "Say no, and why. Where one yes is enough, one no is too; else it is declined once the others cannot agree without you",
  body: z.strictObject({
    reason: plainText(APPROVAL_REASON_MAX).refine((text) => text.trim() !== "", "who asked is told why"),
  }),
  problems: decidingProblems,
  example: { body: { reason: "Nobody else is there that week." } },
});

export const withdrawApproval = operation({
  ...deciding,
  id: "approvals.withdraw",
  path: "/v1/approvals/{id}/withdraw",
  summary: "Take back what you have asked for, or what concerns you, while it waits",
  problems: ["approvals/over", "approvals/cannot-be-done"],
});

export const decideApprovals = operation({
  ...shape,
  id: "approvals.decide",
  kind: "command",
  method: "POST",
  path: "/v1/approvals/decide",
  summary: "Answer several at once: all of them or none, or each by itself",
  body: z.strictObject({
    items: z
      .array(z.strictObject({ id: thingId, says: z.enum(["yes", "no"]), reason }))
      .min(1)
      .max(APPROVALS_DECIDED_MAX),
    atomic: z
      .boolean()
      .default(true)
      .describe("All or none; false: each by itself, and what could not be done says why"),
  }),
  answer: z.object({
    items: z.array(
      z.object({
        id: thingId,
        state: state.nullable().describe("What it is now; null where it was refused"),
        problem: itemProblem,
      }),
    ),
  }),
  status: 200,
  problems: decidingProblems,
  example: { body: { items: [{ id: "apr_01J8Z3K4M5N6P7Q8R9S0T1V2W3", says: "yes" }] } },
});

export const takeBackAnswer = operation({
  ...shape,
  id: "approvals.takeBack",
  kind: "command",
  method: "PUT",
  path: "/v1/internal/approvals/{id}",
  internal: true,
  summary: "Take back an answer while its step waits, or the request: what undo is made of. What was decided stays",
  params: idParams,
  body: z.strictObject({ what: z.enum(["request", "answer", "decision"]) }),
  answer: nothing,
  status: 204,
  problems: ["approvals/over", "approvals/not-asked"],
});

const storedPolicy = z
  .object({
    kind: z.string(),
    name: z.string().describe("What is asked for, for people"),
    isDefault: z.boolean().describe("None was set: what holds without one is shown"),
    steps: z.array(step),
    selfApproval: policyFields.selfApproval,
    requester: policyFields.requester,
    people: z.array(named).describe("Those it names"),
    version: z.int().min(0).describe("0 where none was set; send it as If-Match"),
  })
  .meta({ id: "ApprovalPolicy" });

export const listPolicies = operation({
  ...shape,
  id: "approvalPolicies.list",
  kind: "query",
  method: "GET",
  path: "/v1/approval-policies",
  summary: "How each kind of request is approved",
  query: z.strictObject({ ...fieldsQuery }),
  answer: z.object({ items: z.array(storedPolicy) }),
  status: 200,
  list: "items",
  permission: "organisation.manage",
  rateClass: "read",
  mcp: "read",
});

const kindParams = z.strictObject({ kind: kindName });
const onKind = { ...shape, kind: "command", params: kindParams, permission: "organisation.manage" } as const;

export const putPolicy = operation({
  ...onKind,
  id: "approvalPolicies.put",
  method: "PUT",
  path: "/v1/approval-policies/{kind}",
  summary: "Set how a kind of request is approved from now on; what waits already goes on as it was asked",
  body: policy,
  answer: storedPolicy,
  status: 200,
  problems: ["approvals/policy-invalid"],
  precondition: "optional",
  example: {
    params: { kind: "adjustment" },
    body: {
      steps: [
        {
          who: [{ kind: "managers", level: 0 }],
          quorum: 1,
          deadlineMinutes: 2_880,
          atDeadline: { kind: "escalate", to: [{ kind: "above" }] },
        },
      ],
    },
  },
});

export const removePolicy = operation({
  ...onKind,
  id: "approvalPolicies.remove",
  method: "DELETE",
  path: "/v1/approval-policies/{kind}",
  summary: "Go back to what holds without a policy: the managers of the department, or else who runs the organisation",
  answer: nothing,
  status: 204,
  precondition: "optional",
  example: { params: { kind: "adjustment" } },
});

const day = z.iso.date().describe("A day of the person's own clocks");
const deputy = z
  .object({
    id: thingId,
    person: named,
    deputy: named.extend({ retired: z.boolean() }),
    from: z.string().nullable(),
    until: z.string().nullable(),
    isNow: z.boolean().describe("Whether today is in its period"),
  })
  .meta({ id: "Deputy" });

export const listDeputies = operation({
  ...shape,
  id: "deputies.list",
  kind: "query",
  method: "GET",
  path: "/v1/deputies",
  summary: "Who stands in for you, and for whom you stand in, in order; of somebody else for who runs the organisation",
  query: z.strictObject({ ...fieldsQuery, personId: thingId.optional() }),
  answer: z.object({ items: z.array(deputy) }),
  status: 200,
  list: "items",
  rateClass: "read",
  mcp: "read",
});

export const createDeputy = operation({
  ...shape,
  id: "deputies.create",
  kind: "command",
  method: "POST",
  path: "/v1/deputies",
  summary: "Name who answers for you while you are away, or once you have left; the first who can is asked",
  body: z.strictObject({
    personId: thingId.optional().describe("Yourself when left out; somebody else for who runs the organisation"),
    deputyId: thingId,
    from: day.nullable().default(null).describe("The first day; null: from now on"),
    until: day.nullable().default(null).describe("The last day; null: it does not end"),
  }),
  answer: deputy,
  status: 201,
  problems: ["approvals/deputy-invalid"],
  idempotent: true,
  example: { body: { deputyId: "per_01J8Z3K4M5N6P7Q8R9S0T1V2W3" } },
});

export const removeDeputy = operation({
  ...shape,
  id: "deputies.remove",
  kind: "command",
  method: "DELETE",
  path: "/v1/deputies/{id}",
  summary: "Somebody does not stand in any more; what they have answered stays",
  params: idParams,
  answer: nothing,
  status: 204,
});
