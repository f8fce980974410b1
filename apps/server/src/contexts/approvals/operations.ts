import { isRefused, itemProblemOf, type Refused } from "@hourwright/contract";
import type { Unit } from "../../platform/db/database.ts";
import type { RequestContext } from "../../platform/operations/context.ts";
import type { Handlers } from "../../platform/operations/dispatcher.ts";
import {
  answerApproval,
  noApproval,
  takeBackByHand,
  withdrawByHand,
  type ApprovalPorts,
  type Said,
} from "./commands.ts";
import { listDeputies, nameDeputy, removeDeputy } from "./deputies.ts";
import type { Approval } from "./model.ts";
import { setPolicy, shownPolicies, unsetPolicy } from "./policies.ts";
import { approvalInFull, pageOfApprovals, shownApprovals } from "./queries.ts";
import { approvalById } from "./store.ts";

type ApprovalIds =
  | "approvals.list"
  | "approvals.read"
  | "approvals.approve"
  | "approvals.decline"
  | "approvals.withdraw"
  | "approvals.decide"
  | "approvals.takeBack"
  | "approvalPolicies.list"
  | "approvalPolicies.put"
  | "approvalPolicies.remove"
  | "deputies.list"
  | "deputies.create"
  | "deputies.remove";

/** Requests of every kind, how they are approved, and who stands in for whom. */
export function approvalOperations(ports: ApprovalPorts): Handlers<ApprovalIds> {
  const say = (said: Said, context: RequestContext) =>
    context.write((unit) => shown(unit, context, said.id, sayOne(unit, context, said)));

  /** What somebody says; who may not even know of it is told that there is nothing. */
  async function sayOne(unit: Unit, { caller }: RequestContext, said: Said) {
    const answered = await answerApproval(unit, ports, caller!.personId, said);
    if (!isRefused(answered) || answered.refused.code !== "approvals/not-asked") return answered;
    const seen = await approvalInFull(unit, ports, caller!, said.id);
    return isRefused(seen) ? noApproval : answered;
  }

  async function shown<Code extends string>(
    unit: Unit,
    { caller }: RequestContext,
    id: string,
    work: Promise<Approval | Refused<Code>>,
  ) {
    const done = await work;
    if (isRefused(done)) return done;
    return (await shownApprovals(unit, ports, caller!, [(await approvalById(unit, id))!]))[0]!;
  }

  return {
    "approvals.list": ({ query }, context) =>
      context.read((unit) => pageOfApprovals(unit, ports, context.caller!, query)),

    "approvals.read": ({ params }, context) =>
      context.read((unit) => approvalInFull(unit, ports, context.caller!, params.id)),

    "approvals.approve": ({ params, body }, context) =>
      say({ id: params.id, says: "yes", reason: body.reason }, context),

    "approvals.decline": ({ params, body }, context) =>
      say({ id: params.id, says: "no", reason: body.reason }, context),

    "approvals.withdraw": ({ params }, context) =>
      context.write((unit) =>
        shown(unit, context, params.id, withdrawByHand(unit, ports, context.caller!.personId, params.id)),
      ),

    "approvals.decide": async ({ body }, context) => {
      // In order of id, so that two who decide the same at once wait for each other and not crosswise.
      const items = [...new Map(body.items.map((each) => [each.id, each])).values()].sort((a, b) =>
        a.id < b.id ? -1 : 1,
      );
      const outcomes = body.atomic
        ? await context.write(async (unit) => {
            const done = [];
            for (const item of items) {
              const answered = await sayOne(unit, context, item);
              if (isRefused(answered)) return answered;
              done.push(outcomeOf(item.id, answered));
            }
            return done;
          })
        : await eachByItself(items, async (item) =>
            outcomeOf(item.id, await context.write((unit) => sayOne(unit, context, item))),
          );
      return isRefused(outcomes) ? outcomes : { items: outcomes };
    },

    "approvals.takeBack": async ({ params, body }, context) => {
      const { personId } = context.caller!;
      const done = await context.write((unit) =>
        takeBackByHand(unit, ports, personId, { id: params.id, what: body.what }),
      );
      return isRefused(done) ? (done as Refused<"approvals/over">) : null;
    },

    "approvalPolicies.list": async (_input, context) => ({
      items: await context.read((unit) => shownPolicies(unit, ports.kinds)),
    }),

    "approvalPolicies.put": async ({ params, body }, context) => {
      const key = { kind: params.kind, ifMatch: context.ifMatch };
      const set = await context.write((unit) => setPolicy(unit, ports.kinds, key, body));
      if (isRefused(set)) return set;
      context.reply.headers["etag"] = `"${set.version}"`;
      return set;
    },

    "approvalPolicies.remove": ({ params }, context) =>
      context.write((unit) => unsetPolicy(unit, { kind: params.kind, ifMatch: context.ifMatch })),

    "deputies.list": ({ query }, context) =>
      context.read((unit) => listDeputies(unit, context.caller!, query.personId ?? context.caller!.personId)),

    "deputies.create": async ({ body }, context) => {
      const wish = { ...body, personId: body.personId ?? context.caller!.personId };
      const named = await context.write((unit) => nameDeputy(unit, context.caller!, wish));
      if (isRefused(named)) return named;
      context.reply.headers["location"] = `/v1/deputies/${named.id}`;
      return named;
    },

    "deputies.remove": ({ params }, context) => context.write((unit) => removeDeputy(unit, context.caller!, params.id)),
  };
}

function outcomeOf(id: string, answered: Approval | Refused) {
  if (!isRefused(answered)) return { id, state: answered.state, problem: null };
  return { id, state: null, problem: itemProblemOf(answered) };
}

async function eachByItself<Item, Outcome>(items: readonly Item[], work: (item: Item) => Promise<Outcome>) {
  const outcomes: Outcome[] = [];
  for (const item of items) outcomes.push(await work(item));
  return outcomes;
}
