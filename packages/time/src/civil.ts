// Calendar arithmetic on whole days, proleptic Gregorian, no zone: the integers under every inner loop of this package.

export const SECOND_MS = 1000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** The Gregorian calendar repeats after 400 years, weekdays included: 146,097 days are 20,871 weeks. */
export const CYCLE_DAYS = 146_097;

/** An ISO weekday: 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];
const DAYS_BEFORE_MONTH_LEAP = [0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335, 366];

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

export function daysInYear(year: number): number {
  return isLeapYear(year) ? 366 : 365;
}

/** Days of `year` before the first of `month` (1 to 12; 13 gives the length of the year). */
export function daysBeforeMonth(year: number, month: number): number {
  return (isLeapYear(year) ? DAYS_BEFORE_MONTH_LEAP : DAYS_BEFORE_MONTH)[month - 1]!;
}

export function daysInMonth(year: number, month: number): number {
  return daysBeforeMonth(year, month + 1) - daysBeforeMonth(year, month);
}

/** The first of January as days since 1970-01-01. */
export function startOfYear(year: number): number {
  const before = year - 1;
  return 365 * (year - 1970) + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400) - 477;
}

/** A date as days since 1970-01-01. The date must exist. */
export function dayNumber(year: number, month: number, day: number): number {
  return startOfYear(year) + daysBeforeMonth(year, month) + day - 1;
}

/** The year in which a day lies. */
export function yearOf(day: number): number {
  let year = 1970 + Math.floor(day / 365.2425);
  while (startOfYear(year) > day) year--;
  while (startOfYear(year + 1) <= day) year++;
  return year;
}

/** Year, month (1 to 12) and day of the month of a day number. */
export function dateOf(day: number): { year: number; month: number; day: number } {
  const year = yearOf(day);
  const dayOfYear = day - startOfYear(year);
  let month = Math.min(12, (dayOfYear >> 5) + 1); // Never late: no month is longer than 32 days.
  while (daysBeforeMonth(year, month + 1) <= dayOfYear) month++;
  return { year, month, day: dayOfYear - daysBeforeMonth(year, month) + 1 };
}

export function weekdayOf(day: number): Weekday {
  return (((((day + 3) % 7) + 7) % 7) + 1) as Weekday; // 1970-01-01 was a Thursday.
}

/** The first day of the week that holds `day`, weeks beginning on `weekStart`. */
export function startOfWeek(day: number, weekStart: Weekday): number {
  return day - ((weekdayOf(day) - weekStart + 7) % 7);
}

/** The first day of week 1: the first week with at least four days in `year` (RFC 5545 §3.3.10, ISO 8601). */
export function startOfWeekYear(year: number, weekStart: Weekday): number {
  return startOfWeek(startOfYear(year) + 3, weekStart);
}

/** The year whose numbered weeks hold `day`: near New Year not always its calendar year. */
export function weekYearOf(day: number, weekStart: Weekday): number {
  const year = yearOf(day);
  if (day < startOfWeekYear(year, weekStart)) return year - 1;
  return day < startOfWeekYear(year + 1, weekStart) ? year : year + 1;
}

/** The days of the years 1 to 9999, as a half-open range. */
export const DAY_MIN = startOfYear(1);
export const DAY_END = startOfYear(10_000);
