import { limits } from "@hourwright/contract";
import { assert, Lru } from "@hourwright/std";
import { slotsIn, type Objection, type SlotQuestion, type TakenTime } from "@hourwright/availability";
import { DAY_MS, findZone, MINUTE_MS, workingIntervals, type Interval, type Zone } from "@hourwright/time";
import { guardedFrom, openTimeFrom, takenFrom, type Broken } from "../claims/pure.ts";
import { objecting, type Book } from "../planning/pure.ts";
import { decideWeek } from "../workforce/pure.ts";
import type { Service } from "./model.ts";
import { barring, nextStaleMs, objectionOf, type Source } from "./sources.ts";
import type { Credit, Session } from "./store.ts";

// Pure: slots are worked out from facts that were read before (`slots.ts`), here or on a compute thread.

/** Buffers reach a day, and weeks are counted whole. */
export const AROUND_MS = 8 * DAY_MS;

/** What slots are worked out from: plain values, read in one unit, that travel to a compute thread. */
export type SlotFacts = {
  readonly service: Service;
  readonly zone: string;
  readonly lengthMinutes: number;
  readonly subjects: readonly string[];
  /** Role by role; whom the customer has chosen alone where they have. */
  readonly roles: readonly { readonly anyOf: readonly number[]; readonly count: number }[];
  readonly openTime: string;
  /** Who is not here any more: never open, whatever stands of them. */
  readonly retired: readonly string[];
  readonly guarded: string;
  readonly ofService: readonly Session[];
  readonly owed: readonly Credit[];
  /** Calendars elsewhere; none where the service books whatever their age. */
  readonly sources: readonly Source[];
  readonly nowMs: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** What the organisation's rules are judged by; null where none may refuse anything. */
  readonly ruled: Ruled | null;
  /** Of bookings that are moved: their own time bars them from nothing. */
  readonly withoutSessions: readonly string[];
};

export type Ruled = {
  readonly book: Book;
  readonly taken: string;
  readonly openTime: string;
  readonly collections: readonly string[];
};

/**
 * The first instant from which slots may be others although nothing has changed: the first of them can be booked no more, a hold ends,
 * another day begins, up to which they are offered so many days ahead, or a calendar elsewhere grows too old.
 */
export function changesAt(
  { service, zone, nowMs, sources }: Pick<SlotFacts, "service" | "zone" | "nowMs" | "sources">,
  firstSlotMs: number | null,
  expiryMs: number | null,
): number {
  const today = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(zone);
  const tomorrowMs = today.add({ days: 1 }).startOfDay().epochMilliseconds;
  const lastChanceMs = firstSlotMs === null ? Infinity : firstSlotMs - service.noticeMinutes * MINUTE_MS;
  const staleMs = nextStaleMs({ service, sources, nowMs });
  return Math.min(tomorrowMs, lastChanceMs + 1, expiryMs ?? Infinity, staleMs ?? Infinity);
}

/** An objection with what it is made of: a calendar elsewhere, or a rule; neither where nothing is explained. */
export type ToldObjection = Objection & { readonly source?: Source; readonly broken?: Broken };

export type ToldQuestion = SlotQuestion & {
  readonly objections?: (subject: number, startMs: number, endMs: number) => readonly ToldObjection[];
};

/** Another date of the same series: it is not stored yet, and stands as if it were. */
export type OwnDate = Session & { readonly picked: readonly string[] };

/**
 * The facts as the engine asks for them. With `explains`, rules that bar somebody are told in words, which takes longer. `own`
 * are other dates that are wished for together with what is asked; `others` is time of
 * any service that would be taken as well.
 */
