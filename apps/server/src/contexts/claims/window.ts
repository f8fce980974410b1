import { refuseCalendar, type Refused } from "@hourwright/contract";

/** Times are kept within these years. */
export const YEAR_MIN = 1900;
export const YEAR_MAX = 2199;

const yearStartMs = (year: number): number =>
  Temporal.PlainDate.from({ year, month: 1, day: 1 }).toZonedDateTime("UTC").epochMilliseconds;
export const TIME_MIN_MS = yearStartMs(YEAR_MIN);
export const TIME_END_MS = yearStartMs(YEAR_MAX + 1);

/** Times as a request writes them: instants with their offset, which the contract has checked. */
type Instants = { readonly start: string; readonly end: string };

/**
 * The stretch between two instants of a request, in epoch milliseconds, half-open, within the years that are kept.
 * `place` is put before the field that is wrong: "timeRange.".
 */
export function windowOfInstants(
  { start, end }: Instants,
  place = "",
): { fromMs: number; toMs: number } | Refused<"calendars/out-of-range" | "calendars/ends-before-start"> {
  const fromMs = instantWithin(start, `${place}start`);
  if (typeof fromMs !== "number") return fromMs;
  const toMs = instantWithin(end, `${place}end`);
  if (typeof toMs !== "number") return toMs;
  if (toMs > fromMs) return { fromMs, toMs };
  return refuseCalendar("ends-before-start", "field", { place });
}

/** Epoch milliseconds of an instant within the years that are kept, their very end included. `field` is where it stands. */
export function instantWithin(text: string, field: string): number | Refused<"calendars/out-of-range"> {
  const ms = Temporal.Instant.from(text).epochMilliseconds;
  if (ms >= TIME_MIN_MS && ms <= TIME_END_MS) return ms;
  return refuseCalendar("out-of-range", "field", { field, text, from: YEAR_MIN, to: YEAR_MAX });
}
