import { HOUR_MS } from "@hourwright/time";

// Pure: when the dates of a series are. A series keeps the clock on the wall, whatever the clocks do between its dates.

export type Repeat = { readonly every: number; readonly unit: "day" | "week"; readonly count: number };

/** Of a date of a series: it alone, it and those that start after it, or all. */
export type Which = "this" | "following" | "all";

const DAYS = { day: 1, week: 7 } as const;

const wallOf = (ms: number, zone: string): Temporal.PlainDateTime =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDateTime();

/**
 * A wall time as an instant. One that the clocks leave out goes forward by as much (02:30 becomes 03:30); of one that they
 * repeat the first is meant: RFC 5545 §3.3.5.
 */
const instantOf = (wall: Temporal.PlainDateTime, zone: string): number =>
  wall.toZonedDateTime(zone, { disambiguation: "compatible" }).epochMilliseconds;

/** The starts of a series: all at the wall clock time of the first in `zone`. */
export function startsOf(firstMs: number, { every, unit, count }: Repeat, zone: string): number[] {
  const first = wallOf(firstMs, zone);
  return Array.from({ length: count }, (_, index) =>
    index === 0 ? firstMs : instantOf(first.add({ days: index * every * DAYS[unit] }), zone),
  );
}

/** What moves dates as one of them moves: by the same difference of the clock on the wall. */
export function movedAs(fromMs: number, toMs: number, zone: string): (ms: number) => number {
  const difference = wallOf(fromMs, zone).until(wallOf(toMs, zone), { largestUnit: "day" });
  return (ms) => (ms === fromMs ? toMs : instantOf(wallOf(ms, zone).add(difference), zone));
}

/** Days from the first start to the last, the last begun one counted. */
export const spanDays = (starts: readonly number[]): number =>
  Math.ceil((Math.max(...starts) - Math.min(...starts)) / (24 * HOUR_MS));

/** The dates that are meant by one of them: by time, not by number, since dates may have been moved. */
export function meantBy<Date extends { readonly id: string; readonly startMs: number }>(
  dates: readonly Date[],
  asked: Date,
  which: Which,
): readonly Date[] {
  if (which === "this") return [asked];
  return which === "all" ? dates : dates.filter((date) => date.id === asked.id || date.startMs >= asked.startMs);
}
