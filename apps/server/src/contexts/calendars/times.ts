import { dayAndSpanText } from "@hourwright/conflict";
import { refuseCalendar, type Refused } from "@hourwright/contract";
import { DAY_MS, findZone, HOUR_MS, parseRule, parseWallTime, UTC, type Rule, type Zone } from "@hourwright/time";
import type { When } from "@hourwright/ical";
import { TIME_END_MS, TIME_MIN_MS, YEAR_MAX, YEAR_MIN } from "../claims/pure.ts";

/** Times as requests write them, as iCalendar means them. */

export type TimeProblem =
  | "calendars/zone-missing"
  | "calendars/unknown-zone"
  | "calendars/out-of-range"
  | "calendars/ends-before-start"
  | "calendars/rule-invalid";

/** The zone a request names; `otherwise` when it names none. */
export function zoneAsked(
  text: string | undefined,
  otherwise: Zone | null,
): Zone | null | Refused<"calendars/unknown-zone"> {
  if (text === undefined) return otherwise;
  return findZone(text) ?? refuseCalendar("unknown-zone", "zone", { zone: text });
}

/**
 * A time of a request. A day is all-day; an instant is shown on the clocks of `zone`, else of `home`; a local time
 * needs `zone`.
 */
export function whenOf(text: string, zone: Zone | null, home: Zone): When | Refused<TimeProblem> {
  const when = readWhen(text, zone, home);
  if (when === null) return refuseCalendar("out-of-range", "no-time", { text });
  if ("refused" in when) return when;
  const ms = msOf(when, home);
  if (ms < TIME_MIN_MS || ms >= TIME_END_MS)
    return refuseCalendar("out-of-range", "years", { text, from: YEAR_MIN, to: YEAR_MAX });
  return when;
}

function readWhen(text: string, zone: Zone | null, home: Zone): When | null | Refused<TimeProblem> {
  if (/(Z|[+-]\d{2}:\d{2})$/.test(text) && text.includes("T")) {
    const ms = instantMs(text);
    return ms === null ? null : zonedWhen(ms, zone ?? home);
  }
  const wall = parseWallTime(text.replace(/\.\d+$/, ""));
  if (wall === null) return null;
  if (wall.form === "date") return { form: "date", localMs: wall.localMs, zone: null };
  if (zone === null) return refuseCalendar("zone-missing", "zone", { text });
  return zone.id === "UTC"
    ? { form: "utc", localMs: wall.localMs, zone: UTC }
    : { form: "local", localMs: wall.localMs, zone };
}

/**
 * An instant on the clocks of a zone. The second half of an hour that the clocks repeat has no wall time of its own
 * (RFC 5545 §3.3.5 reads it as the first), so such an instant stays in UTC.
 */
export const zonedWhen = (ms: number, zone: Zone): When =>
  zone.id === "UTC" || zone.toEpochMs(zone.toLocalMs(ms)) !== ms
    ? { form: "utc", localMs: ms, zone: UTC }
    : { form: "local", localMs: zone.toLocalMs(ms), zone };

function instantMs(text: string): number | null {
  try {
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch {
    return null; // 31 April, 25 o'clock: the form is right, the date does not exist.
  }
}

/** Epoch milliseconds of a time; days and floating times as `home` has them. */
export const msOf = (when: When, home: Zone): number => (when.zone ?? home).toEpochMs(when.localMs);

/** Start and end of a new event: an hour, or a day, when no end is given. */
export function spanOf(
  startText: string,
  endText: string | undefined,
  zone: Zone | null,
  home: Zone,
): { start: When; end: When } | Refused<TimeProblem> {
  const start = whenOf(startText, zone, home);
  if ("refused" in start) return start;
  const end = endText === undefined ? usualEnd(start, home) : whenOf(endText, zone, home);
  if ("refused" in end) return end;
  if ((start.form === "date") !== (end.form === "date")) {
    return refuseCalendar("ends-before-start", "mixed", {});
  }
  if (msOf(end, home) <= msOf(start, home)) return refuseCalendar("ends-before-start", "end", {});
  // Both on the same clocks (RFC 5545 §3.8.2.2): where one has no wall time of its own, both are in UTC.
  if (start.form === end.form) return { start, end };
  return { start: zonedWhen(msOf(start, home), UTC), end: zonedWhen(msOf(end, home), UTC) };
}

/** A day, or an hour by the stopwatch: by the wall it would be none where the clocks skip one. */
function usualEnd(start: When, home: Zone): When {
  if (start.form === "date") return { ...start, localMs: start.localMs + DAY_MS };
  return zonedWhen(msOf(start, home) + HOUR_MS, start.zone ?? home);
}

/** A rule of RFC 5545 as a request writes it; the empty list for none. */
export function rulesOf(
  text: string | null | undefined,
): readonly Rule[] | undefined | Refused<"calendars/rule-invalid"> {
  if (text === undefined) return undefined;
  if (text === null || text.trim() === "") return [];
  const parsed = parseRule(text.replace(/^RRULE:/i, ""));
  if (parsed.rule !== undefined) return [parsed.rule];
  const { code, message } = parsed.refused;
  return refuseCalendar("rule-invalid", code, { sentence: message });
}

/** When something stands, for a sentence: as English writes it, and by the clocks of a zone. */
export const standingFacts = (startMs: number, endMs: number, zone: string) => ({
  when: dayAndSpanText(startMs, endMs, zone),
  from: wallText(startMs, zone),
  to: wallText(endMs, zone),
});

const wallText = (ms: number, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(ms)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: "minute" });

/** The window of a question: instants, local times and days as `zone` has them. */
export function windowOf(
  startText: string,
  endText: string,
  zone: Zone,
): { fromMs: number; toMs: number } | Refused<TimeProblem> {
  const start = whenOf(startText, zone, zone);
  if ("refused" in start) return start;
  const end = whenOf(endText, zone, zone);
  if ("refused" in end) return end;
  const [fromMs, toMs] = [msOf(start, zone), msOf(end, zone)];
  return toMs > fromMs ? { fromMs, toMs } : refuseCalendar("ends-before-start", "window", {});
}
