import { isRefused, limits } from "@hourwright/contract";
import { DAY_MS } from "@hourwright/time";
import { RawJson, type RequestContext } from "../../platform/operations/context.ts";
import type { Handlers } from "../../platform/operations/dispatcher.ts";
import { firstExpiryMs } from "../claims/public.ts";
import { lengthUnknown } from "./holding.ts";
import { findSlots, type NearestPorts } from "./nearest.ts";
import type { Proofs } from "./proof.ts";
import { knownZone, momentOf, shownSlot, slotWindow, zonedText } from "./queries.ts";
import { noService, zoneOf } from "./services.ts";
import { readFacts } from "./slots.ts";
import { changesAt } from "./slot-question.ts";
import type { FoundSlot } from "./slots.task.ts";
import { asksForProof, serviceById } from "./store.ts";
import { whyNoSlot } from "./why.ts";

export type SlotIds = `services.${"slots" | "why" | "challenge"}`;

type SlotsQuery = Parameters<Handlers<"services.slots">["services.slots"]>[0]["query"];

/** When nothing is free in the window it is looked so much further, at once. */
const NEXT_WITHIN_DAYS = 120;

/** What is free, why something is not, and what is asked of strangers before they hold it. */
export function slotOperations({
  questions,
  answers,
  proofs,
}: NearestPorts & { readonly proofs: Proofs }): Handlers<SlotIds> {
  /** Slots of a window, true until time alone changes them: a hold ends, the first is too near, another day begins. */
  const freeSlots = async (id: string, query: SlotsQuery, context: RequestContext) => {
    const window = slotWindow(query, limits.SLOT_DAYS_MAX);
    if (isRefused(window)) return window;
    const read = await context.read(async (unit) => {
      const service = await serviceById(unit, id);
      if (service === null || (!service.isOpen && context.caller === null)) return noService;
      const lengthMinutes = query.minutes ?? service.lengths[0]!;
      if (!service.lengths.includes(lengthMinutes)) return lengthUnknown(service);
      const zone = await zoneOf(unit, service);
      const choose = query.choose ?? [];
      const facts = await readFacts(unit, { service, zone, lengthMinutes, choose, ...window });
      return { facts, expiryMs: await firstExpiryMs(unit) };
    });
    if (isRefused(read)) return read;
    const { facts, expiryMs } = read;
    const { service, zone: own, lengthMinutes } = facts;
    const zone = service.isZoneLocked ? own : (knownZone(query.zone) ?? own);
    const { places, limit } = query;
    const answer = (slots: readonly FoundSlot[], next: FoundSlot | undefined) =>
      new RawJson(
        JSON.stringify({
          items: slots.map((slot) => shownSlot(slot, zone)),
          zone,
          next: next === undefined ? null : zonedText(next.startMs, zone),
        }),
        { untilMs: changesAt(facts, (slots[0] ?? next)?.startMs ?? null, expiryMs) },
      );
    const slots = await questions.run(findSlots, { facts, places, limit, near: null }, {});
    if (slots.length > 0) return answer(slots, undefined);
    const fromMs = Math.max(window.toMs, context.nowMs);
    const toMs = fromMs + NEXT_WITHIN_DAYS * DAY_MS;
    const later = { service, zone: own, lengthMinutes, choose: query.choose ?? [], fromMs, toMs };
    const laterFacts = await context.read((unit) => readFacts(unit, later));
    const [next] = await questions.run(findSlots, { facts: laterFacts, places, limit: 1, near: null }, {});
    return answer([], next);
  };

  return {
    "services.slots": ({ params, query }, context) =>
      answers.to(
        { operation: "services.slots", query: { ...query, id: params.id }, sight: "everyone" },
        context,
        (reading) => freeSlots(params.id, query, reading),
      ),

    "services.challenge": ({ params }, context) =>
      context.read(async (unit) => {
        const bits = limits.PROOF_BITS;
        if ((await serviceById(unit, params.id)) === null) return noService;
        if (!(await asksForProof(unit))) return { challenge: null, bits, expiresAt: null };
        const { challenge, expiresMs } = proofs.issue(unit.organisation, params.id, context.nowMs);
        return { challenge, bits, expiresAt: zonedText(expiresMs, "UTC") };
      }),

    "services.why": async ({ params, query }, context) => {
      const startMs = momentOf(query.at);
      if (typeof startMs !== "number") return startMs;
      return context.read(async (unit) => {
        const service = await serviceById(unit, params.id);
        if (service === null) return noService;
        const lengthMinutes = query.minutes ?? service.lengths[0]!;
        if (!service.lengths.includes(lengthMinutes)) return lengthUnknown(service);
        const zone = await zoneOf(unit, service);
        return whyNoSlot(unit, context.caller!, { service, zone, lengthMinutes, choose: query.choose ?? [] }, startMs);
      });
    },
  };
}
