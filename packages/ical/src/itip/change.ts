// What a change of a calendar object makes known to others (RFC 5546; RFC 6638 §3.2). Pure: sending is another's work.

import type { Component } from "../tree.ts";
import { attendeeMessages } from "./attendee.ts";
import { withParties } from "./lines.ts";
import { organizerMessages, type Scheduling } from "./organizer.ts";
import { readParty, userAddress, userAddresses, withParameters, type Party } from "./party.ts";
import { partsOf, readScheduled, refuseItip, type ItipRefusal, type Scheduled } from "./scheduled.ts";
import { withChanged } from "./settle.ts";

export type SchedulingChange = {
  /** The VCALENDAR of the object before and after the change; null when it was not there, or was deleted. */
  readonly before: Component | null;
  readonly after: Component | null;
  /** All addresses of the user whose calendar it is, with or without `mailto:`. */
  readonly addresses: readonly string[];
  /** Becomes DTSTAMP of the messages. */
  readonly nowMs: number;
};

/**
 * What others are to be told of a change. The organizer's own change gives REQUESTs and CANCELs, an attendee's a REPLY;
 * nobody else's gives any. Under a millisecond for a usual event; linear in attendees times components, and refused
 * beyond `MESSAGE_PARTS_MAX` of them.
 */
export function messagesOfChange({ before, after, addresses, nowMs }: SchedulingChange): Scheduling {
  const read = readBoth(before, after);
  if (read.refused !== undefined) return read;
  const [was, is] = read.objects;
  const base = is ?? was;
  const organizer = is?.organizer ?? was?.organizer ?? null;
  if (base === null || organizer === null || base.kind === "VJOURNAL") return { messages: [], calendar: after };
  const own = userAddresses(addresses);
  const former = was?.organizer ?? organizer;
  if (former.address !== organizer.address) {
    return refuseItip("organizer-changed", "The organizer of an event stays the same; make a new one.");
  }
  const attendee = attendeeIn(is, own) ?? attendeeIn(was, own);
  const sent = own.has(organizer.address)
    ? organizerMessages({ before: was, after: is, organizer, own, nowMs })
    : attendee !== null
      ? attendeeMessages({ before: was, after: is, organizer, attendee, nowMs })
      : { messages: [], calendar: after };
  const isUntouched = sent.refused === undefined && sent.calendar === is?.calendar;
  return isUntouched ? { messages: sent.messages, calendar: after } : sent;
}

type ReadBoth =
  | { readonly objects: readonly [Scheduled | null, Scheduled | null]; readonly refused?: undefined }
  | { readonly refused: ItipRefusal };

function readBoth(before: Component | null, after: Component | null): ReadBoth {
  const was = before === null ? null : readScheduled(before);
  if (was?.refused !== undefined) return was;
  const is = after === null ? null : readScheduled(after, was?.object.like ?? null);
  if (is?.refused !== undefined) return is;
  if (was !== null && is !== null && (was.object.uid !== is.object.uid || was.object.kind !== is.object.kind)) {
    return refuseItip("several-uids", "An object keeps its UID and its kind.");
  }
  return { objects: [was?.object ?? null, is?.object ?? null] };
}

/** The first of the user's addresses that is invited, wherever in the object. */
function attendeeIn(object: Scheduled | null, own: ReadonlySet<string>): Party | null {
  if (object === null) return null;
  for (const { attendees } of partsOf(object)) {
    for (const address of own) {
      const attendee = attendees.get(address);
      if (attendee !== undefined) return attendee;
    }
  }
  return null;
}

/** How the delivery of a message ended: a code of RFC 6638 §3.2.9, such as `1.1` (sent) or `5.1` (could not). */
export type Delivery = { readonly recipient: string; readonly status: string };

const STATUS = /^\d{1,2}(\.\d{1,3}){1,2}$/;

/**
 * The object with SCHEDULE-STATUS on the people that messages went to: attendees in an organizer's copy, the organizer
 * in an attendee's. Codes that are none are left out.
 */
export function withDelivery(calendar: Component, deliveries: readonly Delivery[]): Component {
  const read = readScheduled(calendar);
  if (read.refused !== undefined) return calendar;
  const statuses = new Map(deliveries.map(({ recipient, status }) => [userAddress(recipient), status]));
  const changes = new Map<Component, Component>();
  for (const { component } of partsOf(read.object)) {
    const told = withParties(component, (line) => {
      const status = statuses.get(readParty(line).address);
      return status === undefined || !STATUS.test(status) ? line : withParameters(line, { "SCHEDULE-STATUS": status });
    });
    if (told !== component) changes.set(component, told);
  }
  return withChanged(read.object, changes).calendar;
}
