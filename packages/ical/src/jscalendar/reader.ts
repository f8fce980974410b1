// The properties of one component on their way into a JSCalendar object: each is taken by the part that understands it;
// what nobody takes is kept in jCal form under `iCalendar`, so that nothing is lost.

import type { JCalComponent, JCalParameters, JCalProperty, JCalValue } from "../jcal/jcal.ts";
import type { Zones } from "../zones.ts";
import { setMember, type Draft, type Json, type JsonObject } from "./json.ts";

export class ComponentReader {
  readonly name: string;
  readonly zones: Zones;
  /** The object as far as it has been read. */
  readonly js: Draft;
  #properties: JCalProperty[];
  #components: JCalComponent[];
  readonly #kept: JCalProperty[] = [];
  readonly #converted: Draft = {};

  constructor([name, properties, components]: JCalComponent, type: string, zones: Zones) {
    this.name = name;
    this.zones = zones;
    this.js = { "@type": type };
    this.#properties = properties;
    this.#components = components;
  }

  /** Takes all properties of these names, in order. */
  take(...names: readonly string[]): JCalProperty[] {
    const taken = this.#properties.filter(([name]) => names.includes(name));
    if (taken.length > 0) this.#properties = this.#properties.filter(([name]) => !names.includes(name));
    return taken;
  }

  /** Takes the first property of a name; further ones are kept. */
  takeOne(name: string): JCalProperty | null {
    const [first = null, ...others] = this.take(name);
    for (const other of others) this.keep(other);
    return first;
  }

  /** Takes all components of these names, in order. */
  takeComponents(...names: readonly string[]): JCalComponent[] {
    const taken = this.#components.filter(([name]) => names.includes(name));
    if (taken.length > 0) this.#components = this.#components.filter(([name]) => !names.includes(name));
    return taken;
  }

  /** A property that has no place, or says more than its place can hold. */
  keep(property: JCalProperty): void {
    this.#kept.push(property);
  }

  keepComponent(component: JCalComponent): void {
    this.#components = [...this.#components, component];
  }

  /**
   * Sets what a pointer names, and notes where it came from: under another name than usual, and the parameters that
   * have no place of their own.
   */
  note(pointer: string, { name, parameters }: { name?: string; parameters?: JCalParameters }): void {
    const note: Draft = {};
    if (name !== undefined) note["name"] = name;
    if (parameters !== undefined && Object.keys(parameters).length > 0) note["parameters"] = parameters;
    if (Object.keys(note).length > 0) setMember(this.#converted, pointer, note);
  }

  /** The object, with everything that was not understood under `iCalendar`. */
  finish(): JsonObject {
    const properties = [...this.#properties, ...this.#kept];
    const hasConverted = Object.keys(this.#converted).length > 0;
    if (!hasConverted && properties.length === 0 && this.#components.length === 0) return this.js;
    this.js["iCalendar"] = {
      name: this.name,
      ...(hasConverted ? { convertedProperties: this.#converted } : {}),
      ...(properties.length > 0 ? { properties: properties as unknown as Json } : {}),
      ...(this.#components.length > 0 ? { components: this.#components as unknown as Json } : {}),
    };
    return this.js;
  }
}

/** The parameters but these. */
export function parametersBut(parameters: JCalParameters, ...names: readonly string[]): JCalParameters {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => !names.includes(name)));
}

/** The one text of a property; null when it is none, or several. */
export function textIn(property: JCalProperty): string | null {
  const value: JCalValue | undefined = property[3];
  return property.length === 4 && typeof value === "string" ? value : null;
}

/** A parameter of one value; null when it is not given, or has several. */
export function oneParameter(parameters: JCalParameters, name: string): string | null {
  const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  return typeof value === "string" ? value : null;
}

/** All values of a parameter. */
export function allParameters(parameters: JCalParameters, name: string): readonly string[] {
  return Object.hasOwn(parameters, name) ? [parameters[name]!].flat() : [];
}
