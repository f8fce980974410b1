import { isRefused, limits, refuseBooking, requestProblems, type Refused } from "@hourwright/contract";
import { Lru } from "@hourwright/std";
import { DAY_MS } from "@hourwright/time";
import type { Answers } from "../../platform/answers/answers.ts";
import type { Call } from "../../platform/bundle/bundle.ts";
import type { Database, Unit } from "../../platform/db/database.ts";
import type { Budget } from "../../platform/http/rate-limits.ts";
import { FileAnswer, RawJson, type Caller, type RequestContext } from "../../platform/operations/context.ts";
import type { Handlers } from "../../platform/operations/dispatcher.ts";
import { cursorOf, isMomentKey, pageOf as pageAt } from "../../platform/operations/pages.ts";
import type { Task, WorkerPool } from "../../platform/workers/pool.ts";
import { firstExpiryMs, standingCommitments } from "../claims/public.ts";
import { organisationOf as organisation } from "../identity/public.ts";
import { calendarOf } from "./calendar.ts";
import { createBooking } from "./booking.ts";
import {
  cancelBooking,
  decideBooking,
  noBooking,
  rescheduleBooking,
  type By,
  type Changed,
  type Decision,
} from "./changing.ts";
import { fileOperations, type FileIds } from "./files/operations.ts";
import { createHold, holdInPlaceOf, prolongHold, removeHold } from "./holding.ts";
import { putBooking } from "./putting-back.ts";
import { zoneOf } from "./services.ts";
import { packageOperations, type PackageIds } from "./package-operations.ts";
import { waitingOperations, type WaitingIds } from "./waiting/operations.ts";
import type { Booking, Service } from "./model.ts";
import {
  knownZone,
  momentOf,
  publicPage,
  shownBookings,
  shownHold,
  shownPage,
  shownSeriesHold,
  shownServices,
  slotWindow,
  zonedText,
} from "./queries.ts";
import type { Proofs } from "./proof.ts";
import type { Sealing } from "./sealing.ts";
import {
  cancelDates,
  createSeriesHold,
  decideDates,
  rescheduleDates,
  type ChangedDates,
  type DateClash,
  type DatesClash,
} from "./series.ts";
import type { Which } from "./repeating.ts";
import type { NotPlaced } from "./taking.ts";
import {
  changePage,
  changeRouting,
  changeService,
  createService,
  noService,
  putService,
  removeService,
} from "./services.ts";
import { figureOperations, type FigureIds } from "./figures/operations.ts";
import { ratingOperations } from "./rating/operations.ts";
import { standInOperations } from "./stand-in-operations.ts";
import { chooseOffered } from "./stand-ins.ts";
import { ALTERNATIVES_WITHIN_MS, changesAt, readFacts } from "./slots.ts";
import type { FoundSlot, SlotsAsked } from "./slots.task.ts";
import {
  asksForProof,
  bookingById,
  findBookings,
  organisationOf,
  routingOf,
  seriesOf,
  serviceById,
  servicesOf,
} from "./store.ts";
import { whyNoSlot } from "./why.ts";

type BookingIds =
  | `services.${"list" | "read" | "create" | "update" | "remove" | "put" | "slots" | "why" | "challenge"}`
  | `bookingPage.${"read" | "put" | "readRouting" | "putRouting"}`
  | "bookingPage.show"
  | `holds.${"create" | "createSeries" | "remove" | "prolong"}`
  | `bookings.${"list" | "create" | "read" | "series" | "calendar" | "reschedule" | "cancel" | "choose" | "approve" | "decline" | "noShow" | "complete" | "put"}`;

/** Commands that write beside others of their moment, in one transaction (ADR 27). */
export const sharedWrites: ReadonlySet<string> = new Set<BookingIds>(["holds.create"]);

type SlotsQuery = Parameters<Handlers<"services.slots">["services.slots"]>[0]["query"];

type InPlace = {
  readonly serviceId: string;
  readonly inPlaceOf?: { readonly id: string; readonly key: string } | undefined;
};

export type BookingPorts = {
  readonly sealing: Sealing;
  readonly questions: WorkerPool;
  readonly answers: Pick<Answers, "to">;
  /** Whether mail is on: customers are told that a message comes. */
  readonly isMailed: boolean;
  readonly call: Call;
  readonly proofs: Proofs;
  /** Counts a hold without a proof where one is asked for. */
  readonly countUnproven: (addressHash: string) => Promise<Budget>;
};

const find: Task<SlotsAsked, never, FoundSlot[]> = {
  module: new URL("slots.task.ts", import.meta.url),
  name: "slotsTask",
};

