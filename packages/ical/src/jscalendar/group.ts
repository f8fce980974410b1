// A VCALENDAR as a Group: its entries, and what it says of itself.

import { findZone, type Zone } from "@hourwright/time";
import { fromJCal } from "../jcal/from-jcal.ts";
import type { JCalComponent, JCalProperty } from "../jcal/jcal.ts";
import { toJCal } from "../jcal/to-jcal.ts";
import { newComponent } from "../tree.ts";
import { vtimezoneOf } from "../vtimezone-print.ts";
import { zonesOf, type Zones } from "../zones.ts";
import { parseLocal } from "./clock.ts";
import { ENTRY_TYPES, readEntry, withSmallPatches, writeEntry } from "./entry.ts";
import { jsPropsFor, withJsProps } from "./js-prop.ts";
import { isObject, isSame, patchBetween, setMember, type Draft, type Json, type JsonObject } from "./json.ts";
import { readLinks, writeLinks } from "./links.ts";
import { ComponentReader, oneParameter, textIn } from "./reader.ts";
import { readSets, readSimple, writeSets, writeSimple } from "./simple.ts";
import { timeZoneFromJS, timeZoneToJS } from "./time-zones.ts";
import { findFault } from "./validate.ts";
import { ComponentWriter } from "./writer.ts";
import { PRODID } from "../product.ts";

/** Reads a VCALENDAR. Components that are no entries are kept as they are. */
export function readGroup(calendar: JCalComponent): JsonObject {
  const vtimezones = calendar[2].filter(([name]) => name === "vtimezone");
  const zones = zonesOfJCal(vtimezones);
  const reader = new ComponentReader(calendar, "Group", zones);
  readVersion(reader);
  readSimple(reader);
  if (reader.js["prodId"] === PRODID) delete reader.js["prodId"];
  readSets(reader);
  readLinks(reader);
  reader.takeComponents("vtimezone");
  const entries = readEntries(reader).map((entry) => withTimeZones(entry, vtimezones));
  readMethod(reader, entries);
  reader.js["entries"] = entries;
  // Those that writing the entries would make again need not be kept.
  const named = namedIn(calendar[2]);
  const made = new Map(madeZones(entries, new Set()).map((each) => [tzidOf(each), each]));
  for (const vtimezone of vtimezones) {
    const tzid = tzidOf(vtimezone);
    if (tzid === null || !named.has(tzid) || !isSame(made.get(tzid), vtimezone)) reader.keepComponent(vtimezone);
  }
  return withJsProps(reader.finish(), (js) => findFault(js) === null);
}

/** The zones of VTIMEZONEs. One that was made here of a zone of the world is that zone, and need not be read. */
function zonesOfJCal(vtimezones: readonly JCalComponent[]): Zones {
  const made = new Map<string | null, Zone>();
  const read: JCalComponent[] = [];
  const tzids = new Set<string | null>();
  for (const vtimezone of vtimezones) {
    const tzid = tzidOf(vtimezone);
    const zone = zonesMade.get(vtimezone);
    if (zone === undefined) read.push(vtimezone);
    else if (!tzids.has(tzid)) made.set(tzid, zone); // Of two the first counts.
    tzids.add(tzid);
  }
  const components = read.map((vtimezone) => fromJCal(vtimezone).component).filter((each) => each !== undefined);
  const zones = zonesOf([newComponent("VCALENDAR", components)]);
  return { ...zones, find: (tzid) => made.get(tzid) ?? zones.find(tzid) };
}

/** There is one version, and no need to speak of it. */
function readVersion(reader: ComponentReader): void {
  const versions = reader.take("version");
  const isPlain = versions.length === 1 && textIn(versions[0]!) === "2.0" && Object.keys(versions[0]![1]).length === 0;
  if (!isPlain) for (const version of versions) reader.keep(version);
}

