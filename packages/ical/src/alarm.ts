import { escapeText, newProperty } from "./content-line.ts";
import { componentsOf, newComponent, withChildren, type Component } from "./tree.ts";
import { ALARM, type Trigger } from "./view/kinds.ts";
import { viewOf, withView } from "./view/view.ts";

/** A reminder that somebody sees or hears. */
export type Alarm = {
  readonly action: "DISPLAY" | "AUDIO";
  readonly trigger: Trigger;
  readonly description: string;
};

/** The reminders of an event that can be shown; alarms of other kinds (EMAIL, unknown triggers) are left out. */
export function alarmsOf(event: Component): Alarm[] {
  return componentsOf(event, "VALARM").flatMap((valarm): Alarm[] => {
    const { action: given, trigger, description } = viewOf(ALARM, valarm);
    const action = given.trim().toUpperCase();
    if ((action !== "DISPLAY" && action !== "AUDIO") || trigger === null) return [];
    return [{ action, trigger, description: description.trim() }];
  });
}

/** The VALARM of a reminder (RFC 5545 §3.6.6): one that is seen has a DESCRIPTION, if an empty one. */
export function alarmComponent({ action, trigger, description }: Alarm): Component {
  const alarm = withView(ALARM, newComponent("VALARM", []), { action, trigger });
  if (action !== "DISPLAY") return alarm;
  return withChildren(alarm, [...alarm.children, newProperty("DESCRIPTION", [], escapeText(description))]);
}
