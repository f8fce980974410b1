import { findZone } from "@hourwright/time";
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
  isLocked: false,
  mayChange: true,
  tag: "",
};

const HOUR_MS = 3_600_000;

function asSaid(now: EventNow | null, { title, start, end, timeZone, location }: Said, home: string): EventNow | null {
  if (now === null) return null;
  const zone = timeZone !== undefined && findZone(timeZone) !== null ? timeZone : home;
  const [startMs, endMs] = [start, end].map((each) => (each === undefined ? null : msOf(each, zone)));
  const from = startMs ?? now.startMs;
  const length = now === NEW ? HOUR_MS : now.endMs - now.startMs;
  const isDays = start === undefined ? now.days !== null : start.length === DAY_CHARACTERS;
  return {
    ...now,
    title: title ?? now.title,
    location: location === undefined ? now.location : location,
    startMs: from,
    endMs: endMs ?? from + length,
    days: !isDays ? null : start === undefined ? now.days : { start, end: end ?? start },
  };
}

const DAY_CHARACTERS = "2027-03-25".length;

/** A day, a local time or an instant, as the contract lets them be written. */
function msOf(text: string, zone: string): number {
  if (/(Z|[+-]\d{2}:\d{2})$/.test(text) && text.length > DAY_CHARACTERS)
    return Temporal.Instant.from(text).epochMilliseconds;
  return Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds;
}