/** The entries in the order of their first components; overrides without a master are entries of their own. */
function readEntries(reader: ComponentReader): Draft[] {
  const groups: { master: JCalComponent; overrides: JCalComponent[] }[] = [];
  const byUid = new Map<string, (typeof groups)[number]>();
  const overrides: JCalComponent[] = [];
  for (const component of reader.takeComponents(...Object.keys(ENTRY_TYPES))) {
    const key = keyOf(component);
    const isOverride = component[1].some(([name]) => name === "recurrence-id");
    if (isOverride && key !== null) overrides.push(component);
    else {
      const group = { master: component, overrides: [] };
      groups.push(group);
      if (key !== null && !byUid.has(key)) byUid.set(key, group);
    }
  }
  for (const component of overrides) {
    const group = byUid.get(keyOf(component)!);
    if (group === undefined) groups.push({ master: component, overrides: [] });
    else group.overrides.push(component);
  }
  return groups.map(({ master, overrides }) => ({
    ...readEntry(master, overrides, reader.zones, (component) => reader.keepComponent(component)),
  }));
}

function keyOf([name, properties]: JCalComponent): string | null {
  const uid = properties.find((property) => property[0] === "uid");
  const text = uid === undefined ? null : textIn(uid);
  return text === null || text === "" ? null : `${name} ${text}`;
}

/** METHOD is said of each entry (RFC 8984 §4.1.8). */
function readMethod(reader: ComponentReader, entries: readonly Draft[]): void {
  const property = reader.takeOne("method");
  if (property === null) return;
  const method = textIn(property);
  const isWord = method !== null && /^[A-Z-]{1,40}$/.test(method) && Object.keys(property[1]).length === 0;
  if (!isWord || entries.length === 0) return reader.keep(property);
  for (const entry of entries) entry["method"] = method.toLowerCase();
}

/** The zones of an entry that the world has no name for, described beside it. */
function withTimeZones(entry: Draft, vtimezones: readonly JCalComponent[]): Draft {
  const described: Draft = {};
  for (const timeZone of timeZonesOf(entry)) {
    if (!timeZone.startsWith("/")) continue;
    const vtimezone = vtimezones.find((each) => tzidOf(each) === timeZone.slice(1));
    if (vtimezone !== undefined) setMember(described, timeZone, timeZoneToJS(vtimezone));
  }
  if (Object.keys(described).length > 0) entry["timeZones"] = described;
  return entry;
}

function tzidOf([, properties]: JCalComponent): string | null {
  const tzid = properties.find(([name]) => name === "tzid");
  return tzid === undefined ? null : (textIn(tzid)?.trim() ?? null);
}

/** The TZIDs that these components name. */
function namedIn(components: readonly JCalComponent[], named = new Set<string>()): Set<string> {
  for (const [, properties, inner] of components) {
    for (const property of properties) {
      const tzid = oneParameter(property[1], "tzid");
      if (tzid !== null) named.add(tzid.trim());
    }
    namedIn(inner, named);
  }
  return named;
}

/** The zones that an entry, its overrides and its places name. */
function timeZonesOf(entry: JsonObject): Set<string> {
  const named = new Set<string>();
  const add = (object: Json | undefined) => {
    if (!isObject(object)) return;
    for (const member of ["timeZone", "endTimeZone", "recurrenceIdTimeZone"]) {
      const timeZone = object[member];
      if (typeof timeZone === "string") named.add(timeZone);
    }
    if (isObject(object["locations"])) for (const location of Object.values(object["locations"])) add(location);
  };
  add(entry);
  if (isObject(entry["recurrenceOverrides"]))
    for (const patch of Object.values(entry["recurrenceOverrides"])) add(patch);
  return named;
}

/** The VTIMEZONEs of all zones that entries name, but for those of TZIDs that are described already. */
function madeZones(entries: readonly JsonObject[], known: ReadonlySet<string>): JCalComponent[] {
  const made = new Map<string, JCalComponent | null>();
  const fromMs = firstStart(entries);
  for (const entry of entries) {
    const described = isObject(entry["timeZones"]) ? entry["timeZones"] : {};
    for (const timeZone of timeZonesOf(entry)) {
      if (made.has(timeZone)) continue;
      const own = described[timeZone];
      made.set(timeZone, isObject(own) ? timeZoneFromJS(timeZone, own) : worldZone(timeZone, fromMs));
    }
  }
  const byTzid = new Map([...made.values()].filter((each) => each !== null).map((each) => [tzidOf(each), each]));
  return [...byTzid].filter(([tzid]) => tzid !== null && !known.has(tzid)).map(([, component]) => component);
}

