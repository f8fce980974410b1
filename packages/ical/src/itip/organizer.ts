// What an organizer's change makes known: to each attendee his own view of the object, or that it is over for him.

import type { Component } from "../tree.ts";
import { instancesIn } from "./instance.ts";
import { withSequence } from "./lines.ts";
import { addressed, briefComponent, messageCalendar, type SchedulingMessage } from "./message.ts";
import { sentLine, withParameters, type Party } from "./party.ts";
import {
  governing,
  highestSequence,
  partAt,
  partsOf,
  refuseItip,
  type ItipRefusal,
  type Part,
  type Scheduled,
} from "./scheduled.ts";
import { counterpartOf, settled } from "./settle.ts";
import { changeBetween, greaterSignificance, type Significance } from "./significance.ts";
import { invitedTo, viewsOf, type Views } from "./views.ts";

/** Components and exclusions in all messages of one change: 500 guests of a series with 200 moved lessons. */
export const MESSAGE_PARTS_MAX = 100_000;

export type OrganizerChange = {
  readonly before: Scheduled | null;
  readonly after: Scheduled | null;
  readonly organizer: Party;
  /** All addresses of the organizer, who needs no message to himself. */
  readonly own: ReadonlySet<string>;
  readonly nowMs: number;
};

/**
 * The messages of a change, and `calendar`: the object as it is to be kept (null when it was deleted). That is the very
 * one that was given unless a revision had to be counted, an answer to be asked for anew, or SCHEDULE-FORCE-SEND
 * taken out.
 */
export type Scheduling =
  | {
      readonly messages: readonly SchedulingMessage[];
      readonly calendar: Component | null;
      readonly refused?: undefined;
    }
  | { readonly refused: ItipRefusal };

/** Messages in the order in which the attendees stand. */
export function organizerMessages(change: OrganizerChange): Scheduling {
  const { before, organizer, own } = change;
  const after = change.after === null ? null : settled(before, change.after, organizer);
  const calendar = after?.calendar ?? null;
  const isOver = after === null || after.organizer === null || isCancelled(after);
  if (isOver && (before === null || isCancelled(before))) return { messages: [], calendar };

  const messagesTo = isOver ? endings(change, after) : updates(change, after);
  const partsPerPerson = Math.max(before?.overrides.size ?? 0, after?.overrides.size ?? 0) + 1;
  const messages: SchedulingMessage[] = [];
  let parts = 0;
  for (const person of attendeesOf(before, after)) {
    if (own.has(person.address) || person.address === organizer.address || person.agent !== "SERVER") continue;
    parts += partsPerPerson;
    if (parts > MESSAGE_PARTS_MAX) {
      return refuseItip("too-many-messages", `One change tells of at most ${MESSAGE_PARTS_MAX} components.`);
    }
    messages.push(...messagesTo(person));
  }
  return { messages, calendar };
}

type MessagesTo = (person: Party) => SchedulingMessage[];

function isCancelled(object: Scheduled): boolean {
  const parts = object.master === null ? partsOf(object) : [object.master];
  return parts.every(({ status }) => status === "CANCELLED");
}

/** Everyone who takes part now, or did before; each as the first part that has him says. */
function attendeesOf(before: Scheduled | null, after: Scheduled | null): Party[] {
  const people = new Map<string, Party>();
  for (const object of [after, before]) {
    if (object === null) continue;
    for (const { attendees } of partsOf(object)) {
      for (const [address, party] of attendees) if (!people.has(address)) people.set(address, party);
    }
  }
  return [...people.values()];
}

/** It was deleted, is cancelled, or is no longer anybody's but the organizer's. */
function endings({ before, organizer, nowMs }: OrganizerChange, after: Scheduled | null): MessagesTo {
  const highest = Math.max(highestSequence(before), highestSequence(after)) + (after === null ? 1 : 0);
  return (person) => {
    const known = invitedTo(before, person.address);
    const master = known.get(null);
    const parts = master !== undefined ? [master] : [...known.values()].filter(({ status }) => status !== "CANCELLED");
    return parts.length === 0 ? [] : [cancel(before!, parts, person, { organizer, nowMs, sequenceOf: () => highest })];
  };
}