/** Public ids whose organisation is remembered: it never changes. */
const DOORS_KEPT_MAX = 20_000;

/** Says to which organisation a page, a service or a booking belongs. */
export function publicDoor(database: Database): (id: string) => Promise<number | null> {
  const known = new Lru<string, number>(DOORS_KEPT_MAX);
  return async (id) => {
    const kept = known.get(id);
    if (kept !== undefined) return kept;
    const found = await organisationOf(database, id);
    if (found !== null && id.includes("_")) known.set(id, found); // The address of a page may be given to another.
    return found;
  };
}

const asSlot = ({ startMs, endMs, placesLeft }: FoundSlot, zone: string) => ({
  start: zonedText(startMs, zone),
  end: zonedText(endMs, zone),
  placesLeft,
});

type AlternativesWish = {
  readonly serviceId: string;
  readonly startMs: number;
  readonly minutes: number | null;
  readonly choose: readonly string[];
  readonly places: number;
};

/** When nothing is free in the window it is looked so much further, at once. */
const NEXT_WITHIN_DAYS = 120;

export function bookingOperations({
  sealing,
  questions,
  answers,
  isMailed,
  call,
  proofs,
  countUnproven,
}: BookingPorts): Handlers<
  BookingIds | FileIds | PackageIds | WaitingIds | FigureIds | "bookings.rate" | "bookings.standIns"
