import { dateOf, dayNumber } from "@hourwright/time";
import { parseDate, printDate, type WallClock } from "@hourwright/timeline";
import type { Event } from "./api.ts";
import { catchUp } from "./changes.ts";
import { keyOf, type Entry } from "./entries.ts";
import { createEvent, readEvent, updateEvent, type WriteRefusal } from "./events.ts";
import { instantOfWall, parseInstant, printInstant, wallMs } from "./wall-clock.ts";
import { foresee } from "./years.ts";

/** When something shall be: whole local days, half-open, or exact times. */
export type NewTimes =
  | { readonly allDay: true; readonly fromDay: number; readonly toDay: number }
  | { readonly allDay: false; readonly startMs: number; readonly endMs: number };

const DAY_MS = 86_400_000;

/**
 * An entry's times moved on the wall: `startBy` and `endBy` are ms by the clock, so that a lesson at nine stays at nine when
 * clocks change.
 */
export function movedBy(entry: Entry, startBy: number, endBy: number, clock: WallClock): NewTimes {
  if (entry.event.allDay)
    return {
      allDay: true,
      fromDay: entry.fromDay + Math.round(startBy / DAY_MS),
      toDay: entry.toDay + Math.round(endBy / DAY_MS),
    };
  return {
    allDay: false,
    startMs: instantOfWall(clock, wallMs(clock, entry.startMs) + startBy),
    endMs: instantOfWall(clock, wallMs(clock, entry.endMs) + endBy),
  };
}

/** As the API writes them. */
export function textsOf(times: NewTimes): { readonly start: string; readonly end: string } {
  if (times.allDay) return { start: printDate(dateOf(times.fromDay)), end: printDate(dateOf(times.toDay)) };
  return { start: printInstant(times.startMs), end: printInstant(times.endMs) };
}

/** The other way round: what the API writes, as times; null where it cannot be read. */
export function timesFrom(texts: {
  readonly start: string;
  readonly end: string;
  readonly allDay: boolean;
}): NewTimes | null {
  if (texts.allDay) {
    const [from, to] = [parseDate(texts.start), parseDate(texts.end)];
    if (from === null || to === null) return null;
    const dayOf = (date: typeof from) => dayNumber(date.year, date.month, date.day);
    return { allDay: true, fromDay: dayOf(from), toDay: dayOf(to) };
  }
  const [startMs, endMs] = [parseInstant(texts.start), parseInstant(texts.end)];
  return startMs === null || endMs === null ? null : { allDay: false, startMs, endMs };
}

/** What an entry would meet at other times: busy entries that take the time of somebody or something it takes too, by start. */
export function metBy(entry: Entry, times: NewTimes, entries: readonly Entry[]): Entry[] {
  if (times.allDay || !entry.isBusy) return [];
  const subjects = new Set(entry.event.subjectIds);
  return entries.filter(
    (other) =>
      other.isBusy &&
      other.key !== entry.key &&
      other.startMs < times.endMs &&
      other.endMs > times.startMs &&
      other.event.subjectIds.some((id) => subjects.has(id)),
  );
}

/**
 * Gives an entry other times: shown at once, then written; of a series this occurrence alone. A refusal is answered as a
 * value, and everything is back as it was.
 */
export async function retime(
  entry: Entry,
  times: NewTimes,
  how: { readonly insists: boolean; readonly said: string },
): Promise<WriteRefusal | null> {
  const { event } = entry;
  const texts = textsOf(times);
  const takeBack = foresee((events, conflicts) => ({
    events: events.map((other) =>
      keyOf(other.id, other.recurrenceId) === entry.key ? { ...other, ...texts, allDay: times.allDay } : other,
    ),
    conflicts,
  }));
  let refused: WriteRefusal | null;
  try {
    refused = await updateEvent(targetOf(event), texts, how.insists, how.said);
  } catch (error) {
    takeBack();
    throw error;
  }
  if (refused !== null) takeBack();
  await catchUp();
  return refused;
}

/** Makes a new event like an entry at other times, once, in the same calendar; nobody else's answers are copied. */
export async function copyEntry(
  entry: Entry,
  times: NewTimes,
  how: { readonly insists: boolean; readonly said: string },
): Promise<WriteRefusal | null> {
  const { event } = entry;
  const { title, calendarId, location, attendees, resourceIds, timeZone } = await readEvent(
    event.id,
    event.recurrenceId,
  );
  const guests = attendees
    .filter(({ kind }) => kind !== "room" && kind !== "resource")
    .map(({ email, name }) => ({ email, name }));
  const zone = times.allDay || timeZone === null ? {} : { timeZone };
  const refused = await createEvent(
    { title, calendarId, location, attendees: guests, resourceIds, ...zone, ...textsOf(times) },
    how.insists,
    how.said,
  );
  await catchUp();
  return refused;
}

function targetOf({ id, recurrenceId, version }: Event) {
  return { id, recurrenceId, version, scope: recurrenceId === null ? ("all" as const) : ("this" as const) };
}
