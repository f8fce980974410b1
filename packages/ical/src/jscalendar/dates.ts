// When an object is: start, end, due, duration, and how it recurs.

import { DAY_MS, UTC, type Zone } from "@hourwright/time";
import { addDuration, parseDuration, printDuration } from "../duration.ts";
import type { JCalProperty, JCalValue } from "../jcal/jcal.ts";
import {
  clockTime,
  clockTimeOf,
  hasYear,
  localText,
  parseLocal,
  written,
  type ClockTime,
  type ObjectClock,
} from "./clock.ts";
import { isObject, isSame, setMember, type Draft, type Json, type JsonObject } from "./json.ts";
import { oneParameter, parametersBut, type ComponentReader } from "./reader.ts";
import type { Zones } from "../zones.ts";
import { ruleFromJS, ruleToJS } from "./rule.ts";
import { textMember, type ComponentWriter } from "./writer.ts";

/** Occurrences that one object changes, adds or takes out one by one. */
export const OVERRIDES_MAX = 20_000;

/** DTSTART, DUE, DTEND and DURATION. Answers by which clock the object is shown. */
export function readDates(reader: ComponentReader): ObjectClock {
  const { js, zones } = reader;
  const isTask = js["@type"] === "Task";
  const startLine = reader.takeOne("dtstart");
  const dueLine = isTask ? reader.takeOne("due") : null;
  const start = clockTimeOf(startLine, zones);
  const due = clockTimeOf(dueLine, zones);
  const shown = start ?? due;
  const clock: ObjectClock =
    shown === null
      ? { isDate: false, timeZone: null, zone: null, tzid: null }
      : { isDate: shown.form === "date", timeZone: shown.timeZone, zone: shown.zone, tzid: shown.tzid };
  if (shown !== null) {
    if (clock.isDate) js["showWithoutTime"] = true;
    if (clock.timeZone !== null) js["timeZone"] = clock.timeZone;
  }
  readShown(reader, clock);
  place(reader, "start", startLine, start, clock);
  place(reader, "due", dueLine, due, clock);
  if (!isTask) readLength(reader, start);
  else if (dueLine === null && start !== null) readTaskLength(reader, start);
  return clock;
}

/** A Task has no length in JSCalendar: it is due when it ends. Its DURATION is kept, and counts as long as that holds. */
function readTaskLength(reader: ComponentReader, start: ClockTime): void {
  const line = reader.takeOne("duration");
  if (line === null) return;
  reader.keep(line);
  const due = dueAfter(start, line);
  if (due !== null) reader.js["due"] = due;
}

/** When a task is due that takes a DURATION from its start; null when that is no length, or not one of days. */
function dueAfter(start: ClockTime, line: JCalProperty): string | null {
  const length = line[3];
  const endMs = isLengthText(length) ? endAfter(start.localMs, start.zone, length, start.zone) : null;
  return endMs === null || (start.form === "date" && endMs % DAY_MS !== 0) ? null : localText(endMs);
}

/** SHOW-WITHOUT-TIME (draft-ietf-calext-jscalendar-icalendar): times that are shown as dates. */
function readShown(reader: ComponentReader, clock: ObjectClock): void {
  const property = reader.takeOne("show-without-time");
  if (property === null) return;
  if (clock.isDate || property[3] !== true || Object.keys(property[1]).length > 0) return reader.keep(property);
  reader.js["showWithoutTime"] = true;
  reader.note("showWithoutTime", { name: "show-without-time" });
}

/** Sets a time that the clock of the object can show; another one is kept. */
function place(
  reader: ComponentReader,
  member: string,
  line: JCalProperty | null,
  time: ClockTime | null,
  clock: ObjectClock,
): void {
  if (line === null) return;
  const isShown =
    time !== null &&
    (time.form === "date") === clock.isDate &&
    time.timeZone === clock.timeZone &&
    time.tzid === clock.tzid;
  if (!isShown) return reader.keep(line);
  reader.js[member] = localText(time.localMs);
  const parameters = parametersBut(line[1], "tzid");
  reader.note(member, { parameters: time.tzid === null ? parameters : { tzid: time.tzid, ...parameters } });
}

function readLength(reader: ComponentReader, start: ClockTime | null): void {
  const durationLine = reader.takeOne("duration");
  const endLine = reader.takeOne("dtend");
  if (durationLine !== null) {
    const text = durationLine[3];
    if (isLengthText(text) && endLine === null) {
      reader.js["duration"] = text;
      reader.note("duration", { parameters: durationLine[1] });
    } else reader.keep(durationLine);
  }
  if (endLine !== null) {
    const length = start === null ? null : lengthUntil(start, endLine, reader.zones);
    if (length === null) reader.keep(endLine);
    else readEnd(reader, start!, endLine, length);
  } else if (start?.form === "date" && reader.js["duration"] === undefined) reader.js["duration"] = "P1D";
}

