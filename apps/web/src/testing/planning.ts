import { dateOf, weekdayOf } from "@hourwright/time";
import { printDate } from "@hourwright/timeline";
import type { Conflict, Event, Repair } from "../data/api.ts";
import { instantOfWall, wallClockOf, wallMs } from "../data/wall-clock.ts";
import { ZONE, type Planned, type World } from "./larkfield.ts";

/** Detection and repairs of the double: pairs of one person, by looking at every pair of a day. */

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;

export function startMs(event: Planned): number {
  return instantOf(event.day, event.startMinute);
}

export function endMs(event: Planned): number {
  return instantOf(event.day, event.endMinute);
}

function instantOf(day: number, minute: number): number {
  const wall = (day * DAY_MINUTES + minute) * MINUTE_MS;
  return instantOfWall(wallClockOf(ZONE, dateOf(day).year), wall);
}

/** RFC 3339 with the offset of the zone. */
export function printInstant(ms: number): string {
  const year = dateOf(Math.floor(ms / 86_400_000)).year;
  const wall = wallMs(wallClockOf(ZONE, year), ms);
  const day = Math.floor(wall / 86_400_000);
  const minute = Math.floor(wall / MINUTE_MS) - day * DAY_MINUTES;
  const offset = (wall - ms) / MINUTE_MS;
  return `${printDate(dateOf(day))}T${clock(minute)}:00${offset < 0 ? "-" : "+"}${clock(Math.abs(offset))}`;
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}

export function toEvent(event: Planned): Event {
  const isAllDay = event.allDays !== null;
  return {
    id: event.id,
    recurrenceId: null,
    calendarId: event.calendarId,
    uid: `${event.id}@larkfield.example`,
    title: event.title,
    start: isAllDay ? printDate(dateOf(event.day)) : printInstant(startMs(event)),
    end: isAllDay ? printDate(dateOf(event.day + event.allDays)) : printInstant(endMs(event)),
    allDay: isAllDay,
    timeZone: isAllDay ? null : ZONE,
    status: "confirmed",
    transparency: "opaque",
    location: event.location,
    attendees: [],
    subjectIds: [...event.subjectIds],
    recurring: false,
    rrule: null,
    source: "calendars",
    canEdit: true,
    version: event.version,
  };
}

export function detect(world: World): Conflict[] {
  const found: Conflict[] = [];
  const byDay = Map.groupBy(timed(world), ({ day }) => day);
  for (const events of byDay.values()) {
    for (const [index, one] of events.entries()) {
      for (const other of events.slice(index + 1)) {
        const shared = one.subjectIds.filter((id) => other.subjectIds.includes(id));
        if (shared.length > 0 && one.endMinute > other.startMinute)
          found.push(conflictOf(world, byDay, one, other, shared));
      }
    }
  }
  return found;
}

export function timed(world: World): Planned[] {
  return [...world.events.values()]
    .filter(({ allDays }) => allDays === null)
    .sort((one, other) => one.day - other.day || one.startMinute - other.startMinute);
}

type ByDay = ReadonlyMap<number, readonly Planned[]>;

function conflictOf(world: World, byDay: ByDay, one: Planned, other: Planned, shared: readonly string[]): Conflict {
  const start = Math.max(one.startMinute, other.startMinute);
  const end = Math.min(one.endMinute, other.endMinute);
  const isThing = world.resources.some(({ id }) => shared.includes(id));
  const names = [...world.people, ...world.resources].filter(({ id }) => shared.includes(id)).map(({ name }) => name);
  const id = `cfl_${one.id.slice(-6)}${other.id.slice(-6)}`;
  return {
    id,
    kind: isThing ? "resource" : "overlap",
    start: printInstant(instantOf(one.day, start)),
    end: printInstant(instantOf(one.day, end)),
    severity: "must",
    subjects: names,
    subjectIds: [...shared],
    explanation: `${names.join(" and ")} is needed in both “${one.title}” and “${other.title}” from ${clock(start)} to ${clock(end)}: nobody can be in two places at once.`,
    events: [one, other].map((event) => ({
      eventId: event.id,
      recurrenceId: null,
      uid: `${event.id}@larkfield.example`,
      start: printInstant(startMs(event)),
      end: printInstant(endMs(event)),
      calendar: world.calendars.find((calendar) => calendar.id === event.calendarId)!.name,
      calendarId: event.calendarId,
      summary: event.title,
    })),
    repairs: repairsOf(byDay, id, one, other),
  };
}

const WORK = { from: 480, to: 1110 } as const;
const REPAIRS_MAX = 3;

function repairsOf(byDay: ByDay, conflictId: string, one: Planned, other: Planned): Repair[] {
  const repairs: Repair[] = [];
  for (const event of [other, one]) {
    const free = firstFree(byDay, event);
    if (free === null) continue;
    const when = `${["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][weekdayOf(free.day) - 1]} ${clock(free.startMinute)}`;
    repairs.push(
      repair(
        `${conflictId}:move-${event.id}`,
        `Move “${event.title}” to ${when}`,
        "Everyone is free then.",
        0.93,
        event,
        {
          day: free.day,
          startMinute: free.startMinute,
          endMinute: free.startMinute + event.endMinute - event.startMinute,
        },
      ),
    );
  }
  if (other.startMinute > one.startMinute) {
    const minutes = one.endMinute - other.startMinute;
    const what = `Shorten “${one.title}” by ${minutes} min`;
    const end = { day: one.day, startMinute: one.startMinute, endMinute: other.startMinute };
    repairs.push(repair(`${conflictId}:shorten`, what, "Nobody is moved.", 0.58, one, end));
  }
  return repairs.slice(0, REPAIRS_MAX);
}

type Place = Pick<Planned, "day" | "startMinute" | "endMinute">;

function repair(id: string, what: string, why: string, confidence: number, event: Planned, to: Place): Repair {
  const move = {
    eventId: event.id,
    uid: `${event.id}@larkfield.example`,
    recurrenceId: null,
    start: printInstant(instantOf(to.day, to.startMinute)),
    end: printInstant(instantOf(to.day, to.endMinute)),
  };
  return { id, what, why, confidence, moves: [move] };
}

function firstFree(byDay: ByDay, event: Planned): { day: number; startMinute: number } | null {
  const length = event.endMinute - event.startMinute;
  for (let day = event.day; day < event.day + 7; day++) {
    if (weekdayOf(day) > 5) continue;
    const taken = (byDay.get(day) ?? []).filter(
      (other) => other !== event && other.subjectIds.some((id) => event.subjectIds.includes(id)),
    );
    for (let startMinute = WORK.from; startMinute + length <= WORK.to; startMinute += 15) {
      if (taken.every((other) => other.endMinute <= startMinute || other.startMinute >= startMinute + length))
        return { day, startMinute };
    }
  }
  return null;
}
