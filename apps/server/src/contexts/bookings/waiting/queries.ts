import { isRefused, limits } from "@hourwright/contract";
import type { Unit } from "../../../platform/db/database.ts";
import { zoneOf } from "../services.ts";
import { whoComes } from "../customers/given.ts";
import { linkOf, zonedText } from "../queries.ts";
import type { Sealing } from "../sealing.ts";
import { pageOf, sealedCustomers, servicesOf } from "../store.ts";
import type { Service } from "../model.ts";
import { pass } from "./decide.ts";
import type { Wish } from "./model.ts";
import { standingOffers } from "./settle.ts";
import { placesInTurn } from "./store.ts";

/** The path of the page of who waits. */
export const linkOfWish = (id: string, sealing: Sealing): string => `/waiting/${id}?key=${sealing.linkKey(id)}`;

/** Wishes as whoever may read them sees them. Seven statements at most, however many. */
export async function shownWishes(
  unit: Unit,
  wishes: readonly Wish[],
  { sealing, isMailed }: { readonly sealing: Sealing; readonly isMailed: boolean },
) {
  const who = (await pageOf(unit))?.who ?? null;
  const services = new Map((await servicesOf(unit)).map((service) => [service.id, service]));
  const places = await placesInTurn(
    unit,
    wishes.map(({ serviceId }) => serviceId),
  );
  const customers = await sealedCustomers(
    unit,
    wishes.map(({ customerId }) => customerId),
  );
  const standing = await standingOffers(unit, wishes);
  const shown = [];
  for (const each of wishes) {
    const wish = standing.has(each.holdId ?? "") ? each : asPassed(each, unit.nowMs);
    const service = services.get(wish.serviceId);
    const own = service === undefined ? wish.zone : await zoneOf(unit, service);
    const zone = service?.isZoneLocked === false ? wish.zone : own;
    shown.push({
      id: wish.id,
      service: { id: wish.serviceId, name: service?.name ?? "" },
      state: wish.state,
      serviceId: wish.serviceId,
      ...wish.wanted,
      weekdays: [...wish.wanted.weekdays],
      choose: [...wish.wanted.choose],
      zone,
      language: wish.language,
      since: zonedText(wish.madeMs, zone),
      place: wish.state === "waiting" ? (places.get(wish.id) ?? null) : null,
      passed: Math.min(wish.passed.length, limits.OFFERS_PASSED_MAX),
      customer: whoComes(unit, sealing, { sealed: customers.get(wish.customerId), given: wish.given }),
      offer: offerOf(wish, service, zone, who, sealing),
      booking:
        wish.state === "booked" && wish.holdId !== null
          ? { id: wish.holdId, link: linkOf(wish.holdId, sealing) }
          : null,
      isMailed,
      link: linkOfWish(wish.id, sealing),
      who,
      version: wish.version,
    });
  }
  return shown;
}

/** An offer that has ended is one no more, though nobody has swept it away yet. */
function asPassed(wish: Wish, nowMs: number): Wish {
  const after = pass(wish, nowMs);
  return isRefused(after) ? wish : { ...after, version: wish.version };
}

function offerOf(
  { state, offered, holdId, wanted }: Wish,
  service: Service | undefined,
  zone: string,
  who: string | null,
  sealing: Sealing,
) {
  if (state !== "offered" || offered === null || holdId === null) return null;
  const key = sealing.linkKey(holdId);
  const search = new URLSearchParams({ hold: holdId, key, minutes: String(wanted.minutes) });
  if (wanted.places > 1) search.set("places", String(wanted.places));
  for (const id of wanted.choose) search.append("choose", id);
  return {
    holdId,
    key,
    start: zonedText(offered.startMs, zone),
    end: zonedText(offered.startMs + wanted.minutes * 60_000, zone),
    until: zonedText(offered.untilMs, zone),
    link: who === null || service === undefined ? "" : `/book/${who}/${service.slug}?${search}`,
  };
}
