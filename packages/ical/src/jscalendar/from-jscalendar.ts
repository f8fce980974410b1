import { fromJCal } from "../jcal/from-jcal.ts";
import type { Component } from "../tree.ts";
import { PROBLEMS_MAX } from "../problem.ts";
import { faultyPatches } from "./entry.ts";
import { writeGroup } from "./group.ts";
import { step, type JsonObject } from "./json.ts";
import { asOfRfc8984 } from "./newer.ts";
import { findFault } from "./validate.ts";

/** Why a JSON is no JSCalendar object: `pointer` (RFC 6901) says where. */
export type JSCalendarRefusal = {
  readonly code: "jscalendar-malformed";
  readonly pointer: string;
  readonly message: string;
};

/** What was not done as the object says: a patch of an occurrence that cannot be applied. `pointer` says where. */
export type JSCalendarProblem = {
  readonly code: "patch-invalid";
  readonly pointer: string;
  readonly message: string;
};

export type FromJSCalendar =
  | {
      readonly calendar: Component;
      /** At most `PROBLEMS_MAX`. */
      readonly problems: readonly JSCalendarProblem[];
      readonly refused?: undefined;
    }
  | { readonly refused: JSCalendarRefusal; readonly calendar?: undefined; readonly problems?: undefined };

/**
 * The VCALENDAR of an Event, a Task or a Group (RFC 8984), with the VTIMEZONEs that it names; or why it is none of them.
 * What iCalendar has no words for is said as JSPROP, so that `toJSCalendar` gives it back. A patch that cannot be
 * applied is a problem [JS8]. The members of the coming
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
  if (component !== undefined) return { calendar: component, problems: problemsOf(object) };
  return { refused: { code: "jscalendar-malformed", pointer: "/iCalendar", message: refused.message } };
}

function problemsOf(object: JsonObject): JSCalendarProblem[] {
  const entries = object["@type"] === "Group" ? (object["entries"] as readonly JsonObject[]) : [object];
  const problems: JSCalendarProblem[] = [];
  for (const [i, entry] of entries.entries()) {
    const at = object["@type"] === "Group" ? `/entries/${i}` : "";
    for (const [id, fault] of faultyPatches(entry)) {
      if (problems.length === PROBLEMS_MAX) return problems;
      const message = `${fault.message} The occurrence is as its series says.`;
      problems.push({
        code: "patch-invalid",
        pointer: `${at}/recurrenceOverrides/${id}/${step(fault.pointer)}`,
        message,
      });
    }
  }
  return problems;
}
