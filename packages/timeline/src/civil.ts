import { dateOf, dayNumber, daysInMonth, weekdayOf } from "@hourwright/time";

/** A date by its parts. Elsewhere a date is a day number: days since 1970-01-01 (packages/time). */
export type CivilDate = { readonly year: number; readonly month: number; readonly day: number };

/** The week of a day number by ISO 8601: weeks begin on Monday, week 1 holds the year's first Thursday. */
export function isoWeek(day: number): number {
  const thursday = day + 4 - weekdayOf(day);
  return Math.floor((thursday - dayNumber(dateOf(thursday).year, 1, 1)) / 7) + 1;
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
