// Small changes to the lines of a component, each linear in their number: an invitation may name thousands of people.

import { parseBasicTime, printBasicTime } from "@hourwright/time";
import { newProperty } from "../content-line.ts";
import { saysTheSame, withProperties } from "../property-lines.ts";
import { propertiesOf, withChildren, type Component, type Node, type Property } from "../tree.ts";
import { REPLIED, isPartyLine, readParty, withParameters, type Party } from "./party.ts";

/** The component with each of its properties replaced, or taken out with null; the same when none is. */
export function withEach(component: Component, change: (property: Property) => Property | null): Component {
  let isChanged = false;
  const children: Node[] = [];
  for (const child of component.children) {
    const after = child.kind === "property" ? change(child) : child;
    if (after !== child) isChanged = true;
    if (after !== null) children.push(after);
  }
  return isChanged ? withChildren(component, children) : component;
}

/** The component with its ORGANIZER and ATTENDEE lines replaced. */
export function withParties(component: Component, change: (line: Property) => Property | null): Component {
  return withEach(component, (property) => (isPartyLine(property) ? change(property) : property));
}

/** The component with its ATTENDEE lines replaced, each seen as who it names. */
export function withAttendees(component: Component, change: (attendee: Party) => Property | null): Component {
  return withEach(component, (property) => (property.name === "ATTENDEE" ? change(readParty(property)) : property));
}

/** The component without memory of when people answered it. */
export function withoutReplied(component: Component): Component {
  return withEach(component, (line) => (line.name === "ATTENDEE" ? withParameters(line, { [REPLIED]: null }) : line));
}

/** The component with one line of that name. */
export function withLine(component: Component, name: string, value: string): Component {
  return withProperties(component, name, [newProperty(name, [], value)]);
}

export function withSequence(component: Component, sequence: number): Component {
  return withLine(component, "SEQUENCE", String(sequence));
}

export function withStamp(component: Component, nowMs: number): Component {
  return withLine(component, "DTSTAMP", printBasicTime(nowMs, "utc"));
}

/** The component with the lines of that name that `source` has; none when it has none. */
export function withLinesOf(component: Component, name: string, source: Component): Component {
  const lines = propertiesOf(source, name);
  const own = propertiesOf(component, name);
  const isSame = lines.length === own.length && lines.every((line, i) => saysTheSame(line, own[i]!));
  return isSame ? component : withProperties(component, name, lines);
}

/** Whether a wall time can be written: RFC 5545 has the years 1 to 9999. */
export function isPrintable(localMs: number, form: "date" | "local" | "utc"): boolean {
  return parseBasicTime(printBasicTime(localMs, form)) !== null;
}
