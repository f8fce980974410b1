import { Lru } from "@hourwright/std";
import { DAY_MS, UTC, dateOf, dayNumber, expand, printBasicTime, type Zone } from "@hourwright/time";
import { namedZones, objectFrom, type CalendarObject } from "../calendar-object.ts";
import { newProperty, rawValue } from "../content-line.ts";
import { withProperties } from "../property-lines.ts";
import { QUESTION_STEPS_MAX, exclusionsOf, occurrenceIdIn, seriesOf } from "../series.ts";
import { instantOf, timeOf } from "../time-value.ts";
import { componentsOf, propertyOf, withChildren, type Component, type Node } from "../tree.ts";
import { vtimezoneOf } from "../vtimezone-print.ts";
import { zonesOf } from "../zones.ts";

/** Which occurrences an edit means. */
export type Target = {
  readonly scope: "this" | "following" | "all";
  /** The occurrence the user pointed at, as `Instance.recurrenceId` names it; null for an event that does not recur. */
  readonly recurrenceId: string | null;
};

export type EditContext = {
  /** Becomes DTSTAMP and LAST-MODIFIED. */
  readonly nowMs: number;
  /** The UID of the series that "this and following" begins; needed for changes of that scope alone. */
  readonly newUid?: string;
  /** Where floating times are read; UTC unless given. */
  readonly floatingZone?: Zone;
  /**
   * What becomes of changed and cancelled dates that have no place in the new rhythm of a series that was moved:
   * the edit is refused (default), or they are dropped. A new rule always drops them.
   */
  readonly exceptions?: "refuse" | "drop";
  /** The object was made by this same edit: it has no revision to count yet. */
  readonly isNew?: boolean;
};

export type EditRefusal = {
  readonly code:
    | "no-such-occurrence"
    | "end-before-start"
    | "end-needed"
    | "rule-of-one-occurrence"
    | "rule-does-not-move"
    | "exceptions-in-the-way"
    | "range-this-and-future"
    | "cannot-split-here"
    | "too-many-steps";
  readonly message: string;
};

/**
 * The object after an edit, null when nothing of it is left; and for "this and following" the new object that takes
 * over. Or why the edit was not made; nothing has changed then.
 */
export type Edit =
  | { readonly object: CalendarObject | null; readonly following: CalendarObject | null; readonly refused?: undefined }
  | { readonly refused: EditRefusal };

export function refuse(code: EditRefusal["code"], message: string): { readonly refused: EditRefusal } {
  return { refused: { code, message } };
}

export function floatingZoneOf({ floatingZone }: EditContext): Zone {
  return floatingZone ?? UTC;
}

/** The object that a changed VCALENDAR is. */
export function edited(calendar: Component): Edit {
  return { object: objectFrom(withZones(calendar)), following: null };
}

/** A revision of a component that was changed: DTSTAMP, LAST-MODIFIED, and SEQUENCE when others must hear of it. */
export function revised(before: Component, after: Component, context: EditContext): Component {
  if (before === after) return after;
  const stamp = printBasicTime(context.nowMs, "utc");
  const stamped = withProperties(after, "DTSTAMP", [newProperty("DTSTAMP", [], stamp)]);
  const modified = withProperties(stamped, "LAST-MODIFIED", [newProperty("LAST-MODIFIED", [], stamp)]);
  if (context.isNew === true || !isSignificant(before, after)) return modified;
  const line = propertyOf(before, "SEQUENCE");
  const sequence = line === null ? 0 : Number.parseInt(rawValue(line), 10);
  const next = Number.isSafeInteger(sequence) && sequence >= 0 ? sequence + 1 : 1;
  return withProperties(modified, "SEQUENCE", [newProperty("SEQUENCE", [], String(next))]);
}

/** RFC 5546 §2.1.4: a new time, rhythm or status is a new revision; a corrected word is not. */
const SIGNIFICANT = ["DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE", "STATUS", "RECURRENCE-ID"];

function isSignificant(before: Component, after: Component): boolean {
  const linesOf = (component: Component, name: string) =>
    component.children.filter((child) => child.kind === "property" && child.name === name);
  return SIGNIFICANT.some((name) => {
    const old = linesOf(before, name);
    const now = linesOf(after, name);
    return old.length !== now.length || old.some((line, i) => line !== now[i]);
  });
}

/** The calendar with nodes replaced: by others, or by none. */
export function replacing(calendar: Component, changes: ReadonlyMap<Node, readonly Node[]>): Component {
  if ([...changes].every(([before, after]) => after.length === 1 && after[0] === before)) return calendar;
  return withChildren(
    calendar,
    calendar.children.flatMap((child) => changes.get(child) ?? [child]),
  );
}

/** The calendar with a VTIMEZONE for every zone that is named and has none, from the earliest start on. */
export function withZones(calendar: Component): Component {
  const zones = zonesOf([calendar]);
  const components = componentsOf(calendar).filter(({ name }) => name !== "VTIMEZONE");
  const missing = namedZones(components).filter((tzid) => zones.component(tzid) === null);
  if (missing.length === 0) return calendar;
  const starts = components
    .map((component) => propertyOf(component, "DTSTART"))
    .map((line) => (line === null ? null : timeOf(line, zones)))
    .map((time) => (time === null ? 0 : instantOf(time, UTC)));
  const added = missing.flatMap((tzid) => {
    const zone = zones.find(tzid);
    return zone === null ? [] : [writtenZone(zone, tzid, Math.min(...starts))];
  });
  const at = calendar.children.findIndex((child) => child.kind === "component");
  return withChildren(calendar, [...calendar.children.slice(0, at), ...added, ...calendar.children.slice(at)]);
}

/** New events begin in few years and fewer zones, and writing out the clocks of one costs more than all the rest of them. */
const writtenZones = new Lru<string, Component>(100);

/** The VTIMEZONE of a zone of the world, from the year of `fromMs` on. */
function writtenZone(zone: Zone, tzid: string, fromMs: number): Component {
  const { year } = dateOf(Math.floor(fromMs / DAY_MS));
  const key = `${year} ${tzid}`;
  const known = writtenZones.get(key);
  if (known !== undefined) return known;
  const made = vtimezoneOf(zone, tzid, dayNumber(year, 1, 1) * DAY_MS);
  writtenZones.set(key, made);
  return made;
}

/** The object unless it has no occurrence left, so that nobody would ever see it again. */
export function unlessEmpty(edit: Edit, context: EditContext): Edit {
  if (edit.refused !== undefined || edit.object === null) return edit;
  const { master, overrides } = edit.object;
  if (master === null) return edit;
  const zone = floatingZoneOf(context);
  const isExcluded = exclusionsOf(master, zone);
  if (overrides.some((view) => !isExcluded(occurrenceIdIn(master, view.recurrenceId!, zone)))) return edit;
  const { epochMs, refused } = expand(
    seriesOf(master, zone),
    { kind: "from", fromMs: -Infinity, limit: 1 },
    QUESTION_STEPS_MAX,
  );
  return epochMs.length === 0 && refused === null ? { ...edit, object: null } : edit;
}
