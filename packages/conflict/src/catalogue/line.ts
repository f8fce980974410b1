import { DAY_MS, intersect, startOfWeek, type Interval, type Weekday, type Zone } from "@hourwright/time";
import { within } from "../open-time.ts";
import { NEEDS, visitMeeting, type BySubject } from "../schedule.ts";

/** What of a commitment constraints look at, beside whom it takes and when. */
export type Traits = {
  /** Where it is, by number; null where that does not matter: online, or not known. */
  readonly site: number | null;
  /** Time kept for work of one's own: no meeting, but taken. */
  readonly isFocus: boolean;
  /** How many people it seats. */
  readonly guests: number;
  /** Who takes part, by their numbers, and which rooms and things do. */
  readonly people: readonly number[];
  readonly things: readonly number[];
  /** What it lies in, by number: calendars, and what else keeps things together. */
  readonly collections: readonly number[];
};

export const PLAIN: Traits = {
  site: null,
  isFocus: false,
  guests: 0,
  people: [],
  things: [],
  collections: [],
};

/** Who takes part in something, apart: people, and what they need. */
export const takersOf = (
  takes: readonly { readonly subject: number; readonly how: number }[],
): Pick<Traits, "people" | "things"> => ({
  people: takes.flatMap(({ subject, how }) => ((how & NEEDS) === 0 ? [subject] : [])),
  things: takes.flatMap(({ subject, how }) => ((how & NEEDS) === 0 ? [] : [subject])),
});

/** One taking on a line. */
export type Taken = {
  readonly occurrence: number;
  readonly event: number;
  readonly how: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly traits: Traits;
};

/** What somebody is able to do, by its number; how well, from 1; and when, half-open, in epoch milliseconds or without end. */
export type Skill = {
  readonly skill: number;
  readonly level: number;
  readonly fromMs: number;
  readonly untilMs: number;
};

/** What constraints know of a subject. */
export type Subject = {
  /** When it may be taken, in order and apart; null where that is not known: at any time. */
  readonly open: readonly Interval[] | null;
  /** What they are able to do: of each skill one at most. */
  readonly skills: readonly Skill[];
  /** Seats of a room or a vehicle; null where they are not counted. */
  readonly places: number | null;
};

/** A stretch in which a line is judged as a whole: what touches it, by start, and the time that this takes, what meets made one. */
export type Stretch = Interval & { readonly taken: readonly Taken[]; readonly merged: readonly Interval[] };
/** An epoch day. `open`: when the subject may be taken on it, null where that is not known. */
export type Day = Stretch & { readonly day: number; readonly open: readonly Interval[] | null };

/** One subject's time in a window: everything that touches it, by start, then end. */
export type Line = {
  readonly subject: Subject;
  readonly taken: readonly Taken[];
  /** The days that begin in a part and on which something is taken, in order. */
  readonly days: (part: Interval) => readonly Day[];
  /** The same of weeks. */
  readonly weeks: (part: Interval) => readonly Stretch[];
};

type Calendar = { readonly zone: Zone; readonly firstWeekday: number };

/** Reads a subject's takings out of an index. O(log n + what is in the window). */
export function takenFrom(
  index: BySubject,
  subject: number,
  { startMs, endMs }: Interval,
  traitsOf: (occurrence: number) => Traits,
): Taken[] {
  const { takings } = index;
  const taken: Taken[] = [];
  visitMeeting(index, subject, startMs, endMs, (row) => {
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
  return taken;
}

/** A line of some takings. Its days and weeks are looked at once for each part that is asked about. O(n log n). */
export function lineOf(subject: Subject, takings: readonly Taken[], calendar: Calendar): Line {
  const taken = [...takings].sort(byStart);
  const { zone, firstWeekday } = calendar;
  return {
    subject,
    taken,
    days: lastAnswer((part) =>
      stretchesOf(taken, part, zone, 1, (day) => day).map(([day, stretch]) => {
        const open = subject.open === null ? null : intersect(within(subject.open, stretch), [stretch]);
        return { ...stretch, day, open };
      }),
    ),
    weeks: lastAnswer((part) =>
      stretchesOf(taken, part, zone, 7, (day) => weekOf(day, firstWeekday)).map(([, stretch]) => stretch),
    ),
  };
}

/** Constraints of one line ask about one part, one after the other. */
function lastAnswer<Answer>(answer: (part: Interval) => Answer): (part: Interval) => Answer {
  let last: { readonly part: Interval; readonly answer: Answer } | null = null;
  return (part) => (last?.part === part ? last : (last = { part, answer: answer(part) })).answer;
}

/** Takings by the days, or the weeks (`length` days from `firstOf` a day), that they touch: those that begin in `part`. */
function stretchesOf(
  taken: readonly Taken[],
  part: Interval,
  zone: Zone,
  length: number,
  firstOf: (day: number) => number,
): (readonly [number, Stretch])[] {
  const byFirst = new Map<number, Taken[]>();
  const [from, to] = [firstOf(dayOf(part.startMs, zone)), dayOf(part.endMs, zone)];
  for (const each of taken) {
    const last = Math.min(to, dayOf(each.endMs - 1, zone));
    for (let first = Math.max(from, firstOf(dayOf(each.startMs, zone))); first <= last; first += length) {
      const known = byFirst.get(first);
      if (known === undefined) byFirst.set(first, [each]);
      else known.push(each);
    }
  }
  return [...byFirst]
    .map(([first, own]) => {
      const [startMs, endMs] = [startOfDay(first, zone), startOfDay(first + length, zone)];
      return [first, { startMs, endMs, taken: own, merged: takenIn(own, startMs, endMs) }] as const;
    })
    .filter(([, { startMs }]) => startMs >= part.startMs && startMs < part.endMs)
    .sort(([one], [other]) => one - other);
}

export const byStart = (a: Taken, b: Taken): number =>
  a.startMs - b.startMs || a.endMs - b.endMs || a.occurrence - b.occurrence;

/** The epoch day of an instant, as the zone has it. */
export const dayOf = (ms: number, zone: Zone): number => Math.floor(zone.toLocalMs(ms) / DAY_MS);

/** When a day begins; its length need not be 24 hours. */
export const startOfDay = (day: number, zone: Zone): number => zone.toEpochMs(day * DAY_MS);

/** The first day of the week of a day. */
export const weekOf = (day: number, firstWeekday: number): number => startOfWeek(day, firstWeekday as Weekday);

/** The first day of the stretch of so many weeks in which a day lies: counted on from 1970, so that everybody's are the same. */
export function stretchOf(day: number, weeks: number, firstWeekday: number): number {
  const first = weekOf(day, firstWeekday);
  const week = (first - weekOf(0, firstWeekday)) / 7;
  return first - 7 * (((week % weeks) + weeks) % weeks);
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