export function questionOf(
  facts: SlotFacts,
  {
    explains = false,
    own = [],
    others = [],
  }: { readonly explains?: boolean; readonly own?: readonly OwnDate[]; readonly others?: readonly OtherTime[] } = {},
): ToldQuestion {
  const { service, zone: zoneName, withoutSessions } = facts;
  const zone = findZone(zoneName);
  assert(zone !== null, `${zoneName} is no zone`);
  const known = timesOf(facts);
  const more = Map.groupBy(
    [...own.flatMap((date) => guardedOwn(date, service)), ...others],
    ({ subjectId }) => subjectId,
  );
  const takenOf = (id: string): TakenTime[] => {
    const stands = (known.taken.get(id) ?? []).filter(
      ({ source, commitment }) => source !== "bookings" || !withoutSessions.includes(commitment),
    );
    const added = more.get(id);
    return added === undefined ? stands : [...stands, ...added].toSorted((a, b) => a.startMs - b.startMs);
  };
  const ofService = [...facts.ofService.filter(({ sessionId }) => !withoutSessions.includes(sessionId)), ...own];
  const stale = Map.groupBy(barring(facts), ({ subjectId }) => subjectId);
  const against = objectingTo(facts, [...own.flatMap(takenOwn), ...others]);
  return {
    rules: {
      lengthMinutes: facts.lengthMinutes,
      bufferBeforeMinutes: service.bufferBeforeMinutes,
      bufferAfterMinutes: service.bufferAfterMinutes,
      noticeMinutes: service.noticeMinutes,
      bookable: bookableOf(service, zone, facts.nowMs),
      raster: service.raster,
      zone,
      hours: hoursOf(service, zone, facts),
      limits: { perDay: service.limitPerDay, perWeek: service.limitPerWeek, perCustomer: null },
      roles: facts.roles,
      places: service.places,
      site: service.where.kind === "address" ? service.where.text : null,
    },
    subjects: facts.subjects.map((id) => ({
      open: facts.retired.includes(id) ? [] : (known.open.get(id) ?? null),
      taken: takenOf(id),
    })),
    nowMs: facts.nowMs,
    ...(against === null && stale.size === 0
      ? {}
      : {
          objections: (subject: number, startMs: number, endMs: number) => {
            const old = stale.get(facts.subjects[subject]!) ?? [];
            if (old.length > 0 && !explains) return BARRED;
            const told: readonly ToldObjection[] = old.map((source) => objectionOf(source, service.stale, facts.nowMs));
            if (against?.isBarred(subject, startMs, endMs) !== true) return told;
            return explains ? [...told, ...against.rulesAgainst(subject, startMs, endMs)] : BARRED;
          },
        }),
    booked: ofService.map(({ startMs, endMs }) => ({ startMs, endMs, byCustomer: false })),
    sessions:
      service.places === 1
        ? []
        : ofService.flatMap(({ startMs, endMs, places }) =>
            places < service.places && endMs - startMs === facts.lengthMinutes * MINUTE_MS
              ? [{ startMs, endMs, placesLeft: service.places - places }]
              : [],
          ),
  };
}

type KnownTimes = {
  readonly open: ReadonlyMap<string, readonly Interval[]>;
  readonly taken: ReadonlyMap<string, readonly ReturnType<typeof guardedFrom>[number][]>;
};

/** Facts of which the times are kept as read: a plan asks a few services many questions. */
const TIMES_KEPT_MAX = 8;
const kept = new Lru<string, { readonly openTime: string; readonly times: KnownTimes }>(TIMES_KEPT_MAX);

/** The times of all, by start; read once of the same facts. */
function timesOf({ guarded, openTime }: SlotFacts): KnownTimes {
  const before = kept.get(guarded);
  if (before?.openTime === openTime) return before.times;
  const sorted = guardedFrom(guarded).toSorted((a, b) => a.startMs - b.startMs);
  const times = {
    open: openTimeFrom([openTime]),
    taken: Map.groupBy(sorted, ({ subjectId }) => subjectId),
  };
  kept.set(guarded, { openTime, times });
  return times;
}

/** Somebody's time that would be taken as well, with its guard; of which session. */
export type OtherTime = {
  readonly subjectId: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly guardStartMs: number;
  readonly guardEndMs: number;
  readonly site: string | null;
  readonly commitment: string;
};

const takenOwn = ({ picked, startMs, endMs, sessionId: commitment }: OwnDate) =>
  picked.map((subjectId) => ({ subjectId, startMs, endMs, commitment }));

