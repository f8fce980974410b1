// One Event or Task: a VEVENT or VTODO with the overrides of its occurrences.

import type { JCalComponent, JCalProperty } from "../jcal/jcal.ts";
import type { Zones } from "../zones.ts";
import { readAlerts, writeAlerts } from "./alerts.ts";
import { clockTimeOf, hasYear, localText, parseLocal, written, type ObjectClock } from "./clock.ts";
import {
  clockOf,
  occurrenceId,
  readDates,
  readRules,
  readSingleDates,
  writeDates,
  writeRules,
  writeSingleDates,
} from "./dates.ts";
import { jsPropsFor, withJsProps } from "./js-prop.ts";
import {
  isObject,
  isSame,
  patchBetween,
  patched,
  patchFault,
  setMember,
  withoutNulls,
  type Draft,
  type Json,
  type JsonObject,
  type PatchFault,
} from "./json.ts";
import { findFault } from "./validate.ts";
import { readLinks, writeLinks } from "./links.ts";
import { asOfRfc8984 } from "./newer.ts";
import { readPeople, writePeople } from "./people.ts";
import { readPlaces, writePlaces } from "./places.ts";
import { ComponentReader, oneParameter, parametersBut } from "./reader.ts";
import {
  readRelated,
  readSets,
  readSimple,
  readStyled,
  readTitle,
  writeRelated,
  writeSets,
  writeSimple,
  writeTitle,
} from "./simple.ts";
import { ComponentWriter } from "./writer.ts";

/** The components that are entries of a Group. */
export const ENTRY_TYPES: Readonly<Record<string, string>> = { vevent: "Event", vtodo: "Task" };

/**
 * The object of a component and of its overrides; overrides that JSCalendar has no place for are given to `leave`:
 * RANGE=THISANDFUTURE, a second one of the same occurrence.
 */
export function readEntry(
  master: JCalComponent,
  overrides: readonly JCalComponent[],
  zones: Zones,
  leave: (component: JCalComponent) => void,
): JsonObject {
  const { js, clock, dates } = readAlone(master, zones, true);
  const { start, ...base } = overrides.length === 0 ? js : baseOf(js);
  const unchanged: string[] = [];
  for (const component of overrides) {
    const id = overrideId(component, clock, zones);
    if (id === null || start === undefined || Object.hasOwn(dates, id)) leave(component);
    else {
      const patch = overridePatch(baseAt(base, start, id), component, { id, clock, zones });
      if (Object.keys(patch).length === 0) unchanged.push(id);
      setMember(dates, id, patch);
    }
  }
  const whole = Object.keys(dates).length === 0 ? js : { ...js, recurrenceOverrides: dates };
  return withJsProps(withNotes(whole, unchanged), isFaultless);
}

const isFaultless = (js: JsonObject): boolean => findFault(js) === null;

/** A component by itself; `dates` are the occurrences that EXDATE and RDATE name. */
function readAlone(
  component: JCalComponent,
  zones: Zones,
  recurs: boolean,
): { js: JsonObject; clock: ObjectClock; dates: Draft } {
  const reader = new ComponentReader(component, ENTRY_TYPES[component[0]]!, zones);
  readSimple(reader);
  readStyled(reader);
  readTitle(reader);
  const clock = readDates(reader);
  if (recurs) readRules(reader, clock);
  const dates = recurs ? readSingleDates(reader, clock) : {};
  if (recurs) readRecurrenceId(reader);
  readPlaces(reader);
  readPeople(reader);
  readLinks(reader);
  readSets(reader);
  readRelated(reader);
  readAlerts(reader);
  return { js: reader.finish(), clock, dates };
}

/** An occurrence that is known without its series (RFC 8984 §4.3.1). */
function readRecurrenceId(reader: ComponentReader): void {
  const property = reader.takeOne("recurrence-id");
  if (property === null) return;
  const time = clockTimeOf(property, reader.zones);
  if (time === null || (time.form === "date") !== (reader.js["showWithoutTime"] === true)) return reader.keep(property);
  reader.js["recurrenceId"] = localText(time.localMs);
  if (time.timeZone !== null) reader.js["recurrenceIdTimeZone"] = time.timeZone;
  const parameters = parametersBut(property[1], "tzid");
  reader.note("recurrenceId", { parameters: time.tzid === null ? parameters : { tzid: time.tzid, ...parameters } });
}

/** Which occurrence an override is of, by the clock of the series; null when that says too little. */
function overrideId(component: JCalComponent, clock: ObjectClock, zones: Zones): string | null {
  const [property, another] = component[1].filter(([name]) => name === "recurrence-id");
  if (property === undefined || another !== undefined) return null;
  const time = clockTimeOf(property, zones);
  const isPlain = Object.keys(property[1]).every((name) => name === "tzid");
  return time === null || !isPlain ? null : occurrenceId(time, clock);
}

