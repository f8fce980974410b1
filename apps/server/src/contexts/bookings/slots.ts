import { MINUTE_MS } from "@hourwright/time";
import type { Unit } from "../../platform/db/database.ts";
import { guardedText, openTimeText, takenAlongText, takenText } from "../claims/public.ts";
import { bookOf, reachOf } from "../planning/public.ts";
import { asksForPlaces, hasHard } from "../planning/pure.ts";
import { subjectsById } from "../identity/public.ts";
import { ruleFacts } from "./collections.ts";
import type { Service } from "./model.ts";
import { AROUND_MS, type Ruled, type SlotFacts } from "./slot-question.ts";
import { sourcesOf } from "./source-store.ts";
import { calendarOfBookings, creditsOfService, sessionsOfService } from "./store.ts";

export type SlotAsked = {
  readonly service: Service;
  /** The service's own, or its organisation's. */
  readonly zone: string;
  readonly lengthMinutes: number;
  readonly choose: readonly string[];
  readonly fromMs: number;
  readonly toMs: number;
  readonly withoutSessions?: readonly string[];
  /** It is asked about one start alone: what is far from it is read only where it counts. */
  readonly isOneStart?: boolean;
};

/** Claims that one question reads: 100 people with 200 each. */
const CLAIMS_MAX = 20_000;

/** Claims that rules are judged by, of all whom they compare. */
const RULED_MAX = 50_000;

/**
 * Reads what slots of a service depend on. Three statements at most, whatever the window, two where rules may refuse something, and two where
 * the age of calendars counts.
 */
export async function readFacts(unit: Unit, asked: SlotAsked): Promise<SlotFacts> {
  const { service, zone, lengthMinutes, choose, fromMs, toMs, withoutSessions = [], isOneStart = false } = asked;
  const subjects = [...new Set(service.roles.flatMap(({ anyOf }) => anyOf))];
  const indexOf = new Map(subjects.map((id, index) => [id, index]));
  const here = await subjectsById(unit, subjects);
  const retired = here.flatMap((subject) => (subject.retired ? [subject.id] : []));
  const { bufferBeforeMinutes, bufferAfterMinutes } = service;
  const around =
    isOneStart && !isAboutWeeks(service)
      ? {
          fromMs: fromMs - bufferBeforeMinutes * MINUTE_MS,
          toMs: toMs + (lengthMinutes + bufferAfterMinutes) * MINUTE_MS,
        }
      : { fromMs: fromMs - AROUND_MS, toMs: toMs + AROUND_MS };
  const [sessions, credits, guarded, openTime, ruled, sources] = await Promise.all([
    isOneStart && isAlone(service) ? [] : sessionsOfService(unit, { serviceId: service.id, ...around }),
    creditsOfService(unit, service.id),
    guardedText(unit, { subjectIds: subjects, ...around, claimsMax: CLAIMS_MAX }),
    openTimeText(unit, subjects, around.fromMs, around.toMs),
    readRuled(unit, service, subjects, { fromMs, toMs: toMs + lengthMinutes * MINUTE_MS }),
    service.stale.policy === "book" ? [] : sourcesOf(unit, subjects),
  ]);
  return {
    service,
    zone,
    lengthMinutes,
    subjects,
    roles: service.roles.map(({ anyOf, count, assign }) => {
      const chosen = assign === "customer" ? anyOf.filter((id) => choose.includes(id) && !retired.includes(id)) : [];
      return { anyOf: (chosen.length > 0 ? chosen : anyOf).map((id) => indexOf.get(id)!), count };
    }),
    guarded,
    openTime,
    retired,
    ruled,
    sources,
    ofService: sessions,
    owed: credits,
    nowMs: unit.nowMs,
    fromMs,
    toMs,
    withoutSessions,
  };
}

async function readRuled(
  unit: Unit,
  { id }: Service,
  subjects: readonly string[],
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): Promise<Ruled | null> {
  const reachMs = await reachOf(unit);
  const around = [fromMs - reachMs, toMs + reachMs] as const;
  const book = await bookOf(unit, subjects, ruleFacts, { fromMs: around[0], toMs: around[1] });
  if (!hasHard(book)) return null;
  const ids = [...new Set([...subjects, ...book.holders.map((holder) => holder.id)])];
  const [taken, openTime] = await Promise.all([
    (asksForPlaces(book) ? takenAlongText : takenText)(unit, ids, ...around, RULED_MAX),
    openTimeText(unit, ids, ...around),
  ]);
  return { book, taken, openTime, collections: [id, (await calendarOfBookings(unit)) ?? ""] };
}

/** Whether a slot depends on what is far from it: limits, who is least busy in a week, openings that are counted from. */
const isAboutWeeks = ({ limitPerDay, limitPerWeek, raster, roles }: Service): boolean =>
  limitPerDay !== null ||
  limitPerWeek !== null ||
  raster.from === "opening" ||
  roles.some(({ assign }) => assign === "least-busy");

/** Whether it is nothing to a slot what else is booked of the service: nobody joins others, and nothing is counted. */
const isAlone = ({ places, limitPerDay, limitPerWeek }: Service): boolean =>
  places === 1 && limitPerDay === null && limitPerWeek === null;
