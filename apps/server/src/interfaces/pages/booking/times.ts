import { Lru } from "@hourwright/std";
import type { Words } from "./words.ts";

/** How times are written for whoever reads: their locale, in one zone. */
export type Times = {
  readonly zone: string;
  /** “Prague time”, in the reader's words. */
  readonly zoneName: string;
  /** “UTC+2” at an instant. */
  readonly offset: (ms: number) => string;
  /** “14:00” */
  readonly clock: (ms: number) => string;
  /** “14:00–15:30” */
  readonly range: (startMs: number, endMs: number) => string;
  /** “Thu 8 Apr, 14:00” */
  readonly moment: (ms: number) => string;
  /** The day of an instant in the zone. */
  readonly dayOf: (ms: number) => Temporal.PlainDate;
};

/** Kinds of text that formatters are kept for: five in each of some locales and zones. */
const FORMATS_MAX = 500;
const formats = new Lru<string, Intl.DateTimeFormat>(FORMATS_MAX);

function formatOf(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(locale, options);
  formats.set(key, made);
  return made;
}

const CLOCK = { hour: "2-digit", minute: "2-digit" } as const;

export function timesIn(zone: string, locale: string, words: Words): Times {
  const as = (options: Intl.DateTimeFormatOptions) => formatOf(locale, { timeZone: zone, ...options });
  return {
    zone,
    zoneName: zone === "UTC" ? "UTC" : words.zoneTime(placeOf(zone)),
    offset: (ms) => offsetText(Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).offsetNanoseconds),
    clock: (ms) => as(CLOCK).format(ms),
    range: (startMs, endMs) => as(CLOCK).formatRange(startMs, endMs),
    moment: (ms) => `${as({ weekday: "short", day: "numeric", month: "short" }).format(ms)}, ${as(CLOCK).format(ms)}`,
    dayOf: (ms) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDate(),
  };
}

/** The place that a zone is called by: “New York” of America/New_York. */
export const placeOf = (zone: string): string => zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ");

function offsetText(nanoseconds: number): string {
  const minutes = Math.abs(nanoseconds) / 60_000_000_000;
  const [hours, rest] = [Math.floor(minutes / 60), Math.round(minutes % 60)];
  const clock = rest === 0 ? String(hours) : `${hours}:${String(rest).padStart(2, "0")}`;
  return minutes === 0 ? "UTC" : `UTC${nanoseconds < 0 ? "−" : "+"}${clock}`;
}

const utcMs = (day: Temporal.PlainDate): number => day.toZonedDateTime("UTC").epochMilliseconds;
const ofDay = (day: Temporal.PlainDate, locale: string, options: Intl.DateTimeFormatOptions): string =>
  formatOf(locale, { timeZone: "UTC", ...options }).format(utcMs(day));

/** “April 2027” */
export const monthText = (day: Temporal.PlainDate, locale: string): string =>
  ofDay(day, locale, { month: "long", year: "numeric" });
/** “April” */
export const monthName = (day: Temporal.PlainDate, locale: string): string => ofDay(day, locale, { month: "long" });
/** “Thursday 8 April” */
export const dayText = (day: Temporal.PlainDate, locale: string): string =>
  ofDay(day, locale, { weekday: "long", day: "numeric", month: "long" });
/** “8 April” */
export const dateText = (day: Temporal.PlainDate, locale: string): string =>
  ofDay(day, locale, { day: "numeric", month: "long" });
/** “Mo” and “Monday” of a weekday, 1 to 7 from Monday. */
export function weekdayTexts(weekday: number, locale: string): { readonly short: string; readonly long: string } {
  const day = Temporal.PlainDate.from("2024-01-01").add({ days: weekday - 1 }); // A Monday.
  const short = ofDay(day, locale, { weekday: "short" });
  return { short: short.replace(".", "").slice(0, 2), long: ofDay(day, locale, { weekday: "long" }) };
}

/** “90 min” */
export const minutesText = (minutes: number, locale: string): string =>
  new Intl.NumberFormat(new Intl.Locale(locale).language, {
    style: "unit",
    unit: "minute",
    unitDisplay: "short",
  }).format(minutes);

/** A price whose number stays beside its currency and its own parts: “1 200 Kč”, “CHF 30”, “from 30 €”. */
export const priceText = (price: string): string =>
  price.replaceAll(
    /(?<=\d) (?=\d{3}(?!\d)|\p{Sc}|\p{L}{1,3}(?!\p{L}))|(?<=\p{Sc}|(?<!\p{L})\p{Lu}{3}) (?=\d)/gu,
    "\u00a0",
  );

/** “24 hours”, “3 days” or “30 minutes”: the largest unit in which it is whole. */
export function spanText(minutes: number, locale: string): string {
  const unit = minutes % 1_440 === 0 && minutes > 1_440 ? "day" : minutes % 60 === 0 ? "hour" : "minute";
  const count = minutes / { day: 1_440, hour: 60, minute: 1 }[unit];
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(count);
}

/** The first weekday of a locale, 1 to 7 from Monday. */
export function firstWeekdayOf(locale: string): number {
  const { firstDay } = (
    new Intl.Locale(locale) as Intl.Locale & { getWeekInfo(): { readonly firstDay: number } }
  ).getWeekInfo();
  return firstDay;
}