/** The time that another date of the series will take of each whom it takes. */
const guardedOwn = ({ picked, startMs, endMs }: OwnDate, service: Service) =>
  picked.map((subjectId) => ({
    subjectId,
    startMs,
    endMs,
    guardStartMs: startMs - service.bufferBeforeMinutes * MINUTE_MS,
    guardEndMs: endMs + service.bufferAfterMinutes * MINUTE_MS,
    site: service.where.kind === "address" ? service.where.text : null,
  }));

/** Some rule, whichever. */
const BARRED = [{ ruleId: "", sentence: "", relaxation: null }];

/** What the organisation's hard rules have against somebody's time; of a booking that is moved its own time counts for nothing. */
function objectingTo(
  { ruled, subjects, withoutSessions, nowMs }: SlotFacts,
  own: readonly Pick<OtherTime, "subjectId" | "startMs" | "endMs" | "commitment">[],
) {
  if (ruled === null) return null;
  const taken = takenFrom([ruled.taken]).filter(
    ({ source, commitment }) => source !== "bookings" || !withoutSessions.includes(commitment),
  );
  const together = own.map(({ subjectId, startMs, endMs, commitment }) => ({
    subjectId,
    startMs,
    endMs,
    ...AS_BOOKED,
    commitment,
  }));
  return objecting(
    subjects,
    [...taken, ...together],
    ruled.book,
    ruled.collections,
    openTimeFrom([ruled.openTime]),
    nowMs,
  );
}

const AS_BOOKED = { role: "resource", attends: false, source: "bookings", occurrence: "" } as const;

/** The earlier of its two bounds. */
function bookableOf({ windowDays, windowEnd }: Service, zone: Zone, nowMs: number): SlotQuestion["rules"]["bookable"] {
  const untilMs =
    windowEnd === null
      ? null
      : zone.toEpochMs(Temporal.PlainDate.from(windowEnd).toZonedDateTime("UTC").epochMilliseconds);
  if (windowDays === null) return untilMs === null ? null : { kind: "until", endMs: untilMs };
  const rolling = { kind: "days", days: windowDays } as const;
  return untilMs === null || untilMs > nowMs + (windowDays + 1) * DAY_MS ? rolling : { kind: "until", endMs: untilMs };
}

/** The hours of a service itself in a window, and some days around it; null: as those of whom it takes. */
export function hoursOf(service: Service, zone: Zone, { fromMs, toMs }: Pick<SlotFacts, "fromMs" | "toMs">) {
  if (service.hours === null) return null;
  const decided = decideWeek(service.hours);
  assert(!("refused" in decided), `${service.id} has hours that are none`);
  const week = Array.from({ length: 7 }, (_, day) =>
    decided
      .filter(({ weekday }) => weekday === day + 1)
      .map(({ opensMinute, closesMinute }) => ({ fromMs: opensMinute * MINUTE_MS, toMs: closesMinute * MINUTE_MS })),
  );
  return workingIntervals({ zone, week }, { startMs: fromMs - AROUND_MS, endMs: toMs + AROUND_MS });
}

/** Times offered beside one that is not: three, and no farther than two weeks. */
export const ALTERNATIVES = 3;
export const ALTERNATIVES_WITHIN_MS = 14 * DAY_MS;

/** The slots nearest to a time that meet none of the other dates of their series. */
export function nearestTo(
  question: SlotQuestion,
  startMs: number,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  places: number,
  others: readonly OwnDate[] = [],
  fits: (startMs: number) => boolean = () => true,
) {
  const slots = slotsIn(question, { startMs: fromMs, endMs: toMs }, limits.SLOTS_MAX)
    .filter(({ placesLeft }) => placesLeft >= places)
    .filter(({ startMs: at }) => fits(at))
    .filter((slot) => others.every((other) => slot.startMs >= other.endMs || slot.endMs <= other.startMs));
  return nearestOf(slots, startMs);
}

/** Those nearest to a time, by start; of two as near, the earlier. */
export function nearestOf<Slot extends { readonly startMs: number }>(slots: readonly Slot[], startMs: number): Slot[] {
  return slots
    .toSorted((a, b) => Math.abs(a.startMs - startMs) - Math.abs(b.startMs - startMs) || a.startMs - b.startMs)
    .slice(0, ALTERNATIVES)
    .toSorted((a, b) => a.startMs - b.startMs);
}
