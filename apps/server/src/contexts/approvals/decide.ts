import { approvalProblems, limits, refuseApproval, type Refused } from "@hourwright/contract";
import type {
  Answer,
  Approval,
  Approved,
  Decided,
  Declined,
  Facts,
  Lapsed,
  Passed,
  Policy,
  Step,
  Waiting,
  Withdrawn,
} from "./model.ts";
import {
  canBeHandedOn,
  canBeReached,
  namedBy,
  peopleAsked,
  seatFor,
  seatsOf,
  stepOf,
  yesIn,
  type Seat,
} from "./seats.ts";

// Pure: what becomes of something that is asked for. Every function is given one instant, that of the facts.

type Over = Refused<"approvals/over">;
type NotAsked = Refused<"approvals/not-asked">;

/** What is asked for, before anybody has answered. */
export type Wish = Pick<Approval, "id" | "kind" | "subjectId" | "label" | "requestedBy" | "concerns" | "policy">;

/**
 * Begins at the first step. Refused where the policy wants nobody asked who would have to approve it themselves, and where a step
 * finds nobody who can answer.
 */
export function begin(
  wish: Wish,
  facts: Facts,
): Waiting | Refused<"approvals/self-approval" | "approvals/nobody-to-ask"> {
  const { policy } = wish;
  const first = waitingAt({ ...wish, askedMs: facts.atMs, answers: [], passed: [] }, facts.atMs);
  if (policy.selfApproval === "refused" && policy.requester === "refuse" && namesSelf(first, facts))
    return refuseApproval("self-approval", "themselves", {});
  for (let n = 0; n < policy.steps.length; n++) {
    const there = {
      ...first,
      passed: policy.steps.slice(0, n).map((): Passed => ({ how: "quorum", atMs: facts.atMs })),
    };
    const { quorum } = policy.steps[n]!;
    if (!canBeReached(seatsOf(there, facts), quorum)) return tooFew(n, quorum, peopleAsked(seatsOf(there, facts)).size);
  }
  return first;
}

function namesSelf(approval: Waiting, facts: Facts): boolean {
  const named = new Set(approval.policy.steps.flatMap((step) => namedBy(approval, facts, step.who)));
  return named.has(approval.requestedBy) || named.has(approval.concerns);
}

function tooFew(step: number, quorum: number, can: number): Refused<"approvals/nobody-to-ask"> {
  return refuseApproval("nobody-to-ask", "few", { step: step + 1, quorum, can });
}

/**
 * What somebody says. Where one yes is enough, one no is too; else it is declined once the others cannot agree without it. Whom it was
 * handed on to decides alone.
 */
export function answer(
  before: Approval,
  said: Pick<Answer, "personId" | "says" | "reason">,
  facts: Facts,
): Approval | Over | NotAsked {
  const approval = settle(before, facts);
  if (approval.state !== "waiting") return over(approval);
  const seats = seatsOf(approval, facts);
  const seat = seatFor(seats, said.personId);
  if (seat === null) return notAsked(seats, said.personId);
  const given: Answer = { ...said, step: stepOf(approval), forId: seat.forId, by: seat.by, atMs: facts.atMs };
  const told = { ...approval, answers: [...approval.answers, given] };
  const after = seats.map((each) => (each === seat ? { ...each, askedIds: [], answer: given } : each));
  return said.says === "yes" ? withYes(told, after, given) : withNo(told, after, given);
}

function withYes(approval: Waiting, seats: readonly Seat[], given: Answer): Waiting | Approved {
  if (given.by === "escalation") return pass(approval, { how: "escalation", atMs: given.atMs });
  const { quorum } = approval.policy.steps[given.step]!;
  const isEnough = yesIn(seats.filter(({ by }) => by !== "escalation")) >= quorum;
  return isEnough ? pass(approval, { how: "quorum", atMs: given.atMs }) : approval;
}

function withNo(approval: Waiting, seats: readonly Seat[], given: Answer): Waiting | Declined {
  const { quorum } = approval.policy.steps[given.step]!;
  const isHandedOn = seats.some(({ by, answer }) => by === "escalation" && answer === null);
  const isOpen = quorum > 1 && (isHandedOn || canBeReached(seats, quorum));
  if (given.by !== "escalation" && isOpen) return approval;
  return { ...asked(approval), state: "declined", endedMs: given.atMs, endedBy: given.personId, reason: given.reason };
}

