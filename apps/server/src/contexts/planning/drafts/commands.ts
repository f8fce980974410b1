import {
  catalogue,
  isRefused,
  limits,
  planningProblems,
  refusePlanning,
  refuseRequest,
  type Refused,
} from "@hourwright/contract";
import { runCalls, type OperationCall } from "../../../platform/bundle/bundle.ts";
import { attempted } from "../../../platform/bundle/trial.ts";
import { lastSeq } from "../../../platform/changes/read.ts";
import type { Unit } from "../../../platform/db/database.ts";
import type { Caller, RequestContext } from "../../../platform/operations/context.ts";
import { parseInput } from "../../../platform/operations/input.ts";
import { organisationOf, subjectsById } from "../../identity/public.ts";
import { accepting, asKept, asking, ending, eventsOf, expiryOf, maySee, stepsOf, whyNotProposable } from "./decide.ts";
import { ACCEPTED, DRAFT, OPENED, type Asking, type Draft, type DraftChange } from "./model.ts";
import { barringOf, standingOf } from "./since.ts";
import { countOpen, forgetOldDrafts, insertDraft, lockDraft, updateDraft } from "./store.ts";
import { problemOf, tryInOrder, type Problem, type TrialPorts } from "./trial.ts";

/** What may not be known to exist is 404. */
export const noDraft = refuseRequest("not-found", "proposal", {});

/** Proposals that are over and remembered; beyond them the oldest are forgotten. */
const DRAFTS_OVER_MAX = 2_000;

/** A change that somebody thinks of, as it came. */
export type CallWish = {
  readonly operation: string;
  readonly params: unknown;
  readonly query: unknown;
  readonly body?: unknown;
  readonly reason: string | null;
};

export type DraftWish = Pick<Draft, "title" | "note" | "source" | "reviewers"> & {
  readonly expiresMs: number | null;
  readonly changes: readonly CallWish[];
};

/** Calls as they are kept, each checked by the contract as if it were made now; or which of them cannot be proposed, and why. */
export function callsOf(wishes: readonly CallWish[]): OperationCall[] | Refused<"planning/proposal-invalid"> {
  const calls: OperationCall[] = [];
  for (const [place, { operation, params, query, body }] of wishes.entries()) {
    const raw = { params, query, body };
    const barred = whyNotProposable({ id: operation, input: raw });
    if (barred !== null) return planningProblems.refuse("proposal-invalid", `Change ${place + 1}: ${barred}`);
    const id = operation as OperationCall["id"];
    const parsed = parseInput(catalogue[id], raw);
    if (isRefused(parsed))
      return planningProblems.refuse("proposal-invalid", `Change ${place + 1}: ${parsed.refused.detail}`);
    calls.push(asKept({ id, input: raw }));
  }
  return calls;
}

/** Keeps changes as a proposal. Nothing of them is made. */
export async function createDraft(
  unit: Unit,
  { lookAt }: Pick<TrialPorts, "lookAt">,
  caller: Caller,
  wish: DraftWish,
): Promise<Draft | Refused<"planning/proposal-invalid" | "planning/too-many-proposals">> {
  if (wish.title.trim() === "") return refusePlanning("proposal-invalid", "title", {});
  const expiresMs = expiryOf(wish.expiresMs, unit.nowMs);
  if (isRefused(expiresMs)) return expiresMs;
  const calls = callsOf(wish.changes);
  if (isRefused(calls)) return calls;
  const reviewers = [...new Set(wish.reviewers)].filter((id) => id !== caller.personId);
  if (!(await areHere(unit, reviewers))) return nobodyHere;
  const changes = await basedOn(unit, lookAt, caller, calls, wish.changes);
  if (isRefused(changes)) return changes;
  if ((await countOpen(unit)) >= limits.PROPOSALS_OPEN_MAX)
    return refusePlanning("too-many-proposals", "most", { most: limits.PROPOSALS_OPEN_MAX });
  await forgetOldDrafts(unit, DRAFTS_OVER_MAX);
  const draft: Draft = {
    id: unit.newId("drf"),
    title: wish.title.trim(),
    note: wish.note === null || wish.note.trim() === "" ? null : wish.note.trim(),
    source: wish.source,
    makerId: caller.personId,
    reviewers,
    changes,
    taken: changes.map(() => null),
    ended: null,
    madeSeq: await lastSeq(unit),
    madeMs: unit.nowMs,
    expiresMs,
  };
  await insertDraft(unit, draft);
  const { id, title } = draft;
  unit.record({
    kind: "created",
    thing: { type: DRAFT, id },
    fields: ["proposal"],
    before: null,
    after: { title, expiresMs, ...askingOf(draft) },
  });
  return draft;
}

