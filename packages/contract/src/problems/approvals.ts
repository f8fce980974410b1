import { defineProblems } from "../problem.ts";

/** Requests, who approves them and in whose place. */
export const approvalProblems = defineProblems("approvals", {
  over: {
    status: 409,
    title: "This is decided",
    about:
      "It was approved, declined or withdrawn, or its time ran out. What was decided stays: ask anew for something else.",
  },
  "not-asked": {
    status: 403,
    title: "You are not asked",
    about:
      "The step at which it waits asks others, or you have answered it already. The request shows who waits for whom.",
  },
  "self-approval": {
    status: 409,
    title: "Nobody approves this themselves",
    about: "The policy of the organisation wants somebody else to ask for it, or somebody else to approve it.",
  },
  "nobody-to-ask": {
    status: 409,
    title: "There are too few who could approve it",
    about:
      "Too few of those whom the policy names are here and can sign in. Who runs the organisation changes the policy.",
  },
  "already-asked": {
    status: 409,
    title: "It is asked for already",
    about: "A thing is asked for once at a time. Withdraw what waits first.",
  },
  "too-many-waiting": {
    status: 409,
    title: "Too many requests wait",
    about: "At most 20,000 requests of an organisation wait at once. Decide or withdraw some first.",
  },
  "cannot-be-done": {
    status: 409,
    title: "It cannot be done any more",
    about:
      "What was asked for clashes with what stands by now. `detail` says with what; decline it, or make room first.",
  },
  "policy-invalid": {
    status: 422,
    title: "The policy cannot be like this",
    about: "A step asks nobody, or more have to agree than are asked. `detail` says which.",
  },
  "deputy-invalid": {
    status: 422,
    title: "They cannot stand in",
    about:
      "They are nobody here, the same person, or named for these days already, or there are ten deputies. `detail` says which.",
  },
});