function isLengthText(text: unknown): text is string {
  return typeof text === "string" && text.startsWith("P") && parseDuration(text) !== null;
}

/** The end as a length, and its zone where it has one of its own. */
function readEnd(reader: ComponentReader, start: ClockTime, line: JCalProperty, length: string): void {
  const end = clockTimeOf(line, reader.zones)!;
  reader.js["duration"] = length;
  if (end.timeZone !== start.timeZone || !isRestored(start, end, length)) {
    const sameForm = end.form !== "date" && end.timeZone !== null && isRestored(start, end, length);
    if (!sameForm) return reader.keep(line); // It counts again as long as it means the same length.
    reader.js["locations"] = {
      [END_LOCATION]: { "@type": "Location", relativeTo: "end", timeZone: end.timeZone },
    };
  }
  const parameters = parametersBut(line[1], "tzid");
  const noted = end.tzid === null ? parameters : { tzid: end.tzid, ...parameters };
  // Whoever has an end in another zone has a DTEND.
  reader.note(
    "duration",
    end.timeZone === start.timeZone ? { name: "dtend", parameters: noted } : { parameters: noted },
  );
}

/** The location that says where an event ends, when all that is known of it is its zone. */
export const END_LOCATION = "end";

/** From a start to a DTEND: days between dates, else elapsed time; null when the end is none, or not after it. */
function lengthUntil(start: ClockTime, line: JCalProperty, zones: Zones): string | null {
  const end = clockTimeOf(line, zones);
  if (end === null || (end.form === "date") !== (start.form === "date")) return null;
  if (start.form === "date") {
    const days = (end.localMs - start.localMs) / DAY_MS;
    return days >= 0 ? printDuration({ days, ms: 0 }) : null;
  }
  if ((end.zone === null) !== (start.zone === null)) return null;
  const ms = epochOf(end.localMs, end.zone) - epochOf(start.localMs, start.zone);
  return ms >= 0 && ms % 1000 === 0 ? printDuration({ days: 0, ms }) : null;
}

function epochOf(localMs: number, zone: Zone | null): number {
  return (zone ?? UTC).toEpochMs(localMs);
}

/** Whether the end comes back from start and length: a time that the clocks skip or show twice may not. */
function isRestored(start: ClockTime, end: ClockTime, length: string): boolean {
  return endAfter(start.localMs, start.zone, length, end.zone) === end.localMs;
}

/** The wall time, by `endZone`, that lies a length after a wall time of `zone`. */
function endAfter(localMs: number, zone: Zone | null, length: string, endZone: Zone | null): number | null {
  const duration = parseDuration(length);
  if (duration === null) return null;
  const endMs = addDuration(localMs, duration, (wallMs) => epochOf(wallMs, zone));
  const endLocalMs = (endZone ?? UTC).toLocalMs(endMs);
  return hasYear(endLocalMs) ? endLocalMs : null;
}

/** RRULE and EXRULE. One that JSCalendar cannot say keeps them all: they count again as long as they say the same. */
export function readRules(reader: ComponentReader, clock: ObjectClock): void {
  for (const [name, member] of RULES) {
    const lines = reader.take(name);
    const rules = rulesOf(lines, clock);
    if (rules.length > 0) reader.js[member] = rules;
    const isWhole = isSame(lines, linesOf(name, rules, clock));
    if (!isWhole) for (const line of lines) reader.keep(line);
  }
}

const RULES = [
  ["rrule", "recurrenceRules"],
  ["exrule", "excludedRecurrenceRules"],
] as const;

function rulesOf(lines: readonly JCalProperty[], clock: ObjectClock): JsonObject[] {
  return lines
    .map((line) => (line.length === 4 && line[2] === "recur" ? ruleToJS(line[3]!, clock) : null))
    .filter((rule) => rule !== null);
}

function linesOf(name: string, rules: readonly Json[], clock: ObjectClock): JCalProperty[] {
  return rules.flatMap((rule): JCalProperty[] => {
    const parts = isObject(rule) ? ruleFromJS(rule, clock) : null;
    return parts === null ? [] : [[name, {}, "recur", parts]];
  });
}

/**
 * EXDATE and RDATE as overrides that exclude or add an occurrence. Lines that are written otherwise than ours would be
 * (in UTC, as periods with an end, with dates that are none) are kept: they count again as long as they say the same.
 */
