import { assert } from "@hourwright/std";
import { expand } from "@hourwright/time";
import type { CalendarObject } from "../calendar-object.ts";
import { newProperty, parametersOf, rawValue } from "../content-line.ts";
import { withFields, type EventFields } from "../event-fields.ts";
import { timeLine, withProperties } from "../property-lines.ts";
import type { EventView } from "../event-view.ts";
import { QUESTION_STEPS_MAX, occurrenceIdIn, seriesOf } from "../series.ts";
import { propertiesOf, propertyOf, withChildren, type Component, type Node } from "../tree.ts";
import {
  edited,
  floatingZoneOf,
  refuse,
  replacing,
  revised,
  unlessEmpty,
  type Edit,
  type EditContext,
} from "./context.ts";
import { changedTimes, placed, type Occurrence } from "./occurrence.ts";

/** Changes one occurrence alone: its override is changed, or made. */
export function changeOne(
  object: CalendarObject,
  occurrence: Occurrence,
  { rrules, ...changes }: Partial<EventFields>,
  context: EditContext,
): Edit {
  if (rrules !== undefined && rrules.length > 0) {
    return refuse("rule-of-one-occurrence", "One occurrence has no rule; change this and following, or all.");
  }
  const hasTimes = changes.start !== undefined || changes.end !== undefined;
  const times = hasTimes ? changedTimes(occurrence, changes) : null;
  if (times !== null && "refused" in times) return times;
  const fields = { ...changes, ...times };
  const { governing, isOverridden } = occurrence;

  if (isOverridden) {
    const { component } = governing;
    const changed = revised(component, withFields(withoutRange(component), fields), context);
    return edited(
      replacing(object.calendar, new Map([[component, [changed, ...nextOfRange(object, occurrence, context)]]])),
    );
  }
  const made = overrideFor(object.master!, occurrence);
  const override = revised(governing.component, withFields(made, fields), context);
  const last = (object.overrides.at(-1) ?? object.master!).component;
  return edited(replacing(object.calendar, new Map([[last, [last, override]]])));
}

/** Takes one occurrence out: its override goes, and the series excludes its date. */
export function deleteOne(object: CalendarObject, occurrence: Occurrence, context: EditContext): Edit {
  const { master } = object;
  const { governing, isOverridden, id } = occurrence;
  const changes = new Map<Node, readonly Node[]>();
  if (isOverridden) changes.set(governing.component, nextOfRange(object, occurrence, context));
  if (master !== null) {
    const exdates = propertiesOf(master.component, "EXDATE");
    const line = timeLine("EXDATE", { ...master.start, localMs: id.localMs });
    const excluding = withProperties(master.component, "EXDATE", [...exdates, line]);
    changes.set(master.component, [revised(master.component, excluding, context)]);
  }
  return unlessEmpty(edited(replacing(object.calendar, changes)), context);
}

const OF_A_SERIES = new Set(["RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID"]);

/** A component for one occurrence: what governs it, less what makes a series, in its own place. */
function overrideFor(master: EventView, { governing, id, start, end }: Occurrence): Component {
  const source = governing.component;
  const children = source.children.filter((child) => child.kind !== "property" || !OF_A_SERIES.has(child.name));
  const uidAt = children.findIndex((child) => child.kind === "property" && child.name === "UID") + 1;
  const line = timeLine("RECURRENCE-ID", { ...master.start, localMs: id.localMs });
  const named = withChildren(source, [...children.slice(0, uidAt), line, ...children.slice(uidAt)]);
  const keepsDuration = propertyOf(named, "DURATION") !== null && start.form === governing.start.form;
  return withFields(named, keepsDuration ? { start } : { start, end });
}

/** An override as one of its occurrence alone. */
function withoutRange(override: Component): Component {
  const line = propertyOf(override, "RECURRENCE-ID");
  assert(line !== null, "an override has a RECURRENCE-ID");
  const parameters = parametersOf(line).filter(({ name }) => name !== "RANGE");
  return withProperties(override, "RECURRENCE-ID", [newProperty("RECURRENCE-ID", parameters, rawValue(line))]);
}

/**
 * What keeps a RANGE=THISANDFUTURE going when the occurrence it hangs on is changed alone or taken out: the same
 * override, hung on the next occurrence. Nothing when the override has no range, or none follows.
 */
function nextOfRange(object: CalendarObject, { governing, id }: Occurrence, context: EditContext): Component[] {
  const { master, overrides } = object;
  if (!governing.thisAndFuture || master === null) return [];
  const zone = floatingZoneOf(context);
  const taken = new Set(overrides.map((view) => occurrenceIdIn(master, view.recurrenceId!, zone).epochMs));
  const window = { kind: "from" as const, fromMs: id.epochMs + 1, limit: overrides.length + 1 };
  const { epochMs, localMs } = expand(seriesOf(master, zone), window, QUESTION_STEPS_MAX);
  const next = epochMs.findIndex((atMs) => !taken.has(atMs));
  if (next === -1) return [];
  const nextId = { text: "", epochMs: epochMs[next]!, localMs: localMs[next]! };
  const override = overrideFor(master, placed(object, nextId, zone));
  const line = propertyOf(override, "RECURRENCE-ID")!;
  const range = { name: "RANGE", values: ["THISANDFUTURE"] };
  const named = newProperty("RECURRENCE-ID", [...parametersOf(line), range], rawValue(line));
  return [withProperties(override, "RECURRENCE-ID", [named])];
}
