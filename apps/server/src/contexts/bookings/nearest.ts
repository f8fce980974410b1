import { limits, refuseBooking, isRefused, type Refused } from "@hourwright/contract";
import { DAY_MS } from "@hourwright/time";
import type { Answers } from "../../platform/answers/answers.ts";
import { RawJson, type RequestContext } from "../../platform/operations/context.ts";
import type { Task, WorkerPool } from "../../platform/workers/pool.ts";
import { firstExpiryMs } from "../claims/public.ts";
import { shownSlot, zonedText } from "./queries.ts";
import type { DateClash, DatesClash } from "./series.ts";
import { noService, zoneOf } from "./services.ts";
import { readFacts } from "./slots.ts";
import { ALTERNATIVES, ALTERNATIVES_WITHIN_MS, changesAt, nearestOf } from "./slot-question.ts";
import type { FoundSlot, SlotsAsked } from "./slots.task.ts";
import { serviceById } from "./store.ts";

export const findSlots: Task<SlotsAsked, never, FoundSlot[]> = {
  module: new URL("slots.task.ts", import.meta.url),
  name: "slotsTask",
};

export type NearestPorts = {
  readonly questions: WorkerPool;
  readonly answers: Pick<Answers, "to">;
};

type AlternativesWish = {
  readonly serviceId: string;
  readonly startMs: number;
  readonly minutes: number | null;
  readonly choose: readonly string[];
  readonly places: number;
};

/** `near`: the three nearest to it alone; null: all of the window. */
type WindowWish = Omit<AlternativesWish, "startMs"> & {
  readonly fromMs: number;
  readonly toMs: number;
  readonly near: number | null;
};

/** What can be booked of a service in a window, and the zone it is shown in. */
type Offered = { readonly zone: string; readonly slots: readonly FoundSlot[] };

/** Times offered beside a date of a series: no farther than half of two weeks, so that they come between its neighbours. */
const DATE_ALTERNATIVES_WITHIN_MS = 7 * DAY_MS;

/** Says with a time that was refused, or with dates that clash, what is free nearby. */
export function nearestTimes({ questions, answers }: NearestPorts) {
  /** A refused time with the nearest that are free; read when the refusal is certain. */
  const withAlternatives = async <Code extends string>(
    context: RequestContext,
    { refused }: Refused<Code>,
    { serviceId, startMs, minutes, choose, places }: AlternativesWish,
  ): Promise<Refused<Code>> => {
    const found = await nearestSlots(context, { serviceId, startMs, minutes, choose, places });
    if (isRefused(found)) return { refused };
    return { refused: { ...refused, extra: { ...refused.extra, alternatives: found } } };
  };

  /** Looks near first, where most find something: what is offered around a day is read once for all who ask about that day. */
  const nearestSlots = async (context: RequestContext, { startMs, ...wish }: AlternativesWish) => {
    const aroundMs = Math.max(context.nowMs, startMs);
    const dayMs = Math.floor(aroundMs / DAY_MS) * DAY_MS;
    const around = (withinMs: number) => ({ fromMs: dayMs - withinMs, toMs: dayMs + DAY_MS + withinMs });
    const isWithin = (withinMs: number) => (slot: FoundSlot) => Math.abs(slot.startMs - aroundMs) <= withinMs;
    const soon = await slotsOffered(context, { ...wish, ...around(DAY_MS), near: null });
    if (isRefused(soon)) return soon;
    const slots = soon.slots.filter(isWithin(DAY_MS));
    if (slots.length >= ALTERNATIVES) return nearestOf(slots, startMs).map((slot) => shownSlot(slot, soon.zone));
    const later = await slotsOffered(context, { ...wish, ...around(ALTERNATIVES_WITHIN_MS), near: startMs });
    if (isRefused(later)) return later;
    return later.slots.filter(isWithin(ALTERNATIVES_WITHIN_MS)).map((slot) => shownSlot(slot, later.zone));
  };

  /** What is offered in a window, or three of it; the same for all who ask alike until something changes. */
  const slotsOffered = async (context: RequestContext, query: WindowWish): Promise<Offered | typeof noService> => {
    const answer = await answers.to(
      { operation: "holds.alternatives", query, sight: "everyone" },
      { ...context, asOf: "unasked" },
      (reading) => readOffered(reading, query),
    );
    return isRefused(answer) ? answer : (JSON.parse(answer.text) as Offered);
  };

  const readOffered = async (context: RequestContext, { places, choose, toMs, near, ...wish }: WindowWish) => {
    const read = await context.read(async (unit) => {
      const service = await serviceById(unit, wish.serviceId);
      if (service === null) return noService;
      const facts = await readFacts(unit, {
        service,
        zone: await zoneOf(unit, service),
        lengthMinutes: wish.minutes ?? service.lengths[0]!,
        choose,
        fromMs: Math.max(context.nowMs, wish.fromMs),
        toMs,
      });
      return { facts, expiryMs: await firstExpiryMs(unit) };
    });
    if (isRefused(read)) return read;
    const { facts, expiryMs } = read;
    const slots = await questions.run(findSlots, { facts, places, limit: limits.SLOTS_MAX, near }, {});
    const untilMs = changesAt(facts, slots[0]?.startMs ?? null, expiryMs);
    return new RawJson(JSON.stringify({ zone: facts.zone, slots } satisfies Offered), { untilMs });
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
      return questions.run(findSlots, { facts, places, limit: 0, near, own }, {});
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
        alternatives: slots.map((slot) => shownSlot(slot, zone)),
      });
    }
    const clashes = dates.filter(({ clash }) => clash !== null).length;
    return refuseBooking("dates-clash", "some", { clashes, dates: dates.length }, { dates: told });
  };

  return { withAlternatives, datesClash };
}