> {
  /** A refused time with the nearest that are free; read when the refusal is certain. Many who come too late for one time are told alike. */
  const withAlternatives = async <Code extends string>(
    context: RequestContext,
    { refused }: Refused<Code>,
    { serviceId, startMs, minutes, choose, places }: AlternativesWish,
  ): Promise<Refused<Code>> => {
    const query = { serviceId, startMs, minutes, choose, places };
    const found = await answers.to(
      { operation: "holds.alternatives", query, sight: "everyone" },
      { ...context, asOf: "unasked" },
      (reading) => nearestSlots(reading, query),
    );
    if (isRefused(found)) return { refused };
    const alternatives = JSON.parse(found.text) as ReturnType<typeof asSlot>[];
    return { refused: { ...refused, extra: { ...refused.extra, alternatives } } };
  };

  const nearestSlots = async (context: RequestContext, wish: AlternativesWish) => {
    const { startMs, places, choose } = wish;
    const read = await context.read(async (unit) => {
      const service = await serviceById(unit, wish.serviceId);
      if (service === null) return noService;
      const facts = await readFacts(unit, {
        service,
        zone: await zoneOf(unit, service),
        lengthMinutes: wish.minutes ?? service.lengths[0]!,
        choose,
        fromMs: Math.max(context.nowMs, startMs - ALTERNATIVES_WITHIN_MS),
        toMs: Math.max(context.nowMs, startMs) + ALTERNATIVES_WITHIN_MS,
      });
      return { facts, expiryMs: await firstExpiryMs(unit) };
    });
    if (isRefused(read)) return read;
    const { facts, expiryMs } = read;
    const near = await questions.run(find, { facts, places, limit: 0, near: startMs }, {});
    const untilMs = changesAt(facts, near[0]?.startMs ?? null, expiryMs);
    return new RawJson(JSON.stringify(near.map((slot) => asSlot(slot, facts.zone))), { untilMs });
  };

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
          items: slots.map((slot) => asSlot(slot, zone)),
          zone,
          next: next === undefined ? null : zonedText(next.startMs, zone),
        }),
        { untilMs: changesAt(facts, (slots[0] ?? next)?.startMs ?? null, expiryMs) },
      );
    const slots = await questions.run(find, { facts, places, limit, near: null }, {});
    if (slots.length > 0) return answer(slots, undefined);
    const fromMs = Math.max(window.toMs, context.nowMs);
    const toMs = fromMs + NEXT_WITHIN_DAYS * DAY_MS;
    const later = { service, zone: own, lengthMinutes, choose: query.choose ?? [], fromMs, toMs };
    const laterFacts = await context.read((unit) => readFacts(unit, later));
    const [next] = await questions.run(find, { facts: laterFacts, places, limit: 1, near: null }, {});
    return answer([], next);
  };

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

  /** Each date of a series that clashes, with the nearest times that would be offered for it; read when the refusal is certain. */
  const datesClash = async (
    context: RequestContext,
    { dates, lengthMinutes }: DatesClash,
    wish: { readonly serviceId: string; readonly choose: readonly string[]; readonly places: number },
    isLookingFurther: boolean,
  ): Promise<Refused<"bookings/dates-clash">> => {
    const { places, choose } = wish;
    const alternativesTo = async (date: DateClash): Promise<readonly FoundSlot[]> => {
      const near = date.startMs;
      const facts = await context.read(async (unit) => {
        const service = await serviceById(unit, wish.serviceId);
        if (service === null) return null;
        return readFacts(unit, {
          service,
          zone: await zoneOf(unit, service),
          lengthMinutes,
          choose,
          fromMs: Math.max(context.nowMs, near - DATE_ALTERNATIVES_WITHIN_MS),
          toMs: Math.max(context.nowMs, near) + DATE_ALTERNATIVES_WITHIN_MS,
        });
      });
      if (facts === null) return [];
      const own = dates.flatMap((other) =>
        other === date || other.clash !== null ? [] : [{ ...other, sessionId: "", picked: [], places }],
      );
      return questions.run(find, { facts, places, limit: 0, near, own }, {});
    };
    const zone = await context.read(async (unit) => {
      const service = await serviceById(unit, wish.serviceId);
      return service === null ? "UTC" : zoneOf(unit, service);
    });
    const told = [];
    for (const date of dates) {
      const isClash = date.clash !== null;
      const slots = isClash && isLookingFurther ? await alternativesTo(date) : [];
      told.push({
        index: date.index,
        start: zonedText(date.startMs, zone),
        end: zonedText(date.endMs, zone),
        fits: !isClash,
        code: date.clash?.refused.code ?? null,
        why: date.clash?.refused.detail ?? null,
        alternatives: slots.map((slot) => asSlot(slot, zone)),
      });
    }
    const clashes = dates.filter(({ clash }) => clash !== null).length;
    return refuseBooking("dates-clash", "some", { clashes, dates: dates.length }, { dates: told });
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
    ...fileOperations(sealing),
    ...packageOperations(sealing),
    ...standInOperations({ sealing, questions, isMailed, call }),
    ...waitingOperations({ sealing, isMailed }),
    ...ratingOperations({ sealing, isMailed }),
    ...figureOperations({ questions }),

    "services.list": async (_input, context) =>
      context.read(async (unit) => ({ items: await shownServices(unit, await servicesOf(unit)) })),

    "services.read": async ({ params }, context) =>
      context.read(async (unit) => {
        const service = await serviceById(unit, params.id);
        return service === null ? noService : (await shownServices(unit, [service]))[0]!;
      }),

    "services.create": async ({ body }, context) =>
      context.write(async (unit) => {
        const service = await createService(unit, body);
        if (isRefused(service)) return service;
        context.reply.headers["location"] = `/v1/services/${service.id}`;
        return (await shownServices(unit, [service]))[0]!;
      }),

    "services.update": async ({ params, body }, context) =>
      context.write(async (unit) => {
        const service = await changeService(unit, params.id, body, context.ifMatch);
        return isRefused(service) ? service : (await shownServices(unit, [service]))[0]!;
      }),

    "services.remove": ({ params }, context) =>
      context.write((unit) => removeService(unit, params.id, context.ifMatch)),

    "services.put": ({ params, body }, context) => context.write((unit) => putService(unit, params.id, body.was)),

    "bookingPage.read": (_input, context) => context.read(shownPage),

    "bookingPage.put": async ({ body }, context) =>
      context.write(async (unit) => {
        const page = await changePage(unit, body);
        return isRefused(page) ? page : shownPage(unit);
      }),

    "bookingPage.readRouting": (_input, context) => context.read(routingOf),

    "bookingPage.putRouting": ({ body }, context) => context.write((unit) => changeRouting(unit, body)),

    "bookingPage.show": (_input, context) => context.read(publicPage),

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
      if (query.cursor !== undefined && !isPlace(after))
        return requestProblems.refuse("invalid", "query.cursor: it is none that this list has given.");
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

const unproven = refuseBooking("proof-wanted", "wrong", {});

/** Rolls back what was tried: the dates are told when it is over. */
const nothingHeld = refuseBooking("dates-clash", "held", {});

/** Times offered beside a date of a series: no farther than half of two weeks, so that they come between its neighbours. */
const DATE_ALTERNATIVES_WITHIN_MS = 7 * DAY_MS;

type RescheduleRefused = Changed | NotPlaced | Refused<"bookings/dates-clash">;

const lengthUnknown = ({ name, lengths }: Service) =>
  refuseBooking("length-unknown", "lengths", { service: name, lengths });

/** Whether a cursor names a place in the list of bookings: start, booking. */
const isPlace = (keys: unknown): keys is readonly [number, string] =>
  Array.isArray(keys) && keys.length === 2 && isMomentKey(keys[0]) && typeof keys[1] === "string";
