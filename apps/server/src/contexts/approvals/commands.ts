import { approvalProblems, isRefused, limits, refuseApproval, refuseRequest, type Refused } from "@hourwright/contract";
import type { Unit } from "../../platform/db/database.ts";
import { subjectsById } from "../identity/public.ts";
import { answer, begin, lapse, settle, takeBack, withdraw } from "./decide.ts";
import { factsFor, nobodyIsAway, type IsAway } from "./facts.ts";
import {
  APPROVAL,
  ASKED,
  DEFAULT_POLICY,
  type Approval,
  type Decided,
  type EffectLine,
  type Facts,
  type Waiting,
} from "./model.ts";
import { peopleAsked, seatsOf } from "./seats.ts";
import {
  countWaiting,
  insertApproval,
  lockApproval,
  lockWaitingFor,
  lookAgainAt,
  policiesOf,
  putAsked,
  updateApproval,
} from "./store.ts";

/**
 * What others let be approved. `effect` tells what approving would do now; `decided` does it, or whatever follows from the end, in the
 * same transaction, under the lock of the request: a refusal of an approval is told to who answers, and nothing was decided.
 */
export type ApprovalKind = {
  readonly kind: string;
  /** For people who set policies. */
  readonly name: string;
  readonly effect: (unit: Unit, subjectId: string) => Promise<readonly EffectLine[]>;
  readonly decided: (unit: Unit, approval: Decided) => Promise<Refused | null>;
  /** Its things are put back by their own undo: the decision stays in the history, and stands in nobody's way. */
  readonly isUndoneItself?: boolean;
};

export type ApprovalPorts = { readonly kinds: readonly ApprovalKind[]; readonly isAway: IsAway };

/** The reconciler that works out who is asked, and lets time run out. */
export const APPROVALS = "approvals.look";

/** Who is away, has left, stands in or manages is looked at again after so long; what is due is looked at when it is. */
export const LOOK_EVERY_MS = 300_000;

export const noApproval = refuseRequest("not-found", "approval", {});

type AskRefused = Refused<
  "approvals/self-approval" | "approvals/nobody-to-ask" | "approvals/already-asked" | "approvals/too-many-waiting"
>;

/**
 * Asks for an approval in the unit of whoever keeps the thing, before its claims (ADR 34). The policy of the kind holds as it is now.
 * `concerns`: whose managers are asked, and who does not approve it; who asks when left out. Who is asked is told by a reconciler.
 */
export async function askApproval(
  unit: Unit,
  wish: {
    readonly kind: string;
    readonly subjectId: string;
    readonly label: string;
    readonly requestedBy: string;
    readonly concerns?: string;
    readonly effect: readonly EffectLine[];
  },
): Promise<Waiting | AskRefused> {
  const { effect, concerns = wish.requestedBy, ...asked } = wish;
  if ((await countWaiting(unit)) >= limits.APPROVALS_WAITING_MAX)
    return refuseApproval("too-many-waiting", "most", { most: limits.APPROVALS_WAITING_MAX });
  const policy = (await policiesOf(unit)).find(({ kind }) => kind === wish.kind)?.policy ?? DEFAULT_POLICY;
  const label = asked.label.slice(0, limits.TITLE_CHARACTERS_MAX);
  const whole = { ...asked, label, concerns, policy, id: unit.newId("apr") };
  const facts = await factsFor(unit, { ...whole, answers: [] }, nobodyIsAway);
  const approval = begin(whole, facts);
  if (isRefused(approval)) return approval;
  if (!(await insertApproval(unit, { approval, effect: effect.slice(0, limits.EFFECT_LINES_MAX) })))
    return refuseApproval("already-asked", "waits", {});
  unit.record({
    kind: "created",
    thing: { type: APPROVAL, id: approval.id },
    fields: ["request"],
    after: toldOf(approval),
  });
  unit.wake(APPROVALS);
  return approval;
}

/** What waits for a thing, held until the unit ends: before the thing itself is. Null when nothing does. */
export async function waitingFor(unit: Unit, kind: string, subjectId: string): Promise<{ readonly id: string } | null> {
  const stored = await lockWaitingFor(unit, kind, subjectId);
  return stored === null ? null : { id: stored.approval.id };
}

/**
 * Withdraws what waits for a thing, in the unit of whoever keeps it and takes it away: its kind is not told. Null when nothing waits.
 */
export async function withdrawApproval(
  unit: Unit,
  { kind, subjectId, byId }: { readonly kind: string; readonly subjectId: string; readonly byId: string | null },
): Promise<Decided | null> {
  const stored = await lockWaitingFor(unit, kind, subjectId);
  if (stored === null) return null;
  const after = withdraw(stored.approval, byId, unit.nowMs);
  if (isRefused(after)) return null;
  await end(unit, after);
  return after;
}

type Answered =
  | Approval
  | Refused<"request/not-found" | "approvals/over" | "approvals/not-asked" | "approvals/cannot-be-done">;

export type Said = { readonly id: string; readonly says: "yes" | "no"; readonly reason: string | null };

/** What somebody says of one request; the last yes does what was asked for. */
export async function answerApproval(
  unit: Unit,
  ports: ApprovalPorts,
  personId: string,
  { id, says, reason }: Said,
): Promise<Answered> {
  const stored = await lockApproval(unit, id);
  if (stored === null) return noApproval;
  const facts = await factsFor(unit, stored.approval, ports.isAway);
  const after = answer(stored.approval, { personId, says, reason }, facts);
  if (isRefused(after)) return after;
  return follow(unit, ports, after, facts, ["answer"]);
}

