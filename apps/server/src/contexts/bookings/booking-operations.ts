import { isRefused, refuseBooking, refuseRequest, type Refused } from "@hourwright/contract";
import type { Unit } from "../../platform/db/database.ts";
import { FileAnswer, type Caller, type RequestContext } from "../../platform/operations/context.ts";
import type { Handlers } from "../../platform/operations/dispatcher.ts";
import { cursorOf, isMomentKey, pageOf as pageAt } from "../../platform/operations/pages.ts";
import { standingCommitments } from "../claims/public.ts";
import { organisationOf as organisation } from "../identity/public.ts";
import { createBooking } from "./booking.ts";
import { calendarOf } from "./calendar.ts";
import {
  cancelBooking,
  decideBooking,
  noBooking,
  rescheduleBooking,
  type By,
  type Changed,
  type Decision,
} from "./changing.ts";
import type { Booking } from "./model.ts";
import { nearestTimes, type NearestPorts } from "./nearest.ts";
import { putBooking } from "./putting-back.ts";
import { knownZone, momentOf, shownBookings, zonedText } from "./queries.ts";
import type { Which } from "./repeating.ts";
import type { Sealing } from "./sealing.ts";
import {
  cancelDates,
  decideDates,
  nothingHeld,
  rescheduleDates,
  type ChangedDates,
  type DatesClash,
} from "./series.ts";
import { chooseOffered } from "./stand-ins.ts";
import { bookingById, findBookings, seriesOf } from "./store.ts";
import type { NotPlaced } from "./taking.ts";

export type BookedIds =
  `bookings.${"list" | "create" | "read" | "series" | "calendar" | "reschedule" | "cancel" | "choose" | "approve" | "decline" | "noShow" | "complete" | "put"}`;

export type BookedPorts = NearestPorts & {
  readonly sealing: Sealing;
  /** Whether mail is on: customers are told that a message comes. */
  readonly isMailed: boolean;
};

