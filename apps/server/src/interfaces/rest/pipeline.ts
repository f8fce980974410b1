import { isRefused, refuseRequest, type Operation, type OperationId, type Problem } from "@hourwright/contract";
import type { Arrived, Caller, RequestContext } from "../../platform/operations/context.ts";
import type { Dispatcher, RawInput } from "../../platform/operations/dispatcher.ts";
import { tooMany, type Budget, type RateLimits } from "../../platform/http/rate-limits.ts";

/** What HTTP knows of a request before anybody has looked at it. */
export type Arrival = {
  readonly addressHash: string;
  readonly authorization: string | null;
  readonly cookie: string;
  readonly origin: string | null;
  readonly fetchSite: string | null;
  readonly ownOrigins: readonly string[];
  /** Read only after the limits: outside text is parsed as late as can be. */
  readonly input: () => Promise<RawInput | { readonly refused: Problem }>;
};

export type Pipeline = {
  readonly limits: RateLimits;
  readonly authenticate: (arrival: Arrival) => Promise<Arrived | null>;
  readonly dispatcher: Dispatcher;
};

export type Outcome = { readonly answer: unknown; readonly budget: Budget; readonly caller: Caller | null };

/**
 * The steps of every request, in the order in which they are taken:
 * limit by address → authenticate → limit by actor → validate → allow → command.
 * Cheap ones first: a flood costs a look-up, and nobody learns what is valid without being let in.
 */
export async function runPipeline(
  id: OperationId,
  entry: Operation,
  arrival: Arrival,
  contextFor: (arrived: Arrived | null) => RequestContext,
  pipeline: Pipeline,
): Promise<Outcome> {
  const ofAddress = await pipeline.limits.byAddress(arrival.addressHash, entry.rateClass);
  if (!ofAddress.allowed) return { answer: tooMany(ofAddress), budget: ofAddress, caller: null };

  const arrived = await pipeline.authenticate(arrival);
  const caller = arrived?.caller ?? null;
  const end = (answer: unknown, budget: Budget): Outcome => ({ answer, budget, caller });
  if (caller === null && entry.permission !== "everyone") return end(unauthenticated, ofAddress);
  if (entry.method !== "GET" && isForeign(arrival, caller)) return end(wrongOrigin, ofAddress);

  const ofActor =
    caller === null
      ? await pipeline.limits.byStranger(arrival.addressHash, entry.rateClass)
      : await pipeline.limits.byActor(caller.userId, entry.rateClass);
  if (!ofActor.allowed) return end(tooMany(ofActor), ofActor);

  const budget = ofAddress.left < ofActor.left ? ofAddress : ofActor; // Told is the one that ends first.
  const input = await arrival.input();
  if (isRefused(input)) return end(input, budget);
  const answer = await pipeline.dispatcher.dispatch(id, input, contextFor(arrived));
  if (entry.rateClass !== "sign-in" || isRefused(answer)) return end(answer, budget);
  await pipeline.limits.forgiveAddress(arrival.addressHash);
  return end(answer, { ...budget, left: budget.left + 1 });
}

/**
 * A change that a browser carries here from another site, with our cookie on it. Browsers name where a change comes
 * from (`Origin`, `Sec-Fetch-Site`); programs with a token carry no cookie and are not asked.
 */
export function isForeign(
  arrival: Pick<Arrival, "origin" | "fetchSite" | "ownOrigins">,
  caller: Caller | null,
): boolean {
  if (caller?.via === "token") return false;
  if (arrival.origin !== null) return !arrival.ownOrigins.includes(arrival.origin);
  return arrival.fetchSite !== null && arrival.fetchSite !== "same-origin" && arrival.fetchSite !== "none";
}

const unauthenticated = refuseRequest("unauthenticated", "sign-in", {});
const wrongOrigin = refuseRequest("wrong-origin", "page", {});
