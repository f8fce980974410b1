// Messages that somebody asks for, rather than a change of his calendar producing them: REFRESH, COUNTER,
// DECLINECOUNTER, ADD, PUBLISH, a REQUEST once more; and the change that an answer to an invitation is.

import { escapeText, newProperty } from "../content-line.ts";
import { parseTimeLike } from "../time-value.ts";
import { propertyOf, withChildren, type Component } from "../tree.ts";
import { instancesIn } from "./instance.ts";
import { withAttendees, withEach, withSequence } from "./lines.ts";
import {
  addressed,
  briefComponent,
  messageCalendar,
  sentComponent,
  withParts,
  type SchedulingMethod,
  type SchedulingMessage,
} from "./message.ts";
import { userIn } from "./own-copy.ts";
import { sentLine, userAddress, userAddresses, withParameters, type Party } from "./party.ts";
import { requestsFor } from "./request-for.ts";
import {
  attendeesIn,
  governing,
  momentOf,
  partAt,
  partsOf,
  readScheduled,
  refuseItip,
  type ItipRefusal,
  type Part,
  type Scheduled,
} from "./scheduled.ts";
import { counterpartOf } from "./settle.ts";
import { changeBetween } from "./significance.ts";
import { invitedTo } from "./views.ts";

export type Refused = { readonly refused: ItipRefusal };
export type MadeMessages = { readonly messages: readonly SchedulingMessage[]; readonly refused?: undefined } | Refused;

/** Whose calendar it is, and when: `addresses` with or without `mailto:`; `nowMs` becomes DTSTAMP. */
export type OwnCopy = {
  /** The VCALENDAR as the user's calendar has it. */
  readonly calendar: Component;
  readonly addresses: readonly string[];
  readonly nowMs: number;
};

/** REFRESH (RFC 5546 §3.2.6): an attendee asks the organizer for the object as it stands. */
export function refreshOf({ calendar, addresses, nowMs }: OwnCopy): MadeMessages {
  const attending = asAttendee(calendar, addresses);
  if (attending.refused !== undefined) return attending;
  const { object, organizer, attendee } = attending;
  const source = partsOf(object)[0]!.component;
  const uid = propertyOf(source, "UID")!;
  const parties = [sentLine(organizer.line), withParameters(sentLine(attendee.line), { PARTSTAT: null, RSVP: null })];
  const component = briefComponent(withChildren(source, [uid]), nowMs, parties);
  return made("REFRESH", object, [component], attendee, organizer);
}

/**
 * COUNTER (RFC 5546 §3.2.7): an attendee proposes the object as `proposed` has it, and keeps his own as it is. Only the
 * parts that differ are sent.
 */
export function counterOf({
  calendar,
  proposed,
  addresses,
  nowMs,
}: OwnCopy & { readonly proposed: Component }): MadeMessages {
  const attending = asAttendee(calendar, addresses);
  if (attending.refused !== undefined) return attending;
  const { object, organizer, attendee } = attending;
  const read = readScheduled(proposed, object.like);
  if (read.refused !== undefined) return read;
  if (read.object.uid !== object.uid || read.object.kind !== object.kind) {
    return refuseItip("several-uids", "A proposal is about one object and keeps its UID.");
  }
  const instances = instancesIn(object);
  const { zones } = read.object;
  const components = partsOf(read.object).flatMap(({ atMs, component }) => {
    const was = counterpartOf(object, instances, atMs);
    if (was !== null && changeBetween(was, { component, zones }) === "none") return [];
    // Whatever a client counted: the proposal is about the revision that the organizer sent.
    return [withSequence(sentComponent(component, nowMs), was?.sequence ?? 0)];
  });
  return components.length === 0 ? { messages: [] } : made("COUNTER", read.object, components, attendee, organizer);
}

/** DECLINECOUNTER (RFC 5546 §3.2.8): the organizer does not want what `recipient` proposed: `counter`, as it came in. */
export function declineCounterOf({
  calendar,
  counter,
  recipient,
  comment = "",
  addresses,
  nowMs,
}: OwnCopy & { readonly counter: Component; readonly recipient: string; readonly comment?: string }): MadeMessages {
  const organizing = asOrganizer(calendar, addresses);
  if (organizing.refused !== undefined) return organizing;
  const { object, organizer } = organizing;
  const read = readScheduled(counter, object.like);
  if (read.refused !== undefined) return read;
  const attendee = invitedTo(object, userAddress(recipient))
    .values()
    .next()
    .value?.attendees.get(userAddress(recipient));
  if (attendee === undefined) return refuseItip("not-attendee", "Who proposed was not invited.");
  const said = comment === "" ? [] : [newProperty("COMMENT", [], escapeText(comment))];
  const components = partsOf(read.object).map(({ component }) =>
    briefComponent(component, nowMs, [sentLine(organizer.line), sentLine(attendee.line), ...said]),
  );
  return made("DECLINECOUNTER", object, components, organizer, attendee);
}

/**
 * ADD (RFC 5546 §3.2.4): an organizer tells of one more occurrence of a series, `recurrenceId` as his object names it,
 * and of nothing else. A REQUEST would do as well, and says all of the series.
 */