/** What has been booked: by customers with the link of theirs, and by the organisation. */
export function bookedOperations({ sealing, isMailed, ...ports }: BookedPorts): Handlers<BookedIds> {
  const { withAlternatives, datesClash } = nearestTimes(ports);

  const shown = async (context: RequestContext, booking: Booking, by: By) =>
    (await context.read((unit) => shownBookings(unit, [booking], { sealing, isMailed }, by)))[0]!;

  /** What was changed, with what became of the other dates of its series where they were meant as well. */
  const shownChanged = async (context: RequestContext, dates: Booking | ChangedDates, by: By) => {
    const { named, changed, stayed } = "named" in dates ? dates : { named: dates, changed: [dates.id], stayed: [] };
    const booking = await shown(context, named, by);
    return {
      ...booking,
      changed: [...changed],
      stayed: stayed.map((each) => ({
        id: each.booking.id,
        start: zonedText(each.booking.startMs, booking.zone),
        why: each.why,
      })),
    };
  };

  /** As whom somebody comes to a booking: of the organisation where they may, else by the link's key. */
  const asWhom = (context: RequestContext, id: string, key: string | undefined, deed: "read" | "write"): By | null => {
    const role = context.caller?.role;
    if (role !== undefined && (deed === "read" || role !== "member")) return "organisation";
    return key !== undefined && sealing.isLinkKey(id, key) ? "customer" : null;
  };

  const readable = async (context: RequestContext, id: string, key: string | undefined) => {
    const by = asWhom(context, id, key, "read");
    if (by === null) return noBooking;
    const booking = await context.read(async (unit) => {
      const found = await bookingById(unit, id);
      if (found?.state !== "held") return found;
      // It ended while the clock was ahead, and somebody else has its time.
      const standing = await standingCommitments(unit, "bookings", [found.sessionId]);
      return found.expiresMs > context.nowMs && standing.has(found.sessionId) ? found : null;
    });
    if (booking === null) return noBooking;
    const isMembers = context.caller?.role === "member" && by === "organisation";
    const isOwn = booking.picked.flat().includes(context.caller?.personId ?? "");
    if (isMembers && !isOwn && (key === undefined || !sealing.isLinkKey(id, key))) return noBooking;
    return { booking, by };
  };

  /** Dates of a series that somebody may see: members those that take their own time, unless they have the customer's link. */
  const seenOfSeries = async (unit: Unit, id: string, key: string | undefined, caller: Caller | null) => {
    const dates = await seriesOf(unit, id);
    const isByLink = key !== undefined && sealing.isLinkKey(id, key);
    if (caller?.role !== "member" || isByLink) return dates;
    return dates.filter(({ picked }) => picked.flat().includes(caller.personId));
  };

  /** What is said of some dates of a series, or of one booking. */
  const decidedOf =
    <Input extends { readonly params: { readonly id: string } }>(
      deedOf: (input: Input) => Parameters<typeof decideDates>[2],
      whichOf: (input: Input) => Which,
    ) =>
    async (input: Input, context: RequestContext) => {
      const [which, deed] = [whichOf(input), deedOf(input)];
      const { ifMatch } = context;
      const after = await context.write<Booking | ChangedDates | Changed>((unit) =>
        which === "this"
          ? decideBooking(unit, input.params.id, deed, ifMatch)
          : decideDates(unit, input.params.id, deed, { which, ifMatch }),
      );
      return isRefused(after)
        ? (after as Refused<"bookings/wrong-state">)
        : shownChanged(context, after, "organisation");
    };

  const decided =
    (deed: Decision) =>
    async ({ params }: { readonly params: { readonly id: string } }, context: RequestContext) => {
      const after = await context.write((unit) => decideBooking(unit, params.id, deed, context.ifMatch));
      return isRefused(after) ? (after as Refused<"bookings/wrong-state">) : shown(context, after, "organisation");
    };

  return {
    "bookings.create": async ({ body }, context) => {
      if (!sealing.isLinkKey(body.holdId, body.key)) return noBooking;
      const { customer, answers, language } = body;
      const wish = { customer, answers, language, package: body.package ?? "", zone: knownZone(body.zone) };
      const booked = await context.write((unit) => createBooking(unit, sealing, body.holdId, wish));
      if (isRefused(booked)) return booked;
      context.reply.headers["location"] = `/v1/bookings/${booked.id}`;
      return shown(context, booked, "customer");
    },

    "bookings.read": async ({ params, query }, context) => {
      const found = await readable(context, params.id, query.key);
      return isRefused(found) ? found : shown(context, found.booking, found.by);
    },

    "bookings.series": async ({ params, query }, context) => {
      const found = await readable(context, params.id, query.key);
      if (isRefused(found)) return found;
      return context.read(async (unit) => {
        const dates = await seenOfSeries(unit, params.id, query.key, context.caller);
        return { items: await shownBookings(unit, dates, { sealing, isMailed }, found.by) };
      });
    },

    "bookings.calendar": async ({ params, query }, context) => {
      const found = await readable(context, params.id, query.key);
      if (isRefused(found)) return found;
      const { nowMs, caller } = context;
      const dates = await context.read(async (unit) => {
        const { name } = await organisation(unit);
        const bookings =
          query.which === "all" ? await seenOfSeries(unit, params.id, query.key, caller) : [found.booking];
        const all = await shownBookings(unit, bookings, { sealing, isMailed }, found.by);
        return all.map((each, at) => [bookings[at]!, { ...each, organisation: name, nowMs }] as const);
      });
      const { bytes } = calendarOf(dates);
      return new FileAnswer("text/calendar; charset=utf-8", "booking.ics", [Buffer.from(bytes)]);
    },

    "bookings.list": async ({ query }, context) => {
      const [startMs, endMs] = [query.start, query.end].map((text) =>
        text === undefined ? null : Temporal.Instant.from(text).epochMilliseconds,
      ) as [number | null, number | null];
      const after = pageAt<unknown>(query.cursor);
      if (query.cursor !== undefined && !isPlace(after)) return refuseRequest("invalid", "cursor", {});
      const { caller } = context;
      const found = await context.read(async (unit) => {
        const bookings = await findBookings(unit, {
          startMs,
          endMs,
          serviceId: query.serviceId ?? null,
          subjectId: caller!.role === "member" ? caller!.personId : (query.subjectId ?? null),
          customerId: query.customerId ?? null,
          state: query.state ?? null,
          needsTime: query.needsTime === true,
          after: isPlace(after) ? { startMs: after[0], id: after[1] } : null,
          limit: query.limit + 1,
        });
        const page = bookings.slice(0, query.limit);
        return {
          items: await shownBookings(unit, page, { sealing, isMailed }, "organisation"),
          page,
          isMore: bookings.length > page.length,
        };
      });
      const last = found.page.at(-1);
      return {
        items: found.items,
        nextCursor: found.isMore && last !== undefined ? cursorOf([last.startMs, last.id]) : null,
      };
    },

    "bookings.reschedule": async ({ params, body }, context) => {
      const by = asWhom(context, params.id, body.key, "write");
      if (by === null) return noBooking;
      const startMs = momentOf(body.start);
      if (typeof startMs !== "number") return refuseBooking("not-offered", "instant", { said: startMs.refused.detail });
      const { which, choose } = body;
      const wish = { startMs, choose, by, ifMatch: context.ifMatch };
      let clash: DatesClash | null = null;
      const moved = await context.write<Booking | ChangedDates | RescheduleRefused>(async (unit) => {
        if (which === "this") return rescheduleBooking(unit, params.id, wish);
        const dates = await rescheduleDates(unit, params.id, { ...wish, which });
        if (!("dates" in dates)) return dates;
        clash = dates;
        return nothingHeld;
      });
      if (!isRefused(moved)) return shownChanged(context, moved, by);
      const before = await context.read((unit) => bookingById(unit, params.id));
      const isAboutTime = moved.refused.code === "bookings/slot-taken" || moved.refused.code === "bookings/not-offered";
      if (before !== null && clash !== null) return datesClash(context, clash, { ...before, choose }, true);
      if (before === null || !isAboutTime || which !== "this") return moved;
      const { serviceId, places } = before;
      const minutes = (before.endMs - before.startMs) / 60_000;
      return withAlternatives(context, moved, { serviceId, places, minutes, startMs, choose: body.choose });
    },

    "bookings.choose": async ({ params, body }, context) => {
      if (!sealing.isLinkKey(params.id, body.key)) return noBooking;
      const startMs = momentOf(body.start);
      if (typeof startMs !== "number") return refuseBooking("not-offered", "instant", { said: startMs.refused.detail });
      const moved = await context.write((unit) => chooseOffered(unit, params.id, startMs));
      if (!isRefused(moved)) return shown(context, moved, "customer");
      const isAboutTime = moved.refused.code === "bookings/slot-taken" || moved.refused.code === "bookings/not-offered";
      const before = isAboutTime ? await context.read((unit) => bookingById(unit, params.id)) : null;
      if (before === null) return moved;
      const { serviceId, places } = before;
      const minutes = (before.endMs - before.startMs) / 60_000;
      return withAlternatives(context, moved, { serviceId, places, minutes, startMs, choose: [] });
    },

    "bookings.cancel": async ({ params, body }, context) => {
      const by = asWhom(context, params.id, body.key, "write");
      if (by === null) return noBooking;
      const { which, reason } = body;
      const wish = { reason, by, ifMatch: context.ifMatch };
      const after = await context.write<Booking | ChangedDates | Changed>((unit) =>
        which === "this" ? cancelBooking(unit, params.id, wish) : cancelDates(unit, params.id, { ...wish, which }),
      );
      return isRefused(after) ? after : shownChanged(context, after, by);
    },

    "bookings.approve": decidedOf(
      () => ({ kind: "approve" }),
      ({ query }) => query.which,
    ),

    "bookings.decline": decidedOf(
      ({ body }) => ({ kind: "decline", reason: body.reason }),
      ({ body }) => body.which,
    ),

    "bookings.noShow": decided({ kind: "no-show" }),

    "bookings.complete": decided({ kind: "complete" }),

    "bookings.put": ({ params, body }, context) => context.write((unit) => putBooking(unit, params.id, body.was)),
  };
}

type RescheduleRefused = Changed | NotPlaced | Refused<"bookings/dates-clash">;

/** Whether a cursor names a place in the list of bookings: start, booking. */
const isPlace = (keys: unknown): keys is readonly [number, string] =>
  Array.isArray(keys) && keys.length === 2 && isMomentKey(keys[0]) && typeof keys[1] === "string";
