import { DAY_MS, UTC, parseBasicTime, printBasicTime, type BasicTime, type Zone } from "@hourwright/time";
import { parametersOf, rawValue } from "./content-line.ts";
import { parseDuration, type Duration } from "./duration.ts";
import type { Property } from "./tree.ts";
import type { Zones } from "./zones.ts";

/**
 * A DATE or DATE-TIME as it was meant. `zone` is null for dates and floating times; `tzid` is the text it was given
 * with, `unknownZone` that nobody knows that text (it then floats).
 */
export type TimeValue = {
  readonly form: BasicTime["form"];
  readonly localMs: number;
  readonly zone: Zone | null;
  readonly tzid: string | null;
  readonly unknownZone: boolean;
};

/** A PERIOD of an RDATE: its start, and how long it lasts. */
export type PeriodValue = { readonly start: TimeValue; readonly end: TimeValue | Duration | null };

/** The one time of DTSTART, DTEND, DUE or RECURRENCE-ID; null when it is none. */
export function timeOf(property: Property, zones: Zones): TimeValue | null {
  return valueOf(rawValue(property).trim(), tzidOf(property), zones);
}

/** The times of RDATE or EXDATE, PERIODs included, in order, with their texts; `bad` counts what is none. */
export function timesOf(property: Property, zones: Zones): { values: PeriodValue[]; texts: string[]; bad: number } {
  const tzid = tzidOf(property);
  const values: PeriodValue[] = [];
  const texts: string[] = [];
  let bad = 0;
  for (const text of rawValue(property).split(",")) {
    const value = periodOf(text.trim(), tzid, zones);
    if (value === null) bad++;
    else {
      values.push(value);
      texts.push(text.trim());
    }
  }
  return { values, texts, bad };
}

function tzidOf(property: Property): string | null {
  for (const { name, values } of parametersOf(property)) if (name === "TZID") return (values[0] ?? "").trim();
  return null;
}

function periodOf(text: string, tzid: string | null, zones: Zones): PeriodValue | null {
  const slash = text.indexOf("/");
  const start = valueOf(slash === -1 ? text : text.slice(0, slash), tzid, zones);
  if (start === null || slash === -1) return start === null ? null : { start, end: null };
  const rest = text.slice(slash + 1);
  const end = parseDuration(rest) ?? valueOf(rest, tzid, zones);
  return end === null ? null : { start, end };
}

function valueOf(text: string, tzid: string | null, zones: Zones): TimeValue | null {
  const parsed = parseBasicTime(text);
  if (parsed === null) return null;
  const { form, localMs } = parsed;
  if (form === "utc") return { form, localMs, zone: UTC, tzid: null, unknownZone: false };
  if (form === "date" || tzid === null) return { form, localMs, zone: null, tzid: null, unknownZone: false };
  const zone = zones.find(tzid);
  return { form, localMs, zone, tzid, unknownZone: zone === null };
}

/** A time as text, in the zone of `like` when it says none itself: how a RECURRENCE-ID is spoken of outside a file. */
export function parseTimeLike(text: string, like: TimeValue): TimeValue | null {
  const parsed = parseBasicTime(text);
  if (parsed === null) return null;
  const { form, localMs } = parsed;
  if (form === "utc") return { form, localMs, zone: UTC, tzid: null, unknownZone: false };
  if (form === "date" || like.form === "date") return { form, localMs, zone: null, tzid: null, unknownZone: false };
  return { form, localMs, zone: like.zone, tzid: like.tzid, unknownZone: like.unknownZone };
}

/** The instant of a time; a floating one, or the midnight of a date, is read in `floatingZone`. */
export function instantOf({ form, localMs, zone }: TimeValue, floatingZone: Zone): number {
  return form === "utc" ? localMs : (zone ?? floatingZone).toEpochMs(localMs);
}

/** The date of a time, as wall time of its midnight. */
export function dateOnly(value: TimeValue): TimeValue {
  const localMs = Math.floor(value.localMs / DAY_MS) * DAY_MS;
  return { form: "date", localMs, zone: null, tzid: null, unknownZone: false };
}

/** The text of a time, as it stands in a property. */
export function printTime({ form, localMs }: Pick<TimeValue, "form" | "localMs">): string {
  return printBasicTime(localMs, form);
}
