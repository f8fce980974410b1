// Wall time as one integer: the milliseconds since 1970-01-01T00:00 of the clock on the wall, whatever its zone.
// It is what UTC would show at that epoch time, so that day, hour and weekday are divisions.

import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, dateOf, dayNumber, daysInMonth } from "./civil.ts";

const two = (value: number) => (value < 10 ? `0${value}` : String(value));
const four = (value: number) => String(value).padStart(4, "0");

/** The wall time of a date and a time of day; null when there is no such date or time. Second 60 is read as 59. */
function wallTime(year: number, month: number, day: number, hour = 0, minute = 0, second = 0): number | null {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  if (hour > 23 || minute > 59 || second > 60) return null;
  if (hour < 0 || minute < 0 || second < 0) return null;
  const whole = second === 60 ? 59 : second; // RFC 5545 §3.3.12: whoever has no leap seconds reads 60 as 59.
  return dayNumber(year, month, day) * DAY_MS + hour * HOUR_MS + minute * MINUTE_MS + whole * SECOND_MS;
}

/** A text in the form of iCalendar: `20260329`, `20260329T023000` or `20260329T003000Z`. */
export type BasicTime = {
  readonly form: "date" | "local" | "utc";
  /** Wall time; with form `utc` also epoch milliseconds. */
  readonly localMs: number;
};

/** Reads RFC 5545 §3.3.4 and §3.3.5; null when it is not one, or names a date that does not exist. */
export function parseBasicTime(text: string): BasicTime | null {
  if (text.length !== 8 && text.length !== 15 && text.length !== 16) return null;
  const year = digits(text, 0, 4);
  const month = digits(text, 4, 2);
  const day = digits(text, 6, 2);
  if (text.length === 8) {
    const localMs = wallTime(year, month, day);
    return localMs === null ? null : { form: "date", localMs };
  }
  if (text[8] !== "T" && text[8] !== "t") return null;
  const last = text[15];
  if (last !== undefined && last !== "Z" && last !== "z") return null;
  const localMs = wallTime(year, month, day, digits(text, 9, 2), digits(text, 11, 2), digits(text, 13, 2));
  return localMs === null ? null : { form: last === undefined ? "local" : "utc", localMs };
}

/** The reverse of `parseBasicTime`. */
export function printBasicTime(localMs: number, form: BasicTime["form"]): string {
  const { year, month, day } = dateOf(Math.floor(localMs / DAY_MS));
  const date = four(year) + two(month) + two(day);
  if (form === "date") return date;
  const seconds = Math.floor((localMs - Math.floor(localMs / DAY_MS) * DAY_MS) / SECOND_MS);
  const time = two(Math.floor(seconds / 3600)) + two(Math.floor(seconds / 60) % 60) + two(seconds % 60);
  return `${date}T${time}${form === "utc" ? "Z" : ""}`;
}

/** ISO 8601 extended without offset: `2026-03-29` or `2026-03-29T02:30:00`. */
export function printWallTime(localMs: number, form: "date" | "local"): string {
  const basic = printBasicTime(localMs, form);
  const date = `${basic.slice(0, 4)}-${basic.slice(4, 6)}-${basic.slice(6, 8)}`;
  return form === "date" ? date : `${date}T${basic.slice(9, 11)}:${basic.slice(11, 13)}:${basic.slice(13, 15)}`;
}

/** Reads what `printWallTime` writes; seconds may be missing. Null when it is not one. */
export function parseWallTime(text: string): { form: "date" | "local"; localMs: number } | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(text);
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0));
  const localMs = wallTime(year!, month!, day!, hour, minute, second);
  return localMs === null ? null : { form: match[4] === undefined ? "date" : "local", localMs };
}

/** The number that `count` digits spell, or a negative one when something else stands there. */
function digits(text: string, from: number, count: number): number {
  let value = 0;
  for (let i = from; i < from + count; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1_000_000;
    value = value * 10 + digit;
  }
  return value;
}
