// What an attendee's change of his own copy makes known: to the organizer how he answers, occurrence by occurrence; to
// a delegate the invitation that is passed on.

import { newProperty } from "../content-line.ts";
import { withProperties } from "../property-lines.ts";
import { propertiesOf, type Component, type Property } from "../tree.ts";
import { instancesIn } from "./instance.ts";
import { withLinesOf } from "./lines.ts";
import { addressed, briefComponent, messageCalendar, sentComponent, type SchedulingMessage } from "./message.ts";
import type { Scheduling } from "./organizer.ts";
import { markedExclusions, withMarkedExclusions } from "./own-copy.ts";
import { calendarAddress, readParty, sentLine, withParameters, type Party } from "./party.ts";
import { excludedOf, governing, partAt, partsOf, type Scheduled } from "./scheduled.ts";
import { withChanged, withoutForce } from "./settle.ts";

export type AttendeeChange = {
  readonly before: Scheduled | null;
  readonly after: Scheduled | null;
  readonly organizer: Party;
  /** The attendee whose copy it is, as one of its parts names him. */
  readonly attendee: Party;
  readonly nowMs: number;
};

export function attendeeMessages(change: AttendeeChange): Scheduling {
  const { organizer, before } = change;
  const after = change.after === null ? null : kept(before, change.after);
  const calendar = after?.calendar ?? null;
  const base = after ?? before!;
  if (organizer.agent !== "SERVER" || base.master?.status === "CANCELLED") return { messages: [], calendar };
  const isForced = change.after?.organizer?.forceSend === "REPLY";
  const answers = answersIn({ ...change, after }, isForced);
  if (answers.length === 0) return { messages: [], calendar };
  return { messages: [reply(base, answers, change, isForced), ...passedOn(base, answers, change)], calendar };
}

/**
 * The attendee's copy as it is to be kept: SEQUENCE and DTSTAMP stay the organizer's, by which the order of his
 * messages is told, although clients count their own edits up. What the attendee took out is marked as his doing.
 */
function kept(before: Scheduled | null, after: Scheduled): Scheduled {
  const changes = new Map<Component, Component>();
  for (const { atMs, component } of partsOf(after)) {
    const old = before === null ? null : (partAt(before, atMs) ?? (atMs === null ? null : governing(before, atMs)));
    let own = withoutForce(component);
    if (old !== null) for (const name of ["SEQUENCE", "DTSTAMP"]) own = withLinesOf(own, name, old.component);
    if (own !== component) changes.set(component, own);
  }
  const same = withChanged(after, changes);
  if (before === null || same.master === null) return same;
  const marked = withMarkedExclusions(same, before);
  return marked === same.master.component ? same : withChanged(same, new Map([[same.master.component, marked]]));
}

/** How the attendee now answers one part, and the component that says which. */
type Answer = {
  readonly component: Component;
  readonly attendee: Party;
  readonly participation: string;
  /** To whom he newly passes his place. */
  readonly delegates: readonly string[];
};

function answersIn({ before, after, attendee: { address } }: AttendeeChange, isForced: boolean): Answer[] {
  const statusBefore = statusesOf(before, address);
  const statusAfter = statusesOf(after, address);
  const componentAt = componentsIn(before, after);
  const repeated = declinedBefore(before, after, address);
  const answers: Answer[] = [];
  for (const atMs of momentsOf(before, after, address).union(repeated)) {
    const was = statusBefore(atMs);
    const is = after === null && was !== null ? { ...was, participation: "DECLINED" } : statusAfter(atMs);
    if (is === null) continue;
    const delegates = is.party.delegatedTo.filter((delegate) => was?.party.delegatedTo.includes(delegate) !== true);
    const isSame =
      is.participation === (was?.participation ?? "NEEDS-ACTION") && delegates.length === 0 && !repeated.has(atMs);
    if (isSame && !(isForced && after !== null && partAt(after, atMs) !== null)) continue;
    const component = componentAt(atMs);
    if (component === null) continue;
    answers.push({ component, attendee: is.party, participation: is.participation, delegates });
  }
  return answers;
}

/** The occurrences on which an answer may have changed; null is the series. */
function momentsOf(before: Scheduled | null, after: Scheduled | null, address: string): Set<number | null> {
  const moments = new Set<number | null>([null]);
  for (const object of [before, after]) for (const atMs of object?.overrides.keys() ?? []) moments.add(atMs);
  // What is excluded newly was declined; the dates that an invitation came with were never offered.
  if (before === null || after === null) return moments;
  if (after.master?.attendees.get(address)?.participation === "DECLINED") return moments;
  const known = excludedOf(before);
  for (const atMs of excludedOf(after)) if (!known.has(atMs)) moments.add(atMs);
  return moments;
}

