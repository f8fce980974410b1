import { DAY_MS, startOfWeek, type Interval, type Weekday, type Zone } from "@hourwright/time";
import { visitMeeting, type BySubject } from "../schedule.ts";

/** What of a commitment constraints look at, beside whom it takes and when. */
export type Traits = {
  /** Where it is, by number; null where that does not matter: online, or not known. */
  readonly site: number | null;
  /** Time kept for work of one's own: no meeting, but taken. */
  readonly isFocus: boolean;
  /** How many people it seats. */
  readonly guests: number;
  /** What whoever does it has to be able to do. */
  readonly skills: readonly string[];
};

export const PLAIN: Traits = { site: null, isFocus: false, guests: 0, skills: [] };

/** One taking on a line. */
export type Taken = {
  readonly occurrence: number;
  readonly event: number;
  readonly how: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly traits: Traits;
};

/** What constraints know of a subject. */
export type Subject = {
  /** When it may be taken, in order and apart; null where that is not known: at any time. */
  readonly open: readonly Interval[] | null;
  readonly skills: ReadonlySet<string>;
  /** Seats of a room or a vehicle; null where they are not counted. */
  readonly places: number | null;
};

/** One subject's time in a window: everything that touches it, by start, then end. */
export type Line = {
  readonly subject: Subject;
  readonly taken: readonly Taken[];
};

/** Reads a subject's line out of an index. O(log n + what is in it). */
export function lineOf(
  index: BySubject,
  number: number,
  subject: Subject,
  { startMs, endMs }: Interval,
  traitsOf: (occurrence: number) => Traits,
): Line {
  const { takings } = index;
  const taken: Taken[] = [];
  visitMeeting(index, number, startMs, endMs, (row) => {
    const occurrence = takings.occurrence[row]!;
    taken.push({
      occurrence,
      event: takings.event[row]!,
      how: takings.how[row]!,
      startMs: takings.startMs[row]!,
      endMs: takings.endMs[row]!,
      traits: traitsOf(occurrence),
    });
    return false;
  });
  return { subject, taken: taken.sort(byStart) };
}

export const byStart = (a: Taken, b: Taken): number =>
  a.startMs - b.startMs || a.endMs - b.endMs || a.occurrence - b.occurrence;

/** The epoch day of an instant, as the zone has it. */
export const dayOf = (ms: number, zone: Zone): number => Math.floor(zone.toLocalMs(ms) / DAY_MS);

/** When a day begins; its length need not be 24 hours. */
export const startOfDay = (day: number, zone: Zone): number => zone.toEpochMs(day * DAY_MS);

/** The first day of the week of a day. */
export const weekOf = (day: number, firstWeekday: number): number => startOfWeek(day, firstWeekday as Weekday);

/** Days whose beginning lies in a part, in order. */
export function* daysIn({ startMs, endMs }: Interval, zone: Zone): Generator<Interval & { readonly day: number }> {
  let day = dayOf(startMs, zone);
  if (startOfDay(day, zone) < startMs) day++;
  for (let fromMs = startOfDay(day, zone); fromMs < endMs;) {
    const toMs = startOfDay(day + 1, zone);
    yield { day, startMs: fromMs, endMs: toMs };
    [day, fromMs] = [day + 1, toMs];
  }
}

/** Weeks whose beginning lies in a part: `[from, to)` of each, in order. */
export function* weeksIn({ startMs, endMs }: Interval, zone: Zone, firstWeekday: number): Generator<Interval> {
  let day = weekOf(dayOf(startMs, zone), firstWeekday);
  if (startOfDay(day, zone) < startMs) day += 7;
  for (let fromMs = startOfDay(day, zone); fromMs < endMs;) {
    const toMs = startOfDay(day + 7, zone);
    yield { startMs: fromMs, endMs: toMs };
    [day, fromMs] = [day + 7, toMs];
  }
}

/** Takings cut to a stretch, in order, those that meet made one. */
export function takenIn(taken: readonly Taken[], fromMs: number, toMs: number): Interval[] {
  const merged: { startMs: number; endMs: number }[] = [];
  for (const each of taken) {
    const [startMs, endMs] = [Math.max(each.startMs, fromMs), Math.min(each.endMs, toMs)];
    if (startMs >= endMs) continue;
    const last = merged.at(-1);
    if (last !== undefined && startMs <= last.endMs) last.endMs = Math.max(last.endMs, endMs);
    else merged.push({ startMs, endMs });
  }
  return merged;
}

/** Takings that share time with a stretch. */
export const meeting = (taken: readonly Taken[], { startMs, endMs }: Interval): Taken[] =>
  taken.filter((each) => each.startMs < endMs && each.endMs > startMs);

/** Takings that begin in a part. */
export const beginningIn = (taken: readonly Taken[], { startMs, endMs }: Interval): Taken[] =>
  taken.filter((each) => each.startMs >= startMs && each.startMs < endMs);

/** The minutes of the longest stretch, 0 when there is none. */
export const longestOf = (list: readonly Interval[]): number =>
  list.reduce((most, { startMs, endMs }) => Math.max(most, (endMs - startMs) / 60_000), 0);

export const minutesOf = (list: readonly Interval[]): number =>
  list.reduce((sum, { startMs, endMs }) => sum + (endMs - startMs) / 60_000, 0);

/** Occurrences of some takings, each once, ascending. */
export const occurrencesOf = (taken: readonly Taken[]): number[] =>
  [...new Set(taken.map(({ occurrence }) => occurrence))].sort((a, b) => a - b);
