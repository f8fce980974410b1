// What RFC 5546 asks of a file that is a message. Feeds say METHOD:PUBLISH without meaning it, so that little here is an
// error: whoever works on a message as one refuses it there.

import { rawValue, readText } from "../content-line.ts";
import type { CheckLog } from "./line.ts";
import { propertiesOf, propertyOf, type Component } from "../tree.ts";

const METHODS = new Set(["PUBLISH", "REQUEST", "REPLY", "ADD", "CANCEL", "REFRESH", "COUNTER", "DECLINECOUNTER"]);
const SCHEDULED = new Set(["VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY"]);

/** Reports where a calendar is not the message that its METHOD says it is. */
export function checkMethod(calendar: Component, log: CheckLog): void {
  const property = propertyOf(calendar, "METHOD");
  if (property === null) return;
  const method = rawValue(property).trim().toUpperCase();
  if (!METHODS.has(method)) {
    log.warn(property.line, "method-unknown", `Nobody knows what METHOD:${method.slice(0, 40)} asks for.`);
    return;
  }
  const components = calendar.children.filter((node) => node.kind === "component");
  const scheduled = components.filter(({ name }) => SCHEDULED.has(name));
  if (new Set(scheduled.map(({ name }) => name)).size > 1) {
    log.error(property.line, "method-mixed", "A message is about components of one kind.");
  }
  if (method !== "PUBLISH" && new Set(scheduled.map(uidOf)).size > 1) {
    log.formal(property.line, "method-several", `METHOD:${method} is about one UID.`);
  }
  for (const component of scheduled) checkPeople(component, method, log);
}

function uidOf(component: Component): string {
  const uid = propertyOf(component, "UID");
  return uid === null ? "" : readText(rawValue(uid)).trim();
}

function checkPeople(component: Component, method: string, log: CheckLog): void {
  const attendees = propertiesOf(component, "ATTENDEE").length;
  const warn = (message: string) => log.formal(component.line, "method-people", message);
  if (propertyOf(component, "ORGANIZER") === null)
    warn(`A ${component.name} of METHOD:${method} must have an ORGANIZER.`);
  if (method === "PUBLISH" && attendees > 0) warn(`A ${component.name} of METHOD:PUBLISH must have no ATTENDEE.`);
  if (method === "REQUEST" && attendees === 0) warn(`A ${component.name} of METHOD:REQUEST must have an ATTENDEE.`);
  if (method === "REPLY" && attendees !== 1) {
    warn(`A ${component.name} of METHOD:REPLY must have the one ATTENDEE who replies, not ${attendees}.`);
  }
}