/**
 * Occurrences that he took out while he declined the whole series, which needed no word then; now that he comes to the
 * rest, it does.
 */
function declinedBefore(before: Scheduled | null, after: Scheduled | null, address: string): Set<number | null> {
  const answer = (object: Scheduled | null) => object?.master?.attendees.get(address)?.participation;
  const isBack = answer(before) === "DECLINED" && after !== null && answer(after) !== "DECLINED";
  return new Set(isBack ? markedExclusions(after).keys() : []);
}

type Status = { readonly party: Party; readonly participation: string };

/** How an attendee stands to each occurrence; null where he is not invited, or it was cancelled. */
function statusesOf(object: Scheduled | null, address: string): (atMs: number | null) => Status | null {
  if (object === null) return () => null;
  const excluded = excludedOf(object);
  return (atMs) => {
    const part = partAt(object, atMs) ?? (atMs === null ? null : governing(object, atMs));
    const party = part?.attendees.get(address);
    if (part === null || party === undefined || part.status === "CANCELLED") return null;
    const isExcluded = atMs !== null && excluded.has(atMs);
    return { party, participation: isExcluded ? "DECLINED" : party.participation };
  };
}

/** The component that an answer is about: the part itself, now or before, else the occurrence that the series has. */
function componentsIn(before: Scheduled | null, after: Scheduled | null): (atMs: number | null) => Component | null {
  const objects = [after, before].filter((object) => object !== null);
  const instances = instancesIn(objects[0]!, true);
  return (atMs) => {
    for (const object of objects) {
      const part = partAt(object, atMs);
      if (part !== null) return part.component;
    }
    return atMs === null ? null : instances.at(atMs);
  };
}

/** What a REPLY says of a task beside its dates (RFC 5546 §3.4.3). */
const PROGRESS = ["PERCENT-COMPLETE", "COMPLETED"];

function reply(
  object: Scheduled,
  answers: readonly Answer[],
  { organizer, nowMs }: AttendeeChange,
  isForced: boolean,
): SchedulingMessage {
  const components = answers.map(({ component, attendee, participation, delegates }) => {
    const own = withParameters(sentLine(attendee.line), { PARTSTAT: participation, RSVP: null });
    const others = delegates.map((delegate) => delegateLine(component, attendee, delegate));
    const brief = briefComponent(component, nowMs, [sentLine(organizer.line), own, ...others]);
    return object.kind === "VTODO" ? PROGRESS.reduce((made, name) => withLinesOf(made, name, component), brief) : brief;
  });
  const calendar = messageCalendar("REPLY", object, components);
  const from = answers[0]!.attendee;
  return addressed({ method: "REPLY", object, calendar, from, to: organizer, change: "participation", isForced });
}

/** The invitation as the attendee passes it on (RFC 5546 §3.2.2.3), to each delegate with the parts he is given. */
function passedOn(
  object: Scheduled,
  answers: readonly Answer[],
  { organizer, nowMs }: AttendeeChange,
): SchedulingMessage[] {
  const delegates = new Set(answers.flatMap((answer) => answer.delegates));
  delegates.delete(organizer.address); // He has the REPLY.
  for (const { attendee } of answers) delegates.delete(attendee.address);
  return [...delegates].map((address) => {
    const given = answers.filter((answer) => answer.delegates.includes(address));
    const components = given.map(({ component, attendee }) => {
      const line = delegateLine(component, attendee, address);
      const others = propertiesOf(component, "ATTENDEE").filter((other) => readParty(other).address !== address);
      return sentComponent(withProperties(component, "ATTENDEE", [...others, line]), nowMs);
    });
    const calendar = messageCalendar("REQUEST", object, components);
    const to = readParty(delegateLine(given[0]!.component, given[0]!.attendee, address));
    return addressed({ method: "REQUEST", object, calendar, from: given[0]!.attendee, to, change: "significant" });
  });
}

/** The line of a delegate: as it stands where there is one, and always saying from whom he has his place. */
function delegateLine(component: Component, { address: from }: Party, address: string): Property {
  const known = propertiesOf(component, "ATTENDEE").find((line) => readParty(line).address === address);
  const line = known ?? newProperty("ATTENDEE", [{ name: "RSVP", values: ["TRUE"] }], calendarAddress(address));
  return sentLine(withParameters(line, { "DELEGATED-FROM": calendarAddress(from) }));
}
