import { eventView, type EventView } from "./event-view.ts";
import { contentHash } from "./content-hash.ts";
import { parseInSlices, SLICE_BYTES, type ParsedFile } from "./parse.ts";
import { print, printKept } from "./print.ts";
import { problemLog, type Problem, type ProblemLog } from "./problem.ts";
import { newProperty, parametersOf, rawValue, readText } from "./content-line.ts";
import {
  componentsOf,
  newComponent,
  propertyOf,
  withChildren,
  type Component,
  type Node,
  type Property,
} from "./tree.ts";
import { checkZones, zonesOf, type Zones } from "./zones.ts";
import { PRODID } from "./product.ts";

export type ObjectKind = "VEVENT" | "VTODO" | "VJOURNAL";

/**
 * All that a calendar knows under one UID: the master and its overrides, in a VCALENDAR of their own with the
 * VTIMEZONEs they name. One row of a store is `{ uid, kind, bytes: objectBytes(object) }`.
 */
export type CalendarObject = {
  readonly uid: string;
  readonly kind: ObjectKind;
  /** The VCALENDAR that holds this object alone. */
  readonly calendar: Component;
  readonly zones: Zones;
  /** The event without RECURRENCE-ID; null when only single occurrences are known, or for tasks and journals. */
  readonly master: EventView | null;
  readonly overrides: readonly EventView[];
};

/** The exact bytes of an object: what was read and not changed since comes out as it was. */
export function objectBytes({ calendar }: CalendarObject): Uint8Array {
  return printKept([calendar]);
}

/** Components of one UID; an organiser who moves each day of a decade by hand stays below. */
export const COMPONENTS_PER_OBJECT_MAX = 10_000;

/** What a file says about itself as a calendar. */
export type CalendarFacts = {
  /** X-WR-CALNAME, else NAME (RFC 7986 §5.1). */
  readonly name: string | null;
  /** The iTIP method, in upper case, when the file is a message. */
  readonly method: string | null;
  /** X-WR-TIMEZONE as it stands: where the floating times of some exporters float. */
  readonly timeZone: string | null;
  readonly problems: readonly Problem[];
  readonly problemsLeftOut: number;
};

export type ReadCalendar = CalendarFacts & { readonly objects: readonly CalendarObject[] };

/** One thing that `readObjects` hands out: how far it is, or the next object. */
export type ReadStep =
  | { readonly kind: "read"; readonly bytes: number }
  | { readonly kind: "object"; readonly object: CalendarObject };

/**
 * Reads a file object by object, never working longer than a few milliseconds between two steps, so that a caller
 * can yield, report progress, or stop. Ends with what the file says about itself, problems in order of line.
 *
 * A broken event is left out and reported; it never costs the others. An event without UID gets one made of its
 * content, so that the same file read twice gives the same objects.
 */
export function* readObjects(bytes: Uint8Array, sliceBytes = SLICE_BYTES): Generator<ReadStep, CalendarFacts> {
  const slices = parseInSlices(bytes, sliceBytes);
  let step = slices.next();
  while (step.done !== true) {
    yield { kind: "read", bytes: step.value };
    step = slices.next();
  }
  const file = step.value;
  const log = problemLog();
  const calendars = calendarsOf(file);
  const zones = zonesOf(calendars, log);
  checkZones(calendars, log);
  const groups = new Map<string, Group>();
  for (const calendar of calendars) {
    for (const seen of grouping(calendar, file.isTidy, groups, log)) {
      if (seen % COMPONENTS_PER_STEP === 0) yield { kind: "read", bytes: bytes.length };
    }
  }
  for (const group of groups.values()) {
    const object = objectOf(group, zones, log);
    if (object !== null) yield { kind: "object", object };
  }
  if (calendars.length === 0) log.error(1, "no-calendar", "The file holds no calendar, event, task or journal.");
  return { ...factsOf(calendars), ...problemsOf(file, log) };
}

/** The whole file at once: for small files, tests and terminals. */
export function readCalendar(bytes: Uint8Array): ReadCalendar {
  const steps = readObjects(bytes, Infinity);
  const objects: CalendarObject[] = [];
  for (;;) {
    const step = steps.next();
    if (step.done === true) return { ...step.value, objects };
    if (step.value.kind === "object") objects.push(step.value.object);
  }
}

/** Reads back what `objectBytes` wrote; null when the bytes hold no object. The first one when there are several. */
export function readObject(bytes: Uint8Array): CalendarObject | null {
  return readCalendar(bytes).objects[0] ?? null;
}