const nobodyHere = refusePlanning("proposal-invalid", "person", {});

async function areHere(unit: Unit, personIds: readonly string[]): Promise<boolean> {
  const people = await subjectsById(unit, personIds);
  const here = new Set(people.flatMap(({ id, kind, retired }) => (kind === "person" && !retired ? [id] : [])));
  return personIds.every((id) => here.has(id));
}

/** Says who is asked to look at a proposal. */
export async function askReviewers(
  unit: Unit,
  id: string,
  reviewers: readonly string[],
  personId: string,
): Promise<
  | Draft
  | Refused<
      "request/not-found" | "planning/proposal-over" | "planning/proposal-invalid" | "planning/proposal-not-yours"
    >
> {
  const draft = await heldBy(unit, id, personId);
  if (isRefused(draft)) return draft;
  const fate = asking(draft, reviewers, { personId, nowMs: unit.nowMs });
  if (isRefused(fate)) return fate;
  if (!(await areHere(unit, fate.reviewers))) return nobodyHere;
  await updateDraft(unit, id, fate);
  record(unit, id, draft, fate);
  return { ...draft, ...fate };
}

/** Changes with what they are based on. What is not there, or only a hand moves, cannot be proposed to be changed. */
async function basedOn(
  unit: Unit,
  lookAt: TrialPorts["lookAt"],
  caller: Caller,
  calls: readonly OperationCall[],
  wishes: readonly CallWish[],
): Promise<DraftChange[] | Refused<"planning/proposal-invalid">> {
  const refs = calls.map(eventsOf);
  const nows = await lookAt(unit, caller, refs.flat(), { isHeld: false });
  const changes: DraftChange[] = [];
  let at = 0;
  for (const [place, call] of calls.entries()) {
    const own = refs[place]!.map((ref) => ({ ref, now: nows[at++]! as (typeof nows)[number] }));
    if (own.some(({ now }) => now === null)) return refusePlanning("proposal-invalid", "gone", { place: place + 1 });
    const locked = own.find(({ now }) => now!.isLocked);
    if (locked !== undefined)
      return refusePlanning("proposal-invalid", "locked", { place: place + 1, title: locked.now!.title });
    const based = own.map(({ ref, now }) => {
      const { title, startMs, endMs, days, isSeries, tag } = now!;
      return { ...ref, title, startMs, endMs, days, isSeries, tag };
    });
    changes.push({ call, reason: wishes[place]!.reason, based });
  }
  return changes;
}

export type AcceptWish = readonly { readonly index: number; readonly seen?: string | undefined }[] | null;

/**
 * Makes what is open of a proposal, or some of it, in order, as one undoable step; refused as a whole, with the reason of each
 * change that cannot be made, and then nothing is made.
 */
export function acceptDraft(
  ports: TrialPorts,
  context: RequestContext,
  id: string,
  wish: AcceptWish,
): Promise<
  | { readonly draft: Draft; readonly indexes: readonly number[] }
  | Refused<"request/not-found" | "planning/proposal-over" | "planning/proposal-invalid" | "planning/proposal-stale">
> {
  return context.write(async (unit) => {
    const caller = context.caller!;
    const draft = await heldBy(unit, id, caller.personId);
    if (isRefused(draft)) return draft;
    const { requestId } = context;
    const named = wish === null ? null : wish.map(({ index }) => index);
    const decided = accepting(draft, named, { requestId, personId: caller.personId, nowMs: unit.nowMs });
    if (isRefused(decided)) return decided;
    const { indexes, fate } = decided;
    const { zone } = await organisationOf(unit);
    const standings = await standingOf(unit, ports.lookAt, caller, draft, { indexes, isHeld: true, zone });
    const seen = new Map((wish ?? []).map((each) => [each.index, each.seen ?? null]));
    const barred = indexes.flatMap((index) => {
      const [first] = barringOf(standings.get(index)!, seen.get(index) ?? null);
      return first === undefined ? [] : [{ index, code: `since/${first.what}`, sentence: first.sentence, reasons: [] }];
    });
    if (barred.length > 0) return stale(barred);
    const changes = indexes.map((index) => ({ index, call: draft.changes[index]!.call }));
    const calls = stepsOf(changes).map(({ call }) => call);
    const made = await attempted(unit, () => runCalls(context, unit, calls, ports.call), true);
    if (isRefused(made)) return stale(await reasonsOf(ports, context, unit, changes, made, zone));
    await updateDraft(unit, id, fate);
    recordPlaces(unit, id, ACCEPTED, indexes);
    return { draft: { ...draft, ...fate }, indexes };
  });
}

