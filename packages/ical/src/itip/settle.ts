// What a server owes an organizer's object before it is stored and sent: revisions counted, answers asked for anew.

import { withChildren, type Component } from "../tree.ts";
import { instancesIn, type Instances } from "./instance.ts";
import { withAttendees, withParties, withSequence, withoutReplied } from "./lines.ts";
import { withParameters, type Party } from "./party.ts";
import {
  excludedOf,
  governing,
  highestSequence,
  partAt,
  partsOf,
  readScheduled,
  type Part,
  type Scheduled,
} from "./scheduled.ts";
import { isRescheduled, isSignificant, type Revision } from "./significance.ts";

/**
 * The object as it is to be kept. SEQUENCE rises where the change is significant and the client did not count it, and
 * never falls (RFC 5546 §2.1.4); answers to what has moved are asked for anew (RFC 6638 §3.2.8);
 * a new override has been answered by nobody yet; SCHEDULE-FORCE-SEND was for this once. The same object when there is
 * nothing to do.
 */
export function settled(before: Scheduled | null, after: Scheduled, organizer: Party): Scheduled {
  const instances = before === null ? null : instancesIn(before);
  const changes = new Map<Component, Component>();
  const least = before === null ? () => 0 : leastSequences(before, after);
  for (const part of partsOf(after)) {
    const old = before === null ? null : counterpartOf(before, instances!, part.atMs);
    const revised = old === null ? part.component : revisedPart(old, part, after, organizer, least(part));
    const isNew = part.atMs !== null && before !== null && !before.overrides.has(part.atMs);
    const kept = withoutForce(isNew ? withoutReplied(revised) : revised);
    if (kept !== part.component) changes.set(part.component, kept);
  }
  return withChanged(after, changes);
}

/** The object with some of its components replaced. */
export function withChanged(object: Scheduled, changes: ReadonlyMap<Component, Component>): Scheduled {
  if (changes.size === 0) return object;
  const { children } = object.calendar;
  const replaced = children.map((child) => (child.kind === "component" ? (changes.get(child) ?? child) : child));
  const read = readScheduled(withChildren(object.calendar, replaced), object.like);
  return read.refused === undefined ? read.object : object;
}

export function withoutForce(component: Component): Component {
  return withParties(component, (line) => withParameters(line, { "SCHEDULE-FORCE-SEND": null }));
}

/** What a part was before: itself, or the occurrence as its series had it. Null when there was nothing. */
export type Counterpart = Revision & { readonly sequence: number };

export function counterpartOf(before: Scheduled, instances: Instances, atMs: number | null): Counterpart | null {
  const { zones } = before;
  const part = partAt(before, atMs);
  if (part !== null) return { component: part.component, zones, sequence: part.sequence };
  const component = atMs === null ? null : instances.at(atMs);
  return component === null ? null : { component, zones, sequence: governing(before, atMs!)?.sequence ?? 0 };
}

/**
 * Revisions that a message must count although the part itself says nothing new: the master, where it holds again
 * because an override went without its occurrence being excluded; and where somebody has lost the series, which a
 * CANCEL of the highest revision tells him, the master and the overrides that he keeps.
 */
function leastSequences(before: Scheduled, after: Scheduled): (part: Part) => number {
  const lost = [...before.overrides.keys()].filter((atMs) => !after.overrides.has(atMs));
  const excluded = lost.length === 0 ? new Set<number>() : excludedOf(after);
  const isShrunk = lost.some((atMs) => !excluded.has(atMs));
  const gone = [...(before.master?.attendees.keys() ?? [])].filter((address) => !after.master?.attendees.has(address));
  const highest = gone.length === 0 ? 0 : Math.max(highestSequence(before), highestSequence(after));
  const again = isShrunk ? (before.master?.sequence ?? 0) + 1 : 0;
  return ({ atMs, attendees }) => {
    if (atMs === null) return Math.max(again, highest);
    return gone.some((address) => attendees.has(address)) ? highest : 0;
  };
}

function revisedPart(
  was: Counterpart,
  { component, sequence }: Part,
  { zones }: Scheduled,
  organizer: Party,
  leastSequence: number,
): Component {
  const is = { component, zones };
  const least = Math.max(leastSequence, isSignificant(was, is) ? was.sequence + 1 : was.sequence);
  const counted = sequence >= least ? component : withSequence(component, least);
  if (!isRescheduled(was, is)) return counted;
  return withAttendees(counted, ({ line, address, participation, agent }) => {
    const isAsked = address !== organizer.address && participation !== "NEEDS-ACTION" && agent === "SERVER";
    return isAsked ? withParameters(line, { PARTSTAT: "NEEDS-ACTION" }) : line;
  });
}
