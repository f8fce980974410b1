import { assert } from "@hourwright/std";

/**
 * Dates as whole numbers, for loops that run over a whole year many times a second.
 *
 * An *epoch day* counts days from 1970-01-01 (day 0) in the proleptic Gregorian calendar; a weekday is
 * 1 for Monday to 7 for Sunday (ISO 8601). The arithmetic is Howard Hinnant's "chrono-compatible
 * low-level date algorithms": eras of 400 years, years that begin in March.
 */
export type CivilDate = { readonly year: number; readonly month: number; readonly day: number };

const DAYS_PER_ERA = 146_097;
const EPOCH_SHIFT = 719_468; // Days from 0000-03-01 to 1970-01-01.

/** Days from 1970-01-01 to the given date. The date must exist. O(1). */
export function epochDay(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_PER_ERA + dayOfEra - EPOCH_SHIFT;
}

/** The date of an epoch day: the inverse of `epochDay`. O(1). */
export function civilDate(epochDayNumber: number): CivilDate {
  assert(Number.isInteger(epochDayNumber), `an epoch day is whole: ${epochDayNumber}`);
  const shifted = epochDayNumber + EPOCH_SHIFT;
  const era = Math.floor(shifted / DAYS_PER_ERA);
  const dayOfEra = shifted - era * DAYS_PER_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

/** 1 for Monday to 7 for Sunday. */
export function weekdayOf(epochDayNumber: number): number {
  return ((((epochDayNumber + 3) % 7) + 7) % 7) + 1; // 1970-01-01 was a Thursday.
}

export function daysInMonth(year: number, month: number): number {
  const next = month === 12 ? epochDay(year + 1, 1, 1) : epochDay(year, month + 1, 1);
  return next - epochDay(year, month, 1);
}

/** The week of the date by ISO 8601: weeks begin on Monday, week 1 holds the year's first Thursday. */
export function isoWeek(epochDayNumber: number): number {
  const thursday = epochDayNumber + 4 - weekdayOf(epochDayNumber);
  const firstOfYear = epochDay(civilDate(thursday).year, 1, 1);
  return Math.floor((thursday - firstOfYear) / 7) + 1;
}

/** `2027-03-25`. Years 0 to 9999. */
export function printDate({ year, month, day }: CivilDate): string {
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/** From `2027-03-25`, or null when the text is no date that exists. */
export function parseDate(text: string): CivilDate | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (found === null) return null;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return { year, month, day };
}
