import { isRefused, limits, refuseApproval, refuseRequest, type Refused } from "@hourwright/contract";
import type { Unit } from "../../platform/db/database.ts";
import type { IfMatch } from "../../platform/operations/context.ts";
import { subjectsById } from "../identity/public.ts";
import { peopleHere, type ApprovalKind } from "./commands.ts";
import { policyOf } from "./decide.ts";
import { DEFAULT_POLICY, POLICY, type Policy } from "./model.ts";
import { deletePolicy, lockPolicy, policiesOf, putPolicy, type StoredPolicy } from "./store.ts";

const noKind = refuseRequest("not-found", "approval-kind", {});
const versionChanged = refuseRequest("version-changed", "read", {});

type Gone = Refused<"request/not-found" | "request/version-changed">;

/** Each kind with the policy that holds: the one that was set, or what holds without one at version 0. */
export async function shownPolicies(unit: Unit, kinds: readonly ApprovalKind[]) {
  const set = new Map((await policiesOf(unit)).map((each) => [each.kind, each]));
  return Promise.all(
    kinds.map((each) => shownPolicy(unit, each, set.get(each.kind) ?? { ...each, policy: DEFAULT_POLICY, version: 0 })),
  );
}

async function shownPolicy(unit: Unit, { kind, name }: ApprovalKind, { policy, version }: StoredPolicy) {
  const people = await subjectsById(unit, namedIn(policy));
  return {
    kind,
    name,
    isDefault: version === 0,
    ...(structuredClone(policy) as Mutable<Policy>),
    people: people.map((each) => ({ id: each.id, name: each.name })),
    version,
  };
}

type Mutable<T> = T extends object ? { -readonly [Key in keyof T]: Mutable<T[Key]> } : T;

const namedIn = ({ steps }: Policy): string[] => [
  ...new Set(
    steps
      .flatMap(({ who, atDeadline }) => [...who, ...(atDeadline.kind === "escalate" ? atDeadline.to : [])])
      .flatMap((who) => (who.kind === "people" ? who.ids : [])),
  ),
];

/** Sets how a kind is approved from now on. */
export async function setPolicy(
  unit: Unit,
  kinds: readonly ApprovalKind[],
  { kind, ifMatch }: { readonly kind: string; readonly ifMatch: IfMatch },
  wish: Policy,
): Promise<Awaited<ReturnType<typeof shownPolicy>> | Refused<"approvals/policy-invalid"> | Gone> {
  const known = kinds.find((each) => each.kind === kind);
  if (known === undefined) return noKind;
  const before = await lockPolicy(unit, kind);
  if (ifMatch?.includes(before?.version ?? 0) === false) return versionChanged;
  if (before === null && (await policiesOf(unit)).length >= limits.APPROVAL_POLICIES_MAX)
    return refuseApproval("policy-invalid", "too-many", { most: limits.APPROVAL_POLICIES_MAX });
  const here = await peopleHere(unit, namedIn(wish));
  const policy = policyOf(wish, (id) => here.has(id));
  if (isRefused(policy)) return policy;
  const after = { kind, policy, version: (before?.version ?? 0) + 1 };
  await putPolicy(unit, after);
  record(unit, kind, before?.policy ?? null, policy);
  return shownPolicy(unit, known, after);
}

/** Goes back to what holds without a policy. */
export async function unsetPolicy(
  unit: Unit,
  { kind, ifMatch }: { readonly kind: string; readonly ifMatch: IfMatch },
): Promise<null | Gone> {
  const before = await lockPolicy(unit, kind);
  if (before === null) return refuseRequest("not-found", "policy", {});
  if (ifMatch?.includes(before.version) === false) return versionChanged;
  await deletePolicy(unit, kind);
  record(unit, kind, before.policy, null);
  return null;
}

function record(unit: Unit, kind: string, before: Policy | null, after: Policy | null): void {
  const what = before === null ? "created" : after === null ? "removed" : "updated";
  unit.record({ kind: what, thing: { type: POLICY, id: kind }, fields: ["policy"], before, after });
}
