// Edits of events, pure: an object goes in, the object as it is afterwards comes out, and whatever the edit does not
// touch keeps its bytes. "Now" and new UIDs are arguments.

import { assert } from "@hourwright/std";
import { printBasicTime } from "@hourwright/time";
import { objectFrom, type CalendarObject } from "../calendar-object.ts";
import { escapeText, newProperty } from "../content-line.ts";
import { withFields, type EventFields } from "../event-fields.ts";
import { isRecurring } from "../event-view.ts";
import { newComponent } from "../tree.ts";
import { withTrueZoneNames } from "../zone-names.ts";
import { changeAll } from "./all.ts";
import { withZones, type Edit, type EditContext, type Target } from "./context.ts";
import { findOccurrence, isFirst, noSuchOccurrence, refusedTimes } from "./occurrence.ts";
import { changeOne, deleteOne } from "./one.ts";
import { cutBefore, splitAt } from "./split.ts";
import { PRODID } from "../product.ts";

/** A new event. `uid` must be new to the calendar; a zoned start brings its VTIMEZONE along. */
export function createEvent(
  fields: Partial<EventFields> & Pick<EventFields, "start">,
  { uid, nowMs }: { readonly uid: string; readonly nowMs: number },
): CalendarObject {
  assert(uid.trim() !== "", "an event needs a UID");
  const stamp = printBasicTime(nowMs, "utc");
  const event = newComponent("VEVENT", [
    newProperty("UID", [], escapeText(uid)),
    newProperty("DTSTAMP", [], stamp),
    newProperty("CREATED", [], stamp),
    newProperty("LAST-MODIFIED", [], stamp),
    newProperty("SEQUENCE", [], "0"),
  ]);
  const calendar = newComponent("VCALENDAR", [
    newProperty("VERSION", [], "2.0"),
    newProperty("PRODID", [], PRODID),
    newProperty("CALSCALE", [], "GREGORIAN"),
    withFields(event, fields),
  ]);
  const object = objectFrom(withZones(calendar));
  assert(object !== null && object.master !== null, `a new event must read back: ${uid}`);
  return object;
}

/**
 * Changes fields of one occurrence, of it and all later ones (which become a series of their own), or of all. A start
 * or end given is that of the occurrence pointed at; a start alone keeps the length.
 */
export function changeEvent(
  given: CalendarObject,
  target: Target,
  changes: Partial<EventFields>,
  context: EditContext,
): Edit {
  const backwards = refusedTimes(changes);
  if (backwards !== null) return { refused: backwards };
  const object = changes.start === undefined && changes.end === undefined ? given : withTrueZones(given);
  const { master } = object;
  if (master !== null && (target.scope === "all" || isSingle(object))) {
    return changeAll(object, target.recurrenceId, changes, context);
  }
  const occurrence = findOccurrence(object, target.recurrenceId, context);
  if (occurrence === null) return noSuchOccurrence(target.recurrenceId);
  if (target.scope === "this" || master === null) return changeOne(object, occurrence, changes, context);
  if (isFirst(object, occurrence, context)) return changeAll(object, target.recurrenceId, changes, context);

  const split = splitAt(object, occurrence, context);
  if (split.refused !== undefined) return split;
  const following = changeAll(split.following, occurrence.id.text, changes, { ...context, isNew: true });
  return following.refused === undefined ? { object: split.object, following: following.object } : following;
}

/** The object with zones that can be named without being taken for others. */
function withTrueZones(object: CalendarObject): CalendarObject {
  const calendar = withTrueZoneNames(object.calendar, object.zones);
  return calendar === object.calendar ? object : (objectFrom(calendar) ?? object);
}

/** Takes one occurrence, it and all later ones, or all out. What has no occurrence left is no object any more. */
export function deleteEvent(object: CalendarObject, target: Target, context: EditContext): Edit {
  const gone: Edit = { object: null, following: null };
  if (target.scope === "all" || isSingle(object)) return gone;
  const occurrence = findOccurrence(object, target.recurrenceId, context);
  if (occurrence === null) return noSuchOccurrence(target.recurrenceId);
  if (target.scope === "this" || object.master === null) return deleteOne(object, occurrence, context);
  return isFirst(object, occurrence, context) ? gone : cutBefore(object, occurrence, context);
}

function isSingle({ master, overrides }: CalendarObject): boolean {
  return master !== null && !isRecurring(master) && overrides.length === 0;
}
