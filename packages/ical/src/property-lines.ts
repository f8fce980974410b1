// Lines of a component as values ask for them: how a time, several times and a person are written, and how all lines of
// one name are put in place of others. Lines whose value stays the same keep their bytes, whatever else is edited.

import { printBasicTime, type Zone } from "@hourwright/time";
import { newProperty, parametersOf, rawValue, readText, type Parameter } from "./content-line.ts";
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
