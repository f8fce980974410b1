// What a VEVENT can be given: fields as values, and how each becomes content lines. Lines whose value stays the same
// keep their bytes, whatever else is edited.

import { printBasicTime, printRule, type Rule, type Zone } from "@hourwright/time";
import { escapeText, newProperty, parametersOf, rawValue, readText, type Parameter } from "./content-line.ts";
import { alarmComponent, type Alarm } from "./alarm.ts";
import type { Person } from "./event-view.ts";
import { propertiesOf, withChildren, type Component, type Node, type Property } from "./tree.ts";

/** A date or time to be written. `zone` is null for dates and floating times; `tzid` another name for the zone. */
export type When = {
  readonly form: "date" | "local" | "utc";
  readonly localMs: number;
  readonly zone: Zone | null;
  readonly tzid?: string | null;
};

/** An attendee or organizer to be written; what is left out keeps what the line had, or its default. */
export type NewPerson = Pick<Person, "address"> & Partial<Omit<Person, "address">>;

/** The fields of an event that edits may set. Null or an empty text or list takes the property out. */
export type EventFields = {
  readonly start: When;
  /** Exclusive. Null: the one day, or no length. */
  readonly end: When | null;
  readonly rrules: readonly Rule[];
  readonly summary: string;
  readonly description: string;
  readonly location: string;
  readonly url: string | null;
  readonly colour: string | null;
  readonly categories: readonly string[];
  readonly status: "CONFIRMED" | "TENTATIVE" | "CANCELLED" | null;
  readonly transparency: "OPAQUE" | "TRANSPARENT";
  readonly classification: string | null;
  readonly priority: number;
  readonly organizer: NewPerson | null;
  readonly attendees: readonly NewPerson[];
  readonly alarms: readonly Alarm[];
};

/** The component with these fields set; fields not given stay as they are. */
export function withFields(component: Component, fields: Partial<EventFields>): Component {
  let changed = component;
  const set = (name: string, lines: readonly Property[]) => (changed = withProperties(changed, name, lines));
  const text = (name: string, value: string | null | undefined) => {
    if (value !== undefined) set(name, value === null || value === "" ? [] : [textLine(name, value)]);
  };
  const word = (name: string, value: string | null | undefined) => {
    if (value !== undefined) set(name, value === null ? [] : [newProperty(name, [], value)]);
  };
  if (fields.start !== undefined) set("DTSTART", [timeLine("DTSTART", fields.start)]);
  if (fields.end !== undefined) {
    set("DURATION", []);
    set("DTEND", fields.end === null ? [] : [timeLine("DTEND", fields.end)]);
  }
  if (fields.rrules !== undefined)
    set(
      "RRULE",
      fields.rrules.map((rule) => newProperty("RRULE", [], printRule(rule))),
    );
  text("SUMMARY", fields.summary);
  text("DESCRIPTION", fields.description);
  text("LOCATION", fields.location);
  word("URL", fields.url);
  word("COLOR", fields.colour);
  if (fields.categories !== undefined) {
    const list = fields.categories.map(escapeText).join(",");
    set("CATEGORIES", list === "" ? [] : [newProperty("CATEGORIES", [], list)]);
  }
  word("STATUS", fields.status);
  word("TRANSP", fields.transparency);
  word("CLASS", fields.classification);
  if (fields.priority !== undefined) word("PRIORITY", fields.priority === 0 ? null : String(fields.priority));
  if (fields.organizer !== undefined) {
    set(
      "ORGANIZER",
      fields.organizer === null ? [] : [personLine("ORGANIZER", fields.organizer, propertiesOf(changed, "ORGANIZER"))],
    );
  }
  if (fields.attendees !== undefined) {
    const before = propertiesOf(changed, "ATTENDEE");
    set(
      "ATTENDEE",
      fields.attendees.map((person) => personLine("ATTENDEE", person, before)),
    );
  }
  if (fields.alarms !== undefined) changed = withAlarms(changed, fields.alarms);
  return changed;
}