/** Takes back what waits, as who asked for it or whom it concerns. */
export async function withdrawByHand(
  unit: Unit,
  ports: ApprovalPorts,
  personId: string,
  id: string,
): Promise<Approval | Refused<"request/not-found" | "approvals/over" | "approvals/cannot-be-done">> {
  const stored = await lockApproval(unit, id);
  if (stored === null) return noApproval;
  const { approval } = stored;
  if (approval.requestedBy !== personId && approval.concerns !== personId) return noApproval;
  const after = withdraw(approval, personId, unit.nowMs);
  if (isRefused(after)) return after;
  return (await finish(unit, ports, after, [])) ?? after;
}

/** What undo does: takes back an answer while its step waits, or a request while it does. What was decided stays. */
export async function takeBackByHand(
  unit: Unit,
  ports: ApprovalPorts,
  personId: string,
  { id, what }: { readonly id: string; readonly what: "request" | "answer" | "decision" },
): Promise<Answered> {
  const stored = await lockApproval(unit, id);
  if (stored === null) return noApproval;
  if (what === "request") {
    // Whoever keeps the thing takes it back in the same step: its kind need not be told.
    const after = withdraw(stored.approval, personId, unit.nowMs);
    if (!isRefused(after)) await end(unit, after);
    return after;
  }
  if (what === "decision") return refuseApproval("over", "decided", {});
  const after = takeBack(stored.approval, personId);
  if (isRefused(after)) return after;
  const facts = await factsFor(unit, after, ports.isAway);
  return follow(unit, ports, after, facts, ["answer"]);
}

/** Works out who is asked now, and what the clock has made of it. Safe to repeat. */
export async function lookAt(unit: Unit, ports: ApprovalPorts, id: string): Promise<Answered | null> {
  const stored = await lockApproval(unit, id);
  if (stored === null || stored.approval.state !== "waiting") return null;
  const facts = await factsFor(unit, stored.approval, ports.isAway);
  const after = settle(stored.approval, facts);
  if (after !== stored.approval) return follow(unit, ports, after, facts, ["deadline"]);
  await askThose(unit, stored.approval, facts);
  await lookAgainAt(unit, id, nextLook(stored.approval, unit.nowMs));
  return null;
}

/** What time has approved and its kind cannot do any more ends without an answer. */
export async function lapseInstead(
  unit: Unit,
  ports: ApprovalPorts,
  id: string,
  reason: string,
): Promise<Answered | null> {
  const stored = await lockApproval(unit, id);
  if (stored === null || stored.approval.state !== "waiting") return null;
  const after = lapse(stored.approval, reason, unit.nowMs);
  return (await finish(unit, ports, after, [])) ?? after;
}

/** Stores what became of a request, and asks whoever is asked now; what is decided is done. */
async function follow(
  unit: Unit,
  ports: ApprovalPorts,
  after: Approval,
  facts: Facts,
  fields: readonly string[],
): Promise<Approval | Refused<"approvals/cannot-be-done">> {
  if (after.state !== "waiting") return (await finish(unit, ports, after, fields)) ?? after;
  await updateApproval(unit, after, nextLook(after, unit.nowMs));
  recordChanged(unit, after, fields);
  await askThose(unit, after, facts);
  return after;
}

async function finish(
  unit: Unit,
  { kinds }: ApprovalPorts,
  after: Decided,
  fields: readonly string[],
): Promise<Refused<"approvals/cannot-be-done"> | null> {
  await end(unit, after, fields);
  const refused = (await kinds.find(({ kind }) => kind === after.kind)?.decided(unit, after)) ?? null;
  if (refused === null) return null;
  const { code, detail, extra } = refused.refused;
  const { reason, facts: of } = extra;
  return approvalProblems.refuse("cannot-be-done", detail, { because: code, id: after.id, reason, facts: of });
}

async function end(unit: Unit, after: Decided, fields: readonly string[] = []): Promise<void> {
  await updateApproval(unit, after, unit.nowMs);
  await putAsked(unit, after.id, []);
  recordChanged(unit, after, [...fields, "state"]);
}

/** Asks whoever is asked at the instant of the facts; who is asked anew is told. */
async function askThose(unit: Unit, approval: Waiting, facts: Facts): Promise<void> {
  const people = [...peopleAsked(seatsOf(approval, facts))];
  const anew = await putAsked(unit, approval.id, people);
  if (anew.length === 0) return;
  // A thing of its own: that others are asked meanwhile takes no undo away.
  unit.record({
    kind: "updated",
    thing: { type: ASKED, id: approval.id },
    fields: ["asked"],
    after: { ...toldOf(approval), asked: anew },
  });
}

const nextLook = ({ dueMs }: Waiting, nowMs: number): number => Math.min(dueMs ?? Infinity, nowMs + LOOK_EVERY_MS);

function recordChanged(unit: Unit, after: Approval, fields: readonly string[]): void {
  unit.record({
    kind: "updated",
    thing: { type: APPROVAL, id: after.id },
    fields,
    after: toldOf(after),
  });
}

/** What the log holds of a request: for who tells people of it. */
const toldOf = ({ kind, state, label, requestedBy, concerns }: Approval) => ({
  kind,
  state,
  label,
  requestedBy,
  concerns,
});

/** Whether somebody is a person who is here. */
export async function peopleHere(unit: Unit, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const subjects = await subjectsById(unit, [...new Set(ids)]);
  return new Set(subjects.filter(({ kind, retired }) => kind === "person" && !retired).map(({ id }) => id));
}
