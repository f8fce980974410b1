import { catalogue, limits, refusePlanning, type Operation, type Refused } from "@hourwright/contract";
import { DAY_MS } from "@hourwright/time";
import type { OperationCall } from "../../../platform/bundle/bundle.ts";
import type { Draft, DraftState, EventRef, Fate } from "./model.ts";

// Pure: what may be proposed, what a proposal is at a moment, and what becomes of it.

const DAYS_DEFAULT = 14;

/** Why a call may not be a change of a proposal; null when it may. The catalogue says which operations may. */
export function whyNotProposable({ id, input }: { readonly id: string; readonly input: unknown }): string | null {
  const entry = Object.hasOwn(catalogue, id) ? (catalogue as Readonly<Record<string, Operation>>)[id] : undefined;
  if (entry === undefined) return `There is no operation ${id.slice(0, 60)}.`;
  if (entry.proposable !== true) return `${id} cannot be proposed.`;
  if (JSON.stringify(input).length > limits.PROPOSAL_INPUT_BYTES_MAX)
    return `Its input is longer than ${limits.PROPOSAL_INPUT_BYTES_MAX} bytes.`;
  return null;
}

/** When a proposal is over that nobody answers, or why it cannot be then. */
export function expiryOf(wishedMs: number | null, nowMs: number): number | Refused<"planning/proposal-invalid"> {
  if (wishedMs === null) return nowMs + DAYS_DEFAULT * DAY_MS;
  if (wishedMs <= nowMs) return refusePlanning("proposal-invalid", "early", {});
  if (wishedMs > nowMs + limits.PROPOSAL_DAYS_MAX * DAY_MS)
    return refusePlanning("proposal-invalid", "late", { most: limits.PROPOSAL_DAYS_MAX });
  return wishedMs;
}

export function stateOf(
  { taken, ended, expiresMs }: Pick<Draft, "taken" | "ended" | "expiresMs">,
  nowMs: number,
): DraftState {
  if (ended !== null) return { is: ended.how, personId: ended.personId };
  const left = taken.flatMap((each, index) => (each === null ? [index] : []));
  if (left.length === 0) return { is: "accepted", personId: lastOf(taken) };
  return expiresMs <= nowMs ? { is: "expired" } : { is: "open", left };
}

const lastOf = (taken: Draft["taken"]): string =>
  taken.flatMap((each) => each ?? []).reduce((last, each) => (each.atMs >= last.atMs ? each : last)).personId;

/** Who may look at a proposal: its maker, and who is asked. To all others it is not there. */
export const maySee = ({ makerId, reviewers }: Draft, personId: string): boolean =>
  makerId === personId || reviewers.includes(personId);

type By = { readonly requestId: string; readonly personId: string; readonly nowMs: number };

/** What is accepted, in the order of the proposal, and what becomes of it then; all that is open where nothing is named. */
export function accepting(
  draft: Draft,
  named: readonly number[] | null,
  { requestId, personId, nowMs }: By,
):
  | { readonly indexes: readonly number[]; readonly fate: Fate }
  | Refused<"planning/proposal-over" | "planning/proposal-invalid"> {
  const state = stateOf(draft, nowMs);
  if (state.is !== "open") return refusePlanning("proposal-over", "state", { state: state.is });
  const indexes = named === null ? state.left : [...new Set(named)].sort((one, other) => one - other);
  const unknown = indexes.find((index) => index >= draft.changes.length);
  if (unknown !== undefined)
    return refusePlanning("proposal-invalid", "unknown", { changes: draft.changes.length, index: unknown });
  if (indexes.some((index) => draft.taken[index] !== null)) return refusePlanning("proposal-over", "taken", {});
  const mine = { requestId, personId, atMs: nowMs };
  const taken = draft.taken.map((each, index) => (indexes.includes(index) ? mine : each));
  return { indexes, fate: { taken, ended: null, reviewers: draft.reviewers } };
}

/** What becomes of a proposal that is declined by who is asked, or taken back by who made it. */
export function ending(
  draft: Draft,
  how: "declined" | "withdrawn",
  { personId, nowMs }: Pick<By, "personId" | "nowMs">,
): Fate | Refused<"planning/proposal-over" | "planning/proposal-not-yours"> {
  if (how === "withdrawn" && draft.makerId !== personId) return refusePlanning("proposal-not-yours", "withdraw", {});
  if (how === "declined" && draft.makerId === personId) return refusePlanning("proposal-not-yours", "decline", {});
  const state = stateOf(draft, nowMs);
  if (state.is !== "open") return refusePlanning("proposal-over", "state", { state: state.is });
  return { taken: draft.taken, ended: { how, personId, atMs: nowMs }, reviewers: draft.reviewers };
}

