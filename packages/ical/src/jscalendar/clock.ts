// Dates of iCalendar as JSCalendar writes them: a local time, and the zone beside it.

import { UTC, findZone, parseBasicTime, printWallTime, type BasicTime, type Zone } from "@hourwright/time";
import type { JCalParameters, JCalProperty } from "../jcal/jcal.ts";
import type { Zones } from "../zones.ts";
import { oneParameter } from "./reader.ts";

/** A date or time of a property, and how JSCalendar names its zone. */
export type ClockTime = {
  readonly form: BasicTime["form"];
  readonly localMs: number;
  /** Null for dates, floating times, and zones that nobody knows. */
  readonly zone: Zone | null;
  /** An IANA id, "/" and the TZID of a VTIMEZONE of its own, or null. */
  readonly timeZone: string | null;
  /** The TZID, when it is not what `timeZone` says. */
  readonly tzid: string | null;
};

const UTC_NAME = "Etc/UTC";

/** Reads a date of jCal (`2026-03-29T02:30:00`) with the TZID beside it; null when it is none. */
export function clockTime(text: string, parameters: JCalParameters, zones: Zones): ClockTime | null {
  const time = parseJCalTime(text);
  if (time === null) return null;
  const tzid = oneParameter(parameters, "tzid");
  if (time.form === "utc") return { ...time, zone: UTC, timeZone: UTC_NAME, tzid };
  if (time.form === "date" || tzid === null) return { ...time, zone: null, timeZone: null, tzid };
  const zone = zones.find(tzid.trim());
  if (zone === null) return { ...time, zone, timeZone: null, tzid };
  const timeZone = findZone(zone.id) === null ? `/${tzid}` : zone.id;
  return { ...time, zone, timeZone, tzid: tzid === timeZone || `/${tzid}` === timeZone ? null : tzid };
}

/** The same of a property with one value. */
export function clockTimeOf(property: JCalProperty | null, zones: Zones): ClockTime | null {
  const value = property?.[3];
  const isTime = property?.[2] === "date-time" || property?.[2] === "date";
  return isTime && property.length === 4 && typeof value === "string" ? clockTime(value, property[1], zones) : null;
}

export function parseJCalTime(text: string): BasicTime | null {
  return parseBasicTime(text.replace(/[-:]/g, ""));
}

/** RFC 8984 §1.4.3: an instant, to the second. */
export function isInstant(text: unknown): text is string {
  return typeof text === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) && parseJCalTime(text) !== null;
}

const YEARS_FROM_MS = parseJCalTime("0001-01-01")!.localMs;
const YEARS_TO_MS = parseJCalTime("9999-12-31T23:59:59")!.localMs;

/** Whether a wall time has a year of four digits: the last hour of 9999 is in 10000 elsewhere. */
export function hasYear(localMs: number): boolean {
  return localMs >= YEARS_FROM_MS && localMs <= YEARS_TO_MS;
}

/** RFC 8984 §1.4.4: a local time, to the second. */
export function localText(localMs: number): string {
  return printWallTime(localMs, "local");
}

function dateText(localMs: number): string {
  return printWallTime(localMs, "date");
}

/** A local time of JSCalendar as wall time; null when it is none. */
export function parseLocal(text: unknown): number | null {
  return typeof text === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text)
    ? (parseJCalTime(text)?.localMs ?? null)
    : null;
}

/** Which clock an object's times are shown by. */
export type ObjectClock = {
  readonly isDate: boolean;
  readonly timeZone: string | null;
  readonly zone: Zone | null;
  /** The TZID that was read, when it is not what `timeZone` says. */
  readonly tzid: string | null;
};

/** A wall time of an object as a property writes it: its parameters, type and value. */
export function written(
  localMs: number,
  { isDate, timeZone, zone, tzid }: ObjectClock,
): [JCalParameters, string, string] {
  if (isDate) return [tzid === null ? {} : { tzid }, "date", dateText(localMs)];
  const text = localText(localMs);
  if (timeZone === UTC_NAME && (tzid === null || !isUtcName(tzid))) {
    return [tzid === null ? {} : { tzid }, "date-time", `${text}Z`];
  }
  const named = tzid ?? (timeZone === null ? null : tzidOf(timeZone, zone));
  return [named === null ? {} : { tzid: named }, "date-time", text];
}

/** The TZID of a `timeZone`. */
function tzidOf(timeZone: string, zone: Zone | null): string {
  return timeZone.startsWith("/") && zone !== null ? timeZone.slice(1) : timeZone;
}

function isUtcName(tzid: string): boolean {
  const zone = findZone(tzid.trim());
  return zone !== null && zone.offsetMsAt(0) === 0 && zone.transitionsBetween(0, 4e12).length === 0;
}
