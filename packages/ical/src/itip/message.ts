// A scheduling message: a VCALENDAR with METHOD, and who sends it to whom.

import { namedZones, type ObjectKind } from "../calendar-object.ts";
import { newProperty } from "../content-line.ts";
import { withZones } from "../edit/context.ts";
import {
  componentsOf,
  newComponent,
  propertyOf,
  withChildren,
  type Component,
  type Node,
  type Property,
} from "../tree.ts";
import { withEach, withParties, withStamp } from "./lines.ts";
import { DECLINED, calendarAddress, isPartyLine, receivedLine, sentLine, withParameters, type Party } from "./party.ts";
import { sequenceOf, textOf, type Scheduled } from "./scheduled.ts";
import type { Significance } from "./significance.ts";
import { PRODID } from "../product.ts";

/** RFC 5546 §1.4. */
export type SchedulingMethod =
  | "PUBLISH"
  | "REQUEST"
  | "REPLY"
  | "ADD"
  | "CANCEL"
  | "REFRESH"
  | "COUNTER"
  | "DECLINECOUNTER";

export type SchedulingMessage = {
  readonly uid: string;
  readonly kind: ObjectKind;
  readonly method: SchedulingMethod;
  /** Calendar addresses, `mailto:` and lower case where they are mail. `recipient` is null for PUBLISH alone. */
  readonly sender: string;
  readonly senderName: string | null;
  readonly recipient: string | null;
  readonly recipientName: string | null;
  /** The highest SEQUENCE in it. */
  readonly sequence: number;
  /** How much it matters to the recipient; a transport may keep quiet about all but what is significant. */
  readonly change: Significance;
  /** It was asked for with SCHEDULE-FORCE-SEND, so it is to be delivered whatever `change` says. */
  readonly isForced: boolean;
  /** The VCALENDAR to be sent, printable as it is. Recipients who see the same share it. */
  readonly calendar: Component;
};

/** The VCALENDAR of a message: these components, and the VTIMEZONEs that they name. */
export function messageCalendar(
  method: SchedulingMethod,
  source: Scheduled,
  components: readonly Component[],
): Component {
  return withZones(
    newComponent("VCALENDAR", [
      newProperty("VERSION", [], "2.0"),
      newProperty("PRODID", [], PRODID),
      newProperty("CALSCALE", [], "GREGORIAN"),
      newProperty("METHOD", [], method),
      ...zonesNamed(components, [source.calendar]),
      ...components,
    ]),
  );
}

type Addressed = {
  readonly method: SchedulingMethod;
  readonly object: Scheduled;
  readonly calendar: Component;
  readonly from: Pick<Party, "address" | "name">;
  readonly to: Pick<Party, "address" | "name"> | null;
  readonly change: Significance;
  readonly isForced?: boolean;
};

export function addressed({
  method,
  object,
  calendar,
  from,
  to,
  change,
  isForced = false,
}: Addressed): SchedulingMessage {
  return {
    uid: object.uid,
    kind: object.kind,
    method,
    sender: calendarAddress(from.address),
    senderName: from.name,
    recipient: to === null ? null : calendarAddress(to.address),
    recipientName: to?.name ?? null,
    sequence: highestIn(calendar, object.kind),
    change,
    isForced,
    calendar,
  };
}

/** Of a calendar that goes to thousands it is asked once: an invitation has as many lines. */
const highest = new WeakMap<Component, number>();

function highestIn(calendar: Component, kind: ObjectKind): number {
  let sequence = highest.get(calendar);
  if (sequence === undefined) {
    sequence = componentsOf(calendar, kind).reduce((most, component) => Math.max(most, sequenceOf(component)), 0);
    highest.set(calendar, sequence);
  }
  return sequence;
}

/** A component as others may see it: no alarms of ours, no parameters of our server, and the time of sending. */
export function sentComponent(component: Component, nowMs: number): Component {
  const children = component.children.filter(
    (child) => !(child.kind === "component" && child.name === "VALARM") && !isRequestStatus(child),
  );
  const plain = children.length === component.children.length ? component : withChildren(component, children);
  return withStamp(withEach(plain, sentProperty), nowMs);
}

function sentProperty(line: Property): Property {
  if (isPartyLine(line)) return sentLine(line);
  return line.name === "EXDATE" ? withParameters(line, { [DECLINED]: null }) : line;
}

function isRequestStatus(node: Node): boolean {
  return node.kind === "property" && node.name === "REQUEST-STATUS";
}

/** A component as it may come in: alarms are everybody's own, and so are the parameters for one's server. */
export function receivedComponent(component: Component): Component {
  const children = component.children.filter((child) => child.kind !== "component" || child.name !== "VALARM");
  const plain = children.length === component.children.length ? component : withChildren(component, children);
  return withParties(plain, receivedLine);
}

/** Only who, what and when: RFC 5546 §3.2.3 and §3.2.5 ask no more of a REPLY or CANCEL. */
const BRIEF = ["UID", "RECURRENCE-ID", "SEQUENCE", "DTSTART", "DTEND", "DUE", "DURATION", "SUMMARY"];

/** A component that names an occurrence without telling all about it. Lines keep their bytes. */
export function briefComponent(component: Component, nowMs: number, parties: readonly Node[]): Component {
  const kept = BRIEF.flatMap((name) => propertyOf(component, name) ?? []);
  return withStamp(newComponent(component.name, [...kept, ...parties]), nowMs);
}

/** The VTIMEZONEs that these components name, in whatever case, each from the first calendar that has it. */
export function zonesNamed(components: readonly Component[], calendars: readonly Component[]): Component[] {
  const names = new Set(namedZones(components).map((tzid) => tzid.toLowerCase()));
  const found = new Map<string, Component>();
  for (const calendar of calendars) {
    for (const vtimezone of componentsOf(calendar, "VTIMEZONE")) {
      const tzid = textOf(vtimezone, "TZID"); // Some escape the comma in it, as in a TEXT, and then name it plain.
      if (names.has(tzid.toLowerCase()) && !found.has(tzid)) found.set(tzid, vtimezone);
    }
  }
  return [...found.values()];
}

/**
 * A VCALENDAR with some components replaced, and others added at its end with the VTIMEZONEs that they bring along
 * from `others`. Everything else in it keeps its bytes.
 */
export function withParts(
  calendar: Component,
  changes: ReadonlyMap<Component, Component>,
  added: readonly Component[] = [],
  others: readonly Component[] = [],
): Component {
  const children = calendar.children.map((child) =>
    child.kind === "component" ? (changes.get(child) ?? child) : child,
  );
  const known = new Set(componentsOf(calendar, "VTIMEZONE").map((vtimezone) => textOf(vtimezone, "TZID")));
  const named = zonesNamed([...changes.values(), ...added], others);
  const zones = named.filter((vtimezone) => !known.has(textOf(vtimezone, "TZID")));
  const at = children.findIndex((child) => child.kind === "component");
  return withChildren(calendar, [...children.slice(0, at), ...zones, ...children.slice(at), ...added]);
}