export function addOf({
  calendar,
  recurrenceId,
  addresses,
  nowMs,
}: OwnCopy & { readonly recurrenceId: string }): MadeMessages {
  const organizing = asOrganizer(calendar, addresses);
  if (organizing.refused !== undefined) return organizing;
  const { object, organizer, own } = organizing;
  const occurrence = occurrenceNamed(object, recurrenceId);
  if (occurrence === null) return noSuchOccurrence(recurrenceId);
  const plain = withEach(occurrence.component, (line) => (line.name === "RECURRENCE-ID" ? null : line));
  const counted = withSequence(sentComponent(plain, nowMs), object.master?.sequence ?? occurrence.sequence);
  const message = messageCalendar("ADD", object, [counted]);
  const people = [...occurrence.attendees.values()].filter(
    ({ address, agent }) => agent === "SERVER" && address !== organizer.address && !own.has(address),
  );
  const messages = people.map((to) =>
    addressed({ method: "ADD", object, calendar: message, from: organizer, to, change: "significant" }),
  );
  return { messages };
}

/** PUBLISH (RFC 5546 §3.2.1): the object for whoever wants to read it, without attendees. It needs an organizer. */
export function publicationOf({ calendar, addresses, nowMs }: OwnCopy): MadeMessages {
  const organizing = asOrganizer(calendar, addresses);
  if (organizing.refused !== undefined) return organizing;
  const { object, organizer } = organizing;
  const components = partsOf(object).map(({ component }) => withAttendees(sentComponent(component, nowMs), () => null));
  return made("PUBLISH", object, components, organizer, null);
}

/** The REQUEST as it stands now, once more for some attendees: those who are not invited get none. */
export function requestOf({
  calendar,
  recipients,
  addresses,
  nowMs,
}: OwnCopy & { readonly recipients: readonly string[] }): MadeMessages {
  const organizing = asOrganizer(calendar, addresses);
  if (organizing.refused !== undefined) return organizing;
  return { messages: requestsFor(organizing.object, recipients, nowMs) };
}

export type Participation = "ACCEPTED" | "DECLINED" | "TENTATIVE" | "COMPLETED" | "IN-PROCESS";

/**
 * The user's copy with his answer on it: to everything that he is invited to, or to one occurrence, which gets an
 * override where it has none. `messagesOfChange` from the copy before to this one gives the REPLY.
 */
export function answerInvitation({
  calendar,
  addresses,
  participation,
  recurrenceId = null,
}: Omit<OwnCopy, "nowMs"> & {
  readonly participation: Participation;
  readonly recurrenceId?: string | null;
}): { readonly calendar: Component; readonly refused?: undefined } | Refused {
  const attending = asAttendee(calendar, addresses);
  if (attending.refused !== undefined) return attending;
  const { object, own } = attending;
  const answer = (component: Component) =>
    withAttendees(component, ({ line, address }) =>
      own.has(address) ? withParameters(line, { PARTSTAT: participation, RSVP: null }) : line,
    );
  if (recurrenceId === null) {
    const changes = new Map(partsOf(object).map(({ component }) => [component, answer(component)]));
    return { calendar: withParts(calendar, changes) };
  }
  const occurrence = occurrenceNamed(object, recurrenceId);
  if (occurrence === null) return noSuchOccurrence(recurrenceId);
  if (userIn(occurrence, own) === null)
    return refuseItip("not-attendee", "The user is not invited to this occurrence.");
  const component = answer(occurrence.component);
  if (!occurrence.isMade) return { calendar: withParts(calendar, new Map([[occurrence.component, component]])) };
  return { calendar: withParts(calendar, new Map(), [component]) };
}

type Occurrence = Pick<Part, "component" | "attendees" | "sequence"> & { readonly isMade: boolean };

function occurrenceNamed(object: Scheduled, recurrenceId: string): Occurrence | null {
  const time = object.like === null ? null : parseTimeLike(recurrenceId, object.like);
  if (time === null) return null;
  const atMs = momentOf(time, object.like);
  const part = partAt(object, atMs);
  if (part !== null) return { ...part, isMade: false };
  const component = instancesIn(object).at(atMs);
  const source = governing(object, atMs);
  if (component === null || source === null) return null;
  return { component, attendees: attendeesIn(component), sequence: source.sequence, isMade: true };
}

function noSuchOccurrence(recurrenceId: string): Refused {
  return refuseItip("no-such-occurrence", `There is no occurrence "${recurrenceId.slice(0, 40)}".`);
}

type Organizing =
  | {
      readonly object: Scheduled;
      readonly organizer: Party;
      readonly own: ReadonlySet<string>;
      readonly refused?: undefined;
    }
  | Refused;

function asOrganizer(calendar: Component, addresses: readonly string[]): Organizing {
  const read = readScheduled(calendar);
  if (read.refused !== undefined) return read;
  const { organizer } = read.object;
  const own = userAddresses(addresses);
  if (organizer === null) return refuseItip("no-organizer", "The object has no organizer.");
  if (!own.has(organizer.address)) return refuseItip("not-organizer", "Only the organizer may send this.");
  return { object: read.object, organizer, own };
}

type Attending = (Organizing & { readonly attendee: Party; readonly refused?: undefined }) | Refused;

function asAttendee(calendar: Component, addresses: readonly string[]): Attending {
  const read = readScheduled(calendar);
  if (read.refused !== undefined) return read;
  const { organizer } = read.object;
  const own = userAddresses(addresses);
  if (organizer === null) return refuseItip("no-organizer", "The object has no organizer.");
  for (const part of partsOf(read.object)) {
    const attendee = userIn(part, own);
    if (attendee !== null) return { object: read.object, organizer, own, attendee };
  }
  return refuseItip("not-attendee", "The user is not invited.");
}

function made(
  method: SchedulingMethod,
  object: Scheduled,
  components: readonly Component[],
  from: Party,
  to: Party | null,
): MadeMessages {
  const calendar = messageCalendar(method, object, components);
  return { messages: [addressed({ method, object, calendar, from, to, change: "significant" })] };
}
