import type { Commitment, HistoryRow, Place, CommitmentType, Outcome } from "@hourwright/learn";
import { DAY_MS } from "@hourwright/time";
import type { PastDate } from "./read.ts";

// Pure: what became of commitments as rows of a history. What is not read here (ways, load, opening hours, rules, who is regular
// or of importance) is zero in every row, so that nothing can be learned from it.

const MINUTE_MS = 60_000;
const EPOCH = Temporal.PlainDate.from("1970-01-01");

export type Rows = {
  readonly dates: readonly PastDate[];
  /** Names an organiser: a keyed hash of their id. */
  readonly who: (organiserId: string) => string;
  /** Epoch days on which nobody works. */
  readonly holidays: ReadonlySet<number>;
};

/** A date, and the row that it makes. */
export type DateRow = { readonly of: PastDate; readonly row: HistoryRow };

/** The rows, by start. What a row says of others ends when its commitment was made. O(n × things of a person on a day). */
export function historyRows({ dates, who, holidays }: Rows): DateRow[] {
  const rows: DateRow[] = [];
  for (const own of Map.groupBy(dates, ({ organiserId }) => organiserId).values())
    rows.push(...rowsOfOne(own, who, holidays));
  return rows.sort((a, b) => a.row.startMs - b.row.startMs || (a.row.who < b.row.who ? -1 : 1));
}

function rowsOfOne(own: readonly PastDate[], who: Rows["who"], holidays: Rows["holidays"]): DateRow[] {
  const near = nearOf(own);
  const conflicts = new Map(own.map((date) => [date, meetsAnother(date, near(date))]));
  const begun = own.toSorted((a, b) => a.startMs - b.startMs);
  const known = {
    count: 0,
    moved: 0,
    cancelled: 0,
    conflicts: 0,
    met: new Set<string>(),
    asked: new Map<string, number>(),
    refused: new Map<string, number>(),
  };
  let next = 0;
  return own
    .toSorted((a, b) => a.madeMs - b.madeMs)
    .map((date) => {
      for (; next < begun.length && begun[next]!.startMs <= date.madeMs; next++) learn(known, begun[next]!, conflicts);
      const local = Temporal.Instant.fromEpochMilliseconds(date.startMs).toZonedDateTimeISO(date.zone);
      const outcome: Outcome = {
        conflict: conflicts.get(date)! ? "time_overlap" : "no_conflict",
        moved: date.becameMs !== null && date.became !== null,
        cancelled: date.became === null,
        refused: date.declined.length > 0,
        missed: false, // Nobody says who came.
      };
      const emails = date.guests.map(({ email }) => email);
      const sum = (counts: ReadonlyMap<string, number>) =>
        emails.reduce((all, email) => all + (counts.get(email) ?? 0), 0);
      const commitment: Commitment = {
        startMinute: local.hour * 60 + local.minute,
        lengthMinutes: minutes(date.startMs, date.endMs),
        weekday: local.dayOfWeek,
        weekOfYear: local.weekOfYear ?? 1,
        isHoliday: holidays.has(EPOCH.until(local.toPlainDate()).days),
        leadMinutes: minutes(date.madeMs, date.startMs),
        place: placeOf(date),
        travelMinutes: 0,
        zoneDifferenceMinutes: 0,
        attendees: {
          count: date.guests.length,
          external: date.guests.filter(({ isOutside }) => isOutside).length,
          vip: 0,
          regular: 0,
          fresh: emails.filter((email) => !known.met.has(email)).length,
          optional: date.guests.filter(({ isOptional }) => isOptional).length,
          accepted: 0,
          declined: 0,
        },
        type: typeOf(date),
        priority: date.priority,
        isRecurring: date.isRecurring,
        bufferBeforeMinutes: 0,
        bufferAfterMinutes: 0,
        ...dayOf(date, near(date)),
        history: {
          hourScore: 0.5,
          conflicts: known.conflicts,
          moved: { part: known.moved, all: known.count },
          cancelled: { part: known.cancelled, all: known.count },
          attended: { part: known.count - known.cancelled, all: known.count },
          seriesMoved: { part: 0, all: 0 },
          refused: { part: sum(known.refused), all: sum(known.asked) },
        },
        organisation: { load: 0, atWork: { part: 0, all: 0 }, openMinutes: 0, rulesBroken: 0, season: 1 },
      };
      return { of: date, row: { startMs: date.startMs, who: who(date.organiserId), commitment, outcome } };
    });
}

