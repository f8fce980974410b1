import type { OperationCall } from "../../platform/bundle/bundle.ts";
import type { MadeRequest } from "../../platform/bundle/mine.ts";
import type { ChangeWithContents } from "../../platform/changes/read.ts";
import type { ApprovalKind } from "./commands.ts";
import { APPROVAL, DEPUTY, POLICY } from "./model.ts";

/** The call that takes a change of approvals back; null for a change of something else, and where the thing's own undo does it. */
export function inverseOfApprovals(
  { thing, kind, fields, before, after }: ChangeWithContents,
  kinds: readonly ApprovalKind[],
): OperationCall | null {
  if (thing.type === APPROVAL) {
    const isOver = fields.includes("state");
    const of = kinds.find((each) => each.kind === (after as { readonly kind?: string } | null)?.kind);
    if (isOver && of?.isUndoneItself === true) return null;
    const what = kind === "created" ? "request" : isOver ? "decision" : "answer";
    return { id: "approvals.takeBack", input: { params: { id: thing.id }, query: {}, body: { what } } };
  }
  if (thing.type === POLICY) {
    const params = { kind: thing.id };
    return before === null
      ? { id: "approvalPolicies.remove", input: { params, query: {}, body: undefined } }
      : { id: "approvalPolicies.put", input: { params, query: {}, body: before } };
  }
  if (thing.type !== DEPUTY) return null;
  if (kind === "created")
    return { id: "deputies.remove", input: { params: { id: thing.id }, query: {}, body: undefined } };
  const { personId, deputyId, from, until } = (before ?? after) as Record<string, string | null>;
  return { id: "deputies.create", input: { params: {}, query: {}, body: { personId, deputyId, from, until } } };
}

/** What a request did to approvals, in a few words for who made it; null for what changed none. */
export function summaryOfApprovals({ changes }: MadeRequest): string | null {
  const types = new Set(changes.map(({ thing }) => thing.type));
  if (types.has(APPROVAL)) return "Answered a request";
  if (types.has(POLICY)) return "Changed how requests are approved";
  return types.has(DEPUTY) ? "Changed who stands in" : null;
}
