import type { Facts, Person, Policy, Step } from "./model.ts";

const HERE: Person = { isHere: true, isAway: false, deputies: [] };

/** A step that asks people by name. */
export const stepFor = (ids: readonly string[], more: Partial<Step> = {}): Step => ({
  who: [{ kind: "people", ids }],
  quorum: 1,
  deadlineMinutes: null,
  atDeadline: { kind: "lapse" },
  ...more,
});

export const policyFor = (steps: readonly Step[], more: Partial<Policy> = {}): Policy => ({
  steps,
  selfApproval: "refused",
  requester: "skip",
  ...more,
});

/** What is known at an instant, of people who are here but for what is said of them. */
export function factsAt(
  atMs: number,
  people: Readonly<Record<string, Partial<Person>>>,
  more: Partial<Pick<Facts, "levels" | "byRole">> = {},
): Facts {
  return {
    atMs,
    levels: [],
    byRole: new Map(),
    people: new Map(Object.entries(people).map(([id, said]) => [id, { ...HERE, ...said }])),
    ...more,
  };
}