type Reason = Problem & { readonly index: number };

function stale(changes: readonly Reason[]) {
  const { sentence, reasons } = changes[0]!;
  const said = [sentence, ...reasons.slice(0, 1)].join(" ");
  return planningProblems.refuse("proposal-stale", said, { changes: changes.map((each) => ({ ...each })) });
}

/** Why some changes cannot be made, each by itself; all of them for what the first refusal says where no one is to blame alone. */
async function reasonsOf(
  ports: TrialPorts,
  context: RequestContext,
  unit: Unit,
  changes: readonly { readonly index: number; readonly call: OperationCall }[],
  refused: Refused,
  zone: string,
): Promise<Reason[]> {
  const trials = await tryInOrder(ports, context, unit, changes, zone);
  const reasons = [...trials].flatMap(([index, { problem }]) => (problem === null ? [] : [{ index, ...problem }]));
  return reasons.length > 0 ? reasons : changes.map(({ index }) => ({ index, ...problemOf(refused, zone) }));
}

/** Declines a proposal, or takes it back. What was accepted of it stays. */
export async function endDraft(
  unit: Unit,
  id: string,
  how: "declined" | "withdrawn",
  personId: string,
): Promise<Draft | Refused<"request/not-found" | "planning/proposal-over" | "planning/proposal-not-yours">> {
  const draft = await heldBy(unit, id, personId);
  if (isRefused(draft)) return draft;
  const fate = ending(draft, how, { personId, nowMs: unit.nowMs });
  if (isRefused(fate)) return fate;
  await updateDraft(unit, id, fate);
  record(unit, id, draft, fate);
  return { ...draft, ...fate };
}

/** Puts back who is asked and how a proposal ended; one that was made is taken back. */
export async function putDraft(unit: Unit, id: string, was: Asking | null, personId: string): Promise<void> {
  const before = await lockDraft(unit, id);
  if (before === null) return;
  const ended = { how: "withdrawn", personId, atMs: unit.nowMs } as const;
  const fate = { ...before, ...(was ?? { ...askingOf(before), ended }) };
  await updateDraft(unit, id, fate);
  record(unit, id, before, fate);
}

/** Opens changes again whose making was undone, or says that they are accepted after all. */
export async function putTaken(
  unit: Unit,
  id: string,
  places: { readonly open: readonly number[]; readonly accepted: readonly number[] },
  personId: string,
): Promise<void> {
  const before = await lockDraft(unit, id);
  if (before === null) return;
  const mine = { requestId: unit.requestId, personId, atMs: unit.nowMs };
  const taken = before.taken.map((each, place) =>
    places.open.includes(place) ? null : places.accepted.includes(place) ? mine : each,
  );
  await updateDraft(unit, id, { ...before, taken });
  if (places.open.length > 0) recordPlaces(unit, id, OPENED, places.open);
  if (places.accepted.length > 0) recordPlaces(unit, id, ACCEPTED, places.accepted);
}

async function heldBy(unit: Unit, id: string, personId: string): Promise<Draft | typeof noDraft> {
  const draft = await lockDraft(unit, id);
  return draft === null || !maySee(draft, personId) ? noDraft : draft;
}

const askingOf = ({ reviewers, ended }: Asking): Asking => ({ reviewers, ended });

function record(unit: Unit, id: string, before: Asking, after: Asking): void {
  unit.record({
    kind: "updated",
    thing: { type: DRAFT, id },
    fields: ["proposal"],
    before: askingOf(before),
    after: askingOf(after),
  });
}

function recordPlaces(unit: Unit, id: string, word: string, places: readonly number[]): void {
  unit.record({ kind: "updated", thing: { type: DRAFT, id }, fields: [word, ...places.map(String)] });
}