/** What has begun is known from then on. */
function learn(
  known: {
    count: number;
    moved: number;
    cancelled: number;
    conflicts: number;
    readonly met: Set<string>;
    readonly asked: Map<string, number>;
    readonly refused: Map<string, number>;
  },
  date: PastDate,
  conflicts: ReadonlyMap<PastDate, boolean>,
): void {
  known.count++;
  if (date.became === null) known.cancelled++;
  else if (date.becameMs !== null) known.moved++;
  if (conflicts.get(date)!) known.conflicts++;
  for (const { email } of date.guests) {
    if (date.became !== null) known.met.add(email);
    known.asked.set(email, (known.asked.get(email) ?? 0) + 1);
  }
  for (const email of date.declined) known.refused.set(email, (known.refused.get(email) ?? 0) + 1);
}

/** Things of the same person that may share a day with one, before or after they were moved. */
function nearOf(own: readonly PastDate[]): (date: PastDate) => readonly PastDate[] {
  const byDay = new Map<number, Set<PastDate>>();
  for (const date of own)
    for (const times of [date, date.became ?? date])
      for (const day of daysOf(times)) byDay.set(day, (byDay.get(day) ?? new Set()).add(date));
  return (date) =>
    [...new Set(daysOf(date).flatMap((day) => [...(byDay.get(day) ?? [])]))].filter((each) => each !== date);
}

type Times = { readonly startMs: number; readonly endMs: number };

/** A thing of weeks is near at its ends. */
const DAYS_MAX = 8;

/** Days of UTC that it touches, and the one before and after: a local day lies within. */
function daysOf({ startMs, endMs }: Times): number[] {
  const first = Math.floor(startMs / DAY_MS) - 1;
  const count = Math.min(DAYS_MAX, Math.floor(endMs / DAY_MS) + 2 - first);
  return Array.from({ length: count }, (_, i) => first + i);
}

/** When something was to be, as it was known at a moment; null while it was not made yet, or when it was gone. */
function knownAt(date: PastDate, ms: number): Times | null {
  if (date.madeMs > ms) return null;
  return date.becameMs !== null && date.becameMs <= ms ? date.became : date;
}

const sharedMs = (a: Times, b: Times): number => Math.min(a.endMs, b.endMs) - Math.max(a.startMs, b.startMs);

/** Whether something came to lie across it before it began, and while it was still there, that did not when it was made. */
function meetsAnother(date: PastDate, near: readonly PastDate[]): boolean {
  const untilMs = date.becameMs ?? date.startMs;
  return near.some((other) => {
    const [then, later] = [knownAt(other, date.madeMs), knownAt(other, untilMs - 1)];
    return later !== null && sharedMs(date, later) > 0 && (then === null || sharedMs(date, then) <= 0);
  });
}

/** What lay around it on its day when it was made. */
function dayOf(
  date: PastDate,
  near: readonly PastDate[],
): Pick<Commitment, "overlapMinutes" | "gapBeforeMinutes" | "gapAfterMinutes" | "sameDayCount" | "sameDayMinutes"> {
  const day = Temporal.Instant.fromEpochMilliseconds(date.startMs).toZonedDateTimeISO(date.zone).startOfDay();
  const whole = { startMs: day.epochMilliseconds, endMs: day.add({ days: 1 }).epochMilliseconds };
  const others = near.flatMap((each) => knownAt(each, date.madeMs) ?? []).filter((times) => sharedMs(times, whole) > 0);
  const before = others.filter(({ endMs }) => endMs <= date.startMs).map(({ endMs }) => minutes(endMs, date.startMs));
  const after = others
    .filter(({ startMs }) => startMs >= date.endMs)
    .map(({ startMs }) => minutes(date.endMs, startMs));
  return {
    overlapMinutes: Math.max(0, ...others.map((times) => Math.round(sharedMs(date, times) / MINUTE_MS))),
    gapBeforeMinutes: before.length === 0 ? null : Math.min(...before),
    gapAfterMinutes: after.length === 0 ? null : Math.min(...after),
    sameDayCount: others.length,
    sameDayMinutes: others.reduce((sum, { startMs, endMs }) => sum + minutes(startMs, endMs), 0),
  };
}

const minutes = (fromMs: number, toMs: number): number => Math.round((toMs - fromMs) / MINUTE_MS);

/** By the words alone: an address of the web is no place. */
function placeOf({ location }: PastDate): Place {
  if (location.trim() === "") return "none";
  return /^https?:/i.test(location.trim()) ? "remote" : "own site";
}

function typeOf({ guests }: PastDate): CommitmentType {
  if (guests.length === 0) return "focus";
  if (guests.some(({ isOutside }) => isOutside)) return "customer";
  return guests.length === 1 ? "one to one" : "team";
}