/** What belongs to a series, never to one occurrence of it (RFC 8984 §4.3.5). */
const OF_SERIES = new Set([
  "@type",
  "uid",
  "method",
  "prodId",
  "recurrenceId",
  "recurrenceIdTimeZone",
  "recurrenceRules",
  "excludedRecurrenceRules",
  "recurrenceOverrides",
  "timeZones",
]);

function ofOccurrence(js: JsonObject): Draft {
  return Object.fromEntries(Object.entries(js).filter(([name]) => !OF_SERIES.has(name)));
}

/** What an occurrence has of its series; of what is kept, all that does not make it recur. */
function baseOf(js: JsonObject): JsonObject {
  const { iCalendar: ical, ...rest } = ofOccurrence(js);
  if (!isObject(ical)) return rest;
  const { properties, convertedProperties, ...others } = ical;
  const kept = Array.isArray(properties)
    ? (properties as unknown as JCalProperty[]).filter(([name]) => !RECURRING.has(name))
    : [];
  const notes = isObject(convertedProperties)
    ? Object.entries(convertedProperties).filter(([pointer]) => !pointer.startsWith("recurrenceOverrides/"))
    : [];
  const own = {
    ...others,
    ...(notes.length === 0 ? {} : { convertedProperties: Object.fromEntries(notes) }),
    ...(kept.length === 0 ? {} : { properties: kept as unknown as Json }),
  };
  return Object.keys(own).every((name) => name === "name") ? rest : { ...rest, iCalendar: own };
}

/** What an occurrence has before its patch: it is due as long after its start, by the wall, as the series is. */
function baseAt(base: JsonObject, start: Json | undefined, id: string): JsonObject {
  const [startMs, dueMs, atMs] = [start, base["due"], id].map(parseLocal);
  if (typeof startMs !== "number" || typeof dueMs !== "number" || typeof atMs !== "number") return base;
  const ownMs = dueMs + atMs - startMs;
  return hasYear(ownMs) ? { ...base, due: localText(ownMs) } : base;
}

const RECURRING = new Set(["rrule", "exrule", "rdate", "exdate"]);

/** Notes that these overrides are components, though they change nothing: an empty one is an RDATE otherwise. */
function withNotes(js: JsonObject, ids: readonly string[]): JsonObject {
  if (ids.length === 0) return js;
  const ical = isObject(js["iCalendar"]) ? js["iCalendar"] : { name: js["@type"] === "Task" ? "vtodo" : "vevent" };
  const notes: Draft = isObject(ical["convertedProperties"]) ? { ...ical["convertedProperties"] } : {};
  for (const id of ids) setMember(notes, `recurrenceOverrides/${id}`, { name: "recurrence-id" });
  return { ...js, iCalendar: { ...ical, convertedProperties: notes } };
}

/** What an override changes of its series; its start only when it is not that of the occurrence. */
function overridePatch(
  base: JsonObject,
  component: JCalComponent,
  { id, clock, zones }: { id: string; clock: ObjectClock; zones: Zones },
): JsonObject {
  const own = readOverride(component, id, clock, zones);
  if (own["start"] === id) delete own["start"];
  else if (own["start"] === undefined) Object.assign(own, clockMembers(base)); // Without a start it has that of its series.
  return patchBetween(base, own);
}

function clockMembers({ timeZone, showWithoutTime }: JsonObject): Draft {
  return {
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(showWithoutTime === undefined ? {} : { showWithoutTime }),
  };
}

/** An override as an object of its own; its RECURRENCE-ID is kept where it is not what we would write. */
function readOverride(
  [name, properties, components]: JCalComponent,
  id: string,
  clock: ObjectClock,
  zones: Zones,
): Draft {
  const ours = recurrenceIdLine(id, clock);
  const unnamed = properties.filter((property) => !isSame(property, ours));
  return ofOccurrence(withJsProps(readAlone([name, unnamed, components], zones, false).js, isFaultless));
}

/**
 * An object as its component and those of its overrides. What iCalendar has no words for is said as JSPROP
 * (draft-ietf-calext-jscalendar-icalendar), so that reading them gives the same object.
 */
export function writeEntry(js: JsonObject, zones: Zones): JCalComponent[] {
  const name = js["@type"] === "Task" ? "vtodo" : "vevent";
  const writer = new ComponentWriter(name, withoutFaultyPatches(js), zones);
  const clock = writeAlone(writer, true);
  const changed = writeSingleDates(writer, clock);
  const master = writer.finish();
  const base = changed.length === 0 ? js : baseOf(js);
  const overrides = changed.map(([id, patch]) => {
    const own = withoutNulls(patched({ ...baseAt(base, js["start"], id), start: id }, patch));
    return overrideComponent(own, { name, uid: js["uid"] }, id, clock, zones);
  });
  const back = readEntry(master, overrides, zones, () => {});
  master[1].push(...jsPropsFor(patchBetween(back, js)));
  return [master, ...overrides];
}