/** An object from its VCALENDAR, as edits make it; null when nothing is left that has a place in a calendar. */
export function objectFrom(calendar: Component): CalendarObject | null {
  const log = problemLog();
  const groups = new Map<string, Group>();
  for (const _ of grouping(calendar, false, groups, log)) continue;
  for (const group of groups.values()) {
    const object = objectOf(group, zonesOf([calendar]), log);
    if (object !== null) return { ...object, calendar };
  }
  return null;
}

/** The VCALENDARs of a file; bare components are one more, without properties of its own. */
function calendarsOf({ nodes }: ParsedFile): Component[] {
  const components = nodes.filter((node) => node.kind === "component");
  const calendars = components.filter(({ name }) => name === "VCALENDAR");
  const bare = components.filter(({ name }) => name !== "VCALENDAR");
  return bare.length === 0 ? calendars : [...calendars, newComponent("VCALENDAR", bare)];
}

function factsOf(calendars: readonly Component[]) {
  const text = (name: string) => {
    for (const calendar of calendars) {
      const property = propertyOf(calendar, name);
      const value = property === null ? "" : readText(rawValue(property)).trim();
      if (value !== "") return value;
    }
    return null;
  };
  return {
    name: text("X-WR-CALNAME") ?? text("NAME"),
    method: text("METHOD")?.toUpperCase() ?? null,
    timeZone: text("X-WR-TIMEZONE"),
  };
}

function problemsOf(file: ParsedFile, log: ProblemLog) {
  const problems = [...file.problems, ...log.problems];
  problems.sort((one, other) => one.line - other.line || one.column - other.column);
  return { problems, problemsLeftOut: file.problemsLeftOut + log.leftOut };
}

/** The components of one UID and kind, with the calendar properties that each of them inherits. */
type Group = {
  readonly uid: string;
  readonly kind: ObjectKind;
  readonly head: readonly Property[];
  /** Whether all of it came from a tidy file. */
  readonly isTidy: boolean;
  readonly components: Component[];
};

const KINDS = new Set<string>(["VEVENT", "VTODO", "VJOURNAL"]);

/** Grouped between two pauses: about 2 ms, also when every one of them needs a UID made. */
const COMPONENTS_PER_STEP = 200;

/** Puts a calendar's components into their groups, counting each it has looked at. */
function* grouping(
  calendar: Component,
  isTidy: boolean,
  groups: Map<string, Group>,
  log: ProblemLog,
): Generator<number> {
  const head = headOf(calendar);
  let seen = 0;
  for (const child of calendar.children) {
    yield ++seen;
    if (child.kind !== "component") continue;
    if (!KINDS.has(child.name)) {
      if (child.name === "VTIMEZONE") continue;
      const message = `A ${child.name} is no event, task or journal, and was left out.`;
      log.warn(child.line, "component-left-out", message);
      continue;
    }
    const { uid, component } = identified(child, log);
    const key = `${child.name} ${uid}`;
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, { uid, kind: child.name as ObjectKind, head, isTidy, components: [component] });
    } else if (group.components.length < COMPONENTS_PER_OBJECT_MAX) group.components.push(component);
    else log.error(child.line, "object-too-large", `"${shown(uid)}" has too many components; this one was left out.`);
  }
}

/** RFC 7986 §5.3 asks for less than 255; what is longer would not fit the index of a store. */
export const UID_CHARACTERS_MAX = 1000;

/** What the maker of a file changes with every export, and what therefore cannot tell one event from another. */
const VOLATILE = new Set(["DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE"]);

function identified(component: Component, log: ProblemLog): { uid: string; component: Component } {
  const property = propertyOf(component, "UID");
  const uid = property === null ? "" : readText(rawValue(property)).trim();
  if (uid !== "" && uid.length <= UID_CHARACTERS_MAX) return { uid, component };
  const stable = component.children.filter((child) => child.kind !== "property" || !VOLATILE.has(child.name));
  const made = `${contentHash(print(stable))}@content.hourwright`;
  if (uid === "") {
    log.warn(component.line, "uid-missing", `The ${component.name} has no UID; it got one made of its content.`);
  } else {
    const message = `A UID has at most ${UID_CHARACTERS_MAX} characters; this one was replaced by one made of the content.`;
    log.error(property!.line, "uid-too-long", message);
  }
  const rest = component.children.filter((child) => child !== property);
  return { uid: made, component: withChildren(component, [newProperty("UID", [], made), ...rest]) };
}

