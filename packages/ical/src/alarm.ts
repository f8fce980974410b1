import { assert } from "@hourwright/std";
import { parseBasicTime, printBasicTime } from "@hourwright/time";
import { escapeText, newProperty, parameterOf, rawValue, readText } from "./content-line.ts";
import { parseDuration, printDuration, type Duration } from "./duration.ts";
import { componentsOf, newComponent, propertyOf, type Component, type Property } from "./tree.ts";

/** A reminder: so long after the start (or end), negative before; or at an instant. */
export type Alarm = {
  readonly action: "DISPLAY" | "AUDIO";
  readonly trigger: { readonly after: Duration; readonly related: "START" | "END" } | { readonly atMs: number };
  readonly description: string;
};

/** The reminders of an event that can be shown; alarms of other kinds (EMAIL, unknown triggers) are left out. */
export function alarmsOf(event: Component): Alarm[] {
  return componentsOf(event, "VALARM").flatMap((valarm) => readAlarm(valarm) ?? []);
}

function readAlarm(valarm: Component): Alarm | null {
  const text = (name: string) => {
    const property = propertyOf(valarm, name);
    return property === null ? "" : readText(rawValue(property)).trim();
  };
  const action = text("ACTION").toUpperCase();
  const trigger = propertyOf(valarm, "TRIGGER");
  if ((action !== "DISPLAY" && action !== "AUDIO") || trigger === null) return null;
  const value = rawValue(trigger).trim();
  const after = parseDuration(value);
  const at = parseBasicTime(value);
  const related = parameterOf(trigger, "RELATED")?.toUpperCase() === "END" ? "END" : "START";
  if (after !== null) return { action, trigger: { after, related }, description: text("DESCRIPTION") };
  return at?.form === "utc" ? { action, trigger: { atMs: at.localMs }, description: text("DESCRIPTION") } : null;
}

/** The VALARM of a reminder (RFC 5545 §3.6.6). */
export function alarmComponent({ action, trigger, description }: Alarm): Component {
  const properties = [newProperty("ACTION", [], action), triggerLine(trigger)];
  if (action === "DISPLAY") properties.push(newProperty("DESCRIPTION", [], escapeText(description)));
  return newComponent("VALARM", properties);
}

function triggerLine(trigger: Alarm["trigger"]): Property {
  if ("atMs" in trigger) {
    assert(Number.isSafeInteger(trigger.atMs), `an alarm rings at whole milliseconds: ${trigger.atMs}`);
    const value = printBasicTime(trigger.atMs, "utc");
    return newProperty("TRIGGER", [{ name: "VALUE", values: ["DATE-TIME"] }], value);
  }
  const related = trigger.related === "END" ? [{ name: "RELATED", values: ["END"] }] : [];
  return newProperty("TRIGGER", related, printDuration(trigger.after));
}