/** What becomes of a proposal for which its maker asks others to look at it. */
export function asking(
  draft: Draft,
  reviewers: readonly string[],
  { personId, nowMs }: Pick<By, "personId" | "nowMs">,
): Fate | Refused<"planning/proposal-over" | "planning/proposal-not-yours"> {
  if (draft.makerId !== personId) return refusePlanning("proposal-not-yours", "ask", {});
  const state = stateOf(draft, nowMs);
  if (state.is !== "open") return refusePlanning("proposal-over", "state", { state: state.is });
  return { taken: draft.taken, ended: null, reviewers: [...new Set(reviewers)].filter((id) => id !== draft.makerId) };
}

/** The events that a call touches. What it makes is not there yet. */
export function eventsOf({ id, input }: OperationCall): EventRef[] {
  const { params, query, body } = input as LooseInput;
  const said = id === "events.update" ? body : id === "events.remove" ? query : null;
  if (said !== null) return [refOf(text(params?.["id"]), said?.["recurrenceId"], said?.["scope"])];
  if (id !== "events.move") return [];
  return (body!["moves"] as readonly Record<string, unknown>[]).map((move) =>
    refOf(text(move["eventId"]), move["recurrenceId"], "this"),
  );
}

/** A date by which all of a series is meant is none to look at: it goes by another name when all are moved. */
function refOf(id: string, date: unknown, scope: unknown): EventRef {
  const recurrenceId = scope === "this" || scope === "following" ? textOrNull(date) : null;
  return { id, recurrenceId, isWhole: recurrenceId === null || scope === "following" };
}

/** The other things that a call touches, by id: rules and the like. */
export function othersOf({ id, input }: OperationCall): string[] {
  const named = (input as LooseInput).params?.["id"];
  return id.startsWith("events.") || typeof named !== "string" ? [] : [named];
}

type LooseInput = {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: Readonly<Record<string, unknown>>;
};

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const textOrNull = (value: unknown): string | null => (typeof value === "string" ? value : null);

/**
 * A call as it is kept: nothing is moved elsewhere than it says, so a taken time only refuses.
 */
export function asKept(call: OperationCall): OperationCall {
  if (call.id !== "events.create" && call.id !== "events.update") return call;
  const { body, ...rest } = call.input as { readonly body: object; readonly params: unknown; readonly query: unknown };
  return { id: call.id, input: { ...rest, body: { ...body, conflictResolution: "manual" } } };
}

/** Calls that are made as one, with the places of the changes that they come from. */
export type Step = { readonly call: OperationCall; readonly indexes: readonly number[] };

type Moves = { readonly moves: readonly { readonly eventId: string; readonly recurrenceId?: string | null }[] };

/**
 * Some changes in order as calls: moves of events that stand one after the other are made in one taking of time, so that what
 * is moved may change places. An event that is moved twice is moved one after the other.
 */
export function stepsOf(changes: readonly { readonly call: OperationCall; readonly index: number }[]): Step[] {
  const steps: Step[] = [];
  for (const { call, index } of changes) {
    const before = steps.at(-1);
    const joined = before === undefined ? null : joinedMoves(before.call, call);
    if (joined === null) steps.push({ call, indexes: [index] });
    else steps[steps.length - 1] = { call: joined, indexes: [...before!.indexes, index] };
  }
  return steps;
}

function joinedMoves(one: OperationCall, other: OperationCall): OperationCall | null {
  if (one.id !== "events.move" || other.id !== "events.move") return null;
  const [first, second] = [one, other].map(
    ({ input }) => input.body as Moves & { readonly preventConflicts?: boolean },
  );
  const moves = [...first!.moves, ...second!.moves];
  const dates = Map.groupBy(moves, ({ eventId }) => eventId);
  // Dates of a series are moved together; the whole of it, and one of its dates, one after the other.
  const isApart = [...dates.values()].every(
    (own) =>
      own.length === 1 ||
      (own.every(({ recurrenceId }) => typeof recurrenceId === "string") &&
        new Set(own.map(({ recurrenceId }) => recurrenceId)).size === own.length),
  );
  const isAlike = (first!.preventConflicts ?? true) === (second!.preventConflicts ?? true);
  if (!isApart || !isAlike || moves.length > limits.EVENTS_MOVED_MAX) return null;
  return { id: "events.move", input: { ...one.input, body: { ...first, moves } } };
}
