import { parametersOf, rawValue } from "../content-line.ts";
import type { Component, Node, Property } from "../tree.ts";
import type { JCalComponent, JCalParameters, JCalProperty } from "./jcal.ts";
import { isWithin, plainValue, rememberedHead, sourceOf, type Head, type Source } from "./plain-line.ts";
import { propertyType, type ValueShape } from "./property-types.ts";
import { readParts, readPlainValue, readValue, split } from "./read-value.ts";

/**
 * A component as jCal (RFC 7265): every property and component in its order, every value decoded. Never throws; a
 * value that is not what its type says is kept as a text. What was no content line is not part of it. Linear.
 */
export function toJCal(component: Component): JCalComponent {
  return componentToJCal(component, null);
}

/** A whole file: its component, or all of them when there are several; null when there is none. */
export function fileToJCal(nodes: readonly Node[]): JCalComponent | JCalComponent[] | null {
  const components = nodes.filter((node) => node.kind === "component").map(toJCal);
  return components.length > 1 ? components : (components[0] ?? null);
}

function componentToJCal(component: Component, around: Source | null): JCalComponent {
  const source = isWithin(component, around) ? around : sourceOf(component);
  const properties: JCalProperty[] = [];
  const components: JCalComponent[] = [];
  for (const child of component.children) {
    if (child.kind === "property") properties.push(propertyToJCal(child, source));
    else if (child.kind === "component") components.push(componentToJCal(child, source));
  }
  return [component.name.toLowerCase(), properties, components];
}

/** A property as jCal; `source`, when given, makes plain lines cheaper. */
export function propertyToJCal(property: Property, source: Source | null = null): JCalProperty {
  const known = propertyType(property.name);
  const name = known?.name ?? property.name.toLowerCase();
  const { parameters, type: given } = headOf(property, source);
  const type = given ?? known?.type ?? "unknown";
  const plain = isWithin(property, source) ? plainValue(property, source) : null;
  const shape = shapeFor(known?.shape, type);
  if (shape === "single") {
    return [name, parameters, type, plain === null ? readValue(type, rawValue(property)) : readPlainValue(type, plain)];
  }
  const raw = plain ?? rawValue(property);
  if (shape === "parts") return [name, parameters, type, readParts(type, raw)];
  return [name, parameters, type, ...split(raw, 44).map((piece) => readValue(type, piece))];
}

/** A property whose VALUE is of another kind has no parts; a list stays a list. */
function shapeFor(shape: ValueShape | undefined, type: string): ValueShape {
  if (shape === undefined || shape === "single" || type === "unknown") return "single";
  return shape === "parts" && type !== "float" && type !== "text" ? "single" : shape;
}

/** Most lines have no parameters, and share that they have none. */
const NO_PARAMETERS: JCalParameters = Object.freeze({});
const NO_HEAD: Head = { parameters: NO_PARAMETERS, type: null };

function headOf(property: Property, source: Source | null): Head {
  const { from, name, valueFrom } = property;
  if (valueFrom === from + name.length + 1) return NO_HEAD;
  if (valueFrom === -1 || !isWithin(property, source)) return givenHead(property);
  return rememberedHead(property, source, givenHead);
}

function givenHead(property: Property): Head {
  const parameters: Record<string, string | readonly string[]> = {};
  let type: string | null = null;
  for (const { name, values } of parametersOf(property)) {
    const key = name.toLowerCase();
    if (key === "value") {
      type ??= (values[0] ?? "").toLowerCase() || null;
      continue;
    }
    const before = Object.hasOwn(parameters, key) ? parameters[key]! : null;
    const all = before === null ? values : [...[before].flat(), ...values]; // Given twice, it has the values of both.
    const value = all.length === 1 ? all[0]! : all.length === 0 ? "" : Object.freeze([...all]);
    if (key === "__proto__") Object.defineProperty(parameters, key, { value, enumerable: true, configurable: true });
    else parameters[key] = value;
  }
  return { parameters: Object.freeze(parameters), type };
}
