// Builders for the tests of scheduling: calendars from lines, and the lines of a calendar.

import assert from "node:assert/strict";
import { parse } from "../parse.ts";
import { print } from "../print.ts";
import { calendarBytes } from "../testing.ts";
import { componentsOf, propertyOf, type Component } from "../tree.ts";
import { decode } from "../utf8.ts";
import { rawValue } from "../content-line.ts";

/** A VCALENDAR around components, each given by its lines. */
export function calendar(...components: readonly (readonly string[])[]): Component {
  const node = parse(calendarBytes(...components.flat())).nodes[0];
  assert.ok(node?.kind === "component");
  return node;
}

/** The same as a message. */
export function message(method: string, ...components: readonly (readonly string[])[]): Component {
  return calendar([`METHOD:${method}`], ...components);
}

/** The lines of a VEVENT that everybody in these tests knows by one UID. */
export function event(...lines: readonly string[]): string[] {
  return ["BEGIN:VEVENT", "UID:lesson@example.org", ...lines, "END:VEVENT"];
}

export function todo(...lines: readonly string[]): string[] {
  return ["BEGIN:VTODO", "UID:task@example.org", ...lines, "END:VTODO"];
}

/** The unfolded lines of a component, without those of the components in it. */
export function linesOf(component: Component): string[] {
  const own = component.children.filter((child) => child.kind === "property");
  return decode(print(own)).replaceAll("\r\n ", "").split("\r\n").slice(0, -1);
}

/** The component of a kind that overrides the occurrence of that name; "" is the master. */
export function partNamed(calendar: Component, recurrenceId = ""): Component {
  const parts = componentsOf(calendar).filter(({ name }) => name !== "VTIMEZONE");
  const found = parts.find((part) => {
    const line = propertyOf(part, "RECURRENCE-ID");
    return (line === null ? "" : rawValue(line)) === recurrenceId;
  });
  assert.ok(found !== undefined, `no part "${recurrenceId}" in ${decode(print([calendar]))}`);
  return found;
}

/** The lines of one part that begin with one of these names. */
export function linesNamed(calendar: Component, recurrenceId: string, ...names: readonly string[]): string[] {
  return linesOf(partNamed(calendar, recurrenceId)).filter((line) => names.includes(/^[A-Z-]+/.exec(line)![0]));
}
