// The tree of an iCalendar text. Every node names the bytes it was read from and nothing is decoded before it is
// asked for, so that what nobody changes is printed exactly as it came. Nodes never change: an edit makes new ones
// and shares the rest.

import { assert } from "@hourwright/std";

/** A content line. `[from, to)` are its physical lines in `bytes`, line ends included. */
export type Property = {
  readonly kind: "property";
  /** Upper case; with a group in front when one is given (`GROUP1.X-TEST`). */
  readonly name: string;
  /** The physical line it begins on, from 1; 0 for what was made here. */
  readonly line: number;
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
  /** Where the value begins, after the colon; -1 when a fold lies before it. */
  readonly valueFrom: number;
};

/** Lines that are no content lines: kept for printing, never read. */
export type Junk = {
  readonly kind: "junk";
  readonly line: number;
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
};

/** What stands between BEGIN and END. As long as it `isWhole`, `[from, to)` holds all of it, children included. */
export type Component = {
  readonly kind: "component";
  /** Upper case. */
  readonly name: string;
  readonly line: number;
  readonly bytes: Uint8Array;
  readonly from: number;
  /** The end of the BEGIN line. */
  readonly beginTo: number;
  readonly children: readonly Node[];
  /** The start of the END line; equal to `to` when there is none. */
  readonly endFrom: number;
  readonly to: number;
  readonly isWhole: boolean;
};

export type Node = Property | Junk | Component;

/** The properties of that name, in order. */
export function propertiesOf(component: Component, name: string): Property[] {
  const found: Property[] = [];
  for (const child of component.children) if (child.kind === "property" && child.name === name) found.push(child);
  return found;
}

/** The first property of that name, or null. */
export function propertyOf(component: Component, name: string): Property | null {
  for (const child of component.children) if (child.kind === "property" && child.name === name) return child;
  return null;
}

/** The direct sub-components, in order; of that name when one is given. */
export function componentsOf(component: Component, name?: string): Component[] {
  const found: Component[] = [];
  for (const child of component.children) {
    if (child.kind === "component" && (name === undefined || child.name === name)) found.push(child);
  }
  return found;
}

/** The same component with other children; its BEGIN and END lines keep their bytes. */
export function withChildren(component: Component, children: readonly Node[]): Component {
  return { ...component, children, isWhole: false };
}

/** The same component with the child `before` replaced by others; none removes it. */
export function withReplaced(component: Component, before: Node, ...after: Node[]): Component {
  assert(component.children.includes(before), `${component.name} does not hold the node to replace`);
  return withChildren(
    component,
    component.children.flatMap((child) => (child === before ? after : [child])),
  );
}

const COMPONENT_NAME = /^[A-Z0-9-]{1,64}$/;

/** A new component around these children. */
export function newComponent(name: string, children: readonly Node[]): Component {
  assert(COMPONENT_NAME.test(name), `a component cannot be called ${JSON.stringify(name)}`);
  const bytes = new TextEncoder().encode(`BEGIN:${name}\r\nEND:${name}\r\n`);
  const beginTo = name.length + 8;
  return {
    kind: "component",
    name,
    line: 0,
    bytes,
    from: 0,
    beginTo,
    children,
    endFrom: beginTo,
    to: bytes.length,
    isWhole: children.length === 0,
  };
}
