import type { Words } from "./words.ts";

/** How the times of a message are written: in one zone, which is always named. */
export type Times = {
  /** “Thursday 8 April 2027, 14:00–15:30, Prague time (UTC+2)” */
  readonly span: (startMs: number, endMs: number) => string;
  /** “Thu 8 Apr, 14:00”, for a subject */
  readonly moment: (ms: number) => string;
};

export function timesIn(zone: string, { locale, zoneTime }: Words): Times {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: zone, ...options });
  const day = format({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
  const clock = format({ hour: "2-digit", minute: "2-digit" });
  const short = format({ weekday: "short", day: "numeric", month: "short" });
  const dayOf = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
  const zoneName = (ms: number) =>
    zone === "UTC" ? "UTC" : `${zoneTime(placeOf(zone))} (${offsetText(dayOf(ms).offsetNanoseconds)})`;
  return {
    span(startMs, endMs) {
      const isOneDay = dayOf(startMs).toPlainDate().equals(dayOf(endMs).toPlainDate());
      // Not `formatRange`: over a change of the clocks it would leave out what is the same on both sides.
      const end = isOneDay ? clock.format(endMs) : `${day.format(endMs)}, ${clock.format(endMs)}`;
      const dash = isOneDay ? "–" : " – ";
      return `${day.format(startMs)}, ${clock.format(startMs)}${dash}${end}, ${zoneName(startMs)}`;
    },
    moment: (ms) => `${short.format(ms)}, ${clock.format(ms)}`,
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
