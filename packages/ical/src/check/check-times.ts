// How the dates of one component go together: ends after starts, of the same form, in zones that somebody knows.

import { DAY_MS, parseBasicTime, UTC, type BasicTime } from "@hourwright/time";
import { parseDuration } from "../duration.ts";
import type { CheckLog } from "./line.ts";
import { instantOf, timeOf } from "../time-value.ts";
import type { Zones } from "../zones.ts";
import { parameterIn, reportLine, ruleOf, type Line } from "./line.ts";

/** The lines of one component by name; the first of each name comes first. */
export type LinesByName = ReadonlyMap<string, readonly Line[]>;

/** Reports dates that do not go together. Zones are asked only where two clocks must be compared. */
export function checkTimes(lines: LinesByName, component: string, zones: Zones, log: CheckLog): void {
  const first = (name: string) => lines.get(name)?.[0] ?? null;
  const start = first("DTSTART");
  const startTime = start === null ? null : timeIn(start);
  const duration = first("DURATION");
  for (const name of ["DTEND", "DUE"]) {
    const end = first(name);
    if (end === null) continue;
    if (duration !== null) {
      log.report(duration.property.line, "end-and-duration", `DURATION cannot stand beside ${name}.`);
    }
    if (start !== null && startTime !== null) checkEnd(start, end, zones, log);
  }
  if (duration !== null) checkDuration(duration, startTime, log);
  for (const name of ["RRULE", "EXRULE"]) {
    for (const line of lines.get(name) ?? []) checkUntil(line, start, component, log);
  }
  for (const name of ["EXDATE", "RDATE"]) {
    for (const line of lines.get(name) ?? []) checkDates(line, startTime, log);
  }
}

function timeIn({ raw }: Line): BasicTime | null {
  return parseBasicTime(raw.trim());
}

function checkEnd(start: Line, end: Line, zones: Zones, log: CheckLog): void {
  const from = timeIn(start)!;
  const to = timeIn(end);
  if (to === null) return;
  if ((from.form === "date") !== (to.form === "date")) {
    const message = `DTSTART and ${end.name} are both dates, or both times of day.`;
    log.report(end.property.line, "end-of-other-kind", message);
    return;
  }
  const isBefore = isSameClock(start, end)
    ? to.localMs < from.localMs
    : instantIn(end, zones) < instantIn(start, zones);
  if (isBefore) log.report(end.property.line, "end-before-start", `${end.name} is before DTSTART.`);
}

function isSameClock(one: Line, other: Line): boolean {
  return parameterIn(one, "TZID") === parameterIn(other, "TZID") && timeIn(one)?.form === timeIn(other)?.form;
}

function instantIn({ property }: Line, zones: Zones): number {
  const time = timeOf(property, zones);
  return time === null ? Number.NaN : instantOf(time, UTC);
}

function checkDuration(line: Line, start: BasicTime | null, log: CheckLog): void {
  const duration = parseDuration(line.raw.trim());
  if (duration === null) return;
  if (duration.days * DAY_MS + duration.ms < 0) {
    log.report(line.property.line, "end-before-start", "DURATION is negative.");
  }
  if (start?.form === "date" && duration.ms !== 0) {
    log.report(line.property.line, "end-of-other-kind", "Beside a date, DURATION is in days or weeks.");
  }
}

/** RFC 5545 §3.3.10: UNTIL is a date beside a date, in UTC beside UTC or a zone and in VTIMEZONEs, else local. */
function checkUntil(line: Line, start: Line | null, component: string, log: CheckLog): void {
  const until = ruleOf(line.raw).rule?.until ?? null;
  const from = start === null ? null : timeIn(start);
  if (until === null || start === null || from === null) return;
  const isObservance = component === "STANDARD" || component === "DAYLIGHT";
  const wanted = from.form === "local" && (isObservance || parameterIn(start, "TZID") !== null) ? "utc" : from.form;
  if (until.form !== wanted) {
    const words = { date: "a date", utc: "a time in UTC", local: "a local time" };
    const message = `UNTIL is ${words[until.form]}; beside this DTSTART it should be ${words[wanted]}.`;
    reportLine(log, line, ["formal", "until-of-other-kind", message]);
  }
  if (until.localMs < from.localMs - DAY_MS) {
    reportLine(log, line, ["warn", "rule-without-dates", "The rule ends before DTSTART."]);
  }
}

function checkDates(line: Line, start: BasicTime | null, log: CheckLog): void {
  if (start === null || line.type === "period") return;
  const other = line.values.some((value) => {
    const time = parseBasicTime(value);
    return time !== null && (time.form === "date") !== (start.form === "date");
  });
  if (!other) return;
  const message = `${line.name} and DTSTART are not both dates, or both times of day.`;
  reportLine(log, line, ["formal", "date-of-other-kind", message]);
}

/** TZID has its place beside local times alone, and the zone it names is described in the file; told once a zone. */
export function checkZone(line: Line, described: Set<string>, zones: Zones, log: CheckLog): void {
  const tzid = parameterIn(line, "TZID")?.trim() ?? null;
  if (tzid === null) return;
  const time = parseBasicTime((line.values[0] ?? "").split("/")[0]!.trim());
  if (time !== null && time.form !== "local") {
    const what = time.form === "utc" ? "a time in UTC" : "a date";
    reportLine(log, line, ["formal", "zone-without-use", `TZID says nothing about ${what}.`]);
  } else if (!described.has(tzid)) {
    described.add(tzid);
    const { code, message } = zones.remark(tzid) ?? NOT_DESCRIBED;
    log.report(line.property.line, code, `TZID names "${tzid.slice(0, 60)}", ${message}`);
  }
}

const NOT_DESCRIBED = {
  code: "zone-not-described",
  message: "which has no VTIMEZONE in the file; it was read as the zone that the world knows by it.",
} as const;
