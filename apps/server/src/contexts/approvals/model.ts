import type { Role } from "../../platform/operations/context.ts";

/** Who is asked in a step. Levels count from the department of whom it concerns: 0 its own managers, 1 those above. */
export type Who =
  | { readonly kind: "people"; readonly ids: readonly string[] }
  | { readonly kind: "role"; readonly role: Role }
  | { readonly kind: "managers"; readonly level: number };

/** To whom a step goes that was not answered in time: `above`: one level of managers higher each time, then who runs the organisation. */
export type Escalation = Who | { readonly kind: "above" };

export type AtDeadline =
  | { readonly kind: "approve" | "decline" | "lapse" }
  | { readonly kind: "escalate"; readonly to: readonly Escalation[] };

export type Step = {
  readonly who: readonly Who[];
  /** So many of them have to say yes. */
  readonly quorum: number;
  /** Null: it waits for as long as it takes; then `atDeadline` says nothing. */
  readonly deadlineMinutes: number | null;
  readonly atDeadline: AtDeadline;
};

/** How requests of a kind are approved: steps one after the other. */
export type Policy = {
  readonly steps: readonly Step[];
  /** Whether whom it concerns may approve it: never, only where nobody else can, or like anybody. */
  readonly selfApproval: "refused" | "only" | "allowed";
  /** Where they may not and are among those asked: the others are asked without them, or nothing may be asked at all. */
  readonly requester: "skip" | "refuse";
};

/** Where no policy of a kind was set. */
export const DEFAULT_POLICY: Policy = {
  steps: [{ who: [{ kind: "managers", level: 0 }], quorum: 1, deadlineMinutes: null, atDeadline: { kind: "lapse" } }],
  selfApproval: "only",
  requester: "skip",
};

/** Why somebody has a place in a step: it names them, it was handed on to them, or too few of those it names can answer. */
export type Place = "step" | "escalation" | "too-few";

/** What somebody said in a step; `forId` is whose place they took, their own or that of whom they stand in for. */
export type Answer = {
  readonly step: number;
  readonly personId: string;
  readonly forId: string;
  readonly by: Place;
  readonly says: "yes" | "no";
  readonly reason: string | null;
  readonly atMs: number;
};

/** A step that is behind: those asked agreed, whom it was escalated to agreed, or its time ran out and that counts as a yes. */
export type Passed = { readonly how: "quorum" | "escalation" | "deadline"; readonly atMs: number };

type Asked = {
  readonly id: string;
  /** What it is about: the kind of a context, and the id of its thing. */
  readonly kind: string;
  readonly subjectId: string;
  readonly label: string;
  /** Who asked, and whom it concerns: whose managers are asked, and who does not approve it themselves. */
  readonly requestedBy: string;
  readonly concerns: string;
  readonly askedMs: number;
  /** As it was when it was asked: a policy that is changed changes nothing that runs. */
  readonly policy: Policy;
  readonly answers: readonly Answer[];
  readonly passed: readonly Passed[];
};

/** Waits at the step after those passed. */
export type Waiting = Asked & {
  readonly state: "waiting";
  readonly sinceMs: number;
  readonly dueMs: number | null;
  /** How often its step was handed on. */
  readonly escalations: number;
};

export type Approved = Asked & { readonly state: "approved"; readonly endedMs: number };
export type Declined = Asked & {
  readonly state: "declined";
  readonly endedMs: number;
  /** Null: its time ran out. */
  readonly endedBy: string | null;
  readonly reason: string | null;
};
export type Withdrawn = Asked & {
  readonly state: "withdrawn";
  readonly endedMs: number;
  readonly endedBy: string | null;
};
/** Nobody answered in time, or it cannot be done any more: it is neither a yes nor a no. */
export type Lapsed = Asked & { readonly state: "lapsed"; readonly endedMs: number; readonly reason: string | null };

export type Decided = Approved | Declined | Withdrawn | Lapsed;
export type Approval = Waiting | Decided;

/** What is known of somebody at an instant. */
export type Person = {
  /** Whether they are here and can sign in: else they answer nothing any more. */
  readonly isHere: boolean;
  readonly isAway: boolean;
  /** Who stands in for them at that instant, in their order. */
  readonly deputies: readonly string[];
};

/** What people are at one instant, as far as one approval asks. */
export type Facts = {
  readonly atMs: number;
  /** Who manages whom it concerns, nearest first. */
  readonly levels: readonly (readonly string[])[];
  readonly byRole: ReadonlyMap<Role, readonly string[]>;
  readonly people: ReadonlyMap<string, Person>;
};

/** One line of what approving would do: coverage, a rule that is broken, cost; told as its kind has worded it. */
export type EffectLine = {
  readonly label: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly worse: boolean;
  /** Of whom, and of what the label is made, where that is known: pages say it in their language. */
  readonly who?: string | null | undefined;
  readonly facts?: Readonly<Record<string, unknown>> | undefined;
};

/** What the log of changes calls them. */
export const APPROVAL = "approval";
/** Who is asked for one, which changes without anybody deciding. */
export const ASKED = "approvalAsked";
export const POLICY = "approvalPolicy";
export const DEPUTY = "deputy";