/**
 * The component with these as its lines of that name. Lines that say the same keep their bytes; the first new one
 * stands where the old ones stood, else after the last property.
 */
export function withProperties(component: Component, name: string, lines: readonly Property[]): Component {
  const before = propertiesOf(component, name);
  const known = new Set(before); // Most lines are the old ones: reading them all against each other would be quadratic.
  const kept = lines.map((line) => (known.has(line) ? line : (before.find((old) => saysTheSame(old, line)) ?? line)));
  if (kept.length === before.length && kept.every((line, i) => line === before[i])) return component;
  const rest = component.children.filter((child) => child.kind !== "property" || child.name !== name);
  const at = before.length > 0 ? component.children.indexOf(before[0]!) : afterLastProperty(rest);
  return withChildren(component, [...rest.slice(0, at), ...kept, ...rest.slice(at)]);
}

function afterLastProperty(children: readonly Node[]): number {
  return children.findLastIndex((child) => child.kind === "property") + 1;
}

/** Whether two lines have the same value and parameters, however they are folded and quoted. */
export function saysTheSame(one: Property, other: Property): boolean {
  if (rawValue(one) !== rawValue(other)) return false;
  return JSON.stringify(parametersOf(one)) === JSON.stringify(parametersOf(other));
}

/** The line of one time, with the TZID it needs. */
export function timeLine(name: string, when: When): Property {
  return newProperty(name, timeParameters(when), printWhen(when));
}

/** The line of several times that share form and zone, such as EXDATE. */
export function timesLine(name: string, first: When, localMs: readonly number[]): Property {
  return newProperty(name, timeParameters(first), localMs.map((ms) => printWhen({ ...first, localMs: ms })).join(","));
}

function printWhen({ form, localMs }: When): string {
  return printBasicTime(localMs, form);
}

function timeParameters({ form, zone, tzid }: When): Parameter[] {
  if (form === "date") return [{ name: "VALUE", values: ["DATE"] }];
  if (form === "utc" || zone === null) return [];
  return [{ name: "TZID", values: [tzid ?? zone.id] }];
}

function textLine(name: string, value: string): Property {
  return newProperty(name, [], escapeText(value));
}

/** The line of a person: an existing line of the same address keeps its other parameters. */
export function personLine(name: string, person: NewPerson, lines: readonly Property[]): Property {
  const address = person.address.includes(":") ? person.address : `mailto:${person.address}`;
  const before = lines.find((line) => sameAddress(readText(rawValue(line)), address));
  const parameters: Parameter[] = before === undefined ? [] : parametersOf(before);
  const put = (parameter: string, value: string | null | undefined, missing: string | null) => {
    if (value === undefined) return;
    const at = parameters.findIndex((known) => known.name === parameter);
    const now = at === -1 ? missing : (parameters[at]!.values[0] ?? "").toUpperCase();
    if (value === null) parameters.splice(at, at === -1 ? 0 : 1);
    else if (parameter === "CN" ? value !== parameters[at]?.values[0] : value !== now) {
      parameters.splice(at === -1 ? parameters.length : at, at === -1 ? 0 : 1, { name: parameter, values: [value] });
    }
  };
  put("CN", person.name, null);
  put("CUTYPE", person.kind, "INDIVIDUAL");
  put("ROLE", person.role, "REQ-PARTICIPANT");
  put("PARTSTAT", person.participation, "NEEDS-ACTION");
  return newProperty(name, parameters, before === undefined ? address : rawValue(before));
}

function sameAddress(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

function withAlarms(component: Component, alarms: readonly Alarm[]): Component {
  const rest = component.children.filter((child) => child.kind !== "component" || child.name !== "VALARM");
  return withChildren(component, [...rest, ...alarms.map(alarmComponent)]);
}
