import type { OperationCall } from "../../platform/bundle/bundle.ts";
import type { MadeRequest } from "../../platform/bundle/mine.ts";
import type { ChangeWithContents } from "../../platform/changes/read.ts";
import { ADJUSTMENT } from "./adjustments/model.ts";
import { CONTRACTS, RULE_SET } from "./contracts/model.ts";
import { DEMAND } from "./demand/model.ts";
import { DRAFT, DRAFT_ITEMS } from "./drafts/model.ts";
import { LAYERS } from "./hours/model.ts";
import { PUBLICATION } from "./publications/model.ts";
import { COVER } from "./covers/model.ts";
import { OPEN_SHIFT, type OpenShift } from "./open-shifts/model.ts";
import { heldOfKey, PERSON_SKILL, SKILL } from "./skills/model.ts";
import { SWAP } from "./swaps/model.ts";

/** The call that takes a change of working hours, holidays or skills back; null for a change of something else. */
export function inverseOfWorkforce(change: ChangeWithContents): OperationCall | null {
  const { thing, kind, before, after, collectionId } = change;
  if (thing.type === LAYERS)
    return { id: "availability.putLayers", input: { params: { id: thing.id }, query: {}, body: before } };
  if (thing.type === "workingHours") {
    // As it was recorded before there were layers.
    const subjectId = thing.id === "organisation" ? null : thing.id;
    return { id: "workingHours.put", input: { params: {}, query: {}, body: { subjectId, ...(before as object) } } };
  }
  if (thing.type === SKILL)
    return { id: "skills.put", input: { params: { id: thing.id }, query: {}, body: { was: before } } };
  if (thing.type === PERSON_SKILL) {
    const { personId: id, skillId } = heldOfKey(thing.id);
    const params = { id, skillId };
    return kind === "created"
      ? { id: "personSkills.remove", input: { params, query: {}, body: undefined } }
      : { id: "personSkills.put", input: { params, query: {}, body: before } };
  }
  if (thing.type === CONTRACTS) {
    const body = kind === "created" ? { versions: [] } : before;
    return { id: "contracts.put", input: { params: { id: thing.id }, query: {}, body } };
  }
  if (thing.type === ADJUSTMENT) {
    const was = before === null ? null : JSON.stringify(before);
    return { id: "adjustments.put", input: { params: { id: thing.id }, query: {}, body: { was } } };
  }
  if (thing.type === DEMAND)
    return { id: "demands.put", input: { params: { id: thing.id }, query: {}, body: { was: before } } };
  if (thing.type === DRAFT) {
    const was = before === null ? null : JSON.stringify({ draft: before });
    return { id: "drafts.put", input: { params: { id: thing.id }, query: {}, body: { was } } };
  }
  if (thing.type === DRAFT_ITEMS)
    return {
      id: "drafts.put",
      input: { params: { id: collectionId! }, query: {}, body: { was: JSON.stringify(before) } },
    };
  if (thing.type === PUBLICATION) {
    const was = before === null ? null : JSON.stringify(before);
    return { id: "publications.put", input: { params: { id: thing.id }, query: {}, body: { was } } };
  }
  if (thing.type === RULE_SET)
    return { id: "ruleSets.put", input: { params: { id: thing.id }, query: {}, body: { was: before } } };
  if (thing.type === OPEN_SHIFT) {
    const bidding = inverseOfBid(before, after);
    if (bidding !== null) return { id: bidding, input: { params: { id: thing.id }, query: {}, body: undefined } };
    const was = before === null ? null : JSON.stringify((before as { readonly was: unknown }).was);
    return { id: "openShifts.put", input: { params: { id: thing.id }, query: {}, body: { was } } };
  }
  // Asking is taken back. What everybody was told of is not: then the same call is refused, and nothing else of it is undone either.
  const isOver = (state: string) =>
    kind === "created" || (after as { readonly state?: string } | null)?.state === state;
  if (thing.type === COVER && isOver("covered"))
    return { id: "covers.cancel", input: { params: { id: thing.id }, query: {}, body: undefined } };
  if (thing.type === SWAP && isOver("agreed"))
    return { id: "swaps.withdraw", input: { params: { id: thing.id }, query: {}, body: undefined } };
  if (thing.type !== "holiday") return null;
  if (kind === "created")
    return { id: "holidays.remove", input: { params: { day: thing.id }, query: {}, body: undefined } };
  const { name } = before as { name: string };
  return { id: "holidays.add", input: { params: {}, query: {}, body: { days: [{ day: thing.id, name }] } } };
}

/** Whoever bids takes their own bid back, or bids again; null where more of the shift was changed. */
function inverseOfBid(before: unknown, after: unknown): "openShifts.bid" | "openShifts.withdrawBid" | null {
  if (before === null || after === null) return null;
  const { bids: was } = (before as { readonly was: OpenShift }).was;
  const { bids: is = [] } = after as Partial<Pick<OpenShift, "bids">>; // Before 0.7.0 they were not written down.
  const turned = is.filter((bid) => was.find(({ personId }) => personId === bid.personId)?.state !== bid.state);
  if (turned.length !== 1) return null;
  const { state } = turned[0]!;
  return state === "bid" ? "openShifts.withdrawBid" : state === "withdrawn" ? "openShifts.bid" : null;
}

/** What a request did to skills or opening times, in a few words for who made it; null for what changed none. */
export function summaryOfWorkforce({ changes }: MadeRequest): string | null {
  const types = new Set(changes.map(({ thing }) => thing.type));
  for (const [type, summary] of SUMMARIES) if (types.has(type)) return summary;
  return null;
}

/** What a request is called that changes several: by the first of these. */
const SUMMARIES: ReadonlyMap<string, string> = new Map([
  [PUBLICATION, "Published a roster"],
  [SKILL, "Changed a skill"],
  [PERSON_SKILL, "Changed what somebody is able to do"],
  [LAYERS, "Changed opening times"],
  [CONTRACTS, "Changed a contract"],
  [RULE_SET, "Changed a rule set"],
  [COVER, "Asked for cover"],
  [OPEN_SHIFT, "Changed an open shift"],
  [SWAP, "Proposed a swap"],
  [ADJUSTMENT, "Changed what differs from a contract"],
  [DEMAND, "Changed who is needed"],
  [DRAFT_ITEMS, "Changed a draft of a roster"],
  [DRAFT, "Changed a draft of a roster"],
]);
