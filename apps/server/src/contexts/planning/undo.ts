import type { ChangeWithContents } from "../../platform/changes/read.ts";
import type { MadeRequest } from "../../platform/bundle/mine.ts";
import type { OperationCall } from "../../platform/bundle/bundle.ts";
import { PLACE } from "./places/model.ts";
import { dismissedText } from "./answers/commands.ts";
import { REPAIR } from "./answers/model.ts";
import { ACCEPTED, DRAFT, placesIn, type Asking } from "./drafts/model.ts";
import { POLL } from "./polls/model.ts";
import { PLUGIN } from "./plugins/model.ts";
import { RULE } from "./rules/model.ts";
import type { Mark } from "./store.ts";

/** What a conflict is called in the log of changes. */
export const CONFLICT = "conflict";

/** What the log holds of a conflict that is kept, or let count again. */
export type KeptContents = { readonly clash: string; readonly kept: Omit<Mark, "clash" | "conflictId"> | null };

/** The call that takes back that conflicts were kept or let count again, or what became of a rule or a poll; null for a change of something else. */
export function inverseOfPlanning({ kind, thing, before, fields }: ChangeWithContents): OperationCall | null {
  if (thing.type === RULE)
    return { id: "rules.put", input: { params: { id: thing.id }, query: {}, body: { was: before } } };
  if (thing.type === PLACE)
    return { id: "places.put", input: { params: { id: thing.id }, query: {}, body: { was: before } } };
  if (thing.type === REPAIR)
    return { id: "repairs.putDismissed", input: { params: { id: thing.id }, query: {}, body: before } };
  if (thing.type === POLL)
    return kind === "updated" && before === null // Somebody has answered.
      ? null
      : { id: "polls.put", input: { params: { id: thing.id }, query: {}, body: { was: before } } };
  if (thing.type === DRAFT)
    return {
      id: "proposals.put",
      input: { params: { id: thing.id }, query: {}, body: wasDraft({ kind, before, fields }) },
    };
  if (thing.type === PLUGIN)
    return { id: "plugins.put", input: { params: { id: thing.id }, query: {}, body: { was: before } } };
  if (thing.type !== CONFLICT || before === null) return null;
  return { id: "conflicts.putKept", input: { params: { id: thing.id }, query: {}, body: before } };
}

/** What takes back what became of a proposal: who is asked and how it ended, or which of its changes were accepted. */
function wasDraft({ kind, before, fields }: Pick<ChangeWithContents, "kind" | "before" | "fields">): object {
  if (kind === "created") return { was: null };
  if (before === null) return { [fields[0] === ACCEPTED ? "open" : "accepted"]: placesIn(fields) };
  const { reviewers, ended } = before as Asking;
  return { was: { reviewers, ended } };
}

/** What requests did to conflicts, in a few words for who made them: a port of undo. Null for what changed none. */
export function summaryOfPlanning({ operation, changes }: MadeRequest): string | null {
  const rules = changes.filter(({ thing }) => thing.type === RULE).length;
  if (rules > 0) return rules === 1 ? "Changed a rule" : `Changed ${rules} rules`;
  const places = changes.filter(({ thing }) => thing.type === PLACE).length;
  if (places > 0) return places === 1 ? "Changed a place" : `Changed ${places} places`;
  if (changes.some(({ thing }) => thing.type === REPAIR)) return dismissedText;
  if (changes.some(({ thing }) => thing.type === POLL))
    return operation === "polls.close" ? "Closed a poll" : "Asked when it suits";
  if (changes.some(({ thing }) => thing.type === DRAFT)) return DRAFT_DONE[operation] ?? "Changed a proposal";
  if (changes.some(({ thing }) => thing.type === PLUGIN)) return "Changed a plug-in";
  const count = changes.filter(({ thing }) => thing.type === CONFLICT).length;
  if (count === 0) return null;
  return operation === "conflicts.release" ? releasedText(count) : keptText(count);
}

const DRAFT_DONE: Readonly<Record<string, string>> = {
  "proposals.create": "Proposed changes",
  "proposals.accept": "Accepted a proposal",
  "proposals.ask": "Asked others to look at a proposal",
  "proposals.decline": "Declined a proposal",
  "proposals.withdraw": "Took back a proposal",
};

export const keptText = (count: number): string => (count === 1 ? "Kept both" : `Kept ${count} conflicts`);
export const releasedText = (count: number): string =>
  count === 1 ? "Let a conflict count again" : `Let ${count} conflicts count again`;
