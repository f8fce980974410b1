import { dayNumber } from "@hourwright/time";
import { parseDate, type WallClock } from "@hourwright/timeline";
import type { Calendar, Conflict, Event } from "./api.ts";
import { parseInstant, wallMs } from "./wall-clock.ts";

const DAY_MS = 86_400_000;

/** One occurrence as the page uses it: its times as numbers, its days on the organisation's wall. */
export type Entry = {
  readonly key: string;
  readonly event: Event;
  readonly calendar: Calendar | null;
  readonly startMs: number;
  readonly endMs: number;
  /** Local epoch days, half-open. */
  readonly fromDay: number;
  readonly toDay: number;
  /** Drawn as a bar: it has no time of day, or lasts a day and longer. */
  readonly isBar: boolean;
  /** Takes time of the day: what a barcode shows. */
  readonly isBusy: boolean;
};

export type Clash = {
  readonly conflict: Conflict;
  readonly startMs: number;
  readonly endMs: number;
  readonly fromDay: number;
  readonly toDay: number;
};

export function keyOf(id: string, recurrenceId: string | null): string {
  return `${id} ${recurrenceId ?? ""}`;
}

/** The keys of the entries that a conflict is between. */
export function sidesOf({ conflict }: Clash): string[] {
  return conflict.events.flatMap(({ eventId, recurrenceId }) =>
    eventId === null ? [] : [keyOf(eventId, recurrenceId)],
  );
}

/** Finds entries by their keys; the index is made when the first is asked for: showing a year asks for none. */
export function entryFinder(entries: readonly Entry[]): (key: string) => Entry | null {
  let byKey: ReadonlyMap<string, Entry> | null = null;
  return (key) => {
    byKey ??= new Map(entries.map((entry) => [entry.key, entry]));
    return byKey.get(key) ?? null;
  };
}

/** Reads what the server listed, sorted by start. What cannot be placed in time, or is not to be shown, is left out. */
export function readEntries(
  events: readonly Event[],
  calendars: ReadonlyMap<string, Calendar>,
  clock: WallClock,
  myEmail: string,
): Entry[] {
  const entries: Entry[] = [];
  for (const event of events) {
    if (event.status === "cancelled" || isDeclined(event, myEmail)) continue;
    const span = event.allDay ? wholeDays(event, clock) : timedSpan(event.start, event.end, clock);
    if (span === null) continue;
    entries.push({
      key: keyOf(event.id, event.recurrenceId),
      event,
      calendar: calendars.get(event.calendarId) ?? null,
      startMs: span.startMs, // One by one: spreading costs a third of reading a large year.
      endMs: span.endMs,
      fromDay: span.fromDay,
      toDay: span.toDay,
      isBar: event.allDay || span.endMs - span.startMs >= DAY_MS,
      isBusy: !event.allDay && event.transparency === "opaque",
    });
  }
  return entries.sort((one, other) => one.startMs - other.startMs || (one.key < other.key ? -1 : 1));
}

/** By start; what begins together stays in the server's order, which is the same for every reader. */
export function readClashes(conflicts: readonly Conflict[], clock: WallClock): Clash[] {
  return conflicts
    .flatMap((conflict) => {
      const span = timedSpan(conflict.start, conflict.end, clock);
      return span === null ? [] : [{ conflict, ...span }];
    })
    .sort((one, other) => one.startMs - other.startMs);
}

function isDeclined(event: Event, myEmail: string): boolean {
  if (event.attendees.length === 0) return false;
  return event.attendees.some(({ email, status }) => status === "declined" && email.toLowerCase() === myEmail);
}

type Placed = Pick<Entry, "startMs" | "endMs" | "fromDay" | "toDay">;

function timedSpan(start: string, end: string, clock: WallClock): Placed | null {
  const startMs = parseInstant(start);
  const endMs = parseInstant(end);
  if (startMs === null || endMs === null || endMs < startMs) return null;
  const fromDay = Math.floor(wallMs(clock, startMs) / DAY_MS);
  const lastDay = Math.floor(wallMs(clock, Math.max(startMs, endMs - 1)) / DAY_MS);
  return { startMs, endMs, fromDay, toDay: lastDay + 1 };
}

/** A day is a day on every wall: its moments are those of the organisation's zone, for sorting only. */
function wholeDays(event: Event, clock: WallClock): Placed | null {
  const [start, end] = [parseDate(event.start.slice(0, 10)), parseDate(event.end.slice(0, 10))];
  if (start === null || end === null) return null;
  const fromDay = dayNumber(start.year, start.month, start.day);
  const toDay = Math.max(fromDay + 1, dayNumber(end.year, end.month, end.day));
  const offset = clock.offsetMs[0]!;
  return { startMs: fromDay * DAY_MS - offset, endMs: toDay * DAY_MS - offset, fromDay, toDay };
}
