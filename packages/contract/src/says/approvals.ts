import { approvalProblems } from "../problems/approvals.ts";
import { refuserOf } from "../says.ts";

type Most = { readonly most: number };

const OVER = {
  approved: "It was approved already.",
  declined: "It was declined already.",
  withdrawn: "It was withdrawn.",
  lapsed: "It has lapsed: nobody answered in time, or it cannot be done any more.",
} as const;

const othersText = (can: number): string =>
  can === 0 ? "nobody else can" : can === 1 ? "one other can" : `${can} others can`;

/** What a refusal about approvals says to do, by its reason. */
export const approvalSays = {
  over: {
    state: ({ state }: { readonly state: keyof typeof OVER }) => OVER[state],
    behind: () => "The step in which this was answered is behind: it is not taken back any more.",
    decided: () => "What was decided is not undone: ask anew.",
  },
  "not-asked": {
    answered: () => "You have answered this step already.",
    deputy: () => "Somebody who stands in for you has answered already.",
    step: () => "You are not asked in the step at which it waits.",
  },
  "self-approval": {
    themselves: () => "They would have to approve it themselves, and this is not allowed here.",
  },
  "nobody-to-ask": {
    few: ({ step, quorum, can }: { readonly step: number; readonly quorum: number; readonly can: number }) =>
      `Step ${step} needs ${quorum === 1 ? "somebody" : `${quorum} people`} to say yes, and ${othersText(can)}.`,
  },
  "already-asked": {
    waits: () => "It is asked for already, and waits.",
  },
  "too-many-waiting": {
    most: ({ most }: Most) => `${most} wait already.`,
  },
  "policy-invalid": {
    "too-many": ({ most }: Most) => `${most} kinds have one already.`,
  },
  "deputy-invalid": {
    themselves: () => "Nobody stands in for themselves.",
    nobody: () => "Who is to stand in is nobody here.",
    turned: ({ from, until }: { readonly from: string; readonly until: string }) =>
      `It ends on ${until}, before it begins on ${from}.`,
    most: ({ most }: Most) => `${most} are named already.`,
    twice: () => "They stand in on some of these days already.",
  },
} as const;

/** Refuses about approvals for a reason. */
export const refuseApproval = refuserOf(approvalProblems, approvalSays);