export function readSingleDates(reader: ComponentReader, clock: ObjectClock): Draft {
  if (reader.js["start"] === undefined) return {};
  const lines = [...reader.take("exdate"), ...reader.take("rdate")]; // What is excluded is not added.
  const { overrides, periods } = singleDates(lines, clock, reader.zones);
  for (const id of periods) reader.note(`recurrenceOverrides/${id}`, { name: "rdate" });
  const again = singleDateLines(Object.entries(overrides) as [string, JsonObject][], clock);
  if (!isSame(eachValue(lines), eachValue(again))) for (const line of lines) reader.keep(line);
  return overrides;
}

/** The lines with one value each: how many stand in a line says nothing. */
function eachValue(lines: readonly JCalProperty[]): JCalProperty[] {
  return lines.flatMap(([name, parameters, type, ...values]) =>
    values.map((value): JCalProperty => [name, parameters, type, value]),
  );
}

/** What EXDATE and RDATE lines say, `periods` being the occurrences that an RDATE gives a length of their own. */
function singleDates(lines: readonly JCalProperty[], clock: ObjectClock, zones: Zones) {
  const overrides: Draft = {};
  const periods = new Set<string>();
  let count = 0;
  for (const line of lines) {
    for (const value of line.slice(3) as JCalValue[]) {
      const override = count < OVERRIDES_MAX ? singleDate(value, line, clock, zones) : null;
      if (override === null || Object.hasOwn(overrides, override[0])) continue;
      setMember(overrides, override[0], override[1]);
      if ("duration" in override[1]) periods.add(override[0]);
      count++;
    }
  }
  return { overrides, periods };
}

const DATE_TYPES = new Set(["date-time", "date", "period"]);

function singleDate(
  value: JCalValue,
  [name, parameters, type]: JCalProperty,
  clock: ObjectClock,
  zones: Zones,
): [id: string, override: JsonObject] | null {
  if (!DATE_TYPES.has(type)) return null;
  const [text, end] = Array.isArray(value) ? value : [value, null];
  const time = typeof text === "string" ? clockTime(text, parameters, zones) : null;
  const id = time === null ? null : occurrenceId(time, clock);
  if (id === null) return null;
  if (name === "exdate") return end === null ? [id, { excluded: true }] : null;
  if (end === null) return [id, {}];
  if (isLengthText(end)) return [id, { duration: end }];
  const length = lengthUntil(time!, ["dtend", parameters, "date-time", end], zones);
  return length === null ? null : [id, { duration: length }];
}

/** How an occurrence is named by the clock of its series; null when it has another kind of time. */
export function occurrenceId(time: ClockTime, clock: ObjectClock): string | null {
  if ((time.form === "date") !== clock.isDate) return null;
  if (time.timeZone === clock.timeZone || time.form === "date") return localText(time.localMs);
  if (time.zone === null || clock.zone === null) return null;
  const localMs = clock.zone.toLocalMs(time.zone.toEpochMs(time.localMs));
  return hasYear(localMs) ? localText(localMs) : null;
}

/** By which clock an object is written. */
export function clockOf(writer: ComponentWriter): ObjectClock {
  const { js } = writer;
  const timeZone = writer.text("timeZone");
  const times = ["start", "due"].map((member) => js[member]).filter((text) => typeof text === "string");
  const isShown = js["showWithoutTime"] === true && writer.note("showWithoutTime").name === null;
  const isDate = isShown && timeZone === null && times.every((text) => text.endsWith("T00:00:00"));
  const tzid = ["start", "due"].map((member) => oneParameter(writer.note(member).parameters, "tzid"));
  const zone = timeZone === null ? null : writer.zoneOf(timeZone);
  return { isDate, timeZone, zone, tzid: tzid.find((each) => each !== null) ?? null };
}

export function writeDates(writer: ComponentWriter, clock: ObjectClock): void {
  const keptLength = writer.js["@type"] === "Task" ? writer.takeKept("duration") : [];
  const isLong = keptLength.length > 0 && isDueAfter(writer, keptLength[0]!, clock);
  for (const [member, name] of [
    ["start", "dtstart"],
    ["due", "due"],
  ] as const) {
    const localMs = parseLocal(writer.js[member]);
    if (localMs === null || (isLong && member === "due")) continue;
    const [parameters, type, value] = written(localMs, clock);
    writer.add(name, { ...parameters, ...parametersBut(writer.note(member).parameters, "tzid") }, type, value);
  }
  if (isLong || writer.js["due"] === undefined) writer.addAll(keptLength);
  if (writer.js["showWithoutTime"] === true && !clock.isDate) writer.add("show-without-time", {}, "boolean", true);
  if (writer.js["@type"] === "Event") writeLength(writer, clock);
}

