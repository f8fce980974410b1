import { isRefused, refuseBooking, refuseRequest } from "@hourwright/contract";
import type { RequestContext } from "../../../platform/operations/context.ts";
import type { Handlers } from "../../../platform/operations/dispatcher.ts";
import { cursorOf, pageOf as pageAt } from "../../../platform/operations/pages.ts";
import { knownZone, momentOf } from "../queries.ts";
import type { Sealing } from "../sealing.ts";
import { createWish, noWish, offerByHand, passOffer, putWish, withdrawWish } from "./commands.ts";
import type { Wish } from "./model.ts";
import { shownWishes } from "./queries.ts";
import { findWishes, wishById } from "./store.ts";

export type WaitingIds = `waitingList.${"create" | "read" | "remove" | "pass" | "list" | "offer" | "put"}`;

export function waitingOperations(ports: {
  readonly sealing: Sealing;
  readonly isMailed: boolean;
}): Handlers<WaitingIds> {
  const { sealing } = ports;
  /** Those who run bookings may; others by the key of the link. */
  const may = ({ caller }: RequestContext, id: string, key: string | undefined): boolean =>
    (caller !== null && caller.role !== "member") || (key !== undefined && sealing.isLinkKey(id, key));
  const shown = async (context: RequestContext, wish: Wish) =>
    (await context.read((unit) => shownWishes(unit, [wish], ports)))[0]!;

  return {
    "waitingList.create": async ({ body }, context) => {
      const wish = { ...body, minutes: body.minutes ?? null, zone: knownZone(body.zone) };
      const made = await context.write((unit) => createWish(unit, sealing, wish));
      if (isRefused(made)) return made;
      context.reply.headers["location"] = `/v1/waiting-list/${made.id}`;
      return shown(context, made);
    },

    "waitingList.read": async ({ params, query }, context) => {
      if (!may(context, params.id, query.key)) return noWish;
      const wish = await context.read((unit) => wishById(unit, params.id));
      return wish === null ? noWish : shown(context, wish);
    },

    "waitingList.remove": async ({ params, query }, context) => {
      if (!may(context, params.id, query.key)) return noWish;
      const after = await context.write((unit) => withdrawWish(unit, params.id));
      return isRefused(after) ? after : null;
    },

    "waitingList.pass": async ({ params, body }, context) => {
      if (!may(context, params.id, body.key)) return noWish;
      const after = await context.write((unit) => passOffer(unit, params.id));
      return isRefused(after) ? after : shown(context, after);
    },

    "waitingList.list": async ({ query }, context) => {
      const after = pageAt<[number, number, string]>(query.cursor);
      if (after !== null && (!Array.isArray(after) || after.length !== 3 || typeof after[1] !== "number"))
        return refuseRequest("invalid", "cursor", {});
      const { serviceId = null, state = null, limit } = query;
      return context.read(async (unit) => {
        const found = await findWishes(unit, { serviceId, state, after, limit: limit + 1 });
        const page = found.slice(0, limit);
        const last = page.at(-1);
        return {
          items: await shownWishes(unit, page, ports),
          nextCursor:
            found.length > limit && last !== undefined ? cursorOf([last.passed.length, last.madeMs, last.id]) : null,
        };
      });
    },

    "waitingList.offer": async ({ params, body }, context) => {
      const startMs = momentOf(body.start);
      if (typeof startMs !== "number") return refuseBooking("not-offered", "instant", { said: startMs.refused.detail });
      const after = await context.write((unit) => offerByHand(unit, params.id, startMs));
      return isRefused(after) ? after : shown(context, after);
    },

    "waitingList.put": async ({ params }, context) => {
      const after = await context.write((unit) => putWish(unit, params.id));
      return isRefused(after) ? after : null;
    },
  };
}