function updates({ before, after: given, organizer, nowMs }: OrganizerChange, after: Scheduled): MessagesTo {
  const views = viewsOf(after, nowMs);
  let laterViews: Views | null = null;
  const changeFor = comparison(before, after);
  const highest = Math.max(highestSequence(before), highestSequence(after));
  const sequenceOf = ({ atMs, sequence }: Part) =>
    atMs === null ? highest : Math.max(sequence, partAt(after, atMs)?.sequence ?? 0);
  return (person) => {
    const was = invitedTo(before, person.address);
    const is = invitedTo(after, person.address);
    const messages: SchedulingMessage[] = [];
    const over = overFor(was, is);
    if (over.length > 0) messages.push(cancel(before!, over, person, { organizer, nowMs, sequenceOf }));

    const live = [...is.values()].filter(({ status }) => is.has(null) || status !== "CANCELLED");
    const isForced = [...invitedTo(given, person.address).values()].some((part) => isForcedIn(part, person));
    const heard = changeFor(person.address);
    if (live.length === 0 || (heard === "none" && !isForced)) return messages;
    // What he keeps must be newer than what tells him that the rest is over, in whatever order the two arrive.
    const shown = over.length === 0 ? views : (laterViews ??= viewsOf(after, nowMs + 1000));
    const request = { method: "REQUEST" as const, object: after, calendar: shown.request(live), isForced };
    messages.push(addressed({ ...request, from: organizer, to: person, change: heard }));
    return messages;
  };
}

function isForcedIn({ attendees }: Part, { address }: Party): boolean {
  return attendees.get(address)?.forceSend === "REQUEST";
}

/**
 * What is over for somebody and no REQUEST can say: all of it, when he was invited to the series and is not any more;
 * single occurrences, when he knows no series from which they could be excluded.
 */
function overFor(was: ReadonlyMap<number | null, Part>, is: ReadonlyMap<number | null, Part>): Part[] {
  if (is.has(null)) return [];
  const master = was.get(null);
  if (master !== undefined) return [master];
  return [...was.values()].filter(({ atMs, status }) => {
    const now = is.get(atMs);
    return status !== "CANCELLED" && (now === undefined || now.status === "CANCELLED");
  });
}

type Cancelling = {
  readonly organizer: Party;
  readonly nowMs: number;
  /** A CANCEL is never older than what it cancels, nor newer than what a later REQUEST may say of it. */
  readonly sequenceOf: (part: Part) => number;
};

/** One component for each part that is over, naming this attendee alone (RFC 5546 §3.2.5). */
function cancel(
  object: Scheduled,
  parts: readonly Part[],
  person: Party,
  { organizer, nowMs, sequenceOf }: Cancelling,
) {
  const attendee = withParameters(sentLine(person.line), { PARTSTAT: null, RSVP: null });
  const components = parts.map((part) =>
    withSequence(briefComponent(part.component, nowMs, [sentLine(organizer.line), attendee]), sequenceOf(part)),
  );
  const calendar = messageCalendar("CANCEL", object, components);
  return addressed({ method: "CANCEL", object, calendar, from: organizer, to: person, change: "significant" });
}

/** How much a change matters to each attendee; what does not differ between them is compared once. */
function comparison(before: Scheduled | null, after: Scheduled): (address: string) => Significance {
  if (before === null) return () => "significant";
  const [wasAt, isAt] = [instancesIn(before), instancesIn(after)];
  const moments = new Set<number | null>([null, ...before.overrides.keys(), ...after.overrides.keys()]);
  const changes = new Map<number | null, Significance>();
  for (const atMs of moments) {
    const [was, is] = [counterpartOf(before, wasAt, atMs), counterpartOf(after, isAt, atMs)];
    if (was !== null && is !== null) changes.set(atMs, changeBetween(was, is));
    else changes.set(atMs, was === is ? "none" : "significant");
  }
  return (address) => {
    let change: Significance = "none";
    for (const [atMs, own] of changes) {
      const [was, is] = [isInvited(before, atMs, address), isInvited(after, atMs, address)];
      if (was !== is) return "significant";
      if (is) change = greaterSignificance(change, own);
    }
    return change;
  };
}

function isInvited(object: Scheduled, atMs: number | null, address: string): boolean {
  const part = partAt(object, atMs) ?? (atMs === null ? null : governing(object, atMs));
  return part?.attendees.has(address) === true;
}
