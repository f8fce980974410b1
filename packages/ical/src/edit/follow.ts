import type { CalendarObject } from "../calendar-object.ts";
import { withFields, type EventFields } from "../event-fields.ts";
import { saysTheSame, timeLine, withProperties, type When } from "../property-lines.ts";
import type { EventView } from "../event-view.ts";
import { print } from "../print.ts";
import { lengthOf, occurrenceIdIn } from "../series.ts";
import { instantOf } from "../time-value.ts";
import { componentsOf, propertiesOf, propertyOf, type Component } from "../tree.ts";
import { decode } from "../utf8.ts";
import type { Move } from "./all.ts";
import { floatingZoneOf, type EditContext } from "./context.ts";
import { changedTimes, endOfView } from "./occurrence.ts";

type Details = Partial<Omit<EventFields, "start" | "end" | "rrules">>;

/** The properties that each detail is written as. */
const PROPERTIES: Record<keyof Details, string> = {
  summary: "SUMMARY",
  description: "DESCRIPTION",
  location: "LOCATION",
  url: "URL",
  colour: "COLOR",
  categories: "CATEGORIES",
  status: "STATUS",
  transparency: "TRANSP",
  classification: "CLASS",
  priority: "PRIORITY",
  organizer: "ORGANIZER",
  attendees: "ATTENDEE",
  alarms: "VALARM",
  isLocked: "X-HOURWRIGHT-LOCKED",
};

/** An override after a change of the whole series: whatever it had from its master, it takes from the new one. */
export function followed(
  view: EventView,
  { master }: CalendarObject,
  { move, details }: { readonly move: Move | null; readonly details: Details },
  context: EditContext,
): Component {
  const own = Object.entries(details).filter(([field]) =>
    areAlike(view.component, master!.component, PROPERTIES[field as keyof Details]),
  );
  const component = withFields(view.component, Object.fromEntries(own));
  return move === null
    ? component
    : withFields(renamed(component, view, master!, move, context), timesOf(view, master!, move, context));
}

function areAlike(one: Component, other: Component, name: string): boolean {
  if (name === "VALARM") {
    const alarms = (component: Component) => decode(print(componentsOf(component, name)));
    return alarms(one) === alarms(other);
  }
  const lines = propertiesOf(one, name);
  const others = propertiesOf(other, name);
  return lines.length === others.length && lines.every((line, i) => saysTheSame(line, others[i]!));
}

/** The same override under the new name of its occurrence. */
function renamed(
  component: Component,
  view: EventView,
  master: EventView,
  move: Move,
  context: EditContext,
): Component {
  if (!move.isMoving) return component;
  const { localMs } = occurrenceIdIn(master, view.recurrenceId!, floatingZoneOf(context));
  const line = timeLine("RECURRENCE-ID", { ...move.start, localMs: move.carry(localMs) });
  return withProperties(component, "RECURRENCE-ID", [line]);
}

/** An override that stood where its series had it moves along; one that was put elsewhere stays there. */
function timesOf(view: EventView, master: EventView, move: Move, context: EditContext): Partial<EventFields> {
  const zone = floatingZoneOf(context);
  const id = occurrenceIdIn(master, view.recurrenceId!, zone);
  const isInPlace = view.start.form === master.start.form && instantOf(view.start, zone) === id.epochMs;
  if (!isInPlace) return {};
  const start: When = { ...move.start, localMs: move.carry(id.localMs) };
  if (hasSameLength(view, master, context)) {
    if (!move.isEndGiven && propertyOf(view.component, "DTEND") === null && start.form === view.start.form)
      return { start };
    const end =
      move.end === null ? null : { ...move.end, localMs: start.localMs + move.end.localMs - move.start.localMs };
    return { start, end };
  }
  if (!move.isMoving) return {};
  const own = changedTimes({ start: view.start, end: endOfView(view, zone) }, { start });
  return "refused" in own ? { start, end: move.end } : own;
}

function hasSameLength(view: EventView, master: EventView, context: EditContext): boolean {
  const zone = floatingZoneOf(context);
  const [one, other] = [lengthOf(view, zone), lengthOf(master, zone)];
  return one.days === other.days && one.ms === other.ms;
}