/** The overrides whose patch is none of the object (RFC 8984 §1.4.9): no part of such a patch is applied. */
export function* faultyPatches(js: JsonObject): Generator<readonly [id: string, fault: PatchFault]> {
  const overrides = js["recurrenceOverrides"];
  if (!isObject(overrides)) return;
  for (const [id, patch] of Object.entries(overrides)) {
    if (!isObject(patch) || patch["excluded"] === true) continue;
    const fault = patchFault(js, patch, OF_SERIES);
    if (fault !== null) yield [id, fault];
  }
}

/** The object as it happens: where a patch cannot be applied, the occurrence is as its series says. */
function withoutFaultyPatches(js: JsonObject): JsonObject {
  const faulty = [...faultyPatches(js)];
  if (faulty.length === 0) return js;
  const overrides: Draft = { ...(js["recurrenceOverrides"] as JsonObject) };
  for (const [id] of faulty) setMember(overrides, id, {});
  return { ...js, recurrenceOverrides: overrides };
}

/** Patches of occurrences can say the same in many ways; they come back in one. What cannot be applied stays as it is. */
export function withSmallPatches(js: JsonObject): JsonObject {
  const given = js["recurrenceOverrides"];
  if (!isObject(given)) return js;
  const { start, ...series } = baseOf(js);
  const faulty = new Set(faultyPatches(js).map(([id]) => id));
  const overrides: Draft = {};
  for (const [id, patch] of Object.entries(given)) {
    const base = baseAt(series, start, id);
    const isWhole = !isObject(patch) || patch["excluded"] === true || isNoted(js, id) || faulty.has(id);
    setMember(overrides, id, isWhole ? patch : patchBetween(base, asOfRfc8984(patched(base, patch)) as JsonObject));
  }
  return { ...js, recurrenceOverrides: overrides };
}

/** Whether an override came of an RDATE with a length of its own, even if that is the length of all. */
function isNoted({ iCalendar: ical }: JsonObject, id: string): boolean {
  const notes = isObject(ical) ? ical["convertedProperties"] : undefined;
  const note = isObject(notes) ? notes[`recurrenceOverrides/${id}`] : undefined;
  return isObject(note) && note["name"] === "rdate";
}

function writeAlone(writer: ComponentWriter, recurs: boolean): ObjectClock {
  writeSimple(writer);
  writeTitle(writer);
  const clock = clockOf(writer);
  writeDates(writer, clock);
  if (recurs) writeRules(writer, clock);
  if (recurs) writeRecurrenceId(writer);
  writePlaces(writer);
  writePeople(writer);
  writeLinks(writer);
  writeSets(writer);
  writeRelated(writer);
  writeAlerts(writer);
  return clock;
}

function writeRecurrenceId(writer: ComponentWriter): void {
  const localMs = parseLocal(writer.js["recurrenceId"]);
  if (localMs === null) return;
  const timeZone = writer.text("recurrenceIdTimeZone");
  const { parameters: noted } = writer.note("recurrenceId");
  const zone = timeZone === null ? null : writer.zoneOf(timeZone);
  const isDate = timeZone === null && writer.js["showWithoutTime"] === true;
  const [parameters, type, value] = written(localMs, { isDate, timeZone, zone, tzid: oneParameter(noted, "tzid") });
  writer.add("recurrence-id", { ...parameters, ...parametersBut(noted, "tzid") }, type, value);
}

/** An override is a whole component: the object with its patch, under the name of its occurrence. */
function overrideComponent(
  own: JsonObject,
  series: { readonly name: string; readonly uid: JsonObject[string] | undefined },
  id: string,
  clock: ObjectClock,
  zones: Zones,
): JCalComponent {
  const uid = series.uid === undefined ? {} : { uid: series.uid };
  const type = series.name === "vtodo" ? "Task" : "Event";
  // A patch cannot make one thing of another (RFC 8984 §4.3.5); what it says of that is kept below.
  const writer = new ComponentWriter(series.name, { ...uid, ...own, "@type": type }, zones);
  const [kept] = writer.takeKept("recurrence-id");
  const time = clockTimeOf(kept ?? null, zones);
  const isTrue = time !== null && occurrenceId(time, clock) === id;
  writer.addAll([isTrue ? kept! : recurrenceIdLine(id, clock)]);
  writeAlone(writer, false);
  const component = writer.finish();
  const missing: JCalProperty[] = jsPropsFor(patchBetween(readOverride(component, id, clock, zones), own));
  component[1].push(...missing);
  return component;
}

function recurrenceIdLine(id: string, clock: ObjectClock): JCalProperty {
  return ["recurrence-id", ...written(parseLocal(id)!, clock)];
}