function objectOf(group: Group, zones: Zones, log: ProblemLog): CalendarObject | null {
  const { uid, kind } = group;
  if (kind !== "VEVENT") {
    return { uid, kind, calendar: calendarOf(group, group.components, zones), zones, master: null, overrides: [] };
  }
  const views = new Map<string, EventView>();
  for (const component of group.components) {
    const view = eventView(component, zones, log);
    if (view === null) continue;
    const key = view.recurrenceId === null ? "" : `${view.recurrenceId.form} ${view.recurrenceId.localMs}`;
    const before = views.get(key);
    if (before === undefined) views.set(key, view);
    else {
      const message = `"${shown(uid)}" is given twice; the one with the higher SEQUENCE counts, else the later one.`;
      log.warn(component.line, "object-twice", message);
      if (view.sequence >= before.sequence) views.set(key, view);
    }
  }
  if (views.size === 0) return null;
  const kept = [...views.values()];
  const calendar = calendarOf(
    group,
    kept.map(({ component }) => component),
    zones,
  );
  const overrides = kept.filter(({ recurrenceId }) => recurrenceId !== null);
  return { uid, kind, calendar, zones, master: views.get("") ?? null, overrides };
}

function shown(uid: string): string {
  return uid.length > 60 ? `${uid.slice(0, 60)}…` : uid;
}

/** Properties of a calendar as a whole: they belong to a collection or a message, not to one object in it. */
const OF_THE_WHOLE = new Set([
  "METHOD",
  "NAME",
  "DESCRIPTION",
  "COLOR",
  "UID",
  "URL",
  "CATEGORIES",
  "LAST-MODIFIED",
  "REFRESH-INTERVAL",
  "SOURCE",
  "IMAGE",
]);

/** What every object of a file says about its calendar: VERSION, PRODID and their like. */
function headOf(calendar: Component): Property[] {
  const properties = calendar.children.filter(
    (child): child is Property =>
      child.kind === "property" && !OF_THE_WHOLE.has(child.name) && !child.name.startsWith("X-"),
  );
  const has = (name: string) => properties.some((property) => property.name === name);
  const added: Property[] = [];
  if (!has("VERSION")) added.push(newProperty("VERSION", [], "2.0"));
  if (!has("PRODID")) added.push(newProperty("PRODID", [], PRODID));
  return [...added, ...properties];
}

/** A VCALENDAR for these components alone, with the VTIMEZONEs that they name. */
function calendarOf({ head, isTidy }: Group, components: readonly Component[], zones: Zones): Component {
  const vtimezones = namedZones(components)
    .map((tzid) => zones.component(tzid))
    .filter((vtimezone) => vtimezone !== null);
  const children: Node[] = [...head, ...new Set(vtimezones), ...components];
  return newComponent("VCALENDAR", isTidy ? children : children.map(onCrlf));
}

/** The TZIDs that properties anywhere in these components name, each once. */
export function namedZones(components: readonly Component[]): string[] {
  const tzids = new Set<string>();
  for (const component of components) {
    for (const child of component.children) {
      if (child.kind !== "property" || !mayNameZone(child)) continue;
      for (const { name, values } of parametersOf(child)) if (name === "TZID") tzids.add((values[0] ?? "").trim());
    }
    for (const tzid of namedZones(componentsOf(component))) tzids.add(tzid);
  }
  return [...tzids];
}

/** Whether TZID can stand among the parameters: most properties have none, and most others are people. */
function mayNameZone({ bytes, from, valueFrom, name }: Property): boolean {
  if (valueFrom === -1) return true; // A fold may lie in the middle of the word.
  for (let at = from + name.length; at < valueFrom - 5; at++) {
    const isTzid = (bytes[at + 1]! | 32) === 116 && (bytes[at + 2]! | 32) === 122; // "tz", in any case.
    if (bytes[at] === 59 && isTzid) return true;
  }
  return false;
}

/** An object leaves on CRLF, its lines folded as they came: a file on bare LF would else be mixed with our own lines. */
export function onCrlf(node: Node): Node {
  return hasBareLines(node) ? reprinted(node) : node;
}

function hasBareLines(node: Node): boolean {
  if (node.kind === "junk") return true;
  if (node.kind === "component") {
    if (node.endFrom === node.to || !endsWithCrlf(node.bytes, node.beginTo)) return true;
    return !endsWithCrlf(node.bytes, node.to) || node.children.some(hasBareLines);
  }
  for (let at = node.bytes.indexOf(10, node.from); at !== -1 && at < node.to; at = node.bytes.indexOf(10, at + 1)) {
    if (node.bytes[at - 1] !== 13) return true;
  }
  return !endsWithCrlf(node.bytes, node.to);
}

function endsWithCrlf(bytes: Uint8Array, to: number): boolean {
  return bytes[to - 1] === 10 && bytes[to - 2] === 13;
}

function reprinted(node: Node): Node {
  const bytes = print([node]);
  const slices = parseInSlices(bytes, Infinity).next();
  const first = slices.done === true ? slices.value.nodes[0] : undefined;
  return first ?? node;
}
