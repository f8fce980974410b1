import { isRefused, type Refused, refuseBooking } from "@hourwright/contract";
import type { Unit } from "../../platform/db/database.ts";
import type { Budget } from "../../platform/http/rate-limits.ts";
import type { RequestContext } from "../../platform/operations/context.ts";
import type { Handlers } from "../../platform/operations/dispatcher.ts";
import { noBooking } from "./changing.ts";
import { createHold, holdInPlaceOf, prolongHold, removeHold } from "./holding.ts";
import { nearestTimes, type NearestPorts } from "./nearest.ts";
import type { Proofs } from "./proof.ts";
import { knownZone, momentOf, shownHold, shownSeriesHold } from "./queries.ts";
import type { Sealing } from "./sealing.ts";
import { createSeriesHold, nothingHeld, type DatesClash } from "./series.ts";
import { asksForProof } from "./store.ts";

export type HoldIds = `holds.${"create" | "createSeries" | "remove" | "prolong"}`;

export type HoldPorts = NearestPorts & {
  readonly sealing: Sealing;
  readonly proofs: Proofs;
  /** Counts a hold without a proof where one is asked for. */
  readonly countUnproven: (addressHash: string) => Promise<Budget>;
};

type InPlace = {
  readonly serviceId: string;
  readonly inPlaceOf?: { readonly id: string; readonly key: string } | undefined;
};

/** Times taken while the details are written, alone and in a series. */
export function holdOperations({ sealing, proofs, countUnproven, ...ports }: HoldPorts): Handlers<HoldIds> {
  const { withAlternatives, datesClash } = nearestTimes(ports);

  /**
   * Writes for whoever has done the work that the organisation asks strangers for. Who has not is let in a few times all the same, so
   * that nobody without a script is locked out. No statement more: whether it is asked for is known.
   */
  const provenWrite = async <T>(
    context: RequestContext,
    { serviceId, proof = "" }: { readonly serviceId: string; readonly proof?: string | undefined },
    work: (unit: Unit) => Promise<T>,
  ): Promise<T | Refused<"bookings/proof-wanted">> => {
    const asked = { serviceId, requestId: context.requestId };
    const write = (isLet: boolean) =>
      context.write<T | typeof unproven>(async (unit) => {
        if (isLet || !(await asksForProof(unit))) return work(unit);
        return proofs.use({ ...asked, organisation: unit.organisation }, proof, unit.nowMs) ? work(unit) : unproven;
      });
    const made = await write(context.caller !== null);
    if (made !== unproven) return made;
    const { allowed, resetSeconds } = await countUnproven(context.addressHash);
    if (allowed) return write(true);
    return refuseBooking("proof-wanted", "wait", { seconds: resetSeconds }, { retryAfterSeconds: resetSeconds });
  };

  /** How something is held, in place of what is held already where that is named; null where the key does not fit. */
  const placeOf = ({ inPlaceOf: before, serviceId }: InPlace) => {
    if (before !== undefined && !sealing.isLinkKey(before.id, before.key)) return null;
    return <Made>(unit: Unit, make: () => Promise<Made>, idOf: (made: Made) => string | null): Promise<Made> =>
      before === undefined ? make() : holdInPlaceOf(unit, { beforeId: before.id, serviceId }, make, idOf);
  };

  return {
    "holds.create": async ({ body }, context) => {
      const startMs = momentOf(body.start);
      if (typeof startMs !== "number") return refuseBooking("not-offered", "instant", { said: startMs.refused.detail });
      const { serviceId, choose, places } = body;
      const inPlace = placeOf(body);
      if (inPlace === null) return noBooking;
      const wish = { serviceId, startMs, minutes: body.minutes ?? null, choose, places, zone: knownZone(body.zone) };
      const made = await provenWrite(context, body, async (unit) => {
        const hold = await inPlace(
          unit,
          () => createHold(unit, wish),
          (held) => (isRefused(held) ? null : held.id),
        );
        return isRefused(hold) ? hold : shownHold(unit, hold, sealing);
      });
      if (!isRefused(made)) return made;
      const isAboutTime = made.refused.code === "bookings/slot-taken" || made.refused.code === "bookings/not-offered";
      return isAboutTime && context.idempotencyKey === null ? withAlternatives(context, made, wish) : made;
    },

    "holds.createSeries": async ({ body }, context) => {
      const startMs = momentOf(body.start);
      if (typeof startMs !== "number") return refuseBooking("not-offered", "instant", { said: startMs.refused.detail });
      const instead = new Map<number, number | null>();
      for (const { index, start } of body.instead) {
        const ms = start === null ? null : momentOf(start);
        if (ms !== null && typeof ms !== "number")
          return refuseBooking("not-offered", "instant", { said: ms.refused.detail });
        instead.set(index, ms);
      }
      const { serviceId, repeat, choose, places } = body;
      const zone = knownZone(body.zone);
      const wish = { serviceId, startMs, repeat, instead, minutes: body.minutes ?? null, choose, places, zone };
      const inPlace = placeOf(body);
      if (inPlace === null) return noBooking;
      let clash: DatesClash | null = null;
      const made = await provenWrite(context, body, async (unit) => {
        const held = await inPlace(
          unit,
          () => createSeriesHold(unit, wish),
          (made) => ("holds" in made ? made.holds[0]!.id : null),
        );
        if (isRefused(held)) return held;
        if ("holds" in held) return shownSeriesHold(unit, held.holds, sealing);
        clash = held;
        return nothingHeld;
      });
      return clash === null ? made : datesClash(context, clash, wish, context.idempotencyKey === null);
    },

    "holds.remove": async ({ params, query }, context) => {
      if (!sealing.isLinkKey(params.id, query.key)) return noBooking;
      return context.write((unit) => removeHold(unit, params.id));
    },

    "holds.prolong": async ({ params, body }, context) => {
      if (!sealing.isLinkKey(params.id, body.key)) return noBooking;
      return context.write(async (unit) => {
        const hold = await prolongHold(unit, params.id);
        return isRefused(hold) ? hold : shownHold(unit, hold, sealing);
      });
    },
  };
}

const unproven = refuseBooking("proof-wanted", "wrong", {});
