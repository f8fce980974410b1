// What a received message does to the calendar of the user who received it (RFC 5546 §3). Pure: nothing is stored, and
// nothing is sent.

import { newProperty } from "../content-line.ts";
import { print } from "../print.ts";
import { withChildren, type Component } from "../tree.ts";
import { instancesIn } from "./instance.ts";
import { receivedComponent, zonesNamed, type SchedulingMethod } from "./message.ts";
import {
  UNKNOWN_OCCURRENCE,
  ignore,
  type Ignored,
  type MessageOutcome,
  type MessageReceipt,
  type Received,
} from "./outcome.ts";
import { userAddress, userAddresses } from "./party.ts";
import { extended } from "./receive-add.ts";
import { cancelled } from "./receive-cancel.ts";
import { REPLY_PARTS_MAX, replied } from "./receive-reply.ts";
import { requested } from "./receive-request.ts";
import { requestsFor } from "./request-for.ts";
import { governing, partAt, partsOf, readScheduled, textOf, type Scheduled } from "./scheduled.ts";
import { attendeeSpeaking, organizedHere, organizerSpeaking } from "./speaker.ts";
import type { ObjectKind } from "../calendar-object.ts";
import { unreachable } from "@hourwright/std";
import { PRODID } from "../product.ts";

const OF_EVENTS: readonly SchedulingMethod[] = [
  "PUBLISH",
  "REQUEST",
  "REPLY",
  "ADD",
  "CANCEL",
  "REFRESH",
  "COUNTER",
  "DECLINECOUNTER",
];

/** What RFC 5546 has for each kind (§3.2, §3.4, §3.5). VFREEBUSY is no object of a calendar. */
const METHODS: Readonly<Record<ObjectKind, readonly SchedulingMethod[]>> = {
  VEVENT: OF_EVENTS,
  VTODO: OF_EVENTS,
  VJOURNAL: ["PUBLISH", "ADD", "CANCEL"],
};

/**
 * What a message comes to. Whatever the bytes were, it never throws; a message that is old, unknown or not its sender's
 * to send is ignored with a reason. About a millisecond for a usual one; linear in the message and in what is stored.
 */
export function receiveMessage(receipt: MessageReceipt): MessageOutcome {
  const received = opened(receipt);
  if ("reason" in received) return received;
  switch (received.method) {
    case "REQUEST":
    case "PUBLISH":
      return byOrganizer(received, requested);
    case "CANCEL":
      return byOrganizer(received, cancelled);
    case "ADD":
      return byOrganizer(received, extended);
    case "DECLINECOUNTER":
      return counterDeclined(received);
    case "REPLY":
      return replyOutcome(received);
    case "REFRESH":
    case "COUNTER":
      return byAttendee(received);
    default:
      return unreachable(received.method);
  }
}

function opened({
  message,
  stored,
  addresses,
  sender,
  uninvited = "refuse",
  nowMs,
}: MessageReceipt): Received | Ignored {
  const known = stored === null ? null : readScheduled(stored);
  if (known?.refused !== undefined) return ignore("malformed", known.refused.message);
  const read = readScheduled(message, known?.object.like ?? null);
  if (read.refused !== undefined) {
    const isLarge = read.refused.code.startsWith("too-many");
    return ignore(isLarge ? "too-large" : "malformed", read.refused.message);
  }
  const { object } = read;
  const name = textOf(message, "METHOD").toUpperCase();
  if (name === "") return ignore("no-method", "A message says its METHOD.");
  const method = METHODS[object.kind].find((each) => each === name);
  if (method === undefined) return ignore("unsupported", `"${name.slice(0, 40)}" is no method for a ${object.kind}.`);
  if (known !== null && (known.object.uid !== object.uid || known.object.kind !== object.kind)) {
    return ignore("other-object", "The message is about another object.");
  }
  return {
    method,
    message: object,
    stored: known?.object ?? null,
    own: userAddresses(addresses),
    sender: sender === undefined ? null : userAddress(sender),
    uninvited,
    nowMs,
  };
}

