import { fromJCal } from "../jcal/from-jcal.ts";
import type { Component } from "../tree.ts";
import { writeGroup } from "./group.ts";
import { type JsonObject } from "./json.ts";
import { asOfRfc8984 } from "./newer.ts";
import { findFault } from "./validate.ts";

/** Why a JSON is no JSCalendar object: `pointer` (RFC 6901) says where. */
export type JSCalendarRefusal = {
  readonly code: "jscalendar-malformed";
  readonly pointer: string;
  readonly message: string;
};

export type FromJSCalendar =
  | { readonly calendar: Component; readonly refused?: undefined }
  | { readonly refused: JSCalendarRefusal; readonly calendar?: undefined };

/**
 * The VCALENDAR of an Event, a Task or a Group (RFC 8984), with the VTIMEZONEs that it names; or why it is none of them.
 * What iCalendar has no words for is said as JSPROP, so that `toJSCalendar` gives it back. The members of the coming
 * revision that have other names (recurrenceRule, calendarAddress, …) are read as well. Pure; about 0.2 ms an event.
 */
export function fromJSCalendar(json: unknown): FromJSCalendar {
  const given = asOfRfc8984(json);
  const fault = findFault(given);
  if (fault !== null) return { refused: { code: "jscalendar-malformed", ...fault } };
  const object = given as JsonObject;
  const { prodId, ...entry } = object;
  const group =
    object["@type"] === "Group"
      ? object
      : { "@type": "Group", ...(prodId === undefined ? {} : { prodId }), entries: [entry] };
  const { component, refused } = fromJCal(writeGroup(group));
  if (component !== undefined) return { calendar: component };
  return { refused: { code: "jscalendar-malformed", pointer: "/iCalendar", message: refused.message } };
}
