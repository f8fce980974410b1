import { DAY_MS, findZone } from "@hourwright/time";
import type { OperationCall } from "../../../platform/bundle/bundle.ts";
import type { EventNow } from "./model.ts";

// Pure: what a change that cannot be made would have made, as far as its input says it.

type Said = {
  readonly title?: string;
  readonly start?: string;
  readonly end?: string;
  readonly timeZone?: string;
  readonly location?: string | null;
};

/** Its events as they were wished, in the order of what it touches; null for what would be gone, and what cannot be said. */
export function wantedBy(
  { id, input }: OperationCall,
  now: readonly (EventNow | null)[],
  zone: string,
): (EventNow | null)[] {
  const body = (input.body ?? {}) as Said & { readonly moves?: readonly Said[] };
  if (id === "events.create") return [asSaid(NEW, body, zone)];
  if (id === "events.update") return [asSaid(now[0] ?? null, body, zone)];
  if (id === "events.move") return (body.moves ?? []).map((move, place) => asSaid(now[place] ?? null, move, zone));
  return now.map(() => null);
}

const NEW: EventNow = {
  title: "",
  startMs: 0,
  endMs: 0,
  days: null,
  location: null,
  people: [],
  calendar: "",
  isSeries: false,
  isLocked: false,
  mayChange: true,
  tag: "",
};

const HOUR_MS = 3_600_000;

function asSaid(now: EventNow | null, { title, start, end, timeZone, location }: Said, home: string): EventNow | null {
  if (now === null) return null;
  const zone = timeZone !== undefined && findZone(timeZone) !== null ? timeZone : home;
  const isDays = start === undefined ? now.days !== null : start.length === DAY_CHARACTERS;
  const [startMs, endMs] = [start, end].map((each) => (each === undefined ? undefined : msOf(each, zone)));
  if (startMs === null || endMs === null || (isDays && end !== undefined && end.length !== DAY_CHARACTERS)) return null;
  const from = startMs ?? now.startMs;
  const length = now !== NEW ? now.endMs - now.startMs : isDays ? DAY_MS : HOUR_MS;
  return {
    ...now,
    title: title ?? now.title,
    location: location === undefined ? now.location : location,
    startMs: from,
    endMs: endMs ?? from + length,
    days: !isDays ? null : start === undefined ? now.days : { start, end: end ?? dayAfter(start, length) },
  };
}

/** The exclusive last day of what begins on a day and lasts so long. A day may have 23 or 25 hours. */
const dayAfter = (start: string, lengthMs: number): string =>
  Temporal.PlainDate.from(start)
    .add({ days: Math.max(1, Math.round(lengthMs / DAY_MS)) })
    .toString();

const DAY_CHARACTERS = "2027-03-25".length;

/** A day, a local time or an instant, as the contract lets them be written; null for one that does not exist. */
function msOf(text: string, zone: string): number | null {
  try {
    if (/(Z|[+-]\d{2}:\d{2})$/.test(text) && text.length > DAY_CHARACTERS)
      return Temporal.Instant.from(text).epochMilliseconds;
    return Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds;
  } catch {
    return null;
  }
}
