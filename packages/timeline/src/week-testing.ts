import * as fc from "fast-check";
import type { WallClock } from "./occupancy.ts";
import type { WeekThing } from "./week-place.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** No zone has more changes in the years tested. */
const CHANGES_MAX = 200;

/** Zones with every kind of change: an hour in spring and autumn, at midnight, of half an hour, of a whole day, none. */
export const ZONES = [
  "Europe/Prague",
  "America/New_York",
  "Australia/Lord_Howe",
  "Africa/Cairo",
  "America/Havana",
  "Asia/Beirut",
  "Africa/Casablanca",
  "Asia/Kolkata",
  "UTC",
] as const;

/** Weeks around the days on which clocks change, and any others; first days as epoch days. */
export const anyWeek = fc
  .record({
    zone: fc.constantFrom(...ZONES),
    year: fc.integer({ min: 2024, max: 2030 }),
    change: fc.nat({ max: 3 }),
    before: fc.integer({ min: 0, max: 8 }),
    days: fc.integer({ min: 1, max: 7 }),
  })
  .map(({ zone, year, change, before, days }) => {
    const clock = clockOf(zone, year);
    const at = clock.fromMs[1 + change] ?? clock.fromMs[0]! + 40 * DAY_MS;
    return { zone, clock, firstDay: Math.floor(at / DAY_MS) - before, days };
  });

/** How a zone's clocks run over a year and its neighbours, by asking Temporal for each change. */
export function clockOf(zone: string, year: number): WallClock {
  let at = Temporal.ZonedDateTime.from({ timeZone: zone, year: year - 1, month: 12, day: 1 });
  const clock = { fromMs: [at.epochMilliseconds], offsetMs: [at.offsetNanoseconds / 1e6] };
  for (let i = 0; i < CHANGES_MAX; i++) {
    const next = at.getTimeZoneTransition("next");
    if (next === null || next.year > year + 1) break;
    clock.fromMs.push(next.epochMilliseconds);
    clock.offsetMs.push(next.offsetNanoseconds / 1e6);
    at = next;
  }
  return clock;
}

/** Every minute of exact time in a local day, with the wall's minute that Temporal gives it. */
export function minutesOfDay(zone: string, epochDay: number): { readonly ms: number; readonly wall: number }[] {
  const date = Temporal.PlainDate.from("1970-01-01").add({ days: epochDay });
  const from = date.toZonedDateTime(zone).epochMilliseconds;
  const to = date.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds;
  const minutes: { ms: number; wall: number }[] = [];
  for (let ms = from; ms < to; ms += MINUTE_MS) {
    const { hour, minute } = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
    minutes.push({ ms, wall: hour * 60 + minute });
  }
  return minutes;
}

/** Things of one UTC day, some of them without length, some from the day before and into the next. */
export const anyThings: fc.Arbitrary<WeekThing[]> = fc
  .array(fc.record({ from: fc.integer({ min: -300, max: 1_500 }), minutes: fc.integer({ min: 0, max: 600 }) }), {
    maxLength: 30,
  })
  .map((list) => list.map(({ from, minutes }, index) => thingAt(`t${index}`, from * MINUTE_MS, minutes)));

/** A thing of `minutes` from an instant, on the wall of UTC. */
export function thingAt(id: string, startMs: number, minutes: number): WeekThing {
  const endMs = startMs + minutes * MINUTE_MS;
  const fromDay = Math.floor(startMs / DAY_MS);
  const toDay = Math.floor(Math.max(startMs, endMs - 1) / DAY_MS) + 1;
  return { id, allDay: false, startMs, endMs, fromDay, toDay };
}

/** Whole days, epoch days on the wall of UTC. */
export function daysAt(id: string, fromDay: number, toDay: number): WeekThing {
  return { id, allDay: true, startMs: fromDay * DAY_MS, endMs: toDay * DAY_MS, fromDay, toDay };
}
