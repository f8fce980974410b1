import type { CalendarObject } from "../calendar-object.ts";
import { toJCal } from "../jcal/to-jcal.ts";
import { newComponent, type Component } from "../tree.ts";
import { readGroup } from "./group.ts";
import { isObject, type JsonObject } from "./json.ts";

/** An Event, a Task or a Group of RFC 8984: plain JSON, `@type` says which. */
export type JSCalendarObject = JsonObject;

/**
 * The Group of a VCALENDAR; of a calendar object, or of a VEVENT or VTODO alone, its Event or Task. What JSCalendar has
 * no word for is kept in jCal form under `iCalendar`, so that `fromJSCalendar` gives it back
 * (draft-ietf-calext-jscalendar-icalendar). Pure, never throws; about 40 µs an event.
 */
export function toJSCalendar(given: Component | CalendarObject): JSCalendarObject {
  if ("calendar" in given) return entryOf(readGroup(toJCal(given.calendar)));
  if (given.name === "VCALENDAR") return readGroup(toJCal(given));
  return entryOf(readGroup(toJCal(newComponent("VCALENDAR", [given]))));
}

/** The one entry of a group, with what the group says of it; the group itself when it has none or several. */
function entryOf(group: JsonObject): JsonObject {
  const entries = Array.isArray(group["entries"]) ? (group["entries"] as readonly unknown[]) : [];
  const [entry] = entries;
  if (entries.length !== 1 || !isObject(entry)) return group;
  return typeof group["prodId"] === "string" ? { ...entry, prodId: group["prodId"] } : entry;
}