function byOrganizer(received: Received, apply: (received: Received) => Component | Ignored): MessageOutcome {
  const speaker = organizerSpeaking(received);
  if (speaker.kind === "ignored") return speaker;
  const applied = apply(received);
  if (applied.kind === "ignored") return applied;
  const { address: from, sentBy } = speaker;
  return changed(received, applied, from, sentBy);
}

function replyOutcome(received: Received): MessageOutcome {
  const answer = replied(received);
  if (answer.kind === "ignored") return answer;
  const sentBy = received.sender === null || received.sender === answer.from ? null : received.sender;
  return changed(received, answer.calendar, answer.from, sentBy);
}

function changed(
  { method, stored }: Received,
  calendar: Component,
  from: string,
  sentBy: string | null,
): MessageOutcome {
  if (stored !== null && saysTheSame(stored.calendar, calendar)) {
    return ignore("unchanged", "The calendar knows all that the message says.");
  }
  return { kind: "changed", method, from, sentBy, calendar };
}

function saysTheSame(one: Component, other: Component): boolean {
  const [bytes, others] = [print([one]), print([other])];
  return bytes.length === others.length && bytes.every((byte, i) => byte === others[i]);
}

function counterDeclined(received: Received): MessageOutcome {
  const speaker = organizerSpeaking(received);
  if (speaker.kind === "ignored") return speaker;
  if (received.stored === null) return ignore("unknown-object", "The calendar has nothing under this UID.");
  const comment = textOf(partsOf(received.message)[0]!.component, "COMMENT");
  return { kind: "told", method: received.method, from: speaker.address, comment };
}

/** REFRESH and COUNTER: an attendee asks for the object, or proposes another. */
function byAttendee(received: Received): MessageOutcome {
  const stored = organizedHere(received);
  if ("reason" in stored) return stored;
  const part = partsOf(received.message)[0]!;
  const target = partAt(stored, part.atMs) ?? stored.master;
  const speaker = attendeeSpeaking(part.attendees, target?.attendees ?? new Map(), received.sender);
  if ("reason" in speaker) return speaker;
  const from = speaker.address;
  if (!partsOf(stored).some(({ attendees }) => attendees.has(from))) {
    return ignore("not-attendee", "Who asks was not invited.");
  }
  if (received.method === "REFRESH") {
    const messages = requestsFor(stored, [from], received.nowMs);
    return { kind: "asked", from, messages };
  }
  return proposalFault(stored, received.message, from) ?? { kind: "proposed", from, proposal: proposalIn(received) };
}

/** Why a COUNTER cannot be decided: each part is about an occurrence that there is, that he is invited to, as it stands. */
function proposalFault(stored: Scheduled, message: Scheduled, from: string): Ignored | null {
  const instances = instancesIn(stored);
  const parts = partsOf(message);
  if (parts.length > REPLY_PARTS_MAX) {
    return ignore("too-large", `A proposal is about at most ${REPLY_PARTS_MAX} occurrences.`);
  }
  for (const { atMs, sequence } of parts) {
    const own = partAt(stored, atMs);
    if (own === null && (atMs === null || instances.at(atMs) === null)) return UNKNOWN_OCCURRENCE;
    const target = own ?? governing(stored, atMs!);
    if (target?.attendees.has(from) !== true) return ignore("not-attendee", "Who proposes was not invited to it.");
    if (sequence < target.sequence) return ignore("outdated", "The proposal is about an older revision.");
  }
  return null;
}

/** What is proposed, as the object would be: without METHOD, and without what is not the attendee's to say. */
function proposalIn({ message }: Received): Component {
  const components = partsOf(message).map(({ component }) => receivedComponent(component));
  const head = [newProperty("VERSION", [], "2.0"), newProperty("PRODID", [], PRODID)];
  return withChildren(message.calendar, [...head, ...zonesNamed(components, [message.calendar]), ...components]);
}