/** What the clock has made of it: at most one deadline, for what follows has its own time from then on. */
export function settle(approval: Approval, facts: Facts): Approval {
  if (approval.state !== "waiting" || approval.dueMs === null || approval.dueMs > facts.atMs) return approval;
  const { atMs } = facts;
  const { atDeadline } = approval.policy.steps[stepOf(approval)]!;
  switch (atDeadline.kind) {
    case "approve":
      return pass(approval, { how: "deadline", atMs });
    case "decline":
      return { ...asked(approval), state: "declined", endedMs: atMs, endedBy: null, reason: null };
    case "lapse":
      return lapse(approval, null, atMs);
    case "escalate":
      if (!canBeHandedOn(approval, facts)) return lapse(approval, null, atMs);
      return { ...approval, escalations: approval.escalations + 1, dueMs: dueAt(approval, atMs) };
  }
}

/** Whoever asked, or whom it concerns, takes it back. */
export function withdraw(before: Approval, byId: string | null, atMs: number): Withdrawn | Over {
  if (before.state !== "waiting") return over(before);
  return { ...asked(before), state: "withdrawn", endedMs: atMs, endedBy: byId };
}

/** It ends without an answer: time ran out, or what it was for cannot be done any more. */
export const lapse = (approval: Waiting, reason: string | null, atMs: number): Lapsed => ({
  ...asked(approval),
  state: "lapsed",
  endedMs: atMs,
  reason,
});

/** Takes an answer back while its step still waits. */
export function takeBack(approval: Approval, personId: string): Waiting | Over | NotAsked {
  if (approval.state !== "waiting") return over(approval);
  const step = stepOf(approval);
  const answers = approval.answers.filter((each) => each.step !== step || each.personId !== personId);
  if (answers.length < approval.answers.length) return { ...approval, answers };
  return refuseApproval("over", "behind", {});
}

const over = ({ state }: Decided): Over => refuseApproval("over", "state", { state });

function notAsked(seats: readonly Seat[], personId: string): NotAsked {
  const given = seats.find(({ answer }) => answer?.personId === personId);
  if (given !== undefined) return refuseApproval("not-asked", "answered", {});
  const other = seats.find(({ forId, answer }) => forId === personId && answer !== null);
  if (other !== undefined) return refuseApproval("not-asked", "deputy", {});
  return refuseApproval("not-asked", "step", {});
}

function pass(approval: Waiting, passed: Passed): Waiting | Approved {
  const next = { ...asked(approval), passed: [...approval.passed, passed] };
  if (next.passed.length < approval.policy.steps.length) return waitingAt(next, passed.atMs);
  return { ...next, state: "approved", endedMs: passed.atMs };
}

type Asked = Omit<Waiting, "state" | "sinceMs" | "dueMs" | "escalations">;

const waitingAt = (approval: Asked, atMs: number): Waiting => ({
  ...approval,
  state: "waiting",
  sinceMs: atMs,
  dueMs: dueAt(approval, atMs),
  escalations: 0,
});

function dueAt({ policy, passed }: Asked, atMs: number): number | null {
  const { deadlineMinutes } = policy.steps[passed.length]!;
  return deadlineMinutes === null ? null : atMs + deadlineMinutes * 60_000;
}

function asked(approval: Waiting): Asked {
  const { state: _, sinceMs: __, dueMs: ___, escalations: ____, ...rest } = approval;
  return rest;
}

/** A policy as it may be kept. `isPerson`: whether somebody is here. Refused with the number of the step that cannot be. */
export function policyOf(
  wish: Policy,
  isPerson: (id: string) => boolean,
): Policy | Refused<"approvals/policy-invalid"> {
  for (const [n, step] of wish.steps.entries()) {
    const wrong = wrongOf(step, isPerson);
    if (wrong !== null) return approvalProblems.refuse("policy-invalid", `Step ${n + 1}: ${wrong}`);
  }
  return wish;
}

function wrongOf({ who, quorum, deadlineMinutes, atDeadline }: Step, isPerson: (id: string) => boolean): string | null {
  const targets = atDeadline.kind === "escalate" ? atDeadline.to : [];
  const named = [...who, ...targets].flatMap((each) => (each.kind === "people" ? each.ids : []));
  if (who.length === 0 || who.some((each) => each.kind === "people" && each.ids.length === 0)) return "it asks nobody.";
  if (named.some((id) => !isPerson(id))) return "one of those named is nobody here.";
  const people = new Set(who.flatMap((each) => (each.kind === "people" ? each.ids : [])));
  if (people.size > limits.APPROVERS_OF_A_STEP_MAX)
    return `it names ${people.size} people; ${limits.APPROVERS_OF_A_STEP_MAX} are the limit.`;
  if (who.every(({ kind }) => kind === "people") && quorum > people.size)
    return `it wants ${quorum} to say yes, and names ${people.size === 1 ? "one" : people.size}.`;
  if (deadlineMinutes === null && atDeadline.kind !== "lapse") return "without a deadline nothing happens at it.";
  if (atDeadline.kind === "escalate" && targets.length === 0) return "it is to be handed on, and to nobody.";
  return null;
}