function isDueAfter(writer: ComponentWriter, line: JCalProperty, clock: ObjectClock): boolean {
  const start = startTime(parseLocal(writer.js["start"]), clock);
  return start !== null && dueAfter(start, line) === writer.js["due"];
}

function writeLength(writer: ComponentWriter, clock: ObjectClock): void {
  const length = writer.text("duration");
  const startMs = parseLocal(writer.js["start"]);
  if (length === null) return;
  const start = startTime(startMs, clock);
  const [kept] = writer.hasKept("dtend") ? writer.takeKept("dtend") : [];
  if (kept !== undefined) {
    const isTrue = start !== null && lengthUntil(start, kept, writer.zones) === length;
    if (isTrue) return writer.addAll([kept]);
  }
  const { name, parameters } = writer.note("duration");
  const endZone = endZoneOf(writer);
  if (start !== null && (name === "dtend" || endZone !== null)) {
    const timeZone = endZone ?? clock.timeZone;
    const zone = timeZone === null ? null : writer.zoneOf(timeZone);
    const endMs = endAfter(start.localMs, start.zone, length, zone);
    if (endMs !== null && (timeZone === null || zone !== null)) {
      const tzid = oneParameter(parameters, "tzid");
      const [at, type, value] = written(endMs, { ...clock, timeZone, zone, tzid });
      return writer.add("dtend", { ...at, ...parametersBut(parameters, "tzid") }, type, value);
    }
  }
  writer.add("duration", name === null ? parameters : {}, "duration", length);
}

function startTime(startMs: number | null, { isDate, timeZone, zone, tzid }: ObjectClock): ClockTime | null {
  if (startMs === null || (timeZone !== null && zone === null)) return null;
  return { form: isDate ? "date" : "local", localMs: startMs, zone, timeZone, tzid };
}

/** The zone in which the event ends, when a location says one. */
function endZoneOf(writer: ComponentWriter): string | null {
  for (const [, location] of writer.objects("locations")) {
    if (location["relativeTo"] === "end" && typeof location["timeZone"] === "string") return location["timeZone"];
  }
  return null;
}

export function writeRules(writer: ComponentWriter, clock: ObjectClock): void {
  for (const [name, member] of RULES) {
    const given = writer.js[member];
    const rules = Array.isArray(given) ? (given as readonly Json[]) : [];
    const kept = writer.takeKept(name);
    const isTrue = kept.length > 0 && isSame(rulesOf(kept, clock), rules);
    writer.addAll(isTrue ? kept : linesOf(name, rules, clock));
  }
}

/** The occurrences that are only excluded or added, as EXDATE and RDATE; the others are components of their own. */
export function writeSingleDates(writer: ComponentWriter, clock: ObjectClock): [id: string, patch: JsonObject][] {
  const single: [string, JsonObject][] = [];
  const others: [string, JsonObject][] = [];
  for (const [id, patch] of writer.objects("recurrenceOverrides")) {
    if (parseLocal(id) === null) continue;
    const { name } = writer.note(`recurrenceOverrides/${id}`);
    const names = Object.keys(patch);
    const isAdded = names.length === 0 ? name !== "recurrence-id" : name === "rdate" && isSame(names, ["duration"]);
    const isExcluded = patch["excluded"] === true; // Whatever else is said of it (RFC 8984 §4.3.6).
    const isSingle = isAdded || isExcluded;
    if (isSingle) single.push([id, patch]);
    else others.push([id, patch]);
  }
  const kept = [...writer.takeKept("exdate"), ...writer.takeKept("rdate")];
  const isTrue =
    kept.length > 0 && isSame(singleDates(kept, clock, writer.zones).overrides, Object.fromEntries(single));
  writer.addAll(isTrue ? kept : singleDateLines(single, clock));
  return others;
}

function singleDateLines(overrides: readonly (readonly [string, JsonObject])[], clock: ObjectClock): JCalProperty[] {
  const [parameters, type] = written(0, clock);
  const exdate: JCalProperty = ["exdate", parameters, type];
  const rdate: JCalProperty = ["rdate", parameters, type];
  const periods: JCalProperty = ["rdate", parameters, "period"];
  for (const [id, patch] of overrides) {
    const value = written(parseLocal(id)!, clock)[2];
    const length = textMember(patch, "duration");
    if (length !== null) periods.push([value, length]);
    else if (patch["excluded"] === true) exdate.push(value);
    else rdate.push(value);
  }
  return [exdate, rdate, periods].filter((line) => line.length > 3);
}
