import { changesOfActor, type Change } from "../changes/read.ts";
import type { Unit } from "../db/database.ts";
import type { Caller } from "../operations/context.ts";
import type { Handlers } from "../operations/dispatcher.ts";
import { UNDONE } from "./undo.ts";

/** A request as its changes tell of it. */
export type MadeRequest = { readonly id: string; readonly operation: string; readonly changes: readonly Change[] };

export type MinePorts = {
  /** What each request did, in a few words for who made it; null for one that undo has no part in. */
  readonly summaries: (unit: Unit, caller: Caller, requests: readonly MadeRequest[]) => Promise<(string | null)[]>;
};

/** What somebody did yesterday is done: undo offers one day. */
const OFFERED_MS = 86_400_000;
const OFFERED_MAX = 50;

/**
 * What the caller can undo and redo, whichever page or device it was done on: made from the log alone. An undo names the
 * request it took back, so the two stacks are what they would be on a page that had seen it all.
 */
export function mineOperations({ summaries }: MinePorts): Handlers<"requests.mine"> {
  return {
    "requests.mine": (_input, context) =>
      context.read(async (unit) => {
        const changes = await changesOfActor(unit, context.caller!.userId, unit.nowMs - OFFERED_MS);
        const requests = requestsOf(changes);
        const said = await summaries(unit, context.caller!, requests.map(originalOf(requests)));
        const summary = new Map(requests.map(({ id }, i) => [id, said[i] ?? null]));
        const offered = requests.filter(({ id }) => summary.get(id) !== null);
        const { undo, redo } = stacksOf(offered);
        const shown = (stack: readonly MadeRequest[]) =>
          stack
            .slice(-OFFERED_MAX)
            .toReversed()
            .map(({ id, changes }) => ({ id, summary: summary.get(id)!, at: changes[0]!.at.toString() }));
        return { undo: shown(undo), redo: shown(redo) };
      }),
  };
}

/** Requests in the order in which they began. */
const requestsOf = (changes: readonly Change[]): MadeRequest[] =>
  [...Map.groupBy(changes, ({ requestId }) => requestId)].map(([id, changes]) => ({
    id,
    operation: changes[0]!.operation,
    changes,
  }));

/** The request that a request took back; null when it was none that undoes. */
const takenBackBy = ({ changes }: MadeRequest): string | null =>
  changes.find(({ thing }) => thing.type === UNDONE)?.thing.id ?? null;

/** What was first done where something was undone and redone: it is what one remembers. */
function originalOf(requests: readonly MadeRequest[]): (request: MadeRequest) => MadeRequest {
  const byId = new Map(requests.map((request) => [request.id, request]));
  return (request) => {
    let first = request;
    // Each step goes back in time, so it ends.
    for (let id = takenBackBy(first); id !== null && byId.has(id); id = takenBackBy(first)) first = byId.get(id)!;
    return first;
  };
}

/** Plays what was done: doing empties what could be redone, undoing moves a request from one stack to the other. */
export function stacksOf(requests: readonly MadeRequest[]): {
  readonly undo: readonly MadeRequest[];
  readonly redo: readonly MadeRequest[];
} {
  let [undo, redo]: [MadeRequest[], MadeRequest[]] = [[], []];
  for (const request of requests) {
    const target = takenBackBy(request);
    const isRedo = redo.some(({ id }) => id === target);
    undo = undo.filter(({ id }) => id !== target);
    redo = target === null ? [] : redo.filter(({ id }) => id !== target);
    if (target === null || isRedo) undo.push(request);
    else redo.push(request);
  }
  return { undo, redo };
}
