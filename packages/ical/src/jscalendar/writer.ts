// A JSCalendar object on its way into a component. What has no place is not looked for here: whoever calls compares
// what comes back with what was given, and writes the difference as JSPROP.

import type { JCalComponent, JCalParameters, JCalProperty, JCalValue } from "../jcal/jcal.ts";
import { findZone, type Zone } from "@hourwright/time";
import type { Zones } from "../zones.ts";
import { isObject, type Json, type JsonObject } from "./json.ts";

/** What `ComponentReader.note` noted about one pointer. */
type Note = { readonly name: string | null; readonly parameters: JCalParameters };

export class ComponentWriter {
  readonly js: JsonObject;
  /** What the TZIDs of the calendar mean. */
  readonly zones: Zones;
  readonly #properties: JCalProperty[] = [];
  readonly #components: JCalComponent[] = [];
  readonly #notes: JsonObject;
  readonly #name: string;
  #kept: JCalProperty[];

  constructor(name: string, js: JsonObject, zones: Zones) {
    this.#name = name;
    this.js = js;
    this.zones = zones;
    const ical = isObject(js["iCalendar"]) ? js["iCalendar"] : {};
    this.#notes = isObject(ical["convertedProperties"]) ? ical["convertedProperties"] : {};
    this.#kept = Array.isArray(ical["properties"]) ? [...(ical["properties"] as unknown as JCalProperty[])] : [];
    if (Array.isArray(ical["components"])) this.#components.push(...(ical["components"] as unknown as JCalComponent[]));
  }

  /** The zone of a `timeZone`; null when nobody knows it. */
  zoneOf(timeZone: string): Zone | null {
    return timeZone.startsWith("/") ? this.zones.find(timeZone.slice(1)) : findZone(timeZone);
  }

  note(pointer: string): Note {
    const note = Object.hasOwn(this.#notes, pointer) ? this.#notes[pointer] : undefined;
    if (!isObject(note)) return NO_NOTE;
    const { name, parameters } = note;
    return {
      name: typeof name === "string" ? name : null,
      parameters: isObject(parameters) ? (parameters as JCalParameters) : {},
    };
  }

  add(name: string, parameters: JCalParameters, type: string, ...values: readonly JCalValue[]): void {
    this.#properties.push([name, parameters, type, ...values]);
  }

  addComponent(component: JCalComponent): void {
    this.#components.push(component);
  }

  /** The kept properties of a name, which then are not written unless they are added. */
  takeKept(name: string): JCalProperty[] {
    const taken = this.#kept.filter((property) => property[0] === name);
    if (taken.length > 0) this.#kept = this.#kept.filter((property) => property[0] !== name);
    return taken;
  }

  hasKept(name: string): boolean {
    return this.#kept.some((property) => property[0] === name);
  }

  addAll(properties: readonly JCalProperty[]): void {
    for (const property of properties) this.#properties.push(property);
  }

  finish(): JCalComponent {
    return [this.#name, [...this.#properties, ...this.#kept], this.#components];
  }

  /** The member of that name when it is a text. */
  text(name: string): string | null {
    const value = this.js[name];
    return typeof value === "string" ? value : null;
  }

  /** The members of an object by name, each an object; empty when there is none. */
  objects(name: string): [id: string, object: JsonObject][] {
    const value = this.js[name];
    return isObject(value)
      ? Object.entries(value).filter((entry): entry is [string, JsonObject] => isObject(entry[1]))
      : [];
  }

  /** The members of a set. */
  names(name: string): string[] {
    const value = this.js[name];
    return isObject(value) ? Object.keys(value).filter((each) => value[each] === true) : [];
  }
}

const NO_NOTE: Note = { name: null, parameters: {} };

/** A member of an object when it is a text. */
export function textMember(object: JsonObject, name: string): string | null {
  const value: Json | undefined = object[name];
  return typeof value === "string" ? value : null;
}