function worldZone(timeZone: string, fromMs: number): JCalComponent | null {
  if (timeZone === "Etc/UTC") return null;
  const zone = timeZone.startsWith("/") ? null : findZone(timeZone);
  if (zone === null) return null;
  const key = `${fromMs} ${timeZone}`;
  let vtimezone = remembered.get(key);
  if (vtimezone === undefined) {
    vtimezone = toJCal(vtimezoneOf(zone, timeZone, fromMs));
    zonesMade.set(vtimezone, zone);
    if (remembered.size >= ZONES_REMEMBERED) remembered.clear();
    remembered.set(key, vtimezone);
  }
  return vtimezone;
}

// Writing a VTIMEZONE costs as much as ten events, and the same few are asked for all the time. Nobody changes them.
const ZONES_REMEMBERED = 100;
const remembered = new Map<string, JCalComponent>();
const zonesMade = new WeakMap<JCalComponent, Zone>();

/** The start of the earliest entry: before it nobody asks what the clocks showed. */
function firstStart(entries: readonly JsonObject[]): number {
  const times = entries.flatMap(({ start, due }) => [parseLocal(start), parseLocal(due)]).filter((ms) => ms !== null);
  return Math.min(...times.slice(0, STARTS_MAX), LATEST_START_MS);
}

/** Entries looked at for the earliest start: an argument list has an end. */
const STARTS_MAX = 10_000;
const LATEST_START_MS = Temporal.Instant.from("2026-01-01T00:00Z").epochMilliseconds;

/** A Group as a VCALENDAR. */
export function writeGroup(given: JsonObject): JCalComponent {
  const entries = (given["entries"] as readonly Json[]).filter(isObject).map(withSmallPatches);
  const group: JsonObject = { ...given, entries };
  const kept = isObject(group["iCalendar"]) ? group["iCalendar"]["components"] : undefined;
  const vtimezones = Array.isArray(kept)
    ? (kept as unknown as JCalComponent[]).filter(([name]) => name === "vtimezone")
    : [];
  const known = new Set(vtimezones.map(tzidOf).filter((tzid) => tzid !== null));
  const made = madeZones(entries, known);
  const zones = zonesOfJCal([...vtimezones, ...made]);
  const writer = new ComponentWriter("vcalendar", group, zones);
  if (!writer.hasKept("version")) writer.add("version", {}, "text", "2.0");
  writeSimple(writer);
  if (typeof group["prodId"] !== "string" && !writer.hasKept("prodid")) writer.add("prodid", {}, "text", PRODID);
  const method = methodOf(entries);
  if (method !== null && !writer.hasKept("method")) writer.add("method", {}, "text", method.toUpperCase());
  writeSets(writer);
  writeLinks(writer);
  const [name, properties, components] = writer.finish();
  const written = entries.flatMap((entry) => writeEntry(withoutShared(entry, method), zones));
  const named = namedIn([...components, ...written]);
  const needed = made.filter((vtimezone) => named.has(tzidOf(vtimezone)!));
  const calendar: JCalComponent = [name, properties, [...needed, ...components, ...written]];
  const missing: JCalProperty[] = jsPropsFor(patchBetween(readGroup(calendar), group));
  properties.push(...missing);
  return calendar;
}

/** What all entries ask to be done; null when they ask for different things, or nothing. */
function methodOf(entries: readonly JsonObject[]): string | null {
  const [first] = entries;
  const method = first?.["method"];
  const isShared = typeof method === "string" && /^[a-z-]{1,40}$/.test(method);
  return isShared && entries.every((entry) => entry["method"] === method) ? method : null;
}

/** An entry without what the calendar around it says. */
function withoutShared(entry: JsonObject, method: string | null): JsonObject {
  const { timeZones: _, ...rest } = entry;
  if (method === null) return rest;
  const { method: __, ...others } = rest;
  return others;
}
