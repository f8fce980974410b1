// What a VEVENT can be given: fields as values, and how each becomes content lines.

import { printRule, type Rule } from "@hourwright/time";
import { escapeText, newProperty, rawValue } from "./content-line.ts";
import { alarmComponent, type Alarm } from "./alarm.ts";
import { personLine, timeLine, withProperties, type NewPerson, type When } from "./property-lines.ts";
import { propertiesOf, propertyOf, withChildren, type Component, type Property } from "./tree.ts";

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
  /** Whether only a hand moves it: X-HOURWRIGHT-LOCKED. */
  readonly isLocked: boolean;
};

const LOCKED = "X-HOURWRIGHT-LOCKED";

/** Whether an event is locked: proposals and plans leave it where it is. */
export function isLocked(component: Component): boolean {
  const property = propertyOf(component, LOCKED);
  return property !== null && rawValue(property).trim().toUpperCase() === "TRUE";
}

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
  if (fields.isLocked !== undefined) word(LOCKED, fields.isLocked ? "TRUE" : null);
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

function textLine(name: string, value: string): Property {
  return newProperty(name, [], escapeText(value));
}

function withAlarms(component: Component, alarms: readonly Alarm[]): Component {
  const rest = component.children.filter((child) => child.kind !== "component" || child.name !== "VALARM");
  return withChildren(component, [...rest, ...alarms.map(alarmComponent)]);
}
