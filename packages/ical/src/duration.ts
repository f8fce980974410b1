import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "@hourwright/time";

/**
 * RFC 5545 §3.3.6: weeks and days are *nominal* (the same wall time so many days later), the rest is *exact* time.
 * Both carry the sign.
 */
export type Duration = { readonly days: number; readonly ms: number };

const DURATION = /^([+-])?P(?:(\d{1,7})W|(?:(\d{1,7})D)?(T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?)$/;

/** Reads a DURATION value; null when it is none. `PT1H5S` is none: seconds may not follow hours directly. */
export function parseDuration(text: string): Duration | null {
  const match = DURATION.exec(text);
  if (match === null) return null;
  const [, sign, weeks, days, time, hours, minutes, seconds] = match;
  if (weeks === undefined && days === undefined && time === undefined) return null;
  if (time === "T" || (hours !== undefined && minutes === undefined && seconds !== undefined)) return null;
  const factor = sign === "-" ? -1 : 1;
  const exactMs = Number(hours ?? 0) * HOUR_MS + Number(minutes ?? 0) * MINUTE_MS + Number(seconds ?? 0) * SECOND_MS;
  return { days: factor * (Number(weeks ?? 0) * 7 + Number(days ?? 0)) + 0, ms: factor * exactMs + 0 };
}

/** The shortest text of a duration whose parts have one sign; `PT0S` for none. */
export function printDuration({ days, ms }: Duration): string {
  const sign = days < 0 || ms < 0 ? "-" : "";
  const wholeDays = Math.abs(days);
  const exactMs = Math.abs(ms);
  if (exactMs === 0 && wholeDays > 0 && wholeDays % 7 === 0) return `${sign}P${wholeDays / 7}W`;
  const hours = Math.floor(exactMs / HOUR_MS);
  const minutes = Math.floor((exactMs % HOUR_MS) / MINUTE_MS);
  const seconds = Math.floor((exactMs % MINUTE_MS) / SECOND_MS);
  const needsMinutes = minutes > 0 || (hours > 0 && seconds > 0);
  const time = part(hours, "H") + (needsMinutes ? `${minutes}M` : "") + part(seconds, "S");
  if (time === "") return wholeDays === 0 ? "PT0S" : `${sign}P${wholeDays}D`;
  return `${sign}P${part(wholeDays, "D")}T${time}`;
}

function part(count: number, unit: string): string {
  return count === 0 ? "" : `${count}${unit}`;
}

/** The instant `duration` after a start at wall time `localMs`: days by the wall, the rest by the stopwatch. */
export function addDuration(localMs: number, { days, ms }: Duration, toEpochMs: (localMs: number) => number): number {
  return toEpochMs(localMs + days * DAY_MS) + ms;
}
