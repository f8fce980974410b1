// What one attendee is shown of an organizer's object: the parts he is invited to, and the rest as not happening.

import { UTC } from "@hourwright/time";
import { timesLine } from "../property-lines.ts";
import { zoneFor } from "../series.ts";
import { propertyOf, withChildren, type Component } from "../tree.ts";
import { isPrintable, withLine } from "./lines.ts";
import { briefComponent, messageCalendar, sentComponent } from "./message.ts";
import { partsOf, type Part, type Scheduled } from "./scheduled.ts";

/** The parts of an object that name this attendee, by the instant that they override (null: the master). */
export function invitedTo(object: Scheduled | null, address: string): ReadonlyMap<number | null, Part> {
  const parts = new Map<number | null, Part>();
  if (object === null) return parts;
  for (const part of partsOf(object)) if (part.attendees.has(address)) parts.set(part.atMs, part);
  return parts;
}

/** Makes REQUESTs of one object at one time; attendees who are invited to the same parts share one. */
export type Views = {
  request(invited: readonly Part[]): Component;
};

export function viewsOf(object: Scheduled, stampMs: number): Views {
  const sent = new Map<Part, Component>();
  const calendars = new Map<string, Component>();
  return { request };

  function request(invited: readonly Part[]): Component {
    const key = invited.map(({ atMs }) => atMs).join();
    let calendar = calendars.get(key);
    if (calendar === undefined) {
      calendar = messageCalendar("REQUEST", object, shown(invited));
      calendars.set(key, calendar);
    }
    return calendar;
  }

  function shown(invited: readonly Part[]): Component[] {
    if (!invited.some(({ atMs }) => atMs === null)) return invited.map(sentPart);
    const own = new Set(invited);
    const others = [...object.overrides.values()].filter((part) => !own.has(part));
    const single = others.filter(({ isRange }) => !isRange);
    const ranges = others.filter(({ isRange }) => isRange);
    return [
      ...invited.map((part) => (part.atMs === null ? excluding(sentPart(part), single) : sentPart(part))),
      ...ranges.map(withdrawn),
    ];
  }

  function sentPart(part: Part): Component {
    let component = sent.get(part);
    if (component === undefined) {
      component = sentComponent(part.component, stampMs);
      sent.set(part, component);
    }
    return component;
  }

  /** The master without the occurrences to which somebody is not invited. */
  function excluding(master: Component, parts: readonly Part[]): Component {
    const { like } = object;
    if (parts.length === 0 || like === null) return master;
    const zone = zoneFor(like, UTC);
    const localMs = parts.map(({ atMs }) => zone.toLocalMs(atMs!)).filter((ms) => isPrintable(ms, like.form));
    if (localMs.length === 0) return master;
    const at = master.children.findLastIndex((child) => child.kind === "property") + 1;
    const line = timesLine("EXDATE", like, localMs);
    return withChildren(master, [...master.children.slice(0, at), line, ...master.children.slice(at)]);
  }

  /** From here on the series is not his: EXDATE cannot say so of a series without end. */
  function withdrawn({ component }: Part): Component {
    const organizer = propertyOf(component, "ORGANIZER");
    const brief = briefComponent(component, stampMs, organizer === null ? [] : [organizer]);
    return withLine(brief, "STATUS", "CANCELLED");
  }
}
