/** How times are written in sentences. English; times of the day with 24 hours; the zone is the reader's. */

const zoned = (ms: number, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

const two = (value: number): string => String(value).padStart(2, "0");
const clock = (time: Temporal.ZonedDateTime): string => `${two(time.hour)}:${two(time.minute)}`;
const sameDay = (a: Temporal.ZonedDateTime, b: Temporal.ZonedDateTime): boolean =>
  a.toPlainDate().equals(b.toPlainDate());

/** "Thu 25 Mar 2027". */
export const dayText = (time: Temporal.ZonedDateTime): string =>
  `${WEEKDAYS[time.dayOfWeek - 1]!} ${time.day} ${MONTHS[time.month - 1]!} ${time.year}`;

/** "16:00–16:15", with the days when they differ: "Thu 25 Mar 2027 22:00 – Fri 26 Mar 2027 06:00". */
export function spanText(startMs: number, endMs: number, zone: string): string {
  const [start, end] = [zoned(startMs, zone), zoned(endMs, zone)];
  return sameDay(start, end)
    ? `${clock(start)}–${clock(end)}`
    : `${dayText(start)} ${clock(start)} – ${dayText(end)} ${clock(end)}`;
}

/** "Thu 25 Mar 2027, 16:00–16:15". */
export function dayAndSpanText(startMs: number, endMs: number, zone: string): string {
  const [start, end] = [zoned(startMs, zone), zoned(endMs, zone)];
  return sameDay(start, end) ? `${dayText(start)}, ${clock(start)}–${clock(end)}` : spanText(startMs, endMs, zone);
}

/** "Fri 26 Mar, 08:30": where something would go. */
export function momentText(ms: number, zone: string): string {
  const time = zoned(ms, zone);
  return `${WEEKDAYS[time.dayOfWeek - 1]!} ${time.day} ${MONTHS[time.month - 1]!}, ${clock(time)}`;
}

/** "45 min", "2 h", "1 h 30 min", "3 days". */
export function lengthText(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  if (minutes >= 2_880 && minutes % 1_440 === 0) return `${minutes / 1_440} days`;
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}
